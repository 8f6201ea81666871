// Rosters of the demonstration city: this month in force at two agencies, one day of it let stand by the head, a swap that waits, leave to come,
// and a draft of next month that breaks two rules.
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
  await inForce(app, { opdId: social.opdId, month, keeper, head: acting(social.head, social.opdId), together: await workingDay(app, social.opdId, today) });
  await askSwap(app, social, today);
  await app.rota.enterAbsence(
    keeper,
    social.opdId,
    { personId: social.admin.id, code: 'CUTI', from: `${next}-09`, until: `${next}-11`, long: false, basis: `Surat Izin Cuti 851/104/${next.slice(0, 4)}` },
    'id',
  );
  await draft(app, { opdId: social.opdId, month: next, keeper });
}

/** The third from today on, or the last of the month. */
async function workingDay({ sql, hours }: App, opdId: string, today: string): Promise<string | undefined> {
  const month = today.slice(0, 7);
  const days = await hours.daysOf(sql, opdId, `${month}-01`, addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1));
  const working = days.filter(({ kind }) => kind === 'kerja').map(({ date }) => date);
  return working.filter((date) => date >= today)[2] ?? working.at(-1);
}
const acting = (person: Person, opdId: string): SignedIn => ({ ...person, sessionId: '', roles: ['kepala_opd'], opdId, managesOpds: [opdId] });
type Planned = { opdId: string; month: string; keeper: SignedIn };

/** `together`: the head lets all be on site on this day, and says why. */
async function inForce(app: App, { opdId, month, keeper, head, together }: Planned & { head: SignedIn; together?: string }): Promise<void> {
  const { sql, rota } = app;
  const { id } = await sql.begin((tx) => rota.open(tx, keeper, opdId, month));
  await plan(app, { id, keeper, together });
  const { sheet } = together === undefined ? { sheet: null } : await rota.forGenerator(sql, keeper, id);
  for (const { key } of sheet ? violationsOf(sheet) : []) await rota.override(head, id, { key, reason: TOGETHER });
  for (const [person, act] of [
    [keeper, 'ajukan'],
    [head, 'terbitkan'],
  ] as [SignedIn, PlanAct][]) {
    const { version } = await sql.begin((tx) => rota.open(tx, keeper, opdId, month));
    await rota.act(person, id, { act, version, words: null });
  }
}
const TOGETHER = 'Penyaluran bantuan banjir tahap II: semua bidang di kantor hari itu';

/** One more on site than may be, and a third day at home in a week of somebody. */
async function draft(app: App, { opdId, month, keeper }: Planned): Promise<void> {
  const { sql, rota } = app;
  const { id } = await sql.begin((tx) => rota.open(tx, keeper, opdId, month));
  await plan(app, { id, keeper });
  const { sheet, version } = await rota.forGenerator(sql, keeper, id);
  const checker = checkerOf(sheet);
  const cells: CellInput[] = [];
  for (const [is, becomes, kind] of [
    ['WFH', 'WFO', 'batas_hadir'],
    ['WFO', 'WFH', 'wfh_mingguan'],
  ] as const)
    cells.push(...breaking(sheet, checker, { is, becomes, kind }));
  if (cells.length > 0) await rota.putCells(keeper, id, { version, cells });
}

/** The first cell that breaks one rule of this kind, and no other, when it becomes something else. */
function breaking(sheet: PlanSheet, checker: ReturnType<typeof checkerOf>, to: { is: DayCode; becomes: DayCode; kind: string }): CellInput[] {
  const broken = checker.violations().length;
  for (const [day, { date, kind }] of sheet.days.entries())
    for (const { id: personId } of kind === 'kerja' ? sheet.people : []) {
      const cell = sheet.cells[personId]?.[day];
      if (cell?.code !== to.is) continue;
      checker.put(personId, day, { code: to.becomes, shift: null });
      const now = checker.violations();
      if (now.length === broken + 1 && now.filter((one) => one.kind === to.kind && one.dates.includes(date)).length === 1)
        return [{ personId, date, code: to.becomes, shift: null }];
      checker.put(personId, day, cell);
    }
  return [];
}

async function plan({ sql, rota }: App, { id, keeper, together }: { id: string; keeper: SignedIn; together?: string | undefined }): Promise<void> {
  const { sheet, version } = await rota.forGenerator(sql, keeper, id);
  await rota.putCells(keeper, id, { version, cells: inTurn(sheet, together) });
}

/** Day by day: one in turn is on duty, a quarter is at home where that breaks no rule. */
export function inTurn(sheet: PlanSheet, together?: string): CellInput[] {
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
      if (date === together || cell.code === 'PIKET' || home >= Math.ceil(cells.length / 4)) return cell;
      const before = new Set(checker.violations().map(({ key }) => key));
      const tried = put(cell.personId, 'WFH');
      if (checker.violations().some(({ key }) => !before.has(key))) return put(cell.personId, 'WFO');
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
