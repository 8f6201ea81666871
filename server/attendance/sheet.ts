// The Daftar Hadir of one meeting: who was invited, beside what the witnesses say. Never "absent": only a named human says so.
import type { Sheet, SheetRow } from '../../shared/attendance.ts';
import type { Dossier } from '../meetings/index.ts';
import type { Interval } from './intervals.ts';

/** Late = first inside more than this after the later of the planned and the actual start. Our own rule until a region sets one. */
export const LATE_AFTER_MS = 15 * 60_000;

type Invited = Dossier['invitations'][number];
/** Somebody who was inside without an invitation, as the directory knows them today. */
export type Stranger = Pick<Invited, 'name' | 'nip' | 'position' | 'rank' | 'opdName'>;
export type Meeting = Pick<Dossier, 'startsAt' | 'startedAt' | 'endedAt' | 'invitations'>;
type Attendee = Stranger & Pick<Invited, 'member' | 'badge' | 'institution' | 'linkUsed'> & { invitedAt: Date | null };

/** Full NIP: whoever shows it masks it. Order: rank of the position, OPD, name; guests last. */
export function rowsOf(meeting: Meeting, intervals: ReadonlyMap<string, Interval[]>, strangers: ReadonlyMap<string, Stranger>, now: Date): SheetRow[] {
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
  const all: Attendee[] = [...meeting.invitations, ...uninvited];
  return all.toSorted(byProtocol).map((attendee, n) => ({ no: n + 1, ...rowOf(attendee, intervals.get(attendee.member) ?? [], meeting, now) }));
}

function rowOf(attendee: Attendee, intervals: readonly Interval[], meeting: Meeting, now: Date): Omit<SheetRow, 'no'> {
  const [first, last] = [intervals[0], intervals.at(-1)];
  return {
    name: attendee.name,
    nip: attendee.nip,
    position: attendee.position,
    opdName: attendee.opdName ?? attendee.institution,
    badge: attendee.badge,
    invited: attendee.invitedAt !== null,
    firstIn: first?.from.toISOString() ?? null,
    lastOut: last?.to?.toISOString() ?? null,
    minutes: minutesOf(intervals, now),
    excused: 0,
    insideNow: last?.to === null,
    mode: first ? modeOf(attendee) : null,
    status: !first ? 'belum_ada_bukti' : isLate(first.from, attendee.invitedAt, meeting) ? 'terlambat' : 'hadir',
    confidence: !first ? null : intervals.every((i) => i.confidence === 'pasti') ? 'pasti' : 'perkiraan',
    intervals: intervals.map((i) => ({ ...i, from: i.from.toISOString(), to: i.to?.toISOString() ?? null })),
  };
}

/** Added up first and rounded once. */
export const minutesOf = (intervals: readonly Pick<Interval, 'from' | 'to'>[], now: Date): number =>
  Math.round(intervals.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now).getTime() - from.getTime()), 0) / 60_000);

/** Nobody is late for a meeting they did not know of: the clock starts at the invitation. */
export function isLate(firstIn: Date, invitedAt: Date | null, { startsAt, startedAt }: Pick<Meeting, 'startsAt' | 'startedAt'>): boolean {
  const start = Math.max(startsAt.getTime(), startedAt?.getTime() ?? 0, invitedAt?.getTime() ?? 0);
  return firstIn.getTime() - start > LATE_AFTER_MS;
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
  const count = (status: SheetRow['status']): number => rows.filter((r) => r.status === status).length;
  return {
    invited,
    hadir: count('hadir'),
    terlambat: count('terlambat'),
    belumAdaBukti: count('belum_ada_bukti'),
    inside: rows.filter((r) => r.insideNow).length,
  };
}
