// Tasks as a printed list: what is asked, of whom, by when.
import type { Task } from '../../shared/tasks.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { PlaceCard } from '../ui/marks.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { taskWords } from '../words/tasks.ts';
import { Due } from './due.tsx';

type Props = { caption: string; tasks: readonly Task[]; own?: boolean; over?: boolean; onOpen: (id: string) => void };

/** `own`: whose they are need not be said. */
export function TaskList({ caption, tasks, own = false, over = false, onOpen }: Props) {
  const w = useWords(taskWords);
  const who: Column<Task> = {
    key: 'who',
    head: w.cols.who,
    phone: 'plain',
    cell: ({ responsible: { name, label, title } }) => <PlaceCard name={name ?? w.nobody} position={label ?? title} />,
  };
  const columns: Column<Task>[] = [
    {
      key: 'task',
      head: w.cols.task,
      phone: 'title',
      cell: ({ text, decision }) => (
        <span className="place task-text">
          <span className="place-name">{text}</span>
          <span className="place-position">{w.from(decision.no, decision.meetingTitle)}</span>
        </span>
      ),
    },
    ...(own ? [] : [who]),
    { key: 'due', head: over ? w.cols.came : w.cols.due, phone: 'plain', cell: (task) => <Due task={task} /> },
    {
      key: 'open',
      head: '',
      phone: 'plain',
      cell: (task) => (
        <Button kind={own && task.may.finish ? 'main' : 'plain'} aria-label={w.openOf(task.text.slice(0, 80))} onClick={() => onOpen(task.id)}>
          {task.may.finish ? w.handle : w.see}
        </Button>
      ),
    },
  ];
  return <Table caption={caption} columns={columns} rows={tasks} rowKey={(task) => task.id} />;
}
