import { useSyncExternalStore } from 'react';

/** Whether the browser believes in a network. */
export const useOnline = (): boolean => useSyncExternalStore(watch, () => navigator.onLine);

function watch(hear: () => void): () => void {
  window.addEventListener('online', hear);
  window.addEventListener('offline', hear);
  return () => {
    window.removeEventListener('online', hear);
    window.removeEventListener('offline', hear);
  };
}
