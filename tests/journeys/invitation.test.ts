// From the letter to the list: twelve heads are invited, three send somebody, the hour changes, and the meeting is held with a waiting room and
// locked microphones. Mail is read from a real mail server and taken over by a real calendar parser.
import ICAL from 'ical.js';
import type { Page } from 'playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getSheet } from '../../shared/attendance.ts';
import { postDisposisi, putAnswer } from '../../shared/invitations.ts';
import { putLobbySetting } from '../../shared/lobby.ts';
import { postTicket } from '../../shared/meetings.ts';
import { getMe, getPeople, postHolding, postOpd, postPerson, postPosition, postSession } from '../../shared/people.ts';
import { postCancellation, postMeeting } from '../../shared/planning.ts';
import { emailOf, PASSWORD } from '../../server/demo-city.ts';
import { addDays, dayIn } from '../../server/people/days.ts';
import { freePort } from '../../server/platform/ports.ts';
import { nipOf } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { openMailbox, type Arrived, type Mailbox } from '../support/mailbox.ts';
import { textOfPdf } from '../support/pdf.ts';
import { demoLogin, portalClient, type PortalClient } from '../support/portal-client.ts';
import { see } from '../support/see.ts';
import { joins, openStage, type Stage } from '../support/stage.ts';
import { enterStubborn } from '../support/stubborn.ts';
import { endVisitors, enterRoom, type Visitor } from '../support/visitor.ts';

const TITLE = 'Kesiapsiagaan banjir lintas OPD';
/** The other four heads of the twelve; the city of the demonstration has eight. */
const MORE = [
  ['Dinas Perhubungan', 'Dishub', 'Oriana Pelabuhanbaru'],
  ['Dinas Pertanian', 'Distan', 'Panduaji Sawahluas'],
  ['Dinas Lingkungan Hidup', 'DLH', 'Rengganis Hutanlindung'],
  ['Dinas Perpustakaan', 'Dispus', 'Swandaru Rakbuku'],
] as const;
/** Who sends whom. */
const SENT = [
  ['Gandawira Kerisbumi', 'Harumi Tembagasari'],
  ['Arunika Tirtabayu', 'Bimasena Awanputra'],
  ['Febrina Pasirputih', 'Gumilang Karanglaut'],
] as const;
const COMING = ['Ratnasih Muararaya', 'Yudhanta Gerimis', 'Nirmalasari Awanbiru', 'Wibisana Bukitraya', ...MORE.map(([, , name]) => name)];
const CHAIR = 'Indrayani Mataair';
const PHONE = { viewport: { width: 360, height: 740 } };

let box: Mailbox;
let stage: Stage;
const inside: { leave(): Promise<void> }[] = [];
beforeAll(async () => {
  box = await openMailbox();
  const port = await freePort(0, 'tcp', '127.0.0.1');
  const mail = { SMTP_URL: `smtp://127.0.0.1:${box.port}?tls=tanpa`, MAIL_FROM: 'Portal Rapat <rapat@tirtamaya.example>' };
  stage = await openStage({ env: { ...mail, PORT: String(port), PORTAL_ORIGIN: `http://127.0.0.1:${port}` } });
});
afterAll(async () => {
  await Promise.all(inside.map((one) => one.leave()));
  await endVisitors();
  await stage?.close();
  await box?.close();
});

async function enters(login: string): Promise<PortalClient> {
  const client = portalClient(stage.portal.url);
  await client.call(postSession, { body: { login, password: PASSWORD } });
  return client;
}

