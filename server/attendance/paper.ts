// The sheet in the words of the paper: what a final sheet freezes, and how its figures are said.
import type { Sheet, SheetRow } from '../../shared/attendance.ts';
import type { OutageKind } from '../../shared/outages.ts';
import type { DaftarHadir } from '../letters/index.ts';
import { governmentOf } from '../platform/region.ts';
import { NOT_CALLED, type Called } from './standing.ts';
import { addendumHead, addendumOf, addendumTitle } from './addendum.ts';
import { clockText, dateText, dayIn, hourText, shortDateText, zoneName } from '../platform/local-time.ts';

/** A sheet with full NIP and what only the paper shows. This, and nothing else, is frozen. */
export type Paper = Sheet & { chairNip: string | null };

/** A sheet frozen by an earlier portal says nothing of outages, corrections, calls and the roll-call. */
type Kept = Omit<Paper, 'outages' | 'corrections' | 'rows' | 'counts'> & {
  outages?: Sheet['outages'];
  corrections?: Sheet['corrections'];
  rows: (Omit<SheetRow, keyof Later> & Partial<Later>)[];
  counts: Omit<Sheet['counts'], 'diwakili' | 'izin' | 'menolak'> & Partial<Sheet['counts']>;
};
type Later = Pick<SheetRow, 'excused' | 'rollCall' | keyof Called>;
export const thawed = (kept: Kept): Paper => ({
  ...kept,
  outages: kept.outages ?? [],
  corrections: kept.corrections ?? [],
  rows: kept.rows.map((row) => ({ ...NOT_CALLED, rollCall: null, excused: 0, ...row })),
  counts: { diwakili: 0, izin: 0, menolak: 0, ...kept.counts },
});

export const outageText: Record<OutageKind, string> = { portal: 'portal', database: 'basis data', media: 'server media' };
export const statusText: Record<SheetRow['status'], string> = {
  hadir: 'hadir',
  terlambat: 'terlambat',
  diwakili: 'diwakili',
  izin: 'izin',
  menolak: 'menolak',
  belum_ada_bukti: 'belum ada bukti',
};
const sifatText: Record<Sheet['sifat'], string> = { biasa: 'Biasa', segera: 'Segera', sangat_segera: 'Sangat segera' };

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
    koreksi: { judul: addendumTitle(sheet), kepala: addendumHead, baris: addendumOf(sheet) },
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
function clockWithDay(at: Date, started: Date, { zone }: Pick<Sheet, 'zone'>): string {
  if (dayIn(at, zone) === dayIn(started, zone)) return hourText(at, zone);
  return `${hourText(at, zone)} (${new Intl.DateTimeFormat('id-ID', { timeZone: zone, day: 'numeric', month: 'short' }).format(at)})`;
}

function lineOf(row: SheetRow, started: Date, sheet: Sheet): DaftarHadir['baris'][number] {
  const clock = (instant: string | null, sure: boolean): string =>
    instant === null ? '–' : `${sure ? '' : '≈ '}${clockWithDay(new Date(instant), started, sheet)}`;
  const sure = row.intervals.length > 0 ? row.intervals.every((i) => i.confidence !== 'perkiraan') : row.confidence !== 'perkiraan';
  return {
    no: String(row.no),
    nama: row.badge ? `${row.name} (${row.badge})` : row.name,
    nip: row.nip,
    jabatan: row.position ?? '–',
    opd: row.opdName,
    masuk: clock(row.firstIn, true),
    keluar: clock(row.lastOut, sure),
    menit: `${row.firstIn === null ? '–' : `${sure ? '' : '≈ '}${row.minutes}`}${row.excused > 0 ? ` (+${row.excused})` : ''}`,
    cara: [row.mode, row.confidence === 'manual' && 'koreksi'].filter(Boolean).join(', ') || '–',
    status: statusText[row.status],
    catatan: noteOf(row, sheet),
  };
}

const rollText = { hadir: 'hadir', tidak_menjawab: 'tidak menjawab' };

