// Questions are raised, ordered fairly by outlet, given the floor and answered; two moderators, reloads, departures; what is owed; the log.
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { getNotices } from '../../shared/notifications.ts';
import * as wire from '../../shared/press-floor.ts';
import { postRegistration, postRegistrationDecision } from '../../shared/press-desk.ts';
import { postPressLeave, postPressRemoval, postPressTicket } from '../../shared/press-room.ts';
import { verifyIn } from '../../server/platform/ledger-verify.ts';
import { refusalIn, signIn } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { forged } from '../support/forger.ts';
import { openMailbox, type Mailbox } from '../support/mailbox.ts';
import { registrationOf } from '../support/press.ts';
import { pressFloor, queueText, type Asker, type FloorSetting } from '../support/press-floor.ts';

const settings: FloorSetting[] = [];
const boxes: Mailbox[] = [];
afterEach(async () => {
  await Promise.all(settings.splice(0).map(({ world }) => world.close()));
  await Promise.all(boxes.splice(0).map((box) => box.close()));
});
async function open(how: Parameters<typeof pressFloor>[0] = {}): Promise<FloorSetting> {
  const setting = await pressFloor(how);
  settings.push(setting);
  return setting;
}
const question = (topic: string) => ({ topic, text: `${topic}?`, key: randomUUID() });

test('31 journalists of 22 outlets: every outlet asks once before any asks twice, then the server’s time decides', async () => {
  const f = await open();
  const askers: Asker[] = [];
  for (let n = 0; n < 31; n += 1)
    askers.push(await f.inside(`Wartawan ${'abcdefghijklmnopqrstuvwxyzABCDE'[n]}`, `Media ${String((n % 22) + 1).padStart(2, '0')}`));
  // Media 01 to 09 have two journalists; both of each raise before the outlets after it.
  const two = (n: number): Asker[] => askers.filter((_, i) => i % 22 === n);
  const raised: { id: string; asker: Asker }[] = [];
  for (let n = 0; n < 22; n += 1) for (const asker of two(n)) raised.push({ asker, id: await f.raises(asker, `Pokok ${asker.name}`) });
  for (const { id } of raised.toReversed()) await f.screens(id, f.operator);
  const order = (await f.sees()).queue;
  expect(order.map((place) => place.outlet)).toEqual([
    ...Array.from({ length: 22 }, (_, n) => `Media ${String(n + 1).padStart(2, '0')}`),
    ...Array.from({ length: 9 }, (_, n) => `Media ${String(n + 1).padStart(2, '0')}`),
  ]);
  expect(order.map((place) => place.place)).toEqual(Array.from({ length: 31 }, (_, n) => n + 1));
  const outlets: string[] = [];
  for (let n = 0; n < 31; n += 1) {
    await f.gives((await f.sees()).queue[0]!.id);
    const { turns } = await f.sees();
    outlets.push(turns[0]!.outlet);
    await f.releases(turns[0]!.id);
  }
  expect(new Set(outlets.slice(0, 22)).size).toBe(22);
  expect(outlets).toEqual(order.map((place) => place.outlet));
  const figures = await f.world.app.floor.figures(f.world.app.sql, f.id);
  expect([figures.length, figures.every((one) => one.asked === 1 && one.turns === 1)]).toEqual([31, true]);
}, 120_000);

test('outlet A asks twice before outlet B once: B goes first', async () => {
  const f = await open();
  const [a1, a2, b1] = [await f.inside('Sari', 'Radar Uji'), await f.inside('Doni', 'Radar Uji'), await f.inside('Citra', 'Suara Kota')];
  await f.asks(a1, 'Tanggul');
  await f.asks(a2, 'Pompa');
  const b = await f.asks(b1, 'Warga');
  expect(queueText(await f.sees())).toEqual(['1 Radar Uji: Tanggul', '2 Suara Kota: Warga', '3 Radar Uji: Pompa']);
  await f.gives((await f.sees()).queue[0]!.id);
  expect(queueText(await f.sees(a2.client))).toEqual(['1 Suara Kota: Warga', '2 Radar Uji: Pompa']);
  expect((await f.sees(a2.client)).queue.map(({ mine, turnsHad }) => [mine, turnsHad])).toEqual([
    [false, 0],
    [true, 1],
  ]);
  await f.releases(await f.turn());
  expect((await f.gives(b)).turns).toMatchObject([{ outlet: 'Suara Kota', name: 'Citra' }]);
});

