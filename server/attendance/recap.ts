// Verbs of the recap: a month of an OPD, of the region, of one person; as a screen and as files that are written while they are read.
import type { OutageWindow } from '../../shared/outages.ts';
import type { Opd, Zone } from '../../shared/people.ts';
import type { PersonRecap, Recap, RecapDay, RecapFigures, RecapTotals } from '../../shared/recap.ts';
import type { Letters } from '../letters/index.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People, PersonRecord } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Ledger } from '../platform/ledger-keeper.ts';
import { rootText } from '../platform/ledger.ts';
import type { Outages } from '../platform/outages.ts';
import { refuse } from '../platform/refusal.ts';
import type { ServedFile, SignedIn } from '../platform/serve.ts';
import { csvStream, xlsxStream, type Table } from '../platform/tables.ts';
import type { Confirmations } from './confirmations.ts';
import type { Accepted, Corrections } from './corrections.ts';
import { boundsOf, clockText, dayIn, hourText, monthText, shortDateText } from '../platform/local-time.ts';
import type { AlsoHeld } from './held.ts';
import { governmentOf } from '../platform/region.ts';
import { addFigures, dayColumns, dayLine, emptyFigures, figuresOf, personColumns, personLine, type RecapDayRead, type Who } from './recap-figures.ts';
import { recapPaper } from './recap-paper.ts';
import type { Readings, Visit } from './readings.ts';

export type RecapWorld = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'maskNip' | 'persons' | 'staffOf' | 'staffIds' | 'opds' | 'topOpd' | 'regionName' | 'noteAccess'>;
  meetings: Pick<Meetings, 'meetingsByIds'>;
  alsoHeld: Pick<AlsoHeld, 'named'>;
  letters: Pick<Letters, 'available' | 'pdf' | 'origin'>;
  ledger: Pick<Ledger, 'root'>;
  outages: Pick<Outages, 'between'>;
};
type Sources = { readings: Readings; confirmations: Confirmations; corrections: Pick<Corrections, 'accepted'> };
export type RecapVerbs = ReturnType<typeof createRecap>;
type Asked = { month: string; per: 'orang' | 'hari'; purpose: string };
type Span = { month: string; from: string; to: string; zone: Zone };
type Month<P> = { person: P; days: RecapDayRead[]; visits: Visit[] };

/** People whose confirmations are looked up at once. */
const PORTION = 250;

