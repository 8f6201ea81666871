// Tugas: what decisions ask of this person's posts, what they asked of others as chair, and for a head what the OPD has open.
import { useEffect, useEffectEvent } from 'react';
import { useSearchParams } from 'wouter';
import type { getTasks, postTasksSeen, Task } from '../../shared/tasks.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { taskWords } from '../words/tasks.ts';
import { TaskDetail } from './task-detail.tsx';
import { TaskList } from './task-list.tsx';
import './tasks.css';

export default function TasksScreen() {
  const w = useWords(taskWords);
  const [search, setSearch] = useSearchParams();
  const opened = search.get('buka');
  const open = (id: string | undefined): void => setSearch(id === undefined ? {} : { buka: id }, { replace: id === undefined });
  const tasks = useRead<typeof getTasks>('/api/me/tasks', {});
  useSeen((tasks.value?.reminders.length ?? 0) > 0);
  return (
    <Page title={w.title} under={w.under}>
      <Loaded from={tasks} skeleton={<Bones rows={5} tall />}>
        {({ mine, chaired, opd, heads }) => {
          const over = [...mine, ...chaired, ...opd].filter((task) => !isOpen(task)).toSorted((a, b) => (b.over?.at ?? '').localeCompare(a.over?.at ?? ''));
          const found = [...mine, ...chaired, ...opd].find((task) => task.id === opened);
          return (
            <>
              <Part title={w.mine} tasks={mine.filter(isOpen)} own onOpen={open}>
                <Empty title={w.mineEmpty}>{w.mineEmptyText}</Empty>
              </Part>
              <Part title={w.chaired} tasks={chaired.filter(isOpen)} onOpen={open} />
              <Part title={w.opd} tasks={opd.filter(isOpen)} onOpen={open}>
                {heads && chaired.length + opd.length === 0 && <Empty title={w.opdEmpty} />}
              </Part>
              {over.length > 0 && (
                <Section title={w.over} note={w.overNote}>
                  <TaskList caption={w.over} tasks={over} over onOpen={open} />
                </Section>
              )}
              {chaired.length + opd.length > 0 && <p className="quiet s section-note">{w.read}</p>}
              {found && <TaskDetail key={found.id} task={found} onClose={() => open(undefined)} />}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

const isOpen = ({ state }: Task): boolean => state === 'terbuka';

/** Whoever sees the list has seen the reminders. */
function useSeen(some: boolean): void {
  const seen = useWrite<typeof postTasksSeen>('POST', '/api/me/tasks/seen', ['/api/me/tasks/reminders']);
  const say = useEffectEvent(() => void seen.run({}));
  useEffect(() => {
    if (some) say();
  }, [some]);
}

type PartProps = { title: string; tasks: readonly Task[]; own?: boolean; onOpen: (id: string) => void; children?: React.ReactNode };

function Part({ title, tasks, own = false, onOpen, children }: PartProps) {
  if (tasks.length === 0) return children ? <Section title={title}>{children}</Section> : null;
  return (
    <Section title={title} note={tasks.length}>
      <TaskList caption={title} tasks={tasks} own={own} onOpen={onOpen} />
    </Section>
  );
}
