// Two who act on a press conference at the same moment: both are answered, nothing is lost, and nobody gets what was just taken away.
import { afterEach, expect, test } from 'vitest';
import { deleteCrew, postCancellation, postConference, postConferenceState, putConference } from '../../shared/press.ts';
import { postJournalistPass, postPass, postRegistrationDecision, putAccreditation } from '../../shared/press-desk.ts';
import { getKitFile, getKitZip } from '../../shared/press-kit.ts';
import { getOwed, getPressLog, postAnswer } from '../../shared/press-floor.ts';
import { postPressRemoval, postPressTicket } from '../../shared/press-room.ts';
import { refusalIn } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { liveSocket } from '../support/live-socket.ts';
import { plannedConference, registers } from '../support/press.ts';
import { kitOf, video } from '../support/press-kit.ts';
import { pressFloor } from '../support/press-floor.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));
async function open(...given: Parameters<typeof pressFloor>) {
  const f = await pressFloor(...given);
  worlds.push(f.world);
  return f;
}
type Floor = Awaited<ReturnType<typeof open>>;

const waits = ({ world }: Floor): Promise<boolean> =>
  eventually('somebody waits for a lock', async () => {
    const waiting = await world.sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return waiting.length > 0;
  });

/** What somebody else's transaction does with the conference in its hands, while `other` has begun. */
async function during<T>(f: Floor, other: () => Promise<T>, then: (tx: Parameters<Parameters<World['sql']['begin']>[1]>[0]) => Promise<unknown>): Promise<T> {
  let begun: Promise<T> | null = null;
  await f.world.sql.begin(async (tx) => {
    await tx`select from press.conference where id = ${f.id} for update`;
    begun = other();
    begun.catch(() => {});
    await waits(f);
    await then(tx);
  });
  return begun!;
}

test('the desk withdraws a registration while the moderator gives the same journalist the floor: neither waits for the other for ever', async () => {
  const f = await open();
  const sari = await f.inside('Sari', 'Radar Uji');
  const withdraws = () =>
    f.operator.call(postRegistrationDecision, {
      params: { id: f.id, journalist: sari.id },
      body: { act: 'dicabut', from: 'diterima', reason: 'Bukan media' },
    });
  // As giving the floor does it: the conference first, then the member's right.
  const { state } = await during(f, withdraws, (tx) => tx`update rooms.member set word = 'floor' where member = ${sari.member}`);
  expect(state).toBe('dicabut');
  const [row] = await f.world.sql`select word from rooms.member where member = ${sari.member}`;
  expect(row).toEqual({ word: 'none' });
});

test('whom a moderator takes out while they ask for a ticket stays out', async () => {
  const f = await open();
  const sari = await f.inside('Sari', 'Radar Uji');
  // A new pass: out, and free to come back with it.
  const { link } = await f.operator.call(postJournalistPass, { params: { id: sari.id } });
  await sari.client.call(postPass, { body: { token: link.split('#')[1]! } });
  const asks = () => sari.client.refusalOf(postPressTicket, { params: f.slug, body: { notice: 1 } });
  const answer = during(f, asks, (tx) => tx`update rooms.member set word = 'none', removed_at = now(), banned = true where member = ${sari.member}`);
  expect(await answer).toBe('meeting.removed');
  expect(await f.world.sql`select word, banned from rooms.member where member = ${sari.member}`).toEqual([{ word: 'none', banned: true }]);
});

test('two drafts that are given one title at the same moment have two addresses', async () => {
  const f = await open({ state: 'draft' });
  const input = { summary: 'Uji.', opdId: f.cast.opds.dinsos.id, startsAt: '2026-12-01T02:00:00Z' };
  const drafts = await Promise.all(['Satu', 'Dua', 'Tiga', 'Empat'].map((title) => f.operator.call(postConference, { body: { ...input, title } })));
  const renamed = await Promise.all([
    ...drafts.map(({ id, version }) => f.operator.call(putConference, { params: { id }, body: { ...input, title: 'Banjir', version } })),
    f.operator.call(postConference, { body: { ...input, title: 'Banjir' } }),
  ]);
  expect(renamed.map(({ slug }) => slug).toSorted()).toEqual(['', '-2', '-3', '-4', '-5'].map((n) => `2026-12-01-banjir${n}`));
});

test('an end that must wait too long for the log of who is there is answered as passing, and works a moment later', async () => {
  const f = await open();
  const ends = () => f.operator.call(postConferenceState, { params: f.params, body: { to: 'selesai' } });
  const [room] = await f.world.sql<{ id: string }[]>`select room_id as id from press.conference where id = ${f.id}`;
  await f.world.sql.begin(async (tx) => {
    await tx`select ledger.lock_streams(${[`presence:${room!.id}`]}::text[])`;
    expect((await refusalIn(ends())).code).toBe('portal.unavailable');
  });
  expect((await ends()).state).toBe('selesai');
});

test('of a draft that was called off nobody outside learns that it was there', async () => {
  const f = await open({ state: 'draft' });
  await f.operator.call(postCancellation, { params: f.params, body: { reason: 'Tidak jadi' } });
  const { slug } = await f.again();
  expect(await f.world.visitor().refusalOf(getPressLog, { params: { slug } })).toBe('not_found');
});

test('called off in the green room: the room is closed, and nobody of the crew gets in again', async () => {
  const f = await open({ state: 'ruang_tunggu' });
  await f.narasumber.call(postPressTicket, { params: f.slug, body: { notice: 1 } });
  await f.operator.call(postCancellation, { params: f.params, body: { reason: 'Tidak jadi' } });
  expect(await f.narasumber.refusalOf(postPressTicket, { params: f.slug, body: { notice: 1 } })).toBe('press.over');
  expect(await f.world.sql`select closed_at is not null as closed from rooms.room`).toEqual([{ closed: true }]);
});

