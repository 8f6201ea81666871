import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getNotices } from '../../shared/notifications.ts';
import { getMe, postPersonPassword, postSession, putPersonRoles } from '../../shared/people.ts';
import {
  deleteTotp,
  getFactorRules,
  getFactors,
  getPersonFactors,
  getStep,
  postFactorsAway,
  postFresh,
  postRecoveryCodes,
  postSessionCode,
  postTotp,
  postTotpConfirm,
  putFactorRule,
} from '../../shared/sign-in.ts';
import { castWorld, PASSWORD, refusalIn, signIn, type Actor, type Cast } from '../support/cast.ts';
import type { Client, World } from '../support/world.ts';

let world: World;
let cast: Cast;
beforeAll(async () => {
  ({ world, cast } = await castWorld());
});
afterAll(() => world.close());

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** What the app on the phone shows now. */
const shown = (secret: string, aheadMs = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.clock.now().getTime() + aheadMs });
const login = (person: Actor) => ({ body: { login: person.nip, password: PASSWORD } });

/** Signs in and sets the app up; a minute later, so that a new code is there. */
async function hasApp(person: Actor): Promise<{ client: Client; secret: string; recoveryCodes: string[] }> {
  const client = await signIn(world, person);
  const { secret } = await client.call(postTotp, {});
  const { recoveryCodes } = await client.call(postTotpConfirm, { body: { code: shown(secret) } });
  world.clock.advance(MINUTE);
  return { client, secret, recoveryCodes };
}

test('a password alone opens nothing once there is a factor; each code counts once, one step early or late too', async () => {
  const there = await signIn(world, cast.kabid);
  const { client, secret, recoveryCodes } = await hasApp(cast.kabid);
  expect(recoveryCodes).toHaveLength(10);
  await client.call(getMe, {});
  expect(await there.refusalOf(getMe, {})).toBe('session.required');

  const browser = world.visitor();
  expect(await browser.refusalOf(postSession, login(cast.kabid))).toBe('session.second_step');
  expect(browser.cookies.has('sesi')).toBe(false);
  expect(await browser.refusalOf(getMe, {})).toBe('session.required');
  expect(await browser.call(getStep, {})).toMatchObject({ name: cast.kabid.name, step: 'factor', ways: ['totp', 'recovery'] });
  expect(await browser.refusalOf(postSessionCode, { body: { code: shown(secret, 2 * MINUTE) } })).toBe('factor.wrong');
  const code = shown(secret);
  expect((await browser.call(postSessionCode, { body: { code: `${code.slice(0, 3)} ${code.slice(3)}` } })).id).toBe(cast.kabid.id);
  await browser.call(getMe, {});

  const again = world.visitor();
  await again.refusalOf(postSession, login(cast.kabid));
  expect(await again.refusalOf(postSessionCode, { body: { code } })).toBe('factor.wrong');
  expect(await again.refusalOf(postSessionCode, { body: { code: shown(secret, -30_000) } })).toBe('factor.wrong');
  await again.call(postSessionCode, { body: { code: shown(secret, 30_000) } });
});

test('the same code from two browsers at once lets one in', async () => {
  const { secret } = await hasApp(cast.stafKantor);
  const both = [world.visitor(), world.visitor()];
  for (const browser of both) await browser.refusalOf(postSession, login(cast.stafKantor));
  const answers = await Promise.all(both.map((browser) => browser.refusalOf(postSessionCode, { body: { code: shown(secret) } })));
  expect(answers.toSorted()).toEqual(['factor.wrong', null].toSorted());
});

test('a sign-in on its way belongs to its browser, lasts ten minutes, and is used once', async () => {
  const { secret } = await hasApp(cast.staf);
  const browser = world.visitor();
  await browser.refusalOf(postSession, login(cast.staf));
  const thief = world.visitor();
  thief.cookies.set('langkah', browser.cookies.get('langkah')!);
  expect(await thief.refusalOf(postSessionCode, { body: { code: shown(secret) } })).toBe('session.step_over');
  const half = browser.cookies.get('langkah')!;
  expect(JSON.stringify(await world.sql`select * from people.half_session`)).not.toContain(half);
  await browser.call(postSessionCode, { body: { code: shown(secret) } });
  browser.cookies.set('langkah', half);
  world.clock.advance(MINUTE);
  expect(await browser.refusalOf(postSessionCode, { body: { code: shown(secret) } })).toBe('session.step_over');
  await browser.refusalOf(postSession, login(cast.staf));
  world.clock.advance(11 * MINUTE);
  expect(await browser.refusalOf(getStep, {})).toBe('session.step_over');
  expect(await world.visitor().refusalOf(postTotp, {})).toBe('session.step_over');
});

