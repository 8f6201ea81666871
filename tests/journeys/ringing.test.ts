// An urgent call at the person called: every open page rings, one press is in the room with sound, and the others fall silent.
import type { Browser, BrowserContextOptions, Page, WebSocketRoute } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { getCallBoard, postCall, postCallCancel } from '../../shared/calls.ts';
import { getMeeting, postMeetingEnd, postMeetingNow, postTicket } from '../../shared/meetings.ts';
import { getMe, postSession } from '../../shared/people.ts';
import { newPerson, openChromium, type Person } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { demoLogin, portalClient, type PortalClient } from '../support/portal-client.ts';
import { see } from '../support/see.ts';
import { joins, openStage, type Stage } from '../support/stage.ts';

const HEAD = 'Kepala Dinas Sosial';
const STAFF = 'Staf Dinas Sosial, hari ini WFH';
const ADMIN = 'Admin OPD';
const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 } };

let stage: Stage;
/** Sound only after a press, as browsers of people have it. */
let strict: Browser;
/** Says no to camera and microphone. */
let refusing: Browser;
let head: PortalClient;
const clients = new Map<string, PortalClient>();
const people: Person[] = [];

beforeAll(async () => {
  stage = await openStage();
  const flags = ['--autoplay-policy=document-user-activation-required'];
  strict = await openChromium({ flags });
  refusing = await openChromium({ devices: false, flags: [...flags, '--deny-permission-prompts'] });
  head = await clientOf(HEAD);
});
afterAll(async () => {
  await strict?.close();
  await refusing?.close();
  await stage?.close();
});

afterEach(async () => {
  for (const { context, foreign, errors } of people.splice(0)) {
    await context.close();
    if (foreign.length + errors.length > 0) throw new Error([...foreign, ...errors].join('\n'));
  }
});

/** Signed in, and has read the notice on attendance. */
async function clientOf(role: string): Promise<PortalClient> {
  const known = clients.get(role);
  if (known) return known;
  const client = portalClient(stage.portal.url);
  await client.call(postSession, { body: demoLogin(stage.portal.said(), role) });
  clients.set(role, client);
  if (role !== HEAD) {
    const { id } = await client.call(getMe, {});
    const { id: meeting } = await head.call(postMeetingNow, { body: { title: 'Membaca pemberitahuan', sifat: 'biasa', invite: { people: [id] } } });
    await client.call(postTicket, { params: { id: meeting }, body: {} });
    await head.call(postMeetingEnd, { params: { id: meeting } });
  }
  return client;
}

/** A device of this person, with the portal open on it. */
async function device(
  role: string,
  { browser = strict, options = {}, path = '/' }: { browser?: Browser; options?: BrowserContextOptions; path?: string } = {},
): Promise<Person> {
  const client = await clientOf(role);
  const person = await newPerson(browser, stage.portal.url, options);
  await person.context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: stage.portal.url })));
  people.push(person);
  await open(person.page, path);
  return person;
}

/** The page's socket stands: from now on it rings. */
async function open(page: Page, path: string): Promise<void> {
  const ready = new Promise<void>((done) =>
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => String(payload).includes('"ready"') && done())),
  );
  await page.goto(path);
  await ready;
}

