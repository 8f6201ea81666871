// Two portals that are killed at random while they remind of meetings: everybody who is to be reminded is, of each hour and kind once. What
// arrived is counted at a mail server, by Message-ID: a portal that dies between the server's yes and its own note says the same letter again.
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { SignedIn } from '../../server/platform/serve.ts';
import { makeCast } from '../support/cast.ts';
import { startTestDatabase, temporaryFolder } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { openMailbox } from '../support/mailbox.ts';
import { NO_MEDIA, startPortal, type Portal } from '../support/portal.ts';
import { makeWorld } from '../support/world.ts';

const SECRET = 'k3Jd82nsLqW0zPv7RtYxBc5MfGh1aEuT';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MEETINGS = 18;
const random = (most: number): number => Math.floor(Math.random() * most);

test('reminders with the portal killed at random: each exactly once', async () => {
  const endings: (() => unknown)[] = [];
  const box = await openMailbox();
  endings.push(box.close);
  endings.push(await startTestDatabase());
  const world = await makeWorld({ now: new Date() });
  endings.push(world.close);
  const folders = [temporaryFolder(), temporaryFolder()];
  endings.push(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
  const running = new Set<Portal>();
  endings.push(() => Promise.all([...running].map((portal) => portal.kill9())));

  try {
    const cast = await makeCast(world);
    const begin = new Date(Math.ceil((Date.now() + 30 * HOUR_MS) / MINUTE_MS) * MINUTE_MS).getTime();
    const people = [cast.kepala, cast.kabid, cast.staf, cast.kepalaDinkes];
    // Whoever tests at night is reminded at night.
    await world.sql`
      insert into notifications.choice (person_id, channels, quiet, represented, at)
      select id, '{"rapat":[],"pengingat":["surel"],"ruang_tunggu":[],"tugas":[],"notulen":[],"konferensi":[],"fasilitas":[],"presensi":[]}', null, false, now()
      from people.person`;
    const kepala: SignedIn = { id: cast.kepala.id, name: cast.kepala.name, sessionId: '', roles: [], opdId: null, managesOpds: [] };
    const { meetings } = world.app;
    const planned: { id: string; title: string; addresses: string[] }[] = [];
    for (let n = 0; n < MEETINGS; n += 1) {
      const title = `Rapat ${n + 1}`;
      const guest = `tamu${n + 1}@uji.example`;
      const id = await world.app.sql.begin((tx) =>
        meetings.plan(tx, cast.kepala.id, {
          title,
          sifat: 'biasa',
          place: 'Aula',
          description: null,
          startsAt: new Date(begin),
          endsAt: null,
          invite: {
            people: people.slice(1).map((one) => one.id),
            positions: [],
            units: [],
            guests: [{ name: `Tamu ${n + 1}`, institution: 'PMI', email: guest }],
          },
        }),
      );
      planned.push({ id, title, addresses: [...people.map(({ email }) => email), guest] });
    }

    const start = async (folder: string, showsNow: number): Promise<Portal> => {
      const portal = await startPortal({
        dataFolder: folder,
        env: {
          ...NO_MEDIA,
          DATABASE_URL: world.databaseUrl,
          PORTAL_SECRET: SECRET,
          SMTP_URL: `smtp://127.0.0.1:${box.port}`,
          PORTAL_ORIGIN: 'http://127.0.0.1:8080',
          MAIL_FROM: 'Uji <portal@uji.example>',
          LOG_LEVEL: 'warn',
          NODE_OPTIONS: `--import ${new URL('shifted-clock.mjs', import.meta.url).href}`,
          PORTAL_TEST_CLOCK_MS: String(showsNow - Date.now()),
        },
      });
      running.add(portal);
      return portal;
    };
    const kill = async (portal: Portal): Promise<void> => {
      await portal.kill9();
      running.delete(portal);
    };

    const expected: string[] = [];
    /** Two portals at this time of their clocks, both killed at random; then one, later, that may finish. */
    async function round(kind: 'h1' | 'j1' | 'm10', at: number, of: typeof planned): Promise<void> {
      expected.push(...of.flatMap(({ title, addresses }) => addresses.map((address) => `${title} ${kind} ${address}`)));
      const both = await Promise.all(folders.map((folder) => start(folder, at)));
      await Promise.all(both.map(async (portal) => (await sleep(random(900)), kill(portal))));
      const last = await start(folders[0]!, at + 2 * MINUTE_MS);
      await eventually(
        `${expected.length} letters, of ${box.arrived.length}`,
        async () => {
          const [row] = await world.sql<
            { n: number }[]
          >`select count(*)::int as n from mail.letter where kind in ('kabar', 'pengingat') and state = 'terkirim'`;
          return row!.n >= expected.length;
        },
        60_000,
      );
      await kill(last);
    }

    await round('h1', begin - 24 * HOUR_MS + MINUTE_MS, planned);
    // One is called off, one goes to another week, one begins five minutes later.
    world.clock.set(new Date(begin - 3 * HOUR_MS));
    const [off, away, later] = planned.map(({ id }) => id) as [string, string, string];
    await world.app.sql.begin((tx) => meetings.cancel(tx, kepala, off, 'Batal'));
    await world.app.sql.begin((tx) => meetings.change(tx, kepala, away, { startsAt: new Date(begin + 150 * HOUR_MS) }, { reason: null }));
    await world.app.sql.begin((tx) => meetings.change(tx, kepala, later, { startsAt: new Date(begin + 5 * MINUTE_MS) }, { reason: null }));
    const left = planned.slice(2);
    await round('j1', begin - 54 * MINUTE_MS, left);
    await round('m10', begin - 4 * MINUTE_MS, left);

    const kindOf = (subject: string): string => {
      const minutes = /^(\d+) menit lagi/.exec(subject)?.[1];
      return minutes === undefined ? (/^(Besok|Hari ini)/.test(subject) ? 'h1' : 'j1') : Number(minutes) > 15 ? 'j1' : 'm10';
    };
    const ids = new Map<string, Set<string>>();
    for (const { subject = '', messageId = '', envelope } of box.arrived.filter((letter) => /: Rapat \d+$/.test(letter.subject ?? ''))) {
      const key = `${/Rapat \d+$/.exec(subject)?.[0]} ${kindOf(subject)} ${envelope.to[0]}`;
      ids.set(key, (ids.get(key) ?? new Set()).add(messageId));
    }
    expect([...ids.keys()].toSorted()).toEqual(expected.toSorted());
    expect([...ids.values()].filter((same) => same.size !== 1)).toEqual([]);
    const rows = await world.sql<{ n: number; notices: number }[]>`
      select count(*)::int as n, (select count(*)::int from notifications.notice where kind = 'pengingat') as notices from notifications.reminder`;
    expect(rows[0]).toEqual({ n: expected.length, notices: expected.length - MEETINGS - 2 * left.length });
  } finally {
    for (const end of endings.toReversed()) await end();
  }
});
