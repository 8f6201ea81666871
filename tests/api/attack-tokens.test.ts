// Tokens made by others or meant for another purpose, and a media server's word that is forged or said again. S05, S06.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getMeeting, postTicket } from '../../shared/meetings.ts';
import { getMe } from '../../shared/people.ts';
import { doubleKeys } from '../support/livekit-double.ts';
import { eventually } from '../support/eventually.ts';
import { calledMeeting, mediaServerTells, opensLink } from '../support/meeting.ts';

type Setting = Awaited<ReturnType<typeof calledMeeting>>;
const WEBHOOK = '/api/livekit/webhook';
let setting: Setting;
let ticket: { token: string; identity: string };
beforeAll(async () => {
  setting = await calledMeeting({ guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] });
  ticket = await opensLink(setting.world, setting.invitation('Ibu Tamu').link).call(postTicket, { params: setting.id, body: {} });
});
afterAll(async () => setting.world.close());

const b64 = (value: object | string): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
/** Any header and claims, signed by any hash; 'none' leaves it unsigned. */
function jwt(header: object, claims: object, secret: string, hash: 'sha256' | 'sha384' | 'sha512' | 'none' = 'sha256'): string {
  const text = `${b64(header)}.${b64(claims)}`;
  return `${text}.${hash === 'none' ? '' : createHmac(hash, secret).update(text).digest('base64url')}`;
}
const now = (): number => Math.floor(Date.now() / 1000);
const { tokenKey, webhookKey } = doubleKeys;
const grants = () => ({
  sub: ticket.identity,
  video: { room: setting.room.name, roomJoin: true, canSubscribe: true, canPublish: true, canPublishData: false },
  nbf: now() - 10,
  exp: now() + 60,
});
const facts = async (): Promise<number> => (await setting.world.sql<{ n: number }[]>`select count(*)::int as n from rooms.presence`)[0]!.n;
const atDoor = async (token: string, path = '/rtc/v1/validate'): Promise<number> =>
  (await setting.world.app.fastify.inject({ url: `${path}?access_token=${encodeURIComponent(token)}` })).statusCode;

test('no token but one that is signed as ours, by our key, for now, opens the door', async () => {
  const claims = { iss: tokenKey.key, ...grants() };
  const head = { alg: 'HS256', typ: 'JWT' };
  const forged: Record<string, string> = {
    'unsigned, none': jwt({ alg: 'none' }, claims, '', 'none'),
    'unsigned, None': jwt({ alg: 'None' }, claims, '', 'none'),
    'unsigned, nOnE, with the signature of another': `${jwt({ alg: 'nOnE' }, claims, '', 'none')}${ticket.token.split('.')[2]}`,
    'says HS256, is unsigned': jwt(head, claims, '', 'none'),
    'says RS256': jwt({ alg: 'RS256' }, claims, tokenKey.secret),
    'signed with the name of the key': jwt(head, claims, tokenKey.key),
    'signed with nothing': jwt(head, claims, ' '),
    'a key of the header': jwt({ ...head, jwk: { kty: 'oct', k: b64('x') } }, claims, 'x'),
    'a key from elsewhere': jwt({ ...head, jku: 'http://127.0.0.1:1/keys', kid: '../../../dev/null' }, claims, ''.padEnd(1, '\0')),
    'another issuer': jwt(head, { ...claims, iss: 'APIlain' }, tokenKey.secret),
    'no issuer': jwt(head, { ...claims, iss: undefined }, tokenKey.secret),
    'the other key’s issuer': jwt(head, { ...claims, iss: webhookKey.key }, tokenKey.secret),
    'an old one': jwt(head, { ...claims, nbf: now() - 7_200, exp: now() - 3_600 }, tokenKey.secret),
    'one for later': jwt(head, { ...claims, nbf: now() + 3_600, exp: now() + 7_200 }, tokenKey.secret),
    'another’s rights under this signature': ticket.token.replace(/\.[^.]+\./, `.${b64({ ...claims, video: { ...claims.video, roomAdmin: true } })}.`),
    'a session': [...setting.chair.cookies.values()][0] ?? '',
    'a personal link': setting.invitation('Ibu Tamu').link.split('#')[1] ?? '',
  };
  for (const [what, token] of Object.entries(forged)) expect([what, await atDoor(token)]).toEqual([what, 401]);
  expect(await atDoor(ticket.token)).toBe(200);
});

