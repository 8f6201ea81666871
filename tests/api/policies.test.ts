import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BodyOf } from '../../shared/endpoint.ts';
import {
  getDecidedRules,
  getFunctionGroups,
  getPolicies,
  getPolicy,
  getPolicyFile,
  getPolicyReach,
  getPolicyTemplates,
  postFunctionGroup,
  postFunctionGroupEnd,
  postPolicy,
  postPolicyEnd,
  putHealthFlag,
  putPolicy,
  putPolicyFile,
  type PolicyRule,
  type PolicyView,
} from '../../shared/policies.ts';
import { getRota, postRota } from '../../shared/rota.ts';
import { castWorld, refusalIn, signIn, type Cast } from '../support/cast.ts';
import type { Client, World } from '../support/world.ts';

type Input = BodyOf<typeof postPolicy>['policy'];
let world: World;
let cast: Cast;
let bkd: Client;
let admin: Client;
let staf: Client;
beforeAll(async () => {
  ({ world, cast } = await castWorld());
  await goTo('2026-11-23T02:00:00Z');
});
afterAll(() => world.close());
/** Sessions do not live that long: everybody signs in again. */
async function goTo(at: string): Promise<void> {
  world.clock.set(at);
  [bkd, admin, staf] = [await signIn(world, cast.bkd), await signIn(world, cast.adminDinsos), await signIn(world, cast.staf)];
}

const TODAY = '2026-11-23';
const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
const half: PolicyRule = { kind: 'batas_hadir', percent: 50, countedIn: 'opd' };
const weekly = (days: number): PolicyRule => ({ kind: 'wfh_mingguan', days });
const alert = (min: number): PolicyRule => ({ kind: 'siaga', min, shifts: [] });
const ruled = (rule: PolicyRule, units: string[] = [], functions: string[] = []): Input['rules'][number] => ({
  id: null,
  rule,
  scope: { units, functions },
  basis: 'angka 3 huruf b',
});
let numbers = 0;
const se = (rules: Input['rules'], fields: Partial<Input> = {}): Input => {
  numbers += 1;
  return {
    number: `SE 800/${numbers}/2026`,
    date: '2026-11-02',
    issuer: 'Wali Kota Uji',
    title: 'Sistem kerja pegawai',
    from: '2026-11-09',
    until: null,
    reviewOn: null,
    rules,
    ...fields,
  };
};
const made = (client: Client, policy: Input, opdId: string | null = null): Promise<PolicyView> =>
  client.call(postPolicy, { body: { key: randomUUID(), opdId, policy } });
const wide = (view: PolicyView, change: Partial<Input> = {}): Input => ({
  number: view.number,
  date: view.date,
  issuer: view.issuer,
  title: view.title,
  from: view.from,
  until: view.until,
  reviewOn: view.reviewOn,
  rules: view.rules.map(({ scope, ...rule }) => ({ ...rule, scope: { units: scope.units.map(({ id }) => id), functions: scope.functions } })),
  ...change,
});
const ends = (client: Client, id: string): Promise<PolicyView> =>
  client.call(postPolicyEnd, { params: { id }, body: { lastDay: '2026-11-22', reason: 'Selesai diuji', successorId: null } });
const inDinsos = (from = TODAY, until = from) => world.app.policies.applied(world.sql, cast.opds.dinsos.id, from, until);

test('BKD writes a circular of the region once, however often the button is pressed; everybody reads it', async () => {
  const key = randomUUID();
  const body = { key, opdId: null, policy: se([ruled(half), ruled({ kind: 'dikecualikan' }, [cast.opds.dinkes.id])]) };
  await bkd.call(postPolicy, { body });
  const again = await bkd.call(postPolicy, { body });
  expect(again).toMatchObject({ id: key, opd: null, version: 1, state: 'berlaku', mayChange: true, warning: null });
  const { policies, may } = await staf.call(getPolicies, {});
  expect(policies.filter(({ id }) => id === key)).toHaveLength(1);
  expect(policies[0]).toMatchObject({ mayChange: false, ruleCount: 2 });
  expect(may).toEqual({ region: false, opds: [] });
  const { rules } = await staf.call(getPolicy, { params: { id: key } });
  expect(rules[1]?.scope.units).toEqual([{ id: cast.opds.dinkes.id, name: 'Dinas Kesehatan' }]);
  await ends(bkd, key);
});

