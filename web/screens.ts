// Every screen of the office, for the tests that render and check all of them: its address, who must be signed in, what must be there.
import type { Role } from '../shared/people.ts';

/**
 * `{meeting}` stands for the id of a meeting called by the person of `as`: running, ended, or ended with a final list.
 * `{code}` stands for the verification code of such a final list, `{person}` for somebody of the own OPD, `{correction}` for an objection that waits,
 * `{month}` for the month of yesterday, which has days to confirm.
 */
export type OfficeScreen = { name: string; path: string; as: Role | null; needs?: 'running' | 'ended' | 'final' | 'person' | 'correction' };

export const officeScreens: readonly OfficeScreen[] = [
  { name: 'masuk', path: '/masuk', as: null },
  { name: 'siapkan', path: '/siapkan#contoh', as: null },
  { name: 'siapkan-tanpa-token', path: '/siapkan', as: null },
  { name: 'verifikasi', path: '/v', as: null },
  { name: 'verifikasi-asli', path: '/v/{code}', as: null, needs: 'final' },
  { name: 'verifikasi-tidak-ada', path: '/v/ABCD-EF12-34GH-56JK', as: null },
  { name: 'beranda', path: '/', as: 'kepala_opd', needs: 'running' },
  { name: 'beranda-wfh', path: '/', as: 'staf' },
  { name: 'rapat', path: '/rapat', as: 'kepala_opd', needs: 'final' },
  { name: 'rapat-sekarang', path: '/rapat/sekarang', as: 'kepala_opd' },
  { name: 'rapat-sekarang-bukan-haknya', path: '/rapat/sekarang', as: 'staf' },
  { name: 'rapat-berlangsung', path: '/rapat/{meeting}', as: 'kepala_opd', needs: 'running' },
  { name: 'rapat-berakhir', path: '/rapat/{meeting}', as: 'kepala_opd', needs: 'ended' },
  { name: 'rapat-final', path: '/rapat/{meeting}', as: 'kepala_opd', needs: 'final' },
  { name: 'rapat-tidak-ada', path: '/rapat/00000000-0000-4000-8000-000000000000', as: 'kepala_opd' },
  { name: 'presensi', path: '/presensi', as: 'staf' },
  { name: 'presensi-opd', path: '/presensi', as: 'kepala_opd' },
  { name: 'presensi-admin', path: '/presensi', as: 'admin_opd' },
  { name: 'koreksi', path: '/presensi/koreksi', as: 'staf' },
  { name: 'koreksi-antrean', path: '/presensi/koreksi', as: 'kepala_opd' },
  { name: 'koreksi-periksa', path: '/presensi/koreksi?buka={correction}', as: 'kepala_opd', needs: 'correction' },
  { name: 'konfirmasi', path: '/presensi/konfirmasi', as: 'kepala_opd' },
  { name: 'konfirmasi-bulan', path: '/presensi/konfirmasi?bulan={month}', as: 'kepala_opd' },
  { name: 'pegawai', path: '/pegawai', as: 'admin_opd' },
  { name: 'pegawai-semua', path: '/pegawai?opd=semua', as: 'staf' },
  { name: 'pegawai-orang', path: '/pegawai?opd=semua&orang={person}', as: 'administrator', needs: 'person' },
  { name: 'impor', path: '/pegawai/impor', as: 'admin_opd' },
  { name: 'unit', path: '/unit', as: 'administrator' },
  { name: 'gangguan', path: '/gangguan', as: 'admin_opd' },
  { name: 'gangguan-kosong', path: '/gangguan?bulan=2020-01', as: 'kepala_opd' },
  { name: 'gangguan-bukan-haknya', path: '/gangguan', as: 'staf' },
  { name: 'buku-bukti', path: '/buku-bukti', as: 'administrator' },
  { name: 'buku-bukti-bukan-haknya', path: '/buku-bukti', as: 'staf' },
  { name: 'akun', path: '/akun', as: 'kepala_opd' },
  { name: 'data-saya', path: '/data-saya', as: 'kepala_opd', needs: 'final' },
  { name: 'retensi', path: '/retensi', as: 'administrator' },
  { name: 'retensi-bukan-haknya', path: '/retensi', as: 'staf' },
  { name: 'lainnya', path: '/lainnya', as: 'admin_opd' },
  { name: 'tidak-ada', path: '/halaman-lain', as: 'staf' },
];
