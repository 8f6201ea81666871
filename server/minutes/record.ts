// What the record says of a meeting, as the minutes take it over: facts from the attendance list, decisions word for word. Pure.
import type { MinutesDecision, MinutesFacts } from '../../shared/minutes.ts';
import type { Decision, MeetingRecord } from '../../shared/proceedings.ts';
import type { Attendance } from '../attendance/index.ts';

export type Sheet = Awaited<ReturnType<Attendance['sheetAsOf']>>;
type Row = Sheet['rows'][number];

/** `notulis`: the chair where nobody was named. NIP only for the two who sign. */
export function factsOf(sheet: Sheet, { notulis, quorum, agenda }: MeetingRecord, startedAt: Date, noteOf: Attendance['noteOf']): MinutesFacts {
  const named = notulis && { name: notulis.name, position: notulis.label };
  return {
    title: sheet.title,
    sifat: sheet.sifat,
    opdName: sheet.opdName,
    regionName: sheet.regionName,
    zone: sheet.zone,
    place: sheet.place,
    chairName: sheet.chairName,
    chairPosition: sheet.chairPosition,
    notulisName: named?.name ?? sheet.chairName,
    notulisPosition: named ? named.position : sheet.chairPosition,
    startedAt: sheet.startedAt ?? startedAt.toISOString(),
    endedAt: sheet.endedAt,
    sheetNumber: sheet.number,
    invited: sheet.counts.invited,
    people: sheet.rows.map((row) => personOf(row, noteOf(row, sheet))),
    quorum: quorum.units.length === 0 ? null : { needed: quorum.needed, present: quorum.present, units: quorum.units.length, reachedAt: quorum.reachedAt },
    agenda: agenda.spent.map((span) => ({ ...span, minutes: agenda.items.find(({ id }) => id === span.itemId)?.minutes ?? null })),
  };
}

const personOf = (row: Row, detail: string | null): MinutesFacts['people'][number] => ({
  no: row.no,
  name: row.name,
  position: row.position,
  opdName: row.opdName,
  badge: row.badge,
  status: row.status,
  detail,
  firstIn: row.firstIn,
  lastOut: row.lastOut,
});

/** Those that were confirmed, by number; a withdrawn one keeps its number and says so. */
export const decisionsOf = ({ decisions }: MeetingRecord): MinutesDecision[] =>
  decisions.flatMap((d) => (d.no === null || d.decidedAt === null ? [] : [decisionOf(d, d.no, d.decidedAt)])).toSorted((a, b) => a.no - b.no);

function decisionOf(d: Decision, no: number, decidedAt: string): MinutesDecision {
  return {
    id: d.id,
    no,
    text: d.text,
    basis: d.basis,
    responsible: responsibleOf(d),
    dueOn: d.dueOn,
    agreed: d.voices.filter(({ answer }) => answer === 'setuju').length,
    objections: d.voices.flatMap(({ answer, name, words }) => (answer === 'keberatan' ? [{ name, words: words ?? '' }] : [])),
    decidedAt,
    decidedBy: d.decidedAs ? `${d.decidedByName ?? ''} (${d.decidedAs})` : (d.decidedByName ?? ''),
    quorum: d.quorum,
    underQuorumReason: d.underQuorumReason,
    strategicReason: d.strategicReason,
    revoked: d.revokedAt === null ? null : { at: d.revokedAt, byName: d.revokedByName ?? '', reason: d.revokedReason ?? '' },
  };
}

/** `Kepala Dinas Sosial (Plh. Budi Santosa)`. */
function responsibleOf({ responsible }: Decision): string | null {
  if (!responsible) return null;
  const { title, holder } = responsible;
  if (!holder) return title;
  return holder.label === title ? `${title} (${holder.name})` : `${title} (${holder.name}, ${holder.label})`;
}
