// Daftar Hadir, its exports, its public verification, and the day board, on the wire.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { DayCode } from './roster.ts';
import { ById, Day, Id, Instant, Zone } from './people.ts';
import { Badge, Sifat } from './meetings.ts';
import { OutageWindow } from './outages.ts';

/**
 * Never "absent": only a named human says so. `belum_ada_bukti` = no witness has seen this person. Of those called: `diwakili` = who was
 * rung, or sent by disposisi, in their place came; `menolak` = they declined a call, with a reason, and nobody came for them; `izin` = they said
 * beforehand that they do not come, with a reason.
 */
export const AttendanceStatus = z.enum(['hadir', 'terlambat', 'diwakili', 'izin', 'menolak', 'belum_ada_bukti']);
export type AttendanceStatus = z.infer<typeof AttendanceStatus>;
/** `manual`: not seen by a witness but accepted by a named human (a correction). */
export const Confidence = z.enum(['pasti', 'perkiraan', 'manual']);
export const Interval = z.object({
  from: Instant,
  to: Instant.nullable(),
  confidence: Confidence,
  sources: z.array(z.enum(['webhook', 'poll', 'supervisor', 'heartbeat', 'koreksi'])),
});

export const DayMark = z.enum(['hadir_wfh', 'belum_ada_bukti', 'gangguan_sistem', 'tidak_dinilai']);

/** What the record said when the objection was made: of a meeting, or of a day. */
export const OriginalReading = z.discriminatedUnion('of', [
  z.object({ of: z.literal('meeting'), intervals: z.array(Interval), minutes: z.number() }),
  z.object({ of: z.literal('day'), code: DayCode.nullable(), mark: DayMark, evidence: z.array(z.object({ title: z.string(), minutes: z.number() })) }),
]);
export type OriginalReading = z.infer<typeof OriginalReading>;

/** A correction as it stands under a list it changed: the original beside it, the reason, both names. */
export const ListedCorrection = z.object({
  id: Id,
  personName: z.string(),
  original: OriginalReading.nullable(),
  from: Instant.nullable(),
  to: Instant.nullable(),
  reason: z.string(),
  requestedBy: z.string(),
  decidedBy: z.string(),
  decidedAt: Instant,
  afterFinal: z.boolean(),
});
export type ListedCorrection = z.infer<typeof ListedCorrection>;

