// Calendars: who sees what of whom, moving from one, and the private feed as a real parser reads it.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteCalendarFeed, getCalendar, getCalendarChoices, getCalendarFeed, postCalendarFeed, type CalendarEntry } from '../../shared/calendar.ts';
import type { BodyOf, QueryOf } from '../../shared/endpoint.ts';
import { postCancellation, postMeeting, putHolidays, putPlan } from '../../shared/planning.ts';
import type { Zone } from '../../shared/people.ts';
import { portalItself } from '../../server/people/index.ts';
import { castWorld, nipOf, PASSWORD, refusalIn, signIn, type Cast } from '../support/cast.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { plannedConference } from '../support/press.ts';
import { HOST, type Client, type World } from '../support/world.ts';

let world: World;
let cast: Cast;
const clients = new Map<string, Client>();
beforeAll(async () => void ({ world, cast } = await castWorld({ livekit: createLiveKitDouble() })));
afterAll(() => world.close());

async function as(who: { nip: string }): Promise<Client> {
  const known = clients.get(who.nip) ?? (await signIn(world, who));
  clients.set(who.nip, known);
  return known;
}

const NOBODY = { people: [], positions: [], units: [], guests: [] };
type Body = BodyOf<typeof postMeeting>;
/** A day of December 2026, by the clock of Jakarta. */
const at = (day: string, time = '09:00'): string => new Date(`2026-12-${day}T${time}:00+07:00`).toISOString();
const plan = async (more: Partial<Body> = {}, by: { nip: string } = cast.kepala) =>
  (await as(by)).call(postMeeting, {
    body: {
      title: 'Rapat koordinasi',
      sifat: 'biasa',
      description: null,
      place: 'Daring',
      startsAt: at('01'),
      endsAt: at('01', '10:00'),
      invite: { ...NOBODY, people: [cast.kabid.id] },
      repeat: null,
      key: randomUUID(),
      ...more,
    },
  });
const sees = async (who: { nip: string }, query: Partial<QueryOf<typeof getCalendar>> = {}) =>
  (await as(who)).call(getCalendar, { query: { from: '2026-12-01', to: '2026-12-31', ...query } });
const found = async (id: string, ...given: Parameters<typeof sees>): Promise<CalendarEntry | undefined> =>
  (await sees(...given)).entries.find((entry) => entry.id === id);
const refused = async (who: { nip: string }, query: Partial<QueryOf<typeof getCalendar>>) => refusalIn(sees(who, query));

test('own: the chair and the invited see the meeting whole, the chair may move it, and nobody else sees it there', async () => {
  const { id } = await plan({ title: 'Anggaran', place: 'Aula', startsAt: at('02'), endsAt: at('02', '11:30') });
  expect(await found(id, cast.kepala)).toMatchObject({
    kind: 'rapat',
    title: 'Anggaran',
    place: 'Aula',
    startsAt: at('02'),
    endsAt: at('02', '11:30'),
    chairName: cast.kepala.name,
    youPrepare: true,
    path: `/rapat/${id}`,
    version: 0,
  });
  expect(await found(id, cast.kabid)).toMatchObject({ title: 'Anggaran', youPrepare: false });
  expect(await found(id, cast.stafKantor)).toBeUndefined();
  expect(await found(id, cast.kepalaDinkes)).toBeUndefined();
});

test('of the OPD: its admin reads every title, its staff only that somebody is busy, a stranger that there is no such calendar', async () => {
  const { id } = await plan({ title: 'Mutasi pegawai', place: 'Ruang Kepala', startsAt: at('03'), endsAt: at('03', '10:00') });
  const of = `opd:${cast.opds.dinsos.id}`;
  expect(await found(id, cast.adminDinsos, { of })).toMatchObject({ title: 'Mutasi pegawai', youPrepare: true });
  expect(await found(id, cast.stafKantor, { of })).toMatchObject({
    title: null,
    place: null,
    chairName: null,
    path: null,
    youPrepare: false,
    startsAt: at('03'),
  });
  expect(JSON.stringify(await sees(cast.stafKantor, { of }))).not.toContain('Mutasi');
  for (const stranger of [cast.kepalaDinkes, cast.stafDinkes]) expect(await refused(stranger, { of })).toMatchObject({ code: 'not_found' });
  expect(await refused(cast.stafKantor, { of: `opd:${randomUUID()}` })).toMatchObject({ code: 'not_found' });
});

