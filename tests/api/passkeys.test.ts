// Passkeys: set up, shown instead of a password, as the second step and before dangerous acts; and every way in which one must not count.
import { generateKeyPairSync } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getNotices } from '../../shared/notifications.ts';
import { getMe, getSignIns, postPersonDisabled, postSession } from '../../shared/people.ts';
import { getMyData, getMyDataJson } from '../../shared/privacy.ts';
import {
  deletePasskey,
  deleteTotp,
  getFactors,
  getStep,
  getWays,
  postFactorsAway,
  postFreshPasskey,
  postFreshPasskeyStart,
  postPasskey,
  postPasskeys,
  postPasskeysStart,
  postPasskeyStart,
  postRecoveryCodes,
  postSessionCode,
  postStepPasskey,
  postStepPasskeyStart,
  postTotp,
  postTotpConfirm,
  putFactorRule,
} from '../../shared/sign-in.ts';
import { openAuthenticator, type Authenticator } from '../support/authenticator.ts';
import { castWorld, PASSWORD, signIn, type Actor, type Cast } from '../support/cast.ts';
import type { Client, World } from '../support/world.ts';

const ORIGIN = 'https://rapat.uji.example';
let world: World;
let cast: Cast;
beforeAll(async () => {
  ({ world, cast } = await castWorld({ origin: ORIGIN }));
});
afterAll(() => world.close());

const MINUTE = 60_000;
const login = (person: Actor) => ({ body: { login: person.nip, password: PASSWORD } });

async function adds(client: Client, device: Authenticator, name = 'Telepon kantor') {
  const made = device.make(await client.call(postPasskeysStart, {}));
  return client.call(postPasskeys, { body: { name, made } });
}
async function hasPasskey(person: Actor, device = openAuthenticator({ origin: ORIGIN })): Promise<{ client: Client; device: Authenticator }> {
  const client = await signIn(world, person);
  await adds(client, device);
  return { client, device };
}
type Over = Parameters<Authenticator['show']>[1];
/** Without a password, in a new browser. */
async function comesBy(device: Authenticator, over?: Over): Promise<{ browser: Client; refused: string | null }> {
  const browser = world.visitor();
  const shown = device.show(await browser.call(postPasskeyStart, {}), over);
  return { browser, refused: await browser.refusalOf(postPasskey, { body: shown }) };
}

test('a person sets several passkeys up by name, signs in by any of them without a password, and sees when each was used', async () => {
  const there = await signIn(world, cast.kabid);
  const { client, device } = await hasPasskey(cast.kabid);
  expect(await there.refusalOf(getMe, {})).toBe('session.required');
  const other = openAuthenticator({ origin: ORIGIN, counts: false });
  const staysIn = await comesBy(device);
  world.clock.advance(MINUTE);
  const { recoveryCodes } = await adds(client, other, '  Kunci   di laci ');
  expect(recoveryCodes).toEqual([]);
  expect((await staysIn.browser.call(getMe, {})).id).toBe(cast.kabid.id);
  for (const key of [device, other, other]) {
    const { browser, refused } = await comesBy(key);
    expect(refused).toBeNull();
    expect((await browser.call(getMe, {})).id).toBe(cast.kabid.id);
  }
  const { passkeys, ways, recoveryLeft } = await client.call(getFactors, {});
  expect(passkeys).toMatchObject([
    { name: 'Telepon kantor', usedAt: world.clock.now().toISOString(), backedUp: false },
    { name: 'Kunci di laci', usedAt: world.clock.now().toISOString() },
  ]);
  expect([ways, recoveryLeft]).toEqual([['passkey', 'recovery'], 10]);
  expect(await world.sql`select amr, proven_at is not null as proven from people.session where amr = '{passkey}' limit 1`).toEqual([
    { amr: ['passkey'], proven: true },
  ]);
});

