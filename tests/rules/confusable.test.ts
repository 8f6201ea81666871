import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOdd, likenessTo, shownName, wordsOf, type Official } from '../../server/lobby/confusable.ts';

const officials: readonly Official[] = [
  { name: 'Dra. Hartini Kepaladinas, M.Si.', title: 'Kepala Dinas Sosial' },
  { name: 'H. Wahyu Pratama, S.E., M.M.', title: 'Kepala Dinas Kesehatan' },
  { name: 'Drs. Bambang Sutrisno', title: 'Sekretaris Daerah' },
  { name: 'Ernawati Lestari', title: 'Kepala Badan Kepegawaian' },
];
const like = likenessTo(officials);

/** As somebody would write who wants to be taken for another. */
const spoofs: readonly [string, string][] = [
  ...[
    'Hartini Kepaladinas',
    'hartini kepaladinas',
    'HARTINI KEPALADINAS',
    '  Hartini   Kepaladinas  ',
    'Kepaladinas Hartini',
    'Dra. Hartini Kepaladinas',
    'Hj. Hartini Kepaladinas, S.Sos., M.Si.',
    'Ibu Hartini Kepaladinas',
    'Наrtini Kepaladinas',
    'Hаrtini Kераlаdinаѕ',
    'Ηartini Κepaladinas',
    'Ｈａｒｔｉｎｉ Ｋｅｐａｌａｄｉｎａｓ',
    '𝐇𝐚𝐫𝐭𝐢𝐧𝐢 𝐊𝐞𝐩𝐚𝐥𝐚𝐝𝐢𝐧𝐚𝐬',
    '𝓗𝓪𝓻𝓽𝓲𝓷𝓲 𝓚𝓮𝓹𝓪𝓵𝓪𝓭𝓲𝓷𝓪𝓼',
    'Ⓗⓐⓡⓣⓘⓝⓘ Ⓚⓔⓟⓐⓛⓐⓓⓘⓝⓐⓢ',
    'Har\u200Btini Kepala\u200Bdinas',
    'Har\u00ADtini Kepaladinas',
    '\uFEFFHartini Kepaladinas',
    'Hartini\u00A0Kepaladinas',
    'Hart1ni Kepaladinas',
    'Hartini Kepa1adinas',
    'Hartlni Kepaladinas',
    'Hartini K3paladinas',
    'H4rt1n1 K3p4l4d1n4s',
    'Hartíni Kepaladinas',
    'Hártíní Képáládínás',
    'Hartini  Kepaladinnas',
    'Harttini Kepaladinas',
    'H a r t i n i K e p a l a d i n a s',
    'HartiniKepaladinas',
    'H.a.r.t.i.n.i Kepaladinas',
    'Hartini-Kepaladinas',
    'Hartini_Kepaladinas',
    'Hartini Kepaladinas ✅',
    'Hartini Kepaladinas (DKIS)',
    'Hartini Kepaladinas Pribadi',
    'H@rtini Kep@l@din@s',
    'Hart|ni Kepaladinas',
    'ʜᴀʀᴛɪɴɪ ᴋᴇᴘᴀʟᴀᴅɪɴᴀꜱ',
  ].map((name): [string, string] => [name, 'Kepala Dinas Sosial']),
  ...['Wahyu Pratama', 'Wahyu Prαtamα', 'VVahyu Pratama', 'Pratama, Wahyu', 'Pak Wahyu Pratama', 'Wаhуu Рrаtаmа'].map((name): [string, string] => [
    name,
    'Kepala Dinas Kesehatan',
  ]),
  ...['Ernawati Lestari', 'Emawati Lestari', 'ERNAWATI LE5TARI'].map((name): [string, string] => [name, 'Kepala Badan Kepegawaian']),
  ['Wali Kota', 'Wali Kota'],
  ['Walikota Uji', 'Wali Kota'],
  ['Ԝali Κota', 'Wali Kota'],
  ['Wakil Wali Kota', 'Wakil Wali Kota'],
  ['Sekda', 'Sekda'],
  ['Sekda Kota', 'Sekda'],
  ['S3kda', 'Sekda'],
  ['Ѕеkdа', 'Sekda'],
  ['S e k d a', 'Sekda'],
  ['Kepala Dinas Sosial', 'Kepala Dinas Sosial'],
  ['Kadis Sosial', 'Kadis'],
  ['Вupati', 'Bupati'],
  ['Bupatі', 'Bupati'],
  ['Pak Camat', 'Camat'],
  ['Operator DKIS', 'Operator'],
  ['Admin Portal', 'Admin Portal'],
  ['✅ Resmi', 'Resmi'],
  ['Bapak Gubernur', 'Gubernur'],
  ['Sekretaris Daerah', 'Sekretaris Daerah'],
];