async function addHeads(): Promise<void> {
  const admin = portalClient(stage.portal.url);
  await admin.call(postSession, { body: demoLogin(stage.portal.said(), 'Administrator') });
  for (const [n, [name, abbreviation, head]] of MORE.entries()) {
    const opd = await admin.call(postOpd, { body: { parentId: null, name, abbreviation, kind: 'opd', zone: 'Asia/Jakarta' } });
    const post = await admin.call(postPosition, { body: { opdId: opd.id, title: `Kepala ${name}`, level: 'kepala_opd' } });
    const { person } = await admin.call(postPerson, { body: { name: head, nip: nipOf(n), email: emailOf(head), opdId: opd.id } });
    await admin.call(postHolding, {
      params: { id: post.id },
      body: { personId: person.id, kind: 'definitif', from: '2025-01-02', until: null, basis: 'SK 821.2/1' },
    });
  }
}

/** As a calendar program reads a letter. */
function eventIn(letter: Arrived) {
  const calendar = new ICAL.Component(ICAL.parse(letter.attachments.find((a) => a.contentType === 'text/calendar')!.content.toString()) as never);
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!);
  return { method: calendar.getFirstPropertyValue('method'), uid: event.uid, sequence: event.sequence, start: event.startDate.toJSDate().toISOString() };
}
const paperIn = (letter: Arrived): Buffer | undefined => letter.attachments.find((a) => a.contentType === 'application/pdf')?.content;

/** The newest letter of this kind to each of them, as soon as all have one. */
const lettersTo = (names: readonly string[], begins: string, fits: (letter: Arrived) => boolean = () => true): Promise<Map<string, Arrived>> =>
  eventually(`${begins} to ${names.length}`, () => {
    const found = names.flatMap((name): [string, Arrived][] => {
      const letter = box.of(emailOf(name)).findLast((one) => one.subject?.startsWith(begins) && fits(one));
      return letter ? [[name, letter]] : [];
    });
    return found.length === names.length && new Map(found);
  });
const linkIn = (letter: Arrived): string => /\/u#[\w-]+/.exec(letter.text ?? '')?.[0] ?? '';

