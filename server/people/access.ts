// The log of who read or took a list of people. A person finds in it who looked at them: by the list's own names, or by its scope.
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import * as store from './access-store.ts';

/** `persons`: who was on the list, where it is short enough to say. A long one is found by its scope. */
export type Access = {
  by: string | null;
  what: string;
  subject: string;
  count: number;
  scope?: { kind: 'person' | 'meeting' | 'opd' | 'region'; id: string | null };
  persons?: readonly string[];
};
export type NoteAccess = (tx: Tx, access: Access) => Promise<void>;

const MOST_PERSONS = 200;
const MOST_LOOKS = 500;

export function createAccessLog({ clock }: { clock: Clock }) {
  const noteAccess: NoteAccess = async (tx, { persons, ...access }) => {
    const named = persons ? [...new Set(persons)] : [];
    await store.insertAccess(tx, { ...access, persons: persons && named.length <= MOST_PERSONS ? named : null, at: clock.now() });
  };

  /** Who else looked at this person, newest first. `unitId`: the unit the person is in now. */
  async function looksAt(tx: Tx, who: { personId: string; meetingIds: readonly string[]; unitId: string | null }, since: Date) {
    const unitIds = who.unitId === null ? [] : await store.unitsAbove(tx, who.unitId);
    return {
      looks: await store.looksAt(tx, { ...who, unitIds }, since, MOST_LOOKS),
      everybody: await store.looksAtAll(tx, who.personId, since),
    };
  }
  return { noteAccess, looksAt };
}
