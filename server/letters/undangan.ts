// What the papers "Surat Undangan", "Ralat" and "Pembatalan" say, word for word; their look is undangan.typ.
type Kop = { daerah: string; opd: string; alamat: string | null; kontak: string | null; /** SVG. */ lambang: string | null };
type TandaTangan = { baris: string[]; nama: string; pangkat: string | null; nip: string | null };
export type Undangan = {
  judul: string;
  kop: Kop;
  /** Null while it is a draft: then `tanda` is printed across every page. */
  nomor: string | null;
  tanda: string | null;
  sifat: string;
  lampiran: string;
  hal: string;
  /** "Cirebon, 23 November 2026". */
  tempatTanggal: string;
  /** Year, month, day of the document itself. */
  tanggalDokumen: [number, number, number];
  kepada: string[];
  tandaTangan: TandaTangan;
  tembusan: string[];
  /** The invited, when the face of the letter cannot hold them. */
  daftar: { judul: string; baris: string[] } | null;
  kode: string | null;
  sidikJari: string | null;
  alamat: string;
  alamatTampil: string;
  pembuka: string;
  /** What was and what is: of a ralat. */
  perubahan: { kepala: [string, string, string]; baris: [string, string, string][] } | null;
  /** Label and value, in order. */
  acara: [string, string][];
  catatan: string[];
  penutup: string;
};
