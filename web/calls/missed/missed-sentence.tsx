// The first sentence of the day, when somebody called and was not answered.
import { Link } from 'wouter';
import type { getMyCalls } from '../../../shared/calls.ts';
import { useRead } from '../../platform/api.ts';
import { useWords } from '../../platform/words.ts';
import { missedWords } from '../../words/missed.ts';

export default function MissedSentence() {
  const w = useWords(missedWords);
  const { value: mine } = useRead<typeof getMyCalls>('/api/me/calls', {});
  const last = mine?.recent.find((call) => call.missed);
  const rings = mine?.ringing[0];
  if (!mine || (!rings && (mine.unseen === 0 || !last))) return null;
  return (
    <p>
      <strong>{rings ? w.waiting(mine.ringing.length, rings.callerName) : w.sentence(mine.unseen, last?.callerName ?? '')}</strong>{' '}
      <Link href="/panggilan" className="s tap">
        {w.see}
      </Link>
    </p>
  );
}
