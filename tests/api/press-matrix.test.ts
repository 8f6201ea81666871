// Who may ask what of a press conference: every served address × everybody who could call it × the own conference, a foreign draft, and ids
// of another conference in the address of the own one. What is refused changes nothing, and what nobody asks for is not taken.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Endpoint } from '../../shared/endpoint.ts';
import { postConference, postCrew } from '../../shared/press.ts';
import { postRegistrationDecision, postWalkIn } from '../../shared/press-desk.ts';
import { postPressJoin } from '../../shared/press-room.ts';
import { signIn } from '../support/cast.ts';
import { everyRow } from '../support/kept.ts';
import { journalist, opensCrewLink, plannedConference } from '../support/press.ts';
import { pressFloor } from '../support/press-floor.ts';
import { csv, kitOf } from '../support/press-kit.ts';
import type { Client } from '../support/world.ts';

/** In the order of the table. `elsewhere`: accepted, for another conference. `guest`: of the crew, by the personal link. */
const CALLERS = 'nobody viewer refused elsewhere accepted guest speaker moderator stranger adminOpd operator administrator'.split(' ');
type Place = Record<
  'id' | 'slug' | 'opd' | 'crew' | 'journalist' | 'member' | 'question' | 'given' | 'turn' | 'item' | 'name' | 'upload' | 'outlet',
  string
> & { spare: Record<string, { crew: string; journalist: string }> };
type Asked = { endpoint: Endpoint; caller: string; status: number };

const OURS = /^\/(api\/(conferences|press|journalists|outlets|press-answers)|pers)(\/|$)/;
const SOON = '2026-12-01T02:00:00.000Z';
const THEN = '2031-03-03T03:03:03.000Z';
const NOBODY = '00000000-0000-4000-8000-00000000dead';
/** Nobody's to say; goes along with every body. */
const EXTRA = {
  roles: ['administrator'],
  status: 'diterima',
  word: 'speaker',
  byName: 'Palsu',
  ...Object.fromEntries(['confirmed', 'isOfficial', 'hidden', 'roomAdmin'].map((name) => [name, true])),
  ...Object.fromEntries(['verifiedAt', 'confirmedAt', 'joinedAt', 'givenAt', 'askedAt', 'at', 'liveAt', 'announcedAt'].map((name) => [name, THEN])),
  ...Object.fromEntries(['createdBy', 'personId', 'journalistId', 'conferenceId', 'byId'].map((name) => [name, NOBODY])),
};

// Columns: without an account (five) | guest | speaker, moderator | staff of another OPD, admin of this one | operator, administrator.
const all = (status: number): string => `${`${status} `.repeat(5)}| ${status} | ${status} ${status} | ${status} ${status} | ${status} ${status}`;
const signedIn = (status: number): string => `401 401 401 401 401 | 401 | ${status} ${status} | ${status} ${status} | ${status} ${status}`;
const desk = (status: number): string => `401 401 401 401 401 | 401 | 403 403 | 403 403 | ${status} ${status}`;
/** Moderator and operators. Others of the crew are told so; everybody else finds nothing. */
const lead = (status: number): string => `401 401 401 401 401 | 401 | 403 ${status} | 404 404 | ${status} ${status}`;
/** For whoever holds a pass. */
const pass = (refused: number, elsewhere: number, accepted: number): string =>
  `401 401 ${refused} ${elsewhere} ${accepted} | 401 | 401 401 | 401 401 | 401 401`;
const report = '401 401 401 401 401 | 401 | 200 404 | 404 200 | 200 200';

