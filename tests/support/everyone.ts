// The demonstration city with two offices that have the same, and a browser of everybody who could ask: what the access matrix and the fuzz ask of.
import { randomUUID } from 'node:crypto';
import { fillDemo } from '../../server/demo.ts';
import { portalItself } from '../../server/people/index.ts';
import { postCall, postGroup, postMandate } from '../../shared/calls.ts';
import { postGateway } from '../../shared/channels.ts';
import * as captions from '../../shared/captions.ts';
import * as chat from '../../shared/chat.ts';
import { postFacilities, postThing } from '../../shared/facilities.ts';
import * as invitations from '../../shared/invitations.ts';
import * as lobby from '../../shared/lobby.ts';
import { postMaterial } from '../../shared/materials.ts';
import { getInvitations, postMeetingNow, postTicket } from '../../shared/meetings.ts';
import { postTurn } from '../../shared/moderation.ts';
import { postMeeting } from '../../shared/planning.ts';
import { postFunctionGroup } from '../../shared/policies.ts';
import { postPoll } from '../../shared/polls.ts';
import { postHold } from '../../shared/privacy.ts';
import { getProceedings, postDecision, putAgenda } from '../../shared/proceedings.ts';
import { postConference } from '../../shared/press.ts';
import { postGive, postQuestion, postScreening } from '../../shared/press-floor.ts';
import { postPressTicket } from '../../shared/press-room.ts';
import { postAbsence } from '../../shared/rota.ts';
import { postLetter } from '../../shared/undangan.ts';
import { asIntruder } from './database.ts';
import { PASSWORD, type Cast } from './cast.ts';
import { createLiveKitDouble } from './livekit-double.ts';
import { mediaServerTells, opensLink } from './meeting.ts';
import { journalist, plannedConference } from './press.ts';
import { csv, kitOf } from './press-kit.ts';
import { PAPER } from './room-record.ts';
import { whom } from './urgent.ts';
import { HOST, makeWorld, openClient, type Client, type World, type WorldOptions } from './world.ts';

/** `staff`, `admin`, `head`: of Dinas Sosial; `other…`: of Dinas Kesehatan. `guest` holds a link of a meeting of the first, `journalist` a pass for its conference. */
export const CALLERS = [
  'nobody',
  'guest',
  'journalist',
  'staff',
  'admin',
  'head',
  'otherStaff',
  'otherAdmin',
  'otherHead',
  'bkd',
  'operator',
  'administrator',
] as const;
export type CallerName = (typeof CALLERS)[number];
/** What stands for a parameter, by the path up to it (`meetings/:id/polls/:poll`) or by a field's name (`personId`). */
export type Ids = Record<string, string>;
export type Everyone = Awaited<ReturnType<typeof everyone>>;

type Side = { opd: string; head: string; admin: string; staff: string };
type Person = { id: string; nip: string; position: string };

let frozen: Promise<{ template: string; now: Date; made: Awaited<ReturnType<typeof fillEveryone>> }> | undefined;

async function freeze() {
  const world = await makeWorld({ livekit: createLiveKitDouble() });
  const made = await fillEveryone(world);
  return { now: world.clock.now(), template: await world.freeze(), made };
}

/** A copy of it: the first costs seconds, the next a tenth of one. */
export async function everyone(options: Pick<WorldOptions, 'heard'> = {}) {
  frozen ??= freeze();
  const { template, now, made } = await frozen;
  const world = await makeWorld({ ...options, template, now, livekit: createLiveKitDouble() });
  return { world, ...made, clients: clientsOf(world.app, made) };
}

/** A browser of each, as they were left. */
export function clientsOf(app: World['app'], { cookies, own }: Awaited<ReturnType<typeof fillEveryone>>): Record<CallerName, Client> {
  const browser = (name: CallerName): Client => {
    const client = openClient(app, `http://${HOST}`, name === 'guest' ? own.link : undefined);
    for (const [key, value] of cookies[name] ?? []) client.cookies.set(key, value);
    return client;
  };
  return Object.fromEntries(CALLERS.map((name) => [name, browser(name)])) as Record<CallerName, Client>;
}

