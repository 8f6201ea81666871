// The caller's board: every post, who was rung for it, how far each ring came, and who is next.
import type { BoardCallee, BoardSeat, CallBoard, Reach } from '../../shared/calls.ts';
import type { Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { clockText } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import { overOf, type Call, type Callee, type Rung } from './call.ts';
import type { Channels } from './channels/index.ts';
import { hopsOf, type HopRow } from './hops-store.ts';
import { isOfCall, nextOf, type Seat, type Step } from './ladder.ts';
import type { Places } from './places.ts';
import { progressOf, waitingSince } from './progress.ts';
import { unitsOf } from './quorum.ts';
import { groupedBy } from './ringing.ts';
import { stepsAhead } from './steps-store.ts';
import * as store from './store.ts';
import type { Whereabouts } from './whereabouts.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'noteAccess'>;
  meetings: Pick<Meetings, 'meetingsByIds' | 'mayReadAttendance' | 'ownLinks'>;
  channels: Pick<Channels, 'reach' | 'waLinks'>;
  places: Places;
  whereabouts: Pick<Whereabouts, 'inside' | 'elsewhere'>;
  origin: string;
};
type Facts = {
  now: Date;
  over: boolean;
  rung: readonly Rung[];
  callees: ReadonlyMap<string, Callee>;
  hops: ReadonlyMap<string, HopRow[]>;
  reaches: ReadonlyMap<string, Reach>;
  links: ReadonlyMap<string, string>;
  elsewhere: ReadonlySet<string>;
  isInside: (personId: string) => boolean;
  steps: readonly Step[];
};
const UNREACHABLE: Reach = { tabs: 0, push: 0, gateways: [], phone: false };
/** The board is fetched anew with every ring: who reads it is written down once in so long. */
const READ_AGAIN_MS = 600_000;
const MOST_READERS = 5_000;

export function createBoards({ sql, clock, people, meetings, channels, places, whereabouts, origin }: World) {
  const lastRead = new Map<string, number>();

  /** For the caller, the chair, and who may read the attendance. */
  async function mayRead(tx: Tx, person: SignedIn, id: string) {
    const call = (await store.callById(tx, id)) ?? refuse('not_found');
    const meeting = (await meetings.meetingsByIds(tx, [call.meetingId]))[0] ?? refuse('not_found');
    const mayAct = call.callerId === person.id || meeting.chairId === person.id;
    if (!mayAct && !meetings.mayReadAttendance(person, meeting)) refuse('not_found');
    return { call, endedAt: meeting.endedAt, mayAct };
  }

  /** To send by hand, each with the person's own way in: only for who may ring them. */
  async function handLinks(call: Call, zone: Zone, personIds: readonly string[]): Promise<Map<string, string>> {
    const said = `Panggilan mendesak dari ${call.callerName} (${call.callerAs}) pukul ${clockText(call.placedAt, zone)}: ${call.subject}. Gabung: ${origin}`;
    const own = await meetings.ownLinks(sql, call.meetingId, personIds);
    return channels.waLinks(sql, new Map([...own].map(([personId, path]) => [personId, `${said}${path}`])));
  }

  /** `acted`: this person has just done something; else reading is written down when it was not lately. */
  async function board(person: SignedIn, id: string, { acted = false } = {}): Promise<CallBoard> {
    const { call, endedAt, mayAct } = await mayRead(sql, person, id);
    const over = overOf(call, endedAt) !== null;
    const [seats, rung, callees, hops, steps, quorumAt, opd, here] = await Promise.all([
      store.seatsOf(sql, [id]),
      store.rungOf(sql, [id]),
      store.calleesOf(sql, [id]),
      hopsOf(sql, id),
      stepsAhead(sql, id),
      store.quorumTimes(sql, [id]),
      places.placesOf(sql, [call.opdId]),
      whereabouts.inside(sql, call.meetingId),
    ]);
    const { name: opdName = '', zone = 'Asia/Jakarta' as const } = opd.get(call.opdId) ?? {};
    const persons = callees.map((e) => e.personId);
    const joined = new Set(callees.flatMap((e) => (e.joinedAt ? [e.personId] : [])));
    const facts: Facts = {
      now: clock.now(),
      over,
      rung,
      steps,
      callees: new Map(callees.map((e) => [e.id, e])),
      hops: groupedBy(hops, (h) => h.calleeId),
      reaches: persons.length > 0 ? await channels.reach(sql, persons) : new Map(),
      links: mayAct && !over ? await handLinks(call, zone, persons) : new Map(),
      elsewhere: over ? new Set<string>() : await whereabouts.elsewhere(sql, call.meetingId, persons),
      // Nobody is inside a meeting that is over: then who had come counts.
      isInside: (personId) => (endedAt ? joined.has(personId) : here.has(personId)),
    };
    await noteReading(person, call, persons, acted);
    const units = unitsOf(seats, rung, (calleeId) => facts.callees.get(calleeId)?.personId, facts.isInside);
    return {
      id,
      meetingId: call.meetingId,
      subject: call.subject,
      sifat: call.sifat,
      opdName,
      callerName: call.callerName,
      callerAs: call.callerAs,
      placedAt: call.placedAt.toISOString(),
      cancelledAt: call.cancelledAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
      overLimitReason: call.overLimitReason,
      zone,
      serverTime: facts.now.toISOString(),
      quorum: {
        needed: call.quorum,
        present: units.filter((u) => u.present).length,
        units: units.length,
        reachedAt: quorumAt.get(id)?.toISOString() ?? null,
      },
      seats: seats.map((seat) => boardSeat(seat, facts)),
      mayAct,
    };
  }

  async function noteReading(person: SignedIn, call: Call, persons: readonly string[], acted: boolean): Promise<void> {
    const key = `${person.id} ${call.id}`;
    const now = clock.now().getTime();
    const before = lastRead.get(key);
    if (!acted && before !== undefined && now - before < READ_AGAIN_MS) return;
    await people.noteAccess(sql, {
      by: person.id,
      what: 'panggilan.papan',
      subject: call.id,
      count: persons.length,
      scope: { kind: 'meeting', id: call.meetingId },
      persons,
    });
    if (acted) return;
    if (lastRead.size > MOST_READERS) lastRead.clear();
    lastRead.set(key, now);
  }

  const mayWatch = (person: SignedIn, id: string): Promise<boolean> =>
    mayRead(sql, person, id).then(
      () => true,
      () => false,
    );

  return { board, mayWatch };
}