export function createRecap(
  { sql, clock, people, meetings, alsoHeld, letters, ledger, outages }: RecapWorld,
  { readings, confirmations, corrections }: Sources,
) {
  /** Up to today: what is planned for tomorrow is no attendance. */
  function spanOf(month: string | undefined, zone: Zone): Span {
    const today = dayIn(clock.now(), zone);
    const wanted = month ?? today.slice(0, 7);
    const [year = 0, n = 1] = wanted.split('-').map(Number);
    const last = `${wanted}-${new Date(Date.UTC(year, n, 0)).getUTCDate()}`;
    return { month: wanted, from: `${wanted}-01`, to: last < today ? last : today, zone };
  }

  /** Somebody else's OPD does not exist for the caller. */
  async function managed(tx: Tx, person: SignedIn, unitId: string): Promise<Opd> {
    const top = await people.topOpd(tx, unitId);
    return top && top.id === unitId && person.managesOpds.includes(top.id) ? top : refuse('not_found');
  }

  /** Person by person, each day beside its confirmation. */
  async function* months<P extends { id: string }>(tx: Tx, persons: Iterable<P> | AsyncIterable<P>, span: Span): AsyncGenerator<Month<P>> {
    if (span.to < span.from) return;
    let portion: Month<P>[] = [];
    for await (const [, days, visits, person] of readings.each(tx, persons, span.zone, span.from, span.to)) {
      portion.push({ person, days: days as RecapDayRead[], visits });
      if (portion.length < PORTION) continue;
      yield* await confirmedIn(tx, portion, span);
      portion = [];
    }
    yield* await confirmedIn(tx, portion, span);
  }

  /** Put beside in place: of 100,000 days a copy of each would be half the work. */
  async function confirmedIn<P extends { id: string }>(tx: Tx, portion: Month<P>[], { from, to }: Span): Promise<Month<P>[]> {
    const ids = portion.map(({ person }) => person.id);
    const confirmed = await confirmations.of(tx, ids, from, to);
    for (const { person, days } of portion)
      for (const day of days) {
        day.confirmed = (confirmed.size > 0 && confirmed.get(`${person.id} ${day.date}`)) || null;
        day.valid = day.confirmed?.fingerprint === day.fingerprint;
      }
    return portion;
  }

  async function outagesIn(tx: Tx, { from, to, zone }: Span): Promise<OutageWindow[]> {
    if (to < from) return [];
    const windows = await outages.between(tx, boundsOf(from, zone).from, boundsOf(to, zone).to);
    return windows.map(({ what, from, to }) => ({ what, from: from.toISOString(), to: to?.toISOString() ?? null }));
  }

  async function recapOf(tx: Tx, opd: Opd, span: Span, nipOf: (nip: string | null) => string | null): Promise<Recap> {
    const staff = await people.staffOf(tx, opd.id);
    const figures = new Map<string, RecapFigures>();
    const today = dayIn(clock.now(), span.zone);
    for await (const { person, days, visits } of months(tx, staff, span)) figures.set(person.id, figuresOf(days, visits, today));
    const rows = staff.map((s) => ({
      personId: s.id,
      name: s.name,
      nip: nipOf(s.nip),
      position: s.position,
      unitName: s.unit?.name ?? opd.name,
      figures: figures.get(s.id) ?? emptyFigures(),
    }));
    return { ...span, opdId: opd.id, opdName: opd.name, outages: await outagesIn(tx, span), rows };
  }

  async function read(person: SignedIn, unitId: string, month: string | undefined): Promise<Recap> {
    const opd = await managed(sql, person, unitId);
    const recap = await recapOf(sql, opd, spanOf(month, opd.zone), people.maskNip);
    await noteOpd(sql, person, opd, { what: 'rekap.baca', subject: recap.month, persons: recap.rows.map((r) => r.personId) });
    return recap;
  }

  /** The OPDs of a region may lie in different zones: each zone is read on its own. */
  async function totals(person: SignedIn, month: string | undefined): Promise<RecapTotals> {
    const opds = (await people.opds(sql)).filter((o) => o.kind === 'opd' && person.managesOpds.includes(o.id));
    const staff = await people.staffIds(sql);
    const sums = new Map(opds.map((o) => [o.id, { people: 0, figures: emptyFigures() }]));
    const spans = new Map([...new Set(opds.map((o) => o.zone))].map((zone) => [zone, spanOf(month, zone)]));
    for (const [zone, span] of spans) {
      const here = new Set(opds.filter((o) => o.zone === zone).map((o) => o.id));
      const today = dayIn(clock.now(), zone);
      const persons = staff.filter((s) => here.has(s.opdId));
      for (const { opdId } of persons) sums.get(opdId)!.people += 1;
      for await (const { person: one, days, visits } of months(sql, persons, span)) addFigures(sums.get(one.opdId)!.figures, figuresOf(days, visits, today));
    }
    const shown = [...spans.values()][0]?.month ?? spanOf(month, 'Asia/Jakarta').month;
    await people.noteAccess(sql, { by: person.id, what: 'rekap.daerah', subject: shown, count: staff.length, scope: { kind: 'region', id: null } });
    return { month: shown, rows: opds.map((o) => ({ opdId: o.id, opdName: o.name, ...sums.get(o.id)! })) };
  }

  async function ofPerson(reader: SignedIn, personId: string, month: string | undefined): Promise<PersonRecap> {
    const person = (await people.persons(sql, [personId])).get(personId);
    const own = reader.id === personId;
    if (!person || !(own || (person.opd && reader.managesOpds.includes(person.opd.id)))) refuse('not_found');
    const span = spanOf(month, person.opd?.zone ?? 'Asia/Jakarta');
    const accepted = await corrections.accepted(sql, { personIds: [personId], from: span.from, to: span.to });
    const one: Month<PersonRecord> = { person, days: [], visits: [] };
    for await (const { days, visits } of months(sql, [person], span)) Object.assign(one, { days, visits });
    const ids = [...one.visits.map((v) => v.meetingId), ...accepted.flatMap((a) => a.meetingId ?? [])];
    const titles = new Map((await meetings.meetingsByIds(sql, [...new Set(ids)])).map((m) => [m.id, m.title]));
    const conferences = await alsoHeld.named(
      sql,
      ids.filter((id) => !titles.has(id)),
      reader,
    );
    if (!own)
      await people.noteAccess(sql, {
        by: reader.id,
        what: 'rekap.orang',
        subject: span.month,
        count: 1,
        scope: { kind: 'person', id: personId },
        persons: [personId],
      });
    return {
      ...span,
      personId,
      name: person.name,
      nip: people.maskNip(person.nip),
      position: person.position,
      opdName: person.opd?.name ?? null,
      figures: figuresOf(one.days, one.visits, dayIn(clock.now(), span.zone)),
      days: one.days.map((day) => dayShown(day, one.visits, accepted, { titles, conferences, zone: span.zone })),
    };
  }

  const noteOpd = (tx: Tx, person: SignedIn, opd: Opd, { what, subject, persons }: { what: string; subject: string; persons: string[] }): Promise<void> =>
    people.noteAccess(tx, { by: person.id, what, subject: `${opd.name} ${subject}`, count: persons.length, scope: { kind: 'opd', id: opd.id }, persons });

  /** Rows of a file, OPD by OPD. The client itself reads, not a transaction: whoever loads slowly holds no connection. */
  async function* lines(opds: readonly Opd[], { month, per }: Asked): AsyncGenerator<(string | number | null)[]> {
    for (const zone of new Set(opds.map((o) => o.zone))) {
      const today = dayIn(clock.now(), zone);
      const persons = staffIn(opds.filter((o) => o.zone === zone));
      for await (const { person, days, visits } of months(sql, persons, spanOf(month, zone)))
        if (per === 'orang') yield personLine(person, figuresOf(days, visits, today));
        else for (const day of days) yield dayLine(person, day);
    }
  }
  async function* staffIn(opds: readonly Opd[]): AsyncGenerator<Who & { id: string }> {
    for (const { id, name } of opds)
      for (const person of await people.staffOf(sql, id)) yield { ...person, unitName: person.unit?.name ?? name, opdName: name };
  }

  async function table(person: SignedIn, opds: readonly Opd[], asked: Asked, of: string): Promise<Table> {
    const now = clock.now();
    const zone = opds[0]?.zone ?? 'Asia/Jakarta';
    const root = await ledger.root();
    return {
      name: 'Rekap presensi',
      over: [
        [governmentOf(await people.regionName(sql)).toUpperCase()],
        [of.toUpperCase()],
        [`REKAPITULASI PRESENSI ${monthText(asked.month).toUpperCase()}`],
        ['Diunduh oleh', person.name],
        ['Pada', `${shortDateText(now, zone)} pukul ${clockText(now, zone)}`],
        ['Keperluan', asked.purpose],
        ['Buku bukti', root ? rootText(root) : '–'],
      ],
      columns: asked.per === 'orang' ? personColumns : dayColumns,
      rows: lines(opds, asked),
      at: now,
    };
  }

  const fileName = (of: string, { month, per }: Pick<Asked, 'month' | 'per'>, extension: string): string =>
    `rekap-${of.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}-${month}${per === 'hari' ? '-per-hari' : ''}.${extension}`;

  async function ofOpd(person: SignedIn, unitId: string, asked: Asked, extension: 'xlsx' | 'csv'): Promise<ServedFile> {
    const opd = await managed(sql, person, unitId);
    const staff = (await people.staffIds(sql)).filter((s) => s.opdId === opd.id);
    await noteOpd(sql, person, opd, { what: `rekap.${extension}`, subject: `${asked.month}: ${asked.purpose}`, persons: staff.map((s) => s.id) });
    return file(await table(person, [opd], asked, opd.name), fileName(opd.abbreviation, asked, extension), extension);
  }

  async function ofRegion(person: SignedIn, asked: Asked, extension: 'xlsx' | 'csv'): Promise<ServedFile> {
    const opds = (await people.opds(sql)).filter((o) => o.kind === 'opd' && person.managesOpds.includes(o.id));
    const count = (await people.staffIds(sql)).length;
    const scope = { kind: 'region', id: null } as const;
    await people.noteAccess(sql, { by: person.id, what: `rekap.${extension}`, subject: `${asked.month}: ${asked.purpose}`, count, scope });
    return file(await table(person, opds, asked, 'Semua OPD'), fileName('semua-opd', asked, extension), extension);
  }

  const file = async (rows: Table, name: string, extension: 'xlsx' | 'csv'): Promise<ServedFile> => ({
    content: await (extension === 'csv' ? csvStream(rows) : xlsxStream(rows)),
    name,
  });

  async function pdf(person: SignedIn, unitId: string, { month, purpose }: Omit<Asked, 'per'>): Promise<ServedFile> {
    const opd = await managed(sql, person, unitId);
    if (!letters.available) refuse('pdf.unavailable');
    const recap = await recapOf(sql, opd, spanOf(month, opd.zone), (nip) => nip);
    await noteOpd(sql, person, opd, { what: 'rekap.pdf', subject: `${month}: ${purpose}`, persons: recap.rows.map((r) => r.personId) });
    const root = await ledger.root();
    const now = clock.now();
    const region = governmentOf(await people.regionName(sql));
    const paper = recapPaper(recap, { by: person.name, purpose, now, region, url: `${letters.origin}/presensi/rekap?bulan=${month}` });
    return {
      content: await letters.pdf('rekap-presensi', { ...paper, akar: root && rootText(root) }, now),
      name: fileName(opd.abbreviation, { month, per: 'orang' }, 'pdf'),
    };
  }

  return { read, totals, ofPerson, ofOpd, ofRegion, pdf };
}

