// The minutes, by hand: two people write together in their browsers, somebody who was there corrects a paragraph, the chair approves, the paper says it.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postMeetingEnd, postMeetingNow } from '../../shared/meetings.ts';
import { getMe, postSession } from '../../shared/people.ts';
import { textOfPdf } from '../support/pdf.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { see } from '../support/see.ts';
import { joins, openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage.close());

const part = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const PHONE = { viewport: { width: 360, height: 740 } };

test('two write the minutes together, one who was present corrects a paragraph, the chair approves and downloads the paper', async () => {
  const said = stage.portal.said();
  const chair = portalClient(stage.portal.url);
  await chair.call(postSession, { body: demoLogin(said, 'Kepala Dinas Sosial') });
  const staff = portalClient(stage.portal.url);
  await staff.call(postSession, { body: demoLogin(said, 'Staf Dinas Sosial, hari ini WFH') });
  const me = await staff.call(getMe, {});
  const { id } = await chair.call(postMeetingNow, { body: { title: 'Banjir Telagabiru', sifat: 'segera', invite: { people: [me.id] } } });

  // Sari was there: seen by the media server, not by her word.
  const home = await stage.signsIn('Staf Dinas Sosial, hari ini WFH', PHONE);
  await home.page.goto(`/r/${id}`);
  await joins(home.page);

  const head = await stage.signsIn('Kepala Dinas Sosial');
  await head.page.goto(`/rapat/${id}/notulen`);
  await part(head.page, 'Pembukaan').fill('Rapat dibuka pukul 09.00 WIB.');
  await see(head.page.getByText('Tersimpan', { exact: true })).toBeVisible();
  await head.page.getByRole('button', { name: 'Pilih penulis bersama' }).click();
  await head.page.getByRole('checkbox', { name: me.name }).check();
  await head.page.getByRole('button', { name: 'Simpan', exact: true }).click();
  await see(head.page.getByText(`${me.name} (diajak menulis)`)).toBeVisible();

  // Two browsers in one text, each by the name the portal knows.
  await home.page.goto(`/rapat/${id}/notulen`);
  await see(part(home.page, 'Pembukaan')).toContainText('Rapat dibuka pukul 09.00 WIB.', { timeout: 30_000 });
  await see(head.page.getByText(`Menulis bersama: ${me.name}`)).toBeVisible();
  await part(home.page, 'Penutup').fill('Rapat ditutup dengan doa.');
  await see(part(head.page, 'Penutup')).toContainText('Rapat ditutup dengan doa.');
  await part(head.page, 'Penutup').press('End');
  await part(head.page, 'Penutup').pressSequentially(' Terima kasih.');
  await see(part(home.page, 'Penutup')).toContainText('Rapat ditutup dengan doa. Terima kasih.');

  // Without a connection the text is kept and merged.
  await home.context.setOffline(true);
  await part(home.page, 'Penutup').press('End');
  await part(home.page, 'Penutup').pressSequentially(' Ditulis tanpa sambungan.');
  await home.context.setOffline(false);
  await see(part(head.page, 'Penutup')).toContainText('Ditulis tanpa sambungan.', { timeout: 60_000 });
  await see(home.page.getByText('Tersimpan', { exact: true })).toBeVisible({ timeout: 30_000 });

  // Frozen: what is wrong is proposed, paragraph by paragraph.
  await chair.call(postMeetingEnd, { params: { id } });
  await head.page.getByRole('button', { name: 'Buka masa koreksi' }).click();
  await head.page.getByRole('button', { name: 'Ya, bekukan dan buka' }).click();
  await see(home.page.getByText(/^Masa koreksi sampai/)).toBeVisible();
  await home.page.getByRole('button', { name: 'Usulkan koreksi untuk: Rapat dibuka pukul 09.00 WIB.' }).click();
  await home.page.getByLabel('Teks yang diusulkan').fill('Rapat dibuka pukul 09.05 WIB.');
  await home.page.getByLabel('Alasan').fill('Menunggu satu bidang masuk');
  await home.page.getByRole('button', { name: 'Kirim usul' }).click();
  await see(home.page.getByText('Menunggu putusan')).toBeVisible();
  await head.page.getByRole('button', { name: 'Terima', exact: true }).click();
  await see(home.page.getByText('Diterima', { exact: true })).toBeVisible();
  await see(home.page.getByText('Rapat dibuka pukul 09.05 WIB.').first()).toBeVisible();

  await head.page.getByRole('button', { name: 'Sahkan notulen' }).click();
  await head.page.getByLabel('Alasan mengesahkan lebih awal').fill('Diminta Sekda hari ini');
  await head.page.getByRole('button', { name: 'Ya, sahkan' }).click();
  await see(home.page.getByText(/^\d{3}\/NOT\//)).toBeVisible();

  const downloading = home.page.waitForEvent('download');
  await home.page.getByRole('button', { name: 'Unduh PDF' }).click();
  const text = await textOfPdf(await readFile(await (await downloading).path()));
  for (const words of [
    'NOTULEN',
    'Banjir Telagabiru',
    'Rapat dibuka pukul 09.05 WIB.',
    'Ditulis tanpa sambungan.',
    me.name,
    'Diminta Sekda hari ini',
    'Halaman 1 dari',
  ])
    expect(text).toContain(words);
  const code = /[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}/.exec(text)?.[0] ?? '';
  const reader = await stage.person(PHONE);
  await reader.page.goto(`/v/${code}`);
  await see(reader.page.getByText('Notulen', { exact: true })).toBeVisible();
  await see(reader.page.getByText('Banjir Telagabiru')).toBeVisible();
  stage.expectCleanPages();
});
