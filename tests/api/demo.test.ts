import { afterAll, beforeAll, expect, test } from 'vitest';
import { getAssignments } from '../../shared/assignments.ts';
import { getSheet } from '../../shared/attendance.ts';
import { getCallBoard, getCallDesk, getCalls, postCallPreview } from '../../shared/calls.ts';
import { getMyHome } from '../../shared/home.ts';
import { getMeetings } from '../../shared/meetings.ts';
import { getProceedings } from '../../shared/proceedings.ts';
import { getRecap, type RecapFigures } from '../../shared/recap.ts';
import { getConference, getConferences, getPress } from '../../shared/press.ts';
import { getRegistrations } from '../../shared/press-desk.ts';
import { getOwed, getPressLog } from '../../shared/press-floor.ts';
import { getDeskKit, getKit, getKitFile } from '../../shared/press-kit.ts';
import { getMyRota, getRota, getRotaSwaps } from '../../shared/rota.ts';
import { getJadwalRecap } from '../../shared/rota-recap.ts';
import { getExportMonth } from '../../shared/sihadir.ts';
import { getTasks } from '../../shared/tasks.ts';
import { getMe, getOpds, getPeople, getPositions, postSession, type Me } from '../../shared/people.ts';
import { fillDemo } from '../../server/demo.ts';
import { addDays, dayIn } from '../../server/people/days.ts';
import { nipProblem } from '../../server/people/nip.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { whom } from '../support/urgent.ts';
import { makeWorld, type Client, type World } from '../support/world.ts';

let world: World;
let accounts: Awaited<ReturnType<typeof fillDemo>>['accounts'];
let head: Client;
let today: string;
beforeAll(async () => {
  world = await makeWorld();
  ({ accounts } = await fillDemo(world.app));
  head = world.visitor();
  today = dayIn('Asia/Jakarta', world.clock.now());
  await head.call(postSession, { body: accounts[0]! });
});
afterAll(() => world.close());

test('the demonstration city has eight OPDs with bidang and seksi, and sixty people whose numbers fit the rule', async () => {
  const opds = await head.call(getOpds, {});
  expect(opds.filter((o) => o.kind === 'opd')).toHaveLength(8);
  expect(opds.filter((o) => o.kind === 'seksi')).toHaveLength(8);
  expect(await head.call(getPeople, {})).toHaveLength(60);
  for (const { nip } of await world.sql<{ nip: string }[]>`select nip from people.person`) expect(nipProblem(nip, today)).toBeNull();
});

test('one Plt and one Plh are in force', async () => {
  const acting = (await head.call(getPositions, {})).flatMap((p) => (p.holderNow && p.holderNow.as !== 'definitif' ? [`${p.holderNow.as} ${p.title}`] : []));
  expect(acting.toSorted()).toEqual(['plh Kepala Dinas Kesehatan', 'plt Kepala Dinas Pendidikan']);
});

test('every printed account signs in with the role it is printed with', async () => {
  const seen: Record<string, Me> = {};
  for (const account of accounts) seen[account.role] = await world.visitor().call(postSession, { body: account });
  expect(seen['Kepala Dinas Sosial']?.roles).toContain('kepala_opd');
  expect(seen['Plh. Kepala Dinas Kesehatan']?.positions[0]?.label).toBe('Plh. Kepala Dinas Kesehatan');
  expect(seen['Admin OPD Dinas Sosial']?.roles).toContain('admin_opd');
  expect(seen['Operator DKIS']?.roles).toContain('operator_dkis');
  expect(seen['BKD']?.roles).toContain('bkd');
  expect(seen['Administrator']?.roles).toContain('administrator');
});

test('everybody has a code for today, and the member of staff who is printed as WFH is at home', async () => {
  const people = await world.sql<{ id: string }[]>`select id from people.person`;
  const codes = await world.app.roster.codesOn(
    world.sql,
    people.map((p) => p.id),
    today,
  );
  expect(codes.size).toBe(60);
  expect(new Set([...codes.values()].map((c) => c.code))).toEqual(new Set(['WFO', 'WFH', 'PIKET', 'DL', 'CUTI']));
  const atHome = world.visitor();
  await atHome.call(postSession, { body: accounts.find((a) => a.role.includes('WFH'))! });
  expect(codes.get((await atHome.call(getMe, {})).id)?.code).toBe('WFH');
});

test('the head of Dinas Sosial calls “piket sekarang”, and somebody is on duty', async () => {
  const opd = (await head.call(getMe, {})).opd!;
  const { seats } = await head.call(postCallPreview, { body: { whom: whom({ dutyOf: [opd.id] }) } });
  expect(seats.map((seat) => seat.chain[0]?.name)).toContain('Pramudya Tetesembun');
});

test('this month’s roster is in force; the head finds a draft of the next one that breaks two rules', async () => {
  const { unit } = await head.call(getMyHome, {});
  expect(unit?.plans.map(({ plan, violations }) => [plan.state, violations])).toEqual([['draft', 2]]);
  const mine = await head.call(getMyRota, { query: { month: dayIn('Asia/Jakarta', world.clock.now()).slice(0, 7) } });
  expect(mine.state).toBe('terbit');
});

