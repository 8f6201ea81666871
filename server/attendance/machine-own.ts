// What the attendance machine's log says of one person, for that person: touches that count, the own numbers, and decisions of days that did not fit.
import type { OwnMachine } from '../../shared/machine.ts';
import type { z } from 'zod';
import type { People, PersonRecord } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { addDays } from '../platform/local-time.ts';
import type { MachineLog } from './machine-log.ts';
import * as store from './machine-store.ts';

type Own = z.input<typeof OwnMachine>;
type Who = Pick<PersonRecord, 'id' | 'nip' | 'opd'>;

export function createMachineOwn({ people }: { people: Pick<People, 'opds'> }, log: Pick<MachineLog, 'between'>) {
  /** In the log of the own office and of each that gave this person a number. `from` and `to` are days, both included; the newest first. */
  async function machineOf(tx: Tx, person: Who, from: string, to: string): Promise<Own> {
    const pins = await store.pinsOfPerson(tx, person.id);
    const asked = new Set([...pins.map(({ opdId }) => opdId), ...(person.opd ? [person.opd.id] : [])]);
    const offices = (await people.opds(tx)).filter(({ id }) => asked.has(id));
    const touches: Own['touches'] = [];
    for (const { id, name, zone } of offices) {
      const logged = await log.between(tx, { id, zone }, { from, to }, [person], () => null);
      for (let date = from; date <= to; date = addDays(date, 1))
        touches.push(...logged.of(person.id, date).map(({ at, device }) => ({ at: at.toISOString(), device, opdName: name })));
    }
    const names = new Map(offices.map(({ id, name }) => [id, name]));
    return {
      touches: touches.toSorted((a, b) => b.at.localeCompare(a.at)),
      pins: pins.map(({ opdId, pin, from, byName }) => ({ opdName: names.get(opdId) ?? null, pin, from, byName })),
      decisions: (await store.decisionsAbout(tx, person.id, from, to)).map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
    };
  }
  return { machineOf };
}
