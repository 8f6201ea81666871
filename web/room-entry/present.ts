// The page's own word that one is in the room: what is left of a visit when LiveKit could tell the portal nothing.
import type { LiveSocket } from '../platform/live-socket.ts';
import type { Stage } from '../room/media.ts';

const EVERY_MS = 10_000;

/** At once, whenever one is in again, and then every few seconds. Answers how to stop. */
export function keepPresent({ meetingId, stage, live }: { meetingId: string; stage: Stage; live: LiveSocket }): () => void {
  function tell(): void {
    const session = stage.connection.snapshot().state === 'in' ? stage.session() : null;
    if (session) live.say({ type: 'present', meetingId, ...session });
  }
  const timer = window.setInterval(tell, EVERY_MS);
  const stops = [stage.connection.subscribe(tell), live.onState((state) => state === 'open' && tell())];
  tell();
  return () => {
    window.clearInterval(timer);
    for (const stop of stops) stop();
  };
}
