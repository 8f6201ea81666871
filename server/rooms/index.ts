// Rooms: the only code that knows LiveKit. Rights and presence are kept here; who deserves which right is decided above.
import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { postLiveKitWebhook } from '../../shared/rooms.ts';
import type { Right, Ticket } from '../../shared/meetings.ts';
import { batched } from '../platform/batch.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { MediaServer } from '../platform/media.ts';
import type { Meter } from '../platform/metrics.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, type Route } from '../platform/serve.ts';
import { traced, type Tracing } from '../platform/traced.ts';
import { createAlarms } from './alarms.ts';
import { createApplier, type AppliedListener } from './apply.ts';
import { createBeats } from './beats.ts';
import { createDoor, type EntryCheck } from './door.ts';
import { browserMark, guestMember, isOfVersion, markOf, newIdentity, parseIdentity, personMember, recorderIdentity, viewerMember } from './identity.ts';
import { historyOf } from './history.ts';
import { connectLiveKit, TICKET_SECONDS, WebhookProblem, type LiveKit, type MediaEvent } from './livekit.ts';
import { createPresence, newsTo, type PresenceListener } from './presence.ts';
import { createReceiver } from './receiver.ts';
import { addReading, isSkewed, middleOf, togetherOf, type Reading } from './skew.ts';
import type { Source } from './rights.ts';
import { createSpool } from './spool.ts';
import * as store from './store.ts';

export type { PresenceFact } from './store.ts';

const POLL_MS = 5_000;
/** How long a room that was just ensured at LiveKit is taken as known. */
const ENSURED_MS = { watched: 600_000, outside: 5_000 };
const FLUSH_MS = 3_000;
/** How long it is an alarm that the media server was refused. */
const REFUSED_MS = 600_000;

type World = {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  media: MediaServer | null;
  origin: string | null;
  livekit?: LiveKit;
  /** Where events wait while the database is away; null = nowhere, the media server is told to try again. */
  spoolFolder: string | null;
  meter?: Meter;
  tracing?: Tracing | null;
};
export type Rooms = ReturnType<typeof createRooms>;

