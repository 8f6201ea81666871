// Notulen: born with the meeting, written together, corrected by those who were present, approved by the chair.
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import { getMinutes, getMinutesPdf, postMinutesApproval, postMinutesCorrection, postProposal, postRuling, putMinutesWriters } from '../../shared/minutes.ts';
import type { Letters } from '../letters/index.ts';
import { serve, type SignedIn } from '../platform/serve.ts';
import { createDesk, type DeskWorld } from './desk.ts';
import { createTelling, type World as TellingWorld } from './telling.ts';
import { createWriting } from './writing.ts';

type World = DeskWorld &
  TellingWorld & {
    log: FastifyBaseLogger;
    origin: string | null;
    whoIs: (request: FastifyRequest) => Promise<SignedIn | null>;
    letters: Pick<Letters, 'knows'>;
  };

export function createMinutes(world: World) {
  const desk = createDesk(world, createTelling(world), () => writing);
  const writing = createWriting({ ...world, mayWrite: desk.mayWrite });
  world.letters.knows(desk.verify);

  const routes = [
    serve(getMinutes, ({ person, params }) => desk.read(person, params.id)),
    serve(putMinutesWriters, ({ person, params, body }) => desk.setWriters(person, params.id, body.people)),
    serve(postMinutesCorrection, ({ person, params, body }) => desk.openCorrection(person, params.id, body.until)),
    serve(postProposal, ({ person, params, body }) => desk.propose(person, params.id, body)),
    serve(postRuling, ({ person, params, body }) => desk.rule(person, params.id, params.proposal, body)),
    serve(postMinutesApproval, ({ person, params, body }) => desk.approve(person, params.id, body.early)),
    serve(getMinutesPdf, ({ person, params }) => desk.pdf(person, params.id)),
  ];
  return { routes, mount: writing.mount, close: writing.close, saveAll: writing.saveAll, checkRights: writing.checkRights };
}
