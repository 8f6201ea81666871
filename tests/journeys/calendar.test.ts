// A head moves a meeting in the calendar: with the mouse from day to day, longer by its lower edge, and by keyboard alone; each asks once why.
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getCalendar } from '../../shared/calendar.ts';
import { getPlanChanges, postMeeting } from '../../shared/planning.ts';
import { newPerson, openChromium } from '../support/browser.ts';
import { castWorld, PASSWORD, signIn, type Cast } from '../support/cast.ts';
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

const at = (day: string, time: string): string => new Date(`2026-${day}T${time}:00+07:00`).toISOString();

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

test('a meeting is dragged to another day, lengthened, and moved by keyboard; its feed is made and copied', async () => {
  const chair = await signIn(world, cast.kepala);
  const { id } = await chair.call(postMeeting, {
    body: {
      title: 'Koordinasi bantuan',
      sifat: 'biasa',
      description: null,
      place: 'Aula',
      startsAt: at('11-25', '09:00'),
      endsAt: at('11-25', '10:00'),
      invite: { people: [cast.kabid.id], positions: [], units: [], guests: [] },
      repeat: null,
      key: randomUUID(),
    },
  });
  const times = async () => {
    const { entries } = await chair.call(getCalendar, { query: { from: '2026-11-01', to: '2026-12-31' } });
    const entry = entries.find((one) => one.id === id);
    return [entry?.startsAt, entry?.endsAt];
  };

  const { page, context, errors, close } = await newPerson(browser, origin, { viewport: { width: 1366, height: 900 } });
  await context.clock.setFixedTime(world.clock.now());
  await page.goto('/masuk?ke=%2Fkalender');
  await page.getByLabel('NIP atau surel').fill(cast.kepala.nip);
  await page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await page.waitForURL((address) => address.pathname === '/kalender');

  // The month: from Wednesday to Thursday.
  const entry = page.getByRole('button', { name: '09.00–10.00 WIB, Koordinasi bantuan, Aula' });
  const middle = async (target: ReturnType<Page['locator']>) => {
    const box = (await target.boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  await see(entry).toBeVisible();
  await drag(page, await middle(entry), await middle(page.getByRole('gridcell', { name: /^Kamis, 26 November 2026/ })));
  const dialog = page.getByRole('dialog', { name: 'Pindahkan rapat?' });
  await see(dialog).toContainText('Rabu, 25 November 2026, 09.00–10.00 WIB');
  await see(dialog).toContainText('Kamis, 26 November 2026, 09.00–10.00 WIB');
  await dialog.getByLabel(/^Alasan/).fill('Menunggu data kelurahan');
  await dialog.getByRole('button', { name: 'Pindahkan' }).click();
  await see(page.getByRole('status').filter({ hasText: '“Koordinasi bantuan” dipindahkan ke Kamis, 26 November 2026' })).toBeVisible();
  expect(await times()).toEqual([at('11-26', '09:00'), at('11-26', '10:00')]);

  // The week: its lower edge an hour down; a drag that Escape ends changes nothing.
  await page.getByRole('radio', { name: 'Pekan' }).check({ force: true });
  const block = page.getByRole('gridcell', { name: /^Kamis, 26 November 2026/ }).getByRole('button');
  const box = (await block.boundingBox())!;
  const edge = { x: box.x + box.width / 2, y: box.y + box.height - 3 };
  await page.mouse.move(edge.x, edge.y);
  await page.mouse.down();
  await page.mouse.move(edge.x, edge.y + 40, { steps: 3 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await see(dialog).toBeHidden();
  await page.keyboard.press('Escape');
  await drag(page, edge, { x: edge.x, y: edge.y + box.height });
  await see(dialog).toContainText('09.00–11.00 WIB');
  await dialog.getByRole('button', { name: 'Pindahkan' }).click();
  await see(dialog).toBeHidden();
  expect(await times()).toEqual([at('11-26', '09:00'), at('11-26', '11:00')]);

  // By keyboard alone: to the day, into it, M, another day and hour.
  await page.getByRole('gridcell', { name: /^Senin, 23 November 2026/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await see(page.getByRole('gridcell', { name: /^Kamis, 26 November 2026, 1 acara/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await see(page.getByRole('dialog', { name: 'Koordinasi bantuan' })).toContainText('Aula');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await see(block).toBeFocused();
  await page.keyboard.press('m');
  await dialog.getByLabel('Tanggal').fill('2026-12-02');
  await dialog.getByLabel(/^Mulai/).fill('13:30');
  await dialog.getByLabel('Selesai').fill('15:00');
  await page.keyboard.press('Enter');
  await see(dialog).toBeHidden();
  expect(await times()).toEqual([at('12-02', '13:30'), at('12-02', '15:00')]);
  expect((await chair.call(getPlanChanges, { params: { id } })).map((change) => change.reason)).toEqual([null, null, 'Menunggu data kelurahan']);
  // Over the edge of the week by arrow, and it is there.
  await page.getByRole('gridcell', { name: /^Kamis, 26 November 2026/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await see(page.getByRole('gridcell', { name: /^Rabu, 2 Desember 2026, 1 acara/ })).toBeFocused();

  await page.getByRole('button', { name: /^Langganan/ }).click();
  await page.getByRole('button', { name: 'Buat alamat' }).click();
  await see(page.getByLabel('Alamat langganan')).toHaveValue(/\/kalender\/[\w-]{28}\.ics$/);
  await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).click();
  await page.keyboard.press('n');
  await page.waitForURL((address) => address.pathname === '/rapat/baru' && address.searchParams.get('mulai') === '2026-12-02');
  expect(errors).toEqual([]);
  await close();
});
