// Words of somebody who waits.
import { dictionary, language, wordsIn } from '../../platform/language.ts';

const waitingWords = dictionary(
  {
    page: (title: string) => `Ruang tunggu · ${title}`,
    someMeeting: (opd: string) => `Rapat ${opd}`,
    planned: (when: string) => `Dijadwalkan ${when}`,
    ask: {
      title: 'Anda tidak tercantum sebagai undangan',
      staff:
        'Pimpinan rapat memutuskan siapa yang masuk. Setelah Anda meminta masuk, Anda menunggu di halaman ini; belum ada yang dapat melihat atau mendengar Anda.',
      guest: 'Perkenalkan diri Anda. Pimpinan rapat memutuskan siapa yang masuk; sampai saat itu belum ada yang dapat melihat atau mendengar Anda.',
      as: (name: string) => `Anda meminta masuk sebagai ${name}.`,
      name: 'Nama lengkap',
      institution: 'Unit atau instansi',
      kept: 'Nama dan instansi Anda dibaca pengurus rapat dan disimpan 12 bulan.',
      button: 'Minta masuk',
      again: (left: number) => `Minta masuk lagi (${left} kali lagi)`,
      signIn: 'Saya pegawai: masuk dengan akun',
    },
    wait: {
      title: 'Menunggu izin masuk',
      since: (when: string, place: number) =>
        place <= 1 ? `Anda menunggu sejak ${when}, urutan pertama.` : `Anda menunggu sejak ${when}, urutan ke-${place}.`,
      told: 'Pimpinan sudah diberi tahu. Halaman ini berganti sendiri; Anda tidak perlu memuat ulang.',
      noHost: 'Belum ada pengurus rapat di dalam ruang. Mereka sudah diberi tahu lewat portal; halaman ini berganti sendiri.',
      notBegun: (when: string | null) =>
        when === null
          ? 'Rapat belum dimulai; pimpinan yang membukanya. Anda dapat diizinkan masuk sebelum itu.'
          : `Rapat belum dimulai; ruang terbuka sendiri ${when}. Anda dapat diizinkan masuk sebelum itu.`,
      offline: 'Portal tidak terjangkau. Tempat Anda tidak hilang; halaman ini mencoba lagi sendiri.',
      messageAll: (when: string) => `Pesan pengurus rapat, ${when}`,
      messageYou: (when: string) => `Pesan untuk Anda, ${when}`,
      check: 'Periksa kamera dan mikrofon',
      checkNote: 'Hanya Anda yang melihat gambar ini.',
      leave: 'Batal menunggu',
    },
    admitted: 'Anda diizinkan masuk',
    admittedText: 'Membuka ruang rapat…',
    denied: {
      title: 'Permintaan Anda belum disetujui',
      text: 'Pengurus rapat tidak mengizinkan Anda masuk.',
      never: 'Anda sudah tiga kali ditolak. Hubungi penyelenggara rapat bila ini keliru.',
    },
    blocked: {
      title: 'Anda tidak dapat meminta masuk',
      text: 'Pengurus rapat menutup permintaan dari Anda untuk rapat ini. Hubungi penyelenggara bila ini keliru.',
    },
    over: { title: 'Rapat sudah berakhir', text: 'Tidak ada lagi yang dapat masuk ke rapat ini.' },
    cancelled: { title: 'Rapat dibatalkan', text: 'Rapat ini tidak jadi diadakan. Hubungi penyelenggara untuk waktu yang baru.' },
    lost: { title: 'Tautan tidak berlaku', text: 'Tautan ini tidak menunjuk rapat yang dapat Anda tunggu. Minta tautan baru kepada yang mengundang Anda.' },
    failed: 'Ada gangguan di portal',
    again: 'Coba lagi',
  },
  {
    page: (title) => `Waiting room · ${title}`,
    someMeeting: (opd) => `Meeting of ${opd}`,
    planned: (when) => `Planned for ${when}`,
    ask: {
      title: 'You are not on the list of the invited',
      staff: 'The chair decides who comes in. Once you have asked you wait on this page; nobody can see or hear you yet.',
      guest: 'Please say who you are. The chair decides who comes in; until then nobody can see or hear you.',
      as: (name) => `You ask as ${name}.`,
      name: 'Full name',
      institution: 'Office or institution',
      kept: 'Your name and institution are read by the hosts and kept for 12 months.',
      button: 'Ask to be let in',
      again: (left) => `Ask again (${left} more ${left === 1 ? 'time' : 'times'})`,
      signIn: 'I am staff: sign in',
    },
    wait: {
      title: 'Waiting to be let in',
      since: (when, place) =>
        place <= 1 ? `You have been waiting since ${when}, first in line.` : `You have been waiting since ${when}, number ${place} in line.`,
      told: 'The chair has been told. This page changes by itself; there is no need to reload.',
      noHost: 'None of the hosts is in the room yet. They have been told through the portal; this page changes by itself.',
      notBegun: (when) =>
        when === null
          ? 'The meeting has not started; the chair opens it. You may be admitted before that.'
          : `The meeting has not started; the room opens by itself ${when}. You may be admitted before that.`,
      offline: 'The portal cannot be reached. Your place is not lost; this page tries again by itself.',
      messageAll: (when) => `From the hosts, ${when}`,
      messageYou: (when) => `To you, ${when}`,
      check: 'Check camera and microphone',
      checkNote: 'Only you see this picture.',
      leave: 'Stop waiting',
    },
    admitted: 'You may come in',
    admittedText: 'Opening the room…',
    denied: {
      title: 'Your request was declined',
      text: 'The hosts did not let you in.',
      never: 'You have been declined three times. Contact the organiser if this is a mistake.',
    },
    blocked: {
      title: 'You cannot ask to be let in',
      text: 'The hosts take no more requests of yours for this meeting. Contact the organiser if this is a mistake.',
    },
    over: { title: 'The meeting has ended', text: 'Nobody can enter this meeting any more.' },
    cancelled: { title: 'The meeting was called off', text: 'This meeting will not take place. Ask the organiser for the new time.' },
    lost: { title: 'This link is not valid', text: 'It does not lead to a meeting you can wait for. Ask whoever invited you for a new one.' },
    failed: 'The portal has a problem',
    again: 'Try again',
  },
);
export const words = () => wordsIn(waitingWords, language());
