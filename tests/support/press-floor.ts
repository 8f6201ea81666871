// A press conference that takes questions: journalists in the room, the moderator at the desk, a media server that is told.
import { randomUUID } from 'node:crypto';
import type { BodyOf, CallOf } from '../../shared/endpoint.ts';
import type { postConference } from '../../shared/press.ts';
import { getFloor, postFollowUp, postGive, postMove, postQuestion, postRelease, postScreening, type FloorView } from '../../shared/press-floor.ts';
import { postPressTicket } from '../../shared/press-room.ts';
import { castWorld } from './cast.ts';
import { createLiveKitDouble } from './livekit-double.ts';
import { mediaServerTells } from './meeting.ts';
import { journalist, plannedConference, registers } from './press.ts';
import type { Client, WorldOptions } from './world.ts';

type State = NonNullable<NonNullable<Parameters<typeof plannedConference>[2]>['state']>;
export type Asker = Awaited<ReturnType<typeof journalist>>;
export type FloorSetting = Awaited<ReturnType<typeof pressFloor>>;

export async function pressFloor({
  state = 'tanya_jawab',
  plan = {},
  ...options
}: { state?: State; plan?: Partial<BodyOf<typeof postConference>> } & WorldOptions = {}) {
  const livekit = createLiveKitDouble();
  const { world, cast } = await castWorld({ livekit, ...options });
  const conf = await plannedConference(world, cast, { state, plan });
  world.clock.advance(5_000);
  const { slug, moderator } = conf;
  const sids = new Map<string, { sid: string; room: string; identity: string }>();

  const sees = (client: Client = moderator): Promise<FloorView> => client.call(getFloor, { params: slug });
  /** Accepted for this conference; in no room yet. */
  const accredited = (name: string, outlet: string): Promise<Asker> => journalist(world, conf, { name, outlet });
  const tells = async (event: 'participant_joined' | 'participant_left', who: { sid: string; room: string; identity: string }) =>
    mediaServerTells(world, { event, ...who, ...(event === 'participant_left' && { disconnectReason: 'CLIENT_INITIATED' }) });

  async function enters({ client, member }: Asker): Promise<void> {
    const { token, identity } = await client.call(postPressTicket, { params: slug, body: { notice: 1 } });
    const room = roomIn(token);
    const who = { sid: livekit.arrives(room, identity, world.clock.now()), room, identity };
    sids.set(member, who);
    await tells('participant_joined', who);
  }
  async function leaves({ member }: Asker): Promise<void> {
    const who = sids.get(member);
    if (!who) throw new Error('never came');
    livekit.leaves(who.room, who.identity);
    await tells('participant_left', who);
  }
  async function inside(name: string, outlet: string): Promise<Asker> {
    const asker = await accredited(name, outlet);
    await enters(asker);
    return asker;
  }

  async function raises({ client }: Asker, topic: string, key = randomUUID()): Promise<string> {
    world.clock.advance(1_000);
    const view = await client.call(postQuestion, { params: slug, body: { topic, text: `${topic}: mengapa?`, key } });
    const own = view.queue.find((place) => place.mine);
    if (!own) throw new Error('did not raise');
    return own.id;
  }
  const at = (question: string) => ({ id: conf.id, question });
  const screens = (question: string, by: Client = moderator) => by.call(postScreening, { params: at(question), body: { act: 'saring' } });
  const refuses = (question: string, reason: string) => moderator.call(postScreening, { params: at(question), body: { act: 'tolak', reason } });
  /** Raised and fit for a turn. */
  async function asks(asker: Asker, topic: string): Promise<string> {
    const question = await raises(asker, topic);
    await screens(question);
    return question;
  }
  const gives = (question: string, reason: string | null = null, by: Client = moderator) => by.call(postGive, { params: at(question), body: { reason } });
  const moves = (question: string, before: string | null, reason: string) => {
    world.clock.advance(1_000);
    return moderator.call(postMove, { params: at(question), body: { before, reason } });
  };
  const turn = async (): Promise<string> => (await sees()).turns[0]?.id ?? '';
  const releases = (id: string, outcome: CallOf<typeof postRelease>['body']['outcome'] = { kind: 'dijawab' }) =>
    moderator.call(postRelease, { params: { id: conf.id, turn: id }, body: { outcome } });
  const followsUp = (id: string) => moderator.call(postFollowUp, { params: { id: conf.id, turn: id } });
  /** What the media server was told of this one last. */
  const right = async ({ member }: Asker): Promise<string | undefined> => {
    await world.app.rooms.sweep();
    return livekit.calls.findLast((call) => call.verb === 'allow' && call.identity?.startsWith(member))?.word;
  };
  /** The second has passed. */
  const second = (ms = 0): Promise<void> => {
    world.clock.advance(ms);
    return world.app.floor.runFloor();
  };
  const verbs = { sees, accredited, enters, leaves, inside, raises, screens, refuses, asks, gives, moves, turn, releases, followsUp, right, second };
  return { ...conf, world, cast, livekit, ...verbs, registers: (name: string, outlet: string) => registers(world, conf, { name, outlet }) };
}

const roomIn = (token: string): string =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { video: { room: string } }).video.room;

/** `Radar Uji 1. Anggaran`, as the queue shows it. */
export const queueText = ({ queue }: FloorView): string[] => queue.map((place) => `${place.place} ${place.outlet}: ${place.topic}`);
