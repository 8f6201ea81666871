import { useMemo } from 'react';
import { wordsIn, type Language } from '../../platform/language.ts';
import { proceedingsWords } from '../../words/proceedings.ts';
import { useLanguage } from '../use-words.ts';

export type Words = ReturnType<typeof useProceedingsWords>;
export function useProceedingsWords() {
  const which = useLanguage();
  return useMemo(() => wordsIn(proceedingsWords, which), [which]);
}

/** `Rabu, 25 November 2026` of a calendar day. */
export const dayText = (day: string, which: Language): string =>
  new Intl.DateTimeFormat(which === 'en' ? 'en-GB' : 'id-ID', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T12:00:00Z`),
  );

/** "3 menit", or seconds below one. */
export const lasting = (ms: number, words: Pick<Words, 'minutes' | 'seconds'>): string =>
  ms < 60_000 ? words.seconds(Math.max(0, Math.round(ms / 1000))) : words.minutes(Math.floor(ms / 60_000));
