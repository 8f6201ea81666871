// Says an answer until the portal has heard it: a cut connection is waited out, a no of the portal is not.
import type { postAnswer } from '../../../shared/calls.ts';
import { call, Refused } from '../../platform/call.ts';
import type { Answer, Trouble } from './rings.ts';

const FIRST_MS = 1000;
const LONGEST_MS = 8000;
const PASSING = new Set(['offline', 'portal.unavailable', 'limit.reached']);
/** It rings no more, whatever one answers. */
const OVER = new Set(['call.cancelled', 'call.over', 'not_found']);

export type Saying = { again: () => void; stop: () => void };
type Heard = { kind: 'heard' } | { kind: 'over'; message: string };

/** `again`: do not wait out the delay. */
export function sayAnswer(callId: string, answer: Answer, hear: { done: (heard: Heard) => void; trouble: (trouble: Trouble) => void }): Saying {
  let timer = 0;
  let tries = 0;
  let asking = false;
  let stopped = false;
  window.addEventListener('online', again);

  async function attempt(): Promise<void> {
    if (asking || stopped) return;
    asking = true;
    window.clearTimeout(timer);
    try {
      await call<typeof postAnswer>('POST', '/api/calls/:id/answer', { params: { id: callId }, body: answer });
      end({ kind: 'heard' });
    } catch (error) {
      const { code, message } = error instanceof Refused ? error : { code: 'offline' as const, message: '' };
      // Whoever is inside already only wanted to be there.
      if (code === 'call.inside_already') end({ kind: 'heard' });
      else if (OVER.has(code)) end({ kind: 'over', message });
      else if (!stopped) {
        hear.trouble(PASSING.has(code) ? { kind: 'offline' } : { kind: 'refused', message, signIn: code === 'session.required' });
        if (PASSING.has(code)) timer = window.setTimeout(again, Math.min(LONGEST_MS, FIRST_MS * 2 ** tries++) * (0.75 + Math.random() / 2));
      }
    } finally {
      asking = false;
    }
  }

  function again(): void {
    void attempt();
  }

  function end(heard: Heard): void {
    if (stopped) return;
    stop();
    hear.done(heard);
  }

  function stop(): void {
    stopped = true;
    window.clearTimeout(timer);
    window.removeEventListener('online', again);
  }

  again();
  return { again, stop };
}