type Body = object | Uint8Array;
type Row = [statuses: string, body?: (p: Place, caller: string) => Body, swap?: (p: Place, caller: string) => Partial<Place>];
const plan = ({ opd }: Place) => ({ title: 'Baru', summary: 'Uji.', opdId: opd, startsAt: SOON });
const registration = { name: 'Nama', outlet: 'Media', outletKind: 'daring', email: 'nama@media.example', key: randomUUID() };
const withTheFloor = ({ given }: Place) => ({ question: given });
const sparePass = ({ spare }: Place, caller: string) => ({ id: spare[caller]?.journalist ?? NOBODY });
const ofJournalist = ({ id, journalist, spare }: Place) => ({ id: Object.keys(spare).length > 0 ? journalist : id });
const ofOutlet = ({ outlet }: Place) => ({ id: outlet });
/** Status of each call on the own conference. Bodies are whole; where they are accepted they may be sent again. In this order. */
const TABLE: Record<string, Row> = {
  'GET /api/conferences': [signedIn(200)],
  'POST /api/conferences': [desk(200), plan],
  'GET /api/conferences/:id': ['401 401 401 401 401 | 200 | 200 200 | 404 200 | 200 200'],
  'PUT /api/conferences/:id': [desk(409), (p) => ({ ...plan(p), version: 0 })],
  'POST /api/conferences/:id/crew': [desk(200), (_, name) => ({ role: 'narasumber', who: { kind: 'guest', name, institution: 'Yayasan Uji' } })],
  'POST /api/conferences/:id/crew/:crew/link': [desk(200), undefined, ({ spare }, caller) => spare[caller] ?? {}],
  'DELETE /api/conferences/:id/crew/:crew': [desk(200), undefined, ({ spare }, caller) => spare[caller] ?? {}],
  'PUT /api/conferences/:id/crew': [desk(400), () => ({ order: [] })],
  'GET /api/conferences/:id/checks': [lead(200)],
  'PUT /api/conferences/:id/checks/:name': [lead(200), () => ({}), () => ({ name: 'rekaman' })],
  'POST /api/conferences/:id/state': ['401 401 401 401 401 | 401 | 200 200 | 404 404 | 200 200', () => ({ to: 'tanya_jawab' })],
  'POST /api/conferences/:id/cancellation': [desk(409), () => ({ reason: 'Uji' })],
  'GET /api/press': [all(200)],
  'GET /api/press/:slug': [all(200)],

  'GET /api/press/:slug/registration': [all(200)],
  'POST /api/press/:slug/registration': [all(428), () => ({ ...registration, notice: 999 })],
  'POST /api/press/pass': [all(410), () => ({ token: 'tautan-yang-tidak-pernah-ada' })],
  'POST /api/press/pass/mail': [all(204), () => ({ email: 'nama@media.example' })],
  'GET /api/press/outlets': [all(200)],
  'GET /api/conferences/:id/registrations': [desk(200)],
  'POST /api/conferences/:id/registrations/:journalist/decision': [desk(409), () => ({ act: 'ditolak', from: 'dicabut', reason: 'Uji' })],
  'POST /api/conferences/:id/registrations': [desk(200), (_, name) => ({ ...registration, name, email: `${name}@uji.example` })],
  'GET /api/journalists': [desk(200)],
  'PUT /api/journalists/:id/accreditation': [desk(200), () => ({ validUntil: null, reason: 'Uji' }), ofJournalist],
  'PUT /api/journalists/:id/outlet': [desk(200), ({ outlet }) => ({ outletId: outlet }), ofJournalist],
  'POST /api/journalists/:id/pass': [desk(200), undefined, sparePass],
  'GET /api/journalists/:id/data.json': [desk(200), undefined, ofJournalist],
  'GET /api/outlets': [desk(200)],
  'PUT /api/outlets/:id': [desk(200), () => ({ name: 'Radar Uji', kind: 'daring' }), ofOutlet],
  'POST /api/outlets/:id/merge': [desk(200), ({ outlet }) => ({ into: outlet }), ofOutlet],

  'POST /api/press/:slug/join': [all(200)],
  'POST /api/press/:slug/ticket': [all(200), () => ({ notice: 1 })],
  'GET /api/press/:slug/room': [all(200)],
  'POST /api/press/:slug/leave': [all(204), () => ({ identity: 'v_siapa:x' })],
  'POST /api/conferences/:id/members/:member/removal': [lead(204)],

  'GET /api/press/:slug/floor': [all(200)],
  'POST /api/press/:slug/questions': [pass(403, 403, 409), () => ({ topic: 'Uji', text: 'Uji?', key: randomUUID() })],
  // Somebody else's question.
  'POST /api/press/:slug/questions/:question/raise': [pass(404, 404, 404)],
  'DELETE /api/press/:slug/questions/:question': [pass(404, 404, 404)],
  'POST /api/conferences/:id/questions/:question/screening': [lead(200), () => ({ act: 'saring' })],
  'POST /api/conferences/:id/questions/:question/move': [lead(200), () => ({ before: null, reason: 'Uji' })],
  'POST /api/conferences/:id/questions/:question/floor': [lead(200), () => ({}), withTheFloor],
  'POST /api/conferences/:id/turns/:turn/follow-up': [lead(409)],
  'POST /api/conferences/:id/turns/:turn/release': [lead(200), () => ({ outcome: { kind: 'dijawab' } })],
  'POST /api/press/:slug/floor/return': [pass(200, 200, 200)],
  'GET /api/conferences/:id/questions': [lead(200)],
  'POST /api/conferences/:id/questions/:question/answer': [lead(200), () => ({ kind: 'tertulis', text: 'Jawaban uji.' })],
  'GET /api/press-answers/owed': [signedIn(200)],
  // Before the end.
  'GET /api/press/:slug/questions': [all(404)],

  'GET /api/press/:slug/kit': [all(200)],
  'GET /api/press/kit/:item/:name': [all(200)],
  'GET /api/press/kit/:item/thumb.webp': [all(404)],
  'GET /api/press/:slug/kit.zip': [all(200)],
  'GET /api/conferences/:id/kit': [desk(200)],
  'PUT /api/conferences/:id/kit': [desk(200), () => ({ embargoAt: '2026-11-23T01:00:00.000Z', announced: false })],
  'POST /api/conferences/:id/kit/items': [desk(200), () => ({ kind: 'data', title: 'Lagi' })],
  'PUT /api/conferences/:id/kit/items/:item': [desk(409), () => ({ title: 'Lagi', version: 0 })],
  'POST /api/conferences/:id/kit/items/:item/file': [desk(200), () => ({ name: 'a.csv', type: 'text/csv', size: 9, modified: null })],
  'PUT /api/conferences/:id/kit/uploads/:upload/parts/:part': [desk(400), () => new Uint8Array(1)],
  'POST /api/conferences/:id/kit/uploads/:upload': [desk(409)],
  'GET /api/conferences/:id/kit/items/:item/file': [desk(200)],

  'GET /api/conferences/:id/report': [report],
  'GET /api/conferences/:id/report.pdf': [report],
  'GET /pers': [all(200)],
  'GET /pers/:slug': [all(200)],
  'GET /pers/jadwal.ics': [all(200)],
  'GET /pers/:slug/acara.ics': [all(200)],
  'GET /pers/rss.xml': [all(200)],
  'GET /api/conferences/:id/thanks': [desk(200)],
  'POST /api/conferences/:id/thanks': [desk(409)],
  // Ends the pass of each browser: last.
  'DELETE /api/press/pass': [all(204)],
};

