// SQL of policies, function groups and the flag of health.
import type { PolicyRule, Scope } from '../../shared/policies.ts';
import type { Tx } from '../platform/database.ts';

export type Rule = { id: string; rule: PolicyRule; scope: Scope; basis: string };
export type Fields = {
  number: string;
  date: string;
  issuer: string;
  title: string;
  from: string;
  until: string | null;
  reviewOn: string | null;
  rules: Rule[];
};
export type Version = Fields & { version: number; since: string; why: string | null; byName: string | null; at: Date };
export type Ending = { lastDay: string; reason: string; successorId: string | null; byName: string | null; at: Date };
export type FileRow = { fileId: string; name: string; size: number; sha256: string; byName: string | null; at: Date };
/** Newest version first. */
export type Policy = { id: string; opdId: string | null; versions: Version[]; ending: Ending | null; files: FileRow[] };
export type By = { id: string | null; name: string | null };

/** All of them, or one. There are tens, not thousands. */
export async function policies(tx: Tx, id: string | null = null): Promise<Policy[]> {
  const rows = await tx<{ id: string; opdId: string | null }[]>`
    select id, opd_id as "opdId" from policies.policy where ${id}::uuid is null or id = ${id} order by made_at desc, id`;
  const ids = rows.map((row) => row.id);
  const versions = await tx<(Version & { policyId: string })[]>`
    select policy_id as "policyId", version, since::text, number, date::text, issuer, title, from_day::text as "from", until_day::text as until,
      review_on::text as "reviewOn", rules, why, by_name as "byName", at
    from policies.version where policy_id = any(${ids}::uuid[]) order by version desc`;
  const endings = await tx<(Ending & { policyId: string })[]>`
    select policy_id as "policyId", last_day::text as "lastDay", reason, successor_id as "successorId", by_name as "byName", at
    from policies.ending where policy_id = any(${ids}::uuid[])`;
  const files = await tx<(FileRow & { policyId: string })[]>`
    select p.policy_id as "policyId", f.id as "fileId", f.name, f.size::float8 as size, encode(f.sha256, 'hex') as sha256, p.by_name as "byName", p.at
    from policies.file p join files.file f on f.id = p.file_id where p.policy_id = any(${ids}::uuid[]) order by p.id desc`;
  const of = <T extends { policyId: string }>(all: readonly T[], policyId: string): T[] => all.filter((one) => one.policyId === policyId);
  return rows.map((row) => ({ ...row, versions: of(versions, row.id), ending: of(endings, row.id)[0] ?? null, files: of(files, row.id) }));
}
/** Whoever changes a policy goes one after another. */
export const lockPolicy = async (tx: Tx, id: string): Promise<Policy | null> => {
  await tx`select from policies.policy where id = ${id} for update`;
  return (await policies(tx, id))[0] ?? null;
};

/** Answers whether it is new; a repeated request is none. */
export const insertPolicy = async (tx: Tx, p: { id: string; opdId: string | null; by: By; at: Date }): Promise<boolean> =>
  (await tx`insert into policies.policy (id, opd_id, made_by, made_at) values (${p.id}, ${p.opdId}, ${p.by.id}, ${p.at}) on conflict do nothing`).count > 0;
export const insertVersion = async (tx: Tx, policyId: string, v: Fields & Pick<Version, 'version' | 'since' | 'why'>, by: By, at: Date): Promise<void> =>
  void (await tx`
    insert into policies.version (policy_id, version, since, number, date, issuer, title, from_day, until_day, review_on, rules, why, by_id, by_name, at)
    values (${policyId}, ${v.version}, ${v.since}, ${v.number}, ${v.date}, ${v.issuer}, ${v.title}, ${v.from}, ${v.until}, ${v.reviewOn}, ${tx.json(v.rules)}, ${v.why},
      ${by.id}, ${by.name}, ${at})`);
export const insertEnding = async (tx: Tx, policyId: string, e: Pick<Ending, 'lastDay' | 'reason' | 'successorId'>, by: By, at: Date): Promise<void> =>
  void (await tx`
    insert into policies.ending (policy_id, last_day, reason, successor_id, by_id, by_name, at)
    values (${policyId}, ${e.lastDay}, ${e.reason}, ${e.successorId}, ${by.id}, ${by.name}, ${at})`);
export const insertFile = async (tx: Tx, policyId: string, fileId: string, by: By, at: Date): Promise<void> =>
  void (await tx`insert into policies.file (policy_id, file_id, by_id, by_name, at) values (${policyId}, ${fileId}, ${by.id}, ${by.name}, ${at})`);

/** Answers whether nobody has been told of this yet. */
export const noteWarned = async (tx: Tx, policyId: string, warning: { on: string; what: string }, at: Date): Promise<boolean> =>
  (await tx`insert into policies.warned (policy_id, last_day, what, at) values (${policyId}, ${warning.on}, ${warning.what}, ${at}) on conflict do nothing`)
    .count > 0;

export type Membership = { id: string; personId: string; name: string; from: string; until: string | null; basis: string };
const membership = (tx: Tx) =>
  tx`select id, person_id as "personId", name, lower(held)::text as "from", (upper(held) - 1)::text as until, basis from policies.membership`;
export const memberships = (tx: Tx, personIds: readonly string[]) => tx<Membership[]>`
  ${membership(tx)} where person_id = any(${[...personIds]}::uuid[]) order by lower(held) desc, name, id`;
export const lockMembership = async (tx: Tx, id: string): Promise<Membership | null> =>
  (await tx<Membership[]>`${membership(tx)} where id = ${id} for update`)[0] ?? null;
export const lockPersons = (tx: Tx, personIds: readonly string[]) =>
  tx`select pg_advisory_xact_lock(732_037, hashtext(id)) from unnest(${[...personIds].toSorted()}::text[]) as id`;
export const insertMemberships = (tx: Tx, personIds: readonly string[], m: Omit<Membership, 'id' | 'personId'>, by: string | null, at: Date) => tx`
  insert into policies.membership (person_id, name, held, basis, by_id, at)
  select id, ${m.name}, daterange(${m.from}, ${m.until}, '[]'), ${m.basis}, ${by}, ${at} from unnest(${[...personIds]}::uuid[]) as id`;
export const endMembership = (tx: Tx, id: string, until: string, by: string | null, at: Date) => tx`
  update policies.membership set held = daterange(lower(held), ${until}::date, '[]'), ended_by = ${by}, ended_at = ${at} where id = ${id}`;
/** It had not begun. */
export const dropMembership = (tx: Tx, id: string) => tx`delete from policies.membership where id = ${id}`;
export const groupNames = async (tx: Tx): Promise<string[]> =>
  (await tx<{ name: string }[]>`select distinct name from policies.membership order by name limit 200`).map(({ name }) => name);

export const flagged = async (tx: Tx, personIds: readonly string[]): Promise<Set<string>> =>
  new Set((await tx<{ id: string }[]>`select person_id as id from policies.health_flag where person_id = any(${[...personIds]}::uuid[])`).map(({ id }) => id));
/** Saying yes again keeps the day it was first said. */
export const setFlag = (tx: Tx, personId: string, by: string, at: Date) => tx`
  insert into policies.health_flag (person_id, by_id, at) values (${personId}, ${by}, ${at}) on conflict do nothing`;
export const dropFlag = (tx: Tx, personId: string) => tx`delete from policies.health_flag where person_id = ${personId}`;
