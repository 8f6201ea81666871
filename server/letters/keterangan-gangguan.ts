// What the paper "Surat Keterangan Gangguan" says, word for word; its look is keterangan-gangguan.typ.
export type KeteranganGangguan = {
  judul: string;
  daerah: string;
  opd: string;
  bulan: string;
  /** Year, month, day of the document itself. */
  tanggalDokumen: [number, number, number];
  pembuka: string;
  baris: { no: string; apa: string; mulai: string; selesai: string; menit: string; rapat: string }[];
  ringkasan: string;
  penutup: string[];
  /** Root of the ledger when this copy was made. */
  akar: string | null;
  alamat: string;
  dibuat: string;
  penandatangan: string;
};
