import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BodyOf } from '../../shared/endpoint.ts';
import {
  deleteThing,
  getFacilities,
  getFacilityWeek,
  getThings,
  postFacilities,
  postFacilityCancel,
  postFacilityDecision,
  postThing,
  putThing,
  type FacilityRequest,
} from '../../shared/facilities.ts';
import { portalItself } from '../../server/people/index.ts';
import { postCancellation } from '../../shared/press.ts';
import { castWorld, refusalIn, signIn, type Cast } from '../support/cast.ts';
import { plannedConference } from '../support/press.ts';
import type { Client, World } from '../support/world.ts';

const NOBODY = { people: [], positions: [], units: [], guests: [] };
let world: World;
let cast: Cast;
let head: Client;
let operator: Client;
let aula: string;
let signer: string;
let day = 1;
beforeAll(async () => {
  ({ world, cast } = await castWorld());
  [head, operator] = [await signIn(world, cast.kepala), await signIn(world, cast.operator)];
  aula = (await operator.call(postThing, { body: { kind: 'ruang', name: 'Command Center', detail: '40 kursi' } })).find((t) => t.kind === 'ruang')!.id;
  signer = (await operator.call(postThing, { body: { kind: 'jbi', name: 'Nur Isyarat', detail: 'Gerkatin' } })).find((t) => t.kind === 'jbi')!.id;
});
afterAll(() => world.close());

/** Another day each time, so that tests do not meet: 09.00–11.00 WIB. */
const nextDay = () => {
  day += 1;
  const date = `2026-12-${String(day).padStart(2, '0')}`;
  return { startsAt: `${date}T02:00:00.000Z`, endsAt: `${date}T04:00:00.000Z`, date };
};
const asks = (body: Partial<BodyOf<typeof postFacilities>> & Pick<BodyOf<typeof postFacilities>, 'items'>, client = head): Promise<FacilityRequest> =>
  client.call(postFacilities, { body: { note: '', ...body } });
const gives = (request: FacilityRequest, given: Record<number, string | null>, client = operator): Promise<FacilityRequest> =>
  client.call(postFacilityDecision, {
    params: { id: request.id },
    body: { items: Object.entries(given).map(([n, one]) => ({ id: request.items[Number(n)]!.id, state: 'disetujui' as const, given: one, note: null })) },
  });
const plan = (at: { startsAt: string; endsAt: string }): Promise<string> =>
  world.app.sql.begin((tx) =>
    world.app.meetings.plan(tx, cast.kepala.id, {
      title: 'Rapat banjir',
      sifat: 'biasa',
      place: 'Aula',
      startsAt: new Date(at.startsAt),
      endsAt: new Date(at.endsAt),
      invite: { ...NOBODY, people: [cast.staf.id] },
    }),
  );
const chair = () => ({ id: cast.kepala.id, name: cast.kepala.name, sessionId: '', roles: [], opdId: cast.opds.dinsos.id, managesOpds: [] });
const noticesOf = async (personId: string): Promise<string[]> =>
  (
    await world.sql<
      { title: string }[]
    >`select words->'id'->>'title' as title from notifications.notice where person_id = ${personId} and kind = 'fasilitas' order by at, id`
  ).map((n) => n.title);

test('an OPD asks for several things at once; operators hear of it, grant a part, and say why not the rest', async () => {
  const at = nextDay();
  const asked = await asks({
    title: 'Lokakarya data',
    ...at,
    note: 'Butuh proyektor',
    items: [
      { kind: 'ruang', count: 1 },
      { kind: 'operator', count: 2 },
      { kind: 'jbi', count: 1 },
      { kind: 'siaran', count: 1 },
    ],
  });
  expect(asked).toMatchObject({ state: 'menunggu', opdName: 'Dinas Sosial', may: { decide: false, cancel: true } });
  expect(asked.items.map((i) => i.kind)).toEqual(['ruang', 'operator', 'operator', 'jbi', 'siaran']);
  expect(await noticesOf(cast.operator.id)).toContain('Permintaan fasilitas baru');

  const part = await gives(asked, { 0: aula, 1: cast.operator.id, 3: signer });
  expect(part.state).toBe('menunggu');
  expect(part.items[0]).toMatchObject({ state: 'disetujui', given: { id: aula, name: 'Command Center' } });
  const done = await operator.call(postFacilityDecision, {
    params: { id: asked.id },
    body: {
      items: [
        { id: asked.items[2]!.id, state: 'ditolak', note: 'Hanya ada satu operator' },
        { id: asked.items[4]!.id, state: 'disetujui', given: null, note: 'Kanal kota' },
      ],
    },
  });
  expect(done.state).toBe('sebagian');
  const [mine] = (await head.call(getFacilities, {})).requests.filter((q) => q.id === asked.id);
  expect(mine?.items[2]).toMatchObject({ state: 'ditolak', note: 'Hanya ada satu operator' });
  expect(await noticesOf(cast.kepala.id)).toContain('Permintaan fasilitas disetujui sebagian');
});

