// A journalist's page that holds only livekit-client and a tone: it sends the tone as soon as the media server allows it.
import { Room, RoomEvent, Track } from 'livekit-client';

const context = new AudioContext();
const tone = context.createMediaStreamDestination();
const oscillator = context.createOscillator();
oscillator.connect(tone);
oscillator.start();

async function enter(url: string, token: string): Promise<void> {
  await context.resume();
  const room = new Room();
  room.on(RoomEvent.ParticipantPermissionsChanged, (_before, participant) => {
    if (participant !== room.localParticipant || !participant.permissions?.canPublish) return;
    const [prepared] = tone.stream.getAudioTracks();
    if (prepared) void room.localParticipant.publishTrack(prepared.clone(), { source: Track.Source.Microphone, dtx: false, red: false });
  });
  await room.connect(url, token);
}

Object.assign(globalThis, { enter });
