import { afterEach, expect, test } from 'vitest';
import { getConfirmations, postConfirmation, postConfirmations } from '../../shared/confirmations.ts';
import { postCorrectionDecision } from '../../shared/corrections.ts';
import { refusalIn, signIn, type Actor } from '../support/cast.ts';
import { asks, dayClaim, heldMeeting, meetingClaim, MINUTE } from '../support/correction.ts';
import type { Client, World } from '../support/world.ts';

const REASON = 'Tidak ada kabar sampai sore, sudah dihubungi kabid.';
const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

/** The day after: Sari was in a meeting at home, the admin had WFH and no evidence, the others were at the office. */
async function nextMorning() {
  const setting = await heldMeeting();
  worlds.push(setting.world);
  const { world, cast } = setting;
  await world.app.roster.setCodes(world.sql, null, cast.opds.dinsos.id, {
    date: cast.today,
    basis: 'SE 2',
    codes: [{ personId: cast.adminDinsos.id, code: 'WFH' }],
  });
  world.clock.set('2026-11-24T01:00:00Z');
  const head = await signIn(world, cast.kepala);
  const opd = { id: cast.opds.dinsos.id };
  const span = { from: cast.today, to: cast.today };
  const list = (client: Client = head) => client.call(getConfirmations, { params: opd, query: span });
  const rowOf = async (actor: Actor, client?: Client) => (await list(client)).rows.find((r) => r.personId === actor.id)!;
  const confirms = async (client: Client, actor: Actor, more: object = {}) => {
    const { fingerprint } = await rowOf(actor);
    return client.call(postConfirmation, { params: opd, body: { personId: actor.id, date: cast.today, outcome: 'sesuai', fingerprint, ...more } });
  };
  const together = async (client: Client = head) => client.call(postConfirmations, { params: opd, body: { ...span, seen: (await list(client)).seen } });
  const written = async () => (await world.sql<{ n: number }[]>`select count(*)::int as n from attendance.confirmation`)[0]!.n;
  return { ...setting, head, opd, span, list, rowOf, confirms, together, written };
}

test('the doubtful stand first, each with why; the own day and the sure ones follow', async () => {
  const { cast, list } = await nextMorning();
  const { rows, counts } = await list();
  expect(rows[0]).toMatchObject({
    personId: cast.adminDinsos.id,
    code: 'WFH',
    mark: 'belum_ada_bukti',
    doubts: ['no_evidence'],
    confirmed: null,
    barred: null,
  });
  expect(rows.find((r) => r.personId === cast.staf.id)).toMatchObject({ mark: 'hadir_wfh', doubts: [], meetings: 1, minutes: 20, confidence: 'pasti' });
  expect(rows.find((r) => r.personId === cast.kepala.id)).toMatchObject({ barred: 'own' });
  expect(rows.every((r) => r.nip === null || r.nip.includes('•'))).toBe(true);
  expect(counts).toEqual({ all: 5, confirmed: 0, sure: 3, doubtful: 1, own: 1, ahead: 0, uncoded: 0 });
});

test('all sure days are confirmed together, the doubtful and the own stay; saying it again writes nothing', async () => {
  const { world, cast, list, together, written } = await nextMorning();
  expect(await together()).toEqual({ confirmed: 3, already: 0, left: 0 });
  expect((await list()).counts).toMatchObject({ confirmed: 3, sure: 0, doubtful: 1, own: 1 });
  expect(await together()).toEqual({ confirmed: 0, already: 3, left: 0 });
  expect(await written()).toBe(3);
  const confirmed = await world.app.attendance.confirmations.of(world.app.sql, [cast.staf.id, cast.kepala.id], cast.today, cast.today);
  expect([...confirmed.keys()]).toEqual([`${cast.staf.id} ${cast.today}`]);
  expect(confirmed.get(`${cast.staf.id} ${cast.today}`)).toMatchObject({ outcome: 'sesuai', by: cast.kepala.name, byId: cast.kepala.id, reason: null });
});

test('a doubtful day among the chosen ones is refused for all, by name', async () => {
  const { cast, head, opd, span, written } = await nextMorning();
  const rows = [cast.staf, cast.adminDinsos].map((actor) => ({ personId: actor.id, date: cast.today }));
  expect(await refusalIn(head.call(postConfirmations, { params: opd, body: { ...span, rows } }))).toMatchObject({
    code: 'confirmation.doubtful',
    values: { count: 1, names: cast.adminDinsos.name },
  });
  expect(await written()).toBe(0);
  expect(await head.call(postConfirmations, { params: opd, body: { ...span, rows: rows.slice(0, 1) } })).toEqual({ confirmed: 1, already: 0, left: 0 });
});

