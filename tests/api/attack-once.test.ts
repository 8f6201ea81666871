// The same thing sent a hundred times at the same moment is there once, whoever made the browser send it: a tap, a retry, a script.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postCall, postGroup, postMandate } from '../../shared/calls.ts';
import { postChat } from '../../shared/chat.ts';
import type { CallOf, Endpoint } from '../../shared/endpoint.ts';
import { postThing } from '../../shared/facilities.ts';
import { postOwnDay, postSchedule } from '../../shared/hours.ts';
import { postDisposisi } from '../../shared/invitations.ts';
import { postKnock, putLobbySetting } from '../../shared/lobby.ts';
import { postHolding, postPerson } from '../../shared/people.ts';
import { postMeeting } from '../../shared/planning.ts';
import { postFunctionGroup, postPolicy } from '../../shared/policies.ts';
import { postPoll } from '../../shared/polls.ts';
import { getRegistration, postRegistration } from '../../shared/press-desk.ts';
import { postQuestion } from '../../shared/press-floor.ts';
import { postDecision } from '../../shared/proceedings.ts';
import { postAbsence, postRota } from '../../shared/rota.ts';
import { nipOf, signIn } from '../support/cast.ts';
import { plannedMeeting } from '../support/invited.ts';
import { calledMeeting } from '../support/meeting.ts';
import { pressFloor } from '../support/press-floor.ts';
import { registrationOf } from '../support/press.ts';
import type { Client, World } from '../support/world.ts';

/** Votes and questions are what somebody gains by; of the others a quarter is enough. */
const TIMES = 100;
const CONTESTED: readonly Endpoint[] = [postPoll, postQuestion, postRegistration, postPerson];
const NOBODY = { people: [], positions: [], units: [], guests: [] };
const [KEY, TODAY] = [randomUUID(), '2026-11-23'];
/** Sends it once; `rows`: how many there are of it. `refused`: what the others may be told. */
type Case = { of: Endpoint; world: World; sends: () => Promise<{ status: number; text: string }>; rows: () => Promise<number>; refused: readonly string[] };
const cases = new Map<string, Case>();
const worlds: World[] = [];

