// Sessions: the only file that imports Lucia. Lucia decides whether a session is alive, when it is extended and when it is
// dropped; this adapter keeps them in our tables, by our clock, and under the hash of the cookie.
import { randomBytes } from 'node:crypto';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import type { Role } from '../../shared/people.ts';
import { batched } from '../platform/batch.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { tokenHash } from '../platform/personal-link.ts';
import type { SignedIn } from '../platform/serve.ts';
import * as store from './account-store.ts';
import { deviceInWords } from './device.ts';
import { isStructural } from './holdings.ts';
import type { SignInLog } from './sign-in-log.ts';

/** Extended by use (Lucia writes when half of it is gone) … */
const IDLE_HOURS = 12;
/** … but never beyond this age. */
export const MAX_AGE_S = 7 * 86_400;
const SEEN_EVERY_MS = 60_000;

type Visitor = Omit<SignedIn, 'id' | 'sessionId'>;
type SessionFacts = { since: Date; lastSeen: Date; userAgent: string };

declare module 'lucia' {
  // Lucia learns its types by merging into this interface.
  interface Register {
    Lucia: Lucia<SessionFacts, Visitor>;
    UserId: string;
    DatabaseUserAttributes: Visitor;
    DatabaseSessionAttributes: SessionFacts;
  }
}

/** One session, or all of a person (but one). */
export type SignedOut = { sessionId: string } | { personId: string; except: string | null };
export type Sessions = ReturnType<typeof createSessions>;

export function createSessions({ sql, clock, signIns }: { sql: Sql; clock: Clock; signIns: Pick<SignInLog, 'note'> }) {
  const visitor = batched(async (ids) => new Map((await store.visitors(sql, ids, clock.now())).map((row) => [row.id, row])));
  const luciaOn = (tx: Tx) =>
    new Lucia(adapterOn(tx, clock, visitor), {
      sessionExpiresIn: new TimeSpan(IDLE_HOURS, 'h'),
      getUserAttributes: (visitor: Visitor) => visitor,
      getSessionAttributes: (facts: SessionFacts) => facts,
    });

  const lucia = luciaOn(sql);
  const listeners: ((tx: Tx, ended: SignedOut) => Promise<void>)[] = [];

  /** Hears in the same transaction when somebody signs out or is signed out; not when a session merely grows old. */
  const onSignedOut = (listener: (typeof listeners)[number]): void => void listeners.push(listener);

  /** Who holds this cookie: one statement, shared by requests of the same moment (and once a minute a second one, for "last seen"). */
  async function whose(token: string): Promise<SignedIn | null> {
    const { user, session } = await lucia.validateSession(tokenHash(token));
    if (!user) return null;
    const now = clock.now();
    if (now.getTime() - session.lastSeen.getTime() >= SEEN_EVERY_MS) await store.touchSession(sql, session.id, now);
    return { id: user.id, name: user.name, sessionId: session.id, roles: user.roles, opdId: user.opdId, managesOpds: user.managesOpds };
  }

  /** Of these sessions those that are not over, with who holds them now; one statement. */
  async function stillIn(sessionIds: readonly string[]): Promise<Map<string, SignedIn>> {
    const now = clock.now();
    const rows = (await store.visitors(sql, sessionIds, now)).filter(({ expiresAt }) => expiresAt > now);
    return new Map(rows.map((row) => [row.id, { id: row.personId, sessionId: row.id, ...visitorOf(row) }]));
  }

  /** A new session under a new secret (256 bits), which is the cookie. */
  async function begin(tx: Tx, personId: string, userAgent: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const now = clock.now();
    const lucia = luciaOn(tx);
    await lucia.deleteExpiredSessions();
    await signIns.note(tx, personId, 'masuk', userAgent);
    await lucia.createSession(personId, { since: now, lastSeen: now, userAgent: userAgent.slice(0, 300) }, { sessionId: tokenHash(token) });
    return token;
  }

  async function end(tx: Tx, sessionId: string): Promise<void> {
    await luciaOn(tx).invalidateSession(sessionId);
    await tell(tx, [`session:${sessionId}`], { type: 'session.ended' });
    for (const hear of listeners) await hear(tx, { sessionId });
  }

  /** Ends every session of the person, or every other one. */
  async function endAll(tx: Tx, personId: string, except: string | null = null): Promise<void> {
    const lucia = luciaOn(tx);
    const ended = (await lucia.getUserSessions(personId)).map((session) => session.id).filter((id) => id !== except);
    if (except === null) await lucia.invalidateUserSessions(personId);
    else for (const id of ended) await lucia.invalidateSession(id);
    await tell(
      tx,
      ended.map((id) => `session:${id}`),
      { type: 'session.ended' },
    );
    for (const hear of listeners) await hear(tx, { personId, except });
  }

  async function list(personId: string): Promise<{ id: string; device: string; since: string; lastSeen: string }[]> {
    const sessions = await lucia.getUserSessions(personId);
    return sessions.map((s) => ({ id: s.id, device: deviceInWords(s.userAgent), since: s.since.toISOString(), lastSeen: s.lastSeen.toISOString() }));
  }

  return { whose, stillIn, begin, end, endAll, list, onSignedOut };
}

