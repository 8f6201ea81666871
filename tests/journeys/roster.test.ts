// A month of work by hand: drawn up by the portal, judged by the head, lived at home and at the office, and marked by itself.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright';
import { expect as seen } from 'playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postMeetingNow } from '../../shared/meetings.ts';
import { postPolicy } from '../../shared/policies.ts';
import { newPerson, openChromium, type Person } from '../support/browser.ts';
import { makeCast, PASSWORD, signIn, type Actor, type Cast } from '../support/cast.ts';
import { makeTestMedia, type TestMedia } from '../support/livekit-server.ts';
import { joins } from '../support/stage.ts';
import { makeWorld, type World } from '../support/world.ts';

const see = seen.configure({ timeout: 30_000 });
let media: TestMedia;
let world: World;
let cast: Cast;
let browser: Browser;
let origin: string;
let follow: NodeJS.Timeout;
let aheadMs = 0;
/** The office's clock shows this and goes on, as that of the media server does. */
function setClock(at: string): void {
  aheadMs = Date.parse(at) - Date.now();
  world.clock.set(at);
}
beforeAll(async () => {
  media = await makeTestMedia();
  world = await makeWorld({ media, web: true });
  setClock('2026-11-23T02:00:00Z');
  follow = setInterval(() => world.clock.set(new Date(Date.now() + aheadMs)), 20);
  origin = await world.listen();
  await media.start(`${origin}/api/livekit/webhook`);
  await world.app.start();
  cast = await makeCast(world);
  const admin = await signIn(world, cast.adminDinsos);
  const opdId = cast.opds.dinsos.id;
  const rules = [
    { rule: { kind: 'batas_hadir' as const, percent: 50, countedIn: 'opd' as const }, scope: { units: [opdId], functions: [] }, basis: 'angka 3' },
    { rule: { kind: 'jabatan_di_kantor' as const, levels: ['kepala_opd' as const] }, scope: { units: [opdId], functions: [] }, basis: 'angka 5' },
  ];
  const policy = {
    number: '800/1566/2026',
    date: '2026-11-02',
    issuer: 'Wali Kota',
    title: 'Sistem kerja pegawai',
    from: '2026-12-01',
    until: '2027-01-31',
    rules,
  };
  await admin.call(postPolicy, { body: { key: randomUUID(), opdId, policy } });
  browser = await openChromium();
});
afterAll(async () => {
  clearInterval(follow);
  await browser?.close();
  await world?.close();
  await media?.remove();
});

/** Signed in by hand, with the clock of the office on the wall. */
async function signsIn(actor: Actor, phone = false): Promise<Person> {
  const person = await newPerson(browser, origin, { viewport: phone ? { width: 360, height: 740 } : { width: 1366, height: 768 } });
  await person.context.clock.setFixedTime(world.clock.now());
  await person.page.goto('/masuk');
  await person.page.getByLabel('NIP atau surel').fill(actor.nip);
  await person.page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await person.page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await person.page.waitForURL((address) => address.pathname === '/');
  return person;
}
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const isSaved = (page: Page) => see(page.locator('.rota-saved [data-tone="good"]')).toBeVisible();

