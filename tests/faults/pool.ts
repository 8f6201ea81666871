// `npm run faults -- pool`: somebody holds a table that fifty people write to, for twenty seconds, and fifty more statements sleep in the database. The portal says
// that it lives within a moment, its queue is bounded, nobody is answered 500, and it works on when the table is free.
import { setTimeout as pause } from 'node:timers/promises';
import { postMeetingNow } from '../../shared/meetings.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { quantile, report, round } from '../bench/figures.ts';
import { openOffices, signedIn } from './offices.ts';

const PEOPLE = 50;
const HELD_MS = 20_000;
const LIVE_P99_MS = 200;

export async function pool(): Promise<boolean> {
  const offices = await openOffices();
  try {
    const portal = await offices.portal();
    const chair = await signedIn(portal.url, offices.accounts.chair);
    const invite = { people: [offices.writers.staffId], positions: [], units: [], guests: [] };
    const post = async (): Promise<number> =>
      fetch(`${portal.url}${postMeetingNow.path}`, {
        method: 'POST',
        headers: { origin: portal.url, cookie: chair.cookie(), 'content-type': 'application/json' },
        body: JSON.stringify({ title: 'Uji kolam', sifat: 'biasa', invite }),
        signal: AbortSignal.timeout(60_000),
      }).then(
        ({ status }) => status,
        () => 0,
      );
    await post();
    const owner = openDatabase(offices.url(), { max: 1, applicationName: 'faults' });
    const sleepers = openDatabase(offices.url(), { max: PEOPLE, applicationName: 'faults' });
    const sleeping = Promise.all(Array.from({ length: PEOPLE }, async () => sleepers`select pg_sleep(${HELD_MS / 1000})`));
    let free = (): void => {};
    const held = owner.begin(async (tx) => {
      await tx`lock table meetings.meeting in access exclusive mode`;
      await new Promise<void>((resolve) => (free = resolve));
    });
    await pause(500);
    const answers = Array.from({ length: PEOPLE }, post);
    const health: number[] = [];
    const wrong: number[] = [];
    let named = 0;
    let most = 0;
    for (const until = Date.now() + HELD_MS; Date.now() < until; await pause(100)) {
      const from = performance.now();
      const { status, text } = await fetch(`${portal.url}/healthz`, { signal: AbortSignal.timeout(10_000) }).then(
        async (reply) => ({ status: reply.status, text: await reply.text() }),
        () => ({ status: 0, text: '' }),
      );
      health.push(performance.now() - from);
      if (text.includes('"pool"')) named += 1;
      if (![200, 503].includes(status)) wrong.push(status);
      const [own] = await offices.sql<
        { n: number }[]
      >`select count(*)::int as n from pg_stat_activity where application_name in ('portal', 'portal-antrean', 'portal-nadi')`;
      most = Math.max(most, own?.n ?? 0);
    }
    free();
    await held;
    const statuses = await Promise.all(answers);
    await sleeping;
    const after = await post();
    await owner.end();
    await sleepers.end();
    const kinds = [...new Set(statuses)].toSorted((a, b) => a - b).map((status) => `${status}: ${statuses.filter((s) => s === status).length}`);
    console.log(`answers while the table was held: ${kinds.join(', ')}; afterwards ${after}`);
    return report({
      bench: 'faults pool',
      figures: {
        people: PEOPLE,
        healthP99Ms: round(quantile(health, 0.99)),
        saidByName: named,
        connections: most,
        failed: statuses.filter((status) => status === 500 || status === 0).length + wrong.length,
        works: after === 200 ? 1 : 0,
      },
      aims: { healthP99Ms: { max: LIVE_P99_MS }, saidByName: { min: 1 }, connections: { max: 20 }, failed: { max: 0 }, works: { min: 1 } },
    });
  } finally {
    await offices.close();
  }
}
