// The browser's own mark: a random id that a page leaves in a cookie, signed, so that whoever opened a page is told from whoever makes marks up, without
// a look-up. It says nothing about who somebody is.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const COOKIE = 'perangkat';
const DAYS = 400;
const SIGNED = /^([\w-]{20,64})\.([\w-]{22})$/;
/** As browsers got it before marks were signed: the id is kept, and counts as new. */
const PLAIN = /^[\w-]{20,64}$/;

const proven = new WeakMap<FastifyRequest, string>();
const stale = new WeakSet<FastifyRequest>();

export type Marks = ReturnType<typeof createMarks>;

/** The id of the browser, when it brought a mark that this portal gave. */
export const knownDevice = (request: FastifyRequest): string | null => proven.get(request) ?? null;

export function createMarks({ secret, formerSecret = null, secure }: { secret: string; formerSecret?: string | null; secure: boolean }) {
  const keyOf = (of: string): Buffer => createHmac('sha256', of).update('tanda peramban').digest();
  const own = keyOf(secret);
  const former = formerSecret === null ? null : keyOf(formerSecret);
  const signatureOf = (id: string, key = own): string => createHmac('sha256', key).update(id).digest('base64url').slice(0, 22);

  function read(request: FastifyRequest): void {
    const [, id, signature] = SIGNED.exec(request.cookies[COOKIE] ?? '') ?? [];
    if (id === undefined || signature === undefined) return;
    const fits = (key: Buffer): boolean => timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(id, key)));
    if (fits(own)) proven.set(request, id);
    else if (former !== null && fits(former)) {
      proven.set(request, id);
      // Known by the key that goes: a page gives it the new signature.
      stale.add(request);
    }
  }

  /** The browser's id, given now where it has none. A page gives it, so that the first requests a page makes side by side are one browser's. */
  function give(request: FastifyRequest, reply: FastifyReply): string {
    const known = proven.get(request);
    if (known !== undefined) {
      if (stale.delete(request)) keep(reply, known);
      return known;
    }
    const plain = request.cookies[COOKIE] ?? '';
    const id = PLAIN.test(plain) ? plain : randomBytes(18).toString('base64url');
    keep(reply, id);
    proven.set(request, id);
    return id;
  }

  function keep(reply: FastifyReply, id: string): void {
    reply.setCookie(COOKIE, `${id}.${signatureOf(id)}`, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: DAYS * 86_400 });
  }

  return { read, give };
}

const HOST_ONLY = '__Host-';

/** Over HTTPS every cookie gets the prefix by which browsers refuse one that another host of the domain, or plain HTTP, has set. Nobody else needs to know. */
export function prefixCookies(request: FastifyRequest, reply: FastifyReply): void {
  request.cookies = Object.fromEntries(
    Object.entries(request.cookies).flatMap(([name, value]) => (name.startsWith(HOST_ONLY) ? [[name.slice(HOST_ONLY.length), value]] : [])),
  );
  const [set, clear] = [reply.setCookie.bind(reply), reply.clearCookie.bind(reply)];
  reply.setCookie = (name, value, options) => set(`${HOST_ONLY}${name}`, value, options);
  reply.clearCookie = (name, options) => clear(`${HOST_ONLY}${name}`, options);
}
