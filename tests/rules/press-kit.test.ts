import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withWords } from '../../server/platform/exif.ts';
import { distinct } from '../../server/press/kit/bundle.ts';
import { savedName } from '../../server/platform/file-name.ts';
import { accepted, announcedFor, isVisible } from '../../server/press/kit/rule.ts';
import { isWhatItSays } from '../../server/platform/sniff.ts';
import { isKnown, spanOf } from '../../server/platform/ranged.ts';
import { refusalOf } from '../support/refusal.ts';

const T = new Date('2026-11-23T03:30:00Z');
const item = { embargoAt: null, withdrawn: false, whole: true };
const on = { state: 'tayang' as const };
const before = new Date(T.getTime() - 1);

describe('the embargo', () => {
  test('the photo is not there at 10.29.59 and is there at 10.30.00', () => {
    expect(isVisible(item, { embargoAt: T }, on, new Date(T.getTime() - 1000))).toBe(false);
    expect(isVisible(item, { embargoAt: T }, on, before)).toBe(false);
    expect(isVisible(item, { embargoAt: T }, on, T)).toBe(true);
  });
  test('without T nothing is published, whatever an item says of itself', () => {
    expect(isVisible({ ...item, embargoAt: before }, { embargoAt: null }, on, T)).toBe(false);
  });
  test('an item may have its own time, earlier or later', () => {
    const later = new Date(T.getTime() + 3_600_000);
    expect(isVisible({ ...item, embargoAt: later }, { embargoAt: T }, on, T)).toBe(false);
    expect(isVisible({ ...item, embargoAt: before }, { embargoAt: T }, on, before)).toBe(true);
  });
  test('withdrawn, without its file, of a draft or of a conference that was called off: not there', () => {
    expect(isVisible({ ...item, withdrawn: true }, { embargoAt: T }, on, T)).toBe(false);
    expect(isVisible({ ...item, whole: false }, { embargoAt: T }, on, T)).toBe(false);
    expect(isVisible(item, { embargoAt: T }, { state: 'draft' }, T)).toBe(false);
    expect(isVisible(item, { embargoAt: T }, { state: 'dibatalkan' }, T)).toBe(false);
  });
  test('T is named only when it was announced, and only until it comes', () => {
    expect(announcedFor({ embargoAt: T, announced: true }, on, before)).toEqual(T);
    expect(announcedFor({ embargoAt: T, announced: false }, on, before)).toBeNull();
    expect(announcedFor({ embargoAt: T, announced: true }, on, T)).toBeNull();
    expect(announcedFor({ embargoAt: T, announced: true }, { state: 'draft' }, before)).toBeNull();
  });
});

describe('a range of bytes', () => {
  test.each([
    ['bytes=0-499', { from: 0, to: 500 }],
    ['bytes=500-', { from: 500, to: 1000 }],
    ['bytes=-200', { from: 800, to: 1000 }],
    ['bytes=-5000', { from: 0, to: 1000 }],
    ['bytes=999-999', { from: 999, to: 1000 }],
    ['bytes=0-99999', { from: 0, to: 1000 }],
    ['bytes=1000-', 'outside'],
    ['bytes=-0', 'outside'],
    ['bytes=5-2', null],
    ['bytes=0-1,5-9', null],
    ['bytes=-', null],
    ['lines=0-1', null],
    [undefined, null],
  ] as const)('%s of a thousand', (header, expected) => {
    expect(spanOf(header, 1000)).toEqual(expected);
  });
  test('never leaves the file', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1 }), (first, last, size) => {
        const span = spanOf(`bytes=${first}-${last}`, size);
        if (span === null || span === 'outside') return;
        expect(span.from).toBeGreaterThanOrEqual(0);
        expect(span.to).toBeGreaterThan(span.from);
        expect(span.to).toBeLessThanOrEqual(size);
      }),
    );
  });
  test('a known tag is known among others, weak, or as a star', () => {
    expect(isKnown('"a", W/"b"', '"b"')).toBe(true);
    expect(isKnown('*', '"b"')).toBe(true);
    expect(isKnown('"bb"', '"b"')).toBe(false);
  });
});

