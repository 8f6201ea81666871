// Words of one's own devices before a room, and of the notice that is read there.
import { dictionary, language, wordsIn } from '../platform/language.ts';

export const deviceDictionary = dictionary(
  {
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
    noticeRead: (version: number, day: string) => `Kehadiran dicatat. Pemberitahuan v${version}, dibaca ${day}`,
    noticeAck: (button: string) => `Dengan menekan ${button}, Anda menyatakan sudah membacanya.`,
    noticeMore: 'Dasar, masa simpan, dan hak Anda',
    noticeLost: 'Pemberitahuan tidak dapat dimuat. Periksa sambungan, lalu buka lagi.',
    problems: {
      cameraRefused:
        'Kamera tidak diizinkan. Tekan ikon gembok di sebelah alamat, izinkan kamera, lalu nyalakan lagi. Anda tetap dapat bergabung dengan suara.',
      microphoneRefused: 'Mikrofon tidak diizinkan. Tekan ikon gembok di sebelah alamat, izinkan mikrofon, lalu nyalakan lagi. Anda tetap dapat mendengar.',
      cameraBusy: 'Kamera dipakai aplikasi lain. Tutup aplikasi itu, lalu nyalakan lagi. Anda tetap dapat bergabung dengan suara.',
      microphoneBusy: 'Mikrofon dipakai aplikasi lain. Tutup aplikasi itu, lalu nyalakan lagi. Anda tetap dapat mendengar.',
      cameraMissing: 'Kamera tidak ditemukan. Sambungkan kamera, atau bergabung dengan suara saja.',
      microphoneMissing: 'Mikrofon tidak ditemukan. Sambungkan mikrofon. Anda tetap dapat mendengar.',
      cameraFailed: 'Kamera tidak dapat dinyalakan. Coba lagi, atau bergabung dengan suara saja.',
      microphoneFailed: 'Mikrofon tidak dapat dinyalakan. Coba lagi. Anda tetap dapat mendengar.',
      insecure: 'Halaman ini dibuka tanpa HTTPS, sehingga peramban menutup kamera dan mikrofon. Buka lagi dengan alamat https://. Anda tetap dapat mendengar.',
    },
  },
  {
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
    noticeRead: (version: number, day: string) => `Attendance is recorded. Notice v${version}, read ${day}`,
    noticeAck: (button: string) => `By pressing ${button} you say that you have read it.`,
    noticeMore: 'Legal basis, how long, and your rights',
    noticeLost: 'The notice could not be loaded. Check your connection, then open it again.',
    problems: {
      cameraRefused:
        'The camera is not allowed. Press the lock icon beside the address, allow the camera, then turn it on again. You can still join with sound.',
      microphoneRefused:
        'The microphone is not allowed. Press the lock icon beside the address, allow the microphone, then turn it on again. You can still listen.',
      cameraBusy: 'Another application is using the camera. Close it, then turn the camera on again. You can still join with sound.',
      microphoneBusy: 'Another application is using the microphone. Close it, then turn the microphone on again. You can still listen.',
      cameraMissing: 'No camera was found. Connect one, or join with sound only.',
      microphoneMissing: 'No microphone was found. Connect one. You can still listen.',
      cameraFailed: 'The camera could not be started. Try again, or join with sound only.',
      microphoneFailed: 'The microphone could not be started. Try again. You can still listen.',
      insecure:
        'This page was opened without HTTPS, so the browser keeps camera and microphone closed. Open it again with an https:// address. You can still listen.',
    },
  },
);

/** The words in the language of the page at this moment. */
export const deviceWords = () => wordsIn(deviceDictionary, language());
