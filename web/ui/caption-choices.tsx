// Captions on or off and their size, in the settings of a room.
import { useWords } from '../platform/words.ts';
import { captionWords } from '../words/captions.ts';
import { chooseCaptions, useCaptionChoice, type CaptionSize } from './caption-choice.ts';

const SIZES: readonly CaptionSize[] = ['s', 'm', 'l'];

export function CaptionChoices() {
  const w = useWords(captionWords);
  const { on, size } = useCaptionChoice();
  return (
    <fieldset className="choices">
      <legend>{w.captions}</legend>
      <label>
        <input type="checkbox" checked={on} onChange={() => chooseCaptions({ on: !on })} />
        {w.show}
      </label>
      {on &&
        SIZES.map((one) => (
          <label key={one}>
            <input type="radio" name="caption-size" checked={size === one} onChange={() => chooseCaptions({ size: one })} />
            {w.sizes[one]}
          </label>
        ))}
    </fieldset>
  );
}
