// Press conferences on the wire: what an operator plans, who takes part from the office's side, states, what must be ready, and
// what the public reads. Registration, room, floor and kit have files of their own beside this one.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ById, Id, Instant, line, paragraphs, Zone } from './people.ts';

/**
 * `draft` (operators only) → `diumumkan` → `registrasi` → `ruang_tunggu` (speakers meet, nobody watches) → `tayang` → `tanya_jawab`
 * (and back to `tayang`) → `selesai` → `arsip`. `dibatalkan` from any state before `tayang`, with a reason.
 */
export const ConferenceState = z.enum(['draft', 'diumumkan', 'registrasi', 'ruang_tunggu', 'tayang', 'tanya_jawab', 'selesai', 'arsip', 'dibatalkan']);
export type ConferenceState = z.infer<typeof ConferenceState>;
/** `2026-11-23-penanganan-banjir`: in addresses, for good once announced. */
export const Slug = z.string().regex(/^[a-z0-9-]{3,120}$/);
export const BySlug = z.object({ slug: Slug });

export const CrewRole = z.enum(['narasumber', 'moderator', 'jbi', 'operator']);
export type CrewRole = z.infer<typeof CrewRole>;
/** Key of somebody in a press room: `p_<person>`, `g_<crew row>` (guest by link), `j_<journalist>`, `v_<viewer>`. */
export const PressMember = z.string().regex(/^[pgjv]_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** Somebody of the office's side. A position resolves to its holder, else Plh/Plt in force, at reading, until the room opens; then it stays. */
export const CrewMember = z.object({
  id: Id,
  role: CrewRole,
  /** null: the position has no holder now. */
  member: PressMember.nullable(),
  name: z.string(),
  /** "Plh. Kepala Dinas Sosial"; for a guest the institution. */
  label: z.string().nullable(),
  opdName: z.string().nullable(),
  guest: z.boolean(),
  order: z.number(),
  inside: z.boolean(),
});
export type CrewMember = z.infer<typeof CrewMember>;
/** For operators: the personal link of a guest, and whether the letter to them has left (`belum`: it failed, or mail is off; null: none was asked for). */
export const CrewRow = CrewMember.extend({ link: z.string().nullable(), mail: z.enum(['terkirim', 'antre', 'belum']).nullable() });
export type CrewRow = z.infer<typeof CrewRow>;

/** What everybody may know of a conference once it is announced. */
export const PublicConference = z.object({
  id: Id,
  slug: Slug,
  title: z.string(),
  summary: z.string(),
  state: ConferenceState,
  opdName: z.string(),
  regionName: z.string(),
  zone: Zone,
  place: z.string(),
  startsAt: Instant,
  endsAt: Instant.nullable(),
  /** First picture for viewers: five seconds after the operator's press. */
  liveAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  cancelReason: z.string().nullable(),
  /** Why it goes on air without a sign-language interpreter ("Tanpa juru bahasa isyarat: …"); null = with one. */
  withoutSigner: z.string().nullable(),
  registrationOpen: z.boolean(),
  registrationUntil: Instant.nullable(),
  crew: z.array(CrewMember.omit({ member: true, inside: true })),
  serverTime: Instant,
});
export type PublicConference = z.infer<typeof PublicConference>;

const ConferenceInput = z.object({
  title: line(160),
  /** What it is about, one to three paragraphs; stands on the public page and in the feed. */
  summary: paragraphs(1, 2000),
  /** The OPD that holds it. */
  opdId: Id,
  place: line(160).default('Daring'),
  startsAt: Instant,
  endsAt: Instant.nullable().default(null),
  /** How many journalists may be on the floor at once. */
  floorLimit: z.number().int().min(1).max(4).default(1),
  turnSeconds: z.number().int().min(15).max(900).default(120),
  followUpSeconds: z.number().int().min(15).max(600).default(60),
  /** Giving the floor opens the camera too. */
  floorCamera: z.boolean().default(false),
  viewerLimit: z.number().int().min(10).max(5000).default(300),
  registrationUntil: Instant.nullable().default(null),
});
export type ConferenceInput = z.output<typeof ConferenceInput>;

export const Conference = PublicConference.extend({
  opdId: Id,
  floorLimit: z.number(),
  turnSeconds: z.number(),
  followUpSeconds: z.number(),
  floorCamera: z.boolean(),
  viewerLimit: z.number(),
  crew: z.array(CrewRow),
  /** States this person may set now, in the usual order; the first is the next one. */
  next: z.array(ConferenceState),
  youOperate: z.boolean(),
  youModerate: z.boolean(),
  /** Manages the OPD that holds it: reads it, once it is announced, and its report. */
  youOversee: z.boolean(),
  version: z.number(),
});
export type Conference = z.infer<typeof Conference>;

export const ConferenceCard = PublicConference.pick({
  id: true,
  slug: true,
  title: true,
  state: true,
  opdName: true,
  zone: true,
  startsAt: true,
  endsAt: true,
}).extend({
  speakers: z.array(z.string()),
  /** Registrations that wait for the desk; null for who may not decide. */
  waiting: z.number().nullable(),
});
export type ConferenceCard = z.infer<typeof ConferenceCard>;

export const getConferences = endpoint('GET', '/api/conferences', {
  who: 'signedIn',
  summary:
    'Conferences: all of them for operators, else those one takes part in and those announced by an OPD one manages; to come first, then the past (at most 200).',
  reply: z.array(ConferenceCard),
});
export const postConference = endpoint('POST', '/api/conferences', {
  who: ['operator_dkis'],
  once: true,
  summary: 'Plan a conference; it begins as a draft.',
  body: ConferenceInput,
  reply: Conference,
  refusals: ['conference.times', 'conference.past'],
});
export const getConference = endpoint('GET', '/api/conferences/:id', {
  who: 'visitor',
  summary:
    'One conference with its crew, for operators, its crew and, once announced, whoever manages the OPD that holds it. Personal links for operators only.',
  params: ById,
  reply: Conference,
  refusals: ['session.required', 'link.revoked', 'link.other_device'],
});
export const putConference = endpoint('PUT', '/api/conferences/:id', {
  who: ['operator_dkis'],
  summary: 'Change it, until it has ended. `version`: as it was read; somebody else may have changed it meanwhile.',
  params: ById,
  body: ConferenceInput.extend({ version: z.number().int() }),
  reply: Conference,
  refusals: ['conference.times', 'conference.past', 'conference.changed', 'conference.over'],
});
export const postCrew = endpoint('POST', '/api/conferences/:id/crew', {
  who: ['operator_dkis'],
  once: true,
  summary: 'Add somebody of the office side: a position, a person, or a guest who enters by a personal link.',
  params: ById,
  body: z.object({
    role: CrewRole,
    who: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('position'), id: Id }),
      z.object({ kind: z.literal('person'), id: Id }),
      z.object({ kind: z.literal('guest'), name: line(80), institution: line(120), email: z.email().max(200).nullable().default(null) }),
    ]),
  }),
  reply: Conference,
  refusals: ['conference.over', 'crew.twice', 'crew.guest_moderator'],
});
export const deleteCrew = endpoint('DELETE', '/api/conferences/:id/crew/:crew', {
  who: ['operator_dkis'],
  summary: 'Take somebody off; who is inside loses the right to be there.',
  params: z.object({ id: Id, crew: Id }),
  reply: Conference,
  refusals: ['conference.over'],
});
export const putCrewOrder = endpoint('PUT', '/api/conferences/:id/crew', {
  who: ['operator_dkis'],
  summary: 'The order in which the crew is shown: all rows, each once.',
  params: ById,
  body: z.object({ order: z.array(Id).max(100) }),
  reply: Conference,
  refusals: ['conference.over'],
});
export const postCrewLink = endpoint('POST', '/api/conferences/:id/crew/:crew/link', {
  who: ['operator_dkis'],
  summary: 'A new link for a guest; the former one is dead.',
  params: z.object({ id: Id, crew: Id }),
  reply: Conference,
  refusals: ['conference.over'],
});

