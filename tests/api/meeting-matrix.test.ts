// Who may ask what of a meeting: every address of planning, calendar, invitations, letters, facilities, lobby, moderation, chat, polls, materials
// and notices × everybody who could call it. What is refused changes nothing, and what nobody asks for is not taken.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as calendar from '../../shared/calendar.ts';
import * as chat from '../../shared/chat.ts';
import type { Endpoint } from '../../shared/endpoint.ts';
import * as facilities from '../../shared/facilities.ts';
import * as invitations from '../../shared/invitations.ts';
import * as letters from '../../shared/letters.ts';
import * as lobby from '../../shared/lobby.ts';
import * as materials from '../../shared/materials.ts';
import * as meetings from '../../shared/meetings.ts';
import * as moderation from '../../shared/moderation.ts';
import * as notifications from '../../shared/notifications.ts';
import * as planning from '../../shared/planning.ts';
import * as polls from '../../shared/polls.ts';
import { putNotulis } from '../../shared/proceedings.ts';
import * as readiness from '../../shared/readiness.ts';
import * as undangan from '../../shared/undangan.ts';
import { portalItself } from '../../server/people/index.ts';
import { nipOf, PASSWORD, signIn } from '../support/cast.ts';
import { plannedMeeting } from '../support/invited.ts';
import { changed, kept } from '../support/kept.ts';
import { calledMeeting, mediaServerTells, opensLink } from '../support/meeting.ts';
import { PAPER } from '../support/room-record.ts';
import { HOST, openClient, type Client } from '../support/world.ts';

/** In the order of the table. The first six have no account; `banned` had a link, `removed` has a session; `invited` is of another OPD and inside. */
const CALLERS =
  'nobody link elsewhere waiting denied banned removed invited uninvited adminOpd adminOther notulis cohost chair operator bkd administrator'.split(' ');
const MODULES = [planning, calendar, invitations, undangan, facilities, lobby, moderation, chat, polls, materials, notifications, meetings, letters, readiness];
type Place = Awaited<ReturnType<typeof setting>>['place'];
type Asked = { row: string; endpoint: Endpoint; caller: string; status: number };
type Body = object | string | Uint8Array;
type Row = [statuses: string, body?: (p: Place, caller: string) => Body, params?: (p: Place, caller: string) => Record<string, string>, query?: object];

const NOBODY = '00000000-0000-4000-8000-00000000dead';
const THEN = '2031-03-03T03:03:03.000Z';
/** Nobody's to say; goes along with every body. */
const EXTRA = {
  roles: ['administrator'],
  word: 'host',
  byName: 'Palsu',
  ...Object.fromEntries(['confirmed', 'roomAdmin', 'moderates', 'youPrepare'].map((name) => [name, true])),
  ...Object.fromEntries(['at', 'startedAt', 'endedAt', 'givenAt', 'decidedAt', 'closedAt'].map((name) => [name, THEN])),
  ...Object.fromEntries(['createdBy', 'personId', 'byId', 'plannerId', 'askedBy', 'decidedBy', 'invitationId'].map((name) => [name, NOBODY])),
};

// nobody link elsewhere waiting denied banned removed | invited uninvited adminOpd adminOther | notulis cohost chair | operator bkd administrator
const all = (n: number): string => `${`${n} `.repeat(7)}| ${`${n} `.repeat(4)}| ${n} ${n} ${n} | ${n} ${n} ${n}`;
const OUT = '401 401 401 401 401 401';
const signedIn = (n: number): string => `${OUT} ${n} | ${n} ${n} ${n} ${n} | ${n} ${n} ${n} | ${n} ${n} ${n}`;
/** Whoever belongs to the meeting, and `prepares`: who prepares it without being invited. */
const members = (n: number, prepares = 404, removed = 403): string =>
  `401 ${n} 404 401 401 410 ${removed} | ${n} 404 ${prepares} 404 | ${n} ${n} ${n} | 404 404 ${prepares}`;
