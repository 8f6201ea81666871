// One's own microphone, camera and screen: what is wanted, what is captured, what failed. It works whether or not the room is
// connected, so that muting is possible at every moment, and publishes again after every rejoin. Where one may speak only for a turn,
// what is on without the right to it is prepared: it is heard by nobody until the turn comes.
import {
  ConnectionState,
  LocalAudioTrack,
  LocalVideoTrack,
  MediaDeviceFailure,
  RoomEvent,
  Track,
  VideoQuality,
  createLocalAudioTrack,
  createLocalVideoTrack,
  type LocalTrack,
  type Room,
} from 'livekit-client';
import { createEffects, type Effect, type Effects } from './effects.ts';
import { watchLevel } from './level.ts';

export type Kind = 'camera' | 'microphone';
export type Trouble = 'Refused' | 'Busy' | 'Missing' | 'Failed';
export type OwnMediaState = {
  on: Record<Kind, boolean>;
  /** The device is being opened. */
  pending: Record<Kind, boolean>;
  trouble: Record<Kind, Trouble | null>;
  sharing: boolean;
  shareRefused: boolean;
  /** Somebody who leads has muted this microphone; it may be opened again. */
  silenced: boolean;
  /** What the media server takes from this person now. */
  may: Record<Kind | 'screen', boolean>;
  /** Changes when another camera track is there to show. */
  pictures: number;
  effects: Effects;
  /** The camera went off because its background could not be blurred. */
  undressed: boolean;
  /** The system, or a telephone call, holds the microphone back. */
  held: boolean;
  /** The camera is off for a while by itself, and comes back. */
  resting: Rest | null;
};
/** Why a camera rests: the page is out of sight on a phone, or the link carries sound only. */
export type Rest = 'tersembunyi' | 'hemat';
export type OwnMedia = ReturnType<typeof createOwnMedia>;

const KINDS: readonly Kind[] = ['microphone', 'camera'];
const SOURCES = { camera: Track.Source.Camera, microphone: Track.Source.Microphone } as const;

/** What the person brings from the pre-join screen. */
export type GivenMedia = {
  wanted: Record<Kind, boolean>;
  chosen: Partial<Record<Kind | 'speaker', string>>;
  /** What the pre-join screen has captured; may still be under way. */
  captured: Promise<Record<Kind, MediaStreamTrack | null>>;
  /** Why a device that was wanted is missing, for those who saw no pre-join screen; asked once it is captured. */
  trouble?: () => Record<Kind, Trouble | null>;
};

const EVERYTHING = { microphone: true, camera: true, screen: true };
const NOTHING = { microphone: false, camera: false, screen: false };
/** LiveKit's numbers of the sources a permission names. */
const NUMBERS = { camera: 1, microphone: 2, screen: 3 } as const;

/**
 * `byTurns`: speaks only when given the floor. The microphone then opens by itself, at once, and when the turn is over the devices
 * are let go.
 */