async function setting() {
  const f = await pressFloor();
  const { world, cast, operator } = f;
  const other = await plannedConference(world, cast, { state: 'registrasi', plan: { title: 'Lain' } });
  const draft = await operator.call(postConference, { body: { title: 'Rahasia', summary: 'Uji.', opdId: cast.opds.dinkes.id, startsAt: SOON } });
  const speaker = { role: 'narasumber' as const, who: { kind: 'person' as const, id: cast.kepalaDinkes.id } };
  const { crew: draftCrew } = await operator.call(postCrew, { params: { id: draft.id }, body: speaker });

  const accepted = await f.inside('Sari', 'Radar Uji');
  const waiting = await f.inside('Joko', 'Kabar Uji');
  const given = await f.asks(accepted, 'Tanggul');
  await f.gives(given);
  const turn = await f.turn();
  await f.followsUp(turn);
  const question = await f.asks(waiting, 'Pompa');
  const refused = await f.registers('Toni', 'Blog Uji');
  const no = { act: 'ditolak' as const, from: 'menunggu' as const, reason: 'Bukan media' };
  await operator.call(postRegistrationDecision, { params: { ...f.params, journalist: refused.id }, body: no });
  const elsewhere = await journalist(world, other, { name: 'Rudi', outlet: 'Radio Uji', question: { topic: 'Biaya', text: 'Berapa?' } });
  const [advance] = await world.sql<{ id: string }[]>`select id from press.question where conference_id = ${other.id}`;
  const [far] = await world.sql<{ id: string }[]>`
    insert into press.turn (conference_id, question_id, journalist_id, member, slot, given_at, until)
    values (${other.id}, ${advance!.id}, ${elsewhere.id}, ${elsewhere.member}, 1, now(), now()) returning id`;
  const viewer = world.visitor();
  await viewer.call(postPressJoin, { params: f.slug });

  const kits = [];
  for (const conf of [f, other, { ...f, params: { id: draft.id }, slug: { slug: draft.slug } }]) {
    const kit = kitOf(conf, viewer);
    const whole = await kit.addFile({ kind: 'data', title: 'Data banjir' }, { name: 'banjir.csv', type: 'text/csv', bytes: csv() });
    const begun = await kit.announce(await kit.add({ kind: 'data', title: 'Di jalan' }), { name: 'b.csv', type: 'text/csv', bytes: csv() });
    await kit.setT('2026-11-23T01:00:00Z');
    kits.push({ item: whole.id, name: whole.file?.name ?? '', upload: begun.upload });
  }
  /** One for each who may end it. */
  const spareOf = async (name: string) => {
    const guest = { role: 'narasumber' as const, who: { kind: 'guest' as const, name, institution: 'Yayasan Uji' } };
    const { crew } = await operator.call(postCrew, { params: f.params, body: guest });
    const walkIn = { name, outlet: 'Harian Uji', outletKind: 'cetak' as const, email: `${name.split(' ')[1]}@uji.example` };
    const { registration } = await operator.call(postWalkIn, { params: f.params, body: walkIn });
    return { crew: crew.at(-1)?.id ?? '', journalist: registration.id };
  };
  const [outlet] = await world.sql<{ id: string }[]>`select id from press.outlet where name = 'Radar Uji'`;
  const own: Place = {
    id: f.id,
    slug: f.slug.slug,
    opd: cast.opds.dinsos.id,
    crew: f.crew('jbi').id,
    journalist: accepted.id,
    member: refused.member,
    question,
    given,
    turn,
    ...kits[0]!,
    outlet: outlet!.id,
    spare: { operator: await spareOf('Cadangan Satu'), administrator: await spareOf('Cadangan Dua') },
  };
  const theirs = { crew: other.crew('jbi').id, journalist: elsewhere.id, member: elsewhere.member, question: advance!.id, given: advance!.id, turn: far!.id };
  const clients: Record<string, Client> = {
    viewer,
    refused: refused.client,
    elsewhere: elsewhere.client,
    accepted: accepted.client,
    guest: opensCrewLink(world, f.crew('jbi').link ?? ''),
    speaker: f.narasumber,
    moderator: f.moderator,
    operator,
    stranger: await signIn(world, cast.stafDinkes),
    adminOpd: await signIn(world, cast.adminDinsos),
    administrator: await signIn(world, cast.administrator),
  };
  return {
    world,
    /** Nobody's browser has been here before. */
    client: (caller: string): Client => clients[caller] ?? world.visitor(),
    own,
    mixed: { ...own, ...theirs, ...kits[1]!, spare: {} } satisfies Place as Place,
    draft: { ...own, id: draft.id, slug: draft.slug, ...kits[2]!, crew: draftCrew[0]?.id ?? '', spare: {} } satisfies Place as Place,
  };
}

