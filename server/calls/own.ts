// What calls know of one person, for that person: when they were called and for what, how they were reached, what they answered; and the calls they placed.
import type { CalleeState, Channel } from '../../shared/calls.ts';
import type { Tx } from '../platform/database.ts';

export type OwnCall = {
  callId: string;
  placedAt: Date;
  subject: string;
  callerName: string;
  callerAs: string;
  /** For which posts; empty: this person placed it. */
  youAs: string[];
  state: CalleeState | null;
  reason: string | null;
  rounds: number;
  /** By which it was tried. */
  channels: Channel[];
  reachedBy: Channel | null;
  joinedAt: Date | null;
};

/** Newest first. */
export const ownCalls = (tx: Tx, personId: string, from: Date, to: Date): Promise<OwnCall[]> => tx<OwnCall[]>`
  select c.id as "callId", c.placed_at as "placedAt", c.subject, c.caller_name as "callerName", c.caller_as as "callerAs",
    coalesce((select array_agg(distinct r.label) from calls.rung r where r.callee_id = e.id), '{}') as "youAs",
    e.state, e.reason, coalesce(e.rounds, 0) as rounds,
    coalesce((select array_agg(distinct h.channel) from calls.hop h where h.callee_id = e.id), '{}') as channels,
    e.reached_by as "reachedBy", e.joined_at as "joinedAt"
  from calls.call c left join calls.callee e on e.call_id = c.id and e.person_id = ${personId}
  where (e.id is not null or c.caller_id = ${personId}) and c.placed_at >= ${from} and c.placed_at < ${to}
  order by c.placed_at desc, c.id limit 500`;
