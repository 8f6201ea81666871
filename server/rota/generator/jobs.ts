// Jobs: one a plan, a few a process, each in a thread of its own; what is known of one is a row, so that any portal can tell it and end it.
import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import { MOST_SEED, type Generation, type GeneratedCell, type GeneratorProgress, type postGeneration } from '../../../shared/rota-generator.ts';
import type { PlanSheet } from '../../../shared/rota.ts';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { tell } from '../../platform/live-tell.ts';
import { refuse, type Language } from '../../platform/refusal.ts';
import type { SignedIn } from '../../platform/serve.ts';
import { generate, type Found, type Handle } from './generate.ts';
import type { Cells } from './model.ts';
import { SolverStopped } from './solver.ts';
import * as store from './store.ts';

/** What the generator takes from the plan. Whoever does not prepare it is told `not_found`. */
export type Plans = {
  planFor: (tx: Tx, person: SignedIn, planId: string) => Promise<{ opdId: string; version: number }>;
  /** As it is being edited; other states are refused. `handSet`: `<person> <date>`; `former`: as it was published. */
  sheetFor: (tx: Tx, person: SignedIn, planId: string) => Promise<{ version: number; sheet: PlanSheet; handSet: ReadonlySet<string>; former: Cells | null }>;
  /** The whole of it, or nothing where the version has moved. */
  putGenerated: (tx: Tx, person: SignedIn, planId: string, roster: { version: number; seed: number; cells: readonly GeneratedCell[] }) => Promise<unknown>;
};
type Asked = z.output<(typeof postGeneration)['body']>;
const SAID: Record<Generation['state'], Record<Language, string>> = {
  berjalan: { id: 'masih berjalan', en: 'still running' },
  selesai: { id: 'selesai', en: 'done' },
  mustahil: { id: 'menemukan aturan yang bertentangan', en: 'over: the rules contradict each other' },
  dibatalkan: { id: 'dibatalkan', en: 'stopped' },
  gagal: { id: 'gagal', en: 'failed' },
};
type Running = { handle: Handle; over: Promise<void> };

/** Two cores: the portal wants one of them. */
const AT_ONCE = 2;
const MOST_CELLS = 20_000;
const BEAT_MS = 1_000;
const SILENT_MS = 30_000;

