// Passwords are compared two at a time: each takes a core and 19 MiB for some tens of milliseconds. Whoever comes when the queue is long is told so at
// once, instead of everybody waiting longer than a browser does.
import { verify } from '@node-rs/argon2';
import { refuse } from '../platform/refusal.ts';

const AT_ONCE = 2;
/** Whoever would wait longer than this comes again. A machine that is busy with other things has a shorter queue. */
const MOST_WAIT_MS = 5_000;
const MOST_WAITING = 200;
/** Of one browser: a person sends one form, a hasty one some more. */
const MOST_OF_ONE = 20;
const BUSY_S = 3;

export function createPasswordDesk() {
  const waiting: (() => void)[] = [];
  const byBrowser = new Map<string, number>();
  let atWork = 0;
  /** Of one comparison, as the last ones took. */
  let took = 30;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (atWork < AT_ONCE) atWork += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    const from = performance.now();
    try {
      return await work();
    } finally {
      took = took * 0.9 + (performance.now() - from) * 0.1;
      const next = waiting.shift();
      if (next) next();
      else atWork -= 1;
    }
  }

  /** Holds a place for one browser from before the first question to the database until it is answered. */
  async function served<T>(browser: string, work: () => Promise<T>): Promise<T> {
    const mine = byBrowser.get(browser) ?? 0;
    const full = waiting.length >= MOST_WAITING || (waiting.length * took) / AT_ONCE > MOST_WAIT_MS;
    if (full || mine >= MOST_OF_ONE) refuse('portal.busy', { seconds: BUSY_S });
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
