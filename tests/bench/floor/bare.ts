// The floor: a page that holds only livekit-client. On the press it asks for a token, connects, publishes, and shows
// whoever is there. Nothing else.
import { Room, RoomEvent, Track } from 'livekit-client';

const button = document.querySelector<HTMLButtonElement>('#join');
const stage = document.querySelector('#stage');

async function join(): Promise<void> {
  const room = new Room({ adaptiveStream: true, dynacast: true });
  room.on(RoomEvent.TrackSubscribed, (track) => {
    if (track.kind === Track.Kind.Video) stage?.append(track.attach());
  });
  const { url, token } = (await (await fetch(`/token${location.search}`)).json()) as {
    url: string;
    token: string;
  };
  await room.connect(url, token);
  await room.localParticipant.enableCameraAndMicrophone();
}

if (button) {
  button.addEventListener('click', () => void join());
  button.disabled = false;
}
