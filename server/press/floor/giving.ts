// The moderator's half: screening, moving, giving, releasing; and what ends a turn without anybody's word. A verb is one transaction under the
// lock of the conference, so that of two moderators the second sees what the first has done.
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { z } from 'zod';
import type { BodyOf } from '../../../shared/endpoint.ts';
import type * as wire from '../../../shared/press-floor.ts';
import type { Tx } from '../../platform/database.ts';
import { dayIn } from '../../platform/local-time.ts';
import type { Mail } from '../../platform/mail.ts';
import { refuse } from '../../platform/refusal.ts';
import type { Caller, SignedIn } from '../../platform/serve.ts';
import type { Rooms } from '../../rooms/index.ts';
import type { PressDesk } from '../desk/index.ts';
import type { Conf, Crew } from '../index.ts';
import type { PressRoom } from '../room/index.ts';
import { endingOf, give, mayFollowUp } from './floor.ts';
import { mayBecome, mustBeToCome, over, stands } from './question.ts';
import { asked, floorOf, openTurns, type Scene, type Scenes, type SceneWorld } from './scene.ts';
import * as store from './store.ts';
import { NOBODY, type Outcome, type Turns, type TurnsWorld } from './turns.ts';
import type { FloorFace } from './views.ts';

type Release = z.output<typeof wire.postRelease.body>['outcome'];
type World = SceneWorld &
  TurnsWorld & {
    log: FastifyBaseLogger;
    desk: Pick<PressDesk, 'registrationOf' | 'onDecided'>;
    room: Pick<PressRoom, 'applyNow' | 'onLeave'>;
    rooms: Pick<Rooms, 'onPresence' | 'onApplied' | 'silence' | 'tellAgain'>;
    mail: Pick<Mail, 'send'>;
  };
type Led = { scene: Scene; crew: readonly Crew[]; by: store.By };
export type Giving = ReturnType<typeof createGiving>;

/** Many come at once: the floor of a conference is looked at once for all of them, and after their transaction. */
const GATHER_MS = 400;
/** A media server that does not answer holds the conference no longer than this. */
const AHEAD_MS = 250;
const LATE = Symbol('late');

