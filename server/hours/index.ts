// Work hours: when an office works, on which days it does not, and with which codes one records at the machine. A change holds from its day on;
// what was worked out by former hours stays until somebody asks for it anew (`asOf` tells what was known then).
import type { BodyOf } from '../../shared/endpoint.ts';
import type { DayHours, HoursView } from '../../shared/hours.ts';
import * as wire from '../../shared/hours.ts';
import type { PlanDay } from '../../shared/rota.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { addDays, dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, type Route, type SignedIn } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import type { Holiday } from '../../shared/planning.ts';
import { dayOn, minutesIn, minutesOfWeek, type DayOf } from './rules.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds' | 'topOpd' | 'mayAdminister'>;
  /** As they were known at an instant; null: now. */
  holidays: (tx: Tx, from: string, to: string) => Promise<(asOf: Date | null) => Holiday[]>;
};
export type Hours = ReturnType<typeof createHours>;

const AHEAD = 14;
/** Who is at home does not record at the machine; who is on site does. */
const USUALLY: readonly DayCode[] = ['WFO', 'PIKET'];

export function createHours({ sql, clock, people, holidays }: World) {
  /** Any day of any unit of an OPD, read once. `asOf`: as it was known at that instant. */
  async function calendar(tx: Tx, opdId: string, from: string, until: string): Promise<(unitId: string, date: string, asOf?: Date) => DayOf> {
    const units = await people.opds(tx);
    const above = new Map(units.map(({ id, parentId }) => [id, parentId]));
    const pathFrom = (id: string | null | undefined): string[] => (id == null ? [] : [id, ...pathFrom(above.get(id))]);
    const paths = new Map(units.map(({ id }) => [id, pathFrom(id)]));
    const own = [...paths].filter(([, path]) => path.at(-1) === opdId).map(([id]) => id);
    const known = { schedules: await store.schedules(tx, own), ownDays: await store.ownDays(tx, own) };
    const listed = await holidays(tx, from, until);
    const holidaysNow = listed(null);
    return (unitId, date, asOf) => dayOn({ ...known, holidays: asOf ? listed(asOf) : holidaysNow }, paths.get(unitId) ?? [unitId], date, asOf ?? null);
  }

  /** The days of an OPD between two, both included. */
  async function daysOf(tx: Tx, opdId: string, from: string, until: string): Promise<PlanDay[]> {
    const on = await calendar(tx, opdId, from, until);
    return daysFrom(from, until).map((date) => {
      const { weekday, kind, name } = on(opdId, date);
      return { date, weekday, kind, name };
    });
  }

  /** In the office's zone; null: nobody is expected that day. */
  async function workHours(tx: Tx, unitId: string, date: string, asOf?: Date): Promise<DayHours | null> {
    const opd = await people.topOpd(tx, unitId);
    return opd ? (await calendar(tx, opd.id, date, date))(unitId, date, asOf).hours : null;
  }

  /** With which codes one must record at the machine, on any day. */
  async function mustRecord(tx: Tx, opdId: string): Promise<(date: string) => ReadonlySet<DayCode>> {
    const rows = await store.mustRecordRows(tx, opdId);
    return (date) => new Set(rows.find(({ from }) => from <= date)?.codes ?? USUALLY);
  }

  const keepsRegion = (person: SignedIn): boolean => person.roles.includes('bkd') || person.roles.includes('administrator');
  async function seen(tx: Tx, person: SignedIn, opdId: string) {
    const opd = await people.topOpd(tx, opdId);
    if (!opd || opd.id !== opdId || !(person.opdId === opdId || person.managesOpds.includes(opdId) || keepsRegion(person))) refuse('not_found');
    return { ...opd, today: dayIn(clock.now(), opd.zone), may: { opd: await people.mayAdminister(tx, person, opdId), region: keepsRegion(person) } };
  }

  async function view(tx: Tx, person: SignedIn, opdId: string): Promise<HoursView> {
    const { name, today, may } = await seen(tx, person, opdId);
    const units = await people.opds(tx);
    const own = units.filter((unit) => isBelow(units, unit.id, opdId)).map(({ id }) => id);
    const place = (id: string | null): { id: string; name: string } | null =>
      id === null ? null : { id, name: units.find((unit) => unit.id === id)?.name ?? '' };
    const plain = <T extends { at: Date; unitId: string | null; withdrawn: { from: string; reason: string } | null }>({ unitId, at, ...row }: T) => ({
      ...row,
      unit: place(unitId),
      at: at.toISOString(),
      mayChange: row.withdrawn === null && (unitId === null ? may.region : may.opd),
    });
    const recorded = (await store.mustRecordRows(tx, opdId)).find(({ from }) => from <= today) ?? null;
    const last = addDays(today, AHEAD - 1);
    const on = await calendar(tx, opdId, today, last);
    return {
      opdId,
      opdName: name,
      today,
      schedules: (await store.schedules(tx, own)).map((row) => ({ ...plain(row), minutes: minutesOfWeek(row.week) })),
      ownDays: (await store.ownDays(tx, own)).map(plain),
      mustRecord: recorded ?? { codes: [...USUALLY], from: null, basis: null, byName: null },
      ahead: daysFrom(today, last).map((date) => on(opdId, date)),
      may,
    };
  }

  /** Days that are over are told with a reason, or left alone. */
  function mustSayWhy(from: string, today: string, why: string | null): void {
    if (from < today && why === null) refuse('input.invalid', {}, [{ path: 'why', message: 'tulis alasannya: hari yang sudah lewat ikut berubah' }]);
  }
  async function unitHere(tx: Tx, opdId: string, unitId: string): Promise<void> {
    if (!isBelow(await people.opds(tx), unitId, opdId)) refuse('input.invalid', {}, [{ path: 'unitId', message: 'bukan unit OPD ini' }]);
  }

  async function addSchedule(person: SignedIn, opdId: string, { key, ...body }: BodyOf<typeof wire.postSchedule>): Promise<HoursView> {
    const problems = body.week.flatMap((hours, n) =>
      hours && (hours.from === hours.to || minutesIn(hours) <= 0) ? [{ path: `week.${n}.to`, message: 'tidak ada waktu kerja yang tersisa' }] : [],
    );
    if (body.week.every((hours) => hours === null)) problems.push({ path: 'week', message: 'sedikitnya satu hari kerja' });
    if (body.until !== null && body.until < body.from) problems.push({ path: 'until', message: 'mendahului tanggal mulai' });
    if (body.until === null && body.kind !== 'biasa') problems.push({ path: 'until', message: 'tulis hari terakhirnya' });
    if (problems.length > 0) refuse('input.invalid', {}, problems);
    return sql.begin(async (tx) => {
      const { may, today } = await seen(tx, person, opdId);
      if (!(body.unitId === null ? may.region : may.opd)) refuse('role.missing');
      if (body.unitId !== null) await unitHere(tx, opdId, body.unitId);
      mustSayWhy(body.from, today, body.why);
      await store.insertSchedule(tx, { id: key, ...body, at: clock.now() }, person);
      return view(tx, person, opdId);
    });
  }

  async function addOwnDay(person: SignedIn, opdId: string, { key, ...body }: BodyOf<typeof wire.postOwnDay>): Promise<HoursView> {
    if (body.hours && minutesIn(body.hours) <= 0) refuse('input.invalid', {}, [{ path: 'hours.to', message: 'tidak ada waktu kerja yang tersisa' }]);
    return sql.begin(async (tx) => {
      const { may, today } = await seen(tx, person, opdId);
      if (!may.opd) refuse('role.missing');
      await unitHere(tx, opdId, body.unitId);
      mustSayWhy(body.day, today, body.why);
      await store.insertOwnDay(tx, { id: key, ...body, hours: body.kind === 'kerja' ? body.hours : null, at: clock.now() }, person);
      return view(tx, person, opdId);
    });
  }

  async function withdraw(person: SignedIn, opdId: string, body: BodyOf<typeof wire.postHoursWithdrawal>): Promise<HoursView> {
    return sql.begin(async (tx) => {
      const { today } = await seen(tx, person, opdId);
      const { schedules, ownDays } = await view(tx, person, opdId);
      const row = schedules.find(({ id }) => id === body.ofId) ?? ownDays.find(({ id }) => id === body.ofId) ?? refuse('not_found');
      if (row.withdrawn) refuse('hours.withdrawn');
      if (!row.mayChange) refuse('role.missing');
      if (body.from < today) refuse('input.invalid', {}, [{ path: 'from', message: 'hari yang sudah lewat tetap memakainya; pilih hari ini atau sesudahnya' }]);
      if (!(await store.insertWithdrawal(tx, { ...body, at: clock.now() }, person))) refuse('hours.withdrawn');
      return view(tx, person, opdId);
    });
  }

  async function setMustRecord(person: SignedIn, opdId: string, { codes, from, basis }: BodyOf<typeof wire.putMustRecord>): Promise<HoursView> {
    return sql.begin(async (tx) => {
      const { may, today } = await seen(tx, person, opdId);
      if (!may.opd) refuse('role.missing');
      if (from < today) refuse('input.invalid', {}, [{ path: 'from', message: 'hari yang sudah lewat tidak diubah; pilih hari ini atau sesudahnya' }]);
      await store.insertMustRecord(tx, opdId, { codes: [...new Set(codes)].toSorted(), from, basis }, person, clock.now());
      return view(tx, person, opdId);
    });
  }

  const routes: Route[] = [
    serve(wire.getHours, ({ person, params }) => sql.begin((tx) => view(tx, person, params.id))),
    serve(wire.postSchedule, ({ person, params, body }) => addSchedule(person, params.id, body)),
    serve(wire.postOwnDay, ({ person, params, body }) => addOwnDay(person, params.id, body)),
    serve(wire.postHoursWithdrawal, ({ person, params, body }) => withdraw(person, params.id, body)),
    serve(wire.putMustRecord, ({ person, params, body }) => setMustRecord(person, params.id, body)),
  ];
  return { routes, calendar, daysOf, workHours, mustRecord };
}

function daysFrom(from: string, until: string): string[] {
  const days = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}

type UnitRow = { id: string; parentId: string | null };
function isBelow(units: readonly UnitRow[], id: string, opdId: string): boolean {
  const unit = units.find((one) => one.id === id);
  return unit !== undefined && (unit.id === opdId || (unit.parentId !== null && isBelow(units, unit.parentId, opdId)));
}
