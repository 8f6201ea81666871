// Second factors of a person: what somebody has, recovery codes, and what an administrator does when one is lost.
import { randomInt } from 'node:crypto';
import type { Way } from '../../shared/sign-in.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import * as accounts from './account-store.ts';
import type { Browser } from './accounts.ts';
import type { Entered, Entry } from './entry.ts';
import type { FactorTold } from './factor-notice.ts';
import * as store from './factor-store.ts';
import * as keys from './passkey-store.ts';
import * as people from './person-store.ts';
import { keyedHash } from './sealed.ts';
import { dueAt, type Proof } from './second-factor.ts';
import type { Sessions } from './sessions.ts';

const RECOVERY_CODES = 10;
// As first passwords: without signs that a paper slip confuses. Ten of them are 49 bits.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const PURPOSE = 'kode pemulihan';

/** Who sets a factor up: somebody with a session, or on the way in. */
export type Enroller = { personId: string } & ({ person: SignedIn; half: null } | { person: null; half: store.HalfRow });
/** Hears in the same transaction what happened to somebody's factors. */
type Hear = (tx: Tx, told: FactorTold) => Promise<unknown>;

type World = { sql: Sql; clock: Clock; secret: string; /** The one before. */ formerSecret?: string | null; sessions: Sessions; entry: Entry };
export type Factors = ReturnType<typeof createFactors>;

