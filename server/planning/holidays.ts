// Public holidays of a year, as BKD or an administrator entered them from the decree; dates that vary are nobody's to guess.
import { parse, CsvError } from 'csv-parse/sync';
import { Holiday, type HolidayYear } from '../../shared/planning.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import * as store from './store.ts';

type World = { sql: Sql; clock: Clock; people: Pick<People, 'persons'> };
const MOST_ROWS = 100;

export function createHolidays({ sql, clock, people }: World) {
  /** Between two days, both included. */
  async function holidays(tx: Tx, from: string, to: string): Promise<Holiday[]> {
    return (await store.holidayLists(tx, yearsOf(from, to))).flatMap((list) => list.holidays).filter(({ day }) => day >= from && day <= to);
  }

  /** The same as they were known at an instant (null: now). Before its first list a year is what that list says. */
  async function holidaysAsOf(tx: Tx, from: string, to: string): Promise<(asOf: Date | null) => Holiday[]> {
    const versions = await store.holidayVersions(tx, yearsOf(from, to));
    return (asOf) =>
      yearsOf(from, to)
        .flatMap((year) => {
          const lists = versions.filter((list) => list.year === year);
          return (lists.find((list) => asOf === null || list.at <= asOf) ?? lists.at(-1))?.holidays ?? [];
        })
        .filter(({ day }) => day >= from && day <= to);
  }

  async function ofYear(tx: Tx, year: number): Promise<HolidayYear> {
    const [list] = await store.holidayLists(tx, [year]);
    if (!list) return { year, version: 0, holidays: [], byName: null, at: null };
    const byName = list.byId === null ? null : ((await people.persons(tx, [list.byId])).get(list.byId)?.name ?? null);
    return { year, version: list.version, holidays: list.holidays, byName, at: list.at.toISOString() };
  }

  /** `byId` null: the portal itself, at its first start. */
  async function keep(tx: Tx, byId: string | null, { year, version, holidays: wanted }: { year: number; version: number; holidays: readonly Holiday[] }) {
    const seen = new Set<string>();
    wanted.forEach(({ day, name }, index) => {
      if (Number(day.slice(0, 4)) !== year) refuse('input.invalid', {}, [{ path: `holidays.${index}.day`, message: `bukan tanggal di tahun ${year}` }]);
      if (seen.has(`${day} ${name}`)) refuse('input.invalid', {}, [{ path: `holidays.${index}.day`, message: 'sudah ada di daftar ini' }]);
      seen.add(`${day} ${name}`);
    });
    const list = { year, version: version + 1, holidays: wanted.toSorted((a, b) => a.day.localeCompare(b.day)), byId, at: clock.now() };
    if (!(await store.insertHolidayList(tx, list))) refuse('holidays.changed', { year });
  }

  const put = (person: SignedIn, input: { year: number; version: number; holidays: readonly Holiday[] }): Promise<HolidayYear> =>
    sql.begin(async (tx) => {
      await keep(tx, person.id, input);
      return ofYear(tx, input.year);
    });

  return { holidays, holidaysAsOf, ofYear: (year: number) => ofYear(sql, year), keep, put };
}

function yearsOf(from: string, to: string): number[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return Array.from({ length: Math.max(0, Math.min(last - first, 10)) + 1 }, (_, n) => first + n);
}

const KINDS: Record<string, Holiday['kind']> = {
  nasional: 'nasional',
  'libur nasional': 'nasional',
  'cuti bersama': 'cuti_bersama',
  cuti_bersama: 'cuti_bersama',
  daerah: 'daerah',
  'libur daerah': 'daerah',
};
const MONTHS = ['januari', 'februari', 'maret', 'april', 'mei', 'juni', 'juli', 'agustus', 'september', 'oktober', 'november', 'desember'];

/** `2027-03-20`, `20/03/2027` or `20 Maret 2027`. */
function dayOf(text: string): string {
  const [, d, m, y] = /^(\d{1,2})[/. -](\d{1,2}|[a-z]+)[/. -](\d{4})$/i.exec(text.trim()) ?? [];
  if (d === undefined || m === undefined || y === undefined) return text.trim();
  const month = /^\d/.test(m) ? Number(m) : MONTHS.indexOf(m.toLowerCase()) + 1;
  return `${y}-${String(month).padStart(2, '0')}-${d.padStart(2, '0')}`;
}

/** Rows of `tanggal; nama; jenis; dasar`, with or without that title; what does not fit is named by its row. */
export function readHolidays(text: string): { holidays: Holiday[]; problems: { row: number; reason: string }[] } {
  const read: { holidays: Holiday[]; problems: { row: number; reason: string }[] } = { holidays: [], problems: [] };
  rowsOf(text).forEach(([day = '', name = '', kind = '', basis = ''], index) => {
    if (/^tanggal$/i.test(day.trim()) || [day, name, kind, basis].every((cell) => cell.trim() === '')) return;
    const found = Holiday.safeParse({ day: dayOf(day), name, kind: KINDS[kind.trim().toLowerCase()], basis });
    if (found.success) read.holidays.push(found.data);
    else read.problems.push({ row: index + 1, reason: REASONS[String(found.error.issues[0]?.path[0])] ?? 'baris ini tidak terbaca' });
  });
  return read;
}
const REASONS: Record<string, string> = {
  day: 'tanggal tidak dikenal: tulis 2027-03-20, 20/03/2027, atau 20 Maret 2027',
  name: 'nama hari libur belum diisi',
  kind: 'jenis harus nasional, cuti bersama, atau daerah',
  basis: 'dasar (nomor SKB atau keputusan) belum diisi',
};

function rowsOf(text: string): string[][] {
  const delimiter = ['\t', ';', ','].find((sign) => text.includes(sign)) ?? ';';
  try {
    const rows: string[][] = parse(text, { delimiter, bom: true, trim: true, relax_column_count: true, max_record_size: 10_000 });
    if (rows.length > MOST_ROWS + 1) refuse('import.unreadable', { detail: `paling banyak ${MOST_ROWS} baris` });
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refuse('import.unreadable', { detail: 'tanda kutip tidak berpasangan' });
  }
}
