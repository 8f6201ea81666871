// Passwords are compared two at a time: each takes a core and 19 MiB for some tens of milliseconds. Whoever comes when the queue is long is told so at
// once, instead of everybody waiting longer than a browser does.
import { verify } from '@node-rs/argon2';
import { refuse } from '../platform/refusal.ts';

const AT_ONCE = 2;
/** About two seconds of waiting on two cores. */
const MOST_WAITING = 100;
/** Of one browser: a person sends one form, a hasty one some more. */
const MOST_OF_ONE = 20;
const BUSY_S = 3;

export type PasswordDesk = ReturnType<typeof createPasswordDesk>;

export function createPasswordDesk() {
  const waiting: (() => void)[] = [];
  const byBrowser = new Map<string, number>();
  let atWork = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (atWork < AT_ONCE) atWork += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else atWork -= 1;
    }
  }

  /** Holds a place for one browser from before the first question to the database until it is answered. */
  async function served<T>(browser: string, work: () => Promise<T>): Promise<T> {
    const mine = byBrowser.get(browser) ?? 0;
    if (waiting.length >= MOST_WAITING || mine >= MOST_OF_ONE) refuse('portal.busy', { seconds: BUSY_S });
    byBrowser.set(browser, mine + 1);
    try {
      return await work();
    } finally {
      const left = byBrowser.get(browser)! - 1;
      if (left > 0) byBrowser.set(browser, left);
      else byBrowser.delete(browser);
    }
  }

  return { served, isRight: (kept: string, password: string): Promise<boolean> => inTurn(() => verify(kept, password)) };
}