test('of a room: also where a meeting is online beside it and however its name is written; who is not of it sees the hours alone', async () => {
  const both = await plan({ title: 'Tertutup', place: 'Daring; Ruang Rapat Utama', startsAt: at('04'), endsAt: at('04', '10:00') });
  const off = await plan({ title: 'Batal', place: 'ruang rapat utama', startsAt: at('05'), endsAt: at('05', '10:00') });
  await (await as(cast.kepala)).call(postCancellation, { params: { id: off.id }, body: { reason: 'Pindah ke provinsi', scope: 'ini' } });
  const of = 'ruang:RUANG Rapat Utama';
  expect(await found(both.id, cast.kepala, { of })).toMatchObject({ title: 'Tertutup' });
  expect(await found(both.id, cast.stafDinkes, { of })).toMatchObject({ title: null, startsAt: at('04'), endsAt: at('04', '10:00') });
  expect(await found(off.id, cast.kepala, { of })).toBeUndefined();
  expect(await found(off.id, cast.kepala)).toMatchObject({ state: 'dibatalkan' });
  expect((await sees(cast.kepala, { of: 'ruang:Ruang Lain' })).entries).toEqual([]);
  expect(await (await as(cast.staf)).call(getCalendarChoices, {})).toMatchObject({
    opds: [{ id: cast.opds.dinsos.id }],
    rooms: expect.arrayContaining(['Ruang Rapat Utama']),
    operator: false,
  });
  expect((await (await as(cast.stafDinkes)).call(getCalendarChoices, {})).rooms).toEqual([]);
});

test('of the operators: conferences, drafts too; the crew sees theirs, everybody of the OPD what was announced', async () => {
  const startsAt = at('07', '13:00');
  const { conference: draft } = await plannedConference(world, cast, { plan: { startsAt, title: 'Rencana rahasia' } });
  const { conference: told } = await plannedConference(world, cast, { state: 'diumumkan', plan: { startsAt, title: 'Banjir' } });
  expect(await refused(cast.kepala, { of: 'operator' })).toMatchObject({ code: 'role.missing' });
  expect(await found(draft.id, cast.operator, { of: 'operator' })).toMatchObject({ kind: 'konferensi', state: 'draft', path: `/konferensi/${draft.id}` });
  // By post, and by name.
  for (const crew of [cast.kepala, cast.kabid]) expect(await found(draft.id, crew)).toMatchObject({ title: 'Rencana rahasia' });
  const of = `opd:${cast.opds.dinsos.id}`;
  expect(await found(told.id, cast.stafKantor, { of })).toMatchObject({ title: 'Banjir', state: 'terjadwal', path: null });
  expect(await found(draft.id, cast.stafKantor, { of })).toBeUndefined();
  expect(await found(told.id, cast.stafKantor)).toBeUndefined();
});

test('holidays and own day codes stand at their days; codes of others do not', async () => {
  await (
    await as(cast.bkd)
  ).call(putHolidays, {
    body: { year: 2026, version: 0, holidays: [{ day: '2026-12-25', name: 'Natal', kind: 'nasional', basis: 'SKB uji' }] },
  });
  expect((await sees(cast.kepala)).holidays).toEqual([{ day: '2026-12-25', name: 'Natal' }]);
  const week = { from: '2026-11-23', to: '2026-11-29' };
  expect((await sees(cast.staf, week)).codes).toEqual([{ day: '2026-11-23', code: 'WFH' }]);
  expect((await sees(cast.kepala, { ...week, of: `opd:${cast.opds.dinsos.id}` })).codes).toEqual([]);
});

