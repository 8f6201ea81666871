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

export function createAccessLog({ clock }: { clock: Clock }) {
  const noteAccess: NoteAccess = async (tx, { persons, ...access }) => {
    const named = persons ? [...new Set(persons)] : [];
    await store.insertAccess(tx, { ...access, persons: persons && named.length <= MOST_PERSONS ? named : null, at: clock.now() });
  };
  return { noteAccess };
}
