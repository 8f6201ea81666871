// The Daftar Hadir of one meeting: who was invited, beside what the witnesses say. Never "absent": only a named human says so.
import type { Sheet, SheetRow } from '../../shared/attendance.ts';
import type { Dossier } from '../meetings/index.ts';
import type { Interval } from './intervals.ts';
import { calledOf, unseenStatus, type Called, type Standings } from './standing.ts';
import { lengthOf, minus, spanOf, unionOf, within, type Span } from './spans.ts';

/** Late = first inside more than this after the later of the planned and the actual start. Our own rule until a region sets one. */
export const LATE_AFTER_MS = 15 * 60_000;

type Invited = Dossier['invitations'][number];
/** Somebody who was inside without an invitation, as the directory knows them today. */
export type Stranger = Pick<Invited, 'name' | 'nip' | 'position' | 'rank' | 'opdName'>;
export type Meeting = Pick<Dossier, 'startsAt' | 'startedAt' | 'endedAt' | 'invitations'>;
/** `outages`: sorted and disjoint, as `unionOf` gives them. `standings`: of those who were called, by person. */
type Moment = { now: Date; outages?: readonly Span[]; standings?: Standings; rollMarks?: RollMarks };
/** The newest mark of the roll-call, by member. */
export type RollMarks = ReadonlyMap<string, NonNullable<SheetRow['rollCall']>>;
type Attendee = Stranger & Pick<Invited, 'member' | 'badge' | 'institution' | 'linkUsed' | 'byLobby'> & { invitedAt: Date | null };

/** Full NIP: whoever shows it masks it. Order: rank of the position, OPD, name; guests last. */
export function rowsOf(
  meeting: Meeting,
  intervals: ReadonlyMap<string, Interval[]>,
  strangers: ReadonlyMap<string, Stranger>,
  { now, outages = [], standings = new Map(), rollMarks = new Map() }: Moment,
): SheetRow[] {
  const invited = new Set(meeting.invitations.map((i) => i.member));
  const uninvited = [...intervals.keys()]
    .filter((member) => !invited.has(member))
    .map((member): Attendee => ({
      ...(strangers.get(member) ?? { name: 'Tidak dikenal', nip: null, position: null, rank: 99, opdName: null }),
      member,
      badge: member.startsWith('g_') ? 'Tamu' : null,
      institution: null,
      linkUsed: false,
      invitedAt: null,
    }));
  // Who was admitted from the waiting room and did not come in is owed no line.
  const all: Attendee[] = [...meeting.invitations.filter(({ byLobby, member }) => !byLobby || intervals.has(member)), ...uninvited];
  const came = (personId: string): boolean => intervals.has(`p_${personId}`);
  return all.toSorted(byProtocol).map((attendee, n) => {
    const seen = intervals.get(attendee.member) ?? [];
    const called = calledOf(standings.get(attendee.member.slice(2)), seen.length > 0, came);
    return { no: n + 1, ...rowOf(attendee, seen, meeting, { now, outages }, called), rollCall: rollMarks.get(attendee.member) ?? null };
  });
}

function rowOf(
  attendee: Attendee,
  intervals: readonly Interval[],
  meeting: Meeting,
  { now, outages = [] }: Moment,
  called: Called,
): Omit<SheetRow, 'no' | 'rollCall'> {
  const [first, last] = [intervals[0], intervals.at(-1)];
  return {
    name: attendee.name,
    nip: attendee.nip,
    position: attendee.position,
    opdName: attendee.opdName ?? attendee.institution,
    badge: attendee.badge,
    invited: attendee.invitedAt !== null && !attendee.byLobby,
    firstIn: first?.from.toISOString() ?? null,
    lastOut: last?.to?.toISOString() ?? null,
    minutes: minutesOf(intervals, now),
    excused: excusedMinutes(intervals, attendee.invitedAt, meeting, { now, outages }),
    insideNow: last?.to === null,
    mode: intervals.some((i) => i.confidence !== 'manual') ? modeOf(attendee) : null,
    status: !first ? unseenStatus(called) : isLate(first.from, attendee.invitedAt, meeting, outages) ? 'terlambat' : 'hadir',
    confidence: weakest(intervals),
    intervals: intervals.map((i) => ({ ...i, from: i.from.toISOString(), to: i.to?.toISOString() ?? null })),
    ...called,
  };
}

/** Added up first and rounded once. */
export const minutesOf = (intervals: readonly Pick<Interval, 'from' | 'to'>[], now: Date): number =>
  Math.round(intervals.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now).getTime() - from.getTime()), 0) / 60_000);

const weakest = (intervals: readonly Interval[]): SheetRow['confidence'] =>
  (['manual', 'perkiraan', 'pasti'] as const).find((confidence) => intervals.some((i) => i.confidence === confidence)) ?? null;

/**
 * Nobody is late for a meeting they did not know of: the clock starts at the invitation. It stands still during an outage.
 * `outages`: sorted and disjoint.
 */
export function isLate(
  firstIn: Date,
  invitedAt: Date | null,
  { startsAt, startedAt }: Pick<Meeting, 'startsAt' | 'startedAt'>,
  outages: readonly Span[] = [],
): boolean {
  const start = Math.max(startsAt.getTime(), startedAt?.getTime() ?? 0, invitedAt?.getTime() ?? 0);
  return firstIn.getTime() - start - lengthOf(within(outages, start, firstIn.getTime())) > LATE_AFTER_MS;
}

/** Minutes of outage in the meeting, after the invitation, in which this person was not seen: they count against nobody. */
function excusedMinutes(intervals: readonly Interval[], invitedAt: Date | null, { startedAt, endedAt }: Meeting, { now, outages = [] }: Moment): number {
  if (startedAt === null || outages.length === 0) return 0;
  const from = Math.max(startedAt.getTime(), invitedAt?.getTime() ?? 0);
  const during = within(outages, from, (endedAt ?? now).getTime());
  return Math.round(lengthOf(minus(during, unionOf(intervals.map((i) => spanOf(i, now))))) / 60_000);
}

const modeOf = ({ badge, linkUsed }: Attendee): SheetRow['mode'] => (badge ? 'tautan tamu' : linkUsed ? 'tautan pribadi' : 'daring');

const byProtocol = (a: Attendee, b: Attendee): number =>
  Number(a.badge !== null) - Number(b.badge !== null) ||
  a.rank - b.rank ||
  compare(a.opdName ?? a.institution, b.opdName ?? b.institution) ||
  compare(a.name, b.name) ||
  compare(a.member, b.member);
const compare = (a: string | null, b: string | null): number => (a ?? '\uffff').localeCompare(b ?? '\uffff', 'id');

export function countsOf(rows: readonly SheetRow[], invited: number): Sheet['counts'] {
  // Who was sent is counted with whom they go for, unless that one came too.
  const beside = rows.filter((r) => r.delegate && !(r.firstIn !== null && r.represents.length === 0));
  const count = (status: SheetRow['status']): number => rows.filter((r) => r.status === status && !beside.includes(r)).length;
  return {
    invited: invited - beside.length,
    hadir: count('hadir'),
    terlambat: count('terlambat'),
    diwakili: count('diwakili'),
    izin: count('izin'),
    menolak: count('menolak'),
    belumAdaBukti: count('belum_ada_bukti'),
    inside: rows.filter((r) => r.insideNow).length,
  };
}