async function fillEveryone(world: World) {
  const { accounts } = await fillDemo(world.app);
  const sql = world.sql;
  const opdOf = async (abbreviation: string): Promise<string> =>
    (await sql<{ id: string }[]>`select id from people.opd where abbreviation = ${abbreviation} and parent_id is null`)[0]!.id;
  const everybody = await sql<{ id: string }[]>`select id from people.person`;
  await world.app.people.givePassword(
    everybody.map(({ id }) => id),
    PASSWORD,
  );
  const named = async (email: string): Promise<Person> =>
    (
      await sql<Person[]>`
        select p.id, p.nip, (select h.position_id::text from people.holding h where h.person_id = p.id order by h.kind = 'definitif' limit 1) as position
        from people.person p where p.email = ${email} or p.name = ${email}`
    )[0]!;
  const role = (words: string): Promise<Person> => named(accounts.find((account) => account.role.startsWith(words))!.login);
  const dinkes = await opdOf('Dinkes');
  const staffOf = await world.app.people.staffOf(sql, dinkes);
  const [otherStaff, otherAdmin] = staffOf.filter(({ rank, name }) => rank > 4 && name !== 'Ratnasih Muararaya').map(({ name }) => name);
  const people: Record<Exclude<CallerName, 'nobody' | 'guest' | 'journalist'>, Person> = {
    staff: await role('Staf Dinas Sosial'),
    admin: await role('Admin OPD'),
    head: await role('Kepala Dinas Sosial'),
    otherStaff: await named(otherStaff!),
    otherAdmin: await named(otherAdmin!),
    otherHead: await role('Plh. Kepala'),
    bkd: await role('BKD'),
    operator: await role('Operator'),
    administrator: await role('Administrator'),
  };
  await world.app.people.grantRoles(portalItself, people.otherAdmin.id, [{ role: 'admin_opd', opdId: dinkes }]);
  const clients: Record<string, Client> = {};
  for (const [name, { nip }] of Object.entries(people)) clients[name] = await world.signIn(nip, PASSWORD);
  const [one, two] = [
    await fillOffice(world, clients, people, { opd: await opdOf('Dinsos'), head: 'head', admin: 'admin', staff: 'staff' }),
    await fillOffice(world, clients, people, { opd: dinkes, head: 'otherHead', admin: 'otherAdmin', staff: 'otherStaff' }),
  ];
  clients['journalist'] = one.journalist;
  const cookies: Record<string, [string, string][]> = Object.fromEntries(Object.entries(clients).map(([name, client]) => [name, [...client.cookies]]));
  const { journalist: _, guest: _guest, ...own } = one;
  const { journalist: __, guest: __guest, ...other } = two;
  // The guest's link is their browser's.
  cookies['guest'] = [...one.guest.cookies];
  return { cookies, own, other };
}

