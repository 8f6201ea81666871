// What everybody is told before attendance is first recorded (UU 27/2022 art. 5 and 21). Another text is another version by itself.
import { createHash } from 'node:crypto';
import type { NoticeText } from '../../shared/notices.ts';

export type NoticeTexts = { id: NoticeText; en: NoticeText };

/** `months`: how long facts of presence are kept. `officer`: whom this region names for personal data, null when it names nobody yet. */
export function noticeTexts({ months, officer }: { months: number; officer: string | null }): NoticeTexts {
  return {
    id: {
      title: 'Kehadiran Anda dicatat',
      points: [
        {
          label: 'Yang dicatat',
          text: 'Nama dan jabatan Anda, waktu masuk dan keluar menurut tiga saksi (server media, pemeriksaan berkala, dan peramban Anda), dan tanda perangkat. Kamera dan suara tidak direkam.',
        },
        { label: 'Untuk', text: 'Daftar hadir rapat dan presensi harian pegawai.' },
        {
          label: 'Dasar',
          text: 'Kewajiban hukum dan pelaksanaan kewenangan pemerintah daerah (UU 27/2022 pasal 20 ayat (2) huruf c dan e), bukan persetujuan Anda.',
        },
        {
          label: 'Yang melihat',
          text: 'Anda, pimpinan rapat, kepala dan admin OPD, BKD, dan administrator. Setiap pembacaan dicatat dan dapat Anda lihat.',
        },
        {
          label: 'Disimpan',
          text: `${months} bulan, lalu dimusnahkan menurut jadwal retensi, kecuali ditahan untuk suatu pemeriksaan. Daftar hadir final adalah arsip.`,
        },
        {
          label: 'Hak Anda',
          text: 'Melihat, mengunduh, dan mengajukan koreksi di halaman Data saya. Mesin tidak pernah menulis “tidak hadir”. Tamu meminta lewat kontak ini.',
        },
        { label: 'Kontak', text: officer ?? 'Pejabat pelindungan data pribadi pemerintah daerah ini, melalui unit pengelola portal.' },
      ],
    },
    en: {
      title: 'Your attendance is recorded',
      points: [
        {
          label: 'What',
          text: 'Your name and position, the times you come and go as told by three witnesses (media server, regular checks, and your browser), and a device mark. Camera and sound are not recorded.',
        },
        { label: 'What for', text: 'The attendance list of the meeting and the daily presence of staff.' },
        {
          label: 'Legal basis',
          text: 'Legal duty and the exercise of official authority (Law 27/2022, article 20 (2) c and e), not your consent.',
        },
        {
          label: 'Who sees it',
          text: 'You, the chair, the head and admin of the agency, the personnel agency (BKD), and administrators. Every reading is logged, and you can see it.',
        },
        {
          label: 'How long',
          text: `${months} months, then destroyed by the retention schedule, unless held for an inquiry. The final attendance list is an archive.`,
        },
        {
          label: 'Your rights',
          text: 'See it, download it and ask for a correction on the page My data. The machine never writes “absent”. Guests ask through this contact.',
        },
        { label: 'Contact', text: officer ?? 'The personal data officer of this regional government, through the office that runs the portal.' },
      ],
    },
  };
}

/** Fingerprint of a text as it is read: the title, then a line for each point. */
export const fingerprintOf = ({ title, points }: NoticeText): string =>
  createHash('sha256')
    .update([title, ...points.map(({ label, text }) => `${label}: ${text}`)].join('\n'))
    .digest('hex');
