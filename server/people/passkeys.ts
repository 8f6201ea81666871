// Passkeys (WebAuthn): set up, shown instead of a password, as the second step, and before dangerous acts. The device asks for its owner every time.
import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { PasskeyMade, PasskeyShown } from '../../shared/sign-in.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql } from '../platform/database.ts';
import { tokenHash } from '../platform/personal-link.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import * as accounts from './account-store.ts';
import type { Browser } from './accounts.ts';
import type { Entered, Entry } from './entry.ts';
import { prove, type HalfRow } from './factor-store.ts';
import type { Enroller, Factors } from './factors.ts';
import type { Party } from './passkey-party.ts';
import * as store from './passkey-store.ts';
import type { SignInLog } from './sign-in-log.ts';

const SIGNED_WITHIN_S = 300;
const MOST = 10;
/** COSE numbers of EdDSA, ES256 and RS256: what phones, computers and security keys make. */
const ALGORITHMS = [-8, -7, -257];

type World = { sql: Sql; clock: Clock; log: FastifyBaseLogger; entry: Entry; factors: Factors; signIns: SignInLog };
export type Passkeys = ReturnType<typeof createPasskeys>;

export function createPasskeys({ sql, clock, log, entry, factors, signIns }: World) {
  // Read when somebody first uses it: most processes of a day never do.
  const library = () => import('@simplewebauthn/server');

  async function challenged(kind: store.Challenge['kind'], personId: string | null, device: string): Promise<string> {
    const challenge = randomBytes(32).toString('base64url');
    const now = clock.now();
    await store.forgetChallenges(sql, now);
    await store.insertChallenge(sql, { challenge, kind, personId, device: tokenHash(device) }, new Date(now.getTime() + SIGNED_WITHIN_S * 1000));
    return challenge;
  }
  /** What was signed is used up before anything is looked at: a second try needs a new one. */
  async function take(signed: string, of: Omit<store.Challenge, 'device' | 'challenge'>, device: string): Promise<string> {
    const challenge = challengeIn(signed);
    if (!(await store.takeChallenge(sql, { challenge, ...of, device: tokenHash(device) }, clock.now()))) refuse('passkey.late');
    return challenge;
  }

  async function startMaking({ personId }: Enroller, party: Party, device: string) {
    const account = await accounts.accountById(sql, personId);
    if (!account) refuse('session.required');
    const had = await store.passkeys(sql, personId);
    if (had.length >= MOST) refuse('passkey.many', { most: MOST });
    return {
      rp: { id: party.id, name: 'Portal Rapat' },
      user: { id: Buffer.from(personId).toString('base64url'), name: account.email ?? account.name, displayName: account.name },
      challenge: await challenged('register', personId, device),
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
      timeout: SIGNED_WITHIN_S * 1000,
      attestation: 'none' as const,
      excludeCredentials: had.map(shownAs),
      authenticatorSelection: { residentKey: 'required' as const, requireResidentKey: true, userVerification: 'required' as const },
    };
  }

  async function make(who: Enroller, { name, made }: { name: string; made: PasskeyMade }, party: Party, browser: Browser) {
    const { personId } = who;
    const expectedChallenge = await take(made.response.clientDataJSON, { kind: 'register', personId }, browser.device);
    const { verifyRegistrationResponse } = await library();
    const { registrationInfo: info } = await looked(() =>
      verifyRegistrationResponse({
        response: made,
        expectedChallenge,
        expectedOrigin: party.origin,
        expectedRPID: party.id,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      }),
    );
    if (!info) refuse('passkey.wrong');
    const { id: credentialId, publicKey, counter, transports = [] } = info.credential;
    return sql.begin(async (tx) => {
      await accounts.lockAccount(tx, personId);
      if ((await store.passkeys(tx, personId)).length >= MOST) refuse('passkey.many', { most: MOST });
      const backup = { backupEligible: info.credentialDeviceType === 'multiDevice', backedUp: info.credentialBackedUp };
      if (!(await store.insertPasskey(tx, { personId, credentialId, publicKey, counter, transports, ...backup, name, madeAt: clock.now() })))
        refuse('passkey.exists');
      await factors.note(tx, personId, personId, `passkey dipasang: ${name}`);
      return factors.added(tx, who, 'passkey', browser);
    });
  }

  /** `personId`: only of this person; null = of whoever holds one, who need not say who they are. */
  async function startShowing(personId: string | null, party: Party, device: string) {
    return {
      rpId: party.id,
      challenge: await challenged('prove', personId, device),
      timeout: SIGNED_WITHIN_S * 1000,
      userVerification: 'required' as const,
      ...(personId !== null && { allowCredentials: (await store.passkeys(sql, personId)).map(shownAs) }),
    };
  }

  /** Whose passkey was shown; refuses anybody else's, and whatever was not signed just now, here, by a device that saw its owner. */
  async function shownBy(personId: string | null, shown: PasskeyShown, party: Party, browser: Pick<Browser, 'device' | 'userAgent'>): Promise<string> {
    const expectedChallenge = await take(shown.response.clientDataJSON, { kind: 'prove', personId }, browser.device);
    const key = await store.byCredential(sql, shown.id);
    const { userHandle } = shown.response;
    const whose = userHandle === undefined || userHandle === '' ? null : Buffer.from(userHandle, 'base64url').toString();
    if (!key) refuse('passkey.unknown');
    const wrong = async (): Promise<never> => {
      await signIns.note(sql, personId ?? key.personId, 'faktor_ditolak', browser.userAgent);
      refuse('passkey.wrong');
    };
    if ((personId !== null && key.personId !== personId) || (whose !== null && whose !== key.personId)) return wrong();
    const { verifyAuthenticationResponse } = await library();
    const answer = await looked(() =>
      verifyAuthenticationResponse({
        response: shown,
        expectedChallenge,
        expectedOrigin: party.origin,
        expectedRPID: party.id,
        requireUserVerification: true,
        // Its counter is compared below, so that a copy is told to its owner and not merely refused.
        credential: { id: key.credentialId, publicKey: key.publicKey, counter: 0, transports: key.transports },
      }),
    ).catch(() => null);
    if (!answer?.verified) return wrong();
    const { newCounter: counter, credentialBackedUp: backedUp } = answer.authenticationInfo;
    if (await store.usePasskey(sql, key.id, { counter, backedUp, at: clock.now() })) return key.personId;
    log.warn({ personId: key.personId, passkeyId: key.id }, 'the counter of a passkey went back: there may be a copy of it');
    await sql.begin((tx) => factors.copied(tx, key.personId, key.name));
    return wrong();
  }

  /** Instead of a password: the device and its owner are two factors. */
  async function signIn(shown: PasskeyShown, party: Party, browser: Browser): Promise<Entered> {
    const personId = await shownBy(null, shown, party, browser);
    return sql.begin(async (tx) => {
      const account = await accounts.lockAccount(tx, personId);
      if (!account || account.disabled) refuse('passkey.unknown');
      return entry.go(tx, personId, ['passkey'], browser);
    });
  }

  async function signInSecond(begun: HalfRow, shown: PasskeyShown, party: Party, browser: Browser): Promise<Entered> {
    if (begun.step !== 'factor') refuse('session.step_over');
    await shownBy(begun.personId, shown, party, browser);
    return sql.begin((tx) => entry.goOn(tx, begun, 'passkey', browser));
  }

  async function freshBy(person: SignedIn, shown: PasskeyShown, party: Party, browser: Browser): Promise<void> {
    await shownBy(person.id, shown, party, browser);
    await prove(sql, person.sessionId, ['passkey'], clock.now());
  }

  async function remove(person: SignedIn, id: string): Promise<void> {
    await sql.begin(async (tx) => {
      await accounts.lockAccount(tx, person.id);
      const name = await store.removePasskey(tx, person.id, id);
      if (name === null) refuse('not_found');
      await factors.removed(tx, person.id, `passkey dilepas: ${name}`);
    });
  }

  /** Whatever was wrong: another origin, another name, no look at the owner, a signature that is none. The log says which. */
  async function looked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      log.info({ reason: (error as Error).message }, 'a passkey was refused');
      refuse('passkey.wrong');
    }
  }

  return { startMaking, make, startShowing, signIn, signInSecond, freshBy, remove };
}

const shownAs = ({ credentialId, transports }: store.PasskeyRow) => ({ id: credentialId, type: 'public-key' as const, transports });

/** What the browser says it has signed; it is compared with what was kept, and the signature covers it. */
function challengeIn(clientDataJSON: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : '';
  } catch {
    return '';
  }
}
