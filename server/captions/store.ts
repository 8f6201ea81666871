// SQL of captions.
import type { CaptionsOf, ShortForm } from '../../shared/captions.ts';
import type { Tx } from '../platform/database.ts';

export type LineRow = {
  id: string;
  step: number;
  version: number;
  speakerMember: string | null;
  speakerName: string | null;
  text: string;
  from: Date;
  to: Date;
  source: 'juru_ketik' | 'mesin';
  confirmed: boolean;
  byMember: string | null;
  byName: string | null;
  at: Date;
};
type Subject = { of: CaptionsOf; id: string };
/** What is told to whoever comes late. */
export const LAST = 30;
export const MOST = 500;

const columns = (tx: Tx) => tx`l.id, l.step::float8 as step, l.version, l.speaker_member as "speakerMember", l.speaker_name as "speakerName", l.text,
  l.said_from as "from", l.said_to as "to", l.source, l.confirmed, l.by_member as "byMember", l.by_name as "byName", l.at`;
const newest = (tx: Tx) => tx`not exists (select from captions.line later where later.id = l.id and later.version > l.version)`;

/** Who writes into the captions of one room does it one after another: steps come in the order in which they can be read. */
export const lockLines = async (tx: Tx, { of, id }: Subject): Promise<void> =>
  void (await tx`select pg_advisory_xact_lock(hashtext(${`captions.${of}`}), hashtext(${id}))`);

/** As they are now, newest first. */
export const last = (tx: Tx, { of, id }: Subject): Promise<LineRow[]> => tx<LineRow[]>`
  select ${columns(tx)} from captions.line l where l.kind = ${of} and l.subject_id = ${id} and ${newest(tx)} order by l.said_from desc, l.step desc limit ${LAST}`;
export const changedSince = (tx: Tx, { of, id }: Subject, step: number): Promise<LineRow[]> => tx<LineRow[]>`
  select ${columns(tx)} from captions.line l where l.kind = ${of} and l.subject_id = ${id} and l.step > ${step} and ${newest(tx)} order by l.step limit ${MOST}`;
export const newestStep = async (tx: Tx, { of, id }: Subject): Promise<number> =>
  (await tx<{ step: number }[]>`select coalesce(max(step), 0)::float8 as step from captions.line where kind = ${of} and subject_id = ${id}`)[0]?.step ?? 0;
/** Every version, in the order of what was said. */
export const versions = (tx: Tx, { of, id }: Subject): Promise<LineRow[]> => tx<LineRow[]>`
  select ${columns(tx)} from captions.line l where l.kind = ${of} and l.subject_id = ${id} order by l.said_from, l.id, l.version`;
/** As they are now, of those that were said between two instants. */
export const between = (tx: Tx, { of, id }: Subject, from: Date, to: Date): Promise<LineRow[]> => tx<LineRow[]>`
  select ${columns(tx)} from captions.line l where l.kind = ${of} and l.subject_id = ${id} and l.said_from < ${to} and l.said_to >= ${from} and ${newest(tx)}
  order by l.said_from, l.step`;
export const byIds = (tx: Tx, ids: readonly string[]): Promise<(LineRow & { kind: CaptionsOf; subjectId: string })[]> =>
  tx<
    (LineRow & { kind: CaptionsOf; subjectId: string })[]
  >`select ${columns(tx)}, l.kind, l.subject_id as "subjectId" from captions.line l where l.id = any(${ids}::uuid[]) and ${newest(tx)}`;
export const insert = async (tx: Tx, { of, id }: Subject, row: Omit<LineRow, 'step'>): Promise<LineRow> =>
  (
    await tx<LineRow[]>`
    insert into captions.line as l (id, version, kind, subject_id, speaker_member, speaker_name, text, said_from, said_to, source, confirmed, by_member, by_name, at)
    values (${row.id}, ${row.version}, ${of}, ${id}, ${row.speakerMember}, ${row.speakerName}, ${row.text}, ${row.from}, ${row.to}, ${row.source}, ${row.confirmed},
      ${row.byMember}, ${row.byName}, ${row.at})
    returning ${columns(tx)}`
  )[0]!;

export type CaptionerRow = { member: string; name: string; byName: string; at: Date };
/** Who captions now. */
export const captionersOf = (tx: Tx, { of, id }: Subject): Promise<CaptionerRow[]> => tx<CaptionerRow[]>`
  select member, name, by_name as "byName", at from (
    select distinct on (c.member) c.* from captions.captioner c where c.kind = ${of} and c.subject_id = ${id} order by c.member, c.id desc) now
  where captions order by id`;
export const addCaptioner = async (
  tx: Tx,
  { of, id }: Subject,
  c: { member: string; name: string; captions: boolean; byId: string; byName: string; at: Date },
): Promise<void> =>
  void (await tx`
    insert into captions.captioner (kind, subject_id, member, name, captions, by_id, by_name, at)
    values (${of}, ${id}, ${c.member}, ${c.name}, ${c.captions}, ${c.byId}, ${c.byName}, ${c.at})`);

/** The newest word on it. */
export const publicationOf = async (tx: Tx, id: string): Promise<{ published: boolean; byName: string; at: Date } | null> =>
  (
    await tx<
      { published: boolean; byName: string; at: Date }[]
    >`select published, by_name as "byName", at from captions.publication p where p.subject_id = ${id} order by p.id desc limit 1`
  )[0] ?? null;
export const addPublication = async (tx: Tx, id: string, p: { published: boolean; byId: string; byName: string; at: Date }): Promise<void> =>
  void (await tx`insert into captions.publication (subject_id, published, by_id, by_name, at) values (${id}, ${p.published}, ${p.byId}, ${p.byName}, ${p.at})`);

export const shortsOf = (tx: Tx, owner: string): Promise<ShortForm[]> =>
  tx<ShortForm[]>`select short, words as "full" from captions.short_form where owner = ${owner} order by short`;
export async function putShorts(tx: Tx, owner: string, forms: readonly ShortForm[]): Promise<void> {
  await tx`delete from captions.short_form where owner = ${owner}`;
  if (forms.length > 0) await tx`insert into captions.short_form ${tx(forms.map(({ short, full }) => ({ owner, short, words: full })))}`;
}
