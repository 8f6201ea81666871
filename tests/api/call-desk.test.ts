import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  deleteGroup,
  deleteMandate,
  getCallDesk,
  getLadders,
  getMandates,
  postCallPreview,
  postGroup,
  postMandate,
  putLadder,
  type Whom,
} from '../../shared/calls.ts';
import type { BodyOf } from '../../shared/endpoint.ts';
import { postMeetingNow } from '../../shared/meetings.ts';
import { addDays } from '../../server/people/days.ts';
import { portalItself } from '../../server/people/index.ts';
import { makeCast, refusalIn, signIn, type Actor, type Cast } from '../support/cast.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { makeWorld, type Client, type World } from '../support/world.ts';

let world: World;
let cast: Cast;
let head: Client;
beforeAll(async () => {
  world = await makeWorld({ livekit: createLiveKitDouble() });
  cast = await makeCast(world);
});
// Days go by in tests, and sessions with them.
beforeEach(async () => {
  world.clock.set('2026-11-23T02:00:00Z');
  head = await signIn(world, cast.kepala);
});
afterAll(() => world.close());

const whom = (chosen: Partial<Whom>): Whom => ({ positions: [], units: [], people: [], groups: [], dutyOf: [], ...chosen });
const preview = async (chosen: Partial<Whom>, by: Client = head) => by.call(postCallPreview, { body: { whom: whom(chosen) } });
const rung = async (chosen: Partial<Whom>) =>
  (await preview(chosen)).seats.map((s) => `${s.title}: ${s.chain.map((c) => `${c.name.split(' ')[0]} ${c.as}`).join(', ')}`);
const appoint = (person: Actor, positionId: string | null, kind: 'plt' | 'plh', until: string | null) =>
  world.app.people.appoint(portalItself, positionId!, { personId: person.id, kind, from: cast.today, until, basis: 'Surat Perintah 821.3/219/2026' });
const code = (opdId: string, person: Actor, as: 'CUTI' | 'PIKET' | 'WFO') =>
  world.app.roster.setCodes(world.sql, null, opdId, { date: cast.today, basis: 'SE 800/1566/2026', codes: [{ personId: person.id, code: as }] });

/** As it stands once a call has been placed. */
async function placed(caller: Actor, seats: { positionId: string | null; personId: string }[], minutesAgo = 60): Promise<string> {
  const at = new Date(world.clock.now().getTime() - minutesAgo * 60_000);
  const [call] = await world.sql<{ id: string }[]>`
    insert into calls.call (meeting_id, opd_id, caller_id, caller_name, caller_as, subject, sifat, choice, ladder, quorum, placed_at)
    values (${randomUUID()}, ${cast.opds.dinsos.id}, ${caller.id}, ${caller.name}, 'Kepala', 'Banjir', 'segera', '{}', '[]', 1, ${at}) returning id`;
  for (const [no, { positionId, personId }] of seats.entries()) {
    await world.sql`insert into calls.seat (call_id, no, position_id, title, unit_name, chain) values (${call!.id}, ${no}, ${positionId}, 'Jabatan', 'Unit', ${world.sql.json([{ personId }])})`;
    await world.sql`insert into calls.callee (call_id, meeting_id, person_id, name, state, rung_at) values (${call!.id}, ${randomUUID()}, ${personId}, 'Nama', 'berakhir', ${at})`;
  }
  return call!.id;
}

test('a head of agency may call in the name of the OPD; staff, its admin, BKD and the administrator may not by their role', async () => {
  const desk = await head.call(getCallDesk, {});
  expect(desk.as).toEqual([{ opdId: cast.opds.dinsos.id, opdName: 'Dinas Sosial', label: 'Kepala Dinas Sosial', mandate: false }]);
  expect(desk).toMatchObject({ groups: [], lastCall: null, limit: { most: 3, minutes: 10, placed: 0 }, zone: 'Asia/Jakarta' });
  for (const person of [cast.staf, cast.adminDinsos, cast.bkd, cast.administrator]) {
    const client = await signIn(world, person);
    expect((await client.call(getCallDesk, {})).as).toEqual([]);
    expect((await refusalIn(preview({ people: [cast.staf.id] }, client))).code).toBe('call.not_allowed');
  }
  expect(await world.visitor().refusalOf(getCallDesk, {})).toBe('session.required');
  expect(await world.visitor().refusalOf(postCallPreview, { body: { whom: whom({}) } })).toBe('session.required');
});

