import { useMemo, useSyncExternalStore } from 'react';
import { language, onLanguage, type Language } from '../platform/language.ts';
import { roomText, type RoomWords } from './words/room.ts';

/** The room's words, drawn again when the language changes. */
export function useWords(): RoomWords {
  const which = useLanguage();
  return useMemo(() => roomText(which), [which]);
}

export const useLanguage = (): Language => useSyncExternalStore(onLanguage, language);
