// The log on record: whose touches, day by day. A number means whoever it was given to by that day, else the person with that NIP in this OPD.
import type { People, PersonRecord } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { boundsOf, dayIn } from '../platform/local-time.ts';
import type { Zone } from '../../shared/people.ts';
import * as store from './machine-store.ts';

type Office = { id: string; zone: Zone };
export type LogWorld = { people: Pick<People, 'staffOf'> };
export type Touched = { at: Date; device: string | null };
export type MachineLog = ReturnType<typeof createMachineLog>;

export function createMachineLog({ people }: LogWorld) {
  /** Whom a number means on a day. */
  async function owners(tx: Tx, opdId: string, staff?: readonly Pick<PersonRecord, 'id' | 'nip'>[]): Promise<(pin: string, date: string) => string | null> {
    const byNip = new Map((staff ?? (await people.staffOf(tx, opdId))).flatMap(({ id, nip }) => (nip === null ? [] : [[nip, id] as const])));
    const given = new Map<string, store.PinRow[]>();
    for (const row of await store.pinsOf(tx, opdId)) given.set(row.pin, [...(given.get(row.pin) ?? []), row]);
    return (pin, date) => {
      const row = given.get(pin)?.find(({ from }) => from <= date);
      return row ? row.personId : (byNip.get(pin) ?? null);
    };
  }

  type Logged = { of: (personId: string, date: string) => readonly Touched[]; covers: (date: string) => boolean };
  /** Both days included. `covers`: the log tells of that day at all. */
  async function between(tx: Tx, { id, zone }: Office, from: string, to: string, staff?: readonly Pick<PersonRecord, 'id' | 'nip'>[]): Promise<Logged> {
    const touches = await store.touchesBetween(tx, id, boundsOf(from, zone).from, boundsOf(to, zone).to);
    const owner = touches.length === 0 ? () => null : await owners(tx, id, staff);
    const days = new Set<string>();
    const found = new Map<string, Touched[]>();
    for (const { pin, at, device } of touches) {
      const date = dayIn(at, zone);
      days.add(date);
      const personId = owner(pin, date);
      if (personId === null) continue;
      const key = `${personId} ${date}`;
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
