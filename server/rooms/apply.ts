// Rights are written first and then applied: whichever process wakes claims the row, tells LiveKit, stamps it.
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import type { Sql } from '../platform/database.ts';
import { parseIdentity } from './identity.ts';
import type { LiveKit } from './livekit.ts';
import * as store from './store.ts';

type World = { sql: Sql; clock: Clock; log: FastifyBaseLogger; livekit: () => LiveKit | null };

/** Applies all that is not applied yet; calls at the same time share one run, and a call during a run makes another. */
export function createApplier({ sql, clock, log, livekit }: World) {
  let running: Promise<void> | null = null;
  let again = false;

  async function applyOne(device: LiveKit): Promise<boolean> {
    return sql.begin(async (tx) => {
      const right = await store.claimUnapplied(tx);
      if (!right) return false;
      for (const { identity } of await device.list(right.roomName)) {
        if (parseIdentity(identity)?.member !== right.member) continue;
        if (right.word === 'none') await device.remove(right.roomName, identity);
        else await device.allow(right.roomName, identity, right.word);
      }
      await store.markApplied(tx, right.roomId, right.member, clock.now());
      return true;
    });
  }

  async function run(): Promise<void> {
    do {
      again = false;
      const device = livekit();
      if (!device) return;
      try {
        while (await applyOne(device));
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
