// The urgent call on the wire: whom it rings and why, what each answered, the caller's board, and the ladder as data.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Sifat } from './meetings.ts';
import { ById, Day, Id, Instant, line, Zone } from './people.ts';

export const Channel = z.enum(['tab', 'push', 'sms', 'whatsapp', 'sip', 'email']);
export type Channel = z.infer<typeof Channel>;
/** Channels of an outside system that an administrator has set up. */
export const GatewayChannel = z.enum(['sms', 'whatsapp', 'sip', 'email']);
export type GatewayChannel = z.infer<typeof GatewayChannel>;

/**
 * Why this person is rung for a post: its holder; a Plt or Plh in force (*a.n.*); who stands in by structure; who is on duty
 * now; or by name.
 */
export const RungAs = z.enum(['definitif', 'plt', 'plh', 'pengganti', 'piket', 'nama']);
export type RungAs = z.infer<typeof RungAs>;

export const Whom = z.object({
  positions: z.array(Id).max(500).default([]),
  units: z.array(Id).max(200).default([]),
  people: z.array(Id).max(2000).default([]),
  groups: z.array(Id).max(20).default([]),
  /** "Piket sekarang" of these OPDs. */
  dutyOf: z.array(Id).max(100).default([]),
  /** Those of a former call of the own. */
  lastCall: Id.optional(),
});
export type Whom = z.infer<typeof Whom>;

/** How a person can be reached at this moment. `phone`: a number is known, so a message can be sent by hand. */
export const Reach = z.object({ tabs: z.number(), push: z.number(), gateways: z.array(GatewayChannel), phone: z.boolean() });
export type Reach = z.infer<typeof Reach>;
export const isReachable = (reach: Reach): boolean => reach.tabs + reach.push + reach.gateways.length > 0;

/** One after the other, until one joins. `why` in words: "Plh. a.n. Kepala Dinas Kesehatan, Surat Perintah 821.3/219/2026". */
export const Candidate = z.object({
  personId: Id,
  name: z.string(),
  label: z.string(),
  as: RungAs,
  why: z.string(),
  reach: Reach,
});
export type Candidate = z.infer<typeof Candidate>;

/** A post (or a person by name) that is called. `chain` empty: nobody holds it, nobody stands in. */
export const SeatPreview = z.object({
  positionId: Id.nullable(),
  title: z.string(),
  unitId: Id.nullable(),
  unitName: z.string(),
  opdName: z.string().nullable(),
  chain: z.array(Candidate),
});
export type SeatPreview = z.infer<typeof SeatPreview>;

/** `dering_ulang`: the same channels again; `kanal`: these channels besides; `pengganti`: Plh, Plt or who stands in; `piket`: who is on duty. */
export const LadderAct = z.enum(['dering', 'dering_ulang', 'kanal', 'pengganti', 'piket']);
export type LadderAct = z.infer<typeof LadderAct>;
export const LadderStep = z.object({ afterSeconds: z.number().int().min(0).max(3600), act: LadderAct, channels: z.array(Channel).max(6).default([]) });
export type LadderStep = z.infer<typeof LadderStep>;
/** The first step is `dering` at second 0; seconds never go down. */
export const LadderSteps = z.array(LadderStep).min(1).max(12);
export const Ladder = z.object({ sifat: Sifat, steps: LadderSteps, basis: z.string(), setByName: z.string().nullable(), setAt: Instant.nullable() });
export type Ladder = z.infer<typeof Ladder>;

export const SavedGroup = z.object({ id: Id, name: z.string(), choice: z.object({ positions: z.array(Id), units: z.array(Id), people: z.array(Id) }) });
export type SavedGroup = z.infer<typeof SavedGroup>;

export const CallDesk = z.object({
  /** As whom this person may place an urgent call; empty = may not. The first is the default. */
  as: z.array(z.object({ opdId: Id, opdName: z.string(), label: z.string(), mandate: z.boolean() })),
  groups: z.array(SavedGroup),
  lastCall: z.object({ id: Id, subject: z.string(), placedAt: Instant, people: z.number() }).nullable(),
  /** How many are on duty now in the own OPD. */
  onDuty: z.number(),
  ladders: z.array(Ladder),
  /** Running meetings of the own chair, to call people into. */
  running: z.array(z.object({ id: Id, title: z.string() })),
  limit: z.object({ most: z.number(), minutes: z.number(), placed: z.number() }),
  zone: Zone,
});
export type CallDesk = z.infer<typeof CallDesk>;
export const getCallDesk = endpoint('GET', '/api/calls/desk', {
  who: 'signedIn',
  summary: 'What the compose screen needs: as whom one may call, saved groups, the last call, the ladders, how near the limit is.',
  reply: CallDesk,
});