test('who may raise: with a pass, accredited, on air, one open question; else it is said why', async () => {
  const f = await open({ state: 'ruang_tunggu' });
  const sari = await f.accredited('Sari', 'Radar Uji');
  const raise = (client: Asker['client'], body = question('Tanggul')) => client.refusalOf(wire.postQuestion, { params: f.slug, body });
  const why = async (client: Asker['client']) => (await f.sees(client)).whyNot;
  expect([await raise(sari.client), await why(sari.client)]).toEqual(['question.not_open', 'question.not_open']);
  await f.goTo('tayang');
  const visitor = f.world.visitor();
  expect([await raise(visitor), await why(visitor)]).toEqual(['press.pass_required', 'press.pass_required']);
  const waiting = await f.registers('Doni', 'Pena Kota');
  expect((await refusalIn(waiting.client.call(wire.postQuestion, { params: f.slug, body: question('Pompa') }))).values).toEqual({ state: 'menunggu' });
  expect(await why(waiting.client)).toBe('press.not_accredited');
  const once = question('Tanggul');
  expect((await f.sees(sari.client)).mayRaise).toBe(true);
  await sari.client.call(wire.postQuestion, { params: f.slug, body: once });
  // The answer was lost on the way, the page sends it again.
  expect((await sari.client.call(wire.postQuestion, { params: f.slug, body: once })).queue).toHaveLength(1);
  expect([await raise(sari.client), await why(sari.client)]).toEqual(['question.one_open', 'question.one_open']);
  expect(await raise(sari.client, { topic: '', text: 'x', key: randomUUID() })).toBe('input.invalid');
  const nowhere = { slug: 'tidak-ada' };
  expect(await sari.client.refusalOf(wire.postQuestion, { params: nowhere, body: once })).toBe('not_found');
  await f.goTo('selesai');
  expect(await raise(waiting.client)).toBe('press.not_accredited');
});

test('a draft does not exist for the public, and its operator sees an empty floor', async () => {
  const f = await open({ state: 'draft' });
  expect(await f.world.visitor().refusalOf(wire.getFloor, { params: f.slug })).toBe('not_found');
  expect(await f.sees(f.operator)).toMatchObject({ open: false, queue: [], youModerate: true });
});

test('two who raise the same question at the same moment raise one', async () => {
  const f = await open();
  const sari = await f.inside('Sari', 'Radar Uji');
  const same = question('Tanggul');
  const results = await Promise.all([same, same, question('Pompa')].map((body) => sari.client.refusalOf(wire.postQuestion, { params: f.slug, body })));
  expect(results.filter((code) => code === 'question.one_open').length).toBeGreaterThan(0);
  expect((await f.sees()).queue).toHaveLength(1);
});

test('raising and taking back again and again is slowed down', async () => {
  const f = await open();
  const { client } = await f.inside('Sari', 'Radar Uji');
  const raise = () => client.call(wire.postQuestion, { params: f.slug, body: question('Tanggul') });
  for (let n = 0; n < 20; n += 1) await client.call(wire.deleteQuestion, { params: { ...f.slug, question: (await raise()).queue[0]!.id } });
  expect((await refusalIn(raise())).code).toBe('limit.reached');
});

test('before it is screened everybody sees that an outlet asks, the desk and the journalist also what', async () => {
  const f = await open();
  const sari = await f.inside('Sari', 'Radar Uji');
  const id = await f.raises(sari, 'Tanggul');
  const seen = async (client = f.world.visitor()) =>
    (await f.sees(client)).queue.map(({ outlet, topic, text, name, member, state }) => [outlet, topic, text, name, member, state]);
  expect(await seen()).toEqual([['Radar Uji', '', null, null, null, 'diajukan']]);
  const whole = (state: string) => [['Radar Uji', 'Tanggul', 'Tanggul: mengapa?', 'Sari', sari.member, state]];
  expect([await seen(f.moderator), await seen(f.operator), await seen(sari.client)]).toEqual([whole('diajukan'), whole('diajukan'), whole('diajukan')]);
  await f.screens(id);
  expect(await seen()).toEqual([['Radar Uji', 'Tanggul', null, null, null, 'disaring']]);
  // Screening twice is screening once.
  expect((await f.screens(id)).queue).toHaveLength(1);
});

