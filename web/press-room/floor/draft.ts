// What somebody is typing, kept in this tab over a reload and a lost connection. The key belongs to these words: sending them twice is one question.
import { useState } from 'react';
import { newKey } from '../../platform/new-key.ts';
import type { Draft } from './portal.ts';

const nameOf = (slug: string): string => `tanya:${slug}`;
const empty = (): Draft => ({ topic: '', text: '', key: newKey() });

export function useDraft(slug: string) {
  const [draft, setDraft] = useState(() => kept(slug) ?? empty());
  function save(next: Draft): void {
    setDraft(next);
    try {
      if (next.topic === '' && next.text === '') sessionStorage.removeItem(nameOf(slug));
      else sessionStorage.setItem(nameOf(slug), JSON.stringify(next));
    } catch {
      // Private windows may refuse storage; the text then lasts as long as the page.
    }
  }
  return { draft, write: (part: Partial<Pick<Draft, 'topic' | 'text'>>) => save({ ...draft, ...part, key: newKey() }), clear: () => save(empty()) };
}

function kept(slug: string): Draft | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(nameOf(slug)) ?? 'null') as Partial<Draft> | null;
    return found && typeof found.topic === 'string' && typeof found.text === 'string' && typeof found.key === 'string' ? (found as Draft) : null;
  } catch {
    return null;
  }
}
