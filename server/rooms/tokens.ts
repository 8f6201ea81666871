// JWTs as LiveKit reads and writes them: HS256 and nothing else. Not the SDK's, because clocks differ: what is signed here holds
// for a media server whose clock is two minutes off, and what is read tells a wrong signature from a wrong time.
import { createHmac, timingSafeEqual } from 'node:crypto';

export type KeyPair = { key: string; secret: string };
export type Payload = Record<string, unknown>;

/** Seconds. LiveKit itself forgives one minute either way (livekit.md §0.8). */
const BACKDATED = 180;

const FORM = /^([\w-]+)\.([\w-]+)\.([\w-]{43})$/;
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

const signatureOf = (pair: KeyPair, signed: string): Buffer => createHmac('sha256', pair.secret).update(signed).digest();

/** `now` in milliseconds. */
export function signToken(pair: KeyPair, payload: Payload, now: number, seconds: number): string {
  const at = Math.floor(now / 1000);
  const claims = { ...payload, iss: pair.key, nbf: at - BACKDATED, exp: at + seconds };
  const signed = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${signed}.${signatureOf(pair, signed).toString('base64url')}`;
}

/** What it says; null: not signed with this pair. Its times are another question. */
export function readToken(pair: KeyPair, token: string): Payload | null {
  const [, header = '', payload = '', signature = ''] = FORM.exec(token) ?? [];
  const given = Buffer.from(signature, 'base64url');
  const expected = signatureOf(pair, `${header}.${payload}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const head = objectIn(header);
  const claims = objectIn(payload);
  return head?.['alg'] === 'HS256' && head['crit'] === undefined && claims?.['iss'] === pair.key ? claims : null;
}

/** Valid at `now` (milliseconds), give or take `tolerance` seconds. Without an end it never is. */
export function isTimely({ nbf, exp }: Payload, now: number, tolerance: number): boolean {
  const at = now / 1000;
  return typeof exp === 'number' && at < exp + tolerance && (nbf === undefined || (typeof nbf === 'number' && at >= nbf - tolerance));
}

function objectIn(part: string): Payload | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Payload) : null;
  } catch {
    return null;
  }
}