test('the floor is the moderator’s to give: nobody else’s, and of somebody else’s conference nobody knows', async () => {
  const f = await open();
  const id = await f.asks(await f.inside('Sari', 'Radar Uji'), 'Tanggul');
  const give = (client: Asker['client']) => client.refusalOf(wire.postGive, { params: { id: f.id, question: id }, body: {} });
  expect(await give(f.narasumber)).toBe('press.not_moderator');
  expect(await give(await signIn(f.world, f.cast.staf))).toBe('not_found');
  expect(await give(f.world.visitor())).toBe('session.required');
  expect(await f.narasumber.refusalOf(wire.getQuestions, { params: f.params })).toBe('press.not_moderator');
  expect(await f.moderator.refusalOf(wire.postGive, { params: { id: f.id, question: randomUUID() }, body: {} })).toBe('not_found');
  expect(await give(f.operator)).toBeNull();
});

test('given, the media server opens the microphone; released, it closes it there', async () => {
  const f = await open();
  const sari = await f.inside('Sari', 'Radar Uji');
  const id = await f.asks(sari, 'Tanggul');
  const { turns, queue } = await f.gives(id);
  expect(turns).toMatchObject([
    { name: 'Sari', outlet: 'Radar Uji', topic: 'Tanggul', member: sari.member, followUp: false, mayFollowUp: true, outOfOrder: null },
  ]);
  expect(queue).toEqual([]);
  expect(Date.parse(turns[0]!.until) - Date.parse(turns[0]!.givenAt)).toBe(120_000);
  expect(await f.right(sari)).toBe('floor');
  await f.second();
  expect((await f.sees()).turns[0]!.applied).toBe(true);
  // Given again by a tap too many: nothing happens.
  expect((await f.gives(id)).turns).toHaveLength(1);
  await f.releases(await f.turn(), { kind: 'dijawab', by: [f.crew('narasumber').id] });
  expect(await f.right(sari)).toBe('audience');
  expect(await f.sees(sari.client)).toMatchObject({ turns: [], own: [{ topic: 'Tanggul', state: 'dijawab' }], mayRaise: true });
});

test('that the microphone is open is on everybody’s page as soon as the media server was told, without any sweep', async () => {
  const f = await open();
  const sari = await f.inside('Sari', 'Radar Uji');
  const { turns } = await f.gives(await f.asks(sari, 'Tanggul'));
  expect(turns).toHaveLength(1);
  await expect.poll(async () => (await f.sees()).turns[0]?.applied, { timeout: 5_000 }).toBe(true);
});

test('silence does not wait for the record of a release; one that is refused gives the microphone back', async () => {
  const f = await open();
  const sari = await f.inside('Sari Melati', 'Radar Uji');
  await f.gives(await f.asks(sari, 'Pompa air'));
  expect(await f.right(sari)).toBe('floor');
  const told = (): string[] => f.livekit.calls.flatMap((call) => (call.verb === 'allow' && call.identity?.startsWith(sari.member) ? [call.word ?? ''] : []));
  const before = told().length;
  const turn = await f.turn();
  expect(await refusalIn(f.releases(turn, { kind: 'ditunda', dueOn: '2026-11-01' }))).toMatchObject({ code: 'question.due_past' });
  await eventually('the word that still stands is told again', async () => {
    await f.right(sari);
    return told().slice(before).join() === 'audience,floor';
  });
  await f.releases(turn);
  expect(told().at(before + 2)).toBe('audience');
  expect(await f.right(sari)).toBe('audience');
});

test('with the camera where the conference is planned so', async () => {
  const f = await open({ plan: { floorCamera: true } });
  const sari = await f.inside('Sari', 'Radar Uji');
  await f.gives(await f.asks(sari, 'Tanggul'));
  expect(await f.right(sari)).toBe('floor_camera');
});

test('why the floor is not given: closed, not screened, not in the room, not first, held by another', async () => {
  const f = await open({ state: 'tayang' });
  const [sari, citra] = [await f.inside('Sari', 'Radar Uji'), await f.inside('Citra', 'Suara Kota')];
  const doni = await f.accredited('Doni', 'Pena Kota');
  const first = await f.raises(sari, 'Tanggul');
  await f.screens(first);
  const give = async (id: string, reason: string | null = null) => refusalIn(f.gives(id, reason));
  expect((await give(first)).code).toBe('floor.closed');
  await f.goTo('tanya_jawab');
  const away = await f.asks(doni, 'Warga');
  const second = await f.raises(citra, 'Pompa');
  expect((await give(second)).code).toBe('question.not_screened');
  await f.screens(second);
  expect(await give(away)).toMatchObject({ code: 'floor.not_inside', values: { name: 'Doni' } });
  expect(await give(second)).toMatchObject({ code: 'floor.out_of_order', values: { outlet: 'Radar Uji' }, fields: [{ path: 'body.reason' }] });
  await f.gives(first);
  expect(await give(second)).toMatchObject({ code: 'floor.taken', values: { names: 'Sari' } });
  await f.releases(await f.turn());
  expect(await give(first)).toMatchObject({ code: 'question.over' });
  // Doni stands before, and is not in the room: no reason is needed.
  expect(queueText(await f.sees())).toEqual(['1 Pena Kota: Warga', '2 Suara Kota: Pompa']);
  expect((await f.gives(second)).turns).toMatchObject([{ name: 'Citra', outOfOrder: null }]);
});

