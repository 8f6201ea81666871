// Somebody with a native client who publishes whatever they are told: a microphone that never stops, tried again and again. And ears that count
// the packets of sound that reach them.
import { AudioFrame, AudioSource, LocalAudioTrack, Room, RoomEvent, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';

const RATE = 48_000;
const FRAME_MS = 100;
const LOOK_MS = 200;
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

  const packets = new Map<string, number>();
  async function look(): Promise<void> {
    // One connection carries both ways.
    const { publisherStats, subscriberStats } = await room.getRtcStats();
    for (const { stats } of [...publisherStats, ...subscriberStats])
      if (stats.case === 'inboundRtp') packets.set(`${stats.value.rtc?.id} ${stats.value.stream?.ssrc}`, Number(stats.value.received?.packetsReceived ?? 0));
  }
  const looking = hears ? setInterval(() => void (out ? undefined : look().catch(() => {})), LOOK_MS) : undefined;

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
    /** Packets of sound that have arrived here; looked at often, because a track that ends takes its count with it. */
    heard: async (): Promise<number> => {
      await look();
      return [...packets.values()].reduce((sum, n) => sum + n, 0);
    },
    async leave(): Promise<void> {
      out = true;
      clearInterval(looking);
      await room.disconnect().catch(() => {});
      await source.close().catch(() => {});
    },
  };
}