test.each(spoofs.map(([name, of]) => ({ name, of })))('$name is told to be like $of', ({ name, of }) => {
  expect(like(name)?.of).toBe(of);
});

const FIRST =
  'Agus Ani Arif Asep Ayu Bagus Bayu Budi Cahya Citra Dadan Deni Desi Dewi Dian Dimas Dina Eko Elis Endang Euis Fajar Fitri Galih Hadi Hani Hendra Heri Ida Iin Indah Irfan Iwan Jajang Joko Kartika Lilis Lina Maman Mega Nanda Neneng Nia Nur Putri Rahmat Rina Rudi Sari Siti'.split(
    ' ',
  );
const LAST = 'Anggraini Firmansyah Gunawan Hidayat Kurniawan Maulana Nugraha Permana Rahayu Saputra'.split(' ');
const ordinary = FIRST.flatMap((first) => LAST.map((last) => `${first} ${last}`));

test('five hundred ordinary names are like nobody, however they are dressed', () => {
  expect(ordinary).toHaveLength(500);
  const dress = (name: string, i: number): string => [name, `${name}, S.E.`, `H. ${name}`, `Drs. ${name}, M.Si.`, `Ibu ${name}`][i % 5]!;
  expect(ordinary.map(dress).filter((name) => like(name) !== null)).toEqual([]);
});

test('one name in common, or a name within another, is nobody yet', () => {
  for (const name of [
    'Hartini',
    'Hartini Rahayu',
    'Wahyu',
    'Wahyu Hidayat',
    'Bambang Sutrisna Jaya',
    'Ernawati',
    'Lestari Dewi',
    'Rahmat',
    'Dinas',
    'Sosial Rahayu',
  ])
    expect([name, like(name)]).toEqual([name, null]);
});

const disguise: Record<string, readonly string[]> = {
  a: ['а', 'ａ', 'á', '4', 'ᴀ'],
  e: ['е', 'ｅ', 'é', '3'],
  i: ['і', 'ｉ', 'í', '1', 'l'],
  o: ['о', 'ο', 'ｏ', '0'],
  s: ['ѕ', 'ｓ', '5'],
  p: ['р', 'ｐ'],
  u: ['υ', 'ｕ'],
};
const spelling = (name: string) =>
  fc
    .tuple(...Array.from(name, (letter) => fc.constantFrom(letter, letter.toUpperCase(), `${letter}\u200B`, ...(disguise[letter.toLowerCase()] ?? []))))
    .map((letters) => letters.join(''));

test('a name that is read as the same folds to the same, in whatever letters it is drawn', () => {
  for (const { name, title } of officials) {
    const bare = name.replace(/^(Dra|Drs|H)\. /, '').split(',')[0]!;
    fc.assert(
      fc.property(spelling(bare), fc.boolean(), (drawn, turned) => {
        const written = turned ? drawn.split(' ').toReversed().join('  ') : drawn;
        expect(wordsOf(written).toSorted()).toEqual(wordsOf(bare).toSorted());
        expect(like(written)).toEqual({ kind: 'nama', of: title });
      }),
      { numRuns: 200 },
    );
  }
});

test('no text makes the rule fail, and folding what is folded changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
      like(text);
      const shown = shownName(text);
      if (shown !== null) expect(shownName(shown)).toBe(shown);
      const words = wordsOf(text);
      expect(wordsOf(words.join(' '))).toEqual(words.filter(Boolean));
    }),
    { numRuns: 500 },
  );
});

test('what is shown has no badge, no hidden sign and no tower of accents; what turns the writing round, or is nothing to read, is refused', () => {
  expect(shownName('✅ Resmi 🇮🇩')).toBe('Resmi');
  expect(shownName('Ani ⭐️👑 Rahayu')).toBe('Ani Rahayu');
  expect(shownName('Ani\u200B\u200D Rahayu\uFE0F')).toBe('Ani Rahayu');
  expect(shownName(`A${'\u0301'.repeat(50)}ni`)?.length).toBeLessThan(8);
  expect(shownName('Ani\nRahayu')).toBe('Ani Rahayu');
  expect(shownName("Nur'aini d'Arc-Siti S.E.")).toBe("Nur'aini d'Arc-Siti S.E.");
  for (const nothing of ['', '   ', '\u200B\u200B', '✅✅', '123', '\u202Einitraн', 'Ani\u2066x', '\u3164\u3164', 'x'.repeat(81)])
    expect([nothing, shownName(nothing)]).toEqual([nothing, null]);
});

test('hidden signs and other scripts are odd; accents and apostrophes are not', () => {
  expect(['Ani Rahayu', "Nur'aini", 'José Müller', 'Siti-Aminah, S.E.'].filter(isOdd)).toEqual([]);
  expect(['Аni', 'Ani\u200B', 'Ａｎｉ', 'Ani Рahayu'].filter((name) => !isOdd(name))).toEqual([]);
});