test('a change counts from its day on; what was in force before stays as it was, also for a plan of last week', async () => {
  const first = await made(bkd, se([ruled(half)]));
  const policy = wide(first, { rules: wide(first).rules.map((rule) => ({ ...rule, rule: { ...half, percent: 40 } as PolicyRule })) });
  const body = { version: 1, since: '2026-11-25', why: 'Banjir surut', policy };
  expect(await refusalIn(bkd.call(putPolicy, { params: { id: first.id }, body: { ...body, since: '2026-11-22' } }))).toMatchObject({
    code: 'input.invalid',
    fields: [{ path: 'since' }],
  });
  const second = await bkd.call(putPolicy, { params: { id: first.id }, body });
  expect(second.versions.map(({ version, since, why }) => [version, since, why])).toEqual([
    [2, '2026-11-25', 'Banjir surut'],
    [1, '2026-11-09', null],
  ]);
  const caps = (await inDinsos('2026-11-16', '2026-11-30')).filter(({ policy: { id } }) => id === first.id);
  expect(caps.map(({ id, rule, from, until }) => [id, rule.kind === 'batas_hadir' && rule.percent, from, until])).toEqual([
    [first.rules[0]?.id, 50, '2026-11-16', '2026-11-24'],
    [first.rules[0]?.id, 40, '2026-11-25', '2026-11-30'],
  ]);
  expect(await refusalIn(bkd.call(putPolicy, { params: { id: first.id }, body }))).toMatchObject({ code: 'policy.changed' });
  await ends(bkd, first.id);
});

test('a circular is ended with a reason and the one that follows it, once; the days before keep it', async () => {
  const [old, next] = [await made(bkd, se([ruled(alert(2))])), await made(bkd, se([ruled(alert(3))], { from: '2026-12-01' }))];
  const body = { lastDay: '2026-11-30', reason: 'Diganti\nper 1 Desember', successorId: next.id };
  const ended = await bkd.call(postPolicyEnd, { params: { id: old.id }, body });
  expect(ended).toMatchObject({ state: 'berlaku', until: '2026-11-30', mayChange: false, ending: { reason: body.reason, successor: { number: next.number } } });
  expect(await bkd.call(postPolicyEnd, { params: { id: old.id }, body })).toEqual(ended);
  expect(await bkd.refusalOf(postPolicyEnd, { params: { id: old.id }, body: { ...body, reason: 'Lain' } })).toBe('policy.ended');
  expect(await bkd.refusalOf(putPolicy, { params: { id: old.id }, body: { version: 1, since: TODAY, why: 'x', policy: wide(old) } })).toBe('policy.ended');
  const late = { params: { id: next.id }, body: { lastDay: '2026-11-21', reason: 'x', successorId: null } };
  expect((await refusalIn(bkd.call(postPolicyEnd, late))).fields).toMatchObject([{ path: 'lastDay' }]);
  const itself = { params: { id: next.id }, body: { lastDay: '2026-12-30', reason: 'x', successorId: next.id } };
  expect((await refusalIn(bkd.call(postPolicyEnd, itself))).fields).toMatchObject([{ path: 'successorId' }]);
  const alerts = (await inDinsos('2026-11-20', '2026-12-05')).filter(({ rule }) => rule.kind === 'siaga');
  expect(alerts.map(({ rule, from, until }) => [rule.kind === 'siaga' && rule.min, from, until])).toEqual([
    [2, '2026-11-20', '2026-11-30'],
    [3, '2026-12-01', '2026-12-05'],
  ]);
  await goTo('2026-12-01T02:00:00Z');
  expect(await bkd.call(getPolicy, { params: { id: old.id } })).toMatchObject({ state: 'dicabut' });
  await goTo('2026-11-23T02:00:00Z');
  await ends(bkd, next.id);
});

