// The only file that imports LiveKit's server SDK. LiveKit is a device: it is told what the portal has decided.
import { hash } from 'node:crypto';
import { ParticipantInfo_State, RoomServiceClient, TrackSource, WebhookEvent, type ParticipantInfo, type VideoGrant } from 'livekit-server-sdk';
import type { MediaServer } from '../platform/media.ts';
import { grantsFor, type Claims, type Source, type Word } from './rights.ts';
import { isTimely, readToken, signToken, type KeyPair, type Payload } from './tokens.ts';

/** Seconds a join token lasts; what it allows is decided again at the door. */
export const TICKET_SECONDS = 120;
/** Seconds a call of its API is valid. */
const CALL_SECONDS = 600;
/** Clock difference with the media server that is tolerated, seconds: the SDK's own 10 s would lose every event. */
const CLOCK_TOLERANCE = 180;
const CLOCK_ANSWERS_WITHIN_MS = 2_000;
/** LiveKit waits this long, in seconds, for the first and after the last participant before it forgets a room. */
const EMPTY_SECONDS = 3600;

export type Listed = {
  identity: string;
  sid: string;
  joinedAt: Date;
  active: boolean;
  counts: boolean;
  hidden: boolean;
  /** What it sends now, unmuted. */ sources: string[];
};
export type MediaEvent = {
  id: string;
  event: string;
  room: string;
  identity: string | null;
  sid: string | null;
  counts: boolean;
  at: Date;
  joinedAt: Date | null;
  reason: string | null;
};

export type LiveKit = {
  ensureRoom(name: string): Promise<void>;
  deleteRoom(name: string): Promise<void>;
  list(room: string): Promise<Listed[]>;
  remove(room: string, identity: string): Promise<void>;
  allow(room: string, identity: string, word: Word, bars?: readonly string[]): Promise<void>;
  /** Open microphones of these identities become muted; whoever has one may open it again. Answers whose. */
  mute(room: string, whose: (identity: string) => boolean): Promise<string[]>;
  /** `ahead`: milliseconds its clock is known to be ahead. */
  sign(room: string, identity: string, word: Word, bars?: readonly string[], ahead?: number): Promise<string>;
  /** null: not signed by one of our keys, or too old. */
  readToken(token: string): Promise<Claims | null>;
  /** Throws `WebhookProblem`. */
  readWebhook(body: string, authorization: string, ahead: number): MediaEvent;
  /** Its own clock, in whole seconds. null: it did not say. */
  tellsTime(): Promise<Date | null>;
};