test('one by one, somebody looks at a doubtful day and says what it was', async () => {
  const { cast, head, confirms, rowOf, written } = await nextMorning();
  await confirms(head, cast.adminDinsos, { outcome: 'tidak_hadir', reason: REASON });
  expect(await rowOf(cast.adminDinsos)).toMatchObject({ doubts: [], confirmed: { outcome: 'tidak_hadir', by: cast.kepala.name, reason: REASON } });
  await confirms(head, cast.adminDinsos, { outcome: 'tidak_hadir', reason: REASON });
  expect(await written()).toBe(1);
  await confirms(head, cast.adminDinsos, { outcome: 'gangguan_sistem', reason: 'Listrik kelurahan padam sepanjang hari.' });
  expect(await written()).toBe(2);
  expect((await rowOf(cast.adminDinsos)).confirmed).toMatchObject({ outcome: 'gangguan_sistem' });
});

test('a bulk confirmation does not talk over what somebody said of a day', async () => {
  const { cast, head, confirms, together, rowOf } = await nextMorning();
  await confirms(head, cast.stafKantor, { outcome: 'tidak_hadir', reason: REASON });
  expect(await together()).toEqual({ confirmed: 2, already: 1, left: 0 });
  expect((await rowOf(cast.stafKantor)).confirmed).toMatchObject({ outcome: 'tidak_hadir' });
});

test('“tidak hadir” without a reason, against a witness, or over an open objection is refused', async () => {
  const { cast, head, confirms, rowOf, opd, written, world } = await nextMorning();
  const absent = { outcome: 'tidak_hadir', reason: REASON };
  expect(await refusalIn(confirms(head, cast.adminDinsos, { ...absent, reason: 'singkat' }))).toMatchObject({
    code: 'input.invalid',
    fields: [{ path: 'reason' }],
  });
  expect((await refusalIn(confirms(head, cast.staf, absent))).code).toBe('confirmation.witnessed');
  await asks(await signIn(world, cast.adminDinsos), dayClaim());
  expect((await rowOf(cast.adminDinsos)).doubts).toEqual(['objected', 'no_evidence']);
  expect((await refusalIn(confirms(head, cast.adminDinsos, absent))).code).toBe('confirmation.objected');
  expect(
    await head.refusalOf(postConfirmation, {
      params: opd,
      body: { personId: cast.adminDinsos.id, date: cast.today, outcome: 'hadir' as never, fingerprint: 'a'.repeat(64) },
    }),
  ).toBe('input.invalid');
  expect(await written()).toBe(0);
});

test('nobody confirms the own day, alone or among others; BKD does', async () => {
  const { world, cast, head, confirms, opd, span, rowOf } = await nextMorning();
  expect((await refusalIn(confirms(head, cast.kepala))).code).toBe('confirmation.own');
  expect(await head.refusalOf(postConfirmations, { params: opd, body: { ...span, rows: [{ personId: cast.kepala.id, date: cast.today }] } })).toBe(
    'confirmation.own',
  );
  await confirms(await signIn(world, cast.bkd), cast.kepala);
  expect((await rowOf(cast.kepala)).confirmed).toMatchObject({ by: cast.bkd.name });
});

test('a day is confirmed when it is over, not before', async () => {
  const { world, cast, opd, head } = await nextMorning();
  const today = '2026-11-24';
  await world.app.roster.setCodes(world.sql, null, cast.opds.dinsos.id, { date: today, basis: 'SE 2', codes: [{ personId: cast.staf.id, code: 'WFO' }] });
  const span = { from: today, to: today };
  const { rows, counts, seen } = await head.call(getConfirmations, { params: opd, query: span });
  expect(rows).toMatchObject([{ barred: 'day_not_over' }]);
  expect(counts).toMatchObject({ all: 1, sure: 0, ahead: 1 });
  const body = { personId: cast.staf.id, date: today, outcome: 'sesuai' as const, fingerprint: rows[0]!.fingerprint };
  expect(await head.refusalOf(postConfirmation, { params: opd, body })).toBe('confirmation.day_not_over');
  expect(await head.refusalOf(postConfirmations, { params: opd, body: { ...span, seen } })).toBe('confirmation.day_not_over');
  expect(await head.refusalOf(postConfirmations, { params: opd, body: { ...span, rows: [{ personId: cast.staf.id, date: today }] } })).toBe(
    'confirmation.day_not_over',
  );
  world.clock.set('2026-11-24T17:00:00Z');
  await (await signIn(world, cast.kepala)).call(postConfirmation, { params: opd, body });
});

test('who has no code has nothing to confirm', async () => {
  const { cast, head, opd } = await nextMorning();
  const body = { personId: cast.staf.id, date: '2026-11-22', outcome: 'sesuai' as const, fingerprint: 'a'.repeat(64) };
  expect(await head.refusalOf(postConfirmation, { params: opd, body })).toBe('confirmation.no_code');
});

