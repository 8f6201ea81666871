// `npm run faults -- cluster`: two LiveKit on one Redis behind a portal that knows both, while visitors write down the truth. Rooms on either node; the node that has
// the room is killed, or the one that only carries its signalling; Redis is gone for ten seconds.
import { rmSync } from 'node:fs';
import { setTimeout as stay } from 'node:timers/promises';
import { postJoin, postTicket } from '../../shared/meetings.ts';
import { round } from '../bench/figures.ts';
import { temporaryFolder } from '../support/database.ts';
import { CallFailed } from '../support/portal-client.ts';
import { mediaReady, startPortal } from '../support/portal.ts';
import { freePort } from '../../server/platform/ports.ts';
import { peopleOf, verifyAt } from './city.ts';
import type { Verdict } from './compare.ts';
import { crowd, CROWD, STAY, VISIT_MS } from './crowd.ts';
import { callHearing, type Hearing, type Place } from './hearing.ts';
import { hasRedis, openNodes, type Node, type Nodes } from './nodes.ts';
import { tellVerdicts, verdictOf, type Result } from './verdicts.ts';
import type { Span } from './truth.ts';
import { startVisitors, type VisitorProcess } from './visitors.ts';
import { openWebhookProxy } from './webhook-proxy.ts';

/** LiveKit takes a room to another node when the old one has not been heard for five seconds; then everybody's own waiting. */
const BACK_S = 25;
const DEAD_MS = 30_000;
const REDIS_GONE_MS = 10_000;
const ASKED_EVERY_MS = 500;
const MOST_MEETINGS = 20;

type Cluster = Nodes & { place: Place; dataFolder: string; said: () => string; close(): Promise<void> };

