// Journalists register; the desk verifies them, and keeps one outlet one outlet.
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { Endpoint } from '../../shared/endpoint.ts';
import * as wire from '../../shared/press-desk.ts';
import { castWorld, refusalIn, signIn } from '../support/cast.ts';
import { journalist, plannedConference, registers, registrationOf } from '../support/press.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

async function openDesk(state: 'diumumkan' | 'registrasi' | 'tanya_jawab' | 'draft' = 'registrasi') {
  const { world, cast } = await castWorld();
  worlds.push(world);
  const conference = await plannedConference(world, cast, { state });
  const { operator, params, slug } = conference;
  const list = () => operator.call(wire.getRegistrations, { params });
  const decide = (
    id: string,
    body: { act: 'diterima' | 'ditolak' | 'dicabut'; from: wire.RegistrationState; reason?: string; validUntil?: string },
    by = operator,
  ) => by.call(wire.postRegistrationDecision, { params: { ...params, journalist: id }, body });
  return { world, cast, conference, operator, params, slug, list, decide };
}
const SARI = { name: 'Sari Pena', outlet: 'Radar Uji' };

test('a journalist registers, waits, and is accepted by the desk', async () => {
  const { world, conference, slug, list, decide } = await openDesk();
  const { client, own, id } = await registers(world, conference, { ...SARI, card: { kind: 'ukw', number: '12345-PWI/WU/2026' }, phone: '0812 3456 7890' });
  expect(own).toEqual({
    name: 'Sari Pena',
    outlet: 'Radar Uji',
    email: 'sari@radaruji.example',
    member: `j_${id}`,
    state: 'menunggu',
    reason: null,
    validUntil: null,
  });
  const [line] = await list();
  expect(line).toMatchObject({ id, state: 'menunggu', card: { kind: 'ukw', ending: '2026' }, phone: '0812 3456 7890', mail: 'belum', decidedBy: null });
  expect(JSON.stringify(line)).not.toContain('12345');
  const accepted = await decide(id, { act: 'diterima', from: 'menunggu' });
  expect(accepted).toMatchObject({ state: 'diterima', decidedBy: 'Dian Operator', validUntil: null });
  expect((await client.call(wire.getRegistration, { params: slug })).own).toMatchObject({ state: 'diterima' });
});

test('the list says first who waits, then who came first', async () => {
  const { world, conference, list, decide } = await openDesk();
  const first = await registers(world, conference, SARI);
  world.clock.advance(1_000);
  await registers(world, conference, { name: 'Bayu Kamera', outlet: 'Suara Kota' });
  world.clock.advance(1_000);
  await registers(world, conference, { name: 'Citra Lensa', outlet: 'Pena Kota' });
  await decide(first.id, { act: 'diterima', from: 'menunggu' });
  expect((await list()).map((r) => r.name)).toEqual(['Bayu Kamera', 'Citra Lensa', 'Sari Pena']);
});

test('31 journalists of 22 outlets register and are accepted; spelling makes no outlet more', async () => {
  const { world, conference, operator, list, decide } = await openDesk();
  const spelled = [(n: number) => `Media Uji ${n}`, (n: number) => `PT. MEDIA UJI ${n}`, (n: number) => `www.mediauji${n}.com`];
  for (let n = 0; n < 31; n += 1) {
    const spelling = spelled[Math.floor(n / 22)]!;
    const { id } = await registers(world, conference, {
      name: `Wartawan ${'abcdefghijklmnopqrstuvwxyzABCDE'[n]}`,
      outlet: spelling(n % 22),
      email: `w${n}@uji${n}.example`,
    });
    await decide(id, { act: 'diterima', from: 'menunggu' });
  }
  expect(await list()).toHaveLength(31);
  const outlets = await operator.call(wire.getOutlets, {});
  expect(outlets).toHaveLength(22);
  expect(outlets.reduce((sum, o) => sum + o.journalists, 0)).toBe(31);
  expect(await world.app.pressDesk.accredited(world.app.sql, conference.id)).toHaveLength(31);
});

