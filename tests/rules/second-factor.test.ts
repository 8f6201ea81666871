import { describe, expect, test } from 'vitest';
import { keyedHash, seal, unseal } from '../../server/people/sealed.ts';
import { asks, dueAt, isFresh, nextStep, type FactorRule, type Proof } from '../../server/people/second-factor.ts';

const monday = new Date('2026-11-23T02:00:00Z');
const later = (days: number): Date => new Date(monday.getTime() + days * 86_400_000);
const rule = (role: FactorRule['role'], over: Partial<FactorRule> = {}): FactorRule => ({ role, required: true, graceDays: 14, since: monday, ...over });

describe('who must have a second factor', () => {
  test('follows from the roles a rule asks', () => {
    const rules = [rule('kepala_opd'), rule('admin_opd', { required: false })];
    expect(asks(rules, ['staf', 'pejabat', 'kepala_opd'])).toBe(true);
    expect(asks(rules, ['staf', 'admin_opd'])).toBe(false);
    expect(dueAt(rules, ['staf', 'admin_opd'], monday)).toBeNull();
  });
  test('the days run from the first sign-in that told it, and not before the rule', () => {
    expect(dueAt([rule('kepala_opd')], ['kepala_opd'], later(3))).toEqual(later(17));
    expect(dueAt([rule('kepala_opd', { since: later(30) })], ['kepala_opd'], later(3))).toEqual(later(44));
  });
  test('of several roles the strictest counts', () => {
    expect(dueAt([rule('kepala_opd'), rule('administrator', { graceDays: 0 })], ['kepala_opd', 'administrator'], later(1))).toEqual(later(1));
  });
});

describe('what comes next on the way in', () => {
  const of = (amr: Proof[], over: Partial<Parameters<typeof nextStep>[0]> = {}) =>
    nextStep({ amr, hasFactor: false, mustChangePassword: false, due: null, ...over }, monday);

  test('nothing, for whoever has no factor and need not have one, or has days left', () => {
    expect(of(['pwd'])).toBeNull();
    expect(of(['pwd'], { due: later(1) })).toBeNull();
  });
  test('a factor where there is one, unless it was shown', () => {
    for (const proof of ['pwd', 'oidc'] as const) expect(of([proof], { hasFactor: true })).toBe('factor');
    for (const proof of ['otp', 'recovery', 'passkey', 'mfa'] as const) expect(of(['pwd', proof], { hasFactor: true })).toBeNull();
  });
  test('a new password after a first one, and only after the factor', () => {
    expect(of(['pwd'], { mustChangePassword: true })).toBe('password');
    expect(of(['pwd'], { mustChangePassword: true, hasFactor: true })).toBe('factor');
    expect(of(['passkey'], { mustChangePassword: true, hasFactor: true })).toBeNull();
  });
  test('setting up, once the days are over; never of whoever was proven by two at the office', () => {
    expect(of(['pwd'], { due: monday })).toBe('set_up');
    expect(of(['oidc', 'mfa'], { due: monday })).toBeNull();
  });
});

test('a dangerous act asks for a factor of the last 15 minutes, of whoever has one', () => {
  const minutesAgo = (n: number): Date => new Date(monday.getTime() - n * 60_000);
  expect(isFresh({ hasFactor: false, provenAt: null }, monday)).toBe(true);
  expect(isFresh({ hasFactor: true, provenAt: null }, monday)).toBe(false);
  expect(isFresh({ hasFactor: true, provenAt: minutesAgo(15) }, monday)).toBe(true);
  expect(isFresh({ hasFactor: true, provenAt: minutesAgo(16) }, monday)).toBe(false);
});

test('what is sealed opens with its secret, for its purpose and owner, and unchanged', () => {
  const secret = 'rahasia-uji-portal-0123456789abcdefghij';
  const sealed = seal(secret, 'totp', 'sari', 'JBSWY3DPEHPK3PXP');
  expect(sealed).not.toBe(seal(secret, 'totp', 'sari', 'JBSWY3DPEHPK3PXP'));
  expect(unseal(secret, 'totp', 'sari', sealed)).toBe('JBSWY3DPEHPK3PXP');
  expect(unseal(`${secret}x`, 'totp', 'sari', sealed)).toBeNull();
  expect(unseal(secret, 'lain', 'sari', sealed)).toBeNull();
  expect(unseal(secret, 'totp', 'joko', sealed)).toBeNull();
  expect(unseal(secret, 'totp', 'sari', `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`)).toBeNull();
  expect(unseal(secret, 'totp', 'sari', 'AAAA')).toBeNull();
  expect(keyedHash(secret, 'a', 'x')).not.toBe(keyedHash(secret, 'b', 'x'));
});
