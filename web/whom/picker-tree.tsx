// The tree of units: a unit's checkbox takes everything below it; its arrow opens sub-units and positions.
import { useId, useState } from 'react';
import ChevronRight from 'lucide-react/icons/chevron-right';
import type { getPeople, Opd, Position } from '../../shared/people.ts';
import { useRead } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { PlaceCard } from '../ui/marks.tsx';
import { commonWords } from '../words/common.ts';
import { meetingWords } from '../words/meetings.ts';
import { toggled, unitChosen } from './choice.ts';
import type { PickProps } from './picker.tsx';

export function UnitBranch({ unit, startOpen = false, ...props }: PickProps & { unit: Opd; startOpen?: boolean }) {
  const w = useWords(meetingWords);
  const [open, setOpen] = useState(startOpen);
  const id = useId();
  const { choice, onChoice, known, oneByOne = false } = props;
  const above = unitChosen(choice, known, unit.parentId);
  const positions = known.positionsOf.get(unit.id) ?? [];
  const below = known.under.get(unit.id) ?? [];
  return (
    <li>
      <div className="tree-unit">
        <button
          type="button"
          className="btn btn-quiet btn-icon"
          aria-expanded={open}
          aria-controls={id}
          aria-label={w.show(unit.name)}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight aria-hidden className="turns" />
        </button>
        {oneByOne ? (
          <span className="place-name">{unit.name}</span>
        ) : (
          <label className="check">
            <input
              type="checkbox"
              checked={above || choice.units.includes(unit.id)}
              disabled={above}
              onChange={() => onChoice({ ...choice, units: toggled(choice.units, unit.id) })}
            />
            <span className="place-name">{unit.name}</span>
          </label>
        )}
      </div>
      <div id={id} hidden={!open}>
        {open && (
          <ul className="tree">
            {positions.map((position) => (
              <PositionBox key={position.id} {...props} position={position} />
            ))}
            {unit.kind === 'opd' && <Unplaced {...props} unit={unit} />}
            {below.map((child) => (
              <UnitBranch key={child.id} {...props} unit={child} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

export function PositionBox({ position, withUnit = false, choice, onChoice, known, vacant = false }: PickProps & { position: Position; withUnit?: boolean }) {
  const w = useWords(meetingWords);
  const c = useWords(commonWords);
  const above = unitChosen(choice, known, position.opdId);
  const holder = position.holderNow;
  const name = holder === null ? w.vacant : holder.as === 'definitif' ? holder.name : `${c.holding[holder.as]} ${holder.name}`;
  return (
    <li>
      <label className="check tree-leaf">
        <input
          type="checkbox"
          checked={above || choice.positions.includes(position.id)}
          disabled={above || (holder === null && !vacant)}
          onChange={() => onChoice({ ...choice, positions: toggled(choice.positions, position.id) })}
        />
        <PlaceCard name={position.title} position={name} more={withUnit ? known.unit.get(position.opdId)?.name : undefined} />
      </label>
    </li>
  );
}

/** People of the OPD who hold no position cannot be reached by one. */
function Unplaced({ unit, ...props }: PickProps & { unit: Opd }) {
  const people = useRead<typeof getPeople>('/api/people', { query: { opd: unit.id } });
  return people.value
    ?.filter((person) => person.positions.length === 0 && !person.disabled)
    .map((person) => <PersonBox key={person.id} {...props} id={person.id} name={person.name} line={undefined} />);
}

export function PersonBox({ id, name, line, choice, onChoice }: PickProps & { id: string; name: string; line: string | undefined }) {
  const chosen = choice.people.some((person) => person.id === id);
  return (
    <li>
      <label className="check tree-leaf">
        <input
          type="checkbox"
          checked={chosen}
          onChange={() => onChoice({ ...choice, people: chosen ? choice.people.filter((person) => person.id !== id) : [...choice.people, { id, name }] })}
        />
        <PlaceCard name={name} position={line} />
      </label>
    </li>
  );
}
