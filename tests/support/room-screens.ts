// A walk through every screen of the room, in the order in which a meeting passes them: each is on its person's page when it is told.
import type { Browser } from 'playwright';
import { deleteKnock, postKnock } from '../../shared/lobby.ts';
import { postTicket } from '../../shared/meetings.ts';
import { wordsIn, type Language } from '../../web/platform/language.ts';
import { roomText } from '../../web/room-entry/words/room.ts';
import { moderationWords } from '../../web/room-entry/moderation/words.ts';
import { proceedingsWords } from '../../web/words/proceedings.ts';
import { recordWords } from '../../web/words/record.ts';
import { roomScreens } from '../../web/room-entry/screens.ts';
import type { Person } from './browser.ts';
import { pagedPdf } from './paged-pdf.ts';
import { portalClient } from './portal-client.ts';
import { GUEST, inLanguage, SECOND_GUEST, sizes, type Called, type City } from './screens.ts';
import { enterRoom } from './visitor.ts';

/** Chromium without a window has answered for everybody. */
const UNASKED = `navigator.permissions.query = () => Promise.resolve({ state: 'prompt' })`;

export type Seen = { name: string; person: Person };
type Walk = AsyncGenerator<Seen, void>;
type Cast = { city: City; browser: Browser; language: Language; called: Called };

/** Every name of `roomScreens`, each once. Whoever looks may resize the page. */
export async function* roomWalk(city: City, browser: Browser, language: Language): Walk {
  const called = await city.callMeeting('Banjir Kelurahan Telagabiru: pembagian logistik');
  const cast = { city, browser, language, called };
  const chair = await city.person(browser, 'kepala_opd');
  const guest = await city.person(browser, null);
  try {
    yield* beforeTheRoom(cast, chair, guest);
    yield* insideTheRoom(cast, chair, guest);
    yield* outOfTheRoom(cast, chair, guest);
  } finally {
    await chair.close();
    await guest.close();
  }
}

async function seen(name: string, person: Person): Promise<Seen> {
  const screen = roomScreens.find((one) => one.name === name);
  if (!screen) throw new Error(`${name} is not in web/room-entry/screens.ts`);
  await person.page.locator(screen.wait).first().waitFor({ timeout: 20_000 });
  return { name, person };
}

async function open({ city, language }: Cast, { page }: Person, address: string): Promise<void> {
  await page.setViewportSize(sizes.laptop);
  // The same address with another fragment would not load anew.
  await page.goto('about:blank');
  await page.goto(inLanguage(address, language, city.portal.url));
}

/** Answers the identity the portal gave this page. */
async function enter(cast: Cast, person: Person, address: string): Promise<string> {
  // The page that stood here before may ask once more while it goes.
  await person.page.goto('about:blank');
  const joined = person.page.waitForResponse((response) => response.url().endsWith('/api/join'));
  await open(cast, person, address);
  const { ticket } = (await (await joined).json()) as { ticket: { identity: string } | null };
  // Who reads the notice now gets the first ticket on the press.
  const asked = ticket ? null : person.page.waitForResponse((response) => response.url().endsWith('/ticket'));
  await person.page.locator('.gabung').click();
  await person.page.locator('.room[data-connection="in"]').waitFor();
  const given = ticket ?? ((await (await asked)!.json()) as { identity: string });
  return given.identity;
}

const widen = async (...people: Person[]): Promise<void> => {
  for (const { page } of people) await page.setViewportSize(sizes.laptop);
};

/** Somebody who comes for one screen only; their page's errors are looked at before they go. */
async function* passerBy({ city, browser }: Cast, arrive: (person: Person) => Promise<Seen>, signedInAs: 'staf' | null = null): Walk {
  const person = await city.person(browser, signedInAs);
  try {
    yield await arrive(person);
  } finally {
    await person.close();
  }
}

