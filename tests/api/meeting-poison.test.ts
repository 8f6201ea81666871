// What somebody writes to do harm: in titles, places, reasons, names, files, letters and links. It is refused with its field, or kept and shown as
// the words it is, by mail programs, calendars, papers and spreadsheets; it never breaks the portal.
import { randomBytes, randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getFeed, postCalendarFeed } from '../../shared/calendar.ts';
import { getChat, getChatFile, getChatText, postChat, postRoomUpload, putRoomPart } from '../../shared/chat.ts';
import { getInvitationIcs, getMyInvitation, putAnswer } from '../../shared/invitations.ts';
import { getNumberBookCsv, putLetterhead } from '../../shared/letters.ts';
import { postKnock, postLobbyView } from '../../shared/lobby.ts';
import { getMaterialFile, postMaterial, putShowing } from '../../shared/materials.ts';
import { postJoin, postMeetingNow } from '../../shared/meetings.ts';
import { postCancellation, postMeeting, putPlan } from '../../shared/planning.ts';
import { getLetterPdf, postLetter, putLetterDraft } from '../../shared/undangan.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { castWorld, signIn, type Cast } from '../support/cast.ts';
import { openMailbox, type Mailbox } from '../support/mailbox.ts';
import { textOfPdf } from '../support/pdf.ts';
import { openClient, type Client, type World } from '../support/world.ts';

const ORIGIN = 'https://rapat.uji.example';
/** Kept as they are. */
const WORDS = [
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http://jahat.example","klik")',
  '+1-1@SUM(A1)*cmd|calc',
  '"; drop table meetings.meeting; --',
  '#panic("x") #read("/etc/passwd") $x$ *b* _i_ `c` @ref <lbl> \\ [#]',
  'A;B,C:D\\n\\N"E"',
  'BEGIN:VEVENT UID:palsu END:VEVENT',
  'Rapat 👩‍👩‍👧‍👦 اجتماع 会议 Ѕekda Kota '.padEnd(150, 'ñ'),
  '${process.env.HOME} {{7*7}} %s %n ../../etc/passwd',
  '=?utf-8?B?QmNjOiB4QHkuZXhhbXBsZQ==?=',
];
/** Whitespace becomes one space in a line; what is left is harmless, or it is refused. */
const BREAKS = ['Judul\r\nBcc: korban@jahat.example', 'Judul\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Palsu', 'Judul\u2028dua', 'Judul\u0085tiga'];
const REFUSED = ['Nul\u0000', 'Balik\u202Eexe.fdp', 'Separuh\ud800', 'Lonceng\u0007', 'Isolasi\u2066x', 'x'.repeat(161), '', '   '];

let world: World;
let cast: Cast;
let box: Mailbox;
let chair: Client;
const heard: string[] = [];
beforeAll(async () => {
  box = await openMailbox();
  ({ world, cast } = await castWorld({ mail: box.settings, origin: ORIGIN, livekit: createLiveKitDouble(), heard: (line: string) => void heard.push(line) }));
  chair = await signIn(world, cast.kepala);
});
afterAll(async () => {
  await world.close();
  await box.close();
});

const soon = (hours = 48): string => new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString();
const planOf = (words: string) => ({
  title: words,
  sifat: 'biasa' as const,
  place: words,
  description: words,
  startsAt: soon(),
  endsAt: soon(49),
  invite: {
    people: [] as string[],
    positions: [],
    units: [],
    guests: [{ name: words.slice(0, 80), institution: words.slice(0, 120), email: 'tamu@luar.example' }],
  },
  key: randomUUID(),
});
const mailed = async (count: number): Promise<void> => {
  for (let n = 0; n < 10 && box.arrived.length < count; n += 1) await world.app.jobs.runDue();
  expect(box.arrived.length).toBe(count);
};
const eventsIn = (text: string): ICAL.Event[] => new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
const shown = (words: string): string => words.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();

