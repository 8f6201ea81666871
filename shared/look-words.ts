// What the access log calls a look, in the words of the person it was at: Indonesian, English. On screen and on paper.
const lookWords: Record<string, readonly [id: string, en: string]> = {
  'daftar_hadir.baca': ['Membuka daftar hadir', 'Opened the attendance list'],
  'daftar_hadir.final': ['Memfinalkan daftar hadir', 'Made the attendance list final'],
  'daftar_hadir.pdf': ['Mengunduh daftar hadir (PDF)', 'Downloaded the attendance list (PDF)'],
  'daftar_hadir.xlsx': ['Mengunduh daftar hadir (XLSX)', 'Downloaded the attendance list (XLSX)'],
  'daftar_hadir.csv': ['Mengunduh daftar hadir (CSV)', 'Downloaded the attendance list (CSV)'],
  'papan_hari.baca': ['Membuka papan hari', 'Opened the day board'],
  'risalah.baca': ['Membuka jalannya rapat', 'Opened the proceedings of a meeting'],
  'undangan.baca': ['Membuka daftar undangan', 'Opened the list of the invited'],
  'konfirmasi.baca': ['Membuka daftar konfirmasi', 'Opened the list of confirmations'],
  'koreksi.baca': ['Membuka koreksi Anda', 'Opened your corrections'],
  'koreksi.hari': ['Membuka satu hari Anda', 'Opened one of your days'],
  'koreksi.berkas': ['Membuka lampiran koreksi Anda', 'Opened a file of your correction'],
  'rekap.baca': ['Membuka rekap bulanan', 'Opened the monthly recap'],
  'rekap.daerah': ['Membuka rekap semua OPD', 'Opened the recap of all agencies'],
  'rekap.orang': ['Membuka rekap Anda', 'Opened your recap'],
  'rekap.pdf': ['Mengunduh rekap (PDF)', 'Downloaded the recap (PDF)'],
  'rekap.xlsx': ['Mengunduh rekap (XLSX)', 'Downloaded the recap (XLSX)'],
  'rekap.csv': ['Mengunduh rekap (CSV)', 'Downloaded the recap (CSV)'],
  'sihadir.baca': ['Membuka ekspor untuk SIHadir', 'Opened the export for SIHadir'],
  'sihadir.buat': ['Membuat ekspor untuk SIHadir', 'Made the export for SIHadir'],
  'sihadir.csv': ['Mengunduh ekspor untuk SIHadir (CSV)', 'Downloaded the export for SIHadir (CSV)'],
  'sihadir.xlsx': ['Mengunduh ekspor untuk SIHadir (XLSX)', 'Downloaded the export for SIHadir (XLSX)'],
  'penahanan.baca': ['Membuka daftar penahanan data', 'Opened the list of legal holds'],
  'panggilan.pratinjau': ['Melihat siapa yang akan dipanggil', 'Looked at who would be called'],
  'mandat.baca': ['Membuka daftar mandat panggilan', 'Opened the list of call mandates'],
  'tugas.baca': ['Membuka daftar tugas', 'Opened the list of tasks'],
  direktori: ['Membuka direktori pegawai', 'Opened the staff directory'],
  jabatan: ['Membuka daftar jabatan', 'Opened the list of positions'],
};

/** A code without words of its own is shown as it is. */
export const lookText = (what: string, language: 'id' | 'en'): string => lookWords[what]?.[language === 'en' ? 1 : 0] ?? what.replace(/[._]/g, ' ');
