// The edge of web/room: hands LiveKit's room to the hooks below and plays everybody's sound.
import {
  RoomAudioRenderer,
  RoomContext,
  useAudioPlayback,
  useConnectionQualityIndicator,
  useLocalParticipant,
  useParticipants,
  useTracks,
} from '@livekit/components-react';
import { ConnectionQuality, Track } from 'livekit-client';
import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { Connection, Stage } from './media.ts';
import type { OwnMediaState } from './own-media.ts';
import { personTiles, screenTiles, type PersonTile, type ScreenTile } from './tiles.ts';

/** `silent`: nobody is heard on this device. */
export function StageRoom({ stage, silent = false, children }: { stage: Stage; silent?: boolean; children: ReactNode }) {
  return (
    <RoomContext.Provider value={stage.room}>
      {children}
      <RoomAudioRenderer muted={silent} />
    </RoomContext.Provider>
  );
}

export const useConnection = (stage: Stage): Connection => useSyncExternalStore(stage.connection.subscribe, stage.connection.snapshot);

/** `canShare`: this browser can share a screen at all. */
export type OwnSnapshot = OwnMediaState & {
  canShare: boolean;
  toggleMicrophone?: () => void;
  toggleCamera?: () => void;
  toggleShare?: () => void;
};

/** One's own devices; an action that cannot be done now is undefined. */
export function useOwnMedia(stage: Stage, connected: boolean): OwnSnapshot {
  const { own } = stage;
  const state = useSyncExternalStore(own.subscribe, own.snapshot);
  return {
    ...state,
    canShare: own.canShare,
    toggleMicrophone: state.pending.microphone ? undefined : () => void own.turn('microphone', !state.on.microphone),
    toggleCamera: state.pending.camera ? undefined : () => void own.turn('camera', !state.on.camera),
    toggleShare: connected && own.canShare && state.may.screen ? () => void own.share() : undefined,
  };
}

/** Everybody in the room and every shared screen. `you`: one's own member. */
export function useTiles(you: string): { people: PersonTile[]; screens: ScreenTile[] } {
  const participants = useParticipants();
  const tracks = useTracks([Track.Source.Camera, Track.Source.ScreenShare]);
  const screens = useMemo(() => screenTiles(tracks, you), [tracks, you]);
  return { people: personTiles(participants, tracks, you), screens };
}

/** Browsers may hold sound back until a press: then there is something to press. */
export function useSound(): { unlock?: () => void } {
  const { canPlayAudio, startAudio } = useAudioPlayback();
  return canPlayAudio ? {} : { unlock: () => void startAudio() };
}

/** One's own link is too weak for pictures. */
export function useWeakLink(): boolean {
  const { localParticipant } = useLocalParticipant();
  const { quality } = useConnectionQualityIndicator({ participant: localParticipant });
  return quality === ConnectionQuality.Poor || quality === ConnectionQuality.Lost;
}
