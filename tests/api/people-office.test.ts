import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  deleteOpd,
  getMe,
  getOpds,
  getPositions,
  postHolding,
  postHoldingEnd,
  postOpd,
  postPersonDisabled,
  postPosition,
  putOpd,
} from '../../shared/people.ts';
import { addDays, lastDayOfMonths } from '../../server/people/days.ts';
import { makeCast, refusalIn, signIn, type Cast } from '../support/cast.ts';
import { makeWorld, type Client, type World } from '../support/world.ts';

let world: World;
let cast: Cast;
let administrator: Client;
let adminDinsos: Client;
let staf: Client;
const nobody = '00000000-0000-4000-8000-000000000000';
beforeAll(async () => {
  world = await makeWorld();
  cast = await makeCast(world);
  [administrator, adminDinsos, staf] = [await signIn(world, cast.administrator), await signIn(world, cast.adminDinsos), await signIn(world, cast.staf)];
});
afterAll(() => world.close());

const changesOf = (id: string) =>
  world.sql<
    { what: string; by: string | null; before: unknown; after: unknown }[]
  >`select what, by_id as "by", before, after from people.change where person_id = ${id} order by id`;

describe('the tree of units', () => {
  const unit = (over: object = {}) => ({
    parentId: null,
    name: 'Dinas Perhubungan',
    abbreviation: 'Dishub',
    aliases: [],
    kind: 'opd' as const,
    zone: 'Asia/Makassar' as const,
    ...over,
  });

  test('lists parents before what is under them', async () => {
    const opds = await staf.call(getOpds, {});
    for (const [i, opd] of opds.entries()) if (opd.parentId) expect(opds.findIndex((o) => o.id === opd.parentId)).toBeLessThan(i);
    expect(await world.visitor().refusalOf(getOpds, {})).toBe('session.required');
  });
  test("grows, changes and loses empty units by the administrator's hand only", async () => {
    const opd = await administrator.call(postOpd, { body: unit() });
    const bidang = await administrator.call(postOpd, { body: unit({ parentId: opd.id, kind: 'bidang', name: 'Bidang Lalu Lintas' }) });
    expect(
      await administrator.call(putOpd, { params: { id: opd.id }, body: unit({ name: 'Dinas Perhubungan Kota', aliases: ['Dishub Kota'] }) }),
    ).toMatchObject({ name: 'Dinas Perhubungan Kota', zone: 'Asia/Makassar' });
    expect(await administrator.refusalOf(deleteOpd, { params: { id: opd.id } })).toBe('opd.not_empty');
    await administrator.call(deleteOpd, { params: { id: bidang.id } });
    await administrator.call(deleteOpd, { params: { id: opd.id } });
    expect(await administrator.refusalOf(deleteOpd, { params: { id: opd.id } })).toBe('not_found');
    expect(await administrator.refusalOf(putOpd, { params: { id: opd.id }, body: unit() })).toBe('not_found');
    for (const call of [
      adminDinsos.refusalOf(postOpd, { body: unit() }),
      adminDinsos.refusalOf(putOpd, { params: { id: cast.opds.dinsos.id }, body: unit() }),
      adminDinsos.refusalOf(deleteOpd, { params: { id: cast.opds.dkis.id } }),
    ])
      expect(await call).toBe('role.missing');
  });
  test('keeps its shape: no OPD under an OPD, no bidang on its own, no unit with people removed', async () => {
    expect(await administrator.refusalOf(postOpd, { body: unit({ parentId: cast.opds.dinsos.id }) })).toBe('input.invalid');
    expect(await administrator.refusalOf(postOpd, { body: unit({ kind: 'bidang' }) })).toBe('input.invalid');
    expect(await administrator.refusalOf(postOpd, { body: unit({ kind: 'bidang', parentId: nobody }) })).toBe('not_found');
    expect(await administrator.refusalOf(putOpd, { params: { id: cast.opds.rehsos.id }, body: unit({ kind: 'bidang', parentId: cast.opds.rehsos.id }) })).toBe(
      'input.invalid',
    );
    expect(await administrator.refusalOf(putOpd, { params: { id: cast.opds.dkis.id }, body: unit({ kind: 'bidang', parentId: cast.opds.dinsos.id }) })).toBe(
      'input.invalid',
    );
    expect(await administrator.refusalOf(deleteOpd, { params: { id: cast.opds.dkis.id } })).toBe('opd.not_empty');
  });
  test('a bidang that moves takes its people with it', async () => {
    const { rehsos, dinkes, dinsos } = cast.opds;
    const body = { parentId: dinkes.id, name: rehsos.name, abbreviation: rehsos.abbreviation, aliases: [], kind: 'bidang' as const, zone: rehsos.zone };
    await administrator.call(putOpd, { params: { id: rehsos.id }, body });
    expect((await staf.call(getMe, {})).opd?.id).toBe(dinkes.id);
    await administrator.call(putOpd, { params: { id: rehsos.id }, body: { ...body, parentId: dinsos.id } });
    expect((await staf.call(getMe, {})).opd?.id).toBe(dinsos.id);
  });
});

