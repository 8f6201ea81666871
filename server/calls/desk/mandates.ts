// Verbs of mandates: a head lets somebody of the own OPD call in their name, from a day to a day, and takes it back at once.
import type { Mandate, postMandate } from '../../../shared/calls.ts';
import type { BodyOf } from '../../../shared/endpoint.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { refuse } from '../../platform/refusal.ts';
import type { SignedIn } from '../../platform/serve.ts';
import type { People } from '../../people/index.ts';
import { dayIn, type Capacities } from './capacity.ts';
import * as store from './store.ts';

type World = { sql: Sql; clock: Clock; people: Pick<People, 'persons' | 'placed' | 'opds' | 'noteAccess'>; capacities: Capacities };
const YEAR_MS = 366 * 86_400_000;

export function createMandates({ sql, clock, people, capacities }: World) {
  async function views(tx: Tx, rows: readonly store.MandateRow[]): Promise<Mandate[]> {
    const ids = rows.flatMap((m) => [m.giverId, m.holderId, ...(m.revokedBy ? [m.revokedBy] : [])]);
    const persons = await people.persons(tx, [...new Set(ids)]);
    const opds = new Map((rows.length === 0 ? [] : await people.opds(tx)).map((o) => [o.id, o.name]));
    const nameOf = (id: string): string => persons.get(id)?.name ?? '';
    return rows.map(({ giverId, revokedBy, givenAt, revokedAt, ...m }) => ({
      ...m,
      opdName: opds.get(m.opdId) ?? '',
      giverName: nameOf(giverId),
      holderName: nameOf(m.holderId),
      holderPosition: persons.get(m.holderId)?.position ?? null,
      givenAt: givenAt.toISOString(),
      revokedAt: revokedAt?.toISOString() ?? null,
      revokedByName: revokedBy === null ? null : nameOf(revokedBy),
    }));
  }

  async function mandates(person: SignedIn): Promise<Mandate[]> {
    return sql.begin(async (tx) => {
      const since = new Date(clock.now().getTime() - YEAR_MS).toISOString().slice(0, 10);
      const rows = await store.mandatesSeenBy(tx, person.id, person.managesOpds, since);
      const others = [...new Set(rows.flatMap((m) => [m.giverId, m.holderId]))].filter((id) => id !== person.id);
      if (others.length > 0)
        await people.noteAccess(tx, { by: person.id, what: 'mandat.baca', subject: 'mandat panggilan', count: others.length, persons: others });
      return views(tx, rows);
    });
  }

  async function give(person: SignedIn, { opdId, holderId, from, until, basis }: BodyOf<typeof postMandate>): Promise<Mandate> {
    return sql.begin(async (tx) => {
      const head = await capacities.headOf(tx, person, opdId);
      const now = clock.now();
      const today = dayIn(head.zone, now);
      if (until !== null && until < from) refuse('input.invalid', {}, [{ path: 'until', message: 'Tanggal akhir mendahului tanggal mulai.' }]);
      if (until !== null && until < today) refuse('input.invalid', {}, [{ path: 'until', message: 'Tanggal akhir sudah lewat.' }]);
      if (holderId === person.id) refuse('mandate.own');
      const holder = (await people.placed(tx, [holderId], today)).get(holderId);
      if (holder?.opdId !== head.opdId) refuse('mandate.other_opd');
      await store.lockMandates(tx, head.opdId);
      if (await store.isHeldWithin(tx, head.opdId, holderId, { from, until })) refuse('mandate.exists', { name: holder.name });
      const given = await store.insertMandate(tx, { opdId: head.opdId, giverId: person.id, holderId, from, until, basis, givenAt: now });
      return (await views(tx, [given]))[0]!;
    });
  }

  async function revoke(person: SignedIn, id: string): Promise<void> {
    await sql.begin(async (tx) => {
      const mandate = (await store.mandateById(tx, id)) ?? refuse('not_found');
      const mine = (await capacities.capacitiesOf(tx, person.id)).some((c) => !c.mandate && c.opdId === mandate.opdId);
      const maySee = mandate.giverId === person.id || mandate.holderId === person.id || person.managesOpds.includes(mandate.opdId);
      if (!mine) refuse(maySee ? 'call.not_allowed' : 'not_found');
      await store.revokeMandate(tx, id, person.id, clock.now());
    });
  }

  return { mandates, give, revoke };
}
