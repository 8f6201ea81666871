// Words on the way into a room: pre-join, waiting, and every reason why one cannot enter.
import { dictionary, language, wordsIn } from '../../platform/language.ts';

const entryWords = dictionary(
  {
    otherLanguage: 'English',
    preparing: 'Menyiapkan rapat…',
    page: (title: string) => `${title} · Ruang rapat`,
    meetingBy: (chair: string, opd: string) => `Dipimpin ${chair} · ${opd}`,
    youAre: 'Anda masuk sebagai',
    guest: 'Tamu',
    press: 'Pers',
    nobodyInside: 'Belum ada yang di dalam.',
    inside: (names: string, more: number) => (more > 0 ? `Di dalam: ${names}, dan ${more} orang lain.` : `Di dalam: ${names}.`),
    noticeRead: (version: number, day: string) => `Kehadiran dicatat. Pemberitahuan v${version}, dibaca ${day}`,
    noticeAck: (button: string) => `Dengan menekan ${button}, Anda menyatakan sudah membacanya.`,
    noticeMore: 'Dasar, masa simpan, dan hak Anda',
    noticeLost: 'Pemberitahuan tidak dapat dimuat. Periksa sambungan, lalu buka lagi.',
    join: 'Gabung',
    joinWithoutMedia: 'Masuk tanpa suara dan gambar',
    joining: 'Menyambungkan…',
    controlsComing: 'Tersambung. Kendali rapat sedang diunduh…',
    leave: 'Keluar',
    preview: 'Anda seperti dilihat peserta lain',
    microphone: 'Mikrofon',
    camera: 'Kamera',
    speaker: 'Pengeras suara',
    on: 'menyala',
    off: 'mati',
    cameraOff: 'Kamera mati',
    cameraStarting: 'Menyalakan kamera…',
    devices: 'Pilih perangkat',
    askDevices: 'Nyalakan kamera dan mikrofon',
    askDevicesWhy: 'Peramban akan meminta izin. Anda juga dapat bergabung tanpa keduanya.',
    level: 'Kuat suara Anda',
    levelHeard: 'Suara Anda terdengar.',
    levelSilent: 'Bicaralah untuk mencoba mikrofon.',
    unnamedDevice: (n: number) => `Perangkat ${n}`,
    systemDefault: 'Bawaan sistem',
    problems: {
      cameraRefused:
        'Kamera tidak diizinkan. Tekan ikon gembok di sebelah alamat, izinkan kamera, lalu nyalakan lagi. Anda tetap dapat bergabung dengan suara.',
      microphoneRefused: 'Mikrofon tidak diizinkan. Tekan ikon gembok di sebelah alamat, izinkan mikrofon, lalu nyalakan lagi. Anda tetap dapat mendengar.',
      cameraBusy: 'Kamera dipakai aplikasi lain. Tutup aplikasi itu, lalu nyalakan lagi. Anda tetap dapat bergabung dengan suara.',
      microphoneBusy: 'Mikrofon dipakai aplikasi lain. Tutup aplikasi itu, lalu nyalakan lagi. Anda tetap dapat mendengar.',
      cameraMissing: 'Kamera tidak ditemukan. Sambungkan kamera, atau bergabung dengan suara saja.',
      microphoneMissing: 'Mikrofon tidak ditemukan. Sambungkan mikrofon. Anda tetap dapat mendengar dan menulis di obrolan.',
      cameraFailed: 'Kamera tidak dapat dinyalakan. Coba lagi, atau bergabung dengan suara saja.',
      microphoneFailed: 'Mikrofon tidak dapat dinyalakan. Coba lagi. Anda tetap dapat mendengar.',
      insecure:
        'Halaman ini dibuka tanpa HTTPS, sehingga peramban menutup kamera dan mikrofon. Buka lagi dengan alamat https://. Anda tetap dapat mendengar dan menulis di obrolan.',
      mediaUnavailable:
        'Server media belum siap, sehingga suara dan gambar belum tersedia. Daftar peserta dan obrolan tetap dapat dipakai; suara menyusul dengan sendirinya.',
      codeMissing: 'Bagian halaman ini gagal diunduh. Periksa sambungan; percobaan berikut berjalan sendiri.',
    },
    waiting: {
      title: 'Rapat belum dimulai',
      body: (when: string) => `Dijadwalkan ${when}. Halaman ini berganti sendiri saat rapat dibuka; Anda tidak perlu memuat ulang.`,
      chair: 'Anda memimpin rapat ini. Buka rapat bila sudah siap.',
      start: 'Buka rapat sekarang',
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
        body: 'Tautan ini milik perangkat yang pertama membukanya. Buka dari perangkat itu, masuk dengan akun Anda, atau minta tautan baru kepada pengundang.',
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
    },
  },
  {
    otherLanguage: 'Bahasa Indonesia',
    preparing: 'Preparing the meeting…',
    page: (title: string) => `${title} · Meeting room`,
    meetingBy: (chair: string, opd: string) => `Chaired by ${chair} · ${opd}`,
    youAre: 'You join as',
    guest: 'Guest',
    press: 'Press',
    nobodyInside: 'Nobody is inside yet.',
    inside: (names: string, more: number) => (more > 0 ? `Inside: ${names}, and ${more} more.` : `Inside: ${names}.`),
    noticeRead: (version: number, day: string) => `Attendance is recorded. Notice v${version}, read ${day}`,
    noticeAck: (button: string) => `By pressing ${button} you say that you have read it.`,
    noticeMore: 'Legal basis, how long, and your rights',
    noticeLost: 'The notice could not be loaded. Check your connection, then open it again.',
    join: 'Join',
    joinWithoutMedia: 'Enter without sound and picture',
    joining: 'Connecting…',
    controlsComing: 'Connected. The meeting controls are on their way…',
    leave: 'Leave',
    preview: 'You, as others will see you',
    microphone: 'Microphone',
    camera: 'Camera',
    speaker: 'Speaker',
    on: 'on',
    off: 'off',
    cameraOff: 'Camera is off',
    cameraStarting: 'Starting the camera…',
    devices: 'Choose devices',
    askDevices: 'Turn on camera and microphone',
    askDevicesWhy: 'Your browser will ask for permission. You can also join without them.',
    level: 'How loud you are',
    levelHeard: 'We can hear you.',
    levelSilent: 'Say something to try the microphone.',
    unnamedDevice: (n: number) => `Device ${n}`,
    systemDefault: 'System default',
    problems: {
      cameraRefused:
        'The camera is not allowed. Press the lock icon beside the address, allow the camera, then turn it on again. You can still join with sound.',
      microphoneRefused:
        'The microphone is not allowed. Press the lock icon beside the address, allow the microphone, then turn it on again. You can still listen.',
      cameraBusy: 'Another application is using the camera. Close it, then turn the camera on again. You can still join with sound.',
      microphoneBusy: 'Another application is using the microphone. Close it, then turn the microphone on again. You can still listen.',
      cameraMissing: 'No camera was found. Connect one, or join with sound only.',
      microphoneMissing: 'No microphone was found. Connect one. You can still listen and write in the chat.',
      cameraFailed: 'The camera could not be started. Try again, or join with sound only.',
      microphoneFailed: 'The microphone could not be started. Try again. You can still listen.',
      insecure:
        'This page was opened without HTTPS, so the browser keeps camera and microphone closed. Open it again with an https:// address. You can still listen and write in the chat.',
      mediaUnavailable: 'The media server is not ready, so there is no sound or picture yet. The list and the chat work; sound will follow by itself.',
      codeMissing: 'Part of this page could not be downloaded. Check your connection; it tries again by itself.',
    },
    waiting: {
      title: 'The meeting has not started',
      body: (when: string) => `It is planned for ${when}. This page changes by itself when the meeting opens; there is no need to reload.`,
      chair: 'You chair this meeting. Open it when you are ready.',
      start: 'Open the meeting now',
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
        body: 'The link belongs to the device that opened it first. Open it there, sign in with your account, or ask for a new link.',
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
    },
  },
);

/** The words in the language of the page at this moment. */
export const entry = () => wordsIn(entryWords, language());
