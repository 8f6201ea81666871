// A caller of a TURN relay (RFC 8656) that asks what it may reach, and the list of ICE servers out of the media server's first word.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export type IceServer = { urls: string[]; username: string; credential: string };

/** Protobuf as it lies: fields of bytes, by number. Other kinds are passed over. */
function fieldsOf(bytes: Buffer): { field: number; value: Buffer }[] {
  const found: { field: number; value: Buffer }[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    if (key % 8 === 0) varint();
    else if (key % 8 === 1) at += 8;
    else if (key % 8 === 5) at += 4;
    else {
      const length = varint();
      found.push({ field: Math.floor(key / 8), value: bytes.subarray(at, at + length) });
      at += length;
    }
  }
  return found;
}

/** SignalResponse.join is field 1; its list of ICE servers is known by what it names. */
export function iceServersIn(word: Buffer): IceServer[] {
  const join = fieldsOf(word).find(({ field }) => field === 1);
  if (!join) throw new Error('the media server did not let us in');
  return fieldsOf(join.value).flatMap(({ value }) => {
    if (!/^\n.(?:stun|turns?):/s.test(value.toString('latin1'))) return [];
    const parts = fieldsOf(value);
    const texts = (n: number): string[] => parts.filter(({ field }) => field === n).map((part) => part.value.toString());
    return [{ urls: texts(1), username: texts(2)[0] ?? '', credential: texts(3)[0] ?? '' }];
  });
}

const MAGIC = 0x2112a442;
const ALLOCATE = 0x0003;
const PERMISSION = 0x0008;
const REFUSED = 0x0110;
const attribute = (type: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
};
const headOf = (type: number, length: number, id: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(length, 2);
  head.writeUInt32BE(MAGIC, 4);
  return Buffer.concat([head, id]);
};
const attributeIn = (message: Buffer, wanted: number): Buffer | null => {
  for (let at = 20; at + 4 <= message.length;) {
    const length = message.readUInt16BE(at + 2);
    if (message.readUInt16BE(at) === wanted) return message.subarray(at + 4, at + 4 + length);
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return null;
};

/** Has a place at the relay; throws when it is refused one. */
export async function relayFrom({ port, username, credential }: { port: number } & Pick<IceServer, 'username' | 'credential'>) {
  const socket = createSocket('udp4');
  let proof: { realm: Buffer; nonce: Buffer; key: Buffer } | null = null;

  async function ask(type: number, attributes: Buffer[]): Promise<Buffer> {
    const id = randomBytes(12);
    const body = Buffer.concat([
      ...attributes,
      ...(proof ? [attribute(0x0006, Buffer.from(username)), attribute(0x0014, proof.realm), attribute(0x0015, proof.nonce)] : []),
    ]);
    const sealed = (key: Buffer): Buffer =>
      attribute(
        0x0008,
        createHmac('sha1', key)
          .update(headOf(type, body.length + 24, id))
          .update(body)
          .digest(),
      );
    const message = Buffer.concat([headOf(type, body.length + (proof ? 24 : 0), id), body, ...(proof ? [sealed(proof.key)] : [])]);
    // A datagram may be lost: said again until it is answered.
    const again = setInterval(() => socket.send(message, port, '127.0.0.1'), 500);
    try {
      socket.send(message, port, '127.0.0.1');
      for (;;) {
        const [answer] = (await once(socket, 'message')) as [Buffer];
        if (answer.subarray(8, 20).equals(id)) return answer;
      }
    } finally {
      clearInterval(again);
    }
  }

  const transport = attribute(0x0019, Buffer.from([17, 0, 0, 0]));
  const first = await ask(ALLOCATE, [transport]);
  const [realm, nonce] = [attributeIn(first, 0x0014), attributeIn(first, 0x0015)];
  if (!realm || !nonce) throw new Error('the relay asks for no proof');
  proof = { realm, nonce, key: createHash('md5').update(`${username}:${realm.toString()}:${credential}`).digest() };
  const given = await ask(ALLOCATE, [transport]);
  if ((given.readUInt16BE(0) & REFUSED) === REFUSED) throw new Error(`no place at the relay: ${attributeIn(given, 0x0009)?.subarray(4).toString()}`);

  /** Whether it would pass on to this address. */
  async function permits(address: string): Promise<boolean> {
    const bytes = address.split('.').map(Number);
    const mask = [0x21, 0x12, 0xa4, 0x42];
    const peer = Buffer.from([0, 1, 0x21 ^ 0x23, 0x12 ^ 0x28, ...bytes.map((byte, n) => byte ^ mask[n]!)]);
    return ((await ask(PERMISSION, [attribute(0x0012, peer)])).readUInt16BE(0) & REFUSED) !== REFUSED;
  }
  return { permits, close: () => socket.close() };
}
