import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { getSheet, postSheetFinal } from '../../shared/attendance.ts';
import { postCorrectionDecision } from '../../shared/corrections.ts';
import { postChat } from '../../shared/chat.ts';
import { postTicket } from '../../shared/meetings.ts';
import { getMyData, getRetention, getRetentionCsv, postHold, postHoldLift, putDataOfficer, putRetentionClass } from '../../shared/privacy.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { destroyDue } from '../../server/privacy/retention.ts';
import { retention } from '../../server/retention.ts';
import { signIn } from '../support/cast.ts';
import { asks, handsIn, heldMeeting, meetingClaim } from '../support/correction.ts';
import { calledMeeting, mediaServerTells, opensLink } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

const MONTH_MS = 31 * 86_400_000;
const reason = { reason: 'Pemeriksaan Inspektorat', basis: 'ST 700/12/2026' };

/** A meeting long ago in which two people came, went and wrote, and what was read of it since. */
async function longAgo() {
  const setting = await calledMeeting((cast) => ({ people: [cast.staf.id, cast.stafKantor.id], guests: [{ name: 'Ibu Tamu', institution: 'Yayasan' }] }));
  const { world, cast, id, room, invitation } = setting;
  worlds.push(world);
  const staf = await signIn(world, cast.staf);
  const kantor = await signIn(world, cast.stafKantor);
  for (const [browser, sid] of [
    [staf, 'PA_satu'],
    [kantor, 'PA_dua'],
    [opensLink(world, invitation('Ibu Tamu').link), 'PA_tiga'],
  ] as const) {
    const { identity } = await browser.call(postTicket, { params: id, body: {} });
    await mediaServerTells(world, { event: 'participant_joined', room: room.name, identity, sid });
    await mediaServerTells(world, {
      event: 'participant_left',
      room: room.name,
      identity,
      sid,
      createdAt: Math.floor(world.clock.now().getTime() / 1000) + 60,
    });
    await browser.call(postChat, { params: id, body: { text: 'Hadir.', key: randomUUID() } });
  }
  world.clock.advance(30 * MONTH_MS);
  const bkd = await signIn(world, cast.bkd);
  const due = async () => Object.fromEntries((await bkd.call(getRetention, {})).classes.map((c) => [c.key, c] as const));
  const destroy = () => destroyDue({ owner: world.sql, clock: world.clock }, { by: 'Ratna Arsiparis, Kepala Bidang Arsip', basis: 'BA 045/1/2029' });
  const facts = () =>
    world.sql<{ member: string | null; destroyed: boolean }[]>`select member, destroyed_at is not null as destroyed from rooms.presence order by id`;
  return { ...setting, bkd, due, destroy, facts };
}

test('the dry run says how many rows are past their time, and destruction destroys just these', async () => {
  const { bkd, due, destroy, facts } = await longAgo();
  const { name, basis, action, active } = (await due())['undangan']!;
  await bkd.call(putRetentionClass, { params: { key: 'undangan' }, body: { name, basis, action, active, months: 12 } });
  const before = await due();
  expect(before['fakta_hadir']).toMatchObject({ months: 24, action: 'musnah', held: 0 });
  expect(before['obrolan']).toMatchObject({ past: 3, held: 0, due: 3 });
  expect(before['undangan']).toMatchObject({ action: 'tinjau', past: 4 });
  expect(before['log_akses']!.past).toBe(0);
  const done = Object.fromEntries((await destroy()).map((d) => [d.key, d.rows]));
  expect(done).toMatchObject({ fakta_hadir: before['fakta_hadir']!.due, obrolan: 3, log_akses: 0 });
  const after = await due();
  // Only listed: nothing of it goes.
  expect(after['undangan']!.past).toBe(4);
  expect([after['fakta_hadir']!.past, after['obrolan']!.past]).toEqual([0, 0]);
  expect((await facts()).every((f) => f.member === null && f.destroyed)).toBe(true);
  const { destructions } = await bkd.call(getRetention, {});
  expect(destructions).toHaveLength(1);
  expect(destructions[0]).toMatchObject({ by: 'Ratna Arsiparis, Kepala Bidang Arsip', basis: 'BA 045/1/2029' });
  expect((await destroy()).every((d) => d.rows === 0)).toBe(true);
});

