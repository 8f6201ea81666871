// Verbs of objections: hand in a file, object, decide, withdraw. What was asked and what was decided are rows of the ledger; both names stay.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { Correctable, Correction, getCorrections, postCorrection, postCorrectionDecision } from '../../shared/corrections.ts';
import type { MyDay, OriginalReading } from '../../shared/attendance.ts';
import type { Zone } from '../../shared/people.ts';
import type { Dossier, Meetings } from '../meetings/index.ts';
import type { Notifications } from '../notifications/index.ts';
import type { People, PersonRecord } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { lockStreams } from '../platform/ledger.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { Scanner } from '../platform/scanner.ts';
import type { ServedFile, SignedIn } from '../platform/serve.ts';
import * as rules from './correction-rules.ts';
import * as store from './corrections-store.ts';
import type { CorrectionRow } from './corrections-store.ts';
import type { Interval } from './intervals.ts';
import { boundsOf, dateText, dayIn } from '../platform/local-time.ts';
import { minutesOf } from './sheet.ts';

export type DeskWorld = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'persons' | 'noteAccess' | 'mayAdminister'>;
  meetings: Pick<Meetings, 'dossier' | 'meetingsByIds' | 'meetingsToldTo'>;
  notifications: Pick<Notifications, 'notify'>;
  scanner: Pick<Scanner, 'judge'>;
};
/** What the record says, corrections accepted so far included. */
export type Record = {
  intervalsNow(tx: Tx, dossier: Dossier): Promise<Map<string, Interval[]>>;
  dayOf(tx: Tx, personId: string, on?: string): Promise<MyDay>;
};
export type CorrectionDesk = ReturnType<typeof createCorrectionDesk>;
type Subject = PersonRecord & { opd: NonNullable<PersonRecord['opd']> };
type Claim = Pick<store.NewCorrection, 'meetingId' | 'date' | 'from' | 'to' | 'mark'> & { original: OriginalReading };
type About = BodyOf<typeof postCorrection>['about'];

/** A file that was handed in and never used is forgotten after this. */
const UNUSED_MS = 24 * 3_600_000;
const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

