import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { linkHash, linkPath, linkToken } from '../../server/meetings/links.ts';

test('a link can be shown again, changes with its version, its invitation and the portal’s secret', () => {
  const id = randomUUID();
  const token = linkToken('rahasia-portal', id, 1);
  expect(linkToken('rahasia-portal', id, 1)).toBe(token);
  expect(new Set([token, linkToken('rahasia-portal', id, 2), linkToken('rahasia-portal', randomUUID(), 1), linkToken('lain', id, 1)]).size).toBe(4);
});

test('a link carries at least 128 bits, and stands in the fragment, which no server sees', () => {
  const token = linkToken('rahasia-portal', randomUUID(), 1);
  expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
  expect(linkPath(token)).toBe(`/r#${token}`);
  expect(linkHash(token)).not.toContain(token);
});
