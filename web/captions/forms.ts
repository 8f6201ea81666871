// What the captioner's line does by itself: short forms at a space, and the speaker by `1:` at its beginning. Pure.
import type { ShortForm } from '../../shared/captions.ts';

/** What the last expansion put there, so that one backspace takes it back; null after anything else was typed. */
export type Expanded = { before: string; after: string } | null;

/** The line after a space: the word before it, where it is a short form, in full. A capital begins the full form with one; own forms come first. */
export function expand(line: string, forms: readonly ShortForm[]): string {
  const found = /(^|[\s("'“])([\p{L}\p{N}]+)([.,;:!?]*) $/u.exec(line);
  const word = found?.[2];
  if (!found || word === undefined) return line;
  const form = forms.find(({ short }) => short.toLowerCase() === word.toLowerCase());
  if (!form) return line;
  const full = /^\p{Lu}/u.test(word) ? form.full.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : form.full;
  return `${line.slice(0, found.index)}${found[1] ?? ''}${full}${found[3] ?? ''} `;
}

/** `3: kita mulai` → the third speaker and the rest. */
export function spokenBy(line: string): { speaker: number; rest: string } | null {
  const found = /^([1-9]): ?/.exec(line);
  return found ? { speaker: Number(found[1]) - 1, rest: line.slice(found[0].length) } : null;
}

/** `kb = Kepala Badan`, one a line; the first line that is none. */
export function formsOf(text: string): { forms: ShortForm[]; wrong: string | null } {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map((line) => ({ line, found: /^\s*([\p{L}\p{N}]{1,12})\s*=\s*(\S.{0,119})$/u.exec(line) }));
  const wrong = read.find(({ found }) => found === null)?.line ?? null;
  return { forms: read.flatMap(({ found }) => (found ? [{ short: found[1] ?? '', full: (found[2] ?? '').trim() }] : [])), wrong };
}
