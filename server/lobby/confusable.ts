// Names that look like an official's. Hosts are told; nobody is kept out by it. Pure.
import { fold } from '../platform/lookalike.ts';

export type Official = { name: string; title: string };
export type Likeness = { kind: 'nama'; of: string } | { kind: 'jabatan'; of: string };

/** Digits and strokes that are read as letters; letters put twice; two letters that make one. Made of both sides, so that only likeness counts. */
const DIGITS: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '6': 'b', '7': 't', '8': 'b', '9': 'g', l: 'i' };
const drawn = (word: string): string =>
  Array.from(word, (letter) => DIGITS[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/(.)\1+/gu, '$1');

/** `|`, `!`, `$`, `@` and the like stand for letters only inside a word; outside they are ornaments. */
const SIGNS: Readonly<Record<string, string>> = { '|': 'l', '!': 'i', $: 's', '@': 'a', '€': 'e' };
const signed = (text: string): string => text.replace(/(?<=[\p{L}\p{N}])[|!$@€](?=[\p{L}\p{N}])/gu, (sign) => SIGNS[sign] ?? sign);

/** Titles before a name, degrees behind it, and ways to address say nothing about whose name it is. */
const TITLES = new Set(
  'dr drg drs dra ir h hj prof kh bapak ibu pak bu sdr sdri yth se sh mh mm msi mpd spd st mt sip skm skom mkom ssos sstp map mph spt ssi sag ners apt acc akt amd phd ma mba ssit lc'.split(
    ' ',
  ),
);

const partsOf = (name: string): string[] =>
  signed(name)
    .normalize('NFKC')
    .replace(/(\p{L}{3})\./gu, '$1 ')
    .split(/[\s,;/_·•\-–—]+/u)
    .map(fold)
    .filter((word) => word !== '');
const withoutTitles = (parts: readonly string[]): readonly string[] => {
  const own = parts.filter((part) => !TITLES.has(part));
  return own.length > 0 ? own : parts;
};
const glued = (parts: readonly string[]): string => drawn(parts.join(''));

/** A name's words as they look, without titles. `S.E.` is one word: dots inside are none. */
export const wordsOf = (name: string): string[] => withoutTitles(partsOf(name)).map(drawn);

/** Posts anybody knows, and roles in the room. */
const POSTS = [
  'Wali Kota',
  'Wakil Wali Kota',
  'Bupati',
  'Wakil Bupati',
  'Gubernur',
  'Wakil Gubernur',
  'Sekda',
  'Sekretaris Daerah',
  'Sekdako',
  'Asisten Daerah',
  'Asda',
  'Staf Ahli',
  'Kepala Dinas',
  'Kadis',
  'Kadin',
  'Kepala Badan',
  'Kaban',
  'Kepala Bidang',
  'Kabid',
  'Kepala Bagian',
  'Kabag',
  'Sekdis',
  'Sekretaris Dinas',
  'Inspektur Daerah',
  'Camat',
  'Lurah',
  'Ketua DPRD',
  'Pimpinan Rapat',
  'Moderator',
  'Operator',
  'Administrator',
  'Admin Portal',
  'Notulis',
  'Panitia',
  'Protokol',
  'Resmi',
  'Walkot',
  'Wawali',
];
/** So long that it is told apart inside a word without spaces. */
const LONG = 7;

const holds = (words: readonly string[], wanted: readonly string[]): boolean => words.some((_, i) => wanted.every((word, j) => words[i + j] === word));
const inside = (words: readonly string[], wanted: readonly string[]): boolean => {
  const left = [...words];
  return wanted.every((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
};

/**
 * Made once for those in office. Answers whose name or which post a name looks like; the post of a named official says more than a post
 * anybody knows.
 */
export function likenessTo(officials: readonly Official[]): (name: string) => Likeness | null {
  const persons = officials.map(({ name, title }) => ({ title, words: wordsOf(name), glued: glued(withoutTitles(partsOf(name))) }));
  // The longest first: "Kepala Dinas Sosial" before "Kepala Dinas".
  const posts = [...new Set([...officials.map(({ title }) => title), ...POSTS])]
    .map((post) => ({ post, words: wordsOf(post), glued: glued(partsOf(post)) }))
    .filter(({ words }) => words.length > 0)
    .toSorted((a, b) => b.words.length - a.words.length);
  return (name) => {
    const parts = partsOf(name);
    const words = withoutTitles(parts).map(drawn);
    if (words.length === 0) return null;
    // With what may be a title too: letter by letter, the first of a name is no `H.`
    const wholes = [glued(withoutTitles(parts)), glued(parts)];
    const person = persons.find(
      // One name of two or more left out, or something put beside it. A single shared name is nobody's.
      (one) => wholes.includes(one.glued) || (Math.min(words.length, one.words.length) >= 2 && (inside(words, one.words) || inside(one.words, words))),
    );
    if (person) return { kind: 'nama', of: person.title };
    const post = posts.find(
      (one) => holds(words, one.words) || wholes.some((whole) => whole === one.glued || (one.glued.length >= LONG && whole.startsWith(one.glued))),
    );
    return post ? { kind: 'jabatan', of: post.post } : null;
  };
}

/** Signs that turn the writing round: a name read backwards is nobody's. */
const TURNING = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/u;
/** Pictures and badges, what joins and colours them, and what cannot be seen. */
const ORNAMENTS =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{So}\p{Sk}\p{Cf}\p{Co}\p{Cn}\u20E3\uFE00-\uFE0F\u{E0000}-\u{E01EF}\u115F\u1160\u3164\uFFA0\u2800]/gu;
const MOST = 80;

/** A name as it is shown; null: nothing that can be read is left of it, or it turns the writing round. */
export function shownName(raw: string, most = MOST): string | null {
  const text = raw.normalize('NFC');
  if (TURNING.test(text) || /[\p{Cs}\0]/u.test(text)) return null;
  const shown = text
    .replace(/\p{Cc}/gu, ' ')
    .replace(ORNAMENTS, '')
    // At most two marks on a letter: more of them climb out of their line.
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  return /\p{L}/u.test(shown) && shown.length <= most ? shown : null;
}

/** Written with what cannot be seen, or in more than one script. */
export function isOdd(raw: string): boolean {
  if (/[\p{Cf}\u115F\u1160\u3164\uFFA0\u2800]/u.test(raw)) return true;
  const letters = raw.match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter) && letter.normalize('NFKC') === letter);
  return latin.length < letters.length;
}
