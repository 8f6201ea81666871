// Ringing people: one hop for all their tabs, the other channels through `channels`, and every tab told in the same transaction.
import type { Channel } from '../../shared/calls.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { tellAll, type Live } from '../platform/live.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Call, Callee } from './call.ts';
import type { Channels } from './channels/index.ts';
import { insertTabHops, stopTabHops } from './hops-store.ts';
import { stopSteps } from './steps-store.ts';
import * as store from './store.ts';

export type Silence = 'menjawab' | 'menolak' | 'menyusul' | 'bergabung' | 'dibatalkan' | 'berakhir';
type World = {
  clock: Clock;
  live: Pick<Live, 'openTabs'>;
  meetings: Pick<Meetings, 'ownLinks'>;
  channels: Pick<Channels, 'dispatch' | 'quiet'>;
  origin: string;
};
export type Ringing = ReturnType<typeof createRinging>;

export function createRinging({ clock, live, meetings, channels, origin }: World) {
  /** Everybody rings from this message alone. They are as they are to be: `rounds` counts this one. */
  async function ring(tx: Tx, call: Call, rung: readonly { callee: Callee; channels: readonly Channel[] }[]): Promise<void> {
    if (rung.length === 0) return;
    const now = clock.now();
    const tabs = await live.openTabs(
      tx,
      rung.map(({ callee }) => callee.personId),
    );
    const hops = rung.map(({ callee }) => {
      const open = (tabs.get(callee.personId) ?? 0) > 0;
      const state = open ? ('dikirim' as const) : ('gagal' as const);
      return { calleeId: callee.id, round: callee.rounds, state, detail: open ? null : 'tidak ada tab terbuka', at: now };
    });
    await insertTabHops(tx, hops);
    await send(tx, call, rung);
    const { id: callId, meetingId, subject, sifat, callerName, callerAs } = call;
    const byRound = groupedBy(rung, ({ callee }) => callee.rounds);
    await tellAll(
      tx,
      [...byRound].map(([round, of]) => [
        of.map(({ callee }) => `person:${callee.personId}`),
        { type: 'call.ringing' as const, callId, meetingId, subject, sifat, callerName, callerAs, at: now.toISOString(), round },
      ]),
    );
  }

  /** Over other channels than tabs, in the round these people are in. */
  async function send(tx: Tx, call: Call, rung: readonly { callee: Callee; channels: readonly Channel[] }[]): Promise<void> {
    const { id, meetingId, subject, sifat, callerName, callerAs, placedAt } = call;
    const bySet = groupedBy(rung, (one) => one.channels.filter((channel) => channel !== 'tab').join(','));
    if ([...bySet.keys()].every((key) => key === '')) return;
    // A gateway's text is read on a phone that is signed in to nothing.
    const links = await meetings.ownLinks(
      tx,
      meetingId,
      rung.map(({ callee }) => callee.personId),
    );
    for (const [key, of] of bySet)
      if (key !== '')
        await channels.dispatch(
          tx,
          of.map(({ callee: { id: calleeId, personId, rounds: hopRound } }) => ({
            hopRound,
            calleeId,
            personId,
            call: { id, meetingId, subject, sifat, callerName, callerAs, placedAt },
            link: `${origin}${links.get(personId) ?? `/r/${meetingId}?langsung`}`,
          })),
          key.split(',') as Channel[],
        );
  }

  /** Before anything else of these people is changed: hops come first. Answers what their tabs are told. */
  async function hush(tx: Tx, call: Pick<Call, 'id'>, callees: readonly Callee[], why: Silence): Promise<void> {
    if (callees.length === 0) return;
    const persons = callees.map((e) => e.personId);
    await channels.quiet(tx, call.id, persons, why);
    await stopTabHops(
      tx,
      callees.map((e) => e.id),
      clock.now(),
    );
    await tellAll(tx, [[persons.map((id) => `person:${id}`), { type: 'call.quiet', callId: call.id, why }]]);
  }

  /** Rung for the same meeting in another call: that ringing ends, this one takes its place. Nobody rings twice for one meeting. */
  async function takeOver(tx: Tx, call: Pick<Call, 'id' | 'meetingId'>, personIds: readonly string[], stop: (callee: Callee) => Callee): Promise<void> {
    const others = (await store.calleesAt(tx, [call.meetingId], personIds)).filter((e) => e.callId !== call.id && e.state === 'memanggil');
    if (others.length === 0) return;
    const at = clock.now();
    for (const [id, of] of groupedBy(others, (e) => e.callId)) await hush(tx, { id }, of, 'dibatalkan');
    await store.saveCallees(tx, others.map(stop));
    await stopSteps(tx, { calleeIds: others.map((e) => e.id) }, at);
    await store.insertFacts(
      tx,
      others.map((e) => ({ callId: e.callId, calleeId: e.id, at, kind: 'dibatalkan' as const, detail: 'dipanggil lagi dalam panggilan lain ke rapat ini' })),
    );
    await tellAll(
      tx,
      [...new Set(others.map((e) => e.callId))].map((callId) => [[`call:${callId}`], { type: 'call.changed', callId }]),
    );
  }

  return { ring, send, hush, takeOver };
}

export function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key) ?? [];
    group.push(item);
    groups.set(key, group);
  }
  return groups;
}