export function createCorrectionDesk({ sql, clock, people, meetings, notifications, scanner }: DeskWorld, record: Record) {
  /** Oneself, or somebody of an OPD one is admin of; anybody else does not exist. */
  async function subjectFor(tx: Tx, actor: SignedIn, personId: string): Promise<Subject> {
    const found = (await people.persons(tx, [personId])).get(personId);
    if (!found?.opd) refuse('not_found');
    if (personId !== actor.id && !(await people.mayAdminister(tx, actor, found.opd.id))) refuse('not_found');
    return { ...found, opd: found.opd };
  }

  async function meetingReading(tx: Tx, dossier: Dossier, personId: string): Promise<Interval[]> {
    return (await record.intervalsNow(tx, dossier)).get(`p_${personId}`) ?? [];
  }
  const quoteMeeting = (intervals: readonly Interval[]): OriginalReading => ({
    of: 'meeting',
    intervals: intervals.map((i) => ({ ...i, from: i.from.toISOString(), to: iso(i.to) })),
    minutes: minutesOf(intervals, clock.now()),
  });
  const quoteDay = ({ code, mark, evidence }: MyDay): OriginalReading => ({
    of: 'day',
    code,
    mark,
    evidence: evidence.map(({ title, minutes }) => ({ title, minutes })),
  });

  async function claimOf(tx: Tx, { id, opd: { zone } }: Subject, about: About): Promise<Claim> {
    const now = clock.now();
    if (about.of === 'day') {
      rules.mustBeInTime(about.date, now, zone);
      const day = await record.dayOf(tx, id, about.date);
      if (day.code !== 'WFH') refuse('correction.not_judged', { code: day.code ?? '–' });
      if (day.mark === about.mark) refuse('correction.nothing');
      return { meetingId: null, date: about.date, from: null, to: null, mark: about.mark, original: quoteDay(day) };
    }
    const dossier = await meetings.dossier(tx, about.meetingId);
    const intervals = dossier ? await meetingReading(tx, dossier, id) : [];
    if (!dossier || (intervals.length === 0 && !dossier.invitations.some((i) => i.personId === id))) refuse('not_found');
    const asked = { from: new Date(about.from), to: new Date(about.to) };
    rules.mustFit(asked, dossier, now, zone);
    const date = dayIn(asked.from, zone);
    rules.mustBeInTime(date, now, zone);
    const { from, to } = rules.clipTo(asked, dossier, now);
    if (rules.isKnown({ from, to }, intervals)) refuse('correction.nothing');
    return { meetingId: dossier.id, date, from, to, mark: null, original: quoteMeeting(intervals) };
  }

  /** The open one of the same person and thing. */
  async function openOne(tx: Tx, personId: string, { meetingId, date }: Pick<Claim, 'meetingId' | 'date'>): Promise<CorrectionRow | null> {
    const open = await store.openRows(tx, { personIds: [personId], from: date, to: date });
    const same = open.find((o) => o.meetingId === meetingId && (meetingId !== null || o.date === date));
    return same ? store.correctionById(tx, same.id) : null;
  }

  async function ask(actor: SignedIn, { personId = actor.id, about, reason, fileId }: BodyOf<typeof postCorrection>): Promise<Correction> {
    return sql.begin(async (tx) => {
      const subject = await subjectFor(tx, actor, personId);
      await lockStreams(tx, [`corrections:${subject.id}`]);
      const claim = await claimOf(tx, subject, about);
      const before = await openOne(tx, subject.id, claim);
      if (before) return one(tx, actor, before);
      const file = fileId === undefined ? null : await store.unusedFile(tx, fileId, actor.id);
      if (fileId !== undefined && !file) refuse('input.invalid', {}, [{ path: 'fileId', message: 'Berkas ini tidak ditemukan. Pilih lagi berkasnya.' }]);
      const id = await store.insertCorrection(tx, {
        ...claim,
        personId: subject.id,
        opdId: subject.opd.id,
        reason,
        fileId: fileId ?? null,
        fileName: file?.name ?? null,
        fileSha256: file?.sha256 ?? null,
        requestedBy: actor.id,
        requestedAt: clock.now(),
      });
      const asked = (await store.correctionById(tx, id))!;
      await noticed(tx, asked);
      return one(tx, actor, asked);
    });
  }

  /** What was decided changes readings: whoever watches the person, the OPD or the meeting asks again. */
  async function noticed(tx: Tx, { personId, opdId, meetingId, requestedBy, decision }: CorrectionRow): Promise<void> {
    const persons = [...new Set([personId, requestedBy])].flatMap((id) => (id === null ? [] : [`person:${id}`]));
    await tell(tx, [`opd:${opdId}`, ...persons], { type: 'correction.changed', opdId });
    if (decision?.outcome !== 'accepted') return;
    await tell(tx, [`opd:${opdId}`, ...persons], { type: 'day.changed', opdId });
    if (meetingId !== null) await tell(tx, [`host:${meetingId}`], { type: 'attendance.changed', meetingId });
  }

  /** For the person concerned, whoever filed it and those who decide in its OPD; for others there is none. */
  async function visible(tx: Tx, actor: SignedIn, id: string): Promise<CorrectionRow> {
    const row = await store.correctionById(tx, id);
    const isParty = row !== null && (row.personId === actor.id || row.requestedBy === actor.id);
    return row && (isParty || actor.managesOpds.includes(row.opdId)) ? row : refuse('not_found');
  }

  /** The objection with its decisions locked: of two who decide at once, the second finds the first one's decision. */
  async function lockOpen(tx: Tx, row: CorrectionRow): Promise<void> {
    await lockStreams(tx, [row.personId === null ? 'decisions' : `decisions:${row.personId}`]);
    const { decision } = (await store.correctionById(tx, row.id))!;
    const persons = await people.persons(
      tx,
      [decision?.byId, row.personId].filter((id) => id != null),
    );
    rules.mustBeOpen(decision, persons.get(decision?.byId ?? '')?.name ?? '–', persons.get(row.personId ?? '')?.opd?.zone ?? 'Asia/Jakarta');
  }

  async function settle(
    tx: Tx,
    actor: SignedIn,
    row: CorrectionRow,
    decision: Omit<NonNullable<CorrectionRow['decision']>, 'byId' | 'at'>,
  ): Promise<Correction> {
    await store.insertDecision(tx, { ...decision, correctionId: row.id, personId: row.personId, byId: actor.id, at: clock.now() });
    const settled = (await store.correctionById(tx, row.id))!;
    await noticed(tx, settled);
    const view = await one(tx, actor, settled);
    if (decision.outcome !== 'withdrawn') await tellDecided(tx, actor, settled, view, decision);
    return view;
  }

  /** The person concerned, and who filed it for them. */
  async function tellDecided(
    tx: Tx,
    actor: SignedIn,
    { id, personId, requestedBy }: CorrectionRow,
    { meeting, date, zone }: Correction,
    { outcome, reason }: Pick<NonNullable<CorrectionRow['decision']>, 'outcome' | 'reason'>,
  ): Promise<void> {
    const day = dateText(boundsOf(date, zone).from, zone);
    const why = reason === null ? '' : ` ${reason}`;
    const yes = outcome === 'accepted';
    await notifications.notify(tx, {
      kind: 'presensi',
      personIds: [personId, requestedBy].flatMap((one) => (one === null || one === actor.id ? [] : [one])),
      ref: id,
      words: {
        id: { title: `Koreksi presensi ${yes ? 'diterima' : 'ditolak'}`, text: `${meeting ? `${meeting.title}, ${day}` : day}.${why}` },
        en: { title: `Attendance correction ${yes ? 'accepted' : 'refused'}`, text: `${meeting ? `${meeting.title}, ${day}` : day}.${why}` },
      },
      path: `/presensi/koreksi?buka=${id}`,
    });
  }

  async function decide(actor: SignedIn, id: string, decision: BodyOf<typeof postCorrectionDecision>): Promise<Correction> {
    return sql.begin(async (tx) => {
      const row = await visible(tx, actor, id);
      rules.mustDecide(row, actor.id);
      await lockOpen(tx, row);
      if (decision.outcome === 'rejected') return settle(tx, actor, row, { outcome: 'rejected', from: null, to: null, reason: decision.reason });
      const wanted = { ...(decision.from !== undefined && { from: new Date(decision.from) }), ...(decision.to !== undefined && { to: new Date(decision.to) }) };
      const span = row.from && row.to ? rules.narrowed({ from: row.from, to: row.to }, wanted) : { from: null, to: null };
      return settle(tx, actor, row, { outcome: 'accepted', ...span, reason: decision.reason || null });
    });
  }

  async function withdraw(actor: SignedIn, id: string): Promise<Correction> {
    return sql.begin(async (tx) => {
      const row = await visible(tx, actor, id);
      if (row.requestedBy !== actor.id) refuse('role.missing');
      await lockOpen(tx, row);
      return settle(tx, actor, row, { outcome: 'withdrawn', from: null, to: null, reason: null });
    });
  }

  async function list(actor: SignedIn): Promise<z.input<(typeof getCorrections)['reply']>> {
    return sql.begin(async (tx) => {
      const mine = await store.correctionsAround(tx, actor.id);
      const opds = actor.managesOpds;
      const queue = opds.length === 0 ? [] : await store.waitingIn(tx, opds);
      const decided = opds.length === 0 ? [] : await store.decidedIn(tx, opds);
      const others = new Set([...queue, ...decided].flatMap((r) => r.personId ?? []));
      others.delete(actor.id);
      if (others.size > 0) await people.noteAccess(tx, { by: actor.id, what: 'koreksi.baca', subject: 'antrean', count: others.size, persons: [...others] });
      const views = await viewsOf(tx, actor, [...mine, ...queue, ...decided]);
      const pick = (rows: readonly CorrectionRow[]): Correction[] => rows.flatMap((r) => views.get(r.id) ?? []);
      return { mine: pick(mine), queue: pick(queue), decided: pick(decided) };
    });
  }

  /** About oneself, or asked by oneself. */
  async function mine(tx: Tx, actor: SignedIn): Promise<Correction[]> {
    const rows = await store.correctionsAround(tx, actor.id);
    const views = await viewsOf(tx, actor, rows);
    return rows.flatMap((r) => (r.personId === actor.id ? (views.get(r.id) ?? []) : []));
  }

  /** What can be objected to: the day, and the meetings of that day the person was invited to. */
  async function about(actor: SignedIn, { personId = actor.id, date: on }: { personId?: string | undefined; date?: string | undefined }): Promise<Correctable> {
    return sql.begin(async (tx) => {
      const subject = await subjectFor(tx, actor, personId);
      const { zone } = subject.opd;
      const date = on ?? dayIn(clock.now(), zone);
      const day = await record.dayOf(tx, personId, date);
      const open = await store.openRows(tx, { personIds: [personId], from: date, to: date });
      const isOpen = (meetingId: string | null): boolean => open.some((o) => o.meetingId === meetingId && (meetingId !== null || o.date === date));
      const { from, to } = boundsOf(date, zone);
      const list = [];
      for (const { id } of await meetings.meetingsToldTo(tx, personId, from, to)) {
        const dossier = await meetings.dossier(tx, id);
        if (!dossier?.startedAt) continue;
        const reading = quoteMeeting(await meetingReading(tx, dossier, personId));
        const may = isOpen(id) ? ('open' as const) : ('object' as const);
        list.push({ id, title: dossier.title, startedAt: dossier.startedAt.toISOString(), endedAt: iso(dossier.endedAt), reading, may });
      }
      if (personId !== actor.id)
        await people.noteAccess(tx, {
          by: actor.id,
          what: 'koreksi.hari',
          subject: date,
          count: 1,
          scope: { kind: 'person', id: personId },
          persons: [personId],
        });
      const may = isOpen(null) ? 'open' : day.code !== 'WFH' ? 'not_judged' : day.mark === 'hadir_wfh' ? 'marked' : 'object';
      return { person: { id: subject.id, name: subject.name }, date, zone, day: { reading: quoteDay(day), may }, meetings: list };
    });
  }

  async function handIn(actor: SignedIn, name: string, body: Blob | Uint8Array): Promise<{ id: string; name: string; sha256: string }> {
    const content = Buffer.from(body as Uint8Array);
    const type = rules.fileTypeOf(content);
    await scanner.judge(name, content);
    const now = clock.now();
    const file = { name: rules.fileNameOf(name, type), type, content, sha256: createHash('sha256').update(content).digest('hex'), by: actor.id, at: now };
    const id = await sql.begin(async (tx) => store.insertFile(tx, file, new Date(now.getTime() - UNUSED_MS)));
    return { id, name: file.name, sha256: file.sha256 };
  }

  async function file(actor: SignedIn, id: string): Promise<ServedFile> {
    return sql.begin(async (tx) => {
      const row = await visible(tx, actor, id);
      const found = row.fileId === null ? null : await store.fileById(tx, row.fileId);
      if (!found) refuse('not_found');
      if (row.personId !== null && row.personId !== actor.id)
        await people.noteAccess(tx, {
          by: actor.id,
          what: 'koreksi.berkas',
          subject: id,
          count: 1,
          scope: { kind: 'person', id: row.personId },
          persons: [row.personId],
        });
      return { content: found.content, name: found.name, type: found.type };
    });
  }

  const one = async (tx: Tx, actor: SignedIn, row: CorrectionRow): Promise<Correction> => (await viewsOf(tx, actor, [row])).get(row.id)!;

  async function viewsOf(tx: Tx, actor: SignedIn, rows: readonly CorrectionRow[]): Promise<Map<string, Correction>> {
    const persons = await people.persons(tx, [...new Set(rows.flatMap((r) => [r.personId, r.requestedBy, r.decision?.byId].filter((id) => id != null)))]);
    const held = new Map((await meetings.meetingsByIds(tx, [...new Set(rows.flatMap((r) => r.meetingId ?? []))])).map((m) => [m.id, m]));
    const now = clock.now();
    return new Map(
      rows.flatMap((row) => {
        const subject = persons.get(row.personId ?? '');
        const meeting = row.meetingId === null ? null : held.get(row.meetingId);
        return subject && meeting !== undefined
          ? [[row.id, viewOf(row, { subject, meeting, nameOf: (id) => persons.get(id ?? '')?.name ?? '–', actor, now })]]
          : [];
      }),
    );
  }

  return { ask, decide, withdraw, list, mine, about, handIn, file };
}

