// The log of sign-ins: who came in, who tried; for the person and for whoever investigates.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getSignIns, postSession } from '../../shared/people.ts';
import { getRetention } from '../../shared/privacy.ts';
import { makeCast, signIn, type Cast } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await makeWorld();
  cast = await makeCast(world);
});
afterAll(() => world.close());

test('a person sees when somebody signed in and when somebody tried, and nothing of what was typed is kept', async () => {
  const here = await signIn(world, cast.staf);
  expect(await world.visitor().refusalOf(postSession, { body: { login: cast.staf.nip, password: 'bukan kata sandinya' } })).toBe('session.wrong');
  expect(await world.visitor().refusalOf(postSession, { body: { login: 'tidak-ada@uji.example', password: 'bukan kata sandinya' } })).toBe('session.wrong');
  await eventually('the try is written down', async () => (await here.call(getSignIns, {})).length === 2);
  expect((await here.call(getSignIns, {})).map(({ outcome }) => outcome)).toEqual(['ditolak', 'masuk']);
  const rows = await world.sql`select to_jsonb(s)::text as row from people.sign_in s`;
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toContain('bukan kata sandinya');
});

test('a try is not lost when the portal stops before it is written down', async () => {
  const stopping = await makeWorld();
  const { staf } = await makeCast(stopping);
  expect(await stopping.visitor().refusalOf(postSession, { body: { login: staf.nip, password: 'bukan kata sandinya' } })).toBe('session.wrong');
  await stopping.app.close();
  expect(await stopping.sql`select outcome from people.sign_in where person_id = ${staf.id}`).toEqual([{ outcome: 'ditolak' }]);
  await stopping.close();
});

test('nobody reads it of others', async () => {
  const other = await signIn(world, cast.kepala);
  expect((await other.call(getSignIns, {})).map(({ outcome }) => outcome)).toEqual(['masuk']);
  expect(await world.visitor().refusalOf(getSignIns, {})).toBe('session.required');
});

test('who tries what is not theirs is a line of the log, by route and person, with nothing of the request', async () => {
  const lines: string[] = [];
  const watched = await makeWorld({ heard: (line) => void lines.push(line), heardFrom: 'info' });
  try {
    const people = await makeCast(watched);
    const staff = await signIn(watched, people.staf);
    expect(await staff.refusalOf(getRetention, {})).toBe('role.missing');
    const refused = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === 'refused');
    expect(refused).toMatchObject([{ code: 'role.missing', route: '/api/retention', person: people.staf.id }]);
    expect(lines.join('')).not.toContain(people.staf.nip);
  } finally {
    await watched.close();
  }
});
