// Verbs of confirmation: a named human says of each day that it is as read, or what it was. Sure days in bulk, doubtful ones one by one.
import type { ConfirmationList, ConfirmationRow, postConfirmation, postConfirmations } from '../../shared/confirmations.ts';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { Opd } from '../../shared/people.ts';
import type { People, PersonRecord } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { lockStreams } from '../platform/ledger.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import { doubtsOf, isOver, mustConfirm, seenOf } from './confirmation-rules.ts';
import type { Confirmations, Confirmed } from './confirmations.ts';
import * as store from './confirmations-store.ts';
import { boundsOf } from '../platform/local-time.ts';
import type { DayReading, Readings } from './readings.ts';

export type ConfirmWorld = { sql: Sql; clock: Clock; people: Pick<People, 'staffOf' | 'persons' | 'topOpd' | 'noteAccess' | 'maskNip'> };
type Sources = { readings: Readings; confirmations: Confirmations };
export type ConfirmationDesk = ReturnType<typeof createConfirmationDesk>;
type Span = { from: string; to: string };
/** A day with a code, beside its newest confirmation. `valid`: that one is of this very reading. */
type Day = DayReading & {
  code: NonNullable<DayReading['code']>;
  confirmed: Confirmed | undefined;
  valid: boolean;
  doubts: ConfirmationRow['doubts'];
  over: boolean;
};

const MOST_DAYS = 31;
/** Rows on one screen; the rest is counted. */
const MOST_ROWS = 500;
/** Rows of one transaction: some tenths of a second, in which nobody else confirms the same people. */
const PORTION = 4_000;
/** Rows of one request, so that it is answered in time; whoever asked asks again for the rest. */
const MOST_AT_ONCE = 12_000;
const urgency: ConfirmationRow['doubts'] = ['changed', 'objected', 'no_evidence', 'outage', 'estimated'];

export function createConfirmationDesk({ sql, clock, people }: ConfirmWorld, { readings, confirmations }: Sources) {
  /** Somebody else's OPD does not exist for the caller. */
  async function managed(tx: Tx, actor: SignedIn, unitId: string): Promise<Opd> {
    const top = await people.topOpd(tx, unitId);
    return top && actor.managesOpds.includes(top.id) ? top : refuse('not_found');
  }

  async function daysOf(tx: Tx, staff: readonly { id: string }[], { zone }: Opd, { from, to }: Span): Promise<{ days: Day[]; uncoded: number }> {
    const length = (boundsOf(to, zone).to.getTime() - boundsOf(from, zone).from.getTime()) / 86_400_000;
    if (length < 1) refuse('input.invalid', {}, [{ path: 'to', message: 'Tanggal akhir mendahului tanggal awal.' }]);
    if (length > MOST_DAYS) refuse('input.invalid', {}, [{ path: 'to', message: `Paling banyak ${MOST_DAYS} hari.` }]);
    const confirmed = await confirmations.of(
      tx,
      staff.map((s) => s.id),
      from,
      to,
    );
    const now = clock.now();
    const days: Day[] = [];
    let uncoded = 0;
    for await (const [personId, read] of readings.each(tx, staff, zone, from, to))
      for (const day of read) {
        const { code } = day;
        if (code === null) uncoded += 1;
        else {
          const last = confirmed.get(`${personId} ${day.date}`);
          const valid = last?.fingerprint === day.fingerprint;
          days.push({ ...day, code, confirmed: last, valid, doubts: doubtsOf(day, last), over: isOver(day.date, zone, now) });
        }
      }
    return { days, uncoded };
  }

  async function list(actor: SignedIn, unitId: string, span: Span): Promise<ConfirmationList> {
    return sql.begin(async (tx) => {
      const opd = await managed(tx, actor, unitId);
      const staff = await people.staffOf(tx, opd.id);
      const { days, uncoded } = await daysOf(tx, staff, opd, span);
      const order = new Map(staff.map((s, n) => [s.id, { ...s, n }]));
      const asked = span.from === span.to ? days : days.filter((d) => isDoubtful(d) || (d.confirmed !== undefined && !d.valid));
      const place = (d: Day): number => (d.valid || d.doubts.length === 0 ? urgency.length : Math.min(...d.doubts.map((doubt) => urgency.indexOf(doubt))));
      const rows = asked.toSorted(
        (a, b) => place(a) - place(b) || (a.date < b.date ? -1 : a.date > b.date ? 1 : order.get(a.personId)!.n - order.get(b.personId)!.n),
      );
      const count = (is: (d: Day) => boolean): number => days.filter(is).length;
      await people.noteAccess(tx, {
        by: actor.id,
        what: 'konfirmasi.baca',
        subject: `${opd.id} ${span.from}–${span.to}`,
        count: staff.length,
        scope: { kind: 'opd', id: opd.id },
      });
      return {
        opdId: opd.id,
        opdName: opd.name,
        zone: opd.zone,
        ...span,
        rows: rows.slice(0, MOST_ROWS).map((d) => rowOf(d, order.get(d.personId)!, people.maskNip, actor.id)),
        more: Math.max(0, rows.length - MOST_ROWS),
        counts: {
          all: days.length,
          confirmed: count((d) => d.valid),
          sure: count((d) => isSure(d, actor.id) && !d.valid),
          doubtful: count((d) => isDoubtful(d) && d.personId !== actor.id),
          own: count((d) => d.personId === actor.id && d.over && !d.valid),
          ahead: count((d) => !d.over),
          uncoded,
        },
        seen: seenOf(days.filter((d) => isSure(d, actor.id))),
      };
    });
  }

  async function confirm(actor: SignedIn, unitId: string, said: BodyOf<typeof postConfirmation>): Promise<void> {
    await sql.begin(async (tx) => {
      const opd = await managed(tx, actor, unitId);
      const person = (await people.persons(tx, [said.personId])).get(said.personId);
      if (person?.opd?.id !== opd.id) refuse('not_found');
      await lockStreams(tx, [`confirmations:${person.id}`]);
      const read = (await readings.of(tx, [person], opd.zone, said.date, said.date)).get(person.id)?.[0] ?? refuse('confirmation.no_code');
      const reason = said.reason || null;
      mustConfirm(read, { ...said, reason }, { id: actor.id, zone: opd.zone, now: clock.now() });
      const row = { personId: person.id, date: said.date, outcome: said.outcome, reason, fingerprint: said.fingerprint };
      const written = await store.insertConfirmations(tx, [row], { opdId: opd.id, byId: actor.id, at: clock.now(), unconfirmed: false });
      if (written > 0) await tell(tx, [`opd:${opd.id}`, `person:${person.id}`], { type: 'confirmation.changed', opdId: opd.id });
    });
  }

  /** As read: all sure days, or the chosen ones. In portions; what is written stays when a later one fails, and repeating goes on from there. */
  async function confirmTogether(actor: SignedIn, unitId: string, { from, to, seen, rows }: BodyOf<typeof postConfirmations>) {
    const opd = await managed(sql, actor, unitId);
    if (!isOver(from, opd.zone, clock.now())) refuse('confirmation.day_not_over');
    const staff = await people.staffOf(sql, opd.id);
    const { days } = await daysOf(sql, staff, opd, { from, to });
    const sure = rows ? chosen(days, rows, staff, actor.id) : days.filter((d) => isSure(d, actor.id));
    if (!rows && seen !== seenOf(sure)) refuse('confirmation.moved');
    const fresh = sure.filter((d) => !d.valid).toSorted((a, b) => (a.personId < b.personId ? -1 : a.personId > b.personId ? 1 : a.date < b.date ? -1 : 1));
    const by = { opdId: opd.id, byId: actor.id, at: clock.now(), unconfirmed: true };
    let confirmed = 0;
    for (let n = 0; n < Math.min(fresh.length, MOST_AT_ONCE); n += PORTION) {
      const part = fresh
        .slice(n, n + PORTION)
        .map(({ personId, date, fingerprint }) => ({ personId, date, fingerprint, outcome: 'sesuai' as const, reason: null }));
      confirmed += await sql.begin(async (tx) => {
        await lockStreams(tx, [...new Set(part.map((r) => `confirmations:${r.personId}`))]);
        return store.insertConfirmations(tx, part, by);
      });
    }
    if (confirmed > 0) await tell(sql, [`opd:${opd.id}`], { type: 'confirmation.changed', opdId: opd.id });
    const left = Math.max(0, fresh.length - MOST_AT_ONCE);
    return { confirmed, already: sure.length - confirmed - left, left };
  }

  return { list, confirm, confirmTogether };
}

