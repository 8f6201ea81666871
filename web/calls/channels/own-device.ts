// This browser as a device that rings while the portal is closed: what it can, whether it does, and how to turn it on and off.
import type { deleteDevice, getDevices, postDevice } from '../../../shared/channels.ts';
import { call } from '../../platform/call.ts';
import type { Language } from '../../platform/language.ts';

/** `install`: iPhone and iPad ring only as an installed app. `insecure`: only over https. */
export type Able = 'able' | 'install' | 'insecure' | 'unable';

export function ability(): Able {
  if (!window.isSecureContext) return 'insecure';
  if ('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window) return 'able';
  return isApple() ? 'install' : 'unable';
}

const isApple = (): boolean => /iPhone|iPad/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

const worker = async (): Promise<ServiceWorkerRegistration> => navigator.serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' });

export async function subscription(): Promise<PushSubscription | null> {
  if (ability() !== 'able') return null;
  return (await navigator.serviceWorker.getRegistration('/'))?.pushManager.getSubscription() ?? null;
}

/** SHA-256 of its address: how the portal names it in its list. */
export async function markOf({ endpoint }: PushSubscription): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Asks the person, the push service and the portal, in this order. A push service that cannot be reached throws. */
export async function turnOn(publicKey: string, language: Language): Promise<'on' | 'denied'> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  await register(await subscribe(publicKey), language);
  return 'on';
}

async function subscribe(publicKey: string): Promise<PushSubscription> {
  await worker();
  const { pushManager } = await navigator.serviceWorker.ready;
  const known = await pushManager.getSubscription();
  if (known && isFor(known, publicKey)) return known;
  await known?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

/** A portal with another secret has another key. */
function isFor(known: PushSubscription, publicKey: string): boolean {
  const key = known.options.applicationServerKey;
  return (
    key !== null &&
    btoa(String.fromCharCode(...new Uint8Array(key)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '') === publicKey
  );
}

async function register(to: PushSubscription, language: Language): Promise<void> {
  const { endpoint, keys } = to.toJSON();
  await call<typeof postDevice>('POST', '/api/push/devices', {
    body: { endpoint: endpoint ?? '', keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' }, language },
  });
}

export async function turnOff(id: string): Promise<void> {
  await call<typeof deleteDevice>('DELETE', '/api/push/devices/:id', { params: { id } });
  await (await subscription())?.unsubscribe();
}

/** On every opening of the office: the worker is the newest, and a device that the portal knows as this person's counts as seen. */
export async function keepOwnDevice(language: Language): Promise<void> {
  if (ability() !== 'able') return;
  await worker();
  const known = await subscription();
  if (!known || Notification.permission !== 'granted') return;
  const { publicKey, devices } = await call<typeof getDevices>('GET', '/api/push', {});
  const mark = await markOf(known);
  if (publicKey !== null && devices.some((device) => device.mark === mark)) await register(await subscribe(publicKey), language);
}
