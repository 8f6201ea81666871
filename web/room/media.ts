// The door to the media code: loaded and warmed up while somebody stands before the room, opened on the press.
// Only this folder knows livekit-client.
import { Room, RoomEvent, Track, VideoPresets } from 'livekit-client';
import { createOwnMedia, type GivenMedia, type OwnMedia } from './own-media.ts';
import { mediaFlows, resumeDelay } from './resume.ts';
import { keepConnected, type Connection, type Ticket } from './keep-connected.ts';
import { chooseTracks, type Wanted } from './choose-tracks.ts';

export { showEarly } from './early-stage.ts';
export type { Connection, Ending } from './keep-connected.ts';
export type { OwnMedia, OwnMediaState } from './own-media.ts';

export type Entry = { ticket: Ticket | null; known: number; given: GivenMedia };
export type Stage = {
  /** Opaque outside web/room: handed to `StageRoom`. */
  room: Room;
  own: OwnMedia;
  connection: { snapshot: () => Connection; subscribe: (hear: () => void) => () => void };
  /** Under which LiveKit session this page is in the room; null before it is. */
  session: () => { identity: string; sid: string } | null;
  /**
   * Connects now, and answers when signalling stands: drawing before that would delay it. Until `enter` nobody is told and
   * nothing is sent. `known`: how many are inside, before LiveKit can tell.
   */
  enter: (entry: Entry) => Promise<void>;
  /** From now on only these tracks are downloaded. */
  want: (wanted: Wanted) => void;
  /** Leaves at once; the devices are released. */
  leave: () => void;
};

/** Longer than this nobody waits for the room to be drawn. */
const SIGNAL_WITHIN_MS = 250;
/** From a subscription to its first frame, and from the press to the first subscription; one's own devices wait no longer. */
const PICTURE_WITHIN_MS = 150;
const FIRST_PICTURE_WITHIN_MS = 700;

const signalUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`;

type Plan = {
  newTicket: () => Promise<Ticket>;
  /** One speaks only when given the floor. */
  byTurns?: boolean;
  /** How many are in the room whom LiveKit tells nobody about. */
  unseen?: () => number;
};

/** A stage that is ready to be entered. The browser loads its media engine now instead of on the press. */
export function prepareStage({ newTicket, byTurns = false, unseen = () => 0 }: Plan): Stage {
  const room = makeRoom();
  const own = createOwnMedia(room, { byTurns });
  const { connection, start, stop } = keepConnected({ room, url: signalUrl(), own, newTicket, unseen });
  const want = chooseTracks(room);
  warmUp();
  return {
    room,
    own,
    connection,
    session() {
      const { identity, sid } = room.localParticipant;
      return identity && sid ? { identity, sid } : null;
    },
    enter({ ticket, known, given }) {
      const signalled = new Promise<void>((done) => {
        room.once(RoomEvent.SignalConnected, done);
        window.setTimeout(done, SIGNAL_WITHIN_MS);
      });
      const calm = known > 1 ? firstPicture(room) : signalled;
      start(ticket, known);
      return signalled.then(() => own.adopt({ ...given, captured: calm.then(() => given.captured) }));
    },
    want,
    leave() {
      stop();
      own.stop();
      void room.disconnect(true);
    },
  };
}

/** Somebody else's picture is about to be seen: encoding and drawing one's own before that would delay it on a small processor. */
function firstPicture(room: Room): Promise<void> {
  return new Promise((done) => {
    room.on(RoomEvent.TrackSubscribed, ({ kind }) => kind === Track.Kind.Video && window.setTimeout(done, PICTURE_WITHIN_MS));
    window.setTimeout(done, FIRST_PICTURE_WITHIN_MS);
  });
}

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

function warmUp(): void {
  const peer = new RTCPeerConnection();
  peer.addTransceiver('video', { direction: 'recvonly' });
  void peer.createOffer().finally(() => peer.close());
}
