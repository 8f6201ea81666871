// A walk through the press room, in the order in which a conference passes its screens: each is on its person's page when it is told.
import type { Browser } from 'playwright';
import { getMe } from '../../shared/people.ts';
import { postWalkIn } from '../../shared/press-desk.ts';
import { postConference, postConferenceState, postCrew, putCheck, type CheckName, type ConferenceState } from '../../shared/press.ts';
import { wordsIn, type Language } from '../../web/platform/language.ts';
import { pressScreens } from '../../web/press-room/screens.ts';
import { consoleWords } from '../../web/words/press-console.ts';
import { floorWords } from '../../web/words/press-floor.ts';
import { pressRoomWords } from '../../web/words/press-room.ts';
import type { Person } from './browser.ts';
import { inLanguage, sizes, type City } from './screens.ts';

type Seen = { name: string; person: Person };
const BLOCKING: readonly CheckName[] = ['media', 'moderator', 'narasumber', 'jbi', 'suara', 'rekaman', 'siaran'];
type Way = Exclude<ConferenceState, 'draft' | 'dibatalkan'>;

async function planned(city: City) {
  const operator = await city.clientOf('operator_dkis');
  const head = await (await city.clientOf('kepala_opd')).call(getMe, {});
  const startsAt = new Date(Date.now() + 40 * 60_000).toISOString();
  const { id, slug } = await operator.call(postConference, {
    body: { title: 'Pemulihan layanan setelah banjir', summary: 'Layanan yang sudah buka lagi, dan yang belum.', opdId: head.opd!.id, startsAt },
  });
  const params = { id };
  await operator.call(postCrew, { params, body: { role: 'narasumber', who: { kind: 'person', id: head.id } } });
  await operator.call(postCrew, { params, body: { role: 'moderator', who: { kind: 'person', id: city.staff.id } } });
  await operator.call(postCrew, { params, body: { role: 'jbi', who: { kind: 'guest', name: 'Lintang Sekarjati', institution: 'Perkumpulan JBI Tirtamaya' } } });
  const goTo = async (to: Way): Promise<void> => {
    if (to === 'tayang') for (const name of BLOCKING) await operator.call(putCheck, { params: { id, name }, body: { waive: 'Peragaan' } });
    await operator.call(postConferenceState, { params, body: { to } });
  };
  await goTo('diumumkan');
  await goTo('registrasi');
  const { link } = await operator.call(postWalkIn, {
    params,
    body: { name: 'Prameswari Ombakjingga', outlet: 'Warta Telaga', outletKind: 'daring', email: 'pram@wartatelaga.example' },
  });
  return { slug, link, goTo };
}

/** Every name of `pressScreens`, each once. Whoever looks may resize the page. */
export async function* pressWalk(city: City, browser: Browser, language: Language): AsyncGenerator<Seen, void> {
  const { slug, link, goTo } = await planned(city);
  const words = { room: wordsIn(pressRoomWords, language), floor: wordsIn(floorWords, language), console: wordsIn(consoleWords, language) };
  const [viewer, journalist, moderator] = [await city.person(browser, null), await city.person(browser, null), await city.person(browser, 'staf')];
  const everybody = [viewer, journalist, moderator];
  const open = async ({ page }: Person): Promise<unknown> => page.goto(inLanguage(`/siaran/${slug}`, language, city.portal.url));
  const enter = async ({ page }: Person): Promise<void> => {
    const [inside, button] = [page.locator('.press[data-connection="in"]'), page.locator('.gabung:enabled')];
    await inside.or(button).first().waitFor();
    // Whoever has nothing to read and may be heard goes in by themselves.
    if (!(await inside.isVisible())) await button.click({ timeout: 5_000 }).catch(() => {});
    await inside.waitFor();
  };
  const press = async ({ page }: Person, name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: true }).first().click();
  const seen = async (name: string, person: Person): Promise<Seen> => {
    const screen = pressScreens.find((one) => one.name === name);
    if (!screen) throw new Error(`${name} is not in web/press-room/screens.ts`);
    await person.page.locator(screen.wait).first().waitFor({ timeout: 20_000 });
    return { name, person };
  };
  const settle = async (): Promise<void> => {
    for (const { page } of everybody) await page.setViewportSize(sizes.laptop);
  };
  try {
    await open(viewer);
    yield await seen('siaran-aula', viewer);
    await goTo('ruang_tunggu');
    await open(moderator);
    yield await seen('siaran-sebelum', moderator);
    await settle();
    await enter(moderator);
    await moderator.page.locator('.check').first().waitFor();
    await moderator.page.keyboard.press('Escape');
    yield await seen('siaran-ruang-tunggu', moderator);
    await settle();
    await press(moderator, words.room.run);
    yield await seen('siaran-siap', moderator);
    await settle();
    await moderator.page.keyboard.press('Escape');
    await goTo('tayang');
    // Where sound is allowed, whoever waits in the hall is let in without a press.
    await viewer.page.locator('.press[data-connection="in"]').waitFor();
    yield await seen('siaran-tonton', viewer);
    await settle();
    await press(viewer, words.room.questions);
    yield await seen('siaran-tanya-penonton', viewer);
    await goTo('tanya_jawab');
    await journalist.page.goto(link);
    await journalist.page.waitForURL(/\/pers\/(?!masuk)/);
    await open(journalist);
    await enter(journalist);
    await press(journalist, words.room.questions);
    yield await seen('siaran-tanya', journalist);
    await settle();
    await journalist.page.getByLabel(words.floor.topic).fill('Air bersih di Kelurahan Telagabiru');
    await journalist.page
      .getByRole('textbox', { name: words.floor.text })
      .fill('Kapan air bersih mengalir lagi ke RW 03 dan RW 04, dan siapa yang mengirim tangki sampai saat itu?');
    await journalist.page.locator('.ask-form button[type="submit"]').click();
    yield await seen('siaran-antre', journalist);
    await settle();
    await press(moderator, words.room.questions);
    yield await seen('siaran-konsol', moderator);
    await settle();
    await moderator.page.locator('.console .queue summary').first().click();
    await press(moderator, words.console.refuse);
    yield await seen('siaran-konsol-alasan', moderator);
    await settle();
    await press(moderator, words.console.cancel);
    await press(moderator, words.console.removeOf('Prameswari Ombakjingga, Warta Telaga'));
    yield await seen('siaran-konsol-keluarkan', moderator);
    await settle();
    await press(moderator, words.console.cancel);
    await moderator.page.locator('.console .give').click();
    await moderator.page
      .getByRole('button', { name: words.console.give('Warta Telaga', 'Prameswari Ombakjingga') })
      .first()
      .click();
    yield await seen('siaran-giliran', journalist);
    yield await seen('siaran-konsol-giliran', moderator);
    await settle();
    await press(viewer, words.room.kit);
    yield await seen('siaran-materi', viewer);
    await goTo('selesai');
    await viewer.page.locator('.press').waitFor({ state: 'detached' });
    yield await seen('siaran-selesai', viewer);
  } finally {
    for (const person of everybody) await person.close();
  }
}
