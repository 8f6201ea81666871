// Whom the portal calls: this list is whole, and no address that a person names leads inward. S14.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { mayBeCalled, post } from '../../server/platform/outgoing.ts';
import { createPush, VENDOR_HOSTS } from '../../server/platform/push.ts';

/** Every file that opens a connection, whom it calls, and who says so. */
const CALLERS: Record<string, string> = {
  'platform/outgoing.ts': 'gateways (an administrator names them) and push services (a list in the configuration)',
  'platform/outages.ts': 'the portal itself and the media server, named by the configuration',
  'platform/mail.ts': 'the mail server of the configuration',
  'platform/ports.ts': 'this machine: whether a port is free',
  'system/certificate.ts': 'the portal’s own origin of the configuration, for its certificate',
  'rooms/livekit.ts': 'the media server of the configuration',
  'rooms/door.ts': 'the media server of the configuration',
};
const CONNECTS =
  /\bfetch\(|\bhttps?\.(request|get)\(|\b(net|tls)\.connect\(|\bcreateConnection\(|\bconnect\(\{|new WebSocket\(|createTransport\(|extends RoomServiceClient|from 'node:(https|tls|dns)/;

const SERVER = new URL('../../server/', import.meta.url);
const canary = createServer((_request, response) => void response.writeHead(200).end('dalam'));
afterAll(() => void canary.close());

test('nobody else in the portal opens a connection', () => {
  const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const found = files.filter((name) => CONNECTS.test(readFileSync(new URL(name, SERVER), 'utf8')));
  expect(found.filter((name) => !(name in CALLERS))).toEqual([]);
});

test('an address is https, or http to this very machine, without a name and password', () => {
  for (const address of ['https://sms.kota.example/kirim', 'http://127.0.0.1:9000/', 'http://localhost/', 'http://[::1]:80/'])
    expect([address, mayBeCalled(address)]).toEqual([address, true]);
  for (const address of [
    'http://192.168.1.1/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:10.0.0.1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://0.0.0.0/',
    'http://127.0.0.1.jahat.example/',
    'http://localhost.jahat.example/',
    'http://ok@127.0.0.1/',
    'https://ok:ok@sms.kota.example/',
    'http://sms.kota.example#@127.0.0.1/',
    '//127.0.0.1/',
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'data:text/plain,x',
    'javascript:1',
    'http://',
    '',
    'http://\u{ff11}0.0.0.1/',
  ])
    expect([address, mayBeCalled(address)]).toEqual([address, false]);
});

test('a person’s device names a push service of the list, in no disguise', () => {
  const push = createPush({ secret: 'x'.repeat(40), settings: { contact: 'mailto:a@kota.example', hosts: VENDOR_HOSTS } });
  expect(push.allows('https://fcm.googleapis.com/fcm/send/x')).toBe(true);
  for (const host of [
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'localhost',
    'fcm.googleapis.com.jahat.example',
    'jahatfcm.googleapis.com',
    'fcm.googleapis.com@127.0.0.1',
    '127.0.0.1#fcm.googleapis.com',
    '127.0.0.1\\@fcm.googleapis.com',
    'push.apple.com.jahat.example',
    'jahatpush.apple.com',
  ])
    for (const scheme of ['https:', 'http:']) expect([host, push.allows(`${scheme}//${host}/x`)]).toEqual([host, false]);
});

test('whoever is called sends the portal nowhere else, and its words are not read', async () => {
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  const inside = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/dalam`;
  let hits = 0;
  canary.on('request', () => (hits += 1));
  for (const status of [301, 302, 303, 307, 308]) {
    const far = createServer((_request, response) => void response.writeHead(status, { location: inside }).end());
    await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
    const answer = await post(`http://127.0.0.1:${(far.address() as AddressInfo).port}/`, { headers: {}, body: '{}' });
    expect(answer).toEqual({ status, retryAfterMs: null });
    far.closeAllConnections();
    far.close();
  }
  expect(hits).toBe(0);
});
