// Words on the way into a room: pre-join, waiting, and every reason why one cannot enter.
import { dictionary, language, wordsIn } from '../../platform/language.ts';

const entryWords = dictionary(
  {
    preparing: 'Menyiapkan rapat…',
    page: (title: string) => `${title} · Ruang rapat`,
    meetingBy: (chair: string, opd: string) => `Dipimpin ${chair} · ${opd}`,
    youAre: 'Anda masuk sebagai',
    guest: 'Tamu',
    press: 'Pers',
    nobodyInside: 'Belum ada yang di dalam.',
    inside: (names: string, more: number) => (more > 0 ? `Di dalam: ${names}, dan ${more} orang lain.` : `Di dalam: ${names}.`),
    join: 'Gabung',
    joinWithoutMedia: 'Masuk tanpa suara dan gambar',
    joining: 'Menyambungkan…',
    controlsComing: 'Tersambung. Kendali rapat sedang diunduh…',
    leave: 'Keluar',
    problems: {
      mediaUnavailable:
        'Server media belum siap, sehingga suara dan gambar belum tersedia. Daftar peserta dan obrolan tetap dapat dipakai; suara menyusul dengan sendirinya.',
      codeMissing: 'Bagian halaman ini gagal diunduh. Periksa sambungan; percobaan berikut berjalan sendiri.',
    },
    waiting: {
      title: 'Rapat belum dimulai',
      body: (when: string) => `Dijadwalkan ${when}. Halaman ini berganti sendiri saat rapat dibuka; Anda tidak perlu memuat ulang.`,
      chair: 'Anda memimpin rapat ini. Buka rapat bila sudah siap.',
      start: 'Buka rapat sekarang',
      check: 'Periksa perangkat',
    },
    gates: {
      signIn: {
        title: 'Masuk dahulu',
        body: 'Rapat ini untuk pegawai yang diundang. Masuk dengan akun Anda; setelah itu Anda kembali ke halaman ini.',
      },
      ended: {
        title: 'Rapat sudah berakhir',
        body: (by: string, when: string) => `Rapat diakhiri oleh ${by} pukul ${when}. Kehadiran Anda sudah tercatat.`,
      },
      cancelled: {
        title: 'Rapat dibatalkan',
        body: (reason: string) => `Rapat ini tidak jadi diadakan. Alasan: ${reason}`,
      },
      endedPlain: {
        title: 'Rapat sudah berakhir',
        body: 'Rapat ini sudah diakhiri. Kehadiran Anda sudah tercatat.',
      },
      removed: {
        title: 'Anda dikeluarkan dari rapat',
        body: 'Pimpinan rapat mengeluarkan Anda. Waktu hadir Anda sampai saat itu tetap tercatat. Bila ini keliru, hubungi pengundang lalu periksa lagi.',
      },
      elsewhere: {
        title: 'Rapat dibuka di halaman lain',
        body: 'Rapat ini terbuka di tab atau perangkat lain dengan tanda pengenal yang sama, sehingga halaman ini berhenti. Di sana rapat tetap berjalan.',
      },
      linkRevoked: {
        title: 'Tautan tidak berlaku lagi',
        body: 'Tautan ini sudah diganti atau dicabut. Minta tautan baru kepada yang mengundang Anda.',
      },
      linkOtherDevice: {
        title: 'Tautan dipakai di perangkat lain',
        body: 'Tautan ini dipakai di perangkat lain. Minta izin pindah perangkat: Anda sendiri di perangkat itu, pimpinan, atau yang menyiapkan rapat mengizinkannya.',
      },
      moving: {
        menunggu: {
          title: 'Menunggu izin pindah perangkat',
          body: 'Permintaan sudah disampaikan kepada perangkat yang lama dan pimpinan rapat. Halaman ini berlanjut sendiri begitu diizinkan.',
        },
        ditolak: {
          title: 'Pindah perangkat tidak diizinkan',
          body: 'Pakai perangkat yang lama, masuk dengan akun Anda, atau minta lagi setelah satu menit.',
        },
      },
      notFound: {
        title: 'Rapat tidak ditemukan',
        body: 'Alamat ini tidak menunjuk rapat yang dapat Anda buka. Periksa tautan di undangan Anda.',
      },
      notice: 'Pemberitahuan diperbarui',
      full: {
        title: 'Ruang sedang penuh',
        body: 'Permintaan masuk terlalu banyak saat ini. Tempat Anda tidak hilang; halaman ini mencoba lagi sendiri.',
      },
      offline: {
        title: 'Portal tidak terjangkau',
        body: 'Periksa sambungan internet Anda. Halaman ini mencoba lagi sendiri.',
      },
      broken: {
        title: 'Ada gangguan di portal',
        body: 'Permintaan Anda belum berhasil. Coba lagi sebentar lagi.',
      },
      tooOld: {
        title: 'Peramban terlalu lama',
        body: 'Peramban ini belum dapat memuat rapat video. Perbarui Chrome, Edge, Firefox, atau Safari, lalu buka lagi tautan Anda.',
      },
      left: {
        title: 'Anda sudah keluar',
        body: (title: string) => `Anda keluar dari “${title}”. Waktu keluar sudah dicatat.`,
      },
    },
    actions: {
      signIn: 'Masuk',
      tryAgain: 'Coba lagi',
      checkAgain: 'Periksa lagi',
      rejoin: 'Gabung lagi',
      useHere: 'Pakai di sini',
      meetingPage: 'Halaman rapat',
      home: 'Ke beranda',
      askToMove: 'Minta izin pindah perangkat',
    },
  },
  {
    preparing: 'Preparing the meeting…',
    page: (title: string) => `${title} · Meeting room`,
    meetingBy: (chair: string, opd: string) => `Chaired by ${chair} · ${opd}`,
    youAre: 'You join as',
    guest: 'Guest',
    press: 'Press',
    nobodyInside: 'Nobody is inside yet.',
    inside: (names: string, more: number) => (more > 0 ? `Inside: ${names}, and ${more} more.` : `Inside: ${names}.`),
    join: 'Join',
    joinWithoutMedia: 'Enter without sound and picture',
    joining: 'Connecting…',
    controlsComing: 'Connected. The meeting controls are on their way…',
    leave: 'Leave',
    problems: {
      mediaUnavailable: 'The media server is not ready, so there is no sound or picture yet. The list and the chat work; sound will follow by itself.',
      codeMissing: 'Part of this page could not be downloaded. Check your connection; it tries again by itself.',
    },
    waiting: {
      title: 'The meeting has not started',
      body: (when: string) => `It is planned for ${when}. This page changes by itself when the meeting opens; there is no need to reload.`,
      chair: 'You chair this meeting. Open it when you are ready.',
      start: 'Open the meeting now',
      check: 'Check devices',
    },
    gates: {
      signIn: {
        title: 'Please sign in',
        body: 'This meeting is for invited staff. Sign in with your account; you will come back to this page.',
      },
      ended: {
        title: 'The meeting has ended',
        body: (by: string, when: string) => `${by} ended the meeting at ${when}. Your attendance is on record.`,
      },
      cancelled: {
        title: 'The meeting was called off',
        body: (reason: string) => `This meeting will not take place. Reason: ${reason}`,
      },
      endedPlain: {
        title: 'The meeting has ended',
        body: 'This meeting is over. Your attendance is on record.',
      },
      removed: {
        title: 'You were removed from the meeting',
        body: 'The chair removed you. Your attendance until then stays on record. If this is a mistake, contact whoever invited you, then check again.',
      },
      elsewhere: {
        title: 'The meeting is open on another page',
        body: 'This meeting is open in another tab or on another device under the same identity, so this page has stopped. It goes on over there.',
      },
      linkRevoked: {
        title: 'This link is no longer valid',
        body: 'The link was replaced or withdrawn. Ask whoever invited you for a new one.',
      },
      linkOtherDevice: {
        title: 'This link is in use on another device',
        body: 'This link is in use on another device. Ask to move it here: you on that device, the chair or whoever prepares the meeting can allow it.',
      },
      moving: {
        menunggu: {
          title: 'Waiting to move to this device',
          body: 'The former device and the chair have been asked. This page goes on by itself once it is allowed.',
        },
        ditolak: {
          title: 'Moving here was not allowed',
          body: 'Use the former device, sign in with your account, or ask again in a minute.',
        },
      },
      notFound: {
        title: 'Meeting not found',
        body: 'This address does not lead to a meeting you can open. Check the link in your invitation.',
      },
      notice: 'The notice has changed',
      full: {
        title: 'The room is full just now',
        body: 'Too many people are entering at this moment. Your place is not lost; this page tries again by itself.',
      },
      offline: {
        title: 'The portal cannot be reached',
        body: 'Check your internet connection. This page tries again by itself.',
      },
      broken: {
        title: 'The portal has a problem',
        body: 'Your request did not succeed. Try again in a moment.',
      },
      tooOld: {
        title: 'This browser is too old',
        body: 'It cannot show a video meeting. Update Chrome, Edge, Firefox or Safari, then open your link again.',
      },
      left: {
        title: 'You have left',
        body: (title: string) => `You left “${title}”. The time is on record.`,
      },
    },
    actions: {
      signIn: 'Sign in',
      tryAgain: 'Try again',
      checkAgain: 'Check again',
      rejoin: 'Join again',
      useHere: 'Use it here',
      meetingPage: 'Meeting page',
      home: 'Home',
      askToMove: 'Ask to move to this device',
    },
  },
);

/** The words in the language of the page at this moment. */
export const entry = () => wordsIn(entryWords, language());
