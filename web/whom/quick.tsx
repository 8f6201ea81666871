// Whom a meeting is called for most often, one press each: the own unit, its division heads, all heads of agency.
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { meetingWords } from '../words/meetings.ts';
import { holdersOf, toggled } from './choice.ts';
import type { PickProps } from './picker.tsx';

type Quick = { key: string; label: string; on: boolean; press: () => void };

export function QuickChoices({ choice, onChoice, known }: PickProps) {
  const w = useWords(meetingWords);
  const { opd } = useMe();
  const all: Quick[] = [];
  const positions = (key: string, label: string, ids: string[]): void => {
    if (ids.length === 0) return;
    const on = ids.every((id) => choice.positions.includes(id));
    const rest = choice.positions.filter((id) => !ids.includes(id));
    all.push({ key, label, on, press: () => onChoice({ ...choice, positions: on ? rest : [...rest, ...ids] }) });
  };
  if (opd) {
    positions('bidang', w.quickBidang(opd.abbreviation), holdersOf(known, 'kabid', opd.id));
    all.push({
      key: 'all',
      label: w.quickAll(opd.abbreviation),
      on: choice.units.includes(opd.id),
      press: () => onChoice({ ...choice, units: toggled(choice.units, opd.id) }),
    });
  }
  positions('heads', w.quickHeads, holdersOf(known, 'kepala_opd'));
  return (
    <div role="group" aria-label={w.quick} className="row quick">
      {all.map((quick) => (
        <button key={quick.key} type="button" className="btn btn-plain" aria-pressed={quick.on} onClick={quick.press}>
          <span>{quick.label}</span>
        </button>
      ))}
    </div>
  );
}