test('a span that is none or too long, and a calendar of nonsense, are refused with the field', async () => {
  expect(await refused(cast.kepala, { to: '2026-11-30' })).toMatchObject({ code: 'calendar.too_long', fields: [{ path: 'to' }] });
  expect(await refused(cast.kepala, { to: '2027-03-01' })).toMatchObject({ code: 'calendar.too_long' });
  for (const of of ['semua', 'opd:1', 'ruang:'])
    expect(await refused(cast.kepala, { of })).toMatchObject({ code: 'input.invalid', fields: [expect.objectContaining({ path: 'of' })] });
  expect(await refusalIn(world.visitor().call(getCalendar, { query: { from: '2026-12-01', to: '2026-12-02' } }))).toMatchObject({ code: 'session.required' });
});

test('a meeting dragged to another hour stands there for everybody; from an older sight of it, or by somebody else, it is not moved', async () => {
  const { id } = await plan({ startsAt: at('08'), endsAt: at('08', '10:00') });
  const to = { startsAt: at('09', '13:00'), endsAt: at('09', '14:00') };
  const kepala = await as(cast.kepala);
  await kepala.call(putPlan, { params: { id }, body: { ...to, version: 0, reason: 'Menunggu data' } });
  expect(await found(id, cast.kabid)).toMatchObject({ ...to, version: 1 });
  expect(await kepala.refusalOf(putPlan, { params: { id }, body: { startsAt: at('10'), endsAt: null, version: 0 } })).toBe('meeting.changed');
  expect(await (await as(cast.kabid)).refusalOf(putPlan, { params: { id }, body: { startsAt: at('10'), version: 1 } })).toBe('meeting.not_preparer');
});

const zones: [Zone, number][] = [
  ['Asia/Jakarta', 7],
  ['Asia/Makassar', 8],
  ['Asia/Jayapura', 9],
];
test('between offices of WIB, WITA and WIT: each reads the hour of the other office in the own days, and the office’s zone beside it', async () => {
  const chairs = await Promise.all(
    zones.map(async ([zone, hours], n) => {
      const opd = await world.app.people.addOpd({ parentId: null, name: `Balai ${zone}`, abbreviation: zone, aliases: [], kind: 'opd', zone });
      const nip = nipOf(40 + n);
      const { id } = await world.app.people.addPerson(portalItself, { name: `Kepala ${zone}`, nip, email: null, phone: null, opdId: opd.id });
      const post = await world.app.people.addPosition(portalItself, { opdId: opd.id, title: `Kepala Balai ${zone}`, level: 'kepala_opd' });
      await world.app.people.appoint(portalItself, post.id, { personId: id, kind: 'definitif', from: '2020-01-02', until: null, basis: 'SK uji' });
      await world.app.people.givePassword([id], PASSWORD);
      return { id, nip, zone, hours };
    }),
  );
  for (const office of chairs) {
    // Half past midnight at that office: for those to the west it is still the day before.
    const startsAt = new Date(Date.parse('2026-12-15T00:30:00Z') - office.hours * 3_600_000).toISOString();
    const { id } = await plan({ startsAt, endsAt: null, invite: { ...NOBODY, people: chairs.map((c) => c.id) } }, office);
    for (const reader of chairs) {
      const day = new Date(Date.parse(startsAt) + reader.hours * 3_600_000).toISOString().slice(0, 10);
      expect(day).toBe(reader.hours < office.hours ? '2026-12-14' : '2026-12-15');
      const view = await sees(reader, { from: day, to: day });
      expect(view.zone).toBe(reader.zone);
      expect(view.entries.find((entry) => entry.id === id)).toMatchObject({ startsAt, zone: office.zone });
      // An hour without an end is one hour: over midnight it is in the day after too.
      const beside = day === '2026-12-14' ? '2026-12-16' : '2026-12-13';
      expect(await found(id, reader, { from: beside, to: beside })).toBeUndefined();
    }
  }
});

