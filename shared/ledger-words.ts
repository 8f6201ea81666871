// What a check of the ledger can find, in words: of a command and of a screen alike. The only table.

/** Of a root, the number of the row is the number of the root. */
export const misfits = {
  content: ['isi baris ini tidak sama dengan isi ketika dicatat', 'the content of this row is not what was recorded'],
  missing: ['baris ini tidak ada lagi', 'this row is gone'],
  twice: ['nomor baris ini ada dua kali', 'this row number is there twice'],
  link: ['baris ini tidak menyambung ke baris sebelumnya', 'this row does not follow the row before it'],
  stream: ['baris ini milik aliran lain', 'this row belongs to another stream'],
  destroyed: ['isi baris ini dihapus tanpa berita acara pemusnahan', 'the content of this row was removed without a certificate of destruction'],
  tail: ['mulai baris ini, akhir aliran terpotong', 'from this row on the end of the stream was cut off'],
  head: ['sesudah baris ini, ujung aliran bukan yang tercatat', 'after this row the end of the stream is not the one on record'],
  headless: ['aliran ini tidak mempunyai ujung', 'this stream has no head'],
  rooted: ['aliran ini dikeluarkan dari akar', 'this stream was kept out of the roots'],
  book: ['buku ini bukan lagi tabel yang dijaga', 'this book is no longer the table that was guarded'],
  guard: ['pemicu penjaga buku ini mati', 'the triggers that guard this book are off'],
  root: ['akar ini tidak sesuai dengan baris yang dicakupnya', 'this root does not fit the rows it covers'],
  root_missing: ['akar ini tidak ada lagi', 'this root is gone'],
  anchor: ['akar ini tidak sama dengan yang dicatat di luar basis data', 'this root is not the one written down outside the database'],
  anchor_missing: [
    'akar ini dicatat di luar basis data, tetapi basis data tidak mengenalnya: akhir terpotong atau cadangan lama dipulihkan',
    'this root was written down outside the database, which does not know it: the end was cut off, or an old backup restored',
  ],
} as const satisfies Record<string, readonly [id: string, en: string]>;

export type Misfit = keyof typeof misfits;

/** The digits of a root as somebody typed them from paper; null when they are none. Of the 64, the first 16 are enough. */
export function readDigits(typed: string): string | null {
  const digits = typed.toLowerCase().replaceAll(/[^0-9a-z]/g, '');
  return /^[0-9a-f]{16,64}$/.test(digits) ? digits : null;
}