test('a Plh may call from the first day of the letter to the last, and says so', async () => {
  await appoint(cast.stafDinkes, cast.kepalaDinkes.positionId, 'plh', addDays(cast.today, 1));
  const may = async () => (await (await signIn(world, cast.stafDinkes)).call(getCallDesk, {})).as.map((a) => a.label);
  expect(await may()).toEqual(['Plh. Kepala Dinas Kesehatan']);
  world.clock.advance(2 * 86_400_000);
  expect(await may()).toEqual([]);
});

test('a post shows who is rung now and why: the holder, and on leave the Plh of the letter; the look is on record', async () => {
  const before = await preview({ positions: [cast.kepalaDinkes.positionId!] });
  expect(before).toMatchObject({ people: 1, unreachable: 1, units: 1 });
  expect(before.seats[0]).toMatchObject({
    title: 'Kepala Dinas Kesehatan',
    unitName: 'Dinas Kesehatan',
    chain: [
      { name: 'Wahyu Kepaladinkes', as: 'definitif', why: 'Pejabat definitif', reach: { tabs: 0, push: 0, gateways: [], phone: false } },
      { name: 'Tuti Stafdinkes', as: 'plh', label: 'Plh. Kepala Dinas Kesehatan', why: 'Plh. a.n. Kepala Dinas Kesehatan (Surat Perintah 821.3/219/2026)' },
    ],
  });
  await code(cast.opds.dinkes.id, cast.kepalaDinkes, 'CUTI');
  expect(await rung({ positions: [cast.kepalaDinkes.positionId!] })).toEqual(['Kepala Dinas Kesehatan: Tuti plh']);
  await code(cast.opds.dinkes.id, cast.kepalaDinkes, 'WFO');
  const [look] = await world.sql<
    { what: string; persons: string[] }[]
  >`select what, persons from people.access where by_id = ${cast.kepala.id} order by id limit 1`;
  expect(look?.what).toBe('panggilan.pratinjau');
  expect(look?.persons.toSorted()).toEqual([cast.kepalaDinkes.id, cast.stafDinkes.id].toSorted());
});

test('who stands in by structure follows, then who is on duty in the unit; the head calls own staff by unit and is not called', async () => {
  const sekretaris = await world.app.people.addPosition(portalItself, { opdId: cast.opds.dinkes.id, title: 'Sekretaris Dinas Kesehatan', level: 'sekretaris' });
  const bkd = await world.app.people.addPerson(portalItself, { name: 'Ratna Sekretaris', nip: null, email: null, phone: null, opdId: cast.opds.dinkes.id });
  await world.app.people.appoint(portalItself, sekretaris.id, { personId: bkd.id, kind: 'definitif', from: '2020-01-02', until: null, basis: 'SK 1' });
  await code(cast.opds.dinsos.id, cast.staf, 'PIKET');
  expect(await rung({ positions: [cast.kepalaDinkes.positionId!, cast.kabid.positionId!, cast.kepala.positionId!] })).toEqual([
    'Kepala Bidang Rehabilitasi Sosial: Budi definitif, Sari piket',
    'Kepala Dinas Kesehatan: Wahyu definitif, Tuti plh, Ratna pengganti',
  ]);
  const unit = await preview({ units: [cast.opds.dinsos.id], people: [cast.stafKantor.id], positions: [cast.kabid.positionId!] });
  expect(unit.seats.map((s) => [s.chain[0]?.name.split(' ')[0], s.chain[0]?.why])).toEqual([
    ['Budi', 'Pejabat definitif'],
    ['Joko', 'Dipanggil dengan nama'],
    ['Rina', 'Unit: Dinas Sosial'],
    ['Sari', 'Unit: Dinas Sosial'],
  ]);
  expect(unit.units).toBe(2);
  const nested = await preview({ units: [cast.opds.rehsos.id, cast.opds.dinsos.id] });
  expect(nested.seats.map((s) => [s.chain[0]?.name.split(' ')[0], s.unitName])).toEqual([
    ['Budi', 'Bidang Rehabilitasi Sosial'],
    ['Sari', 'Bidang Rehabilitasi Sosial'],
    ['Joko', 'Dinas Sosial'],
    ['Rina', 'Dinas Sosial'],
  ]);
});

test('piket sekarang is who is on duty; an OPD with nobody on duty stays visible as one that nobody answers for', async () => {
  const { seats, people } = await preview({ dutyOf: [cast.opds.dinsos.id, cast.opds.bkpsdm.id] });
  expect(seats.map((s) => [s.title, s.chain.map((c) => `${c.name}: ${c.why}`)])).toEqual([
    ['Pengelola Data', ['Sari Dirumah: Piket sekarang (SE 800/1566/2026)']],
    ['Piket Badan Kepegawaian', []],
  ]);
  expect(people).toBe(1);
  expect((await head.call(getCallDesk, {})).onDuty).toBe(1);
});