export function createFactors({ sql, clock, secret, formerSecret = null, sessions, entry }: World) {
  const listeners: Hear[] = [];
  const tellAll = async (tx: Tx, told: FactorTold): Promise<void> => {
    for (const hear of listeners) await hear(tx, told);
  };
  const note = (tx: Tx, personId: string, by: string | null, what: string, reason: string | null = null) =>
    people.insertChange(tx, { personId, by, at: clock.now(), what, before: null, after: reason === null ? null : { reason } });

  /** A factor has been set up: with the first one codes are made and other sessions end, and who was on the way in goes on. */
  async function added(tx: Tx, who: Enroller, proof: Proof, browser: Browser): Promise<{ recoveryCodes: string[]; entered: Entered | null }> {
    const { personId } = who;
    const { recoveryLeft, totpSince, passkeys } = await store.owned(tx, personId);
    const isFirst = passkeys + (totpSince === null ? 0 : 1) === 1;
    const recoveryCodes = recoveryLeft > 0 ? [] : await newCodes(tx, personId);
    await tellAll(tx, { personId, what: 'set_up', by: null, reason: null });
    await store.forgetTold(tx, personId);
    // They were proven by less than is asked from now on.
    if (isFirst) await sessions.endAll(tx, personId, who.person?.sessionId ?? null);
    if (who.half) return { recoveryCodes, entered: await entry.goOn(tx, who.half, proof, browser) };
    await store.prove(tx, who.person.sessionId, [proof], clock.now());
    return { recoveryCodes, entered: null };
  }

  async function newCodes(tx: Tx, personId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''));
    await store.replaceRecovery(
      tx,
      personId,
      codes.map((code) => keyedHash(secret, PURPOSE, `${personId}:${code}`)),
      clock.now(),
    );
    return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
  }

  /** True for the one who uses it. */
  async function useRecovery(tx: Tx, personId: string, code: string): Promise<boolean> {
    const uses = async (key: string) => store.useRecovery(tx, personId, keyedHash(key, PURPOSE, `${personId}:${code}`), clock.now());
    const used = (await uses(secret)) || (formerSecret !== null && (await uses(formerSecret)));
    if (used) await note(tx, personId, personId, 'kode pemulihan dipakai');
    return used;
  }

  async function renewCodes(person: SignedIn): Promise<{ recoveryCodes: string[] }> {
    return sql.begin(async (tx) => {
      await accounts.lockAccount(tx, person.id);
      const { totpSince, passkeys } = await store.owned(tx, person.id);
      if (totpSince === null && passkeys === 0) refuse('factor.none');
      await note(tx, person.id, person.id, 'kode pemulihan dibuat ulang');
      return { recoveryCodes: await newCodes(tx, person.id) };
    });
  }

  /** Whoever must have a factor keeps one; with the last one the recovery codes go too. */
  async function removed(tx: Tx, personId: string, what: string): Promise<void> {
    const { totpSince, passkeys } = await store.owned(tx, personId);
    if (totpSince === null && passkeys === 0) {
      const [standing] = await store.standings(tx, clock.now(), personId);
      if (standing && dueAt(await store.rules(tx), standing.roles, clock.now()) !== null) refuse('factor.needed');
      await store.removeRecovery(tx, personId);
    }
    await note(tx, personId, personId, what);
  }

  /** A passkey counted backwards: somebody may have a copy. Its owner is told at once. */
  async function copied(tx: Tx, personId: string, name: string): Promise<void> {
    await note(tx, personId, null, `passkey menghitung mundur: ${name}`);
    await tellAll(tx, { personId, what: 'copied', by: null, reason: name });
  }

  async function factorsOf(person: SignedIn) {
    const { totpSince, passkeys, recoveryLeft } = await store.owned(sql, person.id);
    const [standing] = await store.standings(sql, clock.now(), person.id);
    const own = await keys.passkeys(sql, person.id);
    return {
      totp: totpSince && { since: totpSince.toISOString() },
      passkeys: own.map(({ id, name, madeAt, usedAt, backedUp }) => ({
        id,
        name,
        madeAt: madeAt.toISOString(),
        usedAt: usedAt?.toISOString() ?? null,
        backedUp,
      })),
      recoveryLeft,
      required: standing !== undefined && dueAt(await store.rules(sql), standing.roles, clock.now()) !== null,
      due: (await entry.dueOf(person.id))?.toISOString() ?? null,
      ways: waysOf(totpSince !== null, passkeys, recoveryLeft),
    };
  }

  async function stepOf(begun: store.HalfRow) {
    const { totpSince, passkeys, recoveryLeft } = await store.owned(sql, begun.personId);
    return { name: begun.name, step: begun.step, ways: waysOf(totpSince !== null, passkeys, recoveryLeft), until: begun.expiresAt.toISOString() };
  }

  async function ofPerson(personId: string): Promise<{ totp: boolean; passkeys: number; recoveryLeft: number }> {
    if (!(await people.exists(sql, personId))) refuse('not_found');
    const { totpSince, passkeys, recoveryLeft } = await store.owned(sql, personId);
    return { totp: totpSince !== null, passkeys, recoveryLeft };
  }

  /** For somebody who has lost theirs. Nobody does it for themselves: whoever holds a stolen session could. */
  async function takeAway(by: SignedIn, personId: string, reason: string): Promise<void> {
    if (by.id === personId) refuse('person.self');
    await sql.begin(async (tx) => {
      if (!(await people.lockPerson(tx, personId))) refuse('not_found');
      const { totpSince, passkeys } = await store.owned(tx, personId);
      if (totpSince === null && passkeys === 0) refuse('factor.none');
      await store.removeTotp(tx, personId);
      await keys.removePasskeys(tx, personId);
      await store.removeRecovery(tx, personId);
      await store.endHalves(tx, personId);
      await accounts.forgetDevices(tx, personId, null);
      await sessions.endAll(tx, personId);
      await note(tx, personId, by.id, 'faktor kedua diambil', reason);
      await tellAll(tx, { personId, what: 'taken', by: by.name, reason });
    });
  }

  return {
    onChanged: (hear: Hear): void => void listeners.push(hear),
    added,
    removed,
    copied,
    note,
    renewCodes,
    useRecovery,
    factorsOf,
    stepOf,
    ofPerson,
    takeAway,
  };
}

const waysOf = (totp: boolean, passkeys: number, recoveryLeft: number): Way[] => [
  ...(passkeys > 0 ? (['passkey'] as const) : []),
  ...(totp ? (['totp'] as const) : []),
  ...(recoveryLeft > 0 ? (['recovery'] as const) : []),
];