async function issues(page: Page, what: string): Promise<void> {
  await page.getByRole('button', { name: `Terbitkan ${what}` }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Terbitkan ${what}` })
    .click();
  await see(page.getByText('Tidak ada surat yang perlu diterbitkan.')).toBeVisible();
  await page.getByRole('link', { name: 'Ke halaman rapat' }).click();
}

test('twelve heads are invited, three send somebody, the hour changes, and the list prints who came and who went for whom', async () => {
  await addHeads();
  const { page } = await stage.signsIn('Kepala Dinas Sosial', { viewport: { width: 1366, height: 900 } });
  const day = addDays(dayIn('Asia/Jakarta', new Date()), 2);
  const at = (hour: string): string => new Date(`${day}T${hour}:00+07:00`).toISOString();

  // The plan and its letter.
  await page.goto('/rapat');
  await page.getByRole('link', { name: 'Rencanakan rapat' }).click();
  await page.getByLabel('Judul rapat').fill(TITLE);
  await page.getByLabel('Tanggal').fill(day);
  await page.getByLabel('Mulai (WIB)').fill('09:00');
  await page.getByLabel('Selesai').fill('10:30');
  await page.getByRole('button', { name: 'Semua kepala OPD' }).click();
  await see(page.getByText('Semua 12 orang lowong pada waktu ini.')).toBeVisible();
  await page.getByRole('button', { name: 'Rencanakan · 12 orang' }).click();
  await page.waitForURL(/\/rapat\/[0-9a-f-]{36}$/);
  const id = page.url().split('/').at(-1)!;
  const params = { id };
  await page.getByRole('link', { name: 'Susun surat' }).click();
  await issues(page, 'undangan');

  const heads = [CHAIR, ...COMING, ...SENT.map(([from]) => from)];
  const invited = await lettersTo(heads, `Undangan rapat: ${TITLE}`, (letter) => paperIn(letter) !== undefined);
  const uid = `${id}@127.0.0.1`;
  for (const letter of invited.values()) expect(eventIn(letter)).toEqual({ method: 'REQUEST', uid, sequence: 0, start: at('09:00') });
  expect(await textOfPdf(paperIn(invited.get(COMING[0]!)!)!)).toMatch(/Nomor\s*:.*Hal\s*:.*Plh\. Kepala Dinas Kesehatan/);

  // One opens the letter's link on a phone, signs in there because an order to staff is given, and sends an officer.
  const [[onPhone, officer], ...others] = SENT;
  const phone = await stage.person(PHONE);
  await phone.page.goto(linkIn(invited.get(onPhone)!));
  await see(phone.page.getByRole('heading', { name: 'Apakah Anda hadir?' })).toBeVisible();
  await phone.page.getByRole('link', { name: 'Masuk dengan akun' }).click();
  await phone.page.getByLabel('NIP atau surel').fill(emailOf(onPhone));
  await phone.page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await phone.page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await phone.page.getByRole('button', { name: 'Tunjuk yang mewakili (disposisi)' }).click();
  await phone.page.getByRole('radio', { name: officer }).check();
  await phone.page.getByLabel('Isi disposisi').fill('Hadiri dan laporkan');
  await phone.page.getByRole('button', { name: 'Kirim disposisi' }).click();
  await see(phone.page.getByText(`Anda diwakili ${officer}`)).toBeVisible();
  await phone.close();
  for (const [from, to] of others) {
    const head = await enters(emailOf(from));
    const { opd } = await head.call(getMe, {});
    const person = (await head.call(getPeople, { query: { opd: opd!.id } })).find(({ name }) => name === to);
    await head.call(postDisposisi, { params, body: { to: person!.id, instruction: 'Hadiri dan laporkan' } });
  }
  for (const name of COMING) await portalClient(stage.portal.url, linkIn(invited.get(name)!).slice(3)).call(putAnswer, { params, body: { answer: 'hadir' } });
  await see(page.getByText(/12 diundang: 9 hadir, 3 diwakili, 0 tidak, 0 belum menjawab/)).toBeVisible();

  // Another hour, and the letter that says so.
  await page.getByRole('link', { name: 'Pindahkan', exact: true }).click();
  await page.getByLabel('Mulai (WIB)').fill('10:30');
  await page.getByLabel('Alasan perubahan').fill('Menunggu data debit sungai');
  await page.getByRole('button', { name: 'Simpan dan beri tahu' }).click();
  await page.getByRole('link', { name: 'Buka surat' }).click();
  await issues(page, 'ralat');
  const officers = SENT.map(([, to]) => to);
  const moved = await lettersTo([...heads, ...officers], `Perubahan rapat: ${TITLE}`, (letter) => paperIn(letter) !== undefined);
  for (const letter of moved.values()) expect(eventIn(letter)).toEqual({ method: 'REQUEST', uid, sequence: 1, start: at('10:30') });
  expect((await textOfPdf(paperIn(moved.get(officer)!)!)).toLowerCase()).toContain('ralat');

  // What is called off goes out of the calendars.
  const chair = await enters(emailOf(CHAIR));
  const [first] = await chair.call(getPeople, { query: { q: COMING[1] } });
  const other = await chair.call(postMeeting, {
    body: { title: 'Gladi posko', sifat: 'biasa', place: 'Daring', startsAt: at('13:00'), endsAt: at('14:00'), invite: { people: [first!.id] }, key: id },
  });
  await lettersTo([COMING[1]!], 'Undangan rapat: Gladi posko');
  await chair.call(postCancellation, { params: { id: other.id }, body: { reason: 'Diganti siaga lapangan' } });
  const off = await lettersTo([COMING[1]!], 'Rapat dibatalkan: Gladi posko');
  expect(eventIn(off.get(COMING[1]!)!)).toMatchObject({ method: 'CANCEL', uid: `${other.id}@127.0.0.1`, sequence: 1 });

  // Held: eight heads and three officers come by the links of their letters, with the hour of the ralat still ahead.
  const setting = { staff: true, guests: true, showTitle: true, opens: 'pimpinan' as const, minutesBefore: 0 };
  const { link } = await chair.call(putLobbySetting, { params, body: setting });
  await page.getByRole('button', { name: 'Mulai rapat' }).click();
  await page.goto(`/r/${id}`);
  await joins(page);
  const door = stage.portal.url.replace(/^http/, 'ws');
  const ticketOf = (name: string) => portalClient(stage.portal.url, linkIn(moved.get(name)!).slice(3)).call(postTicket, { params, body: {} });
  const speaking = await ticketOf(COMING[0]!);
  const speaker = await enterStubborn(door, speaking.token);
  inside.push(speaker);
  const listeners: Visitor[] = [];
  for (const name of [...COMING.slice(1), ...officers]) listeners.push(await enterRoom(door, (await ticketOf(name)).token));
  inside.push(...listeners);
  /** At the media server, as another one in the room is told. */
  const speaks = (): number => listeners[0]!.room.remoteParticipants.get(speaking.identity)?.trackPublications.size ?? -1;
  expect(await speaker.publish()).toBe(true);
  await eventually('the microphone is open', () => speaks() === 1);
  await page.getByRole('button', { name: 'Kendali', exact: true }).click();
  await page.getByRole('switch', { name: 'Mikrofon' }).click();
  await eventually('the microphone is off', () => speaks() === 0);
  void speaker.publish();

  const guest = await stage.person(PHONE);
  await guest.page.goto(link!);
  await guest.page.getByLabel('Nama lengkap').fill('Rahmat Hidayat');
  await guest.page.getByLabel('Unit atau instansi').fill('Yayasan Peduli Sungai');
  await guest.page.getByRole('button', { name: 'Minta masuk' }).click();
  await see(guest.page.getByRole('heading', { name: 'Menunggu izin masuk' })).toBeVisible();
  await page.getByRole('button', { name: 'Ruang tunggu: 1 menunggu' }).click();
  await page.getByRole('button', { name: 'Izinkan Rahmat Hidayat' }).click();
  await joins(guest.page);
  await see(guest.page.getByRole('button', { name: 'Mikrofon dikunci pimpinan. Minta bicara.' })).toBeVisible();
  expect(speaks()).toBe(0);
  // The page shows the controls a little before the media server calls somebody present.
  await eventually('the guest is on the list', async () => (await chair.call(getSheet, { params })).rows.some(({ name }) => name === 'Rahmat Hidayat'));
  await guest.close();

  // Ended, and written down for good.
  await page.goto(`/rapat/${id}`);
  await page.getByRole('button', { name: 'Akhiri rapat' }).click();
  await page.getByRole('button', { name: 'Ya, akhiri untuk semua' }).click();
  await eventually('all are out', async () => (await chair.call(getSheet, { params })).counts.inside === 0);
  await page.getByRole('button', { name: 'Finalkan daftar hadir' }).click();
  await page.getByRole('button', { name: 'Ya, finalkan' }).click();
  await see(page.getByText(/\d{3}\/DH\//).first()).toBeVisible();
  const { rows } = await chair.call(getSheet, { params });
  expect(Object.fromEntries(rows.filter(({ name }) => heads.includes(name)).map(({ name, status }) => [name, status]))).toEqual(
    Object.fromEntries(heads.map((name) => [name, SENT.some(([from]) => from === name) ? 'diwakili' : 'hadir'])),
  );
  const paper = await textOfPdf(await (await page.request.get(`/api/meetings/${id}/attendance.pdf`)).body());
  expect(paper).toContain('Diundang 12 orang: hadir 9, terlambat 0, diwakili 3, belum ada bukti 0. Hadir tanpa undangan: 1 orang.');
  // A long number is broken over lines.
  for (const [, to] of SENT) expect(paper.replaceAll(' ', '')).toMatch(new RegExp(`diwakilioleh${to.replaceAll(' ', '')},[^(]+\\(disposisino005/\\d+-DSP/`));
  stage.expectCleanPages();
});
