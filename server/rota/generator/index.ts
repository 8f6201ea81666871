// The generator: a roster for the open cells of a plan, drawn up by a solver, looked at, taken over or not.
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database.ts';
import { createJobs, type Plans } from './jobs.ts';
import { generatorRoutes } from './routes.ts';

export function createGenerator(world: { sql: Sql; clock: Clock; log: FastifyBaseLogger; plans: Plans }) {
  const jobs = createJobs(world);
  return { routes: generatorRoutes(jobs), stop: jobs.stop };
}
