// The keeper of the ledger: takes roots, writes them down outside the database, and has the whole of it checked.
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from './clock.ts';
import type { Sql } from './database.ts';
import { appendAnchor, readAnchors, type Anchor } from './ledger-anchors.ts';
import { takeRoot, type Root } from './ledger.ts';
import { createSweeps } from './sweeps.ts';

export type Ledger = ReturnType<typeof createLedger>;
/** `dataFolder`: where roots are written down outside the database; null: nowhere. */
export type LedgerWorld = { sql: Sql; clock: Clock; dataFolder: string | null; log: FastifyBaseLogger };

/** Something that happened before midnight is under a root soon after, however quiet the day. */
const EVERY_MS = 60_000;
const SWEEP_LOCK = 732_006;

export function createLedger({ sql, clock, dataFolder, log }: LedgerWorld) {
  const sweeps = createSweeps({ sql, log });
  /** The newest in the file; undefined until it was read. */
  let written: Anchor | null | undefined;
  let writing: Promise<void> = Promise.resolve();

  /**
   * A root over all that is committed at this moment, for what leaves the portal; written down outside the database too.
   * Null when there is none or it cannot be had now: an export does not wait for it.
   */
  async function root(): Promise<Root | null> {
    try {
      const made = await takeRoot(sql, clock.now());
      if (made) await (writing = writing.then(() => write(made)));
      return made;
    } catch (error) {
      log.error({ err: error }, 'no root of the ledger');
      return null;
    }
  }

  async function write(made: Root): Promise<void> {
    if (dataFolder === null) return;
    try {
      written = written === undefined ? ((await readAnchors(dataFolder)).at(-1) ?? null) : written;
      if (written?.n === made.n && written.root === made.root) return;
      if (written && written.n >= made.n)
        log.error({ root: made.n, writtenDown: written.n }, 'the ledger does not go on from the root written down: npm run verify');
      await appendAnchor(dataFolder, made);
      written = { n: made.n, root: made.root, from: 'file' };
    } catch (error) {
      log.error({ err: error, root: made.n }, 'root of the ledger not written down');
    }
  }

  /** At the start, and when a day has ended in the office of Jakarta. */
  function start(): void {
    let covered: string | null = null;
    sweeps.every(EVERY_MS, SWEEP_LOCK, async () => {
      const today = dayOf(clock.now());
      if (covered === today || (await root()) === null) return;
      covered = today;
    });
  }

  return { root, start, stop: sweeps.stop };
}

const dayOf = (at: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(at);