export function createGiving(
  { sql, clock, log, press, desk, room, rooms, mail }: World,
  { scenes, turns, viewOf }: { scenes: Scenes; turns: Turns; viewOf: (caller: Caller, conf: Conf) => Promise<FloorFace> },
) {
  const timers = new Set<NodeJS.Timeout>();
  const working = new Set<Promise<void>>();
  const came = new Map<string, Set<string>>();
  let stopped = false;

  async function changed(tx: Tx, conf: Conf): Promise<void> {
    await store.bump(tx, conf.id);
    await press.clientLive(tx, conf.id, 'floor.changed');
  }

  /** One change by an operator or the moderator, and what they see after it. `change` answers whether there was anything to do. */
  async function lead(caller: Caller, person: SignedIn, id: string, change: (tx: Tx, led: Led) => Promise<boolean>): Promise<FloorFace> {
    const conf = await sql.begin(async (tx) => {
      const { conf, crew, operates, moderates } = await press.standing(caller, id, { tx, lock: true });
      if (!operates && !moderates) refuse('press.not_moderator');
      const scene = await scenes.read(tx, conf);
      if (await change(tx, { scene, crew, by: { id: person.id, name: person.name } })) await changed(tx, scene.conf);
      return scene.conf;
    });
    room.applyNow();
    return viewOf(caller, conf);
  }

  const questionOf = ({ questions }: Scene, id: string): store.QuestionRow => questions.find((q) => q.id === id) ?? refuse('not_found');
  const turnOf = (scene: Scene, id: string): store.TurnRow => scene.turns.find((turn) => turn.id === id) ?? refuse('not_found');

  const screen = (caller: Caller, person: SignedIn, ids: { id: string; question: string }, body: BodyOf<typeof wire.postScreening>) =>
    lead(caller, person, ids.id, async (tx, { scene, by }) => {
      const q = questionOf(scene, ids.question);
      const to = body.act === 'saring' ? 'disaring' : 'ditolak';
      if (q.state === to) return false;
      if (!mayBecome(q, to) || q.state === 'giliran') over(q);
      await turns.become(tx, scene, q, { state: to, reason: body.act === 'tolak' ? body.reason : null }, by);
      return true;
    });

  const move = (caller: Caller, person: SignedIn, ids: { id: string; question: string }, { before, reason }: BodyOf<typeof wire.postMove>) =>
    lead(caller, person, ids.id, async (tx, { scene, by }) => {
      const q = questionOf(scene, ids.question);
      if (!stands(q)) over(q);
      const other = before === null ? null : questionOf(scene, before);
      if (other && !stands(other)) over(other);
      if (other?.id === q.id) return false;
      await store.setMove(tx, scene.conf.id, { questionId: q.id, beforeId: before, reason, byName: by.name ?? '', at: clock.now() }, by.id);
      await store.noteFloor(tx, scene.conf.id, { questionId: q.id, turnId: null, kind: 'dipindah', beforeId: before, reason }, by, clock.now());
      return true;
    });

  const giveFloor = (caller: Caller, person: SignedIn, ids: { id: string; question: string }, reason: string | null) =>
    lead(caller, person, ids.id, async (tx, { scene, by }) => {
      const { conf } = scene;
      const q = questionOf(scene, ids.question);
      const nameOf = (id: string): string => scene.journalists.get(id)?.name ?? '';
      const outletOf = (id: string): string => [...scene.journalists.values()].find((one) => one.outletId === id)?.outlet ?? '';
      await mustBeAccredited(tx, scene, q);
      const given = give(floorOf(scene), asked(scene, q), reason, { nameOf, outletOf });
      if (given.kind === 'already') return false;
      const at = clock.now();
      const outOfOrder = given.outOfOrder && reason !== null ? { byName: by.name ?? '', at: at.toISOString(), reason } : null;
      const { member } = scene.journalists.get(q.journalistId)!;
      await turns.become(tx, scene, q, { state: 'giliran' }, by);
      const until = new Date(at.getTime() + conf.turnSeconds * 1000);
      const turnId = await store.insertTurn(tx, {
        conferenceId: conf.id,
        questionId: q.id,
        journalistId: q.journalistId,
        member,
        slot: given.slot,
        givenAt: at,
        until,
        outOfOrder,
      });
      await store.noteFloor(tx, conf.id, { questionId: q.id, turnId, kind: 'diberikan', member, slot: given.slot, reason: outOfOrder?.reason ?? null }, by, at);
      if (!(await room.setWord(tx, conf, member, conf.floorCamera ? 'floor_camera' : 'floor'))) refuse('floor.not_inside', { name: nameOf(q.journalistId) });
      return true;
    });

  async function mustBeAccredited(tx: Tx, { conf, accredited }: Scene, q: store.QuestionRow): Promise<void> {
    if (accredited.has(q.journalistId) || !stands(q)) return;
    refuse('press.not_accredited', { state: (await desk.registrationOf(tx, conf.id, q.journalistId))?.state ?? 'belum mendaftar' });
  }

  /**
   * Silence does not wait for what is written of it: the media server takes the floor away while the transaction decides. What comes of a
   * release that is refused after all is that the word, which still stands, is told again.
   */
  async function silenceAhead(caller: Caller, ids: { id: string; turn: string }): Promise<{ roomId: string; member: string } | null> {
    const [conf, member] = await Promise.all([press.conference(sql, ids.id), store.holderOf(sql, ids.id, ids.turn)]);
    if (!conf?.roomId || member === null || !(await press.mayModerate(sql, caller, conf))) return null;
    return (await rooms.silence(conf.roomId, member)) ? { roomId: conf.roomId, member } : null;
  }

  async function release(caller: Caller, person: SignedIn, ids: { id: string; turn: string }, said: Release): Promise<FloorFace> {
    const ahead = silenceAhead(caller, ids).catch((error: unknown) => (log.warn({ err: error }, 'the floor was not taken ahead'), null));
    const arrived = Promise.race([ahead, sleep(AHEAD_MS, LATE, { ref: false })]);
    let stands = true;
    try {
      const view = await releaseWritten(caller, person, ids, said, arrived);
      stands = (await arrived) === LATE;
      return view;
    } finally {
      // Refused after all, or so late that somebody may have the floor again.
      if (stands) void ahead.then((silenced) => silenced && rooms.tellAgain(silenced.roomId, silenced.member)).catch(() => {});
    }
  }

  /** Said of a turn that has ended by itself meanwhile, it is said of its question. */
  const releaseWritten = (caller: Caller, person: SignedIn, ids: { id: string; turn: string }, said: Release, arrived: Promise<unknown>) =>
    lead(caller, person, ids.id, async (tx, { scene, crew, by }) => {
      const turn = turnOf(scene, ids.turn);
      const outcome = outcomeOf(scene.conf, crew, said, 'body.outcome');
      if (turn.endedAt === null) {
        await turns.end(tx, scene, turn, 'dilepas', by, outcome);
        if (outcome.state === 'ditunda') await mail.send(tx, 'pers.jawaban', [turn.questionId]);
        // Nobody is given the floor before what was sent ahead has arrived, or been waited for long enough.
        await arrived;
        return true;
      }
      const q = questionOf(scene, turn.questionId);
      const latest = scene.turns.findLast((one) => one.questionId === q.id);
      if (latest?.id !== turn.id || q.state === 'giliran' || !mayBecome(q, outcome.state)) return false;
      await turns.become(tx, scene, q, turns.outcomeOf(scene, turn, outcome), by);
      if (outcome.state === 'ditunda') await mail.send(tx, 'pers.jawaban', [q.id]);
      return true;
    });

  /** What a word of the desk makes of a question: who answered, or who owes it until when. */
  function outcomeOf(conf: Conf, crew: readonly Crew[], said: Release, path: string): Outcome {
    const one = (id: string): Crew =>
      crew.find((row) => row.id === id) ?? refuse('input.invalid', {}, [{ path: `${path}.by`, message: 'bukan kru konferensi ini' }]);
    if (said.kind === 'dijawab')
      return { state: 'dijawab', answeredBy: said.by.map((id) => namedAs(one(id))), dueOn: null, owedCrewId: null, owedPersonId: null, owedName: null };
    mustBeToCome(said.dueOn, dayIn(clock.now(), conf.zone), `${path}.dueOn`);
    const owes = said.by === null ? null : one(said.by);
    return {
      state: 'ditunda',
      dueOn: said.dueOn,
      reason: said.note,
      owedCrewId: owes?.id ?? null,
      owedPersonId: owes?.personId ?? null,
      owedName: owes && namedAs(owes),
      answeredBy: [],
    };
  }

  const followUp = (caller: Caller, person: SignedIn, ids: { id: string; turn: string }) =>
    lead(caller, person, ids.id, async (tx, { scene, by }) => {
      const turn = turnOf(scene, ids.turn);
      mayFollowUp(turn);
      const at = clock.now();
      await store.followUp(tx, turn.id, at, new Date(at.getTime() + scene.conf.followUpSeconds * 1000));
      await store.noteFloor(tx, scene.conf.id, { questionId: turn.questionId, turnId: turn.id, kind: 'susulan', member: turn.member, slot: turn.slot }, by, at);
      return true;
    });

  /** Who had the floor is gone or back, has no right any more, or the time is over; and whether the media server was told. */
  async function settle(tx: Tx, scene: Scene, left: string | null = null): Promise<boolean> {
    const { conf } = scene;
    let moved = false;
    for (const turn of openTurns(scene)) {
      const standing = conf.roomId === null ? null : await rooms.standing(tx, conf.roomId, turn.member);
      const mayStay = scene.accredited.has(turn.journalistId) && standing?.word !== 'none';
      const away = scene.inside.has(turn.member) ? null : (turn.awaySince ?? clock.now());
      const ending = endingOf(floorOf(scene), { ...turn, awaySince: away }, mayStay, clock.now()) ?? (turn.member === left ? 'keluar' : null);
      if (ending) await turns.end(tx, scene, turn, ending, NOBODY);
      else if (away?.getTime() !== turn.awaySince?.getTime()) await store.setAway(tx, turn.id, away);
      else if (turn.appliedAt === null && (await wasTold(tx, conf, turn))) await store.setApplied(tx, turn.id, clock.now());
      else continue;
      moved = true;
    }
    return moved;
  }

  const wasTold = async (tx: Tx, conf: Conf, turn: store.TurnRow): Promise<boolean> =>
    conf.roomId !== null &&
    (await rooms.members(tx, conf.roomId)).some((one) => one.member === turn.member && one.word.startsWith('floor') && one.appliedAt !== null);

  async function look(conferenceId: string, members: ReadonlySet<string> = new Set()): Promise<void> {
    await sql.begin(async (tx) => {
      const scene = await scenes.read(tx, await press.lock(tx, conferenceId));
      const seen = scene.questions.some((q) => stands(q) && members.has(scene.journalists.get(q.journalistId)?.member ?? ''));
      if ((await settle(tx, scene)) || seen) await changed(tx, scene.conf);
    });
    room.applyNow();
  }

  function lookSoon(conferenceId: string, members: ReadonlySet<string>): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      came.delete(conferenceId);
      track(look(conferenceId, members));
    }, GATHER_MS).unref();
    timers.add(timer);
  }
  function track(looking: Promise<void>): void {
    const work = looking.catch((error: unknown) => log.warn({ err: error }, 'floor was not looked at'));
    working.add(work);
    void work.finally(() => working.delete(work));
  }

  /** The media server has opened a microphone: everybody's page says so now, not at the next look. */
  async function noteOpened(roomIds: readonly string[]): Promise<void> {
    for (const conf of (await press.byRoom(sql, roomIds)).values()) await look(conf.id);
  }

  /** Journalists came or went. After the transaction that says so has ended; what a portal that dies leaves undone, the sweep does. */
  async function noteCame(tx: Tx, members: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const rooms = [...members].filter(([, of]) => of.some((member) => member.startsWith('j_')));
    if (rooms.length === 0) return;
    const confs = await press.byRoom(
      tx,
      rooms.map(([roomId]) => roomId),
    );
    for (const [roomId, of] of rooms) {
      const conf = confs.get(roomId);
      if (!conf) continue;
      const waiting = came.get(conf.id);
      for (const member of of) waiting?.add(member);
      if (waiting) continue;
      const fresh = new Set(of);
      came.set(conf.id, fresh);
      lookSoon(conf.id, fresh);
    }
  }

  /** Each second: every conference where somebody has the floor. */
  async function runFloor(): Promise<void> {
    for (const id of await store.busy(sql)) await look(id).catch((error: unknown) => log.warn({ err: error, conferenceId: id }, 'floor was not looked at'));
  }

  /** Two records are one person: what the former asked is theirs. */
  async function joined(tx: Tx, from: string, into: string): Promise<void> {
    const theirs = await store.questionsBy(tx, from);
    for (const id of new Set(theirs.map((q) => q.conferenceId))) {
      const scene = await scenes.read(tx, await press.lock(tx, id));
      for (const turn of openTurns(scene)) if (turn.journalistId === from) await turns.end(tx, scene, turn, 'dicabut', NOBODY);
      for (const q of scene.questions)
        if (q.journalistId === from) await store.insertStatus(tx, { ...q, journalistId: into }, { ...q, at: clock.now() }, NOBODY);
      await changed(tx, scene.conf);
    }
    await store.turnsGoTo(tx, from, into);
  }

  press.onState(async (tx, conf) => {
    await settle(tx, await scenes.read(tx, conf));
    await changed(tx, conf);
  });
  // On purpose, or taken out: the floor goes back at once.
  room.onLeave(async (tx, conf, member) => {
    if (await settle(tx, await scenes.read(tx, conf), member)) await changed(tx, conf);
  });
  desk.onDecided(async (tx, conf) => {
    if (conf.state === 'tanya_jawab') await settle(tx, await scenes.read(tx, await press.lock(tx, conf.id)));
    await changed(tx, conf);
  });
  rooms.onPresence(noteCame);
  rooms.onApplied((told) => {
    const opened = [...new Set(told.filter(({ word }) => word === 'floor' || word === 'floor_camera').map(({ roomId }) => roomId))];
    if (opened.length > 0 && !stopped) track(noteOpened(opened));
  });

  async function stop(): Promise<void> {
    stopped = true;
    timers.forEach(clearTimeout);
    timers.clear();
    await Promise.all(working);
  }

  return { screen, move, give: giveFloor, release, followUp, outcomeOf, changed, joined, runFloor, stop };
}

/** "Hartini Kepaladinas, Kepala Dinas Sosial". */
export const namedAs = ({ name, label }: Pick<Crew, 'name' | 'label'>): string => (label === null ? name : `${name}, ${label}`);