test('a form that is sent twice registers once, and a lost answer costs nobody the pass', async () => {
  const { world, conference, slug, list } = await openDesk();
  const body = registrationOf(SARI);
  const sari = world.visitor();
  await sari.call(wire.getRegistration, { params: slug });
  const first = await sari.call(wire.postRegistration, { params: slug, body });
  expect(await sari.call(wire.postRegistration, { params: slug, body })).toEqual(first);
  // The answer was lost on the way: the browser has no pass, and sends the same form.
  sari.cookies.delete('pers');
  expect(await sari.call(wire.postRegistration, { params: slug, body })).toEqual(first);
  expect((await sari.call(wire.getRegistration, { params: slug })).own).toEqual(first);
  // With the pass, a new form is the same registration.
  const again = await sari.call(wire.postRegistration, { params: slug, body: { ...body, key: randomUUID(), name: 'Nama Lain', outlet: 'Media Lain' } });
  expect(again).toEqual(first);
  expect(await list()).toHaveLength(1);
  // The key of somebody else opens nothing.
  expect(await world.visitor().refusalOf(wire.postRegistration, { params: slug, body: { ...body, email: 'lain@uji.example' } })).toBe('input.invalid');
  expect(conference.id).toBeTruthy();
});

test('two presses at the same moment register once', async () => {
  const { world, slug, list } = await openDesk();
  const sari = world.visitor();
  await sari.call(wire.getRegistration, { params: slug });
  const body = registrationOf(SARI);
  await Promise.all([1, 2, 3].map(() => sari.call(wire.postRegistration, { params: slug, body })));
  expect(await list()).toHaveLength(1);
});

test('a browser with the pass of one registers nobody else', async () => {
  const { world, conference, slug } = await openDesk();
  const { client } = await registers(world, conference, SARI);
  const refusal = await refusalIn(client.call(wire.postRegistration, { params: slug, body: registrationOf({ name: 'Bayu Kamera', outlet: 'Suara Kota' }) }));
  expect(refusal).toMatchObject({ code: 'registration.other_person', values: { name: 'Sari Pena' } });
  await client.call(wire.deletePass, {});
  await client.call(wire.postRegistration, { params: slug, body: registrationOf({ name: 'Bayu Kamera', outlet: 'Suara Kota' }) });
});

test('what is wrong in the form is named: telephone, name, outlet, notice', async () => {
  const { world, slug } = await openDesk();
  const asks = async (rest: object) => {
    const refusal = await refusalIn(world.visitor().call(wire.postRegistration, { params: slug, body: { ...registrationOf(SARI), ...rest } }));
    return refusal.fields?.[0]?.path ?? refusal.code;
  };
  expect(await asks({ phone: '------------' })).toBe('phone');
  expect(await asks({ name: '12345' })).toBe('name');
  expect(await asks({ outlet: '!!!' })).toBe('outlet');
  expect(await asks({ email: 'bukan surel' })).toBe('email');
  expect(await asks({ notice: 7 })).toBe('notice.required');
});

test('registration before its time, after its end and of a draft', async () => {
  const { world, conference, slug } = await openDesk('diumumkan');
  const visitor = world.visitor();
  expect((await visitor.call(wire.getRegistration, { params: slug })).open).toBe(false);
  expect(await visitor.refusalOf(wire.postRegistration, { params: slug, body: registrationOf(SARI) })).toBe('registration.closed');
  await conference.goTo('registrasi');
  const { client } = await registers(world, conference, SARI);
  for (const to of ['ruang_tunggu', 'tayang', 'selesai'] as const) await conference.goTo(to);
  expect(await visitor.refusalOf(wire.postRegistration, { params: slug, body: registrationOf(SARI) })).toBe('registration.closed');
  // Who registered still reads how it went.
  expect((await client.call(wire.getRegistration, { params: slug })).own?.state).toBe('menunggu');
  const draft = await openDesk('draft');
  expect(await draft.world.visitor().refusalOf(wire.getRegistration, { params: draft.slug })).toBe('not_found');
  expect(await draft.world.visitor().refusalOf(wire.postRegistration, { params: draft.slug, body: registrationOf(SARI) })).toBe('not_found');
});

