// What the portal itself says of a conference, in both languages: states in a refusal, and what siap tayang saw.
import type { CheckName, ConferenceState } from '../../shared/press.ts';
import type { Language } from '../platform/refusal.ts';
import type { Finding } from './checks.ts';

const STATES: Record<Language, Record<ConferenceState, string>> = {
  id: {
    draft: 'draf',
    diumumkan: 'diumumkan',
    registrasi: 'registrasi',
    ruang_tunggu: 'ruang tunggu',
    tayang: 'tayang',
    tanya_jawab: 'tanya jawab',
    selesai: 'selesai',
    arsip: 'diarsipkan',
    dibatalkan: 'dibatalkan',
  },
  en: {
    draft: 'a draft',
    diumumkan: 'announced',
    registrasi: 'registration',
    ruang_tunggu: 'the green room',
    tayang: 'on air',
    tanya_jawab: 'questions and answers',
    selesai: 'over',
    arsip: 'in the archive',
    dibatalkan: 'cancelled',
  },
};
export const stateText = (state: ConferenceState, language: Language): string => STATES[language][state];
export const nextText = (states: readonly ConferenceState[], language: Language): string =>
  states.map((state) => stateText(state, language)).join(language === 'id' ? ' atau ' : ' or ') || (language === 'id' ? 'tidak ada' : 'none');

const NAMES: Record<Language, Record<CheckName, string>> = {
  id: {
    media: 'server media',
    moderator: 'moderator',
    narasumber: 'narasumber',
    jbi: 'juru bahasa isyarat',
    suara: 'suara atau gambar',
    rekaman: 'rekaman',
    siaran: 'siaran',
    registrasi: 'pendaftaran',
    materi: 'materi pers',
  },
  en: {
    media: 'media server',
    moderator: 'moderator',
    narasumber: 'speaker',
    jbi: 'sign-language interpreter',
    suara: 'sound or picture',
    rekaman: 'recording',
    siaran: 'stream',
    registrasi: 'registrations',
    materi: 'press kit',
  },
};
export const checkName = (name: CheckName, language: Language): string => NAMES[language][name];

const SEEN: Record<Language, Record<CheckName, Record<string, string>>> = {
  id: {
    media: { ready: 'Server media siap.', away: 'Server media tidak menjawab.' },
    moderator: {
      inside: 'Moderator di ruang tunggu.',
      outside: 'Moderator belum di ruang tunggu.',
      unlisted: 'Belum ada moderator. Tambahkan pada petugas.',
    },
    narasumber: {
      inside: '{count} narasumber di ruang tunggu.',
      outside: 'Narasumber belum di ruang tunggu.',
      unlisted: 'Belum ada narasumber. Tambahkan pada petugas.',
    },
    jbi: {
      inside: 'Juru bahasa isyarat di ruang tunggu.',
      outside: 'Juru bahasa isyarat belum di ruang tunggu.',
      unlisted: 'Belum ada juru bahasa isyarat. Tambahkan pada petugas.',
    },
    suara: {
      heard: 'Mikrofon narasumber atau kamera juru bahasa isyarat sudah menyala.',
      silent: 'Belum ada mikrofon atau kamera yang menyala. Minta narasumber menyalakan mikrofon.',
      unknown: 'Belum diketahui: server media tidak menjawab.',
    },
    rekaman: { said: 'Rekaman sudah dipastikan.', open: 'Pastikan rekaman berjalan, lalu tandai.' },
    siaran: { said: 'Siaran ke luar sudah dipastikan.', open: 'Pastikan siaran ke luar berjalan, lalu tandai.' },
    registrasi: { none: 'Tidak ada pendaftar yang menunggu.', waiting: '{count} pendaftar menunggu keputusan meja pers.' },
    materi: {
      there: 'Materi pers sudah ada.',
      none: 'Dinyatakan tanpa materi pers.',
      open: 'Belum ada materi pers. Unggah, atau nyatakan tanpa materi.',
    },
  },
  en: {
    media: { ready: 'The media server is ready.', away: 'The media server does not answer.' },
    moderator: {
      inside: 'The moderator is in the green room.',
      outside: 'The moderator is not in the green room yet.',
      unlisted: 'There is no moderator yet. Add one to the crew.',
    },
    narasumber: {
      inside: 'Speakers in the green room: {count}.',
      outside: 'No speaker is in the green room yet.',
      unlisted: 'There is no speaker yet. Add one to the crew.',
    },
    jbi: {
      inside: 'The sign-language interpreter is in the green room.',
      outside: 'The sign-language interpreter is not in the green room yet.',
      unlisted: 'There is no sign-language interpreter yet. Add one to the crew.',
    },
    suara: {
      heard: 'A speaker’s microphone or the interpreter’s camera is on.',
      silent: 'No microphone or camera is on yet. Ask a speaker to switch the microphone on.',
      unknown: 'Not known yet: the media server does not answer.',
    },
    rekaman: { said: 'The recording was confirmed.', open: 'Make sure the recording runs, then tick it.' },
    siaran: { said: 'The stream was confirmed.', open: 'Make sure the stream runs, then tick it.' },
    registrasi: { none: 'Nobody waits at the press desk.', waiting: 'Registrations waiting at the press desk: {count}.' },
    materi: {
      there: 'There is a press kit.',
      none: 'Said to be without a press kit.',
      open: 'There is no press kit yet. Upload one, or say that there is none.',
    },
  },
};
export const seenText = ({ name, seen, count }: Pick<Finding, 'name' | 'seen' | 'count'>, language: Language): string =>
  (SEEN[language][name][seen] ?? '').replace('{count}', String(count));
