// A ring that reaches a browser whose portal is closed: from the portal, encrypted, through a push service of the test, into a real service worker.
import type { Browser, CDPSession, Page, Worker } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getDevices, postDevice } from '../../shared/channels.ts';
import { newPerson, openChromium, type Person } from '../support/browser.ts';
import { makeCast, PASSWORD } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { farServer } from '../support/far-server.ts';
import { rung } from '../support/rung.ts';
import { see } from '../support/see.ts';
import { makeSubscription } from '../support/subscription.ts';
import { makeWorld, type World } from '../support/world.ts';

let browser: Browser;
let world: World;
let service: Awaited<ReturnType<typeof farServer>>;
const persons: Person[] = [];
beforeAll(async () => {
  browser = await openChromium();
  service = await farServer();
  world = await makeWorld({ web: true, push: { contact: 'mailto:admin@uji.example', hosts: ['127.0.0.1'] }, now: new Date() });
});
afterAll(async () => {
  await Promise.all(persons.map((person) => person.close()));
  await browser.close();
  await world.close();
  service.close();
});

/** What Chromium calls the worker of this page, so that a push can be handed to it. */
async function registrationOf(cdp: CDPSession): Promise<string> {
  let found: string | null = null;
  cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => (found = registrations.find((r) => !r.isDeleted)?.registrationId ?? found));
  await cdp.send('ServiceWorker.enable');
  return eventually('the worker is registered', () => found);
}

const shown = async (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const all = await registration.getNotifications();
    return all.map(({ title, body, tag, actions, requireInteraction }: Notification & { actions?: { action: string }[] }) => ({
      title,
      body,
      tag,
      actions: actions?.map(({ action }) => action),
      requireInteraction,
    }));
  });

/** As a press on the notification; the choice is the button's. */
const presses = async (worker: Worker, action: string) =>
  worker.evaluate(async (choice) => {
    const scope = globalThis as unknown as { registration: ServiceWorkerRegistration; dispatchEvent(event: Event): boolean };
    const [notification] = await scope.registration.getNotifications();
    const Press = (globalThis as unknown as { NotificationEvent: new (type: string, init: object) => Event }).NotificationEvent;
    scope.dispatchEvent(new Press('notificationclick', { notification, action: choice }));
  }, action);

test('the notification names caller, post and subject, tells the portal that it rings, is declined from itself, and falls silent', async () => {
  const cast = await makeCast(world);
  const origin = await world.listen();
  const client = await world.signIn(cast.staf.nip, PASSWORD);
  const subscription = makeSubscription(`${service.url}/perangkat`);
  const { endpoint, keys } = subscription;
  await client.call(postDevice, { body: { endpoint, keys, language: 'id' } });

  const person = await newPerson(browser, origin, { viewport: { width: 360, height: 740 } });
  persons.push(person);
  const { context, page } = person;
  await context.grantPermissions(['notifications'], { origin });
  await context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: origin })));
  await page.goto('/akun');
  await see(page.getByRole('region', { name: 'Dering saat portal tertutup' }).getByRole('row', { name: /Perangkat tidak dikenal/ })).toBeVisible();
  const cdp = await context.newCDPSession(page);
  const registrationId = await registrationOf(cdp);
  const arrives = async (n: number) =>
    cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(subscription.read(service.heard[n]!.body)) });

  const call = await rung(world, cast.staf);
  await call.rings(['push']);
  await world.app.jobs.runDue();
  await arrives(0);
  await eventually('the portal knows that it rings', async () => (await call.hops())[0]?.state === 'berdering');
  expect(await shown(page)).toEqual([
    {
      title: 'Hartini memanggil',
      body: 'Sangat segera. Penyaluran bantuan beras\nKepala Dinas Sosial',
      tag: `panggilan-${call.call.id}`,
      actions: ['gabung', 'tolak'],
      requireInteraction: true,
    },
  ]);
  expect(call.kinds()).toEqual(['push dikirim', 'push diterima', 'push berdering']);
  expect((await client.call(getDevices, {})).devices).toMatchObject([{ last: { state: 'berdering' } }]);

  const [worker] = context.serviceWorkers();
  // It goes no further: what falls silent below is another answer, on another device.
  await context.route('**/api/calls/*/answer', async (route) => route.fulfill({ status: 200, json: {} }));
  const declined = context.waitForEvent('request', (request) => request.url().endsWith(`/api/calls/${call.call.id}/answer`));
  await presses(worker!, 'tolak');
  expect((await declined).postDataJSON()).toEqual({ answer: 'menolak', reason: 'Ditolak dari pemberitahuan' });

  await arrives(0);
  await eventually('it rings again', async () => (await shown(page)).length === 1);
  await world.app.sql.begin(async (tx) => world.app.channels.quiet(tx, call.call.id, [cast.staf.id], 'menjawab'));
  await world.app.jobs.runDue();
  await arrives(1);
  await eventually('it has fallen silent', async () => (await shown(page))[0]?.title === 'Panggilan selesai');
  expect(await shown(page)).toMatchObject([{ body: 'Sudah Anda jawab di perangkat lain.', tag: `panggilan-${call.call.id}` }]);
  expect(person.foreign).toEqual([]);
  expect(person.errors).toEqual([]);
});

test('the worker keeps no page: a portal that is away is not shown from yesterday', async () => {
  const { page } = persons[0]!;
  expect(await page.evaluate(async () => caches.keys())).toEqual([]);
  const { headers } = await world.app.fastify.inject({ url: '/sw.js' });
  expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': expect.stringContaining('javascript') as string });
  expect(headers['content-security-policy']).toContain("worker-src 'self'");
});
