// `npm run screens`: every screen of office and room, in both languages and two sizes, as pictures in .screens/ to be looked at.
// `npm run screens -- presensi`: only those with this word in their name.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { officeScreens } from '../web/screens.ts';
import { openChromium, type Person } from './support/browser.ts';
import { pressWalk } from './support/press-room-screens.ts';
import { ringWalk } from './support/ring-screens.ts';
import { roomWalk } from './support/room-screens.ts';
import { inTrouble, openCity, standsAs, sizes } from './support/screens.ts';

const folder = '.screens';
const languages = ['id', 'en'] as const;
const wanted = process.argv.slice(2);
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.some((word) => name.includes(word));
const pictures: string[] = [];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const city = await openCity();
const browser = await openChromium();
try {
  for (const language of languages) {
    await drawOffice(language);
    if (isWanted('ruang')) for await (const { name, person } of roomWalk(city, browser, language)) await draw(person.page, `ruang-${name}`, language, false);
    if (isWanted('siaran')) for await (const { name, person } of pressWalk(city, browser, language)) await draw(person.page, name, language, false);
    if (isWanted('dering')) for await (const { name, person } of ringWalk(city, browser, language)) await draw(person.page, name, language, false);
  }
  writeFileSync(join(folder, 'index.html'), indexPage());
  console.log(`${pictures.length} pictures; open ${join(folder, 'index.html')}`);
} finally {
  await browser.close();
  await city.close();
}

async function drawOffice(language: (typeof languages)[number]): Promise<void> {
  const people = new Map<string, Person>();
  for (const screen of officeScreens.filter(({ name }) => isWanted(name))) {
    const person = people.get(String(screen.as)) ?? (await city.person(browser, screen.as));
    people.set(String(screen.as), person);
    const trouble = await inTrouble(person.page, screen, language);
    await person.page.goto(city.addressOf(screen, language));
    await standsAs(person.page, screen, language);
    await draw(person.page, `kantor-${screen.name}`, language, true);
    await trouble.over();
  }
  for (const person of people.values()) await person.close();
}

/** The office scrolls: all of it, with the bar at its foot. The room does not. */
async function draw(page: Page, name: string, language: string, whole: boolean): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    const height = whole ? await page.evaluate(() => document.documentElement.scrollHeight) : 0;
    await page.setViewportSize({ ...viewport, height: Math.max(viewport.height, height) });
    const picture = `${name}.${language}.${size}.png`;
    await page.screenshot({ path: join(folder, picture), animations: 'disabled' });
    pictures.push(picture);
  }
  console.log(`${language} ${name}`);
}

function indexPage(): string {
  const figures = pictures
    .toSorted()
    .map((name) => `<figure><a href="${name}"><img src="${name}" alt="" loading="lazy" height="360"></a><figcaption>${name}</figcaption></figure>`);
  return `<!doctype html><meta charset="utf-8"><title>Layar</title><style>body{display:flex;flex-wrap:wrap;gap:1rem;align-items:end;font:14px sans-serif}figure{margin:0}img{max-width:640px;border:1px solid #999}</style>${figures.join('\n')}`;
}