const isDoubtful = (d: Day): boolean => d.over && d.doubts.length > 0 && !d.valid;
/** Confirmed already or not; never the own day of whoever confirms. */
const isSure = (d: Day, actorId: string): boolean => d.over && d.doubts.length === 0 && d.personId !== actorId;

function chosen(
  days: readonly Day[],
  wanted: readonly { personId: string; date: string }[],
  staff: readonly { id: string; name: string }[],
  actorId: string,
): Day[] {
  const known = new Map(days.map((d) => [`${d.personId} ${d.date}`, d]));
  const found = [...new Set(wanted.map((w) => `${w.personId} ${w.date}`))].map((key) => known.get(key) ?? refuse('not_found'));
  if (found.some((d) => d.personId === actorId)) refuse('confirmation.own');
  if (found.some((d) => !d.over)) refuse('confirmation.day_not_over');
  const doubtful = found.filter(isDoubtful);
  if (doubtful.length > 0) {
    const names = [...new Set(doubtful.map((d) => staff.find((s) => s.id === d.personId)?.name ?? ''))];
    refuse('confirmation.doubtful', { count: doubtful.length, names: names.slice(0, 3).join(', ') + (names.length > 3 ? ', …' : '') });
  }
  return found;
}

function rowOf(d: Day, person: PersonRecord, maskNip: People['maskNip'], actorId: string): ConfirmationRow {
  return {
    personId: d.personId,
    name: person.name,
    nip: maskNip(person.nip),
    position: person.position,
    date: d.date,
    code: d.code,
    basis: d.basis,
    mark: d.mark,
    meetings: d.meetings,
    minutes: d.minutes,
    confidence: d.confidence,
    corrected: d.corrected,
    fingerprint: d.fingerprint,
    doubts: d.valid ? d.doubts.filter((doubt) => doubt === 'objected') : d.doubts,
    confirmed: d.confirmed ? { outcome: d.confirmed.outcome, by: d.confirmed.by, at: d.confirmed.at.toISOString(), reason: d.confirmed.reason } : null,
    barred: d.personId === actorId ? 'own' : d.over ? null : 'day_not_over',
  };
}
