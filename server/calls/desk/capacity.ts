// In whose name somebody may place an urgent call: as head of an OPD (definitive, Plt, Plh), or by the mandate of one. No role is enough.
import type { Zone } from '../../../shared/people.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { refuse } from '../../platform/refusal.ts';
import type { People } from '../../people/index.ts';
import * as store from './store.ts';

/** `label`: how the call is signed, "Plh. Kepala Dinas Sosial" or "a.n. Kepala Dinas Sosial (mandat …)". */
export type Capacity = { opdId: string; opdName: string; label: string; mandate: boolean; zone: Zone };

export const dayIn = (zone: Zone, at: Date): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
const covers = ({ from, until }: { from: string; until: string | null }, day: string): boolean => from <= day && (until === null || day <= until);

type World = { clock: Clock; people: Pick<People, 'persons' | 'topOpd' | 'headsOf'> };
export type Capacities = ReturnType<typeof createCapacities>;

export function createCapacities({ clock, people }: World) {
  /** The own posts first, the highest of them at the top; one line for each OPD. */
  async function capacitiesOf(tx: Tx, personId: string): Promise<Capacity[]> {
    const person = (await people.persons(tx, [personId])).get(personId);
    const found = new Map<string, Capacity>();
    for (const held of person?.positions.filter((p) => p.level === 'kepala_opd') ?? []) {
      const opd = await people.topOpd(tx, held.opdId);
      if (opd && !found.has(opd.id)) found.set(opd.id, { opdId: opd.id, opdName: opd.name, label: held.label, mandate: false, zone: opd.zone });
    }
    for (const { opdId, basis, ...period } of await store.mandatesHeldBy(tx, personId)) {
      // Who has moved to another OPD has no mandate there any more.
      const opd = person?.opd?.id === opdId && !found.has(opdId) ? await people.topOpd(tx, opdId) : null;
      const day = opd && dayIn(opd.zone, clock.now());
      if (!day || !covers(period, day)) continue;
      const head = (await people.headsOf(tx, [opdId], day)).get(opdId);
      const label = `a.n. ${head?.title ?? `Kepala ${opd.name}`} (mandat ${basis})`;
      found.set(opdId, { opdId, opdName: opd.name, label, mandate: true, zone: opd.zone });
    }
    return [...found.values()];
  }

  /** As whom this person calls. Who may for several OPDs says for which. */
  function chosen(all: readonly Capacity[], opdId: string | undefined): Capacity {
    if (opdId === undefined && all.length > 1)
      refuse('input.invalid', {}, [{ path: 'opdId', message: `Pilih atas nama OPD mana: ${all.map((c) => c.opdName).join(', ')}.` }]);
    return (opdId === undefined ? all[0] : all.find((c) => c.opdId === opdId)) ?? refuse('call.not_allowed');
  }

  const mayCall = async (tx: Tx, person: { id: string }, opdId?: string): Promise<Capacity> => chosen(await capacitiesOf(tx, person.id), opdId);

  /** Only a head, never a mandate, lets others call. */
  const headOf = async (tx: Tx, person: { id: string }, opdId?: string): Promise<Capacity> =>
    chosen(
      (await capacitiesOf(tx, person.id)).filter((c) => !c.mandate),
      opdId,
    );

  return { capacitiesOf, mayCall, headOf };
}
