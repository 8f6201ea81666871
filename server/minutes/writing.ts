// Writing together: a socket of ours in which Hocuspocus merges what several people type. Who may be in it is decided here, not there.
// Truth is the row in Postgres: whoever saves merges into it, and tells the other portal processes, which read it again. So two processes
// lose nothing; somebody at the other one sees the words a moment later.
import { randomUUID } from 'node:crypto';
import { Hocuspocus, type Document } from '@hocuspocus/server';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { applyUpdate, encodeStateAsUpdate } from 'yjs';
import { z } from 'zod';
import { writingClosed, type WritingNews } from '../../shared/minutes.ts';
import type { Clock } from '../platform/clock.ts';
import { isDatabaseAway, type Sql, type Tx } from '../platform/database.ts';
import { isOwnOrigin, type SignedIn } from '../platform/serve.ts';
import * as store from './store.ts';
import { merged, MOST_BYTES } from './text.ts';

const CHANNEL = 'portal_notulen';
/** After the last key, and at the latest. */
const SAVE_MS = 800;
const SAVE_WITHIN_MS = 3_000;
/** How often the right of everybody who writes is asked for again, what could not be saved is tried again, and the page hears that the portal is there. */
const LOOK_MS = 5_000;
/** Of one frame: what somebody wrote without a connection comes in one. */
const MOST_FRAME = 256 * 1024;
/** Frames of one socket in ten seconds: a fast typist sends about ten a second. */
const MOST_FRAMES = 400;
const FRAMES_MS = 10_000;
/** Hocuspocus' own message types that a page needs: text, sign-in, text without an answer, end. The rest (awareness, broadcasts) would let a page speak in another's name. */
const KNOWN_TYPES = new Set([0, 2, 4, 7]);

export type MayWrite = 'writes' | 'frozen' | 'no';
type World = {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  origin: string | null;
  whoIs: (request: FastifyRequest) => Promise<SignedIn | null>;
  mayWrite: (tx: Tx, person: SignedIn, meetingId: string) => Promise<MayWrite>;
};
type Open = { ws: WebSocket; request: FastifyRequest; meetingId: string; person: SignedIn };
type Told = { from: string; meetingId: string; what: 'text' | 'rights' };
export type Writing = ReturnType<typeof createWriting>;