beforeAll(async () => {
  const [m, p] = [await calledMeeting((c) => ({ people: [c.kabid.id, c.staf.id] })), await pressFloor()];
  worlds.push(m.world, p.world);
  const { cast, id, chair } = m;
  const opd = { id: cast.opds.dinsos.id };
  const [admin, bkd, operator, top] = [
    await signIn(m.world, cast.adminDinsos),
    await signIn(m.world, cast.bkd),
    await signIn(m.world, cast.operator),
    await signIn(m.world, cast.administrator),
  ];
  const later = await plannedMeeting(m.world, cast, { positions: [cast.kepalaDinkes.positionId!] });
  const knocked = await plannedMeeting(m.world, cast, { people: [cast.kabid.id] }, { title: 'Lobi' });
  await chair.call(putLobbySetting, {
    params: { id: knocked },
    body: { staff: true, guests: true, showTitle: false, opens: 'pimpinan', minutesBefore: 0 },
  });
  const sari = await p.inside('Sari Pena', 'Radar Uji');
  const browser = p.world.visitor();
  await browser.call(getRegistration, { params: p.slug });

  const add = <const E extends Endpoint>(
    world: World,
    client: Client,
    endpoint: E,
    given: CallOf<E>,
    count: (sql: World['sql']) => Promise<readonly unknown[]>,
    refused: readonly string[] = [],
  ): void =>
    void cases.set(`${endpoint.method} ${endpoint.path}`, {
      of: endpoint,
      world,
      refused,
      sends: () => client.send(endpoint, given as never),
      rows: async () => (await count(world.sql)).length,
    });
  const half = {
    id: null,
    rule: { kind: 'batas_hadir' as const, percent: 50, countedIn: 'opd' as const },
    scope: { units: [], functions: [] },
    basis: 'angka 3',
  };
  const startsAt = new Date(m.world.clock.now().getTime() + 86_400_000).toISOString();
  const endsAt = new Date(m.world.clock.now().getTime() + 90_000_000).toISOString();
  const invite = { ...NOBODY, people: [cast.kabid.id] };
  add(
    m.world,
    chair,
    postMeeting,
    { body: { title: 'Seratus kali', sifat: 'biasa', place: 'Daring', startsAt, endsAt, invite, key: KEY } },
    (sql) => sql`
    select from meetings.meeting where title = 'Seratus kali'`,
  );
  add(
    m.world,
    chair,
    postChat,
    { params: id, body: { text: 'Seratus kali', key: KEY } },
    (sql) => sql`select from room_record.chat where text = 'Seratus kali'`,
    ['limit.reached'],
  );
  add(
    m.world,
    chair,
    postDecision,
    { params: id, body: { key: KEY, text: 'Seratus kali', basis: 'Perwali 1/2026', positionId: cast.kepala.positionId!, dueOn: '2026-12-01' } },
    (sql) => sql`
    select from proceedings.decision where text = 'Seratus kali'`,
  );
  add(
    m.world,
    chair,
    postPoll,
    { params: id, body: { key: KEY, kind: 'jajak', question: 'Seratus kali?', choices: ['Ya', 'Tidak'], open: true } },
    (sql) => sql`
    select from room_record.poll where question = 'Seratus kali?'`,
  );
  const hours = { from: '07:30', to: '16:00', breakMinutes: 30 };
  const week = [hours, hours, hours, hours, hours, null, null];
  add(
    m.world,
    admin,
    postSchedule,
    { params: opd, body: { key: KEY, unitId: opd.id, kind: 'biasa', title: 'Seratus kali', from: '2026-12-01', week, basis: 'Perwali 1/2026' } },
    (sql) => sql`
    select from hours.schedule where title = 'Seratus kali'`,
  );
  add(
    m.world,
    admin,
    postOwnDay,
    { params: opd, body: { key: KEY, unitId: opd.id, day: '2026-12-08', kind: 'libur', name: 'Seratus kali', basis: 'SE 1' } },
    (sql) => sql`
    select from hours.own_day where name = 'Seratus kali'`,
  );
  add(
    m.world,
    bkd,
    postPolicy,
    {
      body: {
        key: KEY,
        opdId: null,
        policy: { number: '1/2026', date: TODAY, issuer: 'Wali Kota', title: 'Seratus kali', from: '2026-12-01', until: null, rules: [half] },
      },
    },
    (sql) => sql`
    select from policies.policy where id = ${KEY}`,
  );
  add(
    m.world,
    chair,
    postCall,
    { body: { key: KEY, subject: 'Seratus kali', sifat: 'segera', whom: { people: [cast.kabid.id] } } },
    (sql) => sql`
    select from calls.call where subject = 'Seratus kali'`,
  );
  add(
    p.world,
    sari.client,
    postQuestion,
    { params: p.slug, body: { topic: 'Seratus kali', text: 'Mengapa?', key: KEY } },
    (sql) => sql`
    select from press.question where topic = 'Seratus kali'`,
    ['limit.reached'],
  );
  add(
    p.world,
    browser,
    postRegistration,
    { params: p.slug, body: { ...registrationOf({ name: 'Seratus Kali', outlet: 'Radar Uji' }), key: KEY } },
    (sql) => sql`
    select from press.journalist where email_key like 'seratus%'`,
    ['limit.reached'],
  );
  // Without a key: the thing itself is one.
  add(
    m.world,
    admin,
    postPerson,
    { body: { name: 'Seratus Kali', nip: nipOf(90), email: null, phone: null, opdId: opd.id } },
    (sql) => sql`
    select from people.person where name = 'Seratus Kali'`,
    ['person.duplicate'],
  );
  add(
    m.world,
    top,
    postHolding,
    { params: { id: cast.kepalaDinkes.positionId! }, body: { personId: cast.stafDinkes.id, kind: 'plh', from: TODAY, until: TODAY, basis: 'SP 1' } },
    (sql) => sql`
    select from people.holding where kind = 'plh'`,
    ['holding.overlap'],
  );
  add(
    m.world,
    chair,
    postGroup,
    { body: { name: 'Seratus kali', choice: { people: [cast.kabid.id], positions: [], units: [] } } },
    (sql) => sql`
    select from calls.saved_group where removed_at is null`,
  );
  add(m.world, chair, postMandate, { body: { holderId: cast.kabid.id, from: TODAY, until: null, basis: 'ST 1' } }, (sql) => sql`select from calls.mandate`, [
    'mandate.exists',
  ]);
  add(m.world, operator, postThing, { body: { kind: 'ruang', name: 'Seratus kali' } }, (sql) => sql`select from facilities.thing where name = 'Seratus kali'`, [
    'facility.name_taken',
  ]);
  add(
    m.world,
    admin,
    postFunctionGroup,
    { params: opd, body: { personIds: [cast.staf.id], name: 'Seratus kali', from: TODAY, basis: 'SK 1' } },
    (sql) => sql`
    select from policies.membership`,
  );
  add(m.world, admin, postRota, { params: opd, body: { month: '2027-01' } }, (sql) => sql`select from rota.plan`);
  add(
    m.world,
    admin,
    postAbsence,
    { params: opd, body: { personId: cast.staf.id, code: 'CUTI', from: '2026-12-07', until: '2026-12-08', basis: 'Surat cuti' } },
    (sql) => sql`
    select from rota.absence`,
    ['rota.absence_overlaps'],
  );
  add(
    m.world,
    await signIn(m.world, cast.kepalaDinkes),
    postDisposisi,
    { params: { id: later }, body: { to: cast.stafDinkes.id, instruction: 'Wakili' } },
    (sql) => sql`
    select from invitations.disposisi`,
    ['disposisi.already', 'answer.delegated', 'disposisi.not_yours'],
  );
  add(m.world, await signIn(m.world, cast.stafDinkes), postKnock, { body: { meetingId: knocked } }, (sql) => sql`select from lobby.knock`, ['limit.reached']);
});
afterAll(async () => void (await Promise.all(worlds.map((world) => world.close()))));

