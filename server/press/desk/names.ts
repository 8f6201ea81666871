// Names as the desk compares them: who only looks the same is the same here. Pure.
import { fold } from '../../platform/lookalike.ts';

const words = (text: string): string[] =>
  text
    .split(/\s+/)
    .map(fold)
    .filter((word) => word !== '');

/** Titles before a name and degrees after its comma say nothing about whose name it is. */
const TITLES = new Set(['dr', 'drg', 'drs', 'dra', 'ir', 'h', 'hj', 'prof', 'kh', 'bapak', 'ibu', 'pak', 'bu']);
export function personKey(name: string): string {
  const [first = ''] = name.split(',');
  const parts = words(first.replaceAll('.', ' '));
  const own = parts.filter((part) => !TITLES.has(part));
  return (own.length > 0 ? own : parts).join('');
}

const COMPANY = new Set(['pt', 'cv', 'tbk']);
/** One spelling of an outlet: without company form, `www.`, endings of addresses, punctuation. Empty when nothing is left. */
export function outletKey(name: string): string {
  const bare = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^\s*https?:\/\//, '')
    .replace(/\bwww\./g, '')
    .replace(/(\.(com|co|net|org|info|tv|news|id|or|web|my|go|ac)){1,4}\/?(?=[\s,)]|$)/g, ' ');
  const parts = words(bare.replace(/[.,]/g, ' ')).filter((part) => !COMPANY.has(part));
  return parts.join('') || fold(name);
}

/** Words that tell what an outlet is, and not which. */
const GENERIC =
  /^(harian|koran|surat ?kabar|skh|tabloid|majalah|radio|televisi|tv|media|portal|berita|news|online|daring)\s+|\s(tv|fm|news|online|media|daring|co|com)$/giu;
/** Two outlets that are not one, but may be: one slip of the pen apart, or the same beside a word such as *Harian*. */
export function looksLikeOutlet(a: string, b: string): boolean {
  const [one, other] = [outletKey(a), outletKey(b)];
  if (one === other) return true;
  const [bareOne, bareOther] = [outletKey(a.replace(GENERIC, ' ')), outletKey(b.replace(GENERIC, ' '))];
  if (bareOne === bareOther && bareOne.length >= 4) return true;
  const shorter = Math.min(one.length, other.length);
  return shorter >= 5 && within(one, other, shorter >= 10 ? 2 : 1);
}

/** At most so many letters put in, left out, changed, or swapped with their neighbour. */
function within(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(changed, last[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length]! <= most;
}

/** An address as it is compared. Gmail reads neither dots nor what follows a plus. */
export function emailKey(email: string): string {
  const [local = '', host = ''] = email.trim().toLowerCase().split('@');
  if (host !== 'gmail.com' && host !== 'googlemail.com') return `${local}@${host}`;
  return `${local.split('+')[0]!.replaceAll('.', '')}@gmail.com`;
}

const FREE =
  /^((gmail|googlemail|ymail|rocketmail|outlook|hotmail|live|msn|icloud|aol|gmx|zoho|proton|protonmail|tutanota|mail|yandex)\.|yahoo\.)[a-z.]+$|^(proton|pm)\.me$/;
export const isFreeHost = (email: string): boolean => FREE.test(email.trim().toLowerCase().split('@')[1] ?? '');

export const cardKey = (card: { kind: string; number: string }): string => `${card.kind}:${fold(card.number)}`;
