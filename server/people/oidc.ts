// Sign-in by the office's own identity provider: code flow with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 9700). It says
// who somebody is; accounts and rights stay the portal's own. Nobody is contacted before somebody presses the button.
import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { Configuration } from 'openid-client';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { OidcSettings } from '../platform/oidc-settings.ts';
import { tokenHash } from '../platform/personal-link.ts';
import { refuse } from '../platform/refusal.ts';
import type { Browser } from './accounts.ts';
import type { Entered, Entry } from './entry.ts';
import * as store from './oidc-store.ts';
import * as people from './person-store.ts';
import { seal, unseal } from './sealed.ts';
import type { Proof } from './second-factor.ts';

const TRY_S = 600;
const ANSWERS_WITHIN_S = 5;
const PURPOSE = 'token oidc';
const CALLBACK = '/masuk/oidc';
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

type Claims = { iss: string; sub: string } & Record<string, unknown>;
type World = { sql: Sql; clock: Clock; log: FastifyBaseLogger; secret: string; formerSecret?: string | null; settings: OidcSettings | null; entry: Entry };
export type Oidc = ReturnType<typeof createOidc>;

export function createOidc({ sql, clock, log, secret, formerSecret = null, settings, entry }: World) {
  let known: Promise<Configuration> | null = null;
  let down = false;

  /** The button, and whether the provider answered last time. */
  const offered = (): { name: string; down: boolean } | null => settings && { name: settings.name, down };

  /** Asked for once it is needed; again as long as it does not answer. */
  async function provider(): Promise<{ client: typeof import('openid-client'); config: Configuration; settings: OidcSettings }> {
    if (!settings) refuse('not_found');
    const client = await import('openid-client');
    const issuer = new URL(settings.issuer);
    const plain = issuer.protocol === 'http:' && LOOPBACK.test(issuer.hostname);
    known ??= client.discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
      timeout: ANSWERS_WITHIN_S,
      // Signatures of ID tokens are looked at although they come over TLS: a proxy of the office may stand between.
      // oxlint-disable-next-line typescript/no-deprecated -- the library marks it so that nobody uses it beyond this machine
      execute: [client.enableNonRepudiationChecks, ...(plain ? [client.allowInsecureRequests] : [])],
    });
    try {
      const config = await known;
      down = false;
      return { client, config, settings };
    } catch (error) {
      known = null;
      down = true;
      log.warn({ err: error }, 'identity provider does not answer');
      refuse('oidc.down');
    }
  }

  /** Where to send this browser. */
  async function start(origin: string, device: string): Promise<{ url: string }> {
    const { client, config } = await provider();
    const [state, nonce, verifier] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url'), client.randomPKCECodeVerifier()];
    const now = clock.now();
    await store.forgetTries(sql, now);
    await store.insertTry(sql, { state: tokenHash(state), device: tokenHash(device), nonce, verifier, expiresAt: new Date(now.getTime() + TRY_S * 1000) });
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: `${origin}${CALLBACK}`,
      scope: 'openid email profile',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href };
  }

  /** `search`: the query this browser came back with. */
  async function finish(origin: string, search: string, browser: Browser): Promise<Entered> {
    const { client, config, settings } = await provider();
    const state = new URLSearchParams(search).get('state') ?? '';
    const begun = await store.takeTry(sql, tokenHash(state), tokenHash(browser.device), clock.now());
    if (!begun) refuse('oidc.refused');
    const { claims, idToken } = await asked(async () => {
      const tokens = await client.authorizationCodeGrant(config, new URL(`${origin}${CALLBACK}${search}`), {
        pkceCodeVerifier: begun.verifier,
        expectedState: state,
        expectedNonce: begun.nonce,
        idTokenExpected: true,
      });
      const told = tokens.claims()!;
      const more = config.serverMetadata().userinfo_endpoint === undefined ? {} : await client.fetchUserInfo(config, tokens.access_token, told.sub);
      return { claims: { ...more, ...told }, idToken: tokens.id_token! };
    });
    return sql.begin(async (tx) => {
      const personId = await personOf(tx, claims, settings.match);
      const account = await people.lockPerson(tx, personId);
      if (!account || account.disabled) refuse('oidc.unknown', { name: settings.name });
      const entered = await entry.go(tx, personId, proofsOf(claims, settings), browser);
      if ('token' in entered) {
        const sessionId = tokenHash(entered.token);
        await store.keepIdToken(tx, sessionId, seal(secret, PURPOSE, sessionId, idToken));
      }
      return entered;
    });
  }

  /** Whatever was wrong with the answer: a forged state, a code used before, a token of somebody else. The log says which. */
  async function asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      log.warn({ code, message }, 'sign-in by the identity provider was refused');
      refuse('oidc.refused');
    }
  }

  async function personOf(tx: Tx, claims: Claims, match: string): Promise<string> {
    const linked = await store.known(tx, claims.iss, claims.sub);
    if (linked !== null) return linked;
    const found = await matched(tx, claims, match);
    const one = found !== null && { issuer: claims.iss, subject: claims.sub, personId: found, matchedBy: match, at: clock.now() };
    if (!one || !(await store.link(tx, one))) refuse('oidc.unknown', { name: settings?.name ?? '' });
    await people.insertChange(tx, {
      personId: one.personId,
      by: one.personId,
      at: one.at,
      what: 'akun dinas ditautkan',
      before: null,
      after: { issuer: one.issuer },
    });
    return one.personId;
  }

  /** Where to sign out there too; null = this session did not come from there, or it offers none. */
  async function signOutUrl(sessionId: string, origin: string): Promise<string | null> {
    const sealed = settings && (await store.idToken(sql, sessionId));
    const hint = sealed && (unseal(secret, PURPOSE, sessionId, sealed) ?? (formerSecret === null ? null : unseal(formerSecret, PURPOSE, sessionId, sealed)));
    // Another process, or one that was started since, may have to ask the provider first.
    const found = hint && (await provider().catch(() => null));
    if (!found || found.config.serverMetadata().end_session_endpoint === undefined) return null;
    const { client, config } = found;
    return client.buildEndSessionUrl(config, { id_token_hint: hint, post_logout_redirect_uri: `${origin}/masuk` }).href;
  }

  async function accountsOf(tx: Tx, personId: string) {
    return (await store.identitiesOf(tx, personId)).map(({ at, ...one }) => ({ ...one, since: at.toISOString() }));
  }

  return { offered, start, finish, signOutUrl, accountsOf };
}

async function matched(tx: Tx, claims: Claims, match: string): Promise<string | null> {
  if (match === 'email') return typeof claims['email'] === 'string' && claims['email_verified'] === true ? store.byEmail(tx, claims['email']) : null;
  const nip = claims[match];
  return typeof nip === 'string' && /^\d{18}$/.test(nip) ? store.byNip(tx, nip) : null;
}

function proofsOf({ amr, acr }: Claims, { trustMfa }: OidcSettings): Proof[] {
  const two = (Array.isArray(amr) && amr.includes('mfa')) || (typeof acr === 'string' && /\bmfa\b|multifactor|multipleauthn/i.test(acr));
  return trustMfa && two ? ['oidc', 'mfa'] : ['oidc'];
}
