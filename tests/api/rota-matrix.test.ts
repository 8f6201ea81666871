// Who may ask what of rosters: every address of plans, the generator, the recap, policies, work hours, surat tugas, duty, Beranda and the machine ×
// everybody who could call it. What is refused changes nothing, and what nobody asks for is not taken.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as assignments from '../../shared/assignments.ts';
import * as duty from '../../shared/duty.ts';
import type { Endpoint } from '../../shared/endpoint.ts';
import * as home from '../../shared/home.ts';
import * as hours from '../../shared/hours.ts';
import * as machine from '../../shared/machine.ts';
import { getInvitations } from '../../shared/meetings.ts';
import * as policies from '../../shared/policies.ts';
import * as generator from '../../shared/rota-generator.ts';
import * as recap from '../../shared/rota-recap.ts';
import * as wire from '../../shared/rota.ts';
import { portalItself } from '../../server/people/index.ts';
import { nipOf, PASSWORD, signIn } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { plannedMeeting } from '../support/invited.ts';
import { changed, kept } from '../support/kept.ts';
import { opensLink } from '../support/meeting.ts';
import { journalist, plannedConference } from '../support/press.ts';
import { cellOf, MONTH, rotaOffice, THURSDAY, TUESDAY, WEDNESDAY } from '../support/rota-office.ts';
import { HOST, openClient, type Client } from '../support/world.ts';

/** In the order of the table; the first three have no account. `staff`: Sari, at home on Tuesday by a letter. */
const CALLERS = 'nobody guest journalist staff adminOpd head adminOther headOther bkd administrator'.split(' ');
const MODULES = [wire, generator, recap, policies, hours, assignments, duty, home, machine];
type Place = Awaited<ReturnType<typeof setting>>['place'];
type Asked = { row: string; endpoint: Endpoint; caller: string; status: number };
type Row = [statuses: string, body?: (p: Place) => object | Uint8Array, params?: (p: Place) => Record<string, string>, query?: object];

const NOBODY = '00000000-0000-4000-8000-00000000dead';
const THEN = '2031-03-03T03:03:03.000Z';
/** Nobody's to say; goes along with every body. */
const EXTRA = {
  roles: ['administrator'],
  byName: 'Palsu',
  state: 'terbit',
  source: 'generator',
  overridden: true,
  ...Object.fromEntries(['at', 'takenAt', 'issuedAt', 'openedAt'].map((name) => [name, THEN])),
  ...Object.fromEntries(['byId', 'planId', 'askerId', 'issuedBy', 'createdBy'].map((name) => [name, NOBODY])),
};

// nobody guest journalist | staff adminOpd head | adminOther headOther | bkd administrator
const OUT = '401 401 401';
const signedIn = (n: number): string => `${OUT} | ${n} ${n} ${n} | ${n} ${n} | ${n} ${n}`;
/** Whoever manages the OPD; BKD looks over every OPD. */
const reads = (n: number): string => `${OUT} | 404 ${n} ${n} | 404 404 | ${n} ${n}`;
/** Whoever acts for it; BKD acts for its own. */
const prepares = (n: number): string => `${OUT} | 404 ${n} ${n} | 404 404 | 403 ${n}`;
const heads = (n: number): string => `${OUT} | 404 403 ${n} | 404 404 | 403 403`;
const ofOpd = (n: number): string => `${OUT} | ${n} ${n} ${n} | 404 404 | ${n} ${n}`;
/** The admin of the OPD and the administrator. */
const keeps = (n: number): string => `${OUT} | 403 ${n} 403 | 404 403 | 403 ${n}`;
const region = (n: number): string => `${OUT} | 403 403 403 | 403 403 | ${n} ${n}`;

