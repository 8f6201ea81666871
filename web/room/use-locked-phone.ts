// A phone that is locked or shows something else: the picture rests, sound goes on, and what a telephone call took comes back by itself.
import { useEffect } from 'react';
import type { Stage } from './media.ts';

const AGAIN_MS = 4_000;
/** A device that is unplugged does not come back by trying. */
const MOST_TRIES = 5;

export function useLockedPhone(stage: Stage, { inside, title, leave }: { inside: boolean; title: string; leave: () => void }): void {
  useEffect(() => {
    if (!inside) return undefined;
    const { own, room } = stage;
    // At a desk people read papers in another window and want to be seen; a phone out of sight shows a pocket.
    const phone = matchMedia('(pointer: coarse)').matches;
    let tries = 0;
    function look(): void {
      tries = 0;
      const hidden = document.visibilityState === 'hidden';
      if (phone) void own.rest('tersembunyi', hidden && document.pictureInPictureElement === null);
      if (hidden) return;
      void own.revive();
      if (!room.canPlaybackAudio) void room.startAudio().catch(() => {});
    }
    const timer = window.setInterval(() => {
      if (document.visibilityState === 'hidden') return;
      if (!own.isTaken()) tries = 0;
      else if ((tries += 1) <= MOST_TRIES) void own.revive();
    }, AGAIN_MS);
    document.addEventListener('visibilitychange', look);
    document.addEventListener('resume', look);
    look();
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      document.removeEventListener('resume', look);
    };
  }, [stage, inside]);

  useEffect(() => {
    const session = navigator.mediaSession as MediaSession | undefined;
    if (!inside || !session) return undefined;
    const { own } = stage;
    session.metadata = new MediaMetadata({ title });
    const acts = {
      togglemicrophone: () => void own.turn('microphone', !own.snapshot().on.microphone),
      togglecamera: () => void own.turn('camera', !own.snapshot().on.camera),
      hangup: leave,
    } as const;
    // A browser that does not know an act says so by throwing.
    const give = (name: keyof typeof acts, act: (() => void) | null): void => {
      try {
        session.setActionHandler(name as MediaSessionAction, act);
      } catch {
        // Not on this lock screen.
      }
    };
    for (const name of Object.keys(acts) as (keyof typeof acts)[]) give(name, acts[name]);
    const tell = (): void => {
      const { on } = own.snapshot();
      void session.setMicrophoneActive?.(on.microphone);
      void session.setCameraActive?.(on.camera);
    };
    const stop = own.subscribe(tell);
    tell();
    return () => {
      stop();
      for (const name of Object.keys(acts) as (keyof typeof acts)[]) give(name, null);
      session.metadata = null;
    };
  }, [stage, inside, title, leave]);
}
