// Which language this page speaks: Indonesian unless the person chose English. Remembered on this device; no React here.
export type Language = 'id' | 'en';

const KEY = 'bahasa';
const heard = new Set<() => void>();

export const language = (): Language => (document.documentElement.lang === 'en' ? 'en' : 'id');

export function chooseLanguage(next: Language): void {
  document.documentElement.lang = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
  for (const hear of heard) hear();
}

export function onLanguage(hear: () => void): () => void {
  heard.add(hear);
  return () => heard.delete(hear);
}

/** Called once, first thing, by each page. `?bahasa=en` in the address wins and is remembered. */
export function startLanguage(): void {
  const asked = new URLSearchParams(location.search).get(KEY) ?? stored();
  document.documentElement.lang = asked === 'en' ? 'en' : 'id';
  if (new URLSearchParams(location.search).has(KEY)) chooseLanguage(language());
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

type Words = {
  readonly [name: string]: string | readonly string[] | ((...values: never[]) => string) | Words;
};
/** The same shape in another language: a missing or a superfluous word does not compile. */
type Same<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer V) => string
      ? (...values: V) => string
      : T[K] extends readonly string[]
        ? readonly string[]
        : Same<T[K]>;
};
export type Dictionary<T> = { id: T; en: Same<T> };

/** Words of one feature: Indonesian is the source, English has the same shape. */
export const dictionary = <const T extends Words>(id: T, en: Same<T>): Dictionary<T> => ({
  id,
  en,
});

/** The words of a dictionary in a language. */
export const wordsIn = <T>(words: Dictionary<T>, which: Language): Same<T> => (which === 'en' ? words.en : (words.id as unknown as Same<T>));
