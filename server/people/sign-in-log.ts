// Who signed in and who tried with a wrong password or second factor: one row each, for the person and for whoever investigates. What was typed is never kept.
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { deviceInWords } from './device.ts';
import * as store from './sign-in-store.ts';

/** As many as a page shows. */
const SHOWN = 20;

export type SignInLog = ReturnType<typeof createSignInLog>;

export function createSignInLog({ clock }: { clock: Clock }) {
  const note = async (tx: Tx, personId: string, outcome: store.Outcome, userAgent: string, at = clock.now()): Promise<void> => {
    await store.insertSignIn(tx, { at, personId, outcome, userAgent: userAgent.slice(0, 300) });
  };

  /** Of one person, newest first. */
  async function list(tx: Tx, personId: string, limit = SHOWN): Promise<{ at: string; outcome: store.Outcome; device: string }[]> {
    const rows = await store.signInsOf(tx, personId, limit);
    return rows.map(({ at, outcome, userAgent }) => ({ at: at.toISOString(), outcome, device: deviceInWords(userAgent) }));
  }

  return { note, list };
}
