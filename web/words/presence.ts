// The parts of Presensi, as its tabs name them.
import { dictionary } from '../platform/language.ts';

export const presenceWords = dictionary(
  {
    parts: 'Bagian presensi',
    today: 'Hari ini',
    corrections: 'Koreksi',
    confirmations: 'Konfirmasi',
    recap: 'Rekap',
    export: 'Ekspor',
    cases: 'Tidak sesuai',
    machine: 'Mesin',
  },
  {
    parts: 'Parts of presence',
    today: 'Today',
    corrections: 'Corrections',
    confirmations: 'Confirmation',
    recap: 'Recap',
    export: 'Export',
    cases: 'Against the code',
    machine: 'Machine',
  },
);
