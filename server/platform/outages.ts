// Outages: the portal knows when it, its database or its media server was away. A pulse is written every five seconds;
// where two are too far apart, the time between them is a window. What the reports then say is attendance's business.
import { uptime as machineUptime } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from './clock.ts';
import { isDatabaseAway, type Sql, type Tx } from './database.ts';
import type { MediaServer } from './media.ts';
import { GAP_MS, gapSince, joined, mediaWindow, nextPulse, PULSE_MS, type MediaSigns, type Outage } from './outages-rules.ts';
import * as store from './outages-store.ts';

export type { Outage } from './outages-rules.ts';
export type Outages = ReturnType<typeof createOutages>;

/** A media server that is frozen takes the connection and never answers. */
const CONTACT_MS = 2_000;

type Signs = Omit<MediaSigns, 'backAt'> & { backAt: Date | null };
const quiet: Signs = { exitAt: null, silentSince: null, backAt: null };

type World = {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  media: Pick<MediaServer, 'url' | 'onExit' | 'onReady'> | null;
  /** Milliseconds that do not jump when somebody sets the clock, and go on while the process is frozen or the machine asleep. */
  uptime?: () => number;
  answers?: (url: string, stopping: AbortSignal) => Promise<boolean>;
};

export function createOutages({ sql, clock, log, media, uptime = () => machineUptime() * 1000, answers = answersInTime }: World) {
  /** This process's own last pulse, by uptime: while it is fresh the portal was not away, whatever the clocks say. */
  let pulsed = -Infinity;
  const isFresh = (): boolean => uptime() - pulsed <= GAP_MS;
  let databaseFailed = false;
  /** The media server's last answer to this process, by its clock and by uptime. */
  let answered = { at: new Date(0), by: -Infinity };
  let signs: Signs = quiet;
  let running = false;
  const stopping = new AbortController();
  const pending = new Set<Promise<void>>();

  media?.onExit((at) => {
    signs = { ...signs, exitAt: signs.exitAt ?? at, backAt: null };
  });
  media?.onReady(() => {
    if (running) track(beatMedia());
  });

  /** One pulse of the portal. Fails when the database is away, and remembers that it did. */
  async function beatPortal(): Promise<void> {
    const sent = uptime();
    // Late while this process runs: the database does not answer. A process that was frozen itself wakes up later than this.
    const late = setTimeout(() => (databaseFailed ||= uptime() - sent < 2 * PULSE_MS), PULSE_MS);
    try {
      await sql.begin(async (tx) => {
        await store.lock(tx);
        const now = clock.now();
        const last = await store.pulseOf(tx, 'portal');
        const gap = isFresh() ? null : gapSince(last, now);
        if (gap) await store.insertOutage(tx, databaseFailed ? 'database' : 'portal', gap, now);
        await store.setPulse(tx, 'portal', nextPulse(last, now));
      });
      pulsed = uptime();
      databaseFailed = false;
    } catch (error) {
      databaseFailed ||= isDatabaseAway(error);
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  /** One question to the media server; silence writes nothing yet. */
  async function beatMedia(): Promise<void> {
    if (!media) return;
    const [asked, askedAt] = [uptime(), clock.now()];
    const answer = await answers(media.url, stopping.signal);
    if (!answer) {
      // A process that was frozen while it waited has not heard anything, and one that did not ask for long knows of now only.
      if (uptime() - asked > 2 * CONTACT_MS) return;
      signs = { ...signs, silentSince: signs.silentSince ?? (asked - answered.by <= GAP_MS ? answered.at : askedAt), backAt: null };
      return;
    }
    const now = clock.now();
    const heard = { ...signs, backAt: signs.backAt ?? now };
    signs = heard;
    answered = { at: now, by: uptime() };
    await sql.begin(async (tx) => {
      await store.lock(tx);
      const last = await store.pulseOf(tx, 'media');
      const window = mediaWindow(heard, last);
      if (window) await store.insertOutage(tx, 'media', window, now);
      await store.setPulse(tx, 'media', nextPulse(last, now));
    });
    // An exit told meanwhile is the next window's.
    if (signs === heard) signs = quiet;
  }

  /** Windows that touch this time, whole; an open one has no end yet. */
  async function between(tx: Tx, from: Date, to: Date): Promise<Outage[]> {
    const open = running ? await openWindows(tx) : [];
    return joined([...(await store.outagesBetween(tx, from, to)), ...open.filter((w) => w.from < to)]);
  }

  async function openWindows(tx: Tx): Promise<Outage[]> {
    const portal = isFresh() ? null : await store.pulseOf(tx, 'portal');
    const { exitAt, silentSince, backAt } = signs;
    const mediaSince = backAt === null ? (exitAt ?? gapSince(silentSince, clock.now())?.from) : undefined;
    return [
      ...(portal ? [{ id: 'portal', what: databaseFailed ? ('database' as const) : ('portal' as const), from: portal, to: null }] : []),
      ...(mediaSince ? [{ id: 'media', what: 'media' as const, from: mediaSince, to: null }] : []),
    ];
  }

  function track(work: Promise<void>): void {
    const settled = work.catch((error: unknown) => log.warn({ err: error }, 'pulse not written'));
    pending.add(settled);
    void settled.finally(() => pending.delete(settled));
  }

  async function loop(beat: () => Promise<void>): Promise<void> {
    while (running) {
      await sleep(PULSE_MS, undefined, { ref: false, signal: stopping.signal }).catch(() => {});
      if (running) await beat().catch((error: unknown) => log.warn({ err: error }, 'pulse not written'));
    }
  }

  /** The first pulse is there when this returns: a report right after a start knows of the time before it. */
  async function start(): Promise<void> {
    running = true;
    await beatPortal().catch((error: unknown) => log.warn({ err: error }, 'pulse not written'));
    track(beatMedia());
    track(loop(beatPortal));
    track(loop(beatMedia));
  }

  /** One last pulse, so that a planned stop begins when it began. */
  async function stop(): Promise<void> {
    if (!running) return;
    running = false;
    stopping.abort();
    await Promise.all(pending);
    await beatPortal().catch(() => {});
  }

  return { start, stop, beatPortal, beatMedia, between };
}

async function answersInTime(url: string, stopping: AbortSignal): Promise<boolean> {
  try {
    const reply = await fetch(url, { signal: AbortSignal.any([stopping, AbortSignal.timeout(CONTACT_MS)]) });
    await reply.body?.cancel();
    return reply.ok;
  } catch {
    return false;
  }
}
