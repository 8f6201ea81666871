// Verbs of the sheet: read it live or frozen, freeze it under a number, give it out as a paper or a file, verify it.
import type { Sheet } from '../../shared/attendance.ts';
import type { Verification } from '../../shared/letters.ts';
import type { Letters } from '../letters/index.ts';
import type { Dossier, Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Ledger } from '../platform/ledger-keeper.ts';
import { rootText } from '../platform/ledger.ts';
import { tell } from '../platform/live.ts';
import { newCode } from '../platform/paper-code.ts';
import { paperNumber } from '../platform/paper-number.ts';
import { refuse } from '../platform/refusal.ts';
import type { ServedFile, SignedIn } from '../platform/serve.ts';
import type { Outages } from '../platform/outages.ts';
import type { Rooms } from '../rooms/index.ts';
import { fingerprintOf } from '../platform/canonical.ts';
import { csvOf, fileName, xlsxOf } from './exports.ts';
import { listed, type Accepted, type Corrections } from './corrections.ts';
import { fold, withManual, type Interval } from './intervals.ts';
import { dayIn } from '../platform/local-time.ts';
import { paperOf, type Paper } from './paper.ts';
import { countsOf, rowsOf, type RollMarks, type Stranger } from './sheet.ts';
import { withAnswers, type Answered, type Standing } from './standing.ts';
import { spanOf, unionOf } from './spans.ts';
import * as store from './store.ts';

export type SheetWorld = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'maskNip' | 'persons' | 'topOpd' | 'regionName' | 'noteAccess' | 'mayAdminister'>;
  rooms: Pick<Rooms, 'presenceOf'>;
  meetings: Pick<Meetings, 'dossier' | 'mayReadAttendance'>;
  letters: Pick<Letters, 'available' | 'pdf' | 'verificationUrl'>;
  ledger: Pick<Ledger, 'root'>;
  outages: Pick<Outages, 'between'>;
  /** Who was called for which post and what they answered, by meeting. */
  calls: { standings(tx: Tx, meetingIds: readonly string[]): Promise<ReadonlyMap<string, readonly Standing[]>> };
  /** Who answered the invitation how, and who was sent by disposisi for whom; by member. */
  invitations: { standings(tx: Tx, meetingId: string): Promise<ReadonlyMap<string, Answered>> };
  /** Whom the chair called by name, and who answered. */
  proceedings: { rollMarks(tx: Tx, meetingId: string): Promise<RollMarks> };
  /** What named humans accepted beside the witnesses. */
  corrections: Pick<Corrections, 'accepted'>;
};
export type SheetVerbs = ReturnType<typeof createSheets>;

/** LiveKit repeats a leave it could not deliver for up to 45 s: until then an open session may still be told its end. */
const LATE_NEWS_MS = 60_000;

