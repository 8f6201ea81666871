// A reminder on top of whatever is open, until it was looked at. Its line loads when there is one.
import { Suspense } from 'react';
import { useLocation } from 'wouter';
import { piece } from '../platform/piece.ts';
import type { getTaskReminders } from '../../shared/tasks.ts';
import { useRead } from '../platform/api.ts';

const TaskLine = piece(() => import('./task-line.tsx'));

export default function TaskStrip() {
  const [location] = useLocation();
  const { value } = useRead<typeof getTaskReminders>('/api/me/tasks/reminders', {});
  const all = value?.reminders ?? [];
  const [first] = all;
  return (
    <div role="status">
      {first && location !== '/tugas' && (
        <Suspense>
          <TaskLine all={all} first={first} />
        </Suspense>
      )}
    </div>
  );
}
