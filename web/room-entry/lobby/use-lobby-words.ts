import { useMemo } from 'react';
import { wordsIn } from '../../platform/language.ts';
import { lobbyWords } from '../../words/lobby.ts';
import { useLanguage } from '../use-words.ts';

export function useLobbyWords() {
  const which = useLanguage();
  return useMemo(() => wordsIn(lobbyWords, which), [which]);
}
