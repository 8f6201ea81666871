// Whose passkeys: they are bound to a name, never to an address in numbers, and browsers make none where the page is not safe (WebAuthn Level 3, 5.1.2).
import { isIP } from 'node:net';

/** `id`: the name passkeys are bound to. `origin`: the only one from which they may be shown. */
export type Party = { id: string; origin: string };

const nameOf = (origin: string): string => new URL(origin).hostname.replace(/^\[|\]$/g, '');

/** `known`: the address people know (PORTAL_ORIGIN). Without it only this machine's own name counts, so that no Host of a request is trusted. */
export function partyOf(known: string | null, asked: string): Party | null {
  const origin = known ?? asked;
  const { protocol } = new URL(origin);
  const id = nameOf(origin);
  if (isIP(id) !== 0) return null;
  if (id === 'localhost') return { id, origin };
  return known !== null && protocol === 'https:' ? { id, origin } : null;
}

/** Where to open the same portal so that passkeys work; null = nowhere. */
export function insteadOf(known: string | null, asked: string): string | null {
  const url = new URL(known ?? asked);
  if (!/^127\.|^::1$/.test(nameOf(url.origin))) return null;
  url.hostname = 'localhost';
  return url.origin;
}