test('nobody registers as accepted: what the form does not ask for is not taken', async () => {
  const { world, slug, list } = await openDesk();
  const body = { ...registrationOf(SARI), state: 'diterima', validUntil: '2027-01-01', confirmed: true, journalistId: randomUUID(), byId: randomUUID() };
  const own = await world.visitor().call(wire.postRegistration, { params: slug, body });
  expect(own).toMatchObject({ state: 'menunggu', validUntil: null });
  expect(await list()).toMatchObject([{ state: 'menunggu', validUntil: null, decidedBy: null }]);
});

test('a question in advance is handed on once, in the same transaction', async () => {
  const { world, conference, slug, list } = await openDesk();
  const heard: string[] = [];
  world.app.pressDesk.onAdvance(async (_tx, conf, who, { topic }) => void heard.push(`${conf.id === conference.id} ${who.name}: ${topic}`));
  const { client } = await registers(world, conference, { ...SARI, question: { topic: 'Anggaran', text: 'Berapa anggaran banjir?' } });
  await client.call(wire.postRegistration, { params: slug, body: registrationOf({ ...SARI, question: { topic: 'Lain', text: 'Lagi?' } }) });
  expect(heard).toEqual(['true Sari Pena: Anggaran']);
  expect((await list())[0]?.question).toEqual({ topic: 'Anggaran', text: 'Berapa anggaran banjir?' });
});

test('the second officer is told who decided, and the first may press twice', async () => {
  const { world, cast, conference, decide } = await openDesk();
  const { id } = await registers(world, conference, SARI);
  await decide(id, { act: 'diterima', from: 'menunggu' });
  expect(await decide(id, { act: 'diterima', from: 'menunggu' })).toMatchObject({ state: 'diterima' });
  const other = await signIn(world, cast.administrator);
  const refusal = await refusalIn(decide(id, { act: 'ditolak', from: 'menunggu', reason: 'Bukan jurnalis' }, other));
  expect(refusal).toMatchObject({ code: 'registration.decided', values: { name: 'Dian Operator', state: 'diterima' } });
  expect(refusal.message).toMatch(/Dian Operator pada 23 November 2026 \d\d\.\d\d WIB: diterima/);
  const [rows] = await world.sql`select count(*)::int as n from press.registration_decision`;
  expect(rows?.['n']).toBe(1);
});

test('refusing and withdrawing need a reason, which the journalist reads; each decision is a new row', async () => {
  const { world, conference, slug, decide } = await openDesk();
  const { client, id } = await registers(world, conference, SARI);
  expect((await refusalIn(decide(id, { act: 'ditolak', from: 'menunggu' }))).code).toBe('registration.reason');
  expect((await refusalIn(decide(id, { act: 'dicabut', from: 'menunggu', reason: 'x' }))).fields?.[0]?.path).toBe('act');
  await decide(id, { act: 'ditolak', from: 'menunggu', reason: 'Kartu pers tidak terbaca' });
  expect((await client.call(wire.getRegistration, { params: slug })).own).toMatchObject({ state: 'ditolak', reason: 'Kartu pers tidak terbaca' });
  await decide(id, { act: 'diterima', from: 'ditolak' });
  await decide(id, { act: 'dicabut', from: 'diterima', reason: 'Menyamar' });
  expect((await client.call(wire.getRegistration, { params: slug })).own).toMatchObject({ state: 'dicabut', reason: 'Menyamar' });
  expect(await world.sql`select act from press.registration_decision order by id`).toMatchObject([{ act: 'ditolak' }, { act: 'diterima' }, { act: 'dicabut' }]);
});

