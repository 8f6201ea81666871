// How long there is, in words and a shape.
import type { Task } from '../../shared/tasks.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Mark, type MarkShape, type Tone } from '../ui/marks.tsx';
import { taskWords } from '../words/tasks.ts';

/** Days that are near enough to be waited for. */
const NEAR = 3;

export function useDueText(): (daysLeft: number) => string {
  const w = useWords(taskWords);
  return (n) => (n < 0 ? w.late(-n) : n === 0 ? w.today : n === 1 ? w.tomorrow : w.left(n));
}

export function Due({ task: { state, dueOn, daysLeft, over, zone } }: { task: Task }) {
  const w = useWords(taskWords);
  const f = useFormats();
  const text = useDueText();
  const [shape, tone] = lookOf(state, daysLeft);
  return (
    <span className="place task-due">
      <Mark shape={shape} tone={tone}>
        {state !== 'terbuka' ? w.state[state] : daysLeft === null ? w.noDue : text(daysLeft)}
      </Mark>
      {over ? (
        <span className="place-position num">{f.shortDayOf(over.at, zone)}</span>
      ) : (
        dueOn !== null && <span className="place-position num">{f.date(dueOn)}</span>
      )}
    </span>
  );
}

function lookOf(state: Task['state'], daysLeft: number | null): [MarkShape, Tone] {
  if (state === 'selesai') return ['full', 'good'];
  if (state === 'dibatalkan') return ['dash', 'quiet'];
  if (daysLeft === null || daysLeft > NEAR) return ['ring', 'quiet'];
  return daysLeft < 0 ? ['dash', 'alarm'] : ['half', 'wait'];
}
