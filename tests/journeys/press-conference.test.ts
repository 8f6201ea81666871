// A press conference by hand, in real browsers: accredited, met in the green room, on air, in a fair order, heard, and on record.
import type { Page } from 'playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { hears, hearsNothing, pressStage, SOUND_SCRIPT } from '../support/press-stage.ts';
import { see } from '../support/see.ts';
import { openStage, seesPictureOf, type Stage } from '../support/stage.ts';

const PHONE = { viewport: { width: 360, height: 740 } };
const DESK = { viewport: { width: 1366, height: 768 } };

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage.close());

const entersRoom = async (page: Page): Promise<void> => {
  const inside = page.locator('.press[data-connection="in"]');
  const button = page.locator('.gabung:enabled');
  await see(inside.or(button).first()).toBeVisible({ timeout: 30_000 });
  // Whoever has nothing to read and may be heard goes in by themselves, perhaps while the button is being pressed.
  if (!(await inside.isVisible())) await button.click({ timeout: 5_000 }).catch(() => {});
  await see(inside).toBeVisible({ timeout: 30_000 });
};

async function asks(page: Page, topic: string): Promise<void> {
  const panel = page.getByRole('complementary', { name: 'Pertanyaan Anda' });
  if (!(await panel.isVisible())) await page.getByRole('button', { name: 'Pertanyaan', exact: true }).click();
  await panel.getByLabel('Topik').fill(topic);
  await panel.getByRole('textbox', { name: 'Pertanyaan' }).fill(`Bagaimana ${topic}?`);
  await panel.getByRole('button', { name: 'Ajukan pertanyaan' }).click();
  await see(panel.getByText(/^Giliran ke-/).first()).toBeVisible();
}

/** One button says what is next: fit to be asked, then the floor. */
async function gives(page: Page, outlet: string): Promise<void> {
  for (const act of ['Layak ditanyakan', 'Beri giliran'])
    await page
      .getByRole('button', { name: new RegExp(`^${act}: ${outlet}`) })
      .first()
      .click();
}

