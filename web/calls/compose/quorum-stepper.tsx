// How many of the called units must be inside: more than half, unless the caller says otherwise.
import Minus from 'lucide-react/icons/minus';
import Plus from 'lucide-react/icons/plus';
import { useWords } from '../../platform/words.ts';
import { callWords } from '../../words/calls.ts';
import { usualQuorum } from './whom.ts';

export function QuorumStepper({ units, value, onValue }: { units: number; value: number | undefined; onValue: (value: number) => void }) {
  const w = useWords(callWords);
  const now = Math.min(value ?? usualQuorum(units), units);
  return (
    <div className="stepper" role="group" aria-label={w.quorum}>
      <span className="legend">{w.quorum}</span>
      <button type="button" className="btn btn-plain btn-icon" aria-label={w.quorumLess} disabled={now <= 1} onClick={() => onValue(now - 1)}>
        <Minus aria-hidden />
      </button>
      <output className="num">{w.quorumOf(now, units)}</output>
      <button type="button" className="btn btn-plain btn-icon" aria-label={w.quorumMore} disabled={now >= units} onClick={() => onValue(now + 1)}>
        <Plus aria-hidden />
      </button>
    </div>
  );
}
