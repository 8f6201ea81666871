// Where the minutes stand: a shape and a word.
import type { MinutesState } from '../../shared/minutes.ts';
import { useWords } from '../platform/words.ts';
import { Mark } from '../ui/marks.tsx';
import { minutesWords } from '../words/minutes.ts';

const look = { belum: ['dash', 'quiet'], konsep: ['ring', 'quiet'], koreksi: ['half', 'wait'], disahkan: ['full', 'accent'] } as const;

export function StateMark({ state }: { state: MinutesState }) {
  const w = useWords(minutesWords);
  const [shape, tone] = look[state];
  return (
    <Mark shape={shape} tone={tone}>
      {w.state[state]}
    </Mark>
  );
}