test('the secret and the recovery codes are not to be read in the database', async () => {
  const { client, secret, recoveryCodes } = await hasApp(cast.adminDinsos);
  const kept = JSON.stringify([await world.sql`select * from people.totp`, await world.sql`select * from people.recovery_code`]);
  for (const told of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replace('-', ''))]) expect(kept).not.toContain(told);
  expect(JSON.stringify(await client.call(getFactors, {}))).not.toContain(secret);
});

test('a recovery code opens once; new ones void the former', async () => {
  const { secret, recoveryCodes } = await hasApp(cast.bkd);
  const comes = async (code: string): Promise<[Client, string | null]> => {
    const browser = world.visitor();
    await browser.refusalOf(postSession, login(cast.bkd));
    return [browser, await browser.refusalOf(postSessionCode, { body: { code } })];
  };
  const [client, refused] = await comes(recoveryCodes[0]!.toUpperCase().replace('-', ' '));
  expect(refused).toBeNull();
  expect((await client.call(getFactors, {})).recoveryLeft).toBe(9);
  expect((await comes(recoveryCodes[0]!))[1]).toBe('factor.wrong');
  const { recoveryCodes: fresh } = await client.call(postRecoveryCodes, {});
  expect((await comes(recoveryCodes[1]!))[1]).toBe('factor.wrong');
  expect((await comes(fresh[1]!))[1]).toBeNull();
  expect((await comes(shown(secret)))[1]).toBeNull();
});

test('guessing codes is slowed down, and a browser the account knows has tries of its own', async () => {
  const { client, secret } = await hasApp(cast.operator);
  const stranger = world.visitor();
  await stranger.refusalOf(postSession, login(cast.operator));
  const codes: (string | null)[] = [];
  for (let i = 0; i < 6; i += 1) codes.push(await stranger.refusalOf(postSessionCode, { body: { code: '000000' } }));
  expect(codes).toEqual([...Array.from({ length: 5 }, () => 'factor.wrong'), 'session.slow_down']);
  await client.refusalOf(postSession, login(cast.operator));
  await client.call(postSessionCode, { body: { code: shown(secret) } });
});

test('a lost factor is taken away by an administrator, with a reason that is told; never by oneself', async () => {
  const { client } = await hasApp(cast.stafDinkes);
  const admin = await signIn(world, cast.administrator);
  const params = { id: cast.stafDinkes.id };
  expect(await admin.call(getPersonFactors, { params })).toEqual({ totp: true, passkeys: 0, recoveryLeft: 10 });
  expect(await admin.refusalOf(postFactorsAway, { params, body: { reason: ' ' } })).toBe('input.invalid');
  await admin.call(postFactorsAway, { params, body: { reason: 'Telepon hilang, datang sendiri.' } });
  expect(await client.refusalOf(getMe, {})).toBe('session.required');
  expect(await admin.refusalOf(postFactorsAway, { params, body: { reason: 'Sekali lagi.' } })).toBe('factor.none');
  const back = await signIn(world, cast.stafDinkes);
  const { notices } = await back.call(getNotices, { query: { kind: 'akun' } });
  expect(notices[0]?.words.id.text).toContain('Telepon hilang');
  expect(notices[0]?.words.id.text).toContain(cast.administrator.name);
  expect(await world.sql`select what, after from people.change where person_id = ${cast.stafDinkes.id} order by id desc limit 1`).toEqual([
    { what: 'faktor kedua diambil', after: { reason: 'Telepon hilang, datang sendiri.' } },
  ]);
  expect(await admin.refusalOf(postFactorsAway, { params: { id: cast.administrator.id }, body: { reason: 'Saya sendiri.' } })).toBe('person.self');
  expect(await back.refusalOf(getPersonFactors, { params })).toBe('role.missing');
});