async function* beforeTheRoom(cast: Cast, chair: Person, guest: Person): Walk {
  const link = cast.called.linkOf(GUEST);
  await open(cast, guest, link);
  yield seen('prejoin', guest);
  await widen(guest);
  await guest.page.locator('.devices summary').click();
  yield seen('prejoin-devices', guest);

  const other = cast.called.linkOf(SECOND_GUEST);
  yield* passerBy(cast, async (person) => {
    await person.page.addInitScript(UNASKED);
    await open(cast, person, other);
    return seen('prejoin-asks', person);
  });
  yield* passerBy(cast, async (person) => {
    await person.page.addInitScript(
      `${UNASKED}; if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))`,
    );
    await open(cast, person, other);
    await person.page.locator('.ask button').click();
    return seen('prejoin-refused', person);
  });
  yield* passerBy(cast, async (person) => {
    await person.page.route('**/api/join', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...((await response.json()) as object), media: 'unavailable', ticket: null } });
    });
    await open(cast, person, other);
    return seen('prejoin-no-media', person);
  });
  yield* passerBy(cast, async (person) => {
    await person.page.addInitScript('delete window.RTCPeerConnection');
    await open(cast, person, other);
    return seen('too-old', person);
  });
  yield* passerBy(cast, async (person) => {
    await person.page.route('**/api/join', async (route) => route.abort());
    await open(cast, person, other);
    return seen('offline', person);
  });
  yield* passerBy(cast, async (person) => {
    await open(cast, person, `/r#${'A'.repeat(other.length - 3)}`);
    return seen('link-revoked', person);
  });
  yield* passerBy(cast, async (person) => {
    await open(cast, person, `/r/${cast.called.id}`);
    return seen('sign-in', person);
  });
  const planned = `/r/${cast.city.planned}`;
  yield* passerBy(
    cast,
    async (person) => {
      await open(cast, person, planned);
      return seen('waiting', person);
    },
    'staf',
  );
  await open(cast, chair, planned);
  yield seen('waiting-chair', chair);
  yield* outsideTheRoom(cast, chair);
}

/** As the chair's own page asks it. */
const asChair = <T>({ page }: Person, method: 'POST' | 'PUT', path: string, body: object): Promise<T> =>
  page.evaluate(
    async ([how, where, what]) => {
      const headers = { 'content-type': 'application/json' };
      const given = { headers, body: JSON.stringify(what) };
      const response = how === 'PUT' ? await fetch(where, { method: 'PUT', ...given }) : await fetch(where, { method: 'POST', ...given });
      return (await response.json()) as never;
    },
    [method, path, body] as const,
  );
const opensLobby = async (cast: Cast, chair: Person): Promise<string> =>
  (
    await asChair<{ link: string }>(chair, 'PUT', `/api/meetings/${cast.called.id}/lobby/setting`, {
      staff: true,
      guests: true,
      showTitle: true,
      opens: 'pimpinan',
      minutesBefore: 0,
    })
  ).link;
const declines = (cast: Cast, chair: Person, id: string, message: string) =>
  asChair(chair, 'POST', `/api/meetings/${cast.called.id}/lobby/decisions`, { act: 'tolak', knocks: [{ id, round: 1 }], message });

async function* outsideTheRoom(cast: Cast, chair: Person): Walk {
  const link = await opensLobby(cast, chair);
  const person = await cast.city.person(cast.browser, null);
  try {
    await open(cast, person, link);
    yield seen('lobby-ask', person);
    await widen(person);
    await person.page.locator('#lobby-name').fill('Rahmat Hidayat');
    await person.page.locator('#lobby-institution').fill('Yayasan Peduli Sungai');
    const answered = person.page.waitForResponse((response) => response.url().endsWith('/api/lobby/knocks'));
    await person.page.locator('.lobby-form [type="submit"]').click();
    const { knock } = (await (await answered).json()) as { knock: { id: string } };
    yield seen('lobby-waits', person);
    await declines(cast, chair, knock.id, 'Silakan mendaftar lewat sekretariat Dinas Sosial.');
    yield seen('lobby-denied', person);
    await open(cast, person, `/m/${'A'.repeat(28)}`);
    yield seen('lobby-lost', person);
  } finally {
    await person.close();
  }
}

/** Two who wait while the chair looks; then they go away again. */
async function* fromInside(cast: Cast, chair: Person): Walk {
  const code = (await opensLobby(cast, chair)).split('/m/')[1] ?? '';
  const knocked = [];
  for (const [name, institution] of [
    ['Rahmat Hidayat', 'Yayasan Peduli Sungai'],
    ['Sekda Kota', 'Sekretariat'],
  ] as const) {
    const browser = portalClient(cast.city.portal.url);
    const { knock } = await browser.call(postKnock, { body: { code, name, institution } });
    knocked.push({ browser, params: { id: knock?.id ?? '' } });
  }
  await chair.page.locator('.lobby-light').click();
  yield seen('room-lobby', chair);
  await widen(chair);
  for (const { browser, params } of knocked) await browser.call(deleteKnock, { params });
  await chair.page.locator('.lobby-none').waitFor();
  await chair.page.locator('.panel-close').click();
}