/** `signature`: not from the media server. `time`: signed, and too far from our clock. `form`: signed, and not understood. */
export class WebhookProblem extends Error {
  readonly kind: 'signature' | 'time' | 'form';
  constructor(kind: WebhookProblem['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

export const probeLiveKit = async (url: string, key: string, secret: string): Promise<'ok' | 'refused' | 'away'> => {
  try {
    await new RoomService(url, { key, secret }, 3).listRooms(['-']);
    return 'ok';
  } catch (error) {
    return (error as { status?: number }).status === 401 ? 'refused' : 'away';
  }
};

/** The SDK's, with calls signed so that a clock two minutes behind takes them too. */
class RoomService extends RoomServiceClient {
  private readonly pair: KeyPair;
  constructor(url: string, pair: KeyPair, requestTimeout: number) {
    super(url, pair.key, pair.secret, { requestTimeout });
    this.pair = pair;
  }
  override async authHeader(grant: VideoGrant): Promise<Record<string, string>> {
    return { Authorization: `Bearer ${signToken(this.pair, { video: grant }, Date.now(), CALL_SECONDS)}` };
  }
}

const sourceCodes: Record<Source, TrackSource> = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
};

export function connectLiveKit(media: Pick<MediaServer, 'url' | 'urls' | 'tokenKey' | 'webhookKey' | 'formerWebhookKey'>): LiveKit {
  const services = new Map<string, RoomService>();
  const former = media.formerWebhookKey ? [media.formerWebhookKey] : [];
  // LiveKit signs refreshed tokens with any of its keys (livekit.md §5).
  const pairs = [media.tokenKey, media.webhookKey, ...former];
  /** Of a cluster the next node where one does not answer, or has lost the others: every call may be repeated. */
  async function asked<T>(call: (service: RoomService) => Promise<T>): Promise<T> {
    const urls = media.urls?.() ?? [media.url];
    for (const [n, url] of urls.entries()) {
      const service = services.get(url) ?? new RoomService(url, media.tokenKey, 5);
      services.set(url, service);
      try {
        return await call(service);
      } catch (error) {
        const { status } = error as { status?: number };
        if (n === urls.length - 1 || (status !== undefined && status < 500)) throw error;
      }
    }
    throw new Error('no address of the media server');
  }
  const missingIsFine = (error: unknown): void => {
    if ((error as { status?: number }).status !== 404) throw error;
  };
  return {
    ensureRoom: async (name) => void (await asked((service) => service.createRoom({ name, emptyTimeout: EMPTY_SECONDS, departureTimeout: EMPTY_SECONDS }))),
    deleteRoom: (name) => asked((service) => service.deleteRoom(name)).catch(missingIsFine),
    list: async (room) => (await asked((service) => service.listParticipants(room))).map(listed),
    remove: (room, identity) => asked((service) => service.removeParticipant(room, identity)).catch(missingIsFine),
    async allow(room, identity, word, bars) {
      const { canSubscribe, canPublish, sources, hidden = false } = grantsFor(word, bars);
      // Complete on purpose: an update replaces every field (livekit.md §0.11).
      const permission = {
        canSubscribe,
        canPublish,
        canPublishData: false,
        canPublishSources: sources.map((s) => sourceCodes[s]),
        hidden,
        canUpdateMetadata: false,
      };
      await asked((service) => service.updateParticipant(room, identity, { permission })).catch(missingIsFine);
    },
    async mute(room, whose) {
      const open = (await asked((service) => service.listParticipants(room))).flatMap(({ identity, tracks }) =>
        whose(identity) ? tracks.filter((track) => track.source === TrackSource.MICROPHONE && !track.muted).map(({ sid }) => ({ identity, sid })) : [],
      );
      // Who leaves meanwhile is silent too.
      const done = await Promise.allSettled(
        open.map(async ({ identity, sid }) => asked((service) => service.mutePublishedTrack(room, identity, sid, true)).catch(missingIsFine)),
      );
      const failed = done.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
      return [...new Set(open.map(({ identity }) => identity))];
    },
    async sign(room, identity, word, bars, ahead = 0) {
      const { canSubscribe, canPublish, sources, hidden } = grantsFor(word, bars);
      const stated = { room, roomJoin: true, canSubscribe, canPublish, canPublishSources: sources, canPublishData: false, canUpdateOwnMetadata: false };
      const video = hidden ? { ...stated, hidden } : stated;
      // A clock that is ahead must not find it over; one that is behind is forgiven by `signToken`.
      return signToken(media.tokenKey, { sub: identity, video }, Date.now(), TICKET_SECONDS + Math.max(0, Math.ceil(ahead / 1000)));
    },
    async readToken(token) {
      for (const pair of pairs) {
        const payload = readToken(pair, token);
        if (payload && isTimely(payload, Date.now(), CLOCK_TOLERANCE)) return claimsOf(payload);
      }
      return null;
    },
    readWebhook(body, authorization, ahead) {
      const payload = [media.webhookKey, ...former].map((pair) => readToken(pair, authorization)).find((said) => said !== null);
      if (!payload || payload['sha256'] !== hash('sha256', body, 'base64')) throw new WebhookProblem('signature', 'signature does not fit');
      const now = Date.now();
      if (!isTimely(payload, now, CLOCK_TOLERANCE) && !isTimely(payload, now + ahead, CLOCK_TOLERANCE))
        throw new WebhookProblem('time', `signed for ${String(payload['nbf'])}..${String(payload['exp'])}`);
      try {
        return eventOf(WebhookEvent.fromJsonString(body, { ignoreUnknownFields: true }));
      } catch (error) {
        throw new WebhookProblem('form', String(error));
      }
    },
    async tellsTime() {
      const answer = await fetch(media.url, { signal: AbortSignal.timeout(CLOCK_ANSWERS_WITHIN_MS) }).catch(() => null);
      await answer?.body?.cancel();
      const told = Date.parse(answer?.headers.get('date') ?? '');
      return Number.isNaN(told) ? null : new Date(told);
    },
  };
}

const powerNames = [
  'roomAdmin',
  'roomCreate',
  'roomList',
  'roomRecord',
  'hidden',
  'recorder',
  'agent',
  'ingressAdmin',
  'canUpdateOwnMetadata',
  'destinationRoom',
] as const;

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

function claimsOf({ sub, video: granted }: Payload): Claims {
  const video: Payload = typeof granted === 'object' && granted !== null ? (granted as Payload) : {};
  const named: unknown = video['canPublishSources'] ?? [];
  const sources = Array.isArray(named)
    ? named.map((source: unknown) => (typeof source === 'string' ? source.toLowerCase() : (TrackSource[source as number]?.toLowerCase() ?? 'unknown')))
    : ['unknown'];
  return {
    room: textIn(video['room']),
    identity: textIn(sub),
    roomJoin: video['roomJoin'] === true,
    // An absent grant is a yes at LiveKit.
    canSubscribe: video['canSubscribe'] !== false,
    canPublish: video['canPublish'] !== false,
    canPublishData: video['canPublishData'] !== false,
    sources,
    powers: powerNames.filter((name) => Boolean(video[name])),
  };
}

/** ParticipantInfo.Kind.STANDARD; the SDK does not export the enum. */
const STANDARD: ParticipantInfo['kind'] = 0;

/** People count; recorders, agents, hidden participants and bridges do not. */
const counts = (p: ParticipantInfo): boolean => p.kind === STANDARD && !p.permission?.hidden && !p.permission?.recorder && !p.permission?.agent;

const joinedAtOf = (p: ParticipantInfo): Date => (p.joinedAtMs > 0n ? new Date(Number(p.joinedAtMs)) : new Date(Number(p.joinedAt) * 1000));

const listed = (p: ParticipantInfo): Listed => ({
  identity: p.identity,
  sid: p.sid,
  joinedAt: joinedAtOf(p),
  active: p.state === ParticipantInfo_State.ACTIVE,
  counts: counts(p),
  hidden: p.permission?.hidden ?? false,
  sources: p.tracks.filter((track) => !track.muted).map((track) => TrackSource[track.source]?.toLowerCase() ?? 'unknown'),
});

const reasons: Record<number, string> = {
  1: 'CLIENT_INITIATED',
  2: 'DUPLICATE_IDENTITY',
  3: 'SERVER_SHUTDOWN',
  4: 'PARTICIPANT_REMOVED',
  5: 'ROOM_DELETED',
  6: 'STATE_MISMATCH',
  7: 'JOIN_FAILURE',
  8: 'MIGRATION',
  9: 'SIGNAL_CLOSE',
  10: 'ROOM_CLOSED',
  14: 'CONNECTION_TIMEOUT',
  15: 'MEDIA_FAILURE',
};

function eventOf(event: WebhookEvent): MediaEvent {
  const p = event.participant;
  return {
    id: event.id,
    event: event.event,
    room: event.room?.name ?? '',
    identity: p?.identity ?? null,
    sid: p?.sid ?? null,
    counts: p ? counts(p) : true,
    // Whole seconds; the milliseconds of a join are in joinedAtMs.
    at: new Date(Number(event.createdAt) * 1000),
    joinedAt: p && (p.joinedAtMs > 0n || p.joinedAt > 0n) ? joinedAtOf(p) : null,
    reason: p ? (reasons[p.disconnectReason] ?? null) : null,
  };
}
