// A month of days as figures, and in words of a file. Pure.
import type { RecapFigures } from '../../shared/recap.ts';
import { DayCode } from '../../shared/roster.ts';
import type { Confirmed } from './confirmations.ts';
import type { DayReading, Visit } from './reading.ts';

/** A day as read, beside its newest confirmation. `valid`: that one is of this very reading. */
export type RecapDayRead = DayReading & { confirmed: Confirmed | null; valid: boolean };

export const emptyFigures = (): RecapFigures => ({
  codes: Object.fromEntries(DayCode.options.map((code) => [code, 0])) as RecapFigures['codes'],
  hadirWfh: 0,
  belumAdaBukti: 0,
  gangguan: 0,
  terlambat: 0,
  meetings: 0,
  minutes: 0,
  confirmed: 0,
  toConfirm: 0,
  tidakHadir: 0,
});

/** `today`: a day that is not over is confirmed by nobody yet. A meeting over midnight is one meeting. */
export function figuresOf(days: readonly RecapDayRead[], visits: readonly Pick<Visit, 'meetingId'>[], today: string): RecapFigures {
  const sum = emptyFigures();
  for (const day of days) {
    sum.minutes += day.minutes;
    sum.terlambat += day.late;
    if (day.code === null) continue;
    sum.codes[day.code] += 1;
    if (day.date < today) sum.toConfirm += 1;
    if (day.valid) sum.confirmed += 1;
    const said = day.valid ? day.confirmed?.outcome : undefined;
    if (said === 'tidak_hadir') sum.tidakHadir += 1;
    else if (said === 'gangguan_sistem' || day.mark === 'gangguan_sistem') sum.gangguan += 1;
    else if (day.mark === 'hadir_wfh') sum.hadirWfh += 1;
    else if (day.mark === 'belum_ada_bukti') sum.belumAdaBukti += 1;
  }
  sum.meetings = visits.length === 0 ? 0 : new Set(visits.map((v) => v.meetingId)).size;
  return sum;
}

export function addFigures(to: RecapFigures, more: RecapFigures): void {
  for (const code of DayCode.options) to.codes[code] += more.codes[code];
  for (const key of Object.keys(to) as (keyof RecapFigures)[]) if (key !== 'codes') to[key] += more[key];
}

const markText: Record<DayReading['mark'], string> = {
  hadir_wfh: 'hadir – WFH',
  belum_ada_bukti: 'belum ada bukti',
  gangguan_sistem: 'gangguan sistem',
  tidak_dinilai: 'tidak dinilai dari rapat',
};
const outcomeText: Record<Confirmed['outcome'], string> = { sesuai: 'sesuai', tidak_hadir: 'tidak hadir', gangguan_sistem: 'gangguan sistem' };

export type Who = { name: string; nip: string | null; position: string | null; unitName: string; opdName: string };
type Line = (string | number | null)[];

export const personColumns = [
  { title: 'Nama', width: 32 },
  { title: 'NIP', width: 22 },
  { title: 'Jabatan', width: 32 },
  { title: 'Unit', width: 30 },
  { title: 'OPD', width: 30 },
  ...DayCode.options.map((title) => ({ title, width: 8 })),
  { title: 'Hadir WFH', width: 11 },
  { title: 'Belum ada bukti', width: 15 },
  { title: 'Gangguan', width: 11 },
  { title: 'Terlambat', width: 11 },
  { title: 'Rapat diikuti', width: 13 },
  { title: 'Menit rapat', width: 12 },
  { title: 'Tidak hadir (dikonfirmasi)', width: 25 },
  { title: 'Dikonfirmasi', width: 13 },
  { title: 'Perlu dikonfirmasi', width: 17 },
];
export const personLine = ({ name, nip, position, unitName, opdName }: Who, f: RecapFigures): Line => [
  name,
  nip,
  position,
  unitName,
  opdName,
  ...DayCode.options.map((code) => f.codes[code]),
  f.hadirWfh,
  f.belumAdaBukti,
  f.gangguan,
  f.terlambat,
  f.meetings,
  f.minutes,
  f.tidakHadir,
  f.confirmed,
  f.toConfirm,
];

export const dayColumns = [
  { title: 'Nama', width: 32 },
  { title: 'NIP', width: 22 },
  { title: 'OPD', width: 30 },
  { title: 'Tanggal', width: 12 },
  { title: 'Kode', width: 8 },
  { title: 'Dasar', width: 26 },
  { title: 'Status', width: 24 },
  { title: 'Rapat', width: 8 },
  { title: 'Menit', width: 8 },
  { title: 'Terlambat', width: 11 },
  { title: 'Keyakinan', width: 12 },
  { title: 'Koreksi', width: 10 },
  { title: 'Gangguan', width: 10 },
  { title: 'Konfirmasi', width: 18 },
  { title: 'Dikonfirmasi oleh', width: 32 },
];
export const dayLine = ({ name, nip, opdName }: Who, d: RecapDayRead): Line => [
  name,
  nip,
  opdName,
  d.date,
  d.code,
  d.basis,
  markText[d.mark],
  d.meetings,
  d.minutes,
  d.late,
  d.confidence,
  d.corrected ? 'ya' : null,
  d.outage ? 'ya' : null,
  d.confirmed === null ? null : d.valid ? outcomeText[d.confirmed.outcome] : 'perlu diulang',
  d.valid ? (d.confirmed?.by ?? null) : null,
];
