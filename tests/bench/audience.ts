// One stage with sound and picture, and as many who watch it as this machine carries: whose processor time is it? The portal lets each
// in, relays its signalling, holds its socket and answers what the room shows; packets go between the media server and them.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AudioFrame, AudioSource, LocalAudioTrack, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import { getPressRoom } from '../../shared/press-room.ts';
import { eventually } from '../support/eventually.ts';
import { endVisitors, enterRoom, type Visitor } from '../support/visitor.ts';
import { report, round, table } from './figures.ts';
import type { FromAudience, ToAudience } from './floor/audience-process.ts';
import { processorSeconds } from './floor/processor.ts';
import { openPressStage } from './press-stage.ts';

const VIEWERS = Number(process.env['BENCH_VIEWERS'] ?? 60);
const PROCESSES = 2;
const SETTLE_MS = 10_000;
const STEADY_MS = Number(process.env['BENCH_SECONDS'] ?? 60) * 1000;
const RATE = 48_000;

/** A tone, ten milliseconds at a time. */
async function publishTone({ room }: Visitor): Promise<{ stop(): Promise<void> }> {
  const source = new AudioSource(RATE, 1);
  const options = new TrackPublishOptions();
  options.source = TrackSource.SOURCE_MICROPHONE;
  await room.localParticipant?.publishTrack(LocalAudioTrack.createAudioTrack('suara', source), options);
  const frame = new AudioFrame(
    Int16Array.from({ length: RATE / 10 }, (_, n) => 8_000 * Math.sin((2 * Math.PI * 440 * n) / RATE)),
    RATE,
    1,
    RATE / 10,
  );
  let on = true;
  const sending = (async () => {
    while (on) await source.captureFrame(frame);
  })();
  return {
    async stop() {
      on = false;
      await sending;
      await source.close();
    },
  };
}

const begin = async (child: ChildProcess, asked: ToAudience): Promise<FromAudience> =>
  new Promise((resolve, reject) => {
    child.once('message', (message: FromAudience) => resolve(message)).once('exit', () => reject(new Error('a process of the audience ended')));
    child.send(asked);
  });

const stage = await openPressStage({ viewerLimit: VIEWERS + 10 });
const children = Array.from({ length: PROCESSES }, () =>
  fork(join(import.meta.dirname, 'floor', 'audience-process.ts'), { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
);
try {
  const { portal, slug, id } = stage;
  const speaker = await enterRoom(portal.url.replace(/^http/, 'ws'), (await stage.ticketOf(stage.speaker)).token);
  await speaker.publishPicture();
  const tone = await publishTone(speaker);
  const each = Math.ceil(VIEWERS / PROCESSES);
  const answers = await Promise.all(children.map((child) => begin(child, { origin: portal.url, slug, id, viewers: each })));
  for (const refused of answers.flatMap((answer) => answer.refused)) console.error(refused);
  const seen = async (): Promise<number> => (await stage.operator.call(getPressRoom, { params: { slug } })).viewers;
  await eventually('all are on the list', async () => (await seen()) >= each * PROCESSES - answers.flatMap((answer) => answer.refused).length, 120_000);
  await sleep(SETTLE_MS);

  const media = portal.children().find((child) => child.name.includes('livekit') || child.name.includes('media'))?.pid ?? 0;
  const database = portal.children().find((child) => child.name.includes('postgres'))?.pid ?? 0;
  const parts = (): Record<string, number> => ({
    portal: processorSeconds(portal.pid, { without: [media, database] }),
    postgres: processorSeconds(database),
    livekit: processorSeconds(media),
    audience: children.reduce((sum, child) => sum + processorSeconds(child.pid ?? 0), 0),
    stage: processorSeconds(process.pid, { without: [portal.pid, ...children.map((child) => child.pid ?? 0)] }),
  });
  const before = parts();
  const from = performance.now();
  await sleep(STEADY_MS);
  const seconds = (performance.now() - from) / 1000;
  const after = parts();
  const used = Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)]));
  const all = Object.values(used).reduce((sum, value) => sum + value, 0);
  const viewers = await seen();
  table([['', 'cores', 'share %'], ...Object.entries(used).map(([name, value]) => [name, (value / seconds).toFixed(3), ((100 * value) / all).toFixed(1)])]);
  const share = (...names: string[]): number => round((100 * names.reduce((sum, name) => sum + (used[name] ?? 0), 0)) / all);
  const figures = {
    viewers,
    portalShare: share('portal'),
    withDatabaseShare: share('portal', 'postgres'),
    livekitShare: share('livekit'),
    coresUsed: round(all / seconds),
    seconds: Math.round(seconds),
  };
  report({ bench: 'audience', figures, aims: { portalShare: { max: 5 } } });
  await tone.stop();
  await speaker.leave();
} finally {
  for (const child of children) child.kill('SIGKILL');
  await endVisitors();
  await stage.close();
}
