// What has been chosen so far, as chips that go away with a press, and about how many people that is.
import X from 'lucide-react/icons/x';
import { useWords } from '../platform/words.ts';
import { meetingWords } from '../words/meetings.ts';
import { estimate, isNobody, type Guest } from './choice.ts';
import type { PickProps } from './picker.tsx';

export function Chosen({ choice, onChoice, known, oneByOne = false }: PickProps) {
  const w = useWords(meetingWords);
  const title = (id: string): string => {
    const position = known.positions.find((one) => one.id === id);
    const unit = position && known.unit.get(position.opdId);
    return position ? [position.title, unit && !position.title.includes(unit.name) ? unit.abbreviation : ''].filter(Boolean).join(', ') : '…';
  };
  const without = (id: string) => (one: string) => one !== id;
  return (
    <div className="chosen" data-empty={isNobody(choice)}>
      <p className="legend" aria-live="polite">
        {w.chosen}:{' '}
        {isNobody(choice) ? (
          <span className="quiet">{w.nobodyYet}</span>
        ) : oneByOne ? (
          choice.positions.length + choice.people.length
        ) : (
          w.about_n(estimate(choice, known))
        )}
      </p>
      <ul className="chips">
        {choice.units.map((id) => (
          <Chip
            key={id}
            name={known.unit.get(id)?.name ?? '…'}
            kind={w.wholeUnit}
            onRemove={() => onChoice({ ...choice, units: choice.units.filter(without(id)) })}
          />
        ))}
        {choice.positions.map((id) => (
          <Chip key={id} name={title(id)} onRemove={() => onChoice({ ...choice, positions: choice.positions.filter(without(id)) })} />
        ))}
        {choice.people.map((person) => (
          <Chip key={person.id} name={person.name} onRemove={() => onChoice({ ...choice, people: choice.people.filter((one) => one.id !== person.id) })} />
        ))}
        {choice.guests.map((guest: Guest) => (
          <Chip
            key={`${guest.name}/${guest.institution}`}
            name={guest.name}
            kind={guest.institution}
            onRemove={() => onChoice({ ...choice, guests: choice.guests.filter((one) => one !== guest) })}
          />
        ))}
      </ul>
    </div>
  );
}

function Chip({ name, kind, onRemove }: { name: string; kind?: string; onRemove: () => void }) {
  const w = useWords(meetingWords);
  return (
    <li className="chip">
      <span>
        {name}
        {kind && <small> · {kind}</small>}
      </span>
      <button type="button" aria-label={w.remove(name)} onClick={onRemove}>
        <X aria-hidden />
      </button>
    </li>
  );
}
