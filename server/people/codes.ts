// Codes that a person types: of an authenticator app (TOTP, RFC 6238), or for recovery.
import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tokenHash } from '../platform/personal-link.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import * as accounts from './account-store.ts';
import type { Browser } from './accounts.ts';
import type { Entered, Entry } from './entry.ts';
import * as store from './factor-store.ts';
import type { Enroller, Factors } from './factors.ts';
import { seal, unseal } from './sealed.ts';
import type { Proof } from './second-factor.ts';
import type { SignInLog } from './sign-in-log.ts';

const PERIOD_S = 30;
const PURPOSE = 'faktor totp';

type World = {
  sql: Sql;
  clock: Clock;
  secret: string;
  /** What it sealed is opened, and sealed anew. */
  formerSecret?: string | null;
  entry: Entry;
  factors: Factors;
  signIns: SignInLog;
  /** Counts a try before it is made; see accounts.ts. */
  mayTry: (loud: string, silent: string | null) => Promise<boolean>;
};

export type Codes = ReturnType<typeof createCodes>;

export function createCodes({ sql, clock, secret, formerSecret = null, entry, factors, signIns, mayTry }: World) {
  const totpOf = (base32: string, label = ''): TOTP => new TOTP({ issuer: 'Portal Rapat', label, secret: Secret.fromBase32(base32), period: PERIOD_S });

  /** Guesses are counted for this browser where the account knows it, so that strangers cannot lock the owner out; else for the account. */
  async function bucketOf(personId: string, device: string): Promise<string> {
    return (await accounts.knowsDevice(sql, personId, tokenHash(device))) ? `factor:${tokenHash(device)}:${personId}` : `factor:${personId}`;
  }

  /** A code of the app, of now or the step beside it, not used yet. */
  async function isTotp(tx: Tx, personId: string, code: string): Promise<boolean> {
    const row = await store.totp(tx, personId);
    const base32 =
      row && (unseal(secret, PURPOSE, personId, row.sealed) ?? (formerSecret === null ? null : unseal(formerSecret, PURPOSE, personId, row.sealed)));
    if (!base32) return false;
    const now = clock.now().getTime();
    const delta = totpOf(base32).validate({ token: code, window: 1, timestamp: now });
    return delta !== null && store.useStep(tx, personId, Math.floor(now / 1000 / PERIOD_S) + delta);
  }

  /** After a change of the portal's secret: what the former one sealed is sealed by the new one. Repeating it changes nothing. */
  async function resealFormer(): Promise<void> {
    if (formerSecret === null) return;
    for (const { personId, sealed } of await store.allTotp(sql)) {
      const base32 = unseal(formerSecret, PURPOSE, personId, sealed);
      if (base32 !== null) await store.resealTotp(sql, personId, sealed, seal(secret, PURPOSE, personId, base32));
    }
  }

  /** Which factor the code was; refuses any other, and any that was used. */
  async function tryCode(personId: string, typed: string, { device, userAgent }: Pick<Browser, 'device' | 'userAgent'>, confirmed: boolean): Promise<Proof> {
    const code = typed.toLowerCase().replace(/[^a-z0-9]/g, '');
    const bucket = await bucketOf(personId, device);
    await mayTry(bucket, null);
    const proof = await sql.begin(async (tx): Promise<Proof | null> => {
      if (/^\d{6}$/.test(code))
        return ((await store.totp(tx, personId))?.confirmedAt !== null) === confirmed && (await isTotp(tx, personId, code)) ? 'otp' : null;
      return confirmed && (await factors.useRecovery(tx, personId, code)) ? 'recovery' : null;
    });
    if (proof === null) {
      if (confirmed) await signIns.note(sql, personId, 'faktor_ditolak', userAgent);
      refuse('factor.wrong');
    }
    await accounts.emptyBuckets(sql, [bucket]);
    return proof;
  }

  /** The second step of a sign-in. */
  async function signInByCode(begun: store.HalfRow, code: string, browser: Browser): Promise<Entered> {
    if (begun.step !== 'factor') refuse('session.step_over');
    const proof = await tryCode(begun.personId, code, browser, true);
    return sql.begin((tx) => entry.goOn(tx, begun, proof, browser));
  }

  async function freshByCode(person: SignedIn, code: string, browser: Browser): Promise<void> {
    const proof = await tryCode(person.id, code, browser, true);
    await store.prove(sql, person.sessionId, [proof], clock.now());
  }

  /** The new secret, and the same as an address and a picture for the app. Nothing asks for it before it was confirmed. */
  async function startTotp(personId: string): Promise<{ secret: string; uri: string; qr: string }> {
    const made = new Secret({ size: 20 }).base32;
    return sql.begin(async (tx) => {
      const account = await accounts.lockAccount(tx, personId);
      if (!account) refuse('session.required');
      if (!(await store.putTotp(tx, personId, seal(secret, PURPOSE, personId, made), clock.now()))) refuse('factor.exists');
      const uri = totpOf(made, account.email ?? account.name).toString();
      return { secret: made, uri, qr: renderSVG(uri, { ecc: 'M', border: 2 }) };
    });
  }

  async function confirmTotp(who: Enroller, code: string, browser: Browser): Promise<{ recoveryCodes: string[]; entered: Entered | null }> {
    const { personId } = who;
    const row = await store.totp(sql, personId);
    if (!row) refuse('factor.wrong');
    if (row.confirmedAt !== null) refuse('factor.exists');
    await tryCode(personId, code, browser, false);
    return sql.begin(async (tx) => {
      await accounts.lockAccount(tx, personId);
      await store.confirmTotp(tx, personId, clock.now());
      await factors.note(tx, personId, personId, 'aplikasi kode dipasang');
      return factors.added(tx, who, 'otp', browser);
    });
  }

  async function removeTotp(person: SignedIn): Promise<void> {
    await sql.begin(async (tx) => {
      await accounts.lockAccount(tx, person.id);
      await store.removeTotp(tx, person.id);
      await factors.removed(tx, person.id, 'aplikasi kode dilepas');
    });
  }

  return { signInByCode, freshByCode, startTotp, resealFormer, confirmTotp, removeTotp };
}