test('a ticket opens the room and nothing else; a session is no link, a link no session', async () => {
  const { world, chair, id } = setting;
  const asked = (headers: Record<string, string>) => world.app.fastify.inject({ url: '/api/me', headers: { host: 'portal.test', ...headers } });
  const link = setting.invitation('Ibu Tamu').link.split('#')[1] ?? '';
  const session = [...chair.cookies].find(([name]) => name.endsWith('sesi'))?.[1] ?? '';
  for (const value of [ticket.token, link, `Bearer ${session}`])
    for (const name of ['sesi', '__Host-sesi', 'pers', '__Host-pers']) expect((await asked({ cookie: `${name}=${value}` })).statusCode).toBe(401);
  for (const value of [session, ticket.token, link]) expect((await asked({ authorization: `Bearer ${value}`, 'x-tautan': value })).statusCode).toBe(401);
  for (const value of [session, ticket.token])
    expect(await world.visitor({ 'x-tautan': value.slice(0, 100) }).refusalOf(getMeeting, { params: id })).not.toBeNull();
  expect((await chair.call(getMe, {})).name).toContain('Hartini');
  for (const path of ['/twirp/livekit.RoomService/ListParticipants', '/twirp/livekit.RoomService/DeleteRoom', '/rtc/../twirp/livekit.RoomService/ListRooms'])
    expect((await world.app.fastify.inject({ method: 'POST', url: path, headers: { authorization: `Bearer ${ticket.token}` }, payload: {} })).statusCode).toBe(
      404,
    );
});

test('what the media server did not sign, for this body, is not its word', async () => {
  const { world, room } = setting;
  const before = await facts();
  const body = JSON.stringify({
    event: 'participant_joined',
    id: `EV_${randomUUID()}`,
    createdAt: String(Math.floor(world.clock.now().getTime() / 1000)),
    room: { sid: 'RM_1', name: room.name },
    participant: { sid: 'PA_palsu', identity: ticket.identity, joinedAt: '1', joinedAtMs: '1000', state: 'ACTIVE', kind: 'STANDARD', permission: {} },
  });
  const sum = createHash('sha256').update(body);
  const sha256 = sum.copy().digest('base64');
  const claims = { iss: webhookKey.key, nbf: now() - 1, exp: now() + 300, sha256 };
  const head = { alg: 'HS256' };
  const tell = async (authorization: string | undefined, payload = body): Promise<number> =>
    (
      await world.app.fastify.inject({
        method: 'POST',
        url: WEBHOOK,
        headers: { 'content-type': 'application/webhook+json', ...(authorization !== undefined && { authorization }) },
        payload,
      })
    ).statusCode;
  const forged: Record<string, string | undefined> = {
    unsigned: undefined,
    empty: '',
    'not a token': 'Bearer x',
    'alg none': jwt({ alg: 'none' }, claims, '', 'none'),
    'another secret': jwt(head, claims, 'x'.repeat(36)),
    'another issuer': jwt(head, { ...claims, iss: 'APIlain' }, webhookKey.secret),
    'the token key’s issuer with the webhook’s secret': jwt(head, { ...claims, iss: tokenKey.key }, webhookKey.secret),
    'a sum in hex': jwt(head, { ...claims, sha256: sum.copy().digest('hex') }, webhookKey.secret),
    'the sum of another body': jwt(head, { ...claims, sha256: createHash('sha256').update(`${body} `).digest('base64') }, webhookKey.secret),
    'no sum': jwt(head, { ...claims, sha256: undefined }, webhookKey.secret),
    'an empty sum': jwt(head, { ...claims, sha256: '' }, webhookKey.secret),
    'a ticket': ticket.token,
    'a ticket as bearer': `Bearer ${ticket.token}`,
  };
  for (const [what, authorization] of Object.entries(forged)) expect([what, await tell(authorization)]).toEqual([what, 401]);
  // Signed, and then changed on the way: another room, another time.
  for (const changed of [body.replace(room.name, 'r-lain'), body.replace('"joinedAtMs":"1000"', '"joinedAtMs":"1"'), `${body} `, body.replaceAll('"', "'"), ''])
    expect(await tell(jwt(head, claims, webhookKey.secret), changed)).toBe(401);
  // Signed hours ago: refused too, as something to be said again, for the media server's clock may be wrong.
  expect(await tell(jwt(head, { ...claims, nbf: now() - 7_200, exp: now() - 3_600 }, webhookKey.secret))).toBe(503);
  expect(await facts()).toBe(before);
});

test('an event that arrives a thousand times at once, and again later, is one fact', { timeout: 120_000 }, async () => {
  const { world, room } = setting;
  const before = await facts();
  const told = { event: 'participant_joined', room: room.name, identity: ticket.identity, sid: 'PA_seribu', id: `EV_${randomUUID()}`, createdAt: now() };
  const answers = await Promise.all(Array.from({ length: 1000 }, async () => mediaServerTells(world, told)));
  // On a busy machine some are told to come again, which the media server does.
  expect(answers.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  await eventually('one more is taken', async () => (await mediaServerTells(world, told)) === 200);
  expect(await facts()).toBe(before + 1);
  const [kept] = await world.sql<{ at: Date }[]>`select at from rooms.presence where sid = 'PA_seribu'`;
  world.clock.advance(6 * 60_000);
  // The same word, also dated anew: what is known of it stays.
  for (const later of [told, { ...told, createdAt: told.createdAt + 3_600, joinedAtMs: 1 }]) expect(await mediaServerTells(world, later)).toBe(200);
  expect(await world.sql`select at from rooms.presence where sid = 'PA_seribu'`).toEqual([kept]);
});
