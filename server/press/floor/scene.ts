// What the floor of one conference looks like now. Read once for each change, however many pages ask: hundreds do so at the same moment.
import { batched } from '../../platform/batch.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { JournalistRecord, PressDesk } from '../desk/index.ts';
import type { Conf, Press } from '../index.ts';
import type { PressRoom } from '../room/index.ts';
import type { Floor } from './floor.ts';
import type { Asked } from './order.ts';
import { stands } from './question.ts';
import * as store from './store.ts';

export type Journalist = JournalistRecord;
export type Scene = {
  conf: Conf;
  questions: store.QuestionRow[];
  turns: store.TurnRow[];
  moves: store.MoveRow[];
  journalists: ReadonlyMap<string, Journalist>;
  /** Whose registration is accepted. */
  accredited: ReadonlySet<string>;
  /** Members in the room. */
  inside: ReadonlySet<string>;
};
export type SceneWorld = {
  sql: Sql;
  clock: Clock;
  press: Press;
  desk: Pick<PressDesk, 'accredited' | 'journalists'>;
  room: Pick<PressRoom, 'insideOf'>;
};
export type Scenes = ReturnType<typeof createScenes>;

/** A name corrected at the desk is seen after this at the latest. */
const KEPT_MS = 5_000;
const MOST_KEPT = 200;

export function createScenes({ sql, clock, press, desk, room }: SceneWorld) {
  const kept = new Map<string, { version: string; at: number; scene: Promise<Scene> }>();
  const versions = batched((ids) => store.versionsOf(sql, ids));
  const bySlug = batched(async (slugs) => {
    const found = await Promise.all(slugs.map((slug) => press.bySlug(sql, slug)));
    return new Map(found.flatMap((conf): [string, Conf][] => (conf ? [[conf.slug, conf]] : [])));
  });

  async function read(tx: Tx, conf: Conf): Promise<Scene> {
    const [questions, turns, moves, accepted, inside] = await Promise.all([
      store.questionsOf(tx, conf.id),
      store.turnsOf(tx, conf.id),
      store.movesOf(tx, conf.id),
      desk.accredited(tx, conf.id),
      room.insideOf(tx, conf),
    ]);
    const journalists = new Map(accepted.map((one) => [one.id, one]));
    const others = [...new Set(questions.map((q) => q.journalistId))].filter((id) => !journalists.has(id));
    const rest = others.length > 0 ? await desk.journalists(tx, others) : [];
    return { conf, questions, turns, moves, journalists: new Map([...journalists, ...rest]), accredited: new Set(journalists.keys()), inside };
  }

  /** As everybody may see it: at most as old as the last change. The state of the conference is of this moment. */
  async function current(conf: Conf): Promise<Scene> {
    const version = (await versions(conf.id)) ?? '0';
    const now = clock.now().getTime();
    const known = kept.get(conf.id);
    if (!known || known.version !== version || Math.abs(now - known.at) >= KEPT_MS) {
      if (kept.size > MOST_KEPT) kept.clear();
      // Of one moment: never a turn without its question.
      const scene = sql.begin('isolation level repeatable read read only', async (tx) => read(tx, conf));
      kept.set(conf.id, { version, at: now, scene });
      scene.catch(() => kept.delete(conf.id));
      return scene;
    }
    return { ...(await known.scene), conf };
  }

  return { read, current, bySlug };
}

export const openTurns = ({ turns }: Pick<Scene, 'turns'>): store.TurnRow[] => turns.filter((turn) => turn.endedAt === null);

const outletOf = ({ journalists }: Scene, journalistId: string): string => journalists.get(journalistId)?.outletId ?? journalistId;

export function turnsHad(scene: Scene): Map<string, number> {
  const had = new Map<string, number>();
  for (const { journalistId } of scene.turns) had.set(outletOf(scene, journalistId), (had.get(outletOf(scene, journalistId)) ?? 0) + 1);
  return had;
}

export const asked = (scene: Scene, q: store.QuestionRow): Asked => ({
  id: q.id,
  journalistId: q.journalistId,
  outletId: outletOf(scene, q.journalistId),
  state: q.state,
  raisedAt: q.raisedAt,
});

/** As the rules see it. Who is not accredited any more has no place in the queue. */
export function floorOf(scene: Scene): Floor {
  const inside = [...scene.journalists.values()].filter(({ id, member }) => scene.accredited.has(id) && scene.inside.has(member));
  return {
    open: scene.conf.state === 'tanya_jawab',
    limit: scene.conf.floorLimit,
    turns: openTurns(scene),
    questions: scene.questions.filter((q) => stands(q) && scene.accredited.has(q.journalistId)).map((q) => asked(scene, q)),
    had: turnsHad(scene),
    moves: scene.moves,
    inside: new Set(inside.map(({ id }) => id)),
  };
}
