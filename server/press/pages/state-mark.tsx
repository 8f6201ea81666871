// The state of a conference: a shape and a word, never colour alone.
import type { ConferenceState } from '../../../shared/press.ts';
import type { Language } from '../../platform/refusal.ts';
import { words } from './words.ts';

const SHAPES: Partial<Record<ConferenceState, string>> = { tayang: '●', tanya_jawab: '●', ruang_tunggu: '◐', dibatalkan: '✕', selesai: '■', arsip: '■' };

export function StateMark({ state, language }: { state: ConferenceState; language: Language }) {
  if (state === 'draft') return null;
  return (
    <p className={`pers-state pers-${state.replace('_', '-')}`}>
      <span aria-hidden="true">{SHAPES[state] ?? '○'}</span> {words[language].states[state]}
    </p>
  );
}
