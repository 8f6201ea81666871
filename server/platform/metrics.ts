// What this process counts and measures, for Prometheus. Each portal process tells its own; figures of the database are the same at
// all of them and are called `portal_db_…`. A label is a word of the code: a route's template, a kind of work; never a person, a
// meeting or an address.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Meter = ReturnType<typeof createMeter>;

const REQUEST_SECONDS = [0.02, 0.1, 0.3, 1, 5];
const RING_SECONDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30];
/** LiveKit tells its time in whole seconds. */
const LAG_SECONDS = [0.5, 1, 2, 5, 15, 60, 300, 3600];
const WORK_SECONDS = [0.01, 0.05, 0.2, 1, 5, 15, 60];
/** How long the delay of the event loop is gathered before it is told. */
const WINDOW_MS = 30_000;
/** The finest a delay is seen. */
const FINE_MS = 10;

export type LoopDelay = { p50: number; p99: number; max: number };

export function createMeter({ version }: { version: string }) {
  const registry = new Registry();
  const registers = [registry];
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets: number[]): Histogram<L> =>
    new Histogram({ name, help, labelNames, buckets, registers });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> =>
    new Counter({ name, help, labelNames, registers });

  const requests = histogram('portal_http_request_duration_seconds', 'Answers, by template of the route.', ['method', 'route', 'status'], REQUEST_SECONDS);
  const messages = counter('portal_live_messages_total', 'Messages sent over live sockets.');
  const closed = counter(
    'portal_live_closed_total',
    'Live sockets closed by the portal, and why: slow (did not read), silent (answered no ping), crowded (said too much).',
    ['why'],
  );
  const rings = histogram(
    'portal_ring_seconds',
    'From sending a ring to a tab until it says that it has it (heard) or sounds (sounding).',
    ['state'],
    RING_SECONDS,
  );
  const lag = histogram('portal_presence_lag_seconds', 'From the time LiveKit gives an event until its row is committed.', [], LAG_SECONDS);
  const repairs = counter('portal_presence_repairs_total', 'Facts that the list of the media server told and no event had.', ['kind']);
  const scans = counter('portal_scans_total', 'Files the virus scanner was asked about: clean, found, down (no verdict, so the file was refused).', [
    'outcome',
  ]);
  const works = histogram('portal_job_seconds', 'Jobs done here.', ['kind', 'outcome'], WORK_SECONDS);
  const turns = histogram(
    'portal_sweep_seconds',
    'Work that comes round, done here; another process may have had the turn.',
    ['sweep', 'outcome'],
    WORK_SECONDS,
  );
  const lastTurn = new Gauge({ name: 'portal_sweep_last_timestamp_seconds', help: 'When a sweep last ended well here.', labelNames: ['sweep'], registers });
  new Gauge({ name: 'portal_build_info', help: '1; what runs is in the labels.', labelNames: ['version', 'node'], registers }).set(
    { version, node: process.versions.node },
    1,
  );
  for (const event of ['slow', 'silent', 'crowded']) closed.inc({ why: event }, 0);

  const delay = monitorEventLoopDelay({ resolution: FINE_MS });
  let window: LoopDelay | null = null;
  let timer: NodeJS.Timeout | null = null;

  function readDelay(): LoopDelay {
    // The monitor tells its own interval with the delay.
    const seconds = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - FINE_MS / 1000);
    return delay.count === 0 ? { p50: 0, p99: 0, max: 0 } : { p50: seconds(delay.percentile(50)), p99: seconds(delay.percentile(99)), max: seconds(delay.max) };
  }

  return {
    registry,
    gauge: <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> => new Gauge({ name, help, labelNames, registers }),
    answered: (method: string, route: string, status: number, ms: number): void =>
      requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, ms / 1000),
    sent: (): void => messages.inc(),
    closed: (why: 'slow' | 'silent' | 'crowded'): void => closed.inc({ why }),
    rang: (state: 'heard' | 'sounding', ms: number): void => rings.observe({ state }, ms / 1000),
    stored: (lagMs: number): void => lag.observe(Math.max(0, lagMs / 1000)),
    scanned: (outcome: 'clean' | 'found' | 'down'): void => scans.inc({ outcome }),
    repaired: (kind: string): void => repairs.inc({ kind }),
    worked: (kind: string, outcome: 'done' | 'failed', ms: number): void => works.observe({ kind, outcome }, ms / 1000),
    swept(sweep: string, outcome: 'done' | 'failed', ms: number): void {
      turns.observe({ sweep, outcome }, ms / 1000);
      if (outcome === 'done') lastTurn.set({ sweep }, Date.now() / 1000);
    },
    /** Delay of the event loop, seconds, of the last half minute that is over; of the one under way before that. */
    loop: (): LoopDelay => window ?? readDelay(),
    start(): void {
      delay.enable();
      timer ??= setInterval(() => {
        window = readDelay();
        delay.reset();
      }, WINDOW_MS).unref();
    },
    stop(): void {
      if (timer) clearInterval(timer);
      timer = null;
      delay.disable();
    },
  };
}
