// How long LiveKit's own client may try to resume a lost signalling connection before the portal is asked for a new ticket.
// While media still flows (the portal restarts, say) nobody loses a word by waiting. When media has stopped too, the media server
// is gone or new and knows nobody: resuming cannot succeed, a fresh join takes half a second.
import type { Room } from 'livekit-client';

const DELAYS_MS = [0, 300, 700, 1200, 2000];
/** A broken media path shows after about five seconds. */
const MEDIA_GONE_AFTER_MS = 4500;
const LONGEST_MS = 60_000;

export function resumeDelay({ retryCount, elapsedMs, flowing }: { retryCount: number; elapsedMs: number; flowing: boolean }): number | null {
  if (elapsedMs > LONGEST_MS || (!flowing && elapsedMs > MEDIA_GONE_AFTER_MS)) return null;
  return DELAYS_MS[Math.min(retryCount, DELAYS_MS.length - 1)] ?? null;
}

/** Whether any transport of this room still reaches the media server. */
export function mediaFlows(room: Room): boolean {
  const own = [...room.localParticipant.trackPublications.values()].map(({ track }) => track?.sender?.transport);
  const others = [...room.remoteParticipants.values()].flatMap((participant) =>
    [...participant.trackPublications.values()].map(({ track }) => track?.receiver?.transport),
  );
  return [...own, ...others].some((transport) => transport?.iceTransport?.state === 'connected' || transport?.iceTransport?.state === 'completed');
}
