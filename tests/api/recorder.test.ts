// The recorder against a real media server: what publishers sent is on the disk, at its time, whatever ends the recorder. F61.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { adoptRecorder, type Entry, type Fact } from '../../server/recording/process.ts';
import { timelineOf, unmeasured } from '../../server/recording/timeline.ts';
import { getProgram, hasFfmpeg, partFiles, publish, recordedRoom, samplesOf, toneIn, type Recording } from '../support/recorded.ts';

const run = promisify(execFile);
// Sound is made and read back by ffmpeg, which recording needs in any case (`npm run setup:recording`).
const able = hasFfmpeg();

let room: Awaited<ReturnType<typeof recordedRoom>> | null = null;
const inRoom = async () => (room = await recordedRoom());
beforeAll(async () => {
  // A build takes minutes where there is none.
  for (const program of ['recorder', 'publish'] as const) await getProgram(program);
}, 900_000);
afterEach(async () => {
  await room?.close();
  room = null;
});

type Of<T extends Entry['type']> = Extract<Entry, { type: T }>;
const all = <T extends Entry['type']>(index: Entry[], type: T): Of<T>[] => index.filter((entry): entry is Of<T> => entry.type === type);
const isReady = (fact: Fact): boolean => fact.type === 'ready';
const hasBytes = (tracks: number, bytes: number) => (fact: Fact) => fact.type === 'heartbeat' && fact.tracks === tracks && fact.bytes > bytes;
const pidOf = (recorder: Recording): number => recorder.facts.flatMap((fact) => (fact.type === 'ready' ? [fact.pid] : []))[0] ?? 0;

async function lastFrame(path: string): Promise<number> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', path], { maxBuffer: 16 * 1024 * 1024 });
  return Number(stdout.trim().split('\n').at(-1)?.replace(/,.*$/, ''));
}

