// What the paper "Daftar Hadir" says, word for word; its look is daftar-hadir.typ.
export type DaftarHadir = {
  judul: string;
  nomor: string;
  nomorLabel: string;
  daerah: string;
  opd: string;
  agenda: string;
  /** Year, month, day of the document itself. */
  tanggalDokumen: [number, number, number];
  /** Label and value, in order. */
  perihal: [string, string][];
  baris: {
    no: string;
    nama: string;
    nip: string | null;
    jabatan: string;
    opd: string | null;
    masuk: string;
    keluar: string;
    menit: string;
    cara: string;
    status: string;
    /** Under the status: in whose place, why not. */
    catatan: string | null;
  }[];
  ringkasan: string;
  keterangan: string[];
  /** What was accepted after the list was final; no rows, no table. */
  koreksi: { judul: string; kepala: string[]; baris: string[][] };
  kode: string;
  sidikJari: string;
  /** Root of the ledger when this copy was made. */
  akar: string | null;
  alamat: string;
  alamatTampil: string;
  catatan: string;
  ditetapkan: string;
  jabatanPimpinan: string;
  pimpinan: string;
  nipPimpinan: string | null;
};