const OF_MONTH = { month: MONTH };
const PURPOSE = { purpose: 'Laporan bulanan' };
const draft = (p: Place) => ({ id: p.draft });
const absence = (p: Place) => ({ personId: p.staff, code: 'CUTI', from: '2026-12-21', until: '2026-12-22', basis: 'Surat cuti 4' });
const group = (p: Place) => ({ personIds: [p.staff], name: 'petugas loket', from: TUESDAY, basis: 'SK 4' });
const week = [...Array.from({ length: 5 }, () => ({ from: '07:30', to: '16:00', breakMinutes: 60 })), null, null];
const csv = (line: string) => Buffer.from(`NIP;Waktu;Mesin\n${line}\n`);
const log = () => csv('1;23/11/2026 07.45;Lobi');
const FILE = { name: 'log.csv' };
const letterDraft = () => ({ month: MONTH, classification: '800', copies: [], signerPositionId: null, signerGrade: null });
/** Where a row stands twice, what follows ` — ` says which. */
const TABLE: Record<string, Row> = {
  'GET /api/opds/:id/rota/plans': [reads(200)],
  'GET /api/opds/:id/rota': [reads(200), undefined, undefined, OF_MONTH],
  'POST /api/opds/:id/rota': [prepares(200), () => ({ month: '2027-01' })],
  'POST /api/opds/:id/rota — too far': [prepares(400), () => ({ month: '2029-01' })],
  'PUT /api/rota/plans/:id/cells': [prepares(409), (p) => ({ version: 0, cells: [cellOf(p.staff, TUESDAY, 'WFO')] })],
  'PUT /api/rota/plans/:id/cells — draft': [prepares(200), (p) => ({ version: 999, cells: [cellOf(p.staff, '2027-01-04', 'WFO')] }), draft],
  'GET /api/rota/plans/:id/cells': [reads(200), undefined, undefined, { since: 0 }],
  'POST /api/rota/plans/:id/fill': [prepares(409), () => ({ version: 0, how: { kind: 'isi', code: 'WFO' } })],
  'POST /api/rota/plans/:id/fill — draft': [prepares(200), () => ({ version: 999, how: { kind: 'isi', code: 'WFO' } }), draft],
  'GET /api/rota/plans/:id/changes': [reads(200)],
  'POST /api/rota/plans/:id/steps': [prepares(409), () => ({ act: 'ajukan', version: 0 })],
  'POST /api/rota/plans/:id/steps — by the head': [heads(409), () => ({ act: 'kunci', version: 0 })],
  'PUT /api/rota/plans/:id/overrides': [heads(409), () => ({ key: 'x', reason: 'Perlu' })],
  'PUT /api/rota/plans/:id/overrides — draft': [heads(409), () => ({ key: 'x', reason: 'Perlu' }), draft],
  'POST /api/rota/plans/:id/corrections': [prepares(200), (p) => ({ personId: p.staff, date: THURSDAY, code: 'DL', reason: 'Surat tugas 9' })],
  'POST /api/rota/plans/:id/corrections — draft': [
    prepares(409),
    (p) => ({ personId: p.staff, date: '2027-01-04', code: 'DL', reason: 'Surat tugas 9' }),
    draft,
  ],
  'GET /api/rota/swaps': [signedIn(200)],
  'GET /api/rota/swaps — of the OPD': [reads(200)],
  'POST /api/rota/swaps': [`${OUT} | 200 409 409 | 409 409 | 409 409`, (p) => ({ date: TUESDAY, otherId: p.kabid, otherDate: WEDNESDAY })],
  'POST /api/rota/swaps/:id/steps': [`${OUT} | 403 409 409 | 404 404 | 404 409`, () => ({ act: 'sahkan' })],
  'POST /api/rota/swaps/:id/steps — agree': [`${OUT} | 403 403 403 | 404 404 | 404 403`, () => ({ act: 'sepakat' })],
  'GET /api/opds/:id/absences': [reads(200), undefined, undefined, { from: TUESDAY, until: '2026-12-31' }],
  'POST /api/opds/:id/absences': [prepares(409), absence],
  'POST /api/absences/:id/revoke': [prepares(200), () => ({ reason: 'Salah orang' })],
  'GET /api/me/rota': [signedIn(200), undefined, undefined, OF_MONTH],

  'POST /api/rota/plans/:id/generation': [prepares(409), () => ({})],
  'GET /api/rota/plans/:id/generation': [prepares(200)],
  'POST /api/rota/generations/:id/end': [prepares(200)],
  'POST /api/rota/generations/:id/taken': [prepares(409)],

  'GET /api/opds/:id/rota/recap': [reads(200), undefined, undefined, OF_MONTH],
  'GET /api/opds/:id/rota/recap/differences': [reads(200), undefined, undefined, { ...OF_MONTH, from: 0, to: 0 }],
  'GET /api/opds/:id/rota/recap/differences.csv': [reads(200), undefined, undefined, { ...OF_MONTH, ...PURPOSE, from: 0, to: 0 }],
  'GET /api/opds/:id/rota/recap.csv': [reads(200), undefined, undefined, { ...OF_MONTH, ...PURPOSE }],
  'GET /api/opds/:id/rota/recap.csv — without a purpose': [signedIn(400), undefined, undefined, OF_MONTH],
  'GET /api/opds/:id/rota/recap.xlsx': [reads(200), undefined, undefined, { ...OF_MONTH, ...PURPOSE }],
  'GET /api/rota/recap.csv': [region(200), undefined, undefined, { ...OF_MONTH, ...PURPOSE }],

  'GET /api/policies': [signedIn(200)],
  'GET /api/policies/:id': [ofOpd(200)],
  'GET /api/policies/:id — of the region': [signedIn(200), undefined, (p) => ({ id: p.regionPolicy })],
  'POST /api/policies': [keeps(200), (p) => ({ key: p.policy, opdId: p.opd, policy: circular('9/2026', p.opd) })],
  'POST /api/policies — of the region': [region(200), (p) => ({ key: p.regionPolicy, opdId: null, policy: circular('1/2026', p.opd) })],
  'PUT /api/policies/:id': [keeps(409), (p) => ({ version: 99, since: TUESDAY, why: 'Uji', policy: circular('9/2026', p.opd) })],
  'POST /api/policies/:id/end': [keeps(409), () => ({ lastDay: WEDNESDAY, reason: 'Uji' }), (p) => ({ id: p.endedPolicy })],
  'PUT /api/policies/:id/file': [keeps(400), () => Buffer.from('bukan PDF'), undefined, { name: 'se.pdf' }],
  'GET /api/policies/:id/file': [ofOpd(200)],
  'GET /api/policies/:id/reach': [ofOpd(200)],
  'GET /api/policy-templates': [`${OUT} | 403 200 403 | 200 403 | 200 200`],
  'GET /api/opds/:id/rules': [ofOpd(200)],
  'GET /api/opds/:id/function-groups': [`${OUT} | 403 200 200 | 404 404 | 200 200`],
  'POST /api/opds/:id/function-groups': [keeps(200), group],
  'POST /api/function-groups/:id/end': [keeps(200), () => ({ until: '2026-12-31' })],
  // Who asked to be at home for health is nobody's business but the admin's of the OPD.
  'PUT /api/opds/:id/health-flags': [`${OUT} | 403 200 403 | 404 403 | 403 403`, (p) => ({ personId: p.staff, yes: false })],

  'GET /api/opds/:id/hours': [ofOpd(200)],
  'POST /api/opds/:id/hours': [
    keeps(200),
    (p) => ({ key: p.schedule, unitId: p.opd, kind: 'biasa', title: 'Jam biasa', from: '2027-03-01', week, basis: 'Perwal 4' }),
  ],
  'POST /api/opds/:id/hours — of the region': [
    `${OUT} | 403 403 403 | 404 403 | 200 200`,
    (p) => ({ key: p.regionSchedule, unitId: null, kind: 'biasa', title: 'Jam kota', from: '2027-03-01', week, basis: 'Perwal 4' }),
  ],
  'POST /api/opds/:id/own-days': [
    keeps(200),
    (p) => ({ key: p.ownDay, unitId: p.opd, day: '2027-03-02', kind: 'libur', name: 'Pindah kantor', basis: 'SE 4' }),
  ],
  'POST /api/opds/:id/hours/withdrawals': [`${OUT} | 403 409 403 | 404 403 | 409 409`, (p) => ({ ofId: p.endedDay, from: TUESDAY, reason: 'Uji' })],
  'PUT /api/opds/:id/must-record': [keeps(200), () => ({ codes: ['WFO'], from: TUESDAY, basis: 'SE 4' })],

  'GET /api/opds/:id/assignments': [reads(200), undefined, undefined, OF_MONTH],
  'PUT /api/opds/:id/assignments/draft': [prepares(200), letterDraft],
  'POST /api/opds/:id/assignments': [prepares(200), () => ({ month: MONTH, kind: 'tugas', revision: 0 })],
  'POST /api/opds/:id/assignments — of what is not due': [prepares(409), () => ({ month: MONTH, kind: 'perubahan', revision: 0 })],
  'GET /api/opds/:id/assignments/draft.pdf': [prepares(409), undefined, undefined, OF_MONTH],
  'GET /api/assignments/:id/pdf': [ofOpd(200)],
  'GET /api/me/assignments': [signedIn(200), undefined, undefined, OF_MONTH],

  'GET /api/duty': [signedIn(200)],
  'GET /api/me/home': [signedIn(200)],

  'GET /api/opds/:id/machine': [reads(200)],
  'POST /api/opds/:id/machine/preview': [keeps(200), log, undefined, FILE],
  'POST /api/opds/:id/machine/imports': [keeps(200), log, undefined, FILE],
  'POST /api/opds/:id/machine/imports/:importId/withdrawal': [`${OUT} | 403 200 403 | 404 404 | 403 200`, () => ({ reason: 'Salah kolom' })],
  'PUT /api/opds/:id/machine/pins': [keeps(200), (p) => ({ pin: '77', personId: p.staff, from: TUESDAY })],
  'GET /api/opds/:id/machine/cases': [reads(200), undefined, undefined, { from: '2026-11-23', to: '2026-11-23' }],
  'POST /api/opds/:id/machine/decisions': [
    `${OUT} | 403 409 409 | 404 404 | 409 409`,
    (p) => ({ personId: p.staff, date: '2026-11-23', kind: 'tanpa_rekam', seen: 'a'.repeat(64), act: 'biarkan' }),
  ],
  'POST /api/opds/:id/reckonings': [keeps(204), () => ({ from: '2026-11-20', to: '2026-11-20', reason: 'Jam Ramadan' })],
};

