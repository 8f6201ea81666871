// An act that makes a new thing each time is done once for each key of its page: two taps, a retry after a reply that was lost, two portal processes.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp, type App } from '../../server/app.ts';
import { APP_ROLE } from '../../server/platform/app-role.ts';
import { openDatabase, type Sql } from '../../server/platform/database.ts';
import { postGateway } from '../../shared/channels.ts';
import { postCorrectionFile } from '../../shared/corrections.ts';
import type { Endpoint } from '../../shared/endpoint.ts';
import { postFacilities } from '../../shared/facilities.ts';
import { postInvitations, postMeetingNow } from '../../shared/meetings.ts';
import { postOpd, postPosition, postSession } from '../../shared/people.ts';
import { postPlanInvitations } from '../../shared/planning.ts';
import { postConference, postCrew } from '../../shared/press.ts';
import { postKitItem } from '../../shared/press-kit.ts';
import { postHold } from '../../shared/privacy.ts';
import { castWorld, PASSWORD, signIn, type Cast } from '../support/cast.ts';
import { plannedMeeting } from '../support/invited.ts';
import { plannedConference } from '../support/press.ts';
import { PNG } from '../support/correction.ts';
import { HOST, openClient, SECRET, type Client, type World } from '../support/world.ts';

type Given = { params?: Record<string, string>; query?: Record<string, string>; body: unknown };
type Case = { of: Endpoint; client: Client; given: Given; rows: string };
const NOBODY = { people: [], positions: [], units: [], guests: [] };
const GUEST = { ...NOBODY, guests: [{ name: 'Tamu Seratus', institution: 'Yayasan Uji' }] };
const cases: Case[] = [];
let world: World;
let cast: Cast;
let head: Client;
let top: Client;
let operator: Client;
let later: string;
beforeAll(async () => {
  ({ world, cast } = await castWorld());
  const conference = await plannedConference(world, cast);
  ({ operator } = conference);
  [head, top] = [await signIn(world, cast.kepala), await signIn(world, cast.administrator)];
  const bkd = await signIn(world, cast.bkd);
  later = await plannedMeeting(world, cast, { people: [cast.kabid.id] });
  const called = await head.call(postMeetingNow, { body: { title: 'Berjalan', sifat: 'segera', invite: { ...NOBODY, people: [cast.kabid.id] } } });
  const startsAt = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
  const endsAt = new Date(world.clock.now().getTime() + 90_000_000).toISOString();
  const { params } = conference;
  const add = (of: Endpoint, client: Client, given: Given, rows: string): void => void cases.push({ of, client, given, rows });
  add(postMeetingNow, head, { body: meeting('Seratus') }, `select from meetings.meeting where title = 'Seratus'`);
  add(
    postInvitations,
    head,
    { params: { id: called.id }, body: GUEST },
    `select from meetings.invitation where meeting_id = '${called.id}' and person_id is null`,
  );
  add(
    postPlanInvitations,
    head,
    { params: { id: later }, body: { invite: GUEST, scope: 'ini' } },
    `select from meetings.invitation where meeting_id = '${later}' and person_id is null`,
  );
  add(
    postConference,
    operator,
    { body: { title: 'Seratus', summary: 'Uji.', opdId: cast.opds.dinsos.id, startsAt } },
    `select from press.conference where title = 'Seratus'`,
  );
  add(
    postCrew,
    operator,
    { params, body: { role: 'jbi', who: { kind: 'guest', name: 'Tamu Seratus', institution: 'Yayasan Uji' } } },
    `select from press.crew where name = 'Tamu Seratus'`,
  );
  add(postKitItem, operator, { params, body: { kind: 'data', title: 'Seratus' } }, `select from press.kit_item where title = 'Seratus'`);
  add(
    postFacilities,
    head,
    { body: { title: 'Seratus', startsAt, endsAt, note: '', items: [{ kind: 'ruang', count: 1 }] } },
    `select from facilities.request where title = 'Seratus'`,
  );
  add(
    postHold,
    bkd,
    { body: { kind: 'person', target: cast.staf.id, reason: 'Pemeriksaan Seratus', basis: 'SP 1' } },
    `select from privacy.hold where reason = 'Pemeriksaan Seratus'`,
  );
  add(
    postOpd,
    top,
    { body: { parentId: cast.opds.dinsos.id, name: 'Bidang Seratus', abbreviation: 'SRTS', aliases: [], kind: 'bidang', zone: 'Asia/Jakarta' } },
    `select from people.opd where name = 'Bidang Seratus'`,
  );
  add(
    postPosition,
    top,
    { body: { opdId: cast.opds.dinsos.id, title: 'Jabatan Seratus', level: 'staf' } },
    `select from people.position where title = 'Jabatan Seratus'`,
  );
  add(
    postGateway,
    top,
    { body: { name: 'Seratus', channel: 'sms', url: 'https://sms.contoh.example/kirim', enabled: false } },
    `select from calls.gateway where name = 'Seratus'`,
  );
  add(postCorrectionFile, head, { query: { name: 'seratus.png' }, body: PNG }, `select from attendance.correction_file where name like 'seratus%'`);
}, 120_000);
afterAll(() => world.close());