test('out of order, everybody reads by whom and why', async () => {
  const f = await open();
  const [sari, citra] = [await f.inside('Sari', 'Radar Uji'), await f.inside('Citra', 'Suara Kota')];
  await f.asks(sari, 'Tanggul');
  await f.gives(await f.asks(citra, 'Pompa'), 'Narasumber harus pergi pukul 10.00');
  expect((await f.sees(f.world.visitor())).turns[0]!.outOfOrder).toMatchObject({ byName: 'Budi Kabidrehsos', reason: 'Narasumber harus pergi pukul 10.00' });
});

test('a moved question stands where it was put, with name and reason, until it has had its turn', async () => {
  const f = await open();
  const askers = [await f.inside('Sari', 'Radar Uji'), await f.inside('Citra', 'Suara Kota'), await f.inside('Doni', 'Pena Kota')];
  const [a, b, c] = [await f.asks(askers[0]!, 'A'), await f.asks(askers[1]!, 'B'), await f.asks(askers[2]!, 'C')];
  await f.moves(c, b, 'Menyambung jawaban tadi');
  const seen = await f.sees(f.world.visitor());
  expect(queueText(seen)).toEqual(['1 Radar Uji: A', '2 Pena Kota: C', '3 Suara Kota: B']);
  expect(seen.queue[1]!.moved).toMatchObject({ byName: 'Budi Kabidrehsos', reason: 'Menyambung jawaban tadi' });
  // What it was put before is taken back: it keeps its place.
  await askers[1]!.client.call(wire.deleteQuestion, { params: { ...f.slug, question: b } });
  expect(queueText(await f.sees())).toEqual(['1 Radar Uji: A', '2 Pena Kota: C']);
  await f.moves(a, null, 'Menunggu data');
  expect(queueText(await f.sees())).toEqual(['1 Pena Kota: C', '2 Radar Uji: A']);
  await f.gives(c);
  await f.leaves(askers[2]!);
  await f.second(1);
  await f.second(8_000);
  expect((await f.sees()).queue.map(({ topic, moved }) => [topic, moved === null])).toEqual([
    ['C', true],
    ['A', false],
  ]);
  const move = (client: Asker['client'], id: string, before: string | null) =>
    client.refusalOf(wire.postMove, { params: { id: f.id, question: id }, body: { before, reason: 'x' } });
  expect([await move(f.moderator, b, a), await move(f.moderator, a, b), await move(f.narasumber, a, null)]).toEqual([
    'question.over',
    'question.over',
    'press.not_moderator',
  ]);
});

test('two moderators at the same moment: one turn, and the second sees what the first has done', async () => {
  const f = await open();
  const [sari, citra] = [await f.inside('Sari', 'Radar Uji'), await f.inside('Citra', 'Suara Kota')];
  const [a, b] = [await f.asks(sari, 'Tanggul'), await f.asks(citra, 'Pompa')];
  const tries = [f.gives(a, 'x', f.moderator), f.gives(b, 'x', f.operator), f.gives(a, 'x', f.operator), f.gives(b, 'x', f.moderator)];
  const done = await Promise.allSettled(tries);
  // Both who gave the one that was given hear that it is.
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect((await f.sees()).turns).toHaveLength(1);
  expect(await f.world.sql`select slot from press.turn`).toEqual([{ slot: 1 }]);
});

