// What journalists are told about their data before they register (UU 27/2022 pasal 5 dan 21). Another text is another version by itself.
import { createHash } from 'node:crypto';

export type PressNoticeText = { title: string; paragraphs: string[] };
export type PressNoticeTexts = { id: PressNoticeText; en: PressNoticeText };

/** `officer`: whom this region names for personal data, null when it names nobody yet. */
export function pressNoticeTexts({ officer }: { officer: string | null }): PressNoticeTexts {
  return {
    id: {
      title: 'Data Anda sebagai jurnalis',
      paragraphs: [
        'Yang dicatat: nama, media, surel, dan, bila Anda isi, telepon, nomor kartu pers atau UKW, tempat terbit, serta pertanyaan Anda. Juga waktu Anda berada di ruang pers.',
        'Untuk: memastikan siapa yang bertanya, mengatur giliran secara adil menurut media, dan mengirim bahan serta jawaban tertulis. Menonton tidak memerlukan data apa pun.',
        'Yang melihat: petugas meja pers. Nama dan media Anda tampil di ruang pers saat Anda bertanya; media dan topik tampil dalam antrean dan log tanya jawab. Surel, telepon, dan nomor kartu tidak pernah tampil.',
        'Disimpan menurut jadwal retensi pemerintah daerah, lalu dimusnahkan. Dasarnya pelaksanaan kewenangan pemerintah daerah (UU 27/2022 pasal 20 ayat (2) huruf e), bukan persetujuan Anda.',
        `Anda dapat melihat, membetulkan, atau meminta penghapusan data: ${officer ?? 'pejabat pelindungan data pribadi pemerintah daerah ini, melalui meja pers'}.`,
      ],
    },
    en: {
      title: 'Your data as a journalist',
      paragraphs: [
        'What is recorded: name, outlet, e-mail and, where you give them, telephone, number of the press card or UKW, where you publish, and your question. Also when you were in the press room.',
        'What for: to know who asks, to share turns fairly among outlets, and to send the kit and written answers. Watching needs no data at all.',
        'Who sees it: the press desk. Your name and outlet are shown in the press room when you ask; outlet and topic in the queue and the log of questions. E-mail, telephone and card number are never shown.',
        'Kept as long as the retention schedule of the regional government says, then destroyed. Legal basis: the exercise of official authority (Law 27/2022, article 20 (2) e), not your consent.',
        `You can see, correct or ask to have your data deleted: ${officer ?? 'the personal data officer of this regional government, through the press desk'}.`,
      ],
    },
  };
}

/** Fingerprint of a text as it is read: the title, then a line for each paragraph. */
export const fingerprintOf = ({ title, paragraphs }: PressNoticeText): string =>
  createHash('sha256')
    .update([title, ...paragraphs].join('\n'))
    .digest('hex');
