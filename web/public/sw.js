// Rings while the portal is closed: shows what a push says, tells the portal that it arrived, and answers. It keeps no page: what an
// office sees is always what the portal says now.
const words = {
  id: {
    calls: (name) => `${name} memanggil`,
    join: 'Gabung',
    decline: 'Tolak',
    reason: 'Ditolak dari pemberitahuan',
    sifat: { biasa: '', segera: 'Segera. ', sangat_segera: 'Sangat segera. ' },
    trial: 'Dering percobaan',
    trialText: 'Perangkat ini akan berdering saat Anda dipanggil mendesak.',
    over: 'Panggilan selesai',
    quiet: {
      menjawab: 'Sudah Anda jawab di perangkat lain.',
      menolak: 'Sudah Anda tolak.',
      menyusul: 'Anda sudah menyatakan menyusul.',
      bergabung: 'Anda sudah di dalam rapat.',
      dibatalkan: 'Dibatalkan pemanggil.',
      berakhir: 'Rapat sudah berakhir.',
    },
    unknown: 'Buka portal untuk melihatnya.',
  },
  en: {
    calls: (name) => `${name} is calling`,
    join: 'Join',
    decline: 'Decline',
    reason: 'Declined from the notification',
    sifat: { biasa: '', segera: 'Urgent. ', sangat_segera: 'Very urgent. ' },
    trial: 'Trial ring',
    trialText: 'This device will ring when you are called urgently.',
    over: 'The call is over',
    quiet: {
      menjawab: 'You have answered on another device.',
      menolak: 'You have declined.',
      menyusul: 'You have said that you will follow.',
      bergabung: 'You are inside the meeting.',
      dibatalkan: 'The caller has cancelled.',
      berakhir: 'The meeting has ended.',
    },
    unknown: 'Open the portal to see it.',
  },
};
const wordsOf = ({ language }) => words[language] ?? words.id;
const tagOf = (callId) => `panggilan-${callId}`;
const RHYTHM = [500, 250, 500, 250, 500, 1000, 500, 250, 500, 250, 500];

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('push', (event) => event.waitUntil(received(readable(event.data))));
self.addEventListener('notificationclick', (event) => event.waitUntil(clicked(event)));
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAgain(event)));

function readable(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

async function received(told) {
  if (told.kind === 'ring') return ring(told);
  if (told.kind === 'quiet') return fallSilent(told, tagOf(told.callId));
  const w = wordsOf(told);
  if (told.kind === 'trial') {
    await show(w.trial, { body: w.trialText, tag: 'percobaan', renotify: true, vibrate: RHYTHM, data: { kind: 'trial' } });
    await tell(told.id, 'berdering');
    return;
  }
  if (told.kind === 'notice') return notice(told);
  // A browser shows a line of its own where a push shows none.
  await show(w.calls('Portal'), { body: w.unknown, tag: 'portal', data: {} });
}

async function ring(told) {
  const w = wordsOf(told);
  const arrived = tell(told.id, 'diterima');
  const { callId, meetingId, language } = told;
  const seen = await isSeen();
  await show(w.calls(told.callerName), {
    body: `${w.sifat[told.sifat] ?? ''}${told.subject}\n${told.callerAs}`,
    tag: tagOf(callId),
    renotify: true,
    requireInteraction: true,
    timestamp: Date.parse(told.placedAt),
    // An open page rings by itself: two rings at once would be noise.
    ...(seen ? { silent: true } : { vibrate: RHYTHM }),
    actions: [
      { action: 'gabung', title: w.join },
      { action: 'tolak', title: w.decline },
    ],
    data: { kind: 'ring', callId, meetingId, language },
  });
  await arrived;
  // Answered or cancelled while this was on its way.
  if (!(await tell(told.id, 'berdering'))) await fallSilent(told, tagOf(callId));
}

/** Nothing rings, and nothing stays in the way; an open page shows it by itself. */
async function notice({ id, title, text, path }) {
  await show(title, { body: text, tag: `kabar-${id}`, silent: await isSeen(), data: { kind: 'notice', path } });
}

/** In place of the ring stands one quiet line; where nothing rang and a page is open, none. */
async function fallSilent(told, tag) {
  const shown = await self.registration.getNotifications({ tag });
  if (shown.length === 0 && (await isSeen())) return;
  const w = wordsOf(told);
  await show(w.over, { body: w.quiet[told.why] ?? w.unknown, tag, silent: true, data: { kind: 'quiet' } });
}

const show = (title, options) => self.registration.showNotification(title, { icon: '/icon-192.png', badge: '/icon-192.png', ...options });

async function isSeen() {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return pages.some((page) => page.visibilityState === 'visible');
}

/** Whether it should still ring; a portal that does not answer now has no say in it. */
async function tell(id, state) {
  try {
    const response = await post(`/api/push/rings/${encodeURIComponent(id)}`, { state });
    return response.ok ? (await response.json()).rings : true;
  } catch {
    return true;
  }
}

const post = (path, body) =>
  fetch(path, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function clicked({ notification, action }) {
  notification.close();
  const { kind, callId, meetingId, language, path } = notification.data ?? {};
  if (kind === 'notice') return openPage(path);
  if (kind !== 'ring') return open(kind === 'trial' ? '/akun' : '/');
  if (action === 'gabung') return open(`/r/${meetingId}?langsung`);
  // Without a choice (some systems show no actions): the portal, which rings.
  if (action !== 'tolak') return open('/');
  const w = wordsOf({ language });
  const declined = await post(`/api/calls/${encodeURIComponent(callId)}/answer`, { answer: 'menolak', reason: w.reason }).then(
    (response) => response.ok,
    () => false,
  );
  if (!declined) await open('/');
}

/** A page that is already there comes to the front; work in another one is left as it is. */
async function open(path) {
  const wanted = new URL(path, self.location.origin);
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const inRoom = ({ pathname }) => pathname === '/r' || pathname.startsWith('/r/');
  const page = pages.find(({ url }) => (inRoom(wanted) ? new URL(url).pathname === wanted.pathname : !inRoom(new URL(url))));
  if (page) return page.focus();
  return self.clients.openWindow(wanted.href);
}

/** What a notice is about, in the office's page that is there; a room is not left for it. */
async function openPage(path) {
  const wanted = new URL(path, self.location.origin);
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find(({ url }) => !/^\/r(\/|$)/.test(new URL(url).pathname));
  const moved = page && (await page.navigate(wanted.href).catch(() => null));
  return moved ? moved.focus() : self.clients.openWindow(wanted.href);
}

/** A push service gave this browser another address. Only with a session; else the portal registers it when it is opened next. */
async function subscribeAgain({ oldSubscription, newSubscription }) {
  const subscription = newSubscription ?? (oldSubscription && (await self.registration.pushManager.subscribe(oldSubscription.options)));
  if (!subscription) return;
  const { endpoint, keys } = subscription.toJSON();
  await post('/api/push/devices', { endpoint, keys, language: 'id' });
}