test('a room, an interpreter and an operator are in one place at a time; whoever has it is named', async () => {
  const at = nextDay();
  const first = await asks({
    title: 'Pelatihan',
    ...at,
    items: [
      { kind: 'ruang', count: 1 },
      { kind: 'operator', count: 1 },
    ],
  });
  await gives(first, { 0: aula, 1: cast.operator.id });
  const later = { startsAt: `${at.date}T03:30:00.000Z`, endsAt: `${at.date}T05:00:00.000Z` };
  const second = await asks({
    title: 'Rapat lain',
    ...later,
    items: [
      { kind: 'ruang', count: 1 },
      { kind: 'operator', count: 1 },
    ],
  });
  const no = await refusalIn(gives(second, { 0: aula }));
  expect(no).toMatchObject({
    code: 'facility.taken',
    values: { name: 'Command Center', title: 'Pelatihan', opd: 'Dinas Sosial' },
    fields: [{ path: 'items.0.given' }],
  });
  expect(no.message).toContain('09.00–11.00 WIB');
  expect((await refusalIn(gives(second, { 1: cast.operator.id }))).values?.['name']).toBe(cast.operator.name);
  // The end of one is the beginning of the next.
  const after = await asks({ title: 'Sesudahnya', startsAt: at.endsAt, endsAt: `${at.date}T06:00:00.000Z`, items: [{ kind: 'ruang', count: 1 }] });
  expect((await gives(after, { 0: aula })).state).toBe('disetujui');
});

