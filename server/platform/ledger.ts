// The ledger as the portal uses it. Chaining itself is the database's work (migrations/0006-ledger.sql): whoever inserts, it is linked.
import type { Sql, Tx } from './database.ts';

/** One root covers every stream up to a moment; `root` is 64 hexadecimal digits. */
export type Root = { n: number; at: Date; root: string };

/** Before adding to more than one stream in a transaction: in the order of their names, so that two writers cannot wait for each other. */
export const lockStreams = async (tx: Tx, streams: readonly string[]): Promise<void> => void (await tx`select ledger.lock_streams(${[...streams]})`);

/** After commit of what it should cover. The last root again when nothing is new; null in an empty ledger. */
export async function takeRoot(sql: Sql, now: Date): Promise<Root | null> {
  const [row] = await sql<{ n: number | null; at: Date; root: string }[]>`select n, at, encode(root, 'hex') as root from ledger.take_root(${now})`;
  return row && row.n !== null ? { n: row.n, at: row.at, root: row.root } : null;
}

/** For paper: `Akar buku bukti #57 · 23 November 2026 · ab12 cd34 …`, all 64 digits, the day as in Jakarta. */
export function rootText({ n, at, root }: Root): string {
  const day = new Intl.DateTimeFormat('id-ID', { dateStyle: 'long', timeZone: 'Asia/Jakarta' }).format(at);
  return `Akar buku bukti #${n} · ${day} · ${(root.match(/.{4}/g) ?? []).join(' ')}`;
}