test('two outlets are accredited, the crew meets unseen, goes on air, and questions are heard in a fair order and kept', async () => {
  const press = await pressStage(stage);
  const conference = await press.plans('Bantuan banjir tahap dua', 'registrasi');
  const { slug, id } = conference;
  const [rani, operator, head, viewer, watcher] = await Promise.all([
    press.journalist(conference, 'Rani Wartawati', 'Radar Uji', PHONE),
    stage.signsIn('Operator DKIS', DESK),
    stage.signsIn('Kepala Dinas Sosial', DESK),
    stage.person(DESK),
    stage.person(PHONE),
  ]);
  await see(rani.page.getByText('Pers · Radar Uji')).toBeVisible();

  await viewer.page.addInitScript({ content: SOUND_SCRIPT });
  await viewer.page.goto(`/siaran/${slug}`);
  await see(viewer.page.getByText(/^Siaran dimulai/)).toBeVisible();

  // The green room: crew and speakers see each other, nobody else is let in.
  await operator.page.goto(`/siaran/${slug}`);
  await see(operator.page.getByRole('heading', { name: 'Ruang tunggu belum dibuka' })).toBeVisible();
  const office = await operator.context.newPage();
  await office.goto(`/konferensi/${id}`);
  await office
    .getByRole('button', { name: /ruang tunggu/i })
    .first()
    .click();
  await office
    .getByRole('dialog')
    .getByRole('button', { name: /ruang tunggu/i })
    .click();
  await operator.page.bringToFront();
  await entersRoom(operator.page);
  const signer = await stage.person(PHONE);
  await signer.page.goto(conference.signerLink);
  await entersRoom(signer.page);
  const doors: string[] = [];
  head.page.on('websocket', (socket) => socket.url().includes('/rtc') && doors.push(socket.url()));
  await head.page.goto(`/siaran/${slug}`);
  await entersRoom(head.page);
  const speaker = await head.page.evaluate(async () => ((await (await fetch('/api/me')).json()) as { name: string }).name);
  await see(head.page.getByText('Ruang tunggu — belum tayang')).toBeVisible();
  await seesPictureOf(operator.page, speaker);
  await seesPictureOf(head.page, 'Ratna Isyarat');
  await see(viewer.page.locator('video')).toHaveCount(0);

  // What is not ready keeps it off the air, unless the operator says why.
  const run = operator.page.getByRole('complementary', { name: 'Acara' });
  await see(run.getByRole('button', { name: 'Tayang', exact: true })).toBeDisabled();
  for (const name of ['Rekaman', 'Siaran ke luar']) await run.getByRole('listitem').filter({ hasText: name }).getByRole('button', { name: 'Sudah' }).click();
  const moderator = run.getByRole('listitem').filter({ hasText: 'Moderator' });
  await moderator.getByRole('button', { name: 'Kesampingkan' }).click();
  await moderator.getByLabel('Alasan, tercatat').fill('Operator memoderasi');
  await moderator.getByRole('button', { name: 'Kesampingkan' }).click();
  await run.getByRole('button', { name: 'Tayang', exact: true }).click();
  await see(head.page.getByText(/^Tayang dalam \d$/)).toBeVisible();
  await see(head.page.getByText('TAYANG', { exact: true })).toBeVisible({ timeout: 15_000 });
  // Nobody is moved from one room to another.
  expect(doors).toHaveLength(1);

  // Whoever only watches needs not press anything where sound is allowed.
  await seesPictureOf(viewer.page, speaker);
  await seesPictureOf(viewer.page, 'Ratna Isyarat');
  await entersRoom(rani.page);
  // Somebody comes to watch, registers in another tab, is accepted, and comes in as a journalist without a reload.
  await watcher.page.addInitScript({ content: SOUND_SCRIPT });
  await watcher.page.goto(`/siaran/${slug}`);
  await see(watcher.page.locator('.press[data-connection="in"]')).toBeVisible({ timeout: 30_000 });
  const doni = { ...watcher, member: await press.registers(watcher.page, conference, 'Doni Pewarta', 'Kabar Contoh') };
  await doni.page.getByRole('button', { name: 'Masuk sebagai jurnalis' }).click();
  await entersRoom(doni.page);
  await Promise.all([rani, doni].map(async ({ page }) => seesPictureOf(page, speaker)));
  // The kit comes to a page that is open at its minute; nobody presses anything.
  await viewer.page.getByRole('button', { name: 'Materi', exact: true }).click();
  await press.releases(conference, 'Tiga posko dibuka', 8000);
  await run.getByRole('button', { name: 'Buka tanya jawab' }).click();

  // Rani asks, has the floor, asks again; Doni asks once, later, and is first: his outlet has had no turn.
  await asks(rani.page, 'jadwal posko');
  await gives(operator.page, 'Radar Uji');
  await see(rani.page.getByText('Giliran Anda — mikrofon terbuka')).toBeVisible({ timeout: 30_000 });
  await rani.page.getByRole('button', { name: 'Selesai, kembalikan' }).click();
  await see(rani.page.getByText('Giliran Anda — mikrofon terbuka')).toHaveCount(0);
  await asks(rani.page, 'dana cadangan');
  await asks(doni.page, 'air bersih');
  await see(doni.page.getByText(/^Giliran ke-1 dari 2/).first()).toBeVisible();
  await see(rani.page.getByText(/^Giliran ke-2 dari 2/).first()).toBeVisible();

  await doni.page.keyboard.press('Escape');
  await doni.page.getByRole('button', { name: 'Siapkan mikrofon' }).click();
  await see(doni.page.getByText('Mikrofon siap')).toBeVisible({ timeout: 15_000 });
  expect(await press.microphoneOf(doni.member)).toBeNull();
  await head.page.getByRole('button', { name: /^Mikrofon/ }).click();
  await Promise.all([viewer, rani].map(async ({ page }) => hearsNothing(page, 'nobody speaks, and a prepared microphone is heard by nobody')));
  // By keys, as whoever moderates for an hour does.
  await operator.page.getByRole('button', { name: 'Pertanyaan', exact: true }).click();
  for (const act of ['Layak ditanyakan', 'Beri giliran']) {
    await see(operator.page.locator('.console').getByRole('button', { name: new RegExp(`^${act}: Kabar Contoh`) })).toBeEnabled();
    await operator.page.keyboard.press('g');
  }
  await see(doni.page.getByText('Giliran Anda — mikrofon terbuka')).toBeVisible({ timeout: 30_000 });
  await eventually('the microphone is at the media server', () => press.microphoneOf(doni.member));
  await Promise.all([viewer, rani].map(async ({ page }) => hears(page, 'the journalist is heard elsewhere')));
  await see(viewer.page.getByText('Pers · Kabar Contoh').first()).toBeVisible();
  await see(viewer.page.getByRole('complementary', { name: 'Materi pers' }).getByText('Tiga posko dibuka').first()).toBeVisible();

  // On a weak link: sound and the interpreter stay, the speaker becomes a card.
  await viewer.page.getByRole('button', { name: /^Hemat data/ }).click();
  await see(viewer.page.locator('.stage video')).toHaveCount(0);
  await seesPictureOf(viewer.page, 'Ratna Isyarat');
  await hears(viewer.page, 'sound goes on');

  await see(operator.page.getByRole('button', { name: 'Selesai: terjawab' })).toBeVisible();
  await operator.page.keyboard.press('r');
  await eventually('the track is gone at the media server', async () => (await press.microphoneOf(doni.member)) === null);
  await hearsNothing(viewer.page, 'silence after the turn');
  await see(doni.page.getByText('Giliran Anda — mikrofon terbuka')).toHaveCount(0);

  // Taken out by name: out of the room at once, and back with no pass.
  await operator.page.locator('.console .queue summary').first().click();
  await operator.page.getByRole('button', { name: 'Keluarkan Rani Wartawati, Radar Uji' }).click();
  await see(operator.page.getByText('Keluarkan Rani Wartawati, Radar Uji?')).toBeVisible();
  await operator.page.getByRole('button', { name: 'Ya, keluarkan' }).click();
  await see(rani.page.getByRole('heading', { name: 'Anda dikeluarkan dari siaran' })).toBeVisible();

  await operator.page.getByRole('button', { name: 'Acara' }).click();
  await run.getByRole('button', { name: 'Akhiri siaran' }).click();
  await run.getByRole('button', { name: 'Ya, akhiri siaran' }).click();
  for (const { page } of [viewer, doni, head]) await see(page.getByRole('heading', { name: 'Konferensi pers sudah selesai' })).toBeVisible();
  await viewer.page.getByRole('link', { name: 'Siaran pers dan tanya jawab' }).click();
  await viewer.page.waitForURL(`**/pers/${slug}`);
  for (const words of ['air bersih', 'Kabar Contoh', 'jadwal posko']) await see(viewer.page.getByText(words).first()).toBeVisible();
  stage.expectCleanPages();
});

