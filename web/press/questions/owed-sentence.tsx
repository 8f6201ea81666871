// On the first page of the day: the own answers that journalists were promised. Operators have the list.
import { Link } from 'wouter';
import type { getOwed } from '../../../shared/press-floor.ts';
import { useRead } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { holds, useMe } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { questionWords } from '../../words/press-questions.ts';

export default function OwedSentence() {
  const w = useWords(questionWords);
  const f = useFormats();
  const operates = holds(useMe(), 'operator_dkis');
  const { value } = useRead<typeof getOwed>('/api/press-answers/owed', {}, { enabled: !operates });
  const [first] = value ?? [];
  if (operates || !value || !first) return null;
  return (
    <p>
      {w.sentence(value.length)}
      {first.dueOn !== null && `, ${w.sentenceDue(f.day(first.dueOn))}`}.{' '}
      <Link href="/jawaban" className="s tap">
        {w.owed}
      </Link>
    </p>
  );
}
