// How the own link is, every two seconds: what LiveKit says of it, and which part of the packets never came, either way.
import { ConnectionQuality, type Room } from 'livekit-client';
import type { Link } from './saver.ts';

const EVERY_MS = 2_000;
type Counts = { received: number; lost: number };

export function watchLink(room: Room, hear: (link: Link) => void): () => void {
  let before: Counts | null = null;

  async function look(): Promise<void> {
    const { counts, up } = await measure(room);
    const received = counts.received - (before?.received ?? counts.received);
    const lost = Math.max(0, counts.lost - (before?.lost ?? counts.lost));
    before = counts;
    const down = received + lost > 20 ? lost / (received + lost) : 0;
    const quality = room.localParticipant.connectionQuality;
    hear({
      quality: quality === ConnectionQuality.Poor ? 'poor' : quality === ConnectionQuality.Lost ? 'lost' : 'good',
      loss: Math.max(down, up),
      saveData: (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true,
    });
  }
  const timer = window.setInterval(() => void look().catch(() => {}), EVERY_MS);
  return () => window.clearInterval(timer);
}

async function measure(room: Room): Promise<{ counts: Counts; up: number }> {
  const counts = { received: 0, lost: 0 };
  let up = 0;
  const tracks = [room.localParticipant, ...room.remoteParticipants.values()]
    .flatMap((one) => [...one.trackPublications.values()])
    .flatMap((p) => p.track ?? []);
  for (const track of tracks) {
    const report = await track.getRTCStatsReport().catch(() => undefined);
    for (const stat of report?.values() ?? []) {
      const { type, packetsReceived, packetsLost, fractionLost } = stat as {
        type: string;
        packetsReceived?: number;
        packetsLost?: number;
        fractionLost?: number;
      };
      if (type === 'inbound-rtp') {
        counts.received += packetsReceived ?? 0;
        counts.lost += packetsLost ?? 0;
      } else if (type === 'remote-inbound-rtp') up = Math.max(up, fractionLost ?? 0);
    }
  }
  return { counts, up };
}
