// A decision binds a post: the Plh is reminded over whatever is open, says what was done, and the chair reads it without reloading.
import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postMeetingNow } from '../../shared/meetings.ts';
import { postConfirmation, postDecision, postReading } from '../../shared/proceedings.ts';
import { portalItself } from '../../server/people/index.ts';
import { newPerson, openChromium, type Person } from '../support/browser.ts';
import { makeCast, PASSWORD, signIn, type Actor, type Cast } from '../support/cast.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { see } from '../support/see.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let cast: Cast;
let browser: Browser;
let origin: string;
beforeAll(async () => {
  world = await makeWorld({ livekit: createLiveKitDouble(), web: true });
  origin = await world.listen();
  cast = await makeCast(world);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

async function signsIn(actor: Actor, phone = false): Promise<Person> {
  const person = await newPerson(browser, origin, phone ? { viewport: { width: 360, height: 740 } } : {});
  await person.context.clock.setFixedTime(world.clock.now());
  await person.page.goto('/masuk');
  await person.page.getByLabel('NIP atau surel').fill(actor.nip);
  await person.page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await person.page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await person.page.waitForURL((address) => address.pathname === '/');
  return person;
}

const TEXT = 'Beras disalurkan ke tiga posko di Kelurahan Telagabiru.';

test('the Plh of a bidang is reminded of a decision, says what was done, and the chair sees it', async () => {
  const chair = await signIn(world, cast.kepala);
  const invite = { people: [cast.kabid.id], positions: [], units: [], guests: [] };
  const { id } = await chair.call(postMeetingNow, { body: { title: 'Banjir Telagabiru', sifat: 'segera', invite } });
  const key = randomUUID();
  const params = { id, decision: key };
  await chair.call(postDecision, { params: { id }, body: { key, text: TEXT, basis: null, positionId: cast.kabid.positionId, dueOn: '2026-11-27' } });
  await chair.call(postReading, { params, body: { version: 1 } });
  await chair.call(postConfirmation, { params, body: { version: 1, objections: 0, underQuorumReason: 'Keadaan darurat' } });
  const plh = { personId: cast.stafKantor.id, kind: 'plh' as const, from: '2026-11-24', until: '2026-11-30', basis: 'SP 1' };
  await world.app.people.appoint(portalItself, cast.kabid.positionId!, plh);

  // Three days before, after half past seven: on the phone of who acts in the post now.
  world.clock.set('2026-11-24T07:31:00+07:00');
  const joko = await signsIn(cast.stafKantor, true);
  await see(joko.page.getByText('Anda menanggung 1 tugas; tenggat terdekat 3 hari lagi.')).toBeVisible();
  await world.app.tasks.remind();
  const strip = joko.page.locator('.strip', { hasText: TEXT });
  await see(strip).toContainText('Tugas Anda: tenggat 3 hari lagi');
  await see(joko.page.getByRole('link', { name: /Lainnya/ })).toContainText('1');

  const head = await signsIn(cast.kepala);
  await head.page.goto('/tugas');
  const asked = head.page.getByRole('table', { name: 'Dari rapat Anda' });
  await see(asked).toContainText(cast.stafKantor.name);
  await see(asked).toContainText('Plh. Kepala Bidang Rehabilitasi Sosial');

  await strip.getByRole('link', { name: 'Buka' }).click();
  const detail = joko.page.getByRole('dialog');
  await see(detail.getByText('Keputusan 1, Banjir Telagabiru')).toBeVisible();
  await see(strip).toBeHidden();
  await detail.getByLabel('Apa yang sudah dikerjakan').fill('Tiga posko menerima; berita acara 12/BA/2026.');
  await detail.getByRole('button', { name: 'Tandai selesai' }).click();
  await see(detail.getByText(`Diselesaikan oleh ${cast.stafKantor.name}`)).toBeVisible();
  await detail.getByRole('button', { name: 'Tutup' }).click();
  await see(joko.page.getByText('Tidak ada tugas yang terbuka untuk Anda.')).toBeVisible();

  await head.page.getByRole('button', { name: `Buka tugas: ${TEXT}` }).click();
  await see(head.page.getByRole('dialog').getByText('Tiga posko menerima; berita acara 12/BA/2026.')).toBeVisible();
  expect([...joko.errors, ...head.errors, ...joko.foreign, ...head.foreign]).toEqual([]);
});