/**
 * *Siap tayang*. `moderator`, `jbi`, `narasumber`, `media`, `suara` (a speaker's microphone or the JBI's camera is really published)
 * are looked at by the portal; `rekaman` and `siaran` are said by a person. `blocking` ones keep the conference from going on air,
 * except when an operator waives them with a reason, which stays on record.
 */
export const CheckName = z.enum(['media', 'moderator', 'narasumber', 'jbi', 'suara', 'rekaman', 'siaran', 'registrasi', 'materi']);
export type CheckName = z.infer<typeof CheckName>;
export const Check = z.object({
  name: CheckName,
  ok: z.boolean(),
  blocking: z.boolean(),
  byHand: z.boolean(),
  /** Why not, or what was seen: "Juru bahasa isyarat belum di ruang tunggu." In the caller's language. */
  text: z.string(),
  doneBy: z.string().nullable(),
  doneAt: Instant.nullable(),
  note: z.string().nullable(),
  waived: z.object({ byName: z.string(), at: Instant, reason: z.string() }).nullable(),
});
export type Check = z.infer<typeof Check>;
export const getChecks = endpoint('GET', '/api/conferences/:id/checks', {
  who: 'signedIn',
  summary: 'What must be ready before it goes on air; for operators and the moderator.',
  params: ById,
  reply: z.array(Check),
  refusals: ['press.not_moderator'],
});
export const putCheck = endpoint('PUT', '/api/conferences/:id/checks/:name', {
  who: 'signedIn',
  summary: 'Say of a check by hand that it is done (or not), or waive one with a reason.',
  params: z.object({ id: Id, name: CheckName }),
  body: z.object({ done: z.boolean().optional(), note: line(200).nullable().default(null), waive: line(300).nullable().optional() }),
  reply: z.array(Check),
  refusals: ['check.not_by_hand', 'conference.over', 'press.not_moderator', 'role.missing'],
});
export const postConferenceState = endpoint('POST', '/api/conferences/:id/state', {
  who: 'signedIn',
  summary: 'The next state, by an operator; the moderator may begin and end questions. Setting the state it has is harmless.',
  params: ById,
  body: z.object({ to: ConferenceState.exclude(['draft', 'dibatalkan']) }),
  reply: Conference,
  refusals: ['conference.order', 'conference.past', 'conference.not_ready', 'conference.over', 'press.not_moderator', 'role.missing'],
});
export const postCancellation = endpoint('POST', '/api/conferences/:id/cancellation', {
  who: ['operator_dkis'],
  summary: 'Call it off before it is on air; the reason is public, and who registered is told by mail.',
  params: ById,
  body: z.object({ reason: line(300) }),
  reply: Conference,
  refusals: ['conference.order'],
});

export const getPress = endpoint('GET', '/api/press', {
  who: 'anyone',
  summary: 'The public schedule: announced conferences to come, on air, and the past (at most 100).',
  reply: z.array(PublicConference),
});
export const getPressConference = endpoint('GET', '/api/press/:slug', {
  who: 'anyone',
  summary: 'One announced conference.',
  params: BySlug,
  reply: PublicConference,
});
