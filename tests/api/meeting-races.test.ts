// Two who act on a meeting at the same instant, in whichever order they arrive: both are answered, nothing is lost, nothing is done twice, and
// nobody keeps what was just taken away.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  deleteDisposisi,
  deleteLink,
  getMyInvitation,
  getLinkAsks,
  postDisposisi,
  postDisposisiReturn,
  postLinkAsk,
  putAnswer,
  putLinkAsk,
} from '../../shared/invitations.ts';
import { postKnock, postLobbyDecision, postLobbyView, putLobbySetting } from '../../shared/lobby.ts';
import {
  getInvitations,
  getMeeting,
  getRoom,
  postInvitations,
  postJoin,
  postMeetingEnd,
  postMeetingNow,
  postMeetingStart,
  postNewLink,
  postRemoval,
  postTicket,
  putHand,
} from '../../shared/meetings.ts';
import { postTurn, putLocks, putMeetingRole, putRules } from '../../shared/moderation.ts';
import { getPlan, postCancellation, postMeeting, putPlan } from '../../shared/planning.ts';
import { getPolls, postPoll, postPollClosing, putVote } from '../../shared/polls.ts';
import { buildApp, type App } from '../../server/app.ts';
import { castWorld, signIn, type Actor, type Cast } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { plannedMeeting } from '../support/invited.ts';
import { createLiveKitDouble, type LiveKitDouble } from '../support/livekit-double.ts';
import { mediaServerTells, opensLink } from '../support/meeting.ts';
import { HOST, SECRET, type Client, type World } from '../support/world.ts';

const NOBODY = { people: [], positions: [], units: [], guests: [] };
const HOUR_MS = 3_600_000;
let world: World;
let cast: Cast;
let livekit: LiveKitDouble;
let second: App;
let [chair, kabid, wahyu, tuti]: Client[] = [];
beforeAll(async () => {
  livekit = createLiveKitDouble();
  ({ world, cast } = await castWorld({ livekit }));
  second = await buildApp({
    sql: world.app.sql,
    clock: world.clock,
    logger: false,
    media: null,
    secret: SECRET,
    origin: null,
    listenUrl: `http://${HOST}`,
    secure: false,
    trustProxy: false,
    livekit,
  });
  [chair, kabid, wahyu, tuti] = await Promise.all([cast.kepala, cast.kabid, cast.kepalaDinkes, cast.stafDinkes].map((one) => signIn(world, one)));
});
afterAll(async () => {
  await second.close();
  await world.close();
});

type Act = () => Promise<unknown>;
/** null: done; else the code of the refusal. Anything that is no refusal of the portal fails the test. */
const outcome = async (act: Promise<unknown>): Promise<string | null> =>
  act.then(
    () => null,
    (error: unknown) => {
      const code = (error as { code?: string }).code;
      if (code === undefined || code.startsWith('portal.')) throw error;
      return code;
    },
  );
