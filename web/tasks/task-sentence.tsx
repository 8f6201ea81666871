// What of the own tasks is to be said on the first page of the day.
import { Link } from 'wouter';
import type { getTaskReminders } from '../../shared/tasks.ts';
import { useRead } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { taskWords } from '../words/tasks.ts';
import { useDueText } from './due.tsx';

export default function TaskSentence() {
  const w = useWords(taskWords);
  const due = useDueText();
  const { value } = useRead<typeof getTaskReminders>('/api/me/tasks/reminders', {});
  if (!value || value.open === 0) return null;
  const { open, nearest } = value;
  return (
    <p>
      {nearest === null ? w.sentence(open) : nearest < 0 ? w.sentenceLate(open, due(nearest)) : w.sentenceNear(open, due(nearest))}{' '}
      <Link href="/tugas" className="s tap">
        {w.title}
      </Link>
    </p>
  );
}
