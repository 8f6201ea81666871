// Makes happen what the ladder, or the caller by hand, says: people ring again, deputies are invited and rung. Inside a transaction
// that holds the meeting and its calls.
import { randomUUID } from 'node:crypto';
import type { Channel } from '../../shared/calls.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { dayIn } from '../platform/local-time.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Invitee, People } from '../people/index.ts';
import { joined, rungAgain, stopped, type Call, type Callee, type Rung } from './call.ts';
import type { Happening, Standing } from './ladder.ts';
import type { Places } from './places.ts';
import { invitedAs, newCallee } from './placing.ts';
import type { Ringing } from './ringing.ts';
import { stopSteps } from './steps-store.ts';
import * as store from './store.ts';
import type { Whereabouts } from './whereabouts.ts';

type World = {
  clock: Clock;
  people: Pick<People, 'resolve'>;
  meetings: Pick<Meetings, 'letIn'>;
  places: Places;
  ringing: Ringing;
  whereabouts: Pick<Whereabouts, 'inside' | 'noteQuorum'>;
};
/** A call as it stands: who was rung for which post, and who of those not rung yet could be. */
export type Scene = Omit<Standing, 'callees'> & { call: Call; callees: ReadonlyMap<string, Callee>; invitees: ReadonlyMap<string, Invitee> };
export type Climbing = ReturnType<typeof createClimbing>;

export function createClimbing({ clock, people, meetings, places, ringing, whereabouts }: World) {
  /** `ahead`: posts somebody else may be rung for; `open`: those nobody of which has answered. */
  async function sceneOf(tx: Tx, call: Call, ahead: readonly string[] | 'open'): Promise<Scene> {
    const [seats, rung, callees] = await Promise.all([store.seatsOf(tx, [call.id]), store.rungOf(tx, [call.id]), store.calleesOf(tx, [call.id])]);
    const rungBySeat = new Map(seats.map((seat) => [seat.id, { seat, rung: [] as Rung[] }]));
    for (const one of rung) rungBySeat.get(one.seatId)?.rung.push(one);
    const silent = new Set(callees.filter((e) => e.state === 'memanggil').map((e) => e.id));
    const asked = new Set(ahead === 'open' ? seats.flatMap(({ id }) => (rungBySeat.get(id)?.rung.every((r) => silent.has(r.calleeId)) ? [id] : [])) : ahead);
    const candidates = [...new Set(seats.filter((s) => asked.has(s.id)).flatMap((s) => s.chain.map((m) => m.personId)))];
    const day = dayIn(clock.now(), await places.zoneOf(tx, call.opdId));
    const able = candidates.length === 0 ? [] : await people.resolve(tx, { people: candidates, positions: [], units: [] }, day);
    return {
      call,
      seats: rungBySeat,
      callees: new Map(callees.map((e) => [e.id, e])),
      able: new Set(able.map((i) => i.personId)),
      invitees: new Map(able.map((i) => [i.personId, i])),
    };
  }

  /** `byId`: the caller, by hand; null = the ladder. */
  async function happen(tx: Tx, { call, callees, invitees }: Scene, happenings: readonly Happening[], byId: string | null): Promise<void> {
    const at = clock.now();
    const base = { callId: call.id, at, byId };
    const changed = new Map<string, Callee>();
    const added = new Map<string, Callee>();
    const rung: Rung[] = [];
    const rings: { callee: Callee; channels: Channel[] }[] = [];
    const sends: { callee: Callee; channels: Channel[] }[] = [];
    const facts: store.NewFact[] = [];
    const inside = happenings.some((h) => h.what === 'baru') ? await whereabouts.inside(tx, call.meetingId) : new Map<string, Date>();

    for (const h of happenings) {
      if (h.what === 'tidak_ada') facts.push({ ...base, seatId: h.seatId, kind: 'tidak_ada_pengganti' });
      if (h.what === 'kanal') {
        for (const id of h.calleeIds) {
          const callee = changed.get(id) ?? added.get(id) ?? callees.get(id);
          if (callee) sends.push({ callee, channels: h.channels });
          facts.push({ ...base, calleeId: callee?.id ?? id, seatId: h.seatId, kind: 'kanal', detail: h.channels.join(', ') });
        }
      }
      if (h.what === 'dering')
        for (const id of h.calleeIds) {
          const callee = callees.get(id);
          if (!callee) continue;
          const again = rungAgain(callee, at);
          changed.set(id, again);
          rings.push({ callee: again, channels: h.channels });
          facts.push({ ...base, calleeId: id, seatId: h.seatId, kind: 'dering_ulang', detail: null });
        }
      if (h.what === 'baru' || h.what === 'disambung') {
        const { member, n, act, seatId } = h;
        let callee = h.what === 'disambung' ? (added.get(h.calleeId) ?? callees.get(h.calleeId)) : undefined;
        if (!callee) {
          const fresh = newCallee(call, { id: randomUUID(), personId: member.personId, name: member.name }, at);
          callee = inside.has(member.personId) ? joined(fresh, at) : fresh;
          added.set(`baru:${member.personId}`, callee);
          if (h.what === 'baru' && callee.state === 'memanggil') rings.push({ callee, channels: h.channels });
        }
        if (seatId !== null) rung.push({ seatId, n, calleeId: callee.id, as: member.as, label: member.label, why: member.why, at });
        facts.push({ ...base, calleeId: callee.id, seatId, kind: act === 'piket' ? 'piket' : 'pengganti', detail: member.why });
      }
    }

    await letIn(tx, call, [...added.values()], rung, invitees);
    const absent = rings.map(({ callee }) => callee.personId);
    if (absent.length > 0) await ringing.takeOver(tx, call, absent, (e) => stopped(e, 'dibatalkan'));
    await store.saveCallees(tx, [...changed.values()]);
    await store.insertCallees(tx, [...added.values()]);
    await store.insertRung(tx, rung);
    await stopSteps(tx, { calleeIds: [...changed.keys()] }, at);
    await store.insertFacts(tx, facts);
    if (rung.length > 0) await whereabouts.noteQuorum(tx, call);
    await ringing.send(tx, call, sends);
    await ringing.ring(tx, call, rings);
    if (added.size > 0) await tell(tx, [`meeting:${call.meetingId}`, `host:${call.meetingId}`], { type: 'room.changed', meetingId: call.meetingId });
    if (facts.length > 0) await tell(tx, [`call:${call.id}`], { type: 'call.changed', callId: call.id });
  }

  async function letIn(tx: Tx, call: Call, added: readonly Callee[], rung: readonly Rung[], invitees: ReadonlyMap<string, Invitee>): Promise<void> {
    const all = added.flatMap((callee): Invitee[] => {
      const invitee = invitees.get(callee.personId);
      const as = rung.find((r) => r.calleeId === callee.id);
      return invitee && as ? [invitedAs(invitee, as)] : [];
    });
    if (all.length > 0) await meetings.letIn(tx, call.meetingId, call.callerId, all);
  }

  return { sceneOf, happen };
}
