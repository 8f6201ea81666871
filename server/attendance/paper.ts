// The sheet in the words of the paper: what a final sheet freezes, and how its figures are said.
import type { Sheet, SheetRow } from '../../shared/attendance.ts';
import type { DaftarHadir } from '../letters/index.ts';
import { clockText, dateText, dayIn, hourText, shortDateText, zoneName } from './local-time.ts';

/** A sheet with full NIP and what only the paper shows. This, and nothing else, is frozen. */
export type Paper = Sheet & { chairNip: string | null };

export const statusText: Record<SheetRow['status'], string> = { hadir: 'hadir', terlambat: 'terlambat', belum_ada_bukti: 'belum ada bukti' };
const sifatText: Record<Sheet['sifat'], string> = { biasa: 'Biasa', segera: 'Segera', sangat_segera: 'Sangat segera' };

export const governmentOf = (region: string): string => (/^pemerintah/i.test(region) ? region : `Pemerintah ${region}`);

/** Only of a final sheet: number, code and times are there. */
export function paperOf(sheet: Paper, { url, fingerprint, root }: { url: string; fingerprint: string; root: string | null }): DaftarHadir {
  const { zone } = sheet;
  const [started, ended, finalised] = [dateOf(sheet.startedAt), dateOf(sheet.endedAt), dateOf(sheet.finalisedAt)];
  const day = dayIn(finalised, zone).split('-').map(Number);
  const number = sheet.number ?? '';
  return {
    judul: 'Daftar Hadir',
    nomor: number,
    nomorLabel: `Nomor ${number}`,
    daerah: governmentOf(sheet.regionName),
    opd: sheet.opdName,
    agenda: sheet.title,
    tanggalDokumen: [day[0] ?? 1970, day[1] ?? 1, day[2] ?? 1],
    perihal: [
      ['Agenda', sheet.title],
      ['Sifat', sifatText[sheet.sifat]],
      ['Hari/tanggal', dateText(started, zone)],
      ['Pukul', `${hourText(started, zone)} – ${clockWithDay(ended, started, sheet)} ${zoneName(zone)}`],
      ['Tempat', sheet.place],
      ['Pimpinan rapat', sheet.chairPosition ? `${sheet.chairName} (${sheet.chairPosition})` : sheet.chairName],
    ],
    baris: sheet.rows.map((row) => lineOf(row, started, sheet)),
    ringkasan: summaryOf(sheet),
    keterangan: notesOf(sheet),
    kode: sheet.code ?? '',
    sidikJari: fingerprint.slice(0, 16),
    akar: root,
    alamat: url,
    alamatTampil: url.slice(0, url.lastIndexOf('/') + 1),
    catatan: `Disusun dari catatan kehadiran portal dan dikunci pada ${shortDateText(finalised, zone)} pukul ${clockText(finalised, zone)} oleh ${sheet.finalisedBy ?? '–'}.`,
    ditetapkan: `Ditetapkan pada ${shortDateText(finalised, zone)}`,
    jabatanPimpinan: sheet.chairPosition ?? 'Pimpinan rapat',
    pimpinan: sheet.chairName,
    nipPimpinan: sheet.chairNip,
  };
}

const dateOf = (instant: string | null): Date => new Date(instant ?? 0);

/** `09.30`, or `00.20 (24 Nov)` when that is another day than the meeting began. */
function clockWithDay(at: Date, started: Date, { zone }: Sheet): string {
  if (dayIn(at, zone) === dayIn(started, zone)) return hourText(at, zone);
  return `${hourText(at, zone)} (${new Intl.DateTimeFormat('id-ID', { timeZone: zone, day: 'numeric', month: 'short' }).format(at)})`;
}

function lineOf(row: SheetRow, started: Date, sheet: Sheet): DaftarHadir['baris'][number] {
  const clock = (instant: string | null, sure: boolean): string =>
    instant === null ? '–' : `${sure ? '' : '≈ '}${clockWithDay(new Date(instant), started, sheet)}`;
  const sure = row.confidence !== 'perkiraan';
  return {
    no: String(row.no),
    nama: row.badge ? `${row.name} (${row.badge})` : row.name,
    nip: row.nip,
    jabatan: row.position ?? '–',
    opd: row.opdName,
    masuk: clock(row.firstIn, true),
    keluar: clock(row.lastOut, sure),
    menit: row.firstIn === null ? '–' : `${sure ? '' : '≈ '}${row.minutes}`,
    cara: row.mode ?? '–',
    status: statusText[row.status],
  };
}

function summaryOf({ counts }: Sheet): string {
  const { invited, hadir, terlambat, belumAdaBukti } = counts;
  const uninvited = hadir + terlambat + belumAdaBukti - invited;
  return `Diundang ${invited} orang: hadir ${hadir}, terlambat ${terlambat}, belum ada bukti ${belumAdaBukti}.${uninvited > 0 ? ` Termasuk ${uninvited} orang yang hadir tanpa undangan.` : ''}`;
}

/** ± 10 seconds: the interval of two polls, measured. */
function notesOf({ zone, rows }: Sheet): string[] {
  return [
    `Waktu dalam ${zoneName(zone)} menurut jam server, dengan ketelitian ± 10 detik. Menit adalah jumlah waktu di dalam rapat; jeda sampai 60 detik dihitung tersambung.`,
    ...(rows.some((r) => r.confidence === 'perkiraan')
      ? ['≈ berarti perkiraan: sambungan terputus tanpa pamit atau server media berhenti, sehingga waktunya dibaca dari catatan lain.']
      : []),
    'Terlambat: masuk lebih dari 15 menit setelah rapat dimulai.',
    'Belum ada bukti: portal tidak memiliki catatan kehadiran. Ini bukan pernyataan tidak hadir.',
  ];
}
