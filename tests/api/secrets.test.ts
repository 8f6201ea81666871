// Secrets are changed while everybody works: the new one signs, the former one still counts until it is taken out.
import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessToken } from 'livekit-server-sdk';
import { Secret, TOTP } from 'otpauth';
import { getInvitations, postJoin, postMeetingNow } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { postSessionCode, postTotp, postTotpConfirm } from '../../shared/sign-in.ts';
import { seal, unseal } from '../../server/calls/channels/seal.ts';
import { gatewaySecret, signedHeaders, signedId } from '../../server/calls/channels/signature.ts';
import { createMarks, knownDevice } from '../../server/platform/marks.ts';
import { connectLiveKit } from '../../server/rooms/livekit.ts';
import { castWorld, PASSWORD, signIn } from '../support/cast.ts';
import { opensLink } from '../support/meeting.ts';
import { doubleKeys } from '../support/livekit-double.ts';
import { anotherPortal } from '../support/minutes.ts';
import { HOST, openClient, SECRET } from '../support/world.ts';

const NEW = 'rahasia-baru-portal-9876543210zyxwvutsrq';
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

test('while the portal’s secret changes, codes of apps and recovery codes fit, links stay what they were; afterwards apps still fit', async () => {
  const { world, cast } = await castWorld();
  endings.push(() => world.close());
  const portal = async (secret: string, formerSecret: string | null) => {
    const other = await anotherPortal(world, { secret, formerSecret });
    endings.push(other.close);
    return other;
  };
  const owner = await signIn(world, cast.kabid);
  const { secret } = await owner.call(postTotp, {});
  const shown = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.clock.now().getTime() });
  const { recoveryCodes } = await owner.call(postTotpConfirm, { body: { code: shown() } });
  const chair = await signIn(world, cast.kepala);
  const { id } = await chair.call(postMeetingNow, {
    body: { title: 'Rapat', sifat: 'biasa', invite: { people: [], positions: [], units: [], guests: [{ name: 'Tamu', institution: 'Uji' }] } },
  });
  const [invited] = await chair.call(getInvitations, { params: { id } });

  const signsIn = async (app: Parameters<typeof openClient>[0], code: string): Promise<string | null> => {
    const browser = openClient(app, `http://${HOST}`);
    expect(await browser.refusalOf(postSession, { body: { login: cast.kabid.nip, password: PASSWORD } })).toBe('session.second_step');
    return browser.refusalOf(postSessionCode, { body: { code } });
  };
  const without = await portal(NEW, null);
  world.clock.advance(60_000);
  expect(await signsIn(without.app, shown())).toBe('factor.wrong');

  const during = await portal(NEW, SECRET);
  expect(await signsIn(during.app, shown())).toBeNull();
  expect(await signsIn(during.app, recoveryCodes[0] ?? '')).toBeNull();
  expect(await signsIn(during.app, recoveryCodes[0] ?? '')).toBe('factor.wrong');
  const again = openClient(during.app, `http://${HOST}`);
  for (const [name, value] of chair.cookies) again.cookies.set(name, value);
  expect((await again.call(getInvitations, { params: { id } })).map(({ link }) => link)).toContain(invited!.link);

  // Its start seals anew what the former one sealed.
  await during.app.start();
  world.clock.advance(60_000);
  expect(await signsIn((await portal(NEW, null)).app, shown())).toBeNull();
  // A link that was handed out opens by its hash, whatever made it.
  const guest = opensLink({ ...world, app: without.app }, invited!.link);
  expect((await guest.call(postJoin, { body: { meetingId: id } })).notice.version).toBeGreaterThan(0);
});

test('a browser keeps its mark, and gets the new signature with its next page', () => {
  const cookies: string[] = [];
  const reply = { setCookie: (_name: string, value: string) => void cookies.push(value) } as unknown as FastifyReply;
  const request = (cookie?: string) => ({ cookies: cookie === undefined ? {} : { perangkat: cookie } }) as unknown as FastifyRequest;
  const id = createMarks({ secret: SECRET, secure: false }).give(request(), reply);
  const during = createMarks({ secret: NEW, formerSecret: SECRET, secure: false });
  const page = request(cookies[0]);
  during.read(page);
  expect(knownDevice(page)).toBe(id);
  expect(during.give(page, reply)).toBe(id);
  expect(cookies).toHaveLength(2);
  const after = createMarks({ secret: NEW, secure: false });
  const [old, renewed] = [request(cookies[0]), request(cookies[1])];
  after.read(old);
  after.read(renewed);
  expect([knownDevice(old), knownDevice(renewed)]).toEqual([null, id]);
});

test('a gateway that knows only one of two secrets hears the portal and is heard; a link sealed before opens', () => {
  const [before, now, never] = [SECRET, NEW, 'x'.repeat(40)].map((secret) => gatewaySecret(secret, 'gerbang', 1)) as [string, string, string];
  const at = new Date();
  const headers = signedHeaders([now, before], { id: 'kiriman', at, body: '{}' });
  expect([before, now, never].map((secret) => signedId(secret, headers, '{}', at))).toEqual(['kiriman', 'kiriman', null]);
  expect(unseal([NEW, SECRET], seal(SECRET, 'tautan'))).toBe('tautan');
  expect(() => unseal([NEW, NEW], seal(SECRET, 'tautan'))).toThrow();
});

test('webhooks signed by the new key and by the former one are taken, by any other not', async () => {
  const formerWebhookKey = { key: 'APIwebhooklama', secret: 'rahasia-lama-webhook-0123456789abcdef' };
  const livekit = connectLiveKit({ url: 'http://127.0.0.1:1', ...doubleKeys, formerWebhookKey });
  const body = JSON.stringify({ event: 'room_started', id: 'EV_1', createdAt: '1', room: { name: 'r-1' } });
  const signedBy = async ({ key, secret }: { key: string; secret: string }): Promise<string> => {
    const token = new AccessToken(key, secret, { ttl: 300 });
    token.sha256 = createHash('sha256').update(body).digest('base64');
    return token.toJwt();
  };
  for (const pair of [doubleKeys.webhookKey, formerWebhookKey]) expect(livekit.readWebhook(body, await signedBy(pair), 0).id).toBe('EV_1');
  for (const pair of [
    doubleKeys.tokenKey,
    { ...formerWebhookKey, secret: doubleKeys.webhookKey.secret },
    { ...doubleKeys.webhookKey, secret: formerWebhookKey.secret },
  ])
    await expect((async () => livekit.readWebhook(body, await signedBy(pair), 0))()).rejects.toThrow('signature');
});
