import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getMe, postSession, postSetup, putPassword } from '../../shared/people.ts';
import { PASSWORD, makeCast, refusalIn, signIn, type Cast } from '../support/cast.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await makeWorld();
  cast = await makeCast(world);
});
afterAll(() => world.close());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const login = (who: string, password = PASSWORD) => ({ body: { login: who, password } });

describe('the own password', () => {
  test('changed, every other session ends and only the new one opens', async () => {
    const [here, there] = [await signIn(world, cast.kepala), await signIn(world, cast.kepala)];
    const next = 'kopi tanpa gula';
    await here.call(putPassword, { body: { current: PASSWORD, next } });
    await here.call(getMe, {});
    expect(await there.refusalOf(getMe, {})).toBe('session.required');
    expect(await world.visitor().refusalOf(postSession, login(cast.kepala.nip))).toBe('session.wrong');
    await here.call(putPassword, { body: { current: next, next: PASSWORD } });
  });
  test('is not changed with a wrong old one, to a weak one, or without a session', async () => {
    const here = await signIn(world, cast.kepala);
    expect(await here.refusalOf(putPassword, { body: { current: 'bukan ini', next: 'kopi tanpa gula' } })).toBe('password.wrong');
    for (const next of [PASSWORD, '1234567890', cast.kepala.nip])
      expect(await here.refusalOf(putPassword, { body: { current: PASSWORD, next } })).toBe('password.weak');
    expect(await here.refusalOf(putPassword, { body: { current: PASSWORD, next: 'pendek' } })).toBe('input.invalid');
    expect(await world.visitor().refusalOf(putPassword, { body: { current: PASSWORD, next: 'kopi tanpa gula' } })).toBe('session.required');
  });
  test('a stolen session does not guess it for long', async () => {
    const here = await signIn(world, cast.kepalaDinkes);
    for (let i = 0; i < 5; i += 1) await here.refusalOf(putPassword, { body: { current: `tebakan ${i}`, next: 'kopi tanpa gula' } });
    expect(await here.refusalOf(putPassword, { body: { current: PASSWORD, next: 'kopi tanpa gula' } })).toBe('session.slow_down');
  });
});

describe('guessing', () => {
  test('slows strangers down, also side by side, and lets the owner in on a device of theirs', async () => {
    const owner = await signIn(world, cast.bkd);
    const answers = await Promise.all(Array.from({ length: 12 }, () => world.visitor().refusalOf(postSession, login(cast.bkd.nip, 'tebakan saja'))));
    expect(answers.filter((code) => code === 'session.wrong')).toHaveLength(5);
    const stranger = await refusalIn(world.visitor().call(postSession, login(cast.bkd.nip)));
    expect(stranger).toMatchObject({ code: 'session.slow_down', values: { seconds: 30 } });
    await owner.call(postSession, login(cast.bkd.nip));
    world.clock.set(new Date(world.clock.now().getTime() + 31_000));
    await world.visitor().call(postSession, login(cast.bkd.nip));
  });
  test('an account that does not exist slows down alike', async () => {
    const codes: (string | null)[] = [];
    for (let i = 0; i < 6; i += 1) codes.push(await world.visitor().refusalOf(postSession, login('siapa@ada.example')));
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'session.wrong'), 'session.slow_down']);
  });
  test('by NIP and by e-mail is one account in silence: the other login tells nothing and lets nobody in', async () => {
    for (let i = 0; i < 5; i += 1) await world.visitor().refusalOf(postSession, login(cast.adminDinsos.nip, 'tebakan saja'));
    expect(await world.visitor().refusalOf(postSession, login(cast.adminDinsos.email))).toBe('session.wrong');
    world.clock.set(new Date(world.clock.now().getTime() + 31_000));
    await world.visitor().call(postSession, login(cast.adminDinsos.email));
  });
});

describe('the first administrator', () => {
  const setup = (token: string, password = 'kopi tanpa gula') => ({
    body: { token, name: 'Ayu Pertama', email: 'ayu@uji.example', password, region: 'Kota Baru' },
  });

  test('is made once, by the link, and signed in', async () => {
    const empty = await makeWorld();
    const token = await empty.app.people.makeSetupLink();
    const browser = empty.visitor();
    expect(await browser.refusalOf(postSetup, setup('bukan tautan'))).toBe('setup.used');
    expect(await browser.refusalOf(postSetup, setup(token!, 'aaaaaaaaaa'))).toBe('password.weak');
    expect(await browser.call(postSetup, setup(token!))).toMatchObject({ name: 'Ayu Pertama', roles: ['administrator'] });
    expect((await browser.call(getMe, {})).email).toBe('ayu@uji.example');
    expect(await empty.app.people.regionName(empty.sql)).toBe('Kota Baru');
    expect(await empty.visitor().refusalOf(postSetup, setup(token!))).toBe('setup.used');
    expect(await empty.app.people.makeSetupLink()).toBeNull();
    await empty.close();
  });
  test('the link is dead after a day', async () => {
    const empty = await makeWorld();
    const token = await empty.app.people.makeSetupLink();
    empty.clock.set(new Date(empty.clock.now().getTime() + 24 * HOUR));
    expect(await empty.visitor().refusalOf(postSetup, setup(token!))).toBe('setup.used');
    await empty.close();
  });
});