const leads = (n: number): string => `${OUT} 403 | 403 404 404 404 | 403 ${n} ${n} | 404 404 404`;
const chairs = (n: number): string => `${OUT} 403 | 403 404 404 404 | 403 403 ${n} | 404 404 404`;
const prepares = (n: number): string => `${OUT} 403 | 403 404 ${n} 404 | 403 403 ${n} | 404 404 ${n}`;
const hosts = (n: number): string => `${OUT} 403 | 403 404 ${n} 404 | 403 ${n} ${n} | 404 404 ${n}`;
/** Whose record it is, of those inside: notulis, co-host, chair. `prep`: who prepares it. */
const record = (n: number, prep = 404): string => `401 403 404 401 401 410 403 | 403 404 ${prep} 404 | ${n} ${n} ${n} | 404 404 ${prep}`;
const invitedOnly = (n: number): string => `${OUT} ${n} | ${n} 404 404 404 | ${n} ${n} ${n} | 404 404 404`;
const planners = (n: number): string => `${OUT} 403 | 403 403 ${n} ${n} | 403 ${n} ${n} | ${n} 403 ${n}`;
const operators = (n: number): string => `${OUT} 403 | 403 403 403 403 | 403 403 403 | ${n} 403 ${n}`;
const bookOf = (n: number): string => `${OUT} 403 | 403 403 ${n} 404 | 403 403 ${n} | 403 ${n} ${n}`;
const keeper = (n: number): string => `${OUT} 403 | 403 403 ${n} 404 | 403 403 403 | 403 403 ${n}`;
const codeKeepers = (n: number): string => `${OUT} 403 | 403 403 ${n} ${n} | 403 403 403 | 403 403 ${n}`;
const holidayKeepers = (n: number): string => `${OUT} 403 | 403 403 403 403 | 403 403 403 | 403 ${n} ${n}`;

/** Whoever has a session or any link that opens. */
const linked = (n: number): string => `401 ${n} ${n} 401 401 410 ${n} | ${n} ${n} ${n} ${n} | ${n} ${n} ${n} | ${n} ${n} ${n}`;

