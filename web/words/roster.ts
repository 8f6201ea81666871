// Words of setting day codes.
import { dictionary } from '../platform/language.ts';

export const rosterWords = dictionary(
  {
    title: (n: number) => (n === 1 ? 'Tetapkan kode untuk 1 pegawai' : `Tetapkan kode untuk ${n} pegawai`),
    code: 'Kode hari',
    basis: 'Dasar',
    basisHint: 'Nomor surat edaran, surat tugas, atau surat cuti.',
    save: 'Simpan kode',
    kept: 'Kode sebelumnya tetap tersimpan sebagai riwayat.',
    others: (n: number) => `dan ${n} lainnya`,
  },
  {
    title: (n) => (n === 1 ? 'Set the code for 1 person' : `Set the code for ${n} people`),
    code: 'Day code',
    basis: 'Basis',
    basisHint: 'Number of the circular, letter of assignment or leave letter.',
    save: 'Save the code',
    kept: 'The former codes stay on record.',
    others: (n) => `and ${n} more`,
  },
);
