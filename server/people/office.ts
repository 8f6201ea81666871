// The office itself: units, positions, and who is appointed to them.
import type { HoldingKind, Level, Opd, Position } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import { dayIn } from './days.ts';
import { actingOn, checkPeriod, overlaps, type Period } from './holdings.ts';
import * as people from './person-store.ts';
import { reaches, requireReach, type Actor, type Reach } from './rights.ts';
import * as store from './unit-store.ts';
import { checkPlace, inTreeOrder, type UnitInput } from './units.ts';

export type Appointment = Period & { personId: string; kind: HoldingKind; basis: string };

export function createOffice({ sql, clock, reachOf }: { sql: Sql; clock: Clock; reachOf: (tx: Tx, actor: Actor) => Promise<Reach> }) {
  const opds = async (tx: Tx): Promise<Opd[]> => inTreeOrder(await store.units(tx));
  const topOpd = (tx: Tx, unitId: string): Promise<Opd | null> => store.topOf(tx, unitId);

  async function parentFor(tx: Tx, input: UnitInput): Promise<{ topId: string } | null> {
    const parent = input.parentId === null ? null : await store.unit(tx, input.parentId);
    if (input.parentId !== null && parent === null) refuse('not_found');
    checkPlace(input.kind, parent);
    return parent;
  }

  async function addOpd(input: UnitInput): Promise<Opd> {
    return sql.begin(async (tx) => store.insertUnit(tx, input, (await parentFor(tx, input))?.topId ?? null));
  }

  async function changeOpd(id: string, input: UnitInput): Promise<Opd> {
    return sql.begin(async (tx) => {
      const before = await store.unit(tx, id);
      if (!before) refuse('not_found');
      const parent = await parentFor(tx, input);
      // An OPD has people, admins and registers of its own: it does not become part of another by an edit, nor the reverse.
      if ((before.kind === 'opd') !== (input.kind === 'opd') || input.parentId === id)
        refuse('input.invalid', {}, [{ path: 'kind', message: 'OPD tidak dapat diubah menjadi bidang atau sebaliknya.' }]);
      if (before.kind === 'bidang' && input.kind === 'seksi' && !(await store.isEmpty(tx, id))) refuse('opd.not_empty');
      await store.updateUnit(tx, id, input, parent?.topId ?? id);
      return (await store.unit(tx, id))!;
    });
  }

  async function removeOpd(id: string): Promise<void> {
    await sql.begin(async (tx) => {
      if (!(await store.unit(tx, id))) refuse('not_found');
      if (!(await store.isEmpty(tx, id))) refuse('opd.not_empty');
      await store.deleteUnit(tx, id);
    });
  }

  /** With every holding of the record, and who acts today. */
  async function withHoldings(tx: Tx, positions: readonly store.PositionRow[]): Promise<Position[]> {
    const now = clock.now();
    const ofPosition = new Map<string, store.HoldingRow[]>();
    for (const h of await store.holdingsOf(
      tx,
      positions.map((p) => p.id),
    ))
      ofPosition.set(h.positionId, [...(ofPosition.get(h.positionId) ?? []), h]);
    return positions.map((p) => {
      const holdings = ofPosition.get(p.id) ?? [];
      const acting = actingOn(holdings, dayIn(p.zone, now));
      return { ...p, holdings, holderNow: acting && { personId: acting.personId, name: acting.personName, as: acting.kind } };
    });
  }

  const positions = async (tx: Tx, unitId: string | null): Promise<Position[]> => withHoldings(tx, await store.positions(tx, unitId));
  const positionsByIds = async (tx: Tx, ids: readonly string[]): Promise<Position[]> => withHoldings(tx, await store.positionsByIds(tx, ids));
  const positionById = async (tx: Tx, id: string): Promise<Position> => (await positionsByIds(tx, [id]))[0]!;

  async function addPosition(actor: Actor, input: { opdId: string; title: string; level: Level }): Promise<Position> {
    return sql.begin(async (tx) => {
      const unit = await store.unit(tx, input.opdId);
      if (!unit) refuse('not_found');
      if (!reaches(await reachOf(tx, actor), unit.topId)) refuse('role.missing');
      return positionById(tx, await store.insertPosition(tx, input));
    });
  }

  async function appoint(actor: Actor, positionId: string, appointment: Appointment): Promise<Position> {
    return sql.begin(async (tx) => {
      const position = await store.lockPosition(tx, positionId);
      if (!position) refuse('not_found');
      requireReach(await reachOf(tx, actor), position.topId);
      await appointIn(tx, actor.id, position, appointment);
      return positionById(tx, positionId);
    });
  }

  /** For callers that hold the position's lock and have checked who acts. */
  async function appointIn(tx: Tx, by: string | null, position: store.PositionRow, appointment: Appointment): Promise<void> {
    checkPeriod(appointment.kind, appointment);
    const person = await people.lockPerson(tx, appointment.personId);
    if (!person || person.disabled) refuse('input.invalid', {}, [{ path: 'personId', message: 'Pegawai tidak ditemukan.' }]);
    const other = (await store.holdingsOf(tx, [position.id])).find((h) => h.kind === appointment.kind && overlaps(h, appointment));
    if (other) refuse('holding.overlap', { position: position.title, holder: other.personName });
    await store.insertHolding(tx, { ...appointment, positionId: position.id });
    const { kind, from, until, basis } = appointment;
    await people.insertChange(tx, {
      personId: person.id,
      by,
      at: clock.now(),
      what: 'jabatan mulai',
      before: null,
      after: { position: position.title, positionId: position.id, kind, from, until, basis },
    });
  }

  async function endAppointment(actor: Actor, holdingId: string, until: string): Promise<Position> {
    return sql.begin(async (tx) => {
      const found = await store.holdingById(tx, holdingId);
      const position = found && (await store.lockPosition(tx, found.positionId));
      const holding = position && (await store.holdingById(tx, holdingId));
      if (!holding) refuse('not_found');
      requireReach(await reachOf(tx, actor), position.topId);
      if (until < holding.from || (holding.until !== null && until > holding.until))
        refuse('input.invalid', {}, [{ path: 'until', message: 'Tanggal di luar masa jabatan.' }]);
      await endIn(tx, actor.id, holding, until);
      return positionById(tx, position.id);
    });
  }

  async function endIn(tx: Tx, by: string | null, holding: store.HoldingRow, until: string): Promise<void> {
    if (until === holding.until) return;
    await store.endHolding(tx, holding.id, until);
    const { id, personId, positionId, kind } = holding;
    await people.insertChange(tx, {
      personId,
      by,
      at: clock.now(),
      what: 'jabatan berakhir',
      before: { holdingId: id, positionId, kind, until: holding.until },
      after: { holdingId: id, positionId, kind, until },
    });
  }

  return { opds, topOpd, addOpd, changeOpd, removeOpd, positions, positionsByIds, addPosition, appoint, appointIn, endAppointment, endIn };
}
