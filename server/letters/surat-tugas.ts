// What the papers "Surat Tugas", "Perubahan" and "Pencabutan" say, word for word; their look is surat-tugas.typ.
import type { Undangan } from './undangan.ts';

export type SuratTugas = Pick<
  Undangan,
  'judul' | 'kop' | 'nomor' | 'tanda' | 'tempatTanggal' | 'tanggalDokumen' | 'tandaTangan' | 'tembusan' | 'kode' | 'sidikJari' | 'alamat' | 'alamatTampil'
> & {
  tentang: string;
  /** Under *Dasar*, in order. */
  dasar: string[];
  pembuka: string;
  /** Head of the table and its rows: the number, the person (name, NIP, post), and what is theirs. */
  kepala: string[];
  baris: { no: string; nama: string; nip: string | null; jabatan: string | null; isi: string[][] }[];
  /** Printed after the face of the letter, on pages of its own. */
  terlampir: boolean;
  labelUntuk: string;
  untuk: string[];
  penutup: string;
};
