// What the operator's page calls wrong.
import { expect, test } from 'vitest';
import { findings, type Measured } from '../../server/system/findings.ts';

const GIB = 1024 ** 3;
const now = new Date('2026-11-23T02:00:00Z');
const well: Measured = {
  now,
  alarms: [],
  missingMigrations: [],
  processes: [{ here: true, version: '1.0.0', startedAt: now.toISOString(), seenAt: now.toISOString() }],
  here: { node: '20.19.0', memoryBytes: 200e6, loopSeconds: 0.002, sockets: 3, passages: 0 },
  media: { state: 'ok', aheadSeconds: 0.1 },
  database: { version: '16.3', bytes: 50e6, connections: 12, mostConnections: 100, aheadSeconds: 0.01, standbys: [], newerMigrations: [] },
  disk: { bytes: 100 * GIB, freeBytes: 60 * GIB },
  scanner: 'off',
  mail: { on: true, waiting: 0, failedToday: 0 },
  notices: { waiting: 0, oldestSeconds: 0 },
  jobs: [{ kind: 'surel', waiting: 2, failing: 0, givenUp: 0, oldestSeconds: 1 }],
  backupAt: '2026-11-22T19:00:00Z',
  certificateEndsAt: '2027-02-01T00:00:00Z',
};
const said = (change: Partial<Measured>): string[] => findings({ ...well, ...change }).map((f) => `${f.weight} ${f.what} ${f.detail}`.trim());

test('a portal that is well has nothing to say, and one without a media server neither', () => {
  expect(said({})).toEqual([]);
  expect(said({ media: { state: 'absent', aheadSeconds: null }, disk: null, certificateEndsAt: null })).toEqual([]);
});

test('what keeps people out or loses something stands first', () => {
  const alarms = [{ what: 'spool' as const, since: now, detail: '4' }];
  expect(said({ alarms, media: { state: 'down', aheadSeconds: null } })).toEqual(['alarm media_down', 'note spool 4']);
});

test('each limit is told once it is passed, not at it', () => {
  const { database } = well;
  expect(said({ disk: { bytes: 100 * GIB, freeBytes: 10 * GIB } })).toEqual([]);
  expect(said({ disk: { bytes: 100 * GIB, freeBytes: 9 * GIB } })).toEqual(['note disk_low 9216']);
  expect(said({ disk: { bytes: 100 * GIB, freeBytes: GIB } })).toEqual(['alarm disk_full 1024']);
  expect(said({ disk: { bytes: 4 * GIB, freeBytes: 0.4 * GIB } })).toEqual(['alarm disk_full 409']);
  expect(said({ database: { ...database, aheadSeconds: -2 } })).toEqual([]);
  expect(said({ database: { ...database, aheadSeconds: -3 } })).toEqual(['note database_clock -3.0']);
  expect(said({ database: { ...database, connections: 91 } })).toEqual(['alarm connections 91/100']);
  expect(said({ database: { ...database, standbys: [{ state: 'streaming', sync: 'async', lagSeconds: 61 }] } })).toEqual(['note standby_lag 61']);
  expect(said({ here: { ...well.here, loopSeconds: 0.25 } })).toEqual(['note loop_slow 250']);
  expect(said({ notices: { waiting: 5, oldestSeconds: 601 } })).toEqual(['note notices_late 5']);
  expect(said({ certificateEndsAt: '2026-12-01T02:00:00Z' })).toEqual(['note certificate 8']);
  expect(said({ backupAt: '2026-11-21T19:00:00Z' })).toEqual(['note backup_old 31']);
  expect(said({ backupAt: null })).toEqual(['note backup_none']);
});

test('work that is left behind is named by its kind, never by whose it is', () => {
  const jobs = [
    { kind: 'surel', waiting: 0, failing: 1, givenUp: 0, oldestSeconds: 300 },
    { kind: 'dering', waiting: 0, failing: 0, givenUp: 3, oldestSeconds: 0 },
  ];
  expect(said({ jobs })).toEqual(['alarm jobs_given_up dering 3', 'note jobs_late surel']);
});

test('a database that is ahead of the program, or behind it, and processes of two versions', () => {
  const { database } = well;
  expect(said({ database: { ...database, newerMigrations: ['0099-x.sql'] }, missingMigrations: ['0042-y.sql'] })).toEqual([
    'alarm migrations_unknown 0099-x.sql',
    'alarm migrations_missing 0042-y.sql',
  ]);
  const other = { here: false, version: '1.1.0', startedAt: null, seenAt: now.toISOString() };
  expect(said({ processes: [...well.processes, other] })).toEqual(['note versions_differ 1.0.0, 1.1.0']);
  expect(said({ processes: [...well.processes, { ...other, version: null }] })).toEqual([]);
});
