import type { LetterState, MailProblem } from '../../shared/mail.ts';
import type { Tx } from './database.ts';

export type Problem = MailProblem;
export type LetterRow = { id: string; kind: string; ref: string; attempts: number };

/** `once`: what is there stays, except what failed: it gets another chance. */
export async function insertLetters(
  tx: Tx,
  { kind, refs, once, state, at, dueAt }: { kind: string; refs: readonly string[]; once: boolean; state: 'antre' | 'tidak_disetel'; at: Date; dueAt: Date },
): Promise<void> {
  await tx`
    insert into mail.letter (kind, ref, once, state, at, due_at)
    select ${kind}, ref, ${once}, ${state}, ${at}, ${dueAt} from unnest(${[...refs]}::text[]) ref
    on conflict (kind, ref) where once do update
      set state = excluded.state, attempts = 0, problem = null, at = excluded.at, due_at = excluded.due_at, claimed_until = null, done_at = null
      where letter.state in ('gagal', 'tidak_disetel')`;
}

/** The one that is due for longest, held by this process until `until`. */
export async function claimNext(tx: Tx, now: Date, until: Date): Promise<LetterRow | null> {
  const [row] = await tx<LetterRow[]>`
    update mail.letter set claimed_until = ${until}, attempts = attempts + 1 where id = (
      select id from mail.letter where state = 'antre' and due_at <= ${now} and (claimed_until is null or claimed_until <= ${now})
      order by due_at, at, id limit 1 for update skip locked)
    returning id, kind, ref, attempts`;
  return row ?? null;
}

export async function finish(tx: Tx, id: string, state: 'terkirim' | 'gagal' | 'tidak_perlu', problem: Problem | null, at: Date): Promise<void> {
  await tx`update mail.letter set state = ${state}, problem = ${problem}, done_at = ${at}, claimed_until = null where id = ${id}`;
}

export async function putOff(tx: Tx, id: string, problem: Problem, dueAt: Date): Promise<void> {
  await tx`update mail.letter set problem = ${problem}, due_at = ${dueAt}, claimed_until = null where id = ${id} and state = 'antre'`;
}

/** What waited for mail to be set up and is not too old to be of use. */
export async function wakeUnset(tx: Tx, since: Date, now: Date): Promise<void> {
  await tx`update mail.letter set state = 'antre', due_at = ${now} where state = 'tidak_disetel' and at >= ${since}`;
}

export async function giveUp(tx: Tx, before: Date, now: Date): Promise<void> {
  await tx`
    update mail.letter set state = 'gagal', problem = coalesce(problem, 'terlalu_lama'), done_at = ${now}, claimed_until = null
    where state = 'antre' and due_at <= ${now} and at < ${before} and (claimed_until is null or claimed_until <= ${now})`;
}

export async function anythingDue(tx: Tx, now: Date): Promise<boolean> {
  const rows = await tx`
    select 1 from mail.letter where state = 'antre' and due_at <= ${now} and (claimed_until is null or claimed_until <= ${now}) limit 1`;
  return rows.length > 0;
}

/** Something was tried and still waits, ordered before `before`. */
export async function stuck(tx: Tx, before: Date): Promise<boolean> {
  const rows = await tx`select 1 from mail.letter where state = 'antre' and problem is not null and at < ${before} limit 1`;
  return rows.length > 0;
}

export type Counts = { waiting: number; unset: number; failed: number; sent: number };
export async function counts(tx: Tx, since: Date): Promise<Counts> {
  const [row] = await tx<[Counts]>`
    select count(*) filter (where state = 'antre')::int as waiting, count(*) filter (where state = 'tidak_disetel')::int as unset,
      count(*) filter (where state = 'gagal')::int as failed, count(*) filter (where state = 'terkirim')::int as sent
    from mail.letter where at >= ${since} or state = 'antre'`;
  return row;
}

export type ListedRow = {
  id: string;
  kind: string;
  state: 'antre' | 'gagal' | 'tidak_disetel';
  problem: Problem | null;
  attempts: number;
  at: Date;
  dueAt: Date;
};
/** What did not go out yet or at all, newest first. */
export const troubled = (tx: Tx, since: Date, most: number) => tx<ListedRow[]>`
  select id, kind, state, problem, attempts, at, due_at as "dueAt" from mail.letter
  where state in ('antre', 'gagal', 'tidak_disetel') and (at >= ${since} or state = 'antre') order by at desc, id limit ${most}`;

export async function lastOf(tx: Tx, kind: string, ref: string): Promise<{ state: LetterState; problem: Problem | null; at: Date } | null> {
  const [row] = await tx<{ state: LetterState; problem: Problem | null; at: Date }[]>`
    select state, problem, at from mail.letter where kind = ${kind} and ref = ${ref} order by at desc limit 1`;
  return row ?? null;
}

/** By id, of the newest one each. */
export async function statesOf(tx: Tx, kind: string, refs: readonly string[]): Promise<Map<string, LetterState>> {
  if (refs.length === 0) return new Map();
  const rows = await tx<{ ref: string; state: LetterState }[]>`
    select distinct on (ref) ref, state from mail.letter where kind = ${kind} and ref = any(${[...refs]}::text[]) order by ref, at desc`;
  return new Map(rows.map(({ ref, state }) => [ref, state]));
}

export type LetterOutcome = { state: LetterState; problem: Problem | null; doneAt: Date | null };
/** By id, of those that are sent once. */
export async function outcomesOf(tx: Tx, kind: string, refs: readonly string[]): Promise<Map<string, LetterOutcome>> {
  if (refs.length === 0) return new Map();
  const rows = await tx<(LetterOutcome & { ref: string })[]>`
    select ref, state, problem, done_at as "doneAt" from mail.letter where kind = ${kind} and once and ref = any(${[...refs]}::text[])`;
  return new Map(rows.map(({ ref, ...outcome }) => [ref, outcome]));
}

/** Letters of a kind whose ids begin with this, and when the first one was asked for. */
export async function asked(tx: Tx, kind: string, prefix: string): Promise<{ letters: number; firstAt: Date | null }> {
  const [row] = await tx<[{ letters: number; firstAt: Date | null }]>`
    select count(*)::int as letters, min(at) as "firstAt" from mail.letter where kind = ${kind} and starts_with(ref, ${prefix})`;
  return row;
}
