// Blur and noise, chosen in the settings of a room; and what became of the choice.
import { useSyncExternalStore } from 'react';
import { useWords } from '../platform/words.ts';
import { ownMediaWords } from '../words/own-media.ts';
import type { Effect } from './effects.ts';
import type { Stage } from './media.ts';
import './own-media.css';

/** `effects`: what this person has a device for. */
export function EffectChoices({ stage, effects = ['blur', 'quiet'] }: { stage: Stage; effects?: readonly Effect[] }) {
  const w = useWords(ownMediaWords);
  const now = useSyncExternalStore(stage.own.subscribe, stage.own.snapshot).effects;
  return (
    <fieldset className="choices">
      <legend>{w.effects}</legend>
      {effects.map((effect) => {
        const state = now[effect];
        return (
          <label key={effect}>
            <input type="checkbox" checked={state === 'on' || state === 'starting'} onChange={({ target }) => void stage.own.effect(effect, target.checked)} />
            <span>
              {w[effect]} {(state === 'starting' || state === 'slow' || state === 'unable') && <small className="effect-state">{w.state[state]}</small>}
            </span>
          </label>
        );
      })}
      <small>{w.effectsHint}</small>
    </fieldset>
  );
}
