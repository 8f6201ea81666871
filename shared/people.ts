// People, units, positions, accounts and sessions on the wire.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';

export const Id = z.uuid();
export const ById = z.object({ id: Id });
/** Years that a day may be added to or taken from: beyond them neither a date of the server nor one of the database is sure. */
const OUR_TIME = /^(19|2\d)\d\d-/;
/** A calendar day in the office's zone, `2026-11-23`. */
export const Day = z.iso.date().regex(OUR_TIME);
/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime({ offset: true }).regex(OUR_TIME);

export const Zone = z.enum(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']);
export type Zone = z.infer<typeof Zone>;

export const Role = z.enum(['staf', 'kepala_opd', 'pejabat', 'admin_opd', 'operator_dkis', 'bkd', 'jurnalis', 'administrator']);
/** `kepala_opd` and `pejabat` (any structural position) come from the position in force; the rest are granted. */
export type Role = z.infer<typeof Role>;

export const Level = z.enum(['kepala_opd', 'sekretaris', 'kabid', 'kasi', 'fungsional', 'staf']);
export type Level = z.infer<typeof Level>;
export const HoldingKind = z.enum(['definitif', 'plt', 'plh']);
export type HoldingKind = z.infer<typeof HoldingKind>;

/** One line of text a person typed: trimmed, NFC, no control characters; `min` 0: it may be empty. */
export const line = (max: number, min = 1) =>
  z
    .string()
    .transform((s) => s.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .min(min)
        .max(max)
        .regex(/^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u),
    );

/** What a person wrote, over several lines perhaps: trimmed, NFC, no other control characters. */
export const paragraphs = (min: number, max: number) =>
  z
    .string()
    .transform((s) => s.normalize('NFC').replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .min(min)
        .max(max)
        .regex(/^(?:\n|[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069])*$/u),
    );

/** 18 digits: birth date 8, appointment month 6, sex 1, serial 3. Checked further by the server (people/nip.ts). */
export const Nip = z
  .string()
  .transform((s) => s.replace(/[\s.]/g, ''))
  .pipe(z.string().regex(/^\d{18}$/));

export const Opd = z.object({
  id: Id,
  parentId: Id.nullable(),
  name: z.string(),
  abbreviation: z.string(),
  aliases: z.array(z.string()),
  kind: z.enum(['opd', 'bidang', 'seksi']),
  zone: Zone,
});
export type Opd = z.infer<typeof Opd>;

/** A position as a person holds it now. `as` = how; `label` = "Plh. Kepala Dinas Sosial". */
export const HeldPosition = z.object({
  positionId: Id,
  title: z.string(),
  label: z.string(),
  level: Level,
  as: HoldingKind,
  opdId: Id,
  opdName: z.string(),
  opdAbbreviation: z.string(),
});
export type HeldPosition = z.infer<typeof HeldPosition>;

export const PersonCard = z.object({
  id: Id,
  name: z.string(),
  /** Masked: the last two digits; birth date, appointment and sex are not told (`••••••••••••••••01`). */
  nip: z.string().nullable(),
  /** The OPD (top of the tree) the person belongs to. */
  opd: z.object({ id: Id, name: z.string(), abbreviation: z.string() }).nullable(),
  positions: z.array(HeldPosition),
  disabled: z.boolean(),
});
export type PersonCard = z.infer<typeof PersonCard>;

export const Me = z.object({
  id: Id,
  name: z.string(),
  email: z.string().nullable(),
  roles: z.array(Role),
  opd: z.object({ id: Id, name: z.string(), abbreviation: z.string(), zone: Zone }).nullable(),
  positions: z.array(HeldPosition),
  /** The OPDs whose day board and staff this person may open. */
  managesOpds: z.array(Id),
  mustChangePassword: z.boolean(),
  /** By when a second factor must be set up; null = there is one, or need not be. */
  factorDue: Instant.nullable(),
});
export type Me = z.infer<typeof Me>;

export const Password = z.string().min(10).max(200);

export const getMe = endpoint('GET', '/api/me', {
  who: 'signedIn',
  summary: 'The signed-in person, roles and positions in force now.',
  reply: Me,
});
export const postSession = endpoint('POST', '/api/session', {
  who: 'anyone',
  summary: 'Sign in by NIP or e-mail and password; sets the session cookie, or that of a sign-in on its way where a second step is needed.',
  body: z.object({
    login: z.string().trim().min(1).max(200),
    password: z.string().min(1).max(200),
  }),
  reply: Me,
  refusals: ['session.wrong', 'session.slow_down', 'session.second_step'],
});
export const deleteSession = endpoint('DELETE', '/api/session', {
  who: 'signedIn',
  summary: 'Sign out on this device. `next`: where to sign out of the identity provider too.',
  reply: z.object({ next: z.url().nullable() }),
});
export const deleteSessions = endpoint('DELETE', '/api/sessions', {
  who: 'signedIn',
  summary: 'Sign out everywhere, this device included.',
});
export const SessionView = z.object({
  id: z.string(),
  device: z.string(),
  since: Instant,
  lastSeen: Instant,
  current: z.boolean(),
});
export const SignInView = z.object({ at: Instant, outcome: z.enum(['masuk', 'ditolak', 'faktor_ditolak']), device: z.string() });
export const getSignIns = endpoint('GET', '/api/sign-ins', {
  who: 'signedIn',
  summary: 'The last twenty times somebody signed in to this account or tried with a wrong password or second factor, newest first.',
  reply: z.array(SignInView),
});
export const getSessions = endpoint('GET', '/api/sessions', {
  who: 'signedIn',
  summary: 'Where this person is signed in.',
  reply: z.array(SessionView),
});
export const putPassword = endpoint('PUT', '/api/me/password', {
  who: 'signedIn',
  summary: 'Change the own password; every other session ends.',
  body: z.object({ current: z.string().max(200), next: Password }),
  refusals: ['password.wrong', 'password.weak', 'session.slow_down'],
});
export const postSetup = endpoint('POST', '/api/setup', {
  who: 'anyone',
  summary: 'The first administrator, by the one-time link printed at the first start.',
  body: z.object({
    token: z.string().max(200),
    name: line(120),
    email: z.email().max(200),
    password: Password,
    region: line(120),
  }),
  reply: Me,
  refusals: ['setup.used', 'password.weak'],
});

export const getOpds = endpoint('GET', '/api/opds', {
  who: 'signedIn',
  summary: 'The whole tree of units, flat, parents first.',
  reply: z.array(Opd),
});
const OpdInput = z.object({
  parentId: Id.nullable(),
  name: line(160),
  abbreviation: line(40),
  aliases: z.array(line(160)).max(20).default([]),
  kind: Opd.shape.kind,
  zone: Zone,
});
export const postOpd = endpoint('POST', '/api/opds', {
  who: ['administrator'],
  once: true,
  summary: 'Add a unit.',
  body: OpdInput,
  reply: Opd,
});
export const putOpd = endpoint('PUT', '/api/opds/:id', {
  who: ['administrator'],
  summary: 'Change a unit.',
  params: ById,
  body: OpdInput,
  reply: Opd,
});
export const deleteOpd = endpoint('DELETE', '/api/opds/:id', {
  who: ['administrator'],
  summary: 'Remove an empty unit.',
  params: ById,
  refusals: ['opd.not_empty'],
});

export const getPeople = endpoint('GET', '/api/people', {
  who: 'signedIn',
  summary: 'Directory: people by unit or by words in name, position or unit; at most 500, by rank then name. Reading it is logged.',
  query: z.object({ opd: Id.optional(), q: z.string().max(100).optional() }),
  reply: z.array(PersonCard),
});
const PersonInput = z.object({
  name: line(120),
  nip: Nip.nullable().default(null),
  email: z.email().max(200).nullable().default(null),
  phone: z.string().max(30).nullable().default(null),
  opdId: Id.nullable(),
});
export const postPerson = endpoint('POST', '/api/people', {
  who: ['admin_opd', 'administrator'],
  summary: 'Add a person; answers a one-time first password.',
  body: PersonInput,
  reply: z.object({ person: PersonCard, firstPassword: z.string() }),
  refusals: ['person.duplicate', 'role.missing'],
});
export const putPerson = endpoint('PUT', '/api/people/:id', {
  who: ['admin_opd', 'administrator'],
  summary: 'Change a person; the former values stay on record.',
  params: ById,
  body: PersonInput,
  reply: PersonCard,
  refusals: ['person.duplicate'],
});
export const postPersonPassword = endpoint('POST', '/api/people/:id/password', {
  who: ['admin_opd', 'administrator'],
  fresh: true,
  summary: 'A new first password; every session of the person ends.',
  params: ById,
  reply: z.object({ firstPassword: z.string() }),
});
export const postPersonDisabled = endpoint('POST', '/api/people/:id/disabled', {
  who: ['admin_opd', 'administrator'],
  summary: 'Disable or enable an account; disabling ends every session at once.',
  params: ById,
  body: z.object({ disabled: z.boolean() }),
  reply: PersonCard,
  refusals: ['person.self'],
});
export const GrantedRole = z.object({
  role: z.enum(['admin_opd', 'operator_dkis', 'bkd', 'administrator']),
  opdId: Id.nullable(),
});
export const getPersonRoles = endpoint('GET', '/api/people/:id/roles', {
  who: ['administrator'],
  summary: 'The roles granted to a person.',
  params: ById,
  reply: z.array(GrantedRole),
});
export const putPersonRoles = endpoint('PUT', '/api/people/:id/roles', {
  who: ['administrator'],
  fresh: true,
  summary: 'Replace the granted roles; each change stays on record.',
  params: ById,
  body: z.array(GrantedRole).max(20),
  reply: z.array(GrantedRole),
});

export const Holding = z.object({
  id: Id,
  personId: Id,
  personName: z.string(),
  kind: HoldingKind,
  from: Day,
  until: Day.nullable(),
  basis: z.string(),
});
export const Position = z.object({
  id: Id,
  opdId: Id,
  title: z.string(),
  level: Level,
  holdings: z.array(Holding),
  holderNow: z.object({ personId: Id, name: z.string(), as: HoldingKind }).nullable(),
});
export type Position = z.infer<typeof Position>;
export const getPositions = endpoint('GET', '/api/positions', {
  who: 'signedIn',
  summary: 'Positions of a unit and its sub-units (all when none is named), with who holds them: definitive, Plt, Plh.',
  query: z.object({ opd: Id.optional() }),
  reply: z.array(Position),
});
export const postPosition = endpoint('POST', '/api/positions', {
  who: ['admin_opd', 'administrator'],
  once: true,
  summary: 'Add a position.',
  body: z.object({ opdId: Id, title: line(160), level: Level }),
  reply: Position,
});
export const postHolding = endpoint('POST', '/api/positions/:id/holdings', {
  who: ['admin_opd', 'administrator'],
  summary: 'Appoint somebody, definitively or as Plt/Plh, between dates (both included, office zone).',
  params: ById,
  body: z.object({
    personId: Id,
    kind: HoldingKind,
    from: Day,
    until: Day.nullable(),
    basis: line(200),
  }),
  reply: Position,
  refusals: ['holding.overlap', 'holding.too_long'],
});
export const postHoldingEnd = endpoint('POST', '/api/holdings/:id/end', {
  who: ['admin_opd', 'administrator'],
  summary: 'End an appointment; the last day is included.',
  params: ById,
  body: z.object({ until: Day }),
  reply: Position,
});

export const ImportReport = z.object({
  added: z.number(),
  changed: z.number(),
  refused: z.number(),
  rows: z.array(
    z.object({
      row: z.number(),
      name: z.string(),
      result: z.enum(['ditambahkan', 'diperbarui', 'ditolak']),
      reason: z.string().nullable(),
    }),
  ),
  /** The refused rows as CSV with a column `alasan`, to mend and send again; null when there are none. */
  refusedCsv: z.string().nullable(),
});
export type ImportReport = z.infer<typeof ImportReport>;
export const postImport = endpoint('POST', '/api/people/import', {
  who: ['admin_opd', 'administrator'],
  bodyType: 'text/csv',
  body: z.string().max(5_000_000),
  summary: 'Import staff: columns nama, nip, surel, telepon, opd (abbreviation or name), jabatan, tingkat. Good rows go in together, bad ones come back.',
  query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
  reply: ImportReport,
  refusals: ['import.unreadable', 'import.header'],
});
export const getImportTemplate = endpoint('GET', '/api/people/import/template.csv', {
  who: ['admin_opd', 'administrator'],
  summary: 'An empty CSV with the right header row and one example.',
  reply: file('text/csv'),
});