const meeting = (title: string) => ({ title, sifat: 'segera', invite: { ...NOBODY, people: [cast.kabid.id] } });
const post = (client: Client, body: unknown, key?: string) => client.send(postMeetingNow, { body }, key === undefined ? {} : { 'idempotency-key': key });
const called = async (title: string): Promise<number> => (await world.sql`select from meetings.meeting where title = ${title}`).length;
const codeOf = ({ text }: { text: string }): string => (JSON.parse(text) as { error: { code: string } }).error.code;

/** Their second one changes nothing that counts: what they renew, a number that is taken, a plan that is at work. Their own tests say so. */
const ELSEWHERE = [
  'POST /api/meetings/:id/letters',
  'POST /api/opds/:id/assignments',
  'POST /api/opds/:id/reckonings',
  'POST /api/rota/plans/:id/corrections',
  'POST /api/rota/plans/:id/generation',
];

/** Every other address that takes a POST, and why two of the same are not two things. A new one belongs in one of these lists, or heeds a key. */
const NATURAL: Record<string, readonly string[]> = {
  'changes nothing, or only what is known of the caller': [
    '/api/calls/preview',
    '/api/holidays/reading',
    '/api/ledger/check',
    '/api/ledger/root-comparison',
    '/api/lobby',
    '/api/opds/:id/machine/preview',
    '/api/planning/conflicts',
    '/api/planning/times',
    '/api/readiness/bytes',
    '/api/me/calls/seen',
    '/api/me/tasks/seen',
    '/api/me/notices/read',
    '/api/push/rings/:id',
  ],
  'moves one thing to a state it then has; from there it does not move again': [
    '/api/absences/:id/revoke',
    '/api/calls/:id/answer',
    '/api/calls/:id/cancel',
    '/api/captions/:of/:id/confirmation',
    '/api/conferences/:id/cancellation',
    '/api/conferences/:id/kit/uploads/:upload',
    '/api/conferences/:id/members/:member/removal',
    '/api/conferences/:id/questions/:question/answer',
    '/api/conferences/:id/questions/:question/floor',
    '/api/conferences/:id/questions/:question/move',
    '/api/conferences/:id/questions/:question/screening',
    '/api/conferences/:id/registrations/:journalist/decision',
    '/api/conferences/:id/state',
    '/api/conferences/:id/thanks',
    '/api/conferences/:id/turns/:turn/follow-up',
    '/api/conferences/:id/turns/:turn/release',
    '/api/corrections/:id/decision',
    '/api/corrections/:id/withdrawal',
    '/api/exports/:id/again',
    '/api/exports/:id/rejections',
    '/api/exports/:id/rejections.csv',
    '/api/exports/:id/sent',
    '/api/facilities/:id/cancel',
    '/api/facilities/:id/decisions',
    '/api/function-groups/:id/end',
    '/api/holdings/:id/end',
    '/api/meetings/:id/attendance/final',
    '/api/meetings/:id/cancellation',
    '/api/meetings/:id/decisions/:decision/confirmation',
    '/api/meetings/:id/decisions/:decision/reading',
    '/api/meetings/:id/decisions/:decision/revocation',
    '/api/meetings/:id/disposisi/:disposisi/return',
    '/api/meetings/:id/end',
    '/api/meetings/:id/letters/:letter/withdrawal',
    '/api/meetings/:id/lobby/decisions',
    '/api/meetings/:id/members/:member/removal',
    '/api/meetings/:id/microphone',
    '/api/meetings/:id/minutes/approval',
    '/api/meetings/:id/minutes/correction',
    '/api/meetings/:id/minutes/proposals/:proposal/ruling',
    '/api/meetings/:id/mute',
    '/api/meetings/:id/polls/:poll/closing',
    '/api/meetings/:id/polls/:poll/opening',
    '/api/meetings/:id/start',
    '/api/meetings/:id/takeover',
    '/api/meetings/:id/turns',
    '/api/opds/:id/confirmation',
    '/api/opds/:id/confirmations',
    '/api/opds/:id/hours/withdrawals',
    '/api/opds/:id/machine/decisions',
    '/api/opds/:id/machine/imports/:importId/withdrawal',
    '/api/outlets/:id/merge',
    '/api/people/:id/disabled',
    '/api/people/:id/factors/away',
    '/api/policies/:id/end',
    '/api/press/:slug/floor/return',
    '/api/press/:slug/leave',
    '/api/press/:slug/questions/:question/raise',
    '/api/retention/holds/:id/lift',
    '/api/rota/generations/:id/end',
    '/api/rota/generations/:id/taken',
    '/api/rota/swaps/:id/steps',
    '/api/tasks/:id/cancel',
    '/api/tasks/:id/done',
  ],
  'names each thing it makes by a key of its own': ['/api/captions/:of/:id/lines'],
  'names the version, the place or the round it goes on from': [
    '/api/meetings/:id/roll-call',
    '/api/rota/plans/:id/fill',
    '/api/rota/plans/:id/steps',
    '/api/calls/:id/callees/:callee/again',
    '/api/calls/:id/seats/:seat/next',
  ],
  'the thing itself is unique, or the open one of its kind is answered': [
    '/api/calls/groups',
    '/api/conferences/:id/kit/items/:item/file',
    '/api/conferences/:id/registrations',
    '/api/corrections',
    '/api/facility-things',
    '/api/factors/passkeys',
    '/api/join',
    '/api/letter-classifications/import',
    '/api/link-asks',
    '/api/lobby/knocks',
    '/api/mandates',
    '/api/meetings/:id/answers/remind',
    '/api/meetings/:id/disposisi',
    '/api/meetings/:id/materials',
    '/api/opds/:id/absences',
    '/api/opds/:id/exports',
    '/api/opds/:id/function-groups',
    '/api/opds/:id/machine/imports',
    '/api/opds/:id/rota',
    '/api/people',
    '/api/people/import',
    '/api/positions/:id/holdings',
    '/api/press/:slug/join',
    '/api/push/devices',
    '/api/rota/swaps',
    '/api/setup',
  ],
  'renews: the newest counts and the one before is dead': [
    '/api/conferences/:id/crew/:crew/link',
    '/api/factors/recovery-codes',
    '/api/factors/totp',
    '/api/gateways/:id/secret',
    '/api/journalists/:id/pass',
    '/api/me/calendar-feed',
    '/api/meetings/:id/invitations/:invitation/link',
    '/api/meetings/:id/lobby/link',
    '/api/people/:id/password',
  ],
  'a proof or a ticket, short-lived, as often as it is asked for': [
    '/api/factors/passkeys/start',
    '/api/factors/totp/confirm',
    '/api/me/fresh',
    '/api/me/fresh/passkey',
    '/api/me/fresh/passkey/start',
    '/api/meetings/:id/ticket',
    '/api/press/:slug/ticket',
    '/api/press/pass',
    '/api/readiness/ticket',
    '/api/session',
    '/api/session/code',
    '/api/session/oidc',
    '/api/session/oidc/start',
    '/api/session/passkey',
    '/api/session/passkey/start',
    '/api/session/password',
    '/api/session/step/passkey',
    '/api/session/step/passkey/start',
  ],
  'a trial, or a letter of few words that is held to some in an hour': [
    '/api/gateways/:id/trial',
    '/api/mail/trial',
    '/api/press/pass/mail',
    '/api/push/devices/:id/trial',
  ],
  'of machines, which name what they tell': ['/api/gateways/:id/reports', '/api/livekit/webhook'],
  'announces a file that is nobody’s until it is used; five at once of one member, swept after an hour': ['/api/meetings/:id/uploads'],
};

