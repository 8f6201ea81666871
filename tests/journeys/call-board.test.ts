// The caller's side of an urgent call in real browsers: three taps, the board, a refusal that comes in place, again, and away.
import { afterAll, beforeAll, test } from 'vitest';
import { see } from '../support/see.ts';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage.close());

test('a head calls all heads of agency with three taps, sees the Plh ring and decline in place, calls again, and cancels', async () => {
  const plh = await stage.signsIn('Plh. Kepala Dinas Kesehatan');
  const name = await plh.page.evaluate(async () => ((await (await fetch('/api/me')).json()) as { name: string }).name);
  const head = await stage.signsIn('Kepala Dinas Sosial', { viewport: { width: 360, height: 740 } });

  await head.page.getByRole('navigation').getByRole('link', { name: 'Panggil mendesak' }).locator('visible=true').click();
  await head.page.getByRole('button', { name: /^Semua kepala OPD/ }).click();
  // Before anything rings: who, why, and by which way.
  const seat = head.page.getByRole('listitem').filter({ hasText: 'Kepala Dinas Kesehatan' }).first();
  await see(seat).toContainText(`Plh. ${name}`);
  await see(seat).toContainText('tab terbuka');
  await head.page.getByRole('button', { name: /^Panggil sekarang \(\d+ orang\)$/ }).click();

  // The board, without a word typed.
  await see(head.page.getByRole('button', { name: 'Batalkan panggilan' })).toBeVisible();
  const row = head.page.locator('.callee').filter({ hasText: name });
  await see(row).toContainText('Berdering');
  await see(row).toContainText('lewat Tab portal');
  await see(head.page.locator('.board-head')).toContainText('Belum kuorum');

  const ring = plh.page.getByRole('alertdialog');
  await see(ring).toBeVisible();
  await ring.getByRole('button', { name: 'Tolak', exact: true }).click();
  await ring.getByRole('button', { name: 'Sedang di lapangan' }).click();
  await see(row).toContainText('Menolak: Sedang di lapangan');

  await row.getByRole('button', { name: /^Panggil lagi/ }).click();
  await see(row).toContainText('Berdering');
  await see(row).toContainText('panggilan ke-2');
  await see(ring.getByRole('button', { name: 'Gabung' })).toBeVisible();

  await head.page.getByRole('button', { name: 'Batalkan panggilan' }).click();
  await see(head.page.getByRole('dialog')).toContainText('Batalkan panggilan “Panggilan mendesak Dinsos');
  await head.page.getByRole('button', { name: 'Ya, batalkan panggilan' }).click();
  await see(head.page.getByText(/^Panggilan dibatalkan pukul/)).toBeVisible();
  await see(head.page.locator('.callee').filter({ hasText: 'Dibatalkan' }).first()).toBeVisible();
  // What somebody had answered before stays their answer.
  await see(row).toContainText('Menolak: Sedang di lapangan');
  await see(head.page.getByRole('button', { name: /^Panggil lagi/ })).toHaveCount(0);
  await see(ring.getByRole('button', { name: 'Gabung' })).toBeHidden();
  await see(head.page.getByRole('link', { name: 'Masuk ruang' })).toBeVisible();

  await head.page.goto('/panggil/riwayat');
  await see(head.page.getByRole('row').filter({ hasText: 'Panggilan mendesak Dinsos' }).first()).toContainText('Dibatalkan');
  stage.expectCleanPages();
});

test('whoever may not call urgently keeps Rapat sekarang or nothing, and is told why on the screen', async () => {
  const staff = await stage.signsIn('Staf Dinas Sosial, hari ini WFH');
  await see(staff.page.getByRole('link', { name: 'Panggil mendesak' })).toHaveCount(0);
  await staff.page.goto('/panggil');
  await see(staff.page.getByText('Panggilan mendesak bukan kewenangan Anda')).toBeVisible();
});

test('a head gives a mandate, its holder finds the urgent call in the menu, and the head takes it back', async () => {
  const head = await stage.signsIn('Kepala Dinas Sosial');
  await head.page.goto('/panggil/mandat');
  await head.page.getByRole('button', { name: 'Beri mandat' }).click();
  const staff = await stage.signsIn('Staf Dinas Sosial, hari ini WFH');
  const name = await staff.page.evaluate(async () => ((await (await fetch('/api/me')).json()) as { name: string }).name);
  const holder = head.page.getByLabel('Penerima');
  await holder.selectOption({ label: (await holder.getByRole('option').filter({ hasText: name }).textContent()) ?? '' });
  await head.page.getByLabel('Dasar').fill('Nota Dinas 094/12/2026');
  await head.page.getByRole('button', { name: 'Beri mandat' }).click();
  const row = head.page.getByRole('row').filter({ hasText: name });
  await see(row).toContainText('Berlaku');

  await staff.page.goto('/');
  await staff.page.getByRole('link', { name: 'Panggil mendesak' }).first().click();
  await see(staff.page.getByText(/^Atas nama: /)).toBeVisible();

  await row.getByRole('button', { name: /^Cabut/ }).click();
  await head.page.getByRole('button', { name: 'Ya, cabut mandat' }).click();
  await see(row).toContainText('Dicabut');
  await staff.page.goto('/panggil');
  await see(staff.page.getByText('Panggilan mendesak bukan kewenangan Anda')).toBeVisible();
});

test('an administrator is told at the step what a ladder may not be, and sets one with its basis', async () => {
  const admin = await stage.signsIn('Administrator');
  await admin.page.goto('/tangga');
  await admin.page.getByRole('button', { name: /^Ubah.*Biasa/ }).click();
  const dialog = admin.page.getByRole('dialog');
  await dialog.getByLabel('detik').nth(1).fill('90');
  await dialog.getByLabel('detik').nth(2).fill('45');
  await see(dialog.getByText('Tidak boleh kurang dari 90 detik, langkah sebelumnya.')).toBeVisible();
  await see(dialog.getByRole('button', { name: 'Tetapkan tangga' })).toBeDisabled();
  await dialog.getByLabel('detik').nth(2).fill('300');
  await dialog.getByLabel('Dasar').fill('Keputusan Sekda 188/7/2026');
  await dialog.getByRole('button', { name: 'Tetapkan tangga' }).click();
  await see(admin.page.getByText(/Dasar: Keputusan Sekda 188\/7\/2026/)).toBeVisible();
  await see(admin.page.getByRole('table', { name: 'Biasa' })).toContainText('90 detik');
});
