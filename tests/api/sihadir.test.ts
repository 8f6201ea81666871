import { createHash } from 'node:crypto';
import { readSheet } from 'read-excel-file/node';
import { afterEach, expect, test } from 'vitest';
import { postCorrectionDecision } from '../../shared/corrections.ts';
import {
  getExportCodes,
  getExportCsv,
  getExportMonth,
  getExportRows,
  getExportXlsx,
  postExport,
  postExportAgain,
  postExportRejection,
  postExportRejections,
  postExportSent,
  putExportCodes,
} from '../../shared/sihadir.ts';
import { getRecap } from '../../shared/recap.ts';
import { refusalIn, signIn } from '../support/cast.ts';
import { theMorningAfter } from '../support/confirmed.ts';
import { asks, dayClaim } from '../support/correction.ts';
import type { Client, World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

const month = '2026-11';
async function office() {
  const setting = await theMorningAfter();
  worlds.push(setting.world);
  const { admin, opd, world } = setting;
  const state = async (client: Client = admin) => client.call(getExportMonth, { params: opd, query: { month } });
  const make = (client: Client = admin) => client.call(postExport, { params: opd, body: { month } });
  const csvOf = async (id: string, client: Client = admin) => client.call(getExportCsv, { params: { id } });
  const rowsOf = async (id: string) => (await admin.call(getExportRows, { params: { id } })).rows;
  const rowOf = async (id: string, name: string) => (await rowsOf(id)).find((r) => r.name === name)!;
  const stored = async () => (await world.sql<{ n: number }[]>`select count(*)::int as n from attendance.export_row`)[0]!.n;
  return { ...setting, state, make, csvOf, rowsOf, rowOf, stored };
}

test('only what a named human confirmed goes out; the screen counts what is missing', async () => {
  const { cast, admin, opd, state, make, confirmsSure, rowsOf } = await office();
  expect((await state()).counts).toEqual({ all: 5, missing: 5, fresh: 0, corrected: 0, done: 0, rejected: 0 });
  expect(await refusalIn(make())).toMatchObject({ code: 'export.nothing', values: { missing: 5 } });
  await confirmsSure();
  expect((await state()).counts).toEqual({ all: 5, missing: 2, fresh: 3, corrected: 0, done: 0, rejected: 0 });
  const made = await make();
  expect(made).toMatchObject({ serial: 1, added: 3 });
  const rows = await rowsOf(made.batchId);
  expect(rows.map((r) => [r.name, r.code, r.state]).toSorted()).toEqual([
    [cast.kabid.name, 'WFO', 'siap'],
    [cast.stafKantor.name, 'WFO', 'siap'],
    [cast.staf.name, 'WFH', 'siap'],
  ]);
  expect(rows.every((r) => r.nip?.includes('•') && r.confirmedBy === cast.kepala.name && r.basis === 'SE 800/1/2026')).toBe(true);
  expect((await admin.call(getExportMonth, { params: opd, query: { month } })).counts).toMatchObject({ missing: 2, fresh: 0, done: 3 });
});

test('making it again sends nothing twice, even when twenty do it at once', async () => {
  const { admin, bkd, make, confirmsSure, stored, state } = await office();
  await confirmsSure();
  const all = await Promise.all(Array.from({ length: 20 }, (_, n) => make(n % 2 === 0 ? admin : bkd)));
  expect(all.map((m) => m.added).toSorted()).toEqual([...Array.from({ length: 19 }, () => 0), 3]);
  expect(new Set(all.map((m) => m.batchId)).size).toBe(1);
  expect(await stored()).toBe(3);
  expect((await state()).batches).toMatchObject([{ serial: 1, rows: 3, corrected: 0, rejected: 0, sent: null }]);
});

test('the file is the same bytes each time, its digest is on record, NIP is text, no cell is a formula', async () => {
  const { world, cast, admin, make, confirmsSure, csvOf, state } = await office();
  await world.sql`update people.person set name = '+Sari' where id = ${cast.staf.id}`;
  await confirmsSure();
  const { batchId } = await make();
  const first = Buffer.from(await (await csvOf(batchId)).arrayBuffer());
  world.clock.advance(60_000);
  await world.sql`update people.person set name = 'Nama Baru' where id = ${cast.staf.id}`;
  const second = Buffer.from(await (await csvOf(batchId)).arrayBuffer());
  expect(second.equals(first)).toBe(true);
  expect((await state()).batches[0]!.sha256).toBe(createHash('sha256').update(first).digest('hex'));
  expect(first.toString().split('\r\n')[0]).toBe('\ufeffnip,nama,tanggal,kode,keterangan,dasar,dikonfirmasi oleh');
  expect(first.toString()).toContain(`'${cast.staf.nip},'+Sari,2026-11-23,WFH,,SE 800/1/2026,${cast.kepala.name}\r\n`);
  const [one, two] = await Promise.all([1, 2].map(async () => Buffer.from(await (await admin.call(getExportXlsx, { params: { id: batchId } })).arrayBuffer())));
  expect(one!.equals(two!)).toBe(true);
  expect((await readSheet(one!)).find((r) => r[1] === "'+Sari")?.slice(0, 4)).toEqual([cast.staf.nip, "'+Sari", '2026-11-23', 'WFH']);
});

test('siap, terkirim, ditolak, diperbaiki: a row that came back goes again when it was confirmed anew', async () => {
  const { cast, world, admin, head, opd, make, confirmsSure, confirms, rowOf, state, csvOf } = await office();
  await confirmsSure();
  await confirms(cast.adminDinsos, 'tidak_hadir');
  const { batchId } = await make();
  const id = { id: batchId };
  const rina = await rowOf(batchId, cast.adminDinsos.name);
  expect(rina).toMatchObject({ code: 'TK', state: 'siap', revision: 0 });
  expect(await admin.refusalOf(postExportRejection, { params: id, body: { rowId: rina.id, reason: 'Ada surat tugas' } })).toBe('export.not_sent');
  await admin.call(postExportSent, { params: id });
  await admin.call(postExportSent, { params: id });
  expect((await rowOf(batchId, cast.adminDinsos.name)).state).toBe('terkirim');
  await admin.call(postExportRejection, { params: id, body: { rowId: rina.id, reason: 'Ada surat tugas' } });
  await admin.call(postExportRejection, { params: id, body: { rowId: rina.id, reason: 'Ada surat tugas' } });
  expect(await rowOf(batchId, cast.adminDinsos.name)).toMatchObject({ state: 'ditolak', reason: 'Ada surat tugas' });
  expect((await state()).counts).toMatchObject({ done: 3, rejected: 1, corrected: 0 });
  expect(await make()).toMatchObject({ batchId, added: 0 });
  expect(await world.sql`select count(*)::int as n from attendance.export_act`).toEqual([{ n: 2 }]);

  world.clock.advance(60_000);
  const objection = await asks(admin, dayClaim());
  await head.call(postCorrectionDecision, { params: { id: objection.id }, body: { outcome: 'accepted' } });
  expect((await state()).counts).toMatchObject({ missing: 2, corrected: 0 });
  await confirms(cast.adminDinsos, 'sesuai');
  expect((await state()).counts).toMatchObject({ missing: 1, corrected: 1, rejected: 0 });
  const again = await make();
  expect(again).toMatchObject({ serial: 2, added: 1 });
  expect(await rowOf(again.batchId, cast.adminDinsos.name)).toMatchObject({ code: 'WFH', state: 'diperbaiki', revision: 1 });
  expect(await rowOf(batchId, cast.adminDinsos.name)).toMatchObject({ code: 'TK', state: 'diperbaiki', replacedBy: 2, reason: 'Ada surat tugas' });
  expect((await (await csvOf(batchId)).text()).includes(',TK,')).toBe(true);
  expect((await admin.call(getExportMonth, { params: opd, query: { month } })).batches.map((b) => [b.serial, b.corrected, b.sent !== null])).toEqual([
    [2, 1, false],
    [1, 0, true],
  ]);
});

test('the CSV that came back marks its rows; lines that fit none are named', async () => {
  const { cast, admin, make, confirmsSure, rowsOf } = await office();
  await confirmsSure();
  const { batchId } = await make();
  const id = { id: batchId };
  const csv = `nip;tanggal;alasan\n'${cast.staf.nip};23/11/2026;=NIP ganda\n${cast.kabid.nip};2026-11-22;Salah\n${cast.kabid.nip};2026-11-23;\n`;
  expect(await admin.refusalOf(postExportRejections, { params: id, body: csv })).toBe('export.not_sent');
  await admin.call(postExportSent, { params: id });
  const result = await admin.call(postExportRejections, { params: id, body: csv });
  expect(result).toEqual({
    rejected: 1,
    already: 0,
    unknown: [
      { line: 3, why: 'nip dan tanggal ini tidak ada dalam ekspor ini' },
      { line: 4, why: 'alasan kosong' },
    ],
  });
  expect(await admin.call(postExportRejections, { params: id, body: csv })).toMatchObject({ rejected: 0, already: 1 });
  expect((await rowsOf(batchId)).filter((r) => r.state === 'ditolak').map((r) => r.reason)).toEqual(['=NIP ganda']);
  expect(await admin.refusalOf(postExportRejections, { params: id, body: 'nip,alasan\n1,2\n' })).toBe('import.header');
  expect(await admin.refusalOf(postExportRejections, { params: id, body: 'nip,tanggal,alasan\n"1\n' })).toBe('import.unreadable');
});

test('a rejected row that is right goes again as it is, when somebody says so', async () => {
  const { cast, admin, make, confirmsSure, rowOf } = await office();
  await confirmsSure();
  const { batchId } = await make();
  const id = { id: batchId };
  await admin.call(postExportSent, { params: id });
  const row = await rowOf(batchId, cast.staf.name);
  const again = { params: id, body: { rowId: row.id, reason: 'Sudah didaftarkan di SIHadir' } };
  expect(await admin.refusalOf(postExportAgain, again)).toBe('export.not_rejected');
  await admin.call(postExportRejection, { params: id, body: { rowId: row.id, reason: 'NIP belum terdaftar' } });
  await admin.call(postExportAgain, again);
  expect(await rowOf(batchId, cast.staf.name)).toMatchObject({ state: 'diperbaiki', again: true });
  expect(await make()).toMatchObject({ serial: 2, added: 1 });
  expect(await make()).toMatchObject({ serial: 2, added: 0 });
});

test('the codes of the region: BKD changes them, the former stay on record, changed rows go again', async () => {
  const { world, cast, admin, bkd, make, confirmsSure, rowOf, state } = await office();
  await confirmsSure();
  await make();
  const mine = await admin.call(getExportCodes, {});
  expect(mine.mayChange).toBe(false);
  expect(mine.codes.find((c) => c.key === 'TIDAK_HADIR')).toEqual({ key: 'TIDAK_HADIR', code: 'TK', note: 'Tidak hadir, dinyatakan pejabat' });
  const change = { body: { codes: [{ key: 'WFH' as const, code: 'BDR', note: 'Bekerja dari rumah' }] } };
  expect(await admin.refusalOf(putExportCodes, change)).toBe('role.missing');
  await bkd.call(putExportCodes, change);
  await bkd.call(putExportCodes, change);
  expect(await world.sql`select key, code from attendance.export_code`).toEqual([{ key: 'WFH', code: 'BDR' }]);
  expect(await bkd.refusalOf(putExportCodes, { body: { codes: [{ key: 'WFO', code: null, note: null }] } })).toBe('export.code_missing');
  expect((await state()).counts).toMatchObject({ corrected: 1, done: 2 });
  expect(await rowOf((await make()).batchId, cast.staf.name)).toMatchObject({ code: 'BDR', note: 'Bekerja dari rumah', state: 'diperbaiki', revision: 1 });
});

test('an export is for the OPD’s admin, BKD and administrators; to others it does not exist, or is not theirs to do', async () => {
  const { world, cast, admin, head, sari, opd, make, confirmsSure } = await office();
  await confirmsSure();
  const { batchId } = await make();
  const id = { id: batchId };
  const row = { rowId: '1', reason: 'uji coba' };
  const attempts = (client: Client) =>
    Promise.all([
      client.refusalOf(getExportMonth, { params: opd, query: { month } }),
      client.refusalOf(postExport, { params: opd, body: { month } }),
      client.refusalOf(getExportRows, { params: id }),
      client.refusalOf(getExportCsv, { params: id }),
      client.refusalOf(getExportXlsx, { params: id }),
      client.refusalOf(postExportSent, { params: id }),
      client.refusalOf(postExportRejection, { params: id, body: row }),
      client.refusalOf(postExportRejections, { params: id, body: 'nip,tanggal,alasan\n' }),
      client.refusalOf(postExportAgain, { params: id, body: row }),
    ]);
  for (const other of [head, sari]) expect(new Set(await attempts(other))).toEqual(new Set(['role.missing']));
  expect(new Set(await attempts(world.visitor()))).toEqual(new Set(['session.required']));
  await world.app.people.grantRoles({ id: null, roles: ['administrator'] }, cast.kepalaDinkes.id, [{ role: 'admin_opd', opdId: cast.opds.dinkes.id }]);
  expect(new Set(await attempts(await signIn(world, cast.kepalaDinkes)))).toEqual(new Set(['not_found']));
  expect(await admin.refusalOf(getExportRows, { params: { id: '00000000-0000-4000-8000-000000000000' } })).toBe('not_found');
  expect(await admin.refusalOf(postExportRejection, { params: id, body: { rowId: '999999', reason: 'tidak ada' } })).toBe('not_found');
  expect(await (await signIn(world, cast.administrator)).call(getExportRows, { params: id })).toMatchObject({ batch: { serial: 1 } });
});

test('who made, read and took an export is on record, and no row of it can be changed', async () => {
  const { world, cast, make, confirmsSure, csvOf, rowsOf } = await office();
  await confirmsSure();
  const { batchId } = await make();
  await csvOf(batchId);
  await rowsOf(batchId);
  expect(await world.sql`select by_id, what, subject, people_count from people.access where what like 'sihadir.%' order by id`).toEqual([
    { by_id: cast.adminDinsos.id, what: 'sihadir.buat', subject: 'Dinas Sosial 2026-11 nomor 1', people_count: 3 },
    { by_id: cast.adminDinsos.id, what: 'sihadir.csv', subject: 'Dinas Sosial 2026-11 nomor 1', people_count: 3 },
    { by_id: cast.adminDinsos.id, what: 'sihadir.baca', subject: 'Dinas Sosial 2026-11 nomor 1', people_count: 3 },
  ]);
  for (const change of [world.app.sql`update attendance.export_row set code = 'TK'`, world.app.sql`delete from attendance.export_batch`])
    await expect(change).rejects.toMatchObject({ code: '42501' });
  await expect(world.sql`delete from attendance.export_act`).resolves.toHaveLength(0);
  await expect(world.sql`update attendance.export_row set code = 'TK'`).rejects.toMatchObject({ code: '42501' });
});

test('what was kept of visits goes when the log of their room is destroyed', async () => {
  const { world, admin, opd } = await office();
  await admin.call(getExportMonth, { params: opd, query: { month } });
  expect(await world.sql`select count(*)::int as n from attendance.visit`).toEqual([{ n: 1 }]);
  await world.sql.begin(async (tx) => {
    await tx`select set_config('ledger.destroying', 'on', true)`;
    await tx`update rooms.presence set member = null, sid = null, destroyed_at = now()`;
  });
  expect(await world.sql`select count(*)::int as n from attendance.visit`).toEqual([{ n: 0 }]);
  expect(await world.sql`select count(*)::int as n from attendance.folded`).toEqual([{ n: 0 }]);
});

test('a fact that comes after the visits were kept is read all the same', async () => {
  const { world, head, opd, room, cast } = await office();
  const minutes = async () => (await head.call(getRecap, { params: opd, query: { month } })).rows.find((r) => r.personId === cast.kabid.id)!.figures.minutes;
  expect(await minutes()).toBe(0);
  for (const [kind, at] of [
    ['joined', '2026-11-23T02:15:00Z'],
    ['left', '2026-11-23T02:40:00Z'],
  ] as const)
    await world.app.sql`
      insert into rooms.presence (room_id, source, kind, sid, member, device, at, received_at)
      values (${room.id}, 'webhook', ${kind}, 'PA_terlambat', ${`p_${cast.kabid.id}`}, 's0', ${at}, now())`;
  expect(await minutes()).toBe(25);
});
