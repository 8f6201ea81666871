// A day of a person beside the machine: what the log says, and what of it is for a human to look at.
import type { DayRow } from '../../shared/attendance.ts';
import type { CaseKind } from '../../shared/machine.ts';
import type { Zone } from '../../shared/people.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { PersonRecord } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { addDays, boundsOf, dayIn } from '../platform/local-time.ts';
import type { Roster } from '../roster/index.ts';
import { createHash } from 'node:crypto';
import type { MachineLog, ShiftOn, Touched } from './machine-log.ts';
import { casesOf, keptHours, type MachineDay } from './machine-rules.ts';
import * as store from './machine-store.ts';
import type { Span } from './spans.ts';
import type { Worked, WorkDay } from './worked.ts';

type Office = { id: string; zone: Zone };
type Staff = readonly Pick<PersonRecord, 'id' | 'nip' | 'unit'>[];
export type MachineDays = ReturnType<typeof createMachineDays>;
export type Looked = { day: MachineDay; work: WorkDay; touches: readonly Touched[]; kinds: CaseKind[] };

/** A log that ends this long before the office closes does not tell who never came. */
const SHORT_MS = 3_600_000;

export type MachineDaysWorld = { clock: Clock; roster: Pick<Roster, 'dutyBetween'> };
export function createMachineDays({ clock, roster }: MachineDaysWorld, { worked, log }: { worked: Worked; log: MachineLog }) {
  /** The shifts of an office, by person and the day they begin; the day before and the day after included. */
  async function shifts(tx: Tx, { id, zone }: Office, from: string, to: string): Promise<ShiftOn> {
    const span = { from: boundsOf(addDays(from, -1), zone).from, to: boundsOf(addDays(to, 1), zone).to };
    const found = new Map<string, Span>();
    for (const duty of await roster.dutyBetween(tx, { opdIds: [id] }, span.from, span.to))
      if (duty.shift) found.set(`${duty.personId} ${dayIn(duty.from, zone)}`, { from: duty.from.getTime(), to: duty.until.getTime() });
    return (personId, date) => found.get(`${personId} ${date}`) ?? null;
  }

  /** Any of these people on any day between the two. */
  async function looking(tx: Tx, office: Office, staff: Staff, from: string, to: string) {
    const shiftOn = await shifts(tx, office, from, to);
    const logged = await log.between(tx, office, { from, to }, staff, shiftOn);
    const work = await worked.of(tx, office, from, to);
    const recorded = await worked.mustRecord(tx, office.id);
    const until = await store.lastTouch(tx, office.id);
    const now = clock.now();
    const look = (person: { id: string; unit: { id: string } | null }, date: string, code: DayCode | null): Looked => {
      const on = work(person.unit?.id ?? office.id, date);
      const touches = logged.of(person.id, date);
      const hours = (code === 'PIKET' ? shiftOn(person.id, date) : null) ?? on.hours;
      const end = hours?.to ?? boundsOf(date, office.zone).to.getTime();
      const day: MachineDay = {
        code,
        kind: on.kind,
        hours,
        must: code !== null && recorded(date).has(code),
        punches: touches.map(({ at }) => at.getTime()),
        covered: logged.covers(date) && until !== null && until.getTime() >= (hours?.to ?? 0) - SHORT_MS,
        over: now.getTime() >= end,
      };
      return { day, work: on, touches, kinds: casesOf(day) };
    };
    return { look, until };
  }

  /** What the board says of one day. */
  async function dayFor(tx: Tx, office: Office, staff: Staff, date: string) {
    const { look, until } = await looking(tx, office, staff, date, date);
    const persons = new Map(staff.map((s) => [s.id, s]));
    const decided = new Set((await store.decisionsBetween(tx, office.id, date, date)).map((d) => `${d.personId} ${d.kind} ${d.seen}`));
    const of = (id: string, code: DayCode | null): Pick<DayRow, 'mustRecord' | 'machine' | 'asks'> => {
      const { day, touches, kinds } = look(persons.get(id)!, date, code);
      const [first, last] = [touches[0], touches.at(-1)];
      return {
        mustRecord: day.must,
        machine: first && last ? { first: first.at.toISOString(), last: last.at.toISOString(), punches: touches.length, ...keptHours(day) } : null,
        asks: kinds.some((kind) => !decided.has(`${id} ${kind} ${seenOf(kind, day)}`)),
      };
    };
    return { of, until };
  }

  return { looking, dayFor };
}

/** What somebody looked at when deciding: another code or another touch is another question. */
export const seenOf = (kind: CaseKind, { code, punches }: MachineDay): string =>
  createHash('sha256')
    .update(`${kind} ${code ?? '-'} ${punches.join(' ')}`)
    .digest('hex');