test('on a floor for two, two moderators give two, and no place twice', async () => {
  const f = await open({ plan: { floorLimit: 2 } });
  const askers = [await f.inside('Sari', 'Radar Uji'), await f.inside('Citra', 'Suara Kota'), await f.inside('Doni', 'Pena Kota')];
  const ids: string[] = [];
  for (const asker of askers) ids.push(await f.asks(asker, asker.name));
  const done = await Promise.allSettled([f.gives(ids[0]!, 'x'), f.gives(ids[1]!, 'x', f.operator), f.gives(ids[2]!, 'x')]);
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect((await f.sees()).turns).toHaveLength(2);
  expect(await f.world.sql`select slot from press.turn order by slot`).toEqual([{ slot: 1 }, { slot: 2 }]);
});

test('a reload keeps the floor; out of the room for eight seconds gives it back, and the question waits again', async () => {
  const f = await open();
  const [sari, doni] = [await f.inside('Sari', 'Radar Uji'), await f.inside('Doni', 'Pena Kota')];
  const id = await f.asks(sari, 'Tanggul');
  await f.gives(id);
  await f.leaves(sari);
  await f.second(1_000);
  expect((await f.sees()).turns[0]!.awaySince).not.toBeNull();
  await f.second(5_000);
  await f.enters(sari);
  await f.second(1_000);
  expect((await f.sees()).turns).toMatchObject([{ name: 'Sari', awaySince: null }]);
  const other = await f.asks(doni, 'Warga');
  await f.leaves(sari);
  await f.second(1_000);
  await f.second(7_999);
  expect((await f.sees()).turns).toHaveLength(1);
  await f.second(1);
  const after = await f.sees();
  expect(after.turns).toEqual([]);
  expect(queueText(after)).toEqual(['1 Pena Kota: Warga', '2 Radar Uji: Tanggul']);
  expect(after.queue[1]).toMatchObject({ inside: false, turnsHad: 1 });
  expect(await f.world.sql`select word from rooms.member where member = ${sari.member}`).toEqual([{ word: 'audience' }]);
  await f.enters(sari);
  await f.gives(other);
  await f.releases(await f.turn());
  await f.second();
  expect((await f.gives(id)).turns).toMatchObject([{ name: 'Sari' }]);
});

test('leaving on purpose gives the floor back at once; being taken out too, and the right does not come back', async () => {
  const f = await open();
  const sari = await f.inside('Sari', 'Radar Uji');
  const id = await f.asks(sari, 'Tanggul');
  await f.gives(id);
  const { identity } = await sari.client.call(postPressTicket, { params: f.slug, body: { notice: 1 } });
  await sari.client.call(postPressLeave, { params: f.slug, body: { identity } });
  expect((await f.sees()).turns).toHaveLength(1);
  await f.leaves(sari);
  await sari.client.call(postPressLeave, { params: f.slug, body: { identity } });
  expect((await f.sees()).turns).toEqual([]);
  await f.enters(sari);
  await f.gives(id);
  await f.operator.call(postPressRemoval, { params: { id: f.id, member: sari.member } });
  expect((await f.sees()).turns).toEqual([]);
  expect(await f.world.sql`select ended_how from press.turn order by given_at`).toEqual([{ ended_how: 'keluar' }, { ended_how: 'dicabut' }]);
  const [row] = await f.world.sql<{ word: string; banned: boolean }[]>`select word, banned from rooms.member where member = ${sari.member}`;
  expect(row).toEqual({ word: 'none', banned: true });
});

test('whose accreditation is withdrawn loses the floor and the place in the queue', async () => {
  const f = await open();
  const [sari, doni] = [await f.inside('Sari', 'Radar Uji'), await f.inside('Doni', 'Radar Uji')];
  await f.gives(await f.asks(sari, 'Tanggul'));
  const waits = await f.asks(doni, 'Pompa');
  for (const { id } of [sari, doni])
    await f.operator.call(postRegistrationDecision, {
      params: { id: f.id, journalist: id },
      body: { act: 'dicabut', from: 'diterima', reason: 'Bukan media' },
    });
  expect(await f.sees()).toMatchObject({ turns: [], queue: [] });
  expect((await refusalIn(f.gives(waits))).values).toEqual({ state: 'dicabut' });
});