export function createRooms({ sql, clock, log, media, origin, livekit: given, spoolFolder, meter, tracing = null }: World) {
  const untraced = given ?? (media ? connectLiveKit(media) : null);
  const device: LiveKit | null = untraced && traced(tracing, 'livekit', untraced);
  const ready = (): LiveKit | null => (device && (media === null || media.state() === 'ready') ? device : null);
  const alarms = createAlarms({ clock, log });
  const spool = spoolFolder === null ? null : createSpool({ folder: spoolFolder, log });
  const listeners: PresenceListener[] = [];
  const changed = newsTo(listeners);
  const beats = createBeats({ sql, clock, log, isOpen: (identity) => door.isOpen(identity), changed });
  const presence = createPresence({ sql, clock, log, beats, changed, offset: () => ahead, ...(meter && { meter }) });
  const receiver = createReceiver({ clock, log, presence, spool, alarms });
  const appliedListeners: AppliedListener[] = [];
  const apply = createApplier({ sql, clock, log, livekit: ready, applied: (told) => appliedListeners.forEach((hear) => hear(told)) });
  const checks: EntryCheck[] = [];
  const standings = batched((keys) => store.standings(sql, keys));
  const ensured = new Map<string, number>();
  const pending = new Set<Promise<unknown>>();
  let readings: Reading[] = [];
  /** Milliseconds the media server's clock is ahead, where that is an alarm; else 0. */
  let ahead = 0;
  let refused = 0;
  let timer: NodeJS.Timeout | null = null;
  let flusher: NodeJS.Timeout | null = null;
  let listening: { unlisten: () => Promise<void> } | null = null;
  let stopped = false;

  const door = createDoor({
    sql,
    log,
    livekit: ready,
    ensureRoom,
    forgetRoom: (name) => void ensured.delete(name),
    mediaUrls: () => media?.urls?.() ?? (media ? [media.url] : []),
    origin,
    mayEnter,
  });

  function track(work: Promise<unknown>): void {
    const settled = work.catch((error: unknown) => log.warn({ err: error }, 'media sweep failed'));
    pending.add(settled);
    void settled.finally(() => pending.delete(settled));
  }

  media?.onExit((at, unwatched) => {
    ensured.clear();
    // While nobody listened people left and could not be heard: they were there when last seen, as the new server's list will tell.
    if (!unwatched) track(receiver.noteExit(at));
  });
  media?.onReady(() => {
    ensured.clear();
    if (!stopped) track(sweep());
  });

  /** LiveKit makes no room by itself: without this a join is a 404. Idempotent there. */
  async function ensureRoom(name: string): Promise<void> {
    const at = ensured.get(name);
    if (at !== undefined && Date.now() - at < (media?.tellsEveryExit ? ENSURED_MS.watched : ENSURED_MS.outside)) return;
    if (!device) refuse('media.unavailable');
    await device.ensureRoom(name);
    if (ensured.size > 5_000) ensured.clear();
    ensured.set(name, Date.now());
  }

  async function sweep(): Promise<void> {
    const livekit = ready();
    if (!livekit) return;
    await Promise.all([apply(), compareClocks(livekit)]);
    await presence.poll(livekit);
  }

  async function compareClocks(livekit: LiveKit): Promise<void> {
    const askedAt = clock.now().getTime();
    const told = await livekit.tellsTime();
    if (!told) return;
    readings = addReading(readings, { askedAt, answeredAt: clock.now().getTime(), told: told.getTime() });
    const skew = togetherOf(readings);
    if (!skew) return;
    ahead = isSkewed(skew, ahead !== 0) ? middleOf(skew) : 0;
    if (ahead === 0) alarms.end('clock_skew');
    else alarms.raise('clock_skew', (ahead / 1000).toFixed(1));
  }

  /** Each module looks at the members of its own rooms, in turn: a check may bind a link to the browser that enters. */
  async function mayEnter(...asked: Parameters<EntryCheck>): Promise<boolean> {
    for (const check of checks) if (!(await check(...asked))) return false;
    return true;
  }

  /** A room under a name that is never used again. `watched`: anybody may watch, unseen. */
  const open = (tx: Tx, { watched = false }: { watched?: boolean } = {}): Promise<store.Room> =>
    store.insertRoom(tx, `r-${randomBytes(12).toString('base64url')}`, watched, clock.now());

  /** Nobody gets in any more, whatever token they hold; LiveKit is told to end it. */
  async function close(tx: Tx, roomId: string): Promise<void> {
    const now = clock.now();
    if (!(await store.closeRoom(tx, roomId, now))) return;
    await presence.noteClosed(tx, roomId, now);
    await store.wake(tx);
  }

  const admit = (tx: Tx, roomId: string, members: readonly { member: string; personId: string | null; name: string; word: Right }[]): Promise<void> =>
    store.insertMembers(tx, roomId, members, clock.now());

  /** Changes a member's right; LiveKit follows after commit. `removed` and `banned` only with the word `none`. */
  async function setRight(
    tx: Tx,
    roomId: string,
    member: string,
    word: Right,
    removal: { removed: boolean; banned: boolean } = { removed: false, banned: false },
  ): Promise<boolean> {
    const done = await store.setWord(tx, roomId, member, word, removal, clock.now());
    if (done) await store.wake(tx);
    if (removal.removed) await store.lowerHand(tx, roomId, member);
    return done;
  }

  /** Out of every room that is open, whatever they hold: of whoever lost their account. */
  async function expel(tx: Tx, member: string): Promise<void> {
    for (const roomId of await store.openRoomsOf(tx, member)) await setRight(tx, roomId, member, 'none', { removed: true, banned: false });
  }

  /**
   * Takes sources from everybody's grants, or from one member's instead of the room's; null: as the room's again. The media server unpublishes
   * what is no longer allowed; who leads (`host`) is barred from nothing. Answers whether anything changed.
   */
  async function setBars(tx: Tx, roomId: string, of: string, bars: readonly Source[] | null): Promise<boolean> {
    const done = of === 'all' ? await store.setRoomBars(tx, roomId, bars ?? [], clock.now()) : await store.setMemberBars(tx, roomId, of, bars, clock.now());
    if (done) await store.wake(tx);
    return done;
  }

  /** Whoever comes in from now on sends no sound before `giveVoice`; who is inside, and who leads, is not touched. */
  async function setEntryMuted(tx: Tx, roomId: string, on: boolean): Promise<void> {
    if (await store.setEntryMuted(tx, roomId, on, clock.now())) await store.wake(tx);
  }

  /** Who came in muted may be heard from now on. Harmless to repeat. */
  async function giveVoice(tx: Tx, roomId: string, member: string): Promise<void> {
    if (await store.giveVoice(tx, roomId, member, clock.now())) await store.wake(tx);
  }

  /** Microphones that are open now become muted; whoever has one may open it again. Answers whose were open. */
  async function mute(roomId: string, whose: (member: string) => boolean): Promise<string[]> {
    const name = await store.nameOf(sql, roomId);
    const livekit = ready();
    if (name === null || !livekit) refuse('media.unavailable');
    const muted = await livekit
      .mute(name, (identity) => {
        const member = parseIdentity(identity)?.member;
        return member !== undefined && whose(member);
      })
      .catch((error: unknown) => {
        log.warn({ err: error }, 'microphones were not muted');
        refuse('media.unavailable');
      });
    return [...new Set(muted.flatMap((identity) => parseIdentity(identity)?.member ?? []))];
  }

  /** What each member's devices really send: sources that are not muted. Throws when the media server does not answer. */
  async function published(roomId: string): Promise<Map<string, Set<string>>> {
    const name = await store.nameOf(sql, roomId);
    const livekit = ready() ?? refuse('media.unavailable');
    const sent = new Map<string, Set<string>>();
    for (const { identity, sources } of name === null ? [] : await livekit.list(name)) {
      const member = parseIdentity(identity)?.member;
      if (member !== undefined) sent.set(member, new Set([...(sent.get(member) ?? []), ...sources]));
    }
    return sent;
  }

  /** After commit: what this browser brought in by a personal link goes out; the entry check keeps it out. Where the media server does not answer, the door does. */
  async function putOut(roomId: string, member: string, browser: string): Promise<void> {
    const name = await store.nameOf(sql, roomId);
    const livekit = ready();
    if (name === null || !livekit) return;
    const isOf = (identity: string): boolean => {
      const of = parseIdentity(identity);
      return of?.member === member && of.byLink && markOf(of.device) === browser;
    };
    const listed = await livekit.list(name).catch(() => []);
    await Promise.allSettled(listed.filter(({ identity }) => isOf(identity)).map(({ identity }) => livekit.remove(name, identity)));
  }

  /**
   * Takes the floor away at the media server before it is written, so that silence does not wait for a transaction: who calls writes the
   * word right after, or undoes this by `tellAgain`. Only ever to take away. Answers when the media server has done it; true: there was something to take.
   */
  async function silence(roomId: string, member: string): Promise<boolean> {
    const device = ready();
    const sender = device && (await store.sender(sql, roomId, member));
    if (!sender || sender.devices.length === 0) return false;
    await Promise.all(sender.devices.map(async (known) => device.allow(sender.roomName, `${member}:${known}`, 'audience')));
    return true;
  }

  /** The word as it stands is told once more. */
  async function tellAgain(roomId: string, member: string): Promise<void> {
    await store.tellAgain(sql, roomId, member);
    await store.wake(sql);
  }

  /** After commit of a removal: this process's own connections of the member end at once. */
  const cut = (roomId: string, member: string): void => door.cut(roomId, member);

  /**
   * URL-less half of a ticket: a token of at most two minutes for this member's word of this moment.
   * `former`: the identity this page had before, kept when it is the member's own.
   */
  async function ticket(
    standing: store.Standing,
    member: string,
    entry: { via: 'session' | 'link'; browser: string; linkVersion: number; former?: string | undefined },
  ): Promise<Omit<Ticket, 'url'>> {
    const livekit = ready();
    if (!livekit) refuse('media.unavailable');
    const former = entry.former === undefined ? null : parseIdentity(entry.former);
    const kept = former?.member === member && former.byLink === (entry.via === 'link') && isOfVersion(former.device, entry.linkVersion);
    const identity = kept ? (entry.former as string) : newIdentity(member, entry.via, entry.browser, entry.linkVersion);
    await ensureRoom(standing.name).catch((error: unknown) => {
      log.warn({ err: error }, 'room could not be made at the media server');
      refuse('media.unavailable');
    });
    const token = await livekit.sign(standing.name, identity, standing.word, standing.bars, ahead);
    return {
      token,
      identity,
      expiresAt: new Date(Date.now() + TICKET_SECONDS * 1000).toISOString(),
    };
  }

  /** With which the recorder of the recording that runs in this room enters it. null: none runs there. */
  async function recorderToken(roomId: string): Promise<string | null> {
    const room = await store.recordedRoom(sql, { roomId });
    if (!room) return null;
    const livekit = ready();
    if (!livekit) refuse('media.unavailable');
    // A restarted media server has forgotten the room, whatever was known of it.
    ensured.delete(room.name);
    await ensureRoom(room.name);
    return livekit.sign(room.name, recorderIdentity(room.recording), 'recorder', [], ahead);
  }

  /** After commit of the end, for a recorder that did not leave by itself. Where the media server does not answer, the next sweep does it. */
  async function putOutRecorder(roomId: string, recordingId: string): Promise<void> {
    door.cut(roomId, recorderIdentity(recordingId));
    const name = await store.nameOf(sql, roomId);
    const livekit = ready();
    if (name !== null && livekit) await livekit.remove(name, recorderIdentity(recordingId)).catch(() => {});
  }

  const routes: Route[] = [
    serve(
      postLiveKitWebhook,
      async ({ body, request }) => {
        if (!device) return { stored: false };
        const event = eventIn(device, body, request.headers.authorization ?? '');
        if (!event) return { stored: false };
        if (event.event === 'room_finished') ensured.delete(event.room);
        // Never a 4xx for a reason of ours: LiveKit takes it for delivered.
        const stored = await receiver.take({ event, receivedAt: clock.now(), offset: ahead }).catch((error: unknown) => {
          log.error({ err: error, event: event.event }, 'webhook not stored; the media server will try again');
          refuse('portal.unavailable');
        });
        return { stored };
      },
      { onAnswer: (status) => status >= 400 && status < 500 && alarms.raise('webhook_refused', String((refused += 1)), REFUSED_MS) },
    ),
  ];

  /** null: signed by the media server, and not for us to understand. */
  function eventIn(livekit: LiveKit, body: string, authorization: string): MediaEvent | null {
    try {
      return livekit.readWebhook(body, authorization, ahead);
    } catch (error) {
      if (!(error instanceof WebhookProblem)) throw error;
      log[error.kind === 'signature' ? 'debug' : 'warn']({ problem: error.kind, err: error }, 'webhook not taken');
      if (error.kind === 'form') return null;
      // A clock was set: LiveKit tries again, and the difference will be known.
      if (error.kind === 'time') refuse('portal.unavailable');
      refuse('session.required');
    }
  }

  async function start(): Promise<void> {
    listening = await sql.listen(
      store.RIGHTS_CHANNEL,
      () => track(wake()),
      () => track(apply()),
    );
    if (ready()) await compareClocks(ready() as LiveKit).catch(() => {});
    await Promise.allSettled([receiver.drain()]);
    await Promise.allSettled([sweep()]);
    flusher = setInterval(() => track(beats.flush()), FLUSH_MS);
    const next = (): void => {
      timer = setTimeout(() => {
        const round = sweep();
        track(round);
        void round.catch(() => {}).finally(() => !stopped && next());
      }, POLL_MS);
    };
    next();
  }

  /** Rights changed or a room closed, here or at another process. */
  async function wake(): Promise<void> {
    await apply();
    const livekit = ready();
    if (livekit)
      for (const room of await store.livingRooms(sql))
        if (room.closedAt) {
          await livekit.deleteRoom(room.name);
          await store.markDeleted(sql, room.id, clock.now());
        }
  }

  async function stop(): Promise<void> {
    stopped = true;
    if (timer) clearTimeout(timer);
    if (flusher) clearInterval(flusher);
    door.close();
    await listening?.unlisten().catch(() => {});
    await Promise.allSettled([...pending, beats.flush()]);
    await receiver.stop();
  }

  return {
    personMember,
    guestMember,
    viewerMember,
    browserMark,
    markOf,
    isOfVersion,
    parseIdentity,
    routes,
    open,
    close,
    admit,
    setRight,
    expel,
    /** False: another recording runs there, or the room is closed. */
    beginRecording: store.beginRecording,
    /** From now on no recorder of this recording gets in. False: it was not running there. */
    endRecording: store.endRecording,
    recorderToken,
    putOutRecorder,
    setBars,
    setEntryMuted,
    giveVoice,
    mute,
    cut,
    /** After commit: begins to tell the media server at once, without waiting for the database's own notice. */
    applyNow: (): void => track(apply()),
    silence,
    tellAgain,
    ticket,
    start,
    stop,
    sweep,
    mount: (app: FastifyInstance) => door.mount(app),
    mediaState: (): 'ready' | 'unavailable' => (ready() ? 'ready' : 'unavailable'),
    addEntryCheck: (check: EntryCheck) => void checks.push(check),
    onPresence: (listener: PresenceListener) => void listeners.push(listener),
    /** Rights that this process told the media server; another process hears of its own. */
    onApplied: (listener: AppliedListener) => void appliedListeners.push(listener),
    /** The page of this identity says that it is in the room. Who calls must have looked at whose page it is. */
    noteBeat: beats.note,
    flushBeats: beats.flush,
    drainSpool: receiver.drain,
    alarms: alarms.list,
    /** Connections of signalling through this process. */
    passages: door.passages,
    /** Seconds the media server's clock is ahead, as far as its answers tell; null = it was not heard. */
    clockAhead: (): number | null => {
      const skew = togetherOf(readings);
      return skew && middleOf(skew) / 1000;
    },
    standing: (tx: Tx, roomId: string, member: string) => store.standing(tx, { roomId }, member),
    /** As `standing`, outside any transaction, together with others who ask at this moment. */
    standingNow: (roomId: string, member: string) => standings(`${roomId} ${member}`),
    members: (tx: Tx, roomId: string) => store.membersOf(tx, roomId),
    membersInside: store.membersInside,
    insideCounts: store.insideCounts,
    /** Who watches unseen, as the media server's list last showed it: one per browser page. */
    watchersIn: store.watchersIn,
    devicesInside: store.devicesInside,
    published,
    putOut,
    /** By which those came in who are banned from the room. */
    bannedBrowsers: async (tx: Tx, roomId: string): Promise<string[]> => (await store.devicesOfBanned(tx, roomId)).map(markOf),
    insideSince: store.insideSince,
    presenceOf: store.factsOfRooms,
    presenceOfMembers: store.factsOfMembers,
    historyOf,
    hands: store.hands,
    raiseHand: (tx: Tx, roomId: string, member: string) => store.raiseHand(tx, roomId, member, clock.now()),
    lowerHand: store.lowerHand,
    lowerHands: store.lowerHands,
    lastInside: store.lastInside,
  };
}