test('its circulars can be kept together: one agency without an override, the other with one that says why; the draft breaks two different rules', async () => {
  const viewOf = async (client: Client, month: string) => {
    const { opd } = await client.call(getMe, {});
    return (await client.call(getRota, { params: { id: opd!.id }, query: { month } })).view!;
  };
  const plh = await signedIn('Plh.');
  const [month, next] = [today.slice(0, 7), addDays(`${today.slice(0, 7)}-28`, 4).slice(0, 7)];
  expect((await viewOf(plh, month)).overrides).toEqual([]);
  expect((await viewOf(head, month)).overrides).toMatchObject([
    { words: 'Dinas Sosial, 25 November 2026: 8/8 = 100 % > 75 % (SE 800/417/BKPSDM/2026)', reason: expect.stringContaining('semua bidang di kantor') },
  ]);
  expect((await viewOf(head, next)).violations.map(({ violation }) => violation.kind).toSorted()).toEqual(['batas_hadir', 'wfh_mingguan']);
});

test('this month has its surat tugas and a letter of change for two who swapped a day, one swap still waits; last month is locked, and one day was corrected since', async () => {
  const { opd } = await head.call(getMe, {});
  const params = { id: opd!.id };
  const { letters, desk } = await head.call(getAssignments, { params, query: { month: today.slice(0, 7) } });
  expect(letters.map(({ kind, state, lines }) => [kind, state, kind === 'tugas' || lines])).toEqual([
    ['perubahan', 'terbit', 2],
    ['tugas', 'diubah', true],
  ]);
  expect(letters[0]).toMatchObject({ signer: 'KEPALA DINAS SOSIAL', signerName: (await head.call(getMe, {})).name });
  expect(desk?.due).toBeNull();
  expect((await head.call(getRotaSwaps, { query: { opd: params.id } })).swaps.map(({ state }) => state).toSorted()).toEqual(['diminta', 'disahkan']);
  const month = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
  const { recap } = await head.call(getJadwalRecap, { params, query: { month } });
  expect(recap).toMatchObject({ revision: 1, plan: { state: 'dikunci' } });
  expect(recap?.letters.map(({ kind }) => kind)).toEqual(['tugas', 'perubahan']);
});

test('a meeting waits at two this afternoon, with the Plh invited in the place of the head', async () => {
  const [meeting] = await head.call(getMeetings, {});
  expect(meeting).toMatchObject({ state: 'terjadwal', youChair: true });
  const at = new Date(meeting!.startsAt);
  expect(at.getTime()).toBeGreaterThan(world.clock.now().getTime());
  expect(at.toLocaleTimeString('en-GB', { timeZone: 'Asia/Jakarta', timeStyle: 'short' })).toBe('14:00');
  const plh = world.visitor();
  await plh.call(postSession, { body: accounts.find((a) => a.role.startsWith('Plh.'))! });
  expect((await plh.call(getMeetings, {})).filter((m) => m.state === 'terjadwal')).toHaveLength(1);
});

test('yesterday evening’s urgent call stands on the list, with who declined, who was represented, and a decision that is a task', async () => {
  const past = (await head.call(getMeetings, {})).find((m) => m.state === 'berakhir' && m.title.startsWith('Banjir'))!;
  const sheet = await head.call(getSheet, { params: { id: past.id } });
  expect(sheet.counts).toMatchObject({ hadir: 5, terlambat: 0, diwakili: 1, menolak: 1, belumAdaBukti: 0 });
  expect(
    sheet.rows.filter((r) => r.status === 'diwakili' || r.status === 'menolak').map((r) => [r.name, r.status, r.answer?.reason ?? r.representedBy[0]?.name]),
  ).toEqual([
    ['Qomarudin Airterjun', 'diwakili', 'Ratnasih Muararaya'],
    ['Lesmana Kolamjati', 'menolak', 'Di lapangan, 10 menit'],
  ]);
  expect(await head.call(getProceedings, { params: { id: past.id } })).toMatchObject({
    decisions: [{ no: 1, state: 'ditetapkan', voices: expect.any(Array) }],
  });
  const board = await head.call(getCallBoard, { params: { id: (await head.call(getCalls, {}))[0]!.id } });
  expect(board.seats.map((s) => s.present)).toEqual(['hadir', 'hadir', null, 'hadir', 'diwakili']);
  expect((await head.call(getTasks, {})).chaired).toMatchObject([{ state: 'terbuka' }]);
  expect((await head.call(getCallDesk, {})).groups.map((g) => g.name)).toEqual(['Tim tanggap banjir']);
});

test('nobody of the demonstration city was recorded before being told', async () => {
  const [facts] = await world.sql<{ all: number; untold: number }[]>`
    select count(*)::int as all, count(*) filter (where not exists (select from people.notice_ack a where a.member = p.member and a.at <= p.received_at)
      and not exists (select from press.notice_ack a where 'j_' || a.journalist_id = p.member and a.at <= p.received_at))::int as untold
    from rooms.presence p where p.member is not null`;
  expect(facts!.all).toBeGreaterThan(0);
  expect(facts!.untold).toBe(0);
});