test('a correction accepted afterwards makes the day change, and it is confirmed again', async () => {
  const { world, cast, head, sari, meeting, rowOf, together, confirms, written } = await nextMorning();
  const rina = await signIn(world, cast.adminDinsos);
  await confirms(head, cast.adminDinsos, { outcome: 'tidak_hadir', reason: REASON });
  await together();
  const shown = await rowOf(cast.adminDinsos);
  for (const { id } of [await asks(rina, dayClaim()), await asks(await signIn(world, cast.staf), meetingClaim(meeting.id))])
    await head.call(postCorrectionDecision, { params: { id }, body: { outcome: 'accepted' } });
  expect(await rowOf(cast.adminDinsos)).toMatchObject({ mark: 'hadir_wfh', corrected: true, doubts: ['changed'], confirmed: { outcome: 'tidak_hadir' } });
  expect((await rowOf(cast.staf)).doubts).toEqual(['changed']);
  expect((await refusalIn(confirms(head, cast.adminDinsos, { fingerprint: shown.fingerprint }))).code).toBe('confirmation.moved');
  await confirms(head, cast.adminDinsos);
  expect((await rowOf(cast.adminDinsos)).doubts).toEqual([]);
  expect(await written()).toBe(5);
  expect(sari).toBeDefined();
});

test('what changed since the list was shown is not confirmed with it', async () => {
  const { world, cast, head, opd, span, list, written } = await nextMorning();
  const { seen } = await list();
  await world.app.roster.setCodes(world.sql, null, cast.opds.dinsos.id, {
    date: cast.today,
    basis: 'SE 3',
    codes: [{ personId: cast.stafKantor.id, code: 'DL' }],
  });
  expect(await head.refusalOf(postConfirmations, { params: opd, body: { ...span, seen } })).toBe('confirmation.moved');
  expect(await head.refusalOf(postConfirmations, { params: opd, body: span })).toBe('confirmation.moved');
  expect(await written()).toBe(0);
});

test('two who confirm together at once write each day once', async () => {
  const { world, cast, together, written } = await nextMorning();
  const bkd = await signIn(world, cast.bkd);
  const both = await Promise.all([together(), together(bkd)]);
  // BKD confirms the head's day too, which the head may not.
  expect(both.reduce((sum, { confirmed }) => sum + confirmed, 0)).toBe(4);
  expect(await written()).toBe(4);
});

test('the list is for those who manage the OPD; for others it does not exist, and reading is on record', async () => {
  const { world, cast, opd, span, list, rowOf } = await nextMorning();
  const { fingerprint } = await rowOf(cast.staf);
  for (const other of [cast.staf, cast.kepalaDinkes, cast.operator]) {
    const client = await signIn(world, other);
    expect(await client.refusalOf(getConfirmations, { params: opd, query: span })).toBe('not_found');
    expect(await client.refusalOf(postConfirmations, { params: opd, body: { ...span, seen: fingerprint } })).toBe('not_found');
    expect(await client.refusalOf(postConfirmation, { params: opd, body: { personId: cast.staf.id, date: cast.today, outcome: 'sesuai', fingerprint } })).toBe(
      'not_found',
    );
  }
  const head = await signIn(world, cast.kepala);
  expect(
    await head.refusalOf(postConfirmation, { params: opd, body: { personId: cast.stafDinkes.id, date: cast.today, outcome: 'sesuai', fingerprint } }),
  ).toBe('not_found');
  expect(await world.visitor().refusalOf(getConfirmations, { params: opd, query: span })).toBe('session.required');
  for (const to of ['2026-11-22', '2026-12-24'])
    expect(await head.refusalOf(getConfirmations, { params: opd, query: { from: cast.today, to } })).toBe('input.invalid');
  await list();
  expect(await world.sql`select people_count from people.access where what = 'konfirmasi.baca' order by id desc limit 1`).toEqual([{ people_count: 5 }]);
});

test('the portal cannot change what was confirmed', async () => {
  const { world, together } = await nextMorning();
  await together();
  const { sql: portal } = world.app;
  await expect(portal`update attendance.confirmation set outcome = 'tidak_hadir'`).rejects.toMatchObject({ code: '42501' });
  await expect(portal`delete from attendance.confirmation`).rejects.toMatchObject({ code: '42501' });
  await expect(world.sql`update attendance.confirmation set by_id = null`).rejects.toMatchObject({ code: '42501' });
});

test('over a month only what is doubtful is listed, and what is sure is counted', async () => {
  const { cast, head, opd, world } = await nextMorning();
  world.clock.advance(24 * 60 * MINUTE * 7);
  const client = await signIn(world, cast.kepala);
  const month = await client.call(getConfirmations, { params: opd, query: { from: '2026-11-01', to: '2026-11-30' } });
  expect(month.rows.map((r) => r.personId)).toEqual([cast.adminDinsos.id]);
  expect(month).toMatchObject({ more: 0, counts: { all: 5, sure: 3, doubtful: 1 } });
  expect(await client.call(postConfirmations, { params: opd, body: { from: month.from, to: month.to, seen: month.seen } })).toEqual({
    confirmed: 3,
    already: 0,
    left: 0,
  });
  expect(head).toBeDefined();
});
