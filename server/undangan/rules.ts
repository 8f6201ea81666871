// Rules of the letters of a meeting: to whom, signed as what, and what is owed since the last one. Pure.
import type { LetterKind } from '../../shared/undangan.ts';
import type { Zone } from '../../shared/people.ts';
import { clockText, dateText, hourText } from '../platform/local-time.ts';

/** What a letter tells people of the meeting. */
export type Facts = { title: string; startsAt: string; endsAt: string | null; place: string };
export type Change = { label: string; from: string; to: string };
/** More than these are printed on a list of their own. */
export const MOST_ON_FACE = 8;
const HEAD_RANK = 1;
const LAST_STRUCTURAL_RANK = 4;

type Invited = {
  personId: string | null;
  name: string;
  position: string | null;
  rank: number;
  opdId: string | null;
  opdName: string | null;
  institution: string | null;
  via: string;
};
/** Came onto the list without being invited by letter: sent by a disposisi, or admitted from the waiting room. */
const BESIDE = /^(disposisi |ruang tunggu$)/;

/**
 * One line an addressee, in the order of the list, each once. A post below the head of another office is written to its head, for the attention
 * of that post (*u.p.*); who acts in a post is addressed as Plt or Plh; who has no structural post, by name.
 */
export function recipientsOf(
  invited: readonly Invited[],
  { chairId, opdId, heads }: { chairId: string; opdId: string; heads: ReadonlyMap<string, string> },
): string[] {
  const lines = invited
    .filter((one) => (one.personId === null || one.personId !== chairId) && !BESIDE.test(one.via))
    .map((one) => {
      if (one.personId === null) return one.institution === null ? one.name : `${one.name}, ${one.institution}`;
      const structural = one.position !== null && one.rank >= HEAD_RANK && one.rank <= LAST_STRUCTURAL_RANK;
      if (!structural) return [`Sdr. ${one.name}`, one.position, one.opdName].filter((part) => part !== null).join(', ');
      const head = one.opdId === null ? undefined : heads.get(one.opdId);
      const post = one.position ?? '';
      return one.rank === HEAD_RANK || one.opdId === opdId || head === undefined ? post : `${head} u.p. ${post}`;
    });
  return [...new Set(lines)];
}

/** `09.00 s.d. 11.00 WIB`; without an end, `09.00 WIB s.d. selesai`. */
export const timeText = ({ startsAt, endsAt }: Pick<Facts, 'startsAt' | 'endsAt'>, zone: Zone): string =>
  endsAt === null ? `${clockText(new Date(startsAt), zone)} s.d. selesai` : `${hourText(new Date(startsAt), zone)} s.d. ${endText(startsAt, endsAt, zone)}`;

function endText(startsAt: string, endsAt: string, zone: Zone): string {
  const [from, to] = [new Date(startsAt), new Date(endsAt)];
  const [firstDay, lastDay] = [dateText(from, zone), dateText(to, zone)];
  return firstDay === lastDay ? clockText(to, zone) : `${lastDay}, ${clockText(to, zone)}`;
}

/** What is another thing now, in the words of the letter. */
export function changesOf(former: Facts, now: Facts, zone: Zone): Change[] {
  const rows = (facts: Facts): [string, string][] => [
    ['Hari/tanggal', dateText(new Date(facts.startsAt), zone)],
    ['Pukul', timeText(facts, zone)],
    ['Tempat', facts.place],
    ['Acara', facts.title],
  ];
  const after = rows(now);
  return rows(former).flatMap(([label, from], n) => {
    const to = after[n]?.[1] ?? '';
    return from === to ? [] : [{ label, from, to }];
  });
}

/** What must go out: the newest letter in force against the meeting as it stands. */
export function dueOf(
  last: { kind: LetterKind; facts: Facts } | null,
  meeting: { state: 'terjadwal' | 'berlangsung' | 'berakhir' | 'dibatalkan'; facts: Facts; zone: Zone },
): LetterKind | null {
  if (meeting.state === 'dibatalkan') return last === null || last.kind === 'pembatalan' ? null : 'pembatalan';
  if (meeting.state !== 'terjadwal') return null;
  if (last === null) return 'undangan';
  return changesOf(last.facts, meeting.facts, meeting.zone).length > 0 ? 'ralat' : null;
}

/** Newest last. Each with its state: withdrawn, followed by another one, or in force. */
export function statesOf<L extends { withdrawn: object | null }>(letters: readonly L[]): (L & { state: 'terbit' | 'digantikan' | 'batal' })[] {
  const current = letters.findLast((letter) => letter.withdrawn === null);
  return letters.map((letter) => ({ ...letter, state: letter.withdrawn !== null ? 'batal' : letter === current ? 'terbit' : 'digantikan' }));
}

/** Where no town is set: the region's own name without its kind. */
export const townOf = (region: string): string => region.replace(/^pemerintah\s+/i, '').replace(/^(kota|kabupaten|provinsi)\s+/i, '');
