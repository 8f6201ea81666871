import readXlsx from 'read-excel-file/node';
import { asIntruder } from '../support/database.ts';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterEach, expect, test } from 'vitest';
import { getSheet, getSheetCsv, getSheetPdf, getSheetXlsx, postSheetFinal } from '../../shared/attendance.ts';
import { postMeetingEnd, postMeetingNow } from '../../shared/meetings.ts';
import { fingerprintOf } from '../../server/platform/canonical.ts';
import { PASSWORD } from '../support/cast.ts';
import { calledMeeting, mediaServerTells } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const MINUTE = 60_000;
const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

/** Hartini calls a meeting with Sari (WFH), Budi and a guest; whoever is named comes and goes as LiveKit would tell it. */
async function opened() {
  const setting = await calledMeeting((c) => ({ people: [c.staf.id, c.kabid.id], guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] }));
  worlds.push(setting.world);
  const { world, room, invitation } = setting;
  const tell = (event: string, name: string, more: { disconnectReason?: string; device?: string } = {}) => {
    const { device = 'aaaaaaaaaaaaaaaa', ...rest } = more;
    return mediaServerTells(world, {
      event,
      room: room.name,
      identity: `${invitation(name).member}:s${device}`,
      sid: `PA_${name.split(' ')[0]}${device[0]}`,
      ...rest,
    });
  };
  const joins = (name: string, device?: string) => tell('participant_joined', name, device ? { device } : {});
  const leaves = (name: string, more: { disconnectReason?: string; device?: string } = {}) =>
    tell('participant_left', name, { disconnectReason: 'CLIENT_INITIATED', ...more });
  return { ...setting, joins, leaves };
}
type Setting = Awaited<ReturnType<typeof opened>>;
const rowOf = async ({ chair, id }: Pick<Setting, 'chair' | 'id'>, name: string) =>
  (await chair.call(getSheet, { params: id })).rows.find((r) => r.name === name);

/** An hour in which Hartini and Sari were inside. */
async function held() {
  const setting = await opened();
  const { world, cast, chair, id, joins } = setting;
  await joins(cast.kepala.name);
  world.clock.advance(2 * MINUTE);
  await joins(cast.staf.name);
  world.clock.advance(58 * MINUTE);
  await chair.call(postMeetingEnd, { params: id });
  return setting;
}

test('the sheet writes itself while the meeting runs: who came, who is inside, who was not seen', async () => {
  const setting = await opened();
  const { world, cast, chair, id, joins, leaves } = setting;
  await joins(cast.kepala.name);
  world.clock.advance(5 * MINUTE);
  await joins(cast.staf.name);
  world.clock.advance(10 * MINUTE);
  await leaves(cast.staf.name);
  const sheet = await chair.call(getSheet, { params: id });
  expect(sheet).toMatchObject({
    state: 'berjalan',
    number: null,
    opdName: 'Dinas Sosial',
    chairName: cast.kepala.name,
    zone: 'Asia/Jakarta',
    counts: { invited: 4, hadir: 2, terlambat: 0, diwakili: 0, menolak: 0, belumAdaBukti: 2, inside: 1 },
  });
  expect(sheet.rows.map((r) => [r.no, r.name, r.status])).toEqual([
    [1, cast.kepala.name, 'hadir'],
    [2, cast.kabid.name, 'belum_ada_bukti'],
    [3, cast.staf.name, 'hadir'],
    [4, 'Ibu Tamu', 'belum_ada_bukti'],
  ]);
  expect(await rowOf(setting, cast.kepala.name)).toMatchObject({ insideNow: true, lastOut: null, minutes: 15, mode: 'daring' });
  expect(await rowOf(setting, cast.staf.name)).toMatchObject({
    insideNow: false,
    minutes: 10,
    firstIn: '2026-11-23T02:05:00.000Z',
    lastOut: '2026-11-23T02:15:00.000Z',
    confidence: 'pasti',
  });
});

test('telephone and laptop are one person; a reload is one visit; the same news twice changes nothing', async () => {
  const setting = await opened();
  const { world, cast, joins, leaves, room, invitation } = setting;
  const twice = {
    event: 'participant_joined',
    room: room.name,
    identity: `${invitation(cast.kabid.name).member}:s${'a'.repeat(16)}`,
    sid: 'PA_dua',
    id: 'EV_sama',
  };
  await mediaServerTells(world, twice);
  await mediaServerTells(world, twice);
  await joins(cast.staf.name, 'aaaaaaaaaaaaaaaa');
  world.clock.advance(5 * MINUTE);
  await joins(cast.staf.name, 'bbbbbbbbbbbbbbbb');
  world.clock.advance(5 * MINUTE);
  await leaves(cast.staf.name, { device: 'aaaaaaaaaaaaaaaa' });
  world.clock.advance(5 * MINUTE);
  await leaves(cast.staf.name, { device: 'bbbbbbbbbbbbbbbb' });
  expect(await rowOf(setting, cast.staf.name)).toMatchObject({ minutes: 15, intervals: [{ sources: ['webhook'] }] });
  expect((await rowOf(setting, cast.kabid.name))?.intervals).toHaveLength(1);
});

