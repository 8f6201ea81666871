// Endpoint → verb.
import * as wire from '../../../shared/rota-generator.ts';
import { serve, type Route } from '../../platform/serve.ts';
import type { createJobs } from './jobs.ts';

export const generatorRoutes = (jobs: ReturnType<typeof createJobs>): Route[] => [
  serve(wire.postGeneration, ({ person, params, body }) => jobs.start(person, params.id, body)),
  serve(wire.getGeneration, ({ person, params }) => jobs.look(person, params.id)),
  serve(wire.postGenerationEnd, ({ person, params }) => jobs.end(person, params.id)),
  serve(wire.postGenerationTaken, ({ person, params }) => jobs.takeOver(person, params.id)),
];