test('accepted until a day: the next conference needs no desk, until that day is over', async () => {
  const { world, cast, conference, decide } = await openDesk();
  const { client, id } = await registers(world, conference, SARI);
  expect((await refusalIn(decide(id, { act: 'diterima', from: 'menunggu', validUntil: '2026-11-22' }))).code).toBe('registration.validity');
  expect((await refusalIn(decide(id, { act: 'diterima', from: 'menunggu', validUntil: '2028-11-24' }))).code).toBe('registration.validity');
  await decide(id, { act: 'diterima', from: 'menunggu', validUntil: '2026-11-24' });
  const next = await plannedConference(world, cast, { state: 'registrasi', plan: { title: 'Vaksin', startsAt: '2026-11-26T02:00:00Z' } });
  const own = await client.call(wire.postRegistration, { params: next.slug, body: registrationOf(SARI) });
  expect(own).toMatchObject({ state: 'diterima', validUntil: '2026-11-24' });
  const stateNow = async () => (await client.call(wire.getRegistration, { params: next.slug })).own;
  world.clock.set('2026-11-24T16:59:59Z');
  expect(await stateNow()).toMatchObject({ state: 'diterima' });
  world.clock.set('2026-11-24T17:00:00Z');
  expect(await stateNow()).toMatchObject({ state: 'menunggu', validUntil: null });
  expect(await world.app.pressDesk.registrationOf(world.app.sql, next.id, id)).toEqual({ state: 'menunggu', reason: null });
  // The conference they were accepted for stays.
  expect(await world.app.pressDesk.registrationOf(world.app.sql, conference.id, id)).toMatchObject({ state: 'diterima' });
});

test('an accreditation is given and ended at the list of everybody; who waited or was accepted by it is told', async () => {
  const { world, conference, operator, slug } = await openDesk();
  const { client, id } = await registers(world, conference, SARI);
  const put = (body: { validUntil: string | null; reason?: string }) => operator.call(wire.putAccreditation, { params: { id }, body });
  expect(await put({ validUntil: '2026-12-31' })).toMatchObject({ validUntil: '2026-12-31' });
  expect((await client.call(wire.getRegistration, { params: slug })).own).toMatchObject({ state: 'diterima' });
  expect((await refusalIn(put({ validUntil: null }))).code).toBe('registration.reason');
  expect((await refusalIn(put({ validUntil: '2026-11-22' }))).code).toBe('registration.validity');
  expect(await put({ validUntil: null, reason: 'Pindah tugas' })).toMatchObject({ validUntil: null });
  expect((await client.call(wire.getRegistration, { params: slug })).own).toMatchObject({ state: 'dicabut', reason: 'Pindah tugas' });
  // Ending what is ended is harmless.
  expect(await put({ validUntil: null })).toMatchObject({ validUntil: null });
  expect(await world.sql`select valid_until from press.accreditation order by id`).toHaveLength(2);
  expect(await world.sql`select kind from mail.letter where kind <> 'pers.kru' order by at, kind`).toMatchObject([
    { kind: 'pers.diterima' },
    { kind: 'pers.ditolak' },
    { kind: 'pers.tautan' },
  ]);
});

test('the desk registers somebody at the door: accepted at once, with a link to hand over', async () => {
  const { world, conference, operator, params, slug, list } = await openDesk();
  const body = { name: 'Doni Mikrofon', outlet: 'Radio Uji', outletKind: 'radio' as const, email: 'doni@radiouji.example' };
  const { registration, link } = await operator.call(wire.postWalkIn, { params, body });
  expect(registration).toMatchObject({ name: 'Doni Mikrofon', state: 'diterima', decidedBy: 'Dian Operator' });
  expect(link).toContain(`/pers/masuk?ke=${slug.slug}#`);
  // Pressed twice: one line, the same link.
  expect((await operator.call(wire.postWalkIn, { params, body })).link).toBe(link);
  expect(await list()).toHaveLength(1);
  const doni = world.visitor();
  expect(await doni.call(wire.postPass, { body: { token: link.split('#')[1]! } })).toEqual({ name: 'Doni Mikrofon', outlet: 'Radio Uji' });
  expect((await doni.call(wire.getRegistration, { params: slug })).own).toMatchObject({ state: 'diterima' });
  for (const to of ['ruang_tunggu', 'tayang', 'selesai'] as const) await conference.goTo(to);
  expect(await operator.refusalOf(wire.postWalkIn, { params, body })).toBe('registration.closed');
});

