// A journalist's microphone before the turn: opened and tried now, heard by nobody until the floor is given.
import { useEffect, useRef } from 'react';
import { useWords } from '../platform/words.ts';
import type { Stage } from '../room/media.ts';
import type { OwnSnapshot } from '../room/stage-room.tsx';
import { pressRoomWords } from '../words/press-room.ts';

const STEPS = 10;

export function Prepare({ stage, own }: { stage: Stage; own: OwnSnapshot }) {
  const words = useWords(pressRoomWords);
  if (own.may.microphone) return null;
  if (!own.on.microphone || own.pending.microphone)
    return (
      <div className="prepare">
        <button type="button" className="button" disabled={own.pending.microphone} onClick={own.toggleMicrophone}>
          {words.prepare}
        </button>
        <p className="prepare-hint">{words.prepareHint}</p>
      </div>
    );
  return (
    <div className="prepare">
      <p className="prepare-state">
        <strong>{words.prepared}</strong> <Level stage={stage} pictures={own.pictures} />
      </p>
      <p className="prepare-hint">{words.preparedHint}</p>
      <button type="button" className="button" onClick={() => stage.own.release('microphone')}>
        {words.prepareDrop}
      </button>
    </div>
  );
}

/** Drawn outside React: it moves twenty times a second. */
function Level({ stage, pictures }: { stage: Stage; pictures: number }) {
  const words = useWords(pressRoomWords);
  const bars = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      stage.own.level((loud) => {
        const lit = Math.round(loud * STEPS);
        [...(bars.current?.children ?? [])].forEach((bar, i) => bar.classList.toggle('lit', i < lit));
      }),
    [stage, pictures],
  );
  return (
    <span className="level" ref={bars} role="img" aria-label={words.level}>
      {Array.from({ length: STEPS }, (_, i) => (
        <span key={i} />
      ))}
    </span>
  );
}
