// The sound of a call, made in the browser: no file, no host. All of a round is written into the audio clock at once, because timers of a hidden tab are slow.
// One tab of a browser sounds, the one that holds the lock; the next in line takes over when it is closed.
import type { Sifat } from '../../../shared/meetings.ts';

/** `held`: the browser wants a press first. `elsewhere`: another tab of this browser sounds. */
export type Sounding = 'off' | 'on' | 'held' | 'elsewhere';
/** From, hertz, length; seconds. */
type Tone = readonly [from: number, hertz: number, length: number];
const PATTERNS: Record<Sifat, { every: number; tones: readonly Tone[]; buzz: number[] }> = {
  biasa: {
    every: 4,
    tones: [
      [0, 587.33, 0.5],
      [0.55, 783.99, 0.7],
    ],
    buzz: [300, 3700],
  },
  segera: {
    every: 3,
    tones: [
      [0, 659.26, 0.35],
      [0.4, 880, 0.35],
      [0.9, 659.26, 0.35],
      [1.3, 880, 0.5],
    ],
    buzz: [400, 200, 400, 2000],
  },
  sangat_segera: {
    every: 1.8,
    tones: [
      [0, 880, 0.2],
      [0.22, 1174.66, 0.2],
      [0.44, 880, 0.2],
      [0.66, 1174.66, 0.2],
      [0.88, 880, 0.2],
      [1.1, 1174.66, 0.3],
    ],
    buzz: [600, 150, 600, 450],
  },
};
const LOUD = 0.35;
/** While somebody speaks in a meeting. */
const SOFT = 0.1;
const LOCK = 'dering';

export function createRinger(onChange: (state: Sounding) => void) {
  let audio: AudioContext | null = null;
  let now: { key: string; stop: () => void } | null = null;

  function become(key: string, state: Sounding): void {
    if (now?.key === key) onChange(state);
  }

  /** The same key again changes nothing. `until`: milliseconds by this browser's clock. */
  function start({ key, sifat, until, soft }: { key: string; sifat: Sifat; until: number; soft: boolean }): void {
    if (now?.key === key) return;
    halt();
    const over = new AbortController();
    now = { key, stop: () => over.abort() };
    onChange('off');
    buzz(sifat, until);
    void sound(over.signal);

    async function sound(signal: AbortSignal): Promise<void> {
      const context = await unlocked(signal, () => become(key, 'held'));
      if (!context || signal.aborted) return;
      become(key, 'elsewhere');
      await hold(signal, async () => {
        if (signal.aborted) return;
        const silence = play(context, { sifat, seconds: (until - Date.now()) / 1000, loud: soft ? SOFT : LOUD });
        become(key, 'on');
        await aborted(signal);
        silence();
        // Not when the next call sounds already.
        if (!now) void context.suspend().catch(() => {});
      });
    }
  }

  function stop(): void {
    if (!now) return;
    halt();
    onChange('off');
  }

  function halt(): void {
    now?.stop();
    now = null;
    navigator.vibrate?.(0);
  }

  /** A context that runs; asks for it again at every press until it does. Null when there is no sound at all. */
  async function unlocked(signal: AbortSignal, onHeld: () => void): Promise<AudioContext | null> {
    try {
      audio ??= new AudioContext();
    } catch {
      return null;
    }
    const context = audio;
    // A browser that holds sound back never answers `resume`.
    await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 250))]).catch(() => {});
    if (context.state === 'running') return context;
    onHeld();
    return new Promise((done) => {
      const press = (): void => void context.resume().catch(() => {});
      const end = (): void => {
        if (context.state !== 'running' && !signal.aborted) return;
        for (const kind of PRESSES) window.removeEventListener(kind, press, true);
        context.removeEventListener('statechange', end);
        done(signal.aborted ? null : context);
      };
      for (const kind of PRESSES) window.addEventListener(kind, press, true);
      context.addEventListener('statechange', end);
      signal.addEventListener('abort', end);
    });
  }

  return {
    start,
    stop,
    close() {
      stop();
      void audio?.close();
    },
  };
}

const PRESSES = ['pointerdown', 'touchend', 'keydown'] as const;

const aborted = (signal: AbortSignal): Promise<unknown> => new Promise((done) => signal.addEventListener('abort', done));

/** Without locks (a page without HTTPS) whoever is looked at sounds. */
async function hold(signal: AbortSignal, act: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) return navigator.locks.request(LOCK, { signal }, act).catch(() => {});
  if (document.visibilityState === 'visible') await act();
}

function play(context: AudioContext, { sifat, seconds, loud }: { sifat: Sifat; seconds: number; loud: number }): () => void {
  const { every, tones } = PATTERNS[sifat];
  const out = context.createGain();
  out.gain.value = loud;
  out.connect(context.destination);
  const begin = context.currentTime + 0.02;
  for (let turn = 0; turn * every < seconds; turn++)
    for (const [from, hertz, length] of tones) {
      const at = begin + turn * every + from;
      const tone = context.createOscillator();
      const level = context.createGain();
      tone.type = 'triangle';
      tone.frequency.value = hertz;
      level.gain.setValueAtTime(0, at);
      level.gain.linearRampToValueAtTime(1, at + 0.015);
      level.gain.setValueAtTime(1, at + length - 0.06);
      level.gain.linearRampToValueAtTime(0, at + length);
      tone.connect(level).connect(out);
      tone.start(at);
      tone.stop(at + length);
    }
  return () => out.disconnect();
}

/** Vibrates where the device can; the browser takes the pattern whole. */
function buzz(sifat: Sifat, until: number): void {
  const { buzz: pattern } = PATTERNS[sifat];
  const length = pattern.reduce((sum, ms) => sum + ms, 0);
  const turns = Math.min(Math.ceil((until - Date.now()) / length), 30);
  if (document.visibilityState === 'visible' && turns > 0) navigator.vibrate?.(Array.from({ length: turns }, () => pattern).flat());
}