/** Tried where the world for it is built. */
const ELSEWHERE = ['POST /api/meetings/:id/minutes/proposals'];

test('each address that takes a key stands here', () => {
  const keyed = worlds[0]!.app.routes
    .map(({ endpoint }) => endpoint)
    .filter(({ method, body }) => method === 'POST' && body !== undefined && 'key' in ((body as { shape?: object }).shape ?? {}))
    .map(({ method, path }) => `${method} ${path}`);
  expect(keyed.filter((name) => !cases.has(name) && !ELSEWHERE.includes(name))).toEqual([]);
  expect(keyed.length).toBeGreaterThan(8);
});

test('a hundred at the same moment are one, and nobody is told that something broke', { timeout: 240_000 }, async () => {
  const found: unknown[] = [];
  for (const [name, { of, sends, rows, refused }] of cases) {
    const before = await rows();
    const answers = await Promise.all(Array.from({ length: CONTESTED.includes(of) ? TIMES : TIMES / 4 }, () => sends()));
    const told = new Map<string, number>();
    for (const { status, text } of answers) {
      const code =
        status < 300
          ? 'done'
          : `${status} ${(JSON.parse(text) as { error: { code: string; fields?: unknown } }).error.code} ${status === 400 ? text : ''}`.trim();
      told.set(code, (told.get(code) ?? 0) + 1);
    }
    const others = [...told.keys()].filter((code) => code !== 'done' && !refused.some((one) => code.endsWith(one)));
    found.push([name, (await rows()) - before, others, told.has('done')]);
  }
  expect(found).toEqual([...cases.keys()].map((name) => [name, 1, [], true]));
});
