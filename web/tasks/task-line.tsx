// Reminders of tasks on top of whatever is open: the line, and its two ways out.
import { Link } from 'wouter';
import ListTodo from 'lucide-react/icons/list-todo';
import type { ReplyOf } from '../../shared/endpoint.ts';
import type { getTaskReminders, postTasksSeen } from '../../shared/tasks.ts';
import { useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { taskWords } from '../words/tasks.ts';
import { useDueText } from './due.tsx';
import './tasks.css';

type Reminders = ReplyOf<typeof getTaskReminders>['reminders'];

export default function TaskLine({ all, first }: { all: Reminders; first: Reminders[number] }) {
  const w = useWords(taskWords);
  const due = useDueText();
  const seen = useWrite<typeof postTasksSeen>('POST', '/api/me/tasks/seen', ['/api/me/tasks', '/api/me/tasks/reminders']);
  return (
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
  );
}

const shortened = (text: string): string => (text.length > 90 ? `${text.slice(0, 89)}…` : text);
