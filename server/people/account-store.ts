// SQL of accounts: sessions, passwords, throttle buckets, known devices, the set-up link.
import type { Tx } from '../platform/database.ts';
import type { Bucket } from './throttle.ts';

export type SessionRow = { id: string; personId: string; expiresAt: Date; createdAt: Date; lastSeenAt: Date; userAgent: string };
/** `granted`: `role:opd`; `posts`: `level:opd` of positions in force today; `everyOpd` for those who may read all. */
export type VisitorRow = Omit<SessionRow, 'userAgent'> & { name: string; topId: string | null; granted: string[]; posts: string[]; everyOpd: string[] | null };

/** Sessions, persons, rights and today's positions in one statement: every request waits for it. */
export const visitors = (tx: Tx, sessionIds: readonly string[], now: Date): Promise<VisitorRow[]> =>
  tx<VisitorRow[]>`
    select s.id, s.person_id as "personId", s.expires_at as "expiresAt", s.created_at as "createdAt", s.last_seen_at as "lastSeenAt", p.name, u.top_id as "topId",
      array(select r.role || ':' || coalesce(r.opd_id::text, '') from people.role r where r.person_id = p.id and r.revoked_at is null) as granted,
      array(select pos.level || ':' || o.top_id from people.holding h join people.position pos on pos.id = h.position_id join people.opd o on o.id = pos.opd_id
        where h.person_id = p.id and h.held @> timezone(o.zone, ${now}::timestamptz)::date) as posts,
      case when exists (select from people.role r where r.person_id = p.id and r.revoked_at is null and r.role in ('bkd', 'administrator'))
        then array(select o.id::text from people.opd o where o.parent_id is null) end as "everyOpd"
    from people.session s
    join people.person p on p.id = s.person_id and p.disabled_at is null
    left join people.opd u on u.id = p.opd_id
    where s.id = any(${[...sessionIds]}::text[])`;

export const sessionsOf = (tx: Tx, personId: string) => tx<SessionRow[]>`
  select id, person_id as "personId", expires_at as "expiresAt", created_at as "createdAt", last_seen_at as "lastSeenAt", user_agent as "userAgent"
  from people.session where person_id = ${personId} order by last_seen_at desc`;

export const insertSession = (tx: Tx, s: Omit<SessionRow, 'lastSeenAt'>) => tx`
  insert into people.session (id, person_id, expires_at, created_at, last_seen_at, user_agent)
  values (${s.id}, ${s.personId}, ${s.expiresAt}, ${s.createdAt}, ${s.createdAt}, ${s.userAgent})`;

/** Never beyond its age, which no use extends. */
export const extendSession = (tx: Tx, id: string, expiresAt: Date, maxAgeSeconds: number) => tx`
  update people.session set expires_at = least(${expiresAt}::timestamptz, created_at + make_interval(secs => ${maxAgeSeconds})) where id = ${id}`;

export const touchSession = (tx: Tx, id: string, at: Date) => tx`update people.session set last_seen_at = ${at} where id = ${id} and last_seen_at < ${at}`;
export const deleteSession = (tx: Tx, id: string) => tx`delete from people.session where id = ${id}`;
export const deleteSessionsOf = (tx: Tx, personId: string) => tx`delete from people.session where person_id = ${personId}`;
export const deleteExpired = (tx: Tx, now: Date) => tx`delete from people.session where expires_at <= ${now}`;

export type AccountRow = {
  id: string;
  name: string;
  nip: string | null;
  email: string | null;
  passwordHash: string | null;
  disabled: boolean;
  deviceKnown: boolean;
};

/** By NIP or e-mail, and whether this device has signed in to it before. */
export async function accountByLogin(tx: Tx, login: string, device: string): Promise<AccountRow | null> {
  const [row] = await tx<AccountRow[]>`
    select p.id, p.name, p.nip, p.email, p.password_hash as "passwordHash", p.disabled_at is not null as disabled, d.person_id is not null as "deviceKnown"
    from people.person p left join people.known_device d on d.person_id = p.id and d.device_hash = ${device}
    where p.nip = ${login} or lower(p.email) = ${login} limit 1`;
  return row ?? null;
}

export async function lockAccount(tx: Tx, id: string): Promise<Omit<AccountRow, 'deviceKnown'> | null> {
  const [row] = await tx<Omit<AccountRow, 'deviceKnown'>[]>`
    select id, name, nip, email, password_hash as "passwordHash", disabled_at is not null as disabled from people.person where id = ${id} for update`;
  return row ?? null;
}

export async function accountById(tx: Tx, id: string): Promise<Omit<AccountRow, 'deviceKnown'> | null> {
  const [row] = await tx<Omit<AccountRow, 'deviceKnown'>[]>`
    select id, name, nip, email, password_hash as "passwordHash", disabled_at is not null as disabled from people.person where id = ${id}`;
  return row ?? null;
}

export const setPassword = (tx: Tx, ids: readonly string[], hash: string, mustChange: boolean) => tx`
  update people.person set password_hash = ${hash}, must_change_password = ${mustChange} where id = any(${[...ids]}::uuid[])`;

/** Locks the bucket, also one that does not exist yet. */
export async function lockBucket(tx: Tx, key: string): Promise<Bucket | null> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
  const [row] = await tx<Bucket[]>`select failures, last_at as "lastAt", blocked_until as "blockedUntil" from people.sign_in_bucket where key = ${key}`;
  return row ?? null;
}

export const saveBucket = (tx: Tx, key: string, b: Bucket) => tx`
  insert into people.sign_in_bucket (key, failures, last_at, blocked_until) values (${key}, ${b.failures}, ${b.lastAt}, ${b.blockedUntil})
  on conflict (key) do update set failures = excluded.failures, last_at = excluded.last_at, blocked_until = excluded.blocked_until`;

export const emptyBuckets = (tx: Tx, keys: readonly string[]) => tx`delete from people.sign_in_bucket where key = any(${[...keys]})`;
/** Skips what somebody holds: cleaning up never waits, and so never deadlocks with a sign-in. */
export const forgetBuckets = (tx: Tx, before: Date) => tx`
  delete from people.sign_in_bucket where key in (select key from people.sign_in_bucket where last_at < ${before} limit 1000 for update skip locked)`;

export const rememberDevice = (tx: Tx, device: string, personId: string, at: Date) => tx`
  insert into people.known_device (device_hash, person_id, seen_at) values (${device}, ${personId}, ${at})
  on conflict (device_hash, person_id) do update set seen_at = excluded.seen_at`;
export const knowsDevice = async (tx: Tx, personId: string, device: string): Promise<boolean> =>
  (await tx`select 1 from people.known_device where person_id = ${personId} and device_hash = ${device}`).length === 1;
/** A password that somebody else knew may have made their device a known one. */
export const forgetDevices = (tx: Tx, personId: string, except: string | null) => tx`
  delete from people.known_device where person_id = ${personId} and device_hash is distinct from ${except}`;

export const insertSetupLink = (tx: Tx, tokenHash: string, expiresAt: Date) =>
  tx`insert into people.setup_link (token_hash, expires_at) values (${tokenHash}, ${expiresAt})`;

/** True for the one who used it. */
export async function useSetupLink(tx: Tx, tokenHash: string, now: Date): Promise<boolean> {
  const rows =
    await tx`update people.setup_link set used_at = ${now} where token_hash = ${tokenHash} and used_at is null and expires_at > ${now} returning token_hash`;
  return rows.length === 1;
}
