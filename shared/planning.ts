// Planning meetings on the wire: the plan and its changes, series, who is not free, times to propose, public holidays.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Invite, MeetingCard, Sifat } from './meetings.ts';
import { ById, Day, Id, Instant, line, paragraphs, Zone } from './people.ts';

export const MOST_OCCURRENCES = 60;
/** `MO` is Monday, as in RFC 5545. */
export const Weekday = z.enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']);
export type Weekday = z.infer<typeof Weekday>;

const Every = z.number().int().min(1).max(12).default(1);
/** `nth` -1 is the last one of a month. A month without that date has no meeting. */
const Pattern = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hari_kerja') }),
  z.object({ kind: z.literal('mingguan'), every: Every, days: z.array(Weekday).min(1).max(7) }),
  z.object({ kind: z.literal('bulanan_tanggal'), every: Every, date: z.number().int().min(1).max(31) }),
  z.object({ kind: z.literal('bulanan_hari'), every: Every, nth: z.union([z.literal(-1), z.number().int().min(1).max(4)]), day: Weekday }),
]);
export const Repeat = z.object({
  pattern: Pattern,
  ends: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('sampai'), day: Day }),
    z.object({ kind: z.literal('kali'), times: z.number().int().min(1).max(MOST_OCCURRENCES) }),
  ]),
  /** On a national or regional holiday or cuti bersama there is none. */
  skipHolidays: z.boolean().default(false),
});
export type Repeat = z.infer<typeof Repeat>;

const About = {
  title: line(160),
  sifat: Sifat,
  description: paragraphs(1, 4000).nullable(),
  /** `Daring`, a room, or both: `Daring; Ruang Rapat Utama`. */
  place: line(160),
  startsAt: Instant,
  endsAt: Instant.nullable(),
};
export const postMeeting = endpoint('POST', '/api/meetings', {
  who: ['pejabat', 'admin_opd', 'operator_dkis'],
  summary:
    'Plan a meeting, or several that repeat; the invited are told. `chairId`: for somebody else, by the admin of their OPD. `key` makes a retry harmless.',
  body: z.object({
    ...About,
    description: About.description.default(null),
    chairId: Id.optional(),
    invite: Invite,
    repeat: Repeat.nullable().default(null),
    key: Id,
  }),
  /** The (first) meeting. */
  reply: MeetingCard,
  refusals: ['meeting.nobody_invited', 'meeting.past', 'meeting.times', 'plan.chair', 'plan.too_many', 'plan.none'],
});

/** Which of a series: this one, this and the following, or all that have not begun. */
export const Scope = z.enum(['ini', 'berikutnya', 'semua']);
export type Scope = z.infer<typeof Scope>;
export const Occurrence = z.object({ meetingId: Id, startsAt: Instant, endsAt: Instant.nullable(), state: MeetingCard.shape.state, movedAlone: z.boolean() });
export const PlanView = z.object({
  meetingId: Id,
  ...About,
  title: z.string(),
  description: z.string().nullable(),
  place: z.string(),
  version: z.number(),
  state: MeetingCard.shape.state,
  zone: Zone,
  opdName: z.string(),
  chairId: Id,
  chairName: z.string(),
  plannerName: z.string().nullable(),
  /** Who is invited and has an account: for asking who is free. */
  people: z.array(Id),
  series: z.object({ rule: z.string(), occurrences: z.array(Occurrence), skipped: z.array(Instant) }).nullable(),
});
export type PlanView = z.infer<typeof PlanView>;
export const getPlan = endpoint('GET', '/api/meetings/:id/plan', {
  who: 'signedIn',
  summary: 'The plan of a meeting and its series, for who prepares it.',
  params: ById,
  reply: PlanView,
  refusals: ['meeting.removed', 'meeting.not_preparer'],
});
export const putPlan = endpoint('PUT', '/api/meetings/:id/plan', {
  who: 'signedIn',
  summary: 'Change or move a meeting, or several of its series; the invited are told. `movedToo`: also those of the series that were moved alone.',
  params: ById,
  body: z.object({
    ...z.object(About).partial().shape,
    version: z.number().int().min(0),
    scope: Scope.default('ini'),
    movedToo: z.boolean().default(false),
    reason: line(300).nullable().default(null),
  }),
  reply: MeetingCard,
  refusals: [
    'meeting.removed',
    'meeting.not_preparer',
    'meeting.changed',
    'meeting.ended',
    'meeting.begun',
    'meeting.cancelled',
    'meeting.past',
    'meeting.times',
    'plan.no_series',
  ],
});
export const postCancellation = endpoint('POST', '/api/meetings/:id/cancellation', {
  who: 'signedIn',
  summary: 'Call off a meeting, or several of its series, with a reason that the invited read. Twice is once.',
  params: ById,
  body: z.object({ reason: line(300), scope: Scope.default('ini') }),
  reply: MeetingCard,
  refusals: ['meeting.removed', 'meeting.not_preparer', 'meeting.ended', 'meeting.begun', 'plan.no_series'],
});
export const postPlanInvitations = endpoint('POST', '/api/meetings/:id/plan/invitations', {
  who: 'signedIn',
  once: true,
  summary: 'Invite more people to a meeting, to it and the following of its series, or to all that have not begun; each gets one letter.',
  params: ById,
  body: z.object({ invite: Invite, scope: Scope }),
  /** To how many meetings they are invited now. */
  reply: z.object({ meetings: z.number() }),
  refusals: ['meeting.removed', 'meeting.not_preparer', 'meeting.nobody_invited', 'meeting.ended', 'meeting.cancelled', 'plan.no_series'],
});
export const PlanChange = z.object({
  version: z.number(),
  kind: z.enum(['diubah', 'dibatalkan']),
  /** Only what was another thing before. */
  before: z
    .object({ title: z.string(), sifat: Sifat, place: z.string(), description: z.string().nullable(), startsAt: Instant, endsAt: Instant.nullable() })
    .partial(),
  reason: z.string().nullable(),
  byName: z.string().nullable(),
  at: Instant,
});
export type PlanChange = z.infer<typeof PlanChange>;
export const getPlanChanges = endpoint('GET', '/api/meetings/:id/plan/changes', {
  who: 'signedIn',
  summary: 'What was planned before, the newest first; for whoever may open the meeting.',
  params: ById,
  reply: z.array(PlanChange),
  refusals: ['meeting.removed'],
});

