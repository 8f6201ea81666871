// The ways in beyond a password: second factors, what comes between a password and a session, who must have a factor.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ById, Id, Instant, line, Me, Password } from './people.ts';

/** What comes next: show a factor, replace the first password, set a factor up. */
export const Step = z.enum(['factor', 'password', 'set_up']);
export type Step = z.infer<typeof Step>;
export const Way = z.enum(['totp', 'passkey', 'recovery']);
export type Way = z.infer<typeof Way>;

/** Six digits of an authenticator app, or a recovery code; spaces and dashes do not count. */
const Code = z.string().trim().min(6).max(40);

export const getWays = endpoint('GET', '/api/session/ways', {
  who: 'anyone',
  summary:
    'The ways to sign in beside a password. `passkeysAt`: where to open this portal so that passkeys work. `down`: the identity provider did not answer last time.',
  reply: z.object({ passkeys: z.boolean(), passkeysAt: z.url().nullable(), oidc: z.object({ name: z.string(), down: z.boolean() }).nullable() }),
});
export const postOidcStart = endpoint('POST', '/api/session/oidc/start', {
  who: 'anyone',
  summary: 'Begin to sign in by the identity provider; answers where to send this browser.',
  reply: z.object({ url: z.url() }),
  refusals: ['not_found', 'oidc.down'],
});
export const postOidc = endpoint('POST', '/api/session/oidc', {
  who: 'anyone',
  summary: 'Back from the identity provider with this query (of /masuk/oidc). Once, in the browser that began it.',
  body: z.object({ search: z.string().min(1).max(4_000).startsWith('?') }),
  reply: Me,
  refusals: ['not_found', 'oidc.down', 'oidc.refused', 'oidc.unknown', 'session.second_step'],
});

export const getStep = endpoint('GET', '/api/session/step', {
  who: 'anyone',
  summary: 'What a sign-in that was begun in this browser waits for. `until`: then it must begin again.',
  reply: z.object({ name: z.string(), step: Step, ways: z.array(Way), until: Instant }),
  refusals: ['session.step_over'],
});
export const postSessionCode = endpoint('POST', '/api/session/code', {
  who: 'anyone',
  summary: 'The second step of a sign-in: a code of the authenticator app, or a recovery code. Each counts once.',
  body: z.object({ code: Code }),
  reply: Me,
  refusals: ['session.step_over', 'session.second_step', 'session.slow_down', 'factor.wrong'],
});
export const postSessionPassword = endpoint('POST', '/api/session/password', {
  who: 'anyone',
  summary: 'Replace the first password on the way in.',
  body: z.object({ next: Password }),
  reply: Me,
  refusals: ['session.step_over', 'session.second_step', 'password.weak'],
});

/** `qr`: an SVG of `uri`. */
const TotpStart = z.object({ secret: z.string(), uri: z.string(), qr: z.string() });
/** `recoveryCodes`: shown once; empty where there are some already. `me`: of a sign-in that is done by it. */
const FactorMade = z.object({ recoveryCodes: z.array(z.string()), me: Me.nullable() });
export const postTotp = endpoint('POST', '/api/factors/totp', {
  who: 'visitor',
  summary: 'Begin with an authenticator app: by the signed-in person, or on the way in where a factor must be set up.',
  reply: TotpStart,
  refusals: ['session.step_over', 'session.fresh_needed', 'factor.exists'],
});
export const postTotpConfirm = endpoint('POST', '/api/factors/totp/confirm', {
  who: 'visitor',
  summary: 'Show by one code that the app has the secret; from now on it is asked for.',
  body: z.object({ code: Code }),
  reply: FactorMade,
  refusals: ['session.step_over', 'session.fresh_needed', 'session.slow_down', 'factor.exists', 'factor.wrong'],
});
export const deleteTotp = endpoint('DELETE', '/api/factors/totp', {
  who: 'signedIn',
  fresh: true,
  summary: 'Remove the own authenticator app.',
  refusals: ['factor.needed'],
});
export const postRecoveryCodes = endpoint('POST', '/api/factors/recovery-codes', {
  who: 'signedIn',
  fresh: true,
  summary: 'Ten new recovery codes; the former ones are void.',
  reply: z.object({ recoveryCodes: z.array(z.string()) }),
  refusals: ['factor.none'],
});
export const postFresh = endpoint('POST', '/api/me/fresh', {
  who: 'signedIn',
  summary: 'Show the own factor again; acts that ask for it go on for 15 minutes.',
  body: z.object({ code: Code }),
  refusals: ['session.slow_down', 'factor.wrong'],
});

