// SQL of the desk: mandates, saved groups, ladders, and what was called before.
import type { LadderStep, SavedGroup } from '../../../shared/calls.ts';
import type { Sifat } from '../../../shared/meetings.ts';
import type { Tx } from '../../platform/database.ts';

export type MandateRow = {
  id: string;
  opdId: string;
  giverId: string;
  holderId: string;
  from: string;
  until: string | null;
  basis: string;
  givenAt: Date;
  revokedAt: Date | null;
  revokedBy: string | null;
};
const mandate = (tx: Tx) => tx`
  id, opd_id as "opdId", giver_id as "giverId", holder_id as "holderId", lower(held)::text as "from", (upper(held) - 1)::text as until, basis,
  given_at as "givenAt", revoked_at as "revokedAt", revoked_by as "revokedBy" from calls.mandate`;

export const mandatesHeldBy = (tx: Tx, personId: string) => tx<MandateRow[]>`
  select ${mandate(tx)} where holder_id = ${personId} and revoked_at is null order by given_at, id`;

/** Given or held by this person, or of these OPDs; those that ended before a day are left out. */
export const mandatesSeenBy = (tx: Tx, personId: string, opdIds: readonly string[], since: string) => tx<MandateRow[]>`
  select ${mandate(tx)} where (giver_id = ${personId} or holder_id = ${personId} or opd_id = any(${[...opdIds]}::uuid[]))
    and coalesce(upper(held) - 1, 'infinity') >= ${since}::date and coalesce(revoked_at, 'infinity') >= ${since}::date
  order by given_at desc, id limit 500`;

export const mandateById = async (tx: Tx, id: string): Promise<MandateRow | null> =>
  (await tx<MandateRow[]>`select ${mandate(tx)} where id = ${id}`)[0] ?? null;

/** Mandates of an OPD are given one after another. */
export const lockMandates = (tx: Tx, opdId: string) => tx`select pg_advisory_xact_lock(hashtext('calls.mandate'), hashtext(${opdId}))`;

export async function isHeldWithin(tx: Tx, opdId: string, holderId: string, { from, until }: { from: string; until: string | null }): Promise<boolean> {
  const [row] = await tx`
    select from calls.mandate where opd_id = ${opdId} and holder_id = ${holderId} and revoked_at is null and held && daterange(${from}, ${until}, '[]')`;
  return row !== undefined;
}

type NewMandate = Pick<MandateRow, 'opdId' | 'giverId' | 'holderId' | 'from' | 'until' | 'basis' | 'givenAt'>;
export async function insertMandate(tx: Tx, m: NewMandate): Promise<MandateRow> {
  const [row] = await tx<{ id: string }[]>`
    insert into calls.mandate (opd_id, giver_id, holder_id, held, basis, given_at)
    values (${m.opdId}, ${m.giverId}, ${m.holderId}, daterange(${m.from}, ${m.until}, '[]'), ${m.basis}, ${m.givenAt}) returning id`;
  return { ...m, id: row!.id, revokedAt: null, revokedBy: null };
}

export const revokeMandate = (tx: Tx, id: string, by: string, at: Date) => tx`
  update calls.mandate set revoked_at = ${at}, revoked_by = ${by} where id = ${id} and revoked_at is null`;

type Choice = SavedGroup['choice'];
export const groupsOf = (tx: Tx, ownerId: string) => tx<SavedGroup[]>`
  select id, name, choice from calls.saved_group where owner_id = ${ownerId} and removed_at is null order by lower(name), id`;

/** Groups of one owner are saved one after another. */
export const lockGroups = (tx: Tx, ownerId: string) => tx`select pg_advisory_xact_lock(hashtext('calls.saved_group'), hashtext(${ownerId}))`;

/** Takes the place of the one of the same name. */
export async function saveGroup(tx: Tx, ownerId: string, name: string, choice: Choice, at: Date): Promise<string> {
  const [former] = await tx<{ id: string }[]>`
    update calls.saved_group set name = ${name}, choice = ${tx.json(choice)}, saved_at = ${at}
    where owner_id = ${ownerId} and lower(name) = lower(${name}) and removed_at is null returning id`;
  if (former) return former.id;
  const [row] = await tx<{ id: string }[]>`
    insert into calls.saved_group (owner_id, name, choice, saved_at) values (${ownerId}, ${name}, ${tx.json(choice)}, ${at}) returning id`;
  return row!.id;
}

/** Whether it was this owner's; removing twice is removing once. */
export async function removeGroup(tx: Tx, ownerId: string, id: string, at: Date): Promise<boolean> {
  const [row] = await tx`update calls.saved_group set removed_at = coalesce(removed_at, ${at}) where id = ${id} and owner_id = ${ownerId} returning id`;
  return row !== undefined;
}

export type LadderRow = { sifat: Sifat; steps: LadderStep[]; basis: string; setBy: string | null; setAt: Date };
export const newestLadders = (tx: Tx) => tx<LadderRow[]>`
  select distinct on (sifat) sifat, steps, basis, set_by as "setBy", set_at as "setAt" from calls.ladder order by sifat, id desc`;
export const insertLadder = (tx: Tx, { sifat, steps, basis, setBy, setAt }: LadderRow) => tx`
  insert into calls.ladder (sifat, steps, basis, set_by, set_at) values (${sifat}, ${tx.json(steps)}, ${basis}, ${setBy}, ${setAt})`;

export const lockCaller = (tx: Tx, callerId: string) => tx`select pg_advisory_xact_lock(hashtext('calls.call'), hashtext(${callerId}))`;

export async function placedSince(tx: Tx, callerId: string, after: Date): Promise<number> {
  const [row] = await tx<{ n: number }[]>`select count(*)::int as n from calls.call where caller_id = ${callerId} and placed_at > ${after}`;
  return row?.n ?? 0;
}

export type FormerCall = { id: string; subject: string; placedAt: Date; people: number };
export async function lastCallOf(tx: Tx, callerId: string): Promise<FormerCall | null> {
  const [row] = await tx<FormerCall[]>`
    select c.id, c.subject, c.placed_at as "placedAt", (select count(*)::int from calls.callee e where e.call_id = c.id) as people
    from calls.call c where c.caller_id = ${callerId} order by c.placed_at desc limit 1`;
  return row ?? null;
}

/** What an own call called: posts, and people by name. Null = not a call of this caller. */
export async function calledIn(tx: Tx, callerId: string, callId: string): Promise<{ positions: string[]; people: string[] } | null> {
  const [row] = await tx<{ positions: string[]; people: string[] }[]>`
    select coalesce(array_agg(s.position_id order by s.no) filter (where s.position_id is not null), '{}') as positions,
      coalesce(array_agg((s.chain->0->>'personId')::uuid order by s.no) filter (where s.position_id is null and s.chain->0 is not null), '{}') as people
    from calls.call c join calls.seat s on s.call_id = c.id where c.id = ${callId} and c.caller_id = ${callerId} group by c.id`;
  return row ?? null;
}
