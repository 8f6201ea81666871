import { afterAll, beforeAll, expect, test } from 'vitest';
import { getDuty } from '../../shared/duty.ts';
import { getMyHome } from '../../shared/home.ts';
import * as wire from '../../shared/rota.ts';
import { castWorld, signIn, type Cast } from '../support/cast.ts';
import type { World } from '../support/world.ts';

let world: World;
let cast: Cast;
const NIGHT = { name: 'malam', from: '22:00', to: '07:00' };
beforeAll(async () => {
  ({ world, cast } = await castWorld());
  const set = (date: string, personId: string, code: 'PIKET' | 'WFO', shift: typeof NIGHT | null) =>
    world.app.roster.setCodes(world.sql, null, cast.opds.dinsos.id, { date, basis: 'SE 800/2/2026', codes: [{ personId, code, shift }] });
  await set('2026-11-24', cast.staf.id, 'PIKET', NIGHT);
  await set('2026-11-27', cast.staf.id, 'PIKET', null);
  await set('2026-11-23', cast.stafKantor.id, 'PIKET', { name: 'pagi', from: '07:00', to: '15:00' });
});
afterAll(() => world.close());

const homeOf = async (who: Cast['staf']) => (await signIn(world, who)).call(getMyHome, {});

test('staff see today with the hours of the office, tomorrow with its shift, and the duty after that', async () => {
  const home = await homeOf(cast.staf);
  expect(home.today).toMatchObject({ code: 'WFH', basis: 'SE 800/1/2026', kind: 'kerja' });
  expect(home.today.hours).not.toBeNull();
  expect(home.tomorrow).toMatchObject({ date: '2026-11-24', code: 'PIKET', shift: NIGHT });
  expect(home.nextDuty?.date).toBe('2026-11-24');
  expect([home.onDutyUntil, home.unit]).toEqual([null, null]);
});

test('who began last night is still on duty in the morning', async () => {
  world.clock.set('2026-11-24T23:30:00Z');
  const home = await homeOf(cast.staf);
  expect(home.onDutyUntil).toBe('2026-11-25T00:00:00.000Z');
  expect(home.nextDuty).toEqual({ date: '2026-11-27', shift: null });
  world.clock.set('2026-11-23T02:00:00Z');
});

test('the head has the sums of the unit at one glance, and what waits; names are of those on duty alone', async () => {
  const { unit } = await homeOf(cast.kepala);
  expect(unit).toMatchObject({ staff: 5, onSite: 3, atHome: 1, away: 0, noCode: 1, marked: 0, unproven: 1, plans: [], swaps: 0 });
  expect(unit?.onDuty.map(({ name, until }) => [name, until])).toEqual([[cast.stafKantor.name, '2026-11-23T08:00:00.000Z']]);
  const admin = await signIn(world, cast.adminDinsos);
  await admin.call(wire.postRota, { params: { id: cast.opds.dinsos.id }, body: { month: '2026-12' } });
  expect((await homeOf(cast.kepala)).unit?.plans).toMatchObject([{ plan: { month: '2026-12', state: 'draft' }, violations: 0 }]);
  expect((await homeOf(cast.stafDinkes)).unit).toBeNull();
});

test('everybody signed in sees who is on duty now and next in each OPD; the look is on record', async () => {
  const staff = await signIn(world, cast.stafDinkes);
  const duty = await staff.call(getDuty, {});
  const dinsos = duty.offices.find(({ opd }) => opd.id === cast.opds.dinsos.id)!;
  expect(dinsos.now.map(({ name, shift, reachable }) => [name, shift?.name, reachable])).toEqual([[cast.stafKantor.name, 'pagi', false]]);
  expect(dinsos.next.map(({ name, from }) => [name, from])).toEqual([[cast.staf.name, '2026-11-24T15:00:00.000Z']]);
  expect(duty.offices.find(({ opd }) => opd.id === cast.opds.dinkes.id)).toMatchObject({ now: [], next: [] });
  expect(duty.mayCall).toBe(false);
  expect((await (await signIn(world, cast.kepala)).call(getDuty, {})).mayCall).toBe(true);
  const [{ n } = { n: 0 }] = await world.sql<{ n: number }[]>`select count(*)::int as n from people.access where what = 'piket.baca'`;
  expect(n).toBe(2);
  expect(await world.visitor().refusalOf(getDuty, {})).toBe('session.required');
});