test.runIf(able)('two speakers who come one after the other are on the disk whole, each with their tone at its time', async () => {
  const { record, token, media, folder, index, recorderToken } = await inRoom();
  const recorder = await record();
  await recorder.hears(isReady);
  const low = await publish(media.url, [await token('p_rendah')], 440, [320, 180]);
  await recorder.hears(hasBytes(2, 100_000));
  await recorder.mark('giliran kedua');
  const high = await publish(media.url, [await token('p_tinggi')], 880, [320, 180]);
  await recorder.hears((fact) => fact.type === 'part_opened' && fact.part === 4);
  const until = recorder.facts.reduce((most, fact) => (fact.type === 'heartbeat' ? Math.max(most, fact.bytes) : most), 0) + 1_200_000;
  await recorder.hears(hasBytes(4, until));
  await low.leave();
  await recorder.hears((fact) => fact.type === 'track_closed');
  expect(await recorder.stop()).toEqual({ reason: 'stopped', detail: '' });
  await high.leave();

  const said = index();
  expect(all(said, 'session_closed')).toMatchObject([{ session: 1, reason: 'stopped' }]);
  expect(all(said, 'mark').map(({ mark }) => mark)).toEqual(['giliran kedua']);
  const tracks = all(said, 'track_opened');
  expect(tracks.map(({ identity, kind, codec }) => `${identity} ${kind} ${codec}`).toSorted()).toEqual([
    'p_rendah audio opus',
    'p_rendah video vp8',
    'p_tinggi audio opus',
    'p_tinggi video vp8',
  ]);
  const opened = all(said, 'part_opened');
  const closed = all(said, 'part_closed');
  expect(opened.map(({ part }) => part)).toEqual([1, 2, 3, 4]);
  expect(closed).toHaveLength(4);
  for (const end of closed) {
    const part = opened.find(({ part }) => part === end.part)!;
    const path = join(folder, part.file);
    // By content: frames of 20 ms or of a thirtieth of a second.
    // A busy machine loses packets before they come here: they are counted, and sound keeps their place.
    const { lost } = all(said, 'track_closed').find(({ track }) => track === part.track)!;
    if (part.codec === 'opus') expect(Math.abs(end.ms - (end.frames + lost) * 20)).toBeLessThan(200);
    else if (lost === 0) expect(Math.abs(end.ms - (end.frames * 1000) / 30)).toBeLessThan(200);
    expect(Math.abs((await lastFrame(path)) * 1000 - end.ms)).toBeLessThan(200);
    const track = tracks.find(({ track }) => track === part.track)!;
    if (track.kind === 'video') continue;
    const samples = await samplesOf(path);
    expect(Math.abs(samples.length / 8 + lost * 20 - end.ms)).toBeLessThan(200 + lost * 20);
    const [own, other] = track.identity === 'p_rendah' ? [440, 880] : [880, 440];
    expect(samples.length).toBeGreaterThan(12_000);
    // What is sent is four seconds again and again: at the seam the tone's phase jumps, and one eighth of a second is less pure.
    const eighths = Array.from({ length: Math.floor(samples.length / 1000) - 2 }, (_, n) => samples.subarray((n + 1) * 1000, (n + 2) * 1000));
    const pure = eighths.filter((eighth) => toneIn(eighth, own) > 0.9 && toneIn(eighth, other) < 0.05);
    expect(pure.length / eighths.length).toBeGreaterThan(lost === 0 ? 0.85 : 0.5);
  }
  // The second one begins after the mark, on the same clock.
  const [mark] = all(said, 'mark');
  const late = opened.filter(({ track }) => tracks.find((one) => one.track === track)!.identity === 'p_tinggi');
  for (const { wall } of late) expect(wall).toBeGreaterThan(mark!.at);
  const early = opened.filter((part) => !late.includes(part));
  for (const { wall } of early) expect(wall).toBeLessThan(mark!.at);
  // What the composer makes of it: each part once, at its time, for as long as its frames last.
  expect(unmeasured(said)).toEqual([]);
  const timeline = timelineOf(said, new Map())!;
  expect(timeline.parts.map(({ part }) => part).toSorted()).toEqual([1, 2, 3, 4]);
  for (const placed of timeline.parts) {
    const end = closed.find(({ part }) => part === placed.part)!;
    expect(Math.abs(placed.from - end.wall)).toBeLessThan(100);
    expect(placed.to - placed.from).toBeCloseTo(end.ms, 0);
    expect(placed.from > mark!.at).toBe(placed.identity === 'p_tinggi');
  }
  // No name, identity or secret in the names of files, and no token anywhere.
  for (const name of partFiles(folder)) expect(name).toMatch(/^rek-\d{4}-TR_\w+\.webm$/);
  expect(readFileSync(join(folder, 'index.jsonl'), 'utf8') + readFileSync(join(folder, 'recorder.json'), 'utf8')).not.toContain('eyJ');
  expect(JSON.stringify(recorder.facts)).not.toContain((await recorderToken()).slice(0, 20));
});

test.runIf(able)('a recorder that is killed leaves all but the last moment, and the next one goes on in the same folder', async () => {
  const { record, token, media, folder, index } = await inRoom();
  const recorder = await record();
  await recorder.hears(isReady);
  const speaker = await publish(media.url, [await token('p_a')], 440, [320, 180]);
  await recorder.hears(hasBytes(2, 200_000));
  const killedAt = Date.now();
  process.kill(pidOf(recorder), 'SIGKILL');
  expect(await recorder.ended).toEqual({ reason: 'died', detail: 'SIGKILL' });
  const before = all(index(), 'part_opened');
  expect(before).toHaveLength(2);
  for (const part of before) {
    const end = part.wall + (await lastFrame(join(folder, part.file))) * 1000;
    expect(killedAt - end).toBeLessThan(1000);
  }
  const again = await record();
  await again.hears(isReady);
  await again.hears(hasBytes(2, 50_000));
  await again.stop();
  await speaker.leave();
  const said = index();
  expect(all(said, 'session_opened').map(({ session }) => session)).toEqual([1, 2]);
  expect(all(said, 'part_left').map(({ part, bytes }) => [part, bytes])).toEqual(before.map(({ part, file }) => [part, statSync(join(folder, file)).size]));
  expect(all(said, 'part_opened').map(({ part }) => part)).toEqual([1, 2, 3, 4]);
  const [gap] = all(said, 'gap');
  expect(gap!.to).toBeGreaterThan(gap!.from);
  expect(gap!.from).toBeLessThan(killedAt + 1000);
  expect(gap!.to).toBeGreaterThan(killedAt);
});

