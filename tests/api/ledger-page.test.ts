// Buku bukti as BKD uses it, and the roots that stand outside the database.
import { appendFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { getSheetCsv } from '../../shared/attendance.ts';
import { getOpenApi } from '../../shared/health.ts';
import { getLedger, postLedgerCheck, postRootComparison } from '../../shared/ledger.ts';
import { readAnchors } from '../../server/platform/ledger-anchors.ts';
import { createLedger } from '../../server/platform/ledger-keeper.ts';
import { rootText, takeRoot } from '../../server/platform/ledger.ts';
import { castWorld, refusalIn, signIn } from '../support/cast.ts';
import { asIntruder, temporaryFolder } from '../support/database.ts';
import { heldMeeting } from '../support/correction.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
async function office() {
  const { world, cast } = await castWorld();
  worlds.push(world);
  return { world, cast, bkd: await signIn(world, cast.bkd) };
}
/** A keeper of the same ledger that writes roots down; `errors`: what it complained of. */
async function keeper({ world }: { world: World }) {
  const folder = temporaryFolder();
  folders.push(folder);
  const errors: unknown[] = [];
  const log = {
    ...world.app.fastify.log,
    warn: () => {},
    error: (_: unknown, said: string) => void errors.push(said),
  } as unknown as typeof world.app.fastify.log;
  return { folder, errors, ledger: createLedger({ sql: world.app.sql, clock: world.clock, dataFolder: folder, log }) };
}
const look = (world: World) => world.sql`insert into people.access (at, what, subject, people_count) values (now(), 'uji', 'uji', 1)`;

test('only BKD and the administrator open the ledger', async () => {
  const { world, cast, bkd } = await office();
  for (const person of [cast.staf, cast.kepala, cast.adminDinsos]) {
    const client = await signIn(world, person);
    expect((await refusalIn(client.call(getLedger, {}))).code).toBe('role.missing');
    expect((await refusalIn(client.call(postLedgerCheck, {}))).code).toBe('role.missing');
    expect((await refusalIn(client.call(postRootComparison, { body: { n: 1, root: 'a'.repeat(16) } }))).code).toBe('role.missing');
  }
  expect((await refusalIn(world.visitor().call(getLedger, {}))).code).toBe('session.required');
  expect((await bkd.call(getLedger, {})).check).toEqual({ state: 'none' });
  await (await signIn(world, cast.administrator)).call(getLedger, {});
});

test('a check runs by itself, once however often it is asked for, and finds the ledger whole', async () => {
  const { world, cast, bkd } = await office();
  const [first, second] = await Promise.all([bkd.call(postLedgerCheck, {}), bkd.call(postLedgerCheck, {})]);
  expect(first).toMatchObject({ state: 'running', startedBy: cast.bkd.name });
  expect(second).toMatchObject({ state: 'running' });
  await world.app.ledger.checked();
  expect((await bkd.call(getLedger, {})).check).toMatchObject({ state: 'done', startedBy: cast.bkd.name, findings: [], more: 0 });
});

test('a check names the row that somebody changed behind the portal’s back', async () => {
  const { world, cast, bkd } = await office();
  await asIntruder(world.sql, (tx) => tx`update roster.day_code set code = 'WFO' where person_id = ${cast.staf.id}`);
  await bkd.call(postLedgerCheck, {});
  await world.app.ledger.checked();
  expect((await bkd.call(getLedger, {})).check).toMatchObject({
    state: 'done',
    findings: [{ book: 'roster.day_code', stream: `codes:${cast.staf.id}`, seq: 1, what: 'content' }],
  });
});

test('a root read from paper is the same, not the same, or not known here', async () => {
  const { world, bkd } = await office();
  await look(world);
  const root = (await world.app.ledger.root())!;
  const ask = (n: number, digits: string) => bkd.call(postRootComparison, { body: { n, root: digits } });
  const printed = rootText(root).split(' · ')[2] ?? '';
  expect(printed).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  expect(await ask(root.n, printed)).toMatchObject({ verdict: 'same', digits: 64, at: root.at.toISOString() });
  expect(await ask(root.n, printed.slice(0, 19).toUpperCase())).toMatchObject({ verdict: 'same', digits: 16 });
  expect(await ask(root.n, 'ab12 '.repeat(16))).toMatchObject({ verdict: 'different' });
  expect(await ask(root.n + 1, printed)).toMatchObject({ verdict: 'unknown', newest: root.n });
  for (const [n, digits, field] of [
    [root.n, 'ab12', 'root'],
    [root.n, 'bukan akar buku bukti', 'root'],
    [0, printed, 'n'],
  ] as const)
    expect(await refusalIn(ask(n, digits))).toMatchObject({ code: 'input.invalid', fields: [{ path: field }] });
});

test('every copy of a list carries a root that covers the copying itself', async () => {
  const { world, chair, id } = await heldMeeting();
  worlds.push(world);
  const csv = (await chair.send(getSheetCsv, { params: id })).text;
  const root = await takeRoot(world.sql, world.clock.now());
  expect(csv.split('\r\n')[1]).toContain(rootText(root!));
});

test('each new root is written down outside the database, once, and read back', async () => {
  const { world } = await office();
  const { ledger, folder, errors } = await keeper({ world });
  await look(world);
  const first = await ledger.root();
  expect(await ledger.root()).toEqual(first);
  await look(world);
  const second = await ledger.root();
  expect(second?.n).toBe((first?.n ?? 0) + 1);
  expect(await readAnchors(folder)).toEqual([first, second].map((r) => ({ n: r?.n, root: r?.root, from: 'file' })));
  expect(statSync(join(folder, 'akar.log')).mode & 0o077).toBe(0);
  expect(errors).toEqual([]);
});

test('a line that a full disk cut short is passed over, and the next one stands by itself', async () => {
  const { world } = await office();
  const { ledger, folder } = await keeper({ world });
  await look(world);
  const root = await ledger.root();
  appendFileSync(join(folder, 'akar.log'), '99 2026-11-23T02:0');
  expect((await readAnchors(folder)).map(({ n }) => n)).toEqual([root?.n]);
  await look(world);
  const next = await ledger.root();
  expect((await readAnchors(folder)).map(({ n }) => n)).toEqual([root?.n, next?.n]);
});

test('an old backup under the portal is said aloud at the next root', async () => {
  const { world } = await office();
  const { ledger, errors } = await keeper({ world });
  await look(world);
  await ledger.root();
  await asIntruder(world.sql, async (tx) => {
    await tx`delete from ledger.rooted`;
    await tx`delete from ledger.root`;
    await tx`update ledger.head set rooted_seq = 0`;
  });
  world.clock.advance(1_000);
  await ledger.root();
  expect(errors).toEqual(['the ledger does not go on from the root written down: npm run verify']);
});

test('no root is no reason to refuse a copy: the portal says so and goes on', async () => {
  const { world } = await office();
  const { ledger, errors, folder } = await keeper({ world });
  await world.sql`alter table ledger.root rename to root_away`;
  expect(await ledger.root()).toBeNull();
  await world.sql`alter table ledger.root_away rename to root`;
  rmSync(folder, { recursive: true });
  await look(world);
  expect(await ledger.root()).not.toBeNull();
  expect(errors).toEqual(['no root of the ledger', 'root of the ledger not written down']);
  expect(existsSync(folder)).toBe(false);
});

test('a portal takes a root when it starts, and one when the day has changed in Jakarta', async () => {
  const { world } = await office();
  const { ledger, folder } = await keeper({ world });
  await look(world);
  const turn = ledger.start();
  await turn();
  await look(world);
  await turn();
  expect(readFileSync(join(folder, 'akar.log'), 'utf8').trim().split('\n')).toHaveLength(1);
  world.clock.set('2026-11-23T17:00:30Z');
  await turn();
  await ledger.stop();
  expect(readFileSync(join(folder, 'akar.log'), 'utf8').trim().split('\n')).toHaveLength(2);
});

test('the documentation of the API knows the ledger', async () => {
  const { world } = await office();
  expect(JSON.stringify(await world.visitor().call(getOpenApi, {}))).toContain('/api/ledger/root-comparison');
});
