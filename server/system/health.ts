// Two questions of machines: does this process live, and may it be given traffic. Both are answered in time, whatever hangs.
import type { z } from 'zod';
import type { Health, NotReady, Ready, ReadyNote } from '../../shared/health.ts';

const HEALTH_MS = 2_000;

type World = {
  /** Asked on a connection of its own: nobody waits for the pool to say that it is exhausted. */
  ask: () => Promise<{ mailFails: boolean; missing: readonly string[] }>;
  exhausted: () => boolean;
  version: string;
  media: () => 'ok' | 'down' | 'absent';
  alarms: () => readonly { what: string }[];
  /** Where in its life this process is. */
  standing: () => 'starting' | 'serving' | 'closing';
};

export function createHealth({ ask, exhausted, version, media, alarms, standing }: World) {
  async function health(): Promise<z.input<typeof Health>> {
    const told = await inTime(HEALTH_MS, ask());
    const database = told === null ? 'down' : 'ok';
    const full = told !== null && exhausted();
    const state = media();
    return {
      status: database === 'down' ? 'down' : state === 'down' || full ? 'degraded' : 'ok',
      database,
      media: state,
      alarms: [...alarms().map(({ what }) => what), ...(told?.mailFails ? ['mail'] : []), ...(full ? ['pool'] : [])],
      version,
    };
  }

  async function ready(needsMedia: boolean): Promise<z.input<typeof Ready>> {
    const reasons: NotReady[] = [];
    const life = standing();
    if (life !== 'serving') reasons.push(life);
    const told = await inTime(HEALTH_MS, ask());
    if (told === null) reasons.push('database');
    // What a newer portal has added is no reason: it keeps older ones working while they are replaced.
    else if (told.missing.length > 0) reasons.push('migrations');
    if (needsMedia && media() !== 'ok') reasons.push('media');
    // No reason: it empties by itself, and whoever takes the traffic away cuts sockets and sends the load to the next pool.
    const notes: ReadyNote[] = told !== null && exhausted() ? ['pool exhausted'] : [];
    return { ready: reasons.length === 0, reasons, notes, version };
  }

  return { health, ready };
}

/** The first one's answer, when all came in time; else null. */
export async function inTime<T>(ms: number, first: Promise<T>, ...others: PromiseLike<unknown>[]): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms).unref();
  });
  try {
    return await Promise.race([Promise.all([first, ...others]).then(([answer]) => answer), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