async function* insideTheRoom(cast: Cast, chair: Person, guest: Person): Walk {
  const words = roomText(cast.language);
  const button = ({ page }: Person, name: string) => page.locator('.room').getByRole('button', { name, exact: true });
  const key = ({ page }: Person, letter: string) => page.locator(`[aria-keyshortcuts="${letter}"]`);
  const settle = async (): Promise<void> => widen(chair, guest);
  await enter(cast, chair, `/r/${cast.called.id}`);
  yield seen('room-alone', chair);
  await settle();
  yield* fromInside(cast, chair);
  await enter(cast, guest, cast.called.linkOf(GUEST));
  yield* passerBy(cast, async (person) => {
    await open(cast, person, cast.called.linkOf(GUEST));
    return seen('link-other-device', person);
  });
  yield seen('room-two', chair);
  await settle();

  await key(guest, 'm').click();
  await key(guest, 'v').click();
  yield seen('room-camera-off', guest);
  await settle();
  await key(guest, 'v').click();

  await button(chair, words.others).click();
  await chair.page.getByLabel(words.view.speaker, { exact: true }).check();
  await button(chair, words.close).click();
  yield seen('room-speaker', chair);
  await settle();
  await button(chair, words.others).click();
  await chair.page.getByLabel(words.view.grid, { exact: true }).check();
  await button(chair, words.close).click();

  await button(chair, words.share).click();
  yield seen('room-share', guest);
  await settle();
  await button(chair, words.stopShare).first().click();

  await key(guest, 'c').click();
  await guest.page.locator('#chat-text').fill('Tenda tambahan tiba pukul 16.30 di balai kelurahan; mohon satu orang menunggu di sana.');
  await guest.page.keyboard.press('Enter');
  await guest.page.locator('.messages li:not([data-state])').waitFor();
  yield seen('room-chat', guest);
  await settle();
  yield* inTheChat(cast, chair, guest);
  await guest.page.route('**/api/meetings/*/chat', async (route) => route.fulfill({ status: 503, json: {} }));
  await guest.page.locator('#chat-text').fill('Truk kedua terlambat sepuluh menit.');
  await guest.page.keyboard.press('Enter');
  yield seen('room-chat-failed', guest);
  await guest.page.unroute('**/api/meetings/*/chat');
  await settle();
  await button(guest, words.close).click();

  await key(guest, 'h').click();
  await key(chair, 'p').click();
  yield seen('room-people', chair);
  await settle();
  await chair.page.getByLabel(words.peoplePanel.act(GUEST), { exact: true }).click();
  yield* chairActs(cast, chair);
  await settle();
  await button(chair, words.close).click();

  yield* holds(cast, chair, guest);
  yield* asks(cast, chair, guest);
  yield* presents(cast, chair, guest);

  await button(guest, words.others).click();
  yield seen('room-settings', guest);
  await settle();
  await button(guest, words.close).click();
  yield* decides(cast, chair, guest);
  await settle();
  await button(chair, words.endForAll).click();
  yield seen('room-end-asks', chair);
  await settle();
  await chair.page.keyboard.press('Escape');

  // The chair's page gets no new ticket, so that it stays between two connections for as long as somebody looks.
  await chair.page.route('**/api/meetings/*/ticket', async (route) => route.abort());
  process.kill(cast.city.portal.children().find((child) => child.name === 'livekit')?.pid ?? 0, 'SIGKILL');
  yield seen('room-rejoining', chair);
  await chair.page.unroute('**/api/meetings/*/ticket');
  await settle();
  for (const { page } of [chair, guest]) await page.locator('.room[data-connection="in"] .tile + .tile').waitFor();
}

async function* inTheChat({ language }: Cast, chair: Person, guest: Person): Walk {
  const words = wordsIn(recordWords, language);
  const last = (name: string) => guest.page.locator('.messages li').last().getByRole('button', { name, exact: true });
  const says = async (text: string): Promise<void> => {
    await guest.page.locator('#chat-text').fill(text);
    await guest.page.keyboard.press('Enter');
    await guest.page.locator('.messages li:not([data-state])').filter({ hasText: text }).first().waitFor();
  };
  await guest.page.locator('#chat-text-file').setInputFiles({ name: 'Daftar penerima posko Telagabiru.pdf', mimeType: 'application/pdf', buffer: pagedPdf(2) });
  await says('Daftar penerima, diperbarui pukul 15.00.');
  await guest.page.locator('.message-file').waitFor();
  await last(words.reply).click();
  yield seen('room-chat-file', guest);
  await widen(guest);
  await says('Posko ketiga menyusul.');
  yield seen('room-chat-reply', guest);
  await widen(guest);
  await says('Salah ketik');
  await last(words.takeBack).click();
  await last(words.takeBack).click();
  yield seen('room-chat-deleted', guest);
  await widen(guest);
  await chair.page.locator('[aria-keyshortcuts="c"]').click();
  await chair.page.getByLabel(words.search).fill('posko');
  await chair.page.keyboard.press('Enter');
  yield seen('room-chat-search', chair);
  await widen(chair);
  await chair.page.getByRole('button', { name: roomText(language).close, exact: true }).click();
}

