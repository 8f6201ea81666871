// This browser holds a link that is another browser's: it asks that the link may move here, and waits for the answer.
import type { getLinkAsk, postLinkAsk } from '../../shared/invitations.ts';
import { call, Refused } from '../platform/call.ts';

export type Moving = 'menunggu' | 'ditolak' | null;
const ASKS_MS = 3000;

export function createMoving({ changed, allowed }: { changed: () => void; allowed: () => void }) {
  let state: Moving = null;
  let timer = 0;

  function become(next: Moving): void {
    window.clearTimeout(timer);
    if (next === 'menunggu') timer = window.setTimeout(() => void look(), ASKS_MS);
    if (next === state) return;
    state = next;
    changed();
  }
  function take(answer: 'menunggu' | 'diizinkan' | 'ditolak'): void {
    if (answer !== 'diizinkan') return become(answer);
    become(null);
    allowed();
  }
  async function look(): Promise<void> {
    await call<typeof getLinkAsk>('GET', '/api/link-asks/mine').then(
      (reply) => take(reply.state),
      () => become('menunggu'),
    );
  }
  async function ask(): Promise<void> {
    await call<typeof postLinkAsk>('POST', '/api/link-asks').then(
      (reply) => take(reply.state),
      // Said no a moment ago, or the portal is away: the button stays.
      (error: unknown) => become(error instanceof Refused && error.code === 'limit.reached' ? 'ditolak' : null),
    );
  }

  return { state: (): Moving => state, ask: () => void ask(), stop: () => become(null) };
}
