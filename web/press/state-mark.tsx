// The state of a conference: shape, colour and word.
import type { ConferenceState } from '../../shared/press.ts';
import { useWords } from '../platform/words.ts';
import { Mark, type MarkShape, type Tone } from '../ui/marks.tsx';
import { pressWords } from '../words/press.ts';

const LOOK: Record<ConferenceState, readonly [MarkShape, Tone]> = {
  draft: ['ring', 'quiet'],
  diumumkan: ['ring', 'accent'],
  registrasi: ['half', 'accent'],
  ruang_tunggu: ['half', 'wait'],
  tayang: ['full', 'alarm'],
  tanya_jawab: ['full', 'alarm'],
  selesai: ['dash', 'quiet'],
  arsip: ['dash', 'quiet'],
  dibatalkan: ['dots', 'quiet'],
};

export function StateMark({ state }: { state: ConferenceState }) {
  const w = useWords(pressWords);
  const [shape, tone] = LOOK[state];
  return (
    <Mark shape={shape} tone={tone}>
      {w.states[state]}
    </Mark>
  );
}
