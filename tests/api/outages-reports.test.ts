import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import readXlsx from 'read-excel-file/node';
import { afterEach, expect, test } from 'vitest';
import { getDayBoard, getMyDay, getSheet, getSheetCsv, getSheetPdf, getSheetXlsx, postSheetFinal } from '../../shared/attendance.ts';
import { postMeetingEnd } from '../../shared/meetings.ts';
import { fingerprintOf } from '../../server/platform/canonical.ts';
import { PASSWORD } from '../support/cast.ts';
import { asIntruder } from '../support/database.ts';
import { calledMeeting, mediaServerTells } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const MINUTE = 60_000;
const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

const nine = (minutes: number): Date => new Date(Date.parse('2026-11-23T02:00:00Z') + minutes * MINUTE);
const wasAway = async (world: World, what: string, from: number, to: number) =>
  world.sql`insert into platform.outage (what, from_at, to_at, noted_at) values (${what}, ${nine(from)}, ${nine(to)}, ${nine(to)})`;

/** Hartini calls a meeting at 09.00 with Sari (WFH) and Budi. */
async function opened() {
  const setting = await calledMeeting((c) => ({ people: [c.staf.id, c.kabid.id] }));
  const { world, room, invitation, cast, chair, id } = setting;
  worlds.push(world);
  const tell = (event: string, name: string, sid: string) =>
    mediaServerTells(world, { event, room: room.name, identity: `${invitation(name).member}:s${'a'.repeat(16)}`, sid, disconnectReason: 'CLIENT_INITIATED' });
  return {
    ...setting,
    joins: (name: string, sid = `PA_${name}`) => tell('participant_joined', name, sid),
    leaves: (name: string, sid = `PA_${name}`) => tell('participant_left', name, sid),
    ends: () => chair.call(postMeetingEnd, { params: id }),
    row: async (name: string) => (await chair.call(getSheet, { params: id })).rows.find((r) => r.name === name),
    board: { params: { id: cast.opds.dinsos.id } },
  };
}

test('an outage at the start makes nobody late, and its minutes stand beside those of who could not be in', async () => {
  const { world, cast, joins, row } = await opened();
  await wasAway(world, 'media', 2, 8);
  world.clock.advance(20 * MINUTE);
  await joins(cast.staf.name);
  world.clock.advance(2 * MINUTE);
  await joins(cast.kabid.name);
  world.clock.advance(20 * MINUTE);
  expect(await row(cast.staf.name)).toMatchObject({ status: 'hadir', minutes: 22, excused: 6 });
  expect(await row(cast.kabid.name)).toMatchObject({ status: 'terlambat', minutes: 20, excused: 6 });
});

test('who was inside while only the portal was away is counted as inside, and needs no excuse', async () => {
  const { world, cast, joins, row } = await opened();
  await joins(cast.staf.name);
  await wasAway(world, 'portal', 5, 9);
  await wasAway(world, 'database', 7, 11);
  world.clock.advance(30 * MINUTE);
  expect(await row(cast.staf.name)).toMatchObject({ minutes: 30, excused: 0 });
  expect(await row(cast.kabid.name)).toMatchObject({ minutes: 0, excused: 6, status: 'belum_ada_bukti' });
});

test('every copy of the list says when the system was away', async () => {
  const { world, cast, chair, id, joins, ends } = await opened();
  await joins(cast.staf.name);
  await wasAway(world, 'portal', 10, 14);
  await wasAway(world, 'media', 90, 95);
  world.clock.advance(60 * MINUTE);
  await ends();
  const sheet = await chair.call(postSheetFinal, { params: id });
  expect(sheet.outages).toEqual([{ what: 'portal', from: nine(10).toISOString(), to: nine(14).toISOString() }]);
  const csv = (await chair.send(getSheetCsv, { params: id })).payload.toString('utf8');
  expect(csv).toContain('portal 09.10 – 09.14 WIB; tidak dihitung terhadap siapa pun');
  const [first] = await readXlsx((await chair.send(getSheetXlsx, { params: id })).payload);
  expect(first?.data.flat()).toContain('portal 09.10 – 09.14 WIB; tidak dihitung terhadap siapa pun');
  if (!world.app.letters.available) return;
  const pdf = await chair.send(getSheetPdf, { params: id });
  const page = await (await getDocument({ data: new Uint8Array(pdf.payload), verbosity: 0 }).promise).getPage(1);
  const text = (await page.getTextContent()).items
    .map((item) => ('str' in item ? item.str : ''))
    .join(' ')
    .replace(/\s+/g, ' ');
  expect(text).toContain('Gangguan sistem: portal 09.10 – 09.14 WIB; tidak dihitung terhadap siapa pun.');
});

