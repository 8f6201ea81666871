// SQL of polls. Of a secret one nothing is added to the record before it closes.
import type { PollKind, PollResult, PollState, PollVoters } from '../../shared/polls.ts';
import type { Tx } from '../platform/database.ts';
import type { Cast } from './poll-rules.ts';

type By = { byId: string | null; byName: string; at: Date };
export type PollRow = By & {
  id: string;
  no: number;
  kind: PollKind;
  question: string;
  choices: { id: number; text: string }[];
  multiple: boolean;
  secret: boolean;
  voters: PollVoters;
  live: boolean;
  minutes: number | null;
  state: PollState;
  deadline: Date | null;
  openedAt: Date | null;
  closedAt: Date | null;
  result: PollResult | null;
};

/** Whoever changes the polls of one meeting does it one after another. */
export const lockPolls = async (tx: Tx, meetingId: string): Promise<void> =>
  void (await tx`select pg_advisory_xact_lock(hashtext('room_record.poll'), hashtext(${meetingId}))`);

/** Newest first. */
export const pollsOf = (tx: Tx, meetingId: string): Promise<PollRow[]> => tx<PollRow[]>`
  select p.id, p.no, p.kind, coalesce(p.question, '') as question, coalesce(p.choices, '[]') as choices, p.multiple, p.secret, p.voters, p.live, p.minutes, p.by_id as "byId",
    coalesce(p.by_name, '') as "byName", p.at, s.state, o.deadline, o.at as "openedAt", case when s.state in ('ditutup', 'dicabut') then s.at end as "closedAt", s.result
  from room_record.poll p
    join lateral (select state, at, result from room_record.poll_step where poll_id = p.id order by id desc limit 1) s on true
    left join room_record.poll_step o on o.poll_id = p.id and o.state = 'dibuka'
  where p.meeting_id = ${meetingId} order by p.no desc`;
export const isTaken = async (tx: Tx, id: string): Promise<boolean> => (await tx`select from room_record.poll where id = ${id}`).count > 0;
export const insertPoll = async (tx: Tx, meetingId: string, p: Omit<PollRow, 'state' | 'deadline' | 'openedAt' | 'closedAt' | 'result'>): Promise<void> =>
  void (await tx`
    insert into room_record.poll (id, meeting_id, no, kind, question, choices, multiple, secret, voters, live, minutes, by_id, by_name, at)
    values (${p.id}, ${meetingId}, ${p.no}, ${p.kind}, ${p.question}, ${tx.json(p.choices)}, ${p.multiple}, ${p.secret}, ${p.voters}, ${p.live}, ${p.minutes}, ${p.byId}, ${p.byName}, ${p.at})`);
export const addStep = async (
  tx: Tx,
  meetingId: string,
  s: Omit<By, 'byName'> & { byName: string | null; pollId: string; state: PollState; deadline: Date | null; result: PollResult | null },
): Promise<void> =>
  void (await tx`
    insert into room_record.poll_step (poll_id, meeting_id, state, deadline, result, by_id, by_name, at)
    values (${s.pollId}, ${meetingId}, ${s.state}, ${s.deadline}, ${s.result && tx.json(s.result)}, ${s.byId}, ${s.byName}, ${s.at})`);

/** Named votes in the order in which they were cast. */
export const votesOf = (tx: Tx, pollIds: readonly string[]): Promise<(Cast & { pollId: string })[]> => tx<(Cast & { pollId: string })[]>`
  select poll_id as "pollId", coalesce(seat, '') as seat, coalesce(seat_name, '') as "seatName", coalesce(unit_name, '') as "unitName", coalesce(member, '') as member,
    coalesce(rank, 0) as rank, coalesce(name, '') as name, choices
  from room_record.vote where poll_id = any(${[...pollIds]}::uuid[]) order by id`;
export const addVote = async (tx: Tx, meetingId: string, pollId: string, v: Cast, at: Date): Promise<void> =>
  void (await tx`
    insert into room_record.vote (poll_id, meeting_id, seat, seat_name, unit_name, rank, member, name, choices, at)
    values (${pollId}, ${meetingId}, ${v.seat}, ${v.seatName}, ${v.unitName}, ${v.rank}, ${v.member}, ${v.name}, ${tx.json(v.choices)}, ${at})`);

export type SealedRow = Omit<Cast, 'choices'> & { pollId: string; sealed: Buffer };
export const insertHalf = async (tx: Tx, pollId: string, half: Buffer): Promise<void> =>
  void (await tx`insert into room_record.poll_key (poll_id, half) values (${pollId}, ${half})`);
export const halfOf = async (tx: Tx, pollId: string): Promise<Buffer | null> =>
  (await tx<{ half: Buffer }[]>`select half from room_record.poll_key where poll_id = ${pollId}`)[0]?.half ?? null;
export const sealedOf = (tx: Tx, pollIds: readonly string[]): Promise<SealedRow[]> => tx<SealedRow[]>`
  select poll_id as "pollId", seat, seat_name as "seatName", unit_name as "unitName", member, rank, name, sealed from room_record.sealed
  where poll_id = any(${[...pollIds]}::uuid[])`;
export const putSealed = async (tx: Tx, meetingId: string, s: SealedRow): Promise<void> =>
  void (await tx`
    insert into room_record.sealed (poll_id, meeting_id, seat, seat_name, unit_name, member, rank, name, sealed)
    values (${s.pollId}, ${meetingId}, ${s.seat}, ${s.seatName}, ${s.unitName}, ${s.member}, ${s.rank}, ${s.name}, ${s.sealed})
    on conflict (poll_id, seat) do update set member = excluded.member, rank = excluded.rank, name = excluded.name, sealed = excluded.sealed`);
/** What was sealed and what could open it are gone. */
export async function dropSealed(tx: Tx, pollId: string): Promise<void> {
  await tx`delete from room_record.sealed where poll_id = ${pollId}`;
  await tx`delete from room_record.poll_key where poll_id = ${pollId}`;
}
export const addVoters = async (
  tx: Tx,
  meetingId: string,
  pollId: string,
  voters: readonly Omit<SealedRow, 'sealed' | 'pollId'>[],
  at: Date,
): Promise<void> => {
  for (const v of voters)
    await tx`
      insert into room_record.voter (poll_id, meeting_id, seat_name, unit_name, member, name, at)
      values (${pollId}, ${meetingId}, ${v.seatName}, ${v.unitName}, ${v.member}, ${v.name}, ${at})`;
};
export const addBallots = async (tx: Tx, meetingId: string, pollId: string, marks: readonly number[]): Promise<void> =>
  void (
    marks.length > 0 &&
    (await tx`
      insert into room_record.ballot (poll_id, meeting_id, choice)
      select ${pollId}, ${meetingId}, m.choice from unnest(${[...marks]}::int[]) with ordinality as m (choice, n) order by m.n`)
  );
