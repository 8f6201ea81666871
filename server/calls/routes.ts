// The calls over HTTP: each handler is one verb. A board is read after what was done is committed.
import {
  getCallBoard,
  getCalls,
  getMyCalls,
  postAnswer,
  postCall,
  postCallCancel,
  postCalleeAgain,
  postMyCallsSeen,
  postSeatNext,
  type CallBoard,
} from '../../shared/calls.ts';
import { serve, type Route, type SignedIn } from '../platform/serve.ts';
import type { createAnswering } from './answering.ts';
import type { createBoards } from './board.ts';
import type { createIncoming } from './incoming.ts';
import type { createPlacing } from './placing.ts';
import type { createSteering } from './steering.ts';

type Verbs = ReturnType<typeof createPlacing> &
  ReturnType<typeof createAnswering> &
  ReturnType<typeof createSteering> &
  ReturnType<typeof createBoards> &
  ReturnType<typeof createIncoming>;

export function callRoutes(calls: Verbs): Route[] {
  const boardAfter = async (person: SignedIn, id: string, done: Promise<unknown>): Promise<CallBoard> => {
    await done;
    return calls.board(person, id, { acted: true });
  };
  return [
    serve(postCall, ({ person, body }) => boardAfter(person, body.key, calls.place(person, body))),
    serve(getCalls, ({ person }) => calls.list(person)),
    serve(getCallBoard, ({ person, params }) => calls.board(person, params.id)),
    serve(postCallCancel, ({ person, params }) => boardAfter(person, params.id, calls.cancel(person, params.id))),
    serve(postCalleeAgain, ({ person, params }) => boardAfter(person, params.id, calls.again(person, params.id, params.callee))),
    serve(postSeatNext, ({ person, params }) => boardAfter(person, params.id, calls.next(person, params.id, params.seat))),
    serve(getMyCalls, ({ person }) => calls.mine(person)),
    serve(postMyCallsSeen, ({ person }) => calls.seen(person)),
    serve(postAnswer, async ({ person, params, body }) => {
      await calls.answer(person, params.id, body);
      return calls.one(person, params.id);
    }),
  ];
}