describe('positions', () => {
  test('a Plh is named while the holder is away, and leads the directory as Plh', async () => {
    const body = { personId: cast.kabid.id, kind: 'plh' as const, from: cast.today, until: addDays(cast.today, 2), basis: 'SP 821/1' };
    const position = await adminDinsos.call(postHolding, { params: { id: cast.kepala.positionId! }, body });
    expect(position.holderNow).toEqual({ personId: cast.kabid.id, name: cast.kabid.name, as: 'plh' });
    const [invitee] = await world.app.people.resolve(
      world.sql,
      { people: [cast.kabid.id], positions: [cast.kepala.positionId!], units: [cast.opds.rehsos.id] },
      cast.today,
    );
    expect(invitee).toMatchObject({ personId: cast.kabid.id, position: 'Plh. Kepala Dinas Sosial', via: 'Jabatan: Plh. Kepala Dinas Sosial', rank: 1 });
    expect((await changesOf(cast.kabid.id)).at(-1)).toMatchObject({
      what: 'jabatan mulai',
      by: cast.adminDinsos.id,
      after: { kind: 'plh', position: 'Kepala Dinas Sosial' },
    });
    expect(
      await refusalIn(
        adminDinsos.call(postHolding, {
          params: { id: cast.kepala.positionId! },
          body: { ...body, personId: cast.stafKantor.id, from: addDays(cast.today, 2), until: null },
        }),
      ),
    ).toMatchObject({
      code: 'holding.overlap',
      values: { position: 'Kepala Dinas Sosial', holder: cast.kabid.name },
    });
    const holding = position.holdings.find((h) => h.kind === 'plh')!;
    expect(await adminDinsos.refusalOf(postHoldingEnd, { params: { id: holding.id }, body: { until: addDays(cast.today, -1) } })).toBe('input.invalid');
    expect(await adminDinsos.refusalOf(postHoldingEnd, { params: { id: holding.id }, body: { until: addDays(cast.today, 9) } })).toBe('input.invalid');
    const ended = await adminDinsos.call(postHoldingEnd, { params: { id: holding.id }, body: { until: cast.today } });
    expect(ended.holdings.find((h) => h.id === holding.id)?.until).toBe(cast.today);
    await adminDinsos.call(postHolding, {
      params: { id: cast.kepala.positionId! },
      body: { ...body, personId: cast.stafKantor.id, from: addDays(cast.today, 1), until: addDays(cast.today, 1) },
    });
  });
  test('two admins who appoint at the same moment: one is told who holds the post', async () => {
    const { id } = await adminDinsos.call(postPosition, { body: { opdId: cast.opds.dinsos.id, title: 'Sekretaris Dinas Sosial', level: 'sekretaris' } });
    const appoint = (personId: string) =>
      adminDinsos.send(postHolding, { params: { id }, body: { personId, kind: 'definitif', from: cast.today, until: null, basis: 'SK 1' } });
    const answers = await Promise.all([appoint(cast.stafKantor.id), appoint(cast.kabid.id), appoint(cast.kepala.id)]);
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    expect(answers.filter((a) => a.status === 409)).toHaveLength(2);
  });
  test('a Plt lasts three months, and is extended by a new letter', async () => {
    const { id } = await adminDinsos.call(postPosition, { body: { opdId: cast.opds.rehsos.id, title: 'Kepala Seksi Kosong', level: 'kasi' } });
    const last = lastDayOfMonths(cast.today, 3);
    const body = { personId: cast.kabid.id, kind: 'plt' as const, from: cast.today, until: last, basis: 'SP 2' };
    expect(await adminDinsos.refusalOf(postHolding, { params: { id }, body: { ...body, until: addDays(last, 1) } })).toBe('holding.too_long');
    await adminDinsos.call(postHolding, { params: { id }, body });
    const [next, end] = [addDays(last, 1), lastDayOfMonths(addDays(last, 1), 3)];
    expect((await adminDinsos.call(postHolding, { params: { id }, body: { ...body, from: next, until: end, basis: 'SP 3' } })).holdings).toHaveLength(2);
  });
  test("of another OPD are not this admin's to fill; a Plt may come from another OPD", async () => {
    const body = { personId: cast.kepalaDinkes.id, kind: 'plh' as const, from: '2030-01-01', until: '2030-01-02', basis: 'SP 4' };
    expect(await adminDinsos.refusalOf(postHolding, { params: { id: cast.kepalaDinkes.positionId! }, body })).toBe('not_found');
    expect(await adminDinsos.refusalOf(postHolding, { params: { id: cast.kabid.positionId! }, body: { ...body, personId: nobody } })).toBe('input.invalid');
    expect(await adminDinsos.refusalOf(postPosition, { body: { opdId: cast.opds.dinkes.id, title: 'Baru', level: 'staf' } })).toBe('role.missing');
    await adminDinsos.call(postHolding, { params: { id: cast.kabid.positionId! }, body });
    const dinkes = await administrator.call(getPositions, { query: { opd: cast.opds.dinkes.id } });
    expect(await adminDinsos.refusalOf(postHoldingEnd, { params: { id: dinkes[0]!.holdings[0]!.id }, body: { until: cast.today } })).toBe('not_found');
    for (const call of [
      staf.refusalOf(postHolding, { params: { id: cast.kabid.positionId! }, body }),
      staf.refusalOf(postPosition, { body: { opdId: cast.opds.dinsos.id, title: 'Baru', level: 'staf' } }),
      staf.refusalOf(postHoldingEnd, { params: { id: nobody }, body: { until: cast.today } }),
    ])
      expect(await call).toBe('role.missing');
  });
});

test('whom a choice means: each person once, disabled accounts left out', async () => {
  const { people } = world.app;
  await administrator.call(postPersonDisabled, { params: { id: cast.stafDinkes.id }, body: { disabled: true } });
  const invited = await people.resolve(
    world.sql,
    { people: [cast.kepalaDinkes.id, cast.kepalaDinkes.id, nobody], positions: [], units: [cast.opds.dinkes.id, nobody] },
    cast.today,
  );
  expect(invited).toEqual([
    {
      personId: cast.kepalaDinkes.id,
      name: cast.kepalaDinkes.name,
      nip: cast.kepalaDinkes.nip,
      position: 'Kepala Dinas Kesehatan',
      rank: 1,
      opdId: cast.opds.dinkes.id,
      opdName: 'Dinas Kesehatan',
      via: 'Nama',
    },
  ]);
  expect((await people.staffOf(world.sql, cast.opds.dinkes.id)).map((p) => p.id)).toEqual([cast.kepalaDinkes.id]);
  expect(await people.topOpd(world.sql, cast.opds.rehsos.id)).toMatchObject({ id: cast.opds.dinsos.id, kind: 'opd' });
  expect(await people.topOpd(world.sql, nobody)).toBeNull();
});
