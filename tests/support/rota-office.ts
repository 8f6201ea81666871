// A month of Dinas Sosial in the hands of those who plan it, and requests that meet at one plan in a told order.
import * as wire from '../../shared/rota.ts';
import type { CellInput, PlanAct, PlanView } from '../../shared/rota.ts';
import type { World } from './world.ts';
import { castWorld, signIn } from './cast.ts';
import { eventually } from './eventually.ts';
import type { Client } from './world.ts';

export const MONTH = '2026-12';
/** The first three days of December 2026 are working days. */
export const [TUESDAY, WEDNESDAY, THURSDAY] = ['2026-12-01', '2026-12-02', '2026-12-03'] as const;
export const cellOf = (personId: string, date: string, code: CellInput['code'], shift: string | null = null): CellInput => ({ personId, date, code, shift });
export type RotaOffice = Awaited<ReturnType<typeof rotaOffice>>;

export async function rotaOffice() {
  const { world, cast } = await castWorld();
  const [admin, head] = [await signIn(world, cast.adminDinsos), await signIn(world, cast.kepala)];
  const opd = { id: cast.opds.dinsos.id };
  const view = async (): Promise<PlanView> => (await admin.call(wire.getRota, { params: opd, query: { month: MONTH } })).view!;
  const steps = async (client: Client, act: PlanAct, words: string | null = null) => {
    const { plan } = await view();
    return client.call(wire.postRotaStep, { params: { id: plan.id }, body: { act, version: plan.version, words } });
  };
  const puts = async (cells: CellInput[]) => {
    const { plan } = await view();
    return admin.call(wire.putRotaCells, { params: { id: plan.id }, body: { version: plan.version, cells } });
  };
  const fills = async () => {
    const { plan } = await view();
    return admin.call(wire.postRotaFill, { params: { id: plan.id }, body: { version: plan.version, how: { kind: 'isi', code: 'WFO' } } });
  };
  const opens = () => admin.call(wire.postRota, { params: opd, body: { month: MONTH } });
  /** Everybody at the office, beside what `cells` says; submitted, not decided yet. */
  async function submitted(cells: CellInput[] = []): Promise<PlanView> {
    await opens();
    if (cells.length > 0) await puts(cells);
    await fills();
    await steps(admin, 'ajukan');
    return view();
  }
  async function published(cells: CellInput[] = []): Promise<PlanView> {
    await submitted(cells);
    await steps(head, 'terbitkan');
    return view();
  }
  /** What is published, revision by revision without a gap, is what the day codes say. */
  async function isAsPublished(): Promise<NonNullable<Awaited<ReturnType<World['app']['rota']['published']>>>> {
    const found = (await world.app.rota.published(world.sql, opd.id, MONTH))!;
    const { content } = found.publication;
    const ids = content.people.map(({ id }) => id);
    const codes = await world.app.roster.codesBetween(world.sql, ids, content.days[0]!.date, content.days.at(-1)!.date);
    const differing = ids.flatMap((id) =>
      content.days.flatMap(({ date }, day) => {
        const [said, is] = [content.cells[id]![day]?.code ?? null, codes.get(id)?.get(day)?.code ?? null];
        return said === is ? [] : [`${id} ${date}: ${said ?? '–'} published, ${is ?? '–'} in force`];
      }),
    );
    const gaps = found.revisions.map(({ revision }) => revision).filter((revision, n) => revision !== n);
    if (differing.length + gaps.length > 0) throw new Error(`not as published: ${[...differing, ...gaps.map(String)].join('; ')}`);
    return found;
  }
  return { world, cast, admin, head, opd, view, steps, puts, fills, opens, submitted, published, isAsPublished };
}

/** They come to the same plan in this order, while somebody holds it; then it is let go. */
export async function inTurn<T>(world: World, planId: string, works: (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> {
  const running: Promise<T>[] = [];
  await world.sql.begin(async (tx) => {
    await tx`select from rota.plan where id = ${planId} for update`;
    for (const work of works) {
      running.push(work());
      // What has nothing to wait for is over; its turn was before.
      let over = false;
      void Promise.allSettled(running.slice(-1)).then(() => (over = true));
      await eventually('the request waits for the plan', async () => {
        const [row] = await world.sql<{ n: number }[]>`
          select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        return over || row?.n === running.length;
      });
    }
  });
  return Promise.allSettled(running);
}