/** What must hold of the interpreter's place at every size: how much of which side. */
const SIZES = [
  { name: 'a small phone', width: 320, height: 568, least: { width: 0.5, height: 1 / 3 } },
  { name: 'a phone', width: 360, height: 740, least: { width: 0.5, height: 1 / 3 } },
  { name: 'a phone with its keyboard open', width: 360, height: 400, least: { width: 0.5, height: 1 / 3 } },
  { name: 'a tablet', width: 768, height: 1024, least: { width: 0.5, height: 1 / 3 } },
  { name: 'a laptop', width: 1366, height: 768, least: { width: 0.22, height: 0.2 } },
  { name: 'a phone on its side', width: 740, height: 360, least: { width: 0.22, height: 0.2 } },
] as const;

test('the interpreter’s place is never small, covered or out of sight, at any width, panels open or closed', async () => {
  const press = await pressStage(stage);
  const conference = await press.plans('Tempat juru bahasa isyarat', 'tayang');
  const { page } = await press.journalist(conference, 'Sinta Pewarta', 'Suara Uji', PHONE);
  await entersRoom(page);
  await see(page.getByText('Juru bahasa isyarat belum hadir')).toBeVisible();
  const signer = await stage.person(PHONE);
  await signer.page.goto(conference.signerLink);
  await entersRoom(signer.page);
  await seesPictureOf(page, 'Ratna Isyarat');
  for (const panel of [null, 'Pertanyaan', 'Materi', 'Lainnya'])
    for (const { name, width, height, least } of SIZES) {
      await page.setViewportSize({ width, height });
      if (panel) await page.getByRole('button', { name: panel, exact: true }).click();
      if (panel) await see(page.locator('.panel[aria-label]')).toBeVisible();
      const wrong = (): Promise<string[]> =>
        page.evaluate((least) => {
          const place = document.querySelector('.jbi')!;
          const { left, right, top, bottom, width, height } = place.getBoundingClientRect();
          const INSET = 8;
          const across = [left + INSET, (left + right) / 2, right - INSET];
          const down = [top + INSET, (top + bottom) / 2, bottom - INSET];
          const covering = across.flatMap((x) => down.map((y) => document.elementFromPoint(x, y))).filter((found) => !place.contains(found));
          return [
            ...(left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5 ? ['out of sight'] : []),
            ...covering.map((found) => `covered by ${found?.className}`),
            ...(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []),
            ...(width < least.width * innerWidth ? [`only ${width} of ${innerWidth} wide`] : []),
            ...(height < least.height * innerHeight ? [`only ${height} of ${innerHeight} high`] : []),
          ];
        }, least);
      await see.poll(wrong, { message: `the interpreter on ${name}, ${panel ?? 'no panel'} open`, timeout: 10_000 }).toEqual([]);
      if (panel) await page.keyboard.press('Escape');
    }
  stage.expectCleanPages();
});