/** Whose own post it is; a Plt acts where there is no holder. Everybody else is there in somebody's place. */
const ownSeat = new Set(['definitif', 'plt', 'nama']);

function boardSeat(seat: Seat, facts: Facts): BoardSeat {
  const rung = facts.rung.filter((r) => r.seatId === seat.id);
  const inside = rung.filter((r) => facts.isInside(facts.callees.get(r.calleeId)?.personId ?? ''));
  return {
    id: seat.id,
    title: seat.title,
    unitId: seat.unitId,
    unitName: seat.unitName,
    opdName: seat.opdName,
    present: inside.length === 0 ? null : inside.some((r) => ownSeat.has(r.as)) ? 'hadir' : 'diwakili',
    rung: rung.flatMap((r) => {
      const callee = facts.callees.get(r.calleeId);
      return callee ? [boardCallee(callee, r, facts)] : [];
    }),
    next: facts.over ? null : nextFor(seat, rung, facts),
  };
}

/** By the ladder, as long as nobody of this post answered; else by hand. */
function nextFor(seat: Seat, rung: readonly Rung[], { callees, steps }: Facts): BoardSeat['next'] {
  const all = new Set(seat.chain.map((m) => m.personId));
  const found = nextOf({ seat, rung }, { callees, able: all }, null);
  if (!found) return null;
  const { name, label, as } = found.member;
  const open = rung.every((r) => callees.get(r.calleeId)?.state === 'memanggil');
  const step = steps.find((s) => (isOfCall(s) || s.seatId === seat.id) && s.act === (as === 'piket' ? 'piket' : 'pengganti'));
  return { name, label, as, dueAt: open && step ? step.dueAt.toISOString() : null };
}

function boardCallee(callee: Callee, rung: Rung, { now, hops, reaches, links, elsewhere, rung: all }: Facts): BoardCallee {
  const own = hops.get(callee.id) ?? [];
  const firstAt = Math.min(...all.filter((r) => r.calleeId === callee.id).map((r) => r.at.getTime()));
  const since = waitingSince(callee, new Date(firstAt));
  return {
    id: callee.id,
    personId: callee.personId,
    name: callee.name,
    label: rung.label,
    as: rung.as,
    why: rung.why,
    progress: progressOf(callee, own, since, now),
    rungAt: since.toISOString(),
    rounds: callee.rounds,
    reachedBy: callee.reachedBy,
    answerSeconds: callee.answeredAt ? Math.max(0, Math.round((callee.answeredAt.getTime() - firstAt) / 1000)) : null,
    joinedAt: callee.joinedAt?.toISOString() ?? null,
    reason: callee.reason,
    eta: callee.eta?.toISOString() ?? null,
    elsewhere: elsewhere.has(callee.personId),
    reach: reaches.get(callee.personId) ?? UNREACHABLE,
    hops: own.map(({ channel, name, round, state, detail, at }) => ({ channel, name, round, state, detail, at: at.toISOString() })),
    waLink: links.get(callee.personId) ?? null,
  };
}