test('a passkey counts only when its device saw its owner just now, at this address, for what was asked here', async () => {
  const { client, device } = await hasPasskey(cast.staf);
  const { privateKey: stranger } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const wrong: [string, Over][] = [
    ['another origin', { origin: 'https://rapat.uji.example.palsu.example' }],
    ['the same name over http', { origin: 'http://rapat.uji.example' }],
    ['another name', { rpId: 'uji.example' }],
    ['nobody seen', { verified: false }],
    ['another key', { signedBy: stranger }],
    ['made, not shown', { type: 'webauthn.create' }],
    ['said to be somebody else', { userHandle: Buffer.from(cast.kabid.id).toString('base64url') }],
  ];
  for (const [why, over] of wrong) expect([why, (await comesBy(device, over)).refused]).toEqual([why, 'passkey.wrong']);
  expect((await client.call(getSignIns, {})).filter(({ outcome }) => outcome === 'faktor_ditolak')).toHaveLength(wrong.length);
  expect((await comesBy(device, { challenge: 'x'.repeat(43) })).refused).toBe('passkey.late');
  expect((await comesBy(openAuthenticator({ origin: ORIGIN }))).refused).toBe('passkey.unknown');
  expect((await comesBy(device, { userHandle: null })).refused).toBeNull();
});

test('what is signed counts once, for five minutes, and in the browser that asked', async () => {
  const { device } = await hasPasskey(cast.bkd);
  const browser = world.visitor();
  const asked = await browser.call(postPasskeyStart, {});
  const shown = device.show(asked);
  const thief = world.visitor();
  await thief.call(getWays, {});
  await thief.call(postPasskeyStart, {});
  expect(await thief.refusalOf(postPasskey, { body: shown })).toBe('passkey.late');
  expect(await browser.refusalOf(postPasskey, { body: shown })).toBeNull();
  expect(await browser.refusalOf(postPasskey, { body: shown })).toBe('passkey.late');
  // A try that failed has used it up as well.
  const second = await browser.call(postPasskeyStart, {});
  expect(await browser.refusalOf(postPasskey, { body: device.show(second, { verified: false }) })).toBe('passkey.wrong');
  expect(await browser.refusalOf(postPasskey, { body: device.show(second) })).toBe('passkey.late');
  const third = await browser.call(postPasskeyStart, {});
  world.clock.advance(5 * MINUTE);
  expect(await browser.refusalOf(postPasskey, { body: device.show(third) })).toBe('passkey.late');
  const both = device.show(await browser.call(postPasskeyStart, {}));
  const answers = await Promise.all([1, 2].map(() => browser.refusalOf(postPasskey, { body: both })));
  expect(answers.toSorted()).toEqual(['passkey.late', null].toSorted());
});

test('a counter that went back is refused and told to the owner at once', async () => {
  const { client, device } = await hasPasskey(cast.adminDinsos);
  expect((await comesBy(device, { counter: 40 })).refused).toBeNull();
  expect((await comesBy(device, { counter: 40 })).refused).toBe('passkey.wrong');
  expect((await comesBy(device, { counter: 0 })).refused).toBe('passkey.wrong');
  const { notices } = await client.call(getNotices, { query: { kind: 'akun' } });
  const told = notices.filter(({ words }) => words.id.title === 'Passkey mungkin disalin');
  expect(told[0]?.words.id.text).toContain('Telepon kantor');
  expect((await world.sql`select from people.change where person_id = ${cast.adminDinsos.id} and what like 'passkey menghitung mundur%'`).length).toBe(2);
  expect((await comesBy(device, { counter: 41 })).refused).toBeNull();
});

test('as the second step it must be the passkey of whoever gave the password', async () => {
  const { device } = await hasPasskey(cast.stafKantor);
  const { device: others } = await hasPasskey(cast.stafDinkes);
  const browser = world.visitor();
  expect(await browser.refusalOf(postStepPasskeyStart, {})).toBe('session.step_over');
  expect(await browser.refusalOf(postSession, login(cast.stafKantor))).toBe('session.second_step');
  expect(await browser.call(getStep, {})).toMatchObject({ step: 'factor', ways: ['passkey', 'recovery'] });
  const asked = await browser.call(postStepPasskeyStart, {});
  expect(asked.allowCredentials?.map(({ id }) => id)).toEqual([device.id]);
  expect(await browser.refusalOf(postStepPasskey, { body: others.show(asked) })).toBe('passkey.wrong');
  // What was asked without a password does not go for the second step, nor the other way round.
  expect(await browser.refusalOf(postStepPasskey, { body: device.show(await browser.call(postPasskeyStart, {})) })).toBe('passkey.late');
  expect(await browser.refusalOf(postPasskey, { body: device.show(await browser.call(postStepPasskeyStart, {})) })).toBe('passkey.late');
  const done = await browser.call(postStepPasskey, { body: device.show(await browser.call(postStepPasskeyStart, {})) });
  expect(done.id).toBe(cast.stafKantor.id);
  expect(await browser.refusalOf(postStepPasskey, { body: device.show(asked) })).toBe('session.step_over');
});

