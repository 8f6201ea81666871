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
  await correctOne(app, { head, opdId }, last, `${last}-31`);
  await assignments.issue(keeper, opdId, { month: last, kind: 'perubahan', revision: 1, reason: null });
}

type Where = Pick<RecapSetting, 'head' | 'opdId'>;
const heading = ({ head, opdId }: Where): SignedIn => ({ ...head, sessionId: '', roles: ['kepala_opd'], opdId, managesOpds: [opdId] });

/** Somebody comes to the office on the last day at home, up to `until`, as it was published: days that had a code already kept it. */
async function correctOne({ sql, rota }: App, where: Where, month: string, until: string): Promise<void> {
  const found = await rota.published(sql, where.opdId, month);
  const { cells, days } = found?.publication.content ?? { cells: {}, days: [] };
  for (const [personId, own] of Object.entries(cells)) {
    const date = days.findLast((day, n) => own[n]?.code === 'WFH' && day.date <= until)?.date;
    if (!found || date === undefined || personId === where.head.id) continue;
    const code = { code: 'WFO' as const, shift: null };
    await rota.correct(heading(where), found.plan.id, { personId, date, ...code, reason: 'Menerima tamu di kantor (SPT 094/118)' });
    return;
  }
}

/** Two of one unit, none of them in a swap that waits, on a day to come up to `until`. */
async function swapOne({ sql, clock, rota }: App, where: Where, waiting: Person[], until: string): Promise<boolean> {
  const { opdId } = where;
  const people = (await rota.published(sql, opdId, until.slice(0, 7)))?.publication.content.people ?? [];
  const free = people.filter(({ id }) => waiting.every((one) => one.id !== id));
  const pairs = free.flatMap((asker, n) => free.slice(n + 1).flatMap((other) => (other.unitId === asker.unitId ? [{ asker, other }] : [])));
  const staff = ({ id, name }: Person): SignedIn => ({ id, name, sessionId: '', roles: [], opdId, managesOpds: [] });
  for (let date = until; date > dayIn(ZONE, clock.now()); date = addDays(date, -1))
    for (const { asker, other } of pairs) {
      const wish = { date, otherId: other.id, otherDate: date, note: 'Mendampingi anak ke sekolah' };
      const asked = await rota.swap(staff(asker), wish).catch(() => null);
      if (asked === null) continue;
      await rota.swapStep(staff(other), asked.id, { act: 'sepakat', words: null });
      await rota.swapStep(heading(where), asked.id, { act: 'sahkan', words: null });
      return true;
    }
  return false;
}

/** This month, once it is in force: the letter, then a day that two have swapped, and the letter of change that it owes. */
export async function fillAssignments(app: App, { admin, head, opdId }: RecapSetting, waiting: Person[]): Promise<void> {
  const { sql, clock, rota, assignments } = app;
  const month = dayIn(ZONE, clock.now()).slice(0, 7);
  const keeper: SignedIn = { ...admin, sessionId: '', roles: ['admin_opd'], opdId, managesOpds: [opdId] };
  const issue = async (kind: 'tugas' | 'perubahan'): Promise<void> => {
    const revision = (await rota.published(sql, opdId, month))?.plan.revision ?? 0;
    await assignments.issue(keeper, opdId, { month, kind, revision, reason: null });
  };
  await issue('tugas');
  // Up to its last Sunday: the week after that is also the next month's, whose draft counts on it.
  const end = addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1);
  const until = addDays(end, -new Date(`${end}T12:00:00Z`).getUTCDay());
  if (!(await swapOne(app, { head, opdId }, waiting, until))) await correctOne(app, { head, opdId }, month, until);
  await issue('perubahan');
}
