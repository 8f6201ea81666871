// SQL of second factors: what each has, who must have one, sign-ins on their way, how a session was proven.
import type { Role } from '../../shared/people.ts';
import type { FactorRole, Step } from '../../shared/sign-in.ts';
import type { Tx } from '../platform/database.ts';
import type { FactorRule, Proof } from './second-factor.ts';

/** The newest of each role; `since`: the first row of the unbroken run to which it belongs. */
export const rules = (tx: Tx) => tx<(FactorRule & { at: Date; byName: string | null })[]>`
  select distinct on (r.role) r.role, r.required, r.grace_days as "graceDays", r.at, p.name as "byName",
    (select min(f.at) from people.factor_rule f where f.role = r.role and f.id >
      coalesce((select max(o.id) from people.factor_rule o where o.role = r.role and o.required <> r.required), 0)) as since
  from people.factor_rule r left join people.person p on p.id = r.by_id order by r.role, r.id desc`;

export const insertRule = (tx: Tx, rule: { role: FactorRole; required: boolean; graceDays: number; by: string | null; at: Date }) => tx`
  insert into people.factor_rule (role, required, grace_days, by_id, at) values (${rule.role}, ${rule.required}, ${rule.graceDays}, ${rule.by}, ${rule.at})`;

export type Standing = { id: string; name: string; opd: string | null; roles: Role[]; hasFactor: boolean; toldSince: Date | null; mustChangePassword: boolean };

/** One person, or everybody who may sign in and holds a role that can be asked for a factor. */
export const standings = (tx: Tx, now: Date, personId: string | null) => tx<Standing[]>`
  with held as (
    select r.person_id, r.role from people.role r where r.revoked_at is null
    union
    select h.person_id, as_role from people.holding h
    join people.position pos on pos.id = h.position_id join people.opd o on o.id = pos.opd_id
    cross join lateral unnest(case when pos.level = 'kepala_opd' then array['kepala_opd', 'pejabat'] else array['pejabat'] end) as as_role
    where pos.level in ('kepala_opd', 'sekretaris', 'kabid', 'kasi') and h.held @> timezone(o.zone, ${now}::timestamptz)::date
  )
  select p.id, p.name, t.abbreviation as opd, p.must_change_password as "mustChangePassword", f.since as "toldSince",
    array(select h.role from held h where h.person_id = p.id) as roles,
    exists (select from people.totp c where c.person_id = p.id and c.confirmed_at is not null) or exists (select from people.passkey k where k.person_id = p.id) as "hasFactor"
  from people.person p
  left join people.opd u on u.id = p.opd_id left join people.opd t on t.id = u.top_id
  left join people.factor_told f on f.person_id = p.id
  where p.disabled_at is null and case when ${personId}::uuid is null then p.id in (select h.person_id from held h) else p.id = ${personId}::uuid end
  order by p.name`;

export const noteTold = (tx: Tx, personId: string, at: Date) => tx`
  insert into people.factor_told (person_id, since) values (${personId}, ${at}) on conflict (person_id) do nothing`;
export const forgetTold = (tx: Tx, personId: string) => tx`delete from people.factor_told where person_id = ${personId}`;

export type HalfRow = { id: string; personId: string; name: string; amr: Proof[]; step: Step; expiresAt: Date };

export const insertHalf = (tx: Tx, half: { id: string; personId: string; device: string; amr: readonly Proof[]; step: Step; expiresAt: Date }) => tx`
  insert into people.half_session (id, person_id, device_hash, amr, step, expires_at)
  values (${half.id}, ${half.personId}, ${half.device}, ${[...half.amr]}::text[], ${half.step}, ${half.expiresAt})`;

/** Of this browser, not too old, of somebody who may still sign in. */
export async function half(tx: Tx, id: string, device: string, now: Date): Promise<HalfRow | null> {
  const [row] = await tx<HalfRow[]>`
    select s.id, s.person_id as "personId", p.name, s.amr, s.step, s.expires_at as "expiresAt"
    from people.half_session s join people.person p on p.id = s.person_id and p.disabled_at is null
    where s.id = ${id} and s.device_hash = ${device} and s.expires_at > ${now}`;
  return row ?? null;
}
/** True for the one who takes it. */
export const takeHalf = async (tx: Tx, id: string): Promise<boolean> => (await tx`delete from people.half_session where id = ${id} returning id`).length === 1;
export const endHalves = (tx: Tx, personId: string) => tx`delete from people.half_session where person_id = ${personId}`;
export const forgetHalves = (tx: Tx, now: Date) => tx`delete from people.half_session where expires_at <= ${now}`;

