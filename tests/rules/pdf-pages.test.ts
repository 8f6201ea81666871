// How many pages a PDF has, by its own words: in plain sight, packed, nested, or not to be known.
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pagesOf } from '../../server/room-record/pdf-pages.ts';
import { pagedPdf } from '../support/paged-pdf.ts';

const packed = (text: string): Buffer => {
  const bytes = deflateSync(Buffer.from(text, 'latin1'));
  return Buffer.concat([
    Buffer.from(`%PDF-1.7\n5 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length ${bytes.length} >>\nstream\r\n`),
    bytes,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
};

test('the largest of its page trees is the whole; counts of other things are not pages', () => {
  expect(pagesOf(pagedPdf(12, 100))).toBe(12);
  const nested =
    '1 0 obj << /Count 7 /Resources << /Type /X /Count 99 >> /Kids [2 0 R] /Type /Pages >> endobj 2 0 obj << /Type/Pages /Count 3 >> 3 0 obj << /Type /Outlines /Count 40 >>';
  expect(pagesOf(Buffer.from(nested))).toBe(7);
});
test('packed objects are opened', () => {
  expect(pagesOf(packed('1 0 2 60 << /Type /Catalog /Pages 2 0 R >> << /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>'))).toBe(2);
});
test('what cannot be known is not guessed', () => {
  expect(pagesOf(Buffer.from('%PDF-1.7 nothing here'))).toBeNull();
  expect(pagesOf(Buffer.from('<< /Type /Pages /Count 5 0 R >>'))).toBeNull();
  expect(pagesOf(Buffer.from('1 0 obj << /Type /ObjStm >> stream\nencrypted bytes\nendstream'))).toBeNull();
  expect(pagesOf(Buffer.from('<< /Type /Pages /Count 2 >> '.repeat(5_000)))).toBeNull();
});
