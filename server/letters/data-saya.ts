// What the paper "Data Saya" says, word for word; its look is data-saya.typ.
export type DataSaya = {
  judul: string;
  daerah: string;
  nama: string;
  /** Label and value, in order. */
  perihal: [string, string][];
  tanggalDokumen: [number, number, number];
  bagian: { judul: string; catatan: string | null; /** Widths in fractions. */ lebar: number[]; kepala: string[]; baris: string[][]; kosong: string }[];
  catatan: string;
  alamat: string;
};
