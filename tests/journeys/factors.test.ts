// The second step as people walk it: a passkey on a device that checks its owner, an authenticator app, the forced set-up, the office's own account.
import { Secret, TOTP } from 'otpauth';
import type { Browser, CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putFactorRule } from '../../shared/sign-in.ts';
import { freePort } from '../../server/platform/ports.ts';
import { newPerson, openChromium } from '../support/browser.ts';
import { castWorld, PASSWORD, signIn, type Actor, type Cast } from '../support/cast.ts';
import { openIdentityProvider, type IdentityProvider } from '../support/oidc.ts';
import { see } from '../support/see.ts';
import type { World } from '../support/world.ts';

let world: World;
let cast: Cast;
let browser: Browser;
let office: IdentityProvider;
let origin: string;
let port: number;
beforeAll(async () => {
  port = await freePort(0, 'tcp', '127.0.0.1');
  // Passkeys belong to a name: this machine's own.
  origin = `http://localhost:${port}`;
  office = await openIdentityProvider({ portal: origin });
  ({ world, cast } = await castWorld({ origin, oidc: office.settings(), web: true }));
  await world.app.fastify.listen({ port, host: '127.0.0.1' });
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await world.close();
  await office.close();
});

/** A device that keeps passkeys and asks for its owner, who says yes (or, told so, does not). */
async function withDevice(page: Page): Promise<{ owner: (isThere: boolean) => Promise<void>; kept: () => Promise<number> }> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    owner: async (isUserVerified) => void (await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })),
    kept: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}
async function typesPassword(page: Page, person: Actor): Promise<void> {
  await page.goto('/masuk');
  await page.getByLabel('NIP atau surel').fill(person.nip);
  await page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
}
const isIn = (page: Page) => see(page.getByRole('link', { name: 'Beranda' }).first()).toBeVisible();
async function signsOut(page: Page): Promise<void> {
  await page.goto('/akun');
  await page.getByRole('main').getByRole('button', { name: 'Keluar', exact: true }).click();
  await see(page.getByLabel('NIP atau surel')).toBeVisible();
}
const shown = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.clock.now().getTime() });
/** Sets the app up on this page; answers its secret. */
async function setsUpApp(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Pasang aplikasi kode' }).click();
  const secret = (await page.locator('.factor-secret').innerText()).replaceAll(' ', '');
  await page.getByLabel('Pastikan dengan satu kode').fill(shown(secret));
  await page.getByRole('button', { name: 'Pasang', exact: true }).click();
  return secret;
}

