// How the number of a letter is written. Pure.

const months = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
/** What tells the numbers of one series from those of another under the same classification; an undangan has no mark. */
const MARKS: Record<string, string> = { undangan: '', ralat: 'RLT', pembatalan: 'BTL', disposisi: 'DSP', tugas: 'ST' };
const NEEDED = ['klasifikasi', 'nomor', 'tahun'] as const;
const KNOWN: ReadonlySet<string> = new Set([...NEEDED, 'OPD', 'bulan romawi', 'bulan', 'seri']);

export const DEFAULT_TEMPLATE = '{klasifikasi}/{nomor}/{OPD}/{bulan romawi}/{tahun}';
export type NumberParts = { series: string; classification: string; serial: number; abbreviation: string; /** `2026-11-23`, at the office. */ day: string };

/** `7` → `007`; from 1000 on as many digits as it has. */
const padded = (serial: number): string => String(serial).padStart(3, '0');
export const seriesMark = (series: string): string => MARKS[series] ?? series.toUpperCase().slice(0, 12);

/** `005/007/DINSOS/XI/2026`. A series with a mark carries it behind the number, unless the template has a place for it. */
export function letterNumber(template: string, { series, classification, serial, abbreviation, day }: NumberParts): string {
  const mark = seriesMark(series);
  const office = abbreviation
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const values: Record<string, string> = {
    klasifikasi: classification,
    nomor: mark === '' || template.includes('{seri}') ? padded(serial) : `${padded(serial)}-${mark}`,
    OPD: office,
    'bulan romawi': months[Number(day.slice(5, 7)) - 1] ?? '',
    bulan: day.slice(5, 7),
    tahun: day.slice(0, 4),
    seri: mark === '' ? 'UND' : mark,
  };
  return template.replace(/\{([^{}]+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** What is wrong with a template, in Indonesian; null = two letters of an OPD never get the same number by it. */
export function templateProblem(template: string): string | null {
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const unknown = names.find((name) => !KNOWN.has(name));
  if (unknown !== undefined) return `{${unknown}} tidak dikenal`;
  if (/[{}]/.test(template.replace(/\{[^{}]*\}/g, ''))) return 'kurung kurawal tidak berpasangan';
  const missing = NEEDED.find((name) => names.filter((n) => n === name).length !== 1);
  if (missing !== undefined) return `{${missing}} harus ada satu kali`;
  // Run together, 005 + 12 would read as 0051 + 2.
  if (template.includes('}{') || /[0-9]\{|\}[0-9]/.test(template)) return 'beri tanda pemisah (misalnya /) di antara bagian';
  return null;
}