const SPAN = { from: '2026-11-23', to: '2026-11-30' };
const INVITE = ({ staf }: Place) => ({ people: [staf], positions: [], units: [], guests: [] });
const plan = (p: Place) => ({ title: 'Baru', sifat: 'biasa', place: 'Daring', startsAt: p.soon, endsAt: null, invite: INVITE(p), key: randomUUID() });
const draft = { classification: '005', subject: 'Undangan', notes: '', copies: [], signerPositionId: null, signerGrade: null };
const poll = () => ({ key: randomUUID(), kind: 'jajak', question: 'Setuju?', choices: ['Ya', 'Tidak'] });
const later = (p: Place) => ({ id: p.later });
const setup = { staff: true, guests: true, showTitle: false, opens: 'pimpinan', minutesBefore: 0 };
/** Where a row stands twice, what follows ` — ` says which. */
const TABLE: Record<string, Row> = {
  'POST /api/meetings': [planners(200), plan],
  'GET /api/meetings/:id/plan': [prepares(200)],
  'PUT /api/meetings/:id/plan': [prepares(409), () => ({ title: 'Lain', version: 0 })],
  'POST /api/meetings/:id/cancellation': [prepares(409), () => ({ reason: 'Uji' })],
  'POST /api/meetings/:id/plan/invitations': [prepares(200), (p) => ({ invite: INVITE(p), scope: 'ini' })],
  'GET /api/meetings/:id/plan/changes': [`${OUT} 200 | 200 404 200 404 | 200 200 200 | 404 200 200`],
  'POST /api/planning/conflicts': [planners(200), (p) => ({ invite: INVITE(p), startsAt: p.soon, endsAt: null })],
  'POST /api/planning/conflicts — of a meeting': [
    `${OUT} 403 | 403 403 200 404 | 403 403 200 | 404 403 200`,
    (p) => ({ invite: INVITE(p), meetingId: p.later, startsAt: p.soon, endsAt: null }),
  ],
  'POST /api/planning/times': [planners(200), (p) => ({ invite: INVITE(p), minutes: 60 })],
  'POST /api/planning/times — for another chair': [
    `${OUT} 403 | 403 403 200 403 | 403 403 200 | 403 403 200`,
    (p) => ({ invite: INVITE(p), minutes: 60, chairId: p.kepala }),
  ],
  'GET /api/holidays': [signedIn(200), undefined, undefined, { year: 2026 }],
  'PUT /api/holidays': [holidayKeepers(409), () => ({ year: 2026, version: 999, holidays: [] })],
  'POST /api/holidays/reading': [holidayKeepers(200), () => '2027-01-01;Tahun Baru;nasional;SKB'],

  'GET /api/calendar': [signedIn(200), undefined, undefined, SPAN],
  'GET /api/calendar — operators': [`${OUT} 403 | 403 403 403 403 | 403 403 403 | 200 403 200`, undefined, undefined, { ...SPAN, of: 'operator' }],
  'GET /api/calendar — of the OPD': [`${OUT} 200 | 404 200 200 404 | 200 200 200 | 404 200 200`, undefined, undefined, { ...SPAN, of: 'opd' }],
  'GET /api/calendar/choices': [signedIn(200)],
  'GET /api/me/calendar-feed': [signedIn(200)],
  'POST /api/me/calendar-feed': [signedIn(200)],
  'PUT /api/me/calendar-feed': [signedIn(404), () => ({ roster: false })],
  'DELETE /api/me/calendar-feed': [signedIn(204)],
  'GET /kalender/:file': [all(404)],

  // Whoever was removed was invited all the same.
  'GET /api/invitation': [members(200, 404, 200)],
  'PUT /api/meetings/:id/answer': [members(409, 404, 409), () => ({ answer: 'hadir' })],
  'GET /api/meetings/:id/invitation.ics': [members(200, 404, 200)],
  'GET /api/me/answers': [signedIn(200)],
  'POST /api/meetings/:id/disposisi': [invitedOnly(409), ({ staf }) => ({ to: staf, instruction: 'Wakili' })],
  'DELETE /api/meetings/:id/disposisi/:disposisi': [invitedOnly(409)],
  'POST /api/meetings/:id/disposisi/:disposisi/return': [invitedOnly(409), () => ({ reason: 'Uji' })],
  // Of the one to come: whoever sent it withdraws it, whoever was sent hands it back; to everybody else there is none.
  'DELETE /api/meetings/:id/disposisi/:disposisi — later': [signedIn(404), undefined, later],
  'POST /api/meetings/:id/disposisi/:disposisi/return — later': [
    `${OUT} 404 | 204 404 404 404 | 404 404 404 | 404 404 404`,
    () => ({ reason: 'Bertugas' }),
    later,
  ],
  'GET /api/meetings/:id/answers': [prepares(200)],
  'PUT /api/meetings/:id/invitations/:invitation/answer': [prepares(409), () => ({ answer: 'hadir' })],
  'PUT /api/meetings/:id/invitations/:invitation/answer — later': [
    prepares(204),
    () => ({ answer: 'hadir' }),
    (p) => ({ id: p.later, invitation: p.laterGuest }),
  ],
  'POST /api/meetings/:id/answers/remind': [prepares(409)],
  'POST /api/link-asks': ['401 200 200 401 401 410 410 | 410 410 410 410 | 410 410 410 | 410 410 410'],
  'GET /api/link-asks/mine': ['401 200 200 401 401 410 410 | 410 410 410 410 | 410 410 410 | 410 410 410'],
  'GET /api/meetings/:id/link-asks': ['401 200 404 401 401 404 200 | 200 404 200 404 | 200 200 200 | 404 404 200'],
  'PUT /api/meetings/:id/link-asks/:ask': ['401 403 404 401 401 404 403 | 403 404 204 404 | 403 204 204 | 404 404 204', () => ({ allow: false })],
  'DELETE /api/meetings/:id/invitations/:invitation/link': [prepares(204)],

  'GET /api/meetings/:id/letters': [members(200, 200)],
  'PUT /api/meetings/:id/letters/draft': [prepares(200), () => draft],
  'POST /api/meetings/:id/letters': [prepares(409), () => ({ kind: 'undangan' })],
  'GET /api/meetings/:id/letters/draft.pdf': [prepares(409)],
  'GET /api/meetings/:id/letters/:letter/pdf': ['401 404 404 401 401 410 200 | 200 404 200 404 | 200 200 200 | 404 404 200', undefined, later],
  'GET /api/meetings/:id/letters/:letter/pdf — of another meeting': [members(404)],
  'POST /api/meetings/:id/letters/:letter/withdrawal': [prepares(200), () => ({ reason: 'Uji' }), later],

  'GET /api/facilities': [signedIn(200)],
  'POST /api/facilities': [`${OUT} 403 | 403 404 200 404 | 403 403 200 | 200 404 200`, (p) => ({ meetingId: p.later, items: [{ kind: 'ruang' }] })],
  'POST /api/facilities — an event': [
    `${OUT} 403 | 403 403 200 200 | 403 200 200 | 200 403 200`,
    (p) => ({ title: 'Lokakarya', startsAt: p.soon, endsAt: p.soonEnd, items: [{ kind: 'jbi' }] }),
  ],
  'POST /api/facilities/:id/decisions': [
    operators(200),
    ({ item }) => ({ items: [{ id: item, state: 'ditolak', note: 'Penuh' }] }),
    ({ request }) => ({ id: request }),
  ],
  'POST /api/facilities/:id/cancel': [`${OUT} 404 | 404 404 200 404 | 404 404 200 | 200 404 200`, undefined, ({ request }) => ({ id: request })],
  'GET /api/facilities/week': [operators(200)],
  'GET /api/facility-things': [operators(200)],
  'POST /api/facility-things': [operators(200), (_, name) => ({ kind: 'ruang', name: `Ruang ${name}` })],
  'PUT /api/facility-things/:id': [operators(200), () => ({ name: 'Aula Lama', detail: null }), ({ thing }) => ({ id: thing })],
  'DELETE /api/facility-things/:id': [operators(200), undefined, ({ spareThing }, caller) => ({ id: spareThing[caller] ?? NOBODY })],

  'POST /api/lobby': [all(200), ({ code }) => ({ code })],
  'POST /api/lobby — by its id': [`${OUT} 200 | 200 200 200 200 | 200 200 200 | 200 200 200`, ({ id }) => ({ meetingId: id })],
  'POST /api/lobby — no such link': [all(404), () => ({ code: 'tautan-yang-tidak-pernah-ada' })],
  'GET /api/meetings/:id/lobby': [hosts(200)],
  'GET /api/me/lobbies': [signedIn(200)],
  'POST /api/meetings/:id/lobby/decisions': [hosts(200), ({ deniedKnock }) => ({ act: 'tolak', knocks: [{ id: deniedKnock, round: 1 }] })],
  'PUT /api/meetings/:id/lobby/message': [hosts(200), () => ({ text: 'Tunggu sebentar' })],
  'GET /api/meetings/:id/lobby/setting': [prepares(200)],
  'PUT /api/meetings/:id/lobby/setting': [prepares(200), () => setup],
  'DELETE /api/lobby/knocks/:id': [
    '404 404 404 204 404 404 404 | 404 404 404 404 | 404 404 404 | 404 404 404',
    undefined,
    ({ waitingKnock }) => ({ id: waitingKnock }),
  ],

  'POST /api/meetings/:id/mute': [leads(200), () => ({ member: null })],
  'PUT /api/meetings/:id/locks': [leads(204), () => ({ kamera: true })],
  'POST /api/meetings/:id/microphone': [members(204)],
  'PUT /api/meetings/:id/rules': [leads(204), () => ({ entryMuted: true })],
  'PUT /api/meetings/:id/spotlight': [leads(204), () => ({ spotlight: [] })],
  'POST /api/meetings/:id/turns': [leads(409), () => ({ member: null })],
  'DELETE /api/meetings/:id/turns/:turn': ['401 403 404 401 401 410 403 | 204 404 404 404 | 403 204 204 | 404 404 404'],
  'DELETE /api/meetings/:id/hands': [leads(204)],
  'PUT /api/meetings/:id/roles/:member': [chairs(204), () => ({ role: null })],
  'POST /api/meetings/:id/takeover': [`${OUT} 403 | 409 404 404 404 | 409 204 204 | 404 404 404`, () => ({ reason: 'Uji' })],
  'GET /api/meetings/:id/acts': [`${OUT} 403 | 403 404 200 404 | 403 200 200 | 404 200 200`],

  'GET /api/meetings/:id/chat': [members(200)],
  'POST /api/meetings/:id/chat': [members(200), () => ({ text: 'Halo', key: randomUUID() })],
  'GET /api/meetings/:id/chat/:message/file': [members(200)],
  'GET /api/meetings/:id/chat.txt': [`${OUT} 403 | 403 404 404 404 | 200 403 200 | 404 404 404`],
  'DELETE /api/meetings/:id/chat/:message': ['401 403 404 401 401 410 403 | 403 404 404 404 | 403 403 204 | 404 404 404'],
  'POST /api/meetings/:id/uploads': [members(200), () => ({ purpose: 'obrolan', name: 'a.pdf', type: 'application/pdf', size: 100 })],
  'POST /api/meetings/:id/uploads — material': [record(200, 200), () => ({ purpose: 'materi', name: 'a.pdf', type: 'application/pdf', size: 100 })],
  // Somebody else's upload.
  'PUT /api/meetings/:id/uploads/:upload/parts/:part': [members(404), () => new Uint8Array(1)],
  'DELETE /api/meetings/:id/uploads/:upload': [members(404)],

  'GET /api/meetings/:id/polls': [members(200)],
  'POST /api/meetings/:id/polls': [record(200), poll],
  'PUT /api/meetings/:id/polls/:poll/vote': ['401 403 404 401 401 410 403 | 200 404 404 404 | 403 403 200 | 404 404 404', () => ({ choices: [1] })],
  'POST /api/meetings/:id/polls/:poll/opening': [record(200)],
  'POST /api/meetings/:id/polls/:poll/closing': [record(200)],

  'GET /api/meetings/:id/materials': [members(200, 200)],
  'POST /api/meetings/:id/materials': [record(200, 200), ({ material }) => ({ upload: material, title: 'Lagi' })],
  'GET /api/meetings/:id/materials/:material/file': [members(200, 200)],
  'PUT /api/meetings/:id/showing': [record(200), () => ({ material: null })],
  'PUT /api/meetings/:id/presenters/:member': [record(200, 200), () => ({ presents: false })],
  'DELETE /api/meetings/:id/materials/:material': [record(200, 200)],

  'PUT /api/meetings/:id/readiness/me': [members(200), () => ({ problems: ['kamera'] })],
  'GET /api/meetings/:id/readiness/me': [members(200)],
  'GET /api/meetings/:id/readiness': [hosts(200)],
  'POST /api/readiness/ticket': [linked(200)],
  'GET /api/readiness/bytes': [linked(200)],
  'POST /api/readiness/bytes': [linked(204), () => new Uint8Array(9)],

  'GET /api/me/notices': [signedIn(200)],
  'GET /api/me/notices/unread': [signedIn(200)],
  'POST /api/me/notices/read': [signedIn(200), () => ({})],
  'GET /api/me/notice-choice': [signedIn(200)],
  'PUT /api/me/notice-choice': [signedIn(200), ({ channels }) => ({ channels, quiet: null, represented: false })],

  'GET /api/verifications/:code': [all(404)],
  'GET /api/opds/:opd/letter-numbers': [bookOf(200)],
  'GET /api/opds/:opd/letter-numbers.csv': [bookOf(200)],
  'PUT /api/opds/:opd/letter-numbers/first': [keeper(200), () => ({ series: 'pembatalan', classification: '005', year: 2026, first: 5 })],
  'GET /api/opds/:opd/letterhead': [bookOf(200)],
  'PUT /api/opds/:opd/letterhead': [keeper(200), () => ({ address: 'Jalan Uji 1', contact: null, place: 'Uji', template: null })],
  'PUT /api/opds/:opd/letterhead/logo': [keeper(400), () => new Uint8Array(9)],
  'GET /api/opds/:opd/letterhead/logo': [bookOf(404)],
  'DELETE /api/opds/:opd/letterhead/logo': [keeper(200)],
  'GET /api/letter-classifications': [signedIn(200)],
  'GET /api/letter-classifications/book': [codeKeepers(200)],
  'PUT /api/letter-classifications/:code': [codeKeepers(200), () => ({ name: 'Undangan' }), () => ({ code: '005' })],
  'DELETE /api/letter-classifications/:code': [codeKeepers(404), undefined, () => ({ code: '999.9' })],
  'POST /api/letter-classifications/import': [codeKeepers(200), () => ({ text: '005;Undangan' })],

  'POST /api/meetings/now': [planners(200), (p) => ({ title: 'Kilat', sifat: 'biasa', invite: INVITE(p) })],
  'GET /api/meetings': [signedIn(200)],
  'GET /api/meetings/:id': ['401 200 404 401 401 410 200 | 200 404 200 404 | 200 200 200 | 404 200 200'],
  'POST /api/meetings/:id/start': [chairs(200)],
  'GET /api/meetings/:id/invitations': [prepares(200)],
  'POST /api/meetings/:id/invitations': [prepares(200), INVITE],
  'POST /api/meetings/:id/invitations/:invitation/link': [prepares(200)],
  'POST /api/join': [members(200), ({ id }) => ({ meetingId: id })],
  'POST /api/meetings/:id/ticket': [members(200), () => ({ notice: 1 })],
  'GET /api/meetings/:id/room': [members(200)],
  'PUT /api/meetings/:id/hand': [members(204), () => ({ raised: false })],
  'DELETE /api/meetings/:id/hands/:member': [leads(204)],
  'POST /api/meetings/:id/members/:member/removal': [leads(204), () => ({ ban: true })],
  'DELETE /api/meetings/:id/members/:member/removal': [leads(204)],
  // These end what the others ask for: last.
  // Banned from inside is blocked at the door.
  'POST /api/lobby/knocks': [
    '200 200 200 200 200 403 200 | 200 200 200 200 | 200 200 200 | 200 200 200',
    ({ code }, name) => ({ code, name: `Pengetuk ${name}`, institution: 'Yayasan Uji' }),
  ],
  'POST /api/meetings/:id/lobby/link': [prepares(200)],
  'POST /api/meetings/:id/end': [leads(200)],
};