test('a person makes a passkey, signs out, and signs in by it without a password', async () => {
  const { page, errors, foreign, close } = await newPerson(browser, origin);
  const device = await withDevice(page);
  await typesPassword(page, cast.kabid);
  await isIn(page);
  await page.goto('/akun');
  const passkeys = page.getByRole('region', { name: 'Passkey' });
  await passkeys.getByLabel('Nama passkey').fill('Telepon Budi');
  await device.owner(false);
  await passkeys.getByRole('button', { name: 'Buat passkey' }).click();
  await see(passkeys.getByText(/Passkey tidak jadi dibuat|tidak dapat memakai passkey/)).toBeVisible();
  await device.owner(true);
  await passkeys.getByRole('button', { name: 'Buat passkey' }).click();
  await see(page.getByRole('region', { name: 'Kode pemulihan' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Sudah saya simpan' }).click();
  await see(passkeys.getByText('Telepon Budi')).toBeVisible();
  await see(passkeys.getByText(/belum dipakai/)).toBeVisible();
  expect(await device.kept()).toBe(1);

  await signsOut(page);
  await page.getByRole('button', { name: 'Masuk dengan passkey' }).click();
  await isIn(page);
  await page.goto('/akun');
  await see(passkeys.getByText(/terakhir dipakai/)).toBeVisible();

  // As the second step too; somebody who is not the owner is told what else there is.
  await signsOut(page);
  await typesPassword(page, cast.kabid);
  await see(page.getByRole('heading', { name: 'Langkah kedua' })).toBeVisible();
  await device.owner(false);
  await page.getByRole('button', { name: 'Tunjukkan passkey' }).click();
  await see(page.getByText(/Tidak ada passkey yang ditunjukkan/)).toBeVisible();
  await device.owner(true);
  await page.getByRole('button', { name: 'Tunjukkan passkey' }).click();
  await isIn(page);
  expect([foreign, errors]).toEqual([[], []]);
  await close();
});

test('a fresh administrator sets the app up before anything else, signs in with its code, and shows it again before a dangerous act', async () => {
  const before = await signIn(world, cast.administrator);
  await before.call(putFactorRule, { params: { role: 'administrator' }, body: { required: true, graceDays: 0 } });
  const { page, errors, close } = await newPerson(browser, origin);
  await typesPassword(page, cast.administrator);
  await see(page.getByRole('heading', { name: 'Pasang faktor kedua' })).toBeVisible();
  await see(page.getByRole('region', { name: 'Passkey' }).getByRole('button', { name: 'Buat passkey' })).toBeVisible();
  const secret = await setsUpApp(page);
  await page.getByRole('button', { name: 'Sudah saya simpan' }).click();
  await isIn(page);

  world.clock.advance(60_000);
  await signsOut(page);
  await typesPassword(page, cast.administrator);
  await see(page.getByRole('heading', { name: 'Langkah kedua' })).toBeVisible();
  await page.getByLabel('Kode', { exact: true }).fill('000000');
  await page.getByRole('button', { name: 'Lanjut' }).click();
  await see(page.getByText(/Kode tidak cocok/)).toBeVisible();
  await page.getByLabel('Kode', { exact: true }).fill(shown(secret));
  await page.getByRole('button', { name: 'Lanjut' }).click();
  await isIn(page);

  world.clock.advance(16 * 60_000);
  await page.goto('/akun');
  await page.getByRole('button', { name: 'Buat kode pemulihan baru' }).click();
  await page.getByRole('button', { name: 'Ya, buat baru' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tunjukkan faktor kedua' });
  await dialog.getByLabel('Kode', { exact: true }).fill(shown(secret));
  await dialog.getByRole('button', { name: 'Lanjut' }).click();
  await see(page.getByRole('button', { name: 'Sudah saya simpan' })).toBeVisible();
  await see(page.getByText('Faktor kedua salah')).toBeVisible();
  expect(errors).toEqual([]);
  await close();
});

test('from the office’s own account a person comes back signed in; Data saya names it; signing out ends there', async () => {
  const { page, errors, foreign, close } = await newPerson(browser, origin);
  office.isSignedIn({ sub: 'sari-dirumah', email: cast.staf.email, email_verified: true });
  await page.goto('/masuk?ke=/data-saya');
  await page.getByRole('button', { name: 'Masuk dengan SSO Kota Uji' }).click();
  await see(page.getByRole('region', { name: 'Cara Anda masuk' }).getByText(/sari-dirumah/)).toBeVisible();
  await page.goto('/akun');
  const out = page.waitForRequest((request) => request.url().startsWith(`${office.issuer}/session/end`));
  await page.getByRole('main').getByRole('button', { name: 'Keluar', exact: true }).click();
  expect((await out).url()).toContain('id_token_hint');
  expect(errors).toEqual([]);
  expect(foreign.every((address) => address.startsWith(office.issuer))).toBe(true);
  await close();
});

test('at an address in numbers there is no button for passkeys, and the page says where there is one', async () => {
  const numbers = await castWorld({ web: true });
  const url = await numbers.world.listen();
  const { page, close } = await newPerson(browser, url);
  await page.goto('/masuk');
  const instead = page.getByRole('link', { name: url.replace('127.0.0.1', 'localhost') });
  await see(instead).toBeVisible();
  await see(page.getByRole('button', { name: 'Masuk dengan passkey' })).toHaveCount(0);
  await instead.click();
  await see(page.getByRole('button', { name: 'Masuk dengan passkey' })).toBeVisible();
  await close();
  await numbers.world.close();
});
