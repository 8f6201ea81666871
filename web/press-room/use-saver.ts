// Hemat data: sound, the interpreter and shared screens only. Remembered on this device; offered by itself on a weak link. Sound never
// gives way.
import { useEffect, useState } from 'react';
import type { Stage } from '../room/media.ts';
import { useWeakLink } from '../room/stage-room.tsx';
import { memberOf } from '../room/tiles.ts';
import type { Card } from './people.ts';

const KEY = 'hemat-data';
export type SaverSnapshot = { on: boolean; offer: boolean; toggle: () => void; later: () => void };

export function useSaver(stage: Stage, cards: ReadonlyMap<string, Card>): SaverSnapshot {
  const [on, setOn] = useState(remembered);
  const [refused, setRefused] = useState(false);
  const weak = useWeakLink();
  // The interpreters, as text: the effect runs when they change, not at every answer.
  const signers = [...cards].flatMap(([member, { role }]) => (role === 'jbi' ? [member] : [])).join(' ');
  useEffect(() => {
    const keeps = new Set(signers.split(' '));
    stage.want(({ identity, what }) => !on || what !== 'camera' || keeps.has(memberOf(identity)));
  }, [stage, on, signers]);

  function toggle(): void {
    const next = !on;
    setOn(next);
    setRefused(false);
    try {
      localStorage.setItem(KEY, next ? '1' : '0');
    } catch {
      // Storage refused: it lasts as long as the page.
    }
  }
  return { on, offer: weak && !on && !refused, toggle, later: () => setRefused(true) };
}

function remembered(): boolean {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept !== null) return kept === '1';
  } catch {
    // Storage refused.
  }
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
}