const reads = (path: string, headers: Record<string, string> = {}) => world.app.fastify.inject({ url: path, headers: { host: HOST, ...headers } });
const componentsOf = (text: string): ICAL.Component[] => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
const titled = (text: string, title: string): ICAL.Component[] => componentsOf(text).filter((c) => String(c.getFirstPropertyValue('summary')).includes(title));

test('the feed: made once asked for, read without signing in, unchanged answered in two lines, dead when renewed, taken back or the account is closed', async () => {
  const { staf } = cast;
  const client = await as(staf);
  expect(await client.call(getCalendarFeed, {})).toBeNull();
  const { path } = await client.call(postCalendarFeed, {});
  expect(path).toMatch(/^\/kalender\/[\w-]{28}\.ics$/);
  expect(await client.call(getCalendarFeed, {})).toMatchObject({ path, readAt: null });
  const kept = await world.sql`select * from calendar.feed`;
  expect(JSON.stringify(kept)).not.toContain(path.slice(10, 38));

  const { id } = await plan({ title: 'Untuk staf', startsAt: at('20'), endsAt: at('20', '10:00'), invite: { ...NOBODY, people: [staf.id] } });
  await plan({ title: 'Bukan untuk staf', startsAt: at('20'), endsAt: at('20', '10:00') });
  const reply = await reads(path);
  expect(reply.headers).toMatchObject({ 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-cache' });
  expect(reply.payload).not.toContain('Bukan untuk staf');
  const [event] = titled(reply.payload, 'Untuk staf');
  expect(event?.getFirstPropertyValue('uid')).toBe(`${id}@${HOST}`);
  expect(new ICAL.Event(event).startDate.toJSDate().toISOString()).toBe(at('20'));
  expect(event?.getFirstPropertyValue('status')).toBe('CONFIRMED');
  expect(await client.call(getCalendarFeed, {})).toMatchObject({ readAt: world.clock.now().toISOString() });

  const etag = String(reply.headers['etag']);
  world.clock.advance(1_800_000);
  const again = await reads(path, { 'if-none-match': `W/${etag}` });
  expect([again.statusCode, again.payload]).toEqual([304, '']);
  await (await as(cast.kepala)).call(postCancellation, { params: { id }, body: { reason: 'Ditunda', scope: 'ini' } });
  const changed = await reads(path, { 'if-none-match': etag });
  expect(changed.statusCode).toBe(200);
  expect(titled(changed.payload, 'Untuk staf')[0]?.getFirstPropertyValue('status')).toBe('CANCELLED');

  const renewed = await client.call(postCalendarFeed, {});
  expect((await reads(path)).statusCode).toBe(404);
  expect((await reads(renewed.path)).statusCode).toBe(200);
  await client.call(deleteCalendarFeed, {});
  expect((await reads(renewed.path)).statusCode).toBe(404);
  expect(await client.call(getCalendarFeed, {})).toBeNull();
  const third = await client.call(postCalendarFeed, {});
  expect([path, renewed.path]).not.toContain(third.path);
  for (const wrong of ['/kalender/x.ics', '/kalender/' + 'a'.repeat(28) + '.ics', `${third.path}x`]) expect((await reads(wrong)).statusCode).toBe(404);
  await world.app.people.setDisabled(portalItself, staf.id, true);
  expect((await reads(third.path)).statusCode).toBe(404);
  await world.app.people.setDisabled(portalItself, staf.id, false);
});

test('a program that asks without end is told to wait, and how long', async () => {
  const { path } = await (await as(cast.stafKantor)).call(postCalendarFeed, {});
  const statuses = [];
  for (let n = 0; n < 31; n += 1) statuses.push((await reads(path)).statusCode);
  expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 200));
  const waits = await reads(path);
  expect(waits.statusCode).toBe(429);
  expect(Number(waits.headers['retry-after'])).toBeGreaterThan(0);
  world.clock.advance(20_000);
  expect((await reads(path)).statusCode).toBe(200);
});