test('making one is bound to person, browser, origin and owner’s look; the same device is not taken twice', async () => {
  const client = await signIn(world, cast.kepalaDinkes);
  const device = openAuthenticator({ origin: ORIGIN });
  const tries = async (over: Over, by = client): Promise<string | null> => {
    const made = device.make(await client.call(postPasskeysStart, {}), over);
    return by.refusalOf(postPasskeys, { body: { name: 'Laptop', made } });
  };
  expect(await tries({ origin: 'https://palsu.example' })).toBe('passkey.wrong');
  expect(await tries({ rpId: 'palsu.example' })).toBe('passkey.wrong');
  expect(await tries({ verified: false })).toBe('passkey.wrong');
  expect(await tries({ type: 'webauthn.get' })).toBe('passkey.wrong');
  expect(await tries({ challenge: 'y'.repeat(43) })).toBe('passkey.late');
  const other = await signIn(world, cast.operator);
  expect(await tries({}, other)).toBe('passkey.late');
  expect(await tries({})).toBeNull();
  // Registered before: the browser is told so, and an answer all the same is refused; also from another account.
  expect((await client.call(postPasskeysStart, {})).excludeCredentials.map(({ id }) => id)).toEqual([device.id]);
  expect(await tries({})).toBe('passkey.exists');
  const theirs = device.make(await other.call(postPasskeysStart, {}));
  expect(await other.refusalOf(postPasskeys, { body: { name: 'Bukan milik saya', made: theirs } })).toBe('passkey.exists');
  expect(await world.visitor().refusalOf(postPasskeysStart, {})).toBe('session.step_over');
});

test('removing one, making another and what is dangerous ask for a factor again after 15 minutes: the passkey will do', async () => {
  const { client, device } = await hasPasskey(cast.operator);
  const { secret } = await client.call(postTotp, {});
  const shown = (): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.clock.now().getTime() });
  await client.call(postTotpConfirm, { body: { code: shown() } });
  world.clock.advance(16 * MINUTE);
  const [key] = (await client.call(getFactors, {})).passkeys;
  for (const act of [
    () => client.refusalOf(postPasskeysStart, {}),
    () => client.refusalOf(deletePasskey, { params: { id: key!.id } }),
    () => client.refusalOf(postRecoveryCodes, {}),
  ])
    expect(await act()).toBe('session.fresh_needed');
  const stranger = openAuthenticator({ origin: ORIGIN });
  expect(await client.refusalOf(postFreshPasskey, { body: stranger.show(await client.call(postFreshPasskeyStart, {})) })).toBe('passkey.unknown');
  expect(await client.refusalOf(deletePasskey, { params: { id: key!.id } })).toBe('session.fresh_needed');
  await client.call(postFreshPasskey, { body: device.show(await client.call(postFreshPasskeyStart, {})) });
  const other = await signIn(world, cast.kepala);
  expect(await other.refusalOf(deletePasskey, { params: { id: key!.id } })).toBe('not_found');
  await client.call(deletePasskey, { params: { id: key!.id } });
  expect((await comesBy(device)).refused).toBe('passkey.unknown');
  await client.call(deleteTotp, {});
  expect(await client.call(getFactors, {})).toMatchObject({ passkeys: [], totp: null, recoveryLeft: 0 });
});

test('whoever must have a factor sets a passkey up on the way in, and keeps the last one', async () => {
  const admin = await signIn(world, cast.administrator);
  await admin.call(putFactorRule, { params: { role: 'kepala_opd' }, body: { required: true, graceDays: 0 } });
  const browser = world.visitor();
  expect(await browser.refusalOf(postSession, login(cast.kepala))).toBe('session.second_step');
  expect((await browser.call(getStep, {})).step).toBe('set_up');
  expect(await browser.refusalOf(postStepPasskeyStart, {})).toBe('session.step_over');
  const device = openAuthenticator({ origin: ORIGIN });
  const { me, recoveryCodes } = await adds(browser, device);
  expect([me?.id, me?.factorDue, recoveryCodes.length]).toEqual([cast.kepala.id, null, 10]);
  const [key] = (await browser.call(getFactors, {})).passkeys;
  expect(await browser.refusalOf(deletePasskey, { params: { id: key!.id } })).toBe('factor.needed');
  expect((await browser.call(getFactors, {})).passkeys).toHaveLength(1);
  expect((await comesBy(device)).refused).toBeNull();
  await admin.call(postFactorsAway, { params: { id: cast.kepala.id }, body: { reason: 'Telepon hilang.' } });
  expect((await comesBy(device)).refused).toBe('passkey.unknown');
});