test('who comes sixteen minutes after the start is late', async () => {
  const setting = await opened();
  setting.world.clock.advance(16 * MINUTE);
  await setting.joins(setting.cast.kabid.name);
  expect(await rowOf(setting, setting.cast.kabid.name)).toMatchObject({ status: 'terlambat' });
});

test('a lost connection is corrected and marked as an estimate', async () => {
  const setting = await opened();
  const { world, cast, joins, leaves } = setting;
  await joins(cast.staf.name);
  world.clock.advance(10 * MINUTE);
  await leaves(cast.staf.name, { disconnectReason: 'CONNECTION_TIMEOUT' });
  expect(await rowOf(setting, cast.staf.name)).toMatchObject({ confidence: 'perkiraan', lastOut: '2026-11-23T02:09:38.500Z' });
});

test('lists show a masked NIP, and every reading is on record', async () => {
  const { world, cast, chair, id } = await opened();
  const sheet = await chair.call(getSheet, { params: id });
  expect(JSON.stringify(sheet)).not.toContain(cast.staf.nip);
  expect(sheet.rows.find((r) => r.name === cast.staf.name)?.nip).toContain('•');
  expect(await world.sql`select by_id, what, people_count from people.access where subject = ${id.id} and what like 'daftar_hadir%'`).toEqual([
    { by_id: cast.kepala.id, what: 'daftar_hadir.baca', people_count: 4 },
  ]);
});

test('the OPD’s admin and BKD may read; members and strangers find nothing under that address', async () => {
  const { world, cast, id } = await held();
  for (const reader of [cast.adminDinsos, cast.bkd, cast.administrator])
    expect((await (await world.signIn(reader.nip, PASSWORD)).call(getSheet, { params: id })).meetingId).toBe(id.id);
  for (const other of [cast.staf, cast.stafDinkes, cast.kepalaDinkes, cast.operator]) {
    const browser = await world.signIn(other.nip, PASSWORD);
    for (const endpoint of [getSheet, postSheetFinal, getSheetPdf, getSheetXlsx, getSheetCsv])
      expect(await browser.refusalOf(endpoint, { params: id })).toBe('not_found');
  }
  for (const endpoint of [getSheet, postSheetFinal, getSheetPdf, getSheetXlsx, getSheetCsv])
    expect(await world.visitor().refusalOf(endpoint, { params: id })).toBe('session.required');
});

test('a running meeting is not finalised: whoever is inside is named', async () => {
  const { chair, cast, id, joins, leaves } = await opened();
  expect(await chair.refusalOf(postSheetFinal, { params: id })).toBe('sheet.not_ended');
  await joins(cast.staf.name);
  const refused = await chair.call(postSheetFinal, { params: id }).catch((error: { body: unknown }) => error.body);
  expect(refused).toMatchObject({ error: { code: 'sheet.somebody_inside', values: { names: cast.staf.name } } });
  await leaves(cast.staf.name);
  expect(await chair.refusalOf(postSheetFinal, { params: id })).toBe('sheet.not_ended');
  expect(await chair.refusalOf(getSheetPdf, { params: id })).toBe('sheet.not_ended');
});

test('ended, the list waits for the chair; final, it has a number and does not change any more', async () => {
  const setting = await held();
  const { world, cast, chair, id, leaves } = setting;
  expect((await chair.call(getSheet, { params: id })).state).toBe('menunggu');
  const sheet = await chair.call(postSheetFinal, { params: id });
  expect(sheet).toMatchObject({ state: 'final', number: '001/DH/DINSOS/XI/2026', finalisedBy: cast.kepala.name, counts: { hadir: 2, inside: 0 } });
  expect(sheet.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  await leaves(cast.staf.name);
  world.clock.advance(10 * MINUTE);
  expect(await chair.call(postSheetFinal, { params: id })).toEqual(sheet);
  expect(await chair.call(getSheet, { params: id })).toEqual(sheet);
  const [kept] = await world.sql<{ content: { rows: { nip: string }[] }; fingerprint: string }[]>`select content, fingerprint from attendance.sheet`;
  expect(fingerprintOf(kept?.content)).toBe(kept?.fingerprint);
  expect(JSON.stringify(kept?.content)).toContain(cast.staf.nip);
});

test('the OPD’s admin may finalise in place of the chair; BKD only reads', async () => {
  const { world, cast, id } = await held();
  expect(await (await world.signIn(cast.bkd.nip, PASSWORD)).refusalOf(postSheetFinal, { params: id })).toBe('meeting.not_chair');
  expect(await (await world.signIn(cast.adminDinsos.nip, PASSWORD)).call(postSheetFinal, { params: id })).toMatchObject({
    state: 'final',
    finalisedBy: cast.adminDinsos.name,
  });
});

test('numbers have no gap and no twin, though many finalise at once and some try again', async () => {
  const { cast, chair } = await held();
  const ids: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    const { id } = await chair.call(postMeetingNow, {
      body: { title: `Rapat ${n}`, sifat: 'biasa', invite: { people: [cast.kabid.id], positions: [], units: [], guests: [] } },
    });
    await chair.call(postMeetingEnd, { params: { id } });
    ids.push(id);
  }
  const sheets = await Promise.all([...ids, ...ids, ...ids].map((id) => chair.call(postSheetFinal, { params: { id } })));
  const numbers = [...new Set(sheets.map((s) => s.number ?? ''))].toSorted((a, b) => a.localeCompare(b));
  expect(numbers).toEqual(Array.from({ length: 6 }, (_, n) => `00${n + 1}/DH/DINSOS/XI/2026`));
  expect(new Set(sheets.map((s) => s.code)).size).toBe(6);
});