test('a series in the feed is one rule: what was moved stands elsewhere, what was called off and what one is not invited to is left out; on machines of any zone', async () => {
  const { stafDinkes } = cast;
  const first = await plan({
    title: 'Apel mingguan',
    startsAt: at('01', '06:30'),
    endsAt: at('01', '07:00'),
    invite: { ...NOBODY, people: [stafDinkes.id] },
    repeat: { pattern: { kind: 'mingguan', every: 1, days: ['TU'] }, ends: { kind: 'kali', times: 5 }, skipHolidays: false },
  });
  const client = await as(stafDinkes);
  const all = (await sees(stafDinkes)).entries.filter((entry) => entry.title === 'Apel mingguan');
  expect(all.map((entry) => entry.startsAt)).toEqual(['01', '08', '15', '22', '29'].map((day) => at(day, '06:30')));
  expect(all.every((entry) => entry.series)).toBe(true);
  const kepala = await as(cast.kepala);
  await kepala.call(putPlan, {
    params: { id: all[1]!.id },
    body: { startsAt: at('09', '08:00'), endsAt: at('09', '08:30'), version: 0, reason: 'Libur lokal' },
  });
  await kepala.call(postCancellation, { params: { id: all[2]!.id }, body: { reason: 'Ditiadakan', scope: 'ini' } });
  await world.sql`update meetings.invitation set link_revoked_at = now() where meeting_id = ${first.id} and person_id = ${stafDinkes.id}`;

  const { path } = await client.call(postCalendarFeed, {});
  const { payload } = await reads(path);
  const parts = titled(payload, 'Apel mingguan');
  const [whole, moved, ...rest] = parts;
  expect(rest).toEqual([]);
  expect(whole?.getFirstPropertyValue('uid')).toBe(moved?.getFirstPropertyValue('uid'));
  expect(moved?.hasProperty('recurrence-id')).toBe(true);
  expect(Number(whole?.getFirstPropertyValue('sequence'))).toBe(2);
  const starts = ['09', '22', '29'].map((day) => at(day, day === '09' ? '08:00' : '06:30'));
  expect(startsIn(ICAL, payload, 'Apel mingguan')).toEqual(starts);
  const script = `const { default: ICAL } = await import('ical.js'); const startsIn = ${startsIn.toString()}; let text = ''; for await (const part of process.stdin) text += part; console.log(JSON.stringify(startsIn(ICAL, text, 'Apel mingguan')));`;
  for (const TZ of ['UTC', 'Asia/Tokyo', 'America/New_York']) {
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ } });
    run.child.stdin?.end(payload);
    expect(JSON.parse((await run).stdout)).toEqual(starts);
  }
});

/** Every start of this title, as a calendar program works them out; nothing from outside, for it runs in other processes too. */
function startsIn(parser: typeof ICAL, text: string, title: string): string[] {
  const calendar = new parser.Component(parser.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) parser.TimezoneService.register(new parser.Timezone(zone));
  const events = calendar.getAllSubcomponents('vevent').filter((c) => String(c.getFirstPropertyValue('summary')).includes(title));
  const whole = events.find((c) => c.hasProperty('rrule'))!;
  const event = new parser.Event(whole, { exceptions: events.filter((c) => c !== whole) });
  const starts: string[] = [];
  const each = event.iterator();
  for (let next = each.next(); next && starts.length < 100; next = each.next())
    starts.push(event.getOccurrenceDetails(next).startDate.toJSDate().toISOString());
  return starts.sort();
}
