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
  expect((await codes()).get(cast.staf.id)).toEqual({ code: 'WFH', basis: 'SE 800/1/2026', shift: null });
  await admin.call(putDayCodes, { params: { id: cast.opds.dinsos.id }, body: day(cast.staf.id, 'PIKET') });
  await admin.call(putDayCodes, { params: { id: cast.opds.rehsos.id }, body: day(cast.staf.id, 'PIKET') });
  expect(await rows()).toBe(before + 1);
  expect((await codes()).get(cast.staf.id)).toEqual({ code: 'PIKET', basis: 'SE 800/2/2026', shift: null });
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

test('who is on duty is known by the hour: the night shift of yesterday still is at dawn, until the morning one begins', async () => {
  const { roster } = world.app;
  const { dinsos, dinkes, rehsos } = cast.opds;
  const shift = (name: string, from: string, to: string) => ({ name, from, to });
  const onDuty = (personId: string, of: ReturnType<typeof shift> | null) => ({ personId, code: 'PIKET' as const, shift: of });
  await roster.setCodes(world.sql, null, dinsos.id, {
    date: '2026-11-25',
    basis: 'SE 800/3/2026',
    codes: [onDuty(cast.staf.id, shift('malam', '22:00', '07:00')), onDuty(cast.stafKantor.id, shift('pagi', '07:00', '15:00'))],
  });
  await roster.setCodes(world.sql, null, dinkes.id, { date: '2026-11-25', basis: 'SE 800/3/2026', codes: [onDuty(cast.stafDinkes.id, null)] });
  const at = async (time: string, where = { opdIds: [dinsos.id, dinkes.id] as string[] }) =>
    (await roster.onDuty(world.sql, where, new Date(`2026-11-${time}:00+07:00`))).map(({ name, shift: s }) => `${name} ${s?.name ?? 'sehari'}`);
  expect(await at('25T06:59')).toEqual(['Tuti Stafdinkes sehari']);
  expect(await at('25T07:00')).toEqual(['Tuti Stafdinkes sehari', 'Joko Dikantor pagi']);
  expect(await at('25T15:00')).toEqual(['Tuti Stafdinkes sehari']);
  expect(await at('25T23:30')).toEqual(['Tuti Stafdinkes sehari', 'Sari Dirumah malam']);
  expect(await at('26T06:59')).toEqual(['Sari Dirumah malam']);
  expect(await at('26T07:00')).toEqual([]);
  expect(await at('26T02:00', { opdIds: [rehsos.id] })).toEqual(['Sari Dirumah malam']);
});

test('the same code on another shift is a change; the same shift again is none', async () => {
  const set = (from: string) =>
    world.app.roster.setCodes(world.sql, null, cast.opds.dinsos.id, {
      date: '2026-11-27',
      basis: 'SE 800/3/2026',
      codes: [{ personId: cast.staf.id, code: 'PIKET', shift: { name: 'pagi', from, to: '15:00' } }],
    });
  const before = await rows();
  await set('07:00');
  await set('07:00');
  expect(await rows()).toBe(before + 1);
  await set('08:00');
  expect((await world.app.roster.codesOn(world.sql, [cast.staf.id], '2026-11-27')).get(cast.staf.id)?.shift).toEqual({
    name: 'pagi',
    from: '08:00',
    to: '15:00',
  });
});
