// Permintaan fasilitas on the wire: an OPD asks DKIS for rooms, operators, interpreters and a stream; operators grant or refuse each.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ById, Day, Id, Instant, line, paragraphs, Zone } from './people.ts';

export const FacilityKind = z.enum(['ruang', 'operator', 'jbi', 'siaran']);
export type FacilityKind = z.infer<typeof FacilityKind>;
export const ItemState = z.enum(['menunggu', 'disetujui', 'ditolak', 'dibatalkan']);
export type ItemState = z.infer<typeof ItemState>;
/** Of a whole request, from its items: `sebagian` = decided, some granted and some not. */
export const RequestState = z.enum(['menunggu', 'disetujui', 'sebagian', 'ditolak', 'dibatalkan']);
export type RequestState = z.infer<typeof RequestState>;

/** What is lent out beside operators: a room, or an interpreter. */
export const Thing = z.object({ id: Id, kind: z.enum(['ruang', 'jbi']), name: z.string(), detail: z.string().nullable() });
export type Thing = z.infer<typeof Thing>;

export const FacilityItem = z.object({
  id: Id,
  kind: FacilityKind,
  startsAt: Instant,
  endsAt: Instant,
  state: ItemState,
  /** The room, interpreter or operator that was named; kept as a proposal when it is asked again. */
  given: z.object({ id: Id, name: z.string() }).nullable(),
  /** Why not; or what is to be known. */
  note: z.string().nullable(),
});
export type FacilityItem = z.infer<typeof FacilityItem>;
export const FacilityRequest = z.object({
  id: Id,
  title: z.string(),
  opdName: z.string(),
  zone: Zone,
  meetingId: Id.nullable(),
  conferenceId: Id.nullable(),
  startsAt: Instant,
  endsAt: Instant,
  note: z.string().nullable(),
  askedBy: z.string(),
  askedAt: Instant,
  state: RequestState,
  items: z.array(FacilityItem),
  may: z.object({ decide: z.boolean(), cancel: z.boolean() }),
});
export type FacilityRequest = z.infer<typeof FacilityRequest>;

export const getFacilities = endpoint('GET', '/api/facilities', {
  who: 'signedIn',
  summary:
    'Requests to come and of the last 30 days: all, for operators; else the own ones and those of OPDs one manages. `meeting`, `conference`: of that one alone.',
  query: z.object({ meeting: Id.optional(), conference: Id.optional() }),
  reply: z.object({ requests: z.array(FacilityRequest), operates: z.boolean(), mayAsk: z.boolean(), serverTime: Instant }),
});
const Wanted = z.object({
  kind: FacilityKind,
  count: z.number().int().min(1).max(10).default(1),
  /** Else as long as the whole. */
  startsAt: Instant.optional(),
  endsAt: Instant.optional(),
});
export const postFacilities = endpoint('POST', '/api/facilities', {
  who: 'signedIn',
  once: true,
  summary: 'Ask: for a meeting one prepares, a press conference of an OPD one manages, or an event of its own (officials and admins of an OPD).',
  body: z.object({
    meetingId: Id.optional(),
    conferenceId: Id.optional(),
    /** Of an event of its own. */
    title: line(160).optional(),
    startsAt: Instant.optional(),
    endsAt: Instant.optional(),
    note: paragraphs(0, 1000).default(''),
    items: z.array(Wanted).min(1).max(12),
  }),
  reply: FacilityRequest,
  refusals: ['role.missing', 'meeting.not_preparer', 'meeting.past', 'facility.times', 'facility.too_many', 'facility.over'],
});
export const postFacilityDecision = endpoint('POST', '/api/facilities/:id/decisions', {
  who: ['operator_dkis'],
  summary: 'Grant or refuse items, some or all. A room, an interpreter and an operator are named; what is taken is refused with who has it.',
  params: ById,
  body: z.object({
    items: z
      .array(
        z.discriminatedUnion('state', [
          z.object({ id: Id, state: z.literal('disetujui'), given: Id.nullable().default(null), note: line(200).nullable().default(null) }),
          z.object({ id: Id, state: z.literal('ditolak'), note: line(200) }),
        ]),
      )
      .min(1)
      .max(40),
  }),
  reply: FacilityRequest,
  refusals: ['facility.taken', 'facility.over'],
});
export const postFacilityCancel = endpoint('POST', '/api/facilities/:id/cancel', {
  who: 'signedIn',
  summary: 'Nothing of it is needed any more; what was granted is free again. By who asked, the OPD’s admin or an operator.',
  params: ById,
  reply: FacilityRequest,
});

export const WeekEntry = z.object({
  itemId: Id,
  requestId: Id,
  kind: FacilityKind,
  /** Null: asked for, and nobody or nothing named yet. */
  given: z.object({ id: Id, name: z.string() }).nullable(),
  title: z.string(),
  opdName: z.string(),
  zone: Zone,
  startsAt: Instant,
  endsAt: Instant,
  state: ItemState,
});
export type WeekEntry = z.infer<typeof WeekEntry>;
export const getFacilityWeek = endpoint('GET', '/api/facilities/week', {
  who: ['operator_dkis'],
  summary: 'Seven days from a day, at the office of who looks: what is granted and what waits, with every room, interpreter and operator there is.',
  query: z.object({ from: Day.optional() }),
  reply: z.object({
    from: Day,
    zone: Zone,
    days: z.array(Day),
    entries: z.array(WeekEntry),
    things: z.array(Thing),
    operators: z.array(z.object({ id: Id, name: z.string() })),
    serverTime: Instant,
  }),
});

export const getThings = endpoint('GET', '/api/facility-things', {
  who: ['operator_dkis'],
  summary: 'Rooms and interpreters that can be given.',
  reply: z.array(Thing),
});
export const postThing = endpoint('POST', '/api/facility-things', {
  who: ['operator_dkis'],
  summary: 'A room or an interpreter more.',
  body: z.object({ kind: z.enum(['ruang', 'jbi']), name: line(80), detail: line(120).nullable().default(null) }),
  reply: z.array(Thing),
  refusals: ['facility.name_taken'],
});
export const putThing = endpoint('PUT', '/api/facility-things/:id', {
  who: ['operator_dkis'],
  summary: 'Another name or detail.',
  params: ById,
  body: z.object({ name: line(80), detail: line(120).nullable() }),
  reply: z.array(Thing),
  refusals: ['facility.name_taken'],
});
export const deleteThing = endpoint('DELETE', '/api/facility-things/:id', {
  who: ['operator_dkis'],
  summary: 'Not given any more; what it was granted to stays on record. Refused while something to come has it.',
  params: ById,
  reply: z.array(Thing),
  refusals: ['facility.in_use'],
});
