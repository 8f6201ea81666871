// SQL of passkeys and of what they must sign.
import type { Tx } from '../platform/database.ts';

export type PasskeyRow = {
  id: string;
  personId: string;
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: string;
  transports: string[];
  backedUp: boolean;
  name: string;
  madeAt: Date;
  usedAt: Date | null;
};
const columns = (tx: Tx) => tx`
  id, person_id as "personId", credential_id as "credentialId", public_key as "publicKey", counter, transports, backed_up as "backedUp", name, made_at as "madeAt", used_at as "usedAt"`;

export const passkeys = (tx: Tx, personId: string) => tx<PasskeyRow[]>`
  select ${columns(tx)} from people.passkey where person_id = ${personId} order by made_at, id`;

/** Of somebody who may still sign in. */
export async function byCredential(tx: Tx, credentialId: string): Promise<PasskeyRow | null> {
  const [row] = await tx<PasskeyRow[]>`
    select ${columns(tx)} from people.passkey k where credential_id = ${credentialId}
    and exists (select from people.person p where p.id = k.person_id and p.disabled_at is null)`;
  return row ?? null;
}

type Made = Omit<PasskeyRow, 'id' | 'counter' | 'usedAt'> & { counter: number; backupEligible: boolean };
/** False where somebody has it already. */
export const insertPasskey = async (tx: Tx, made: Made): Promise<boolean> =>
  (
    await tx`
      insert into people.passkey (person_id, credential_id, public_key, counter, transports, backup_eligible, backed_up, name, made_at)
      values (${made.personId}, ${made.credentialId}, ${Buffer.from(made.publicKey)}, ${made.counter}, ${[...made.transports]}::text[],
        ${made.backupEligible}, ${made.backedUp}, ${made.name}, ${made.madeAt})
      on conflict (credential_id) do nothing returning id`
  ).length === 1;

/** False where the counter has not moved on; a passkey that does not count stays at nought. */
export const usePasskey = async (tx: Tx, id: string, { counter, backedUp, at }: { counter: number; backedUp: boolean; at: Date }): Promise<boolean> =>
  (
    await tx`
      update people.passkey set counter = ${counter}, backed_up = ${backedUp}, used_at = ${at}
      where id = ${id} and (counter < ${counter} or (counter = 0 and ${counter}::bigint = 0)) returning id`
  ).length === 1;

export const removePasskey = async (tx: Tx, personId: string, id: string): Promise<string | null> => {
  const [row] = await tx<{ name: string }[]>`delete from people.passkey where person_id = ${personId} and id = ${id} returning name`;
  return row?.name ?? null;
};
export const removePasskeys = (tx: Tx, personId: string) => tx`delete from people.passkey where person_id = ${personId}`;

/** `personId` null: whoever shows a passkey says by it who they are. */
export type Challenge = { challenge: string; kind: 'register' | 'prove'; personId: string | null; device: string };
export const insertChallenge = (tx: Tx, { challenge, kind, personId, device }: Challenge, expiresAt: Date) => tx`
  insert into people.challenge (challenge, kind, person_id, device_hash, expires_at) values (${challenge}, ${kind}, ${personId}, ${device}, ${expiresAt})`;
export const forgetChallenges = (tx: Tx, now: Date) => tx`delete from people.challenge where expires_at <= ${now}`;

/** True for the one who takes it. */
export const takeChallenge = async (tx: Tx, { challenge, kind, personId, device }: Challenge, now: Date): Promise<boolean> =>
  (
    await tx`
      delete from people.challenge where challenge = ${challenge} and kind = ${kind} and person_id is not distinct from ${personId}
      and device_hash = ${device} and expires_at > ${now} returning challenge`
  ).length === 1;
