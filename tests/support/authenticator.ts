// A passkey as a phone makes it, in software: real keys, real signatures (WebAuthn Level 3, 6.1 and 6.5), and ways to do each part wrongly.
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { postPasskeysStart, postPasskeyStart } from '../../shared/sign-in.ts';
import type { BodyOf, ReplyOf } from '../../shared/endpoint.ts';
import type { postPasskey, postPasskeys } from '../../shared/sign-in.ts';

type Over = {
  origin?: string;
  rpId?: string;
  challenge?: string;
  /** Whether the device has seen its owner (finger, face, PIN). */
  verified?: boolean;
  counter?: number;
  userHandle?: string | null;
  signedBy?: KeyObject;
  type?: string;
};
type Made = BodyOf<typeof postPasskeys>['made'];
type Shown = BodyOf<typeof postPasskey>;

const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();
const text = (word: string): Buffer => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);
const bytes = (of: Buffer): Buffer => Buffer.concat([Buffer.from([0x59, of.length >> 8, of.length & 255]), of]);
const word = (n: number, size: number): Buffer => {
  const out = Buffer.alloc(size);
  out.writeUIntBE(n, 0, size);
  return out;
};
const FLAGS = { present: 1, verified: 4, credential: 64 };

export type Authenticator = ReturnType<typeof openAuthenticator>;

/** One device with one passkey, which counts from 1 unless told not to. */
export function openAuthenticator({ origin, counts = true }: { origin: string; counts?: boolean }) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let counter = 0;
  let owner: string | null = null;

  const clientData = (type: string, challenge: string, from: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }));
  function authData(rpId: string, verified: boolean, count: number, credential: Buffer | null): Buffer {
    const flags = FLAGS.present + (verified ? FLAGS.verified : 0) + (credential ? FLAGS.credential : 0);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), word(count, 4), credential ?? Buffer.alloc(0)]);
  }
  function coseKey(): Buffer {
    const { x, y } = publicKey.export({ format: 'jwk' });
    const part = (key: number, value: string) => Buffer.concat([Buffer.from([key, 0x58, 32]), Buffer.from(value, 'base64url')]);
    // EC2, ES256, P-256.
    return Buffer.concat([Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]), part(0x21, x!), part(0x22, y!)]);
  }
  const common = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' as const, clientExtensionResults: {} };

  function make(asked: ReplyOf<typeof postPasskeysStart>, over: Over = {}): Made {
    owner = asked.user.id;
    const credential = Buffer.concat([Buffer.alloc(16), word(id.length, 2), id, coseKey()]);
    const data = authData(over.rpId ?? asked.rp.id, over.verified ?? true, over.counter ?? counter, credential);
    const attestation = Buffer.concat([Buffer.from([0xa3]), text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0]), text('authData'), bytes(data)]);
    const signed = clientData(over.type ?? 'webauthn.create', over.challenge ?? asked.challenge, over.origin ?? origin);
    return {
      ...common,
      response: { clientDataJSON: signed.toString('base64url'), attestationObject: attestation.toString('base64url'), transports: ['internal', 'hybrid'] },
    };
  }

  function show(asked: ReplyOf<typeof postPasskeyStart>, over: Over = {}): Shown {
    if (over.counter === undefined && counts) counter += 1;
    const data = authData(over.rpId ?? asked.rpId, over.verified ?? true, over.counter ?? counter, null);
    const signed = clientData(over.type ?? 'webauthn.get', over.challenge ?? asked.challenge, over.origin ?? origin);
    const signature = sign('sha256', Buffer.concat([data, sha256(signed)]), over.signedBy ?? privateKey);
    const handle = over.userHandle === undefined ? owner : over.userHandle;
    return {
      ...common,
      response: {
        clientDataJSON: signed.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(handle !== null && { userHandle: handle }),
      },
    };
  }

  return { id: common.id, make, show };
}
