// Where a call belongs: its OPD by name and zone.
import type { Zone } from '../../shared/people.ts';
import type { Tx } from '../platform/database.ts';
import type { People } from '../people/index.ts';

export type Places = ReturnType<typeof createPlaces>;

export function createPlaces({ people }: { people: Pick<People, 'opds'> }) {
  async function placesOf(tx: Tx, opdIds: readonly string[]): Promise<Map<string, { name: string; zone: Zone }>> {
    const opds = opdIds.length === 0 ? [] : await people.opds(tx);
    return new Map(opds.filter((o) => opdIds.includes(o.id)).map(({ id, name, zone }) => [id, { name, zone }]));
  }
  const zoneOf = async (tx: Tx, opdId: string): Promise<Zone> => (await placesOf(tx, [opdId])).get(opdId)?.zone ?? 'Asia/Jakarta';
  return { placesOf, zoneOf };
}
