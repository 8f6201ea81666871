// SQL of links and of the browsers that hold a pass.
import type { Tx } from '../../platform/database.ts';

export type Via = 'isian' | 'tautan' | 'surel';

export const versionOf = async (tx: Tx, journalistId: string): Promise<number> =>
  (await tx<{ n: number }[]>`select coalesce(max(version), 0)::int as n from press.pass where journalist_id = ${journalistId}`)[0]?.n ?? 0;
export const insertPass = (tx: Tx, p: { journalistId: string; version: number; hash: string; mailHash: string; byId: string | null; at: Date }) => tx`
  insert into press.pass (journalist_id, version, hash, mail_hash, by_id, at) values (${p.journalistId}, ${p.version}, ${p.hash}, ${p.mailHash}, ${p.byId}, ${p.at})`;

/** Whose link this is, while no newer one was made. */
export async function byLink(tx: Tx, hash: string): Promise<{ journalistId: string; version: number; via: 'tautan' | 'surel' } | null> {
  const [row] = await tx<{ journalistId: string; version: number; mailed: boolean }[]>`
    select p.journalist_id as "journalistId", p.version, p.mail_hash = ${hash} as mailed from press.pass p
    where (p.hash = ${hash} or p.mail_hash = ${hash})
      and not exists (select from press.pass n where n.journalist_id = p.journalist_id and n.version > p.version)`;
  return row ? { journalistId: row.journalistId, version: row.version, via: row.mailed ? 'surel' : 'tautan' } : null;
}

/** Which of these tokens still count, and whose they are. */
export const holders = (tx: Tx, tokenHashes: readonly string[]) => tx<{ tokenHash: string; journalistId: string; device: string | null }[]>`
  select b.token_hash as "tokenHash", b.journalist_id as "journalistId", b.device from press.pass_browser b
  where b.token_hash = any(${[...tokenHashes]})
    and not exists (select from press.pass n where n.journalist_id = b.journalist_id and n.version > b.version)`;

export async function otherBrowsers(tx: Tx, journalistId: string, version: number, device: string): Promise<number> {
  const [row] = await tx<{ n: number }[]>`
    select count(*)::int as n from press.pass_browser where journalist_id = ${journalistId} and version = ${version} and device is distinct from ${device}`;
  return row?.n ?? 0;
}
/** One row for each browser: opening a link again takes the place of what it had. */
export const keepBrowser = (tx: Tx, b: { tokenHash: string; journalistId: string; version: number; device: string; via: Via; at: Date }) => tx`
  insert into press.pass_browser (token_hash, journalist_id, version, device, via, at)
  values (${b.tokenHash}, ${b.journalistId}, ${b.version}, ${b.device}, ${b.via}, ${b.at})
  on conflict (journalist_id, device) do update set token_hash = excluded.token_hash, version = excluded.version, via = excluded.via, at = excluded.at`;
export const dropBrowser = (tx: Tx, tokenHash: string) => tx`delete from press.pass_browser where token_hash = ${tokenHash}`;
export const dropBrowsers = (tx: Tx, journalistId: string) => tx`delete from press.pass_browser where journalist_id = ${journalistId}`;
/** Who filled in the form, or was handed a link, elsewhere. */
export const dropUnproven = async (tx: Tx, journalistId: string, keep: string): Promise<number> =>
  (await tx`delete from press.pass_browser where journalist_id = ${journalistId} and via <> 'surel' and device is distinct from ${keep} returning 1`).length;
/** This browser holds the pass of somebody whose address is proven or whom the desk accepted. */
export const isKnownDevice = async (tx: Tx, device: string): Promise<boolean> =>
  (
    await tx`
    select from press.pass_browser b join press.journalist j on j.id = b.journalist_id
    where b.device = ${device} and (j.confirmed_at is not null
      or exists (select from press.registration_decision d where d.journalist_id = j.id and d.act = 'diterima')) limit 1`
  ).length > 0;