test('the journalist gives back alone; the moderator still says who answered, once', async () => {
  const f = await open();
  const [sari, doni] = [await f.inside('Sari', 'Radar Uji'), await f.inside('Doni', 'Pena Kota')];
  await f.gives(await f.asks(sari, 'Tanggul'));
  const turn = await f.turn();
  expect((await doni.client.call(wire.postFloorReturn, { params: f.slug })).turns).toHaveLength(1);
  expect(await sari.client.call(wire.postFloorReturn, { params: f.slug })).toMatchObject({ turns: [], own: [{ state: 'dijawab' }] });
  expect((await sari.client.call(wire.postFloorReturn, { params: f.slug })).turns).toEqual([]);
  const answered = async () => (await f.moderator.call(wire.getQuestions, { params: f.params }))[0]!.answeredBy;
  expect(await answered()).toEqual([]);
  await f.releases(turn, { kind: 'dijawab', by: [f.crew('narasumber').id] });
  expect(await answered()).toEqual(['Hartini Kepaladinas, Kepala Dinas Sosial']);
  await f.releases(turn, { kind: 'ditunda', dueOn: '2026-11-30' });
  expect(await answered()).toEqual(['Hartini Kepaladinas, Kepala Dinas Sosial']);
  expect(await f.world.visitor().refusalOf(wire.postFloorReturn, { params: f.slug })).toBe('press.pass_required');
});

test('one follow-up with a shorter countdown; a minute over the time the floor is taken back', async () => {
  const f = await open();
  const sari = await f.inside('Sari', 'Radar Uji');
  await f.gives(await f.asks(sari, 'Tanggul'));
  const turn = await f.turn();
  f.world.clock.advance(100_000);
  const { turns, serverTime } = await f.followsUp(turn);
  expect(turns).toMatchObject([{ followUp: true, mayFollowUp: false }]);
  expect(Date.parse(turns[0]!.until) - Date.parse(serverTime)).toBe(60_000);
  expect((await refusalIn(f.followsUp(turn))).code).toBe('floor.follow_up_used');
  await f.second(119_999);
  expect((await f.sees()).turns).toHaveLength(1);
  await f.second(1);
  expect((await f.sees()).turns).toEqual([]);
  expect((await refusalIn(f.followsUp(turn))).code).toBe('floor.over');
  expect(await f.right(sari)).toBe('audience');
});

test('when questions end, every turn ends', async () => {
  const f = await open();
  const sari = await f.inside('Sari', 'Radar Uji');
  await f.gives(await f.asks(sari, 'Tanggul'));
  await f.goTo('tayang');
  expect(await f.sees()).toMatchObject({ open: false, turns: [] });
  expect(await f.right(sari)).toBe('audience');
});

test('a question in advance waits with its journalist until it is raised', async () => {
  const f = await open({ state: 'registrasi' });
  const sari = await f.accredited('Sari', 'Radar Uji');
  const doni = f.world.visitor();
  const own = await doni.call(postRegistration, {
    params: f.slug,
    body: registrationOf({ name: 'Doni', outlet: 'Pena Kota', question: { topic: 'Anggaran', text: 'Berapa anggarannya?' } }),
  });
  const journalist = own.member.slice(2);
  await f.operator.call(postRegistrationDecision, { params: { id: f.id, journalist }, body: { act: 'diterima', from: 'menunggu' } });
  const before = await f.sees(doni);
  expect(before).toMatchObject({ queue: [], own: [{ topic: 'Anggaran', state: 'diajukan', advance: true }] });
  const params = { ...f.slug, question: before.own[0]!.id };
  expect(await doni.refusalOf(wire.postAdvanceRaise, { params })).toBe('question.not_open');
  expect(await f.operator.call(wire.getQuestions, { params: f.params })).toMatchObject([{ name: 'Doni', topic: 'Anggaran', advance: true }]);
  await f.goTo('ruang_tunggu');
  await f.goTo('tayang');
  expect(await sari.client.refusalOf(wire.postAdvanceRaise, { params })).toBe('not_found');
  expect((await doni.call(wire.postAdvanceRaise, { params })).queue).toMatchObject([{ topic: 'Anggaran', mine: true }]);
  expect((await doni.call(wire.postAdvanceRaise, { params })).queue).toHaveLength(1);
});

test('taken back before its turn; afterwards there is nothing to take back', async () => {
  const f = await open();
  const [sari, doni] = [await f.inside('Sari', 'Radar Uji'), await f.inside('Doni', 'Pena Kota')];
  const id = await f.asks(sari, 'Tanggul');
  const params = { ...f.slug, question: id };
  expect(await doni.client.refusalOf(wire.deleteQuestion, { params })).toBe('not_found');
  await sari.client.call(wire.deleteQuestion, { params });
  expect((await sari.client.call(wire.deleteQuestion, { params })).queue).toEqual([]);
  const again = await f.asks(sari, 'Pompa');
  await f.gives(again);
  expect(await sari.client.refusalOf(wire.deleteQuestion, { params: { ...f.slug, question: again } })).toBe('question.over');
});

