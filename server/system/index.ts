// Observability: what machines ask (/healthz, /readyz, /metrics) and what an operator reads (/sistem).
import { statfs } from 'node:fs/promises';
import type { FastifyBaseLogger } from 'fastify';
import { getHealth, getMetrics, getReady } from '../../shared/health.ts';
import { getSystem, type System } from '../../shared/system.ts';
import type { Notifications } from '../notifications/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Live } from '../platform/live.ts';
import type { Mail } from '../platform/mail.ts';
import type { Meter } from '../platform/metrics.ts';
import { migrationGap } from '../platform/migrate.ts';
import type { Scanner } from '../platform/scanner.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { Rooms } from '../rooms/index.ts';
import { createCertificate } from './certificate.ts';
import { checkToken, createExposed } from './exposed.ts';
import { findings } from './findings.ts';
import { createHealth, inTime } from './health.ts';
import { createPulse } from './pulse.ts';
import * as store from './store.ts';

/** Before Prometheus gives up. */
const FIGURES_MS = 3_000;

type World = {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  meter: Meter;
  version: string;
  rooms: Pick<Rooms, 'alarms' | 'passages' | 'clockAhead'>;
  media: () => 'ok' | 'down' | 'absent';
  live: Pick<Live, 'sockets' | 'processes'>;
  jobs: Pick<Jobs, 'figures'>;
  mail: Pick<Mail, 'list' | 'failing' | 'from'>;
  notifications: Pick<Notifications, 'waiting'>;
  scanner: Pick<Scanner, 'state'>;
  dataFolder: string | null;
  origin: string | null;
  metricsToken: string | null;
  standing: () => 'starting' | 'serving' | 'closing';
};

export function createSystem(world: World) {
  const { sql, clock, log, meter, version, rooms, media, live, jobs, mail, notifications, scanner, dataFolder, origin, metricsToken, standing } = world;
  const pulse = createPulse({
    sql,
    clock,
    log,
    async tells(tx: Tx) {
      const [mailFails, { missing }] = await Promise.all([mail.failing(tx), migrationGap(tx)]);
      return { mailFails, missing };
    },
  });
  const { health, ready } = createHealth({ ask: pulse.ask, exhausted: pulse.exhausted, version, media, alarms: rooms.alarms, standing });
  const certificate = createCertificate(origin);
  const exposed = createExposed({
    meter,
    sockets: live.sockets,
    passages: rooms.passages,
    media,
    mediaAhead: rooms.clockAhead,
    alarms: () => [...rooms.alarms().map(({ what }) => what), ...(pulse.exhausted() ? ['pool'] : [])],
    database: () => inTime(FIGURES_MS, databaseTells()),
  });

  async function databaseTells() {
    const asked = performance.now();
    await sql`select 1`;
    const answerSeconds = (performance.now() - asked) / 1000;
    const [figures, jobsNow, letters, notices] = await Promise.all([ownFigures(), jobs.figures(), mail.list(), notifications.waiting()]);
    return { ...figures, answerSeconds, jobs: jobsNow, letters: letters.counts.waiting, notices: notices.waiting };
  }

  /** Its clock is compared with the middle of asking and being answered. */
  async function ownFigures() {
    const asked = Date.now();
    const { now, ...figures } = await store.databaseFigures(sql);
    return { ...figures, aheadSeconds: (now.getTime() - (asked + Date.now()) / 2) / 1000 };
  }

  async function view(): Promise<System> {
    const now = clock.now();
    const [processes, figures, standbys, gap, jobsNow, letters, notices, mailFails, disk, backupAt, scannerState] = await Promise.all([
      live.processes(),
      ownFigures(),
      store.standbys(sql),
      migrationGap(sql),
      jobs.figures(),
      mail.list(),
      notifications.waiting(),
      mail.failing(),
      diskOf(dataFolder),
      store.lastBackup(sql),
      scanner.state(),
    ]);
    const { p99 } = meter.loop();
    const { busy: _, ...database } = figures;
    const measured = {
      processes: processes.map(({ here, version: runs, startedAt, seenAt }) => ({
        here,
        version: runs,
        startedAt: startedAt?.toISOString() ?? null,
        seenAt: seenAt.toISOString(),
      })),
      here: { node: process.versions.node, memoryBytes: process.memoryUsage().rss, loopSeconds: p99, sockets: live.sockets(), passages: rooms.passages() },
      media: { state: media(), aheadSeconds: rooms.clockAhead() },
      database: { ...database, standbys: [...standbys], newerMigrations: gap.unknown },
      disk,
      mail: { on: mail.from !== null, waiting: letters.counts.waiting, failedToday: letters.counts.failed },
      notices,
      scanner: scannerState,
      jobs: jobsNow,
      backupAt: backupAt?.toISOString() ?? null,
      certificateEndsAt: certificate.endsAt()?.toISOString() ?? null,
    };
    const alarms = [
      ...rooms.alarms(),
      ...pulse.lately(),
      ...(mailFails ? [{ what: 'mail' as const, since: null, detail: String(letters.counts.waiting) }] : []),
    ];
    return { at: now.toISOString(), findings: findings({ ...measured, now, alarms, missingMigrations: gap.missing }), ...measured };
  }

  const routes: Route[] = [
    serve(getHealth, async ({ query, reply }) => {
      const now = await health();
      if (now.status === 'down' && query.of !== 'process') reply.code(503);
      return now;
    }),
    serve(getReady, async ({ query, reply }) => {
      const now = await ready(query.needs === 'media');
      if (!now.ready) reply.code(503);
      return now;
    }),
    serve(getMetrics, async ({ request }) => {
      checkToken(metricsToken, request.headers.authorization);
      return { content: await exposed.text(), type: 'text/plain; version=0.0.4' };
    }),
    serve(getSystem, () => view()),
  ];
  return { routes, health, start: pulse.start, stop: pulse.stop };
}

async function diskOf(folder: string | null): Promise<System['disk']> {
  if (folder === null) return null;
  const { bsize, blocks, bavail } = await statfs(folder);
  return { bytes: bsize * blocks, freeBytes: bsize * bavail };
}
