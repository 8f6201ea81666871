// Two questions of machines: does this process live, and may it be given traffic. Both are answered in time, whatever hangs.
import type { z } from 'zod';
import type { Health, NotReady, Ready } from '../../shared/health.ts';
import type { Sql } from '../platform/database.ts';
import { migrationGap } from '../platform/migrate.ts';

const HEALTH_MS = 2_000;

type World = {
  sql: Sql;
  version: string;
  media: () => 'ok' | 'down' | 'absent';
  alarms: () => readonly { what: string }[];
  mailFailing: () => Promise<boolean>;
  /** Where in its life this process is. */
  standing: () => 'starting' | 'serving' | 'closing';
};

export function createHealth({ sql, version, media, alarms, mailFailing, standing }: World) {
  async function health(): Promise<z.input<typeof Health>> {
    const mail = await inTime(HEALTH_MS, mailFailing(), sql`select 1`);
    const database = mail === null ? 'down' : 'ok';
    const state = media();
    return {
      status: database === 'down' ? 'down' : state === 'down' ? 'degraded' : 'ok',
      database,
      media: state,
      alarms: [...alarms().map(({ what }) => what), ...(mail ? ['mail'] : [])],
      version,
    };
  }

  async function ready(needsMedia: boolean): Promise<z.input<typeof Ready>> {
    const reasons: NotReady[] = [];
    const life = standing();
    if (life !== 'serving') reasons.push(life);
    const gap = await inTime(HEALTH_MS, migrationGap(sql));
    if (gap === null) reasons.push('database');
    // What a newer portal has added is no reason: it keeps older ones working while they are replaced.
    else if (gap.missing.length > 0) reasons.push('migrations');
    if (needsMedia && media() !== 'ok') reasons.push('media');
    return { ready: reasons.length === 0, reasons, version };
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
