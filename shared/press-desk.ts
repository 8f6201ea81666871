// Journalists on the wire: registration by anyone, the pass, and the desk that verifies.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ById, Day, Id, Instant, line, paragraphs } from './people.ts';
import { BySlug, PressMember } from './press.ts';

export const OutletKind = z.enum(['cetak', 'daring', 'televisi', 'radio', 'kantor_berita', 'lainnya']);
export type OutletKind = z.infer<typeof OutletKind>;
export const Outlet = z.object({ id: Id, name: z.string(), kind: OutletKind, journalists: z.number() });
export type Outlet = z.infer<typeof Outlet>;

/** Of one journalist at one conference. Watching depends on none of it; turns need `diterima`. */
export const RegistrationState = z.enum(['menunggu', 'diterima', 'ditolak', 'dicabut']);
export type RegistrationState = z.infer<typeof RegistrationState>;
export const PressCard = z.enum(['kartu_pers', 'ukw']);

const CardInput = z.object({ kind: PressCard, number: line(60) });
export const postRegistration = endpoint('POST', '/api/press/:slug/registration', {
  who: 'visitor',
  summary:
    'Register as a journalist. The browser keeps the pass (cookie), the address gets it by mail. With a pass, name and outlet are those known. Repeating is harmless.',
  params: BySlug,
  body: z.object({
    name: line(80),
    outlet: line(120),
    outletKind: OutletKind,
    email: z.email().max(200),
    phone: z.string().trim().max(30).nullable().default(null),
    card: CardInput.nullable().default(null),
    /** Where it appears: address of a site, channel, page. */
    platform: line(200).nullable().default(null),
    /** A question in advance. */
    question: z
      .object({ topic: line(120), text: paragraphs(1, 2000) })
      .nullable()
      .default(null),
    /** The notice on personal data, as shown. */
    notice: z.number().int().min(1),
    key: Id,
  }),
  reply: z.lazy(() => OwnRegistration),
  refusals: ['registration.closed', 'registration.other_person', 'limit.reached', 'notice.required'],
});
/** What a journalist sees of themselves. */
export const OwnRegistration = z.object({
  name: z.string(),
  outlet: z.string(),
  email: z.string(),
  member: PressMember,
  state: RegistrationState.nullable(),
  reason: z.string().nullable(),
  /** Accredited until the end of this day beyond this conference; null = for this conference only. */
  validUntil: Day.nullable(),
});
export type OwnRegistration = z.infer<typeof OwnRegistration>;
export const getRegistration = endpoint('GET', '/api/press/:slug/registration', {
  who: 'visitor',
  summary: 'The own registration by the pass of this browser, or null; and the notice to read before registering.',
  params: BySlug,
  reply: z.object({
    open: z.boolean(),
    own: OwnRegistration.nullable(),
    /** Letters go out; else the desk hands links over. */
    mails: z.boolean(),
    notice: z.object({ version: z.number(), title: z.string(), paragraphs: z.array(z.string()) }),
  }),
});
export const postPass = endpoint('POST', '/api/press/pass', {
  who: 'anyone',
  summary: 'Open the link of the mail: this browser keeps the pass. At most three browsers hold one.',
  body: z.object({ token: z.string().min(20).max(64) }),
  reply: z.object({ name: z.string(), outlet: z.string() }),
  refusals: ['pass.revoked', 'pass.too_many', 'limit.reached'],
});
export const postPassMail = endpoint('POST', '/api/press/pass/mail', {
  who: 'anyone',
  summary: 'Mail the pass again to a known address. The answer never tells whether it is known.',
  body: z.object({ email: z.email().max(200), slug: BySlug.shape.slug.nullable().default(null) }),
  refusals: ['limit.reached'],
});
export const deletePass = endpoint('DELETE', '/api/press/pass', { who: 'visitor', summary: 'This browser forgets its pass.' });