const circular = (number: string, unit: string) => ({
  number,
  date: '2026-11-02',
  issuer: 'Wali Kota',
  title: 'Sistem kerja',
  from: '2027-02-01',
  rules: [{ rule: { kind: 'batas_hadir' as const, percent: 50, countedIn: 'opd' as const }, scope: { units: [unit] }, basis: 'angka 1' }],
});

async function setting() {
  const o = await rotaOffice();
  const { world, cast, admin, head, opd } = o;
  const { people } = world.app;
  const adminOtherNip = nipOf(91);
  const { id: adminOtherId } = await people.addPerson(portalItself, {
    name: 'Ade Adminkes',
    nip: adminOtherNip,
    email: 'ade@uji.example',
    phone: null,
    opdId: cast.opds.dinkes.id,
  });
  await people.givePassword([adminOtherId], PASSWORD);
  await people.grantRoles(portalItself, adminOtherId, [{ role: 'admin_opd', opdId: cast.opds.dinkes.id }]);
  const [bkd, sari] = [await signIn(world, cast.bkd), await signIn(world, cast.staf)];

  // In force: Sari at home on Tuesday, with a letter that names her; Budi on duty on Wednesday.
  const { plan } = await o.published([cellOf(cast.staf.id, TUESDAY, 'WFH'), cellOf(cast.kabid.id, WEDNESDAY, 'PIKET')]);
  const letters = await admin.call(assignments.postAssignment, { params: opd, body: { month: MONTH, kind: 'tugas', revision: 0 } });
  const swap = await sari.call(wire.postRotaSwap, { body: { date: TUESDAY, otherId: cast.kabid.id, otherDate: WEDNESDAY } });
  const leave = (from: string, until: string) =>
    admin.call(wire.postAbsence, { params: opd, body: { personId: cast.staf.id, code: 'CUTI', from, until, basis: 'Surat cuti 4' } });
  await leave('2026-12-21', '2026-12-22');
  const { absence: revocable } = await leave('2027-01-18', '2027-01-18');

  // Drafted: January, with a roster that was drawn up and is stale by now.
  const open = await admin.call(wire.postRota, { params: opd, body: { month: '2027-01' } });
  const job = await admin.call(generator.postGeneration, { params: { id: open.id }, body: { seed: 3, until: '2027-01-05' } });
  await eventually('drawn up', async () => (await admin.call(generator.getGeneration, { params: { id: open.id } })).generation?.state === 'selesai');
  await admin.call(wire.putRotaCells, { params: { id: open.id }, body: { version: 0, cells: [cellOf(cast.staf.id, '2027-01-06', 'WFH')] } });

  const policy = async (client: Client, opdId: string | null, number: string) =>
    (await client.call(policies.postPolicy, { body: { key: randomUUID(), opdId, policy: circular(number, opd.id) } })).id;
  const [own, ended] = [await policy(admin, opd.id, '9/2026'), await policy(admin, opd.id, '8/2026')];
  await admin.call(policies.putPolicyFile, { params: { id: own }, query: { name: 'se.pdf' }, body: Buffer.from('%PDF-1.7\n%%EOF\n') });
  await admin.call(policies.postPolicyEnd, { params: { id: ended }, body: { lastDay: '2027-02-02', reason: 'Diganti' } });
  await admin.call(policies.postFunctionGroup, {
    params: opd,
    body: { personIds: [cast.kabid.id], name: 'guru', from: '2026-12-01', until: '2026-12-31', basis: 'SK 3' },
  });
  const { people: grouped } = await admin.call(policies.getFunctionGroups, { params: opd });
  const endedDay = randomUUID();
  await admin.call(hours.postOwnDay, {
    params: opd,
    body: { key: endedDay, unitId: opd.id, day: '2027-03-03', kind: 'libur', name: 'Hari jadi', basis: 'SE 3' },
  });
  await admin.call(hours.postHoursWithdrawal, { params: opd, body: { ofId: endedDay, from: TUESDAY, reason: 'Batal' } });

  await admin.call(machine.postMachineImport, { params: opd, query: { name: 'salah.csv' }, body: csv('2;23/11/2026 07.45;Lobi') });
  const [wrong] = (await admin.call(machine.getMachine, { params: opd })).imports;

  const meeting = await plannedMeeting(world, cast, { guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Uji' }] });
  const guest = (await head.call(getInvitations, { params: { id: meeting } })).find(({ name }) => name === 'Ibu Tamu')!;
  const conference = await plannedConference(world, cast, { state: 'registrasi' });
  const clients: Record<string, Client> = {
    guest: opensLink(world, guest.link),
    journalist: (await journalist(world, conference, { name: 'Nadia Wartawan', outlet: 'Kabar Uji' })).client,
    staff: sari,
    adminOpd: admin,
    head,
    adminOther: await signIn(world, { nip: adminOtherNip }),
    headOther: await signIn(world, cast.kepalaDinkes),
    bkd,
    administrator: await signIn(world, cast.administrator),
  };
  return {
    world,
    nip: cast.staf.nip,
    client: (caller: string): Client => clients[caller] ?? openClient(world.app, `http://${HOST}`),
    place: {
      opd: opd.id,
      plan: plan.id,
      draft: open.id,
      job: job.id,
      swap: swap.id,
      absence: revocable.id,
      policy: own,
      endedPolicy: ended,
      regionPolicy: await policy(bkd, null, '1/2026'),
      group: grouped.flatMap(({ groups }) => groups)[0]!.id,
      schedule: randomUUID(),
      regionSchedule: randomUUID(),
      ownDay: randomUUID(),
      endedDay,
      importId: wrong!.id,
      letter: letters.letters[0]!.id,
      staff: cast.staf.id,
      kabid: cast.kabid.id,
    },
  };
}

let s: Awaited<ReturnType<typeof setting>>;
beforeAll(async () => void (s = await setting()), 120_000);
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
/** What `:id` is of, by how the address begins. */
const IDS: [start: string, name: keyof Place][] = [
  ['/api/opds/', 'opd'],
  ['/api/rota/plans/', 'plan'],
  ['/api/rota/swaps/', 'swap'],
  ['/api/rota/generations/', 'job'],
  ['/api/absences/', 'absence'],
  ['/api/policies/', 'policy'],
  ['/api/function-groups/', 'group'],
  ['/api/assignments/', 'letter'],
];

async function send({ row, endpoint, caller }: Asked): Promise<{ status: number; text: string }> {
  const [, body, params, query] = TABLE[row]!;
  const said = body?.(s.place);
  const of = IDS.find(([start]) => endpoint.path.startsWith(start))?.[1];
  return s.client(caller).send(endpoint, {
    params: { importId: s.place.importId, ...(of && { id: s.place[of] }), ...params?.(s.place) },
    query: row.endsWith('— of the OPD') ? { opd: s.place.opd } : { ...query },
    ...(said && { body: said instanceof Uint8Array ? said : { ...EXTRA, ...said } }),
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

/** Lists of people, asked for by who may. */
const LISTS = [
  'GET /api/opds/:id/rota',
  'GET /api/opds/:id/absences',
  'GET /api/opds/:id/function-groups',
  'GET /api/opds/:id/rota/recap',
  'GET /api/opds/:id/rota/recap/differences',
  'GET /api/opds/:id/rota/recap/differences.csv',
  'GET /api/opds/:id/rota/recap.csv',
  'GET /api/opds/:id/rota/recap.xlsx',
  'GET /api/rota/recap.csv',
  'GET /api/opds/:id/assignments',
  'GET /api/assignments/:id/pdf',
  'GET /api/opds/:id/machine',
  'GET /api/opds/:id/machine/cases',
  'GET /api/duty',
];

test('whoever reads a list of people leaves one line', { timeout: 60_000 }, async () => {
  const { world, place } = s;
  const [today, admin] = ['2026-11-23', s.client('adminOpd')];
  const codes = [
    { personId: place.staff, code: 'WFH' as const, shift: null },
    { personId: place.kabid, code: 'PIKET' as const, shift: null },
  ];
  await world.sql.begin(async (tx) => world.app.roster.setCodes(tx, null, place.opd, { date: today, basis: 'SE 4', codes }));
  const mine = csv(`${s.nip};23/11/2026 07.45;Lobi`);
  await admin.call(machine.postMachineImport, { params: { id: place.opd }, query: FILE, body: mine });
  const lines = async (): Promise<number> => (await world.sql<{ n: number }[]>`select count(*)::int as n from people.access where people_count > 0`)[0]!.n;
  const silent: string[] = [];
  for (const one of asked().filter(({ row, caller }) => LISTS.includes(row) && caller === 'administrator')) {
    const before = await lines();
    const reply = await send(one);
    if (reply.status >= 400) silent.push(told(one, reply));
    if ((await lines()) !== before + 1) silent.push(one.row);
  }
  expect(silent).toEqual([]);
});
