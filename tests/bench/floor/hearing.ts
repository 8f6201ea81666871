// Somebody who listens, and knows to the frame when it began to be loud and when it was loud last.
import { AudioStream, Room, RoomEvent, TrackKind, type RemoteTrack } from '@livekit/rtc-node';

/** Of 32,767. A tone is far above, what a codec makes of silence far below. */
const LOUD = 1_000;
/** So long nothing: it was not a gap. Milliseconds. */
const QUIET_MS = 400;

export type Listener = {
  /** When it becomes loud next. */
  heard(): Promise<number>;
  /** When it was loud last, once it is quiet. */
  fellSilent(): Promise<number>;
  leave(): Promise<void>;
};

export async function listen(url: string, token: string): Promise<Listener> {
  const room = new Room();
  const waiting = new Set<(at: number) => void>();
  let lastLoud = 0;
  room.on(RoomEvent.TrackSubscribed, (track) => {
    if (track.kind === TrackKind.KIND_AUDIO) void follow(track);
  });
  async function follow(track: RemoteTrack): Promise<void> {
    for await (const frame of new AudioStream(track)) {
      if (!frame.data.some((sample) => Math.abs(sample) > LOUD)) continue;
      lastLoud = performance.now();
      for (const resolve of waiting) resolve(lastLoud);
      waiting.clear();
    }
  }
  await room.connect(url, token, { autoSubscribe: true, dynacast: false });
  return {
    heard: () => new Promise((resolve) => waiting.add(resolve)),
    async fellSilent() {
      while (performance.now() - lastLoud < QUIET_MS) await new Promise((resolve) => setTimeout(resolve, 20));
      return lastLoud;
    },
    leave: () => room.disconnect(),
  };
}