test('another year and another OPD count from one', async () => {
  const { world, cast, chair, id } = await held();
  expect((await chair.call(postSheetFinal, { params: id })).number).toBe('001/DH/DINSOS/XI/2026');
  const wahyu = await world.signIn(cast.kepalaDinkes.nip, PASSWORD);
  const finalOf = async (who: typeof chair) => {
    const meeting = await who.call(postMeetingNow, {
      body: { title: 'Rapat', sifat: 'biasa', invite: { people: [cast.kabid.id], positions: [], units: [], guests: [] } },
    });
    await who.call(postMeetingEnd, { params: { id: meeting.id } });
    return (await who.call(postSheetFinal, { params: { id: meeting.id } })).number;
  };
  expect(await finalOf(wahyu)).toBe('001/DH/DINKES/XI/2026');
  expect(await finalOf(chair)).toBe('002/DH/DINSOS/XI/2026');
  world.clock.set('2026-12-31T17:30:00Z'); // 00.30 WIB of the new year
  expect(await finalOf(await world.signIn(cast.kepala.nip, PASSWORD))).toBe('001/DH/DINSOS/I/2027');
});

test('the PDF of a final sheet is the paper: letterhead, full NIP, times, number, code', async () => {
  const { world, cast, chair, id } = await held();
  const { number, code } = await chair.call(postSheetFinal, { params: id });
  const reply = await chair.send(getSheetPdf, { params: id });
  if (!world.app.letters.available) return expect(reply.status).toBe(501);
  expect(reply.status).toBe(200);
  expect(reply.headers).toMatchObject({
    'content-type': 'application/pdf',
    'cache-control': 'no-store',
    'content-disposition': expect.stringContaining('daftar-hadir-001-DH-DINSOS-XI-2026.pdf'),
  });
  const page = await (await getDocument({ data: new Uint8Array(reply.payload), verbosity: 0 }).promise).getPage(1);
  const text = (await page.getTextContent()).items
    .map((item) => ('str' in item ? item.str : ''))
    .join(' ')
    .replace(/\s+/g, ' ');
  for (const part of [
    'PEMERINTAH KOTA UJI',
    'DINAS SOSIAL',
    'DAFTAR HADIR',
    String(number),
    'Senin, 23 November 2026',
    '09.00 – 10.00 WIB',
    'Sari Dirumah',
    cast.staf.nip,
    '09.02',
    'belum ada bukti',
    'Kepala Dinas Sosial',
    String(code),
    'Halaman 1 dari 1',
  ])
    expect(text).toContain(part);
});

test('XLSX and CSV are there while the meeting runs, named as not final, and each copy is on record', async () => {
  const { world, cast, chair, id, joins } = await opened();
  await joins(cast.staf.name);
  const csv = (await chair.send(getSheetCsv, { params: id })).payload.toString('utf8');
  expect(csv.startsWith('\ufeff')).toBe(true);
  expect(csv).toContain(`'${cast.staf.nip}`);
  expect(csv).toContain('sementara');
  const xlsx = await chair.send(getSheetXlsx, { params: id });
  expect(xlsx.headers['content-disposition']).toContain('daftar-hadir-sementara.xlsx');
  const [first] = await readXlsx(xlsx.payload);
  expect(first?.data.flat()).toEqual(expect.arrayContaining([cast.staf.nip, 'DAFTAR HADIR (SEMENTARA)', 'Yayasan Contoh']));
  expect((await world.sql`select what from people.access where subject = ${id.id} and what like 'daftar_hadir%' order by id`).map((r) => r['what'])).toEqual([
    'daftar_hadir.csv',
    'daftar_hadir.xlsx',
  ]);
});

test('a leave that was lost does not keep the meeting from its final sheet', async () => {
  const { world, cast, chair, id, joins, room } = await opened();
  await joins(cast.staf.name);
  world.clock.advance(30 * MINUTE);
  await chair.call(postMeetingEnd, { params: id });
  await asIntruder(world.sql, (tx) => tx`delete from rooms.presence where room_id = ${room.id} and kind = 'room_closed'`);
  expect(await chair.refusalOf(postSheetFinal, { params: id })).toBe('sheet.somebody_inside');
  world.clock.advance(61_000);
  const sheet = await chair.call(postSheetFinal, { params: id });
  expect(sheet.rows.find((r) => r.name === cast.staf.name)).toMatchObject({ minutes: 30, confidence: 'perkiraan', insideNow: false });
});
