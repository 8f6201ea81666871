// Sends what was edited, batch by batch, and brings what others did; one at a time, so that neither overtakes the other.
import type { CellInput, PlanHead, Saved } from '../../shared/rota.ts';
import type { Board } from './board.ts';

const BATCH = 5_000;
const SOON_MS = 500;
const LONGEST_MS = 30_000;

/** `refused`: the portal said no; nothing is lost, and nothing more is sent until it is looked at. */
export type SaveState = { is: 'saved' | 'saving' | 'offline' } | { is: 'refused'; message: string };
type World = {
  board: Board;
  version: number;
  send: (version: number, cells: CellInput[]) => Promise<Saved>;
  since: (version: number) => Promise<{ plan: PlanHead; cells: CellInput[]; outside: boolean }>;
  /** Why it did not go: null when it may be tried again. */
  refusalOf: (error: unknown) => string | null;
  /** Of this plan and person, on this device; null empties it. */
  keep: (cells: CellInput[] | null) => void;
  /** Something beside cells changed: state, overrides, leave. */
  onOutside: () => void;
  wait?: (ms: number, then: () => void) => () => void;
};

const placeOf = ({ personId, date }: CellInput): string => `${personId} ${date}`;
const isEcho = (cell: CellInput, sent: CellInput | undefined): boolean => cell.code === sent?.code && (cell.shift ?? null) === (sent.shift ?? null);
const later = (ms: number, then: () => void): (() => void) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};

export function createSaver({ board, version, send, since, refusalOf, keep, onOutside, wait = later }: World) {
  let seen = version;
  let behind = false;
  let drawnAt = Infinity;
  let ours = new Map<string, CellInput>();
  let state: SaveState = { is: 'saved' };
  let running = false;
  let closed = false;
  let tries = 0;
  let cancel = (): void => undefined;
  const hearers = new Set<() => void>();
  const off = board.subscribe(() => {
    const cells = board.pending();
    keep(cells.length === 0 ? null : cells);
    if (cells.length > 0 && !running) soon(SOON_MS);
  });

  function become(next: SaveState): void {
    state = next;
    for (const hear of hearers) hear();
  }
  function soon(ms: number): void {
    if (closed || state.is === 'refused') return;
    cancel();
    cancel = wait(ms, () => void go());
  }
  async function bring(): Promise<void> {
    behind = false;
    const from = Math.min(seen, drawnAt);
    drawnAt = Infinity;
    const { plan, cells, outside } = await since(from);
    if (outside) onOutside();
    seen = Math.max(seen, plan.version);
    const waiting = new Set(board.pending().map(placeOf));
    board.arrived(cells.filter((cell) => !(waiting.has(placeOf(cell)) && isEcho(cell, ours.get(placeOf(cell))))));
  }
  async function push(): Promise<void> {
    const cells = board.pending().slice(0, BATCH);
    if (cells.length === 0) return;
    become({ is: 'saving' });
    const saved = await send(seen, cells);
    // A step more is ours; otherwise somebody was between, and what they set is not known yet.
    if (saved.version === seen + (saved.saved > 0 ? 1 : 0)) seen = saved.version;
    else behind = true;
    ours = new Map(cells.map((cell) => [placeOf(cell), cell]));
    board.saved(cells, saved.clashes);
  }
  async function go(): Promise<void> {
    if (running || closed) return;
    running = true;
    try {
      while (!closed && (behind || board.pending().length > 0)) {
        await push();
        if (behind) await bring();
      }
      tries = 0;
      become({ is: 'saved' });
    } catch (error) {
      const message = refusalOf(error);
      if (message === null) {
        become({ is: 'offline' });
        tries += 1;
        soon(Math.min(LONGEST_MS, 1_000 * 2 ** tries));
      } else {
        become({ is: 'refused', message });
        onOutside();
      }
    } finally {
      running = false;
    }
  }

  return {
    state: (): SaveState => state,
    subscribe(hear: () => void): () => void {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    /** The plan moved to this version, by whomever. */
    moved(to: number): void {
      if (to <= seen) return;
      behind = true;
      if (!running) soon(SOON_MS);
    },
    /** Something may have been missed. */
    check(): void {
      behind = true;
      if (!running) soon(0);
    },
    /** The plan was read anew. A reading begun before the last save brings back what was there then: what came after it is asked for again. */
    readAt(to: number): void {
      if (to < seen) {
        drawnAt = to;
        this.check();
      } else seen = to;
    },
    now(): void {
      if (state.is === 'refused') become({ is: 'saving' });
      tries = 0;
      soon(0);
    },
    close(): void {
      closed = true;
      cancel();
      off();
    },
  };
}
export type Saver = ReturnType<typeof createSaver>;
