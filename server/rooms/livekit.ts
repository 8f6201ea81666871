// The only file that imports LiveKit's server SDK. LiveKit is a device: it is told what the portal has decided.
import {
  AccessToken,
  ParticipantInfo_State,
  RoomServiceClient,
  TokenVerifier,
  TrackSource,
  WebhookReceiver,
  type ParticipantInfo,
  type WebhookEvent,
} from 'livekit-server-sdk';
import type { MediaServer } from '../platform/media.ts';
import type { Right } from '../../shared/meetings.ts';
import { grantsOf, type Claims, type Source } from './rights.ts';

/** Seconds a join token lasts; what it allows is decided again at the door. */
export const TICKET_SECONDS = 120;
/** Clock difference with the media server that is tolerated, seconds: the SDK's own 10 s would lose every event. */
const CLOCK_TOLERANCE = 120;
/** LiveKit waits this long, in seconds, for the first and after the last participant before it forgets a room. */
const EMPTY_SECONDS = 3600;

export type Listed = {
  identity: string;
  sid: string;
  joinedAt: Date;
  active: boolean;
  counts: boolean;
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
  allow(room: string, identity: string, word: Right): Promise<void>;
  sign(room: string, identity: string, word: Right): Promise<string>;
  /** null: not signed by one of our keys, or too old. */
  readToken(token: string): Promise<Claims | null>;
  /** Throws when the signature does not fit. */
  readWebhook(body: string, authorization: string): Promise<MediaEvent>;
};

export const probeLiveKit = async (url: string, key: string, secret: string): Promise<'ok' | 'refused' | 'away'> => {
  try {
    await new RoomServiceClient(url, key, secret, { requestTimeout: 3 }).listRooms(['-']);
    return 'ok';
  } catch (error) {
    return (error as { status?: number }).status === 401 ? 'refused' : 'away';
  }
};

const sourceCodes: Record<Source, TrackSource> = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
};

export function connectLiveKit(media: Pick<MediaServer, 'url' | 'tokenKey' | 'webhookKey'>): LiveKit {
  const { key, secret } = media.tokenKey;
  const service = new RoomServiceClient(media.url, key, secret, { requestTimeout: 5 });
  const webhooks = new WebhookReceiver(media.webhookKey.key, media.webhookKey.secret);
  // LiveKit signs refreshed tokens with any of its keys (livekit.md §5).
  const verifiers = [media.tokenKey, media.webhookKey].map((pair) => new TokenVerifier(pair.key, pair.secret));
  const missingIsFine = (error: unknown): void => {
    if ((error as { status?: number }).status !== 404) throw error;
  };
  return {
    ensureRoom: async (name) =>
      void (await service.createRoom({
        name,
        emptyTimeout: EMPTY_SECONDS,
        departureTimeout: EMPTY_SECONDS,
      })),
    deleteRoom: (name) => service.deleteRoom(name).catch(missingIsFine),
    list: async (room) => (await service.listParticipants(room)).map(listed),
    remove: (room, identity) => service.removeParticipant(room, identity).catch(missingIsFine),
    async allow(room, identity, word) {
      const { canSubscribe, canPublish, sources } = grantsOf[word];
      // Complete on purpose: an update replaces every field (livekit.md §0.11).
      const permission = {
        canSubscribe,
        canPublish,
        canPublishData: false,
        canPublishSources: sources.map((s) => sourceCodes[s]),
        hidden: false,
        canUpdateMetadata: false,
      };
      await service.updateParticipant(room, identity, { permission }).catch(missingIsFine);
    },
    async sign(room, identity, word) {
      const { canSubscribe, canPublish, sources } = grantsOf[word];
      const token = new AccessToken(key, secret, { identity, ttl: TICKET_SECONDS });
      token.addGrant({
        room,
        roomJoin: true,
        canSubscribe,
        canPublish,
        canPublishSources: sources.map((s) => sourceCodes[s]),
        canPublishData: false,
        canUpdateOwnMetadata: false,
      });
      return token.toJwt();
    },
    async readToken(token) {
      for (const verifier of verifiers) {
        const claims = await verifier.verify(token).catch(() => null);
        if (claims) return claimsOf(claims);
      }
      return null;
    },
    readWebhook: async (body, authorization) => eventOf(await webhooks.receive(body, authorization, false, CLOCK_TOLERANCE)),
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

function claimsOf(claims: Awaited<ReturnType<TokenVerifier['verify']>>): Claims {
  const video = claims.video ?? {};
  const sources = (video.canPublishSources ?? []).map((source: unknown) =>
    typeof source === 'string' ? source : (TrackSource[source as number]?.toLowerCase() ?? 'unknown'),
  );
  return {
    room: video.room ?? '',
    identity: claims.sub ?? '',
    roomJoin: video.roomJoin === true,
    // An absent grant is a yes at LiveKit.
    canSubscribe: video.canSubscribe ?? true,
    canPublish: video.canPublish ?? true,
    canPublishData: video.canPublishData ?? true,
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