export const postCallPreview = endpoint('POST', '/api/calls/preview', {
  who: 'signedIn',
  summary: 'Who would be rung now, for which post and why, and how each can be reached. Nobody is rung; reading it is logged.',
  body: z.object({ whom: Whom }),
  reply: z.object({ seats: z.array(SeatPreview), people: z.number(), unreachable: z.number(), units: z.number() }),
  refusals: ['call.not_allowed'],
});

export const CalleeState = z.enum(['memanggil', 'menjawab', 'menolak', 'menyusul', 'bergabung', 'dibatalkan', 'berakhir']);
export type CalleeState = z.infer<typeof CalleeState>;
/** What the board shows. `belum_menjawab`: rung for 30 s and longer, without an answer. `tak_terjangkau`: no channel took it. */
export const Progress = z.enum([
  'dikirim',
  'diterima',
  'berdering',
  'belum_menjawab',
  'tak_terjangkau',
  'menjawab',
  'menolak',
  'menyusul',
  'bergabung',
  'dibatalkan',
  'berakhir',
]);
export type Progress = z.infer<typeof Progress>;
/** Without an answer for this long a person is *belum menjawab*. */
export const UNANSWERED_MS = 30_000;
/** *Panggil lagi* is for a person, not for a finger that trembles: not sooner after the last round. */
export const RING_AGAIN_MS = 10_000;

export const HopState = z.enum(['antre', 'dikirim', 'diterima', 'berdering', 'gagal', 'dihentikan']);
/** `detail`: why it failed, in words. `at`: when its state was reached. */
export const Hop = z.object({
  channel: Channel,
  name: z.string().nullable(),
  round: z.number(),
  state: HopState,
  detail: z.string().nullable(),
  at: Instant,
});
export type Hop = z.infer<typeof Hop>;

export const BoardCallee = z.object({
  id: Id,
  personId: Id,
  name: z.string(),
  label: z.string(),
  as: RungAs,
  why: z.string(),
  progress: Progress,
  /** Rung without an answer since then; a ladder that rings again does not begin anew. The browser counts the seconds from it, by `serverTime`. */
  rungAt: Instant,
  rounds: z.number(),
  reachedBy: Channel.nullable(),
  /** From the first ring to the answer. */
  answerSeconds: z.number().nullable(),
  joinedAt: Instant.nullable(),
  reason: z.string().nullable(),
  eta: Instant.nullable(),
  /** Is in another meeting of this portal at this moment. */
  elsewhere: z.boolean(),
  reach: Reach,
  hops: z.array(Hop),
  /** `https://wa.me/…`, to send by hand; null = no number is known. */
  waLink: z.string().nullable(),
});
export type BoardCallee = z.infer<typeof BoardCallee>;

export const BoardSeat = z.object({
  id: Id,
  title: z.string(),
  unitId: Id.nullable(),
  unitName: z.string(),
  opdName: z.string().nullable(),
  /** Somebody is in for this post: its holder (`hadir`), or who was rung in their place (`diwakili`). */
  present: z.enum(['hadir', 'diwakili']).nullable(),
  /** In the order they were rung. Empty: nobody could be called for it. */
  rung: z.array(BoardCallee),
  /** Who would be rung next, by the ladder or by hand; null = nobody is left. */
  next: z.object({ name: z.string(), label: z.string(), as: RungAs, dueAt: Instant.nullable() }).nullable(),
});
export type BoardSeat = z.infer<typeof BoardSeat>;

export const CallBoard = z.object({
  id: Id,
  meetingId: Id,
  subject: z.string(),
  sifat: Sifat,
  opdName: z.string(),
  callerName: z.string(),
  callerAs: z.string(),
  placedAt: Instant,
  cancelledAt: Instant.nullable(),
  /** The meeting has ended: nothing is rung any more. */
  endedAt: Instant.nullable(),
  overLimitReason: z.string().nullable(),
  zone: Zone,
  serverTime: Instant,
  quorum: z.object({ needed: z.number(), present: z.number(), units: z.number(), reachedAt: Instant.nullable() }),
  seats: z.array(BoardSeat),
  /** Is this person the caller (or chairs the meeting): may ring again, ring a deputy, cancel. */
  mayAct: z.boolean(),
});
export type CallBoard = z.infer<typeof CallBoard>;