test('the admin of an OPD writes for its own units only; the narrower one decides there, and the screen says over which', async () => {
  const region = await made(bkd, se([ruled(weekly(2))]));
  const foreign = ruled(weekly(1), [cast.opds.dinkes.id]);
  expect((await refusalIn(made(admin, se([foreign]), cast.opds.dinsos.id))).fields).toMatchObject([{ path: 'policy.rules.0.scope.units' }]);
  const own = await made(admin, se([ruled(weekly(1))]), cast.opds.dinsos.id);
  expect(own.rules[0]?.scope.units).toEqual([{ id: cast.opds.dinsos.id, name: 'Dinas Sosial' }]);
  const decided = await staf.call(getDecidedRules, { params: { id: cast.opds.dinsos.id }, query: { day: TODAY } });
  expect(decided.kinds.filter(({ kind }) => kind === 'wfh_mingguan')).toMatchObject([
    {
      kind: 'wfh_mingguan',
      won: [{ policy: { number: own.number }, people: null, units: [{ name: 'Dinas Sosial' }] }],
      lost: [{ policy: { number: region.number }, why: 'cakupan', to: own.number, people: 5 }],
    },
  ]);
  const dinkes = await world.app.policies.applied(world.sql, cast.opds.dinkes.id, TODAY, TODAY);
  expect(dinkes.flatMap(({ rule, policy }) => (rule.kind === 'wfh_mingguan' ? policy.number : []))).toEqual([region.number]);
  await ends(bkd, region.id);
  await ends(admin, own.id);
});

test('who may do what: a foreign OPD is not there, a region’s circular is read by all and written by BKD and administrators', async () => {
  const region = await made(bkd, se([ruled(half)]));
  const own = await made(admin, se([ruled(half)]), cast.opds.dinsos.id);
  const clients = {
    bkd,
    admin,
    staf,
    kepala: await signIn(world, cast.kepala),
    stranger: await signIn(world, cast.stafDinkes),
    administrator: await signIn(world, cast.administrator),
  };
  const matrix = async (view: PolicyView) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(clients).map(async ([name, client]) => [
          name,
          [
            await client.refusalOf(getPolicy, { params: { id: view.id } }),
            await client.refusalOf(putPolicy, { params: { id: view.id }, body: { version: 99, since: TODAY, why: 'x', policy: wide(view) } }),
            await client.refusalOf(putPolicyFile, { params: { id: view.id }, query: { name: 'a' }, body: new Uint8Array([1]) }),
          ],
        ]),
      ),
    );
  expect(await matrix(region)).toEqual({
    bkd: [null, 'policy.changed', 'policy.file'],
    admin: [null, 'role.missing', 'role.missing'],
    staf: [null, 'role.missing', 'role.missing'],
    kepala: [null, 'role.missing', 'role.missing'],
    stranger: [null, 'role.missing', 'role.missing'],
    administrator: [null, 'policy.changed', 'policy.file'],
  });
  expect(await matrix(own)).toEqual({
    bkd: [null, 'role.missing', 'role.missing'],
    admin: [null, 'policy.changed', 'policy.file'],
    staf: [null, 'role.missing', 'role.missing'],
    kepala: [null, 'role.missing', 'role.missing'],
    stranger: ['not_found', 'role.missing', 'role.missing'],
    administrator: [null, 'policy.changed', 'policy.file'],
  });
  const body = { key: randomUUID(), opdId: cast.opds.dinkes.id, policy: se([ruled(half)]) };
  expect(await admin.refusalOf(postPolicy, { body })).toBe('not_found');
  expect(await bkd.refusalOf(postPolicy, { body })).toBe('role.missing');
  expect(await admin.refusalOf(postPolicy, { body: { ...body, opdId: null } })).toBe('role.missing');
  expect(await clients.stranger.refusalOf(getDecidedRules, { params: { id: cast.opds.dinsos.id } })).toBe('not_found');
  expect(await clients.stranger.refusalOf(getPolicies, { query: { opd: cast.opds.dinsos.id } })).toBe('not_found');
  expect(await admin.refusalOf(getFunctionGroups, { params: { id: cast.opds.dinkes.id } })).toBe('not_found');
  expect(await staf.refusalOf(getPolicyTemplates, {})).toBe('role.missing');
  expect(await world.visitor().refusalOf(getPolicies, {})).toBe('session.required');
  await ends(bkd, region.id);
  await ends(admin, own.id);
});

