import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { FastifyBaseLogger } from 'fastify';
import { afterAll, expect, test } from 'vitest';
import { createLetters, qrSvg, type DaftarHadir } from '../../server/letters/index.ts';
import { createTypst, findEngine } from '../../server/letters/typst.ts';
import { Refusal } from '../../server/platform/refusal.ts';

const quiet = { error: () => {} } as unknown as FastifyBaseLogger;
const engine = findEngine();
const register = { routes: [] } as never;
const letters = createLetters({ log: quiet, origin: 'https://portal.example', register });
afterAll(() => letters.close());

const at = new Date('2026-11-23T03:25:00Z');
const paper = (rows: number, more: Partial<DaftarHadir> = {}): DaftarHadir => ({
  judul: 'Daftar Hadir',
  nomor: '005/DH/DINSOS/XI/2026',
  nomorLabel: 'Nomor 005/DH/DINSOS/XI/2026',
  daerah: 'Pemerintah Kota Uji',
  opd: 'Dinas Sosial',
  agenda: 'Rapat banjir',
  tanggalDokumen: [2026, 11, 23],
  perihal: [
    ['Agenda', 'Rapat banjir'],
    ['Pukul', '09.00 – 10.20 WIB'],
  ],
  baris: Array.from({ length: rows }, (_, n) => ({
    no: String(n + 1),
    nama: `Peserta Nomor ${n + 1}`,
    nip: '198001032005011703',
    jabatan: 'Pengelola Data',
    opd: 'Dinas Sosial',
    masuk: '09.01',
    keluar: '10.20',
    menit: '79',
    cara: 'daring',
    status: 'hadir',
    catatan: null,
  })),
  ringkasan: `Diundang ${rows} orang.`,
  keterangan: ['Waktu dalam WIB.'],
  koreksi: { judul: 'Koreksi sesudah final', kepala: [], baris: [] },
  kode: '7K3M-QX9T-2WHB-P4RD',
  sidikJari: '9f86d081884c7d65',
  akar: `Akar buku bukti #57 · 23 November 2026 · ${'ab12 '.repeat(16).trim()}`,
  alamat: letters.verificationUrl('7K3M-QX9T-2WHB-P4RD'),
  alamatTampil: 'https://portal.example/v/',
  catatan: 'Dikunci.',
  ditetapkan: 'Ditetapkan pada 23 November 2026',
  jabatanPimpinan: 'Kepala Dinas Sosial',
  pimpinan: 'Hartini Kepaladinas',
  nipPimpinan: '198001022005011701',
  ...more,
});

async function pagesOf(pdf: Buffer): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let n = 1; n <= document.numPages; n += 1) {
    const { items } = await (await document.getPage(n)).getTextContent();
    pages.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join(' ')
        .replace(/\s+/g, ' '),
    );
  }
  return pages;
}

test.runIf(engine)('a long list repeats its header and counts its pages', async () => {
  const pages = await pagesOf(await letters.pdf('daftar-hadir', paper(60), at));
  expect(pages.length).toBeGreaterThan(1);
  for (const [n, page] of pages.entries()) {
    expect(page).toContain('Nama / NIP');
    expect(page).toContain(`Halaman ${n + 1} dari ${pages.length}`);
  }
  expect(pages[0]).toContain('PEMERINTAH KOTA UJI');
  expect(pages.join(' ')).toContain('Peserta Nomor 60 198001032005011703');
  expect(pages.at(-1)).toContain('Hartini Kepaladinas NIP 198001022005011701');
  expect(pages.at(-1)).toContain('7K3M-QX9T-2WHB-P4RD');
});

test.runIf(engine)('the paper is tagged, fit for the archive, and the same file every time', async () => {
  const [first, second] = [await letters.pdf('daftar-hadir', paper(3), at), await letters.pdf('daftar-hadir', paper(3), at)];
  const text = first.toString('latin1');
  expect(text).toContain('/StructTreeRoot');
  expect(text).toMatch(/pdfaid:part>2</);
  expect(text).toMatch(/pdfaid:conformance>A</);
  expect(second.equals(first)).toBe(true);
});

test.runIf(engine)('the template keeps the rules for screen readers too (PDF/UA-1)', async () => {
  const { readFile } = await import('node:fs/promises');
  const template = await readFile(new URL('../../server/letters/daftar-hadir.typ', import.meta.url), 'utf8');
  const typst = createTypst(engine ?? '');
  try {
    const pdf = await typst.compile({ template, inputs: { data: JSON.stringify(paper(3)), qr: qrSvg('x') }, at, standard: 'ua-1' });
    expect(pdf.toString('latin1')).toMatch(/pdfuaid:part>1</);
  } finally {
    await typst.close();
  }
});

test.runIf(engine)('what people are called is text, never a command of the layout', async () => {
  const nama = '#panic("x") $a$ *b* <script> \\ @foo "kutip"';
  const [page] = await pagesOf(await letters.pdf('daftar-hadir', paper(1, { baris: [{ ...paper(1).baris[0]!, nama }] }), at));
  expect(page).toContain('#panic("x") $a$ *b* <script> \\ @foo "kutip"');
});

test.runIf(engine)('a document that fails does not stop the next one, and a killed child is replaced', async () => {
  const typst = createTypst(engine ?? '', { renewAfter: 2 });
  const small = (text: string) =>
    typst.compile({ template: `#set document(title: "x", date: datetime(year: 2026, month: 1, day: 1))\n${text}`, inputs: {}, at });
  try {
    const [bad, good] = await Promise.allSettled([small('#panic("gagal")'), small('baik')]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: '0: panicked with: "gagal"' } });
    expect(good.status).toBe('fulfilled');
    const before = typst.pid();
    await small('ketiga');
    expect(typst.pid()).not.toBe(before);
    process.kill(typst.pid() ?? 0, 'SIGKILL');
    await expect(Promise.all([small('keempat'), small('kelima')])).resolves.toHaveLength(2);
  } finally {
    await typst.close();
  }
});

test.runIf(engine)('a document that takes too long is given up, and the next one is made', async () => {
  const typst = createTypst(engine ?? '', { documentMs: 1_500 });
  try {
    await expect(
      typst.compile({ template: '#let n = 0\n#for i in range(9000) { for j in range(9000) { n += calc.sin(j) } }', inputs: {}, at }),
    ).rejects.toThrow('too long');
    await expect(
      typst.compile({ template: '#set document(title: "x", date: datetime(year: 2026, month: 1, day: 1))\nbaik', inputs: {}, at }),
    ).resolves.toBeInstanceOf(Buffer);
  } finally {
    await typst.close();
  }
});

test('on a machine without the engine the portal says so', async () => {
  const without = createLetters({ log: quiet, origin: 'https://portal.example', register, engine: null });
  expect(without.available).toBe(false);
  await expect(without.pdf('daftar-hadir', paper(1), at)).rejects.toThrow(new Refusal('pdf.unavailable'));
});