test('two fill one month by keyboard: copied, taken back, filled down; what both set while one had no network is settled', async () => {
  const admin = await signsIn(cast.adminDinsos);
  const head = await signsIn(cast.kepala);
  const at = (page: Page, row: number, day: number) => page.locator(`.rota-cell[data-row="${row}"][data-day="${day - 1}"]`);
  const codes = (page: Page, row: number, days: number[]) => Promise.all(days.map((day) => at(page, row, day).getAttribute('data-code')));
  const { page } = admin;
  const type = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.goto('/jadwal?bulan=2027-01');
  await button(page, 'Buka jadwal').click();
  await at(page, 0, 4).click();
  await type('k', 'ArrowRight', 'r', 'Shift+ArrowLeft', 'Control+c', 'ArrowDown', 'Control+v');
  await see.poll(() => codes(page, 1, [4, 5])).toEqual(['WFO', 'WFH']);
  await type('Control+z');
  expect(await codes(page, 1, [4, 5])).toEqual([null, null]);
  await type('Control+y', 'ArrowUp', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+d');
  await see
    .poll(async () => [await codes(page, 1, [4, 5]), await codes(page, 2, [4, 5])])
    .toEqual([
      ['WFO', 'WFH'],
      ['WFO', 'WFH'],
    ]);
  // Where the reader of the screen stands, there the keys go.
  await at(page, 2, 7).focus();
  await type('p');
  await see(at(page, 2, 7)).toHaveAttribute('data-code', 'PIKET');
  await isSaved(page);

  await head.page.goto('/jadwal?bulan=2027-01');
  await at(head.page, 3, 6).click();
  await head.page.keyboard.press('k');
  await see(at(page, 3, 6)).toHaveAttribute('data-code', 'WFO');

  await admin.context.setOffline(true);
  await at(page, 3, 7).click();
  await type('r');
  await see(page.getByText('Menunggu sambungan; disimpan di perangkat ini')).toBeVisible();
  await at(head.page, 3, 7).click();
  await head.page.keyboard.press('k');
  await isSaved(head.page);
  await admin.context.setOffline(false);
  await see(page.getByText(/Hartini Kepaladinas mengisi WFO, Anda mengisi WFH|rekan mengisi WFO, Anda mengisi WFH/)).toBeVisible();
  await button(page, 'Pakai isian saya').click();
  await see(at(head.page, 3, 7)).toHaveAttribute('data-code', 'WFH');
  expect([admin.foreign, admin.errors, head.errors]).toEqual([[], [], []]);
  await admin.close();
  await head.close();
});

test('drawn up, one day let stand with a reason, published, told, worked at home: the day board, the recap and its file say so', async () => {
  const admin = await signsIn(cast.adminDinsos);
  const { page } = admin;
  await page.goto('/jadwal');
  await button(page, 'Bulan berikutnya').click();
  await button(page, 'Buka jadwal').click();
  await button(page, 'Susun otomatis').click();
  await page.getByLabel(/^Nomor acak/).fill('7');
  await button(page, 'Susun').click();
  await see(page.getByText(/nomor acak 7/).first()).toBeVisible();
  await button(page, 'Pakai usulan ini').click();
  await see(page.getByText('Tidak ada aturan yang dilanggar.')).toBeVisible();

  // One more at the office than may be, by one key.
  const sari = page.getByRole('row').filter({ hasText: cast.staf.name });
  const home = sari.locator('.rota-cell[data-code="WFH"]');
  const spot = await home.first().getAttribute('data-day');
  await home.first().focus();
  await page.keyboard.press('k');
  await see(sari.locator(`.rota-cell[data-day="${spot}"]`)).toHaveAttribute('data-code', 'WFO');
  await see(page.locator('.rota-violation')).toContainText('3/5 = 60 % > 50 % (SE 800/1566/2026)');
  await isSaved(page);
  await see(button(page, 'Ajukan ke kepala')).toBeDisabled();

  const head = await signsIn(cast.kepala);
  await head.page.goto('/jadwal?bulan=2026-12');
  await button(head.page, /^Biarkan dengan alasan/).click();
  await head.page.getByRole('dialog').getByLabel('Alasan').fill('Pendampingan kunjungan lapangan');
  await button(head.page, 'Biarkan dengan alasan').last().click();
  await see(head.page.getByText(/^Dibiarkan: Pendampingan kunjungan lapangan/)).toBeVisible();
  await button(page, 'Ajukan ke kepala').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ajukan ke kepala' }).click();
  await button(head.page, 'Terbitkan').click();
  await head.page.getByRole('dialog').getByRole('button', { name: 'Terbitkan' }).click();
  await see(head.page.getByText(/^Berlaku\./)).toBeVisible();
  await see(page.getByText(/^Berlaku\./)).toBeVisible();
  const dates = await sari.locator('.rota-cell').evaluateAll((cells) => cells.flatMap((cell, n) => (cell.getAttribute('data-code') === 'WFH' ? [n + 1] : [])));
  await admin.close();
  await head.close();

  const told = await signsIn(cast.staf, true);
  await told.page.goto('/pemberitahuan');
  await see(told.page.getByText('Jadwal Desember 2026 terbit').first()).toBeVisible();
  await told.page.goto('/jadwal-saya?bulan=2026-12');
  await see(told.page.getByText(`Bulan ini: ${dates.length} hari di rumah`)).toBeVisible();
  await told.close();

  // The day has come: she joins from home, and the board of the admin changes by itself.
  const day = `2026-12-${String(dates[0]).padStart(2, '0')}`;
  setClock(`${day}T02:00:00Z`);
  const chair = await signIn(world, cast.kepala);
  const body = { title: 'Data penerima bantuan', sifat: 'segera' as const, invite: { people: [cast.staf.id] } };
  const { id } = await chair.call(postMeetingNow, { body });
  const keeper = await signsIn(cast.adminDinsos);
  await keeper.page.goto('/presensi');
  const row = keeper.page.getByRole('row').filter({ hasText: cast.staf.name });
  await see(row).toContainText('Belum ada bukti');
  const atHome = await signsIn(cast.staf, true);
  await atHome.page.goto(`/r/${id}`);
  await joins(atHome.page);
  await see(row).toContainText('Hadir – WFH');
  await see(row).toContainText('Data penerima bantuan');
  expect([atHome.foreign, atHome.errors, keeper.errors]).toEqual([[], [], []]);
  await atHome.close();

  // Of the day as it was, and of the month as it was planned.
  await keeper.page.goto('/presensi/rekap');
  const lived = await downloaded(keeper.page, async () => {
    await button(keeper.page, 'Unduh rekap').click();
    await keeper.page.getByRole('radio', { name: 'Per hari' }).check();
  });
  expect(lived.find((line) => line.includes(cast.staf.nip) && line.includes(day))).toMatch(/WFH.*hadir – WFH/);
  await button(keeper.page, `Buka rekap ${cast.staf.name}`).click();
  await see(keeper.page.getByRole('region', { name: 'Hari demi hari' })).toContainText('Hadir – WFH');
  await keeper.page.goto('/jadwal/rekap?bulan=2026-12');
  const planned = await downloaded(keeper.page, () => button(keeper.page, 'Unduh').click());
  const atHomeRows = planned.filter((line) => line.includes(cast.staf.nip) && line.includes(',WFH,'));
  expect([atHomeRows.length, atHomeRows[0]]).toEqual([dates.length, expect.stringContaining(day)]);
});

/** The lines of a CSV that names its purpose. */
async function downloaded(page: Page, open: () => Promise<void>): Promise<string[]> {
  await open();
  await page.getByLabel('Keperluan').fill('Laporan bulanan');
  const download = page.waitForEvent('download');
  await button(page, 'Unduh CSV').click();
  const text = await readFile(await (await download).path(), 'utf8');
  await page.keyboard.press('Escape');
  return text.split('\r\n');
}
