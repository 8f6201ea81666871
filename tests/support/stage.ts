// The whole product for a journey: the portal's process on the demonstration city, its LiveKit, and a Chromium.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from 'playwright/test';
import type { Browser, BrowserContextOptions } from 'playwright';
import { newPerson, openChromium, type Person } from './browser.ts';
import { demoData } from './demo-data.ts';
import { demoLogin } from './portal-client.ts';
import { mediaReady, startPortal, type Portal } from './portal.ts';

export type Stage = Awaited<ReturnType<typeof openStage>>;

export async function openStage({ flags = [], ...options }: { env?: Record<string, string>; flags?: readonly string[] } = {}) {
  const dataFolder = demoData();
  const portal: Portal = await startPortal({ dataFolder, ...options });
  await mediaReady(portal);
  const browser: Browser = await openChromium({ flags });
  const people: Person[] = [];
  async function person(context: BrowserContextOptions = {}): Promise<Person> {
    const someone = await newPerson(browser, portal.url, context);
    people.push(someone);
    return someone;
  }
  const mediaPort = (name: string): number =>
    Number(new RegExp(`"${name}": (\\d+)`).exec(readFileSync(join(dataFolder, 'media', 'livekit.yaml'), 'utf8'))?.[1]);
  /** Signed in by hand, as an account the portal printed. */
  async function signsIn(role: string, context: BrowserContextOptions = {}): Promise<Person> {
    const someone = await person(context);
    const { login, password } = demoLogin(portal.said(), role);
    await someone.page.goto('/masuk');
    await someone.page.getByLabel('NIP atau surel').fill(login);
    await someone.page.getByLabel('Kata sandi', { exact: true }).fill(password);
    await someone.page.getByRole('button', { name: 'Masuk', exact: true }).click();
    await expect(someone.page.getByRole('link', { name: 'Beranda' }).first()).toBeVisible();
    return someone;
  }
  return {
    portal,
    person,
    signsIn,
    livekitPid: (): number => portal.children().find((child) => child.name === 'livekit')?.pid ?? 0,
    livekitUrl: (): string => `ws://127.0.0.1:${mediaPort('port')}`,
    /** Where packets of sound and picture go. */
    mediaPort: (): number => mediaPort('udp_port'),
    /** Nobody's page asked another host for anything, and nothing was refused by the pages' own policy. */
    expectCleanPages() {
      for (const { foreign, errors } of people) expect([foreign, errors]).toEqual([[], []]);
    },
    async close() {
      await browser.close();
      await portal.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Presses *Gabung* on the pre-join screen and waits for the room's controls. */
export async function joins(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Gabung', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Keluar', exact: true })).toBeVisible({ timeout: 30_000 });
}

/** A moving picture of somebody with this name is on the page. */
export async function seesPictureOf(page: Page, name: string): Promise<void> {
  await expect
    .poll(
      () =>
        page
          .locator('video')
          .evaluateAll(
            (videos, who) =>
              videos.some(
                (v) =>
                  v instanceof HTMLVideoElement &&
                  v.videoWidth > 0 &&
                  v.readyState >= 2 &&
                  (v.closest('[data-member], article, li, figure')?.textContent ?? '').includes(who),
              ),
            name,
          ),
      {
        timeout: 30_000,
        message: `picture of ${name}`,
      },
    )
    .toBe(true);
}

/** Frames shown of this person's picture so far. */
const framesOf = (page: Page, name: string): Promise<number> =>
  page
    .locator('.tile')
    .filter({ hasText: name })
    .locator('video')
    .first()
    .evaluate((video) => (video instanceof HTMLVideoElement ? video.getVideoPlaybackQuality().totalVideoFrames : 0));

/** The picture goes on: more frames than before. */
export async function seesMovingPictureOf(page: Page, name: string): Promise<void> {
  await seesPictureOf(page, name);
  const before = await framesOf(page, name);
  await expect.poll(() => framesOf(page, name), { timeout: 30_000, message: `moving picture of ${name}` }).toBeGreaterThan(before + 5);
}

/** The picture stands: two looks in a row show the same frame. */
export async function seesStillPictureOf(page: Page, name: string): Promise<void> {
  let last = -1;
  await expect
    .poll(
      async () => {
        const frames = await framesOf(page, name).catch(() => last);
        const still = frames === last;
        last = frames;
        return still;
      },
      { timeout: 15_000, intervals: [700], message: `still picture of ${name}` },
    )
    .toBe(true);
}