async function setting() {
  const guests = ['Ibu Tamu', 'Pak Blokir', 'Cadangan Satu', 'Cadangan Dua'].map((name) => ({ name, institution: 'Yayasan Uji' }));
  const called = await calledMeeting((c) => ({ people: [c.kabid.id, c.staf.id, c.stafKantor.id, c.stafDinkes.id], guests }));
  const { world, cast, chair, id, invitation, livekit, room } = called;
  const { people } = world.app;
  const employee = async (name: string, opdId: string, n: number) => {
    const nip = nipOf(n);
    const { id: personId } = await people.addPerson(portalItself, { name, nip, email: `${name.split(' ')[0]!.toLowerCase()}@uji.example`, phone: null, opdId });
    await people.givePassword([personId], PASSWORD);
    return { id: personId, nip };
  };
  const uninvited = await employee('Oki Takdiundang', cast.opds.dinsos.id, 90);
  const adminOther = await employee('Ade Adminkes', cast.opds.dinkes.id, 91);
  await people.grantRoles(portalItself, adminOther.id, [{ role: 'admin_opd', opdId: cast.opds.dinkes.id }]);

  const [cohost, removed, operator, invited] = [
    await signIn(world, cast.kabid),
    await signIn(world, cast.stafKantor),
    await signIn(world, cast.operator),
    await signIn(world, cast.stafDinkes),
  ];
  const member = (name: string): string => invitation(name).member;
  const ofMember = (name: string) => ({ ...id, member: member(name) });
  await chair.call(putNotulis, { params: id, body: { personId: cast.staf.id } });
  await chair.call(moderation.putMeetingRole, { params: ofMember(cast.kabid.name), body: { role: 'ko_host' } });

  /** At the door, the link becomes this browser's own. */
  const door = async (client: Client, of: string) => {
    const { token } = await client.call(meetings.postTicket, { params: { id: of }, body: {} });
    await world.app.fastify.inject({ url: `/rtc/v1/validate?access_token=${token}` });
  };
  const link = opensLink(world, invitation('Ibu Tamu').link);
  await door(link, id.id);
  const banned = opensLink(world, invitation('Pak Blokir').link);
  await door(banned, id.id);
  const other = await chair.call(meetings.postMeetingNow, {
    body: { title: 'Lain', sifat: 'biasa', invite: { people: [], positions: [], units: [], guests: [{ name: 'Pak Lain', institution: 'Radio Uji' }] } },
  });
  const far = (await chair.call(meetings.getInvitations, { params: { id: other.id } })).find(({ name }) => name === 'Pak Lain')!;
  const elsewhere = opensLink(world, far.link);
  await door(elsewhere, other.id);
  await chair.call(meetings.postRemoval, { params: ofMember(cast.stafKantor.name), body: { ban: false } });
  await chair.call(meetings.postRemoval, { params: ofMember('Pak Blokir'), body: { ban: true } });

  // The link of a spare guest, opened twice.
  const spare = opensLink(world, invitation('Cadangan Satu').link);
  await door(spare, id.id);
  await opensLink(world, invitation('Cadangan Satu').link).call(invitations.postLinkAsk, {});
  const ask = (await chair.call(invitations.getLinkAsks, { params: id }))[0]!.id;

  let sid = 0;
  const enters = async (client: Client) => {
    const { identity } = await client.call(meetings.postTicket, { params: id, body: {} });
    livekit.arrives(room.name, identity, world.clock.now(), { sources: ['microphone'] });
    await mediaServerTells(world, { event: 'participant_joined', room: room.name, identity, sid: `PA_${(sid += 1)}`, joinedAtMs: world.clock.now().getTime() });
  };
  await enters(chair);
  await enters(invited);
  await chair.call(moderation.postTurn, { params: id, body: { member: member(cast.stafDinkes.name) } });
  const turn = (await chair.call(meetings.getRoom, { params: id })).moderation.turn!.id;

  const { link: way } = await chair.call(lobby.putLobbySetting, { params: id, body: { ...setup, opens: 'pimpinan' } });
  const code = way!.split('/m/')[1]!;
  const knocks = async (name: string) => {
    const client = world.visitor();
    const { knock } = await client.call(lobby.postKnock, { body: { code, name, institution: 'Yayasan Uji' } });
    return { client, id: knock!.id };
  };
  const [waiting, denied] = [await knocks('Rahmat Penunggu'), await knocks('Toni Ditolak')];
  await chair.call(lobby.postLobbyDecision, { params: id, body: { act: 'tolak', knocks: [{ id: denied.id, round: 1 }] } });

  const uploads = async (purpose: chat.UploadPurpose) => {
    const { upload } = await chair.call(chat.postRoomUpload, {
      params: id,
      body: { purpose, name: PAPER.name, type: PAPER.type, size: PAPER.bytes.byteLength },
    });
    await chair.call(chat.putRoomPart, { params: { ...id, upload, part: '0' }, body: new Uint8Array(PAPER.bytes) });
    return upload;
  };
  const message = randomUUID();
  await chair.call(chat.postChat, { params: id, body: { text: 'Berkas', key: message, upload: await uploads('obrolan') } });
  const material = await uploads('materi');
  await chair.call(materials.postMaterial, { params: id, body: { upload: material, title: 'Paparan' } });
  const pollId = randomUUID();
  await chair.call(polls.postPoll, { params: id, body: { key: pollId, kind: 'jajak', question: 'Lanjut?', choices: ['Ya', 'Tidak'], open: true } });

  // The one to come, with a letter, a disposisi of another head, and what was asked of DKIS for it.
  const planned = await plannedMeeting(world, cast, {
    people: [cast.kabid.id, cast.staf.id, cast.stafKantor.id, cast.stafDinkes.id, cast.kepalaDinkes.id],
    guests: [{ name: 'Ibu Nanti', institution: 'Yayasan Uji' }],
  });
  const laterGuest = (await chair.call(meetings.getInvitations, { params: { id: planned } })).find(({ name }) => name === 'Ibu Nanti')!.id;
  const head = await signIn(world, cast.kepalaDinkes);
  const { given } = await head.call(invitations.postDisposisi, { params: { id: planned }, body: { to: cast.stafDinkes.id, instruction: 'Wakili saya' } });
  const { issued } = await chair.call(undangan.postLetter, { params: { id: planned }, body: { kind: 'undangan' } });
  const request = await chair.call(facilities.postFacilities, { body: { meetingId: planned, items: [{ kind: 'ruang' }] } });
  const thing = async (name: string) => (await operator.call(facilities.postThing, { body: { kind: 'ruang', name } })).find((one) => one.name === name)!.id;
  const administrator = await signIn(world, cast.administrator);
  const { channels } = await chair.call(notifications.getNoticeChoice, {});
  const hour = (n: number): string => new Date(world.clock.now().getTime() + n * 3_600_000).toISOString();

  const clients: Record<string, Client> = {
    link,
    elsewhere,
    waiting: waiting.client,
    denied: denied.client,
    banned,
    removed,
    invited,
    uninvited: await signIn(world, uninvited),
    adminOpd: await signIn(world, cast.adminDinsos),
    adminOther: await signIn(world, adminOther),
    notulis: await signIn(world, cast.staf),
    cohost,
    chair,
    operator,
    bkd: await signIn(world, cast.bkd),
    administrator,
  };
  return {
    world,
    client: (caller: string): Client => clients[caller] ?? openClient(world.app, `http://${HOST}`),
    place: {
      id: id.id,
      later: planned,
      laterGuest,
      disposisi: given!.id,
      letter: issued[0]!.id,
      request: request.id,
      item: request.items[0]!.id,
      thing: await thing('Aula'),
      spareThing: { operator: await thing('Gudang'), administrator: await thing('Garasi') } as Record<string, string>,
      invitation: invitation('Cadangan Dua').id,
      member: member('Cadangan Dua'),
      ask,
      turn,
      code,
      waitingKnock: waiting.id,
      deniedKnock: denied.id,
      message,
      material,
      poll: pollId,
      upload: await (async () =>
        (await spare.call(chat.postRoomUpload, { params: id, body: { purpose: 'obrolan', name: 'b.pdf', type: '', size: 9 } })).upload)(),
      opd: cast.opds.dinsos.id,
      staf: cast.staf.id,
      kepala: cast.kepala.id,
      soon: hour(72),
      soonEnd: hour(74),
      channels,
      file: `${'x'.repeat(43)}.ics`,
      part: '0',
    },
  };
}

