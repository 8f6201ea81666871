// What an operator must know: what runs, what is wrong, what to do.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Instant } from './people.ts';

const Seconds = z.number();
const Bytes = z.number();

/** The words and what to do are on the page and in docs/operating.md; the detail is a number or a word of the code. */
export const findingNames = [
  'media_down',
  'clock_skew',
  'webhook_refused',
  'spool',
  'spool_unwritable',
  'spool_rejected',
  'mail',
  'scanner',
  'disk_full',
  'disk_low',
  'database_clock',
  'connections',
  'pool',
  'jobs_given_up',
  'jobs_late',
  'notices_late',
  'migrations_unknown',
  'migrations_missing',
  'versions_differ',
  'standby_lag',
  'loop_slow',
  'certificate',
  'backup_old',
  'backup_none',
] as const;
export const FindingName = z.enum(findingNames);
export type FindingName = z.infer<typeof FindingName>;

export const Finding = z.object({
  what: FindingName,
  /** `alarm`: something is lost or will be; `note`: somebody should know. */
  weight: z.enum(['alarm', 'note']),
  since: Instant.nullable(),
  detail: z.string(),
});
export type Finding = z.infer<typeof Finding>;

export const System = z.object({
  at: Instant,
  /** Alarms first. Empty: all is normal. */
  findings: z.array(Finding),
  processes: z.array(z.object({ /** This one answered. */ here: z.boolean(), version: z.string().nullable(), startedAt: Instant.nullable(), seenAt: Instant })),
  here: z.object({
    node: z.string(),
    memoryBytes: Bytes,
    /** Delay of the event loop, 99th percentile of half a minute. */
    loopSeconds: Seconds,
    sockets: z.number(),
    passages: z.number(),
  }),
  media: z.object({ state: z.enum(['ok', 'down', 'absent']), /** null: not heard yet. */ aheadSeconds: Seconds.nullable() }),
  database: z.object({
    version: z.string(),
    bytes: Bytes,
    connections: z.number(),
    mostConnections: z.number(),
    aheadSeconds: Seconds,
    standbys: z.array(z.object({ state: z.string(), sync: z.string(), lagSeconds: Seconds.nullable() })),
    /** In the database, and not known to this program. */
    newerMigrations: z.array(z.string()),
  }),
  /** Of the data folder; null: this portal has none. */
  disk: z.object({ bytes: Bytes, freeBytes: Bytes }).nullable(),
  mail: z.object({ on: z.boolean(), waiting: z.number(), failedToday: z.number() }),
  /** Of viruses. */ scanner: z.enum(['off', 'ok', 'down']),
  notices: z.object({ waiting: z.number(), oldestSeconds: Seconds }),
  jobs: z.array(z.object({ kind: z.string(), waiting: z.number(), failing: z.number(), givenUp: z.number(), oldestSeconds: Seconds })),
  /** The last one that ended well; null: none is written down. */
  backupAt: Instant.nullable(),
  /** When the certificate that people meet at the portal's address ends; null: no https, or it was not reached. */
  certificateEndsAt: Instant.nullable(),
});
export type System = z.infer<typeof System>;

export const getSystem = endpoint('GET', '/api/system', {
  who: ['administrator'],
  summary: 'What runs (processes, media server, database, disk, queues) and what is wrong, for operators.',
  reply: System,
});
