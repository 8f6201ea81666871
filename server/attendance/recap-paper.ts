// The recap in the words of the paper: what a head signs under.
import type { Recap, RecapFigures } from '../../shared/recap.ts';
import { DayCode } from '../../shared/roster.ts';
import type { RekapPresensi } from '../letters/index.ts';
import { clockText, dayIn, monthText, shortDateText, zoneName } from '../platform/local-time.ts';
import { outageText } from './paper.ts';
import { addFigures, emptyFigures } from './recap-figures.ts';

export type Copy = { by: string; purpose: string; now: Date; region: string; url: string };

const HEADS = [...DayCode.options, 'Hadir WFH', 'Belum ada bukti', 'Gang-guan', 'Terlam-bat', 'Rapat', 'Menit', 'Tidak hadir', 'Dikon-firmasi'];
const cells = (f: RecapFigures): string[] =>
  [...DayCode.options.map((code) => f.codes[code]), f.hadirWfh, f.belumAdaBukti, f.gangguan, f.terlambat, f.meetings, f.minutes, f.tidakHadir]
    .map((n) => (n === 0 ? '–' : String(n)))
    .concat(f.toConfirm === 0 ? '–' : `${f.confirmed}/${f.toConfirm}`);

/** The rows carry the full NIP. */
export function recapPaper(recap: Recap, { by, purpose, now, region, url }: Copy): Omit<RekapPresensi, 'akar'> {
  const { zone } = recap;
  const at = (day: string): string => shortDateText(new Date(`${day}T05:00:00Z`), zone);
  const moment = (instant: string): string => `${shortDateText(new Date(instant), zone)} pukul ${clockText(new Date(instant), zone)}`;
  const today = dayIn(now, zone).split('-').map(Number);
  const total = emptyFigures();
  for (const row of recap.rows) addFigures(total, row.figures);
  return {
    judul: 'Rekapitulasi Presensi',
    daerah: region,
    opd: recap.opdName,
    bulan: monthText(recap.month),
    masa: recap.to < recap.from ? 'belum dimulai' : `${at(recap.from)} sampai dengan ${at(recap.to)}`,
    tanggalDokumen: [today[0] ?? 1970, today[1] ?? 1, today[2] ?? 1],
    kepala: HEADS,
    baris: recap.rows.map((row, n) => ({ no: String(n + 1), nama: row.name, nip: row.nip, angka: cells(row.figures) })),
    jumlah: cells(total),
    gangguan:
      recap.outages.length === 0
        ? ['Tidak ada.']
        : recap.outages.map((w) => `${outageText[w.what]}: ${moment(w.from)} – ${w.to === null ? 'masih berlangsung' : moment(w.to)}`),
    keterangan: [
      `Dibaca dari catatan kehadiran portal, dalam ${zoneName(zone)}. Hari menurut kode jadwal; hadir WFH berarti hari WFH dengan bukti mengikuti rapat resmi.`,
      'Belum ada bukti bukan pernyataan tidak hadir; tidak hadir hanya dinyatakan pejabat yang namanya tercatat. Menit gangguan tidak dihitung terhadap siapa pun.',
      'Dikonfirmasi n/m: hari kerja yang sudah lewat dan berkode, m; di antaranya dikonfirmasi pejabat bernama dan catatannya tidak berubah sesudahnya, n.',
    ],
    tanda: `Salinan diunduh ${by} pada ${shortDateText(now, zone)} pukul ${clockText(now, zone)} untuk: ${purpose}`,
    alamat: url,
    dibuat: `Dibuat pada ${shortDateText(now, zone)}`,
    penandatangan: `Kepala ${recap.opdName}`,
  };
}
