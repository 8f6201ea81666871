import { expect, test } from 'vitest';
import { createSweeps } from '../../server/platform/sweeps.ts';
import { makeWorld } from '../support/world.ts';

test('more sweeps than connections come round at the same moment, and each has its turn', async () => {
  const world = await makeWorld();
  const { sql, fastify } = world.app;
  const sweeps = createSweeps({ sql, log: fastify.log });
  const done: number[] = [];
  const turns = Array.from({ length: 12 }, (_, n) =>
    sweeps.every(3_600_000, 900_000 + n, async () => {
      await sql.begin(async (tx) => tx`select 1`);
      done.push(n);
    }),
  );
  await Promise.all(turns.map(async (now) => now()));
  expect(done.toSorted((a, b) => a - b)).toEqual(turns.map((_, n) => n));
  await sweeps.stop();
  await world.close();
});