function dayShown(
  day: RecapDayRead,
  visits: readonly Visit[],
  accepted: readonly Accepted[],
  { titles, conferences, zone }: { titles: ReadonlyMap<string, string>; conferences: ReadonlyMap<string, { title: string; opens: boolean }>; zone: Zone },
): RecapDay {
  const { from, to } = boundsOf(day.date, zone);
  const here = visits.filter((v) => v.from < to.getTime() && (v.to > from.getTime() || v.from >= from.getTime()));
  const changed = accepted.filter((a) => (a.meetingId === null ? a.date === day.date : here.some((v) => v.meetingId === a.meetingId)));
  return {
    ...day,
    evidence: here.map(({ meetingId, ...v }) => {
      const conference = conferences.get(meetingId);
      return {
        meetingId,
        title: titles.get(meetingId) ?? conference?.title ?? '–',
        from: new Date(Math.max(v.from, from.getTime())).toISOString(),
        to: v.open ? null : new Date(Math.min(v.to, to.getTime())).toISOString(),
        confidence: v.confidence,
        ...(conference && { conference: { opens: conference.opens } }),
      };
    }),
    corrections: changed.map((a) => ({
      id: a.id,
      title: a.meetingId === null ? null : (titles.get(a.meetingId) ?? '–'),
      original: originalText(a, zone),
      corrected: a.from && a.to ? `${hourText(a.from, zone)} – ${hourText(a.to, zone)}` : 'hadir – WFH',
      reason: a.reason,
      requestedBy: a.requestedBy,
      decidedBy: a.decidedBy,
      decidedAt: a.decidedAt.toISOString(),
    })),
    confirmed: day.confirmed && {
      outcome: day.confirmed.outcome,
      by: day.confirmed.by,
      at: day.confirmed.at.toISOString(),
      reason: day.confirmed.reason,
      valid: day.valid,
    },
  };
}

function originalText({ original }: Accepted, zone: Zone): string {
  if (original === null) return '–';
  if (original.of === 'day') return original.mark === 'gangguan_sistem' ? 'gangguan sistem' : 'belum ada bukti';
  if (original.intervals.length === 0) return 'belum ada bukti';
  return original.intervals.map((i) => `${hourText(new Date(i.from), zone)} – ${i.to === null ? '…' : hourText(new Date(i.to), zone)}`).join(', ');
}
