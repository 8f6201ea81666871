import { afterAll, beforeAll, expect, test } from 'vitest';
import { putDayCodes } from '../../shared/roster.ts';
import { makeCast, signIn, type Cast } from '../support/cast.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await makeWorld();
  cast = await makeCast(world);
});
afterAll(() => world.close());

const codes = async () => await world.app.roster.codesOn(world.sql, [cast.staf.id, cast.kabid.id, cast.stafDinkes.id], cast.today);
const rows = async (): Promise<number> => (await world.sql<{ n: number }[]>`select count(*)::int as n from roster.day_code`)[0]!.n;
const day = (personId: string, code: 'PIKET' | 'WFH', date = cast.today) => ({ date, basis: 'SE 800/2/2026', codes: [{ personId, code }] });

test('a day code is what was said last; the former one stays on record', async () => {
  const admin = await signIn(world, cast.adminDinsos);
  const before = await rows();
  expect((await codes()).get(cast.staf.id)).toEqual({ code: 'WFH', basis: 'SE 800/1/2026' });
  await admin.call(putDayCodes, { params: { id: cast.opds.dinsos.id }, body: day(cast.staf.id, 'PIKET') });
  await admin.call(putDayCodes, { params: { id: cast.opds.rehsos.id }, body: day(cast.staf.id, 'PIKET') });
  expect(await rows()).toBe(before + 1);
  expect((await codes()).get(cast.staf.id)).toEqual({ code: 'PIKET', basis: 'SE 800/2/2026' });
  expect((await codes()).get(cast.kabid.id)?.code).toBe('WFO');
  expect((await codes()).has(cast.stafDinkes.id)).toBe(false);
});

test('an admin sets the days of the own OPD only, staff set none', async () => {
  const admin = await signIn(world, cast.adminDinsos);
  const before = await rows();
  expect(await admin.refusalOf(putDayCodes, { params: { id: cast.opds.dinkes.id }, body: day(cast.stafDinkes.id, 'WFH') })).toBe('not_found');
  expect(
    await admin.refusalOf(putDayCodes, {
      params: { id: cast.opds.dinsos.id },
      body: {
        ...day(cast.staf.id, 'WFH'),
        codes: [
          { personId: cast.staf.id, code: 'WFH' },
          { personId: cast.stafDinkes.id, code: 'WFH' },
        ],
      },
    }),
  ).toBe('not_found');
  expect(await (await signIn(world, cast.kepala)).refusalOf(putDayCodes, { params: { id: cast.opds.dinsos.id }, body: day(cast.staf.id, 'WFH') })).toBe(
    'role.missing',
  );
  expect(await world.visitor().refusalOf(putDayCodes, { params: { id: cast.opds.dinsos.id }, body: day(cast.staf.id, 'WFH') })).toBe('session.required');
  expect(await admin.refusalOf(putDayCodes, { params: { id: cast.opds.dinsos.id }, body: day(cast.staf.id, 'WFH', '2026-02-30') })).toBe('input.invalid');
  expect(await rows()).toBe(before);
});