/** What keeps somebody away. `cuti` is all that others learn of leave and illness. */
export const BusyKind = z.enum(['rapat', 'konferensi', 'cuti', 'sakit', 'dinas_luar', 'libur', 'piket']);
export type BusyKind = z.infer<typeof BusyKind>;
export const Conflict = z.object({
  personId: Id,
  name: z.string(),
  position: z.string().nullable(),
  kind: BusyKind,
  /** Only for whoever may read that meeting or conference. */
  title: z.string().nullable(),
  /** Null: the whole day. */
  from: Instant.nullable(),
  to: Instant.nullable(),
  /** The start it stands against. */
  startsAt: Instant,
});
export type Conflict = z.infer<typeof Conflict>;
export const Holiday = z.object({
  day: Day,
  name: line(120),
  kind: z.enum(['nasional', 'cuti_bersama', 'daerah']),
  /** The decree: `SKB 3 Menteri 1017/2025 …`. */
  basis: line(200),
});
export type Holiday = z.infer<typeof Holiday>;
const Asked = {
  invite: Invite,
  chairId: Id.optional(),
  /** A meeting that is being moved: it (and its series) stands in nobody's way. */ meetingId: Id.optional(),
};
export const postConflicts = endpoint('POST', '/api/planning/conflicts', {
  who: ['pejabat', 'admin_opd', 'operator_dkis'],
  summary: 'Who of the invited is not free at a time, or at each time of a series, and which holidays it meets. A warning; nothing is refused by it.',
  body: z.object({
    ...Asked,
    startsAt: Instant,
    endsAt: Instant.nullable(),
    repeat: Repeat.nullable().default(null),
    /** With `meetingId`: asked of more than this one of its series, each at its own hours. */
    scope: Scope.optional(),
  }),
  reply: z.object({
    /** `skipped`: left out for a holiday. */
    occurrences: z.array(z.object({ startsAt: Instant, holiday: Holiday.nullable(), skipped: z.boolean() })),
    asked: z.number(),
    /** At most 500. */
    conflicts: z.array(Conflict),
  }),
  refusals: ['meeting.times', 'plan.chair', 'plan.too_many', 'plan.none', 'plan.no_series'],
});
export const Proposal = z.object({
  startsAt: Instant,
  endsAt: Instant,
  free: z.number(),
  asked: z.number(),
  /** The highest first. */
  busy: z.array(Conflict),
  /** Free, and on duty at the office that day. */
  onDuty: z.array(z.string()),
});
export type Proposal = z.infer<typeof Proposal>;
export const postTimes = endpoint('POST', '/api/planning/times', {
  who: ['pejabat', 'admin_opd', 'operator_dkis'],
  summary: 'Cari waktu: up to eight times in the next 14 working days at which the most of the invited are free, heads first, then the earliest.',
  body: z.object({ ...Asked, minutes: z.number().int().min(15).max(480), from: Day.optional() }),
  reply: z.object({ zone: Zone, proposals: z.array(Proposal) }),
  refusals: ['plan.chair'],
});

export const Year = z.coerce.number().int().min(2020).max(2100);
export const HolidayYear = z.object({
  year: z.number(),
  /** 0: nothing was entered. */
  version: z.number(),
  holidays: z.array(Holiday),
  byName: z.string().nullable(),
  at: Instant.nullable(),
});
export type HolidayYear = z.infer<typeof HolidayYear>;
export const getHolidays = endpoint('GET', '/api/holidays', {
  who: 'signedIn',
  summary: 'Public holidays, cuti bersama and regional holidays of a year, as entered.',
  query: z.object({ year: Year }),
  reply: HolidayYear,
});
export const putHolidays = endpoint('PUT', '/api/holidays', {
  who: ['bkd', 'administrator'],
  summary: 'The holidays of a year, whole. `version`: the one it was made from; the former list stays on record.',
  body: z.object({ year: Year, version: z.number().int().min(0), holidays: z.array(Holiday).max(100) }),
  reply: HolidayYear,
  refusals: ['holidays.changed'],
});
export const postHolidayReading = endpoint('POST', '/api/holidays/reading', {
  who: ['bkd', 'administrator'],
  bodyType: 'text/csv',
  body: z.string().max(100_000),
  summary: 'Reads pasted rows (tanggal; nama; jenis; dasar) into holidays; nothing is saved.',
  reply: z.object({ holidays: z.array(Holiday), problems: z.array(z.object({ row: z.number(), reason: z.string() })) }),
  refusals: ['import.unreadable'],
});