/** A question to all, answered and counted; then a secret one. */
async function* asks({ language }: Cast, chair: Person, guest: Person): Walk {
  const words = wordsIn(recordWords, language);
  const press = async ({ page }: Person, name: string): Promise<void> => page.locator('.room').getByRole('button', { name, exact: true }).click();
  const closes = (person: Person): Promise<void> => press(person, roomText(language).close);
  await chair.page.locator('[aria-keyshortcuts="c"]').click();
  await chair.page.getByRole('radio', { name: words.tabs.polls }).check();
  await press(chair, words.pollNew);
  await chair.page.getByLabel(words.question).fill('Setuju membuka posko kedua di balai warga Kelurahan Telagabiru?');
  yield seen('room-poll-form', chair);
  await widen(chair);
  await press(chair, words.openNow);
  await guest.page.locator('.poll-call').click();
  yield seen('room-poll-open', guest);
  await widen(guest);
  await guest.page.locator('.ballot label').first().click();
  await press(guest, words.vote);
  yield seen('room-poll-voted', guest);
  await widen(guest);
  await closes(guest);
  await press(chair, words.close);
  yield seen('room-poll-result', chair);
  await widen(chair);
  await press(chair, words.pollNew);
  await chair.page.getByLabel(words.question).fill('Siapa memimpin posko kedua?');
  await chair.page.getByLabel(words.secret).check();
  await chair.page.getByLabel(words.deadlineField).fill('5');
  await press(chair, words.openNow);
  yield seen('room-poll-secret', chair);
  await widen(chair);
  await press(chair, words.close);
  await closes(chair);
}

/** A paper leafed through together, and the agenda by the clock. */
async function* presents({ called, language }: Cast, chair: Person, guest: Person): Walk {
  const words = wordsIn(recordWords, language);
  const press = async ({ page }: Person, name: string): Promise<void> => page.locator('.room').getByRole('button', { name, exact: true }).click();
  const agenda = ['Keadaan di lapangan', 'Pembagian logistik ke tiga posko, termasuk obat dan susu', 'Kebutuhan tambahan dari provinsi'];
  const { version } = await chair.page.evaluate(
    async (path) => ((await (await fetch(path)).json()) as { agenda: { version: number } }).agenda,
    `/api/meetings/${called.id}/proceedings`,
  );
  await asChair(chair, 'PUT', `/api/meetings/${called.id}/agenda`, { version, items: agenda.map((text, n) => ({ text, minutes: 10 * (n + 1) })) });
  await chair.page.locator('[aria-keyshortcuts="c"]').click();
  await chair.page.getByRole('radio', { name: words.tabs.materials }).check();
  await chair.page.locator('#material-file').setInputFiles({ name: 'Paparan logistik.pdf', mimeType: 'application/pdf', buffer: pagedPdf(12) });
  await press(chair, words.showAll2);
  yield seen('room-materials', chair);
  await widen(chair);
  yield seen('room-material-shown', guest);
  await widen(guest);
  await press(chair, roomText(language).close);
  yield seen('room-material-shows', chair);
  await widen(chair);
  await press(chair, words.stopShowing);
  const office = wordsIn(proceedingsWords, language);
  await chair.page.locator('[aria-keyshortcuts="k"]').click();
  await chair.page.getByRole('radio', { name: office.tabs.agenda }).check();
  await press(chair, office.agendaStart);
  yield seen('room-agenda', chair);
  await widen(chair);
  await press(chair, roomText(language).close);
}

