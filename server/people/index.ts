// People: accounts, the tree of units, positions with Plt and Plh, roles, sessions, the directory.
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { HeldPosition, Me, Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Gate } from '../platform/gate.ts';
import type { OidcSettings } from '../platform/oidc-settings.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import { createAccessLog } from './access.ts';
import { createAccounts } from './accounts.ts';
import { chainsFor, headsOf, placed, staffOfUnits, within } from './chains.ts';
import { createCodes } from './codes.ts';
import { deviceInWords } from './device.ts';
import { createDirectory, heldBy } from './directory.ts';
import { createEntry } from './entry.ts';
import { createFactorRules } from './factor-rules.ts';
import { createFactors } from './factors.ts';
import { createImporting } from './importing.ts';
import { maskNip } from './nip.ts';
import { createOffice } from './office.ts';
import { createOidc } from './oidc.ts';
import { createPasskeys } from './passkeys.ts';
import * as store from './person-store.ts';
import * as unitStore from './unit-store.ts';
import { reaches, type Actor } from './rights.ts';
import { peopleRoutes, SESSION_COOKIE } from './routes.ts';
import { createSessions } from './sessions.ts';
import { createSignInLog } from './sign-in-log.ts';
import { createStaff } from './staff.ts';

export { createMailDesk } from './mail-desk.ts';
export { factorNotice } from './factor-notice.ts';
export { createNotices, type Notices } from './notices.ts';
export { portalItself } from './rights.ts';
export type { HeldPost, Holder, Placed, PostChain } from './chains.ts';

export type People = ReturnType<typeof createPeople>;

/** `position` = label of the highest position in force ("Plh. Kepala Dinas Sosial"); `rank` 1 leads, 9 = none. Full NIP: whoever shows it masks it. */
export type PersonRecord = {
  id: string;
  name: string;
  nip: string | null;
  opd: { id: string; name: string; abbreviation: string; zone: Zone } | null;
  unit: { id: string; name: string } | null;
  position: string | null;
  rank: number;
  positions: HeldPosition[];
};
export type Invitee = {
  personId: string;
  name: string;
  nip: string | null;
  position: string | null;
  rank: number;
  opdId: string | null;
  opdName: string | null;
  via: string;
};

type World = {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  secure: boolean;
  secret: string;
  /** The one before. */
  formerSecret?: string | null;
  origin: string | null;
  oidc?: OidcSettings | null;
  gate: Pick<Gate, 'strangerMustBeWithin'>;
};

export function createPeople({ sql, clock, log, secure, secret, formerSecret = null, origin, oidc: settings = null, gate }: World) {
  const signIns = createSignInLog({ clock });
  const sessions = createSessions({ sql, clock, signIns });
  const entry = createEntry({ sql, clock, sessions });
  const accounts = createAccounts({ sql, clock, sessions, entry, signIns });
  const factors = createFactors({ sql, clock, secret, formerSecret, sessions, entry });
  const codes = createCodes({ sql, clock, secret, formerSecret, entry, factors, signIns, mayTry: accounts.mayTry });
  const passkeys = createPasskeys({ sql, clock, log, entry, factors, signIns });
  const factorRules = createFactorRules({ sql, clock });
  const oidc = createOidc({ sql, clock, log, secret, formerSecret, settings, entry });
  const directory = createDirectory({ clock });
  const staff = createStaff({ sql, clock, sessions });
  const office = createOffice({ sql, clock, reachOf: staff.reachOf });
  const { noteAccess, looksAt } = createAccessLog({ clock });
  const { importStaff } = createImporting({ sql, clock, noteAccess, staff, office });

  /** Who holds the session cookie of this request. */
  async function whoIs(request: Pick<FastifyRequest, 'cookies'>): Promise<SignedIn | null> {
    const token = request.cookies[SESSION_COOKIE];
    return token !== undefined && /^[\w-]{43}$/.test(token) ? sessions.whose(token) : null;
  }

  async function me(person: SignedIn): Promise<Me> {
    const row = (await directory.row(sql, person.id))!;
    const opd =
      row.topId !== null && row.topName !== null && row.topAbbreviation !== null && row.zone !== null
        ? { id: row.topId, name: row.topName, abbreviation: row.topAbbreviation, zone: row.zone }
        : null;
    return {
      id: row.id,
      name: row.name,
      email: row.email,
      roles: [...person.roles],
      opd,
      positions: heldBy(row),
      managesOpds: [...person.managesOpds],
      mustChangePassword: row.mustChangePassword,
      factorDue: (await entry.dueOf(person.id))?.toISOString() ?? null,
    };
  }

  /** As it will be seen with the cookie just made. */
  async function meByToken(token: string): Promise<Me> {
    return me((await sessions.whose(token)) ?? refuse('session.required'));
  }

  /** Which OPDs somebody administers, asked once for all of them. */
  async function administers(tx: Tx, actor: Actor): Promise<(topOpdId: string) => boolean> {
    const reach = await staff.reachOf(tx, actor);
    return (topOpdId) => reaches(reach, topOpdId);
  }
  /** May the actor change what belongs to this OPD: its admin, or an administrator. */
  const mayAdminister = async (tx: Tx, actor: Actor, topOpdId: string): Promise<boolean> => (await administers(tx, actor))(topOpdId);

  const verbs = {
    maskNip,
    whoIs,
    noteAccess,
    looksAt,
    sessionsOf: sessions.list,
    signInsOf: signIns.list,
    stillIn: sessions.stillIn,
    administers,
    mayAdminister,
    importStaff,
    persons: directory.persons,
    resolve: directory.resolve,
    staffOf: directory.staffOf,
    staffIds: store.staffIds,
    contacts: store.contacts,
    /** To whom a role was granted, without those who may not sign in. */
    holdersOf: store.holdersOf,
    officials: (tx: Tx) => store.officials(tx, clock.now()),
    deviceInWords,
    onSignedOut: sessions.onSignedOut,
    requireFresh: entry.requireFresh,
    onFactorsChanged: factors.onChanged,
    /** For demonstrations and tests: who must have a second factor. */
    setFactorRule: factorRules.setRule,
    factorsOf: factors.factorsOf,
    /** Once, when the portal begins with another secret. */
    resealFormer: codes.resealFormer,
    officeAccountsOf: oidc.accountsOf,
    onDisabled: staff.onDisabled,
    chainsFor,
    headsOf,
    placed,
    staffOfUnits,
    within,
    opds: office.opds,
    topOpd: office.topOpd,
    addOpd: office.addOpd,
    positionsByIds: office.positionsByIds,
    /** Everybody who held, holds or will hold these posts, with the days. */
    holdingsOf: unitStore.holdingsOf,
    addPosition: office.addPosition,
    appoint: office.appoint,
    endAppointment: office.endAppointment,
    addPerson: staff.addPerson,
    changePerson: staff.changePerson,
    setDisabled: staff.setDisabled,
    grantRoles: staff.grantRoles,
    makeSetupLink: accounts.makeSetupLink,
    givePassword: accounts.givePassword,
    close: accounts.close,
    regionName: store.regionName,
    setRegion: store.setRegion,
  };
  const routes = peopleRoutes({
    entry,
    factors,
    codes,
    passkeys,
    factorRules,
    oidc,
    origin,
    gate,
    sql,
    secure,
    sessions,
    accounts,
    signIns,
    directory,
    office,
    staff,
    importStaff,
    noteAccess,
    me,
    meByToken,
  });
  return { ...verbs, routes };
}
