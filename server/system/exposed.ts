// What /metrics tells beside what was counted: gauges, filled when somebody asks. Who asks shows a token.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Meter } from '../platform/metrics.ts';
import { refuse } from '../platform/refusal.ts';
import type { JobFigures } from '../platform/jobs.ts';

const MEMORY = ['rss', 'heapUsed', 'heapTotal', 'external'] as const;

/** What the database tells; null when it does not, in time. */
type Told = {
  answerSeconds: number;
  busy: number;
  connections: number;
  mostConnections: number;
  bytes: number;
  aheadSeconds: number;
  jobs: readonly JobFigures[];
  letters: number;
  notices: number;
};
type World = {
  meter: Meter;
  sockets: () => number;
  passages: () => number;
  media: () => 'ok' | 'down' | 'absent';
  mediaAhead: () => number | null;
  alarms: () => readonly string[];
  database: () => Promise<Told | null>;
};

export function createExposed({ meter, sockets, passages, media, mediaAhead, alarms, database }: World) {
  const { gauge } = meter;
  const own = {
    sockets: gauge('portal_live_sockets', 'Live sockets open here.'),
    passages: gauge('portal_signalling_passages', 'Connections of LiveKit’s signalling through here.'),
    media: gauge('portal_media_up', '1: the media server answers; 0: it does not; -1: none is configured.'),
    skew: gauge('portal_clock_skew_seconds', 'How far a clock is ahead of this process’s.', ['against']),
    alarms: gauge('portal_alarm', '1 while it goes on; names as in /healthz.', ['what']),
    loop: gauge('portal_event_loop_delay_seconds', 'Delay of the event loop over half a minute.', ['quantile']),
    memory: gauge('portal_memory_bytes', 'Memory of this process.', ['kind']),
    started: gauge('portal_start_timestamp_seconds', 'When this process began.'),
  };
  const shared = {
    up: gauge('portal_db_up', '1: the database answered in time.'),
    answer: gauge('portal_db_answer_seconds', 'How long a statement took that does next to nothing, with its wait for a connection of this process.'),
    connections: gauge(
      'portal_db_connections',
      'Of the database: connections. busy: of portals, in a statement or a transaction; all; most: as many as it takes.',
      ['state'],
    ),
    bytes: gauge('portal_db_bytes', 'Of the database: its size.'),
    jobs: gauge('portal_db_jobs', 'Of the database: jobs by kind. waiting, failing (tried, and tried again), given_up.', ['kind', 'state']),
    oldest: gauge('portal_db_job_oldest_seconds', 'Of the database: age of the longest due job of a kind.', ['kind']),
    letters: gauge('portal_db_letters_waiting', 'Of the database: letters that have not left.'),
    notices: gauge('portal_db_notices_due', 'Of the database: notices that are due on another way than letters.'),
  };

  async function fill(): Promise<void> {
    own.sockets.set(sockets());
    own.passages.set(passages());
    own.media.set({ ok: 1, down: 0, absent: -1 }[media()]);
    const ahead = mediaAhead();
    if (ahead !== null) own.skew.set({ against: 'media' }, ahead);
    own.alarms.reset();
    for (const what of alarms()) own.alarms.set({ what }, 1);
    const loop = meter.loop();
    own.loop.set({ quantile: '0.5' }, loop.p50);
    own.loop.set({ quantile: '0.99' }, loop.p99);
    const memory = process.memoryUsage();
    for (const kind of MEMORY) own.memory.set({ kind }, memory[kind]);
    own.started.set(Math.floor(Date.now() / 1000 - process.uptime()));
    const told = await database();
    for (const each of [shared.connections, shared.jobs, shared.oldest]) each.reset();
    // Not known is not nought.
    for (const each of [shared.answer, shared.bytes, shared.letters, shared.notices]) each.remove();
    own.skew.remove('database');
    shared.up.set(told ? 1 : 0);
    if (!told) return;
    own.skew.set({ against: 'database' }, told.aheadSeconds);
    shared.answer.set(told.answerSeconds);
    shared.connections.set({ state: 'busy' }, told.busy);
    shared.connections.set({ state: 'all' }, told.connections);
    shared.connections.set({ state: 'most' }, told.mostConnections);
    shared.bytes.set(told.bytes);
    for (const { kind, waiting, failing, givenUp, oldestSeconds } of told.jobs) {
      shared.jobs.set({ kind, state: 'waiting' }, waiting);
      shared.jobs.set({ kind, state: 'failing' }, failing);
      shared.jobs.set({ kind, state: 'given_up' }, givenUp);
      shared.oldest.set({ kind }, oldestSeconds);
    }
    shared.letters.set(told.letters);
    shared.notices.set(told.notices);
  }

  /** The text Prometheus reads. */
  async function text(): Promise<string> {
    await fill();
    return meter.registry.metrics();
  }
  return { text };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** `Bearer …`, compared without telling by its time how much of it was right. */
export function checkToken(token: string | null, authorization: string | undefined): void {
  if (token === null) refuse('not_found');
  if (!timingSafeEqual(digest(`Bearer ${token}`), digest(authorization ?? ''))) refuse('metrics.token');
}