test('an outage noted after the list was final changes nothing on it', async () => {
  const { world, chair, id, ends } = await opened();
  world.clock.advance(30 * MINUTE);
  await ends();
  const sheet = await chair.call(postSheetFinal, { params: id });
  await wasAway(world, 'portal', 10, 14);
  expect(await chair.call(getSheet, { params: id })).toEqual(sheet);
});

test('a list frozen by an earlier portal is read as it was, without outages', async () => {
  const { world, chair, id, ends } = await opened();
  await ends();
  await chair.call(postSheetFinal, { params: id });
  const [kept] = await world.sql<{ content: { outages?: unknown; rows: { excused?: unknown }[] } }[]>`select content from attendance.sheet`;
  const { outages: _, ...old } = kept!.content;
  const content = { ...old, rows: old.rows.map(({ excused: __, ...row }) => row) };
  await asIntruder(world.sql, (tx) => tx`update attendance.sheet set content = ${world.sql.json(content as never)}, fingerprint = ${fingerprintOf(content)}`);
  const sheet = await chair.call(getSheet, { params: id });
  expect(sheet.outages).toEqual([]);
  expect(sheet.rows.map((r) => r.excused)).toEqual([0, 0, 0]);
  expect((await chair.send(getSheetCsv, { params: id })).status).toBe(200);
  expect((await chair.send(getSheetXlsx, { params: id })).status).toBe(200);
});

test('a meeting that LiveKit was restarted in has one report', async () => {
  const { world, chair, cast, id, joins, ends, livekit } = await opened();
  await joins(cast.staf.name, 'PA_sebelum');
  world.clock.advance(10 * MINUTE);
  livekit.rooms.clear();
  await wasAway(world, 'media', 10, 12);
  await joins(cast.staf.name, 'PA_sesudah');
  world.clock.advance(20 * MINUTE);
  await ends();
  const sheet = await chair.call(postSheetFinal, { params: id });
  expect(sheet.rows.filter((r) => r.name === cast.staf.name)).toHaveLength(1);
  expect(await world.sql`select count(*)::int as n from attendance.sheet`).toEqual([{ n: 1 }]);
  expect(await world.sql`select count(*)::int as n from rooms.room`).toEqual([{ n: 1 }]);
});

test('a WFH day on which the portal was away in the meeting is marked so, and not as a person’s failing', async () => {
  const { world, cast, chair, board } = await opened();
  const of = async () => (await chair.call(getDayBoard, board)).rows.find((r) => r.personId === cast.staf.id)?.mark;
  world.clock.advance(30 * MINUTE);
  expect(await of()).toBe('belum_ada_bukti');
  await wasAway(world, 'media', 5, 6);
  expect(await of()).toBe('gangguan_sistem');
  const sari = await world.signIn(cast.staf.nip, PASSWORD);
  expect(await sari.call(getMyDay, {})).toMatchObject({ mark: 'gangguan_sistem', outages: [{ what: 'media' }] });
});

test('evidence of presence wins over an outage', async () => {
  const { world, cast, chair, board, joins } = await opened();
  await joins(cast.staf.name);
  await wasAway(world, 'portal', 1, 40);
  world.clock.advance(60 * MINUTE);
  expect((await chair.call(getDayBoard, board)).rows.find((r) => r.personId === cast.staf.id)?.mark).toBe('hadir_wfh');
});