test.runIf(able)('the media server dies and comes back: one recording with a marked gap, by a token that the recorder asks for', async () => {
  const { record, recorderToken, token, media, openRoom, index } = await inRoom();
  const recorder = await record();
  await recorder.hears(isReady);
  const before = await publish(media.url, [await token('p_a')], 440, [320, 180]);
  await recorder.hears(hasBytes(2, 50_000));
  const backAgain = new Promise<void>((resolve) => media.onReady(resolve));
  process.kill(media.pid()!, 'SIGKILL');
  await recorder.hears((fact) => fact.type === 'lost');
  await backAgain;
  // It forgot the room, and lets nobody make one by entering.
  await recorder.hears((fact) => fact.type === 'needs_token');
  await openRoom();
  await recorder.giveToken(await recorderToken());
  await recorder.hears((fact) => fact.type === 'gap');
  const after = await publish(media.url, [await token('p_b')], 880, [320, 180]);
  await recorder.hears((fact) => fact.type === 'track_opened' && fact.identity === 'p_b');
  await recorder.hears((fact) => fact.type === 'part_opened' && fact.part === 3);
  await recorder.stop();
  await Promise.all([before.leave(), after.leave()]);
  const said = index();
  expect(all(said, 'session_opened')).toHaveLength(1);
  expect(all(said, 'gap')).toHaveLength(1);
  expect(new Set(all(said, 'part_opened').map(({ file }) => file)).size).toBe(all(said, 'part_opened').length);
  expect(all(said, 'part_closed')).toHaveLength(all(said, 'part_opened').length);
});

test.runIf(able)('without its portal it goes on, the next portal adopts it, and nobody else can record there', async () => {
  const { record, folder, index } = await inRoom();
  const recorder = await record();
  await recorder.hears(isReady);
  const second = await record();
  expect(await second.ended).toMatchObject({ reason: 'busy' });
  recorder.letGo();
  const facts: Fact[] = [];
  const adopted = await adoptRecorder({ folder, said: (fact) => void facts.push(fact) });
  await expect.poll(() => facts[0]).toMatchObject({ type: 'state', state: 'recording', session: 1 });
  await adopted!.mark('diadopsi');
  expect(await adopted!.stop()).toEqual({ reason: 'stopped', detail: '' });
  expect(all(index(), 'mark')).toHaveLength(1);
  expect(existsSync(join(folder, 'control.sock'))).toBe(false);
  expect(await adoptRecorder({ folder, said: () => {} })).toBeNull();
});

test.runIf(able)('it ends by itself: without room on the disk, when its room is closed, and when no portal comes', async () => {
  const { record, rooms, name, index } = await inRoom();
  const full = await record({ leastFreeBytes: 2 ** 50 });
  expect(await full.ended).toEqual({ reason: 'disk', detail: 'free' });
  const closed = await record();
  await closed.hears(isReady);
  await rooms.deleteRoom(name);
  expect(await closed.ended).toEqual({ reason: 'room_closed', detail: '' });
  const alone = await record({ orphanSeconds: 0 });
  alone.letGo();
  await expect.poll(() => all(index(), 'session_closed').at(-1)).toMatchObject({ session: 3, reason: 'orphaned' });
  expect(all(index(), 'session_closed').map(({ reason }) => reason)).toEqual(['disk', 'room_closed', 'orphaned']);
});

test.runIf(able)('a token that is refused is asked for again, and is in no word of the process', async () => {
  const { record, recorderToken } = await inRoom();
  const recorder = await record({ token: 'eyJhbGciOiJIUzI1NiJ9.e30.rahasia' });
  expect(await recorder.hears((fact) => fact.type === 'needs_token')).toMatchObject({ refused: true });
  await recorder.giveToken(await recorderToken());
  await recorder.hears(isReady);
  const { stdout } = await run('ps', ['-o', 'args=', '-p', String(pidOf(recorder))]);
  expect(stdout).not.toContain('eyJ');
  expect(JSON.stringify(recorder.facts)).not.toContain('eyJ');
  await recorder.stop();
});