test('last month has a recap, confirmed days, an export that went out and a row that came back; the ledger fits', async () => {
  const admin = world.visitor();
  await admin.call(postSession, { body: accounts.find((a) => a.role.startsWith('Admin OPD'))! });
  const me = await admin.call(getMe, {});
  const month = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
  const given = { params: { id: me.opd!.id }, query: { month } };
  const { rows, outages } = await admin.call(getRecap, given);
  const sum = (of: (f: RecapFigures) => number): number => rows.reduce((n, row) => n + of(row.figures), 0);
  expect(rows).toHaveLength(8);
  expect(outages).toHaveLength(1);
  expect([sum((f) => f.hadirWfh) > 20, sum((f) => f.belumAdaBukti) > 0, sum((f) => f.terlambat) > 0, sum((f) => f.confirmed) > 100]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  const exported = await admin.call(getExportMonth, given);
  expect(exported.counts.missing).toBeGreaterThan(0);
  expect(exported.batches).toMatchObject([{ serial: 1, rejected: 1, sent: { by: me.name } }]);
  expect(await verifyLedger(world.sql)).toMatchObject({ findings: [], more: 0 });
});

const signedIn = async (role: string): Promise<Client> => {
  const client = world.visitor();
  await client.call(postSession, { body: accounts.find((a) => a.role.includes(role))! });
  return client;
};

test('today’s press conference is open for registration: crew by post and by person, a guest interprets, one journalist waits with a question', async () => {
  const operator = await signedIn('Operator DKIS');
  const [today_, past] = await operator.call(getConferences, {});
  expect(today_).toMatchObject({ state: 'registrasi', waiting: 1, speakers: ['Indrayani Mataair', 'Ratnasih Muararaya'] });
  expect(past).toMatchObject({ state: 'selesai' });
  const params = { id: today_!.id };
  const conference = await operator.call(getConference, { params });
  expect(new Date(conference.startsAt).getTime()).toBeGreaterThan(world.clock.now().getTime());
  expect(conference.crew.map((c) => [c.role, c.label])).toEqual([
    ['narasumber', 'Kepala Dinas Sosial'],
    ['narasumber', 'Plh. Kepala Dinas Kesehatan'],
    ['moderator', 'Kepala Bidang Perlindungan Sosial'],
    ['jbi', 'Perkumpulan Juru Bahasa Isyarat Tirtamaya'],
    ['operator', expect.any(String)],
  ]);
  expect(conference.crew.find((c) => c.role === 'jbi')?.link).toMatch(/#/);
  expect((await operator.call(getRegistrations, { params })).map((r) => [r.state, r.outlet, r.question?.topic ?? null])).toEqual([
    ['menunggu', 'Kabar Muara', 'Warga yang belum terdata'],
    ['diterima', expect.any(String), null],
    ['diterima', expect.any(String), null],
  ]);
  expect((await operator.call(getDeskKit, { params })).items).toMatchObject([{ kind: 'siaran', visible: false }]);
  const slug = { slug: conference.slug };
  expect(await world.visitor().call(getKit, { params: slug })).toMatchObject({ announcedFor: expect.any(String), items: [] });
  expect((await (await signedIn('moderator')).call(getConference, { params })).youModerate).toBe(true);
});

test('last week’s press conference left a log (by word, in writing, owed, refused) and a kit', async () => {
  const past = (await world.visitor().call(getPress, {})).find((c) => c.state === 'selesai')!;
  const params = { slug: past.slug };
  const log = await world.visitor().call(getPressLog, { params });
  expect(log.map((q) => [q.outlet, q.state, q.oral, q.answeredBy[0] ?? null])).toEqual([
    ['Radar Tirta', 'dijawab', true, 'Indrayani Mataair'],
    ['Radio Suara Tirta', 'dijawab', false, expect.any(String)],
    ['Kabar Muara', 'ditunda', null, null],
    ['Kabar Muara', 'ditolak', null, null],
  ]);
  expect(log[0]!.atSecond).toBeGreaterThan(600);
  const kit = await world.visitor().call(getKit, { params });
  expect(kit.items.map((item) => [item.kind, item.title])).toEqual([
    ['siaran', expect.stringContaining('640 warga')],
    ['data', 'Pengungsi per kelurahan'],
    ['foto', 'Posko GOR Tirtamaya'],
  ]);
  expect(kit.zip).not.toBeNull();
  const photo = kit.items.find((item) => item.kind === 'foto')!;
  const { status } = await world.visitor().send(getKitFile, { params: { item: photo.id, name: photo.file!.name } });
  expect(status).toBe(200);
  expect(await head.call(getOwed, {})).toMatchObject([{ topic: 'Sekolah yang menjadi posko', conferenceTitle: past.title, overdue: false }]);
});
