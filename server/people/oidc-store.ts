// SQL of sign-in by OIDC.
import type { Tx } from '../platform/database.ts';

export const insertTry = (tx: Tx, one: { state: string; device: string; nonce: string; verifier: string; expiresAt: Date }) => tx`
  insert into people.oidc_try (state_hash, device_hash, nonce, verifier, expires_at) values (${one.state}, ${one.device}, ${one.nonce}, ${one.verifier}, ${one.expiresAt})`;
export const forgetTries = (tx: Tx, now: Date) => tx`delete from people.oidc_try where expires_at <= ${now}`;

/** Of this browser; whoever takes it uses it up. */
export async function takeTry(tx: Tx, state: string, device: string, now: Date): Promise<{ nonce: string; verifier: string } | null> {
  const [row] = await tx<{ nonce: string; verifier: string }[]>`
    delete from people.oidc_try where state_hash = ${state} and device_hash = ${device} and expires_at > ${now} returning nonce, verifier`;
  return row ?? null;
}

export async function known(tx: Tx, issuer: string, subject: string): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`select person_id as id from people.identity where issuer = ${issuer} and subject = ${subject}`;
  return row?.id ?? null;
}

export async function byEmail(tx: Tx, email: string): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`select id from people.person where lower(email) = lower(${email}) and disabled_at is null`;
  return row?.id ?? null;
}
export async function byNip(tx: Tx, nip: string): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`select id from people.person where nip = ${nip} and disabled_at is null`;
  return row?.id ?? null;
}

/** False where the person is somebody else there already. */
export const link = async (tx: Tx, one: { issuer: string; subject: string; personId: string; matchedBy: string; at: Date }): Promise<boolean> =>
  (
    await tx`insert into people.identity (issuer, subject, person_id, matched_by, at)
      values (${one.issuer}, ${one.subject}, ${one.personId}, ${one.matchedBy}, ${one.at}) on conflict do nothing returning subject`
  ).length === 1;

export const keepIdToken = (tx: Tx, sessionId: string, sealed: string) =>
  tx`insert into people.session_oidc (session_id, sealed) values (${sessionId}, ${sealed})`;
export async function idToken(tx: Tx, sessionId: string): Promise<string | null> {
  const [row] = await tx<{ sealed: string }[]>`select sealed from people.session_oidc where session_id = ${sessionId}`;
  return row?.sealed ?? null;
}

export const identitiesOf = (tx: Tx, personId: string) => tx<{ issuer: string; subject: string; matchedBy: string; at: Date }[]>`
  select issuer, subject, matched_by as "matchedBy", at from people.identity where person_id = ${personId} order by at`;