export function createWriting({ sql, clock, log, origin, whoIs, mayWrite }: World) {
  const me = randomUUID();
  const open = new Set<Open>();
  const entering = new WeakMap<FastifyRequest, Open['person'] | number>();
  /** Grows with every change; unsaved = it differs from what was last saved. */
  const versions = new Map<string, { now: number; saved: number; at: string }>();
  let listening: { unlisten: () => Promise<void> } | null = null;
  let look: NodeJS.Timeout | null = null;
  let closed = false;

  const hocuspocus = new Hocuspocus({
    quiet: true,
    debounce: SAVE_MS,
    maxDebounce: SAVE_WITHIN_MS,
    onConnect: async ({ documentName, context }) => {
      if (documentName !== (context as Open).meetingId) throw new Error();
    },
    beforeHandleMessage: async ({ update }) => {
      if (!KNOWN_TYPES.has(typeOf(update))) throw new Error('a message of a kind that pages do not send');
    },
    onLoadDocument: async ({ document, documentName }) => {
      const kept = await store.docOf(sql, documentName);
      if (kept) applyUpdate(document, kept);
    },
    onChange: async ({ documentName }) => {
      versionOf(documentName).now += 1;
    },
    // Never throws: what could not be saved is tried again at the next look, and the text stays loaded until then.
    onStoreDocument: async ({ document }) => void (await save(document)),
    beforeUnloadDocument: async ({ documentName }) => {
      if (!closed && isUnsaved(documentName)) throw new Error();
    },
    afterUnloadDocument: async ({ documentName }) => void versions.delete(documentName),
    connected: async ({ documentName }) => tellWhoIsHere(documentName),
  });

  function versionOf(meetingId: string): { now: number; saved: number; at: string } {
    const known = versions.get(meetingId) ?? { now: 0, saved: 0, at: clock.now().toISOString() };
    versions.set(meetingId, known);
    return known;
  }
  const isUnsaved = (meetingId: string): boolean => {
    const version = versions.get(meetingId);
    return version !== undefined && version.now !== version.saved;
  };
  const say = (meetingId: string, news: WritingNews): void => hocuspocus.documents.get(meetingId)?.broadcastStateless(JSON.stringify(news));

  /** By name as the portal knows it, never as a page says. Of this process. */
  function tellWhoIsHere(meetingId: string): void {
    const here = new Map([...open].filter((one) => one.meetingId === meetingId).map(({ person }) => [person.id, person.name]));
    say(meetingId, { here: [...here].map(([id, name]) => ({ id, name })) });
  }

  async function save(document: Document): Promise<boolean> {
    if (closed) return false;
    const meetingId = document.name;
    const version = versionOf(meetingId);
    const taken = version.now;
    const bytes = encodeStateAsUpdate(document);
    try {
      const at = clock.now();
      const outcome = await sql.begin(async (tx) => {
        const draft = await store.lockDraft(tx, meetingId);
        if (draft?.state !== 'konsep') return 'frozen' as const;
        const whole = merged(await store.docOf(tx, meetingId), bytes);
        if (whole === null) return 'saved' as const;
        if (whole.length > MOST_BYTES) return 'large' as const;
        await store.saveDoc(tx, meetingId, whole, at);
        await notify(tx, { from: me, meetingId, what: 'text' });
        return 'saved' as const;
      });
      if (outcome !== 'large') [version.saved, version.at] = [taken, at.toISOString()];
      if (outcome === 'large') say(meetingId, { tooLarge: true });
      else if (outcome === 'saved' && version.now === taken) say(meetingId, { saved: version.at });
      return outcome !== 'large';
    } catch (error) {
      log.warn(isDatabaseAway(error) ? { meetingId } : { meetingId, err: error }, 'notulen could not be saved yet');
      return false;
    }
  }

  const notify = async (tx: Tx, told: Told): Promise<void> => void (await tx`select pg_notify(${CHANNEL}, ${JSON.stringify(told)})`);

  /** Whoever changes who writes says so in the same transaction: sockets close at every portal process. */
  const rightsChanged = async (tx: Tx, meetingId: string): Promise<void> => notify(tx, { from: '', meetingId, what: 'rights' });

  async function heard({ from, meetingId, what }: Told): Promise<void> {
    if (what === 'rights') return checkRights(meetingId);
    const document = from === me ? undefined : hocuspocus.documents.get(meetingId);
    const kept = document && (await store.docOf(sql, meetingId));
    if (document && kept) applyUpdate(document, kept);
  }

  /** Asks again for everybody who writes (in one meeting): a session that ended, a right that was taken, a text that was frozen. */
  async function checkRights(meetingId?: string): Promise<void> {
    for (const one of [...open].filter((o) => meetingId === undefined || o.meetingId === meetingId)) {
      const code = await refusalOf(one.request, one.meetingId);
      if (typeof code === 'number') one.ws.close(code);
    }
  }

  async function refusalOf(request: FastifyRequest, meetingId: string): Promise<number | SignedIn> {
    const person = await whoIs(request);
    if (!person) return writingClosed.session;
    const may = await mayWrite(sql, person, meetingId);
    if (may === 'writes') return person;
    return may === 'frozen' ? writingClosed.frozen : writingClosed.right;
  }

  /** The whole text is in Postgres, and nobody here changes it while `act` runs, nor after it has frozen the text. */
  async function still<T>(meetingId: string, act: () => Promise<T>): Promise<T> {
    const readOnly = (on: boolean): void => {
      for (const connection of hocuspocus.documents.get(meetingId)?.getConnections() ?? []) connection.readOnly = on;
    };
    readOnly(true);
    try {
      const document = hocuspocus.documents.get(meetingId);
      if (document) await save(document);
      return await act();
    } catch (error) {
      readOnly(false);
      throw error;
    }
  }

  async function mount(app: FastifyInstance): Promise<void> {
    app.get<{ Params: { id: string } }>(
      '/api/meetings/:id/minutes/text',
      {
        websocket: true,
        // Before the socket opens, so that no frame can come in unheard. A page is told why by the code it is closed with.
        preValidation: async (request, reply) => {
          if (!isOwnOrigin(request.headers.origin, request, origin)) return reply.code(403).send();
          const { id } = request.params;
          entering.set(request, z.uuid().safeParse(id).success ? await refusalOf(request, id) : writingClosed.right);
        },
      },
      (ws: WebSocket, request) => {
        const person = entering.get(request) ?? writingClosed.right;
        ws.on('error', () => ws.terminate());
        if (typeof person === 'number') return ws.close(person);
        const one: Open = { ws, request, meetingId: request.params.id, person };
        open.add(one);
        bound(ws);
        ws.on('close', () => {
          open.delete(one);
          tellWhoIsHere(one.meetingId);
        });
        hocuspocus.handleConnection(ws, request.raw, one);
      },
    );
    listening = await sql.listen(CHANNEL, (payload) => {
      heard(JSON.parse(payload) as Told).catch((error: unknown) => log.warn({ err: error }, 'notulen of another process could not be read'));
    });
    look = setInterval(() => void again().catch((error: unknown) => log.warn({ err: error }, 'writers could not be looked at')), LOOK_MS).unref();
  }

  async function again(): Promise<void> {
    for (const [meetingId, document] of hocuspocus.documents) {
      tellWhoIsHere(meetingId);
      // A page that came back does not know whether its last words had arrived before.
      if (!isUnsaved(meetingId)) say(meetingId, { saved: versionOf(meetingId).at });
      if (isUnsaved(meetingId) && (await save(document)) && document.getConnectionsCount() === 0) await hocuspocus.unloadDocument(document);
    }
    await checkRights();
  }

  async function close(): Promise<void> {
    if (look) clearInterval(look);
    for (const document of hocuspocus.documents.values()) await save(document);
    closed = true;
    for (const { ws } of open) ws.close(1012, 'portal is stopping');
    await listening?.unlisten().catch(() => {});
  }

  return { mount, close, still, rightsChanged, checkRights, saveAll: async () => void (await Promise.all([...hocuspocus.documents.values()].map(save))) };
}

/** Too large or too many: the socket is closed; the page connects again and merges. */
function bound(ws: WebSocket): void {
  let since = Date.now();
  let frames = 0;
  ws.on('message', (data: Buffer) => {
    if (data.byteLength > MOST_FRAME) return ws.close(1009, 'too large');
    if (Date.now() - since > FRAMES_MS) [since, frames] = [Date.now(), 0];
    frames += 1;
    if (frames > MOST_FRAMES) ws.close(1008, 'too many');
  });
}

/** A message begins with the name of the text (its length as a variable integer, then its letters) and its type. */
function typeOf(message: Uint8Array): number {
  let at = 0;
  const integer = (): number => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = message[at] ?? 0;
      at += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128 || shift > 28) return value;
      shift += 7;
    }
  };
  const length = integer();
  at += length;
  return integer();
}