export function createOwnMedia(room: Room, { byTurns = false } = {}) {
  let now: OwnMediaState = {
    on: { camera: false, microphone: false },
    pending: { camera: false, microphone: false },
    trouble: { camera: null, microphone: null },
    sharing: false,
    shareRefused: false,
    silenced: false,
    may: byTurns ? NOTHING : EVERYTHING,
    pictures: 0,
    effects: { blur: 'off', quiet: 'off' },
    undressed: false,
    held: false,
    resting: null,
  };
  const tracks: Record<Kind, LocalTrack | null> = { camera: null, microphone: null };
  let devices: GivenMedia['chosen'] = {};
  const hearers = new Set<() => void>();
  let stopped = false;
  const effects = createEffects({
    trackOf: (kind) => tracks[kind],
    changed: (next) => change({ effects: next, pictures: now.pictures + 1 }),
    hide() {
      release('camera');
      change({ undressed: true });
    },
  });
  now.effects = effects.snapshot();
  const rests = new Set<Rest>();
  /** What was taken by something else (a telephone call, the lock of a phone), and is wanted back. */
  const taken = new Set<Kind>();

  function change(next: Partial<OwnMediaState>): void {
    now = { ...now, ...next };
    for (const hear of hearers) hear();
  }
  const set = <K extends 'on' | 'pending' | 'trouble'>(what: K, kind: Kind, value: OwnMediaState[K][Kind]): void =>
    change({ [what]: { ...now[what], [kind]: value } });

  room
    .on(RoomEvent.LocalTrackUnpublished, ({ source }) => source === Track.Source.ScreenShare && change({ sharing: false }))
    .on(RoomEvent.TrackMuted, ({ source }, participant) => {
      // Off by oneself is off before it is muted.
      if (participant !== room.localParticipant || source !== Track.Source.Microphone || !now.on.microphone || now.pending.microphone) return;
      change({ on: { ...now.on, microphone: false }, silenced: true });
    })
    .on(RoomEvent.Connected, permitted)
    .on(RoomEvent.ParticipantPermissionsChanged, (_before, participant) => participant === room.localParticipant && permitted());

  function permitted(): void {
    const { permissions } = room.localParticipant;
    // While it connects, LiveKit has told nothing yet.
    if (!permissions || room.state !== ConnectionState.Connected) return;
    const sources: readonly number[] = permissions.canPublishSources;
    const allowed = (source: number): boolean => permissions.canPublish && (sources.length === 0 || sources.includes(source));
    const before = now.may;
    const may = { microphone: allowed(NUMBERS.microphone), camera: allowed(NUMBERS.camera), screen: allowed(NUMBERS.screen) };
    if (may.microphone === before.microphone && may.camera === before.camera && may.screen === before.screen) return;
    change({ may });
    // What is locked is off, and does not open by itself when the lock is.
    for (const kind of KINDS) if (before[kind] && !may[kind]) release(kind);
    if (byTurns && may.microphone && !before.microphone && !now.on.microphone) void turn('microphone', true);
    else publish();
  }

  /** The device is let go; what is published of it is withdrawn. */
  function release(kind: Kind): void {
    const track = tracks[kind];
    tracks[kind] = null;
    change({ on: { ...now.on, [kind]: false }, pictures: now.pictures + 1 });
    if (!track) return;
    if (room.localParticipant.getTrackPublication(SOURCES[kind])) void room.localParticipant.unpublishTrack(track, true).catch(() => {});
    track.stop();
  }

  function adopt({ wanted, chosen, captured, trouble }: GivenMedia): void {
    devices = { ...chosen };
    change({ on: { ...wanted }, pending: { ...wanted } });
    if (devices.speaker !== undefined) void room.switchActiveDevice('audiooutput', devices.speaker).catch(() => {});
    void captured.then((given) => {
      for (const kind of KINDS) {
        const track = given[kind];
        if (track && !tracks[kind] && !stopped && now.on[kind])
          hold(kind, kind === 'camera' ? new LocalVideoTrack(track, undefined, false) : new LocalAudioTrack(track, undefined, false));
        else track?.stop();
        if (!tracks[kind]) set('on', kind, false);
        if (!tracks[kind] && wanted[kind] && trouble) set('trouble', kind, trouble()[kind]);
        set('pending', kind, false);
      }
      if (room.state === ConnectionState.Connected) publish();
    });
  }

  function hold(kind: Kind, track: LocalTrack): void {
    tracks[kind] = track;
    track.on('ended', () => {
      if (tracks[kind] !== track) return;
      if (now.on[kind]) taken.add(kind);
      set('on', kind, false);
      set('trouble', kind, 'Failed');
    });
    const source = sourceOf(track);
    const feel = (): void => void (kind === 'microphone' && tracks[kind] === track && change({ held: source.muted }));
    source.addEventListener('mute', feel);
    source.addEventListener('unmute', feel);
    feel();
    change({ pictures: now.pictures + 1 });
    void effects.dress(kind).then(publish);
  }

  /** Gives the room every track that is on and not there yet. Harmless to repeat. */
  function publish(): void {
    for (const kind of KINDS) {
      const track = tracks[kind];
      if (!track || !now.on[kind] || !now.may[kind] || stopped || effects.awaits(kind) || room.localParticipant.getTrackPublication(SOURCES[kind])) continue;
      void room.localParticipant.publishTrack(track, { source: SOURCES[kind] }).catch(() => {
        // Not connected (any more): published by the next join.
      });
    }
  }

  /** By hand: what rests or was taken is as the person says now. */
  async function turn(kind: Kind, on: boolean): Promise<void> {
    if (now.pending[kind]) return;
    taken.delete(kind);
    if (kind === 'camera') change({ resting: null });
    return turnTo(kind, on);
  }

  /** Off for a while and, when nothing keeps it off any more, on again; never on by itself otherwise. */
  async function rest(why: Rest, on: boolean): Promise<void> {
    if (on === rests.has(why)) return;
    if (on) rests.add(why);
    else rests.delete(why);
    const [first] = rests;
    if (first !== undefined && now.on.camera && !now.pending.camera) {
      change({ resting: first });
      await turnTo('camera', false);
    } else if (first === undefined && now.resting !== null) {
      change({ resting: null });
      if (!now.on.camera && now.may.camera) await turnTo('camera', true);
    }
  }

  /** What a telephone call or the lock of a phone took is opened again. Harmless to repeat. */
  async function revive(): Promise<void> {
    for (const kind of KINDS) {
      if (!taken.has(kind) || now.pending[kind] || stopped || !now.may[kind]) continue;
      await turnTo(kind, true);
      if (now.on[kind]) taken.delete(kind);
    }
  }

  async function turnTo(kind: Kind, on: boolean): Promise<void> {
    if (now.pending[kind]) return;
    change({
      on: { ...now.on, [kind]: on },
      pending: { ...now.pending, [kind]: on },
      trouble: { ...now.trouble, [kind]: null },
      ...(kind === 'microphone' ? { silenced: false } : { undressed: false }),
    });
    try {
      const track = tracks[kind];
      if (!on) await track?.mute();
      else if (track && track.mediaStreamTrack.readyState !== 'ended') await track.unmute();
      else if (track) await track.restartTrack(track instanceof LocalVideoTrack ? {} : undefined).then(() => track.unmute());
      else hold(kind, await open(kind));
      publish();
    } catch (error) {
      change({
        on: { ...now.on, [kind]: false },
        trouble: { ...now.trouble, [kind]: troubleOf(error) },
      });
    } finally {
      set('pending', kind, false);
    }
  }

  const open = (kind: Kind): Promise<LocalTrack> =>
    kind === 'camera' ? createLocalVideoTrack({ deviceId: devices.camera }) : createLocalAudioTrack({ deviceId: devices.microphone });

  async function share(): Promise<void> {
    const { localParticipant } = room;
    const published = [Track.Source.ScreenShare, Track.Source.ScreenShareAudio].flatMap((source) => localParticipant.getTrackPublication(source)?.track ?? []);
    if (published.length > 0) {
      await Promise.all(published.map((track) => localParticipant.unpublishTrack(track, true)));
      return change({ sharing: false });
    }
    try {
      await localParticipant.setScreenShareEnabled(true, {
        audio: true,
        systemAudio: 'include',
        surfaceSwitching: 'include',
      });
      change({ sharing: true, shareRefused: false });
    } catch {
      change({ sharing: false, shareRefused: true });
    }
  }

  async function choose(kind: Kind | 'speaker', id: string): Promise<void> {
    devices[kind] = id;
    if (kind === 'speaker') return void (await room.switchActiveDevice('audiooutput', id));
    const track = tracks[kind];
    if (!now.on[kind] || !track) return;
    await track.setDeviceId(id).catch((error: unknown) => set('trouble', kind, troubleOf(error)));
  }

  return {
    snapshot: () => now,
    subscribe(hear: () => void) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    adopt,
    publish,
    turn,
    share,
    choose,
    effect: (what: Effect, on: boolean): Promise<void> => effects.choose(what, on).then(publish),
    chosen: () => ({ ...devices }),
    canShare: 'getDisplayMedia' in (navigator.mediaDevices ?? {}),
    release,
    rest,
    revive,
    isTaken: (): boolean => taken.size > 0,
    /** The lowest picture is sent, or whatever is asked for. */
    lower(on: boolean): void {
      const track = tracks.camera;
      if (track instanceof LocalVideoTrack && now.on.camera && now.may.camera) track.setPublishingQuality(on ? VideoQuality.LOW : VideoQuality.HIGH);
    },
    /** Changes when another microphone track is there to listen to. */
    microphoneId: (): string | null => (tracks.microphone && sourceOf(tracks.microphone).id) ?? null,
    /** How loud one's own microphone is, also while it is off to others, until the returned function is called; undefined while there is none. */
    level(hear: (level: number, power: number) => void): (() => void) | undefined {
      const track = tracks.microphone;
      if (!track || sourceOf(track).readyState === 'ended') return undefined;
      // What is off to others is a silent track; a copy of it is heard by this page alone.
      const copy = sourceOf(track).clone();
      copy.enabled = true;
      const stop = watchLevel(copy, hear);
      return () => {
        stop();
        copy.stop();
      };
    },
    /** Shows one's own camera in this element until the returned function is called. */
    mirror(element: HTMLVideoElement): (() => void) | undefined {
      const track = tracks.camera;
      if (!track || !now.on.camera) return undefined;
      track.attach(element);
      return () => void track.detach(element);
    },
    stop() {
      stopped = true;
      for (const kind of KINDS) tracks[kind]?.stop();
    },
  };
}

/** What comes from the device, before any processing. */
const sourceOf = (track: LocalTrack): MediaStreamTrack => (track.getProcessor() as { source?: MediaStreamTrack } | undefined)?.source ?? track.mediaStreamTrack;

function troubleOf(error: unknown): Trouble {
  const failure = MediaDeviceFailure.getFailure(error);
  if (failure === MediaDeviceFailure.PermissionDenied) return 'Refused';
  if (failure === MediaDeviceFailure.DeviceInUse) return 'Busy';
  return failure === MediaDeviceFailure.NotFound ? 'Missing' : 'Failed';
}
