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

/** A name's words as they look, without titles. `S.E.` is one word: dots inside are none. */
export function wordsOf(name: string): string[] {
  const parts = signed(name)
    .normalize('NFKC')
    .split(/[\s,;/_·•\-–—]+|(?<=\p{L}{3,})\./u)
    .map(fold)
    .filter((word) => word !== '');
  const own = parts.filter((part) => !TITLES.has(part));
  return (own.length > 0 ? own : parts).map(drawn);
}

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

/** Whose name or which post this name looks like; the post of a named official says more than a post anybody knows. */
export function looksLike(name: string, officials: readonly Official[]): Likeness | null {
  const words = wordsOf(name);
  if (words.length === 0) return null;
  const whole = words.join('');
  for (const official of officials) {
    const theirs = wordsOf(official.name);
    const same = drawn(theirs.join('')) === drawn(whole);
    // One name of two or more left out, or something put beside it. A single shared name is nobody's.
    const part = Math.min(words.length, theirs.length) >= 2 && (inside(words, theirs) || inside(theirs, words));
    if (same || part) return { kind: 'nama', of: official.title };
  }
  const posts = [...officials.map(({ title }) => title), ...POSTS];
  // The longest first: "Kepala Dinas Sosial" before "Kepala Dinas".
  const known = posts.map((post) => ({ post, words: wordsOf(post) })).toSorted((a, b) => b.words.length - a.words.length);
  for (const { post, words: wanted } of known) {
    if (wanted.length === 0) continue;
    const joined = drawn(wanted.join(''));
    const glued = drawn(whole);
    if (holds(words, wanted) || glued === joined || (joined.length >= LONG && glued.startsWith(joined))) return { kind: 'jabatan', of: post };
  }
  return null;
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
