// Last month of one agency in the demonstration city: published, with its surat tugas, one day corrected, locked by its head.
import type { PlanAct } from '../shared/rota.ts';
import type { App } from './app.ts';
import { ZONE } from './demo-city.ts';
import { inTurn } from './demo-roster.ts';
import { addDays, dayIn } from './people/days.ts';
import type { SignedIn } from './platform/serve.ts';

type Person = { id: string; name: string };
export type RecapSetting = { admin: Person; head: Person; opdId: string };

export async function fillRecap(app: App, { admin, head, opdId }: RecapSetting): Promise<void> {
  const { sql, clock, rota, assignments } = app;
  const last = addDays(`${dayIn(ZONE, clock.now()).slice(0, 7)}-01`, -1).slice(0, 7);
  const by = (person: Person, role: SignedIn['roles'][number]): SignedIn => ({ ...person, sessionId: '', roles: [role], opdId, managesOpds: [opdId] });
  const [keeper, chief] = [by(admin, 'admin_opd'), by(head, 'kepala_opd')];
  const plan = await sql.begin((tx) => rota.open(tx, keeper, opdId, last));
  const empty = await rota.forGenerator(sql, keeper, plan.id);
  await rota.putCells(keeper, plan.id, { version: plan.version, cells: inTurn(empty.sheet) });
  const step = async (person: SignedIn, act: PlanAct): Promise<void> => {
    const now = await sql.begin((tx) => rota.open(tx, keeper, opdId, last));
    await rota.act(person, plan.id, { act, version: now.version, words: null });
  };
  await step(keeper, 'ajukan');
  await step(chief, 'terbitkan');
  await assignments.issue(keeper, opdId, { month: last, kind: 'tugas', revision: 0, reason: null });
  await step(chief, 'kunci');
}
