// The door to the media code: loaded and warmed up while somebody stands before the room, opened on the press.
// Only this folder knows livekit-client.
import { Room, VideoPresets } from 'livekit-client';
import { createOwnMedia, type OwnMedia } from './own-media.ts';
import { mediaFlows, resumeDelay } from './resume.ts';
import { keepConnected, type Connection, type StageOptions } from './keep-connected.ts';

export { showEarly } from './early-stage.ts';
export type { Connection, Ending } from './keep-connected.ts';
export type { OwnMedia, OwnMediaState } from './own-media.ts';

export type Stage = {
  /** Opaque outside web/room: handed to `StageRoom`. */
  room: Room;
  own: OwnMedia;
  connection: { snapshot: () => Connection; subscribe: (hear: () => void) => () => void };
  /** Leaves at once; the devices are released. */
  leave: () => void;
};

let waiting: Room | null = null;

function makeRoom(): Room {
  const room: Room = new Room({
    adaptiveStream: true,
    dynacast: true,
    // Tracks survive a lost connection and are published again by own-media.
    stopLocalTrackOnUnpublish: false,
    reconnectPolicy: {
      nextRetryDelayInMs: ({ retryCount, elapsedMs }) => resumeDelay({ retryCount, elapsedMs, flowing: mediaFlows(room) }),
    },
    videoCaptureDefaults: { resolution: VideoPresets.h720.resolution },
    publishDefaults: { simulcast: true, dtx: true, red: true },
  });
  return room;
}

const signalUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`;

/** Makes the browser load its media engine now and opens a connection to the portal. Nobody is told, nothing is published. */
export function warmUp(): void {
  if (waiting) return;
  waiting = makeRoom();
  const peer = new RTCPeerConnection();
  peer.addTransceiver('video', { direction: 'recvonly' });
  void peer.createOffer().finally(() => peer.close());
}

export function openStage(
  options: Omit<StageOptions, 'room' | 'url' | 'own'> & Pick<Parameters<typeof createOwnMedia>[0], 'wanted' | 'chosen' | 'captured'>,
): Stage {
  const room = waiting ?? makeRoom();
  waiting = null;
  const own = createOwnMedia({
    room,
    wanted: options.wanted,
    chosen: options.chosen,
    captured: options.captured,
  });
  const { connection, stop } = keepConnected({
    room,
    url: signalUrl(),
    own,
    ticket: options.ticket,
    newTicket: options.newTicket,
    known: options.known,
  });
  return {
    room,
    own,
    connection,
    leave() {
      stop();
      own.stop();
      void room.disconnect(true);
    },
  };
}
