// Hemat data in the room: the rule of saver.ts over the own link, and what it does. Sound stays with RED and DTX whatever happens.
import { useEffect, useRef, useState } from 'react';
import { watchLink } from './link.ts';
import type { Stage } from './media.ts';
import { choose, freshSaver, heed, stepOf, type Saver, type Step } from './saver.ts';

const KEY = 'hemat-data';
export type SaverSnapshot = { step: Step; /** By itself, not by hand. */ byItself: boolean; toggle: () => void };

export function useSaver(stage: Stage, inside: boolean): SaverSnapshot {
  const [saver, setSaver] = useState<Saver>(() => freshSaver(remembered()));
  const step = stepOf(saver);
  const lowered = useRef(false);
  useEffect(() => (inside ? watchLink(stage.room, (link) => setSaver((now) => heed(now, link, performance.now()))) : undefined), [stage, inside]);
  useEffect(() => {
    const pictures = step === 'semua';
    stage.want(({ what }) => pictures || what !== 'camera');
    const low = step === 'kamera_rendah';
    if (low !== lowered.current) stage.own.lower(low);
    lowered.current = low;
    void stage.own.rest('hemat', step === 'kamera_mati');
  }, [stage, step]);

  function toggle(): void {
    const by = step === 'semua' ? 'hidup' : 'mati';
    setSaver((now) => choose(now, by));
    try {
      localStorage.setItem(KEY, by === 'hidup' ? '1' : '0');
    } catch {
      // Storage refused: it lasts as long as the page.
    }
  }
  return { step, byItself: saver.by === 'sendiri', toggle };
}

/** Off by hand lasts for one meeting: the next link may be another. */
function remembered(): Saver['by'] {
  try {
    return localStorage.getItem(KEY) === '1' ? 'hidup' : 'sendiri';
  } catch {
    return 'sendiri';
  }
}