type Around = {
  subject: PersonRecord;
  meeting: { id: string; title: string; startedAt: Date | null; endedAt: Date | null } | null;
  nameOf: (id: string | null) => string;
  actor: SignedIn;
  now: Date;
};
function viewOf(row: CorrectionRow, { subject, meeting, nameOf, actor, now }: Around): Correction {
  const zone: Zone = subject.opd?.zone ?? 'Asia/Jakarta';
  const due = rules.dueAt(row.requestedAt);
  const decides = actor.managesOpds.includes(row.opdId);
  const barred = decides ? rules.barOf(row, actor.id) : null;
  return {
    id: row.id,
    state: row.decision?.outcome ?? 'open',
    person: { id: subject.id, name: subject.name },
    opdName: subject.opd?.name ?? '',
    meeting: meeting && { id: meeting.id, title: meeting.title, startedAt: iso(meeting.startedAt), endedAt: iso(meeting.endedAt) },
    date: row.date,
    zone,
    claimed: { from: iso(row.from), to: iso(row.to), mark: row.mark },
    original: row.original,
    reason: row.reason ?? '–',
    file: row.fileName !== null && row.fileSha256 !== null ? { name: row.fileName, sha256: row.fileSha256 } : null,
    requestedBy: nameOf(row.requestedBy),
    onBehalf: row.requestedBy !== row.personId,
    requestedAt: row.requestedAt.toISOString(),
    dueAt: due.toISOString(),
    overdue: row.decision === null && due < now,
    decision: row.decision && {
      outcome: row.decision.outcome,
      from: iso(row.decision.from),
      to: iso(row.decision.to),
      reason: row.decision.reason,
      by: nameOf(row.decision.byId),
      at: row.decision.at.toISOString(),
    },
    may: { decide: decides && row.decision === null && barred === null, withdraw: row.decision === null && row.requestedBy === actor.id, barred },
  };
}
