// Own media, in a real browser: a check that the host reads, blur and quiet from the portal's own files, a weak link, a locked phone, a dead microphone.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { expect } from 'playwright/test';
import { afterAll, beforeAll, test } from 'vitest';
import { getInvitations, postMeetingNow } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { newPerson, openChromium } from '../support/browser.ts';
import { temporaryFolder } from '../support/database.ts';
import { hasMicrophone, stripedCamera } from '../support/fake-devices.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { SOUND_SCRIPT } from '../support/press-stage.ts';
import { joins, openStage, seesMovingPictureOf, seesPictureOf, type Stage } from '../support/stage.ts';
import { closeUdp, openWeakLink } from '../support/weak-link.ts';

const see = expect.configure({ timeout: 45_000 });
const poll = { timeout: 45_000, intervals: [500] };
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const folder = temporaryFolder();
const camera = stripedCamera(join(folder, 'kamera.y4m'));
let stage: Stage;
/** A browser without WebGL. */
let poor: Browser;
beforeAll(async () => {
  stage = await openStage({ flags: [camera] });
  poor = await openChromium({ flags: [camera, '--disable-3d-apis'] });
});
afterAll(async () => {
  await poor?.close();
  await stage?.close();
  rmSync(folder, { recursive: true, force: true });
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const line = (page: Page) => page.locator('.own-line');

async function meetingOf(...names: string[]) {
  const api = portalClient(stage.portal.url);
  await api.call(postSession, { body: demoLogin(stage.portal.said(), 'Kepala Dinas Sosial') });
  const guests = names.map((name) => ({ name, institution: 'Yayasan Contoh' }));
  const { id } = await api.call(postMeetingNow, { body: { title: 'Uji perangkat', sifat: 'biasa', invite: { guests } } });
  const invitations = await api.call(getInvitations, { params: { id } });
  return { id, linkOf: (name: string): string => invitations.find((i) => i.name === name)?.link ?? '' };
}

/** What has come in so far: packets and energy of sound, and frames of pictures. */
const came = (page: Page): Promise<{ packets: number; energy: number; frames: number }> =>
  page.evaluate(async () => {
    const sum = { packets: 0, energy: 0, frames: 0 };
    for (const peer of (window as unknown as { peers: RTCPeerConnection[] }).peers)
      for (const one of (await peer.getStats()).values() as Iterable<RTCInboundRtpStreamStats>) {
        if (one.type !== 'inbound-rtp') continue;
        sum.packets += one.kind === 'audio' ? (one.packetsReceived ?? 0) : 0;
        sum.energy += one.totalAudioEnergy ?? 0;
        sum.frames += one.framesDecoded ?? 0;
      }
    return sum;
  });
/** Sound goes on: two seconds of it come in. */
async function hearsOn(page: Page, what: string): Promise<void> {
  const { packets } = await came(page);
  await expect.poll(async () => (await came(page)).packets, { ...poll, message: what }).toBeGreaterThan(packets + 100);
}
/** Energy of the sound of about a second. */
async function loudness(page: Page): Promise<number> {
  const before = await came(page);
  let now = before;
  await expect.poll(async () => (now = await came(page)).packets - before.packets, poll).toBeGreaterThan(50);
  return (now.energy - before.energy) / (now.packets - before.packets);
}
/** How far light and dark lie apart in the middle row of this person's picture: 190 in the stripes of the camera; without a picture nothing is blurred. */
const contrastOf = (page: Page, name: string): Promise<number> =>
  page
    .locator('.tile')
    .filter({ hasText: name })
    .locator('video')
    .first()
    .evaluate((video) => {
      if (!(video instanceof HTMLVideoElement) || video.videoWidth === 0) return 255;
      const canvas = document.createElement('canvas');
      const [width, height] = [(canvas.width = video.videoWidth), (canvas.height = video.videoHeight)];
      const context = canvas.getContext('2d');
      context?.drawImage(video, 0, 0);
      const row = context?.getImageData(width / 4, height / 2, width / 2, 1).data.filter((_, i) => i % 4 === 1) ?? [];
      return Math.max(...row) - Math.min(...row);
    });

test('what two guests find in the check stands on the list of the host; where there is no blur the button says so and the picture goes on', async () => {
  const { id, linkOf } = await meetingOf('Ibu Tamu', 'Bapak Tamu');
  const head = (await stage.signsIn('Kepala Dinas Sosial')).page;
  const ibu = (await stage.person(phone)).page;
  const bapak = await newPerson(poor, stage.portal.url);
  await head.goto(`/rapat/${id}`);
  await see(head.getByText('0 dari 3 siap')).toBeVisible();

  await ibu.goto(linkOf('Ibu Tamu').replace('/r#', '/r?periksa#'));
  await see(ibu.getByText('lewat jalur tercepat')).toBeVisible();
  await see(ibu.getByText(/^Ke portal: turun/)).toBeVisible();
  await see(ibu.getByText('Suara Anda terdengar.')).toBeVisible();
  await button(ibu, 'Rekam 3 detik').click();
  await see(ibu.locator('.check-devices audio')).toBeVisible();
  await button(ibu, 'Putar nada').click();
  await button(ibu, 'Terdengar').click();
  await button(ibu, 'Simpan hasil').click();
  await see(ibu.getByText('Anda siap. Hasil disimpan')).toBeVisible();
  await see(head.getByText('1 dari 3 siap')).toBeVisible();

  await closeUdp(bapak.page);
  await bapak.page.goto(linkOf('Bapak Tamu').replace('/r#', '/r?periksa#'));
  await see(bapak.page.getByText('lewat TCP')).toBeVisible();
  await button(bapak.page, 'Simpan hasil').click();
  await see(head.locator('.readiness li').filter({ hasText: 'Bapak Tamu' }).getByText('jalur lambat')).toBeVisible();

  await head.goto(`/r/${id}`);
  await joins(head);
  await button(bapak.page, 'Simpan hasil').waitFor();
  await bapak.page.getByRole('link', { name: 'Ke rapat' }).click();
  await joins(bapak.page);
  await seesMovingPictureOf(head, 'Bapak Tamu');
  await button(bapak.page, 'Lainnya').click();
  await bapak.page.getByLabel('Kaburkan latar').check({ force: true });
  await see(bapak.page.locator('.effect-state')).toHaveText('Tidak dapat dipakai di peramban ini.');
  await seesMovingPictureOf(head, 'Bapak Tamu');
  expect([bapak.foreign, bapak.errors]).toEqual([[], []]);
  await bapak.close();
  stage.expectCleanPages();
});

test('whoever blurs and quiets is seen blurred and moving, without the noise, and after a reload is never seen otherwise', async () => {
  const { linkOf } = await meetingOf('Ibu Tamu', 'Bapak Tamu');
  const [ibu, bapak] = [(await stage.person(phone)).page, (await stage.person()).page];
  await hasMicrophone(ibu, 'kipas');
  await bapak.addInitScript({ content: SOUND_SCRIPT });
  await bapak.goto(linkOf('Bapak Tamu'));
  await joins(bapak);
  await ibu.goto(linkOf('Ibu Tamu'));
  await joins(ibu);
  await seesMovingPictureOf(bapak, 'Ibu Tamu');
  await expect.poll(() => contrastOf(bapak, 'Ibu Tamu'), poll).toBeGreaterThan(120);
  const noise = await loudness(bapak);

  const files: string[] = [];
  ibu.on('response', (response) => void (/latar-|rnnoise/.test(response.url()) && files.push(`${new URL(response.url()).host} ${response.status()}`)));
  await button(ibu, 'Lainnya').click();
  await ibu.getByLabel('Redam bising').check();
  await ibu.getByLabel('Kaburkan latar').check();
  await expect.poll(() => contrastOf(bapak, 'Ibu Tamu'), poll).toBeLessThan(40);
  await seesMovingPictureOf(bapak, 'Ibu Tamu');
  await expect.poll(() => loudness(bapak), poll).toBeLessThan(noise / 3);
  await hearsOn(bapak, 'sound of a quieted microphone');
  await see(ibu.locator('.effect-state')).toHaveCount(0);
  for (const effect of ['Redam bising', 'Kaburkan latar']) await see(ibu.getByLabel(effect)).toBeChecked();
  expect(files.length).toBeGreaterThan(5);
  expect(new Set(files)).toEqual(new Set([`${new URL(stage.portal.url).host} 200`]));

  await ibu.reload();
  await joins(ibu);
  await seesPictureOf(bapak, 'Ibu Tamu');
  expect(await contrastOf(bapak, 'Ibu Tamu')).toBeLessThan(40);
  await seesMovingPictureOf(bapak, 'Ibu Tamu');
  expect(await contrastOf(bapak, 'Ibu Tamu')).toBeLessThan(40);
  for (const page of [ibu, bapak]) await page.close();
  stage.expectCleanPages();
});

test('on a link that loses a third of its packets pictures give way and sound goes on; a tap brings them back', async () => {
  const { linkOf } = await meetingOf('Ibu Tamu', 'Bapak Tamu');
  const [ibu, bapak] = [(await stage.person(phone)).page, (await stage.person()).page];
  const weak = await openWeakLink(stage.mediaPort());
  try {
    await weak.between(ibu);
    await ibu.addInitScript({ content: SOUND_SCRIPT });
    await bapak.goto(linkOf('Bapak Tamu'));
    await joins(bapak);
    await ibu.goto(linkOf('Ibu Tamu'));
    await joins(ibu);
    await seesMovingPictureOf(ibu, 'Bapak Tamu');

    weak.loses(0.33);
    await see(line(ibu)).toContainText('Sambungan Anda lemah. Hemat data: gambar peserta lain dihentikan');
    await hearsOn(ibu, 'sound on the weak link');
    expect((await came(ibu)).frames).toBe(0);
    weak.loses(0);
    await button(ibu, 'Terima gambar lagi').click();
    await see(line(ibu)).toHaveCount(0);
    await seesMovingPictureOf(ibu, 'Bapak Tamu');
  } finally {
    weak.close();
  }
  for (const page of [ibu, bapak]) await page.close();
  stage.expectCleanPages();
});

test('a locked phone is heard and hears on and shows its picture again after; a small window has the speaker and two buttons; a dead microphone is told', async () => {
  const { linkOf } = await meetingOf('Ibu Tamu', 'Bapak Tamu');
  const [ibu, bapak] = [await stage.person(phone), await stage.person()];
  for (const { page } of [ibu, bapak]) await page.addInitScript({ content: SOUND_SCRIPT });
  await bapak.page.goto(linkOf('Bapak Tamu'));
  await joins(bapak.page);
  await ibu.page.goto(linkOf('Ibu Tamu'));
  await joins(ibu.page);
  await seesMovingPictureOf(bapak.page, 'Ibu Tamu');

  // Chromium without a window hides no page: the page is told, and then runs no script, as on a phone in a pocket.
  const becomes = async (state: 'hidden' | 'visible'): Promise<void> =>
    ibu.page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await becomes('hidden');
  await see(bapak.page.locator('.tile[data-picture="false"]').filter({ hasText: 'Ibu Tamu' })).toBeVisible();
  const system = await ibu.context.newCDPSession(ibu.page);
  const { packets } = await came(ibu.page);
  await system.send('Debugger.enable');
  await system.send('Debugger.pause');
  await hearsOn(bapak.page, 'sound from a locked phone');
  await system.send('Debugger.disable');
  expect((await came(ibu.page)).packets).toBeGreaterThan(packets + 100);
  await becomes('visible');
  await seesMovingPictureOf(bapak.page, 'Ibu Tamu');
  await see(ibu.page.locator('.room[data-connection="in"]')).toBeVisible();

  await button(bapak.page, 'Lainnya').click();
  const opened = bapak.context.waitForEvent('page');
  await button(bapak.page, 'Jendela kecil').click();
  const small = await opened;
  await expect
    .poll(() => small.locator('video').evaluate((video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames), poll)
    .toBeGreaterThan(3);
  await button(small, 'Matikan mikrofon').click();
  await see(button(small, 'Nyalakan mikrofon')).toBeVisible();
  await button(small, 'Keluar').click();
  await see(bapak.page.locator('[data-screen="left"]')).toBeVisible();
  await expect.poll(() => small.isClosed()).toBe(true);

  await hasMicrophone(ibu.page, 'mati');
  await ibu.page.reload();
  await joins(ibu.page);
  await see(line(ibu.page)).toContainText('Mikrofon Anda menyala, tetapi tidak ada suara yang masuk.');
  await button(ibu.page, 'Pilih mikrofon').click();
  await see(ibu.page.locator('.settings')).toBeVisible();
  stage.expectCleanPages();
});
