import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteSession, deleteSessions, getMe, getSessions, postHolding, postPersonDisabled, postSession, putPersonRoles } from '../../shared/people.ts';
import { addDays } from '../../server/people/days.ts';
import { createPeople } from '../../server/people/index.ts';
import { PASSWORD, makeCast, nipOf, signIn, type Cast } from '../support/cast.ts';
import { makeWorld, SECRET, type World } from '../support/world.ts';

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

describe('signing in', () => {
  test('by NIP or by e-mail, in any writing', async () => {
    for (const who of [
      cast.kabid.nip,
      `${cast.kabid.nip.slice(0, 8)} ${cast.kabid.nip.slice(8, 14)} ${cast.kabid.nip.slice(14)}`,
      cast.kabid.email.toUpperCase(),
    ]) {
      expect((await world.visitor().call(postSession, login(who))).id).toBe(cast.kabid.id);
    }
  });
  test('says the same of a wrong password, an unknown account and a disabled one', async () => {
    await (await signIn(world, cast.administrator)).call(postPersonDisabled, { params: { id: cast.stafDinkes.id }, body: { disabled: true } });
    const answers = await Promise.all(
      [login(cast.kabid.nip, 'salah-sama-sekali'), login(nipOf(27)), login('tidak@ada.example'), login(cast.stafDinkes.nip)].map((input) =>
        world.visitor().send(postSession, input),
      ),
    );
    expect(new Set(answers.map((a) => `${a.status} ${a.payload.toString()}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
  });
  test('keeps the cookie from scripts and other sites, and only its hash in the database', async () => {
    const browser = world.visitor();
    const answer = await browser.send(postSession, login(cast.kabid.nip));
    const cookie = [answer.headers['set-cookie']]
      .flat()
      .map(String)
      .find((c) => c.startsWith('sesi='))!;
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const token = browser.cookies.get('sesi')!;
    expect(token.length).toBeGreaterThanOrEqual(40);
    const kept = await world.sql`select id from people.session`;
    expect(JSON.stringify(kept)).not.toContain(token);
  });
  test('begins a new session each time: a cookie planted before is worth nothing after', async () => {
    const browser = await signIn(world, cast.kabid);
    const planted = browser.cookies.get('sesi')!;
    await browser.call(postSession, login(cast.kabid.nip));
    expect(browser.cookies.get('sesi')).not.toBe(planted);
    const thief = world.visitor();
    thief.cookies.set('sesi', planted);
    expect(await thief.refusalOf(getMe, {})).toBe('session.required');
  });
  test('a cookie nobody was given opens nothing', async () => {
    for (const sesi of ['x', 'A'.repeat(43), `${'A'.repeat(42)}'`, '']) {
      const browser = world.visitor();
      browser.cookies.set('sesi', sesi);
      expect(await browser.refusalOf(getMe, {})).toBe('session.required');
    }
  });
  test('the person is told with the positions in force and what follows from them', async () => {
    expect(await (await signIn(world, cast.kepala)).call(getMe, {})).toMatchObject({
      name: cast.kepala.name,
      roles: ['staf', 'pejabat', 'kepala_opd'],
      managesOpds: [cast.opds.dinsos.id],
      opd: { abbreviation: 'Dinsos', zone: 'Asia/Jakarta' },
      positions: [{ label: 'Kepala Dinas Sosial' }],
    });
    expect(await (await signIn(world, cast.staf)).call(getMe, {})).toMatchObject({ roles: ['staf'], managesOpds: [] });
    expect((await (await signIn(world, cast.bkd)).call(getMe, {})).managesOpds).toHaveLength(4);
    expect(await (await signIn(world, cast.adminDinsos)).call(getMe, {})).toMatchObject({ roles: ['staf', 'admin_opd'], managesOpds: [cast.opds.dinsos.id] });
  });
  test('a Plh has the rights of the post from the first day to the last, and not after', async () => {
    const admin = await signIn(world, cast.administrator);
    const body = { personId: cast.kabid.id, kind: 'plh' as const, from: cast.today, until: addDays(cast.today, 1), basis: 'SP 1' };
    await admin.call(postHolding, { params: { id: cast.kepala.positionId! }, body });
    const kabid = await signIn(world, cast.kabid);
    expect(await kabid.call(getMe, {})).toMatchObject({
      roles: expect.arrayContaining(['kepala_opd']),
      managesOpds: [cast.opds.dinsos.id],
      positions: [{ label: 'Plh. Kepala Dinas Sosial' }, { label: 'Kepala Bidang Rehabilitasi Sosial' }],
    });
    const before = world.clock.now();
    world.clock.set(new Date(before.getTime() + 48 * HOUR));
    expect((await (await signIn(world, cast.kabid)).call(getMe, {})).roles).not.toContain('kepala_opd');
    world.clock.set(before);
  });
});

describe('a session', () => {
  test('lasts while it is used, ends after twelve idle hours', async () => {
    const start = world.clock.now();
    const busy = await signIn(world, cast.kabid);
    const idle = await signIn(world, cast.staf);
    for (let hour = 5; hour <= 30; hour += 5) {
      world.clock.set(new Date(start.getTime() + hour * HOUR));
      await busy.call(getMe, {});
    }
    expect(await idle.refusalOf(getMe, {})).toBe('session.required');
    world.clock.set(start);
  });
  test('ends after seven days however much it is used', async () => {
    const start = world.clock.now();
    const browser = await signIn(world, cast.kabid);
    for (let hour = 5; hour < 7 * 24; hour += 5) {
      world.clock.set(new Date(start.getTime() + hour * HOUR));
      await browser.call(getMe, {});
    }
    world.clock.set(new Date(start.getTime() + 7 * 24 * HOUR));
    expect(await browser.refusalOf(getMe, {})).toBe('session.required');
    world.clock.set(start);
  });
  test('is looked up in one statement, with rights and positions', async () => {
    const sesi = (await signIn(world, cast.kepala)).cookies.get('sesi');
    let statements = 0;
    const sql = new Proxy(world.sql, {
      apply(target, self, given: unknown[]) {
        statements += 1;
        return Reflect.apply(target as (...a: unknown[]) => unknown, self, given);
      },
    });
    const people = createPeople({
      sql,
      clock: world.clock,
      log: world.app.fastify.log,
      secure: false,
      secret: SECRET,
      origin: null,
      gate: { strangerMustBeWithin: () => {} },
    });
    const person = await people.whoIs({ cookies: { sesi } });
    expect(person?.roles).toContain('kepala_opd');
    expect(statements).toBe(1);
  });
  test('of a disabled person is over at once', async () => {
    const browser = await signIn(world, cast.stafKantor);
    const admin = await signIn(world, cast.administrator);
    await admin.call(postPersonDisabled, { params: { id: cast.stafKantor.id }, body: { disabled: true } });
    expect(await browser.refusalOf(getMe, {})).toBe('session.required');
    await admin.call(postPersonDisabled, { params: { id: cast.stafKantor.id }, body: { disabled: false } });
    expect(await browser.refusalOf(getMe, {})).toBe('session.required');
  });
  test('a role taken away is gone with the next request', async () => {
    const operator = await signIn(world, cast.operator);
    expect((await operator.call(getMe, {})).roles).toContain('operator_dkis');
    await (await signIn(world, cast.administrator)).call(putPersonRoles, { params: { id: cast.operator.id }, body: [] });
    expect((await operator.call(getMe, {})).roles).not.toContain('operator_dkis');
  });
  test('is listed with its device in words; this one is marked', async () => {
    const [phone, here] = [world.visitor(), world.visitor()];
    await phone.send(postSession, login(cast.kepalaDinkes.nip), {
      'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1',
    });
    await here.send(postSession, login(cast.kepalaDinkes.nip), { 'user-agent': 'Mozilla/5.0 (Linux; Android 14; K) Chrome/130.0.0.0 Mobile Safari/537.36' });
    const sessions = await here.call(getSessions, {});
    expect(new Map(sessions.map((s) => [s.device, s.current]))).toEqual(
      new Map([
        ['Chrome di Android', true],
        ['Safari di iPhone', false],
      ]),
    );
    expect(await world.visitor().refusalOf(getSessions, {})).toBe('session.required');
  });
  test('signing out ends this one, and tells its open pages', async () => {
    const topics: string[] = [];
    const listening = await world.sql.listen('portal_live', (payload) => void topics.push(payload));
    const here = await signIn(world, cast.kabid);
    const there = await signIn(world, cast.kabid);
    const { id } = (await here.call(getSessions, {})).find((s) => s.current)!;
    await here.call(deleteSession, {});
    expect(here.cookies.has('sesi')).toBe(false);
    expect(await here.refusalOf(getMe, {})).toBe('session.required');
    await there.call(getMe, {});
    await expect.poll(() => topics).toContainEqual(JSON.stringify({ topics: [`session:${id}`], message: { type: 'session.ended' } }));
    await listening.unlisten();
    expect(await here.refusalOf(deleteSession, {})).toBe('session.required');
  });
  test('signing out everywhere ends every one', async () => {
    const [here, there] = [await signIn(world, cast.kabid), await signIn(world, cast.kabid)];
    await here.call(deleteSessions, {});
    expect(await there.refusalOf(getMe, {})).toBe('session.required');
    expect(await here.refusalOf(deleteSessions, {})).toBe('session.required');
  });
});
