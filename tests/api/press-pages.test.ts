// What everybody reads without an account and without script: schedule, conference, calendar, feed.
import Fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import type { LogQuestion } from '../../shared/press-floor.ts';
import { postKitItem, putKitEmbargo, type ReleaseBlock } from '../../shared/press-kit.ts';
import { postCancellation, putCheck, putConference } from '../../shared/press.ts';
import { pageRoutes } from '../../server/press/pages/index.ts';
import { createGate } from '../../server/platform/gate.ts';
import { createMarks } from '../../server/platform/marks.ts';
import { serveAll } from '../../server/platform/serve.ts';
import { castWorld, type Cast } from '../support/cast.ts';
import { plannedConference } from '../support/press.ts';
import { HOST, SECRET, type World } from '../support/world.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

async function office(origin: string | null = null): Promise<{ world: World; cast: Cast }> {
  const { world, cast } = await castWorld({ origin });
  endings.push(world.close);
  return { world, cast };
}
type Headers = Record<string, string>;
const reads = async ({ app }: World, url: string, headers: Headers = {}) => app.fastify.inject({ url, headers: { host: HOST, ...headers } });
const page = async (world: World, url: string, headers: Headers = {}) => (await reads(world, url, headers)).payload;
/** As a reader sees it: without tags. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
const release = (...texts: string[]): ReleaseBlock[] => texts.map((text) => ({ kind: 'paragraph', runs: [{ text, bold: false, italic: false, link: null }] }));

test('an office that has announced nothing says so, and how to hear of the first one', async () => {
  const { world } = await office();
  const text = textOf(await page(world, '/pers'));
  expect(text).toContain('Belum ada konferensi pers yang diumumkan.');
  expect(text).toContain('RSS');
});

test('a draft is nowhere: not in the schedule, not at its address, in no calendar and no feed', async () => {
  const { world, cast } = await office();
  const { conference, slug } = await plannedConference(world, cast);
  for (const url of ['/pers', '/pers/jadwal.ics', '/pers/rss.xml']) expect(await page(world, url)).not.toContain(conference.title);
  const reply = await reads(world, `/pers/${slug.slug}`);
  expect(reply.statusCode).toBe(404);
  expect(reply.headers['content-type']).toContain('text/html');
  expect(textOf(reply.payload)).toContain('Halaman ini tidak ada');
  expect(reply.payload).not.toContain(conference.title);
  expect((await reads(world, `/pers/${slug.slug}/acara.ics`)).statusCode).toBe(404);
  // Word for word what an address says that never was.
  expect(reply.payload).toBe(await page(world, '/pers/2026-11-23-tidak-pernah-ada'));
});

test('an address of nonsense gets the page for those who are lost', async () => {
  const { world } = await office();
  for (const slug of ['%3Cscript%3E', 'A', 'x'.repeat(150), '..%2f..%2fetc']) expect((await reads(world, `/pers/${slug}`)).statusCode).toBe(404);
});

test('who, when in the zone of the office, how to follow: all of it stands in the page as it leaves the server', async () => {
  const { world, cast } = await office();
  const { slug } = await plannedConference(world, cast, { state: 'registrasi' });
  const html = await page(world, `/pers/${slug.slug}`);
  const text = textOf(html);
  for (const words of [
    'Penanganan banjir',
    'Senin, 23 November 2026, 10.00 WIB',
    'Hartini',
    'Kepala Dinas Sosial',
    'Narasumber',
    'Moderator',
    'Juru bahasa isyarat Ratna Isyarat',
    'Pendaftaran jurnalis dibuka',
    'Terbuka untuk siapa pun',
  ])
    expect(text).toContain(words);
  expect(html).toContain(`href="/siaran/${slug.slug}?bahasa=id"`);
  expect(html).toContain(`href="/pers/${slug.slug}/daftar?bahasa=id"`);
  expect(html).toContain(`href="/pers/${slug.slug}/acara.ics"`);
  expect(text).not.toContain('ratna@jbi.example');
  expect(html).not.toMatch(/<script(?![^>]*\ssrc="\/pers\.js)/);
  expect(html).not.toMatch(/\sstyle=|\son\w+=/);
  expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\/(?!portal\.test|schema\.org\/Event)/);
  expect(textOf(await page(world, '/pers'))).toContain('Akan datang Senin, 23 November 2026 10.00 WIB Penanganan banjir');
});

test('an office in Papua reads its own hours', async () => {
  const { world, cast } = await office();
  await world.sql`update people.opd set zone = 'Asia/Jayapura'`;
  const { slug } = await plannedConference(world, cast, { state: 'diumumkan' });
  expect(textOf(await page(world, `/pers/${slug.slug}`))).toContain('12.00 WIT');
});

test('English is asked for by the browser or by the link, and goes with every step', async () => {
  const { world, cast } = await office();
  const { slug } = await plannedConference(world, cast, { state: 'registrasi' });
  const url = `/pers/${slug.slug}`;
  const english = await reads(world, url, { 'accept-language': 'en-GB,en;q=0.9' });
  expect(english.headers['vary']).toContain('accept-language');
  expect(english.payload).toContain('<html lang="en">');
  expect(textOf(english.payload)).toContain('Monday, 23 November 2026, 10.00 WIB');
  expect(english.payload).toContain(`/siaran/${slug.slug}?bahasa=en`);
  expect(await page(world, `${url}?bahasa=id`, { 'accept-language': 'en' })).toContain('<html lang="id">');
  expect(await page(world, `${url}?bahasa=en`)).toContain('Who takes part');
  expect(await page(world, `${url}?bahasa=xx`)).toContain('<html lang="id">');
});

test('the addresses in a page are those of the office, whatever a request calls itself', async () => {
  const { world, cast } = await office('https://pers.kota.example');
  const operator = await world.signIn(cast.operator.nip, 'x').catch(() => null);
  expect(operator).toBeNull();
  for (const url of ['/pers', '/pers/jadwal.ics', '/pers/rss.xml']) {
    const reply = await reads(world, url, { host: 'jahat.example', 'x-forwarded-host': 'jahat.example' });
    expect(reply.payload).not.toContain('jahat.example');
  }
  expect(await page(world, '/pers', { host: 'jahat.example' })).toContain('<link rel="canonical" href="https://pers.kota.example/pers"/>');
});

test('the release is on the page at its minute, in none before it, and gone when it is withdrawn', async () => {
  const { world, cast } = await office();
  const { slug, params, operator, conference } = await plannedConference(world, cast, { state: 'registrasi' });
  const without = await page(world, `/pers/${slug.slug}`);
  await operator.call(postKitItem, {
    params,
    body: { kind: 'siaran', title: 'Bantuan untuk 3 kecamatan', release: release('Pemerintah menyalurkan bantuan.') },
  });
  const t = new Date(world.clock.now().getTime() + 60_000);
  await operator.call(putKitEmbargo, { params, body: { embargoAt: t.toISOString(), announced: false } });
  const quiet = await page(world, `/pers/${slug.slug}`);
  expect(quiet).toBe(without);
  const feedBefore = await page(world, '/pers/rss.xml');
  for (const text of [quiet, feedBefore]) expect(text).not.toMatch(/Bantuan untuk|menyalurkan|Siaran pers/);
  world.clock.advance(59_999);
  const lastMoment = await reads(world, `/pers/${slug.slug}`);
  expect(lastMoment.payload).toBe(quiet);
  expect(await page(world, '/pers/rss.xml')).toBe(feedBefore);
  world.clock.advance(1);
  const after = await reads(world, `/pers/${slug.slug}`, { 'if-none-match': String(lastMoment.headers['etag']) });
  expect(after.statusCode).toBe(200);
  expect(textOf(after.payload)).toContain('Bantuan untuk 3 kecamatan Pemerintah menyalurkan bantuan.');
  expect(await page(world, '/pers/rss.xml')).toContain('Siaran pers: Bantuan untuk 3 kecamatan');
  await operator.call(putKitEmbargo, { params, body: { embargoAt: null, announced: false } });
  expect(await page(world, `/pers/${slug.slug}`)).toBe(quiet);
  expect(await page(world, '/pers/rss.xml')).toBe(feedBefore);
  expect(conference.title).toBe('Penanganan banjir');
});

test('an announced minute is named, and nothing of what comes then', async () => {
  const { world, cast } = await office();
  const { slug, params, operator } = await plannedConference(world, cast, { state: 'registrasi' });
  const t = new Date(world.clock.now().getTime() + 3_600_000);
  await operator.call(putKitEmbargo, { params, body: { embargoAt: t.toISOString(), announced: true } });
  expect(textOf(await page(world, `/pers/${slug.slug}`))).toContain('Siaran pers terbit Senin, 23 November 2026, 10.00 WIB.');
});

test('a page is asked for again each time, and answered shortly while it is the same', async () => {
  const { world, cast } = await office();
  const { slug } = await plannedConference(world, cast, { state: 'registrasi' });
  for (const url of ['/pers', `/pers/${slug.slug}`, '/pers/rss.xml']) {
    const first = await reads(world, url);
    expect(first.headers['cache-control']).toBe('no-cache');
    const again = await reads(world, url, { 'if-none-match': `W/${String(first.headers['etag'])}` });
    expect([again.statusCode, again.payload]).toEqual([304, '']);
    const other = await reads(world, url, { 'if-none-match': '"lain"' });
    expect([other.statusCode, other.payload]).toEqual([200, first.payload]);
    const head = await world.app.fastify.inject({ method: 'HEAD', url, headers: { host: HOST } });
    expect([head.statusCode, head.payload]).toEqual([200, '']);
  }
});

test('a conference without an interpreter says why, and one that is called off says so first', async () => {
  const { world, cast } = await office();
  const { slug, params, operator, id } = await plannedConference(world, cast, { state: 'registrasi' });
  await operator.call(putCheck, { params: { id, name: 'jbi' }, body: { waive: 'Juru bahasa isyarat sakit mendadak' } });
  expect(textOf(await page(world, `/pers/${slug.slug}`))).toContain('Tanpa juru bahasa isyarat: Juru bahasa isyarat sakit mendadak');
  await operator.call(postCancellation, { params, body: { reason: 'Narasumber di lokasi bencana' } });
  const html = await page(world, `/pers/${slug.slug}`);
  expect(textOf(html)).toContain('Konferensi pers ini dibatalkan. Narasumber di lokasi bencana');
  expect(html).not.toContain('/daftar');
  expect(textOf(await page(world, '/pers'))).toMatch(/Akan datang.*Penanganan banjir.*Dibatalkan/);
  world.clock.advance(2 * 3_600_000);
  expect(textOf(await page(world, '/pers'))).toMatch(/Sudah lewat.*Penanganan banjir.*Dibatalkan/);
});

/** The lines of a calendar, unfolded. */
const linesOf = (ics: string): string[] => ics.replaceAll(/\r\n[ \t]/g, '').split('\r\n');

