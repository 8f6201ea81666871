// A thousand people behind one address open the page, sign in and get a ticket within a minute, while somebody at the same address knocks without ever having
// opened it. The floor: the same people a minute before, without the flood. Passwords are hashed as they are in an office, the media server is real.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hash } from '@node-rs/argon2';
import { postMeetingNow, postTicket } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { addMany, databaseOf } from '../support/city-of-many.ts';
import { temporaryFolder } from '../support/database.ts';
import { CallFailed, demoLogin, portalClient } from '../support/portal-client.ts';
import { mediaReady, startPortal } from '../support/portal.ts';
import { steady } from '../support/socket-holders.ts';
import type { Flooded, ToFlood } from './floor/flood.ts';
import { quantile, report, round } from './figures.ts';

const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 1_000);
/** They come one after the other, evenly. */
const SECONDS = 50;
/** Knocks a second. */
const FLOOD = 100;
const PASSWORD = 'kata-sandi-ukur-badai';

const dataFolder = temporaryFolder();
const portal = await startPortal({ dataFolder });
await mediaReady(portal);
const sql = databaseOf(dataFolder);
const flood = fork(join(import.meta.dirname, 'floor', 'flood.ts'), { execArgv: ['--import', 'tsx'] });

type Wave = { seconds: number; refused: number; failed: number; page: number[]; session: number[]; ticket: number[] };

async function wave(id: string): Promise<Wave> {
  const seen: Wave = { seconds: 0, refused: 0, failed: 0, page: [], session: [], ticket: [] };
  const began = steady();
  const timed = async (into: number[], work: Promise<unknown>): Promise<void> => {
    const from = steady();
    await work;
    into.push(steady() - from);
  };
  await Promise.all(
    Array.from({ length: PEOPLE }, async (_, n) => {
      await sleep((n * SECONDS * 1000) / PEOPLE);
      const browser = portalClient(portal.url);
      try {
        await timed(seen.page, browser.openPage());
        await timed(seen.session, browser.call(postSession, { body: { login: `badai${n}@ukur.example`, password: PASSWORD } }));
        await timed(seen.ticket, browser.call(postTicket, { params: { id }, body: {} }));
      } catch (error) {
        if (error instanceof CallFailed) seen.refused += 1;
        else seen.failed += 1;
        console.error(String(error).slice(0, 200));
      }
    }),
  );
  return { ...seen, seconds: (steady() - began) / 1000 };
}

try {
  const people = await addMany(sql, PEOPLE);
  await sql`
    update people.person p set email = 'badai' || (n - 1) || '@ukur.example', password_hash = ${await hash(PASSWORD)}
    from unnest(${people.map(({ id }) => id)}::uuid[]) with ordinality as m(id, n) where p.id = m.id`;
  const chair = portalClient(portal.url);
  await chair.call(postSession, { body: demoLogin(portal.said(), 'Kepala Dinas Sosial') });
  const { id } = await chair.call(postMeetingNow, { body: { title: 'Ukur badai', sifat: 'biasa', invite: { people: people.map((one) => one.id) } } });
  await chair.call(postTicket, { params: { id }, body: {} });

  const quiet = await wave(id);
  const answered = once(flood, 'message') as Promise<[Flooded]>;
  flood.send({ url: `${portal.url}${postSession.path}`, origin: portal.url, rate: FLOOD, seconds: SECONDS + 2 } satisfies ToFlood);
  const stormy = await wave(id);
  const [{ sent, refused }] = await answered;

  const p99 = ({ session, ticket }: Wave): number => Math.round(quantile([...session, ...ticket], 0.99));
  report({
    bench: 'storm',
    figures: {
      wrongRefusals: stormy.refused + stormy.failed + quiet.refused + quiet.failed,
      p99Ms: p99(stormy),
      floodRefused: round(refused / sent, 4),
      p99QuietMs: p99(quiet),
      seconds: round(stormy.seconds, 1),
      people: PEOPLE,
      signInP50Ms: Math.round(quantile(stormy.session, 0.5)),
      ticketP99Ms: Math.round(quantile(stormy.ticket, 0.99)),
      knocks: sent,
    },
    aims: { wrongRefusals: { max: 0 }, p99Ms: { max: 300 }, floodRefused: { min: 0.95 }, seconds: { max: 60 } },
  });
} finally {
  flood.disconnect();
  await sql.end({ timeout: 2 });
  await portal.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}
