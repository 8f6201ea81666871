// The log on record: whose touches, day by day. A number means whoever it was given to by that day, else the person with that NIP in this OPD.
import type { People, PersonRecord } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { addDays, boundsOf, dayIn } from '../platform/local-time.ts';
import type { Zone } from '../../shared/people.ts';
import { isOfNight } from './machine-rules.ts';
import * as store from './machine-store.ts';
import type { Span } from './spans.ts';

type Office = { id: string; zone: Zone };
type Staff = readonly Pick<PersonRecord, 'id' | 'nip'>[];
/** The shift somebody is on duty in, by the day it begins. */
export type ShiftOn = (personId: string, date: string) => Span | null;
export type LogWorld = { people: Pick<People, 'staffOf'> };
export type Touched = { at: Date; device: string | null };
export type MachineLog = ReturnType<typeof createMachineLog>;

export function createMachineLog({ people }: LogWorld) {
  /** Whom a number means on a day. */
  async function owners(tx: Tx, opdId: string, staff?: Staff): Promise<(pin: string, date: string) => string | null> {
    const byNip = new Map((staff ?? (await people.staffOf(tx, opdId))).flatMap(({ id, nip }) => (nip === null ? [] : [[nip, id] as const])));
    const given = new Map<string, store.PinRow[]>();
    for (const row of await store.pinsOf(tx, opdId)) given.set(row.pin, [...(given.get(row.pin) ?? []), row]);
    return (pin, date) => {
      const row = given.get(pin)?.find(({ from }) => from <= date);
      return row ? row.personId : (byNip.get(pin) ?? null);
    };
  }

  type Logged = { of: (personId: string, date: string) => readonly Touched[]; covers: (date: string) => boolean };
  /** Both days included. `covers`: the log tells of that day at all. What was touched after the midnight of a night shift is of the day it began. */
  async function between(tx: Tx, { id, zone }: Office, { from, to }: { from: string; to: string }, staff: Staff, shiftOn: ShiftOn): Promise<Logged> {
    const touches = await store.touchesBetween(tx, id, boundsOf(from, zone).from, boundsOf(addDays(to, 1), zone).to);
    const owner = touches.length === 0 ? () => null : await owners(tx, id, staff);
    const days = new Set<string>();
    const found = new Map<string, Touched[]>();
    for (const { pin, at, device } of touches) {
      const date = dayIn(at, zone);
      days.add(date);
      const personId = owner(pin, date);
      if (personId === null) continue;
      const before = addDays(date, -1);
      const shift = shiftOn(personId, before);
      const night = shift && shift.to > boundsOf(date, zone).from.getTime() ? shift : null;
      const key = `${personId} ${isOfNight(at.getTime(), night, shiftOn(personId, date)) ? before : date}`;
      const own = found.get(key);
      const touch = { at, device: device === '' ? null : device };
      if (own) own.push(touch);
      else found.set(key, [touch]);
    }
    return { of: (personId, date) => found.get(`${personId} ${date}`) ?? nobody, covers: (date) => days.has(date) };
  }

  return { owners, between };
}
const nobody: readonly never[] = [];