/** What the browser's own call needs and answers (WebAuthn Level 3, 5.1.8 to 5.1.10), as it comes from and goes to it. */
const Base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]*$/);
const Descriptor = z.object({ id: z.string(), type: z.literal('public-key'), transports: z.array(z.string()).optional() });
const AskToMake = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number() })),
  timeout: z.number(),
  attestation: z.literal('none'),
  excludeCredentials: z.array(Descriptor),
  authenticatorSelection: z.object({ residentKey: z.literal('required'), requireResidentKey: z.boolean(), userVerification: z.literal('required') }),
});
const AskToShow = z.object({
  rpId: z.string(),
  challenge: z.string(),
  timeout: z.number(),
  userVerification: z.literal('required'),
  allowCredentials: z.array(Descriptor).optional(),
});
const Answered = z.object({
  id: Base64url(1_400),
  rawId: Base64url(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.object({ credProps: z.object({ rk: z.boolean().optional() }).optional() }),
});
const PasskeyMade = Answered.extend({
  response: z.object({
    clientDataJSON: Base64url(4_000),
    attestationObject: Base64url(20_000),
    transports: z.array(z.string().max(20)).max(8).optional(),
  }),
});
export type PasskeyMade = z.output<typeof PasskeyMade>;
const PasskeyShown = Answered.extend({
  response: z.object({
    clientDataJSON: Base64url(4_000),
    authenticatorData: Base64url(4_000),
    signature: Base64url(4_000),
    userHandle: Base64url(100).optional(),
  }),
});
export type PasskeyShown = z.output<typeof PasskeyShown>;
const SHOWN_WRONG = ['passkey.elsewhere', 'passkey.late', 'passkey.unknown', 'passkey.wrong'] as const;

export const postPasskeyStart = endpoint('POST', '/api/session/passkey/start', {
  who: 'anyone',
  summary: 'What a passkey must sign to sign in without a password: once, within five minutes, in this browser.',
  reply: AskToShow,
  refusals: ['passkey.elsewhere'],
});
export const postPasskey = endpoint('POST', '/api/session/passkey', {
  who: 'anyone',
  summary: 'Sign in by a passkey, without a password.',
  body: PasskeyShown,
  reply: Me,
  refusals: [...SHOWN_WRONG, 'session.wrong', 'session.second_step'],
});
export const postStepPasskeyStart = endpoint('POST', '/api/session/step/passkey/start', {
  who: 'anyone',
  summary: 'What a passkey must sign as the second step of a sign-in.',
  reply: AskToShow,
  refusals: ['passkey.elsewhere', 'session.step_over'],
});
export const postStepPasskey = endpoint('POST', '/api/session/step/passkey', {
  who: 'anyone',
  summary: 'The second step of a sign-in, by a passkey.',
  body: PasskeyShown,
  reply: Me,
  refusals: [...SHOWN_WRONG, 'session.step_over', 'session.second_step'],
});
export const postFreshPasskeyStart = endpoint('POST', '/api/me/fresh/passkey/start', {
  who: 'signedIn',
  summary: 'What a passkey must sign before a dangerous act.',
  reply: AskToShow,
  refusals: ['passkey.elsewhere'],
});
export const postFreshPasskey = endpoint('POST', '/api/me/fresh/passkey', {
  who: 'signedIn',
  summary: 'Show an own passkey again; acts that ask for it go on for 15 minutes.',
  body: PasskeyShown,
  refusals: [...SHOWN_WRONG],
});
export const postPasskeysStart = endpoint('POST', '/api/factors/passkeys/start', {
  who: 'visitor',
  summary: 'Begin with a passkey: by the signed-in person, or on the way in where a factor must be set up.',
  reply: AskToMake,
  refusals: ['passkey.elsewhere', 'passkey.many', 'session.step_over', 'session.fresh_needed'],
});
export const postPasskeys = endpoint('POST', '/api/factors/passkeys', {
  who: 'visitor',
  summary: 'The passkey that the device has made, under the name its owner gives it.',
  body: z.object({ name: line(60), made: PasskeyMade }),
  reply: FactorMade,
  refusals: ['passkey.elsewhere', 'passkey.late', 'passkey.wrong', 'passkey.exists', 'passkey.many', 'session.step_over', 'session.fresh_needed'],
});
export const deletePasskey = endpoint('DELETE', '/api/factors/passkeys/:id', {
  who: 'signedIn',
  fresh: true,
  summary: 'Remove an own passkey.',
  params: ById,
  refusals: ['factor.needed'],
});

export const Passkey = z.object({ id: Id, name: z.string(), madeAt: Instant, usedAt: Instant.nullable(), backedUp: z.boolean() });
/** `due`: by when a factor must be set up; null = need not, or there is one. `ways`: by which the person can prove it is them. */
export const getFactors = endpoint('GET', '/api/factors', {
  who: 'signedIn',
  summary: 'The own second factors.',
  reply: z.object({
    totp: z.object({ since: Instant }).nullable(),
    passkeys: z.array(Passkey),
    recoveryLeft: z.number(),
    required: z.boolean(),
    due: Instant.nullable(),
    ways: z.array(Way),
  }),
});

export const FactorRole = z.enum(['administrator', 'kepala_opd', 'pejabat', 'bkd', 'operator_dkis', 'admin_opd']);
export type FactorRole = z.infer<typeof FactorRole>;
const FactorRules = z.object({
  rules: z.array(
    z.object({
      role: FactorRole,
      required: z.boolean(),
      graceDays: z.number(),
      at: Instant,
      byName: z.string().nullable(),
      must: z.number(),
      lack: z.number(),
    }),
  ),
  /** Who must have a factor and has none; `due` null = never signed in since it is asked for. */
  lacking: z.array(z.object({ id: Id, name: z.string(), opd: z.string().nullable(), roles: z.array(FactorRole), due: Instant.nullable() })),
});
export const getFactorRules = endpoint('GET', '/api/factor-rules', {
  who: ['administrator'],
  summary: 'Which roles must have a second factor, and who lacks one. Reading it is logged.',
  reply: FactorRules,
});
export const putFactorRule = endpoint('PUT', '/api/factor-rules/:role', {
  who: ['administrator'],
  fresh: true,
  summary: 'Whether people of a role must have a second factor, and how many days they have to set it up. Each change stays on record.',
  params: z.object({ role: FactorRole }),
  body: z.object({ required: z.boolean(), graceDays: z.number().int().min(0).max(365) }),
});
export const getPersonFactors = endpoint('GET', '/api/people/:id/factors', {
  who: ['administrator'],
  summary: 'Which second factors a person has.',
  params: ById,
  reply: z.object({ totp: z.boolean(), passkeys: z.number(), recoveryLeft: z.number() }),
});
export const postFactorsAway = endpoint('POST', '/api/people/:id/factors/away', {
  who: ['administrator'],
  fresh: true,
  summary: 'Take the factors of somebody away who has lost them: with a reason, which the person is told. Every session of theirs ends.',
  params: ById,
  body: z.object({ reason: line(300) }),
  refusals: ['person.self', 'factor.none'],
});
