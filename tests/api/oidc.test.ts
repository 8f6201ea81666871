import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteSession, getMe, postPersonDisabled } from '../../shared/people.ts';
import { getStep, getWays, postOidc, postOidcStart, postTotp, postTotpConfirm } from '../../shared/sign-in.ts';
import { Secret, TOTP } from 'otpauth';
import { castWorld, refusalIn, signIn, type Actor, type Cast } from '../support/cast.ts';
import { openIdentityProvider, type Account, type IdentityProvider } from '../support/oidc.ts';
import type { Client, World } from '../support/world.ts';

const ORIGIN = 'http://portal.test';
let office: IdentityProvider;
let world: World;
let cast: Cast;
beforeAll(async () => {
  office = await openIdentityProvider({ portal: ORIGIN });
  ({ world, cast } = await castWorld({ origin: ORIGIN, oidc: office.settings() }));
});
afterAll(async () => {
  await world.close();
  await office.close();
});

const account = (person: Actor, over: Partial<Account> = {}): Account => ({ sub: `s-${person.nip}`, email: person.email, email_verified: true, ...over });
/** To the provider and back, with what the browser brings. */
async function asked(browser: Client, as: Account): Promise<string> {
  return office.comesBack((await browser.call(postOidcStart, {})).url, as);
}
async function comes(as: Account, browser = world.visitor()): Promise<{ browser: Client; refused: string | null }> {
  const search = await asked(browser, as);
  return { browser, refused: await browser.refusalOf(postOidc, { body: { search } }) };
}

test('a verified address opens the account that has it; from then on the subject does, whatever the address becomes', async () => {
  expect((await world.visitor().call(getWays, {})).oidc).toEqual({ name: 'SSO Kota Uji', down: false });
  const { browser, refused } = await comes(account(cast.kabid, { email: cast.kabid.email.toUpperCase() }));
  expect(refused).toBeNull();
  expect((await browser.call(getMe, {})).id).toBe(cast.kabid.id);
  const again = await comes(account(cast.kabid, { email: 'nama-baru@uji.example', email_verified: false }));
  expect((await again.browser.call(getMe, {})).id).toBe(cast.kabid.id);
  expect(await world.sql`select amr from people.session where person_id = ${cast.kabid.id}`).toEqual([{ amr: ['oidc'] }, { amr: ['oidc'] }]);
});

test('an address that is not verified, an unknown one, one linked to another subject, and a disabled account are refused, and none is made', async () => {
  const [{ before }] = await world.sql<[{ before: number }]>`select count(*)::int as before from people.person`;
  expect((await comes(account(cast.staf, { email_verified: false }))).refused).toBe('oidc.unknown');
  expect((await comes({ sub: 'asing', email: 'asing@uji.example', email_verified: true })).refused).toBe('oidc.unknown');
  expect((await comes(account(cast.kabid, { sub: 'orang-lain' }))).refused).toBe('oidc.unknown');
  await (await signIn(world, cast.administrator)).call(postPersonDisabled, { params: { id: cast.stafKantor.id }, body: { disabled: true } });
  const refusal = await refusalIn(world.visitor().call(postOidc, { body: { search: '?state=x' } }));
  expect(refusal.code).toBe('oidc.refused');
  const { browser, refused } = await comes(account(cast.stafKantor));
  expect(refused).toBe('oidc.unknown');
  expect(await browser.refusalOf(getMe, {})).toBe('session.required');
  expect(await world.sql`select count(*)::int as before from people.person`).toEqual([{ before }]);
});

test('what comes back counts once, in the browser that began it, with its own state and nonce', async () => {
  const browser = world.visitor();
  const search = await asked(browser, account(cast.bkd));
  const thief = world.visitor();
  await thief.call(getWays, {});
  expect(await thief.refusalOf(postOidc, { body: { search } })).toBe('oidc.refused');
  await browser.call(postOidc, { body: { search } });
  expect(await browser.refusalOf(postOidc, { body: { search } })).toBe('oidc.refused');

  const first = new URLSearchParams(await asked(browser, account(cast.bkd)));
  const second = new URLSearchParams(await asked(browser, account(cast.bkd)));
  // The code of one with the state of the other: PKCE and nonce do not fit.
  const mixed = new URLSearchParams({ code: first.get('code')!, state: second.get('state')!, iss: second.get('iss')! });
  expect(await browser.refusalOf(postOidc, { body: { search: `?${mixed.toString()}` } })).toBe('oidc.refused');
  const forged = new URLSearchParams({ code: first.get('code')!, state: 'A'.repeat(43), iss: first.get('iss')! });
  expect(await browser.refusalOf(postOidc, { body: { search: `?${forged.toString()}` } })).toBe('oidc.refused');

  world.clock.advance(0);
  const late = await asked(browser, account(cast.bkd));
  world.clock.advance(11 * 60_000);
  expect(await browser.refusalOf(postOidc, { body: { search: late } })).toBe('oidc.refused');
});