test('the links of destroyed rows stay, and the certificate names each of them', async () => {
  const { world, destroy } = await longAgo();
  const links = () => world.sql`select stream, seq, encode(hash, 'hex') as hash from rooms.presence order by id`;
  const before = await links();
  await destroy();
  expect(await links()).toEqual(before);
  const [uncertified] = await world.sql<{ n: number }[]>`
    select count(*)::int as n from rooms.presence p where destroyed_at is not null
      and not exists (select from privacy.destruction d where d.book = 'rooms.presence' and d.of_stream = p.stream and p.seq <@ d.seqs)`;
  expect(uncertified!.n).toBe(0);
  await expect(world.sql`update privacy.destruction set by_name = 'orang lain'`).rejects.toThrow(/kept as they are/);
  expect((await verifyLedger(world.sql)).findings).toEqual([]);
});

test('what was destroyed without a certificate is found', async () => {
  const { world } = await longAgo();
  await world.sql.begin(async (tx) => {
    await tx`set local ledger.destroying = 'on'`;
    await tx`update rooms.presence set member = null, destroyed_at = now() where seq = 1`;
  });
  expect((await verifyLedger(world.sql)).findings).toMatchObject([{ book: 'rooms.presence', seq: 1, what: 'destroyed' }]);
});

test('nothing younger is touched, to the day', async () => {
  const { world, due, destroy, facts } = await longAgo();
  world.clock.set('2028-11-23T01:59:00Z');
  expect((await due())['fakta_hadir']!.past).toBe(0);
  await destroy();
  expect((await facts()).some((f) => f.destroyed)).toBe(false);
  world.clock.set('2028-11-23T02:05:00Z');
  expect((await due())['fakta_hadir']!.past).toBeGreaterThan(0);
});

test('a hold on a person, a meeting or a class keeps what it names, and nothing else', async () => {
  const { world, cast, meeting, bkd, due, destroy, facts } = await longAgo();
  const all = (await due())['fakta_hadir']!.past;
  expect(await bkd.call(postHold, { body: { kind: 'person', target: cast.staf.id, ...reason } })).toMatchObject({ name: cast.staf.name, mayLift: false });
  const held = (await due())['fakta_hadir']!;
  expect(held).toMatchObject({ past: all, due: all - held.held });
  expect(held.held).toBeGreaterThan(0);
  expect(held.held).toBeLessThan(all);
  expect((await due())['obrolan']).toMatchObject({ past: 3, held: 1, due: 2 });
  await bkd.call(postHold, { body: { kind: 'class', target: 'obrolan', ...reason } });
  expect((await due())['obrolan']).toMatchObject({ past: 3, held: 3, due: 0 });
  const done = Object.fromEntries((await destroy()).map((d) => [d.key, d.rows]));
  expect(done).toMatchObject({ fakta_hadir: held.due, obrolan: 0 });
  expect((await facts()).filter((f) => !f.destroyed).every((f) => f.member === `p_${cast.staf.id}`)).toBe(true);
  // Read as ever by whom it is about, between the rows that are gone.
  const own = { query: { from: '2026-11-23', to: '2026-11-23' } };
  expect((await (await signIn(world, cast.staf)).call(getMyData, own)).meetings).toMatchObject([{ meetingId: meeting.id }]);
  expect((await (await signIn(world, cast.stafKantor)).call(getMyData, own)).meetings).toEqual([]);
  await bkd.call(postHold, { body: { kind: 'meeting', target: meeting.id, ...reason } });
  const last = (await due())['fakta_hadir']!;
  expect(last.due).toBe(0);
});

