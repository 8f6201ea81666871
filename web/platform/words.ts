// The words of a feature in the language of the page; the page draws again when the language changes.
import { useSyncExternalStore } from 'react';
import { language, onLanguage, wordsIn, type Dictionary, type Language } from './language.ts';

export const useLanguage = (): Language => useSyncExternalStore(onLanguage, language);

export function useWords<T>(words: Dictionary<T>): ReturnType<typeof wordsIn<T>> {
  return wordsIn(words, useLanguage());
}
