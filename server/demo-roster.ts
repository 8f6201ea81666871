// Rosters of the demonstration city: this month in force at two agencies, a swap that waits, leave to come, and a draft of next month that breaks two rules.
import type { CellInput, PlanAct, PlanSheet } from '../shared/rota.ts';
import type { DayCode } from '../shared/roster.ts';
import { checkerOf, violationsOf } from '../shared/rota-rules.ts';
import type { App } from './app.ts';
import { ZONE } from './demo-city.ts';
import { addDays, dayIn } from './people/days.ts';
import type { SignedIn } from './platform/serve.ts';

type Person = { id: string; name: string };
export type RosterSetting = { social: { opdId: string; head: Person; admin: Person; swaps: [Person, Person] }; health: { opdId: string; head: Person } };

export async function fillRosters(app: App, { social, health }: RosterSetting): Promise<void> {
  const today = dayIn(ZONE, app.clock.now());
  const month = today.slice(0, 7);
  const next = addDays(`${month}-28`, 4).slice(0, 7);
  await inForce(app, { opdId: health.opdId, month, keeper: acting(health.head, health.opdId), head: acting(health.head, health.opdId) });
  const keeper = acting(social.admin, social.opdId);
  await inForce(app, { opdId: social.opdId, month, keeper, head: acting(social.head, social.opdId) });
  await askSwap(app, social, today);
  await app.rota.enterAbsence(
    keeper,
    social.opdId,
    { personId: social.admin.id, code: 'CUTI', from: `${next}-09`, until: `${next}-11`, long: false, basis: `Surat Izin Cuti 851/104/${next.slice(0, 4)}` },
    'id',
  );
  await draft(app, { opdId: social.opdId, month: next, keeper, head: acting(social.head, social.opdId) });
}

const PASSING = 'Peralihan ke aturan hari WFH yang baru';
const acting = (person: Person, opdId: string): SignedIn => ({ ...person, sessionId: '', roles: ['kepala_opd'], opdId, managesOpds: [opdId] });
type Planned = { opdId: string; month: string; keeper: SignedIn };

/** Planned so that nothing is broken; days that cannot keep a rule are let stand by the head. */
async function inForce(app: App, { opdId, month, keeper, head }: Planned & { head: SignedIn }): Promise<void> {
  const { sql, rota } = app;
  const { id } = await sql.begin((tx) => rota.open(tx, keeper, opdId, month));
  await plan(app, { id, keeper });
  const { sheet } = await rota.forGenerator(sql, keeper, id);
  for (const { key } of violationsOf(sheet)) await rota.override(head, id, { key, reason: PASSING });
  for (const [person, act] of [
    [keeper, 'ajukan'],
    [head, 'terbitkan'],
  ] as [SignedIn, PlanAct][]) {
    const { version } = await sql.begin((tx) => rota.open(tx, keeper, opdId, month));
    await rota.act(person, id, { act, version, words: null });
  }
}

/** Two days on which somebody more is on site than may be. */
async function draft(app: App, { opdId, month, keeper, head }: Planned & { head: SignedIn }): Promise<void> {
  const { sql, rota } = app;
  const { id } = await sql.begin((tx) => rota.open(tx, keeper, opdId, month));
  await plan(app, { id, keeper });
  for (const { key } of violationsOf((await rota.forGenerator(sql, keeper, id)).sheet)) await rota.override(head, id, { key, reason: PASSING });
  const { sheet, version } = await rota.forGenerator(sql, keeper, id);
  const checker = checkerOf(sheet);
  const cells: CellInput[] = [];
  for (const [day, { date, kind }] of sheet.days.entries()) {
    if (kind !== 'kerja' || cells.length === 2) continue;
    const found = sheet.people.find((person) => sheet.cells[person.id]?.[day]?.code === 'WFH');
    if (!found) continue;
    const before = checker.violations().length;
    checker.put(found.id, day, { code: 'WFO', shift: null });
    if (checker.violations().length > before) cells.push({ personId: found.id, date, code: 'WFO', shift: null });
  }
  if (cells.length > 0) await rota.putCells(keeper, id, { version, cells });
}

async function plan({ sql, rota }: App, { id, keeper }: { id: string; keeper: SignedIn }): Promise<void> {
  const { sheet, version } = await rota.forGenerator(sql, keeper, id);
  await rota.putCells(keeper, id, { version, cells: inTurn(sheet) });
}

/** Day by day: one in turn is on duty, and whoever may be at home without breaking a rule more than before is. */
function inTurn(sheet: PlanSheet): CellInput[] {
  const checker = checkerOf(sheet);
  return sheet.days.flatMap(({ date, kind }, day): CellInput[] => {
    const here = sheet.people.filter(({ absences }) => !absences.some(({ from, until }) => from <= date && date <= until));
    const put = (id: string, code: DayCode): CellInput => {
      checker.put(id, day, { code, shift: null });
      return { personId: id, date, code, shift: null };
    };
    if (kind !== 'kerja') return here.map(({ id }) => put(id, 'LIBUR'));
    const onDuty = here.length > 1 ? here[1 + (day % (here.length - 1))]?.id : undefined;
    const cells = here.map(({ id }) => put(id, id === onDuty ? 'PIKET' : 'WFO'));
    const turned = [...cells.slice(day % cells.length), ...cells.slice(0, day % cells.length)];
    let home = 0;
    return turned.map((cell) => {
      if (cell.code === 'PIKET' || home >= Math.ceil(cells.length / 2)) return cell;
      const before = checker.violations().length;
      const tried = put(cell.personId, 'WFH');
      if (checker.violations().length > before) return put(cell.personId, 'WFO');
      home += 1;
      return tried;
    });
  });
}

/** The first two days left on which the two have different codes and no rule is broken by it. */
async function askSwap({ rota }: App, { opdId, swaps: [asker, other] }: RosterSetting['social'], today: string): Promise<void> {
  for (let date = addDays(today, 1); date.startsWith(today.slice(0, 7)); date = addDays(date, 1)) {
    const asked = await rota
      .swap({ ...acting(asker, opdId), roles: [], managesOpds: [] }, { date, otherId: other.id, otherDate: date, note: 'Ada keperluan keluarga' })
      .catch(() => null);
    if (asked) return;
  }
}
