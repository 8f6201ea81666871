// One table turns a member's word, less what is barred, into what LiveKit lets them do. A new token, a live change and the door all come
// from here, so they cannot disagree. Every grant is stated: LiveKit's defaults are "yes" (livekit.md §0.7, reliability.md fact 7).
import type { Right } from '../../shared/meetings.ts';

/** What may be said of somebody in a room: a member's right, or that it is the room's recorder, which is no member. */
export type Word = Right | 'recorder';

export type Source = 'camera' | 'microphone' | 'screen_share' | 'screen_share_audio';
/** `hidden`: the media server tells nobody in the room of them. */
export type Grants = { canSubscribe: boolean; canPublish: boolean; sources: readonly Source[]; hidden?: true };

const everySource: readonly Source[] = ['camera', 'microphone', 'screen_share', 'screen_share_audio'];

// `host` publishes what a speaker does: a chair's authority is the portal's, never LiveKit's. No bar touches it.
const grantsOf: Record<Word, Grants> = {
  none: { canSubscribe: false, canPublish: false, sources: [] },
  // Told to nobody: hundreds who watch would cost every page a message each.
  viewer: { canSubscribe: true, canPublish: false, sources: [], hidden: true },
  recorder: { canSubscribe: true, canPublish: false, sources: [], hidden: true },
  audience: { canSubscribe: true, canPublish: false, sources: [] },
  floor: { canSubscribe: true, canPublish: true, sources: ['microphone'] },
  floor_camera: { canSubscribe: true, canPublish: true, sources: ['microphone', 'camera'] },
  signer: { canSubscribe: true, canPublish: true, sources: ['camera'] },
  speaker: { canSubscribe: true, canPublish: true, sources: everySource },
  host: { canSubscribe: true, canPublish: true, sources: everySource },
};

/** Without a source left nothing is published at all: an empty list would be every source at LiveKit. */
export function grantsFor(word: Word, bars: readonly string[] = []): Grants {
  const grants = grantsOf[word];
  if (word === 'host' || bars.length === 0) return grants;
  const sources = grants.sources.filter((source) => !bars.includes(source));
  return { ...grants, sources, canPublish: grants.canPublish && sources.length > 0 };
}

/** What a token says, as far as the door must judge it. `sources` empty means every source (LiveKit's reading). */
export type Claims = {
  room: string;
  identity: string;
  roomJoin: boolean;
  canSubscribe: boolean;
  canPublish: boolean;
  sources: readonly string[];
  canPublishData: boolean;
  /** Any of roomAdmin, roomCreate, roomList, roomRecord, hidden, recorder, agent, ingressAdmin, canUpdateOwnMetadata. */
  powers: readonly string[];
};

/** May a token with these claims be used by a member whose word, less these bars, is this one now? */
export function fitsRight(claims: Claims, word: Word, bars: readonly string[] = []): boolean {
  const allowed = grantsFor(word, bars);
  if (word === 'none' || !claims.roomJoin || claims.canPublishData) return false;
  // Who watches and what records enter hidden and nobody else does: anybody else would listen unseen.
  if (claims.powers.includes('hidden') !== (allowed.hidden ?? false) || claims.powers.some((power) => power !== 'hidden')) return false;
  if (claims.canSubscribe && !allowed.canSubscribe) return false;
  if (!claims.canPublish) return true;
  const asked = claims.sources.length > 0 ? claims.sources : everySource;
  return allowed.canPublish && asked.every((source) => (allowed.sources as readonly string[]).includes(source));
}
