// What browsers are told of questions and the floor: plain values of the wire, as much as each may see.
import type { z } from 'zod';
import type * as wire from '../../../shared/press-floor.ts';
import type { RefusalCode } from '../../../shared/refusals.ts';
import { isOnAir, isOver } from '../states.ts';
import { orderOf } from './order.ts';
import { isOpen, stands } from './question.ts';
import { floorOf, openTurns, type Journalist, type Scene } from './scene.ts';
import type { QuestionRow } from './store.ts';

export type FloorFace = z.input<typeof wire.FloorView>;
type LogFace = z.input<typeof wire.LogQuestion>;
type DeskFace = z.input<typeof wire.DeskQuestion>;
/** `accredited`: of this conference. */
export type Viewer = { journalist: Journalist | null; accredited: boolean; moderates: boolean };

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Why somebody may not raise a question now; null = they may. */
export function whyNot({ conf, questions }: Pick<Scene, 'conf' | 'questions'>, { journalist, accredited }: Viewer): RefusalCode | null {
  if (journalist === null) return 'press.pass_required';
  if (!accredited) return 'press.not_accredited';
  if (!isOnAir(conf.state)) return 'question.not_open';
  return questions.some((q) => q.journalistId === journalist.id && isOpen(q)) ? 'question.one_open' : null;
}

export function floorView(scene: Scene, viewer: Viewer, now: Date): FloorFace {
  const { conf, questions, journalists, moves } = scene;
  const floor = floorOf(scene);
  const own = viewer.journalist?.id ?? null;
  const byId = new Map(questions.map((q) => [q.id, q]));
  const why = whyNot(scene, viewer);
  return {
    open: floor.open,
    limit: conf.floorLimit,
    turns: openTurns(scene).map((turn) => ({
      id: turn.id,
      questionId: turn.questionId,
      member: turn.member,
      name: journalists.get(turn.journalistId)?.name ?? '',
      outlet: journalists.get(turn.journalistId)?.outlet ?? '',
      topic: byId.get(turn.questionId)?.topic ?? '',
      mine: turn.journalistId === own,
      givenAt: turn.givenAt.toISOString(),
      until: turn.until.toISOString(),
      followUp: turn.followedUpAt !== null,
      mayFollowUp: turn.followedUpAt === null,
      applied: turn.appliedAt !== null,
      awaySince: iso(turn.awaySince),
      outOfOrder: turn.outOfOrder,
    })),
    // After the end the log says what became of each.
    queue: isOver(conf.state)
      ? []
      : orderOf(floor).map((place, n) => {
          const q = byId.get(place.id)!;
          const asker = journalists.get(q.journalistId);
          const move = moves.find((one) => one.questionId === q.id);
          const mine = q.journalistId === own;
          const reads = mine || viewer.moderates;
          return {
            id: q.id,
            place: n + 1,
            outlet: asker?.outlet ?? '',
            // Nobody has looked at it yet: only that this outlet asks is for everybody.
            topic: reads || q.state === 'disaring' ? q.topic : '',
            state: q.state === 'disaring' ? 'disaring' : 'diajukan',
            raisedAt: (q.raisedAt ?? q.askedAt).toISOString(),
            mine,
            turnsHad: floor.had.get(place.outletId) ?? 0,
            moved: move ? { byName: move.byName, at: move.at.toISOString(), reason: move.reason } : null,
            text: reads ? q.text : null,
            name: reads ? (asker?.name ?? null) : null,
            member: reads ? (asker?.member ?? null) : null,
            inside: floor.inside.has(q.journalistId),
          };
        }),
    own: own === null ? [] : questions.filter((q) => q.journalistId === own && (isOver(conf.state) || !stands(q))).map(ownQuestion),
    mayRaise: why === null,
    whyNot: why,
    youModerate: viewer.moderates,
    serverTime: now.toISOString(),
  };
}

const ownQuestion = (q: QuestionRow): z.input<typeof wire.OwnQuestion> => ({
  id: q.id,
  topic: q.topic,
  text: q.text,
  state: q.state,
  advance: q.advance && q.raisedAt === null,
  reason: q.reason,
  dueOn: q.dueOn,
  answer: q.answer,
});

const logQuestion = (q: QuestionRow, outlet: string): LogFace => ({
  id: q.id,
  outlet,
  topic: q.topic,
  text: q.text,
  state: q.state,
  raisedAt: (q.raisedAt ?? q.askedAt).toISOString(),
  answeredAt: iso(q.answeredAt),
  atSecond: q.atSecond,
  oral: q.oral,
  answeredBy: q.answeredBy,
  answer: q.answer,
  dueOn: q.dueOn,
  reason: q.reason,
});

/** Every question, for the report of whoever answers for the conference. */
export const wholeLog = (questions: readonly QuestionRow[], journalists: ReadonlyMap<string, Journalist>): LogFace[] =>
  questions.map((q) => logQuestion(q, journalists.get(q.journalistId)?.outlet ?? ''));

const UNSCREENED = '(belum disaring)';
/**
 * What the public reads after the end. Left out: what was taken back, and what was sent in advance and never came up. Of a question nobody
 * screened, that it was asked; of a refused one, what about and why not: their words are not the portal's to publish.
 */
export const publicLog = (questions: readonly QuestionRow[], journalists: ReadonlyMap<string, Journalist>): LogFace[] =>
  questions
    .filter((q) => q.state !== 'ditarik' && !(q.raisedAt === null && (q.state === 'diajukan' || q.state === 'disaring')))
    .map((q) => {
      const line = logQuestion(q, journalists.get(q.journalistId)?.outlet ?? '');
      if (q.state === 'diajukan') return { ...line, topic: UNSCREENED, text: '' };
      return q.state === 'ditolak' ? { ...line, text: '' } : line;
    });

/** `today`: of the office. */
export const deskQuestion = (q: QuestionRow, asker: Journalist | undefined, today: string): DeskFace => ({
  ...logQuestion(q, asker?.outlet ?? ''),
  name: asker?.name ?? '',
  journalistId: q.journalistId,
  advance: q.advance && q.raisedAt === null,
  owedBy: q.owedName,
  overdue: q.state === 'ditunda' && q.dueOn !== null && q.dueOn < today,
});