export const postCall = endpoint('POST', '/api/calls', {
  who: 'signedIn',
  summary: 'Panggilan mendesak: opens a meeting (or takes a running one of the own chair) and rings everybody at once. `key` makes a second tap harmless.',
  body: z.object({
    key: Id,
    subject: line(160),
    sifat: Sifat,
    whom: Whom,
    /** The OPD in whose name; needed when one may call for several. */
    opdId: Id.optional(),
    /** Units that must be present; more than half of those called when left out. */
    quorum: z.number().int().min(1).max(500).optional(),
    meetingId: Id.optional(),
    /** Why it must be placed although the limit is reached. */
    overLimitReason: line(200).optional(),
  }),
  reply: CallBoard,
  refusals: ['call.not_allowed', 'call.nobody', 'call.too_often', 'call.quorum_too_high', 'meeting.not_chair', 'meeting.ended'],
});

export const CallCard = z.object({
  id: Id,
  meetingId: Id,
  subject: z.string(),
  sifat: Sifat,
  callerName: z.string(),
  placedAt: Instant,
  cancelledAt: Instant.nullable(),
  running: z.boolean(),
  called: z.number(),
  joined: z.number(),
});
export type CallCard = z.infer<typeof CallCard>;
export const getCalls = endpoint('GET', '/api/calls', {
  who: 'signedIn',
  summary: 'Calls this person placed, and those of the OPDs they may read; the last 90 days, at most 100.',
  reply: z.array(CallCard),
});
export const getCallBoard = endpoint('GET', '/api/calls/:id', {
  who: 'signedIn',
  summary: "The caller's board, by unit. For the caller, the chair of the meeting, and who may read its attendance. Reading is logged.",
  params: ById,
  reply: CallBoard,
});
export const postCallCancel = endpoint('POST', '/api/calls/:id/cancel', {
  who: 'signedIn',
  summary: 'Stops the ringing of everybody who has not answered; those who joined stay. Cancelling twice is cancelling once.',
  params: ById,
  reply: CallBoard,
  refusals: ['meeting.not_chair'],
});
const OneCallee = z.object({ id: Id, callee: Id });
export const postCalleeAgain = endpoint('POST', '/api/calls/:id/callees/:callee/again', {
  who: 'signedIn',
  summary: '*Panggil lagi*: rings one person again over every channel, whatever they answered; not who is inside.',
  params: OneCallee,
  reply: CallBoard,
  refusals: ['meeting.not_chair', 'call.over', 'call.inside_already', 'limit.reached'],
});
export const postSeatNext = endpoint('POST', '/api/calls/:id/seats/:seat/next', {
  who: 'signedIn',
  summary: '*Panggil pengganti*: rings the next person of a post at once, without waiting for the ladder.',
  params: z.object({ id: Id, seat: Id }),
  reply: CallBoard,
  refusals: ['meeting.not_chair', 'call.over', 'call.nobody_left'],
});

