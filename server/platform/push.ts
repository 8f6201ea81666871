// Web Push (RFC 8030, 8291, 8292): the only file that knows web-push. Off unless a contact is set, for it calls servers of browser
// vendors; and it calls no others: whoever subscribes names an address, and the portal must not be made to call any address.
import { createECDH, hkdfSync } from 'node:crypto';
import webPush from 'web-push';
import { mayBeCalled, post, type Answer } from './outgoing.ts';

export type PushSettings = {
  /** Whom a push service writes to when something is wrong: `mailto:…` or an https address. */
  contact: string;
  /** Hosts that may be called, `*.example.net` for all below one. */
  hosts: readonly string[];
};
/** Chrome, Edge and Samsung; Firefox; Safari; Edge on Windows. */
export const VENDOR_HOSTS = ['fcm.googleapis.com', '*.push.services.mozilla.com', '*.push.apple.com', '*.notify.windows.com'];

export type Subscription = { endpoint: string; p256dh: string; auth: string };
export type Push = ReturnType<typeof createPush>;

export function createPush({ secret, settings }: { secret: string; settings: PushSettings }) {
  const keys = vapidKeys(secret);

  function allows(endpoint: string): boolean {
    if (!mayBeCalled(endpoint)) return false;
    const { hostname } = new URL(endpoint);
    return settings.hosts.some((host) => (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host));
  }

  /** `topic`: a later message of it takes the place of one that was not delivered yet. `seconds`: how long it may wait for the device. */
  async function send(
    to: Subscription,
    message: object,
    { topic, seconds, urgency = 'high' }: { topic: string; seconds: number; urgency?: 'high' | 'normal' },
  ): Promise<Answer> {
    const { headers, body } = webPush.generateRequestDetails({ endpoint: to.endpoint, keys: { p256dh: to.p256dh, auth: to.auth } }, JSON.stringify(message), {
      vapidDetails: { subject: settings.contact, ...keys },
      contentEncoding: 'aes128gcm',
      TTL: seconds,
      urgency,
      topic,
    });
    const { 'Content-Length': _, ...rest } = headers as Record<string, string | number>;
    return post(to.endpoint, {
      headers: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
      body: new Uint8Array(body ?? Buffer.alloc(0)),
    });
  }

  return { publicKey: keys.publicKey, allows, send };
}

/** The same at every process of a portal, and kept nowhere. A draw outside the curve's order is drawn again. */
function vapidKeys(secret: string): { publicKey: string; privateKey: string } {
  for (let draw = 0; ; draw += 1) {
    const curve = createECDH('prime256v1');
    const candidate = Buffer.from(hkdfSync('sha256', secret, '', `web-push ${draw}`, 32));
    try {
      curve.setPrivateKey(candidate);
      return { publicKey: curve.getPublicKey('base64url'), privateKey: candidate.toString('base64url') };
    } catch {
      continue;
    }
  }
}
