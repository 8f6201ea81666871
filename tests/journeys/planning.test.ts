// A meeting for later from the form to its end before it began: Cari waktu by keyboard, a warning asked once, moved with its series, called off.
import type { Browser } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postMeeting } from '../../shared/planning.ts';
import { newPerson, openChromium, type Person } from '../support/browser.ts';
import { castWorld, PASSWORD, signIn, type Actor, type Cast } from '../support/cast.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { see } from '../support/see.ts';
import type { World } from '../support/world.ts';

let world: World;
let cast: Cast;
let browser: Browser;
let origin: string;
beforeAll(async () => {
  ({ world, cast } = await castWorld({ livekit: createLiveKitDouble(), web: true }));
  origin = await world.listen();
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

async function signsIn(actor: Actor): Promise<Person> {
  const person = await newPerson(browser, origin, { viewport: { width: 1366, height: 900 } });
  await person.context.clock.setFixedTime(world.clock.now());
  await person.page.goto('/masuk');
  await person.page.getByLabel('NIP atau surel').fill(actor.nip);
  await person.page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await person.page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await person.page.waitForURL((address) => address.pathname === '/');
  return person;
}

test('the admin of Dinas Sosial plans a weekly meeting for the head, moves it, and calls the rest off', async () => {
  const kepala = await signIn(world, cast.kepala);
  const other = { title: 'Rapat lain', sifat: 'biasa' as const, place: 'Daring', startsAt: '2026-11-24T02:00:00Z', endsAt: '2026-11-24T03:00:00Z' };
  const invite = { people: [cast.kabid.id], positions: [], units: [], guests: [] };
  await kepala.call(postMeeting, { body: { ...other, invite, key: '00000000-0000-4000-8000-000000000001' } });

  const { page } = await signsIn(cast.adminDinsos);
  await page.goto('/rapat');
  await page.getByRole('link', { name: 'Rencanakan rapat' }).click();
  await page.getByLabel('Judul rapat').fill('Rapat staf');
  await page.getByLabel('Pimpinan rapat').selectOption({ label: 'Hartini Kepaladinas, Kepala Dinas Sosial' });
  await page.getByRole('button', { name: 'Para kabid Dinsos' }).click();
  await page.getByLabel('Tanggal').fill('2026-11-24');
  await page.getByLabel('Mulai (WIB)').fill('09:30');
  await page.getByLabel('Selesai').fill('10:30');
  await see(page.getByText('2 dari 2 orang berhalangan.')).toBeVisible();
  await see(page.locator('.plan-free')).toContainText('Budi Kabidrehsos rapat lain: Rapat lain, 09.00–10.00 WIB');

  // A better time, without a mouse.
  await page.getByRole('button', { name: 'Cari waktu' }).press('Enter');
  const best = page.getByRole('button', { name: /Senin, 23 November 2026.*10\.30–11\.30 WIB/ });
  await see(best).toContainText('semua 2 orang lowong');
  await best.press('Enter');
  await see(page.getByLabel('Mulai (WIB)')).toHaveValue('10:30');
  await see(page.getByText('Semua 2 orang lowong pada waktu ini.')).toBeVisible();

  // Back to the time that does not suit: it asks once, and plans all the same.
  await page.getByLabel('Tanggal').fill('2026-11-24');
  await page.getByLabel('Mulai (WIB)').fill('09:30');
  await page.getByLabel('Berulang').selectOption('mingguan');
  await see(page.locator('.plan-free')).toContainText('Rapat jatuh pada: 4 rapat');
  await see(page.getByText('2 dari 2 orang berhalangan.')).toBeVisible();
  await page.getByRole('button', { name: /^Rencanakan · / }).click();
  await page.getByRole('button', { name: 'Ya, tetap' }).click();
  await page.waitForURL(/\/rapat\/[0-9a-f-]{36}$/);
  await see(page.getByText('Bagian dari 4 rapat berulang')).toBeVisible();
  const address = new URL(page.url()).pathname;

  await page.getByRole('link', { name: 'Pindahkan', exact: true }).click();
  await page.getByLabel('Mulai (WIB)').fill('13:00');
  await page.getByRole('radio', { name: 'Semua yang belum mulai' }).check();
  await page.getByLabel('Alasan perubahan').fill('Apel pagi');
  await page.getByRole('button', { name: 'Simpan dan beri tahu' }).click();
  await page.waitForURL((at) => at.pathname === address);
  await see(page.getByText('13.00–14.00 WIB').first()).toBeVisible();
  await page.getByText('Perubahan rencana').click();
  await see(page.getByText('Waktu semula: Selasa, 24 November 2026, 09.30 WIB')).toBeVisible();

  await page.getByRole('button', { name: 'Batalkan rapat' }).click();
  await page.getByLabel('Alasan pembatalan').fill('Diganti kunjungan lapangan');
  await page.getByRole('radio', { name: 'Ini dan berikutnya' }).check();
  await page.getByRole('button', { name: 'Ya, batalkan' }).click();
  await see(page.getByText('Diganti kunjungan lapangan').first()).toBeVisible();

  const budi = await signsIn(cast.kabid);
  await budi.page.goto(`/r/${address.split('/').at(-1)}`);
  await see(budi.page.getByRole('heading', { name: 'Rapat dibatalkan' })).toBeVisible();
  await see(budi.page.getByText('Alasan: Diganti kunjungan lapangan')).toBeVisible();
  const [row] = await world.sql<{ n: number }[]>`select count(*)::int as n from meetings.meeting where series_id is not null and cancelled_at is not null`;
  expect(row!.n).toBe(4);
});

test('the admin gives the letters of Dinas Sosial their emblem', async () => {
  const { page, close } = await signsIn(cast.adminDinsos);
  const emblem = await sharp({ create: { width: 64, height: 72, channels: 3, background: '#0b3d2e' } })
    .png()
    .toBuffer();
  await page.goto('/surat/kop');
  await see(page.getByRole('button', { name: 'Pilih berkas PNG' })).toBeVisible();
  await page.locator('input[type=file]').setInputFiles({ name: 'lambang.png', mimeType: 'image/png', buffer: emblem });
  await see(page.getByRole('img', { name: 'Lambang daerah' })).toBeVisible();
  await close();
});
