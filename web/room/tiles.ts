// LiveKit's mutable participants as plain values: one tile per person, however many devices the person brought.
import { ConnectionQuality, Track, type Participant } from 'livekit-client';
import type { TrackReference } from '@livekit/components-react';

export type PersonTile = {
  member: string;
  you: boolean;
  /** Opaque: handed to `Picture`. */
  camera: TrackReference | null;
  micOn: boolean;
  speaking: boolean;
  /** 0 = not yet; else milliseconds. */
  lastSpoke: number;
  link: 'good' | 'poor' | 'lost';
};
export type ScreenTile = { member: string; you: boolean; key: string; picture: TrackReference };

/** `p_…:device` → `p_…` */
export const memberOf = (identity: string): string => identity.split(':')[0] ?? identity;

export function personTiles(participants: readonly Participant[], cameras: readonly TrackReference[], you: string): PersonTile[] {
  const tiles = new Map<string, PersonTile>();
  for (const participant of participants) {
    if (participant.identity === '') continue;
    const member = memberOf(participant.identity);
    const camera =
      cameras.find((reference) => reference.participant === participant && reference.source === Track.Source.Camera && !reference.publication.isMuted) ?? null;
    const one: PersonTile = {
      member,
      you: member === you,
      camera,
      micOn: participant.isMicrophoneEnabled,
      speaking: participant.isSpeaking,
      lastSpoke: participant.lastSpokeAt?.getTime() ?? 0,
      link: linkOf(participant.connectionQuality),
    };
    const other = tiles.get(member);
    tiles.set(member, other ? together(other, one) : one);
  }
  return [...tiles.values()];
}

/** Two devices of one person: whatever works on either. */
const together = (a: PersonTile, b: PersonTile): PersonTile => ({
  ...a,
  camera: a.camera ?? b.camera,
  micOn: a.micOn || b.micOn,
  speaking: a.speaking || b.speaking,
  lastSpoke: Math.max(a.lastSpoke, b.lastSpoke),
  link: a.link === 'good' || b.link === 'good' ? 'good' : a.link,
});

export const screenTiles = (screens: readonly TrackReference[], you: string): ScreenTile[] =>
  screens
    .filter(({ source }) => source === Track.Source.ScreenShare)
    .map((picture) => {
      const member = memberOf(picture.participant.identity);
      return { member, you: member === you, key: picture.publication.trackSid, picture };
    });

const linkOf = (quality: ConnectionQuality): PersonTile['link'] =>
  quality === ConnectionQuality.Poor ? 'poor' : quality === ConnectionQuality.Lost ? 'lost' : 'good';
