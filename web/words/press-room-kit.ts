// Words of the kit beside the stage.
import { dictionary } from '../platform/language.ts';

export const roomKitWords = dictionary(
  {
    title: 'Materi pers',
    loading: 'Memuat materi…',
    announced: (time: string) => `Materi terbit pukul ${time}.`,
    announcedDay: (day: string, time: string) => `Materi terbit ${day} pukul ${time}.`,
    byItself: 'Halaman ini memuatnya sendiri pada saat itu.',
    fetching: 'Waktunya tiba. Memuat…',
    none: 'Belum ada materi yang terbit.',
    failed: 'Materi belum dapat dimuat. Dicoba lagi sebentar lagi.',
    kinds: { siaran: 'Siaran pers', data: 'Data', foto: 'Foto', video: 'Video', rekaman: 'Rekaman' },
    pdf: 'PDF',
    all: (size: string) => `Unduh semua (ZIP, ${size})`,
    credit: (credit: string, licence: string | null) => `Foto: ${credit}${licence === null ? '' : `, lisensi ${licence}`}`,
    published: (time: string) => `terbit ${time}`,
    download: 'Unduh',
    photoOf: (title: string) => `Foto: ${title}`,
  },
  {
    title: 'Press kit',
    loading: 'Loading the kit…',
    announced: (time) => `The kit is published at ${time}.`,
    announcedDay: (day, time) => `The kit is published on ${day} at ${time}.`,
    byItself: 'This page loads it by itself then.',
    fetching: 'It is time. Loading…',
    none: 'Nothing is published yet.',
    failed: 'The kit could not be loaded yet. Trying again shortly.',
    kinds: { siaran: 'Release', data: 'Data', foto: 'Photo', video: 'Video', rekaman: 'Recording' },
    pdf: 'PDF',
    all: (size) => `Download all (ZIP, ${size})`,
    credit: (credit, licence) => `Photo: ${credit}${licence === null ? '' : `, licence ${licence}`}`,
    published: (time) => `published ${time}`,
    download: 'Download',
    photoOf: (title) => `Photo: ${title}`,
  },
);
