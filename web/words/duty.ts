// Words of who is on duty.
import { dictionary } from '../platform/language.ts';

export const dutyWords = dictionary(
  {
    title: 'Piket sekarang',
    under: (n: number, of: number) => `${n} dari ${of} OPD ada yang piket sekarang.`,
    find: 'Cari OPD atau nama',
    found: (n: number) => `${n} OPD`,
    nobody: 'Tidak ada yang piket sekarang.',
    notFound: 'Tidak ada OPD atau nama seperti itu.',
    next: 'Berikutnya',
    until: (time: string) => `sampai ${time}`,
    wholeDay: 'sepanjang hari',
    reachable: 'Terjangkau sekarang',
    unreachable: 'Belum terjangkau portal',
    call: 'Panggil',
    howToCall: 'Panggilan mendesak dilakukan pimpinan OPD atau yang diberi mandat.',
  },
  {
    title: 'On duty now',
    under: (n, of) => `${n} of ${of} OPDs have somebody on duty now.`,
    find: 'Find an OPD or a name',
    found: (n) => `${n} OPDs`,
    nobody: 'Nobody is on duty now.',
    notFound: 'No OPD and no name like that.',
    next: 'Next',
    until: (time) => `until ${time}`,
    wholeDay: 'all day',
    reachable: 'Can be reached now',
    unreachable: 'The portal cannot reach them yet',
    call: 'Call',
    howToCall: 'Urgent calls are placed by the head of an OPD or whoever holds a mandate.',
  },
);
