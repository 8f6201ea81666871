// What the paper "Siaran Pers" says, word for word; its look is siaran-pers.typ.
export type SiaranPers = {
  judul: string;
  daerah: string;
  opd: string;
  nomor: string | null;
  /** "Senin, 23 November 2026": the day it is published. */
  tanggal: string;
  /** Year, month, day of the document itself. */
  tanggalDokumen: [number, number, number];
  /** "EMBARGO sampai …", in the desk's own copy before its time; never in the one that is published. */
  embargo: string | null;
  isi: {
    jenis: 'heading' | 'paragraph' | 'quote' | 'bullet' | 'ordered';
    /** "•", "1." in a list. */
    tanda: string;
    potongan: { teks: string; tebal: boolean; miring: boolean; tautan: string | null }[];
  }[];
  kontak: string | null;
  alamat: string;
  alamatTampil: string;
};