async function fillOffice(world: World, clients: Record<string, Client>, people: Record<string, Person>, side: Side) {
  const { sql, app } = world;
  const [head, admin, staff] = [clients[side.head]!, clients[side.admin]!, clients[side.staff]!];
  const [headId, staffId] = [people[side.head]!.id, people[side.staff]!.id];
  const { operator, administrator, bkd } = clients as Record<string, Client> & { operator: Client; administrator: Client; bkd: Client };
  const opd = { id: side.opd };
  const first = async (query: Promise<{ id: string }[]>): Promise<string> => (await query)[0]?.id ?? '';

  // A meeting that runs, with all that a room holds.
  const { id } = await head.call(postMeetingNow, {
    body: {
      title: 'Rapat berjalan',
      sifat: 'biasa',
      invite: { people: [staffId], positions: [], units: [], guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Uji' }] },
    },
  });
  const at = { params: { id } };
  const invited = await head.call(getInvitations, at);
  const guest = invited.find(({ name }) => name === 'Ibu Tamu')!;
  const [room] = await sql<{ name: string }[]>`select r.name from rooms.room r join meetings.meeting m on m.room_id = r.id where m.id = ${id}`;
  const joinedAtMs = world.clock.now().getTime();
  const enters = async (client: Client): Promise<void> => {
    const { identity } = await client.call(postTicket, { ...at, body: {} });
    await mediaServerTells(world, { event: 'participant_joined', room: room!.name, identity, sid: `PA_${randomUUID()}`, joinedAtMs });
  };
  for (const client of [head, staff]) await enters(client);
  const uploads = async (purpose: chat.UploadPurpose): Promise<string> => {
    const { upload } = await head.call(chat.postRoomUpload, { ...at, body: { purpose, name: PAPER.name, type: PAPER.type, size: PAPER.bytes.byteLength } });
    await head.call(chat.putRoomPart, { params: { id, upload, part: '0' }, body: new Uint8Array(PAPER.bytes) });
    return upload;
  };
  const [message, poll, decision, item] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await head.call(chat.postChat, { ...at, body: { text: 'Berkas', key: message, upload: await uploads('obrolan') } });
  await head.call(postMaterial, { ...at, body: { upload: await uploads('materi'), title: 'Paparan' } });
  await head.call(postPoll, { ...at, body: { key: poll, kind: 'jajak', question: 'Lanjut?', choices: ['Ya', 'Tidak'], open: true } });
  const { agenda } = await head.call(getProceedings, at);
  await head.call(putAgenda, { ...at, body: { version: agenda.version, items: [{ id: item, text: 'Pembukaan', minutes: 5 }] } });
  await head.call(postDecision, { ...at, body: { text: 'Bantuan disalurkan', key: decision, positionId: people[side.head]!.position, dueOn: '2026-12-10' } });
  const captioned = { params: { of: 'rapat' as const, id } };
  const caption = randomUUID();
  await head.call(captions.putCaptioner, { ...captioned, body: { member: `p_${staffId}`, captions: true } });
  const said = world.clock.now().toISOString();
  await staff.call(captions.postCaptions, { ...captioned, body: { lines: [{ key: caption, speaker: null, text: 'Selamat pagi', from: said, to: said }] } });
  await head.call(postTurn, { ...at, body: { member: `p_${staffId}` } });
  const setting = { staff: true, guests: true, showTitle: false, opens: 'pimpinan' as const, minutesBefore: 0 };
  const { link: way } = await head.call(lobby.putLobbySetting, { ...at, body: setting });
  const code = way!.split('/m/')[1]!;
  const { knock } = await world.visitor().call(lobby.postKnock, { body: { code, name: `Rahmat ${side.head}`, institution: 'Yayasan Uji' } });
  // The link is one browser's; another asks for it.
  const own = opensLink(world, guest.link);
  const { token } = await own.call(postTicket, { ...at, body: {} });
  await app.fastify.inject({ url: `/rtc/v1/validate?access_token=${token}` });
  await opensLink(world, guest.link).call(invitations.postLinkAsk, {});
  const [ask] = await head.call(invitations.getLinkAsks, at);

  // One to come, with a letter and a request; one that was called off.
  const invite = { people: [staffId], positions: [], units: [], guests: [{ name: 'Ibu Nanti', institution: 'Yayasan Uji' }] };
  const plan = {
    title: 'Rapat nanti',
    sifat: 'biasa' as const,
    place: 'Daring',
    startsAt: '2026-11-26T02:00:00.000Z',
    endsAt: '2026-11-26T04:00:00.000Z',
    invite,
  };
  const planned = await head.call(postMeeting, { body: { ...plan, key: randomUUID() } });
  const { issued } = await head.call(postLetter, { params: { id: planned.id }, body: { kind: 'undangan' } });
  const request = await head.call(postFacilities, { body: { meetingId: planned.id, items: [{ kind: 'ruang' }] } });
  const things = await operator.call(postThing, { body: { kind: 'ruang', name: `Aula ${side.head}` } });

  // Urgent calls.
  const call = await head.call(postCall, {
    body: { key: randomUUID(), subject: 'Banjir', sifat: 'segera', whom: whom({ people: [staffId] }), opdId: side.opd },
  });
  const group = await head.call(postGroup, { body: { name: 'Tim', choice: whom({ people: [staffId] }) } });
  const mandate = await head.call(postMandate, { body: { opdId: side.opd, holderId: staffId, from: '2026-11-23', until: null, basis: 'ND 1/2026' } });
  const gateway = await administrator.call(postGateway, {
    body: { name: `Gerbang ${side.head}`, url: 'https://gerbang.uji.example/kirim', enabled: true, channel: 'sms' },
  });
  const hold = await bkd.call(postHold, { body: { kind: 'person', target: staffId, reason: 'Sengketa', basis: 'Surat 1/2026' } });
  const functions = await admin.call(postFunctionGroup, {
    params: opd,
    body: { personIds: [staffId], name: 'Satgas', from: '2026-11-01', basis: 'SK 1/2026' },
  });
  const absence = await admin.call(postAbsence, {
    params: opd,
    body: { personId: staffId, code: 'CUTI', from: '2027-01-04', until: '2027-01-05', basis: 'Surat 2/2026' },
  });

  // A press conference that takes questions: one has the floor, one waits.
  const crew = { operator: people['operator'], kepala: { positionId: people[side.head]!.position, nip: people[side.head]!.nip }, kabid: people[side.staff] };
  const conf = await plannedConference(world, { ...crew, opds: { dinsos: opd } } as unknown as Cast, { state: 'tanya_jawab' });
  world.clock.advance(5_000);
  const asker = await journalist(world, conf, { name: `Sari ${side.head}`, outlet: `Radar ${side.head}` });
  const ticket = await asker.client.call(postPressTicket, { params: conf.slug, body: { notice: 1 } });
  const [stage] = await sql<{ name: string }[]>`select r.name from rooms.room r join press.conference c on c.room_id = r.id where c.id = ${conf.id}`;
  await mediaServerTells(world, {
    event: 'participant_joined',
    room: stage!.name,
    identity: ticket.identity,
    sid: `PA_${randomUUID()}`,
    joinedAtMs: world.clock.now().getTime(),
  });
  const question = randomUUID();
  await asker.client.call(postQuestion, { params: conf.slug, body: { topic: 'Anggaran', text: 'Berapa?', key: question } });
  const questionId = await first(sql`select id from press.question where conference_id = ${conf.id}`);
  await conf.moderator.call(postScreening, { params: { id: conf.id, question: questionId }, body: { act: 'saring' } });
  const { turns } = await conf.moderator.call(postGive, { params: { id: conf.id, question: questionId }, body: { reason: null } });
  const kit = kitOf(conf, world.visitor());
  const paper = await kit.addFile({ kind: 'data' }, { name: 'data.csv', type: 'text/csv', bytes: csv() });
  const upload = await kit.announce(await kit.add({ kind: 'data', title: 'Lain' }), { name: 'b.csv', type: 'text/csv', bytes: csv() });
  const draft = await operator.call(postConference, { body: { title: 'Rancangan', summary: 'Belum diumumkan.', opdId: side.opd, startsAt: plan.startsAt } });

  const [unit] = await sql<{ id: string }[]>`select id from people.opd where parent_id = ${side.opd} limit 1`;
  const [holding] = await sql<{ id: string }[]>`select id from people.holding where person_id = ${staffId} limit 1`;
  const [registered] = await sql<{ outlet: string }[]>`select outlet_id as outlet from press.journalist_record where journalist_id = ${asker.id} limit 1`;
  const [seat] = await sql<{ id: string; seat: string }[]>`
    select c.id, (select id from calls.seat s where s.call_id = c.call_id limit 1) as seat from calls.callee c where c.call_id = ${call.id} limit 1`;
  const copies = await likeTheFirst(world, side.opd, staffId, headId, id);
  const thing = things.find(({ name }) => name === `Aula ${side.head}`)!;
  const turn = await first(sql`select id from moderation.turn where meeting_id = ${id}`);
  const material = await first(sql`select id from room_record.material where meeting_id = ${id}`);
  const unfinished = await head.call(chat.postRoomUpload, { ...at, body: { purpose: 'obrolan', name: 'c.pdf', type: 'application/pdf', size: 9 } });
  const m = 'meetings/:id';
  const c = 'conferences/:id';
  const ids: Ids = {
    'captions/:of/:id': id,
    'captions/:of/:id/lines/:line': caption,
    'opds/:id': side.opd,
    'opds/:opd': side.opd,
    'positions/:id': people[side.staff]!.position,
    'holdings/:id': holding!.id,
    'people/:id': staffId,
    'persons/:id': staffId,
    [m]: id,
    [`${m}/invitations/:invitation`]: guest.id,
    [`${m}/hands/:member`]: `p_${staffId}`,
    [`${m}/members/:member`]: `p_${staffId}`,
    [`${m}/roles/:member`]: `p_${staffId}`,
    [`${m}/presenters/:member`]: `p_${staffId}`,
    [`${m}/roll-call/:member`]: `p_${staffId}`,
    [`${m}/turns/:turn`]: turn,
    [`${m}/chat/:message`]: message,
    [`${m}/uploads/:upload`]: unfinished.upload,
    [`${m}/polls/:poll`]: poll,
    [`${m}/materials/:material`]: material,
    [`${m}/decisions/:decision`]: decision,
    [`${m}/link-asks/:ask`]: ask!.id,
    [`${m}/letters/:letter`]: issued[0]!.id,
    'lobby/knocks/:id': knock!.id,
    'calls/:id': call.id,
    'calls/:id/callees/:callee': seat!.id,
    'calls/:id/seats/:seat': seat!.seat,
    'calls/groups/:id': group.id,
    'mandates/:id': mandate.id,
    'gateways/:id': gateway.id,
    'retention/holds/:id': hold.id,
    'function-groups/:id': functions.people.flatMap(({ groups }) => groups)[0]!.id,
    'absences/:id': absence.absence.id,
    'facilities/:id': request.id,
    'facility-things/:id': thing.id,
    [c]: conf.id,
    [`${c}/crew/:crew`]: conf.crew('jbi').id,
    [`${c}/members/:member`]: asker.member,
    [`${c}/questions/:question`]: questionId,
    [`${c}/registrations/:journalist`]: asker.id,
    [`${c}/turns/:turn`]: turns[0]!.id,
    [`${c}/kit/items/:item`]: paper.id,
    [`${c}/kit/uploads/:upload`]: upload.upload,
    'press/:slug': conf.slug.slug,
    'press/:slug/questions/:question': questionId,
    'press/kit/:item': paper.id,
    'pers/:slug': conf.slug.slug,
    'journalists/:id': asker.id,
    'outlets/:id': registered!.outlet,
    ...copies,
  };
  /** Of the same office: a meeting to come, a conference nobody was told of. */
  const drafts: Ids = { [m]: planned.id, [c]: draft.id, 'press/:slug': draft.slug, 'pers/:slug': draft.slug };
  /** By the name of a field. */
  const fields: Ids = {
    personId: staffId,
    holderId: staffId,
    otherId: staffId,
    opdId: side.opd,
    unitId: unit!.id,
    positionId: people[side.head]!.position,
    meetingId: id,
    conferenceId: conf.id,
    outletId: registered!.outlet,
    chairId: headId,
    to: staffId,
    into: registered!.outlet,
    code,
  };
  return { journalist: asker.client, guest: own, link: guest.link.split('#')[1]!, ids, drafts, fields };
}

/** What the demonstration has for one office only, written once more for this one: no verb makes it in less than a month. */
async function likeTheFirst({ sql }: World, opd: string, person: string, head: string, meeting: string): Promise<Ids> {
  const copy = async (table: string, change: Record<string, unknown>, order = 'id'): Promise<string> => {
    const id = randomUUID();
    await asIntruder(sql, (tx) =>
      tx.unsafe(
        `insert into ${table} overriding system value select (jsonb_populate_record(null::${table}, to_jsonb(t) || $1::text::jsonb)).* from (select * from ${table} order by ${order} limit 1) t`,
        [JSON.stringify({ id, ...change })],
      ),
    );
    return id;
  };
  const stream = `uji:${opd}`;
  /** Beyond what was counted. */
  const far = 1_000_000 + Number.parseInt(opd.slice(0, 6), 16);
  const plan = await copy('rota.plan', { opd_id: opd, month: '2027-03', state: 'draft', version: 1, revision: null, opened_by: person });
  const swap = await copy('rota.swap', { plan_id: plan, asker_id: person, other_id: head });
  // Before whatever is written later: the newest step is where a swap is.
  await copy('rota.swap_step', { id: -far, swap_id: swap, stream });
  const policy = await copy('policies.policy', { opd_id: opd, made_by: person });
  await copy('policies.version', { id: far, policy_id: policy, stream });
  return {
    'rota/plans/:id': plan,
    'rota/swaps/:id': swap,
    'assignments/:id': await copy(
      'assignments.letter',
      {
        opd_id: opd,
        stream,
        plan_id: plan,
        number_id: randomUUID(),
        revision: 9,
        number: `9/${opd}`,
        code: `${opd.slice(0, 4)}-AAAA-BBBB-CCCC`.toUpperCase(),
      },
      'issued_at, kind, number',
    ),
    'corrections/:id': await copy('attendance.correction', { opd_id: opd, person_id: person, requested_by: person, stream }),
    'exports/:id': await copy('attendance.export_batch', { opd_id: opd, stream, serial: 9 }),
    'opds/:id/machine/imports/:importId': await copy('attendance.machine_import', { opd_id: opd, stream }),
    'policies/:id': policy,
    'tasks/:id': await copy('tasks.task', {
      opd_id: opd,
      position_opd_id: opd,
      meeting_id: meeting,
      chair_id: person,
      holder_id: person,
      decision_id: randomUUID(),
    }),
  };
}
