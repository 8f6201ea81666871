import { useEffect, useState } from 'react';

export type Toggle = { on: boolean; toggle: () => void };

/** Sound of the broadcast on this device. */
export function useSoundSwitch(): Toggle {
  const [on, setOn] = useState(true);
  return { on, toggle: () => setOn(!on) };
}

/** The whole page on the whole screen; null where the browser cannot. The interpreter's place comes along. */
export function useFullScreen(): Toggle | null {
  const [on, setOn] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const look = (): void => setOn(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);
  if (!document.fullscreenEnabled) return null;
  return { on, toggle: () => void (on ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {}) };
}

/** What is in sight above a keyboard, in pixels: the interpreter must fit in it. */
export function useSight(): { height: number; top: number } | null {
  const [sight, setSight] = useState<{ height: number; top: number } | null>(null);
  useEffect(() => {
    const view = window.visualViewport;
    if (!view) return undefined;
    // Pinched larger by hand: then the page stays as it is.
    const look = (): void => setSight(view.scale > 1.01 ? null : { height: view.height, top: view.offsetTop });
    look();
    view.addEventListener('resize', look);
    view.addEventListener('scroll', look);
    return () => {
      view.removeEventListener('resize', look);
      view.removeEventListener('scroll', look);
    };
  }, []);
  return sight;
}