test('a journalist of another conference, or nobody at all, cannot be taken out here', async () => {
  const f = await open();
  const other = await plannedConference(f.world, f.cast, { state: 'registrasi', plan: { title: 'Lain' } });
  const doni = await f.registers('Doni', 'Radio Uji');
  const remove = (id: string, member: string) => f.operator.refusalOf(postPressRemoval, { params: { id, member } });
  await other.goTo('ruang_tunggu');
  expect(await remove(other.id, doni.member)).toBe('not_found');
  expect(await remove(f.id, `j_${crypto.randomUUID()}`)).toBe('not_found');
  expect(await remove(f.id, doni.member)).toBeNull();
});

test('who owes an answer gives it also after they were taken off the crew', async () => {
  const f = await open();
  const sari = await f.inside('Sari', 'Radar Uji');
  const question = await f.asks(sari, 'Tanggul');
  await f.gives(question);
  await f.releases(await f.turn(), { kind: 'ditunda', by: f.crew('narasumber').id, dueOn: '2026-11-25', note: null });
  await f.operator.call(deleteCrew, { params: { id: f.id, crew: f.crew('narasumber').id } });
  expect(await f.narasumber.call(getOwed, {})).toHaveLength(1);
  const answer = { kind: 'tertulis' as const, text: 'Selesai Desember.', by: [] };
  expect(await f.narasumber.call(postAnswer, { params: { id: f.id, question }, body: answer })).toMatchObject({ state: 'dijawab', answer: answer.text });
  // What is answered is owed no more, and the conference is not theirs.
  expect(await f.narasumber.refusalOf(postAnswer, { params: { id: f.id, question }, body: answer })).toBe('not_found');
});

test('two officers accredit two journalists of the same two conferences: neither waits for the other for ever', async () => {
  const f = await open({ state: 'registrasi' });
  const other = await plannedConference(f.world, f.cast, { state: 'registrasi', plan: { title: 'Lain' } });
  const [first, last] = f.id < other.id ? [f, other] : [other, f];
  // At the one that is held last, first.
  const sari = await registers(f.world, last, { name: 'Sari', outlet: 'Radar Uji' });
  f.world.clock.advance(1_000);
  await registers(f.world, first, { name: 'Sari', outlet: 'Radar Uji' }, sari.client);
  await f.world.sql`insert into press.floor (conference_id) values (${first.id}), (${last.id}) on conflict do nothing`;
  const begun: Promise<unknown>[] = [];
  await f.world.sql.begin(async (tx) => {
    await tx`update press.floor set version = version + 1 where conference_id = ${first.id}`;
    begun.push(f.operator.call(putAccreditation, { params: { id: sari.id }, body: { validUntil: '2026-12-31' } }));
    begun[0]?.catch(() => {});
    await waits(f);
    await tx`update press.floor set version = version + 1 where conference_id = ${last.id}`;
  });
  expect(await Promise.all(begun)).toMatchObject([{ validUntil: '2026-12-31' }]);
});

test('a large file that is withdrawn while it goes out ends in the middle', { timeout: 60_000 }, async () => {
  const f = await open({ state: 'registrasi' });
  const kit = kitOf(f, f.world.visitor());
  const size = 48 * 1024 * 1024;
  const item = await kit.addFile({ kind: 'video', title: 'Rekaman banjir' }, { name: 'banjir.mp4', type: 'video/mp4', bytes: video(size) });
  await kit.setT('2026-11-23T01:00:00Z');
  const origin = await f.world.listen();
  const whole = await fetch(`${origin}/api/press/kit/${item.id}/${item.file?.name}`);
  const all = await fetch(`${origin}/api/press/${f.slug.slug}/kit.zip`);
  for (const answer of [whole, all]) expect(answer.status).toBe(200);
  await kit.setT('2026-11-24T01:00:00Z');
  for (const { body } of [whole, all]) {
    let bytes = 0;
    const reads = async (): Promise<void> => {
      for await (const piece of body as unknown as AsyncIterable<Uint8Array>) bytes += piece.byteLength;
    };
    await expect(reads()).rejects.toThrow(/terminated/);
    expect(bytes).toBeLessThan(size);
  }
});

test('whoever makes up a new browser for each download fills no table', async () => {
  const f = await open({ state: 'registrasi' });
  const kit = kitOf(f, f.world.visitor());
  const item = await kit.addFile({ kind: 'video', title: 'Rekaman' }, { name: 'banjir.mp4', type: 'video/mp4', bytes: video(2_000) });
  await kit.setT('2026-11-23T01:00:00Z');
  const params = { item: item.id, name: item.file?.name ?? '' };
  for (let n = 0; n < 320; n += 1) await f.world.visitor({ 'user-agent': `robot ${n}` }).call(getKitFile, { params });
  await f.world.visitor().call(getKitZip, { params: f.slug });
  await f.world.app.kit.settled();
  const [row] = await f.world.sql<{ n: number }[]>`select count(*)::int as n from press.kit_download`;
  expect(row?.n).toBe(302);
});

test('when the kit or a registration changes is told to whoever leads, and to nobody else of the crew', async () => {
  const f = await open({ state: 'registrasi' });
  const topic = `pressdesk:${f.id}`;
  for (const [client, answer] of [
    [f.operator, 'watching'],
    [f.moderator, 'watching'],
    [f.narasumber, 'refused'],
  ] as const) {
    const socket = await liveSocket(f.world, client);
    socket.say({ type: 'watch', topic });
    expect((await socket.next(answer)).topic).toBe(topic);
  }
});
