// Indonesian or English, each named in its own language.
import { chooseLanguage } from '../platform/language.ts';
import { useLanguage, useWords } from '../platform/words.ts';
import { shellWords } from '../words/shell.ts';

export function LanguageSwitch() {
  const w = useWords(shellWords);
  const now = useLanguage();
  return (
    <div className="language" role="group" aria-label={w.language}>
      <button type="button" lang="id" aria-pressed={now === 'id'} onClick={() => chooseLanguage('id')}>
        Indonesia
      </button>
      <button type="button" lang="en" aria-pressed={now === 'en'} onClick={() => chooseLanguage('en')}>
        English
      </button>
    </div>
  );
}
