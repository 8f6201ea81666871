// The journalist's half: raising, taking back, giving the floor back; and what anybody sees of it.
import type { BodyOf } from '../../../shared/endpoint.ts';
import type { postQuestion } from '../../../shared/press-floor.ts';
import type { Tx } from '../../platform/database.ts';
import { refuse } from '../../platform/refusal.ts';
import type { Caller } from '../../platform/serve.ts';
import type { PressDesk } from '../desk/index.ts';
import type { Conf } from '../index.ts';
import type { PressRoom } from '../room/index.ts';
import { over, waitBeforeRaise } from './question.ts';
import { openTurns, type Journalist, type Scene, type Scenes, type SceneWorld } from './scene.ts';
import * as store from './store.ts';
import type { Turns } from './turns.ts';
import { floorView, whyNot, type FloorFace, type Viewer } from './views.ts';

type World = SceneWorld & { desk: Pick<PressDesk, 'holder' | 'registrationOf'>; room: Pick<PressRoom, 'applyNow'> };
type Ask = BodyOf<typeof postQuestion>;
type Asking = { scene: Scene; journalist: Journalist; by: store.By };

const WINDOW_MS = 600_000;
/** Nothing has become of it. */
export const FRESH: Omit<store.Status, 'state' | 'raisedAt' | 'at'> = {
  reason: null,
  dueOn: null,
  owedCrewId: null,
  owedPersonId: null,
  owedName: null,
  oral: null,
  answer: null,
  answeredBy: [],
  answeredAt: null,
  atSecond: null,
};

export function createAsking({ sql, clock, press, desk, room }: World, { scenes, turns }: { scenes: Scenes; turns: Turns }) {
  /** Somebody else's draft does not exist. */
  async function confOf(caller: Caller, slug: string): Promise<Conf> {
    const conf = (await scenes.bySlug(slug)) ?? refuse('not_found');
    if (!press.isPublic(conf) && !(caller.person !== null && (await press.mayModerate(sql, caller, conf)))) refuse('not_found');
    return conf;
  }

  async function viewerOf(caller: Caller, { conf, accredited }: Scene): Promise<Viewer> {
    const journalist = caller.pass === null ? null : await desk.holder(sql, caller);
    const moderates = caller.person !== null && (await press.mayModerate(sql, caller, conf));
    return { journalist, accredited: journalist !== null && accredited.has(journalist.id), moderates };
  }

  async function viewOf(caller: Caller, { slug }: Pick<Conf, 'slug'>): Promise<FloorFace> {
    const scene = await scenes.current(await confOf(caller, slug));
    return floorView(scene, await viewerOf(caller, scene), clock.now());
  }

  /** One change by a journalist. `change` answers whether there was anything to do. */
  async function ask(caller: Caller, slug: string, change: (tx: Tx, asking: Asking) => Promise<boolean>): Promise<FloorFace> {
    const { id } = await confOf(caller, slug);
    const conf = await sql.begin(async (tx) => {
      const journalist = (await desk.holder(tx, caller)) ?? refuse('press.pass_required');
      const scene = await scenes.read(tx, await press.lock(tx, id));
      if (!(await change(tx, { scene, journalist, by: { id: journalist.id, name: journalist.name } }))) return scene.conf;
      await store.bump(tx, id);
      await press.clientLive(tx, id, 'floor.changed');
      return scene.conf;
    });
    room.applyNow();
    return viewOf(caller, conf);
  }

  async function mustBeFree(tx: Tx, { scene, journalist }: Asking): Promise<void> {
    const why = whyNot(scene, { journalist, accredited: scene.accredited.has(journalist.id), moderates: false });
    if (why === null) return;
    const state = why === 'press.not_accredited' ? (await desk.registrationOf(tx, scene.conf.id, journalist.id))?.state : undefined;
    refuse(why, { state: state ?? 'belum mendaftar' });
  }

  const raise = (caller: Caller, slug: string, { topic, text, key }: Ask): Promise<FloorFace> =>
    ask(caller, slug, async (tx, asking) => {
      const { scene, journalist } = asking;
      if (scene.questions.some((q) => q.journalistId === journalist.id && q.key === key)) return false;
      await mustBeFree(tx, asking);
      const at = clock.now();
      const seconds = waitBeforeRaise(await store.raisedSince(tx, scene.conf.id, journalist.id, new Date(at.getTime() - WINDOW_MS)), at);
      if (seconds > 0) refuse('limit.reached', { seconds });
      return (await keep(tx, scene.conf, journalist, { topic, text, key, advance: false })) !== null;
    });

  async function keep(tx: Tx, conf: Conf, { id, name }: Journalist, q: Ask & { advance: boolean }): Promise<string | null> {
    const at = clock.now();
    const made = await store.insertQuestion(tx, { conferenceId: conf.id, journalistId: id, ...q, askedAt: at });
    if (made === null) return null;
    await store.insertStatus(
      tx,
      { id: made, conferenceId: conf.id, journalistId: id },
      { ...FRESH, state: 'diajukan', raisedAt: q.advance ? null : at, at },
      { id, name },
    );
    await store.bump(tx, conf.id);
    return made;
  }

  const own = ({ scene, journalist }: Asking, id: string): store.QuestionRow =>
    scene.questions.find((q) => q.id === id && q.journalistId === journalist.id) ?? refuse('not_found');

  const raiseAdvance = (caller: Caller, slug: string, id: string): Promise<FloorFace> =>
    ask(caller, slug, async (tx, asking) => {
      const q = own(asking, id);
      if (q.raisedAt !== null) return false;
      if (q.state !== 'diajukan' && q.state !== 'disaring') over(q);
      await mustBeFree(tx, asking);
      const at = clock.now();
      await store.insertStatus(tx, q, { ...q, raisedAt: at, at }, asking.by);
      return true;
    });

  const withdraw = (caller: Caller, slug: string, id: string): Promise<FloorFace> =>
    ask(caller, slug, async (tx, asking) => {
      const q = own(asking, id);
      if (q.state === 'ditarik') return false;
      await turns.become(tx, asking.scene, q, { state: 'ditarik' }, asking.by);
      return true;
    });

  /** Giving back what one does not have is harmless. */
  const giveBack = (caller: Caller, slug: string): Promise<FloorFace> =>
    ask(caller, slug, async (tx, { scene, journalist, by }) => {
      const turn = openTurns(scene).find((one) => one.journalistId === journalist.id);
      if (turn) await turns.end(tx, scene, turn, 'dikembalikan', by);
      return turn !== undefined;
    });

  return { confOf, viewOf, raise, keep, raiseAdvance, withdraw, giveBack };
}