/** Lucia reads the machine's clock; the office's may be another (tests set it). Instants are shifted on the way in and out. */
function adapterOn(tx: Tx, clock: Clock, visitor: (sessionId: string) => Promise<store.VisitorRow | null>): Adapter {
  const ahead = (): number => Date.now() - clock.now().getTime();
  const toLucia = (at: Date): Date => new Date(at.getTime() + ahead());
  const toOffice = (at: Date): Date => new Date(at.getTime() - ahead());
  return {
    async getSessionAndUser(id) {
      const row = await visitor(id);
      if (!row) return [null, null];
      const facts = { since: row.createdAt, lastSeen: row.lastSeenAt, userAgent: '' };
      return [
        { id: row.id, userId: row.personId, expiresAt: toLucia(row.expiresAt), attributes: facts },
        { id: row.personId, attributes: visitorOf(row) },
      ];
    },
    async getUserSessions(personId) {
      const rows = await store.sessionsOf(tx, personId);
      return rows.map((r): DatabaseSession => ({
        id: r.id,
        userId: r.personId,
        expiresAt: toLucia(r.expiresAt),
        attributes: { since: r.createdAt, lastSeen: r.lastSeenAt, userAgent: r.userAgent },
      }));
    },
    async setSession(session) {
      const { since, userAgent } = session.attributes;
      await store.insertSession(tx, { id: session.id, personId: session.userId, expiresAt: toOffice(session.expiresAt), createdAt: since, userAgent });
    },
    async updateSessionExpiration(id, expiresAt) {
      await store.extendSession(tx, id, toOffice(expiresAt), MAX_AGE_S);
    },
    async deleteSession(id) {
      await store.deleteSession(tx, id);
    },
    async deleteUserSessions(personId) {
      await store.deleteSessionsOf(tx, personId);
    },
    async deleteExpiredSessions() {
      await store.deleteExpired(tx, clock.now());
    },
  };
}

/** Roles granted, and those that follow from the positions in force today (Plt and Plh count). */
function visitorOf(row: store.VisitorRow): Visitor {
  const roles = new Set<Role>(row.topId === null ? [] : ['staf']);
  const manages = new Set(row.everyOpd ?? []);
  for (const granted of row.granted) {
    const [role, opd] = granted.split(':') as [Role, string];
    roles.add(role);
    if (role === 'admin_opd') manages.add(opd);
  }
  for (const post of row.posts) {
    const [level, opd] = post.split(':') as [Parameters<typeof isStructural>[0], string];
    if (isStructural(level)) roles.add('pejabat');
    if (level === 'kepala_opd') {
      roles.add('kepala_opd');
      manages.add(opd);
    }
  }
  return { name: row.name, roles: [...roles], opdId: row.topId, managesOpds: [...manages] };
}
