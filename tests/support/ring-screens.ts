// A walk through every state of the ringing screen, in the order of `ringScreens`: a person at the office is called, later the same person in a meeting.
import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright';
import { postAnswer, postCall, postCallCancel } from '../../shared/calls.ts';
import { postMeetingEnd, type Sifat } from '../../shared/meetings.ts';
import type { BodyOf } from '../../shared/endpoint.ts';
import { ringScreens } from '../../web/calls/ring/screens.ts';
import { wordsIn, type Language } from '../../web/platform/language.ts';
import { ringing } from '../../web/words/ring.ts';
import type { Person } from './browser.ts';
import type { PortalClient } from './portal-client.ts';
import type { Seen } from './room-screens.ts';
import { inLanguage, sizes, type City } from './screens.ts';

/** Every name of `ringScreens`, each once. Whoever looks may resize the page. */
export async function* ringWalk(city: City, browser: Browser, language: Language): AsyncGenerator<Seen, void> {
  const words = wordsIn(ringing, language);
  const person = await city.person(browser, 'staf');
  const { page } = person;
  const staff = await city.clientOf('staf');
  const over: (() => Promise<unknown>)[] = [];
  const press = async (name: string): Promise<void> => page.locator('.ring').getByRole('button', { name, exact: true }).click();
  const read = async (): Promise<void> => page.locator('body > .ring-aside').getByRole('button', { name: words.close, exact: true }).click();

  async function rings(by: PortalClient, subject: string, sifat: Sifat) {
    const body = { key: randomUUID(), subject, sifat, whom: { people: [city.staff.id] }, overLimitReason: 'Beberapa kejadian sekaligus.' };
    const { id, meetingId } = await by.call(postCall, { body });
    over.push(async () => by.call(postMeetingEnd, { params: { id: meetingId } }));
    return {
      cancel: async () => by.call(postCallCancel, { params: { id } }),
      elsewhere: async (said: BodyOf<typeof postAnswer>) => staff.call(postAnswer, { params: { id }, body: said }),
    };
  }

  try {
    const head = await city.clientOf('kepala_opd');
    const other = await city.otherHead();
    await opens(person, inLanguage('/', language, city.portal.url));
    await rings(head, 'Banjir Kelurahan Telagabiru: pembagian logistik ke tiga posko', 'biasa');
    yield seen('dering', person);
    await press(words.decline);
    yield seen('dering-tolak', person);
    await press(words.sendReason);
    yield seen('dering-tolak-tanpa-alasan', person);
    await press(words.back);
    await press(words.later);
    yield seen('dering-menyusul', person);
    await press(words.back);
    // Drawn slowly it has fallen silent by itself.
    await page.locator('.ring-bare').click();
    await page.locator('.ring[data-ringing="false"]').waitFor();
    yield seen('dering-senyap', person);
    await press(words.hide);
    yield seen('dering-baris', person);
    const second = await rings(other, 'Stok vaksin tetanus di posko habis', 'sangat_segera');
    yield seen('dering-dua', person);
    await second.cancel();
    yield seen('dering-satu-batal', person);
    await page.route('**/api/calls/*/answer', async (route) => route.abort());
    await press(words.decline);
    await press(words.reasons.ill);
    yield seen('dering-luring', person);
    await page.unroute('**/api/calls/*/answer');
    const gone = page.locator('.ring').waitFor({ state: 'detached' });
    // The page tries again by itself too: whichever is first.
    const pressed = press(words.again).catch(() => {});
    await Promise.race([gone, pressed.then(async () => gone)]);
    yield seen('dering-ditolak', person);
    await opens(person, inLanguage('/', language, city.portal.url));
    const third = await rings(head, 'Daftar penerima bantuan', 'biasa');
    await page.locator('.ring').waitFor();
    await third.elsewhere({ answer: 'menyusul', minutes: 10 });
    yield seen('dering-perangkat-lain', person);
    await read();
    const fourth = await rings(head, 'Salah panggil', 'segera');
    await page.locator('.ring').waitFor();
    await fourth.cancel();
    yield seen('dering-batal', person);

    const called = await city.callMeeting('Penyaluran beras Kelurahan Bukitsenja');
    over.push(async () => city.endMeeting(called));
    await page.setViewportSize(sizes.laptop);
    await opens(person, inLanguage(`/r/${called.id}`, language, city.portal.url));
    await page.locator('.gabung').click();
    await page.locator('.room[data-connection="in"]').waitFor();
    await rings(other, 'Gempa: gedung puskesmas retak', 'segera');
    yield seen('dering-di-ruang', person);
    await page.locator('.ring-bare').click();
    await page.locator('.ring[data-ringing="false"]').waitFor();
    await press(words.hide);
    yield seen('dering-di-ruang-baris', person);
  } finally {
    for (const end of over) await end();
    await person.close();
  }
}

async function seen(name: string, person: Person): Promise<Seen> {
  const screen = ringScreens.find((one) => one.name === name);
  if (!screen) throw new Error(`${name} is not in web/calls/ring/screens.ts`);
  await person.page.locator(screen.wait).first().waitFor({ timeout: 20_000 });
  return { name, person };
}

/** The page's socket stands: from now on it rings. */
async function opens({ page }: Person, address: string): Promise<void> {
  const ready = new Promise<void>((done) =>
    page.once('websocket', (socket) => socket.on('framereceived', ({ payload }) => String(payload).includes('"ready"') && done())),
  );
  await page.goto(address);
  await ready;
}
