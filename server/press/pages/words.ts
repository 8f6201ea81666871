// The words of the public pages; English as its own text.
import type { ConferenceState, CrewRole } from '../../../shared/press.ts';
import type { Language } from '../../platform/refusal.ts';

type Words = {
  press: string;
  title: string;
  lead: (region: string) => string;
  other: string;
  otherTag: string;
  onAir: string;
  toCome: string;
  past: string;
  nothing: string;
  nothingHow: string;
  nothingToCome: string;
  calendar: string;
  feed: string;
  schedule: string;
  states: Record<Exclude<ConferenceState, 'draft'>, string>;
  when: string;
  where: string;
  online: string;
  heldBy: string;
  signer: string;
  withoutSigner: (reason: string) => string;
  about: string;
  who: string;
  roles: Record<Exclude<CrewRole, 'operator'>, string>;
  join: string;
  watch: string;
  watchOpens: string;
  watchNow: string;
  watchHow: string;
  ask: string;
  askHow: string;
  register: string;
  registerUntil: (when: string) => string;
  registerClosed: string;
  pass: string;
  passHow: string;
  keep: string;
  cancelled: string;
  ended: (when: string) => string;
  release: string;
  announcedFor: (when: string) => string;
  published: (when: string) => string;
  pdf: string;
  data: string;
  photos: string;
  videos: string;
  recording: string;
  zip: string;
  credit: string;
  log: string;
  logLead: string;
  logEmpty: string;
  logLater: string;
  answered: { oral: string; written: string; owed: string; refused: string; unanswered: string };
  atMinute: (at: string) => string;
  answeredBy: (names: string) => string;
  owedUntil: (day: string) => string;
  reason: string;
  note: string;
  missing: string;
  missingHow: string;
  broken: string;
  brokenHow: string;
  office: string;
};

