// What matches the words typed: units, positions (by title or holder), then people the directory knows.
import type { getPeople } from '../../shared/people.ts';
import { useRead } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { PlaceCard } from '../ui/marks.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { meetingWords } from '../words/meetings.ts';
import { toggled, unitChosen } from './choice.ts';
import { PersonBox, PositionBox } from './picker-tree.tsx';
import type { PickProps } from './picker.tsx';

const FEW = 12;

export function Found({ words, ...props }: PickProps & { words: string }) {
  const w = useWords(meetingWords);
  const c = useWords(commonWords);
  const { known, choice, onChoice, oneByOne = false } = props;
  const people = useRead<typeof getPeople>('/api/people', { query: { q: words } }, { keepWhileAsking: true });
  const units = oneByOne ? [] : known.units.filter((unit) => matches(words, unit.name, unit.abbreviation, ...unit.aliases)).slice(0, FEW);
  const positions = known.positions.filter((position) => matches(words, position.title) && position.level !== 'staf').slice(0, FEW);
  return (
    <Loaded from={people} skeleton={<Bones rows={4} />}>
      {(found) => {
        const persons = found.filter((person) => !person.disabled).slice(0, 30);
        const n = units.length + positions.length + persons.length;
        return (
          <>
            <p className="quiet s" role="status">
              {w.found(n)} {n === 0 && w.notFound}
            </p>
            <ul className="tree">
              {units.map((unit) => (
                <li key={unit.id}>
                  <label className="check tree-leaf">
                    <input
                      type="checkbox"
                      checked={unitChosen(choice, known, unit.id)}
                      disabled={unitChosen(choice, known, unit.parentId)}
                      onChange={() => onChoice({ ...choice, units: toggled(choice.units, unit.id) })}
                    />
                    <PlaceCard name={unit.name} position={w.wholeUnit} />
                  </label>
                </li>
              ))}
              {positions.map((position) => (
                <PositionBox key={position.id} {...props} position={position} withUnit />
              ))}
              {persons.map((person) => (
                <PersonBox key={person.id} {...props} id={person.id} name={person.name} line={person.positions[0]?.label ?? person.opd?.name ?? c.none} />
              ))}
            </ul>
          </>
        );
      }}
    </Loaded>
  );
}

/** Every word typed begins a word of one of the texts. */
function matches(words: string, ...texts: string[]): boolean {
  const known = texts.join(' ').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => known.startsWith(word) || known.includes(` ${word}`));
}