export function createJobs({ sql, clock, log, plans }: { sql: Sql; clock: Clock; log: FastifyBaseLogger; plans: Plans }) {
  const running = new Map<string, Running>();
  let starting = 0;

  function told(job: store.Job, version: number): Generation {
    return {
      ...job,
      startedAt: job.startedAt.toISOString(),
      takenAt: job.takenAt?.toISOString() ?? null,
      serverTime: clock.now().toISOString(),
      stale: job.state === 'selesai' && job.takenAt === null && job.version !== version,
    };
  }
  const silentBefore = (): Date => new Date(clock.now().getTime() - SILENT_MS);

  async function start(person: SignedIn, planId: string, asked: Asked): Promise<Generation> {
    if (running.size + starting >= AT_ONCE) {
      await sql.begin(async (tx) => plans.planFor(tx, person, planId));
      refuse('generator.busy', { limit: AT_ONCE });
    }
    starting += 1;
    try {
      const { job, opdId, question } = await sql.begin(async (tx) => {
        const { opdId } = await plans.planFor(tx, person, planId);
        const plan = await plans.sheetFor(tx, person, planId);
        const question = questionOf(plan, asked);
        await store.endSilent(tx, planId, silentBefore());
        const { seed, from, until } = question;
        const job = await store.insertJob(tx, {
          planId,
          version: plan.version,
          seed,
          from,
          until,
          keepHandSet: asked.keepHandSet,
          byName: person.name,
          byId: person.id,
          at: clock.now(),
        });
        if (!job) refuse('generator.running');
        await tell(tx, [`opd:${opdId}`], { type: 'generator.changed', opdId, planId });
        return { job, opdId, question };
      });
      run(job, opdId, question);
      return told(job, job.version);
    } finally {
      starting -= 1;
    }
  }

  function run(job: store.Job, opdId: string, question: ReturnType<typeof questionOf>): void {
    const begun = performance.now();
    let progress: GeneratorProgress | null = null;
    const handle = generate(question.sheet, question, (step) => (progress = { ...step, seconds: 0 }));
    const tellOf = (tx: Tx): Promise<void> => tell(tx, [`opd:${opdId}`], { type: 'generator.changed', opdId, planId: job.planId });
    async function beat(): Promise<void> {
      const now = progress && { ...progress, seconds: Math.round((performance.now() - begun) / 1000) };
      const goesOn = await sql.begin(async (tx) => {
        const isOn = await store.beat(tx, job.id, now, clock.now());
        if (isOn) await tellOf(tx);
        return isOn;
      });
      if (!goesOn) await handle.end();
    }
    const timer = setInterval(() => void beat().catch((error: unknown) => log.warn({ err: error, generation: job.id }, 'progress not written')), BEAT_MS);
    const over = handle.found
      .then(
        (found): Parameters<typeof store.endJob>[2] => endOf(found),
        (error: unknown) => {
          if (!(error instanceof SolverStopped)) log.error({ err: error, generation: job.id }, 'generator failed');
          return { state: 'gagal' as const, why: error instanceof SolverStopped ? 'stopped' : 'failed' };
        },
      )
      .then(async (end) => {
        clearInterval(timer);
        await sql.begin(async (tx) => {
          if (await store.endJob(tx, job.id, end)) await tellOf(tx);
        });
      })
      .catch((error: unknown) => log.error({ err: error, generation: job.id }, 'end of a roster not written'))
      .finally(() => running.delete(job.id));
    running.set(job.id, { handle, over });
  }

  async function look(person: SignedIn, planId: string): Promise<{ generation: Generation | null }> {
    return sql.begin(async (tx) => {
      const { version } = await plans.planFor(tx, person, planId);
      await store.endSilent(tx, planId, silentBefore());
      const job = await store.newest(tx, planId);
      return { generation: job && told(job, version) };
    });
  }

  async function end(person: SignedIn, id: string): Promise<Generation> {
    const job = await sql.begin(async (tx) => {
      const { planId } = (await store.lockJob(tx, id)) ?? refuse('not_found');
      const { opdId, version } = await plans.planFor(tx, person, planId);
      if (await store.endJob(tx, id, { state: 'dibatalkan' })) await tell(tx, [`opd:${opdId}`], { type: 'generator.changed', opdId, planId });
      return told((await store.jobById(tx, id))!, version);
    });
    const here = running.get(id);
    await here?.handle.end();
    await here?.over;
    return job;
  }

  async function takeOver(person: SignedIn, id: string): Promise<Generation> {
    return sql.begin(async (tx) => {
      const job = (await store.lockJob(tx, id)) ?? refuse('not_found');
      const { opdId, version } = await plans.planFor(tx, person, job.planId);
      if (job.takenAt !== null) return told(job, version);
      if (job.state !== 'selesai') refuse('generator.not_done', { state: SAID[job.state] });
      if (job.version !== version) refuse('generator.stale');
      if (job.cells.length > 0) await plans.putGenerated(tx, person, job.planId, { version, seed: job.seed, cells: job.cells });
      await store.take(tx, id, clock.now());
      await tell(tx, [`opd:${opdId}`], { type: 'generator.changed', opdId, planId: job.planId });
      return told((await store.jobById(tx, id))!, version);
    });
  }

  /** Threads are ended, and their jobs say so. */
  async function stop(): Promise<void> {
    await Promise.all(
      [...running.values()].map(async ({ handle, over }) => {
        await handle.end();
        await over;
      }),
    );
  }

  return { start, look, end, takeOver, stop };
}

function endOf(found: Found): Parameters<typeof store.endJob>[2] {
  if (found.is === 'selesai') return { state: 'selesai', figures: found.figures, cells: found.changed };
  return found.is === 'mustahil' ? { state: 'mustahil', conflict: found.conflict } : { state: 'gagal', why: found.why };
}

/** Which cells are open: those of the days asked for, none of which is published and past, nor set by hand where that is to stay. */
function questionOf({ sheet, handSet, former }: Awaited<ReturnType<Plans['sheetFor']>>, asked: Asked) {
  const dates = sheet.days.map(({ date }) => date).filter((date) => sheet.livedUntil === null || date > sheet.livedUntil);
  const from = [asked.from, dates[0] ?? sheet.days[0]!.date].reduce((a, b) => (a !== null && b !== null && a > b ? a : b))!;
  const until = [asked.until, sheet.days.at(-1)!.date].reduce((a, b) => (a !== null && b !== null && a < b ? a : b))!;
  const open = new Set(dates.filter((date) => from <= date && date <= until));
  const stays = (personId: string, day: number): boolean => {
    const { date } = sheet.days[day]!;
    return !open.has(date) || (asked.keepHandSet && handSet.has(`${personId} ${date}`));
  };
  const cells = sheet.people.reduce((all, { id }) => all + sheet.days.filter((_, day) => !stays(id, day)).length, 0);
  if (cells === 0) refuse('generator.nothing_open', { from, until });
  if (cells > MOST_CELLS) refuse('generator.too_large', { cells, limit: MOST_CELLS });
  return { sheet, from, until, stays, former, seed: asked.seed ?? randomInt(MOST_SEED), seconds: asked.seconds };
}
