import { afterEach, expect, test } from 'vitest';
import { getPressConference } from '../../shared/press.ts';
import { makeCast } from '../support/cast.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { plannedConference } from '../support/press.ts';
import { makeWorld, type World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

async function office() {
  const livekit = createLiveKitDouble();
  const world = await makeWorld({ livekit });
  worlds.push(world);
  return { world, livekit, cast: await makeCast(world) };
}

test('a conference goes from draft to archive, and its page stands from the announcement on', async () => {
  const { world, cast } = await office();
  const press = await plannedConference(world, cast, { state: 'arsip' });
  expect(await world.visitor().call(getPressConference, { params: press.slug })).toMatchObject({ state: 'arsip', withoutSigner: null });
});
