// Privacy on the wire: a person's own data and who looked at it, retention, legal hold and destruction.
import { Passkey } from './sign-in.ts';
import { z } from 'zod';
import { Confidence, DayMark, Interval } from './attendance.ts';
import { CalleeState, Channel } from './calls.ts';
import { Outcome } from './confirmations.ts';
import { Correction } from './corrections.ts';
import { endpoint, file } from './endpoint.ts';
import { OwnMachine } from './machine.ts';
import { ById, Day, Id, Instant, line, SessionView, SignInView, Zone } from './people.ts';
import { DayCode } from './roster.ts';

/** When somebody else read or took something this person is in. */
export const Look = z.object({
  at: Instant,
  /** Name of the official; null: the portal itself. */
  by: z.string().nullable(),
  /** Code of what was read, as the access log has it. */
  what: z.string(),
  /** It left the portal as a file. */
  taken: z.boolean(),
  /** How this person is in it: by name, as somebody of that meeting, or as somebody of that unit. */
  through: z.enum(['person', 'meeting', 'opd']),
  /** Title of the meeting, name of the unit, when known. */
  about: z.string().nullable(),
});
export type Look = z.infer<typeof Look>;

export const OwnExport = z.object({
  date: Day,
  month: z.string(),
  opdName: z.string().nullable(),
  serial: z.number(),
  code: z.string().nullable(),
  note: z.string().nullable(),
  madeBy: z.string().nullable(),
  madeAt: Instant,
  state: z.enum(['siap', 'terkirim', 'ditolak']),
  reason: z.string().nullable(),
});

/** What this person answered, said, voted (of a secret vote only that it was given), was told, and what was done about them, around meetings. */
export const OwnSaid = z.object({
  at: Instant,
  kind: z.enum(['jawaban', 'disposisi', 'obrolan', 'takarir', 'suara', 'materi', 'ruang_tunggu', 'tindakan', 'permintaan', 'pemberitahuan']),
  meeting: z.string().nullable(),
  words: z.object({ id: z.string(), en: z.string() }),
  detail: z.string().nullable(),
});
export type OwnSaid = z.infer<typeof OwnSaid>;

/** What the roster holds of this person beside the days on record. */
export const OwnRoster = z.object({
  /** Days after today that are said already. */
  ahead: z.array(z.object({ date: Day, code: DayCode, basis: z.string() })),
  /** `until` is the last day; null: without an end. */
  groups: z.array(z.object({ name: z.string(), from: Day, until: Day.nullable(), basis: z.string() })),
  /** Since when this person asked to be at home first for health; why is kept nowhere. */
  homeFirst: Instant.nullable(),
});

export const MyData = z.object({
  person: z.object({ name: z.string(), nip: z.string().nullable(), position: z.string().nullable(), opdName: z.string().nullable() }),
  regionName: z.string(),
  officer: z.string().nullable(),
  zone: Zone,
  /** Days of the office, both included: the period of meetings, days and corrections. */
  from: Day,
  to: Day,
  madeAt: Instant,
  meetings: z.array(
    z.object({ meetingId: Id, title: z.string(), /** A press conference. */ conference: z.boolean(), intervals: z.array(Interval), minutes: z.number() }),
  ),
  days: z.array(
    z.object({
      date: Day,
      code: DayCode.nullable(),
      basis: z.string().nullable(),
      mark: DayMark,
      minutes: z.number(),
      confidence: Confidence.nullable(),
      outage: z.boolean(),
      corrected: z.boolean(),
      objected: z.boolean(),
      confirmed: z.object({ outcome: Outcome, by: z.string(), at: Instant, reason: z.string().nullable() }).nullable(),
    }),
  ),
  machine: OwnMachine,
  roster: OwnRoster,
  corrections: z.array(Correction),
  /** Calls this person was called in, or placed (`youAs` empty). */
  calls: z.array(
    z.object({
      callId: Id,
      placedAt: Instant,
      subject: z.string(),
      callerName: z.string(),
      callerAs: z.string(),
      youAs: z.array(z.string()),
      state: CalleeState.nullable(),
      reason: z.string().nullable(),
      rounds: z.number(),
      channels: z.array(Channel),
      reachedBy: Channel.nullable(),
      joinedAt: Instant.nullable(),
    }),
  ),
  /** Newest first. */
  said: z.array(OwnSaid),
  notices: z.array(z.object({ version: z.number(), language: z.enum(['id', 'en']), at: Instant, sha256: z.string() })),
  sessions: z.array(SessionView.omit({ id: true })),
  signIns: z.array(SignInView),
  /** Which second factors there are; never what they are made of. */
  factors: z.object({
    totp: z.object({ since: Instant }).nullable(),
    passkeys: z.array(Passkey.omit({ id: true })),
    recoveryLeft: z.number(),
  }),
  /** Accounts of the office's identity provider that open this one. */
  officeAccounts: z.array(z.object({ issuer: z.string(), subject: z.string(), matchedBy: z.string(), since: Instant })),
  looks: z.array(Look),
  /** Lists of everybody in the region that were opened since `from`: too long to name who was on them. */
  regionLooks: z.number(),
  exports: z.array(OwnExport),
  kept: z.array(z.object({ key: z.string(), name: z.string(), months: z.number(), basis: z.string() })),
});
export type MyData = z.infer<typeof MyData>;
const Period = z.object({ from: Day.optional(), to: Day.optional() });
export const getMyData = endpoint('GET', '/api/me/data', {
  who: 'signedIn',
  summary: 'Everything the portal keeps of the signed-in person (at most 366 days at a time), and who looked at it. Others appear only as officials.',
  query: Period,
  reply: MyData,
});
export const getMyDataJson = endpoint('GET', '/api/me/data.json', {
  who: 'signedIn',
  summary: 'The same as a JSON file.',
  query: Period,
  reply: file('application/json'),
});
export const getMyDataPdf = endpoint('GET', '/api/me/data.pdf', {
  who: 'signedIn',
  summary: 'The same as a paper (PDF/A).',
  query: Period,
  reply: file('application/pdf'),
  refusals: ['pdf.unavailable'],
});

