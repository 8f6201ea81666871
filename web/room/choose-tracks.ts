// Which tracks of others are downloaded: everything, or what somebody on a weak link keeps. The media server sends nothing else.
import { RoomEvent, Track, type Room } from 'livekit-client';

export type Wanted = (track: { identity: string; what: 'sound' | 'camera' | 'screen' }) => boolean;

export function chooseTracks(room: Room): (wanted: Wanted) => void {
  let wanted: Wanted | null = null;

  function apply(): void {
    if (!wanted) return;
    for (const participant of room.remoteParticipants.values())
      for (const publication of participant.trackPublications.values()) {
        const what = publication.kind === Track.Kind.Audio ? 'sound' : publication.source === Track.Source.ScreenShare ? 'screen' : 'camera';
        const on = wanted({ identity: participant.identity, what });
        if (on !== publication.isDesired) publication.setSubscribed(on);
      }
  }

  room.on(RoomEvent.TrackPublished, apply).on(RoomEvent.Connected, apply).on(RoomEvent.ParticipantConnected, apply);
  return (next) => {
    wanted = next;
    apply();
  };
}
