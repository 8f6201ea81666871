import { AccessToken, TokenVerifier } from 'livekit-server-sdk';
import { expect, test } from 'vitest';
import { isTimely, readToken, signToken } from '../../server/rooms/tokens.ts';

const pair = { key: 'APIuji', secret: 'rahasia-uji-0123456789abcdef-rahasia' };
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test('the SDK reads what the portal signs, and the portal what the SDK signs', async () => {
  const ours = signToken(pair, { sub: 'p_1', video: { room: 'r-1', roomJoin: true } }, Date.now(), 60);
  expect(await new TokenVerifier(pair.key, pair.secret).verify(ours)).toMatchObject({ sub: 'p_1', video: { room: 'r-1', roomJoin: true } });
  const theirs = new AccessToken(pair.key, pair.secret, { identity: 'p_1', ttl: 60 });
  theirs.addGrant({ room: 'r-1', roomJoin: true });
  expect(readToken(pair, await theirs.toJwt())).toMatchObject({ sub: 'p_1', iss: pair.key, video: { room: 'r-1', roomJoin: true } });
});

test.each([
  ['another secret', (token: string) => token, { ...pair, secret: 'rahasia-lain-0123456789abcdef-rahas' }],
  ['another key’s name', (token: string) => token, { ...pair, key: 'APIlain' }],
  ['a changed claim', (token: string) => token.replace(/\.[^.]+\./, `.${part({ iss: pair.key, exp: 9e9 })}.`), pair],
  ['no signature', (token: string) => `${token.split('.').slice(0, 2).join('.')}.`, pair],
  ['a signature of half the length', (token: string) => token.slice(0, -22), pair],
  ['a fourth part', (token: string) => `${token}.x`, pair],
  ['the word Bearer', (token: string) => `Bearer ${token}`, pair],
  ['nothing', () => '', pair],
])('%s is no token of this pair', (_what, change, reader) => {
  expect(readToken(reader, change(signToken(pair, {}, Date.now(), 60)))).toBeNull();
});

test('a token that names another algorithm is refused, though the signature fits', async () => {
  const { createHmac } = await import('node:crypto');
  for (const header of [{ alg: 'none' }, { alg: 'HS512' }, { alg: 'HS256', crit: ['x'] }, 'HS256', null]) {
    const signed = `${part(header)}.${part({ iss: pair.key, exp: 9e9 })}`;
    expect(readToken(pair, `${signed}.${createHmac('sha256', pair.secret).update(signed).digest('base64url')}`)).toBeNull();
  }
});

test('what the portal signs holds for a clock two minutes behind, and for one that is ahead for as long as it is valid', () => {
  const now = Date.UTC(2026, 10, 23);
  const claims = readToken(pair, signToken(pair, {}, now, 120)) ?? expect.unreachable();
  // LiveKit forgives a minute.
  for (const ahead of [-180, -120, -11, 0, 11, 119, 170]) expect(isTimely(claims, now + ahead * 1000, 60)).toBe(true);
  expect(isTimely(claims, now + 181_000, 60)).toBe(false);
});

test('without an end a token is never valid', () => {
  expect(isTimely({}, 0, 1e9)).toBe(false);
  expect(isTimely({ exp: '9999999999' }, 0, 60)).toBe(false);
  expect(isTimely({ exp: 10, nbf: 'x' }, 0, 60)).toBe(false);
});
