// A circular is entered by somebody new to it, on a phone; and a figure of Beranda leads to whom it counts.
import { afterAll, beforeAll, test } from 'vitest';
import { see } from '../support/see.ts';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage.close());

const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
const paper = (buffer: Buffer) => ({ name: 'edaran.pdf', mimeType: 'application/pdf', buffer });

test('BKD enters a circular with two rules for one agency; a file that is no PDF is sent again, and the page says for whom it holds', async () => {
  const { page } = await stage.signsIn('BKD', { viewport: { width: 360, height: 740 } });
  await page.goto('/kebijakan');
  await page.getByRole('link', { name: 'Catat kebijakan' }).click();
  await page.getByLabel('Nomor', { exact: true }).fill('SE 800/500/2026');
  await page.getByLabel('Diterbitkan oleh').fill('Wali Kota Tirtamaya');
  await page.getByLabel('Tentang').fill('Jam belajar bergilir');
  await page.locator('input[type=file]').setInputFiles(paper(Buffer.from('bukan surat')));
  await page.getByRole('button', { name: 'Tambah aturan' }).click();
  await page.getByRole('button', { name: 'Tambah aturan' }).click();
  const [first, second] = [page.getByRole('group', { name: 'Aturan 1' }), page.getByRole('group', { name: 'Aturan 2' })];
  await first.getByLabel('Paling banyak (%)').fill('60');
  await second.getByLabel('Jenis aturan').selectOption({ label: 'Batas hari WFH' });
  await second.getByLabel('Paling banyak (hari)').fill('1');
  await see(second.getByText('Paling banyak 1 hari WFH dari Senin sampai Minggu.')).toBeVisible();
  for (const rule of [first, second]) {
    await rule.getByLabel('Berlaku di unit').selectOption({ label: 'Dinas Pendidikan' });
    await rule.getByLabel('Bunyi dasarnya').fill('angka 2');
  }
  await page.getByRole('button', { name: 'Simpan kebijakan' }).click();
  await see(page.getByText('Kebijakan sudah tersimpan; berkasnya belum.')).toBeVisible();
  await page.locator('input[type=file]').setInputFiles(paper(PDF));
  await see(page.getByRole('heading', { name: 'SE 800/500/2026' })).toBeVisible();
  await see(page.getByText('edaran.pdf').first()).toBeVisible();
  const row = page.getByRole('row', { name: /Dinas Pendidikan/ });
  await see(row.getByText('semua 7 pegawai')).toHaveCount(2);
});

test('the head presses a figure of Beranda and stands before those whom it counts', async () => {
  const { page } = await stage.signsIn('Kepala Dinas Sosial', { viewport: { width: 1366, height: 768 } });
  await page.goto('/');
  const figure = page.getByRole('link', { name: /cuti, sakit, DL$/ });
  const count = Number.parseInt((await figure.textContent()) ?? '', 10);
  await figure.click();
  await see(page.getByRole('radio', { name: `Cuti, sakit, DL ${count}` })).toBeChecked();
  await see(page.getByRole('main').getByRole('table').last().getByRole('row')).toHaveCount(count + 1);
});