test('what does not exist is refused by the field it stands in', async () => {
  const nobody = randomUUID();
  const fields = async (chosen: Partial<Whom>) => (await refusalIn(preview(chosen))).fields?.map((f) => f.path);
  expect(await fields({ positions: [nobody] })).toEqual(['whom.positions']);
  expect(await fields({ people: [nobody] })).toEqual(['whom.people']);
  expect(await fields({ units: [nobody] })).toEqual(['whom.units']);
  expect(await fields({ dutyOf: [nobody] })).toEqual(['whom.dutyOf']);
  expect(await fields({ dutyOf: [cast.opds.rehsos.id] })).toEqual(['whom.dutyOf']);
  expect((await refusalIn(preview({ groups: [nobody] }))).code).toBe('not_found');
  expect((await refusalIn(preview({ lastCall: nobody }))).code).toBe('not_found');
  expect((await refusalIn(preview({ positions: Array.from({ length: 501 }, () => nobody) }))).code).toBe('input.invalid');
});

test('more than a thousand people at once are refused with the number', async () => {
  const crowd = await world.app.people.addOpd({ parentId: null, name: 'Dinas Besar', abbreviation: 'Besar', aliases: [], kind: 'opd', zone: 'Asia/Jakarta' });
  await world.sql`insert into people.person (name, opd_id) select 'Pegawai ' || n, ${crowd.id} from generate_series(1, 1001) n`;
  const [field] = (await refusalIn(preview({ units: [crowd.id] }))).fields ?? [];
  expect(field).toMatchObject({ path: 'whom', message: expect.stringContaining('1001') });
});

test('the people of the last call are called again: its posts by who holds them now, its people by name', async () => {
  const id = await placed(cast.kepala, [
    { positionId: cast.kepalaDinkes.positionId, personId: cast.stafDinkes.id },
    { positionId: null, personId: cast.staf.id },
  ]);
  expect((await head.call(getCallDesk, {})).lastCall).toMatchObject({ id, subject: 'Banjir', people: 2 });
  expect(await rung({ lastCall: id })).toEqual(['Kepala Dinas Kesehatan: Wahyu definitif, Tuti plh, Ratna pengganti', 'Pengelola Data: Sari nama']);
  const other = await signIn(world, cast.kepalaDinkes);
  expect((await refusalIn(preview({ lastCall: id }, other))).code).toBe('not_found');
});

test('calls of the last ten minutes count toward the limit, older ones and those of others do not', async () => {
  await placed(cast.kepalaDinkes, [], 11);
  await placed(cast.kepalaDinkes, [], 9);
  await placed(cast.kepala, [], 1);
  const { limit } = await (await signIn(world, cast.kepalaDinkes)).call(getCallDesk, {});
  expect(limit).toEqual({ most: 3, minutes: 10, placed: 1 });
  expect(await world.app.desk.limit(world.sql, cast.kepala.id, world.clock.now())).toMatchObject({ placed: 1 });
});

test('running meetings of the own chair are offered, those of others are not', async () => {
  const other = await signIn(world, cast.kepalaDinkes);
  const body = { title: 'Rapat Dinkes', sifat: 'biasa' as const, invite: { people: [cast.kepala.id], positions: [], units: [], guests: [] } };
  await other.call(postMeetingNow, { body });
  expect((await other.call(getCallDesk, {})).running.map((m) => m.title)).toEqual(['Rapat Dinkes']);
  expect((await head.call(getCallDesk, {})).running).toEqual([]);
});

test('a group is saved under a name, replaced under the same name, called, and removed; it is nobody else’s', async () => {
  const choice = { positions: [cast.kabid.positionId!], units: [], people: [cast.staf.id] };
  const first = await head.call(postGroup, { body: { name: 'Tim Banjir', choice } });
  const again = await head.call(postGroup, { body: { name: 'tim banjir', choice: { ...choice, people: [] } } });
  expect(again.id).toBe(first.id);
  expect((await head.call(getCallDesk, {})).groups).toEqual([{ id: first.id, name: 'tim banjir', choice: { ...choice, people: [] } }]);
  expect(await rung({ groups: [first.id] })).toEqual(['Kepala Bidang Rehabilitasi Sosial: Budi definitif, Sari piket']);

  const other = await signIn(world, cast.kepalaDinkes);
  expect((await other.call(getCallDesk, {})).groups).toEqual([]);
  expect((await refusalIn(preview({ groups: [first.id] }, other))).code).toBe('not_found');
  expect(await other.refusalOf(deleteGroup, { params: { id: first.id } })).toBe('not_found');
  expect(await world.visitor().refusalOf(deleteGroup, { params: { id: first.id } })).toBe('session.required');

  await head.call(deleteGroup, { params: { id: first.id } });
  await head.call(deleteGroup, { params: { id: first.id } });
  expect((await head.call(getCallDesk, {})).groups).toEqual([]);
  expect((await refusalIn(preview({ groups: [first.id] }))).code).toBe('not_found');
});

