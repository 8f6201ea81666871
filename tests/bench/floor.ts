// From the moderator's tap to the journalist's voice heard by somebody else, and from the release to silence: through the portal (its
// rule, its database, its ledger), and beside it, in turn, a bare permission update at the same media server. Same page, same ears.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { postGive, postQuestion, postRelease, postScreening } from '../../shared/press-floor.ts';
import { openChromium, newPerson } from '../support/browser.ts';
import { endVisitors } from '../support/visitor.ts';
import { median, quantile, report, round, table } from './figures.ts';
import { listen, type Listener } from './floor/hearing.ts';
import { serveFloorPage } from './floor/page-server.ts';
import { openPressStage } from './press-stage.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 18);
/** How long somebody speaks, and how long it is quiet before the next. */
const SPEAKS_MS = 700;
/** Sound comes in frames of this length: an earlier silence cannot be heard, and the last frame may even have come before the release was sent. */
const FRAME_MS = 20;
const audible = (ms: number): number => Math.max(ms, FRAME_MS);

type Way = { give(): Promise<unknown>; release(): Promise<unknown>; ears: Listener };
type Turn = { grantMs: number; releaseMs: number };

async function turn({ give, release, ears }: Way): Promise<Turn> {
  const heard = ears.heard();
  const tapped = performance.now();
  const [began] = await Promise.all([heard, give()]);
  await sleep(SPEAKS_MS);
  const released = performance.now();
  await release();
  const last = await ears.fellSilent();
  await sleep(SPEAKS_MS);
  return { grantMs: began - tapped, releaseMs: last - released };
}

const stage = await openPressStage();
const page = await serveFloorPage(async () => ({ url: '', token: '' }), 'turn.html');
const browser = await openChromium({ fps: 20 });
try {
  const enters = async (url: string, token: string): Promise<void> => {
    const person = await newPerson(browser, stage.portal.url);
    await person.page.goto(page.url);
    await person.page.evaluate(async ([to, by]) => (globalThis as unknown as { enter(url: string, token: string): Promise<void> }).enter(to, by), [
      url,
      token,
    ] as const);
  };
  const door = stage.portal.url.replace(/^http/, 'ws');
  const journalist = await stage.journalist('Sari Ukur', 'Radar Ukur');
  // The page of the bench is of another origin than the portal: it reaches the media server itself, which costs a turn nothing.
  await enters(stage.bare.url, (await stage.ticketOf(journalist)).token);
  const ears = await listen(door, (await stage.ticketOf(await stage.viewer())).token);
  let question = '';
  let held = '';
  const raise = async (): Promise<void> => {
    const view = await journalist.call(postQuestion, { params: { slug: stage.slug }, body: { topic: 'Ukur', text: 'Berapa lama?', key: randomUUID() } });
    question = view.queue.find((place) => place.mine)?.id ?? '';
    await stage.operator.call(postScreening, { params: { id: stage.id, question }, body: { act: 'saring' } });
  };
  const ours: Way = {
    ears,
    async give() {
      const view = await stage.operator.call(postGive, { params: { id: stage.id, question }, body: {} });
      held = view.turns[0]?.id ?? '';
    },
    release: () => stage.operator.call(postRelease, { params: { id: stage.id, turn: held }, body: { outcome: { kind: 'dijawab' } } }),
  };

  const { livekit, url } = stage.bare;
  const room = `r-ukur-${randomUUID().slice(0, 8)}`;
  const [speaks, hears] = [`j_${randomUUID()}:lAAAAAAAAAAAAAAAA`, `j_${randomUUID()}:lBBBBBBBBBBBBBBBB`];
  await livekit.ensureRoom(room);
  await enters(url, await livekit.sign(room, speaks, 'audience'));
  const bare: Way = {
    ears: await listen(url, await livekit.sign(room, hears, 'audience')),
    give: () => livekit.allow(room, speaks, 'floor'),
    release: () => livekit.allow(room, speaks, 'audience'),
  };

  const turns: { ours: Turn[]; bare: Turn[] } = { ours: [], bare: [] };
  for (let n = 0; n <= ROUNDS; n += 1)
    for (const way of n % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
      if (way === 'ours') await raise();
      const took = await turn(way === 'ours' ? ours : bare);
      // The first of each only warms the machine.
      if (n > 0) turns[way].push(took);
    }
  const of = (way: 'ours' | 'bare', part: keyof Turn, q: number): number => {
    const values = turns[way].map((one) => one[part]);
    return q === 0.5 ? median(values) : quantile(values, q);
  };
  table([
    ['', 'grant p50', 'grant p95', 'release p50', 'release p95'],
    ...(['ours', 'bare'] as const).map((way) => [
      way,
      ...(['grantMs', 'releaseMs'] as const).flatMap((part) => [0.5, 0.95].map((q) => String(Math.round(of(way, part, q))))),
    ]),
  ]);
  const figures = {
    grantMs: Math.round(of('ours', 'grantMs', 0.5)),
    releaseMs: Math.round(of('ours', 'releaseMs', 0.5)),
    ratio: round(of('ours', 'grantMs', 0.5) / of('bare', 'grantMs', 0.5)),
    releaseRatio: round(audible(of('ours', 'releaseMs', 0.5)) / audible(of('bare', 'releaseMs', 0.5))),
    bareGrantMs: Math.round(of('bare', 'grantMs', 0.5)),
    bareReleaseMs: Math.round(of('bare', 'releaseMs', 0.5)),
    rounds: turns.ours.length,
  };
  report({ bench: 'floor', figures, aims: { ratio: { max: 1.5 }, releaseRatio: { max: 1.5 } } });
  await Promise.all([ears.leave(), bare.ears.leave()]);
} finally {
  await browser.close();
  await page.close();
  await endVisitors();
  await stage.close();
}
