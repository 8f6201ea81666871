// What people serves. Every reading of a list of people leaves a line in the access log.
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as wire from '../../shared/people.ts';
import type { Sql } from '../platform/database.ts';
import { tokenHash } from '../platform/personal-link.ts';
import type { Gate } from '../platform/gate.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, type Caller, type Route, type SignedIn } from '../platform/serve.ts';
import type { NoteAccess } from './access.ts';
import type { Browser, createAccounts } from './accounts.ts';
import type { createDirectory } from './directory.ts';
import { HALF_S, type Entered, type Entry } from './entry.ts';
import type { Codes } from './codes.ts';
import type { FactorRules } from './factor-rules.ts';
import type { Factors } from './factors.ts';
import type { createImporting } from './importing.ts';
import type { createOffice } from './office.ts';
import type { Oidc } from './oidc.ts';
import type { Passkeys } from './passkeys.ts';
import { insteadOf, partyOf, type Party } from './passkey-party.ts';
import { HALF_COOKIE, signInRoutes } from './sign-in-routes.ts';
import { MAX_AGE_S, type Sessions } from './sessions.ts';
import type { SignInLog } from './sign-in-log.ts';
import type { createStaff } from './staff.ts';
import { template } from './staff-csv.ts';

export const SESSION_COOKIE = 'sesi';

type Parts = {
  entry: Entry;
  factors: Factors;
  codes: Codes;
  passkeys: Passkeys;
  factorRules: FactorRules;
  oidc: Oidc;
  origin: string | null;
  sql: Sql;
  gate: Pick<Gate, 'strangerMustBeWithin'>;
  secure: boolean;
  sessions: Sessions;
  accounts: ReturnType<typeof createAccounts>;
  signIns: SignInLog;
  directory: ReturnType<typeof createDirectory>;
  office: ReturnType<typeof createOffice>;
  staff: ReturnType<typeof createStaff>;
  importStaff: ReturnType<typeof createImporting>['importStaff'];
  noteAccess: NoteAccess;
  me: (person: SignedIn) => Promise<wire.Me>;
  meByToken: (token: string) => Promise<wire.Me>;
};

const scopeOf = (opd: string | undefined) => (opd === undefined ? { kind: 'region' as const, id: null } : { kind: 'opd' as const, id: opd });

export function peopleRoutes(parts: Parts): Route[] {
  return [...sessionRoutes(parts), ...officeRoutes(parts), ...staffRoutes(parts)];
}

function sessionRoutes(parts: Parts): Route[] {
  const { gate, sql, secure, sessions, accounts, oidc, origin, signIns, me, meByToken } = parts;
  const originOf = (request: FastifyRequest): string => origin ?? `${request.protocol}://${request.host}`;
  /** Whose passkeys a page of this address may ask for; null = none. */
  const partyAt = (request: FastifyRequest): { party: Party | null; instead: string | null } => ({
    party: partyOf(origin, originOf(request)),
    instead: insteadOf(origin, originOf(request)),
  });
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  const browserOf = (caller: Caller, request: FastifyRequest): Browser => {
    const old = request.cookies[SESSION_COOKIE];
    return {
      device: caller.device(),
      userAgent: request.headers['user-agent'] ?? '',
      sessionId: old === undefined ? null : tokenHash(old),
      strangerMustBeWithin: () => gate.strangerMustBeWithin(request),
    };
  };
  /** Somebody half proven is told that there is a next step, and has no session. */
  async function enter(entered: Entered, reply: FastifyReply): Promise<wire.Me> {
    if ('half' in entered) {
      reply.setCookie(HALF_COOKIE, entered.half, { ...cookie, maxAge: HALF_S });
      refuse('session.second_step');
    }
    reply.clearCookie(HALF_COOKIE, cookie).setCookie(SESSION_COOKIE, entered.token, { ...cookie, maxAge: MAX_AGE_S });
    return meByToken(entered.token);
  }
  const leave = (reply: FastifyReply): void => void reply.clearCookie(SESSION_COOKIE, cookie);

  return [
    serve(wire.getMe, ({ person }) => me(person)),
    serve(wire.postSession, async ({ body, caller, request, reply }) => enter(await accounts.signIn(body, browserOf(caller, request)), reply)),
    serve(wire.deleteSession, async ({ person, request, reply }) => {
      const next = await oidc.signOutUrl(person.sessionId, originOf(request));
      await accounts.signOut(person);
      leave(reply);
      return { next };
    }),
    serve(wire.deleteSessions, async ({ person, reply }) => accounts.signOutEverywhere(person).then(() => leave(reply))),
    serve(wire.getSessions, async ({ person }) => (await sessions.list(person.id)).map((s) => ({ ...s, current: s.id === person.sessionId }))),
    serve(wire.getSignIns, ({ person }) => signIns.list(sql, person.id)),
    serve(wire.putPassword, ({ person, body, caller }) => accounts.changePassword(person, body, caller.device())),
    ...signInRoutes({ ...parts, originOf, partyAt, browserOf, enter }),
    serve(wire.postSetup, async ({ body, caller, request, reply }) => enter(await accounts.setUp(body, browserOf(caller, request)), reply)),
  ];
}

function officeRoutes({ sql, office, noteAccess }: Parts): Route[] {
  return [
    serve(wire.getOpds, () => office.opds(sql)),
    serve(wire.postOpd, ({ body }) => office.addOpd(body)),
    serve(wire.putOpd, ({ params, body }) => office.changeOpd(params.id, body)),
    serve(wire.deleteOpd, ({ params }) => office.removeOpd(params.id)),
    serve(wire.getPositions, async ({ person, query }) => {
      const positions = await office.positions(sql, query.opd ?? null);
      const held = [...new Set(positions.flatMap((p) => p.holdings.map((h) => h.personId)))];
      await noteAccess(sql, { by: person.id, what: 'jabatan', subject: query.opd ?? 'semua', count: held.length, scope: scopeOf(query.opd), persons: held });
      return positions;
    }),
    serve(wire.postPosition, ({ person, body }) => office.addPosition(person, body)),
    serve(wire.postHolding, ({ person, params, body }) => office.appoint(person, params.id, body)),
    serve(wire.postHoldingEnd, ({ person, params, body }) => office.endAppointment(person, params.id, body.until)),
  ];
}

function staffRoutes({ sql, staff, directory, importStaff, noteAccess }: Parts): Route[] {
  return [
    serve(wire.getPeople, async ({ person, query }) => {
      const cards = await directory.cards(sql, query);
      const persons = cards.map((card) => card.id);
      await noteAccess(sql, { by: person.id, what: 'direktori', subject: query.opd ?? 'semua', count: cards.length, scope: scopeOf(query.opd), persons });
      return cards;
    }),
    serve(wire.postPerson, ({ person, body }) => staff.addPersonWithPassword(person, body)),
    serve(wire.putPerson, ({ person, params, body }) => staff.changePerson(person, params.id, body)),
    serve(wire.postPersonPassword, ({ person, params }) => staff.resetPassword(person, params.id)),
    serve(wire.postPersonDisabled, ({ person, params, body }) => staff.setDisabled(person, params.id, body.disabled)),
    serve(wire.getPersonRoles, ({ params }) => staff.rolesOf(sql, params.id)),
    serve(wire.putPersonRoles, ({ person, params, body }) => staff.grantRoles(person, params.id, body)),
    serve(wire.postImport, ({ person, body, query }) => importStaff(person, body, { dryRun: query.dryRun === 'true' })),
    serve(wire.getImportTemplate, () => ({ content: template(), name: 'contoh-impor-pegawai.csv' })),
  ];
}
