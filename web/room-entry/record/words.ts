import { useMemo } from 'react';
import { wordsIn } from '../../platform/language.ts';
import { recordWords } from '../../words/record.ts';
import { useLanguage } from '../use-words.ts';

export function useRecordWords() {
  const which = useLanguage();
  return useMemo(() => wordsIn(recordWords, which), [which]);
}
