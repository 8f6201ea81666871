// Surat tugas and recaps of one agency in the demonstration city: last month locked by its head, and one day corrected since; this month with its
// letter, and the letter of change for two who swapped a day.
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
  // As published: days that had a code already kept it.
  const content = (await rota.published(sql, opdId, last))?.publication.content;
  const [corrected] = Object.entries(content?.cells ?? {}).flatMap(([personId, cells]) => {
    const date = personId === head.id ? undefined : content?.days[cells.findLastIndex((cell) => cell?.code === 'WFH')]?.date;
    return date === undefined ? [] : [{ personId, date }];
  });
  if (!corrected) return;
  await rota.correct(chief, plan.id, { ...corrected, code: 'WFO', shift: null, reason: 'Menerima tamu di kantor (SPT 094/118)' });
  await assignments.issue(keeper, opdId, { month: last, kind: 'perubahan', revision: 1, reason: null });
}

/** This month, once it is in force: the letter, then a day that two have swapped, and the letter of change that it owes. */
export async function fillAssignments(app: App, { admin, head, opdId }: RecapSetting, [asker, other]: [Person, Person]): Promise<void> {
  const { sql, clock, rota, assignments } = app;
  const today = dayIn(ZONE, clock.now());
  const month = today.slice(0, 7);
  const by = (person: Person, roles: SignedIn['roles']): SignedIn => ({ ...person, sessionId: '', roles, opdId, managesOpds: roles.length > 0 ? [opdId] : [] });
  const keeper = by(admin, ['admin_opd']);
  const issue = async (kind: 'tugas' | 'perubahan'): Promise<void> => {
    const revision = (await rota.published(sql, opdId, month))?.plan.revision ?? 0;
    await assignments.issue(keeper, opdId, { month, kind, revision, reason: null });
  };
  await issue('tugas');
  // From the last Sunday back: the first days that are left are asked for by the swap that waits, and the last week is also the next month's.
  const end = addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1);
  const last = addDays(end, -new Date(`${end}T12:00:00Z`).getUTCDay());
  for (let date = last; date > today; date = addDays(date, -1)) {
    const asked = await rota.swap(by(asker, []), { date, otherId: other.id, otherDate: date, note: SWAPPED }).catch(() => null);
    if (asked?.note !== SWAPPED) continue;
    await rota.swapStep(by(other, []), asked.id, { act: 'sepakat', words: null });
    await rota.swapStep(by(head, ['kepala_opd']), asked.id, { act: 'sahkan', words: null });
    await issue('perubahan');
    return;
  }
}
const SWAPPED = 'Mendampingi anak ke sekolah';