let s: Awaited<ReturnType<typeof setting>>;
beforeAll(async () => void (s = await setting()), 60_000);
afterAll(async () => s.world.close());

const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`;
const served = (): Endpoint[] => s.world.app.routes.map(({ endpoint }) => endpoint).filter(({ path }) => OURS.test(path));
const byTable = (): Endpoint[] => {
  const known = new Map(served().map((endpoint) => [nameOf(endpoint), endpoint]));
  return Object.keys(TABLE).flatMap((name) => known.get(name) ?? []);
};
const asked = (endpoint: Endpoint): Asked[] => {
  const statuses = (TABLE[nameOf(endpoint)]?.[0] ?? '').split(/[ |]+/).map(Number);
  return CALLERS.map((caller, n) => ({ endpoint, caller, status: statuses[n] ?? 0 }));
};
const everything = (): Asked[] => byTable().flatMap(asked);
const told = ({ endpoint, caller }: Asked, status: number, text = ''): string =>
  `${nameOf(endpoint)} by ${caller}: ${status}${status === 500 ? ` ${text}` : ''}`;

async function send(place: Place, { endpoint, caller }: Asked): Promise<{ status: number; text: string }> {
  const [, body, swap] = TABLE[nameOf(endpoint)] ?? [''];
  const { spare: _, ...at } = { part: '0', ...place, ...swap?.(place, caller) };
  const said = body?.(place, caller);
  return s.client(caller).send(endpoint, { params: at, ...(said && { body: said instanceof Uint8Array ? said : { ...EXTRA, ...said } }) });
}

/** Every table a conference is kept in. */
const kept = () => everyRow(s.world.sql, ['press', 'files', 'rooms', 'mail']);

const ofConference = ({ path }: Endpoint): boolean => path.startsWith('/api/conferences/:id');
const bySlug = ({ path }: Endpoint): boolean => path.includes('/:slug');
const ofPart = ({ path }: Endpoint): boolean => ofConference({ path } as Endpoint) && /:(crew|journalist|question|turn|item|upload|member)\b/.test(path);
const isOperator = ({ caller }: Asked): boolean => caller === 'operator' || caller === 'administrator';

test('every address of the press stands in the table', () => {
  expect(
    served()
      .map(nameOf)
      .filter((name) => !(name in TABLE)),
  ).toEqual([]);
  expect(byTable()).toHaveLength(Object.keys(TABLE).length);
});

test('whoever may not is refused as the table says, and nothing changes by it', { timeout: 120_000 }, async () => {
  const before = await kept();
  const wrong: string[] = [];
  for (const one of everything().filter(({ status }) => status >= 400)) {
    const { status, text } = await send(s.own, one);
    if (status !== one.status) wrong.push(told(one, status, text));
  }
  expect(wrong).toEqual([]);
  expect(await kept()).toEqual(before);
});

test('what belongs to another conference is not in this one, whoever asks, and nothing changes by it', { timeout: 120_000 }, async () => {
  const before = await kept();
  const wrong: string[] = [];
  for (const one of everything().filter(({ endpoint }) => ofPart(endpoint))) {
    const { status, text } = await send(s.mixed, one);
    if (status !== (one.status === 401 || one.status === 403 ? one.status : 404)) wrong.push(told(one, status, text));
  }
  expect(wrong).toEqual([]);
  expect(await kept()).toEqual(before);
});

test('somebody else’s draft answers as a conference that nobody planned', { timeout: 120_000 }, async () => {
  const before = await kept();
  const wrong: string[] = [];
  const nowhere: Place = { ...s.draft, id: randomUUID(), slug: '2026-12-01-tidak-ada', item: randomUUID() };
  const outside = everything().filter(
    (one) => !isOperator(one) && (ofConference(one.endpoint) || bySlug(one.endpoint) || one.endpoint.path.includes('/kit/:item')),
  );
  for (const one of outside) {
    const [there, missing] = [await send(s.draft, one), await send(nowhere, one)];
    if (there.status < 400 || there.status >= 500 || there.status !== missing.status) wrong.push(told(one, there.status, there.text));
    if (one.endpoint.path.startsWith('/api') && there.text !== missing.text) wrong.push(`${told(one, there.status)}: ${there.text} instead of ${missing.text}`);
    // Who has no account, or not the role, is told that; everybody else that there is nothing.
    const expected = ofConference(one.endpoint) && (one.status === 401 || (one.status === 403 && Array.isArray(one.endpoint.who))) ? one.status : 404;
    if (there.status !== expected) wrong.push(told(one, there.status));
  }
  expect(wrong).toEqual([]);
  expect(await kept()).toEqual(before);
});

test('whoever may is answered as the table says, and what nobody asked for is not taken', { timeout: 120_000 }, async () => {
  const wrong: string[] = [];
  for (const one of everything().filter(({ status }) => status < 400)) {
    const { status, text } = await send(s.own, one);
    if (status !== one.status) wrong.push(told(one, status, text));
  }
  for (const one of everything().filter((one) => isOperator(one) && (ofConference(one.endpoint) || bySlug(one.endpoint)))) {
    const { status, text } = await send(s.draft, one);
    if (status >= 500) wrong.push(told(one, status, text));
  }
  expect(wrong).toEqual([]);
  expect([...(await kept())].filter(([, rows]) => /0000dead|2031-03-03|Palsu/.test(rows)).map(([table]) => table)).toEqual([]);
});