/** Loads the page anew over a line that can be cut: the socket closes, and nothing opens again until it is mended. */
async function cuttable(page: Page) {
  let whole = true;
  const sockets: WebSocketRoute[] = [];
  let ready = false;
  await page.routeWebSocket(/\/api\/live$/, async (socket) => {
    if (!whole) return socket.close();
    sockets.push(socket);
    socket.connectToServer().onMessage((message) => {
      socket.send(message);
      ready ||= String(message).includes('"ready"');
    });
  });
  await page.reload();
  await eventually('the socket stands', () => ready);
  // The socket may stand before the last part of the page is there; nothing of it comes over a cut line.
  await see(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  return {
    async cut() {
      whole = false;
      await page.context().setOffline(true);
      await Promise.all(sockets.map(async (socket) => socket.close()));
    },
    async mend() {
      whole = true;
      await page.context().setOffline(false);
    },
  };
}

async function call(subject: string, ...roles: string[]) {
  const ids = await Promise.all(roles.map(async (role) => (await (await clientOf(role)).call(getMe, {})).id));
  const board = await head.call(postCall, {
    body: { key: crypto.randomUUID(), subject, sifat: 'sangat_segera', whom: { people: ids }, overLimitReason: 'Beberapa kejadian sekaligus' },
  });
  const progressOf = async (role: string) => {
    const { name } = await (await clientOf(role)).call(getMe, {});
    const { seats } = await head.call(getCallBoard, { params: { id: board.id } });
    return seats.flatMap((seat) => seat.rung).find((callee) => callee.name === name);
  };
  return { id: board.id, meetingId: board.meetingId, progressOf, end: async () => head.call(postMeetingEnd, { params: { id: board.meetingId } }) };
}

const ring = (page: Page) => page.getByRole('alertdialog');
const rings = async (page: Page, subject: string): Promise<void> => see(ring(page).getByText(subject).first()).toBeVisible();
const press = async (page: Page, name: string): Promise<void> => ring(page).getByRole('button', { name }).first().click();
const inRoom = async (page: Page): Promise<void> => see(page.getByRole('button', { name: 'Keluar', exact: true })).toBeVisible({ timeout: 30_000 });

/** Somebody else's sound is played: the element runs, and its track is alive. */
async function hears(page: Page): Promise<void> {
  await see
    .poll(
      () =>
        page.locator('audio').evaluateAll((all) =>
          all.some((one) => {
            if (!(one instanceof HTMLAudioElement) || !(one.srcObject instanceof MediaStream)) return false;
            const [track] = one.srcObject.getAudioTracks();
            return !one.paused && !one.muted && one.currentTime > 0 && track?.readyState === 'live' && !track.muted;
          }),
        ),
      { timeout: 30_000, message: 'remote sound plays' },
    )
    .toBe(true);
}

test('two tabs and a second device ring; Gabung on one is in the room with sound in one press, and the others say so', async () => {
  const desk = await device(STAFF);
  const tab = await desk.context.newPage();
  await open(tab, '/panggilan');
  const hand = await device(STAFF, { options: phone });
  const { meetingId, progressOf, end } = await call('Banjir Telagabiru', STAFF);
  const chair = await device(HEAD, { path: `/r/${meetingId}` });
  await joins(chair.page);

  for (const page of [desk.page, tab, hand.page]) await rings(page, 'Banjir Telagabiru');
  await see(ring(hand.page).getByText('Kepala Dinas Sosial').first()).toBeVisible();
  await see(ring(hand.page).getByText(/sudah di dalam/)).toBeVisible();
  await see(hand.page).toHaveTitle(/^● Panggilan/);
  await hand.page.keyboard.press('Escape');
  await rings(hand.page, 'Banjir Telagabiru');

  await press(hand.page, 'Gabung');
  await hand.page.waitForURL(`**/r/${meetingId}?langsung`);
  await inRoom(hand.page);
  await hears(hand.page);
  // The camera was never chosen: it stays off; the microphone is on.
  await see(hand.page.locator('[aria-keyshortcuts="v"]')).toHaveAttribute('aria-pressed', 'false');
  await see(hand.page.locator('[aria-keyshortcuts="m"]')).toHaveAttribute('aria-pressed', 'true');
  for (const page of [desk.page, tab]) {
    await see(ring(page)).toHaveCount(0);
    await see(page.getByText('Sudah dijawab di perangkat lain.').first()).toBeVisible();
  }
  await eventually('the caller sees that they joined', async () => (await progressOf(STAFF))?.progress === 'bergabung');
  await end();
  await see(hand.page.getByText('Rapat sudah berakhir').first()).toBeVisible();
});

test('one tab of a browser sounds, and the caller is told that it rings', async () => {
  const desk = await device(STAFF);
  const tab = await desk.context.newPage();
  await open(tab, '/');
  await tab.locator('h1').click();
  await desk.page.locator('h1').click();
  const { progressOf, end } = await call('Satu dering', STAFF);
  for (const page of [desk.page, tab]) await rings(page, 'Satu dering');
  await eventually('it rings', async () => (await progressOf(STAFF))?.progress === 'berdering');
  const elsewhere = await Promise.all([desk.page, tab].map(async (page) => ring(page).getByText('Dering berbunyi di tab lain').count()));
  expect(elsewhere.toSorted()).toEqual([0, 1]);
  await press(tab, 'Senyapkan');
  for (const page of [desk.page, tab]) await see(ring(page).getByText('Dering disenyapkan.')).toBeVisible();
  await end();
  for (const page of [desk.page, tab]) await see(ring(page)).toHaveCount(0);
});

test('somebody in another meeting sees the call there, and switches: out of the one, in the other with sound', async () => {
  const staff = await (await clientOf(STAFF)).call(getMe, {});
  const first = await head.call(postMeetingNow, { body: { title: 'Rapat rutin', sifat: 'biasa', invite: { people: [staff.id] } } });
  const visitor = await device(STAFF, { path: `/r/${first.id}`, options: phone });
  await joins(visitor.page);
  await eventually('inside the first', async () => (await head.call(getMeeting, { params: { id: first.id } })).inside === 1);
  const { meetingId, end } = await call('Kebakaran pasar', STAFF);
  const chair = await device(HEAD, { path: `/r/${meetingId}` });
  await joins(chair.page);
  await rings(visitor.page, 'Kebakaran pasar');
  await see(ring(visitor.page).getByRole('button', { name: /Tetap di sini/ })).toBeVisible();
  await press(visitor.page, 'Pindah ke rapat itu');
  await visitor.page.waitForURL(`**/r/${meetingId}?langsung`);
  await inRoom(visitor.page);
  await hears(visitor.page);
  await eventually('out of the first', async () => (await head.call(getMeeting, { params: { id: first.id } })).inside === 0);
  await end();
  await head.call(postMeetingEnd, { params: { id: first.id } });
});

test('somebody declines with a reason in two presses, another comes in ten minutes, and the caller reads both', async () => {
  const admin = await device(ADMIN, { options: phone });
  const staff = await device(STAFF, { options: phone });
  const { progressOf, end } = await call('Longsor Bukitsenja', ADMIN, STAFF);
  await rings(admin.page, 'Longsor Bukitsenja');
  await press(admin.page, 'Tolak');
  await press(admin.page, 'Sedang di lapangan');
  await see(admin.page.getByText('Anda menolak: Sedang di lapangan.')).toBeVisible();
  await rings(staff.page, 'Longsor Bukitsenja');
  await press(staff.page, 'Menyusul');
  await press(staff.page, '10 menit');
  await see(staff.page.getByText('Anda menyusul 10 menit lagi.')).toBeVisible();
  expect(await progressOf(ADMIN)).toMatchObject({ progress: 'menolak', reason: 'Sedang di lapangan' });
  expect(await progressOf(STAFF)).toMatchObject({ progress: 'menyusul' });
  await end();
});

test('a tab that was offline catches up, and an answer that cannot be said is said again until it is heard', async () => {
  const admin = await device(ADMIN);
  const line = await cuttable(admin.page);
  await line.cut();
  await see(admin.page.getByText('Sambungan terputus.')).toBeVisible({ timeout: 60_000 });
  const { progressOf, end } = await call('Listrik padam', ADMIN);
  await line.mend();
  await rings(admin.page, 'Listrik padam');
  await admin.page.route('**/api/calls/*/answer', async (route) => route.abort());
  await press(admin.page, 'Tolak');
  await press(admin.page, 'Sakit');
  await see(ring(admin.page).getByText('Jawaban Anda belum sampai')).toBeVisible();
  expect(await progressOf(ADMIN)).not.toMatchObject({ progress: 'menolak' });
  await admin.page.unroute('**/api/calls/*/answer');
  await press(admin.page, 'Coba lagi');
  await see(admin.page.getByText('Anda menolak: Sakit.')).toBeVisible();
  expect(await progressOf(ADMIN)).toMatchObject({ progress: 'menolak', reason: 'Sakit' });
  await end();
});

test('a call that is cancelled while it rings falls silent with the hour, and stands among the missed ones until it is looked at', async () => {
  const admin = await device(ADMIN, { options: phone });
  const { id, end } = await call('Salah panggil', ADMIN);
  await rings(admin.page, 'Salah panggil');
  await head.call(postCallCancel, { params: { id } });
  await see(admin.page.getByText(/Dibatalkan pemanggil pukul \d\d\.\d\d WIB\./)).toBeVisible();
  await see(ring(admin.page)).toHaveCount(0);
  await see(admin.page.getByRole('main').getByText(/panggilan tak terjawab/)).toBeVisible();
  await end();
  await admin.page.getByRole('link', { name: 'Lihat panggilan' }).click();
  const row = admin.page.locator('.call-row').filter({ hasText: 'Salah panggil' });
  await see(row.getByText('baru')).toBeVisible();
  await see(admin.page.getByRole('link', { name: /^Lainnya/ }).getByText(/belum dilihat/)).toHaveCount(0);
});

test('whoever refuses the microphone is in all the same, hears, and reads what to do', async () => {
  const staff = await device(STAFF, { browser: refusing });
  const { meetingId, end } = await call('Tanpa mikrofon', STAFF);
  const chair = await device(HEAD, { path: `/r/${meetingId}` });
  await joins(chair.page);
  await rings(staff.page, 'Tanpa mikrofon');
  await press(staff.page, 'Gabung');
  await inRoom(staff.page);
  await see(staff.page.getByText('Mikrofon tidak diizinkan.', { exact: false }).first()).toBeVisible();
  await hears(staff.page);
  await end();
});
