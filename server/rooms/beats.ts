// The third witness: pages in a room say every ten seconds that they are there. Kept in memory, written every few seconds in one
// statement; the log hears of them only where they are news. A page alone is never enough: the session must be LiveKit's own,
// or this process's door must hold its signalling connection, which no page can pretend.
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { parseIdentity } from './identity.ts';
import * as store from './store.ts';
import { begin, keyOf } from './telling.ts';

type Kept = store.Beat & { first: Date; atDoor: boolean };
type World = {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  isOpen: (identity: string) => boolean;
  changed: (tx: Tx, members: ReadonlyMap<string, readonly string[]>) => Promise<void>;
};
export type Beats = ReturnType<typeof createBeats>;

/** Sessions that may say something between two writings; a page has one. */
const MOST = 20_000;
/** A page that has been silent for so long has nothing to say about how its session ended. */
const FORGET_MS = 600_000;

export function createBeats({ sql, clock, log, isOpen, changed }: World) {
  const latest = new Map<string, Kept>();
  const unwritten = new Set<string>();
  /** Closed sessions whose page went on, told once. */
  const contradicted = new Set<string>();
  let flushing: Promise<void> | null = null;

  /** The page of this identity says that it is in this room. The caller has looked at whose page it is. */
  function note(roomId: string, identity: string, sid: string): void {
    const who = parseIdentity(identity);
    const key = keyOf(roomId, sid);
    const before = latest.get(key);
    if (!who || (before ? before.member !== who.member || before.device !== who.device : latest.size >= MOST)) return;
    const at = clock.now();
    latest.set(key, { roomId, sid, member: who.member, device: who.device, at, first: before?.first ?? at, atDoor: isOpen(identity) });
    unwritten.add(key);
  }

  /** Once at a time. What cannot be written is written the next time. */
  function flush(): Promise<void> {
    flushing ??= write().finally(() => (flushing = null));
    return flushing;
  }

  async function write(): Promise<void> {
    const keys = [...unwritten];
    unwritten.clear();
    const beats = keys.flatMap((key) => latest.get(key) ?? []);
    try {
      if (beats.length > 0) for (const news of await store.saveBeats(sql, beats)) await noteNews(news);
    } catch (error) {
      for (const key of keys) unwritten.add(key);
      log.warn({ err: error }, 'beats not written; the next round tries again');
    }
    forget();
  }

  async function noteNews(news: store.BeatNews): Promise<void> {
    const key = keyOf(news.roomId, news.sid);
    const beat = latest.get(key);
    if (!beat) return;
    // A session LiveKit has told of and ended by its own word, or under another identity: nothing can be added to it.
    const unknown = news.own === null;
    if (!unknown && (!news.own || news.closedBy !== 'absent' || contradicted.has(key) || (news.closedAt ?? beat.at) >= beat.at)) return drop(key, news);
    if (!beat.atDoor) return drop(key, news);
    await sql.begin(async (tx) => {
      await store.lockPresence(tx, [beat.roomId]);
      const [known] = await store.sessions(tx, { roomIds: [beat.roomId], sids: [beat.sid], allOpenIn: [] });
      // LiveKit was quicker after all.
      if (unknown === (known !== undefined)) return;
      const at = unknown ? beat.first : beat.at;
      const { roomId, sid, member, device } = beat;
      await store.insertFacts(tx, [{ roomId, source: 'heartbeat', kind: 'seen', sid, member, device, at, reason: null, receivedAt: clock.now() }]);
      if (unknown) await store.saveSessions(tx, [begin(roomId, { sid, member, device }, at, beat.at)]);
      await changed(tx, new Map([[roomId, [member]]]));
    });
    if (!unknown) contradicted.add(key);
  }

  function drop(key: string, { own }: store.BeatNews): void {
    if (own !== true) latest.delete(key);
  }

  function forget(): void {
    const before = clock.now().getTime() - FORGET_MS;
    for (const [key, { at }] of latest) if (at.getTime() < before && !unwritten.has(key)) latest.delete(key);
    if (contradicted.size > MOST) contradicted.clear();
  }

  /** The last word of a session's page, here or at another process. */
  function lastOf(session: store.Session): Date | null {
    const here = latest.get(keyOf(session.roomId, session.sid));
    const own = here?.member === session.member && here.device === session.device ? here.at : null;
    return own && (!session.lastBeatAt || own > session.lastBeatAt) ? own : session.lastBeatAt;
  }

  return { note, flush, lastOf };
}