test('a hold is lifted by somebody else, with a reason, once', async () => {
  const { world, cast, bkd, due } = await longAgo();
  const admin = await signIn(world, cast.administrator);
  const { id } = await bkd.call(postHold, { body: { kind: 'class', target: 'obrolan', ...reason } });
  expect(await bkd.call(postHold, { body: { kind: 'class', target: 'obrolan', ...reason } })).toMatchObject({ id });
  expect(await bkd.refusalOf(postHoldLift, { params: { id }, body: { reason: 'Selesai' } })).toBe('hold.own');
  expect(await admin.refusalOf(postHoldLift, { params: { id }, body: { reason: ' ' } })).toBe('input.invalid');
  const lifted = await admin.call(postHoldLift, { params: { id }, body: { reason: 'Pemeriksaan selesai' } });
  expect(lifted.lifted).toMatchObject({ by: cast.administrator.name, reason: 'Pemeriksaan selesai' });
  expect(await admin.refusalOf(postHoldLift, { params: { id }, body: { reason: 'Lagi' } })).toBe('hold.lifted');
  expect((await due())['obrolan']).toMatchObject({ held: 0, due: 3 });
  expect(await bkd.refusalOf(postHold, { body: { kind: 'person', target: randomUUID(), ...reason } })).toBe('not_found');
  expect(await bkd.refusalOf(postHold, { body: { kind: 'meeting', target: 'rapat itu', ...reason } })).toBe('not_found');
  expect(await admin.refusalOf(postHoldLift, { params: { id: randomUUID() }, body: { reason: 'x' } })).toBe('not_found');
});

test('a class is changed by a new row; the former one and who changed it stay', async () => {
  const { cast, bkd, due } = await longAgo();
  const { name, basis, action, active } = (await due())['obrolan']!;
  const longer = { name, basis, action, active, months: 48 };
  await bkd.call(putRetentionClass, { params: { key: 'obrolan' }, body: longer });
  await bkd.call(putRetentionClass, { params: { key: 'obrolan' }, body: longer });
  const after = (await due())['obrolan']!;
  expect(after).toMatchObject({ months: 48, changedBy: cast.bkd.name, past: 0 });
  expect(after.history.map((h) => [h.months, h.by])).toEqual([[12, null]]);
  expect(await bkd.refusalOf(putRetentionClass, { params: { key: 'apa_saja' }, body: longer })).toBe('not_found');
  expect(await bkd.refusalOf(putRetentionClass, { params: { key: 'obrolan' }, body: { ...longer, months: 0 } })).toBe('input.invalid');
  expect(await bkd.refusalOf(putRetentionClass, { params: { key: 'fakta_hadir' }, body: { ...longer, months: 240 } })).toBe('retention.notice_shorter');
});

test('the portal itself can destroy nothing, and to others there is no such page', async () => {
  const { world, cast } = await longAgo();
  const chair = await signIn(world, cast.kepala);
  await expect(destroyDue({ owner: world.app.sql, clock: world.clock }, { by: 'x', basis: 'y' })).rejects.toThrow(/permission denied/);
  const body = { kind: 'class' as const, target: 'obrolan', ...reason };
  expect(await chair.refusalOf(getRetention, {})).toBe('role.missing');
  expect(await chair.refusalOf(getRetentionCsv, {})).toBe('role.missing');
  expect(await chair.refusalOf(postHold, { body })).toBe('role.missing');
  const bkd = await signIn(world, cast.bkd);
  expect(await bkd.refusalOf(putDataOfficer, { body: { officer: 'Siapa saja' } })).toBe('role.missing');
  const csv = await (await bkd.call(getRetentionCsv, {})).text();
  expect(csv.split('\r\n')[0]).toContain('Kelas,Dasar,Bulan');
  expect(csv).toContain('Obrolan rapat');
});

