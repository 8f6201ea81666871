// `npm run verify` on a million rows; and of a thousand forgeries by the database's superuser, how many are found and how many of
// what was left alone is accused.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { appendAnchor } from '../../server/platform/ledger-anchors.ts';
import type { Sql, Tx } from '../../server/platform/database.ts';
import { verifyIn, verifyLedger } from '../../server/platform/ledger-verify.ts';
import { takeRoot } from '../../server/platform/ledger.ts';
import { asIntruder, copyDatabase, startTestDatabase, temporaryFolder } from '../support/database.ts';
import { forged, learn, seeded } from '../support/forger.ts';
import { officeWithHistory } from '../support/ledger-office.ts';
import { report, round } from './figures.ts';

const ROWS = 1_000_000;
const STREAMS = 5_000;
const FORGERIES = 1_000;

/** As the triggers would have linked them, in one statement. */
async function fill(owner: Sql): Promise<void> {
  await asIntruder(owner, async (tx) => {
    await tx`set local statement_timeout = 0`;
    await tx`set local timezone = 'UTC'`;
    await tx`insert into rooms.room (name, opened_at) select 'r-' || n, now() from generate_series(1, ${STREAMS}::int) n`;
    await tx`
      with said as (
        select row_number() over (order by v, r.id) as id, r.id as room_id, 'webhook' as source, case when v % 2 = 0 then 'joined' else 'left' end as kind, 'EV_' || v || r.name as event_id,
          'PA_' || v / 2 as sid, 'p_' || r.id as member, 's0123456789abcdef' as device, now() + make_interval(secs => v) as at, null::text as reason, now() + make_interval(secs => v) as received_at
        from rooms.room r, generate_series(1, ${ROWS / STREAMS}::int) v
      ), numbered as (
        select s.*, 'presence:' || room_id as stream, row_number() over (partition by room_id order by id) as seq, sha256(convert_to(ledger.content(to_jsonb(s)), 'UTF8')) as digest from said s
      )
      insert into rooms.presence (id, room_id, source, kind, event_id, sid, member, device, at, reason, received_at, stream, seq, digest, hash) overriding system value
      select n.*, ledger.chain(convert_to(stream || ' ' || seq, 'UTF8') || digest) over (partition by stream order by seq) from numbered n order by id`;
    await tx`insert into ledger.head (stream, seq, hash) select distinct on (stream) stream, seq, hash from rooms.presence order by stream, seq desc`;
  });
  await owner`vacuum analyze rooms.presence`;
}

async function millionRows(): Promise<Record<'rows' | 'seconds' | 'insideSeconds' | 'longestLagMs' | 'heapMB', number>> {
  const dataFolder = temporaryFolder();
  const { url, owner, sql, drop } = await copyDatabase();
  try {
    await fill(owner);
    const root = await takeRoot(owner, new Date());
    if (root) await appendAnchor(dataFolder, root);
    const from = performance.now();
    const said = await npmRunVerify({ DATABASE_URL: url, PORTAL_DATA: dataFolder });
    const seconds = (performance.now() - from) / 1000;
    const found = JSON.parse(said) as { rows: number; ok: boolean };
    if (!found.ok || found.rows < ROWS) throw new Error(said);
    // The same inside a portal: what its other callers would wait for.
    const lag = monitorEventLoopDelay({ resolution: 5 });
    let heap = 0;
    lag.enable();
    const inside = await verifyLedger(sql, { onRows: () => void (heap = Math.max(heap, process.memoryUsage().heapUsed)) });
    lag.disable();
    return {
      rows: found.rows,
      seconds: round(seconds, 1),
      insideSeconds: round(inside.seconds, 1),
      longestLagMs: round(lag.max / 1e6, 1),
      heapMB: round(heap / 1e6, 1),
    };
  } finally {
    await drop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function npmRunVerify(environment: Record<string, string>): Promise<string> {
  const child = spawn('npm', ['run', '--silent', 'verify', '--', '--json'], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(said));
  });
}

async function forgeries(): Promise<Record<'forgeries' | 'found' | 'falseAlarms', number>> {
  const { world, anchors } = await officeWithHistory();
  try {
    const { kinds } = await learn(world.sql);
    const random = seeded(57);
    const look = async (tx: Tx): Promise<boolean> => (await verifyIn(tx, { anchors })).findings.length > 0;
    let found = 0;
    let falseAlarms = 0;
    for (let n = 0; n < FORGERIES; n += 1) {
      const [kind, forge] = Object.entries(kinds)[n % Object.keys(kinds).length]!;
      let what = '';
      if (await forged(world.sql, async (tx) => void (what = await forge(tx, random)), look)) found += 1;
      else console.log(`not found: ${kind}: ${what}`);
      if (await forged(world.sql, async () => {}, look)) falseAlarms += 1;
    }
    return { forgeries: FORGERIES, found, falseAlarms };
  } finally {
    await world.close();
  }
}

const stop = await startTestDatabase();
try {
  const figures = { ...(await millionRows()), ...(await forgeries()) };
  report({
    bench: 'verify',
    figures,
    aims: { seconds: { max: 60 }, longestLagMs: { max: 100 }, found: { min: FORGERIES }, falseAlarms: { max: 0 } },
  });
} finally {
  await stop();
}
