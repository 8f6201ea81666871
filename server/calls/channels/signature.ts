// Webhooks in either direction, signed as https://www.standardwebhooks.com says: HMAC-SHA256 over `id.timestamp.body`, in base64 after `v1,`.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the clocks of portal and gateway may differ; also how long a report must be known so as not to be heard twice. */
export const HOLDS_MS = 5 * 60_000;

/** What an administrator copies into the gateway. Derived, so it is in no database; another version is another secret. */
export const gatewaySecret = (portalSecret: string, gatewayId: string, version: number): string =>
  `whsec_${createHmac('sha256', portalSecret).update(`gerbang:${gatewayId}:${version}`).digest('base64')}`;

const signatureOf = (secret: string, id: string, timestamp: string, body: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`;

/** By each of the secrets: as the standard has it while one is changed. */
export function signedHeaders(secrets: readonly string[], { id, at, body }: { id: string; at: Date; body: string }): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => signatureOf(secret, id, timestamp, body)).join(' '),
  };
}

/** The id of a message that was signed with this secret and not long ago; null = forged, or too old. */
export function signedId(secret: string, headers: Readonly<Record<string, unknown>>, body: string, now: Date): string | null {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name]);
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return null;
  if (id.length > 200 || !/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() - Number(timestamp) * 1000) > HOLDS_MS) return null;
  const right = Buffer.from(signatureOf(secret, id, timestamp, body));
  const isRight = (given: string): boolean => given.length === right.length && timingSafeEqual(Buffer.from(given.padEnd(right.length)), right);
  return signatures.split(' ').slice(0, 10).some(isRight) ? id : null;
}
