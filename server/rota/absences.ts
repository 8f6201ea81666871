// Leave, sickness and travel: entered with their basis, revoked and never edited. Published days follow at once.
import type { BodyOf } from '../../shared/endpoint.ts';
import type * as wire from '../../shared/rota.ts';
import type { Absence, SaidViolation } from '../../shared/rota.ts';
import type { Opd } from '../../shared/people.ts';
import type { People } from '../people/index.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { refuse, type Language } from '../platform/refusal.ts';
import { actsFor, type SignedIn } from '../platform/serve.ts';
import * as store from './absence-store.ts';
import { dayText, firstOf } from './plan.ts';
import { newlyBroken } from './plan-deciding.ts';
import { said } from './plan-reading.ts';
import type { Plans } from './plans.ts';
import { isSame, type Change, type Content, type Publishing } from './publishing.ts';
import { daysBetween } from './sheet.ts';
import { lockMonths, overridesOf, savePlan } from './store.ts';

type World = { sql: Sql; people: Pick<People, 'persons' | 'staffOf' | 'noteAccess'>; plans: Plans; publishing: Publishing; now: () => Date };
type Reply = { absence: Absence; broken: SaidViolation[] };
const CODES = { CUTI: 'Cuti', SAKIT: 'Sakit', DL: 'Dinas luar' };
const IN_ENGLISH = { CUTI: 'Leave', SAKIT: 'Sickness', DL: 'Travel' };
const MOST_DAYS = 400;

export function createAbsences({ sql, people, plans, publishing, now }: World) {
  async function views(tx: Tx, rows: readonly store.AbsenceRow[]): Promise<Absence[]> {
    const persons = await people.persons(tx, [...new Set(rows.map(({ personId }) => personId))]);
    return rows.map(({ id, personId, code, from, until, long, basis, byName, at, revokedReason, revokedBy, revokedAt }) => ({
      id,
      personId,
      code,
      from,
      until,
      long,
      basis,
      byName,
      name: persons.get(personId)?.name ?? '–',
      at: at.toISOString(),
      revoked: revokedAt === null ? null : { reason: revokedReason ?? '', byName: revokedBy ?? '–', at: revokedAt.toISOString() },
    }));
  }
  const viewOf = async (tx: Tx, id: string): Promise<Absence> =>
    (await views(tx, [(await store.absenceById(tx, id)) ?? refuse('not_found')]))[0] ?? refuse('not_found');

  const mustFollow = (from: string, until: string): void =>
    until < from ? refuse('input.invalid', {}, [{ path: 'until', message: 'tanggal akhir mendahului tanggal mulai' }]) : undefined;

  async function list(person: SignedIn, opdId: string, { from, until }: { from: string; until: string }) {
    mustFollow(from, until);
    return sql.begin(async (tx) => {
      const opd = await plans.managed(tx, person, opdId);
      const ids = (await people.staffOf(tx, opd.id)).map(({ id }) => id);
      const absences = await views(tx, await store.absencesOf(tx, ids, { from, until, revoked: true }));
      await people.noteAccess(tx, {
        by: person.id,
        what: 'cuti.baca',
        subject: `${opd.id} ${from}–${until}`,
        count: absences.length,
        scope: { kind: 'opd', id: opd.id },
        persons: absences.map(({ personId }) => personId),
      });
      return { absences, mayEnter: actsFor(person, opdId), serverTime: now().toISOString() };
    });
  }

  const enter = (person: SignedIn, opdId: string, said: BodyOf<typeof wire.postAbsence>, language: Language): Promise<Reply> =>
    sql.begin(async (tx) => {
      const opd = await plans.managed(tx, person, opdId);
      if (!actsFor(person, opdId)) refuse('role.missing');
      const of = (await people.persons(tx, [said.personId])).get(said.personId);
      if (of?.opd?.id !== opd.id) refuse('input.invalid', {}, [{ path: 'personId', message: 'bukan pegawai OPD ini' }]);
      mustFollow(said.from, said.until);
      if (daysBetween(said.from, said.until) >= MOST_DAYS) refuse('input.invalid', {}, [{ path: 'until', message: `paling lama ${MOST_DAYS} hari` }]);
      await store.lockAbsences(tx, said.personId);
      const [other] = await store.absencesOf(tx, [said.personId], said);
      if (other)
        refuse(
          'rota.absence_overlaps',
          { code: { id: CODES[other.code], en: IN_ENGLISH[other.code] }, from: dayText(other.from), until: dayText(other.until) },
          [{ path: 'from', message: 'sudah tercatat' }],
        );
      const id = await store.insertAbsence(tx, { opdId, ...said }, plans.byOf(person));
      const absence = await viewOf(tx, id);
      return { absence, broken: await carryOver(tx, person, { opd, absence, language }) };
    });

  const revoke = (person: SignedIn, id: string, reason: string, language: Language): Promise<Reply> =>
    sql.begin(async (tx) => {
      const row = (await store.absenceById(tx, id)) ?? refuse('not_found');
      const opd = await plans.managed(tx, person, row.opdId);
      if (!actsFor(person, opd.id)) refuse('role.missing');
      await store.lockAbsences(tx, row.personId);
      const isNew = await store.revokeAbsence(tx, id, reason, plans.byOf(person));
      const absence = await viewOf(tx, id);
      return { absence, broken: isNew ? await carryOver(tx, person, { opd, absence, language }) : [] };
    });

  /**
   * Into each published month it touches: a revision; what breaks by it is told, not refused. Plans being drafted see it by themselves, and are newer
   * by it. All are held before one is looked at: a month may be published for the first time meanwhile.
   */
  async function carryOver(tx: Tx, person: SignedIn, { opd, absence, language }: { opd: Opd; absence: Absence; language: Language }): Promise<SaidViolation[]> {
    const broken: SaidViolation[] = [];
    for (const plan of await lockMonths(tx, opd.id, absence.from.slice(0, 7), absence.until.slice(0, 7))) {
      if (plan.revision === null) {
        const next = { ...plan, version: plan.version + 1 };
        await savePlan(tx, next);
        await plans.changed(tx, next);
        continue;
      }
      const { sheet, content } = await plans.inForce(tx, { plan, opd });
      const changes = absence.revoked === null ? laidOver(content, absence) : takenOff(content, absence);
      if (changes.length === 0) continue;
      broken.push(...said(sheet, newlyBroken(sheet, changes, await overridesOf(tx, plan.id)), [], language));
      const why = `${CODES[absence.code]} ${absence.revoked === null ? '' : 'dicabut '}${absence.name}, ${absence.from} – ${absence.until}`;
      await plans.changed(tx, await publishing.change(tx, plan, changes, { why, by: plans.byOf(person) }));
    }
    await tell(tx, [`person:${absence.personId}`], { type: 'day.changed', opdId: opd.id });
    return broken;
  }

  return { list, enter, revoke };
}