export const SheetRow = z.object({
  no: z.number(),
  name: z.string(),
  nip: z.string().nullable(),
  position: z.string().nullable(),
  opdName: z.string().nullable(),
  badge: Badge,
  /** False: was inside without being on the list of the invited. */
  invited: z.boolean().default(true),
  firstIn: Instant.nullable(),
  lastOut: Instant.nullable(),
  minutes: z.number(),
  /** Minutes of outage within the meeting, after the invitation, in which this person was not seen: counted against nobody. */
  excused: z.number().default(0),
  insideNow: z.boolean(),
  /** How the person took part, in words of the office. */
  mode: z.enum(['daring', 'tautan pribadi', 'tautan tamu']).nullable(),
  status: AttendanceStatus,
  confidence: Confidence.nullable(),
  intervals: z.array(Interval),
  /** Who came in this person's place ("Plh. Kepala Dinas Kesehatan"). */
  representedBy: z.array(z.object({ name: z.string(), label: z.string(), disposisi: z.string().nullable().default(null) })).default([]),
  /** Posts of others for which this person came. */
  represents: z.array(z.string()).default([]),
  /** Was invited only in the place of another: counted with them. */
  delegate: z.boolean().default(false),
  /** What somebody who was called, or invited, and did not come has answered. */
  answer: z
    .object({ said: z.enum(['menolak', 'menyusul', 'tidak']), reason: z.string().nullable(), eta: Instant.nullable() })
    .nullable()
    .default(null),
  /** What the chair noted when this person was last called by name. A note: the status is what witnesses say. */
  rollCall: z
    .object({ mark: z.enum(['hadir', 'tidak_menjawab']), at: Instant })
    .nullable()
    .default(null),
});
export type SheetRow = z.infer<typeof SheetRow>;
export const Sheet = z.object({
  meetingId: Id,
  state: z.enum(['berjalan', 'menunggu', 'final']),
  /** Register number and verification code of the final sheet. */
  number: z.string().nullable(),
  code: z.string().nullable(),
  finalisedAt: Instant.nullable(),
  finalisedBy: z.string().nullable(),
  title: z.string(),
  sifat: Sifat,
  opdName: z.string(),
  regionName: z.string(),
  chairName: z.string(),
  chairPosition: z.string().nullable(),
  zone: Zone,
  place: z.string(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** When the portal, its database or its media server was away during this meeting. */
  outages: z.array(OutageWindow).default([]),
  rows: z.array(SheetRow),
  /** What named humans accepted beside the witnesses; after the list was final, it stands under it and changes nothing above. */
  corrections: z.array(ListedCorrection).default([]),
  counts: z.object({
    invited: z.number(),
    hadir: z.number(),
    terlambat: z.number(),
    diwakili: z.number().default(0),
    izin: z.number().default(0),
    menolak: z.number().default(0),
    belumAdaBukti: z.number(),
    inside: z.number(),
  }),
});
export type Sheet = z.infer<typeof Sheet>;

export const getSheet = endpoint('GET', '/api/meetings/:id/attendance', {
  who: 'signedIn',
  summary: 'Daftar Hadir: live while the meeting runs, frozen once final. For the chair, admins of the OPD and BKD. NIP masked. Reading is logged.',
  params: ById,
  reply: Sheet,
  refusals: ['meeting.removed'],
});
export const postSheetFinal = endpoint('POST', '/api/meetings/:id/attendance/final', {
  who: 'signedIn',
  summary: 'Freeze the sheet under the next register number (repeating answers the same sheet).',
  params: ById,
  reply: Sheet,
  refusals: ['meeting.removed', 'sheet.not_ended', 'sheet.somebody_inside', 'meeting.not_chair'],
});
export const getSheetPdf = endpoint('GET', '/api/meetings/:id/attendance.pdf', {
  who: 'signedIn',
  summary: 'Daftar Hadir as an official paper (PDF/A, letterhead, QR). Full NIP; logged.',
  params: ById,
  reply: file('application/pdf'),
  refusals: ['meeting.removed', 'pdf.unavailable', 'sheet.not_ended'],
});
export const getSheetXlsx = endpoint('GET', '/api/meetings/:id/attendance.xlsx', {
  who: 'signedIn',
  summary: 'Daftar Hadir as XLSX; NIP is text.',
  params: ById,
  reply: file('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
  refusals: ['meeting.removed'],
});
export const getSheetCsv = endpoint('GET', '/api/meetings/:id/attendance.csv', {
  who: 'signedIn',
  summary: 'Daftar Hadir as CSV (UTF-8 with BOM); cells cannot become formulas.',
  params: ById,
  reply: file('text/csv'),
  refusals: ['meeting.removed'],
});

/** It was a press conference, and `meetingId` is its id. `opens`: the reader may look at its page. */
export const AsConference = z.object({ opens: z.boolean() }).optional();

export const DayRow = z.object({
  personId: Id,
  name: z.string(),
  nip: z.string().nullable(),
  position: z.string().nullable(),
  unitName: z.string(),
  code: DayCode.nullable(),
  basis: z.string().nullable(),
  /** `hadir_wfh`: the code is WFH and a meeting, or a press conference as one of its crew, was joined. `gangguan_sistem`: no evidence, and the portal was away. `tidak_dinilai`: this code is not marked by meetings. */
  mark: DayMark,
  evidence: z.array(
    z.object({
      meetingId: Id,
      title: z.string(),
      from: Instant,
      to: Instant.nullable(),
      minutes: z.number(),
      conference: AsConference,
    }),
  ),
  /** A named human accepted an objection to this day, or to a meeting on it. */
  corrected: z.boolean().default(false),
  /** With this code one records at the attendance machine. */
  mustRecord: z.boolean().default(false),
  /** What the machine's log says; null: nothing. Minutes late and early by the hours of the office, where one must record. */
  machine: z.object({ first: Instant, last: Instant, punches: z.number(), late: z.number(), early: z.number() }).nullable().default(null),
  /** Something of this day is for a human to look at. */
  asks: z.boolean().default(false),
});
export type DayRow = z.infer<typeof DayRow>;
export const DayBoard = z.object({
  opdId: Id,
  opdName: z.string(),
  date: Day,
  zone: Zone,
  outages: z.array(OutageWindow).default([]),
  /** The office's day: `moved` when hours or holidays have changed since it ended, and it still counts by the former ones. */
  office: z.object({
    kind: z.enum(['kerja', 'akhir_pekan', 'libur', 'cuti_bersama']),
    name: z.string().nullable(),
    hours: z.object({ from: Instant, to: Instant }).nullable(),
    moved: z.boolean(),
  }),
  /** The newest touch of the machine on record; null: no log was taken in. */
  machineUntil: Instant.nullable(),
  rows: z.array(DayRow),
});
export type DayBoard = z.infer<typeof DayBoard>;
export const getDayBoard = endpoint('GET', '/api/opds/:id/day', {
  who: 'signedIn',
  summary: "The OPD's day: planned code beside what is known. For its head and admins, BKD and administrators. Reading is logged.",
  params: ById,
  query: z.object({ date: Day.optional() }),
  reply: DayBoard,
});
export const MyDay = z.object({
  date: Day,
  zone: Zone,
  code: DayCode.nullable(),
  basis: z.string().nullable(),
  mark: DayMark,
  evidence: DayRow.shape.evidence,
  corrected: DayRow.shape.corrected,
  outages: DayBoard.shape.outages,
});
export type MyDay = z.infer<typeof MyDay>;
export const getMyDay = endpoint('GET', '/api/me/day', {
  who: 'signedIn',
  summary: 'Today of the signed-in person: code, its basis, and what has marked it.',
  reply: MyDay,
});