test('a head has fourteen days, is told the date at every sign-in, and then sets a factor up before anything else', async () => {
  const admin = await signIn(world, cast.administrator);
  await admin.call(putFactorRule, { params: { role: 'kepala_opd' }, body: { required: true, graceDays: 14 } });
  expect((await admin.call(getFactorRules, {})).rules).toMatchObject([{ role: 'kepala_opd', must: 2, lack: 2, byName: cast.administrator.name }]);
  const firstDay = await signIn(world, cast.kepala);
  const { factorDue } = await firstDay.call(getMe, {});
  expect(Date.parse(factorDue!)).toBe(world.clock.now().getTime() + 14 * DAY);
  world.clock.advance(13 * DAY);
  expect((await (await signIn(world, cast.kepala)).call(getMe, {})).factorDue).toBe(factorDue);
  world.clock.advance(DAY);

  const browser = world.visitor();
  expect(await browser.refusalOf(postSession, login(cast.kepala))).toBe('session.second_step');
  expect((await browser.call(getStep, {})).step).toBe('set_up');
  expect(await browser.refusalOf(postSessionCode, { body: { code: '123456' } })).toBe('session.step_over');
  const { secret, uri, qr } = await browser.call(postTotp, {});
  expect(uri).toContain('otpauth://totp/');
  expect(qr).toContain('<svg');
  expect(await browser.refusalOf(postTotpConfirm, { body: { code: '000000' } })).toBe('factor.wrong');
  const { me, recoveryCodes } = await browser.call(postTotpConfirm, { body: { code: shown(secret) } });
  expect(me).toMatchObject({ id: cast.kepala.id, factorDue: null });
  expect(recoveryCodes).toHaveLength(10);
  expect(await browser.refusalOf(deleteTotp, {})).toBe('factor.needed');

  // Somebody who was away meanwhile has the days still; a rule that is taken back asks nobody.
  const other = await signIn(world, cast.kepalaDinkes);
  expect(Date.parse((await other.call(getMe, {})).factorDue!)).toBe(world.clock.now().getTime() + 14 * DAY);
  const again = await signIn(world, cast.administrator);
  expect((await again.call(getFactorRules, {})).lacking).toMatchObject([{ id: cast.kepalaDinkes.id, roles: ['kepala_opd'] }]);
  await again.call(putFactorRule, { params: { role: 'kepala_opd' }, body: { required: false, graceDays: 14 } });
  expect((await (await signIn(world, cast.kepalaDinkes)).call(getMe, {})).factorDue).toBeNull();
  expect(await world.sql`select required from people.factor_rule where role = 'kepala_opd' order by id`).toEqual([{ required: true }, { required: false }]);
  expect(await other.refusalOf(putFactorRule, { params: { role: 'kepala_opd' }, body: { required: false, graceDays: 14 } })).toBe('role.missing');
});

test('dangerous acts ask for the factor again after 15 minutes, of whoever has one', async () => {
  const { client: admin, secret } = await hasApp(cast.administrator);
  const roles = { params: { id: cast.operator.id }, body: [{ role: 'operator_dkis' as const, opdId: null }] };
  await admin.call(putPersonRoles, roles);
  world.clock.advance(15 * MINUTE);
  for (const act of [
    () => admin.call(putPersonRoles, roles),
    () => admin.call(postPersonPassword, { params: { id: cast.kabid.id } }),
    () => admin.call(putFactorRule, { params: { role: 'bkd' }, body: { required: true, graceDays: 0 } }),
    () => admin.call(deleteTotp, {}),
    () => admin.call(postTotp, {}),
  ])
    expect((await refusalIn(act())).code).toBe('session.fresh_needed');
  expect(await admin.refusalOf(postFresh, { body: { code: '000000' } })).toBe('factor.wrong');
  await admin.call(postFresh, { body: { code: shown(secret) } });
  await admin.call(putPersonRoles, roles);
  await admin.call(deleteTotp, {});
  expect(await (await signIn(world, cast.administrator)).call(getFactors, {})).toMatchObject({ totp: null, recoveryLeft: 0, ways: [] });
});