/** On working days, and where duty was planned; travel on every day. */
function laidOver(content: Content, absence: Absence): Change[] {
  return daysOf(content, absence).flatMap(({ date, kind, cell }) => {
    const isTaken = kind === 'kerja' || absence.code === 'DL' || cell?.code === 'PIKET';
    if (!isTaken || cell?.absence !== undefined) return [];
    const under = cell === null ? null : { code: cell.code, shift: cell.shift };
    return [{ personId: absence.personId, date, cell: { code: absence.code, shift: null, basis: absence.basis, absence: absence.id, under } }];
  });
}
/** What was planned beneath, or the usual of such a day. */
function takenOff(content: Content, absence: Absence): Change[] {
  return daysOf(content, absence).flatMap(({ date, kind, cell }) => {
    if (cell?.absence !== absence.id) return [];
    const planned = cell.under ?? { code: kind === 'kerja' ? ('WFO' as const) : ('LIBUR' as const), shift: null };
    const back = { ...planned, basis: `Pencabutan: ${absence.revoked?.reason ?? ''}`.slice(0, 200) };
    return isSame(cell, back) ? [] : [{ personId: absence.personId, date, cell: back }];
  });
}
const daysOf = (content: Content, { personId, from, until }: Absence) =>
  content.cells[personId] === undefined
    ? []
    : content.days
        .filter(({ date }) => from <= date && date <= until)
        .map(({ date, kind }) => ({ date, kind, cell: content.cells[personId]?.[daysBetween(firstOf(content.month), date)] ?? null }));