export const Journalist = z.object({
  id: Id,
  name: z.string(),
  outletId: Id,
  outlet: z.string(),
  outletKind: OutletKind,
  email: z.string(),
  phone: z.string().nullable(),
  card: z.object({ kind: PressCard, /** Last four characters only. */ ending: z.string() }).nullable(),
  platform: z.string().nullable(),
  validUntil: Day.nullable(),
  registeredAt: Instant,
});
export type Journalist = z.infer<typeof Journalist>;
export const Registration = Journalist.extend({
  state: RegistrationState,
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  /** Same name, other outlet; same outlet, much the same name; no mail host of the outlet: what the desk should look at, in words. */
  hints: z.array(z.string()),
  question: z.object({ topic: z.string(), text: z.string() }).nullable(),
  /** The letter with the link; `belum`: it did not go out, hand the link over. null: none was due. */
  mail: z.enum(['terkirim', 'antre', 'belum']).nullable(),
  /** They opened the link that was mailed: the address is theirs. */
  confirmed: z.boolean(),
});
export type Registration = z.infer<typeof Registration>;
export const getRegistrations = endpoint('GET', '/api/conferences/:id/registrations', {
  who: ['operator_dkis'],
  summary: 'Who registered, waiting first. Reading is logged.',
  params: ById,
  reply: z.array(Registration),
});
export const postRegistrationDecision = endpoint('POST', '/api/conferences/:id/registrations/:journalist/decision', {
  who: ['operator_dkis'],
  summary: 'Accept (for this conference, or until a day), refuse or withdraw with a reason. Each decision is a new row; the journalist is told by mail.',
  params: z.object({ id: Id, journalist: Id }),
  body: z.object({
    act: z.enum(['diterima', 'ditolak', 'dicabut']),
    reason: line(300).nullable().default(null),
    validUntil: Day.nullable().default(null),
    /** The state as it was read: the second officer is told who decided. */
    from: RegistrationState,
  }),
  reply: Registration,
  refusals: ['registration.decided', 'registration.reason', 'registration.validity'],
});
export const postWalkIn = endpoint('POST', '/api/conferences/:id/registrations', {
  who: ['operator_dkis'],
  summary: 'The desk registers somebody itself (by telephone, at the door); accepted at once. Answers a link to hand over.',
  params: ById,
  body: z.object({ name: line(80), outlet: line(120), outletKind: OutletKind, email: z.email().max(200), card: CardInput.nullable().default(null) }),
  reply: z.object({ registration: Registration, link: z.string() }),
  refusals: ['registration.closed'],
});
export const getJournalists = endpoint('GET', '/api/journalists', {
  who: ['operator_dkis'],
  summary: 'Everybody ever registered, by name or outlet (at most 200). Reading is logged.',
  query: z.object({ q: z.string().max(100).optional(), outlet: Id.optional() }),
  reply: z.array(Journalist),
});
export const putAccreditation = endpoint('PUT', '/api/journalists/:id/accreditation', {
  who: ['operator_dkis'],
  summary: 'Accredit until a day (registrations are then accepted by themselves), or end it with a reason.',
  params: ById,
  body: z.object({ validUntil: Day.nullable(), reason: line(300).nullable().default(null) }),
  reply: Journalist,
  refusals: ['registration.reason', 'registration.validity'],
});
export const putJournalistOutlet = endpoint('PUT', '/api/journalists/:id/outlet', {
  who: ['operator_dkis'],
  summary: 'The outlet somebody really works for: turns are counted by outlet.',
  params: ById,
  body: z.object({ outletId: Id }),
  reply: Journalist,
});
export const postJournalistPass = endpoint('POST', '/api/journalists/:id/pass', {
  who: ['operator_dkis'],
  summary: 'A new pass; every former one is dead at once. Mailed, and answered to be handed over.',
  params: ById,
  reply: z.object({ link: z.string() }),
});
export const getOutlets = endpoint('GET', '/api/outlets', { who: ['operator_dkis'], summary: 'Outlets by name.', reply: z.array(Outlet) });
export const getOutletNames = endpoint('GET', '/api/press/outlets', {
  who: 'anyone',
  summary: 'Names of outlets that were accredited before, for the registration form (at most 500).',
  reply: z.array(z.object({ name: z.string(), kind: OutletKind })),
});
export const putOutlet = endpoint('PUT', '/api/outlets/:id', {
  who: ['operator_dkis'],
  summary: 'Correct name and kind.',
  params: ById,
  body: z.object({ name: line(120), kind: OutletKind }),
  reply: Outlet,
  refusals: ['outlet.exists'],
});
export const postOutletMerge = endpoint('POST', '/api/outlets/:id/merge', {
  who: ['operator_dkis'],
  summary: 'Two spellings of one outlet: everybody of this one belongs to the other from now on.',
  params: ById,
  body: z.object({ into: Id }),
  reply: Outlet,
});