test('a disabled account is not opened by its passkey; ten are the most', async () => {
  const { world: own, cast: people } = await castWorld({ origin: ORIGIN });
  const client = await own.signIn(people.staf.nip, PASSWORD);
  const device = openAuthenticator({ origin: ORIGIN });
  await adds(client, device);
  for (let i = 2; i <= 10; i += 1) await adds(client, openAuthenticator({ origin: ORIGIN }), `Perangkat ${i}`);
  expect(await client.refusalOf(postPasskeysStart, {})).toBe('passkey.many');
  const browser = own.visitor();
  const shown = device.show(await browser.call(postPasskeyStart, {}));
  const admin = await own.signIn(people.administrator.nip, PASSWORD);
  await admin.call(postPersonDisabled, { params: { id: people.staf.id }, body: { disabled: true } });
  expect(await browser.refusalOf(postPasskey, { body: shown })).toBe('passkey.unknown');
  await own.close();
});

test('wrong second factors stand in the log that their owner reads; Data saya names what there is and no secret', async () => {
  const { world: own, cast: people } = await castWorld({ origin: ORIGIN });
  const client = await own.signIn(people.staf.nip, PASSWORD);
  const device = openAuthenticator({ origin: ORIGIN });
  await adds(client, device, 'Telepon Sari');
  const { secret } = await client.call(postTotp, {});
  await client.call(postTotpConfirm, { body: { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: own.clock.now().getTime() }) } });
  const browser = own.visitor({ 'user-agent': 'Mozilla/5.0 (Linux; Android 14) Chrome/126.0' });
  await browser.refusalOf(postSession, login(people.staf));
  expect(await browser.refusalOf(postSessionCode, { body: { code: '000000' } })).toBe('factor.wrong');
  expect(await browser.refusalOf(postSessionCode, { body: { code: 'tidak-benar' } })).toBe('factor.wrong');
  const rows = await client.call(getSignIns, {});
  expect(rows.slice(0, 2).map(({ outcome, device: by }) => [outcome, by.includes('Android')])).toEqual([
    ['faktor_ditolak', true],
    ['faktor_ditolak', true],
  ]);
  expect(JSON.stringify(await own.sql`select * from people.sign_in`)).not.toContain('tidak-benar');
  const data = await client.call(getMyData, {});
  expect(data.factors).toMatchObject({ totp: { since: own.clock.now().toISOString() }, passkeys: [{ name: 'Telepon Sari' }], recoveryLeft: 10 });
  expect(data.officeAccounts).toEqual([]);
  const file = (await client.send(getMyDataJson, {})).text;
  expect(file).toContain('Telepon Sari');
  const [{ key }] = await own.sql<[{ key: Buffer }]>`select public_key as key from people.passkey`;
  for (const kept of [secret, device.id, key.toString('base64'), key.toString('hex')]) expect(file).not.toContain(kept);
  await own.close();
});

test('passkeys belong to a name: at an address in numbers the portal says where to go, and at a foreign Host there are none', async () => {
  const at = async (origin: string | null, host?: string) => {
    const one = await castWorld({ origin });
    const visitor = one.world.visitor(host === undefined ? {} : { host, origin: `http://${host}` });
    const { passkeys, passkeysAt } = await visitor.call(getWays, {});
    const start = await visitor.refusalOf(postPasskeyStart, {});
    await one.world.close();
    return [passkeys, passkeysAt, start];
  };
  expect(await at(ORIGIN)).toEqual([true, null, null]);
  expect(await at(null, '127.0.0.1:3000')).toEqual([false, 'http://localhost:3000', 'passkey.elsewhere']);
  expect(await at(null, 'localhost:3000')).toEqual([true, null, null]);
  expect(await at(null, 'penipu.example')).toEqual([false, null, 'passkey.elsewhere']);
  expect(await at('http://10.1.2.3')).toEqual([false, null, 'passkey.elsewhere']);
  expect(await at('http://rapat.uji.example')).toEqual([false, null, 'passkey.elsewhere']);
});
