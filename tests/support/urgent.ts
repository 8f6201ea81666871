// An office that can be called at once: a head, five fields with a kabid each (the third has a kasi below it), somebody on duty; and ways to
// ring, to answer, and to come into the room as the media server tells it.
import { randomUUID } from 'node:crypto';
import { getCallBoard, getMyCalls, postAnswer, postCall, type BoardCallee, type CallBoard, type Whom } from '../../shared/calls.ts';
import type { BodyOf } from '../../shared/endpoint.ts';
import { postTicket } from '../../shared/meetings.ts';
import type { Level } from '../../shared/people.ts';
import { portalItself } from '../../server/people/index.ts';
import { makeCast, nipOf, PASSWORD, signIn, type Actor } from './cast.ts';
import { liveSocket, type LiveSocket } from './live-socket.ts';
import { createLiveKitDouble } from './livekit-double.ts';
import { mediaServerTells } from './meeting.ts';
import { copiesOf, type Client, type World, type WorldOptions } from './world.ts';

export type Urgent = Awaited<ReturnType<typeof urgentOffice>>;
export type Post = Actor & { positionId: string; unitId: string };
export const whom = (chosen: Partial<Whom>): Whom => ({ positions: [], units: [], people: [], groups: [], dutyOf: [], ...chosen });

const FIELDS = ['Perlindungan Sosial', 'Pemberdayaan Sosial', 'Penanganan Fakir Miskin', 'Tanggap Darurat', 'Data dan Informasi'];

/** Ways to add people to an office; `count`: how many are there already. */
function staffing({ app: { people } }: Pick<World, 'app'>, count: number) {
  let last = count;
  async function person(name: string, unitId: string): Promise<Actor> {
    const nip = nipOf((last += 1));
    const email = `orang${last}@uji.example`;
    const { id } = await people.addPerson(portalItself, { name, nip, email, phone: null, opdId: unitId });
    await people.givePassword([id], PASSWORD);
    return { id, name, nip, email, positionId: null };
  }
  async function post(title: string, level: Level, name: string, unitId: string): Promise<Post> {
    const position = await people.addPosition(portalItself, { opdId: unitId, title, level });
    const actor = await person(name, unitId);
    await people.appoint(portalItself, position.id, { personId: actor.id, kind: 'definitif', from: '2020-01-02', until: null, basis: 'SK 821.2/001/2020' });
    return { ...actor, positionId: position.id, unitId };
  }
  return { person, post };
}

const copyOfOffice = copiesOf(async (world) => {
  const cast = await makeCast(world);
  const { people, roster } = world.app;
  const { person, post } = staffing(world, 100);
  const kabids: Post[] = [];
  for (const [n, field] of FIELDS.entries()) {
    const bidang = {
      parentId: cast.opds.dinsos.id,
      name: `Bidang ${field}`,
      abbreviation: `B${n}`,
      aliases: [],
      kind: 'bidang' as const,
      zone: 'Asia/Jakarta' as const,
    };
    const { id } = await people.addOpd(bidang);
    kabids.push(await post(`Kepala Bidang ${field}`, 'kabid', `Kabid ${'ABCDE'[n] ?? ''}${n}`, id));
  }
  const third = kabids[2]!;
  const kasi = await post('Kepala Seksi Verifikasi', 'kasi', 'Kasi Verifikasi', third.unitId);
  const piket = await person('Petugas Piket', third.unitId);
  await roster.setCodes(world.sql, null, cast.opds.dinsos.id, { date: cast.today, basis: 'SE 800/1566/2026', codes: [{ personId: piket.id, code: 'PIKET' }] });
  return { cast, kabids, kasi, piket };
});

export async function urgentOffice(options: Pick<WorldOptions, 'push'> = {}) {
  const { world, made } = await copyOfOffice({ livekit: createLiveKitDouble(), ...options });
  const { cast, kabids, kasi, piket } = made;
  const { person, post } = staffing(world, 200);
  const sockets: LiveSocket[] = [];
  const head = await signIn(world, cast.kepala);
  const positions = kabids.map((k) => k.positionId);
  type Placing = Partial<Omit<BodyOf<typeof postCall>, 'whom'>> & { whom?: Partial<Whom> };
  const place = ({ whom: chosen = { positions }, ...rest }: Placing = {}, by: Client = head): Promise<CallBoard> =>
    by.call(postCall, { body: { key: randomUUID(), subject: 'Banjir di tiga kelurahan', sifat: 'sangat_segera', whom: whom(chosen), ...rest } });
  const board = (id: string, by: Client = head): Promise<CallBoard> => by.call(getCallBoard, { params: { id } });
  const climb = (): Promise<number> => world.app.calls.runLadder();

  /** Portals of these people, open and connected. */
  async function opens(...persons: Pick<Actor, 'nip' | 'id'>[]): Promise<{ socket: LiveSocket; browser: Client }[]> {
    const open = [];
    for (const one of persons) {
      const browser = await signIn(world, one);
      const socket = await liveSocket(world, browser);
      sockets.push(socket);
      open.push({ socket, browser });
    }
    return open;
  }
  let sids = 0;
  /** Comes in, as the media server tells it. Answers how they leave. */
  async function enters(meetingId: string, who: Pick<Actor, 'nip'> | Client): Promise<() => Promise<void>> {
    const browser = 'nip' in who ? await as(who) : who;
    const { identity } = await browser.call(postTicket, { params: { id: meetingId }, body: {} });
    const [room] = await world.sql<{ name: string }[]>`select r.name from rooms.room r join meetings.meeting m on m.room_id = r.id where m.id = ${meetingId}`;
    const told = { room: room!.name, identity, sid: `PA_${(sids += 1)}`, joinedAtMs: world.clock.now().getTime() };
    await mediaServerTells(world, { event: 'participant_joined', ...told });
    return async () => void (await mediaServerTells(world, { event: 'participant_left', ...told, disconnectReason: 'CLIENT_INITIATED' }));
  }

  const signedIn = new Map<string, Client>();
  /** A browser of this person, the same one while their session lasts. */
  async function as(who: Pick<Actor, 'nip'>): Promise<Client> {
    const known = signedIn.get(who.nip) ?? (await signIn(world, who));
    signedIn.set(who.nip, known);
    return known;
  }
  const answers = async (id: string, who: Pick<Actor, 'nip'>, body: BodyOf<typeof postAnswer>) => (await as(who)).call(postAnswer, { params: { id }, body });
  const mine = async (who: Pick<Actor, 'nip'>) => (await as(who)).call(getMyCalls, {});
  const facts = async (id: string) =>
    (
      await world.sql<{ kind: string; name: string | null; detail: string | null }[]>`
      select f.kind, e.name, f.detail from calls.fact f left join calls.callee e on e.id = f.callee_id where f.call_id = ${id} order by f.id`
    ).map(({ kind, name }) => (name === null ? kind : `${kind} ${name}`));

  return {
    world,
    cast,
    head,
    kabids,
    kasi,
    piket,
    positions,
    person,
    post,
    place,
    board,
    climb,
    opens,
    enters,
    as,
    answers,
    mine,
    facts,
    async close() {
      for (const { ws } of sockets) ws.terminate();
      await world.close();
    },
  };
}

/** Everybody on the board. */
export const onBoard = (board: CallBoard): BoardCallee[] => board.seats.flatMap((s) => s.rung);
export const rowOf = (board: CallBoard, { name }: Pick<Actor, 'name'>): BoardCallee => {
  const found = onBoard(board).find((c) => c.name === name);
  if (!found) throw new Error(`${name} is not on the board`);
  return found;
};
