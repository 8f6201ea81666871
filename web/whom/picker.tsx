// Whom to invite: search, or open the tree; tick units, positions or people. Everything is a checkbox or a button.
import { useDeferredValue, useState } from 'react';
import type { Directory, Choice } from './choice.ts';
import { TextField } from '../ui/field.tsx';
import { useWords } from '../platform/words.ts';
import { meetingWords } from '../words/meetings.ts';
import { Found } from './picker-found.tsx';
import { UnitBranch } from './picker-tree.tsx';
import './whom.css';

/** `vacant`: an empty post may be chosen too, because somebody stands in for it. `oneByOne`: posts and people, no whole units. */
export type PickProps = { choice: Choice; onChoice: (choice: Choice) => void; known: Directory; vacant?: boolean; oneByOne?: boolean };

export function Picker(props: PickProps) {
  const w = useWords(meetingWords);
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed.trim());
  const tops = props.known.under.get(null) ?? [];
  return (
    <div className="picker">
      <TextField
        label={w.find}
        type="search"
        value={typed}
        onValue={setTyped}
        autoComplete="off"
        enterKeyHint="search"
        // Looking for somebody does not send the form around.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      {words.length >= 2 ? (
        <Found {...props} words={words} />
      ) : (
        <ul className="tree">
          {tops.map((unit) => (
            <UnitBranch key={unit.id} {...props} unit={unit} startOpen={tops.length === 1} />
          ))}
        </ul>
      )}
    </div>
  );
}
