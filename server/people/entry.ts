// The way in, step by step. What has been shown so far is kept apart from sessions: somebody half proven has no session, only a
// note of this browser that the next step goes with.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tokenHash } from '../platform/personal-link.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import * as accounts from './account-store.ts';
import type { Browser } from './accounts.ts';
import * as store from './factor-store.ts';
import { asks, dueAt, isFresh, isProven, nextStep, type Proof } from './second-factor.ts';
import type { Sessions } from './sessions.ts';

/** How long the next step may take. */
export const HALF_S = 600;

/** `token` = the secret of the session cookie; `half` = that of a sign-in on its way. */
export type Entered = { token: string; personId: string } | { half: string };
export type Entry = ReturnType<typeof createEntry>;

export function createEntry({ sql, clock, sessions }: { sql: Sql; clock: Clock; sessions: Sessions }) {
  /** By when this person must have a factor; null = has one, or need not. Somebody who is not asked is forgotten as told: a later rule gives the days anew. */
  async function due(tx: Tx, standing: store.Standing, now: Date): Promise<Date | null> {
    const rules = await store.rules(tx);
    if (standing.hasFactor || !asks(rules, standing.roles)) {
      if (standing.toldSince !== null) await store.forgetTold(tx, standing.id);
      return null;
    }
    if (standing.toldSince === null) await store.noteTold(tx, standing.id, now);
    return dueAt(rules, standing.roles, standing.toldSince ?? now);
  }

  /** In, or what must come next. The account's row is locked by the caller. */
  async function go(tx: Tx, personId: string, amr: readonly Proof[], browser: Browser): Promise<Entered> {
    const now = clock.now();
    const [standing] = await store.standings(tx, now, personId);
    if (!standing) refuse('session.wrong');
    const step = nextStep({ ...standing, amr, due: await due(tx, standing, now) }, now);
    if (step !== null) {
      const secret = randomBytes(32).toString('base64url');
      await store.forgetHalves(tx, now);
      const expiresAt = new Date(now.getTime() + HALF_S * 1000);
      await store.insertHalf(tx, { id: tokenHash(secret), personId, device: tokenHash(browser.device), amr, step, expiresAt });
      return { half: secret };
    }
    await accounts.rememberDevice(tx, tokenHash(browser.device), personId, now);
    if (browser.sessionId !== null) await sessions.end(tx, browser.sessionId);
    const token = await sessions.begin(tx, personId, browser.userAgent);
    await store.setProof(tx, tokenHash(token), amr, isProven(amr) ? now : null);
    return { token, personId };
  }

  /** The sign-in that this browser has begun. */
  async function half(tx: Tx, secret: string | null, device: string): Promise<store.HalfRow> {
    const row = secret === null ? null : await store.half(tx, tokenHash(secret), tokenHash(device), clock.now());
    return row ?? refuse('session.step_over');
  }

  /** Goes on with one more proof. Of two at the same moment one does. `first`: what the step itself writes. */
  async function goOn(tx: Tx, begun: store.HalfRow, proof: Proof | null, browser: Browser, first?: () => Promise<unknown>): Promise<Entered> {
    const account = await accounts.lockAccount(tx, begun.personId);
    if (!account || account.disabled || !(await store.takeHalf(tx, begun.id))) refuse('session.step_over');
    await first?.();
    return go(tx, begun.personId, proof === null ? begun.amr : [...begun.amr, proof], browser);
  }

  async function requireFresh(person: Pick<SignedIn, 'sessionId'>): Promise<void> {
    if (!isFresh(await store.freshness(sql, person.sessionId), clock.now())) refuse('session.fresh_needed');
  }

  /** By when, for the line that tells it; null = has one, or need not. */
  async function dueOf(personId: string): Promise<Date | null> {
    const [standing] = await store.standings(sql, clock.now(), personId);
    return !standing || standing.hasFactor || standing.toldSince === null ? null : dueAt(await store.rules(sql), standing.roles, standing.toldSince);
  }

  return { go, half, goOn, requireFresh, dueOf };
}
