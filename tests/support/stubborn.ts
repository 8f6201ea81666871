// Somebody with a native client who publishes whatever they are told: a microphone that never stops, tried again and again. And ears that count
// the packets of sound that reach them.
import { AudioFrame, AudioSource, LocalAudioTrack, Room, RoomEvent, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';

const RATE = 48_000;
const FRAME_MS = 100;
const SAMPLES = (RATE * FRAME_MS) / 1000;
const tone = new Int16Array(SAMPLES).map((_, n) => Math.round(8_000 * Math.sin((2 * Math.PI * 440 * n) / RATE)));

export type Stubborn = Awaited<ReturnType<typeof enterStubborn>>;

/** `hears`: takes the sound of the others. */
export async function enterStubborn(url: string, token: string, { hears = false } = {}) {
  const room = new Room();
  let out = false;
  room.once(RoomEvent.Disconnected, () => (out = true));
  await room.connect(url, token, { autoSubscribe: hears, dynacast: false });
  const source = new AudioSource(RATE, 1);
  void (async () => {
    while (!out) await source.captureFrame(new AudioFrame(tone, RATE, 1, SAMPLES)).catch(() => {});
  })();

  return {
    room,
    isOut: () => out,
    /** Publishes a microphone, whatever there is already. Answers whether the media server took it. */
    async publish(): Promise<boolean> {
      const track = LocalAudioTrack.createAudioTrack('mikrofon', source);
      const options = new TrackPublishOptions();
      options.source = TrackSource.SOURCE_MICROPHONE;
      return (
        (await room.localParticipant?.publishTrack(track, options).then(
          () => true,
          () => false,
        )) ?? false
      );
    },
    /** Packets of sound that have arrived here. */
    async heard(): Promise<number> {
      const { subscriberStats } = await room.getRtcStats();
      return subscriberStats.reduce((sum, { stats }) => sum + (stats.case === 'inboundRtp' ? Number(stats.value.received?.packetsReceived ?? 0) : 0), 0);
    },
    async leave(): Promise<void> {
      out = true;
      await room.disconnect().catch(() => {});
      await source.close().catch(() => {});
    },
  };
}
