// Who is who: persons with their positions, and whom a choice of people, positions and units means.
import type { HeldPosition, PersonCard } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { actingOn, byRank, labelOf } from './holdings.ts';
import type { Invitee, PersonRecord } from './index.ts';
import { maskNip } from './nip.ts';
import * as store from './person-store.ts';
import * as unitStore from './unit-store.ts';
import { inTreeOrder } from './units.ts';

const DIRECTORY_LIMIT = 500;

export function createDirectory({ clock }: { clock: Clock }) {
  const today = () => ({ now: clock.now() });

  async function persons(tx: Tx, ids: readonly string[]): Promise<Map<string, PersonRecord>> {
    const rows = ids.length === 0 ? [] : await store.byIds(tx, today(), ids);
    return new Map(rows.map((row) => [row.id, recordOf(row)]));
  }

  async function staffOf(tx: Tx, opdId: string): Promise<PersonRecord[]> {
    const order = new Map(inTreeOrder(await unitStore.units(tx)).map((unit, index) => [unit.id, index]));
    const place = (row: store.PersonRow): number => order.get(row.opdId ?? '') ?? -1;
    const rows = await store.ofTop(tx, today(), opdId);
    return rows.toSorted((a, b) => place(a) - place(b) || a.rank - b.rank || a.name.localeCompare(b.name, 'id')).map(recordOf);
  }

  /** Each person once: the reason that says most (a position, then the name, then a unit) is kept. */
  async function resolve(tx: Tx, choice: { people: string[]; positions: string[]; units: string[] }, day: string): Promise<Invitee[]> {
    const found = new Map<string, Invitee>();
    const add = (row: store.PersonRow, via: string, position?: string): void => {
      if (!row.disabled && !found.has(row.id)) found.set(row.id, inviteeOf(row, via, position));
    };
    const positions = choice.positions.length === 0 ? [] : await unitStore.positionsByIds(tx, choice.positions);
    const holdings = positions.length === 0 ? [] : (await unitStore.holdingsOf(tx, choice.positions)).filter((h) => !h.disabled);
    const acting = positions.flatMap((position) => {
      const holding = actingOn(
        holdings.filter((h) => h.positionId === position.id),
        day,
      );
      return holding ? [{ personId: holding.personId, label: labelOf(position.title, holding.kind) }] : [];
    });
    const named = [...acting.map((a) => a.personId), ...choice.people];
    const rows = new Map((named.length === 0 ? [] : await store.byIds(tx, { day }, named)).map((row) => [row.id, row]));
    for (const { personId, label } of acting) {
      const row = rows.get(personId);
      if (row) add(row, `Jabatan: ${label}`, label);
    }
    for (const id of choice.people) {
      const row = rows.get(id);
      if (row) add(row, 'Nama');
    }
    for (const id of new Set(choice.units)) {
      const unit = await unitStore.unit(tx, id);
      if (unit) for (const row of await store.ofUnits(tx, { day }, [id])) add(row, `Unit: ${unit.name}`);
    }
    return [...found.values()].toSorted((a, b) => a.rank - b.rank || a.name.localeCompare(b.name, 'id'));
  }

  async function cards(tx: Tx, { opd, q }: { opd?: string | undefined; q?: string | undefined }): Promise<PersonCard[]> {
    const words = (q ?? '')
      .normalize('NFC')
      .replaceAll('\0', '')
      .split(/\s+/)
      .filter((word) => word !== '')
      .slice(0, 8);
    return (await store.search(tx, today(), { unit: opd ?? null, words, limit: DIRECTORY_LIMIT })).map(cardOf);
  }

  async function row(tx: Tx, id: string): Promise<store.PersonRow | null> {
    return (await store.byIds(tx, today(), [id]))[0] ?? null;
  }

  return { persons, staffOf, resolve, cards, row };
}

export const heldBy = (row: store.PersonRow): HeldPosition[] =>
  row.positions.toSorted(byRank).map((held) => ({ ...held, label: labelOf(held.title, held.as) }));

const opdOf = (row: store.PersonRow): PersonRecord['opd'] =>
  row.topId !== null && row.topName !== null && row.topAbbreviation !== null && row.zone !== null
    ? { id: row.topId, name: row.topName, abbreviation: row.topAbbreviation, zone: row.zone }
    : null;

function recordOf(row: store.PersonRow): PersonRecord {
  const positions = heldBy(row);
  const unit = row.opdId !== null && row.unitName !== null ? { id: row.opdId, name: row.unitName } : null;
  return { id: row.id, name: row.name, nip: row.nip, opd: opdOf(row), unit, position: positions[0]?.label ?? null, rank: row.rank, positions };
}

export function cardOf(row: store.PersonRow): PersonCard {
  return { id: row.id, name: row.name, nip: maskNip(row.nip), opd: opdOf(row), positions: heldBy(row), disabled: row.disabled };
}

/** `position`: the one the person is invited in; else the highest in force. */
function inviteeOf(row: store.PersonRow, via: string, position?: string): Invitee {
  return {
    personId: row.id,
    name: row.name,
    nip: row.nip,
    position: position ?? heldBy(row)[0]?.label ?? null,
    rank: row.rank,
    opdId: row.topId,
    opdName: row.topName,
    via,
  };
}