describe('names of files', () => {
  test.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['..\\..\\windows\\x.pdf', 'x.pdf'],
    ['C:\\data\\Laporan akhir.PDF', 'Laporan-akhir.pdf'],
    ['%2e%2e%2fx.pdf', '2e-2e-2fx.pdf'],
    ['foto\u202Egpj.exe.pdf', 'foto-gpj-exe.pdf'],
    ['CON.pdf', 'berkas-CON.pdf'],
    ['thumb.pdf', 'berkas-thumb.pdf'],
    ['.pdf', 'berkas.pdf'],
    ['résumé "akhir"; x\r\n.pdf', 'resume-akhir-x.pdf'],
    [`${'a'.repeat(300)}.pdf`, `${'a'.repeat(80)}.pdf`],
  ])('%s is saved as %s', (name, expected) => {
    expect(savedName(name, 'pdf')).toBe(expected);
  });
  test('whatever anybody calls it, it is a plain name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(savedName(name, 'pdf')).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]{0,86}\.pdf$/);
      }),
    );
  });
  test('two of one name in one zip are told apart', () => {
    expect(distinct(['foto/a.jpg', 'foto/A.jpg', 'foto/a.jpg', 'data/a.jpg'])).toEqual(['foto/a.jpg', 'foto/A-2.jpg', 'foto/a-3.jpg', 'data/a.jpg']);
  });
});

describe('what is accepted', () => {
  test('by the ending and the type together', () => {
    expect(accepted('data', { name: 'a.csv', type: 'application/vnd.ms-excel', size: 9 }).type).toBe('text/csv');
    expect(accepted('foto', { name: 'a.JPEG', type: 'image/jpeg', size: 9 })).toEqual({ name: 'a.jpg', type: 'image/jpeg' });
    expect(accepted('data', { name: 'a.pdf', type: '', size: 9 }).type).toBe('application/pdf');
  });
  test.each([
    ['foto', 'logo.svg', 'image/svg+xml'],
    ['data', 'page.html', 'text/html'],
    ['data', 'a.pdf', 'text/html'],
    ['data', 'makro.xlsm', 'application/vnd.ms-excel.sheet.macroEnabled.12'],
    ['siaran', 'a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['video', 'a.exe', 'video/mp4'],
    ['data', 'tanpaakhiran', 'application/pdf'],
  ] as const)('%s refuses %s (%s)', (kind, name, type) => {
    expect(refusalOf(() => accepted(kind, { name, type, size: 9 }))).toBe('kit.file_type');
  });
  test('a photo of 41 MiB is too large', () => {
    expect(refusalOf(() => accepted('foto', { name: 'a.jpg', type: 'image/jpeg', size: 41 * 1024 * 1024 }))).toBe('kit.file_large');
  });
  const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const zip = (...names: string[]): Buffer => Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), randomBytes(30), Buffer.from(names.join('\0'))]);
  test.each([
    ['application/pdf', Buffer.from('<html><script>alert(1)</script>'), false],
    ['application/pdf', Buffer.from('%PDF-1.7\n<script>alert(1)</script>'), false],
    ['application/pdf', Buffer.from('MZ%PDF-1.7'), false],
    ['application/pdf', Buffer.from('%PDF-1.7\n1 0 obj'), true],
    ['text/csv', Buffer.from('<svg onload=alert(1)>'), false],
    ['text/csv', Buffer.from('a;b\n\0\x01'), false],
    ['text/csv', Buffer.from([0x61, 0xe9, 0x3b]), false],
    ['text/csv', Buffer.from('\uFEFFnama;jumlah\nKéc;1'), true],
    ['application/json', Buffer.from('{"a":1}'), true],
    ['application/json', Buffer.from('alert(1)'), false],
    ['video/mp4', Buffer.from('\0\0\0\x18ftypisom', 'latin1'), true],
    ['video/mp4', Buffer.from('GIF89a<script>'), false],
    [sheet, zip('[Content_Types].xml', 'xl/workbook.xml'), true],
    [sheet, zip('[Content_Types].xml', 'xl/workbook.xml', 'xl/vbaProject.bin'), false],
    [sheet, zip('word/document.xml'), false],
    ['image/svg+xml', Buffer.from('<svg/>'), false],
  ])('%s that begins with %s', (type, bytes, expected) => {
    expect(isWhatItSays(type, bytes, bytes)).toBe(expected);
  });
});

test('words are put into a photo in place of those that were there, and the picture stays as it is', () => {
  const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xe1, 0, 6, 9, 9, 9, 9, 0xff, 0xda, 0, 2, 7, 7, 7, 0xff, 0xd9]);
  const once = withWords(picture, { caption: 'Ket', credit: 'K', licence: 'CC BY 4.0' });
  const again = withWords(once, { caption: 'Lain', credit: 'Humas', licence: 'CC0' });
  expect(again.includes('Ket')).toBe(false);
  expect(again.includes('Humas')).toBe(true);
  const rest = Buffer.concat([picture.subarray(2, 8), picture.subarray(16)]);
  expect(again.subarray(-rest.length)).toEqual(rest);
});