/** One call as the person called sees it. */
export const IncomingCall = z.object({
  id: Id,
  meetingId: Id,
  subject: z.string(),
  sifat: Sifat,
  callerName: z.string(),
  callerAs: z.string(),
  opdName: z.string(),
  /** For which post one is called: "sebagai Plh. Kepala Dinas Kesehatan". */
  youAs: z.string(),
  zone: Zone,
  placedAt: Instant,
  rungAt: Instant,
  /** How many rounds of ringing there were: which one a page acknowledges that hears of it late. */
  rounds: z.number(),
  state: CalleeState,
  /** Was rung and did not answer before it was over. */
  missed: z.boolean(),
  reason: z.string().nullable(),
  eta: Instant.nullable(),
  inside: z.number(),
  invited: z.number(),
  meetingState: z.enum(['berlangsung', 'berakhir']),
});
export type IncomingCall = z.infer<typeof IncomingCall>;
export const getMyCalls = endpoint('GET', '/api/me/calls', {
  who: 'signedIn',
  summary: 'Calls that ring this person now, and those of the last 30 days (at most 50), newest first. `unseen`: missed ones not looked at yet.',
  reply: z.object({ ringing: z.array(IncomingCall), recent: z.array(IncomingCall), unseen: z.number(), serverTime: Instant }),
});
export const postMyCallsSeen = endpoint('POST', '/api/me/calls/seen', {
  who: 'signedIn',
  summary: 'The list of missed calls was looked at.',
});
export const postAnswer = endpoint('POST', '/api/calls/:id/answer', {
  who: 'signedIn',
  summary:
    'Gabung, Tolak with a reason, or Menyusul with minutes. The other devices fall silent. The same answer again changes nothing; another one takes its place, until the person is inside.',
  params: ById,
  body: z.discriminatedUnion('answer', [
    z.object({ answer: z.literal('gabung') }),
    z.object({ answer: z.literal('menolak'), reason: line(200) }),
    z.object({ answer: z.literal('menyusul'), minutes: z.number().int().min(1).max(120), reason: line(200).optional() }),
  ]),
  reply: IncomingCall,
  refusals: ['call.cancelled', 'call.over', 'call.inside_already'],
});

export const postGroup = endpoint('POST', '/api/calls/groups', {
  who: 'signedIn',
  summary: 'Save a choice under a name; the same name replaces the former one.',
  body: z.object({ name: line(60), choice: SavedGroup.shape.choice }),
  reply: SavedGroup,
  refusals: ['call.not_allowed', 'call.nobody'],
});
export const deleteGroup = endpoint('DELETE', '/api/calls/groups/:id', { who: 'signedIn', summary: 'Remove a saved group of the own.', params: ById });

export const Mandate = z.object({
  id: Id,
  opdId: Id,
  opdName: z.string(),
  giverName: z.string(),
  holderId: Id,
  holderName: z.string(),
  holderPosition: z.string().nullable(),
  from: Day,
  until: Day.nullable(),
  basis: z.string(),
  givenAt: Instant,
  revokedAt: Instant.nullable(),
  revokedByName: z.string().nullable(),
});
export type Mandate = z.infer<typeof Mandate>;
export const getMandates = endpoint('GET', '/api/mandates', {
  who: 'signedIn',
  summary: 'Mandates to place urgent calls that this person gave, holds, or may read as admin of the OPD; ended ones of the last year too.',
  reply: z.array(Mandate),
});
export const postMandate = endpoint('POST', '/api/mandates', {
  who: 'signedIn',
  summary: 'A head (definitive, Plt, Plh) lets somebody of the same OPD place urgent calls in their name.',
  body: z.object({ opdId: Id.optional(), holderId: Id, from: Day, until: Day.nullable(), basis: line(200) }),
  reply: Mandate,
  refusals: ['call.not_allowed', 'mandate.own', 'mandate.other_opd', 'mandate.exists'],
});
export const deleteMandate = endpoint('DELETE', '/api/mandates/:id', {
  who: 'signedIn',
  summary: 'The head of the OPD revokes a mandate, at once; revoking twice is revoking once.',
  params: ById,
  refusals: ['call.not_allowed'],
});

export const getLadders = endpoint('GET', '/api/ladders', { who: 'signedIn', summary: 'The ladder of each sifat in force.', reply: z.array(Ladder) });
export const putLadder = endpoint('PUT', '/api/ladders/:sifat', {
  who: ['administrator'],
  summary: 'Set the ladder of a sifat; the former one stays on record, calls that run keep theirs.',
  params: z.object({ sifat: Sifat }),
  body: z.object({ steps: LadderSteps, basis: line(200) }),
  reply: Ladder,
  refusals: ['ladder.order'],
});

/** In the ledger, by call. */
export const CallFactKind = z.enum([
  'dipanggil',
  'panggil_batas',
  'dering',
  'dering_ulang',
  'kanal',
  'pengganti',
  'piket',
  'diterima',
  'berdering',
  'gagal',
  'gabung',
  'menolak',
  'menyusul',
  'bergabung',
  'dibatalkan',
  'tidak_ada_pengganti',
  /** The units that were needed are inside, for the first time. */
  'kuorum',
  'berakhir',
]);
export type CallFactKind = z.infer<typeof CallFactKind>;
