import { useSyncExternalStore } from 'react';

const query = '(max-width: 719px)';
/** Where a month does not fit: one person, or one day, at a time. */
export const useNarrow = (): boolean => useSyncExternalStore(watch, () => matchMedia(query).matches);

function watch(hear: () => void): () => void {
  const list = matchMedia(query);
  list.addEventListener('change', hear);
  return () => list.removeEventListener('change', hear);
}
