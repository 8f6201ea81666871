// What is wrong, from what was measured. Pure; the words are the page's.
import type { Finding, FindingName, System } from '../../shared/system.ts';

export type Measured = Omit<System, 'findings' | 'at'> & {
  now: Date;
  alarms: readonly { what: FindingName; since: Date | null; detail: string }[];
  /** Files of this program that the database has not run. */
  missingMigrations: readonly string[];
};

const GIB = 1024 ** 3;
const DISK = { full: { part: 0.03, bytes: 0.5 * GIB }, low: { part: 0.1, bytes: 2 * GIB } };
const CLOCK_SECONDS = 2;
const JOBS_LATE_SECONDS = 120;
const NOTICES_LATE_SECONDS = 600;
const STANDBY_SECONDS = 60;
const LOOP_SECONDS = 0.2;
const CONNECTIONS_PART = 0.9;
const CERTIFICATE_DAYS = 14;
/** A nightly one may take its time. */
const BACKUP_HOURS = 30;
const HOUR_MS = 3_600_000;

/** What is lost, or soon will be, or keeps people out. */
const heavy: ReadonlySet<FindingName> = new Set([
  'media_down',
  'webhook_refused',
  'spool_unwritable',
  'spool_rejected',
  'disk_full',
  'mail',
  'scanner',
  'migrations_unknown',
  'migrations_missing',
  'jobs_given_up',
  'connections',
  'pool',
]);

export function findings(m: Measured): Finding[] {
  const found: Finding[] = [];
  const say = (what: FindingName, detail: string | number = '', since: Date | null = null): void =>
    void found.push({ what, weight: heavy.has(what) ? 'alarm' : 'note', since: since?.toISOString() ?? null, detail: String(detail) });

  for (const { what, since, detail } of m.alarms) say(what, detail, since);
  if (m.media.state === 'down') say('media_down');
  if (m.scanner === 'down') say('scanner');
  if (m.disk && m.disk.bytes > 0) {
    const { bytes, freeBytes } = m.disk;
    const below = ({ part, bytes: least }: { part: number; bytes: number }): boolean => freeBytes / bytes < part || freeBytes < least;
    if (below(DISK.full)) say('disk_full', mib(freeBytes));
    else if (below(DISK.low)) say('disk_low', mib(freeBytes));
  }
  const { database } = m;
  if (Math.abs(database.aheadSeconds) > CLOCK_SECONDS) say('database_clock', database.aheadSeconds.toFixed(1));
  if (database.connections > CONNECTIONS_PART * database.mostConnections) say('connections', `${database.connections}/${database.mostConnections}`);
  if (database.newerMigrations.length > 0) say('migrations_unknown', database.newerMigrations.join(', '));
  if (m.missingMigrations.length > 0) say('migrations_missing', m.missingMigrations.join(', '));
  const lag = Math.max(0, ...database.standbys.map((s) => s.lagSeconds ?? 0));
  if (lag > STANDBY_SECONDS) say('standby_lag', Math.round(lag));
  const versions = new Set(m.processes.flatMap(({ version }) => version ?? []));
  if (versions.size > 1) say('versions_differ', [...versions].toSorted().join(', '));
  const givenUp = m.jobs.filter((j) => j.givenUp > 0);
  if (givenUp.length > 0) say('jobs_given_up', givenUp.map((j) => `${j.kind} ${j.givenUp}`).join(', '));
  const late = m.jobs.filter((j) => j.oldestSeconds > JOBS_LATE_SECONDS);
  if (late.length > 0) say('jobs_late', late.map((j) => j.kind).join(', '));
  if (m.notices.oldestSeconds > NOTICES_LATE_SECONDS) say('notices_late', m.notices.waiting);
  if (m.here.loopSeconds > LOOP_SECONDS) say('loop_slow', Math.round(m.here.loopSeconds * 1000));
  const certificateDays = daysFrom(m.now, m.certificateEndsAt);
  if (certificateDays !== null && certificateDays < CERTIFICATE_DAYS) say('certificate', Math.floor(certificateDays));
  if (m.backupAt === null) say('backup_none');
  else if (m.now.getTime() - new Date(m.backupAt).getTime() > BACKUP_HOURS * HOUR_MS)
    say('backup_old', Math.floor((m.now.getTime() - new Date(m.backupAt).getTime()) / HOUR_MS));
  return found.toSorted((a, b) => Number(b.weight === 'alarm') - Number(a.weight === 'alarm'));
}

const mib = (bytes: number): number => Math.floor(bytes / 1024 ** 2);
const daysFrom = (now: Date, at: string | null): number | null => (at === null ? null : (new Date(at).getTime() - now.getTime()) / (24 * HOUR_MS));
