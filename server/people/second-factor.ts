// Second factors: who must have one and from when, and what comes next on the way in.
import type { Role } from '../../shared/people.ts';
import type { FactorRole, Step } from '../../shared/sign-in.ts';

/** How somebody was proven, in the words of RFC 8176 where it has one. `mfa`: the office's own sign-in says it asked for two. */
export type Proof = 'pwd' | 'otp' | 'recovery' | 'passkey' | 'oidc' | 'mfa';
/** `since`: from when it holds without a break. */
export type FactorRule = { role: FactorRole; required: boolean; graceDays: number; since: Date };

const DAY_MS = 86_400_000;
const STRONG: ReadonlySet<Proof> = new Set(['otp', 'recovery', 'passkey', 'mfa']);
export const isProven = (amr: readonly Proof[]): boolean => amr.some((proof) => STRONG.has(proof));

export const asks = (rules: readonly FactorRule[], roles: readonly Role[]): boolean => rules.some(({ role, required }) => required && roles.includes(role));

/** By when somebody with these roles must have a factor; null = need not. The days run from the first sign-in at which they were told. */
export function dueAt(rules: readonly FactorRule[], roles: readonly Role[], toldSince: Date): Date | null {
  const due = rules
    .filter(({ role, required }) => required && roles.includes(role))
    .map(({ since, graceDays }) => Math.max(since.getTime(), toldSince.getTime()) + graceDays * DAY_MS);
  return due.length === 0 ? null : new Date(Math.min(...due));
}

/** What must come before a session; null = nothing. A factor before a new password: whoever has only the first password changes nothing. */
export function nextStep(of: { amr: readonly Proof[]; hasFactor: boolean; mustChangePassword: boolean; due: Date | null }, now: Date): Step | null {
  if (of.hasFactor && !isProven(of.amr)) return 'factor';
  if (of.mustChangePassword && of.amr.includes('pwd')) return 'password';
  if (!of.hasFactor && !isProven(of.amr) && of.due !== null && of.due <= now) return 'set_up';
  return null;
}

export const FRESH_MS = 15 * 60_000;
/** A dangerous act asks for a factor shown lately, of whoever has one. */
export const isFresh = (of: { hasFactor: boolean; provenAt: Date | null }, now: Date): boolean =>
  !of.hasFactor || (of.provenAt !== null && now.getTime() - of.provenAt.getTime() <= FRESH_MS);