let s: Awaited<ReturnType<typeof setting>>;
beforeAll(async () => void (s = await setting()), 90_000);
afterAll(async () => s.world.close());

const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`;
const isEndpoint = (value: unknown): value is Endpoint => typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
const ours = (): Endpoint[] => MODULES.flatMap((module) => Object.values(module).filter(isEndpoint));
const served = (): Map<string, Endpoint> => new Map(s.world.app.routes.map(({ endpoint }) => [nameOf(endpoint), endpoint]));
const asked = (): Asked[] => {
  const known = served();
  return Object.entries(TABLE).flatMap(([row, [statuses]]) => {
    const endpoint = known.get(row.split(' — ')[0]!);
    const all = statuses.split(/[ |]+/).map(Number);
    return endpoint ? CALLERS.map((caller, n) => ({ row, endpoint, caller, status: all[n] ?? 0 })) : [];
  });
};

async function send({ row, endpoint, caller }: Asked): Promise<{ status: number; text: string }> {
  const [, body, swap, query] = TABLE[row]!;
  const { spareThing: _, channels: __, ...place } = s.place;
  const said = body?.(s.place, caller);
  const raw = typeof said === 'string' || said instanceof Uint8Array;
  const find = { ...(row === 'GET /api/invitation' && { meeting: place.id }), ...query };
  return s.client(caller).send(endpoint, {
    params: {
      ...place,
      ...(endpoint.path.includes('/verifications/') && { code: 'ABCD-EFGH-JKLM-NPQR' }),
      ...swap?.(s.place, caller),
    },
    query: 'of' in find && find.of === 'opd' ? { ...find, of: `opd:${place.opd}` } : find,
    ...(said && { body: raw ? said : { ...EXTRA, ...said } }),
  });
}
const told = ({ row, caller, status: wanted }: Asked, { status, text }: { status: number; text: string }): string =>
  `${row} by ${caller}: ${status}, not ${wanted} ${status >= 400 ? text.slice(0, 160) : ''}`;

test('every address of these modules is served and stands in the table, with a status for each caller', () => {
  const known = served();
  const rows = new Set(Object.keys(TABLE).map((row) => row.split(' — ')[0]!));
  const names = [...new Set(ours().map(nameOf))];
  expect(names.filter((name) => !known.has(name))).toEqual([]);
  expect(names.filter((name) => !rows.has(name))).toEqual([]);
  expect([...rows].filter((name) => !names.includes(name))).toEqual([]);
  expect(asked().filter(({ status }) => status === 0)).toEqual([]);
  expect(Object.values(TABLE).filter(([statuses]) => statuses.split(/[ |]+/).length !== CALLERS.length)).toEqual([]);
});

test('whoever may not is refused as the table says, and nothing changes by it', { timeout: 180_000 }, async () => {
  const before = await kept(s.world.sql);
  const wrong: string[] = [];
  for (const one of asked().filter(({ status }) => status >= 400)) {
    const reply = await send(one);
    if (reply.status !== one.status) wrong.push(told(one, reply));
  }
  expect(wrong).toEqual([]);
  expect(changed(before, await kept(s.world.sql))).toEqual([]);
});

test('whoever may is answered as the table says, and what nobody asked for is not taken', { timeout: 180_000 }, async () => {
  const wrong: string[] = [];
  for (const one of asked().filter(({ status }) => status < 400)) {
    const reply = await send(one);
    if (reply.status !== one.status) wrong.push(told(one, reply));
  }
  expect(wrong).toEqual([]);
  expect([...(await kept(s.world.sql))].filter(([, rows]) => /0000dead|2031-03-03|Palsu/.test(rows)).map(([table]) => table)).toEqual([]);
});