test('each address that takes a POST has a key, heeds one, or needs none', () => {
  const reasons = new Set(Object.values(NATURAL).flat());
  const left = world.app.routes
    .map(({ endpoint }) => endpoint)
    .filter(({ method, once, body }) => method === 'POST' && !once && !('key' in ((body as { shape?: object } | undefined)?.shape ?? {})))
    .map(({ path }) => path);
  expect({ unexplained: left.filter((path) => !reasons.has(path)), gone: [...reasons].filter((path) => !left.includes(path)) }).toEqual({
    unexplained: [],
    gone: [],
  });
});

test('each address that heeds a key stands here, and is for somebody with an account', () => {
  const heeding = world.app.routes.map(({ endpoint }) => endpoint).filter(({ once }) => once);
  const here = cases.map(({ of }) => of.path);
  expect(heeding.filter(({ method, path }) => !here.includes(path) && !ELSEWHERE.includes(`${method} ${path}`))).toEqual([]);
  expect(heeding.filter(({ who }) => who === 'anyone' || who === 'visitor' || who === 'member')).toEqual([]);
});

test('a hundred at the same moment under one key are one, and all are answered alike', { timeout: 240_000 }, async () => {
  const found: unknown[] = [];
  for (const { of, client, given, rows } of cases) {
    const before = (await world.sql.unsafe(rows)).length;
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 100 }, () => client.send(of, given as never, { 'idempotency-key': key })));
    found.push([
      of.path,
      (await world.sql.unsafe(rows)).length - before,
      new Set(answers.map(({ status, text }) => `${status} ${text}`)).size,
      answers[0]!.status,
    ]);
  }
  expect(found).toEqual(cases.map(({ of }) => [of.path, 1, 1, 200]));
});