export function createSheets({ sql, clock, people, rooms, meetings, letters, ledger, outages, calls, invitations, proceedings, corrections }: SheetWorld) {
  /** Somebody else's meeting does not exist for the caller. */
  async function readable(tx: Tx, person: SignedIn, meetingId: string): Promise<Dossier> {
    const dossier = await meetings.dossier(tx, meetingId);
    return dossier && meetings.mayReadAttendance(person, dossier) ? dossier : refuse('not_found');
  }

  /** By member. `until` null: as if the meeting ran on. */
  async function intervalsOf(tx: Tx, dossier: Dossier, until: Date | null): Promise<Map<string, Interval[]>> {
    const facts = dossier.roomId ? await rooms.presenceOf(tx, [dossier.roomId]) : [];
    return fold(facts, { from: dossier.startedAt, to: until, now: clock.now() });
  }

  /** With what named humans accepted: inside the meeting, and only where no witness saw the person. */
  function corrected({ startedAt, endedAt }: Dossier, seen: Map<string, Interval[]>, accepted: readonly Accepted[]): Map<string, Interval[]> {
    const until = endedAt ?? clock.now();
    const all = new Map(seen);
    for (const { personId, from, to } of accepted) {
      if (!startedAt || !from || !to) continue;
      const span = { from: from < startedAt ? startedAt : from, to: to > until ? until : to };
      all.set(`p_${personId}`, withManual(all.get(`p_${personId}`) ?? [], [span]));
    }
    return all;
  }

  /** As the witnesses have it now. */
  async function live(tx: Tx, dossier: Dossier): Promise<Paper> {
    const now = clock.now();
    const accepted = await corrections.accepted(tx, { meetingId: dossier.id });
    const intervals = corrected(dossier, await intervalsOf(tx, dossier, dossier.endedAt), accepted);
    const away = dossier.startedAt ? await outages.between(tx, dossier.startedAt, dossier.endedAt ?? now) : [];
    const invited = new Map(dossier.invitations.map((i) => [i.member, i]));
    const unknown = [...intervals.keys()].filter((m) => !invited.has(m) && m.startsWith('p_')).map((m) => m.slice(2));
    const persons = await people.persons(tx, [dossier.chairId, ...unknown]);
    const strangers = new Map(
      unknown.flatMap((id): [string, Stranger][] => {
        const p = persons.get(id);
        return p ? [[`p_${id}`, { name: p.name, nip: p.nip, position: p.position, rank: p.rank, opdName: p.opd?.name ?? null }]] : [];
      }),
    );
    const opd = await people.topOpd(tx, dossier.opdId);
    // The position is the one in which the chair was invited: the paper says the position of that day.
    const chair = invited.get(`p_${dossier.chairId}`) ?? persons.get(dossier.chairId);
    const called = (await calls.standings(tx, [dossier.id])).get(dossier.id) ?? [];
    const standings = withAnswers(called, (await invitations.standings(tx, dossier.id)).values());
    const rows = rowsOf(dossier, intervals, strangers, {
      now,
      outages: unionOf(away.map((w) => spanOf(w, now))),
      standings,
      rollMarks: await proceedings.rollMarks(tx, dossier.id),
    });
    return {
      meetingId: dossier.id,
      state: dossier.endedAt ? 'menunggu' : 'berjalan',
      number: null,
      code: null,
      finalisedAt: null,
      finalisedBy: null,
      title: dossier.title,
      sifat: dossier.sifat,
      opdName: opd?.name ?? '',
      regionName: await people.regionName(tx),
      zone: opd?.zone ?? 'Asia/Jakarta',
      place: dossier.place,
      chairName: chair?.name ?? '',
      chairPosition: chair?.position ?? null,
      chairNip: chair?.nip ?? null,
      startedAt: dossier.startedAt?.toISOString() ?? null,
      endedAt: dossier.endedAt?.toISOString() ?? null,
      outages: away.map(({ what, from, to }) => ({ what, from: from.toISOString(), to: to?.toISOString() ?? null })),
      rows,
      corrections: accepted.map((a) => listed(a, false)),
      counts: countsOf(rows, dossier.invitations.filter(({ byLobby }) => !byLobby).length),
    };
  }

  /** A final list stays as it was; what was accepted since stands under it. */
  async function withLater(tx: Tx, { meetingId, content }: store.Frozen): Promise<Paper> {
    const known = new Set(content.corrections.map((c) => c.id));
    const later = (await corrections.accepted(tx, { meetingId })).filter((a) => !known.has(a.id));
    return { ...content, corrections: [...content.corrections, ...later.map((a) => listed(a, true))] };
  }

  /** With what humans accepted so far: what an objection objects to. */
  async function intervalsNow(tx: Tx, dossier: Dossier): Promise<Map<string, Interval[]>> {
    return corrected(dossier, await intervalsOf(tx, dossier, dossier.endedAt), await corrections.accepted(tx, { meetingId: dossier.id }));
  }

  async function current(tx: Tx, dossier: Dossier): Promise<Paper> {
    const frozen = await store.sheetOf(tx, dossier.id);
    return frozen ? withLater(tx, frozen) : live(tx, dossier);
  }
  /** For other papers of the same meeting, whose readers are theirs to check: full NIP, final or as it stands. */
  async function sheetAsOf(tx: Tx, meetingId: string): Promise<Paper> {
    return current(tx, (await meetings.dossier(tx, meetingId)) ?? refuse('not_found'));
  }
  const masked = (sheet: Paper): Sheet => ({ ...sheet, rows: sheet.rows.map((row) => ({ ...row, nip: people.maskNip(row.nip) })) });

  async function read(person: SignedIn, meetingId: string): Promise<Sheet> {
    return sql.begin(async (tx) => {
      const sheet = await current(tx, await readable(tx, person, meetingId));
      await people.noteAccess(tx, {
        by: person.id,
        what: 'daftar_hadir.baca',
        subject: meetingId,
        count: sheet.rows.length,
        scope: { kind: 'meeting', id: meetingId },
      });
      return masked(sheet);
    });
  }

  /** Freezes the sheet under the next number of the OPD. Finalising again answers the sheet that is. */
  async function finalise(person: SignedIn, meetingId: string): Promise<Sheet> {
    return sql.begin(async (tx) => {
      const opening = await readable(tx, person, meetingId);
      const opd = await people.topOpd(tx, opening.opdId);
      if (!opd) refuse('not_found');
      if (opening.chairId !== person.id && !(await people.mayAdminister(tx, person, opd.id))) refuse('meeting.not_chair');
      await store.lockMeeting(tx, meetingId);
      const before = await store.sheetOf(tx, meetingId);
      if (before) return masked(await withLater(tx, before));

      const dossier = await readable(tx, person, meetingId);
      await refuseWhileRunning(tx, dossier);
      const at = clock.now();
      const day = dayIn(at, opd.zone);
      const year = Number(day.slice(0, 4));
      const sheet = await live(tx, dossier);
      const serial = await store.nextSerial(tx, opd.id, year);
      const number = paperNumber('DH', serial, opd.abbreviation, day);
      const code = newCode();
      const content: Paper = { ...sheet, state: 'final', number, code, finalisedAt: at.toISOString(), finalisedBy: person.name };
      await store.insertSheet(tx, { meetingId, opdId: opd.id, year, serial, number, code, content, fingerprint: fingerprintOf(content), at, by: person.id });
      await people.noteAccess(tx, {
        by: person.id,
        what: 'daftar_hadir.final',
        subject: meetingId,
        count: content.rows.length,
        scope: { kind: 'meeting', id: meetingId },
      });
      await tell(tx, [`host:${meetingId}`], { type: 'attendance.changed', meetingId });
      return masked(content);
    });
  }

  async function refuseWhileRunning(tx: Tx, dossier: Dossier): Promise<void> {
    const settled = dossier.endedAt !== null && clock.now().getTime() - dossier.endedAt.getTime() > LATE_NEWS_MS;
    if (settled) return;
    const open = [...(await intervalsOf(tx, dossier, null))].filter(([, list]) => list.at(-1)?.to === null).map(([member]) => member);
    if (open.length > 0) refuse('sheet.somebody_inside', { names: namesOf(dossier, open) });
    if (dossier.endedAt === null) refuse('sheet.not_ended');
  }

  /** `what` of the access log tells a reading from a copy that leaves the portal; such a copy carries a root of the ledger. */
  async function taken(
    person: SignedIn,
    meetingId: string,
    what: 'pdf' | 'xlsx' | 'csv',
  ): Promise<{ sheet: Paper; fingerprint: string | null; root: string | null }> {
    const copy = await sql.begin(async (tx) => {
      const dossier = await readable(tx, person, meetingId);
      const frozen = await store.sheetOf(tx, meetingId);
      if (what === 'pdf' && !frozen) refuse('sheet.not_ended');
      if (what === 'pdf' && !letters.available) refuse('pdf.unavailable');
      const sheet = frozen ? await withLater(tx, frozen) : await live(tx, dossier);
      await people.noteAccess(tx, {
        by: person.id,
        what: `daftar_hadir.${what}`,
        subject: meetingId,
        count: sheet.rows.length,
        scope: { kind: 'meeting', id: meetingId },
      });
      return { sheet, fingerprint: frozen?.fingerprint ?? null };
    });
    const root = await ledger.root();
    return { ...copy, root: root && rootText(root) };
  }

  async function pdf(person: SignedIn, meetingId: string): Promise<ServedFile> {
    const { sheet, fingerprint, root } = await taken(person, meetingId, 'pdf');
    const data = paperOf(sheet, { url: letters.verificationUrl(sheet.code ?? ''), fingerprint: fingerprint ?? '', root });
    return { content: await letters.pdf('daftar-hadir', data, new Date(sheet.finalisedAt ?? 0)), name: fileName(sheet, 'pdf') };
  }
  async function xlsx(person: SignedIn, meetingId: string): Promise<ServedFile> {
    const { sheet, root } = await taken(person, meetingId, 'xlsx');
    return { content: await xlsxOf(sheet, root), name: fileName(sheet, 'xlsx') };
  }
  async function csv(person: SignedIn, meetingId: string): Promise<ServedFile> {
    const { sheet, root } = await taken(person, meetingId, 'csv');
    return { content: csvOf(sheet, root), name: fileName(sheet, 'csv') };
  }

  /** What anybody who holds the paper may know. */
  async function verify(code: string): Promise<Verification | null> {
    const frozen = await store.sheetByCode(sql, code);
    if (!frozen) return null;
    const { number, title, opdName, regionName, chairName, startedAt, endedAt, zone, finalisedAt, counts } = frozen.content;
    return {
      paper: 'daftar_hadir',
      number: number ?? '',
      title,
      opdName,
      regionName,
      chairName,
      startedAt,
      endedAt,
      zone,
      finalisedAt: finalisedAt ?? '',
      present: counts.hadir + counts.terlambat,
      invited: counts.invited,
      decisions: null,
      fingerprint: frozen.fingerprint,
    };
  }

  return { read, finalise, pdf, xlsx, csv, verify, intervalsNow, sheetAsOf };
}

const NAMES = 5;
function namesOf(dossier: Dossier, members: readonly string[]): string {
  const names = members.map((member) => dossier.invitations.find((i) => i.member === member)?.name ?? 'tanpa undangan');
  return names.length > NAMES ? `${names.slice(0, NAMES).join(', ')}, dan ${names.length - NAMES} lainnya` : names.join(', ');
}