const waiting = async (): Promise<number> =>
  (await world.sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`).length;

/** Each begins while the meeting is in somebody else's hands, and stands in line for it in this order; then they go. */
async function inLine(meetingId: string, ...acts: Act[]): Promise<(string | null)[]> {
  const begun: Promise<string | null>[] = [];
  await world.sql.begin(async (tx) => {
    await tx`select from meetings.meeting where id = ${meetingId} for update`;
    for (const [n, act] of acts.entries()) {
      const one = outcome(act());
      one.catch(() => {});
      begun.push(one);
      await eventually('it stands in line', async () => (await waiting()) > n);
    }
  });
  return Promise.all(begun);
}
const soon = (hours = 24): Date => new Date(world.clock.now().getTime() + hours * HOUR_MS);
const planned = (more: Parameters<typeof plannedMeeting>[3] = {}): Promise<string> =>
  plannedMeeting(world, cast, { people: [cast.kabid.id, cast.kepalaDinkes.id], guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] }, more);
const running = async (people: Actor[] = [cast.kabid, cast.kepalaDinkes, cast.stafDinkes]): Promise<string> =>
  (
    await chair!.call(postMeetingNow, {
      body: {
        title: 'Rapat',
        sifat: 'biasa',
        invite: { ...NOBODY, people: people.map((p) => p.id), guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] },
      },
    })
  ).id;
const invitationOf = async (id: string, name: string) => (await chair!.call(getInvitations, { params: { id } })).find((i) => i.name === name)!;
const memberOf = (person: Actor): string => `p_${person.id}`;
let sids = 0;
async function enters(id: string, client: Client): Promise<void> {
  const { identity } = await client.call(postTicket, { params: { id }, body: {} });
  const [room] = await world.sql<{ name: string }[]>`select r.name from rooms.room r join meetings.meeting m on m.room_id = r.id where m.id = ${id}`;
  await mediaServerTells(world, { event: 'participant_joined', room: room!.name, identity, sid: `PA_${(sids += 1)}`, joinedAtMs: world.clock.now().getTime() });
}

test('moved and called off at once: called off it is, and the move is refused when it came second', async () => {
  for (const first of ['ubah', 'batal']) {
    const id = await planned();
    const changes: Act = () => chair!.call(putPlan, { params: { id }, body: { version: 0, startsAt: soon(30).toISOString(), endsAt: soon(31).toISOString() } });
    const cancels: Act = () => chair!.call(postCancellation, { params: { id }, body: { reason: 'Tidak jadi' } });
    const outcomes = await inLine(id, ...(first === 'ubah' ? [changes, cancels] : [cancels, changes]));
    expect(outcomes).toEqual([null, first === 'ubah' ? null : 'meeting.cancelled']);
    expect(await chair!.call(getMeeting, { params: { id } })).toMatchObject({ state: 'dibatalkan', version: first === 'ubah' ? 2 : 1 });
  }
});

test('answered and called off at once: an answer that comes second is refused and not written', async () => {
  for (const first of ['jawab', 'batal']) {
    const id = await planned();
    const answers: Act = () => kabid!.call(putAnswer, { params: { id }, body: { answer: 'hadir' } });
    const cancels: Act = () => chair!.call(postCancellation, { params: { id }, body: { reason: 'Tidak jadi' } });
    const outcomes = await inLine(id, ...(first === 'jawab' ? [answers, cancels] : [cancels, answers]));
    expect(outcomes).toEqual([null, first === 'jawab' ? null : 'meeting.cancelled']);
    expect((await kabid!.call(getMyInvitation, { query: { meeting: id } })).answer).toBe(first === 'jawab' ? 'hadir' : 'belum');
  }
});

test('a head sends two at once: one goes, by one number; sent and begun at once, nobody is sent to what runs', async () => {
  const id = await planned();
  const sends =
    (to: Actor): Act =>
    () =>
      wahyu!.call(postDisposisi, { params: { id }, body: { to: to.id, instruction: 'Wakili saya' } });
  const before = (await world.sql`select from letters.number`).length;
  expect(await inLine(id, sends(cast.stafDinkes), sends(cast.stafDinkes))).toEqual([null, expect.stringMatching(/^disposisi|^answer/)]);
  expect((await world.sql`select from letters.number`).length).toBe(before + 1);
  const later = await planned();
  const sendsLater: Act = () => wahyu!.call(postDisposisi, { params: { id: later }, body: { to: cast.stafDinkes.id, instruction: 'Wakili saya' } });
  expect(await inLine(later, () => chair!.call(postMeetingStart, { params: { id: later } }), sendsLater)).toEqual([null, 'meeting.begun']);
  expect(await tuti!.refusalOf(getMeeting, { params: { id: later } })).toBe('not_found');
  await chair!.call(postMeetingEnd, { params: { id: later } });
});

test('withdrawn and handed back at once it ends once, and whoever was sent leads nothing they were named for', async () => {
  const id = await planned();
  const { given } = await wahyu!.call(postDisposisi, { params: { id }, body: { to: cast.stafDinkes.id, instruction: 'Wakili saya' } });
  await chair!.call(putMeetingRole, { params: { id, member: memberOf(cast.stafDinkes) }, body: { role: 'ko_host' } });
  await tuti!.call(putRules, { params: { id }, body: { entryMuted: true } });
  const params = { id, disposisi: given!.id };
  const withdraws: Act = () => wahyu!.call(deleteDisposisi, { params });
  const returns: Act = () => tuti!.call(postDisposisiReturn, { params, body: { reason: 'Sakit' } });
  expect(await inLine(id, withdraws, returns)).toEqual([null, 'not_found']);
  expect(await tuti!.refusalOf(putRules, { params: { id }, body: { entryMuted: false } })).toBe('not_found');
  await chair!.call(postMeetingStart, { params: { id } });
  expect(await tuti!.refusalOf(postMeetingEnd, { params: { id } })).toBe('not_found');
  expect(await tuti!.refusalOf(putLocks, { params: { id }, body: { mikrofon: true } })).toBe('not_found');
  await chair!.call(postMeetingEnd, { params: { id } });
});

test('a link is renewed, or revoked, while it is allowed to move: the new one is nobody’s yet, the revoked one opens nothing', async () => {
  for (const ends of ['baru', 'cabut']) {
    const id = await running();
    const { id: invitation, link } = await invitationOf(id, 'Ibu Tamu');
    const phone = opensLink(world, link);
    const { token } = await phone.call(postTicket, { params: { id }, body: {} });
    await world.app.fastify.inject({ url: `/rtc/v1/validate?access_token=${token}` });
    await opensLink(world, link).call(postLinkAsk, {});
    const [ask] = await chair!.call(getLinkAsks, { params: { id } });
    const params = { id, invitation };
    const renews: Act = () => (ends === 'baru' ? chair!.call(postNewLink, { params }) : chair!.call(deleteLink, { params }));
    const allows: Act = () => kabid!.call(putLinkAsk, { params: { id, ask: ask!.id }, body: { allow: true } });
    await chair!.call(putMeetingRole, { params: { id, member: memberOf(cast.kabid) }, body: { role: 'ko_host' } });
    expect(await inLine(id, renews, allows)).toEqual([null, 'not_found']);
    const fresh = ends === 'baru' ? await invitationOf(id, 'Ibu Tamu') : await chair!.call(postNewLink, { params });
    expect((await opensLink(world, fresh.link).call(postJoin, { body: {} })).you.name).toBe('Ibu Tamu');
    await chair!.call(postMeetingEnd, { params: { id } });
  }
});

test('a co-host who is taken out while they act: what comes second is refused', async () => {
  for (const first of ['bertindak', 'dicabut']) {
    const id = await running();
    const member = { id, member: memberOf(cast.kabid) };
    await chair!.call(putMeetingRole, { params: member, body: { role: 'ko_host' } });
    const acts: Act = () => kabid!.call(putLocks, { params: { id }, body: { mikrofon: true } });
    const takes: Act = () => chair!.call(postRemoval, { params: member, body: { ban: true } });
    const outcomes = await inLine(id, ...(first === 'bertindak' ? [acts, takes] : [takes, acts]));
    expect(outcomes).toEqual([null, first === 'bertindak' ? null : 'meeting.not_moderator']);
    expect(await kabid!.refusalOf(postMeetingEnd, { params: { id } })).toBe('meeting.not_moderator');
    expect(await kabid!.refusalOf(postTicket, { params: { id }, body: {} })).toBe('meeting.removed');
    expect((await chair!.call(getRoom, { params: { id } })).moderation.locks).toEqual(first === 'bertindak' ? ['mikrofon'] : []);
    await chair!.call(postMeetingEnd, { params: { id } });
  }
});

test('two co-hosts take each other out: one is out, and the other leads on', async () => {
  const id = await running();
  for (const one of [cast.kabid, cast.kepalaDinkes]) await chair!.call(putMeetingRole, { params: { id, member: memberOf(one) }, body: { role: 'ko_host' } });
  const out =
    (by: Client, whom: Actor): Act =>
    () =>
      by.call(postRemoval, { params: { id, member: memberOf(whom) }, body: { ban: false } });
  expect(await inLine(id, out(kabid!, cast.kepalaDinkes), out(wahyu!, cast.kabid))).toEqual([null, 'meeting.not_moderator']);
  expect(await kabid!.call(postTicket, { params: { id }, body: {} })).toBeDefined();
  await chair!.call(postMeetingEnd, { params: { id } });
});

test('microphones are locked while somebody is let in: whoever comes in has theirs locked, in whichever order', async () => {
  for (const first of ['kunci', 'masuk']) {
    const id = await running([cast.kabid]);
    const { link } = await chair!.call(putLobbySetting, {
      params: { id },
      body: { staff: true, guests: true, showTitle: false, opens: 'pimpinan', minutesBefore: 0 },
    });
    const code = link!.split('/m/')[1]!;
    const { knock } = await tuti!.call(postKnock, { body: { code } });
    const locks: Act = () => chair!.call(putLocks, { params: { id }, body: { mikrofon: true } });
    const admits: Act = () => chair!.call(postLobbyDecision, { params: { id }, body: { act: 'izinkan', knocks: [{ id: knock!.id, round: 1 }] } });
    const invites: Act = () => chair!.call(postInvitations, { params: { id }, body: { people: [cast.kepalaDinkes.id] } });
    expect(await inLine(id, ...(first === 'kunci' ? [locks, admits, invites] : [admits, invites, locks]))).toEqual([null, null, null]);
    const rows = await world.sql<{ member: string; bars: unknown }[]>`
      select m.member, to_jsonb(m) as bars from rooms.member m join meetings.meeting t on t.room_id = m.room_id where t.id = ${id}`;
    expect(rows.map(({ member }) => member)).toEqual(expect.arrayContaining([memberOf(cast.stafDinkes), memberOf(cast.kepalaDinkes)]));
    for (const client of [tuti!, wahyu!]) {
      const { token } = await client.call(postTicket, { params: { id }, body: {} });
      const { video } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { video: { canPublishSources?: string[] } };
      expect(video.canPublishSources).not.toContain('microphone');
    }
    await chair!.call(postMeetingEnd, { params: { id } });
  }
});

test('banned while admitted: whoever was in the lobby and is blocked by another host at once is out', async () => {
  for (const first of ['izinkan', 'blokir'] as const) {
    const id = await running([cast.kabid]);
    await chair!.call(putMeetingRole, { params: { id, member: memberOf(cast.kabid) }, body: { role: 'ko_host' } });
    const { knock } = await tuti!.call(postKnock, { body: { meetingId: id } });
    const decides =
      (client: Client, act: 'izinkan' | 'blokir'): Act =>
      () =>
        client.call(postLobbyDecision, { params: { id }, body: { act, knocks: [{ id: knock!.id, round: 1 }] } });
    const acts = { izinkan: decides(kabid!, 'izinkan'), blokir: decides(chair!, 'blokir') };
    expect(await inLine(id, acts[first], acts[first === 'izinkan' ? 'blokir' : 'izinkan'])).toEqual([null, null]);
    expect(await tuti!.call(postLobbyView, { body: { meetingId: id } })).toMatchObject({ knock: { state: 'diblokir' }, way: null });
    expect(await tuti!.refusalOf(postTicket, { params: { id }, body: {} })).toBe('not_found');
    expect(await tuti!.refusalOf(postKnock, { body: { meetingId: id } })).toBe('lobby.blocked');
    await chair!.call(postMeetingEnd, { params: { id } });
  }
});

test('admitted and ended at once: whoever is admitted second is refused, and nobody is on the list of what was over', async () => {
  const id = await running([cast.kabid]);
  const { knock } = await tuti!.call(postKnock, { body: { meetingId: id } });
  const admits: Act = () => chair!.call(postLobbyDecision, { params: { id }, body: { act: 'izinkan', knocks: [{ id: knock!.id, round: 1 }] } });
  expect(await inLine(id, () => chair!.call(postMeetingEnd, { params: { id } }), admits)).toEqual([null, 'meeting.ended']);
  expect(await tuti!.refusalOf(postTicket, { params: { id }, body: {} })).toBe('not_found');
});

test('the next turn is given by two at once: one has it, the other is told who', async () => {
  const id = await running();
  await chair!.call(putMeetingRole, { params: { id, member: memberOf(cast.kabid) }, body: { role: 'ko_host' } });
  for (const client of [wahyu!, tuti!]) {
    await enters(id, client);
    await client.call(putHand, { params: { id }, body: { raised: true } });
    world.clock.advance(1000);
  }
  const gives =
    (client: Client): Act =>
    () =>
      client.call(postTurn, { params: { id }, body: { member: null } });
  expect(await inLine(id, gives(chair!), gives(kabid!))).toEqual([null, 'turn.taken']);
  const { moderation, hands } = await chair!.call(getRoom, { params: { id } });
  expect([moderation.turn?.member, hands.map(({ member }) => member)]).toEqual([memberOf(cast.kepalaDinkes), [memberOf(cast.stafDinkes)]]);
  await chair!.call(postMeetingEnd, { params: { id } });
});

test('a poll is closed while a hundred vote: what is counted is what was accepted, and the vote that came later is refused', { timeout: 60_000 }, async () => {
  for (const secret of [false, true]) {
    const id = await running();
    const poll = randomUUID();
    for (const client of [kabid!, wahyu!, tuti!]) await enters(id, client);
    await chair!.call(postPoll, { params: { id }, body: { key: poll, kind: 'suara', question: 'Setuju?', choices: ['Ya', 'Tidak'], secret, open: true } });
    const votes = Array.from({ length: 100 }, (_, n) => {
      const client = [kabid!, wahyu!, tuti!][n % 3]!;
      return outcome(client.call(putVote, { params: { id, poll }, body: { choices: [1 + (n % 2)] } })).then((code) => ({ voter: n % 3, code }));
    });
    const closes = outcome(chair!.call(postPollClosing, { params: { id, poll } }));
    const outcomes = await Promise.all(votes);
    expect(await closes).toBeNull();
    expect(new Set(outcomes.map(({ code }) => code).filter((code) => code !== null))).toEqual(
      new Set(outcomes.some(({ code }) => code !== null) ? ['poll.over'] : []),
    );
    const voted = new Set(outcomes.filter(({ code }) => code === null).map(({ voter }) => voter)).size;
    const { result } = (await chair!.call(getPolls, { params: { id } })).polls[0]!;
    expect([result!.turnout.voted, result!.choices.reduce((sum, one) => sum + one.votes, 0)]).toEqual([voted, voted]);
    await chair!.call(postMeetingEnd, { params: { id } });
  }
});

test('opened by the chair and by the schedule of two portals at once: one room, one beginning on record', async () => {
  for (const first of ['jadwal', 'pimpinan']) {
    const id = await planned({ startsAt: soon(2) });
    await chair!.call(putLobbySetting, { params: { id }, body: { staff: true, guests: false, showTitle: false, opens: 'jadwal', minutesBefore: 5 } });
    world.clock.advance(2 * HOUR_MS - 4 * 60_000);
    const starts: Act = () => chair!.call(postMeetingStart, { params: { id } });
    const sweeps: Act[] = [() => world.app.lobby.openDue(), () => second.lobby.openDue()];
    const rooms = (await world.sql`select from rooms.room`).length;
    expect(await inLine(id, ...(first === 'jadwal' ? [...sweeps, starts] : [starts, ...sweeps]))).toEqual([null, null, null]);
    expect((await world.sql`select from rooms.room`).length).toBe(rooms + 1);
    expect((await world.sql`select act from meetings.act where meeting_id = ${id} and act like 'dimulai%'`).length).toBe(1);
    await chair!.call(postMeetingEnd, { params: { id } });
  }
});

test('called off and opened by the schedule at once: what is called off does not run', async () => {
  const id = await planned({ startsAt: soon(2) });
  await chair!.call(putLobbySetting, { params: { id }, body: { staff: true, guests: false, showTitle: false, opens: 'jadwal', minutesBefore: 5 } });
  world.clock.advance(2 * HOUR_MS - 4 * 60_000);
  const cancels: Act = () => chair!.call(postCancellation, { params: { id }, body: { reason: 'Banjir' } });
  expect(await inLine(id, cancels, () => second.lobby.openDue())).toEqual([null, null]);
  expect((await chair!.call(getMeeting, { params: { id } })).state).toBe('dibatalkan');
});

test('reminders are looked for by two portals at once: each person hears each of them once', async () => {
  const id = await planned({ startsAt: soon(2) });
  world.clock.advance(HOUR_MS + 60_000);
  await Promise.all([world.app.notifications.remind(), second.notifications.remind(), world.app.notifications.remind(), second.notifications.remind()]);
  const rows = await world.sql<{ personId: string }[]>`
    select person_id as "personId" from notifications.notice where kind = 'pengingat' and path like ${`%${id}`} order by at`;
  expect(rows.length).toBe(3);
  expect(new Set(rows.map(({ personId }) => personId)).size).toBe(3);
});

test('all of a series are moved while one is moved alone, and while all are called off: nobody waits for ever, each stands where it was said last', async () => {
  const series = async () => {
    const startsAt = soon(48);
    const { id } = await chair!.call(postMeeting, {
      body: {
        title: 'Apel mingguan',
        sifat: 'biasa',
        place: 'Daring',
        startsAt: startsAt.toISOString(),
        endsAt: new Date(startsAt.getTime() + HOUR_MS).toISOString(),
        invite: { ...NOBODY, people: [cast.kabid.id] },
        repeat: { pattern: { kind: 'hari_kerja' }, ends: { kind: 'kali', times: 5 } },
        key: randomUUID(),
      },
    });
    const { series: found } = await chair!.call(getPlan, { params: { id } });
    return { ids: found!.occurrences.map((o) => o.meetingId), starts: found!.occurrences.map((o) => new Date(o.startsAt).getTime()) };
  };
  const at = (ms: number): { startsAt: string; endsAt: string } => ({ startsAt: new Date(ms).toISOString(), endsAt: new Date(ms + HOUR_MS).toISOString() });
  for (const first of ['semua', 'satu']) {
    const { ids, starts } = await series();
    const all: Act = () => chair!.call(putPlan, { params: { id: ids[0]! }, body: { version: 0, scope: 'semua', ...at(starts[0]! + HOUR_MS) } });
    const one: Act = () => chair!.call(putPlan, { params: { id: ids[2]! }, body: { version: 0, ...at(starts[2]! + 3 * HOUR_MS) } });
    const outcomes = await inLine(ids[2]!, ...(first === 'semua' ? [all, one] : [one, all]));
    expect(outcomes).toEqual([null, first === 'semua' ? 'meeting.changed' : null]);
    const { series: after } = await chair!.call(getPlan, { params: { id: ids[0]! } });
    const moved = after!.occurrences.map((o, n) => (new Date(o.startsAt).getTime() - starts[n]!) / HOUR_MS);
    expect(moved).toEqual(first === 'semua' ? [1, 1, 1, 1, 1] : [1, 1, 3, 1, 1]);
  }
  const { ids, starts } = await series();
  const all: Act = () => chair!.call(putPlan, { params: { id: ids[4]! }, body: { version: 0, scope: 'semua', ...at(starts[4]! + HOUR_MS) } });
  const off: Act = () => chair!.call(postCancellation, { params: { id: ids[0]! }, body: { reason: 'Libur', scope: 'semua' } });
  const outcomes = await Promise.all([outcome(all()), outcome(off())]);
  expect(outcomes[1]).toBeNull();
  const { series: after } = await chair!.call(getPlan, { params: { id: ids[0]! } });
  expect(after!.occurrences.map((o) => o.state)).toEqual(Array(5).fill('dibatalkan'));
});
