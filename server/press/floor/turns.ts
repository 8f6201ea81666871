// Changes of the floor, inside somebody's transaction that holds the lock of the conference: a question's next row, a turn that begins or ends.
import type { Clock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import type { Rooms } from '../../rooms/index.ts';
import type { PressRoom } from '../room/index.ts';
import { becomes, type Ending } from './floor.ts';
import { followerOf, orderOf } from './order.ts';
import { mustBecome, stands } from './question.ts';
import { floorOf, type Scene } from './scene.ts';
import * as store from './store.ts';
import type { Telling } from './telling.ts';

export type Outcome = Partial<store.Status> & { state: 'dijawab' | 'ditunda' };
export type TurnsWorld = {
  clock: Clock;
  room: Pick<PressRoom, 'setWord'>;
  rooms: Pick<Rooms, 'standing' | 'members'>;
};
export type Turns = ReturnType<typeof createTurns>;
export const NOBODY: store.By = { id: null, name: null };

export function createTurns({ clock, room, rooms }: TurnsWorld, telling: Telling) {
  /** The question's next row; the scene follows. What was put before one that leaves the queue stays where it is. */
  async function become(tx: Tx, scene: Scene, q: store.QuestionRow, patch: Partial<store.Status> & Pick<store.Status, 'state'>, by: store.By): Promise<void> {
    mustBecome(q, patch.state);
    const order = orderOf(floorOf(scene));
    const next = { ...q, ...patch, at: clock.now() };
    await store.insertStatus(tx, q, next, by);
    if (stands(q) && !stands(next)) await leaveQueue(tx, scene, q.id, order);
    scene.questions.splice(scene.questions.indexOf(q), 1, next);
    const { owedPersonId, dueOn } = next;
    const same = q.state === 'ditunda' && q.owedPersonId === owedPersonId && q.dueOn === dueOn;
    if (next.state !== 'ditunda' || owedPersonId === null || dueOn === null || owedPersonId === by.id || same) return;
    await telling.becameOwed(tx, owedPersonId, { conf: scene.conf, q: next, dueOn, outlet: scene.journalists.get(q.journalistId)?.outlet ?? 'pers' });
  }

  async function leaveQueue(tx: Tx, scene: Scene, questionId: string, order: ReturnType<typeof orderOf>): Promise<void> {
    if (scene.moves.some((move) => move.questionId === questionId)) await store.endMove(tx, questionId);
    scene.moves = scene.moves.filter((move) => move.questionId !== questionId);
    for (const move of scene.moves) {
      if (move.beforeId !== questionId) continue;
      move.beforeId = followerOf(order, questionId, move.questionId);
      await store.pointMove(tx, move.questionId, move.beforeId);
    }
  }

  /** Where a recording has it: when the turn began. */
  const heardAt = ({ conf }: Scene, turn: store.TurnRow): Pick<store.Status, 'answeredAt' | 'atSecond'> => ({
    answeredAt: turn.givenAt,
    atSecond: conf.liveAt ? Math.max(0, Math.floor((turn.givenAt.getTime() - conf.liveAt.getTime()) / 1000)) : null,
  });

  /** The right goes with the turn; who was taken out of the room has none to go back to. */
  async function end(tx: Tx, scene: Scene, turn: store.TurnRow, how: Ending, by: store.By, outcome?: Outcome): Promise<void> {
    const at = clock.now();
    const q = scene.questions.find(({ id }) => id === turn.questionId)!;
    await store.endTurn(tx, turn.id, how, at);
    await store.noteFloor(tx, scene.conf.id, { questionId: q.id, turnId: turn.id, kind: how, member: turn.member, slot: turn.slot }, by, at);
    Object.assign(turn, { endedAt: at, endedHow: how, awaySince: null });
    const { roomId } = scene.conf;
    const now = roomId === null ? null : await rooms.standing(tx, roomId, turn.member);
    if (now && now.word !== 'none') await room.setWord(tx, scene.conf, turn.member, 'audience');
    const silent = becomes(how);
    if (outcome) await become(tx, scene, q, outcomeOf(scene, turn, outcome), by);
    else if (silent === 'dijawab') await become(tx, scene, q, { state: 'dijawab', oral: true, ...heardAt(scene, turn) }, by);
    else await become(tx, scene, q, { state: 'disaring', raisedAt: at }, by);
  }

  const outcomeOf = (scene: Scene, turn: store.TurnRow, outcome: Outcome): Outcome =>
    outcome.state === 'dijawab' ? { oral: true, ...heardAt(scene, turn), ...outcome } : { oral: null, answeredAt: null, atSecond: null, ...outcome };

  return { become, end, outcomeOf };
}
