// The acceptance of the urgent call, in real browsers on real media: five posts are called at nine, one declines from the field, one does not
// answer and at two minutes the Plh is rung and comes; the quorum lights, a decision is read back and confirmed, and list and minutes say it.
import type { Browser, Page } from 'playwright';
import { expect as look } from 'playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getSheet } from '../../shared/attendance.ts';
import { getCallBoard } from '../../shared/calls.ts';
import { postMeetingEnd, postMeetingNow, postTicket } from '../../shared/meetings.ts';
import type { Level } from '../../shared/people.ts';
import { portalItself } from '../../server/people/index.ts';
import { newPerson, openChromium, type Person } from '../support/browser.ts';
import { makeCast, nipOf, PASSWORD, signIn, type Actor, type Cast } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { makeTestMedia, type TestMedia } from '../support/livekit-server.ts';
import { makeWorld, type Client, type World } from '../support/world.ts';

/** A Monday, 09.00 WIB. */
const NINE = Date.parse('2026-11-23T02:00:00Z');
const SUBJECT = 'Banjir di tiga kelurahan';
const DECISION = 'Posko induk dibuka siang ini di GOR; dapur umum melayani 600 orang mulai pukul 17.00 WIB.';
/** Seven pages in one room on two cores. */
const see = look.configure({ timeout: 30_000 });
const phone = { viewport: { width: 360, height: 740 } };

let media: TestMedia;
let world: World;
let origin: string;
let cast: Cast;
let browser: Browser;
let follow: NodeJS.Timeout;
const people: Person[] = [];
/** The portal's clock begins at nine, goes on as time does, and is set forward by the test. */
let ahead = 0;
const passes = (seconds: number): void => void (ahead += seconds * 1000);

beforeAll(async () => {
  media = await makeTestMedia();
  world = await makeWorld({ media, web: true });
  ahead = NINE - Date.now();
  const tick = (): void => world.clock.set(new Date(Date.now() + ahead));
  tick();
  follow = setInterval(tick, 20);
  origin = await world.listen();
  await media.start(`${origin}/api/livekit/webhook`);
  await world.app.start();
  cast = await makeCast(world);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  clearInterval(follow);
  await world?.close();
  await media?.remove();
});

type Official = Actor & { client: Client };
/** Five bidang with a kabid each, the first of the cast, the third with a kasi who is its Plh; everybody has read the notice. */
async function office() {
  const { app } = world;
  const chair = await signIn(world, cast.kepala);
  let count = 40;
  async function post(name: string, unitId: string, title: string, level: Level): Promise<Official> {
    const nip = nipOf((count += 1));
    const { id } = await app.people.addPerson(portalItself, { name, nip, email: `p${count}@uji.example`, phone: null, opdId: unitId });
    await app.people.givePassword([id], PASSWORD);
    const position = await app.people.addPosition(portalItself, { opdId: unitId, title, level });
    await app.people.appoint(portalItself, position.id, { personId: id, kind: 'definitif', from: '2020-01-02', until: null, basis: 'SK 821.2/001/2020' });
    const actor = { id, name, nip, email: '', positionId: position.id };
    return { ...actor, client: await signIn(world, actor) };
  }
  const kabids: Official[] = [{ ...cast.kabid, client: await signIn(world, cast.kabid) }];
  let third = '';
  for (const [n, field] of ['Pemberdayaan', 'Fakir Miskin', 'Tanggap Darurat', 'Data'].entries()) {
    const unit = { parentId: cast.opds.dinsos.id, name: `Bidang ${field}`, abbreviation: `B${n}`, aliases: [], kind: 'bidang' as const };
    const { id } = await app.people.addOpd({ ...unit, zone: 'Asia/Jakarta' });
    if (n === 1) third = id;
    kabids.push(await post(['Bayu Kedua', 'Citra Ketiga', 'Danu Keempat', 'Endah Kelima'][n] ?? '', id, `Kepala Bidang ${field}`, 'kabid'));
  }
  const plh = await post('Fajar Kasi', third, 'Kepala Seksi Verifikasi', 'kasi');
  await app.people.appoint(portalItself, kabids[2]?.positionId ?? '', {
    personId: plh.id,
    kind: 'plh',
    from: cast.today,
    until: null,
    basis: 'Surat Perintah 821.3/219/2026',
  });
  const { id } = await chair.call(postMeetingNow, {
    body: { title: 'Membaca pemberitahuan', sifat: 'biasa', invite: { people: [...kabids, plh].map((p) => p.id) } },
  });
  for (const one of [chair, ...[...kabids, plh].map((p) => p.client)]) await one.call(postTicket, { params: { id }, body: {} });
  await chair.call(postMeetingEnd, { params: { id } });
  return { chair, kabids, plh };
}