test('a calendar keeps the event it knows: same UID, a later SEQUENCE, and CANCELLED when it is called off', async () => {
  const { world, cast } = await office('https://pers.kota.example');
  const { slug, params, operator, again } = await plannedConferenceAt(world, cast);
  const first = await reads(world, `/pers/${slug}/acara.ics`);
  expect(first.headers['content-type']).toContain('text/calendar');
  expect(Math.max(...first.payload.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  const lines = linesOf(first.payload);
  for (const line of [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `UID:${params.id}@pers.kota.example`,
    'DTSTAMP:20261123T020000Z',
    'DTSTART:20261123T030000Z',
    'DTEND:20261123T040000Z',
    'STATUS:CONFIRMED',
    'TRIGGER:-PT15M',
    `URL;VALUE=URI:https://pers.kota.example/pers/${slug}`,
    'SUMMARY:Banjir\\, longsor\\; dan lainnya',
  ])
    expect(lines).toContain(line);
  expect(lines.filter((line) => line === 'BEGIN:VALARM')).toHaveLength(1);
  expect(lines.find((line) => line.startsWith('DESCRIPTION:'))).toContain('Senin\\, 23 November 2026\\, 10.00 WIB');
  const sequence = (ics: string): number => Number(/\r\nSEQUENCE:(\d+)/.exec(ics)?.[1]);
  const now = await again();
  await operator.call(putConference, { params, body: { ...now, startsAt: '2026-11-23T05:00:00.000Z', version: now.version } });
  const moved = await page(world, `/pers/${slug}/acara.ics`);
  expect(sequence(moved)).toBeGreaterThan(sequence(first.payload));
  await operator.call(postCancellation, { params, body: { reason: 'Hujan' } });
  const off = await page(world, '/pers/jadwal.ics');
  expect(sequence(off)).toBeGreaterThan(sequence(moved));
  expect(linesOf(off)).toContain('STATUS:CANCELLED');
  expect(off).not.toContain('VALARM');
});

/** Names a title that a calendar must escape. */
async function plannedConferenceAt(world: World, cast: Cast) {
  const made = await plannedOn(world, cast);
  return { ...made, slug: made.slug.slug };
}
const plannedOn = (world: World, cast: Cast) => plannedConference(world, cast, { state: 'registrasi', plan: { title: 'Banjir, longsor; dan lainnya' } });

/** Every tag closed by its own; what is text holds no tag. */
function wellFormed(xml: string): boolean {
  const open: string[] = [];
  const bare = xml.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '').replace(/^<\?xml[^>]*\?>/, '');
  for (const [, end, name, closed] of bare.matchAll(/<(\/?)([\w:]+)[^<>]*?(\/?)>/g)) {
    if (closed === '/') continue;
    if (end === '') open.push(name!);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0 && !/&(?!(amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(bare) && !/[<>]/.test(bare.replaceAll(/<[^<>]*>/g, ''));
}

test('the feed holds what was announced and called off, and stays a feed whatever somebody wrote', async () => {
  const { world, cast } = await office();
  const { params, operator } = await plannedConference(world, cast, {
    state: 'registrasi',
    plan: { title: 'A & B <b>]]></b>', summary: ']]><script>alert(1)</script>' },
  });
  await operator.call(postCancellation, { params, body: { reason: '<img src=x onerror=alert(1)>' } });
  const reply = await reads(world, '/pers/rss.xml');
  expect(reply.headers['content-type']).toContain('application/rss+xml');
  expect(wellFormed(reply.payload)).toBe(true);
  expect(reply.payload).not.toMatch(/<script|<img|<b>/);
  expect([...reply.payload.matchAll(/<guid[^>]*>[^<]*#(\w+)<\/guid>/g)].map(([, mark]) => mark).toSorted()).toEqual(['dibatalkan', 'diumumkan']);
});

const PAYLOADS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  'javascript:alert(1)',
  '</title></textarea><svg/onload=alert(1)>',
  '{{7*7}}',
];

test('whatever somebody wrote is read as it was written: in title, summary, reason, release, caption, question and answer', async () => {
  const { world, cast } = await office();
  const all = PAYLOADS.join(' ');
  const { params, operator, slug, id, goTo } = await plannedConference(world, cast, { plan: { title: all, summary: `${all}\n${all}`, place: all } });
  for (const to of ['diumumkan', 'registrasi'] as const) await goTo(to);
  await operator.call(putCheck, { params: { id, name: 'jbi' }, body: { waive: all } });
  await operator.call(postKitItem, {
    params,
    body: { kind: 'siaran', title: all, release: [...release(all), { kind: 'heading', runs: release(all)[0]!.runs }] },
  });
  await operator.call(postKitItem, { params, body: { kind: 'data', title: all, caption: all, credit: PAYLOADS[0]!, licence: PAYLOADS[1]! } });
  await operator.call(putKitEmbargo, { params, body: { embargoAt: world.clock.now().toISOString(), announced: false } });
  const asked: LogQuestion = { ...question(), outlet: all, topic: all, text: all, answer: all, reason: all, answeredBy: [all] };
  const app = Fastify();
  const { people, press, kit } = world.app;
  const routes = pageRoutes({
    sql: world.app.sql,
    clock: world.clock,
    people,
    press,
    kit,
    floor: { log: async () => [asked] },
    origin: `http://${HOST}`,
    version: '0',
  });
  await serveAll(app, routes, {
    log: app.log,
    whoIs: async () => null,
    origin: null,
    secure: false,
    requireFresh: async () => {},
    once: { run: async (_request, _person, work) => work() },
    gate: createGate(world),
    marks: createMarks({ secret: SECRET, secure: false }),
  });
  await world.sql`update press.conference set state = 'selesai', ended_at = ${world.clock.now()} where id = ${id}`;
  for (const url of [`/pers/${slug.slug}`, '/pers']) {
    const { payload: html } = await app.inject({ url, headers: { host: HOST } });
    expect(html).not.toMatch(/<script(?! defer="" src="\/pers\.js)|<svg|<img src="?x|\sonerror="?=|href="javascript/i);
    for (const payload of PAYLOADS) expect(textOf(html)).toContain(payload);
  }
  expect(textOf((await app.inject({ url: `/pers/${slug.slug}` })).payload).split('{{7*7}}').length).toBeGreaterThan(14);
});

test('a link of a release leads out by http only', async () => {
  const { world, cast } = await office();
  const { operator, params } = await plannedConference(world, cast);
  const runs = [{ text: 'buka', bold: false, italic: false, link: 'javascript:alert(1)' }];
  expect(await operator.refusalOf(postKitItem, { params, body: { kind: 'siaran', title: 'x', release: [{ kind: 'paragraph', runs }] } })).toBe('input.invalid');
});

function question(): LogQuestion {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    outlet: 'Radar Uji',
    topic: 'Tanggul',
    text: 'Kapan tanggul selesai?',
    state: 'dijawab',
    raisedAt: '2026-11-23T03:10:00.000Z',
    answeredAt: '2026-11-23T03:12:30.000Z',
    atSecond: 750,
    oral: true,
    answeredBy: ['Hartini'],
    answer: null,
    dueOn: null,
    reason: null,
  };
}

test('the question log is there from the end on, each with outlet, who answered and when, and what is owed', async () => {
  const { world, cast } = await office();
  const { slug, id } = await plannedConference(world, cast, { state: 'tayang' });
  const log: LogQuestion[] = [
    question(),
    { ...question(), id: '00000000-0000-4000-8000-000000000002', outlet: 'Kabar Uji', state: 'ditunda', atSecond: null, answeredBy: [], dueOn: '2026-11-30' },
    { ...question(), id: '00000000-0000-4000-8000-000000000003', state: 'dijawab', oral: false, answer: 'Sudah terpasang.', atSecond: null },
    { ...question(), id: '00000000-0000-4000-8000-000000000004', state: 'ditolak', reason: 'Di luar pokok bahasan', answeredBy: [] },
  ];
  const app = Fastify();
  const { people, press, kit } = world.app;
  const routes = pageRoutes({
    sql: world.app.sql,
    clock: world.clock,
    people,
    press,
    kit,
    floor: { log: async () => log },
    origin: `http://${HOST}`,
    version: '0',
  });
  await serveAll(app, routes, {
    log: app.log,
    whoIs: async () => null,
    origin: null,
    secure: false,
    requireFresh: async () => {},
    once: { run: async (_request, _person, work) => work() },
    gate: createGate(world),
    marks: createMarks({ secret: SECRET, secure: false }),
  });
  const read = async () => textOf((await app.inject({ url: `/pers/${slug.slug}` })).payload);
  expect(await read()).toContain('Catatan tanya jawab terbit setelah konferensi berakhir.');
  expect(await read()).not.toContain('Radar Uji');
  await world.sql`update press.conference set state = 'selesai', ended_at = ${world.clock.now()} where id = ${id}`;
  const text = await read();
  for (const words of [
    'Radar Uji Tanggul Kapan tanggul selesai? Dijawab lisan · menit 12:30 · oleh Hartini',
    'Kabar Uji Tanggul Kapan tanggul selesai? Jawaban dijanjikan · paling lambat 30 November 2026',
    'Dijawab tertulis · oleh Hartini Sudah terpasang.',
    'Tidak diteruskan Alasan: Di luar pokok bahasan',
  ])
    expect(text).toContain(words);
});
