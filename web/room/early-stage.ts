// Sound and pictures before the room's screen is downloaded: on a weak link people are seen and heard seconds earlier.
import { RoomEvent, Track, type RemoteTrack } from 'livekit-client';
import type { Stage } from './media.ts';

/** Puts everybody's picture into `place` and plays their sound, until the returned function is called. */
export function showEarly({ room }: Stage, place: HTMLElement): () => void {
  const shown = new Map<RemoteTrack, HTMLMediaElement>();

  function add(track: RemoteTrack): void {
    if (shown.has(track)) return;
    const element = track.attach();
    shown.set(track, element);
    // Sound needs no place, but some browsers play only what stands in the page.
    element.className = track.kind === Track.Kind.Video ? 'early-picture' : 'early-sound';
    place.append(element);
  }

  function remove(track: RemoteTrack): void {
    const element = shown.get(track);
    if (!element) return;
    track.detach(element);
    element.remove();
    shown.delete(track);
  }

  for (const participant of room.remoteParticipants.values()) for (const { track } of participant.trackPublications.values()) if (track) add(track);
  room.on(RoomEvent.TrackSubscribed, add).on(RoomEvent.TrackUnsubscribed, remove);
  return () => {
    room.off(RoomEvent.TrackSubscribed, add).off(RoomEvent.TrackUnsubscribed, remove);
    for (const track of shown.keys()) remove(track);
  };
}
