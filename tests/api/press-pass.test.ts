// Whose pass a browser holds: nobody comes to another journalist's by typing their address, and nobody learns whether it is known.
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import * as wire from '../../shared/press-desk.ts';
import { castWorld } from '../support/cast.ts';
import { journalist, mailedToken, plannedConference, registers, registrationOf } from '../support/press.ts';
import type { Client, World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

async function setting() {
  const { world, cast } = await castWorld();
  worlds.push(world);
  const conference = await plannedConference(world, cast, { state: 'registrasi' });
  const ownOf = async (client: Client) => (await client.call(wire.getRegistration, { params: conference.slug })).own;
  const opens = (client: Client, id: string, version = 1) => client.call(wire.postPass, { body: { token: mailedToken(id, version) } });
  return { ...conference, world, cast, conference, ownOf, opens };
}
const SARI = { name: 'Sari Pena', outlet: 'Radar Uji' };

test('the link of the mail opens the pass in another browser, up to three', async () => {
  const { world, conference, opens, ownOf } = await setting();
  const { client: phone, id } = await registers(world, conference, SARI);
  expect(await opens(phone, id)).toEqual({ name: 'Sari Pena', outlet: 'Radar Uji' });
  const [laptop, office, cafe] = [world.visitor(), world.visitor(), world.visitor()];
  await opens(laptop, id);
  await opens(office, id);
  expect(await cafe.refusalOf(wire.postPass, { body: { token: mailedToken(id) } })).toBe('pass.too_many');
  // Again in a browser that has it: no fourth.
  await opens(laptop, id);
  for (const browser of [phone, laptop, office]) expect(await ownOf(browser)).toMatchObject({ name: 'Sari Pena', state: 'menunggu' });
  expect(await ownOf(cafe)).toBeNull();
  // A browser that gives its pass up makes room.
  await office.call(wire.deletePass, {});
  expect(await ownOf(office)).toBeNull();
  await opens(cafe, id);
});

test('a pass carried off to another browser is none', async () => {
  const { world, conference, ownOf } = await setting();
  const { client } = await registers(world, conference, SARI);
  const thief = world.visitor();
  thief.cookies.set('pers', client.cookies.get('pers')!);
  expect(await ownOf(thief)).toBeNull();
  expect(await ownOf(client)).not.toBeNull();
});

test('a new pass ends every former one at once, and the former links', async () => {
  const { world, conference, operator, ownOf, opens } = await setting();
  const { client, id } = await journalist(world, conference, SARI);
  const ended: string[] = [];
  world.app.pressDesk.onPassEnded(async (_tx, conf, journalistId) => void ended.push(`${conf.id} ${journalistId}`));
  const { link } = await operator.call(wire.postJournalistPass, { params: { id } });
  expect(await ownOf(client)).toBeNull();
  expect(ended).toEqual([`${conference.id} ${id}`]);
  expect(await client.refusalOf(wire.postPass, { body: { token: mailedToken(id, 1) } })).toBe('pass.revoked');
  await client.call(wire.postPass, { body: { token: link.split('#')[1]! } });
  expect(await ownOf(client)).toMatchObject({ state: 'diterima' });
  await opens(world.visitor(), id, 2);
});

test('a made-up link opens nothing', async () => {
  const { world } = await setting();
  expect(await world.visitor().refusalOf(wire.postPass, { body: { token: 'abcdefghijklmnopqrstuvwxyz12' } })).toBe('pass.revoked');
  expect(await world.visitor().refusalOf(wire.postPass, { body: { token: 'pendek' } })).toBe('input.invalid');
});

/** What two callers see, without what must differ: ids, cookies' values, times. */
const bare = ({ status, text, headers }: { status: number; text: string; headers: object }) => ({
  status,
  text: text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID'),
  headers: Object.keys(headers).toSorted(),
  cookies: [(headers as { 'set-cookie'?: string | string[] })['set-cookie'] ?? []].flat().map((cookie) => cookie.replace(/=[^;]+/, '=X')),
});

test('registering with a known address answers as with a new one, and hands out nobody’s pass', async () => {
  const { world, conference, slug, params, operator, ownOf, opens } = await setting();
  const sari = await journalist(world, conference, { ...SARI, email: 'sari@radaruji.example' });
  await opens(sari.client, sari.id);
  await operator.call(wire.putAccreditation, { params: { id: sari.id }, body: { validUntil: '2026-12-31' } });

  const [impostor, newcomer] = [world.visitor(), world.visitor()];
  const who = { name: 'Sari Pena', outlet: 'Radar Uji', outletKind: 'daring' as const, notice: 1 };
  const known = await impostor.send(wire.postRegistration, { params: slug, body: { ...who, email: 'SARI@radaruji.example', key: randomUUID() } });
  const fresh = await newcomer.send(wire.postRegistration, { params: slug, body: { ...who, email: 'SARA@radaruji.example', key: randomUUID() } });
  expect(bare({ ...known, text: known.text.replace('SARI@', 'X@') })).toEqual(bare({ ...fresh, text: fresh.text.replace('SARA@', 'X@') }));
  expect(await ownOf(impostor)).toMatchObject({ state: 'menunggu', validUntil: null });
  const impostorId = (await ownOf(impostor))!.member.slice(2);
  expect(impostorId).not.toBe(sari.id);
  const held = await world.app.pressDesk.registrationOf(world.app.sql, conference.id, impostorId);
  expect(held).toEqual({ state: 'menunggu', reason: null });
  // The owner's own goes on, and the desk sees what this is.
  expect(await ownOf(sari.client)).toMatchObject({ state: 'diterima' });
  const line = (await operator.call(wire.getRegistrations, { params })).find((r) => r.id === impostorId);
  expect(line?.hints[0]).toMatch(/^Surel ini milik Sari Pena · Radar Uji/);
});

test('asking for the mail again answers the same, known or not', async () => {
  const { world, conference, slug } = await setting();
  await registers(world, conference, SARI);
  const ask = (email: string) => world.visitor().send(wire.postPassMail, { body: { email, slug: slug.slug } });
  expect(bare(await ask('sari@radaruji.example'))).toEqual(bare(await ask('siapa@tidakada.example')));
  const letters = await world.sql<{ n: number }[]>`select count(*)::int as n from mail.letter where kind = 'pers.tautan'`;
  expect(letters[0]?.n).toBe(3);
});

test('whoever typed the address first loses the pass when its owner opens the mail', async () => {
  const { world, conference, ownOf, opens } = await setting();
  const impostor = await registers(world, conference, SARI);
  // The owner never registered, but finds the mail of the impostor's form, and opens it.
  const owner = world.visitor();
  await opens(owner, impostor.id);
  expect(await ownOf(impostor.client)).toBeNull();
  expect(await ownOf(owner)).toMatchObject({ name: 'Sari Pena' });
});

test('two claim one address before it is proven: the owner opens either mail and is one person', async () => {
  const { world, conference, ownOf, opens } = await setting();
  const impostor = await registers(world, conference, SARI);
  const sari = await registers(world, conference, SARI);
  expect(sari.id).not.toBe(impostor.id);
  await opens(sari.client, sari.id);
  expect((await ownOf(sari.client))?.member).toBe(sari.member);
  // The other mail lies in the same mailbox: it opens the same pass.
  const phone = world.visitor();
  await opens(phone, impostor.id);
  expect((await ownOf(phone))?.member).toBe(sari.member);
  // The impostor's browser stays who it said it was, unproven.
  expect((await ownOf(impostor.client))?.member).toBe(impostor.member);
});

test('a journalist on a new laptop registers, opens the mail there, and is who they were', async () => {
  const { world, cast, conference, operator, opens } = await setting();
  const sari = await journalist(world, conference, SARI);
  await opens(sari.client, sari.id);
  await operator.call(wire.putAccreditation, { params: { id: sari.id }, body: { validUntil: '2026-12-31' } });
  const next = await plannedConference(world, cast, { state: 'registrasi', plan: { title: 'Vaksin' } });
  const joined: string[] = [];
  world.app.pressDesk.onJoined(async (_tx, from, into) => void joined.push(`${from} ${into}`));
  const laptop = await registers(world, next, SARI);
  expect(laptop.own.state).toBe('menunggu');
  await opens(laptop.client, sari.id);
  expect((await laptop.client.call(wire.getRegistration, { params: next.slug })).own).toMatchObject({ member: sari.member, state: 'diterima' });
  expect(joined).toEqual([`${laptop.id} ${sari.id}`]);
  expect(await operator.call(wire.getRegistrations, { params: next.params })).toMatchObject([{ id: sari.id, state: 'diterima' }]);
});

test('a link handed over by the desk proves no address', async () => {
  const { world, conference, operator, params, opens, ownOf } = await setting();
  const body = { name: 'Sari Pena', outlet: 'Radar Uji', outletKind: 'daring' as const, email: 'sari@radaruji.example' };
  const { link, registration } = await operator.call(wire.postWalkIn, { params, body });
  const caller = world.visitor();
  await caller.call(wire.postPass, { body: { token: link.split('#')[1]! } });
  expect((await ownOf(caller))?.state).toBe('diterima');
  const isProven = async () => (await operator.call(wire.getRegistrations, { params }))[0]?.confirmed;
  expect(await isProven()).toBe(false);
  // Whoever reads that mailbox is the one.
  const owner = world.visitor();
  await opens(owner, registration.id);
  expect(await isProven()).toBe(true);
  expect(await ownOf(caller)).toBeNull();
  expect(await ownOf(owner)).toMatchObject({ state: 'diterima' });
  expect(conference.id).toBeTruthy();
});

test('a newsroom of forty behind one address registers within a minute', async () => {
  const { world, conference, operator, params } = await setting();
  for (let n = 0; n < 40; n += 1) {
    await registers(world, conference, { name: 'Wartawan Redaksi', outlet: 'Radar Uji', email: `w${n}@radaruji.example` });
    world.clock.advance(1_500);
  }
  expect(await operator.call(wire.getRegistrations, { params })).toHaveLength(40);
});

test('a flood without cookies is let through at most at 5 %, and whom the desk accepted behind the same address is not locked out', async () => {
  const { world, conference, slug, opens } = await setting();
  const sari = await journalist(world, conference, SARI);
  await opens(sari.client, sari.id);
  const statuses: number[] = [];
  let last: { headers: Record<string, unknown>; text: string } | null = null;
  for (let n = 0; n < 400; n += 1) {
    const answer = await world
      .visitor()
      .send(wire.postRegistration, { params: slug, body: registrationOf({ name: 'Banjir Palsu', outlet: 'Palsu', email: `p${n}@palsu.example` }) });
    statuses.push(answer.status);
    if (answer.status === 429) last = answer;
    world.clock.advance(60);
  }
  const after = statuses.slice(statuses.indexOf(429));
  expect(after.filter((status) => status === 200).length / after.length).toBeLessThanOrEqual(0.05);
  expect(Number(last?.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(last?.text).toContain('limit.reached');
  expect(await sari.client.refusalOf(wire.postRegistration, { params: slug, body: registrationOf(SARI) })).toBeNull();
  // A flood of forms keeps nobody from opening a link, asking for it, or reading.
  await opens(world.visitor(), sari.id);
  expect(await world.visitor().refusalOf(wire.postPassMail, { body: { email: 'x@uji.example' } })).toBeNull();
  expect(await world.visitor().refusalOf(wire.getRegistration, { params: slug })).toBeNull();
});

test('trying links, and asking for mails, is slowed down', async () => {
  const { world } = await setting();
  const until429 = async (send: () => Promise<{ status: number }>) => {
    for (let n = 0; n < 100; n += 1) if ((await send()).status === 429) return n;
    return null;
  };
  const token = 'abcdefghijklmnopqrstuvwxyz12';
  expect(await until429(() => world.visitor().send(wire.postPass, { body: { token } }))).toBe(60);
  expect(await until429(() => world.visitor().send(wire.postPassMail, { body: { email: 'x@uji.example' } }))).toBe(60);
  const one = world.visitor();
  world.clock.advance(600_000);
  expect(await until429(() => one.send(wire.postPass, { body: { token } }))).toBe(12);
});

test('nobody’s mailbox is filled, and who asks cannot tell', async () => {
  const { world, conference } = await setting();
  await registers(world, conference, SARI);
  for (let n = 0; n < 10; n += 1) await world.visitor().call(wire.postPassMail, { body: { email: 'sari@radaruji.example' } });
  const [letters] = await world.sql<{ n: number }[]>`select count(*)::int as n from mail.letter where kind = 'pers.tautan'`;
  expect(letters?.n).toBe(4);
});
