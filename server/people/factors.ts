// Second factors of a person: an authenticator app (TOTP, RFC 6238), recovery codes, and what an administrator does when one is lost.
import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';
import type { FactorRole, Way } from '../../shared/sign-in.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tokenHash } from '../platform/personal-link.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import * as accounts from './account-store.ts';
import type { Browser } from './accounts.ts';
import type { Entered, Entry } from './entry.ts';
import * as store from './factor-store.ts';
import * as people from './person-store.ts';
import { keyedHash, seal, unseal } from './sealed.ts';
import { dueAt, type Proof } from './second-factor.ts';
import type { Sessions } from './sessions.ts';

const PERIOD_S = 30;
const RECOVERY_CODES = 10;
// As first passwords: without signs that a paper slip confuses. Ten of them are 49 bits.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const PURPOSE = { totp: 'faktor totp', recovery: 'kode pemulihan' };

/** Who sets a factor up: somebody with a session, or on the way in. */
export type Enroller = { personId: string } & ({ person: SignedIn; half: null } | { person: null; half: store.HalfRow });
/** Hears in the same transaction that a factor was set up, or taken away by somebody else. */
type Hear = (tx: Tx, told: { personId: string; what: 'set_up' | 'taken'; by: string | null; reason: string | null }) => Promise<unknown>;

type World = {
  sql: Sql;
  clock: Clock;
  secret: string;
  sessions: Sessions;
  entry: Entry;
  /** Counts a try before it is made; see accounts.ts. */
  mayTry: (loud: string, silent: string | null) => Promise<boolean>;
};

export type Factors = ReturnType<typeof createFactors>;

