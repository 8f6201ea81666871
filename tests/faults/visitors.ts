// Visitors as this process sees them: ordered about, frozen and killed by process, their truth collected.
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.ts';
import type { Truth } from './truth.ts';
import type { Order, Report, Way } from './visitor-process.ts';

const script = fileURLToPath(new URL('visitor-process.ts', import.meta.url));
/** After the fault is over: back-off, a full reconnect and the portal's own start fit in here. */
const INSIDE_WITHIN_MS = 90_000;
/** Leaving ends a resume that the native client is still trying. */
const GONE_WITHIN_MS = 60_000;

/** `overMs`: how long the fault goes on yet. */
export type Visitor = {
  person: string;
  device: string;
  isInside(): boolean;
  /** Presses Gabung, and resolves when inside. */
  enter(overMs?: number): Promise<void>;
  /** Presses Gabung, and may be let in later. */
  tries(): void;
  inside(overMs?: number): Promise<void>;
  leave(overMs?: number): Promise<void>;
  reload(overMs?: number): Promise<void>;
};
export type VisitorProcess = ReturnType<typeof startVisitors>;

/** One process of visitors. */
export function startVisitors() {
  const child: ChildProcess = fork(script, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let killedAt: number | null = null;
  const hearers = new Map<string, (report: Report) => void>();
  child.on('message', (report: Report) => hearers.get(report.device)?.(report));
  const send = (order: Order): void => void child.send(order);
  const signal = (name: NodeJS.Signals): void => void child.kill(name);

  function visitor(truth: Truth, person: string, way: Way, nth = 1): Visitor {
    const device = `${way.meetingId} ${person} ${nth}`;
    let inside = false;
    let sure = false;
    let entries = 0;
    let ended: string | null = null;
    hearers.set(device, (report) => {
      sure = report.what === 'in';
      if (report.what === 'doubt') return;
      if (report.what === 'gone' || report.what === 'over') return void (ended = report.why);
      inside = report.what === 'in';
      entries += inside ? 1 : 0;
      truth.note({ person, device, what: report.what, at: report.at, ...(report.what === 'out' && { lost: report.lost }) });
    });
    // A killed process writes nothing down any more.
    child.once('exit', () => {
      if (inside) truth.note({ person, device, what: 'out', at: killedAt ?? Date.now() });
      inside = false;
      sure = false;
      ended = 'killed';
    });
    const self: Visitor = {
      person,
      device,
      isInside: () => inside,
      async enter(overMs) {
        self.tries();
        await self.inside(overMs);
      },
      tries() {
        ended = null;
        send({ device, do: 'enter', way });
      },
      inside: async (overMs = 0) =>
        void (await eventually(
          `${person} is inside`,
          () => {
            if (ended !== null && !inside) throw new Error(`${person}: ${ended}`);
            return inside && sure;
          },
          overMs + INSIDE_WITHIN_MS,
        )),
      async leave(overMs = 0) {
        if (ended === null) send({ device, do: 'leave' });
        await eventually(`${person} has left`, () => ended, overMs + GONE_WITHIN_MS);
      },
      async reload(overMs = 0) {
        const before = entries;
        send({ device, do: 'reload' });
        await eventually(`${person} has loaded the page again`, () => entries > before, overMs + INSIDE_WITHIN_MS);
      },
    };
    return self;
  }

  return {
    visitor,
    /** Stops; answers how to go on. */
    freeze(): () => void {
      signal('SIGSTOP');
      return () => signal('SIGCONT');
    },
    kill(): void {
      killedAt = Date.now();
      signal('SIGKILL');
    },
    end: (): void => signal('SIGKILL'),
  };
}
