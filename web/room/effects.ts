// Blur of the own background and quieting of the own microphone: chosen by the person, remembered on this device, downloaded only then. Whoever
// chose blur is never shown without it: the camera waits for it, and goes off when it cannot be done.
import { LocalAudioTrack, type LocalTrack, type Track, type TrackProcessor } from 'livekit-client';
import type { Kind } from './own-media.ts';

export type Effect = 'blur' | 'quiet';
/** `slow`: this device cannot keep up, it was switched off. `unable`: not in this browser, or it did not start. */
export type EffectState = 'off' | 'starting' | 'on' | 'slow' | 'unable';
export type Effects = Record<Effect, EffectState>;
type Processor = TrackProcessor<Track.Kind>;

const KEY = 'efek-rapat';
const OF: Record<Kind, Effect> = { camera: 'blur', microphone: 'quiet' };
const MAKE: Record<Effect, (onSlow: () => void) => Promise<Processor | null>> = {
  blur: async (onSlow) => {
    const { canBlur, makeBlur } = await import('./blur.ts');
    return canBlur() ? (makeBlur(onSlow) as unknown as Processor) : null;
  },
  quiet: async (onSlow) => {
    const { canQuiet, makeQuiet } = await import('./quiet.ts');
    return canQuiet() ? (makeQuiet(onSlow) as unknown as Processor) : null;
  },
};

function readEffects(): Record<Effect, boolean> {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Record<Effect, boolean>>;
    return { blur: kept.blur === true, quiet: kept.quiet === true };
  } catch {
    return { blur: false, quiet: false };
  }
}

type World = {
  trackOf: (kind: Kind) => LocalTrack | null;
  changed: (effects: Effects) => void;
  /** What cannot be dressed as the person wished is not shown. */
  hide: () => void;
};

export function createEffects({ trackOf, changed, hide }: World) {
  const wanted = readEffects();
  let now: Effects = { blur: wanted.blur ? 'starting' : 'off', quiet: wanted.quiet ? 'starting' : 'off' };
  /** The picture was shown as it is when blur was asked for: it goes on where there is no blur. */
  let shownBare = false;
  const queues: Record<Effect, Promise<void>> = { blur: Promise.resolve(), quiet: Promise.resolve() };

  function become(effect: Effect, state: EffectState): void {
    now = { ...now, [effect]: state };
    changed(now);
  }
  function keep(): void {
    try {
      localStorage.setItem(KEY, JSON.stringify(wanted));
    } catch {
      // Storage refused: it lasts as long as the page.
    }
  }

  /** The track of this kind gets what is wished, or loses it; one after the other. Never throws. */
  function dress(kind: Kind): Promise<void> {
    const effect = OF[kind];
    const work = queues[effect].then(() => apply(kind, effect));
    queues[effect] = work;
    return work;
  }

  async function apply(kind: Kind, effect: Effect): Promise<void> {
    const track = trackOf(kind);
    const dressed = track?.getProcessor() !== undefined;
    if (!wanted[effect]) {
      if (dressed) await track?.stopProcessor().catch(() => {});
      if (now[effect] === 'on' || now[effect] === 'starting') become(effect, 'off');
      return;
    }
    if (!track || dressed) return;
    become(effect, 'starting');
    try {
      const processor = await MAKE[effect](() => giveUp(kind, 'slow'));
      if (!processor) return giveUp(kind, 'unable');
      // LiveKit hands a context to audio processors and refuses without one; ours makes its own.
      if (track instanceof LocalAudioTrack) track.setAudioContext(sharedContext());
      await track.setProcessor(processor);
      if (effect === 'blur') shownBare = false;
      become(effect, 'on');
    } catch {
      giveUp(kind, 'unable');
    }
  }

  function giveUp(kind: Kind, why: 'slow' | 'unable'): void {
    const effect = OF[kind];
    wanted[effect] = false;
    keep();
    if (kind === 'camera' && !(why === 'unable' && shownBare)) hide();
    become(effect, why);
    void trackOf(kind)
      ?.stopProcessor()
      .catch(() => {});
  }

  return {
    snapshot: () => now,
    dress,
    /** Shown by nobody before it is dressed. */
    awaits: (kind: Kind): boolean => kind === 'camera' && wanted.blur && trackOf(kind)?.getProcessor() === undefined,
    choose(effect: Effect, on: boolean): Promise<void> {
      if (effect === 'blur' && on) shownBare = !wanted.blur && trackOf('camera') !== null;
      wanted[effect] = on;
      keep();
      become(effect, on ? 'starting' : 'off');
      const kind = effect === 'blur' ? 'camera' : 'microphone';
      const work = dress(kind);
      // Without a track there is nothing to dress yet: it is when there is one.
      return on && !trackOf(kind) ? Promise.resolve() : work;
    },
  };
}

let shared: AudioContext | null = null;
const sharedContext = (): AudioContext => (shared ??= new AudioContext());
