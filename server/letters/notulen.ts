// What the paper "Notulen" says, word for word; its look is notulen.typ.
export type Notulen = {
  judul: string;
  /** Null while it is a draft: then `tanda` is printed across every page and in its head. */
  nomor: string | null;
  tanda: string | null;
  daerah: string;
  opd: string;
  agenda: string;
  /** Year, month, day of the document itself. */
  tanggalDokumen: [number, number, number];
  /** Label and value, in order. */
  perihal: [string, string][];
  hadir: { judul: string; ringkasan: string; baris: { no: string; nama: string; jabatan: string; opd: string | null; keterangan: string }[] };
  bagian: {
    judul: string;
    /** How long it took. */ waktu: string | null;
    paragraf: { tanda: string; takik: number; potongan: { teks: string; tebal: boolean; miring: boolean }[] }[];
  }[];
  keputusan: { judul: string; kosong: string; butir: { no: string; teks: string[]; rincian: [string, string][]; dicabut: string | null }[] };
  /** Choices: text, votes, who. */
  jajak: { judul: string; teks: string; pilihan: (readonly [string, string, string])[]; catatan: string }[];
  keterangan: string[];
  kode: string | null;
  sidikJari: string | null;
  /** Root of the ledger when this copy was made. */
  akar: string | null;
  alamat: string;
  alamatTampil: string;
  catatan: string;
  ditetapkan: string;
  penandatangan: { peran: string; jabatan: string; nama: string; nip: string | null }[];
};