test('two spellings of one outlet are merged: everybody belongs to the other, and so does whoever writes it later', async () => {
  const { world, conference, operator, list } = await openDesk();
  const { id, client } = await journalist(world, conference, SARI);
  const bayu = await journalist(world, conference, { name: 'Bayu Kamera', outlet: 'Rada Uji' });
  const outlets = await operator.call(wire.getOutlets, {});
  const [right, wrong] = ['Radar Uji', 'Rada Uji'].map((name) => outlets.find((o) => o.name === name)!);
  expect((await list()).find((r) => r.id === bayu.id)?.hints).toContain('Nama media mirip Radar Uji.');
  expect(await operator.call(wire.postOutletMerge, { params: { id: wrong!.id }, body: { into: right!.id } })).toMatchObject({
    name: 'Radar Uji',
    journalists: 2,
  });
  expect((await world.app.pressDesk.journalists(world.app.sql, [bayu.id])).get(bayu.id)).toMatchObject({ outlet: 'Radar Uji', outletId: right!.id });
  const later = await registers(world, conference, { name: 'Eka Tulis', outlet: 'RADA UJI' });
  expect(later.outlet).toBe('Radar Uji');
  expect(await world.visitor().call(wire.getOutletNames, {})).toEqual([{ name: 'Radar Uji', kind: 'daring' }]);
  expect(await operator.refusalOf(wire.postOutletMerge, { params: { id: wrong!.id }, body: { into: right!.id } })).toBe('not_found');
  // The journalist's record keeps what it was.
  expect(await world.sql`select outlet_id from press.journalist_record where journalist_id = ${bayu.id} order by id`).toMatchObject([
    { outlet_id: wrong!.id },
    { outlet_id: right!.id },
  ]);
  expect([id, client]).toHaveLength(2);
});

test('a name of an outlet is corrected, unless another has it', async () => {
  const { world, conference, operator } = await openDesk();
  await registers(world, conference, SARI);
  await registers(world, conference, { name: 'Bayu Kamera', outlet: 'Suara Kota' });
  const [radar, suara] = await operator.call(wire.getOutlets, {});
  expect(await operator.call(wire.putOutlet, { params: { id: radar!.id }, body: { name: 'Harian Radar Uji', kind: 'cetak' } })).toMatchObject({
    name: 'Harian Radar Uji',
    kind: 'cetak',
  });
  const refusal = await refusalIn(operator.call(wire.putOutlet, { params: { id: suara!.id }, body: { name: 'radar uji', kind: 'daring' } }));
  expect(refusal).toMatchObject({ code: 'outlet.exists', values: { name: 'Harian Radar Uji' } });
  expect(await operator.refusalOf(wire.putOutlet, { params: { id: randomUUID() }, body: { name: 'Lain', kind: 'daring' } })).toBe('not_found');
});

test('somebody is moved to the outlet they really work for', async () => {
  const { world, conference, operator } = await openDesk();
  const sari = await journalist(world, conference, SARI);
  await registers(world, conference, { name: 'Bayu Kamera', outlet: 'Suara Kota' });
  const suara = (await operator.call(wire.getOutlets, {})).find((o) => o.name === 'Suara Kota')!;
  expect(await operator.call(wire.putJournalistOutlet, { params: { id: sari.id }, body: { outletId: suara.id } })).toMatchObject({ outlet: 'Suara Kota' });
  expect(await operator.refusalOf(wire.putJournalistOutlet, { params: { id: sari.id }, body: { outletId: randomUUID() } })).toBe('not_found');
});