export function createFactors({ sql, clock, secret, sessions, entry, mayTry }: World) {
  const listeners: Hear[] = [];
  const tellAll = async (tx: Tx, told: Parameters<Hear>[1]): Promise<void> => {
    for (const hear of listeners) await hear(tx, told);
  };
  const note = (tx: Tx, personId: string, by: string | null, what: string, reason: string | null = null) =>
    people.insertChange(tx, { personId, by, at: clock.now(), what, before: null, after: reason === null ? null : { reason } });

  const totpOf = (base32: string, label = ''): TOTP => new TOTP({ issuer: 'Portal Rapat', label, secret: Secret.fromBase32(base32), period: PERIOD_S });

  /** Guesses are counted for this browser where the account knows it, so that strangers cannot lock the owner out; else for the account. */
  async function bucketOf(personId: string, device: string): Promise<string> {
    return (await accounts.knowsDevice(sql, personId, tokenHash(device))) ? `factor:${tokenHash(device)}:${personId}` : `factor:${personId}`;
  }

  /** A code of the app, of now or the step beside it, not used yet. */
  async function isTotp(tx: Tx, personId: string, code: string): Promise<boolean> {
    const row = await store.totp(tx, personId);
    const base32 = row && unseal(secret, PURPOSE.totp, personId, row.sealed);
    if (!base32) return false;
    const now = clock.now().getTime();
    const delta = totpOf(base32).validate({ token: code, window: 1, timestamp: now });
    return delta !== null && store.useStep(tx, personId, Math.floor(now / 1000 / PERIOD_S) + delta);
  }

  /** Which factor the code was; refuses any other, and any that was used. */
  async function tryCode(personId: string, typed: string, device: string, confirmed: boolean): Promise<Proof> {
    const code = typed.toLowerCase().replace(/[^a-z0-9]/g, '');
    const bucket = await bucketOf(personId, device);
    await mayTry(bucket, null);
    const proof = await sql.begin(async (tx): Promise<Proof | null> => {
      if (/^\d{6}$/.test(code))
        return ((await store.totp(tx, personId))?.confirmedAt !== null) === confirmed && (await isTotp(tx, personId, code)) ? 'otp' : null;
      if (!confirmed || !(await store.useRecovery(tx, personId, keyedHash(secret, PURPOSE.recovery, `${personId}:${code}`), clock.now()))) return null;
      await note(tx, personId, personId, 'kode pemulihan dipakai');
      return 'recovery';
    });
    if (proof === null) refuse('factor.wrong');
    await accounts.emptyBuckets(sql, [bucket]);
    return proof;
  }

  /** The second step of a sign-in. */
  async function signInByCode(begun: store.HalfRow, code: string, browser: Browser): Promise<Entered> {
    if (begun.step !== 'factor') refuse('session.step_over');
    const proof = await tryCode(begun.personId, code, browser.device, true);
    return sql.begin((tx) => entry.goOn(tx, begun, proof, browser));
  }

  async function freshByCode(person: SignedIn, code: string, device: string): Promise<void> {
    const proof = await tryCode(person.id, code, device, true);
    await store.prove(sql, person.sessionId, [proof], clock.now());
  }

  /** The new secret, and the same as an address and a picture for the app. Nothing asks for it before it was confirmed. */
  async function startTotp(personId: string): Promise<{ secret: string; uri: string; qr: string }> {
    const made = new Secret({ size: 20 }).base32;
    return sql.begin(async (tx) => {
      const account = await accounts.lockAccount(tx, personId);
      if (!account) refuse('session.required');
      if (!(await store.putTotp(tx, personId, seal(secret, PURPOSE.totp, personId, made), clock.now()))) refuse('factor.exists');
      const uri = totpOf(made, account.email ?? account.name).toString();
      return { secret: made, uri, qr: renderSVG(uri, { ecc: 'M', border: 2 }) };
    });
  }

  async function confirmTotp(who: Enroller, code: string, browser: Browser): Promise<{ recoveryCodes: string[]; entered: Entered | null }> {
    const { personId } = who;
    const row = await store.totp(sql, personId);
    if (!row) refuse('factor.wrong');
    if (row.confirmedAt !== null) refuse('factor.exists');
    await tryCode(personId, code, browser.device, false);
    return sql.begin(async (tx) => {
      await accounts.lockAccount(tx, personId);
      await store.confirmTotp(tx, personId, clock.now());
      await note(tx, personId, personId, 'aplikasi kode dipasang');
      return added(tx, who, 'otp', browser);
    });
  }

  /** A factor has been set up: codes with the first one, other sessions end, and who was on the way in goes on. */
  async function added(tx: Tx, who: Enroller, proof: Proof, browser: Browser): Promise<{ recoveryCodes: string[]; entered: Entered | null }> {
    const { personId } = who;
    const { recoveryLeft } = await store.owned(tx, personId);
    const recoveryCodes = recoveryLeft > 0 ? [] : await newCodes(tx, personId);
    await tellAll(tx, { personId, what: 'set_up', by: null, reason: null });
    await store.forgetTold(tx, personId);
    // They were proven by less than is asked from now on.
    await sessions.endAll(tx, personId, who.person?.sessionId ?? null);
    if (who.half) return { recoveryCodes, entered: await entry.goOn(tx, who.half, proof, browser) };
    await store.prove(tx, who.person.sessionId, [proof], clock.now());
    return { recoveryCodes, entered: null };
  }

  async function newCodes(tx: Tx, personId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''));
    await store.replaceRecovery(
      tx,
      personId,
      codes.map((code) => keyedHash(secret, PURPOSE.recovery, `${personId}:${code}`)),
      clock.now(),
    );
    return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
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

  async function removeTotp(person: SignedIn): Promise<void> {
    await sql.begin(async (tx) => {
      await accounts.lockAccount(tx, person.id);
      await store.removeTotp(tx, person.id);
      await removed(tx, person.id, 'aplikasi kode dilepas');
    });
  }

  async function factorsOf(person: SignedIn) {
    const { totpSince, passkeys, recoveryLeft } = await store.owned(sql, person.id);
    const [standing] = await store.standings(sql, clock.now(), person.id);
    const keys = await store.passkeys(sql, person.id);
    return {
      totp: totpSince && { since: totpSince.toISOString() },
      passkeys: keys.map(({ id, name, madeAt, usedAt, backedUp }) => ({
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
      await store.removePasskeys(tx, personId);
      await store.removeRecovery(tx, personId);
      await store.endHalves(tx, personId);
      await accounts.forgetDevices(tx, personId, null);
      await sessions.endAll(tx, personId);
      await note(tx, personId, by.id, 'faktor kedua diambil', reason);
      await tellAll(tx, { personId, what: 'taken', by: by.name, reason });
    });
  }

  async function rules(tx: Tx) {
    const all = await store.rules(tx);
    const people = await store.standings(tx, clock.now(), null);
    const asked = new Set(all.filter((r) => r.required).map((r) => r.role));
    const of = (role: FactorRole) => people.filter((p) => p.roles.includes(role));
    return {
      rules: all.map(({ role, required, graceDays, at, byName }) => ({
        role,
        required,
        graceDays,
        at: at.toISOString(),
        byName,
        must: of(role).length,
        lack: of(role).filter((p) => !p.hasFactor).length,
      })),
      lacking: people
        .map((p) => ({ ...p, roles: p.roles.filter((role): role is FactorRole => asked.has(role as FactorRole)) }))
        .filter((p) => !p.hasFactor && p.roles.length > 0)
        .map(({ id, name, opd, roles, toldSince }) => ({ id, name, opd, roles, due: toldSince && (dueAt(all, roles, toldSince)?.toISOString() ?? null) })),
    };
  }

  async function setRule(by: SignedIn | null, role: FactorRole, { required, graceDays }: { required: boolean; graceDays: number }): Promise<void> {
    await sql.begin(async (tx) => {
      const now = (await store.rules(tx)).find((r) => r.role === role);
      if (now?.required === required && now.graceDays === graceDays) return;
      await store.insertRule(tx, { role, required, graceDays, by: by?.id ?? null, at: clock.now() });
    });
  }

  return {
    onChanged: (hear: Hear): void => void listeners.push(hear),
    signInByCode,
    freshByCode,
    startTotp,
    confirmTotp,
    added,
    removed,
    note,
    renewCodes,
    removeTotp,
    factorsOf,
    stepOf,
    ofPerson,
    takeAway,
    rules,
    setRule,
  };
}

const waysOf = (totp: boolean, passkeys: number, recoveryLeft: number): Way[] => [
  ...(passkeys > 0 ? (['passkey'] as const) : []),
  ...(totp ? (['totp'] as const) : []),
  ...(recoveryLeft > 0 ? (['recovery'] as const) : []),
];