/** A page of this person; its socket stands, so that it rings. */
async function opens(client: Client, path: string, options = {}): Promise<Page> {
  const person = await newPerson(browser, origin, options);
  people.push(person);
  await person.context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: origin })));
  const { page } = person;
  page.setDefaultTimeout(60_000);
  const ready = new Promise<void>((done) =>
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => String(payload).includes('"ready"') && done())),
  );
  await page.goto(path);
  await ready;
  return page;
}

const ring = (page: Page) => page.getByRole('alertdialog');
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const inRoom = async (page: Page): Promise<void> => see(button(page, 'Keluar')).toBeVisible({ timeout: 60_000 });
async function joins(page: Page): Promise<void> {
  await ring(page).getByRole('button', { name: 'Gabung' }).first().click();
  await inRoom(page);
}

test('called at nine: five ring, one declines, the Plh comes for the one who does not answer, and what was decided stands word for word', async () => {
  const { chair, kabids, plh } = await office();
  const [a, b, c, d, e] = kabids as [Official, Official, Official, Official, Official];
  const pages = new Map<Official, Page>();
  for (const one of [...kabids, plh]) pages.set(one, await opens(one.client, '/', phone));
  const pageOf = (one: Official): Page => pages.get(one)!;

  // Three taps of the head, and a word about what.
  const head = await opens(chair, '/panggil');
  await button(head, /^Para kabid/).click();
  await head.getByLabel('Tentang apa').fill(SUBJECT);
  await head.getByRole('radio', { name: /sangat segera/i }).check();
  for (const one of kabids) await see(head.getByText(one.name).first()).toBeVisible();
  await see(head.getByText('5 orang · 5 unit')).toBeVisible();
  await button(head, 'Tambah kuorum').click();
  await button(head, /^Panggil sekarang/).click();
  await head.waitForURL(/\/panggil\/[0-9a-f-]{36}$/);
  const callId = head.url().split('/').at(-1) ?? '';

  for (const one of kabids) await see(ring(pageOf(one)).getByText(SUBJECT).first()).toBeVisible();
  await see(ring(pageOf(plh))).toHaveCount(0);
  const row = (one: Official) => head.locator('.callee').filter({ hasText: one.name });
  for (const one of kabids) await see(row(one)).toContainText(/Berdering|Diterima/);

  for (const one of [a, b, d]) await joins(pageOf(one));
  passes(40);
  await ring(pageOf(e)).getByRole('button', { name: 'Tolak', exact: true }).click();
  await ring(pageOf(e)).getByLabel('Alasan lain').fill('di lapangan, 10 menit');
  // Rung again while the reason is being typed: it stays.
  await see(row(e)).toContainText(/panggilan ke-/);
  await ring(pageOf(e)).getByRole('button', { name: 'Tolak', exact: true }).click();
  await see(row(e)).toContainText('Menolak: di lapangan, 10 menit');
  await see(row(c)).toContainText(/Belum menjawab/);
  await see(head.locator('.board-head')).toContainText('Belum kuorum');

  // Two minutes after the call, by the portal's clock, the ladder comes to the deputy.
  passes(80);
  await see(ring(pageOf(plh)).getByText(SUBJECT).first()).toBeVisible({ timeout: 30_000 });
  await see(row(plh)).toContainText('Plh.');
  await joins(pageOf(plh));
  await see(row(plh)).toContainText('Bergabung', { timeout: 30_000 });
  await see(head.getByRole('region', { name: 'Bidang Fakir Miskin' })).toContainText('Diwakili');

  // The head comes in too: four of five bidang.
  await head.getByRole('link', { name: 'Masuk ruang' }).click();
  await inRoom(head);
  await see(button(pageOf(a), /^Kuorum tercapai/)).toBeVisible({ timeout: 30_000 });
  const board = await chair.call(getCallBoard, { params: { id: callId } });
  expect(board.quorum).toMatchObject({ needed: 4, present: 4, units: 5 });
  expect(board.seats.map((s) => s.present)).toEqual(['hadir', 'hadir', 'diwakili', 'hadir', null]);

  await button(head, 'Keputusan').click();
  await button(head, 'Tulis rancangan').click();
  await head.getByLabel('Isi keputusan').fill(DECISION);
  const responsible = head.getByLabel('Penanggung jawab');
  await responsible.selectOption((await responsible.locator('option', { hasText: 'Tanggap Darurat' }).first().getAttribute('value')) ?? '');
  await head.getByLabel('Tenggat').fill('2026-11-25');
  await button(head, 'Simpan').click();
  await button(head, 'Bacakan kepada semua').click();
  for (const one of [a, b, d, plh]) {
    const read = pageOf(one).getByRole('region', { name: 'Pembacaan rancangan keputusan' });
    await see(read.getByText(DECISION)).toBeVisible();
    await see(read.getByText(`Kepala Bidang Tanggap Darurat (${d.name})`)).toBeVisible();
    await read.getByRole('button', { name: 'Setuju', exact: true }).click();
  }
  const reading = head.getByRole('region', { name: 'Pembacaan rancangan keputusan' });
  await see(reading.getByText(/^4 setuju, 0 keberatan/)).toBeVisible();
  await reading.getByRole('button', { name: 'Tetapkan', exact: true }).click();
  await see(head.getByText('Keputusan 1', { exact: true })).toBeVisible();

  passes(16 * 60);
  await chair.call(postMeetingEnd, { params: { id: board.meetingId } });
  await see(pageOf(a).getByText('Rapat sudah berakhir').first()).toBeVisible();

  const listed = async () => {
    const sheet = await chair.call(getSheet, { params: { id: board.meetingId } });
    return sheet.counts.inside === 0 ? sheet : null;
  };
  const sheet = await eventually('everybody has left', listed);
  const rowsOf = (one: Pick<Official, 'name'>) => sheet.rows.find((r) => r.name === one.name);
  for (const one of [a, b, d, plh]) {
    expect(rowsOf(one)).toMatchObject({ status: 'hadir', insideNow: false });
    expect(rowsOf(one)?.intervals.length).toBeGreaterThan(0);
  }
  expect(rowsOf(plh)?.represents).toEqual(['Kepala Bidang Fakir Miskin']);
  expect(rowsOf(c)).toMatchObject({ status: 'diwakili', minutes: 0, representedBy: [{ name: plh.name }] });
  expect(rowsOf(e)).toMatchObject({ status: 'menolak', minutes: 0, answer: { said: 'menolak', reason: 'di lapangan, 10 menit' } });
  expect(sheet.counts).toMatchObject({ diwakili: 1, menolak: 1, belumAdaBukti: 0 });

  // As the head reads it afterwards.
  const later = await opens(chair, `/rapat/${board.meetingId}`);
  const listRow = (one: Official) => later.getByRole('row').filter({ hasText: one.name });
  await see(listRow(c).first()).toContainText(`oleh ${plh.name}`);
  await see(listRow(e).first()).toContainText('di lapangan, 10 menit');
  await later.goto(`/rapat/${board.meetingId}/notulen`);
  await see(later.getByText(DECISION).first()).toBeVisible();
  await see(later.getByText(plh.name).first()).toBeVisible();
  await see(later.getByText('Kepala Bidang Tanggap Darurat').first()).toBeVisible();
  for (const { foreign, errors } of people) expect([foreign, errors]).toEqual([[], []]);
});
