// A class is named as the region wrote it down; in English by the portal's own words where the region left the name as it came.
import { privacyWords } from '../words/privacy.ts';
import { useLanguage, useWords } from '../platform/words.ts';

export function useClassName(): (row: { key: string; name: string }) => string {
  const w = useWords(privacyWords);
  const language = useLanguage();
  const asItCame: Record<string, string> = privacyWords.id.classNames;
  const own: Record<string, string> = w.classNames;
  return ({ key, name }) => (language === 'en' && name === asItCame[key] ? (own[key] ?? name) : name);
}
