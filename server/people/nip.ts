// The number of a civil servant, 18 digits: birth date 8, first appointment 6, sex 1, serial 3.
// Source: Perka BKN 22/2007 and 43/2007 (NIP: year and month of appointment, 1 man, 2 woman, serial from 001).
// Contract staff (PPPK) carry in place of the month the number of their agreement, counted from 21, since 2019.

export type NipProblem =
  | 'bukan 18 angka'
  | 'rusak oleh aplikasi lembar kerja'
  | 'tanggal lahir tidak ada'
  | 'bulan pengangkatan tidak ada'
  | 'tahun pengangkatan tidak masuk akal'
  | 'angka jenis kelamin bukan 1 atau 2'
  | 'nomor urut 000';

const APPOINTED_AGES = { from: 15, to: 65 };
const FIRST_PPPK_YEAR = 2019;

/** What is wrong with this number on this day (`2026-11-23`); null when nothing is. */
export function nipProblem(nip: string, today: string): NipProblem | null {
  // A spreadsheet that took the number for a quantity has lost its last digits for good.
  if (/^\d[.,]\d+E\+?\d+$/i.test(nip)) return 'rusak oleh aplikasi lembar kerja';
  if (!/^[0-9]{18}$/.test(nip)) return 'bukan 18 angka';
  const birth = `${nip.slice(0, 4)}-${nip.slice(4, 6)}-${nip.slice(6, 8)}`;
  if (!isDay(birth) || birth >= today) return 'tanggal lahir tidak ada';
  const year = Number(nip.slice(8, 12));
  const month = Number(nip.slice(12, 14));
  const contract = month >= 21 && month <= 29 && year >= FIRST_PPPK_YEAR;
  if (!contract && (month < 1 || month > 12)) return 'bulan pengangkatan tidak ada';
  const age = year - Number(nip.slice(0, 4));
  if (age < APPOINTED_AGES.from || age > APPOINTED_AGES.to) return 'tahun pengangkatan tidak masuk akal';
  if (year > Number(today.slice(0, 4)) + 1) return 'tahun pengangkatan tidak masuk akal';
  if (nip[14] !== '1' && nip[14] !== '2') return 'angka jenis kelamin bukan 1 atau 2';
  if (nip.endsWith('000')) return 'nomor urut 000';
  return null;
}

/** As lists show it: the last two digits. Birth date, appointment and sex are not told; full numbers stand in papers and exports only. */
export const maskNip = (nip: string | null): string | null => nip && `${'•'.repeat(16)}${nip.slice(16)}`;

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === day;
}