test('what cannot be is refused by its field; words of people stay words', async () => {
  const fieldsOf = async (policy: Input): Promise<string[]> => (await refusalIn(made(bkd, policy))).fields?.map(({ path }) => path) ?? [];
  expect(await fieldsOf(se([ruled(half)], { until: '2026-11-01', reviewOn: '2026-10-01' }))).toEqual(['policy.until', 'policy.reviewOn']);
  expect(await fieldsOf(se([ruled(half, [randomUUID()])]))).toEqual(['policy.rules.0.scope.units']);
  expect(await fieldsOf(se([ruled(weekly(1)), ruled(weekly(2))]))).toEqual(['policy.rules.1.scope.units']);
  expect(await fieldsOf(se([ruled({ kind: 'dahulukan_rumah', by: 'usia', fromAge: null })]))).toEqual(['policy.rules.0.rule.fromAge']);
  const shift = { name: 'Pagi', from: '07:00', to: '07:00' };
  expect(await fieldsOf(se([ruled({ kind: 'siaga', min: 2, shifts: [shift, { ...shift, to: '15:00' }] })]))).toEqual([
    'policy.rules.0.rule.shifts.0.to',
    'policy.rules.0.rule.shifts.1.name',
  ]);
  expect(await fieldsOf(se([{ ...ruled(half), id: randomUUID() }]))).toEqual(['policy.rules.0.id']);
  expect(await fieldsOf(se([{ ...ruled(half), basis: 'a\u0000b' }]))).toEqual(['policy.rules.0.basis']);
  expect(await fieldsOf(se([ruled(half)], { number: 'SE \u202e1' }))).toEqual(['policy.number']);
  const odd = `=HYPERLINK("x") <script>alert(1)</script> '; drop table policies.policy; --`;
  const kept = await made(bkd, se([{ ...ruled(half), basis: odd }], { title: odd }));
  expect(kept).toMatchObject({ title: odd, rules: [{ basis: odd }] });
  await ends(bkd, kept.id);
});

test('the signed paper is a PDF by its content, kept as it came, and a former one stays', async () => {
  const { id } = await made(bkd, se([ruled(half)]));
  const sends = (bytes: Uint8Array, name = 'edaran.pdf') => bkd.refusalOf(putPolicyFile, { params: { id }, query: { name }, body: bytes });
  expect(await sends(Buffer.from('<html><script>1</script></html>'))).toBe('policy.file');
  expect(await sends(Buffer.from('%PDF-1.7 cut off'))).toBe('policy.file');
  expect(await sends(Buffer.from('%PDF-1.7 <script>alert(1)</script> %%EOF'))).toBe('policy.file');
  expect(await sends(Buffer.concat([PDF, Buffer.alloc(5 * 1024 * 1024), Buffer.from('%%EOF')]))).toBe('policy.file');
  expect(await sends(PDF, '../../edaran.html')).toBeNull();
  expect(await sends(PDF)).toBeNull();
  const second = Buffer.concat([PDF, Buffer.from('\n% lampiran\n%%EOF\n')]);
  const { files } = await bkd.call(putPolicyFile, { params: { id }, query: { name: 'edaran baru' }, body: second });
  expect(files.map(({ name, size }) => [name, size])).toEqual([
    ['edaran baru.pdf', second.length],
    ['edaran.html.pdf', PDF.length],
  ]);
  const { payload, headers } = await staf.send(getPolicyFile, { params: { id } });
  expect(payload.equals(second)).toBe(true);
  expect(headers).toMatchObject({ 'content-type': 'application/pdf' });
  expect(String(headers['content-disposition'])).toMatch(/^attachment/);
  const former = await staf.send(getPolicyFile, { params: { id }, query: { sha256: files[1]!.sha256 } });
  expect(former.payload.equals(PDF)).toBe(true);
  await ends(bkd, id);
});

