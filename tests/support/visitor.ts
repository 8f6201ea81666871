// Somebody in a room without a browser: a native LiveKit client that may show a moving picture.
import {
  LocalVideoTrack,
  dispose,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
  type RemoteParticipant,
} from '@livekit/rtc-node';

export type Visitor = {
  room: Room;
  sees(identity: string): boolean;
  disconnected: Promise<void>;
  publishPicture(): Promise<void>;
  leave(): Promise<void>;
};

const WIDTH = 640;
const HEIGHT = 360;
const FRAME_MS = 33;

/** The native client's own threads end, for good: only where nothing else in this process enters a room afterwards, so never in tests/api, whose files share theirs. */
export const endVisitors = dispose;

/** `url` is the portal's own origin (through the door) or LiveKit's. */
export async function enterRoom(url: string, token: string): Promise<Visitor> {
  const room = new Room();
  const disconnected = new Promise<void>((resolve) => room.once(RoomEvent.Disconnected, () => resolve()));
  await room.connect(url, token, { autoSubscribe: true, dynacast: false });
  let timer: NodeJS.Timeout | undefined;
  let source: VideoSource | undefined;
  return {
    room,
    disconnected,
    sees: (identity) => [...room.remoteParticipants.values()].some((p: RemoteParticipant) => p.identity === identity),
    async publishPicture() {
      const pictures = (source = new VideoSource(WIDTH, HEIGHT));
      const track = LocalVideoTrack.createVideoTrack('kamera', pictures);
      const options = new TrackPublishOptions();
      options.source = TrackSource.SOURCE_CAMERA;
      await room.localParticipant?.publishTrack(track, options);
      let n = 0;
      timer = setInterval(() => {
        const pixels = new Uint8Array(WIDTH * HEIGHT * 4).fill((n += 7) % 256);
        pictures.captureFrame(new VideoFrame(pixels, WIDTH, HEIGHT, VideoBufferType.RGBA));
      }, FRAME_MS);
    },
    async leave() {
      clearInterval(timer);
      await room.disconnect();
      await source?.close();
    },
  };
}