async function* decides({ language }: Cast, chair: Person, guest: Person): Walk {
  const words = wordsIn(proceedingsWords, language);
  const press = async ({ page }: Person, name: string): Promise<void> => page.locator('.room').getByRole('button', { name, exact: true }).click();
  const read = chair.page.locator('.read-back');
  await chair.page.locator('[aria-keyshortcuts="k"]').click();
  await press(chair, words.draftNew);
  await chair.page.getByLabel(words.text).fill('Beras 5 kg per keluarga disalurkan hari ini ke tiga posko di Kelurahan Telagabiru.');
  await chair.page.getByLabel(words.basis).fill('SE Wali Kota 460/12/2026');
  await chair.page.getByLabel(words.responsible).selectOption({ index: 1 });
  yield seen('room-decision-form', chair);
  await widen(chair);
  await press(chair, words.save);
  await press(chair, words.read);
  yield seen('room-read-back', guest);
  await widen(guest);
  await press(guest, words.object);
  await guest.page.getByLabel(words.objectionField).fill('Data penerima di posko ketiga belum diperiksa lurah.');
  await press(guest, words.sendObjection);
  yield seen('room-read-back-answers', chair);
  await widen(chair);
  await read.getByRole('button', { name: words.confirm, exact: true }).click();
  const why = read.locator('footer textarea');
  if (await why.isVisible()) {
    await why.fill('Keadaan darurat; unit lain tidak menjawab.');
    await read.getByRole('button', { name: words.confirm, exact: true }).click();
  }
  yield seen('room-decided', chair);
  await widen(chair);
  await chair.page.getByRole('radio', { name: words.tabs.roll }).check();
  await press(chair, words.rollStart);
  await chair.page.locator('.roll-marks .button').first().click();
  yield seen('room-roll-call', chair);
  await widen(chair);
  await press(chair, roomText(language).close);
}

async function* holds({ language }: Cast, chair: Person, guest: Person): Walk {
  const words = wordsIn(moderationWords, language);
  const room = roomText(language);
  const press = async ({ page }: Person, name: string): Promise<void> => page.locator('.room').getByRole('button', { name, exact: true }).click();
  const lock = chair.page.getByRole('switch', { name: words.lock.mikrofon });
  await press(chair, room.moderate);
  await lock.click();
  yield seen('room-control', chair);
  await widen(chair);
  yield seen('room-locked', guest);
  await widen(guest);
  await chair.page.locator('.host-wide.button-main').click();
  yield seen('room-turn-own', guest);
  await widen(guest);
  yield seen('room-turn', chair);
  await widen(chair);
  await press(guest, words.done);
  await press(chair, room.close);
  await chair.page.locator('[aria-keyshortcuts="p"]').click();
  await chair.page.getByLabel(room.peoplePanel.act(GUEST), { exact: true }).click();
  await press(chair, words.act.spot);
  yield seen('room-spotlight', guest);
  await widen(guest);
  await press(chair, room.moderate);
  await press(chair, words.spotEnd);
  await lock.click();
  await press(chair, room.close);
}

async function* chairActs(cast: Cast, chair: Person): Walk {
  const words = roomText(cast.language).peoplePanel;
  yield seen('room-people-acts', chair);
  await widen(chair);
  await chair.page.locator('.acts[open]').getByRole('button', { name: words.remove, exact: true }).click();
  yield seen('room-removal-asks', chair);
  await widen(chair);
  await chair.page.keyboard.press('Escape');
}

async function* outOfTheRoom(cast: Cast, chair: Person, guest: Person): Walk {
  const { city, called } = cast;
  const words = roomText(cast.language);
  const link = called.linkOf(GUEST);
  await guest.page.getByRole('button', { name: words.leave, exact: true }).click();
  yield seen('left', guest);

  const identity = await enter(cast, guest, link);
  const twin = portalClient(city.portal.url, link.split('#')[1]);
  for (const { name, value } of await guest.context.cookies()) twin.cookies.set(name, value);
  const { token } = await twin.call(postTicket, { params: called.params, body: { identity } });
  const elsewhere = await enterRoom(city.portal.url.replace(/^http/, 'ws'), token);
  yield seen('elsewhere', guest);
  await elsewhere.leave();

  await enter(cast, guest, link);
  const { page } = chair;
  await page.locator('[aria-keyshortcuts="p"]').click();
  await page.getByText(words.peoplePanel.inside(2), { exact: true }).waitFor();
  await page.getByLabel(words.peoplePanel.act(GUEST), { exact: true }).click();
  await page.locator('.acts[open]').getByRole('button', { name: words.peoplePanel.remove, exact: true }).click();
  await page.locator('dialog[open]').getByRole('button', { name: words.peoplePanel.remove, exact: true }).click();
  yield seen('removed', guest);

  await page.getByRole('button', { name: words.peoplePanel.letIn, exact: true }).click();
  await page.getByRole('button', { name: words.peoplePanel.letIn, exact: true }).waitFor({ state: 'detached' });
  await enter(cast, guest, link);
  await city.endMeeting(called);
  yield seen('ended', guest);
  await open(cast, chair, `/rapat/${called.id}`);
  await page.locator('.record-list').last().scrollIntoViewIfNeeded();
  yield seen('after-record', chair);
}