export const getJournalistData = endpoint('GET', '/api/journalists/:id/data.json', {
  who: ['operator_dkis'],
  summary: 'Everything the portal keeps of one journalist, to be handed to them on request. Taking it is logged.',
  params: ById,
  reply: file('application/json'),
});

export const HoldKind = z.enum(['meeting', 'person', 'class']);
export const Hold = z.object({
  id: Id,
  kind: HoldKind,
  target: z.string(),
  /** Title of the meeting, name of the person or class. */
  name: z.string(),
  reason: z.string(),
  basis: z.string(),
  by: z.string(),
  at: Instant,
  lifted: z.object({ by: z.string(), at: Instant, reason: z.string() }).nullable(),
  /** Whoever placed it cannot lift it. */
  mayLift: z.boolean(),
});
export type Hold = z.infer<typeof Hold>;
const ClassInput = z.object({
  name: line(120),
  basis: line(300),
  months: z.number().int().min(1).max(1200),
  action: z.enum(['musnah', 'tinjau']),
  active: z.boolean(),
});
export const RetentionClass = ClassInput.extend({
  key: z.string(),
  changedAt: Instant,
  changedBy: z.string().nullable(),
  /** Former rows, newest first. */
  history: z.array(ClassInput.extend({ at: Instant, by: z.string().nullable() })),
  /** What happened before this is past its time. */
  before: Instant,
  past: z.number(),
  held: z.number(),
  due: z.number(),
  oldest: Instant.nullable(),
  newest: Instant.nullable(),
});
export type RetentionClass = z.infer<typeof RetentionClass>;
export const Destruction = z.object({
  run: Id,
  at: Instant,
  by: z.string(),
  basis: z.string(),
  classes: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      table: z.string(),
      rows: z.number(),
      streams: z.number(),
      oldest: Instant.nullable(),
      newest: Instant.nullable(),
    }),
  ),
});
export type Destruction = z.infer<typeof Destruction>;
export const Retention = z.object({
  at: Instant,
  classes: z.array(RetentionClass),
  holds: z.array(Hold),
  destructions: z.array(Destruction),
  officer: z.string().nullable(),
});
export type Retention = z.infer<typeof Retention>;

export const getRetention = endpoint('GET', '/api/retention', {
  who: ['bkd'],
  summary: 'The retention schedule with a dry run of today (rows past their time, held, due), legal holds, and what was destroyed. Destroys nothing.',
  reply: Retention,
});
export const getRetentionCsv = endpoint('GET', '/api/retention.csv', {
  who: ['bkd'],
  summary: 'The dry run of today as CSV.',
  reply: file('text/csv'),
});
export const putRetentionClass = endpoint('PUT', '/api/retention/classes/:key', {
  who: ['bkd'],
  summary: 'Change a class: a new row, the former stays on record.',
  params: z.object({ key: z.string().max(60) }),
  body: ClassInput,
  refusals: ['not_found', 'retention.notice_shorter'],
});
export const postHold = endpoint('POST', '/api/retention/holds', {
  who: ['bkd'],
  once: true,
  summary: 'Legal hold on a meeting, a person or a class: nothing of it is destroyed until somebody else lifts it.',
  body: z.object({ kind: HoldKind, target: z.string().trim().min(1).max(60), reason: line(500), basis: line(300) }),
  reply: Hold,
  refusals: ['not_found'],
});
export const postHoldLift = endpoint('POST', '/api/retention/holds/:id/lift', {
  who: ['bkd'],
  summary: 'Lift a legal hold, with a reason; never whoever placed it.',
  params: ById,
  body: z.object({ reason: line(500) }),
  reply: Hold,
  refusals: ['not_found', 'hold.own', 'hold.lifted'],
});
export const putDataOfficer = endpoint('PUT', '/api/retention/officer', {
  who: ['administrator'],
  summary: 'Whom the notice names for personal data; null for the neutral words. The notice becomes a new version.',
  body: z.object({ officer: line(200).nullable() }),
});