test('without a key, or under another one, it is another act', async () => {
  for (const key of [undefined, undefined, randomUUID(), randomUUID()]) expect((await post(head, meeting('Lagi'), key)).status).toBe(200);
  expect(await called('Lagi')).toBe(4);
});

test('a reply that was lost on the way comes again, a day long', async () => {
  const key = randomUUID();
  const lost = await post(head, meeting('Hilang'), key);
  world.clock.advance(86_000_000);
  head = await signIn(world, cast.kepala);
  await world.app.once.sweep();
  expect((await post(head, meeting('Hilang'), key)).text).toBe(lost.text);
  expect(await called('Hilang')).toBe(1);
  world.clock.advance(500_000);
  await world.app.once.sweep();
  expect(await world.sql`select from once.act where key = ${key}`).toHaveLength(0);
});

test('another act under the same key is refused by name, whichever part of it is another', async () => {
  const key = randomUUID();
  const [one, other] = [randomUUID(), randomUUID()];
  expect((await post(head, meeting('Satu'), key)).status).toBe(200);
  const answer = await post(head, meeting('Dua'), key);
  expect([answer.status, codeOf(answer)]).toEqual([422, 'once.other_act']);
  expect(await called('Dua')).toBe(0);
  const file = (name: string, body: Buffer, under: string) => head.send(postCorrectionFile, { query: { name }, body }, { 'idempotency-key': under });
  expect((await file('a.png', PNG, one)).status).toBe(200);
  expect((await file('b.png', PNG, one)).status).toBe(422);
  expect((await file('a.png', Buffer.concat([PNG, PNG]), one)).status).toBe(422);
  expect((await file('a.png', PNG, other)).status).toBe(200);
});

test('a key of somebody else is nobody’s', async () => {
  const key = randomUUID();
  const second = await signIn(world, cast.kepalaDinkes);
  const answers = [await post(head, meeting('Bersama'), key), await post(second, meeting('Bersama'), key)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[0]!.text).not.toBe(answers[1]!.text);
  expect(await called('Bersama')).toBe(2);
});

test('what was refused was not done: the same key tries it anew', async () => {
  const key = randomUUID();
  const nobody = { ...meeting('Nanti'), invite: NOBODY };
  expect((await post(head, nobody, key)).status).toBeGreaterThanOrEqual(400);
  expect((await post(head, meeting('Nanti'), key)).status).toBe(200);
  for (const bad of ['pendek', 'x'.repeat(101), 'dengan spasi di dalam']) expect(codeOf(await post(head, meeting('Buruk'), bad))).toBe('input.invalid');
});

test('a portal that ended between the act and its reply says so, and does not do it again', async () => {
  const key = randomUUID();
  await post(head, meeting('Putus'), key);
  await world.sql`update once.act set reply = null where key = ${key}`;
  world.clock.advance(60_000);
  const answer = await post(head, meeting('Putus'), key);
  expect([answer.status, codeOf(answer), await called('Putus')]).toEqual([409, 'once.done', 1]);
});

test('a reply rests sealed: a stolen database holds no link of a guest', async () => {
  const key = randomUUID();
  const { id } = JSON.parse((await post(head, meeting('Tersegel'))).text) as { id: string };
  const { text } = await head.send(postInvitations, { params: { id }, body: GUEST }, { 'idempotency-key': key });
  expect(text).toContain('#');
  const [kept] = await world.sql<{ reply: string }[]>`select reply from once.act where key = ${key}`;
  expect(kept!.reply).toMatch(/^[\w-]+$/);
});

test('two portal processes on one database do it once, and both answer it', async () => {
  const sql: Sql = openDatabase(world.databaseUrl, { role: APP_ROLE });
  const settings = { media: null, secret: SECRET, origin: null, listenUrl: `http://${HOST}`, secure: false, trustProxy: false, logger: false };
  const beside: App = await buildApp({ ...settings, sql, clock: world.clock });
  try {
    const there = openClient(beside, `http://${HOST}`);
    await there.call(postSession, { body: { login: cast.kepala.nip, password: PASSWORD } });
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => post(n % 2 === 0 ? head : there, meeting('Dua proses'), key)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect([answers[0]!.status, await called('Dua proses')]).toEqual([200, 1]);
  } finally {
    await beside.close();
    await sql.end();
  }
});
