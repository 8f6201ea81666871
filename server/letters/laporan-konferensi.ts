// What the paper "Laporan Konferensi Pers" says, word for word; its look is laporan-konferensi.typ.
export type LaporanKonferensi = {
  judul: string;
  daerah: string;
  opd: string;
  perihal: string;
  tanggalDokumen: [number, number, number];
  /** Label and value, in order. */
  ringkas: [string, string][];
  petugas: { peran: string; nama: string; jabatan: string | null; hadir: string }[];
  media: { no: string; media: string; jurnalis: string[]; menonton: string; tanya: string; giliran: string; unduh: string }[];
  pertanyaan: { no: string; media: string; topik: string; isi: string; hasil: string; jawaban: string | null }[];
  /** What is owed, what was waived, outages: each a sentence. */
  terutang: string[];
  catatan: string[];
  tanda: string;
  alamat: string;
  alamatTampil: string;
  dibuat: string;
};