test('the log is hidden before the end; then it says who answered when, what is owed, and why something was refused', async () => {
  const f = await open();
  const names = ['Sari', 'Citra', 'Doni', 'Bayu', 'Gita'];
  const askers = await Promise.all(names.map((name) => f.inside(name, `Media ${name}`)));
  const [answered, put, refused, unseen, back] = askers as [Asker, Asker, Asker, Asker, Asker];
  await f.gives(await f.asks(answered, 'Tanggul'));
  f.world.clock.advance(10_000);
  await f.releases(await f.turn(), { kind: 'dijawab', by: [f.crew('narasumber').id] });
  await f.gives(await f.asks(put, 'Anggaran'));
  await f.releases(await f.turn(), { kind: 'ditunda', dueOn: '2026-11-30', by: f.crew('narasumber').id, note: 'Menunggu data BPKAD' });
  await f.refuses(await f.raises(refused, 'Hal lain'), 'Di luar pokok konferensi');
  await f.raises(unseen, 'Warga');
  await back.client.call(wire.deleteQuestion, { params: { ...f.slug, question: await f.raises(back, 'Batal') } });
  const visitor = f.world.visitor();
  expect(await visitor.refusalOf(wire.getPressLog, { params: f.slug })).toBe('not_found');
  await f.goTo('selesai');
  const log = await visitor.call(wire.getPressLog, { params: f.slug });
  expect(log).toMatchObject([
    { outlet: 'Media Sari', topic: 'Tanggul', state: 'dijawab', oral: true, atSecond: 1, answeredBy: ['Hartini Kepaladinas, Kepala Dinas Sosial'] },
    { outlet: 'Media Citra', topic: 'Anggaran', state: 'ditunda', dueOn: '2026-11-30', answeredBy: [] },
    { outlet: 'Media Doni', topic: 'Hal lain', text: '', state: 'ditolak', reason: 'Di luar pokok konferensi' },
    { outlet: 'Media Bayu', topic: '(belum disaring)', text: '', state: 'diajukan' },
  ]);
  expect(JSON.stringify(log)).not.toContain('"Sari"');
  expect(await f.world.app.floor.log(f.world.app.sql, f.id)).toHaveLength(4);
  expect(await f.sees(refused.client)).toMatchObject({ queue: [], own: [{ state: 'ditolak', reason: 'Di luar pokok konferensi' }], mayRaise: false });
});

