// A release that was written and not yet saved, kept in this browser until it is. One entry per conference and item.
import type { ReleaseBlock } from '../../../shared/press-kit.ts';

export type Draft = { title: string; number: string; contact: string; day: string; time: string; blocks: ReleaseBlock[] };
const keyOf = (conferenceId: string, item: string): string => `siaran:${conferenceId}:${item}`;

/** Storage that is full or refused loses only this net: the page itself still holds the text. */
export function keepDraft(conferenceId: string, item: string, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(conferenceId, item), JSON.stringify(draft));
  } catch {
    // As said above.
  }
}
export function keptDraft(conferenceId: string, item: string): Draft | null {
  try {
    const text = localStorage.getItem(keyOf(conferenceId, item));
    return text === null ? null : (JSON.parse(text) as Draft);
  } catch {
    return null;
  }
}
export function forgetDraft(conferenceId: string, item: string): void {
  try {
    localStorage.removeItem(keyOf(conferenceId, item));
  } catch {
    // Nothing was kept then.
  }
}