test('an answer in the name of another issuer is refused (mix-up), and so is a no', async () => {
  const browser = world.visitor();
  const answer = new URLSearchParams(await asked(browser, account(cast.operator)));
  answer.set('iss', 'http://127.0.0.1:1/lain');
  expect(await browser.refusalOf(postOidc, { body: { search: `?${answer.toString()}` } })).toBe('oidc.refused');
  const { url } = await browser.call(postOidcStart, {});
  const state = new URL(url).searchParams.get('state')!;
  expect(
    await browser.refusalOf(postOidc, { body: { search: `?${new URLSearchParams({ error: 'access_denied', state, iss: office.issuer }).toString()}` } }),
  ).toBe('oidc.refused');
});

test('people are sent back to the one address of the portal, whatever a request claims to have come by', async () => {
  const claimed: Record<string, string>[] = [{}, { host: 'jahat.example' }, { 'x-forwarded-host': 'jahat.example', 'x-forwarded-proto': 'https' }];
  for (const headers of claimed) {
    const { text } = await world.visitor().send(postOidcStart, {}, headers);
    const asked = new URL((JSON.parse(text) as { url: string }).url);
    expect(asked.searchParams.get('redirect_uri')).toBe(`${ORIGIN}/masuk/oidc`);
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
  }
  // The provider holds to it too.
  const { url } = await world.visitor().call(postOidcStart, {});
  for (const other of [`${ORIGIN}/masuk/oidc/`, `${ORIGIN}/masuk/oidc?x=1`, `${ORIGIN}.jahat.example/masuk/oidc`, `${ORIGIN}@jahat.example/masuk/oidc`]) {
    const asked = new URL(url);
    asked.searchParams.set('redirect_uri', other);
    const { status, headers } = await fetch(asked, { redirect: 'manual' });
    expect([status, headers.get('location')]).toEqual([400, null]);
  }
});

test('whoever has a factor shows it after the office account too, unless its word for two factors is trusted', async () => {
  const admin = await signIn(world, cast.adminDinsos);
  const { secret } = await admin.call(postTotp, {});
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.clock.now().getTime() });
  await admin.call(postTotpConfirm, { body: { code } });
  const { browser, refused } = await comes(account(cast.adminDinsos, { amr: ['pwd', 'mfa'] }));
  expect(refused).toBe('session.second_step');
  expect((await browser.call(getStep, {})).step).toBe('factor');
  expect(await browser.refusalOf(getMe, {})).toBe('session.required');
});

test('with its word trusted, two factors there are two here; matched by NIP where the office says so', async () => {
  const { world: other, cast: people } = await castWorld({ origin: ORIGIN, oidc: office.settings({ trustMfa: true, match: 'nip' }) });
  const back = async (as: Account): Promise<[Client, string | null]> => {
    const browser = other.visitor();
    const search = await office.comesBack((await browser.call(postOidcStart, {})).url, as);
    return [browser, await browser.refusalOf(postOidc, { body: { search } })];
  };
  const head: Account = { sub: 'kepala', nip: people.kepala.nip, amr: ['pwd', 'mfa'] };
  expect((await back({ sub: 'lain', email: people.kepala.email, email_verified: true }))[1]).toBe('oidc.unknown');
  const [browser, refused] = await back(head);
  expect(refused).toBeNull();
  expect(await other.sql`select amr, proven_at is not null as proven from people.session`).toEqual([{ amr: ['oidc', 'mfa'], proven: true }]);
  const { next } = await browser.call(deleteSession, {});
  const out = new URL(next!);
  expect(out.origin).toBe(office.issuer);
  expect(out.searchParams.get('post_logout_redirect_uri')).toBe(`${ORIGIN}/masuk`);
  expect(out.searchParams.get('id_token_hint')).not.toBeNull();
  await other.close();
});

test('a provider that does not answer is said, and passwords work; without one the way does not exist', async () => {
  const away = await castWorld({ origin: ORIGIN, oidc: office.settings({ issuer: 'http://127.0.0.1:1' }) });
  expect(await away.world.visitor().refusalOf(postOidcStart, {})).toBe('oidc.down');
  expect((await away.world.visitor().call(getWays, {})).oidc).toEqual({ name: 'SSO Kota Uji', down: true });
  expect((await (await signIn(away.world, away.cast.staf)).call(deleteSession, {})).next).toBeNull();
  await away.world.close();
  const none = await castWorld();
  expect((await none.world.visitor().call(getWays, {})).oidc).toBeNull();
  expect(await none.world.visitor().refusalOf(postOidcStart, {})).toBe('not_found');
  await none.world.close();
});