export const prove = (tx: Tx, sessionId: string, amr: readonly Proof[], provenAt: Date | null) => tx`
  update people.session set amr = array(select distinct unnest(amr || ${[...amr]}::text[])), proven_at = ${provenAt} where id = ${sessionId}`;
export const setProof = (tx: Tx, sessionId: string, amr: readonly Proof[], provenAt: Date | null) => tx`
  update people.session set amr = ${[...amr]}::text[], proven_at = ${provenAt} where id = ${sessionId}`;

export async function freshness(tx: Tx, sessionId: string): Promise<{ hasFactor: boolean; provenAt: Date | null }> {
  const [row] = await tx<{ hasFactor: boolean; provenAt: Date | null }[]>`
    select s.proven_at as "provenAt",
      exists (select from people.totp c where c.person_id = s.person_id and c.confirmed_at is not null) or exists (select from people.passkey k where k.person_id = s.person_id) as "hasFactor"
    from people.session s where s.id = ${sessionId}`;
  return row ?? { hasFactor: true, provenAt: null };
}

export type TotpRow = { sealed: string; madeAt: Date; confirmedAt: Date | null; lastStep: string };
export async function totp(tx: Tx, personId: string): Promise<TotpRow | null> {
  const [row] = await tx<TotpRow[]>`
    select sealed, made_at as "madeAt", confirmed_at as "confirmedAt", last_step as "lastStep" from people.totp where person_id = ${personId}`;
  return row ?? null;
}
/** In place of one that was never confirmed; false where there is a confirmed one. */
export const putTotp = async (tx: Tx, personId: string, sealed: string, at: Date): Promise<boolean> =>
  (
    await tx`
      insert into people.totp (person_id, sealed, made_at) values (${personId}, ${sealed}, ${at})
      on conflict (person_id) do update set sealed = excluded.sealed, made_at = excluded.made_at, last_step = 0 where people.totp.confirmed_at is null
      returning person_id`
  ).length === 1;
/** True for the one who uses this time step. */
export const useStep = async (tx: Tx, personId: string, step: number): Promise<boolean> =>
  (await tx`update people.totp set last_step = ${step} where person_id = ${personId} and last_step < ${step} returning person_id`).length === 1;
export const allTotp = (tx: Tx) => tx<{ personId: string; sealed: string }[]>`select person_id as "personId", sealed from people.totp`;
export const resealTotp = (tx: Tx, personId: string, before: string, sealed: string) =>
  tx`update people.totp set sealed = ${sealed} where person_id = ${personId} and sealed = ${before}`;
export const confirmTotp = (tx: Tx, personId: string, at: Date) => tx`update people.totp set confirmed_at = ${at} where person_id = ${personId}`;
export const removeTotp = (tx: Tx, personId: string) => tx`delete from people.totp where person_id = ${personId}`;

export async function replaceRecovery(tx: Tx, personId: string, hashes: readonly string[], at: Date): Promise<void> {
  await tx`delete from people.recovery_code where person_id = ${personId}`;
  await tx`insert into people.recovery_code (person_id, code_hash, made_at) select ${personId}, hash, ${at} from unnest(${[...hashes]}::text[]) as hash`;
}
export const removeRecovery = (tx: Tx, personId: string) => tx`delete from people.recovery_code where person_id = ${personId}`;
export const useRecovery = async (tx: Tx, personId: string, hash: string, at: Date): Promise<boolean> =>
  (await tx`update people.recovery_code set used_at = ${at} where person_id = ${personId} and code_hash = ${hash} and used_at is null returning person_id`)
    .length === 1;

export type Owned = { totpSince: Date | null; passkeys: number; recoveryLeft: number };
export async function owned(tx: Tx, personId: string): Promise<Owned> {
  const [row] = await tx<Owned[]>`
    select (select confirmed_at from people.totp where person_id = ${personId}) as "totpSince",
      (select count(*)::int from people.passkey where person_id = ${personId}) as passkeys,
      (select count(*)::int from people.recovery_code where person_id = ${personId} and used_at is null) as "recoveryLeft"`;
  return row!;
}
