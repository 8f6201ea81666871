// Rights are written first and then applied: whichever process wakes claims rows, tells LiveKit, stamps what it told. Nothing is
// locked while LiveKit is asked; a word that changed meanwhile is told again, by the same process, so that the last one stays.
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import type { Sql } from '../platform/database.ts';
import { parseIdentity } from './identity.ts';
import type { LiveKit } from './livekit.ts';
import * as store from './store.ts';

const TOGETHER = 16;
/** Longer than a call and its list take at most: LiveKit is given five seconds for each. A process that dies delays a right by this. */
const CLAIM_SECONDS = 12;

/** Hears what the media server was told by this process, once that is written down. */
export type AppliedListener = (told: readonly Pick<store.Claimed, 'roomId' | 'member' | 'word'>[]) => void;
type World = { sql: Sql; clock: Clock; log: FastifyBaseLogger; livekit: () => LiveKit | null; applied: AppliedListener };

/** Applies all that is not applied yet; calls at the same time share one run, and a call during a run makes another. */
export function createApplier({ sql, clock, log, livekit, applied }: World) {
  let running: Promise<void> | null = null;
  let again = false;

  const tellOne = (device: LiveKit, { roomName, word, bars }: store.Claimed, identity: string): Promise<void> =>
    word === 'none' ? device.remove(roomName, identity) : device.allow(roomName, identity, word, bars);

  /** Those that are known at once: the list of a room of hundreds takes longer. It shows who came a moment ago; a room is asked once for all. */
  async function tell(device: LiveKit, right: store.Claimed, listOf: (roomName: string) => Promise<string[]>): Promise<void> {
    const known = right.devices.map((one) => `${right.member}:${one}`);
    await Promise.all(known.map(async (identity) => tellOne(device, right, identity)));
    const others = (await listOf(right.roomName)).filter((identity) => !known.includes(identity) && parseIdentity(identity)?.member === right.member);
    await Promise.all(others.map(async (identity) => tellOne(device, right, identity)));
  }

  /** False when there is nothing to tell, or LiveKit did not take it. */
  async function applySome(device: LiveKit): Promise<boolean> {
    const claimed = await store.claimUnapplied(sql, TOGETHER, CLAIM_SECONDS);
    if (claimed.length === 0) return false;
    const lists = new Map<string, Promise<string[]>>();
    const listOf = (name: string): Promise<string[]> => {
      const asked = lists.get(name) ?? device.list(name).then((list) => list.map(({ identity }) => identity));
      lists.set(name, asked);
      return asked;
    };
    const results = await Promise.allSettled(claimed.map(async (right) => tell(device, right, listOf)));
    const told = claimed.filter((_, n) => results[n]?.status === 'fulfilled');
    const untold = claimed.filter((_, n) => results[n]?.status === 'rejected');
    if (told.length > 0) {
      await store.markApplied(sql, told, clock.now());
      applied(told);
    }
    if (untold.length === 0) return true;
    log.warn({ err: results.find((r) => r.status === 'rejected')?.reason as unknown, rights: untold.length }, 'rights not applied; the next sweep tries again');
    await store.endClaims(sql, untold);
    return false;
  }

  async function run(): Promise<void> {
    do {
      again = false;
      const device = livekit();
      if (!device) return;
      try {
        while (await applySome(device));
      } catch (error) {
        log.warn({ err: error }, 'rights not applied; the next sweep tries again');
        return;
      }
    } while (again);
  }

  return function apply(): Promise<void> {
    again = true;
    running ??= run().finally(() => (running = null));
    return running;
  };
}
