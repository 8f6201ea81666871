// The end of a month: who was how, a copy with its purpose, and the file for SIHadir that goes out once.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { see } from '../support/see.ts';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage.close());

test('the admin reads last month, opens one person, and takes a copy that names its purpose', async () => {
  const { page } = await stage.signsIn('Admin OPD Dinas Sosial', { viewport: { width: 1366, height: 768 } });
  await page.goto('/presensi');
  await page.getByRole('link', { name: 'Rekap', exact: true }).click();
  await page.getByRole('button', { name: 'Bulan sebelumnya' }).click();
  await page.getByRole('button', { name: /^Buka rekap Nugraha/ }).click();
  await see(page.getByRole('region', { name: 'Hari demi hari' }).getByText('sesuai catatan').first()).toBeVisible();
  await page.getByRole('link', { name: 'Ke daftar OPD' }).click();
  await page.getByRole('button', { name: 'Unduh rekap' }).click();
  await page.getByRole('button', { name: 'Unduh CSV' }).click();
  await see(page.getByText('Tuliskan keperluannya, sedikitnya 3 huruf.')).toBeVisible();
  await page.getByLabel('Keperluan').fill('Laporan bulanan');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Unduh CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv.trim().split('\r\n')).toHaveLength(9);
  expect(csv).toMatch(/'\d{18},/);
  stage.expectCleanPages();
});

test('a row that came back from SIHadir is checked, and goes out again in the next export, once', async () => {
  const { page } = await stage.signsIn('Admin OPD Dinas Sosial', { viewport: { width: 360, height: 740 } });
  await page.goto('/presensi/ekspor');
  await page.getByRole('button', { name: 'Bulan sebelumnya' }).click();
  await page.getByRole('button', { name: 'Lihat baris ekspor nomor 1' }).click();
  await page.getByRole('button', { name: /^Kirim lagi / }).click();
  await page.getByLabel('Hasil pemeriksaan').fill('Jadwal sudah diunggah');
  await page.getByRole('button', { name: 'Kirim lagi pada ekspor berikut' }).click();
  await see(page.getByText('dikirim lagi pada ekspor berikut').first()).toBeVisible();
  await page.getByRole('button', { name: 'Ke daftar ekspor' }).click();
  await page.getByRole('button', { name: 'Buat ekspor, 1 baris' }).click();
  await see(page.getByText('Ekspor nomor 2 dibuat: 1 baris.')).toBeVisible();
  await see(page.getByRole('button', { name: /^Buat ekspor/ })).toBeHidden();
  await page.getByRole('button', { name: 'Tandai terkirim' }).click();
  await page.getByRole('button', { name: 'Ya, sudah diserahkan' }).click();
  await see(page.getByText('belum diserahkan')).toBeHidden();
  stage.expectCleanPages();
});
