// The keeper of the ledger: takes roots, writes them down outside the database, and has the whole of it checked.
import type { FastifyBaseLogger } from 'fastify';
import { getLedger, postLedgerCheck, postRootComparison, type Check, type LedgerState, type RootVerdict } from '../../shared/ledger.ts';
import type { Clock } from './clock.ts';
import type { Sql } from './database.ts';
import { appendAnchor, readAnchors, type Anchor } from './ledger-anchors.ts';
import { verifyLedger } from './ledger-verify.ts';
import { takeRoot, type Root } from './ledger.ts';
import { serve, type Route, type SignedIn } from './serve.ts';
import { createSweeps } from './sweeps.ts';

export type Ledger = ReturnType<typeof createLedger>;
/** `dataFolder`: where roots are written down outside the database; null: nowhere. */
export type LedgerWorld = { sql: Sql; clock: Clock; dataFolder: string | null; log: FastifyBaseLogger };

/** Something that happened before midnight is under a root soon after, however quiet the day. */
const EVERY_MS = 60_000;
const SWEEP_LOCK = 732_006;
const SHOWN_ROOTS = 12;

export function createLedger({ sql, clock, dataFolder, log }: LedgerWorld) {
  const sweeps = createSweeps({ sql, log });
  /** The newest in the file; undefined until it was read. */
  let written: Anchor | null | undefined;
  let writing: Promise<void> = Promise.resolve();
  let check: Check = { state: 'none' };
  let checking: Promise<void> | null = null;

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

  /** At the start, and when a day has ended in the office of Jakarta. Answers how to look at once. */
  function start(): () => Promise<void> {
    let covered: string | null = null;
    return sweeps.every(EVERY_MS, SWEEP_LOCK, async () => {
      const today = dayOf(clock.now());
      if (covered === today || (await root()) === null) return;
      covered = today;
    });
  }

  async function stateNow(): Promise<LedgerState> {
    const roots = await sql<Root[]>`select n, at, encode(root, 'hex') as root from ledger.root order by n desc limit ${SHOWN_ROOTS}`;
    const [row] = await sql<{ uncovered: number }[]>`select coalesce(sum(seq - rooted_seq), 0)::int as uncovered from ledger.head where seq > rooted_seq`;
    return {
      roots: roots.map(({ n, at, root }) => ({ n, at: at.toISOString(), root })),
      uncovered: row?.uncovered ?? 0,
      writtenDown: dataFolder !== null,
      check,
    };
  }

  /** One at a time in this process: whoever asks meanwhile sees the one that runs. It ends by itself; nobody waits for it. */
  async function begin(person: SignedIn): Promise<Check> {
    if (checking) return check;
    const begun = { startedAt: clock.now().toISOString(), startedBy: person.name };
    check = { state: 'running', ...begun, rows: 0, expected: 0 };
    checking = run(begun).finally(() => (checking = null));
    return check;
  }

  async function run(begun: { startedAt: string; startedBy: string }): Promise<void> {
    try {
      const [row] = await sql<{ expected: number }[]>`select coalesce(sum(seq), 0)::float8 as expected from ledger.head`;
      const expected = row?.expected ?? 0;
      const anchors = dataFolder === null ? [] : await readAnchors(dataFolder);
      const onRows = (rows: number): void => void (check = { state: 'running', ...begun, rows, expected });
      const found = await verifyLedger(sql, { anchors, onRows });
      check = { state: 'done', ...begun, endedAt: clock.now().toISOString(), ...found, anchors: anchors.length };
      if (found.findings.length > 0) log.error({ findings: found.findings.slice(0, 5), more: found.more }, 'the ledger does not fit');
    } catch (error) {
      log.warn({ err: error }, 'check of the ledger broken off');
      check = { state: 'failed', ...begun, endedAt: clock.now().toISOString() };
    }
  }

  async function compare({ n, root }: { n: number; root: string }): Promise<RootVerdict> {
    const [found] = await sql<Root[]>`select n, at, encode(root, 'hex') as root from ledger.root where n = ${n}`;
    const [newest] = await sql<{ n: number }[]>`select coalesce(max(n), 0)::int as n from ledger.root`;
    const verdict = !found ? 'unknown' : found.root.startsWith(root) ? 'same' : 'different';
    return { verdict, digits: root.length, at: found?.at.toISOString() ?? null, newest: newest?.n ?? 0 };
  }

  const routes: Route[] = [
    serve(getLedger, async () => stateNow()),
    serve(postLedgerCheck, ({ person }) => begin(person)),
    serve(postRootComparison, ({ body }) => compare(body)),
  ];

  return { root, start, stop: sweeps.stop, checked: async () => checking, routes };
}

const dayOf = (at: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(at);
