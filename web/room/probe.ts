// By which path this network reaches the media server, tried in the portal's room of checks; and how fast the line to the portal is.
import { Room } from 'livekit-client';
import type { MediaPath } from '../../shared/readiness.ts';

export type Path = { path: MediaPath; roundTripMs: number | null };
const WITHIN_MS = 12_000;
/** LiveKit calls a room connected a moment before its transport has chosen a path. */
const AGAIN_MS = 250;

/** null: nothing passes. */
export async function probePath({ url, token }: { url: string; token: string }): Promise<Path | null> {
  const room = new Room();
  const until = performance.now() + WITHIN_MS;
  try {
    await room.connect(url, token, { autoSubscribe: false, maxRetries: 0, peerConnectionTimeout: WITHIN_MS });
    // Nothing is published here, so no track could be asked: LiveKit's own checks read the transports too.
    const { pcManager } = room.engine;
    while (performance.now() < until) {
      for (const transport of [pcManager?.subscriber, pcManager?.publisher]) {
        const found = transport && pathIn(await transport.getStats());
        if (found) return found;
      }
      await new Promise((done) => window.setTimeout(done, AGAIN_MS));
    }
    return null;
  } catch {
    return null;
  } finally {
    void room.disconnect();
  }
}

type Pair = { type: string; id: string; state?: string; nominated?: boolean; currentRoundTripTime?: number; localCandidateId?: string };
type Candidate = { type: string; id: string; candidateType?: string; protocol?: string };

function pathIn(report: RTCStatsReport): Path | null {
  const all = [...report.values()] as (Pair & Candidate)[];
  const pair = all.find(({ type, state, nominated }) => type === 'candidate-pair' && state === 'succeeded' && nominated !== false);
  if (!pair) return null;
  const local = all.find(({ id }) => id === pair.localCandidateId);
  const path = local?.candidateType === 'relay' ? 'turn' : local?.protocol === 'tcp' ? 'tcp' : 'udp';
  return { path, roundTripMs: pair.currentRoundTripTime === undefined ? null : Math.round(pair.currentRoundTripTime * 1000) };
}
