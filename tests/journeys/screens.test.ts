// Every screen, as it stands for somebody on a phone: readable by a screen reader, reachable by a thumb, and asking nobody else for anything.
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { ringScreens } from '../../web/calls/ring/screens.ts';
import { pressScreens } from '../../web/press-room/screens.ts';
import { roomScreens } from '../../web/room-entry/screens.ts';
import { officeScreens, type OfficeScreen } from '../../web/screens.ts';
import type { Language } from '../../web/platform/language.ts';
import { openChromium, type Person } from '../support/browser.ts';
import { pressWalk } from '../support/press-room-screens.ts';
import { ringWalk } from '../support/ring-screens.ts';
import { roomWalk } from '../support/room-screens.ts';
import { inTrouble, openCity, standsAs, sizes, type City } from '../support/screens.ts';

let city: City;
let browser: Browser;
/** Pages that stand idle, by account. */
const idle = new Map<string, Person[]>();

beforeAll(async () => {
  city = await openCity();
  browser = await openChromium();
});

afterAll(async () => {
  await browser?.close();
  await city?.close();
});

/** The account's own page, kept from screen to screen as people do; a second one where two screens are looked at side by side. */
async function inOffice(screen: OfficeScreen, language: Language, viewport: { width: number; height: number }, look: (person: Person) => Promise<void>) {
  const ofAccount = idle.get(String(screen.as)) ?? [];
  idle.set(String(screen.as), ofAccount);
  const person = ofAccount.pop() ?? (await city.person(browser, screen.as));
  await person.page.setViewportSize(viewport);
  const trouble = await inTrouble(person.page, screen, language);
  await goTo(person.page, screen, language);
  await standsAs(person.page, screen, language);
  await look(person);
  await trouble.over();
  ofAccount.push(person);
}

/** As by a link of the office where the page stands in it: a page loaded anew takes four times the work. The first of each account, and whoever has none, loads it. */
async function goTo(page: Page, screen: OfficeScreen, language: Language): Promise<void> {
  const address = city.addressOf(screen, language);
  const [from, to] = [new URL(page.url()), new URL(address)];
  const inside =
    screen.as !== null && screen.trouble === undefined && from.origin === to.origin && to.hash === '' && isOffice(from.pathname) && isOffice(to.pathname);
  // Of the same screen something may be open, or written.
  if (!inside || from.pathname === to.pathname || (await page.locator('html').getAttribute('lang')) !== language) {
    await page.goto(address);
    return;
  }
  to.searchParams.delete('bahasa');
  await page.evaluate(async (path) => {
    history.pushState(null, '', path);
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
  }, to.pathname + to.search);
}

const isOffice = (path: string): boolean => !/^\/([rm]|siaran|periksa)(\/|$)/.test(path);

/** `expect`: the test's own, where tests run side by side. */
async function expectFit(person: Person, { expect }: Pick<TestContext, 'expect'>, pressedBy: 'finger' | 'mouse' = 'finger'): Promise<void> {
  const { page, foreign, errors } = person;
  // It stays in a page that is not loaded anew.
  const known = await page.evaluate(() => 'axe' in window);
  const { violations } = await new AxeBuilder({ page, ...(known && { axeSource: ';' }) })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  const named = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`));
  expect.soft(named, 'axe').toEqual([]);
  expect.soft(await tooWide(page), 'pixels that stick out sideways').toBe(0);
  if (pressedBy === 'finger') expect.soft(await tooSmall(page), 'touch targets below 44 px').toEqual([]);
  expect.soft(foreign.splice(0), 'requests to other hosts').toEqual([]);
  expect.soft(errors.splice(0), 'errors of the page').toEqual([]);
}

const tooWide = async (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Buttons, links and fields that can be seen; a box is as large as its label, and a link in running text as its line. */
const tooSmall = async (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a[href], summary, select, input, textarea')]
      .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest('[inert]'))
      .filter(
        (one) =>
          !(getComputedStyle(one).display === 'inline' && [...(one.parentElement?.childNodes ?? [])].some((n) => n.nodeType === 3 && n.nodeValue?.trim())),
      )
      .map((one) => ({ one, box: (one.closest('label') ?? one).getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > 0 && box.width > 1 && (box.width < 43.5 || box.height < 43.5))
      .map(({ one, box }) => `${one.outerHTML.slice(0, 120)} ${Math.round(box.width)} × ${Math.round(box.height)}`),
  );

// Two at a time: a page that is looked through takes one core.
describe.concurrent('the office on a phone', () => {
  test.for(officeScreens.map((screen) => [screen.name, screen] as const))('%s can be read and pressed by everybody', async ([, screen], context) => {
    await inOffice(screen, 'id', sizes.ponsel, (person) => expectFit(person, context));
  });
});

describe.concurrent('the office in English and at a desk', () => {
  const some = officeScreens.filter(({ name }) => ['masuk', 'beranda', 'rapat-final', 'presensi-admin'].includes(name));
  test.for(some.map((screen) => [screen.name, screen] as const))('%s stays fit in English', async ([, screen], context) => {
    await inOffice(screen, 'en', sizes.laptop, async (person) => {
      context.expect(await person.page.locator('html').getAttribute('lang')).toBe('en');
      await expectFit(person, context, 'mouse');
    });
  });
});

describe('the ringing screen on a phone', () => {
  let walk: ReturnType<typeof ringWalk>;
  beforeAll(() => {
    walk = ringWalk(city, browser, 'id');
  });
  afterAll(async () => {
    await walk.return();
  });

  test.each(ringScreens.map(({ name }) => name))('%s can be read and pressed by everybody', async (name) => {
    const { value } = await walk.next();
    expect(value?.name).toBe(name);
    if (!value) return;
    await value.person.page.setViewportSize(sizes.ponsel);
    await expectFit(value.person, { expect });
  });
});

describe('the room on a phone', () => {
  let walk: ReturnType<typeof roomWalk>;
  beforeAll(() => {
    walk = roomWalk(city, browser, 'id');
  });
  afterAll(async () => {
    await walk.return();
  });

  // One meeting passes them all, in the order of the list.
  test.each(roomScreens.map(({ name }) => name))('%s can be read and pressed by everybody', async (name) => {
    const { value } = await walk.next();
    expect(value?.name).toBe(name);
    if (!value) return;
    await value.person.page.setViewportSize(sizes.ponsel);
    await expectFit(value.person, { expect });
  });
});

describe('the press room on a phone', () => {
  let walk: ReturnType<typeof pressWalk>;
  beforeAll(() => {
    walk = pressWalk(city, browser, 'id');
  });
  afterAll(async () => {
    await walk.return();
  });

  test.each(pressScreens.map(({ name }) => name))('%s can be read and pressed by everybody', async (name) => {
    const { value } = await walk.next();
    expect(value?.name).toBe(name);
    if (!value) return;
    await value.person.page.setViewportSize(sizes.ponsel);
    await expectFit(value.person, { expect });
  });
});