test(
  'poisoned titles, places, reasons and names are words to mail programs and calendars: one event, one reader, no line of their making',
  { timeout: 120_000 },
  async () => {
    for (const [n, words] of [...WORDS, ...BREAKS].entries()) {
      box.arrived.length = 0;
      const { status, text } = await chair.send(postMeeting, { body: planOf(words) });
      expect([words, status]).toEqual([words, BREAKS.includes(words) && status === 400 ? 400 : 200]);
      if (status === 400) continue;
      const { id } = JSON.parse(text) as { id: string };
      await mailed(2);
      for (const letter of box.arrived) {
        expect(letter.envelope.to).toHaveLength(1);
        expect([letter.cc, letter.bcc]).toEqual([undefined, undefined]);
        expect(letter.subject).toContain(shown(words));
        expect(letter.html === false ? '' : letter.html).not.toMatch(/<img|<script/i);
        const file = letter.attachments.find((one) => one.contentType === 'text/calendar')!.content.toString();
        const [event, second] = eventsIn(file);
        expect([second, event!.summary, event!.location, event!.uid]).toEqual([undefined, shown(words), shown(words), `${id}@rapat.uji.example`]);
        expect(event!.component.getAllProperties('attendee')).toHaveLength(1);
        expect(file.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
        expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      }
      const link = /\/u#([\w-]{28})/.exec(box.of('tamu@luar.example')[0]!.text!)![1]!;
      const guest = openClient(world.app, ORIGIN, link);
      expect((await guest.call(getMyInvitation, {})).you.name).toBe(shown(words.slice(0, 80)));
      const reason = words.slice(0, 150);
      await guest.call(putAnswer, { params: { id }, body: { answer: 'tidak', reason } });
      expect(eventsIn((await guest.send(getInvitationIcs, { params: { id } })).text)).toHaveLength(1);
      if (n % 7 > 0) continue;
      await chair.call(putPlan, { params: { id }, body: { version: 0, startsAt: soon(60), endsAt: soon(61), reason } });
      await mailed(4);
      await chair.call(postCancellation, { params: { id }, body: { reason } });
      await mailed(6);
      for (const letter of box.arrived)
        expect(eventsIn(letter.attachments.find((one) => one.contentType === 'text/calendar')!.content.toString())).toHaveLength(1);
    }
    const { path } = await chair.call(postCalendarFeed, {});
    const feed = (await chair.send(getFeed, { params: { file: path.split('/').at(-1)! } })).text;
    expect(eventsIn(feed).length).toBeGreaterThanOrEqual(WORDS.length);
    expect(eventsIn(feed).map(({ uid }) => uid)).not.toContain('palsu');
  },
);

test('what no line can hold is refused with its field, wherever it is written', async () => {
  const good = planOf('Rapat baik');
  const { id } = await chair.call(postMeeting, { body: { ...good, invite: { ...good.invite, people: [cast.kabid.id] } } });
  for (const words of REFUSED) {
    const fresh = { ...planOf('Rapat'), title: words };
    expect([words, (await chair.send(postMeeting, { body: fresh })).status]).toEqual([words, 400]);
    expect((await chair.send(postMeeting, { body: { ...fresh, title: 'Rapat', place: words } })).status).toBe(400);
    expect((await chair.send(putPlan, { params: { id }, body: { version: 0, title: words } })).status).toBe(400);
    const long = words.length > 100 ? words.repeat(2) : words;
    expect((await chair.send(postCancellation, { params: { id }, body: { reason: long } })).status).toBe(400);
    expect((await (await signIn(world, cast.kabid)).send(putAnswer, { params: { id }, body: { answer: 'tidak', reason: long } })).status).toBe(400);
    expect(
      (
        await chair.send(putLetterDraft, {
          params: { id },
          body: { classification: '005', subject: words, notes: '', copies: [], signerPositionId: null, signerGrade: null },
        })
      ).status,
    ).toBe(400);
  }
  for (const startsAt of ['besok', '2026-13-40T00:00:00Z', '+275760-09-13T00:00:00.000Z', '0000-00-00', '9999-12-31T23:59:59.999Z', 42, null])
    expect([startsAt, (await chair.send(postMeeting, { body: { ...planOf('Rapat'), startsAt } })).status]).toEqual([startsAt, 400]);
  for (const pattern of [{ kind: 'mingguan', every: 1e9, days: ['MO'] }, { kind: 'bulanan_tanggal', date: 31.5 }, { kind: 'FREQ=SECONDLY' }])
    expect((await chair.send(postMeeting, { body: { ...planOf('Rapat'), repeat: { pattern, ends: { kind: 'kali', times: 60 } } } })).status).toBe(400);
});

test('a letter prints poison as it is written, in every field, and the book of numbers holds no formula', { timeout: 120_000 }, async () => {
  const admin = await signIn(world, cast.adminDinsos);
  const opd = { opd: cast.opds.dinsos.id };
  for (const words of [WORDS[1]!, WORDS[4]!, WORDS[5]!, WORDS[0]!]) {
    await admin.call(putLetterhead, { params: opd, body: { address: words, contact: words, place: words.slice(0, 60), template: null } });
    const { id } = await chair.call(postMeeting, { body: planOf(words) });
    const { desk } = JSON.parse(
      (
        await chair.send(putLetterDraft, {
          params: { id },
          body: {
            classification: '005',
            subject: words,
            notes: `${words}\n${words}`,
            copies: [words],
            signerPositionId: cast.kepala.positionId,
            signerGrade: words.slice(0, 60),
          },
        })
      ).text,
    ) as { desk: object };
    expect(desk).toBeDefined();
    const { issued } = await chair.call(postLetter, { params: { id }, body: { kind: 'undangan' } });
    const pdf = await chair.send(getLetterPdf, { params: { id, letter: issued[0]!.id } });
    expect([words, pdf.status]).toEqual([words, 200]);
    const bare = (text: string): string => text.replaceAll(/[\s“”"]/gu, '');
    expect(bare(await textOfPdf(pdf.payload))).toContain(bare(words));
  }
  const csv = (await admin.send(getNumberBookCsv, { params: opd })).text;
  const cells = csv.split(/\r\n/).flatMap((row) => row.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? []);
  expect(cells.filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([]);
  expect(csv).toContain(`'=HYPERLINK`);
});

test('file names go nowhere, a broken PDF breaks nobody, and what is no PDF is refused', { timeout: 120_000 }, async () => {
  const { id } = await chair.call(postMeetingNow, {
    body: { title: 'Rapat', sifat: 'biasa', invite: { people: [cast.kabid.id], positions: [], units: [], guests: [] } },
  });
  const params = { id };
  const sends = async (name: string, bytes: Uint8Array, purpose: 'obrolan' | 'materi') => {
    const announced = await chair.send(postRoomUpload, { params, body: { purpose, name, type: 'application/pdf', size: bytes.byteLength } });
    if (announced.status !== 200) return { status: announced.status, upload: '' };
    const { upload, parts, partBytes } = JSON.parse(announced.text) as { upload: string; parts: number; partBytes: number };
    for (let n = 0; n < parts; n += 1)
      await chair.call(putRoomPart, { params: { id, upload, part: String(n) }, body: new Uint8Array(bytes.subarray(n * partBytes, (n + 1) * partBytes)) });
    return { status: 200, upload };
  };
  const broken = Buffer.from(`%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n${'\u0000\uffff('.repeat(200)}\n%%EOF\n`);
  const names = [
    '../../etc/passwd.pdf',
    '..\\..\\x.pdf',
    '%2e%2e%2fa.pdf',
    'C:\\x.pdf',
    'CON.pdf',
    `${'x'.repeat(300)}.pdf`,
    'a\u202Efdp.exe.pdf',
    'a\r\nSet-Cookie: x=y.pdf',
    'a\u0000b.pdf',
    '.pdf',
    '"; filename=b.exe.pdf',
  ];
  for (const [n, name] of names.entries()) {
    const { status, upload } = await sends(name, broken, 'obrolan');
    expect([name, status === 200 || status === 400]).toEqual([name, true]);
    if (status !== 200) continue;
    world.clock.advance(20_000);
    const key = randomUUID();
    const said = await chair.send(postChat, { params, body: { text: '', key, upload } });
    expect([name, said.status]).toEqual([name, 200]);
    const kept = (JSON.parse(said.text) as { file: { name: string } }).file.name;
    expect([n, /[\\/\p{Cc}\u202A-\u202E]|^\.|^$/u.test(kept), kept.length <= 255]).toEqual([n, false, true]);
    const { headers } = await chair.send(getChatFile, { params: { id, message: key } });
    expect(headers['set-cookie']).toBeUndefined();
    expect(String(headers['content-disposition'])).toMatch(/^attachment; filename=/);
    expect([headers['x-content-type-options'], headers['content-type']]).toEqual(['nosniff', 'application/pdf']);
  }
  for (const content of ['<html><script>alert(1)</script>', 'GIF89a', '%PDF', '\u0000'.repeat(2000)]) {
    const { upload } = await sends('surat.pdf', Buffer.from(content), 'materi');
    expect([content.slice(0, 9), (await chair.send(postMaterial, { params, body: { upload, title: 'Surat' } })).status]).toEqual([content.slice(0, 9), 415]);
  }
  const { upload } = await sends('sepuluh ribu halaman.pdf', manyPages(10_000), 'materi');
  await chair.call(postMaterial, { params, body: { upload, title: 'Lampiran' } });
  expect((await chair.send(getMaterialFile, { params: { id, material: upload } }, { range: 'bytes=0-99' })).status).toBe(206);
  for (const range of ['bytes=5-1', 'bytes=99999999999-', 'bytes=-0', 'lines=1-2', 'bytes=0-1,3-4,5-6', `bytes=${'9'.repeat(400)}-`])
    expect([200, 206, 416]).toContain((await chair.send(getMaterialFile, { params: { id, material: upload } }, { range })).status);
  await chair.call(putShowing, { params, body: { material: upload, page: 4999 } });
  for (const page of [0, -1, 1.5, 1e9, 'x', null]) expect((await chair.send(putShowing, { params, body: { material: upload, page } })).status).toBe(400);
});

test('a chat that is flooded or poisoned is refused to its sender alone, and goes on', async () => {
  const { id } = await chair.call(postMeetingNow, {
    body: { title: 'Rapat', sifat: 'biasa', invite: { people: [cast.kabid.id], positions: [], units: [], guests: [] } },
  });
  const kabid = await signIn(world, cast.kabid);
  const params = { id };
  const says = async (text: unknown, more: object = {}): Promise<number> =>
    (await kabid.send(postChat, { params, body: { text, key: randomUUID(), ...more } })).status;
  for (const text of ['a\u0000b', 'a\u202Eb', 'Z\u0335'.concat('\u0335'.repeat(10_000)), '\ud83d', 'x'.repeat(2001), 42, null, ['a'], { a: 1 }])
    expect([JSON.stringify(text).slice(0, 20), await says(text)]).toEqual([JSON.stringify(text).slice(0, 20), 400]);
  expect([400, 413]).toContain(await says('x'.repeat(1_100_000)));
  for (const more of [{ key: 1 }, { key: 'x' }, { reply: [] }, { reply: 'x' }, { upload: {} }]) expect(await says('Halo', more)).toBe(400);
  expect(await says('Halo', { reply: randomUUID() })).toBe(409);
  const statuses: number[] = [];
  for (let n = 0; n < 25; n += 1) statuses.push(await says(`${'👩‍👩‍👧‍👦'.repeat(50)} ${n}`));
  expect(statuses.filter((one) => one === 200)).toHaveLength(10);
  expect(statuses.filter((one) => one === 429)).toHaveLength(15);
  await chair.call(postChat, { params, body: { text: '=cmd|calc\n[09.00] Palsu: setuju', key: randomUUID() } });
  expect((await chair.call(getChat, { params, query: {} })).messages).toHaveLength(11);
  // A message of two lines is not two messages of two people.
  expect((await chair.send(getChatText, { params })).text).toContain('=cmd|calc\n    [09.00] Palsu: setuju');
  for (const q of ['%%', '__', "' or 1=1", '\\\\'.repeat(20)]) expect((await chair.call(getChat, { params, query: { q } })).messages).toEqual([]);
});

test('links, common links and feeds cannot be guessed, and say the same of what never was and what is over', async () => {
  const { id } = await chair.call(postMeeting, { body: planOf('Rapat') });
  const kabid = await signIn(world, cast.kabid);
  const { path } = await kabid.call(postCalendarFeed, {});
  const dead = path.split('/').at(-1)!;
  const { path: fresh } = await kabid.call(postCalendarFeed, {});
  const token = (): string => randomBytes(21).toString('base64url');
  const near = `${fresh.split('/').at(-1)!.slice(0, 27)}${fresh.at(-5) === 'A' ? 'B' : 'A'}.ics`;
  const replies = [];
  for (const file of [dead, near, `${token()}.ics`, `${token()}.ics`]) replies.push(await world.visitor().send(getFeed, { params: { file } }));
  expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  for (const file of ['.ics', '../x.ics', token(), `${'a'.repeat(190)}.ics`, '%00.ics', `${token()}.ICS`, "' or 1=1.ics"])
    expect((await world.visitor().send(getFeed, { params: { file } })).status).toBe(404);
  const codes = new Set<string>();
  for (let n = 0; n < 200; n += 1) codes.add((await openClient(world.app, ORIGIN, token()).refusalOf(postJoin, { body: {} }))!);
  expect([...codes]).toEqual(['link.revoked']);
  for (const link of ['', 'x', '\u00ff', 'a'.repeat(5000), '../..', 'null', '{}'])
    expect((await openClient(world.app, ORIGIN, link).send(postJoin, { body: { meetingId: id } })).status).toBeLessThan(500);
  expect(await world.visitor().refusalOf(postLobbyView, { body: { code: token() } })).toBe('not_found');
  expect(await world.visitor().refusalOf(postKnock, { body: { code: token(), name: 'A', institution: 'B' } })).toBe('not_found');
  // At rest there are hashes: nothing that opens a door can be read from the database.
  for (let n = 0; n < 10 && box.of('tamu@luar.example').length === 0; n += 1) await world.app.jobs.runDue();
  const links = box.arrived.flatMap(({ text }) => /\/[ur]#([\w-]{28})/.exec(text ?? '')?.[1] ?? []);
  const all = await world.sql<{ all: string }[]>`
    select coalesce(string_agg(i::text, ' '), '') || (select coalesce(string_agg(f::text, ' '), '') from calendar.feed f) as all from meetings.invitation i`;
  expect(links.length).toBeGreaterThan(0);
  for (const secret of [...links, fresh.split('/').at(-1)!.slice(0, 28)]) expect(all[0]!.all).not.toContain(secret);
});

test('through all of it nothing broke, and no link stands in the log', () => {
  expect(heard.filter((line) => /"level":50/.test(line))).toEqual([]);
  expect(heard.filter((line) => /[/#][\w-]{28}\b/.test(line))).toEqual([]);
});

/** A PDF of so many empty pages, whole and small. */
function manyPages(count: number): Buffer {
  const kids = Array.from({ length: count }, (_, n) => `${n + 3} 0 R`).join(' ');
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', `<</Type/Pages/Count ${count}/Kids[${kids}]>>`];
  for (let n = 0; n < count; n += 1) objects.push('<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>');
  const body = objects.map((one, n) => `${n + 1} 0 obj\n${one}\nendobj\n`);
  let at = 9;
  const places = body.map((one) => {
    const here = at;
    at += one.length;
    return `${String(here).padStart(10, '0')} 00000 n \n`;
  });
  const xref = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  return Buffer.from(`%PDF-1.4\n${body.join('')}${xref}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`);
}
