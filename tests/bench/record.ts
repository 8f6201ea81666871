// Four publishers of 720p and sound into one recorder for a minute: the processor time of the recorder alone, what it holds in memory at most,
// and packets that never came to it. Publishers send what was encoded before, so that the machine is the recorder's.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { publish, recordedRoom } from '../support/recorded.ts';
import { report, round } from './figures.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 60);
const PUBLISHERS = 4;
/** Linux counts processor time in hundredths of a second. */
const TICKS = 100;

const cpuSeconds = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
};
const uptime = (): number => Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
const peakMiB = (pid: number): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const room = await recordedRoom();
try {
  const recorder = await room.record();
  const ready = await recorder.hears((fact) => fact.type === 'ready');
  const pid = ready.type === 'ready' ? ready.pid : 0;
  const tokens = await Promise.all(Array.from({ length: PUBLISHERS }, async (_, n) => room.token(`p${n}`)));
  const publisher = await publish(room.media.url, tokens, 440);
  await recorder.hears((fact) => fact.type === 'heartbeat' && fact.tracks === PUBLISHERS * 2);
  const [cpu, began] = [cpuSeconds(pid), uptime()];
  await sleep(SECONDS * 1000);
  const coreShare = (cpuSeconds(pid) - cpu) / (uptime() - began);
  const memoryMiB = peakMiB(pid);
  await recorder.stop();
  await publisher.leave();
  const index = room.index();
  const closed = index.filter((entry) => entry.type === 'track_closed');
  const lostPackets = closed.reduce((sum, { lost }) => sum + lost, 0);
  const megabits = (closed.reduce((sum, { bytes }) => sum + bytes, 0) * 8) / 1e6 / SECONDS;
  // A recorder that hears nothing is cheap.
  const heard = closed.filter(({ bytes }) => bytes > 0).length;
  const figures = { coreShare: round(coreShare, 3), memoryMiB: round(memoryMiB, 1), lostPackets, tracks: heard, megabits: round(megabits, 1) };
  const aims = { coreShare: { max: 0.15 }, memoryMiB: { max: 60 }, lostPackets: { max: 0 }, tracks: { min: PUBLISHERS * 2 } };
  report({ bench: 'record', figures, aims });
} finally {
  await room.close();
}