test('an empty group, one of nobody, one too large, and one by somebody who may not call are refused', async () => {
  const none: BodyOf<typeof postGroup>['choice'] = { positions: [], units: [], people: [] };
  const save = async (choice: typeof none, by = head) => refusalIn(by.call(postGroup, { body: { name: 'Grup', choice } }));
  expect((await save(none)).code).toBe('call.nobody');
  expect((await save({ ...none, people: [randomUUID()] })).fields?.[0]?.path).toBe('whom.people');
  expect((await save({ ...none, units: Array.from({ length: 201 }, () => randomUUID()) })).fields?.[0]?.path).toBe('choice.units');
  expect((await save({ ...none, people: [cast.staf.id] }, await signIn(world, cast.staf))).code).toBe('call.not_allowed');
  expect(await world.visitor().refusalOf(postGroup, { body: { name: 'Grup', choice: none } })).toBe('session.required');
});

test('a mandate lets somebody of the OPD call in the name of its head, until it is revoked', async () => {
  const body = { holderId: cast.kabid.id, from: cast.today, until: addDays(cast.today, 7), basis: 'Nota Dinas 12/2026' };
  const given = await head.call(postMandate, { body });
  expect(given).toMatchObject({ giverName: cast.kepala.name, holderName: cast.kabid.name, opdName: 'Dinas Sosial', revokedAt: null });
  const deputy = await signIn(world, cast.kabid);
  const label = 'a.n. Kepala Dinas Sosial (mandat Nota Dinas 12/2026)';
  expect((await deputy.call(getCallDesk, {})).as).toEqual([{ opdId: cast.opds.dinsos.id, opdName: 'Dinas Sosial', label, mandate: true }]);
  expect((await preview({ people: [cast.staf.id] }, deputy)).people).toBe(1);

  expect((await refusalIn(head.call(postMandate, { body }))).values).toMatchObject({ name: cast.kabid.name });
  expect(await deputy.refusalOf(postMandate, { body: { ...body, holderId: cast.staf.id } })).toBe('call.not_allowed');
  expect(await deputy.refusalOf(deleteMandate, { params: { id: given.id } })).toBe('call.not_allowed');
  const other = await signIn(world, cast.kepalaDinkes);
  expect(await other.refusalOf(deleteMandate, { params: { id: given.id } })).toBe('not_found');

  await head.call(deleteMandate, { params: { id: given.id } });
  await head.call(deleteMandate, { params: { id: given.id } });
  expect((await deputy.call(getCallDesk, {})).as).toEqual([]);
  expect((await head.call(getMandates, {})).map((m) => [m.holderName, m.revokedByName])).toEqual([[cast.kabid.name, cast.kepala.name]]);
});

test('a mandate begins on its day, ends with it, and with the holder’s move to another OPD', async () => {
  const tomorrow = addDays(cast.today, 1);
  await head.call(postMandate, { body: { holderId: cast.stafKantor.id, from: tomorrow, until: tomorrow, basis: 'ND 1' } });
  const may = async (): Promise<number> => (await (await signIn(world, cast.stafKantor)).call(getCallDesk, {})).as.length;
  expect(await may()).toBe(0);
  world.clock.advance(86_400_000);
  expect(await may()).toBe(1);
  await world.sql`update people.person set opd_id = ${cast.opds.dinkes.id} where id = ${cast.stafKantor.id}`;
  expect(await may()).toBe(0);
  await world.sql`update people.person set opd_id = ${cast.opds.dinsos.id} where id = ${cast.stafKantor.id}`;
  world.clock.advance(86_400_000);
  expect(await may()).toBe(0);
});

