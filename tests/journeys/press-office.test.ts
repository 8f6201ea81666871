// The press desk by hand: planned by post, announced, a journalist accepted while their page stands open, a kit written and uploaded, and published at T.
import sharp from 'sharp';
import type { Browser, BrowserContextOptions } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPerson, openChromium, type Person } from '../support/browser.ts';
import { makeCast, PASSWORD, type Cast } from '../support/cast.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { see } from '../support/see.ts';
import { makeWorld, type World } from '../support/world.ts';

const PHONE = { viewport: { width: 360, height: 740 } };
const DESK = { viewport: { width: 1366, height: 768 } };

let world: World;
let cast: Cast;
let browser: Browser;
let origin: string;
const persons: Person[] = [];
beforeAll(async () => {
  world = await makeWorld({ livekit: createLiveKitDouble(), web: true });
  origin = await world.listen();
  cast = await makeCast(world);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

async function person(options: BrowserContextOptions): Promise<Person> {
  const someone = await newPerson(browser, origin, options);
  persons.push(someone);
  // The world's morning is the browser's too: forms offer days, and T is counted from it.
  await someone.context.clock.setFixedTime(world.clock.now());
  return someone;
}

test('a newcomer at the press desk plans, announces, accepts, writes, uploads and publishes at T', async () => {
  const { page: desk } = await person(DESK);
  await desk.goto('/masuk');
  await desk.getByLabel('NIP atau surel').fill(cast.operator.nip);
  await desk.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await desk.getByRole('button', { name: 'Masuk', exact: true }).click();
  await desk.waitForURL((address) => address.pathname === '/');

  await desk.goto('/konferensi');
  await see(desk.getByRole('link', { name: 'Jurnalis', exact: true })).toBeVisible();
  await desk.getByRole('link', { name: 'Rencanakan konferensi pers' }).first().click();
  await desk.getByLabel('Judul').fill('Jembatan dibuka lagi');
  await desk.getByLabel('Ringkasan').fill('Hasil uji beban dan jadwal pembukaan.');
  await desk.getByLabel('Perangkat daerah penyelenggara').selectOption('Dinas Sosial');
  await desk.getByLabel('Tanggal').fill('2026-11-20');
  await desk.getByRole('button', { name: 'Pilih narasumber' }).click();
  const picker = desk.getByRole('dialog');
  await picker.getByRole('searchbox').fill('kepala dinas');
  // Looking for somebody does not save the plan.
  await picker.getByRole('searchbox').press('Enter');
  await picker.getByRole('checkbox', { name: /^Kepala Dinas Sosial/ }).check();
  await picker.getByRole('button', { name: 'Selesai memilih' }).click();
  await desk.getByRole('button', { name: 'Simpan sebagai draf' }).click();
  await see(desk.getByText('Waktu ini sudah lewat.')).toBeVisible();
  await see(desk.getByLabel('Tanggal')).toBeFocused();
  await desk.getByLabel('Tanggal').fill('2026-11-24');
  await desk.getByRole('button', { name: 'Simpan sebagai draf' }).click();
  await see(desk.getByRole('heading', { name: 'Jembatan dibuka lagi' })).toBeVisible();
  await see(desk.getByRole('cell', { name: /^Hartini Kepaladinas/ })).toBeVisible();
  for (const step of ['Umumkan', 'Buka registrasi']) {
    await desk.getByRole('button', { name: step }).click();
    await desk.getByRole('dialog').getByRole('button', { name: step }).click();
    await see(desk.getByRole('dialog')).toHaveCount(0);
  }
  const part = (name: string) => desk.getByRole('link', { name, exact: true }).click();
  await part('Pendaftaran');
  await see(desk.getByText('Belum ada pendaftar')).toBeVisible();

  const { page: phone } = await person(PHONE);
  await phone.goto('/pers');
  await phone.getByRole('link', { name: 'Jembatan dibuka lagi' }).click();
  await phone.getByRole('link', { name: 'Daftar sebagai jurnalis' }).click();
  await phone.getByLabel('Nama lengkap').fill('Laras Wartawati');
  await phone.getByLabel('Media', { exact: true }).fill('Harian Uji');
  await phone.getByLabel('Surel').first().fill('laras@harian');
  await phone.getByText('Pertanyaan di muka').click();
  await phone.getByLabel('Pertanyaan', { exact: true }).fill('Berapa batas beban truk?');
  await phone.getByLabel('Topik').fill(' ');
  await phone.getByRole('button', { name: 'Daftar', exact: true }).click();
  // What is wrong is in sight, far above the button.
  await see(phone.getByLabel('Surel').first()).toBeFocused();
  await see(phone.getByLabel('Surel').first()).toBeInViewport();
  await phone.getByLabel('Surel').first().fill('laras@harian.example');
  await phone.getByRole('button', { name: 'Daftar', exact: true }).click();
  await see(phone.getByLabel('Topik')).toBeFocused();
  await phone.getByLabel('Topik').fill('Batas beban');
  await phone.getByRole('button', { name: 'Daftar', exact: true }).click();
  await see(phone.getByRole('heading', { name: 'Pendaftaran Anda' })).toBeVisible();
  // No letters leave this portal, and none is promised.
  await see(phone.getByText('portal ini tidak mengirim surel')).toBeVisible();
  await desk.getByRole('button', { name: 'Terima: Laras Wartawati' }).click();
  await see(phone.getByText('Anda dapat bertanya')).toBeVisible();

  await part('Materi pers');
  await desk.getByRole('link', { name: 'Tulis siaran pers' }).click();
  await desk.getByLabel('Judul siaran').fill('Truk dibatasi delapan ton');
  await desk.getByRole('textbox', { name: 'Isi siaran' }).click();
  await desk.keyboard.type('Peta jalur pengganti');
  await desk.keyboard.press('Shift+Home');
  await desk.getByRole('button', { name: 'Tautan', exact: true }).click();
  await desk.getByLabel('Alamat web').fill('https://peta.uji.example/jalur');
  await desk.getByLabel('Alamat web').press('Enter');
  await see(desk.getByRole('textbox', { name: 'Isi siaran' }).getByRole('link')).toHaveAttribute('href', 'https://peta.uji.example/jalur');
  await desk.getByRole('button', { name: 'Simpan', exact: true }).click();
  await see(desk.getByText('Tersimpan.')).toBeVisible();
  await see(desk.getByLabel('Judul siaran')).toHaveValue('Truk dibatasi delapan ton');
  await see(desk.getByRole('textbox', { name: 'Isi siaran' })).toHaveText('Peta jalur pengganti');
  await desk.getByRole('link', { name: 'Kembali ke materi' }).click();

  const photo = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#89a' } })
    .jpeg()
    .toBuffer();
  await desk.locator('.kit-drop input').setInputFiles([
    { name: 'jembatan.jpg', mimeType: 'image/jpeg', buffer: photo },
    { name: 'beban.csv', mimeType: 'text/csv', buffer: Buffer.from('jenis,ton\ntruk,8\n') },
    { name: 'catatan.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
  ]);
  await see(desk.getByText('catatan.exe: jenis berkas ini tidak diterima.')).toBeVisible();
  const file = desk.getByRole('dialog');
  await file.getByLabel('Keterangan foto').fill('Jembatan sesudah uji beban');
  await file.getByLabel('Kredit').fill('Humas Kota Uji');
  await file.getByLabel('Lisensi').fill('CC BY 4.0');
  await file.getByRole('button', { name: 'Tambah dan unggah' }).click();
  await see(file.getByText(/^beban.csv/)).toBeVisible();
  await file.getByRole('button', { name: 'Tambah dan unggah' }).click();
  await see(file).toHaveCount(0);
  await see(desk.getByText(/^(jembatan.jpg|beban.csv), /)).toHaveCount(2);

  await desk.getByRole('button', { name: 'Tetapkan waktu terbit' }).click();
  await file.getByLabel('Tanggal').fill('2026-11-23');
  await file.getByLabel(/^Pukul/).fill('09:30');
  await file.getByRole('button', { name: 'Simpan' }).click();
  await see(desk.getByText('Terbit otomatis Senin, 23 November 2026 pukul 09.30 WIB')).toBeVisible();

  await phone.getByRole('link', { name: 'Halaman konferensi' }).click();
  await see(phone.getByRole('heading', { name: 'Jembatan dibuka lagi' })).toBeVisible();
  for (const at of ['2026-11-23T02:29:59.999Z', '2026-11-23T02:30:00Z']) {
    world.clock.set(at);
    await phone.reload();
    const published = at.endsWith('30:00Z') ? 1 : 0;
    await see(phone.getByRole('heading', { name: 'Truk dibatasi delapan ton' })).toHaveCount(published);
    await see(phone.getByRole('img', { name: 'Jembatan sesudah uji beban' })).toHaveCount(published);
    await see(phone.getByRole('link', { name: 'beban', exact: true })).toHaveCount(published);
  }
  for (const { foreign, errors } of persons) expect([foreign, errors]).toEqual([[], []]);
});