test('npm run retention destroys nothing without a name, a post and a basis', async () => {
  const { world } = await longAgo();
  await world.sql`update room_record.chat set at = '2020-01-02' where member like 'g_%'`;
  const said: string[] = [];
  for (const way of ['log', 'error'] as const) vi.spyOn(console, way).mockImplementation((text: string) => void said.push(text));
  vi.stubEnv('DATABASE_URL', world.databaseUrl);
  const run = async (...args: string[]) => ({ code: await retention(args), text: said.splice(0).join('\n') });
  try {
    expect(await run()).toMatchObject({ code: 0, text: expect.stringMatching(/Obrolan rapat +12 +musnah +1 +0 +1 +2020-01-02/) });
    expect(await run('--destroy')).toMatchObject({ code: 1, text: expect.stringContaining('--by') });
    expect(await run('--destroy', '--by', 'Ratna, Kepala Bidang Arsip')).toMatchObject({ code: 1, text: expect.stringContaining('--basis') });
    expect(await run('--basis', 'BA 045/1/2029')).toMatchObject({ code: 1, text: expect.stringContaining('--destroy') });
    expect(await run('--hapus')).toMatchObject({ code: 1, text: expect.stringContaining('Pilihan yang dikenal') });
    expect(await world.sql`select count(*)::int as n from room_record.chat`).toMatchObject([{ n: 3 }]);
    const done = await run('--destroy', '--by', 'Ratna, Kepala Bidang Arsip', '--basis', 'BA 045/1/2029');
    expect(done).toMatchObject({ code: 0, text: expect.stringContaining('1 baris dimusnahkan oleh Ratna, Kepala Bidang Arsip') });
    expect(await world.sql`select count(*)::int as n from room_record.chat`).toMatchObject([{ n: 2 }]);
  } finally {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  }
});

test('every class can be destroyed whole: corrections, decisions, files, exports, lists, codes', async () => {
  const { world, cast, chair, sari, id, meeting, as } = await heldMeeting();
  worlds.push(world);
  const file = await handsIn(sari);
  const correction = await asks(sari, meetingClaim(meeting.id), { fileId: file.id });
  await chair.call(postCorrectionDecision, { params: { id: correction.id }, body: { outcome: 'accepted' } });
  await chair.call(postSheetFinal, { params: id });
  const [batch] = await world.sql<{ id: string }[]>`
    insert into attendance.export_batch (opd_id, month, serial, row_count, sha256, made_at) values (${cast.opds.dinsos.id}, '2026-11', 1, 1, ${'0'.repeat(64)}, ${world.clock.now()}) returning id`;
  await world.sql`insert into attendance.export_row (batch_id, no, person_id, date, revision, name, code) values (${batch!.id}, 1, ${cast.staf.id}, '2026-11-20', 0, ${cast.staf.name}, 'WFH')`;
  await world.sql`insert into attendance.export_act (batch_id, act, by_name, at) values (${batch!.id}, 'terkirim', 'Rina', ${world.clock.now()})`;
  await world.sql`insert into attendance.confirmation (person_id, opd_id, date, outcome, fingerprint, at) values (${cast.staf.id}, ${cast.opds.dinsos.id}, '2026-11-20', 'sesuai', ${'0'.repeat(64)}, ${world.clock.now()})`;
  await world.sql`
    insert into privacy.retention_class (key, name, basis, months, action, at) select distinct on (key) key, name, basis, 1, 'musnah', now() from privacy.retention_class order by key, id desc`;
  world.clock.advance(3 * MONTH_MS);
  const bkd = await as(cast.bkd);
  const { classes } = await bkd.call(getRetention, {});
  const done = Object.fromEntries(
    (await destroyDue({ owner: world.sql, clock: world.clock }, { by: 'Ratna Arsiparis', basis: 'BA 045/1/2029' })).map((d) => [d.key, d.rows]),
  );
  for (const { key, due } of classes) expect([key, done[key]]).toEqual([key, due]);
  for (const key of [
    'koreksi',
    'berkas_koreksi',
    'ekspor',
    'daftar_final',
    'kode_hari',
    'undangan',
    'log_akses',
    'pemberitahuan',
    'tindakan_rapat',
    'fakta_hadir',
  ])
    expect([key, done[key]! > 0 || key === 'pemberitahuan']).toEqual([key, true]);
  expect((await verifyLedger(world.sql)).findings).toEqual([]);
  const left = await world.sql`select * from attendance.correction, attendance.correction_decision, attendance.export_row`;
  expect(JSON.stringify(left)).not.toContain(cast.staf.name);
  // The paper's number and fingerprint stay; its content is gone, and the page says so.
  const kepala = await as(cast.kepala);
  expect(await kepala.refusalOf(getSheet, { params: id })).toBe('sheet.destroyed');
  await bkd.call(getRetention, {});
  await (await as(cast.staf)).call(getMyData, {});
});
