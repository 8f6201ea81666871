// Endpoint → verb.
import * as wire from '../../shared/invitations.ts';
import { serve, type Route, type ServedFile, type Caller } from '../platform/serve.ts';
import type { Answering } from './answering.ts';
import type { createBoard } from './board.ts';
import type { createLinkAsks } from './link-asks.ts';
import type { createSending } from './sending.ts';

type Verbs = {
  answering: Answering;
  sending: ReturnType<typeof createSending>;
  board: ReturnType<typeof createBoard>;
  asks: ReturnType<typeof createLinkAsks>;
  ics: (caller: Caller, meetingId: string) => Promise<ServedFile>;
};

export const invitationRoutes = ({ answering, sending, board, asks, ics }: Verbs): Route[] => [
  serve(wire.getMyInvitation, ({ caller, query }) => answering.mine(caller, query.meeting)),
  serve(wire.putAnswer, ({ caller, params, body }) => answering.answer(caller, params.id, body)),
  serve(wire.getInvitationIcs, ({ caller, params }) => ics(caller, params.id)),
  serve(wire.getMyAnswers, ({ person }) => answering.mineAll(person)),
  serve(wire.postDisposisi, ({ person, caller, params, body }) => sending.send(person, caller, params.id, body)),
  serve(wire.deleteDisposisi, ({ person, caller, params }) => sending.withdraw(person, caller, params.id, params.disposisi)),
  serve(wire.postDisposisiReturn, ({ person, caller, params, body }) => sending.handBack(person, caller, params.id, params.disposisi, body.reason)),
  serve(wire.getAnswerBoard, ({ person, params }) => board.read(person, params.id)),
  serve(wire.putAnswerFor, ({ person, params, body }) => answering.answerFor(person, params.id, params.invitation, body)),
  serve(wire.postReminders, ({ person, params }) => board.remind(person, params.id)),
  serve(wire.deleteLink, ({ person, params }) => board.revokeLink(person, params.id, params.invitation)),
  serve(wire.postLinkAsk, ({ caller, request }) => asks.ask(caller, request.headers['user-agent'] ?? '')),
  serve(wire.getLinkAsk, ({ caller }) => asks.state(caller)),
  serve(wire.getLinkAsks, ({ caller, params }) => asks.list(caller, params.id)),
  serve(wire.putLinkAsk, ({ caller, params, body }) => asks.decide(caller, params.id, params.ask, body.allow)),
];