test('a mandate to oneself, to another OPD, backwards or in the past is refused', async () => {
  const give = async (change: object, by = head) =>
    refusalIn(by.call(postMandate, { body: { holderId: cast.staf.id, from: cast.today, until: null, basis: 'ND 2', ...change } }));
  expect((await give({ holderId: cast.kepala.id })).code).toBe('mandate.own');
  expect((await give({ holderId: cast.stafDinkes.id })).code).toBe('mandate.other_opd');
  expect((await give({ holderId: randomUUID() })).code).toBe('mandate.other_opd');
  expect((await give({ until: addDays(cast.today, -1) })).fields?.[0]?.path).toBe('until');
  expect((await give({ from: addDays(cast.today, -9), until: addDays(cast.today, -1) })).fields?.[0]?.path).toBe('until');
  expect((await give({ opdId: cast.opds.dinkes.id })).code).toBe('call.not_allowed');
  expect((await give({}, await signIn(world, cast.administrator))).code).toBe('call.not_allowed');
  expect(await world.visitor().refusalOf(postMandate, { body: { holderId: cast.staf.id, from: cast.today, until: null, basis: 'ND' } })).toBe(
    'session.required',
  );
});

test('mandates are read by who gave or holds them and by the admin of the OPD, whose look is on record; nobody else sees one', async () => {
  const read = async (person: Actor) => (await (await signIn(world, person)).call(getMandates, {})).map((m) => m.basis);
  expect(await read(cast.stafKantor)).toEqual(['ND 1']);
  expect((await read(cast.adminDinsos)).toSorted()).toEqual(['ND 1', 'Nota Dinas 12/2026']);
  expect(await read(cast.staf)).toEqual([]);
  expect(await read(cast.kepalaDinkes)).toEqual([]);
  expect(await world.visitor().refusalOf(getMandates, {})).toBe('session.required');
  const [look] = await world.sql<{ n: number }[]>`select people_count as n from people.access where by_id = ${cast.adminDinsos.id} and what = 'mandat.baca'`;
  expect(look?.n).toBe(3);
});

test('who heads two OPDs says for which a mandate is', async () => {
  await appoint(cast.kepala, cast.kepalaDinkes.positionId, 'plt', addDays(cast.today, 30));
  const body = { holderId: cast.stafDinkes.id, from: cast.today, until: null, basis: 'ND 3' };
  expect((await refusalIn(head.call(postMandate, { body }))).fields?.[0]).toMatchObject({ path: 'opdId' });
  expect((await head.call(postMandate, { body: { ...body, opdId: cast.opds.dinkes.id } })).opdName).toBe('Dinas Kesehatan');
  expect((await head.call(getCallDesk, {})).as.map((a) => a.label)).toEqual(['Kepala Dinas Sosial', 'Plt. Kepala Dinas Kesehatan']);
});

test('ladders are the portal’s own until an administrator sets one; each version stays on record', async () => {
  const staff = await signIn(world, cast.staf);
  expect((await staff.call(getLadders, {})).map((l) => [l.sifat, l.basis, l.steps.length])).toEqual([
    ['biasa', 'Bawaan portal', 4],
    ['segera', 'Bawaan portal', 6],
    ['sangat_segera', 'Bawaan portal', 6],
  ]);
  const admin = await signIn(world, cast.administrator);
  const steps = [
    { afterSeconds: 0, act: 'dering' as const, channels: [] },
    { afterSeconds: 90, act: 'pengganti' as const, channels: [] },
  ];
  const params = { sifat: 'segera' as const };
  await admin.call(putLadder, { params, body: { steps: [steps[0]!], basis: 'SE 1' } });
  expect(await admin.call(putLadder, { params, body: { steps, basis: 'SE 2' } })).toMatchObject({ basis: 'SE 2', setByName: cast.administrator.name, steps });
  expect(await world.app.desk.ladderOf(world.sql, 'segera')).toEqual(steps);
  expect((await world.app.desk.ladderOf(world.sql, 'biasa')).length).toBe(4);
  expect((await world.sql`select from calls.ladder`).length).toBe(2);

  expect(await admin.refusalOf(putLadder, { params, body: { steps: steps.toReversed(), basis: 'SE 3' } })).toBe('ladder.order');
  expect(await staff.refusalOf(putLadder, { params, body: { steps, basis: 'SE 3' } })).toBe('role.missing');
  expect(await head.refusalOf(putLadder, { params, body: { steps, basis: 'SE 3' } })).toBe('role.missing');
  expect(await world.visitor().refusalOf(putLadder, { params, body: { steps, basis: 'SE 3' } })).toBe('session.required');
  expect(await world.visitor().refusalOf(getLadders, {})).toBe('session.required');
});
