import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, fingerprintOf } from '../../server/platform/canonical.ts';
import { newCode, readCode } from '../../server/platform/paper-code.ts';
import { paperNumber } from '../../server/platform/paper-number.ts';

test('the number names the OPD, the month in Roman figures and the year', () => {
  expect(paperNumber('DH', 5, 'Dinsos', '2026-11-23')).toBe('005/DH/DINSOS/XI/2026');
  expect(paperNumber('DH', 1204, 'Bag. Umum Setda', '2027-01-02')).toBe('1204/DH/BAG-UMUM-SETDA/I/2027');
});

test('a code has 80 random bits in letters that cannot be misread', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/.test(newCode(bytes))));
  expect(new Set(Array.from({ length: 1_000 }, () => newCode())).size).toBe(1_000);
  const all = Array.from({ length: 32 }, (_, n) => newCode(new Uint8Array(16).fill(n)).charAt(0));
  expect(new Set(all).size).toBe(32);
});

test('a code misread from paper is read as it was meant', () => {
  expect(readCode('7k3m-qxo9-iwhl-p4rd')).toBe('7K3M-QX09-1WH1-P4RD');
});

test('the fingerprint does not depend on the order a database keeps keys in', () => {
  expect(canonical({ b: [1, null, { d: 'x', c: true }], a: undefined })).toBe('{"b":[1,null,{"c":true,"d":"x"}]}');
  expect(fingerprintOf({ a: 1, b: 'é' })).toBe(fingerprintOf({ b: 'é', a: 1 }));
  expect(fingerprintOf({ a: 1 })).not.toBe(fingerprintOf({ a: 2 }));
});

test('what JSON keeps, the fingerprint keeps', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => fingerprintOf(JSON.parse(JSON.stringify(value))) === fingerprintOf(JSON.parse(canonical(value)))),
    { numRuns: 1_000 },
  );
});