test('an answer owed is reminded of the day before and on the day, answered in writing by who owes it, and mailed to the journalist', async () => {
  const box = await openMailbox();
  boxes.push(box);
  const f = await open({ mail: box.settings });
  const [sari, doni] = [await f.inside('Sari', 'Radar Uji'), await f.inside('Doni', 'Pena Kota')];
  await f.gives(await f.asks(sari, 'Anggaran'));
  await f.releases(await f.turn(), { kind: 'ditunda', dueOn: '2026-11-25', by: f.crew('narasumber').id });
  await f.asks(doni, 'Warga');
  const other = (await f.sees()).queue[0]!.id;
  const answers = (client: Asker['client'], id: string, body: Parameters<typeof client.call<typeof wire.postAnswer>>[1]['body']) =>
    client.call(wire.postAnswer, { params: { id: f.id, question: id }, body });
  const { code, fields } = await refusalIn(answers(f.moderator, other, { kind: 'ditunda', dueOn: '2026-11-22' }));
  expect([code, fields?.[0]?.path]).toEqual(['question.due_past', 'body.dueOn']);
  await answers(f.moderator, other, { kind: 'ditunda', dueOn: '2026-11-27' });
  const owed = async (client: Asker['client']) => (await client.call(wire.getOwed, {})).map(({ topic, owedBy, overdue }) => [topic, owedBy, overdue]);
  const speaker = 'Hartini Kepaladinas, Kepala Dinas Sosial';
  expect(await owed(f.operator)).toEqual([
    ['Anggaran', speaker, false],
    ['Warga', null, false],
  ]);
  expect(await owed(f.narasumber)).toEqual([['Anggaran', speaker, false]]);
  expect(await owed(f.moderator)).toEqual([]);

  const { floor } = f.world.app;
  f.world.clock.set('2026-11-24T00:29:00Z');
  expect(await floor.remind()).toBe(0);
  f.world.clock.set('2026-11-24T00:30:00Z');
  expect([await floor.remind(), await floor.remind()]).toEqual([2, 0]);
  f.world.clock.set('2026-11-25T01:00:00Z');
  expect(await floor.remind()).toBe(2);
  await f.world.app.jobs.runDue();
  await box.waitFor(11);
  const reminders = (email: string) => box.of(email).filter(({ subject }) => subject !== 'Anda bertugas: Penanganan banjir');
  // As notices: under the bell, by the channels each chose, one letter each.
  const titles = ['Anda diminta menjawab Radar Uji', 'Besok: jawaban untuk Radar Uji', 'Hari ini: jawaban untuk Radar Uji'];
  expect(reminders(f.cast.kepala.email).map((letter) => letter.subject)).toEqual(titles);
  expect(reminders(f.cast.kepala.email)[1]!.text).toContain('Anda berutang jawaban');
  const bell = (await (await signIn(f.world, f.cast.kepala)).call(getNotices, {})).notices.filter(({ path }) => path.startsWith('/jawaban'));
  expect(bell.map(({ words }) => words.id.title).toReversed()).toEqual(titles);
  expect(reminders(f.cast.operator.email)).toHaveLength(2);
  f.world.clock.set('2026-11-26T01:00:00Z');
  // Days later everybody signs in again.
  const [narasumber, moderator, operator] = [await signIn(f.world, f.cast.kepala), await signIn(f.world, f.cast.kabid), await signIn(f.world, f.cast.operator)];
  expect(await owed(narasumber)).toEqual([['Anggaran', speaker, true]]);
  const id = (await narasumber.call(wire.getOwed, {}))[0]!.id;
  expect((await refusalIn(answers(narasumber, other, { kind: 'tertulis', text: 'Rp2 miliar.' }))).code).toBe('press.not_moderator');
  expect((await refusalIn(answers(moderator, id, { kind: 'tertulis', text: 'x', by: [randomUUID()] }))).code).toBe('input.invalid');
  expect(await answers(narasumber, id, { kind: 'tertulis', text: 'Rp2 miliar.' })).toMatchObject({
    state: 'dijawab',
    oral: false,
    answer: 'Rp2 miliar.',
    answeredBy: [speaker],
    dueOn: null,
  });
  expect((await refusalIn(answers(operator, id, { kind: 'tertulis', text: 'Rp3 miliar.' }))).code).toBe('question.over');
  expect(await owed(narasumber)).toEqual([]);
  await f.world.app.jobs.runDue();
  await box.waitFor(11);
  expect(box.of('sari@radaruji.example').at(-1)).toMatchObject({ subject: 'Jawaban atas pertanyaan Anda' });
  expect(box.of('sari@radaruji.example').at(-1)!.text).toContain('Rp2 miliar.');
});

test('who reads names of the press is on record', async () => {
  const f = await open();
  await f.asks(await f.inside('Sari', 'Radar Uji'), 'Tanggul');
  await f.operator.call(wire.getQuestions, { params: f.params });
  expect(await f.world.sql`select people_count as n, subject from people.access where what = 'pers.pertanyaan'`).toEqual([{ n: 1, subject: f.id }]);
});

test('what happened on the floor cannot be changed unnoticed', async () => {
  const f = await open();
  const [sari, citra] = [await f.inside('Sari', 'Radar Uji'), await f.inside('Citra', 'Suara Kota')];
  await f.asks(sari, 'Tanggul');
  await f.gives(await f.asks(citra, 'Pompa'), 'Narasumber harus pergi');
  await f.releases(await f.turn());
  await expect(f.world.sql`update press.floor_event set reason = null`).rejects.toThrow('kept as they are');
  const findings = async (table: string, change: string) =>
    forged(
      f.world.sql,
      (tx) => tx`update ${tx.unsafe(table)} set ${tx.unsafe(change)} where id = (select max(id) from ${tx.unsafe(table)})`,
      async (tx) => (await verifyIn(tx, { anchors: [] })).findings.map(({ what }) => what),
    );
  expect(await findings('press.floor_event', `reason = 'lain'`)).toEqual(['content']);
  expect(await findings('press.question_event', `state = 'ditolak'`)).toEqual(['content']);
  expect(await f.world.sql`select kind, reason from press.floor_event order by id`).toEqual([
    { kind: 'diberikan', reason: 'Narasumber harus pergi' },
    { kind: 'dilepas', reason: null },
  ]);
});
