// A reminder on top of whatever is open, until it was looked at.
import { Link, useLocation } from 'wouter';
import ListTodo from 'lucide-react/icons/list-todo';
import type { getTaskReminders, postTasksSeen } from '../../shared/tasks.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { taskWords } from '../words/tasks.ts';
import { useDueText } from './due.tsx';
import './tasks.css';

export default function TaskStrip() {
  const w = useWords(taskWords);
  const due = useDueText();
  const [location] = useLocation();
  const { value } = useRead<typeof getTaskReminders>('/api/me/tasks/reminders', {});
  const seen = useWrite<typeof postTasksSeen>('POST', '/api/me/tasks/seen', ['/api/me/tasks', '/api/me/tasks/reminders']);
  const all = value?.reminders ?? [];
  const [first] = all;
  const shown = first !== undefined && location !== '/tugas';
  return (
    <div role="status">
      {shown && (
        <div className="strip strip-task">
          <ListTodo aria-hidden />
          <span>
            <strong>
              {all.length > 1 ? w.reminded(all.length) : first.daysLeft < 0 ? w.remindedLate(due(first.daysLeft)) : w.remindedOne(due(first.daysLeft))}
            </strong>{' '}
            {all.length === 1 && shortened(first.text)}
          </span>
          <Link href={all.length === 1 ? `/tugas?buka=${first.taskId}` : '/tugas'} className="tap">
            {w.handle}
          </Link>
          <Button kind="quiet" busy={seen.busy} onClick={() => void seen.run({})}>
            {w.later}
          </Button>
        </div>
      )}
    </div>
  );
}

const shortened = (text: string): string => (text.length > 90 ? `${text.slice(0, 89)}…` : text);
