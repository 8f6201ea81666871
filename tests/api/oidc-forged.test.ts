// A provider whose ID tokens are not what they should be: none of them opens an account. And signing out there from a process that was started since.
import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteSession, getMe } from '../../shared/people.ts';
import { postOidc, postOidcStart } from '../../shared/sign-in.ts';
import { createOidc } from '../../server/people/oidc.ts';
import { tokenHash } from '../../server/platform/personal-link.ts';
import { castWorld, type Cast } from '../support/cast.ts';
import { SECRET, type World } from '../support/world.ts';

const ORIGIN = 'http://portal.test';
const CLIENT = { id: 'portal', secret: 'rahasia-klien-uji-0123456789abcdef' };
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
// Nobody is let in by these: only the way out is looked at.
const unasked = {} as Parameters<typeof createOidc>[0]['entry'];
type Claims = Record<string, unknown>;
type Forge = { header?: Record<string, unknown>; claims?: Claims; key?: KeyObject | string | null };

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
function token(claims: Claims, { header = {}, key = own.privateKey }: Forge): string {
  const body = `${part({ alg: 'RS256', kid: 'satu', typ: 'JWT', ...header })}.${part(claims)}`;
  if (key === null) return `${body}.`;
  const signature = typeof key === 'string' ? createHmac('sha256', key).update(body).digest() : createSign('RSA-SHA256').update(body).sign(key);
  return `${body}.${signature.toString('base64url')}`;
}

let server: Server;
let issuer: string;
let forge: Forge = {};
let nonce = '';
let world: World;
let cast: Cast;
beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', issuer);
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      sub: 'kabid',
      aud: CLIENT.id,
      iat: now,
      exp: now + 300,
      nonce,
      email: cast.kabid.email,
      email_verified: true,
      ...forge.claims,
    };
    const answers: Record<string, object> = {
      '/.well-known/openid-configuration': {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        end_session_endpoint: `${issuer}/keluar`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      },
      '/jwks': { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'satu', use: 'sig', alg: 'RS256' }] },
      '/token': { access_token: 'akses', token_type: 'Bearer', expires_in: 300, id_token: token(claims, forge) },
    };
    const answer = answers[pathname];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ({ world, cast } = await castWorld({ origin: ORIGIN, oidc: settings() }));
});
afterAll(async () => {
  await world.close();
  server.closeAllConnections();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
});
const settings = () => ({ issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, name: 'SSO Kota Uji', match: 'email' as const, trustMfa: false });

async function comesWith(forged: Forge) {
  const browser = world.visitor();
  const asked = new URL((await browser.call(postOidcStart, {})).url);
  nonce = asked.searchParams.get('nonce') ?? '';
  forge = forged;
  const search = `?${new URLSearchParams({ code: 'kode', state: asked.searchParams.get('state') ?? '' })}`;
  return { browser, refused: await browser.refusalOf(postOidc, { body: { search } }) };
}

test('an ID token opens the account only when it is signed by the provider, for this portal, for this sign-in, and in its time', async () => {
  const old = Math.floor(Date.now() / 1000) - 7200;
  const forged: [string, Forge][] = [
    ['not signed', { header: { alg: 'none', kid: undefined }, key: null }],
    ['signed by another key', { key: stranger.privateKey }],
    ['signed by a key nobody knows', { header: { kid: 'dua' }, key: stranger.privateKey }],
    ['signed by what the portal knows itself', { header: { alg: 'HS256' }, key: CLIENT.secret }],
    ['for another client', { claims: { aud: 'lain' } }],
    ['of another issuer', { claims: { iss: 'https://palsu.example' } }],
    ['of another sign-in', { claims: { nonce: 'lain' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['over', { claims: { iat: old, exp: old + 300 } }],
  ];
  for (const [why, one] of forged) {
    const { browser, refused } = await comesWith(one);
    expect([why, refused, await browser.refusalOf(getMe, {})]).toEqual([why, 'oidc.refused', 'session.required']);
  }
  expect(await world.sql`select from people.identity`).toHaveLength(0);
  const { browser, refused } = await comesWith({});
  expect(refused).toBeNull();
  expect((await browser.call(getMe, {})).id).toBe(cast.kabid.id);
});

test('signing out ends at the provider too, from a process that was started since and has asked it nothing yet', async () => {
  const { browser } = await comesWith({});
  const sessionId = tokenHash(browser.cookies.get('sesi')!);
  const { app, clock } = world;
  const started = createOidc({ sql: app.sql, clock, log: app.fastify.log, secret: SECRET, settings: settings(), entry: unasked });
  const out = new URL((await started.signOutUrl(sessionId, ORIGIN)) ?? '');
  expect([out.origin, out.pathname, out.searchParams.get('post_logout_redirect_uri')]).toEqual([issuer, '/keluar', `${ORIGIN}/masuk`]);
  expect(out.searchParams.get('id_token_hint')).not.toBeNull();
  const away = createOidc({ sql: app.sql, clock, log: app.fastify.log, secret: 'rahasia lain', settings: settings(), entry: unasked });
  expect(await away.signOutUrl(sessionId, ORIGIN)).toBeNull();
  expect((await browser.call(deleteSession, {})).next).toContain('/keluar?');
});
