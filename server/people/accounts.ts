// Signing in and out, passwords, the first administrator.
import { randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tokenHash } from '../platform/personal-link.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import * as store from './account-store.ts';
import { createPasswordDesk } from './password-desk.ts';
import { isWeak } from './password.ts';
import * as people from './person-store.ts';
import type { Sessions } from './sessions.ts';
import type { Entered, Entry } from './entry.ts';
import type { HalfRow } from './factor-store.ts';
import type { SignInLog } from './sign-in-log.ts';
import { attempt, bucketsOf, QUIET_S } from './throttle.ts';

const SETUP_HOURS = 24;
/** A wrong password is written down this long after it was answered, or when the portal stops. */
const NOTED_AFTER_MS = 150;
/** What a browser brings along: its long-lived id, its description, and the session it may already have. */
export type Browser = { device: string; userAgent: string; sessionId: string | null; strangerMustBeWithin: () => void };
type Typed = { login: string; password: string };

// Argon2id at the library's defaults (19 MiB, 2 passes): OWASP Password Storage Cheat Sheet, first choice.
export const hashPassword = (password: string): Promise<string> => hash(password);

export function createAccounts({ sql, clock, sessions, entry, signIns }: { sql: Sql; clock: Clock; sessions: Sessions; entry: Entry; signIns: SignInLog }) {
  const passwords = createPasswordDesk();
  // An account that does not exist takes as long as one that does.
  const nobodysHash = hashPassword(randomBytes(16).toString('hex'));

  /** Counts the try before it is made, so that tries at the same moment count too. False = the password shall not be looked at. */
  async function mayTry(loud: string, silent: string | null): Promise<boolean> {
    const now = clock.now();
    await store.forgetBuckets(sql, new Date(now.getTime() - QUIET_S * 1000));
    return sql.begin(async (tx) => {
      const first = attempt(await store.lockBucket(tx, loud), now);
      if (!first.allowed) refuse('session.slow_down', { seconds: first.seconds });
      await store.saveBucket(tx, loud, first.bucket);
      if (silent === null) return true;
      const second = attempt(await store.lockBucket(tx, silent), now);
      if (second.allowed) await store.saveBucket(tx, silent, second.bucket);
      return second.allowed;
    });
  }

  const notYetNoted = new Set<() => Promise<void>>();
  function noteLater(personId: string, userAgent: string): void {
    const at = clock.now();
    const note = async (): Promise<void> => {
      clearTimeout(timer);
      if (notYetNoted.delete(note)) await signIns.note(sql, personId, 'ditolak', userAgent, at).catch(() => {});
    };
    const timer = setTimeout(() => void note(), NOTED_AFTER_MS).unref();
    notYetNoted.add(note);
  }
  /** Writes down what is not yet. */
  const close = async (): Promise<void> => void (await Promise.all([...notYetNoted].map((note) => note())));

  /** In, or on the way in. Refuses alike whatever was wrong. */
  const signIn = (typed: Typed, browser: Browser): Promise<Entered> => passwords.served(browser.device, () => lookAt(typed, browser));

  async function lookAt({ login, password }: Typed, browser: Browser): Promise<Entered> {
    const typed = login
      .normalize('NFC')
      .toLowerCase()
      .replace(/^[\d\s.]+$/, (digits) => digits.replace(/[\s.]/g, ''));
    const device = tokenHash(browser.device);
    const account = await store.accountByLogin(sql, typed, device);
    // Whoever signed in here before is not slowed by what else comes from the same address.
    if (!account?.deviceKnown) browser.strangerMustBeWithin();
    const { loud, silent } = bucketsOf({ login: tokenHash(typed), person: account?.id ?? null, device, deviceKnown: account?.deviceKnown ?? false });
    const useful = await mayTry(loud, silent);
    const right = await passwords.isRight(account?.passwordHash ?? (await nobodysHash), password);
    if (!account || !account.passwordHash || account.disabled || !right || !useful) {
      // Well after the answer, which an account that does not exist gets as fast: a row on its way costs a fifth of a millisecond.
      if (account && useful) noteLater(account.id, browser.userAgent);
      refuse('session.wrong');
    }
    return sql.begin(async (tx) => {
      // Another password or a disabled account since it was read: nobody slips in behind a change.
      const still = await store.lockAccount(tx, account.id);
      if (!still || still.disabled || still.passwordHash !== account.passwordHash) refuse('session.wrong');
      await store.emptyBuckets(tx, silent === null ? [loud] : [loud, silent]);
      return entry.go(tx, account.id, ['pwd'], browser);
    });
  }

  /** The first password, which somebody else knew, is replaced on the way in: until then it opens nothing. */
  async function replaceFirst(begun: HalfRow, next: string, browser: Browser): Promise<Entered> {
    if (begun.step !== 'password') refuse('session.step_over');
    const account = await store.accountById(sql, begun.personId);
    if (!account || (await isWeak(next, account)) || (await passwords.isRight(account.passwordHash ?? (await nobodysHash), next))) refuse('password.weak');
    const passwordHash = await hashPassword(next);
    return sql.begin(async (tx) => {
      const entered = await entry.goOn(tx, begun, null, browser, () => store.setPassword(tx, [begun.personId], passwordHash, false));
      await people.insertChange(tx, { personId: begun.personId, by: begun.personId, at: clock.now(), what: 'kata sandi diganti', before: null, after: null });
      return entered;
    });
  }

  const signOut = (person: SignedIn): Promise<void> => sql.begin((tx) => sessions.end(tx, person.sessionId));
  const signOutEverywhere = (person: SignedIn): Promise<void> => sql.begin((tx) => sessions.endAll(tx, person.id));

  async function changePassword(person: SignedIn, { current, next }: { current: string; next: string }, device: string): Promise<void> {
    const key = `password:${person.id}`;
    await mayTry(key, null);
    await sql.begin(async (tx) => {
      const account = await store.lockAccount(tx, person.id);
      if (!account || !(await passwords.isRight(account.passwordHash ?? (await nobodysHash), current))) refuse('password.wrong');
      await store.emptyBuckets(tx, [key]);
      if (next === current || (await isWeak(next, account))) refuse('password.weak');
      await store.setPassword(tx, [person.id], await hashPassword(next), false);
      await store.forgetDevices(tx, person.id, tokenHash(device));
      await people.insertChange(tx, { personId: person.id, by: person.id, at: clock.now(), what: 'kata sandi diganti', before: null, after: null });
      await sessions.endAll(tx, person.id, person.sessionId);
    });
  }

  /** For demonstrations and tests: one known password for all of them, which they need not change. */
  async function givePassword(personIds: readonly string[], password: string): Promise<void> {
    await store.setPassword(sql, personIds, await hashPassword(password), false);
  }

  async function needsSetup(tx: Tx): Promise<boolean> {
    return (await people.administrators(tx)).length === 0;
  }

  /** A one-time token (256 bits), valid for a day; null once there is an administrator. */
  async function makeSetupLink(): Promise<string | null> {
    const token = randomBytes(32).toString('base64url');
    return sql.begin(async (tx) => {
      if (!(await needsSetup(tx))) return null;
      await store.insertSetupLink(tx, tokenHash(token), new Date(clock.now().getTime() + SETUP_HOURS * 3_600_000));
      return token;
    });
  }

  async function setUp(
    input: { token: string; name: string; email: string; password: string; region: string },
    browser: Browser,
  ): Promise<{ token: string; personId: string }> {
    if (await isWeak(input.password, { name: input.name, nip: null, email: input.email })) refuse('password.weak');
    const passwordHash = await hashPassword(input.password);
    return sql.begin(async (tx) => {
      const at = clock.now();
      if (!(await needsSetup(tx)) || !(await store.useSetupLink(tx, tokenHash(input.token), at))) refuse('setup.used');
      if (await people.takenBy(tx, { nip: null, email: input.email, except: null })) refuse('person.duplicate', { field: 'Surel' });
      const personId = await people.insertPerson(tx, { name: input.name, nip: null, email: input.email, phone: null, opdId: null }, at);
      await store.setPassword(tx, [personId], passwordHash, false);
      await people.grant(tx, personId, { role: 'administrator', opdId: null }, null, at);
      await people.setRegion(tx, input.region);
      await people.insertChange(tx, { personId, by: null, at, what: 'administrator pertama', before: null, after: null });
      await store.rememberDevice(tx, tokenHash(browser.device), personId, at);
      return { token: await sessions.begin(tx, personId, browser.userAgent), personId };
    });
  }

  return { mayTry, replaceFirst, signIn, signOut, signOutEverywhere, changePassword, givePassword, makeSetupLink, setUp, close };
}