test('whoever keeps a circular hears once that it ends, and once that it has ended; a new last day is told anew', async () => {
  const { id, number } = await made(admin, se([ruled(half)], { until: '2026-12-31' }), cast.opds.dinsos.id);
  const told = async (): Promise<string[]> =>
    (
      await world.sql<
        { title: string }[]
      >`select words->'id'->>'title' as title from notifications.notice where ref = ${id} and person_id = ${cast.adminDinsos.id} order by at, id`
    ).map(({ title }) => title);
  await world.app.policies.warn();
  expect(await told()).toEqual([]);
  await goTo('2026-12-01T02:00:00Z');
  await world.app.policies.warn();
  await world.app.policies.warn();
  expect(await told()).toEqual([`${number} berakhir 31 Desember 2026`]);
  expect((await admin.call(getPolicies, {})).policies.find((one) => one.id === id)).toMatchObject({
    state: 'berlaku',
    warning: { what: 'menjelang', on: '2026-12-31', days: 30 },
  });
  expect(await world.app.policies.expiring(world.sql, cast.opds.dinsos.id, '2026-12-01')).toMatchObject([{ id, number }]);
  await goTo('2027-01-04T02:00:00Z');
  await world.app.policies.warn();
  expect(await told()).toEqual([`${number} berakhir 31 Desember 2026`, `${number} sudah berakhir 31 Desember 2026`]);
  await goTo('2026-11-23T02:00:00Z');
  await ends(admin, id);
});

test('a function group has its days; a rule for it holds on those alone', async () => {
  const opd = { id: cast.opds.dinsos.id };
  const rule = await made(bkd, se([ruled(weekly(5)), ruled(weekly(0), [], ['Penyuluh Kesehatan'])]));
  const body = { personIds: [cast.staf.id], name: 'Penyuluh  kesehatan', from: '2026-11-25', until: '2026-11-27', basis: 'SK 800/12' };
  await admin.call(postFunctionGroup, { params: opd, body });
  const { people } = await admin.call(postFunctionGroup, { params: opd, body });
  const groups = people.find(({ id }) => id === cast.staf.id)!.groups;
  expect(groups).toMatchObject([{ name: 'penyuluh kesehatan', from: '2026-11-25', until: '2026-11-27' }]);
  expect((await inDinsos('2026-11-24', '2026-11-30')).filter(({ people: only }) => only?.[0] === cast.staf.id).map(({ from, until }) => [from, until])).toEqual(
    [['2026-11-25', '2026-11-27']],
  );
  expect((await refusalIn(admin.call(postFunctionGroup, { params: opd, body: { ...body, until: null } }))).message).toContain('Sari Dirumah');
  expect(await admin.refusalOf(postFunctionGroup, { params: opd, body: { ...body, personIds: [cast.stafDinkes.id] } })).toBe('not_found');
  await admin.call(postFunctionGroupEnd, { params: { id: groups[0]!.id }, body: { until: '2026-11-25' } });
  expect((await world.app.policies.functionsOf(world.sql, [cast.staf.id], '2026-11-26')).get(cast.staf.id)).toEqual([]);
  const late = { params: { id: groups[0]!.id }, body: { until: '2026-11-20' } };
  expect((await refusalIn(admin.call(postFunctionGroupEnd, late))).fields).toMatchObject([{ path: 'until' }]);
  const dinkes = await signIn(world, cast.kepalaDinkes);
  expect(await dinkes.refusalOf(postFunctionGroupEnd, { params: { id: groups[0]!.id }, body: { until: '2026-11-25' } })).toBe('role.missing');
  await ends(bkd, rule.id);
});

test('a policy says for whom it holds: agency by agency to BKD, the own one to staff, and what decides for the others', async () => {
  const whole = await made(bkd, se([ruled(weekly(3)), ruled({ kind: 'dikecualikan' }, [cast.opds.dinkes.id])]));
  const own = await made(admin, se([ruled(weekly(2), [cast.opds.rehsos.id])]), cast.opds.dinsos.id);
  const [three, exempt] = whole.rules.map(({ id }) => id);
  const { opds } = await bkd.call(getPolicyReach, { params: { id: whole.id } });
  const at = (id: string) => opds.find(({ opd }) => opd.id === id);
  const inBidang = (await admin.call(getPolicyReach, { params: { id: own.id } })).opds[0]!.rules[0]!.people;
  expect(inBidang).toBeGreaterThan(0);
  const dinsos = at(cast.opds.dinsos.id)!;
  expect(dinsos.rules).toEqual([{ ruleId: three, people: dinsos.staff - inBidang, lost: [{ why: 'cakupan', to: own.number, people: inBidang }] }]);
  const dinkes = at(cast.opds.dinkes.id)!;
  expect(dinkes.rules.map(({ ruleId, people }) => [ruleId, people])).toEqual([
    [three, dinkes.staff],
    [exempt, dinkes.staff],
  ]);
  expect((await staf.call(getPolicyReach, { params: { id: whole.id } })).opds.map(({ opd }) => opd.id)).toEqual([cast.opds.dinsos.id]);
  expect(await (await signIn(world, cast.stafDinkes)).refusalOf(getPolicyReach, { params: { id: own.id } })).toBe('not_found');
  await ends(bkd, whole.id);
  await ends(admin, own.id);
});

