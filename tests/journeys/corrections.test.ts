// A day goes wrong and is put right by hand: she objects with a file, her head decides, the board and the list change, and the head confirms the day.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postMeetingEnd, postMeetingNow } from '../../shared/meetings.ts';
import { newPerson, openChromium, type Person } from '../support/browser.ts';
import { makeCast, PASSWORD, signIn, type Actor, type Cast } from '../support/cast.ts';
import { MINUTE, PNG } from '../support/correction.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { see } from '../support/see.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let cast: Cast;
let browser: Browser;
let origin: string;
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

/** Signed in by hand, with the clock of the office on the wall. */
async function signsIn(actor: Actor, phone = false): Promise<Person> {
  const person = await newPerson(browser, origin, phone ? { viewport: { width: 360, height: 740 } } : {});
  await person.context.clock.setFixedTime(world.clock.now());
  await person.page.goto('/masuk');
  await person.page.getByLabel('NIP atau surel').fill(actor.nip);
  await person.page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await person.page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await person.page.waitForURL((address) => address.pathname === '/');
  return person;
}

test('a staff member objects with a file, her head decides, the board and the list change, and the day is confirmed', async () => {
  const chair = await signIn(world, cast.kepala);
  const { id } = await chair.call(postMeetingNow, {
    body: { title: 'Penyaluran bantuan', sifat: 'segera', invite: { people: [cast.staf.id], positions: [], units: [], guests: [] } },
  });
  world.clock.advance(60 * MINUTE);
  await chair.call(postMeetingEnd, { params: { id } });

  // On her phone: the portal has seen her nowhere today.
  const sari = await signsIn(cast.staf, true);
  await sari.page.goto('/presensi');
  await see(sari.page.getByText('Belum ada bukti').first()).toBeVisible();
  await sari.page.getByRole('button', { name: 'Ajukan koreksi' }).click();
  const form = sari.page.getByRole('dialog');
  await form.getByRole('radio', { name: /Penyaluran bantuan/ }).check();
  await form.getByLabel('sampai').fill('09:40');
  await form.getByLabel('Alasan').fill('Saya ikut lewat ponsel kabid sampai hujan memutus sambungan.');
  await form.getByLabel(/Berkas pendukung/).setInputFiles({ name: 'bukti hujan.png', mimeType: 'image/png', buffer: PNG });
  await form.getByRole('button', { name: 'Kirim koreksi' }).click();
  await see(form).toBeHidden();
  await sari.page.getByRole('link', { name: 'Koreksi', exact: true }).click();
  await see(sari.page.getByText('Menunggu', { exact: true })).toBeVisible();

  // Her head finds it waiting, with the record beside it, and accepts a little less.
  const head = await signsIn(cast.kepala);
  await head.page.goto('/presensi/koreksi');
  await head.page.getByRole('button', { name: `Periksa koreksi ${cast.staf.name}` }).click();
  const detail = head.page.getByRole('dialog');
  await see(detail.getByText('Belum ada catatan kehadiran')).toBeVisible();
  await see(detail.getByText('Saya ikut lewat ponsel kabid sampai hujan memutus sambungan.')).toBeVisible();
  const downloading = head.page.waitForEvent('download');
  await detail.getByRole('button', { name: 'Unduh bukti hujan.png' }).click();
  expect((await downloading).suggestedFilename()).toBe('bukti hujan.png');
  await detail.getByLabel('sampai').fill('09:30');
  await detail.getByRole('button', { name: 'Terima koreksi' }).click();
  await see(detail.getByText(`Diterima oleh ${cast.kepala.name}`, { exact: false })).toBeVisible();
  await detail.getByRole('button', { name: 'Tutup' }).click();

  // She hears of it without asking; the list and the board read it.
  await see(sari.page.getByText('Diterima', { exact: true })).toBeVisible();
  await head.page.goto(`/rapat/${id}`);
  const row = head.page.getByRole('table', { name: 'Daftar Hadir' }).getByRole('row').filter({ hasText: cast.staf.name });
  await see(row.getByText('Hadir', { exact: true })).toBeVisible();
  await see(row.getByText('09.30')).toBeVisible();
  await see(head.page.getByText(`Diajukan ${cast.staf.name}; diputuskan ${cast.kepala.name}`, { exact: false })).toBeVisible();
  await head.page.goto('/presensi');
  await see(
    head.page
      .getByRole('row')
      .filter({ hasText: cast.staf.name })
      .getByText(/Hadir – WFH/),
  ).toBeVisible();

  // After midnight the day is confirmed: everything is sure now.
  world.clock.set('2026-11-23T17:30:00Z');
  await head.context.clock.setFixedTime(world.clock.now());
  const next = await signsIn(cast.kepala);
  await next.page.goto('/presensi/konfirmasi');
  await see(next.page.getByText('4 baris: 0 perlu dilihat, 3 pasti, 0 sudah dikonfirmasi.')).toBeVisible();
  await next.page.getByRole('button', { name: 'Konfirmasi 3 baris pasti' }).click();
  await next.page.getByRole('button', { name: 'Ya, konfirmasi' }).click();
  await see(next.page.getByText('3 baris dikonfirmasi atas nama Anda.')).toBeVisible();
  const confirmed = next.page.getByRole('row').filter({ hasText: cast.staf.name });
  await see(confirmed.getByText('Sesuai catatan')).toBeVisible();

  // And with the name of whoever confirmed it, it is ready for the export.
  const { readings, confirmations } = world.app.attendance;
  const read = (await readings.of(world.app.sql, [cast.staf], 'Asia/Jakarta', cast.today, cast.today)).get(cast.staf.id)?.[0];
  const said = (await confirmations.of(world.app.sql, [cast.staf.id], cast.today, cast.today)).get(`${cast.staf.id} ${cast.today}`);
  expect(read).toMatchObject({ mark: 'hadir_wfh', corrected: true, minutes: 30 });
  expect(said).toMatchObject({ outcome: 'sesuai', by: cast.kepala.name, fingerprint: read?.fingerprint });
  for (const { foreign, errors } of [sari, head, next]) expect([foreign, errors]).toEqual([[], []]);
});
