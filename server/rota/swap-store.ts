// SQL of swaps and what became of them.
import type { DayCode } from '../../shared/roster.ts';
import type { SwapState } from '../../shared/rota.ts';
import type { Tx } from '../platform/database.ts';
import type { By } from './store.ts';

export type SwapRow = {
  id: string;
  planId: string;
  opdId: string;
  state: SwapState;
  askerId: string;
  askerDate: string;
  askerCode: DayCode;
  askerShift: string | null;
  otherId: string;
  otherDate: string;
  otherCode: DayCode;
  otherShift: string | null;
  note: string | null;
  askedAt: Date;
};
const columns = (tx: Tx) => tx`
  s.id, s.plan_id as "planId", p.opd_id as "opdId", s.asker_id as "askerId", s.asker_date as "askerDate", s.asker_code as "askerCode", s.asker_shift as "askerShift",
  s.other_id as "otherId", s.other_date as "otherDate", s.other_code as "otherCode", s.other_shift as "otherShift", s.note, s.asked_at as "askedAt",
  (select t.state from rota.swap_step t where t.swap_id = s.id order by t.id desc limit 1) as state
  from rota.swap s join rota.plan p on p.id = s.plan_id`;

/** Of a person, and of an OPD where told; the newest first. */
export const swapsOf = (tx: Tx, { personId, opdId }: { personId: string; opdId: string | null }) => tx<SwapRow[]>`
  select ${columns(tx)} where s.asker_id = ${personId} or s.other_id = ${personId} or p.opd_id = ${opdId}::uuid order by s.asked_at desc, s.id limit 300`;
export const swapById = async (tx: Tx, id: string): Promise<SwapRow | null> => (await tx<SwapRow[]>`select ${columns(tx)} where s.id = ${id}`)[0] ?? null;
/** Held first, read after: what it came to while one waited is seen. */
export async function lockSwap(tx: Tx, id: string): Promise<SwapRow | null> {
  await tx`select from rota.swap where id = ${id} for update`;
  return swapById(tx, id);
}
/** How many wait: for the word of a person, or to be approved in an OPD. */
export const waitingSwaps = async (tx: Tx, where: { otherId: string } | { opdId: string }): Promise<number> =>
  (
    await tx<{ n: number }[]>`
      select count(*)::int as n from rota.swap s join rota.plan p on p.id = s.plan_id
      where (select t.state from rota.swap_step t where t.swap_id = s.id order by t.id desc limit 1) = ${'otherId' in where ? 'diminta' : 'disepakati'}
        and ${'otherId' in where ? tx`s.other_id = ${where.otherId}` : tx`p.opd_id = ${where.opdId}`}`
  )[0]?.n ?? 0;
/** One that is not over yet, of the same two and days. */
export const openSwap = async (tx: Tx, s: Pick<SwapRow, 'planId' | 'askerId' | 'askerDate' | 'otherId' | 'otherDate'>): Promise<string | null> =>
  (
    await tx<{ id: string }[]>`
    select s.id from rota.swap s where s.plan_id = ${s.planId} and s.asker_id = ${s.askerId} and s.asker_date = ${s.askerDate} and s.other_id = ${s.otherId}
      and s.other_date = ${s.otherDate} and not exists (select from rota.swap_step t where t.swap_id = s.id and t.state in ('disahkan', 'ditolak', 'dibatalkan')) limit 1`
  )[0]?.id ?? null;
export async function insertSwap(tx: Tx, s: Omit<SwapRow, 'id' | 'opdId' | 'state'>): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into rota.swap (plan_id, asker_id, asker_date, asker_code, asker_shift, other_id, other_date, other_code, other_shift, note, asked_at)
    values (${s.planId}, ${s.askerId}, ${s.askerDate}, ${s.askerCode}, ${s.askerShift}, ${s.otherId}, ${s.otherDate}, ${s.otherCode}, ${s.otherShift}, ${s.note}, ${s.askedAt})
    returning id`;
  if (!row) throw new Error('swap was not inserted');
  return row.id;
}
export const insertSwapStep = async (tx: Tx, swapId: string, { state, words, by }: { state: SwapState; words: string | null; by: By }): Promise<void> =>
  void (await tx`
    insert into rota.swap_step (swap_id, state, words, by_id, by_name, at) values (${swapId}, ${state}, ${words}, ${by.id}, ${by.name}, ${by.at})`);
export const swapSteps = (tx: Tx, swapIds: readonly string[]) => tx<{ swapId: string; state: SwapState; words: string | null; byName: string; at: Date }[]>`
  select swap_id as "swapId", state, words, coalesce(by_name, '–') as "byName", at from rota.swap_step where swap_id = any(${[...swapIds]}::uuid[]) order by id`;
