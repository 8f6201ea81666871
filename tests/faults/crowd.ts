// People who come and go while something breaks: the same small crowd for every fault.
import { setTimeout as stay } from 'node:timers/promises';
import type { Verdict } from './compare.ts';
import { callHearing, type Hearing, type Place } from './hearing.ts';
import type { Visitor } from './visitors.ts';

/** How long everybody is inside before and after the fault. */
export const VISIT_MS = 3_000;
export const CROWD = 7;
/** Of them, from the first. */
export const STAY = 2;
const LEAVES_DURING = 3;

/** `middle`: waits until half of the fault is over. */
type Break = {
  /** Who leaves in the middle closes the browser: a client that ends in order would wait for the frozen portal with its media still flowing. */
  abruptly?: true;
  breaks(hearing: Hearing): Promise<void>;
  middleMs: number;
  /** A meeting of `CROWD` guests that was looked for; else any. */ called?: Hearing;
  /** Before the sheet is read. */ mends?(hearing: Hearing): Promise<void>;
};

/**
 * Two stay. In the middle of the fault one leaves, one loads the page again and one comes, let in when that is possible.
 * One has left just before it, one comes afterwards.
 */
export async function crowd(city: Place, title: string, { breaks, middleMs, mends, abruptly, called }: Break): Promise<Verdict> {
  const hearing = called ?? (await callHearing(city, title, CROWD));
  const people = city.visitors();
  const alone = abruptly ? city.visitors() : people;
  const guests = Array.from({ length: CROWD }, (_, n) => hearing.guest(n === LEAVES_DURING ? alone : people));
  const [stays, alsoStays, leavesBefore, leavesDuring, reloads, comesDuring, comesAfter] = guests as [
    Visitor,
    Visitor,
    Visitor,
    Visitor,
    Visitor,
    Visitor,
    Visitor,
  ];
  const each = async (visitors: Visitor[], act: (visitor: Visitor) => Promise<void>): Promise<void> => void (await Promise.all(visitors.map(act)));

  await each([stays, alsoStays, leavesBefore, leavesDuring, reloads], (v) => v.enter());
  await stay(VISIT_MS);
  await leavesBefore.leave();
  const broken = breaks(hearing);
  await stay(middleMs);
  await Promise.all([broken, abruptly ? alone.kill() : leavesDuring.leave(middleMs), reloads.reload(middleMs), comesDuring.enter(middleMs)]);
  await each([stays, alsoStays], (v) => v.inside());
  await comesAfter.enter();
  await stay(VISIT_MS);
  await each([stays, alsoStays, reloads, comesDuring, comesAfter], (v) => v.leave());
  await mends?.(hearing);
  people.end();
  return hearing.judge();
}