test('the flag of health is the admin’s of the OPD alone: no head, no BKD, no administrator reads or writes it; each look and change is on record', async () => {
  const params = { id: cast.opds.dinsos.id };
  const flagOf = async (client: Client) => (await client.call(getFunctionGroups, { params })).people.find(({ id }) => id === cast.staf.id)!.health;
  const body = { personId: cast.staf.id, yes: true };
  await admin.call(putHealthFlag, { params, body });
  expect(await flagOf(admin)).toBe(true);
  for (const person of [cast.kepala, cast.bkd, cast.administrator]) {
    const client = await signIn(world, person);
    expect(await flagOf(client)).toBeNull();
    expect(await client.refusalOf(putHealthFlag, { params, body })).toBe('role.missing');
  }
  expect(await admin.refusalOf(putHealthFlag, { params, body: { ...body, personId: cast.stafDinkes.id } })).toBe('not_found');
  const rule = await made(
    bkd,
    se([ruled({ kind: 'dahulukan_rumah', by: 'kesehatan', fromAge: null }), ruled({ kind: 'dahulukan_rumah', by: 'usia', fromAge: 46 })]),
  );
  const ranks = await world.app.policies.homeFirst(world.sql, [cast.staf.id, cast.kabid.id], TODAY);
  expect([ranks.get(cast.staf.id), ranks.get(cast.kabid.id)]).toEqual([2, 1]);
  await admin.call(putHealthFlag, { params, body: { ...body, yes: false } });
  const rows = await world.sql`select from policies.health_flag`;
  expect(rows).toHaveLength(0);
  const looks = await world.sql<
    { what: string }[]
  >`select what from people.access where by_id = ${cast.adminDinsos.id} and what like '%tanda_kesehatan%' order by id`;
  expect(new Set(looks.map(({ what }) => what))).toEqual(new Set(['tanda_kesehatan.ubah', 'kelompok_fungsi+tanda_kesehatan']));
  await ends(bkd, rule.id);
});

test('whom the roster has at home first is told to the admin of the OPD alone: to the head, BKD and the administrator nobody is marked', async () => {
  const opd = { id: cast.opds.dinsos.id };
  const rule = await made(bkd, se([ruled({ kind: 'dahulukan_rumah', by: 'kesehatan', fromAge: null })]));
  await admin.call(putHealthFlag, { params: opd, body: { personId: cast.staf.id, yes: true } });
  await admin.call(postRota, { params: opd, body: { month: '2026-12' } });
  const marked = async (client: Client) => {
    const { view } = await client.call(getRota, { params: opd, query: { month: '2026-12' } });
    return view?.sheet.people.flatMap(({ id, homeFirst }) => (homeFirst > 0 ? [id] : []));
  };
  expect(await marked(admin)).toEqual([cast.staf.id]);
  for (const person of [cast.kepala, cast.bkd, cast.administrator]) expect(await marked(await signIn(world, person))).toEqual([]);
  await admin.call(putHealthFlag, { params: opd, body: { personId: cast.staf.id, yes: false } });
  await ends(bkd, rule.id);
});

test('every ready-made rule can be taken as it stands, in both languages', async () => {
  const templates = await bkd.call(getPolicyTemplates, {});
  expect(templates.length).toBeGreaterThanOrEqual(6);
  for (const { rules } of templates) {
    const policy = se(rules.map(({ rule, functions, basis }) => ({ id: null, rule, scope: { units: [], functions }, basis })));
    await ends(bkd, (await made(bkd, policy)).id);
  }
  const english = JSON.parse((await bkd.send(getPolicyTemplates, {}, { 'accept-language': 'en' })).text) as typeof templates;
  expect(english.map(({ key }) => key)).toEqual(templates.map(({ key }) => key));
  expect(english[0]?.name).not.toBe(templates[0]?.name);
});
