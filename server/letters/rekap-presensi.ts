// What the paper "Rekapitulasi Presensi" says, word for word; its look is rekap-presensi.typ.
export type RekapPresensi = {
  judul: string;
  daerah: string;
  opd: string;
  bulan: string;
  masa: string;
  /** Year, month, day of the document itself. */
  tanggalDokumen: [number, number, number];
  kepala: string[];
  baris: { no: string; nama: string; nip: string | null; angka: string[] }[];
  jumlah: string[];
  gangguan: string[];
  keterangan: string[];
  /** Who took this copy, when, what for: on every page. */
  tanda: string;
  /** Root of the ledger when this copy was made. */
  akar: string | null;
  alamat: string;
  dibuat: string;
  penandatangan: string;
};
