// What is kept with the room, by hand: a file in the chat, a vote by posts, a paper leafed through together, and the agenda by the clock.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { afterAll, beforeAll, test } from 'vitest';
import { getInvitations, postMeetingNow } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { pagedPdf } from '../support/paged-pdf.ts';
import { joins, openStage, type Stage } from '../support/stage.ts';

const see = expect.configure({ timeout: 30_000 });
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const tab = (page: Page, name: string) => page.locator('.record-tabs label', { hasText: name });
const viewer = (page: Page) => page.getByRole('region', { name: 'Materi: Paparan' });

test('a file is handed round, a vote is counted by posts, and a page turned stands on the other screen', async () => {
  const api = portalClient(stage.portal.url);
  await api.call(postSession, { body: demoLogin(stage.portal.said(), 'Kepala Dinas Sosial') });
  const guests = [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }];
  const meeting = await api.call(postMeetingNow, { body: { title: 'Posko banjir', sifat: 'segera', invite: { guests } } });
  const link = (await api.call(getInvitations, { params: { id: meeting.id } })).find((i) => i.name === 'Ibu Tamu')?.link ?? '';
  const head = (await stage.signsIn('Kepala Dinas Sosial')).page;
  const guest = (await stage.person({ viewport: { width: 360, height: 740 } })).page;
  await head.goto(`/r/${meeting.id}`);
  await guest.goto(link);
  for (const page of [head, guest]) {
    page.setDefaultTimeout(90_000);
    await joins(page);
  }

  await button(head, /^Obrolan/).click();
  await head.locator('#chat-text').fill('Rincian terlampir, lihat https://kota.example/posko.');
  await head.locator('#chat-text-file').setInputFiles({ name: 'Rincian posko.pdf', mimeType: 'application/pdf', buffer: pagedPdf(1, 500) });
  await button(head, 'Kirim').click();
  await see(guest.getByRole('button', { name: /^Obrolan, 1 pesan baru/ })).toBeVisible();
  await button(guest, /^Obrolan/).click();
  await see(guest.getByRole('link', { name: 'https://kota.example/posko' })).toHaveAttribute('rel', /noopener/);
  const downloads = guest.waitForEvent('download');
  await button(guest, /^Rincian-posko\.pdf/).click();
  const saved = await downloads;
  expect(saved.suggestedFilename()).toBe('Rincian-posko.pdf');
  expect((await readFile(await saved.path())).equals(pagedPdf(1, 500))).toBe(true);
  await button(guest, 'Jawab').click();
  await guest.locator('#chat-text').fill('Sudah saya terima.');
  await button(guest, 'Kirim').click();
  await see(head.locator('.message-reply')).toContainText('Rincian terlampir');

  await tab(head, 'Jajak').click();
  await button(head, 'Buat jajak').click();
  await head.getByLabel('Pemungutan suara').check();
  await head.getByLabel('Pertanyaan').fill('Setuju membuka posko kedua?');
  await button(head, 'Buka sekarang').click();
  await see(head.getByText(/^Anda bersuara untuk: Kepala Dinas Sosial/)).toBeVisible();
  await tab(guest, 'Jajak').click();
  await see(guest.getByText('Anda tidak memiliki suara dalam jajak ini.')).toBeVisible();
  await head.getByLabel('Setuju', { exact: true }).check();
  await button(head, 'Berikan suara').click();
  await see(head.getByText(/1 dari 1 suara masuk/)).toBeVisible();
  await button(head, 'Tutup dan hitung').click();
  await see(guest.locator('.poll-result')).toContainText('1 suara');

  await tab(head, 'Materi').click();
  await head.locator('#material-file').setInputFiles({ name: 'Paparan.pdf', mimeType: 'application/pdf', buffer: pagedPdf(30) });
  await button(head, 'Tampilkan').click();
  await button(guest, 'Tutup').click();
  await see(viewer(guest).getByText('Halaman 1 dari 30')).toBeVisible();
  await see(viewer(guest).locator('.textLayer')).toContainText('Halaman 1');
  await viewer(head).getByRole('button', { name: 'Halaman berikutnya' }).click();
  await see(viewer(guest).locator('.textLayer')).toContainText('Halaman 2');
  await viewer(guest).getByRole('button', { name: 'Halaman berikutnya' }).click();
  await see(viewer(guest).locator('.textLayer')).toContainText('Halaman 3');
  await viewer(head).getByRole('button', { name: 'Halaman berikutnya' }).click();
  await viewer(head).getByRole('button', { name: 'Halaman berikutnya' }).click();
  await see(viewer(head).locator('.textLayer')).toContainText('Halaman 4');
  await see(viewer(guest).locator('.textLayer')).toContainText('Halaman 3');
  await viewer(guest).getByRole('button', { name: 'Ikut penyaji' }).click();
  await see(viewer(guest).locator('.textLayer')).toContainText('Halaman 4');
  await viewer(head).getByRole('button', { name: 'Berhenti menampilkan' }).click();
  await see(viewer(guest)).toHaveCount(0);

  await button(head, 'Keputusan').click();
  await head.locator('.tabs label', { hasText: 'Agenda' }).click();
  await button(head, 'Mulai dari butir pertama').click();
  await see(guest.getByRole('button', { name: /^Butir 1 dari / })).toBeAttached();
});