/** `oleh Sari (Plh. Kepala Dinas Sosial)`, `oleh Sari, Kabid Rehsos (disposisi no 005/012-DSP/DINSOS/XI/2026)`, `mewakili Kepala Dinas Sosial`, `di lapangan, 10 menit`, `menyusul ± 09.20`, `panggil nama: tidak menjawab pukul 09.40`; null = nothing to say. */
export function noteOf({ representedBy, represents, answer, rollCall }: SheetRow, sheet: Pick<Sheet, 'startedAt' | 'zone'>): string | null {
  const eta = answer?.eta ? ` ± ${clockWithDay(new Date(answer.eta), dateOf(sheet.startedAt), sheet)}` : '';
  const reason = answer?.reason ?? '';
  const said =
    answer?.said === 'menyusul'
      ? `menyusul${eta}${reason && `: ${reason}`}`
      : answer?.said === 'menolak' && representedBy.length > 0
        ? `menolak: ${reason}`
        : reason;
  const notes = [
    representedBy.length > 0 &&
      `oleh ${representedBy.map(({ name, label, disposisi }) => (disposisi ? `${name}, ${label} (disposisi no ${disposisi})` : `${name} (${label})`)).join('; ')}`,
    represents.length > 0 && `mewakili ${represents.join(', ')}`,
    said,
    rollCall && `panggil nama: ${rollText[rollCall.mark]} pukul ${clockWithDay(new Date(rollCall.at), dateOf(sheet.startedAt), sheet)}`,
  ];
  return notes.filter(Boolean).join('; ') || null;
}

/** Who came without an invitation is told apart: the invited add up to who was invited. */
function summaryOf({ counts, rows }: Sheet): string {
  const { invited, hadir, terlambat, diwakili, izin, menolak, belumAdaBukti } = counts;
  const beside = (status: SheetRow['status']): number => rows.filter((r) => !r.invited && r.status === status).length;
  const [onTime, late] = [beside('hadir'), beside('terlambat')];
  const called = `${diwakili > 0 ? `diwakili ${diwakili}, ` : ''}${izin > 0 ? `izin ${izin}, ` : ''}${menolak > 0 ? `menolak ${menolak}, ` : ''}`;
  const others = onTime + late > 0 ? ` Hadir tanpa undangan: ${onTime + late} orang.` : '';
  return `Diundang ${invited} orang: hadir ${hadir - onTime}, terlambat ${terlambat - late}, ${called}belum ada bukti ${belumAdaBukti}.${others}`;
}

/** `portal 09.10 – 09.14, server media 09.20 – 09.21`, in the meeting's zone. */
export const outagesText = (sheet: Sheet): string =>
  sheet.outages
    .map(({ what, from, to }) => {
      const clock = (at: string): string => clockWithDay(new Date(at), dateOf(sheet.startedAt), sheet);
      return `${outageText[what]} ${clock(from)} – ${to === null ? 'sekarang' : clock(to)}`;
    })
    .join(', ');

/** ± 10 seconds: the interval of two polls, measured. */
function notesOf(sheet: Sheet): string[] {
  const { zone, rows, outages } = sheet;
  return [
    ...(outages.length > 0
      ? [`Gangguan sistem: ${outagesText(sheet)} ${zoneName(zone)}; tidak dihitung terhadap siapa pun. (+n) = menit gangguan saat orang itu tidak terlihat.`]
      : []),
    ...(rows.some((r) => r.confidence === 'manual')
      ? ['Koreksi: diajukan dan diputuskan oleh orang yang tercatat di portal; tidak dilihat saksi sistem.']
      : []),
    `Waktu dalam ${zoneName(zone)} menurut jam server, dengan ketelitian ± 10 detik. Menit adalah jumlah waktu di dalam rapat; jeda sampai 60 detik dihitung tersambung.`,
    ...(rows.some((r) => r.confidence === 'perkiraan' || r.intervals.some((i) => i.confidence === 'perkiraan'))
      ? ['≈ berarti perkiraan: sambungan terputus tanpa pamit atau server media berhenti, sehingga waktunya dibaca dari catatan lain.']
      : []),
    ...(rows.some((r) => r.status === 'diwakili')
      ? [
          'Diwakili: orang ini tidak terlihat di dalam rapat; yang dipanggil menggantikannya (Plh., Plt., pengganti, piket) atau ditunjuk dengan disposisi hadir.',
        ]
      : []),
    ...(rows.some((r) => r.status === 'izin') ? ['Izin: menyatakan sebelum rapat tidak dapat hadir, dengan alasan yang tertulis di samping namanya.'] : []),
    ...(rows.some((r) => r.status === 'menolak') ? ['Menolak: menjawab panggilan mendesak dengan alasan yang tertulis di samping namanya.'] : []),
    'Terlambat: masuk lebih dari 15 menit setelah rapat dimulai.',
    'Belum ada bukti: portal tidak memiliki catatan kehadiran. Ini bukan pernyataan tidak hadir.',
  ];
}