export const words: Record<Language, Words> = {
  id: {
    press: 'Ruang pers',
    title: 'Konferensi pers',
    lead: (region) => `Jadwal konferensi pers ${region}. Siapa pun boleh menonton; jurnalis yang terdaftar dapat bertanya.`,
    other: 'English',
    otherTag: 'en',
    onAir: 'Sedang tayang',
    toCome: 'Akan datang',
    past: 'Sudah lewat',
    nothing: 'Belum ada konferensi pers yang diumumkan.',
    nothingHow: 'Berlangganan kalender atau RSS di bawah agar pengumuman berikutnya langsung sampai.',
    nothingToCome: 'Tidak ada yang dijadwalkan saat ini.',
    calendar: 'Kalender (ICS)',
    feed: 'RSS',
    schedule: 'Semua konferensi pers',
    states: {
      diumumkan: 'Diumumkan',
      registrasi: 'Pendaftaran jurnalis dibuka',
      ruang_tunggu: 'Segera dimulai',
      tayang: 'Sedang tayang',
      tanya_jawab: 'Sedang tayang: tanya jawab',
      selesai: 'Selesai',
      arsip: 'Selesai',
      dibatalkan: 'Dibatalkan',
    },
    when: 'Waktu',
    where: 'Tempat',
    online: 'Daring',
    heldBy: 'Penyelenggara',
    signer: 'Bahasa isyarat',
    withoutSigner: (reason) => `Tanpa juru bahasa isyarat: ${reason}`,
    about: 'Tentang konferensi ini',
    who: 'Yang hadir',
    roles: { narasumber: 'Narasumber', moderator: 'Moderator', jbi: 'Juru bahasa isyarat' },
    join: 'Cara mengikuti',
    watch: 'Menonton',
    watchOpens: 'Terbuka untuk siapa pun di peramban, tanpa akun. Gambar pertama muncul saat siaran dimulai.',
    watchNow: 'Terbuka untuk siapa pun di peramban, tanpa akun.',
    watchHow: 'Tonton siaran',
    ask: 'Bertanya',
    askHow: 'Jurnalis mendaftar dengan nama, media, dan surel. Meja pers memeriksa; yang diterima mendapat giliran bertanya.',
    register: 'Daftar sebagai jurnalis',
    registerUntil: (when) => `Pendaftaran ditutup ${when}.`,
    registerClosed: 'Pendaftaran jurnalis tidak dibuka saat ini. Menonton tidak memerlukan pendaftaran.',
    pass: 'Sudah terdaftar?',
    passHow: 'Buka tautan pribadi Anda (dari surel atau meja pers) di peramban ini.',
    keep: 'Simpan ke kalender',
    cancelled: 'Konferensi pers ini dibatalkan.',
    ended: (when) => `Berakhir ${when}.`,
    release: 'Siaran pers',
    announcedFor: (when) => `Siaran pers terbit ${when}.`,
    published: (when) => `Terbit ${when}`,
    pdf: 'Unduh PDF',
    data: 'Data',
    photos: 'Foto',
    videos: 'Video',
    recording: 'Rekaman',
    zip: 'Unduh semua (ZIP)',
    credit: 'Foto',
    log: 'Tanya jawab',
    logLead: 'Semua pertanyaan jurnalis dan jawabannya. Jawaban yang masih dijanjikan bertanggal.',
    logEmpty: 'Tidak ada pertanyaan yang diajukan.',
    logLater: 'Catatan tanya jawab terbit setelah konferensi berakhir.',
    answered: {
      oral: 'Dijawab lisan',
      written: 'Dijawab tertulis',
      owed: 'Jawaban dijanjikan',
      refused: 'Tidak diteruskan',
      unanswered: 'Tidak sempat dijawab',
    },
    atMinute: (at) => `menit ${at}`,
    answeredBy: (names) => `oleh ${names}`,
    owedUntil: (day) => `paling lambat ${day}`,
    reason: 'Alasan',
    note: 'Catatan',
    missing: 'Halaman ini tidak ada',
    missingHow: 'Alamatnya mungkin salah ketik, atau konferensi persnya belum diumumkan.',
    broken: 'Halaman ini sedang tidak dapat dibuat',
    brokenHow: 'Coba lagi sebentar lagi. Tidak ada yang hilang.',
    office: 'Masuk pegawai',
  },
  en: {
    press: 'Press room',
    title: 'Press conferences',
    lead: (region) => `Press conferences of ${region}. Anybody may watch; registered journalists may ask.`,
    other: 'Bahasa Indonesia',
    otherTag: 'id',
    onAir: 'On air now',
    toCome: 'To come',
    past: 'Past',
    nothing: 'No press conference has been announced yet.',
    nothingHow: 'Subscribe to the calendar or the RSS feed below, and the next announcement comes to you.',
    nothingToCome: 'Nothing is planned at the moment.',
    calendar: 'Calendar (ICS)',
    feed: 'RSS',
    schedule: 'All press conferences',
    states: {
      diumumkan: 'Announced',
      registrasi: 'Journalists may register',
      ruang_tunggu: 'About to begin',
      tayang: 'On air',
      tanya_jawab: 'On air: questions',
      selesai: 'Over',
      arsip: 'Over',
      dibatalkan: 'Called off',
    },
    when: 'When',
    where: 'Where',
    online: 'Online',
    heldBy: 'Held by',
    signer: 'Sign language',
    withoutSigner: (reason) => `Without a sign-language interpreter: ${reason}`,
    about: 'What it is about',
    who: 'Who takes part',
    roles: { narasumber: 'Speaker', moderator: 'Moderator', jbi: 'Sign-language interpreter' },
    join: 'How to follow',
    watch: 'Watching',
    watchOpens: 'Open to anybody in a browser, without an account. The first picture appears when it goes on air.',
    watchNow: 'Open to anybody in a browser, without an account.',
    watchHow: 'Watch',
    ask: 'Asking',
    askHow: 'Journalists register with name, outlet and e-mail. The press desk verifies them; those accepted get a turn.',
    register: 'Register as a journalist',
    registerUntil: (when) => `Registration closes ${when}.`,
    registerClosed: 'Registration of journalists is not open now. Watching needs none.',
    pass: 'Registered already?',
    passHow: 'Open your personal link (from your mail or the press desk) with this browser.',
    keep: 'Save to calendar',
    cancelled: 'This press conference has been called off.',
    ended: (when) => `Ended ${when}.`,
    release: 'Press release',
    announcedFor: (when) => `The press release is published ${when}.`,
    published: (when) => `Published ${when}`,
    pdf: 'Download PDF',
    data: 'Data',
    photos: 'Photographs',
    videos: 'Video',
    recording: 'Recording',
    zip: 'Download everything (ZIP)',
    credit: 'Photograph',
    log: 'Questions and answers',
    logLead: 'Every question of a journalist with its answer. Answers still owed carry a date.',
    logEmpty: 'No question was raised.',
    logLater: 'The question log is published after the end.',
    answered: { oral: 'Answered by word', written: 'Answered in writing', owed: 'Answer owed', refused: 'Not put', unanswered: 'No time was left for it' },
    atMinute: (at) => `at ${at}`,
    answeredBy: (names) => `by ${names}`,
    owedUntil: (day) => `by ${day} at the latest`,
    reason: 'Reason',
    note: 'Note',
    missing: 'There is no such page',
    missingHow: 'The address may be mistyped, or the press conference has not been announced yet.',
    broken: 'This page cannot be made right now',
    brokenHow: 'Try again in a moment. Nothing is lost.',
    office: 'Staff sign-in',
  },
};