async function openCluster(): Promise<Cluster> {
  const dataFolder = temporaryFolder();
  const PORT = String(await freePort(0, 'tcp', '127.0.0.1'));
  const origin = `http://127.0.0.1:${PORT}`;
  const proxy = await openWebhookProxy(() => `${origin}/api/livekit/webhook`);
  const opened = await openNodes(proxy.url);
  const portal = await startPortal({ dataFolder, env: { PORT, ...opened.env } });
  await mediaReady(portal);
  const processes: VisitorProcess[] = [];
  const place: Place = {
    origin,
    proxy,
    ...(await peopleOf(portal)),
    clockMs: 0,
    visitors() {
      const started = startVisitors();
      processes.push(started);
      return started;
    },
    portal: {
      async state() {
        const ended = await Promise.race([portal.ended, Promise.resolve(null)]);
        return ended === null ? 'well' : `the portal ended: ${portal.said().slice(-2000)}`;
      },
    },
  };
  return {
    ...opened,
    place,
    dataFolder,
    said: portal.said,
    async close() {
      for (const one of processes) one.end();
      await portal.stop();
      proxy.close();
      await opened.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Which node gets a room is LiveKit's choice: meetings are called until one is where it is wanted. */
async function meetingOn({ place }: Cluster, node: Node, title: string): Promise<Hearing> {
  for (let n = 1; n <= MOST_MEETINGS; n += 1) {
    const hearing = await callHearing(place, `${title} (${n})`, CROWD);
    if (await node.has(hearing.room)) return hearing;
  }
  throw new Error(`none of ${MOST_MEETINGS} rooms is at this node`);
}

/** Of those who stay all the time: seconds from `at` until each was inside again; Infinity where one never was. */
const backAfter = (hearing: Hearing, at: number): number[] =>
  staying(hearing).map((spans) => ((spans.find(({ from }) => from > at)?.from ?? Infinity) - at) / 1000);

/** Of those who stay all the time: their visits, one person after the other. */
const staying = ({ truth, people }: Hearing): Span[][] => people.slice(0, STAY).map((person) => truth.visits().get(person) ?? []);

const unharmed = (cluster: Cluster, node: Node, name: string) => async (): Promise<Verdict> =>
  crowd(cluster.place, name, { called: await meetingOn(cluster, node, name), middleMs: VISIT_MS, breaks: () => stay(2 * VISIT_MS) });

/** `dies`: the one that has the room; people may reach it themselves or through the other. Nobody starts it again while the meeting goes on. */
const roomKilled = (cluster: Cluster, dies: Node, name: string, back: number[]) => async (): Promise<Verdict> => {
  const called = await meetingOn(cluster, dies, name);
  let from = 0;
  const verdict = await crowd(cluster.place, name, {
    called,
    middleMs: DEAD_MS / 2,
    async breaks({ truth }) {
      from = Date.now();
      await dies.kill();
      await stay(DEAD_MS);
      truth.cut({ from, to: Date.now() });
    },
  });
  await dies.start();
  const seconds = backAfter(called, from);
  back.push(...seconds);
  return seconds.every(Number.isFinite) ? verdict : { ...verdict, problems: [...verdict.problems, 'somebody who stayed did not lose the room with its node'] };
};

/** The portal asks `dies` first: the signalling of everybody goes through it, the room is at the other. */
const doorKilled = (cluster: Cluster, dies: Node, room: Node, name: string) => async (): Promise<Verdict> => {
  const verdict = await crowd(cluster.place, name, {
    called: await meetingOn(cluster, room, name),
    middleMs: DEAD_MS / 2,
    async breaks() {
      await dies.kill();
      await stay(DEAD_MS);
    },
  });
  await dies.start();
  return verdict;
};

type Asked = { refused: number; let: number };

/** Asks for tickets as those do who come while Redis is gone: an answer in words, or a ticket. */
async function askForTickets({ chair }: Place, meetingId: string, over: () => boolean, problems: string[]): Promise<Asked> {
  const asked = { refused: 0, let: 0 };
  const { notice } = await chair.call(postJoin, { body: { meetingId } });
  for (; !over(); await stay(ASKED_EVERY_MS))
    try {
      await chair.call(postTicket, { params: { id: meetingId }, body: { notice: notice.version } });
      asked.let += 1;
    } catch (error) {
      if (error instanceof CallFailed && error.status === 503 && error.code === 'media.unavailable') asked.refused += 1;
      else problems.push(error instanceof Error ? error.message : String(error));
    }
  return asked;
}

const redisGone = (cluster: Cluster, node: Node, name: string, tickets: Asked) => async (): Promise<Verdict> => {
  const problems: string[] = [];
  const called = await meetingOn(cluster, node, name);
  const verdict = await crowd(cluster.place, name, {
    called,
    middleMs: REDIS_GONE_MS / 2,
    async breaks({ id, blind }) {
      const span = { from: Date.now(), to: Infinity };
      blind.push(span);
      let over = false;
      await cluster.redis.kill();
      const asking = askForTickets(cluster.place, id, () => over, problems);
      await stay(REDIS_GONE_MS);
      over = true;
      await cluster.redis.start();
      const { refused, let: let_ } = await asking;
      tickets.refused += refused;
      tickets.let += let_;
      await mediaReady({ url: cluster.place.origin });
      span.to = Date.now();
    },
  });
  const whole = staying(called).every((spans) => spans.length === 1);
  if (!whole) problems.push('who was inside was thrown out');
  return { ...verdict, problems: [...verdict.problems, ...problems] };
};

export async function cluster(): Promise<boolean> {
  if (!hasRedis()) {
    console.error('no redis-server: apt-get install redis-server, or REDIS_BIN=/path/of/redis-server');
    process.exit(2);
  }
  const opened = await openCluster();
  const results: Result[] = [];
  const back: number[] = [];
  const tickets: Asked = { refused: 0, let: 0 };
  try {
    const [first, second] = opened.nodes as [Node, Node];
    const faults: Record<string, (name: string) => () => Promise<Verdict>> = {
      'room at the first node': (name) => unharmed(opened, first, name),
      'room at the second node': (name) => unharmed(opened, second, name),
      'kill -9 of the room’s node, reached itself': (name) => roomKilled(opened, first, name, back),
      'kill -9 of the room’s node, reached through the other': (name) => roomKilled(opened, second, name, back),
      'kill -9 of the node that only carries signalling': (name) => doorKilled(opened, first, second, name),
      'Redis gone 10 s': (name) => redisGone(opened, first, name, tickets),
      'Redis gone 10 s, room at the second node': (name) => redisGone(opened, second, name, tickets),
    };
    const words = process.argv.slice(3);
    for (const [name, happens] of Object.entries(faults))
      if (words.length === 0 || words.some((word) => name.includes(word))) results.push(await verdictOf(name, happens(name)));
    const { isWell, isInTime } = tellVerdicts('faults cluster', results, await verifyAt(opened.dataFolder), {
      ...(back.length > 0 && { backSeconds: { value: round(Math.max(...back)), aim: { max: BACK_S } } }),
      ...(tickets.refused + tickets.let > 0 && { refusedInWords: { value: tickets.refused, aim: { min: 1 } } }),
    });
    if (!isWell) console.error(opened.said().slice(-6000));
    return isWell && isInTime;
  } finally {
    await opened.close();
  }
}
