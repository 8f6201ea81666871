// A meeting in a test world: who chairs, who is invited, and ways to speak as a link holder or as the media server.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import type { BodyOf } from '../../shared/endpoint.ts';
import { getInvitations, postMeetingNow } from '../../shared/meetings.ts';
import { castWorld, PASSWORD, type Cast } from './cast.ts';
import { createLiveKitDouble, doubleKeys } from './livekit-double.ts';
import { HOST, openClient, type Client, type World, type WorldOptions } from './world.ts';

const NOBODY = { people: [], positions: [], units: [], guests: [] };

/** A world with the cast, a stand-in for the media server, and a meeting the head of Dinas Sosial has just called. */
export async function calledMeeting(
  invite: Partial<BodyOf<typeof postMeetingNow>['invite']> | ((cast: Cast) => Partial<BodyOf<typeof postMeetingNow>['invite']>),
  options: Pick<WorldOptions, 'dataFolder' | 'media' | 'tracing' | 'trustProxy' | 'scanner'> = {},
) {
  const livekit = createLiveKitDouble();
  const { world, cast } = await castWorld({ livekit, ...options });
  const chair = await world.signIn(cast.kepala.nip, PASSWORD);
  const chosen = typeof invite === 'function' ? invite(cast) : invite;
  const meeting = await chair.call(postMeetingNow, {
    body: { title: 'Penyaluran bantuan', sifat: 'segera', invite: { ...NOBODY, ...chosen } },
  });
  const invitations = await chair.call(getInvitations, { params: { id: meeting.id } });
  const [row] = await world.sql<{ id: string; name: string }[]>`select id, name from rooms.room`;
  if (!row) throw new Error('the meeting has no room');
  const invitation = (name: string) => {
    const found = invitations.find((i) => i.name === name);
    if (!found) throw new Error(`${name} is not invited`);
    return found;
  };
  return {
    world,
    livekit,
    cast,
    chair,
    meeting,
    invitations,
    invitation,
    room: row,
    id: { id: meeting.id },
  };
}

/** A browser that opens a personal link; nobody is signed in. */
export const opensLink = (world: World, link: string): Client => openClient(world.app, `http://${HOST}`, link.split('#')[1] ?? '');

type Told = {
  event: string;
  room: string;
  identity?: string;
  sid?: string;
  joinedAtMs?: number;
  createdAt?: number;
  disconnectReason?: string;
  id?: string;
  kind?: string;
  hidden?: boolean;
};

/** Posts what LiveKit would post, signed as LiveKit signs. Answers the HTTP status. */
export async function mediaServerTells(
  world: World,
  told: Told,
  /** `aheadSeconds`: by how much the clock differs that its signature was made with. */
  forge: { secret?: string; body?: (body: string) => string; contentType?: string | null; aheadSeconds?: number } = {},
): Promise<number> {
  const at = told.createdAt ?? Math.floor(world.clock.now().getTime() / 1000);
  const joined = told.joinedAtMs ?? at * 1000;
  const body = JSON.stringify({
    event: told.event,
    id: told.id ?? `EV_${randomUUID()}`,
    createdAt: String(at),
    room: { sid: 'RM_1', name: told.room },
    ...(told.identity !== undefined && {
      participant: {
        sid: told.sid,
        identity: told.identity,
        joinedAt: String(Math.floor(joined / 1000)),
        joinedAtMs: String(joined),
        state: 'ACTIVE',
        kind: told.kind ?? 'STANDARD',
        permission: { hidden: told.hidden ?? false },
        ...(told.disconnectReason && { disconnectReason: told.disconnectReason }),
      },
    }),
  });
  const { key, secret } = doubleKeys.webhookKey;
  const sha256 = createHash('sha256').update(body).digest('base64');
  const signed = new AccessToken(key, forge.secret ?? secret, { ttl: 300 });
  signed.sha256 = sha256;
  const { aheadSeconds, contentType = 'application/webhook+json' } = forge;
  const token = aheadSeconds === undefined ? await signed.toJwt() : signedAt({ key, secret }, sha256, Date.now() / 1000 + aheadSeconds);
  const reply = await world.app.fastify.inject({
    method: 'POST',
    url: '/api/livekit/webhook',
    headers: { ...(contentType !== null && { 'content-type': contentType }), authorization: token },
    payload: forge.body ? forge.body(body) : body,
  });
  return reply.statusCode;
}

/** What LiveKit signs, with a clock of one's choice (seconds). */
function signedAt({ key, secret }: { key: string; secret: string }, sha256: string, at: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256' })}.${part({ iss: key, nbf: Math.floor(at), exp: Math.floor(at) + 300, sha256 })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
