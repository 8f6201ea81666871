// Whether a microphone that is on is heard, as a rule over what is measured of it. Time is an argument.
export type Heard = {
  on: boolean;
  /** Loudness of the own microphone, 0 to 1. */
  level: number;
  /** The same as plain power (root of the mean square). */
  power: number;
  /** The system or the device itself holds the microphone back (track `muted`). */
  held: boolean;
  othersSpeak: boolean;
};
export type SilentMic = {
  /** `bisu`: on and nothing comes out of it. `ditahan`: muted outside this page. `bicara_mati`: speaks while it is off. */
  say: 'bisu' | 'ditahan' | 'bicara_mati' | null;
  /** Milliseconds in which it should have been heard and was not. */
  quiet: number;
  /** Milliseconds of speech while it is off. */
  spoken: number;
  at: number;
};

/** −90 dB: less than the quietest room behind a browser's own noise suppression. A device that gives this is dead, muted on itself, or not the one. */
const DEAD = 0.00003;
const SPEECH = 0.35;
const QUIET_MS = 12_000;
const SPOKEN_MS = 1_200;
/** A pause between words takes back what was counted this much slower than it grew. */
const FORGETS = 0.5;
/** A page that was asleep counts no time. */
const LONGEST_GAP_MS = 1_000;

export const freshMic = (now: number): SilentMic => ({ say: null, quiet: 0, spoken: 0, at: now });

export function hear(mic: SilentMic, { on, level, power, held, othersSpeak }: Heard, now: number): SilentMic {
  const passed = Math.min(LONGEST_GAP_MS, now - mic.at);
  if (!on) {
    const spoken = level >= SPEECH ? mic.spoken + passed : Math.max(0, mic.spoken - passed * FORGETS);
    const said = spoken >= SPOKEN_MS || (mic.say === 'bicara_mati' && spoken > 0);
    return { say: said ? 'bicara_mati' : null, quiet: 0, spoken, at: now };
  }
  if (held) return { say: 'ditahan', quiet: mic.quiet, spoken: 0, at: now };
  // Anything at all is heard: the warning is over.
  if (power > DEAD) return freshMic(now);
  // Who listens is not asked to speak.
  const quiet = othersSpeak ? mic.quiet : mic.quiet + passed;
  return { say: quiet >= QUIET_MS ? 'bisu' : null, quiet, spoken: 0, at: now };
}
