// What is wrong with being heard, while one is in the room.
import { useEffect, useState } from 'react';
import type { Stage } from './media.ts';
import { freshMic, hear, type SilentMic } from './silent-mic.ts';

const EVERY_MS = 250;

export function useSilentMic(stage: Stage, inside: boolean): SilentMic['say'] {
  const [say, setSay] = useState<SilentMic['say']>(null);
  useEffect(() => {
    if (!inside) return undefined;
    const { own, room } = stage;
    let mic = freshMic(performance.now());
    let [level, power] = [0, 0];
    let heardAt = 0;
    let stop: (() => void) | undefined;
    let device: unknown;
    const timer = window.setInterval(() => {
      const { on, held, pending } = own.snapshot();
      const current = own.microphoneId();
      if (current !== device) {
        stop?.();
        device = current;
        stop = own.level((loud, plain) => {
          // The loudest since the last look.
          [level, power, heardAt] = [Math.max(level, loud), Math.max(power, plain), performance.now()];
        });
      }
      // Nothing was measured: nothing is said about it.
      const blind = performance.now() - heardAt > EVERY_MS * 4;
      const othersSpeak = room.activeSpeakers.some((one) => one !== room.localParticipant);
      mic =
        blind || pending.microphone
          ? { ...freshMic(performance.now()), say: on.microphone && held ? 'ditahan' : null }
          : hear(mic, { on: on.microphone, level, power, held, othersSpeak }, performance.now());
      [level, power] = [0, 0];
      setSay(mic.say);
    }, EVERY_MS);
    return () => {
      window.clearInterval(timer);
      stop?.();
    };
  }, [stage, inside]);
  return say;
}
