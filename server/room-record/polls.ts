// Polls: asked by who leads, answered from inside the room, counted when closed. A verb is one transaction.
import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import type { BodyOf } from '../../shared/endpoint.ts';
import type * as wire from '../../shared/polls.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Access, Here, Officers } from './access.ts';
import * as rules from './poll-rules.ts';
import * as store from './poll-store.ts';
import { newHalf, open as unseal, seal } from './sealing.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'persons'>;
  meetings: Pick<Meetings, 'dossier'>;
  rooms: Pick<Rooms, 'membersInside'>;
  access: Access;
  officers: Officers;
  secret: string;
  formerSecret?: string | null;
};
type Polls = z.input<typeof wire.Polls>;
type Row = store.PollRow;
/** Who could vote in a meeting, and who is inside of them. */
type Electorate = { electors: rules.Elector[]; inside: Set<string> };

const MOST = 50;
const votersText: Record<wire.PollVoters, string> = { hadir: 'peserta di dalam rapat', jabatan: 'jabatan yang diundang', unit: 'unit yang diundang' };
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function createPolls({ sql, clock, people, meetings, rooms, access, officers, secret, formerSecret = null }: World) {
  async function electorateOf(tx: Tx, meetingId: string): Promise<Electorate> {
    const meeting = (await meetings.dossier(tx, meetingId)) ?? refuse('not_found');
    const persons = await people.persons(
      tx,
      meeting.invitations.flatMap((i) => i.personId ?? []),
    );
    const deputies = await officers.deputies(tx, meetingId);
    const electors = meeting.invitations.map((i): rules.Elector => {
      const person = i.personId === null ? undefined : persons.get(i.personId);
      const post = person?.positions.find((p) => p.label === i.position) ?? person?.positions[0];
      const unitName = person?.unit?.name ?? i.opdName ?? i.institution ?? '';
      return {
        member: i.member,
        personId: i.personId,
        name: i.name,
        badge: i.badge,
        rank: i.rank,
        position: post ? { id: post.positionId, title: post.label } : null,
        unit: { key: person?.unit?.id ?? unitName, name: unitName },
        standsFor: deputies.get(i.member) ?? null,
      };
    });
    return { electors, inside: new Set(meeting.roomId === null ? [] : await rooms.membersInside(tx, meeting.roomId)) };
  }

  /** Who voted, and for what where that is anybody's to know. */
  async function castIn(tx: Tx, polls: readonly Row[]): Promise<Map<string, Omit<rules.Cast, 'choices'>[]>> {
    const open = polls.filter(({ state }) => state === 'dibuka');
    const ids = (secret_: boolean): string[] => open.filter((poll) => poll.secret === secret_).map(({ id }) => id);
    const named = await store.votesOf(tx, ids(false));
    const sealed = await store.sealedOf(tx, ids(true));
    return new Map(
      open.map(({ id }) => [id, rules.newestOf<Omit<rules.Cast, 'choices'> & { pollId: string }>([...named, ...sealed].filter(({ pollId }) => pollId === id))]),
    );
  }

  async function viewed(tx: Tx, here: Here): Promise<Polls> {
    const rows = (await store.pollsOf(tx, here.meeting.id)).filter(({ state }) => state !== 'dicabut' && (state !== 'disiapkan' || here.leads));
    const electorate = rows.some(({ state }) => state === 'dibuka') ? await electorateOf(tx, here.meeting.id) : { electors: [], inside: new Set<string>() };
    const cast = await castIn(tx, rows);
    const running = here.meeting.state === 'berlangsung';
    return {
      polls: rows.map((row) => view(row, here, electorate, cast.get(row.id) ?? [], running)),
      you: { mayAsk: here.leads && running },
      serverTime: clock.now().toISOString(),
    };
  }

  function view(row: Row, { member }: Here, { electors, inside }: Electorate, cast: Omit<rules.Cast, 'choices'>[], running: boolean): Polls['polls'][number] {
    const { id, no, kind, question, choices, multiple, secret: isSecret, voters, live, state, deadline, byName, openedAt, closedAt, result } = row;
    const seats = state === 'dibuka' ? rules.seatsOf(voters, electors) : [];
    const seat = rules.seatOfMember(seats, member);
    const own = seat ? cast.find((one) => one.seat === seat.seat) : undefined;
    const turnout = result?.turnout ?? rules.turnoutOf(voters, seats, inside, cast);
    const named = isSecret ? [] : (cast as rules.Cast[]);
    const now =
      live && state === 'dibuka'
        ? {
            choices: rules.countOf(
              choices,
              named.map((one) => ({ choices: one.choices, by: one.name })),
            ),
            turnout,
          }
        : null;
    return {
      id,
      no,
      kind,
      question,
      choices,
      multiple,
      secret: isSecret,
      voters,
      live,
      state,
      byName,
      deadline: iso(deadline),
      openedAt: iso(openedAt),
      closedAt: iso(closedAt),
      voted: turnout.voted,
      of: turnout.of,
      result: result ?? now,
      you: {
        seat: seat?.name ?? null,
        mayVote: running && state === 'dibuka' && seat !== null && inside.has(member) && rules.maySpeak(seat, member, own),
        voted: own?.member === member,
        choices: !isSecret && own?.member === member ? ((own as rules.Cast).choices ?? []) : [],
      },
    };
  }

  const told = (tx: Tx, meetingId: string): Promise<void> => tell(tx, [`meeting:${meetingId}`], { type: 'polls.changed', meetingId });

  /** Those whose time is over are counted by whoever looks first. */
  async function closeDue(tx: Tx, meetingId: string): Promise<void> {
    const isDue = (row: Row): boolean => rules.stateAt(row, clock.now()) === 'habis';
    if (!(await store.pollsOf(tx, meetingId)).some(isDue)) return;
    await store.lockPolls(tx, meetingId);
    for (const row of (await store.pollsOf(tx, meetingId)).filter(isDue))
      await close(tx, meetingId, row, { byId: null, byName: null, at: row.deadline ?? clock.now() });
  }

  async function read(caller: Caller, meetingId: string): Promise<Polls> {
    return sql.begin(async (tx) => {
      const here = await access.here(tx, caller, meetingId);
      await closeDue(tx, meetingId);
      return viewed(tx, here);
    });
  }

  /** Locks, looks who it is, acts, tells, answers the whole. `act` answers false where nothing came of it. */
  async function at(caller: Caller, meetingId: string, act: (tx: Tx, here: Here) => Promise<unknown>): Promise<Polls> {
    return sql.begin(async (tx) => {
      await store.lockPolls(tx, meetingId);
      const here = await access.here(tx, caller, meetingId);
      await access.mustRun(tx, here);
      await closeDue(tx, meetingId);
      if ((await act(tx, here)) !== false) await told(tx, meetingId);
      return viewed(tx, here);
    });
  }
  const by = ({ caller, name }: Here) => ({ byId: caller.person?.id ?? null, byName: name, at: clock.now() });
  const mustLead = ({ leads }: Here): void => void (leads || refuse('proceedings.not_writer'));
  const must = async (tx: Tx, meetingId: string, id: string): Promise<Row> =>
    (await store.pollsOf(tx, meetingId)).find((row) => row.id === id) ?? refuse('not_found');

  const ask = (caller: Caller, meetingId: string, { key, open, choices, ...given }: BodyOf<typeof wire.postPoll>): Promise<Polls> =>
    at(caller, meetingId, async (tx, here) => {
      mustLead(here);
      if (given.secret && given.live) refuse('poll.secret_live', {}, [{ path: 'live', message: 'tidak untuk jajak rahasia' }]);
      const known = await store.pollsOf(tx, meetingId);
      if (known.some(({ id }) => id === key)) return false;
      if (await store.isTaken(tx, key)) refuse('input.invalid', {}, [{ path: 'key', message: 'kunci sudah dipakai' }]);
      if (known.length >= MOST) refuse('record.full');
      const no = Math.max(0, ...known.map((row) => row.no)) + 1;
      const poll = { id: key, no, ...given, choices: choices.map((text, n) => ({ id: n + 1, text })), ...by(here) };
      await store.insertPoll(tx, meetingId, poll);
      await store.addStep(tx, meetingId, { pollId: key, state: 'disiapkan', deadline: null, result: null, ...by(here) });
      if (open) await begin(tx, here, poll);
      return true;
    });

  async function begin(tx: Tx, here: Here, { id, minutes, secret: isSecret }: Pick<Row, 'id' | 'minutes' | 'secret'>): Promise<void> {
    const deadline = minutes === null ? null : new Date(clock.now().getTime() + minutes * 60_000);
    if (isSecret) await store.insertHalf(tx, id, newHalf());
    await store.addStep(tx, here.meeting.id, { pollId: id, state: 'dibuka', deadline, result: null, ...by(here) });
  }

  const openOne = (caller: Caller, meetingId: string, id: string): Promise<Polls> =>
    at(caller, meetingId, async (tx, here) => {
      mustLead(here);
      const row = await must(tx, meetingId, id);
      if (row.state === 'dibuka') return false;
      if (row.state !== 'disiapkan') refuse('poll.over');
      return begin(tx, here, row);
    });

  const closeOne = (caller: Caller, meetingId: string, id: string): Promise<Polls> =>
    at(caller, meetingId, async (tx, here) => {
      mustLead(here);
      const row = await must(tx, meetingId, id);
      if (row.closedAt !== null) return false;
      if (row.state === 'dibuka') return close(tx, meetingId, row, by(here));
      return store.addStep(tx, meetingId, { pollId: id, state: 'dicabut', deadline: null, result: null, ...by(here) });
    });

  /** Counts, and writes what is kept: of a named poll the result; of a secret one also who voted, by name, and the marks, shuffled. */
  async function close(tx: Tx, meetingId: string, row: Row, closing: { byId: string | null; byName: string | null; at: Date }): Promise<void> {
    const { electors, inside } = await electorateOf(tx, meetingId);
    const seats = rules.seatsOf(row.voters, electors);
    const counted = row.secret ? await unsealed(tx, meetingId, row, closing.at) : await namedVotes(tx, row);
    if (!counted) {
      // Another secret than the one it was sealed with: it cannot be counted, and holds up neither the meeting nor its end.
      await store.addStep(tx, meetingId, { pollId: row.id, state: 'dicabut', deadline: null, result: null, ...closing });
      return told(tx, meetingId);
    }
    const { votes, voted } = counted;
    const result = { choices: rules.countOf(row.choices, votes), turnout: rules.turnoutOf(row.voters, seats, inside, voted) };
    await store.addStep(tx, meetingId, { pollId: row.id, state: 'ditutup', deadline: null, result, ...closing });
    await told(tx, meetingId);
  }

  async function namedVotes(tx: Tx, { id, voters }: Row) {
    const voted = rules.newestOf(await store.votesOf(tx, [id]));
    return { voted, votes: voted.map(({ choices, name, seatName }) => ({ choices, by: voters === 'hadir' ? name : `${seatName} (${name})` })) };
  }

  async function unsealed(tx: Tx, meetingId: string, { id }: Row, at: Date) {
    const half = await store.halfOf(tx, id);
    const voted = (await store.sealedOf(tx, [id])).toSorted((a, b) => a.name.localeCompare(b.name, 'id') || a.seat.localeCompare(b.seat));
    const ballots = half && opened(half, id, voted);
    await store.dropSealed(tx, id);
    if (!ballots) return null;
    await store.addVoters(tx, meetingId, id, voted, at);
    await store.addBallots(
      tx,
      meetingId,
      id,
      rules.boxOf(ballots, (n) => randomInt(n)),
    );
    return { voted, votes: ballots.map((choices) => ({ choices, by: null })) };
  }

  function opened(half: Buffer, pollId: string, rows: readonly store.SealedRow[]): number[][] | null {
    const one = (row: { pollId: string; seat: string; sealed: Buffer }): number[] => {
      try {
        return unseal(secret, half, row);
      } catch (error) {
        if (formerSecret === null) throw error;
        return unseal(formerSecret, half, row);
      }
    };
    try {
      return rows.map(({ seat, sealed }) => one({ pollId, seat, sealed }));
    } catch {
      return null;
    }
  }

  const vote = (caller: Caller, meetingId: string, id: string, chosen: readonly number[]): Promise<Polls> =>
    at(caller, meetingId, async (tx, here) => {
      const row = await must(tx, meetingId, id);
      if (row.state === 'disiapkan') refuse('poll.not_open');
      if (row.state !== 'dibuka') refuse('poll.over');
      const choices = rules.mustBeChoice(chosen, { count: row.choices.length, multiple: row.multiple });
      const { electors, inside } = await electorateOf(tx, meetingId);
      const seat = rules.seatOfMember(rules.seatsOf(row.voters, electors), here.member) ?? refuse('poll.no_voice', { voters: votersText[row.voters] });
      if (!inside.has(here.member)) refuse('decision.not_inside');
      const before = (await castIn(tx, [row])).get(id)?.find((one) => one.seat === seat.seat);
      if (!rules.maySpeak(seat, here.member, before)) refuse('poll.spoken_for', { seat: seat.name, name: before?.name ?? '' });
      const { rank } = seat.members.find(({ member }) => member === here.member)!;
      const cast = { seat: seat.seat, seatName: seat.name, unitName: seat.unitName, member: here.member, rank, name: here.name };
      if (row.secret) {
        const half = (await store.halfOf(tx, id)) ?? refuse('poll.over');
        return store.putSealed(tx, meetingId, { ...cast, pollId: id, sealed: seal(secret, half, { pollId: id, seat: seat.seat, choices }) });
      }
      if (before?.member === here.member && (before as rules.Cast).choices.join() === choices.join()) return false;
      return store.addVote(tx, meetingId, id, { ...cast, choices }, clock.now());
    });

  /** What was open is counted with the end of the meeting; what was only prepared goes. */
  async function endAll(tx: Tx, meetingId: string): Promise<void> {
    await store.lockPolls(tx, meetingId);
    for (const row of await store.pollsOf(tx, meetingId)) {
      const closing = { byId: null, byName: null, at: clock.now() };
      if (row.state === 'dibuka') await close(tx, meetingId, row, closing);
      if (row.state === 'disiapkan') await store.addStep(tx, meetingId, { pollId: row.id, state: 'dicabut', deadline: null, result: null, ...closing });
    }
  }

  /** Closed ones in order, for the record and the notulen; no access check. */
  async function recorded(tx: Tx, meetingId: string): Promise<wire.RecordedPoll[]> {
    await closeDue(tx, meetingId);
    const rows = await store.pollsOf(tx, meetingId);
    return rows
      .toReversed()
      .flatMap(({ id, no, kind, question, choices, multiple, secret: isSecret, voters, byName, openedAt, closedAt, state, result }) =>
        state === 'ditutup' && result
          ? [{ id, no, kind, question, choices, multiple, secret: isSecret, voters, byName, openedAt: iso(openedAt), closedAt: iso(closedAt), result }]
          : [],
      );
  }

  return { read, ask, openOne, closeOne, vote, endAll, recorded };
}
