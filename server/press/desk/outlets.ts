// Outlets: one of each, however it is spelled. Turns are shared among them, so two spellings of one are merged here.
import type { OutletKind } from '../../../shared/press-desk.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { refuse } from '../../platform/refusal.ts';
import type { SignedIn } from '../../platform/serve.ts';
import { outletKey } from './names.ts';
import * as store from './store.ts';

const MOST_NAMES = 500;
type Named = { name: string; kind: OutletKind };

export function createOutlets({ sql, clock, changed }: { sql: Sql; clock: Clock; changed: (tx: Tx, outletId: string) => Promise<void> }) {
  /** The outlet this spelling means; a new one where nobody has written it yet. */
  async function called(tx: Tx, { name, kind }: Named): Promise<string> {
    const key = outletKey(name);
    if (key === '') refuse('input.invalid', {}, [{ path: 'outlet', message: 'Nama media harus memuat huruf.' }]);
    const known = await store.outletByKey(tx, key);
    if (known) return known.id;
    await store.lockOutlets(tx);
    const meanwhile = await store.outletByKey(tx, key);
    if (meanwhile) return meanwhile.id;
    const id = await store.insertOutlet(tx, { name, kind, at: clock.now() });
    await store.insertOutletKey(tx, key, id);
    return id;
  }

  const one = async (tx: Tx, id: string): Promise<store.OutletRow> => (await store.outlet(tx, id)) ?? refuse('not_found');

  async function correct(id: string, { name, kind }: Named): Promise<store.OutletRow> {
    return sql.begin(async (tx) => {
      await store.lockOutlets(tx);
      await one(tx, id);
      const key = outletKey(name);
      if (key === '') refuse('input.invalid', {}, [{ path: 'name', message: 'Nama media harus memuat huruf.' }]);
      const holder = await store.outletByKey(tx, key);
      if (holder && holder.id !== id) refuse('outlet.exists', { name: holder.name });
      await store.updateOutlet(tx, id, { name, kind });
      await store.insertOutletKey(tx, key, id);
      await changed(tx, id);
      return one(tx, id);
    });
  }

  async function merge(person: SignedIn, id: string, into: string): Promise<store.OutletRow> {
    return sql.begin(async (tx) => {
      await store.lockOutlets(tx);
      const target = await one(tx, into);
      if (id === into) return target;
      await one(tx, id);
      await store.mergeOutlet(tx, id, into, person.id, clock.now());
      await changed(tx, into);
      return one(tx, into);
    });
  }

  return { called, correct, merge, all: () => store.outlets(sql), names: () => store.acceptedOutlets(sql, MOST_NAMES), one };
}