test('two operators give the same room at the same instant: one does, the other is told who was first', async () => {
  await world.app.people.grantRoles(portalItself, cast.stafKantor.id, [{ role: 'operator_dkis', opdId: null }]);
  const other = await signIn(world, cast.stafKantor);
  const at = nextDay();
  const [one, two] = await Promise.all(['Satu', 'Dua'].map((title) => asks({ title, ...at, items: [{ kind: 'ruang', count: 1 }] })));
  const outcomes = await Promise.allSettled([gives(one!, { 0: aula }), gives(two!, { 0: aula }, other)]);
  expect(outcomes.map((o) => o.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const lost = outcomes.find((o) => o.status === 'rejected') as PromiseRejectedResult;
  expect(lost.reason).toMatchObject({ code: 'facility.taken' });
  await expect(
    world.sql`update facilities.item set state = 'disetujui', thing_id = ${aula} where request_id in (${one!.id}, ${two!.id})`,
  ).rejects.toMatchObject({ code: '23P01' });
});

test('asked for a meeting it follows the meeting: moved it is asked again, called off it is over', async () => {
  const [at, to] = [nextDay(), nextDay()];
  const meetingId = await plan(at);
  const asked = await asks({
    meetingId,
    items: [
      { kind: 'ruang', count: 1 },
      { kind: 'operator', count: 1, startsAt: `${at.date}T01:00:00.000Z`, endsAt: at.endsAt },
    ],
  });
  expect(asked).toMatchObject({ title: 'Rapat banjir', startsAt: at.startsAt, endsAt: at.endsAt, meetingId });
  await gives(asked, { 0: aula, 1: cast.operator.id });
  await world.app.sql.begin((tx) =>
    world.app.meetings.change(
      tx,
      chair(),
      meetingId,
      { title: 'Rapat banjir besar', startsAt: new Date(to.startsAt), endsAt: new Date(to.endsAt) },
      { reason: null },
    ),
  );
  const moved = (await head.call(getFacilities, { query: { meeting: meetingId } })).requests[0]!;
  expect(moved).toMatchObject({ title: 'Rapat banjir besar', state: 'menunggu', startsAt: to.startsAt });
  expect(moved.items.map((i) => [i.startsAt, i.state, i.given?.name])).toEqual([
    [to.startsAt, 'menunggu', 'Command Center'],
    [`${to.date}T01:00:00.000Z`, 'menunggu', cast.operator.name],
  ]);
  expect(await noticesOf(cast.operator.id)).toContain('Acara pindah waktu: fasilitas diminta ulang');
  // The former time is free again.
  expect((await gives(await asks({ title: 'Di waktu lama', ...at, items: [{ kind: 'ruang', count: 1 }] }), { 0: aula })).state).toBe('disetujui');

  await world.app.sql.begin((tx) => world.app.meetings.cancel(tx, chair(), meetingId, 'Tidak jadi'));
  const [over] = (await head.call(getFacilities, { query: { meeting: meetingId } })).requests;
  expect(over).toMatchObject({ state: 'dibatalkan', may: { cancel: false } });
  expect((await refusalIn(asks({ meetingId, items: [{ kind: 'ruang', count: 1 }] }))).code).toBe('facility.over');
});

test('what is withdrawn is free again, and withdrawing twice is withdrawing once', async () => {
  const at = nextDay();
  const asked = await asks({ title: 'Batal', ...at, items: [{ kind: 'ruang', count: 1 }] });
  await gives(asked, { 0: aula });
  const params = { id: asked.id };
  expect((await head.call(postFacilityCancel, { params })).state).toBe('dibatalkan');
  expect((await head.call(postFacilityCancel, { params })).state).toBe('dibatalkan');
  expect((await refusalIn(gives(asked, { 0: aula }))).code).toBe('facility.over');
  expect((await gives(await asks({ title: 'Ganti', ...at, items: [{ kind: 'ruang', count: 1 }] }), { 0: aula })).state).toBe('disetujui');
});

test('operators see a week of everything by room and person, what waits too; calendars get the same', async () => {
  const at = nextDay();
  const granted = await asks({ title: 'Sudah', ...at, items: [{ kind: 'ruang', count: 1 }] });
  await gives(granted, { 0: aula });
  const waiting = await asks({ title: 'Menunggu', ...at, items: [{ kind: 'jbi', count: 1 }] });
  const week = await operator.call(getFacilityWeek, { query: { from: at.date } });
  expect(week.days).toHaveLength(7);
  expect(week.things.map((t) => t.name)).toEqual(['Command Center', 'Nur Isyarat']);
  expect(week.operators.map((o) => o.name)).toContain(cast.operator.name);
  const entry = (id: string) => week.entries.find((e) => e.requestId === id);
  expect(entry(granted.id)).toMatchObject({ given: { name: 'Command Center' }, state: 'disetujui' });
  expect(entry(waiting.id)).toMatchObject({ given: null, state: 'menunggu', kind: 'jbi' });
  const calendar = await world.app.facilities.calendarEntries(world.app.sql, { from: new Date(at.startsAt), to: new Date(at.endsAt) });
  expect(calendar.map((e) => [e.title, e.place, e.state]).toSorted()).toEqual([
    ['Menunggu', null, 'draft'],
    ['Sudah', 'Command Center', 'terjadwal'],
  ]);
});

test('who may ask, see and decide', async () => {
  const at = nextDay();
  const items = [{ kind: 'ruang' as const, count: 1 }];
  const [staff, wahyu] = [await signIn(world, cast.staf), await signIn(world, cast.kepalaDinkes)];
  expect((await refusalIn(asks({ title: 'x', ...at, items }, staff))).code).toBe('role.missing');
  const meetingId = await plan(at);
  expect((await refusalIn(asks({ meetingId, items }, staff))).code).toBe('meeting.not_preparer');
  expect((await refusalIn(asks({ meetingId, items }, wahyu))).code).toBe('not_found');
  expect((await refusalIn(asks({ meetingId: randomUUID(), items }))).code).toBe('not_found');
  expect((await refusalIn(asks({ conferenceId: randomUUID(), items }))).code).toBe('not_found');
  const asked = await asks({ title: 'Milik Dinsos', ...at, items });
  expect((await wahyu.call(getFacilities, {})).requests).toEqual([]);
  expect((await refusalIn(wahyu.call(postFacilityCancel, { params: { id: asked.id } }))).code).toBe('not_found');
  expect((await refusalIn(gives(asked, { 0: aula }, head))).code).toBe('role.missing');
  expect((await refusalIn(head.call(getFacilityWeek, {}))).code).toBe('role.missing');
  expect(
    (await refusalIn(operator.call(postFacilityDecision, { params: { id: asked.id }, body: { items: [{ id: randomUUID(), state: 'ditolak', note: 'x' }] } })))
      .code,
  ).toBe('not_found');
});

test('what cannot be is refused with the field and the way out', async () => {
  const at = nextDay();
  const items = [{ kind: 'ruang' as const, count: 1 }];
  expect((await refusalIn(asks({ items }))).fields?.map((f) => f.path)).toEqual(['title', 'startsAt', 'endsAt']);
  expect((await refusalIn(asks({ title: 'x', startsAt: at.endsAt, endsAt: at.startsAt, items }))).code).toBe('facility.times');
  expect((await refusalIn(asks({ title: 'x', startsAt: '2026-11-20T02:00:00Z', endsAt: '2026-11-20T04:00:00Z', items }))).code).toBe('facility.over');
  expect(
    (
      await refusalIn(
        asks({
          title: 'x',
          ...at,
          items: [
            { kind: 'ruang', count: 10 },
            { kind: 'jbi', count: 10 },
            { kind: 'operator', count: 1 },
          ],
        }),
      )
    ).code,
  ).toBe('facility.too_many');
  const asked = await asks({
    title: 'x',
    ...at,
    items: [
      { kind: 'ruang', count: 1 },
      { kind: 'operator', count: 1 },
    ],
  });
  expect((await refusalIn(gives(asked, { 0: null }))).fields).toEqual([{ path: 'items.0.given', message: 'pilih ruang' }]);
  expect((await refusalIn(gives(asked, { 0: signer }))).fields?.[0]?.message).toBe('bukan ruang yang tersedia');
  expect((await refusalIn(gives(asked, { 1: cast.staf.id }))).fields?.[0]?.message).toBe('bukan operator DKIS');
});

test('the list of rooms and interpreters is the operators’ to keep; what is promised is not taken off', async () => {
  const at = nextDay();
  expect((await refusalIn(head.call(getThings, {}))).code).toBe('role.missing');
  const twice = await refusalIn(operator.call(postThing, { body: { kind: 'ruang', name: 'command center', detail: null } }));
  expect(twice).toMatchObject({ code: 'facility.name_taken', fields: [{ path: 'name' }] });
  const list = await operator.call(postThing, { body: { kind: 'ruang', name: 'Ruang Kecil', detail: null } });
  const small = list.find((t) => t.name === 'Ruang Kecil')!;
  const renamed = await operator.call(putThing, { params: { id: small.id }, body: { name: 'Ruang Rapat Kecil', detail: '12 kursi' } });
  expect(renamed.map((t) => t.name)).toContain('Ruang Rapat Kecil');
  expect((await refusalIn(operator.call(putThing, { params: { id: small.id }, body: { name: 'Command Center', detail: null } }))).code).toBe(
    'facility.name_taken',
  );
  await gives(await asks({ title: 'Pakai', ...at, items: [{ kind: 'ruang', count: 1 }] }), { 0: small.id });
  expect((await refusalIn(operator.call(deleteThing, { params: { id: small.id } }))).code).toBe('facility.in_use');
  expect((await refusalIn(operator.call(deleteThing, { params: { id: randomUUID() } }))).code).toBe('not_found');
});

test('for a press conference the OPD asks and reads what came of it; called off, what was granted is free', async () => {
  const startsAt = '2026-12-30T02:00:00.000Z';
  const { id: conferenceId } = await plannedConference(world, cast, { plan: { startsAt, endsAt: '2026-12-30T03:00:00.000Z' } });
  const items = [
    { kind: 'ruang' as const, count: 1 },
    { kind: 'jbi' as const, count: 1 },
  ];
  const wahyu = await signIn(world, cast.kepalaDinkes);
  expect((await refusalIn(asks({ conferenceId, items }, wahyu))).code).toBe('not_found');
  const admin = await signIn(world, cast.adminDinsos);
  const asked = await asks({ conferenceId, items }, admin);
  expect(asked).toMatchObject({ title: 'Penanganan banjir', conferenceId, meetingId: null, startsAt });
  await gives(asked, { 0: aula, 1: signer });
  const [answer, ...more] = (await admin.call(getFacilities, { query: { conference: conferenceId } })).requests;
  expect([answer?.state, answer?.items.map(({ given }) => given?.name), more]).toEqual(['disetujui', ['Command Center', 'Nur Isyarat'], []]);
  await operator.call(postCancellation, { params: { id: conferenceId }, body: { reason: 'Ditunda' } });
  expect((await admin.call(getFacilities, { query: { conference: conferenceId } })).requests[0]?.state).toBe('dibatalkan');
  expect((await refusalIn(asks({ conferenceId, items }, admin))).code).toBe('facility.over');
});