test('everybody ever registered is found by name or outlet, and signs of a search are letters', async () => {
  const { world, conference, operator } = await openDesk();
  await registers(world, conference, SARI);
  await registers(world, conference, { name: 'Bayu Kamera', outlet: 'Suara Kota' });
  const found = async (query: object) => (await operator.call(wire.getJournalists, { query })).map((j) => j.name);
  expect(await found({})).toEqual(['Bayu Kamera', 'Sari Pena']);
  expect(await found({ q: 'radar' })).toEqual(['Sari Pena']);
  expect(await found({ q: '%' })).toEqual([]);
  expect(await found({ outlet: (await operator.call(wire.getOutlets, {})).find((o) => o.name === 'Suara Kota')!.id })).toEqual(['Bayu Kamera']);
});

test('the desk is for operators; what is not there is not found', async () => {
  const { world, cast, conference, params } = await openDesk();
  const { id } = await registers(world, conference, SARI);
  const nobody = randomUUID();
  const asked: [Endpoint, object][] = [
    [wire.getRegistrations, { params }],
    [wire.postRegistrationDecision, { params: { ...params, journalist: id }, body: { act: 'diterima', from: 'menunggu' } }],
    [wire.postWalkIn, { params, body: { name: 'Doni', outlet: 'Radio Uji', outletKind: 'radio', email: 'doni@uji.example' } }],
    [wire.getJournalists, {}],
    [wire.putAccreditation, { params: { id }, body: { validUntil: '2026-12-31' } }],
    [wire.putJournalistOutlet, { params: { id }, body: { outletId: nobody } }],
    [wire.postJournalistPass, { params: { id } }],
    [wire.getOutlets, {}],
    [wire.putOutlet, { params: { id: nobody }, body: { name: 'Lain', kind: 'daring' } }],
    [wire.postOutletMerge, { params: { id: nobody }, body: { into: nobody } }],
  ];
  const staff = await signIn(world, cast.kepala);
  for (const [endpoint, given] of asked) {
    const statuses = [(await world.visitor().send(endpoint, given)).status, (await staff.send(endpoint, given)).status];
    expect([endpoint.path, ...statuses]).toEqual([endpoint.path, 401, 403]);
  }
  const { operator } = conference;
  const other = await plannedConference(world, cast, { state: 'registrasi', plan: { title: 'Vaksin' } });
  for (const [endpoint, given] of [
    [wire.getRegistrations, { params: { id: nobody } }],
    // Registered elsewhere is not registered here.
    [wire.postRegistrationDecision, { params: { ...other.params, journalist: id }, body: { act: 'diterima', from: 'menunggu' } }],
    [wire.postRegistrationDecision, { params: { ...params, journalist: nobody }, body: { act: 'diterima', from: 'menunggu' } }],
    [wire.postWalkIn, { params: { id: nobody }, body: { name: 'Doni', outlet: 'Radio Uji', outletKind: 'radio', email: 'doni@uji.example' } }],
    [wire.putAccreditation, { params: { id: nobody }, body: { validUntil: '2026-12-31' } }],
    [wire.postJournalistPass, { params: { id: nobody } }],
  ] as [Endpoint, object][])
    expect([endpoint.path, (await operator.send(endpoint, given)).status]).toEqual([endpoint.path, 404]);
});

test('decisions, accreditations and the proof of the notice are rows of the ledger', async () => {
  const { world, conference, params } = await openDesk();
  const { id } = await journalist(world, conference, SARI);
  const streams = await world.sql<{ stream: string }[]>`select stream from ledger.head where stream like 'press%' order by 1`;
  expect(streams.map((s) => s.stream)).toEqual(expect.arrayContaining([`press-decisions:${params.id}`, `press-notices:${id}`]));
  expect(await world.sql`select journalist_id, version, language from press.notice_ack`).toMatchObject([{ journalist_id: id, version: 1, language: 'id' }]);
});
