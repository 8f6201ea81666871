// What is served of the way in beyond a password: its second step, second factors, and who must have one.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as people from '../../shared/people.ts';
import * as wire from '../../shared/sign-in.ts';
import type { Sql } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, type Caller, type Route, type SignedIn } from '../platform/serve.ts';
import type { NoteAccess } from './access.ts';
import type { Browser, createAccounts } from './accounts.ts';
import type { Codes } from './codes.ts';
import type { Entered, Entry } from './entry.ts';
import type { FactorRules } from './factor-rules.ts';
import type { Enroller, Factors } from './factors.ts';
import type { Oidc } from './oidc.ts';
import type { Party } from './passkey-party.ts';
import type { Passkeys } from './passkeys.ts';

/** A sign-in on its way, in the browser that began it. */
export const HALF_COOKIE = 'langkah';

type Parts = {
  sql: Sql;
  entry: Entry;
  accounts: ReturnType<typeof createAccounts>;
  factors: Factors;
  codes: Codes;
  passkeys: Passkeys;
  factorRules: FactorRules;
  oidc: Oidc;
  /** The address people know; else, on this machine, the request's own. */
  originOf: (request: FastifyRequest) => string;
  /** Whose passkeys a page of this address may ask for, else where it should be opened instead. */
  partyAt: (request: FastifyRequest) => { party: Party | null; instead: string | null };
  noteAccess: NoteAccess;
  browserOf: (caller: Caller, request: FastifyRequest) => Browser;
  enter: (entered: Entered, reply: FastifyReply) => Promise<people.Me>;
};

export function signInRoutes({
  sql,
  entry,
  accounts,
  factors,
  codes,
  passkeys,
  factorRules,
  oidc,
  originOf,
  partyAt,
  noteAccess,
  browserOf,
  enter,
}: Parts): Route[] {
  type Asking = { caller: Caller; request: FastifyRequest };
  const halfOf = ({ caller, request }: Asking) => entry.half(sql, request.cookies[HALF_COOKIE] ?? null, caller.device());

  /** Somebody with a session, who has shown a factor lately if there is one; or on the way in, where one must be set up. */
  async function enroller(person: SignedIn | null, asking: Asking): Promise<Enroller> {
    if (person) {
      await entry.requireFresh(person);
      return { personId: person.id, person, half: null };
    }
    const half = await halfOf(asking);
    return half.step === 'set_up' ? { personId: half.personId, person: null, half } : refuse('session.step_over');
  }

  const partyFor = (request: FastifyRequest): Party => partyAt(request).party ?? refuse('passkey.elsewhere');

  return [
    serve(wire.getWays, ({ request }) => {
      const { party, instead } = partyAt(request);
      return { passkeys: party !== null, passkeysAt: instead, oidc: oidc.offered() };
    }),
    serve(wire.postOidcStart, ({ caller, request }) => oidc.start(originOf(request), caller.device())),
    serve(wire.postOidc, async ({ body, caller, request, reply }) =>
      enter(await oidc.finish(originOf(request), body.search, browserOf(caller, request)), reply),
    ),
    serve(wire.getStep, async (asking) => factors.stepOf(await halfOf(asking))),
    serve(wire.postSessionCode, async ({ body, reply, ...asking }) =>
      enter(await codes.signInByCode(await halfOf(asking), body.code, browserOf(asking.caller, asking.request)), reply),
    ),
    serve(wire.postSessionPassword, async ({ body, reply, ...asking }) =>
      enter(await accounts.replaceFirst(await halfOf(asking), body.next, browserOf(asking.caller, asking.request)), reply),
    ),
    serve(wire.postTotp, async ({ person, ...asking }) => {
      const { personId } = await enroller(person, asking);
      return codes.startTotp(personId);
    }),
    serve(wire.postTotpConfirm, async ({ person, body, reply, ...asking }) => {
      const { recoveryCodes, entered } = await codes.confirmTotp(await enroller(person, asking), body.code, browserOf(asking.caller, asking.request));
      return { recoveryCodes, me: entered && (await enter(entered, reply)) };
    }),
    serve(wire.postPasskeyStart, ({ caller, request }) => passkeys.startShowing(null, partyFor(request), caller.device())),
    serve(wire.postPasskey, async ({ body, caller, request, reply }) =>
      enter(await passkeys.signIn(body, partyFor(request), browserOf(caller, request)), reply),
    ),
    serve(wire.postStepPasskeyStart, async (asking) => {
      const half = await halfOf(asking);
      return half.step === 'factor' ? passkeys.startShowing(half.personId, partyFor(asking.request), asking.caller.device()) : refuse('session.step_over');
    }),
    serve(wire.postStepPasskey, async ({ body, reply, ...asking }) =>
      enter(await passkeys.signInSecond(await halfOf(asking), body, partyFor(asking.request), browserOf(asking.caller, asking.request)), reply),
    ),
    serve(wire.postFreshPasskeyStart, ({ person, caller, request }) => passkeys.startShowing(person.id, partyFor(request), caller.device())),
    serve(wire.postFreshPasskey, ({ person, body, caller, request }) => passkeys.freshBy(person, body, partyFor(request), browserOf(caller, request))),
    serve(wire.postPasskeysStart, async ({ person, ...asking }) =>
      passkeys.startMaking(await enroller(person, asking), partyFor(asking.request), asking.caller.device()),
    ),
    serve(wire.postPasskeys, async ({ person, body, reply, ...asking }) => {
      const browser = browserOf(asking.caller, asking.request);
      const { recoveryCodes, entered } = await passkeys.make(await enroller(person, asking), body, partyFor(asking.request), browser);
      return { recoveryCodes, me: entered && (await enter(entered, reply)) };
    }),
    serve(wire.deletePasskey, ({ person, params }) => passkeys.remove(person, params.id)),
    serve(wire.deleteTotp, ({ person }) => codes.removeTotp(person)),
    serve(wire.postRecoveryCodes, ({ person }) => factors.renewCodes(person)),
    serve(wire.postFresh, ({ person, body, caller, request }) => codes.freshByCode(person, body.code, browserOf(caller, request))),
    serve(wire.getFactors, ({ person }) => factors.factorsOf(person)),
    serve(wire.getFactorRules, async ({ person }) => {
      const found = await factorRules.rules(sql);
      const persons = found.lacking.map(({ id }) => id);
      await noteAccess(sql, { by: person.id, what: 'faktor_kedua', subject: 'semua', count: persons.length, scope: { kind: 'region', id: null }, persons });
      return found;
    }),
    serve(wire.putFactorRule, ({ person, params, body }) => factorRules.setRule(person, params.role, body)),
    serve(wire.getPersonFactors, ({ params }) => factors.ofPerson(params.id)),
    serve(wire.postFactorsAway, ({ person, params, body }) => factors.takeAway(person, params.id, body.reason)),
  ];
}
