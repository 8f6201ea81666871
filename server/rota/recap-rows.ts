// A published month as rows: sums, lines of a file, what a revision changed. Pure, from what was frozen and the letters alone.
import { DayCode, type DayCode as Code } from '../../shared/roster.ts';
import type { PlanCell } from '../../shared/rota.ts';
import type { Content } from './publishing.ts';

/** A day of duty at home or on piket that a surat tugas in force names. */
export type LetterLine = { personId: string; date: string; code: Code; shift: string | null; number: string };
type PublishedLetter = { id: string; number: string; kind: 'tugas' | 'perubahan' | 'pencabutan'; issuedAt: Date };
/** `basis`: what such a day rests on. */
type RestingLine = LetterLine & { basis: string };
export type LettersOf = { letters: PublishedLetter[]; lines: RestingLine[] };
type Difference = {
  personId: string;
  name: string;
  nip: string | null;
  date: string;
  was: PlanCell | null;
  now: PlanCell | null;
  basis: string;
};

const WORDS: Record<Code, string> = {
  WFO: 'Bekerja di kantor',
  WFH: 'Bekerja dari rumah',
  PIKET: 'Piket',
  DL: 'Dinas luar',
  CUTI: 'Cuti',
  SAKIT: 'Sakit',
  LIBUR: 'Libur',
};
const isSame = (a: PlanCell | null, b: PlanCell | null): boolean => a?.code === b?.code && a?.shift === b?.shift;
const planned = (cell: PlanCell | null | undefined): PlanCell | null => (cell ? { code: cell.code, shift: cell.shift } : null);

export function sumsOf(cells: readonly (PlanCell | null)[]): number[] {
  const sums = DayCode.options.map(() => 0);
  for (const cell of cells) if (cell) sums[DayCode.options.indexOf(cell.code)]! += 1;
  return sums;
}

/** nip, tanggal, kode, keterangan, dasar; people and days in their order, days of nobody left out. */
export function* linesOf(
  content: Content,
  lines: readonly RestingLine[],
): Generator<[nip: string | null, date: string, code: Code, words: string, basis: string]> {
  const letterOf = letterBases(lines);
  const wordsOf = wordsOn(content.days);
  for (const { id, nip } of content.people) {
    const cells = content.cells[id] ?? [];
    const letters = letterOf(id);
    for (const [day, { date }] of content.days.entries()) {
      const cell = cells[day];
      if (cell) yield [nip, date, cell.code, wordsOf(day, cell), letters(date, cell) ?? cell.basis];
    }
  }
}

/** Put together once for a day and what one does on it: a region has some hundred of them, and 155,000 rows. */
function wordsOn(days: Content['days']): (day: number, cell: PlanCell) => string {
  const known = days.map(() => new Map<string, string>());
  return (day, { code, shift }) => {
    const key = `${code} ${shift}`;
    const said = known[day]?.get(key);
    if (said !== undefined) return said;
    const { kind = 'kerja', name = null } = days[day] ?? {};
    const words = [WORDS[code], shift && `giliran ${shift}`, kind === 'kerja' ? null : (name ?? 'akhir pekan')].filter(Boolean).join(', ');
    known[day]?.set(key, words);
    return words;
  };
}

/** What a day of somebody rests on by letter; null: no letter in force names it as it is. */
function letterBases(lines: readonly RestingLine[]): (personId: string) => (date: string, cell: PlanCell) => string | null {
  const known = new Map<string, Map<string, RestingLine>>();
  for (const line of lines) known.set(line.personId, (known.get(line.personId) ?? new Map<string, RestingLine>()).set(line.date, line));
  return (personId) => {
    const own = known.get(personId);
    return (date, cell) => {
      const line = own?.get(date);
      return line && isSame(line, cell) ? line.basis : null;
    };
  };
}

/** By person and day, as the later names them; whoever is in one of the two alone is told with the days that they had. */
export function recapDifferences(former: Content, later: Content): Difference[] {
  const people = new Map([...former.people, ...later.people].map((one) => [one.id, one]));
  return [...people.values()].flatMap(({ id, name, nip }) =>
    later.days.flatMap(({ date }, day): Difference[] => {
      const [was, cell] = [planned(former.cells[id]?.[day]), later.cells[id]?.[day] ?? null];
      const now = planned(cell);
      return isSame(was, now) ? [] : [{ personId: id, name, nip, date, was, now, basis: cell?.basis ?? '' }];
    }),
  );
}

export const policiesOf = ({ rules }: Content): string[] => [...new Set(rules.map(({ policy }) => policy.number))];
