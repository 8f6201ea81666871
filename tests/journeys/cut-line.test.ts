// Parts of a page that do not come over a bad line: what stands stays, says that it waits, and goes on by itself.
import type { Page } from 'playwright';
import { afterAll, beforeAll, test } from 'vitest';
import { postMeetingEnd, postMeetingNow } from '../../shared/meetings.ts';
import { getMe, postSession } from '../../shared/people.ts';
import { eventually } from '../support/eventually.ts';
import { demoLogin, portalClient, type PortalClient } from '../support/portal-client.ts';
import { see } from '../support/see.ts';
import { joins, openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let head: PortalClient;

beforeAll(async () => {
  stage = await openStage();
  head = portalClient(stage.portal.url);
  await head.call(postSession, { body: demoLogin(stage.portal.said(), 'Kepala Dinas Sosial') });
});
afterAll(async () => {
  stage?.expectCleanPages();
  await stage?.close();
});

async function device(): Promise<Page> {
  const person = await stage.person();
  await person.context.addCookies([...head.cookies].map(([name, value]) => ({ name, value, url: stage.portal.url })));
  return person.page;
}

/** Asked for and not given, as over a line that is cut. */
async function withheld(page: Page, ...addresses: string[]) {
  let asked = 0;
  for (const address of addresses)
    await page.route(address, async (route) => {
      asked++;
      await route.abort('internetdisconnected');
    });
  return { asked: () => asked, give: async () => page.unrouteAll() };
}

test('a page of the office waits for its part, and stands when the line is back', async () => {
  const page = await device();
  await page.goto('/akun');
  await see(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
  const part = await withheld(page, '**/assets/meetings-screen-*.js', '**/assets/meetings-screen-*.css', `${stage.portal.url}/`);
  await page.getByRole('link', { name: 'Rapat', exact: true }).first().click();
  await eventually('asked for twice', () => part.asked() > 3);
  await see(page.getByText('Halaman ini berhenti bekerja')).toHaveCount(0);
  await part.give();
  await see(page.getByRole('main').getByRole('heading', { level: 1, name: 'Rapat' })).toBeVisible({ timeout: 20_000 });
});

test('a page whose part is gone with an update offers the new one', async () => {
  const page = await device();
  await page.goto('/akun');
  await see(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
  const part = await withheld(page, '**/assets/meetings-screen-*.js');
  await page.getByRole('link', { name: 'Rapat', exact: true }).first().click();
  await see(page.getByText('Halaman ini berhenti bekerja')).toBeVisible({ timeout: 20_000 });
  await part.give();
  await page.getByRole('button', { name: 'Muat ulang' }).click();
  await see(page.getByRole('main').getByRole('heading', { level: 1, name: 'Rapat' })).toBeVisible();
});

test('a panel of the room that does not come leaves the room as it is', async () => {
  const { id } = await head.call(postMeetingNow, { body: { title: 'Jaringan buruk', sifat: 'biasa', invite: { people: [(await head.call(getMe, {})).id] } } });
  const page = await device();
  await page.goto(`/r/${id}`);
  await joins(page);
  const part = await withheld(page, '**/assets/people-panel-*');
  await page.getByRole('button', { name: /^Peserta/ }).click();
  await eventually('asked for twice', () => part.asked() > 1);
  await see(page.getByRole('button', { name: 'Keluar' })).toBeVisible();
  await part.give();
  await see(page.getByRole('complementary').getByText('Indrayani').first()).toBeVisible({ timeout: 20_000 });
  await head.call(postMeetingEnd, { params: { id } });
});
