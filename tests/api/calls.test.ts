import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { getSheet } from '../../shared/attendance.ts';
import {
  getCallBoard,
  getCalls,
  postAnswer,
  postCall,
  postCallCancel,
  postCalleeAgain,
  postMandate,
  deleteMandate,
  postMyCallsSeen,
  postSeatNext,
  putLadder,
  type CallBoard,
} from '../../shared/calls.ts';
import { postInvitations, postMeetingEnd, postMeetingNow } from '../../shared/meetings.ts';
import { portalItself } from '../../server/people/index.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { refusalIn, signIn } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { onBoard, rowOf, urgentOffice, whom, type Urgent } from '../support/urgent.ts';

const offices: Urgent[] = [];
afterEach(async () => void (await Promise.all(offices.splice(0).map((o) => o.close()))));

async function office(): Promise<Urgent> {
  const o = await urgentOffice();
  offices.push(o);
  return o;
}
const progress = (board: CallBoard): string[] => onBoard(board).map((c) => `${c.name}: ${c.progress}`);
const NINE = '2026-11-23T02:00:00Z';
const at = (o: Urgent, seconds: number): void => o.world.clock.set(new Date(Date.parse(NINE) + seconds * 1000));
const appointPlh = (o: Urgent, post: { positionId: string }, person: { id: string }) =>
  o.world.app.people.appoint(portalItself, post.positionId, {
    personId: person.id,
    kind: 'plh',
    from: o.cast.today,
    until: null,
    basis: 'Surat Perintah 821.3/219/2026',
  });

test('five are called at nine, one declines, one does not answer: the Plh is rung and comes, the quorum lights, and the list says it', async () => {
  const o = await office();
  const [a, b, c, d, e] = o.kabids as [Urgent['kabids'][0], Urgent['kabids'][0], Urgent['kabids'][0], Urgent['kabids'][0], Urgent['kabids'][0]];
  await appointPlh(o, c, o.kasi);
  const open = await o.opens(a, b, c, d, e);
  const placed = await o.place({ quorum: 4 });
  const rings = await Promise.all(open.map(({ socket }) => socket.next('call.ringing')));
  expect(new Set(rings.map((r) => r.callId))).toEqual(new Set([placed.id]));
  expect(rings[0]).toMatchObject({ subject: 'Banjir di tiga kelurahan', sifat: 'sangat_segera', callerAs: 'Kepala Dinas Sosial', round: 1 });
  for (const { socket } of open) socket.say({ type: 'ringing', callId: placed.id, round: 1, sounding: true });
  await eventually('all five ring', async () => progress(await o.board(placed.id)).every((p) => p.endsWith('berdering')));

  at(o, 5);
  for (const one of [a, b, d]) {
    await o.answers(placed.id, one, { answer: 'gabung' });
    await o.enters(placed.meetingId, one);
  }
  at(o, 20);
  await o.climb();
  at(o, 30);
  expect(rowOf(await o.board(placed.id), c)).toMatchObject({ progress: 'belum_menjawab', rungAt: new Date(NINE).toISOString(), rounds: 2 });
  at(o, 40);
  await o.answers(placed.id, e, { answer: 'menolak', reason: 'di lapangan, 10 menit' });
  at(o, 45);
  await o.climb();
  at(o, 120);
  await o.climb();
  const board = await o.board(placed.id);
  expect(rowOf(board, o.kasi)).toMatchObject({ as: 'plh', why: expect.stringContaining('Plh. a.n. Kepala Bidang Penanganan Fakir Miskin') as string });
  expect(board.quorum).toEqual({ needed: 4, present: 3, units: 5, reachedAt: null });
  at(o, 130);
  await o.answers(placed.id, o.kasi, { answer: 'gabung' });
  at(o, 135);
  await o.enters(placed.meetingId, o.kasi);
  const reached = await o.board(placed.id);
  expect(reached.quorum).toEqual({ needed: 4, present: 4, units: 5, reachedAt: new Date(Date.parse(NINE) + 135_000).toISOString() });
  expect(reached.seats.map((s) => s.present)).toEqual(['hadir', 'hadir', 'diwakili', 'hadir', null]);

  at(o, 1200);
  await o.head.call(postMeetingEnd, { params: { id: placed.meetingId } });
  const over = await o.board(placed.id);
  expect(progress(over)).toEqual([
    `${a.name}: bergabung`,
    `${b.name}: bergabung`,
    `${c.name}: berakhir`,
    `${o.kasi.name}: bergabung`,
    `${d.name}: bergabung`,
    `${e.name}: menolak`,
  ]);
  expect(over).toMatchObject({ endedAt: new Date(Date.parse(NINE) + 1_200_000).toISOString(), quorum: { present: 4 } });
  const sheet = JSON.stringify(await o.head.call(getSheet, { params: { id: placed.meetingId } }));
  expect(sheet).toContain('di lapangan, 10 menit');
  expect(sheet).toContain(o.kasi.name);
  expect((await verifyLedger(o.world.sql)).findings).toEqual([]);
});

test('a Plh who is rung first because the head is away comes for the post; when the head comes all the same, for nobody', async () => {
  const o = await office();
  const [a] = o.kabids as [Urgent['kabids'][0]];
  await appointPlh(o, a, o.kasi);
  const codes = [{ personId: a.id, code: 'DL' as const }];
  await o.world.app.roster.setCodes(o.world.sql, null, o.cast.opds.dinsos.id, { date: o.cast.today, basis: 'Surat Tugas 094/388/2026', codes });
  const { id, meetingId } = await o.place({ whom: { positions: [a.positionId] } });
  await o.answers(id, o.kasi, { answer: 'gabung' });
  await o.enters(meetingId, o.kasi);
  const row = async () => (await o.head.call(getSheet, { params: { id: meetingId } })).rows.find(({ name }) => name === o.kasi.name);
  expect(await row()).toMatchObject({ status: 'hadir', represents: ['Kepala Bidang Perlindungan Sosial'] });
  await o.head.call(postInvitations, { params: { id: meetingId }, body: { people: [a.id] } });
  await o.enters(meetingId, a);
  expect(await row()).toMatchObject({ status: 'hadir', represents: [] });
});

test('a second tap is the same call, even at the same moment', async () => {
  const o = await office();
  const key = randomUUID();
  const boards = await Promise.all(Array.from({ length: 5 }, () => o.place({ key })));
  expect(new Set(boards.map((b) => b.meetingId)).size).toBe(1);
  expect(await o.world.sql`select id from calls.call`).toHaveLength(1);
  expect(await o.world.sql`select id from calls.callee`).toHaveLength(5);
  const other = await signIn(o.world, o.cast.kepalaDinkes);
  expect(await other.refusalOf(postCall, { body: { key, subject: 'Lain', sifat: 'biasa', whom: whom({ positions: o.positions }) } })).toBe('not_found');
});

test('what cannot be called is refused by name', async () => {
  const o = await office();
  const body = { key: randomUUID(), subject: 'Banjir', sifat: 'segera' as const, whom: whom({ positions: o.positions }) };
  const staff = await signIn(o.world, o.cast.staf);
  expect(await staff.refusalOf(postCall, { body })).toBe('call.not_allowed');
  expect(await o.head.refusalOf(postCall, { body: { ...body, whom: whom({}) } })).toBe('call.nobody');
  expect(await refusalIn(o.head.call(postCall, { body: { ...body, quorum: 6 } }))).toMatchObject({
    code: 'call.quorum_too_high',
    values: { needed: 6, units: 5 },
  });
  expect(await o.head.refusalOf(postCall, { body: { ...body, meetingId: randomUUID() } })).toBe('not_found');
  const foreign = await (
    await signIn(o.world, o.cast.kepalaDinkes)
  ).call(postMeetingNow, {
    body: { title: 'Rapat lain', sifat: 'biasa', invite: { people: [o.cast.kepala.id], positions: [], units: [], guests: [] } },
  });
  expect(await o.head.refusalOf(postCall, { body: { ...body, meetingId: foreign.id } })).toBe('meeting.not_chair');
  const own = await o.head.call(postMeetingNow, {
    body: { title: 'Rapat', sifat: 'biasa', invite: { people: [o.cast.staf.id], positions: [], units: [], guests: [] } },
  });
  await o.head.call(postMeetingEnd, { params: { id: own.id } });
  expect(await o.head.refusalOf(postCall, { body: { ...body, meetingId: own.id } })).toBe('meeting.ended');
  expect(await o.world.sql`select id from calls.call`).toHaveLength(0);
  const { id } = await o.world.app.people.addPosition(portalItself, { opdId: o.cast.opds.dkis.id, title: 'Kepala Dinas Komunikasi', level: 'kepala_opd' });
  expect(await o.head.refusalOf(postCall, { body: { ...body, whom: whom({ positions: [id] }) } })).toBe('call.nobody');
});

test('the fourth call in ten minutes needs a reason, which stands on the board and in the ledger', async () => {
  const o = await office();
  for (let n = 0; n < 3; n += 1) await o.place({ whom: { people: [o.cast.staf.id] } });
  expect(await refusalIn(o.place())).toMatchObject({ code: 'call.too_often', values: { count: 3, minutes: 10 } });
  const fourth = await o.place({ overLimitReason: 'Tanggul kedua jebol' });
  expect(fourth.overLimitReason).toBe('Tanggul kedua jebol');
  expect(await o.facts(fourth.id)).toContain('panggil_batas');
  o.world.clock.advance(10 * 60_000);
  expect((await o.place({ overLimitReason: 'Tidak perlu' })).overLimitReason).toBeNull();
});

test('a person called for two posts rings once and stands for both', async () => {
  const o = await office();
  const [a, b] = o.kabids;
  await o.world.app.people.appoint(
    portalItself,
    (await o.world.app.people.addPosition(portalItself, { opdId: b!.unitId, title: 'Kepala Seksi Kosong', level: 'kasi' })).id,
    {
      personId: a!.id,
      kind: 'plt',
      from: o.cast.today,
      until: '2026-12-31',
      basis: 'SP 1/2026',
    },
  );
  const [row] = await o.world.sql<{ id: string }[]>`select id from people.position where title = 'Kepala Seksi Kosong'`;
  const board = await o.place({ whom: { positions: [a!.positionId, row!.id] } });
  expect(board.seats.map((s) => s.rung.map((r) => r.name))).toEqual([[a!.name], [a!.name]]);
  expect(await o.world.sql`select id from calls.callee`).toHaveLength(1);
  await o.enters(board.meetingId, a!);
  expect((await o.board(board.id)).quorum.present).toBe(2);
  expect((await o.mine(a!)).recent[0]?.youAs).toContain('Plt. Kepala Seksi Kosong');
});

test('nobody rings who is inside already; a second call into the running meeting takes the place of the first for who still rings', async () => {
  const o = await office();
  const [a, b, c] = o.kabids;
  const first = await o.place({ whom: { positions: [a!.positionId, b!.positionId] } });
  await o.enters(first.meetingId, a!);
  const second = await o.place({ meetingId: first.meetingId, whom: { positions: [a!.positionId, b!.positionId, c!.positionId] } });
  expect(progress(second)).toEqual([`${a!.name}: bergabung`, `${b!.name}: tak_terjangkau`, `${c!.name}: tak_terjangkau`]);
  expect(progress(await o.board(first.id))).toEqual([`${a!.name}: bergabung`, `${b!.name}: dibatalkan`]);
  expect((await o.mine(b!)).ringing.map((r) => r.id)).toEqual([second.id]);
});

test('who never had a channel is tak terjangkau; a tab that opens while it rings says so after all', async () => {
  const o = await office();
  const [a] = o.kabids;
  const placed = await o.place({ sifat: 'biasa' });
  expect(rowOf(placed, a!)).toMatchObject({ progress: 'tak_terjangkau', hops: [{ channel: 'tab', state: 'gagal', detail: 'tidak ada tab terbuka' }] });
  const [{ socket, browser }] = (await o.opens(a!)) as [Awaited<ReturnType<Urgent['opens']>>[0]];
  const mine = await o.mine(a!);
  expect(mine.ringing).toMatchObject([{ id: placed.id, rounds: 1, youAs: 'Kepala Bidang Perlindungan Sosial', callerAs: 'Kepala Dinas Sosial' }]);
  socket.say({ type: 'ringing', callId: placed.id, round: 1, sounding: false });
  await eventually('it was received', async () => rowOf(await o.board(placed.id), a!).progress === 'diterima');
  socket.say({ type: 'ringing', callId: placed.id, round: 7, sounding: true });
  socket.say({ type: 'ringing', callId: placed.id, round: 1, sounding: true });
  await eventually('it rings', async () => rowOf(await o.board(placed.id), a!).progress === 'berdering');
  o.world.clock.advance(30_000);
  expect(rowOf(await o.board(placed.id), a!).progress).toBe('belum_menjawab');
  expect(browser).toBeDefined();
});

test('answered on one device, the others fall silent; the same answer twice is one, another one takes its place', async () => {
  const o = await office();
  const [a] = o.kabids;
  const open = await o.opens(a!, a!);
  const placed = await o.place();
  await Promise.all(open.map(({ socket }) => socket.next('call.ringing')));
  at(o, 12);
  await o.answers(placed.id, a!, { answer: 'menyusul', minutes: 10, reason: 'menutup loket' });
  expect(await Promise.all(open.map(async ({ socket }) => (await socket.next('call.quiet')).why))).toEqual(['menyusul', 'menyusul']);
  at(o, 15);
  await o.answers(placed.id, a!, { answer: 'menyusul', minutes: 10, reason: 'menutup loket' });
  expect(rowOf(await o.board(placed.id), a!)).toMatchObject({ progress: 'menyusul', eta: '2026-11-23T02:10:12.000Z', answerSeconds: 12 });
  await o.answers(placed.id, a!, { answer: 'menolak', reason: 'pimpinan memanggil' });
  expect(rowOf(await o.board(placed.id), a!)).toMatchObject({ progress: 'menolak', reason: 'pimpinan memanggil', eta: null });
  expect((await o.facts(placed.id)).filter((f) => f.endsWith(a!.name))).toEqual(['dering', 'menyusul', 'menolak'].map((k) => `${k} ${a!.name}`));
});

test('two devices answer at the same moment: one after the other, and the last one stands', async () => {
  const o = await office();
  const [a] = o.kabids;
  const placed = await o.place();
  const [one, two] = [await signIn(o.world, a!), await signIn(o.world, a!)];
  const params = { id: placed.id };
  const same = await Promise.all([one, two, one, two].map(async (browser) => browser.call(postAnswer, { params, body: { answer: 'gabung' } })));
  expect(new Set(same.map((r) => r.state))).toEqual(new Set(['menjawab']));
  expect((await o.facts(placed.id)).filter((f) => f === `gabung ${a!.name}`)).toHaveLength(1);
  await Promise.all([
    one.call(postAnswer, { params, body: { answer: 'menolak', reason: 'rapat lain' } }),
    two.call(postAnswer, { params, body: { answer: 'menyusul', minutes: 5 } }),
  ]);
  const last = (await o.facts(placed.id)).filter((f) => f.endsWith(a!.name)).at(-1);
  expect(rowOf(await o.board(placed.id), a!).progress).toBe(last?.split(' ')[0]);
});

test('who comes in by another door than the ring has joined, and is rung no more', async () => {
  const o = await office();
  const [a] = o.kabids;
  const [{ socket }] = (await o.opens(a!)) as [Awaited<ReturnType<Urgent['opens']>>[0]];
  const placed = await o.place();
  await socket.next('call.ringing');
  at(o, 7);
  const leaves = await o.enters(placed.meetingId, a!);
  expect((await socket.next('call.quiet')).why).toBe('bergabung');
  expect(rowOf(await o.board(placed.id), a!)).toMatchObject({ progress: 'bergabung', joinedAt: '2026-11-23T02:00:07.000Z', answerSeconds: null });
  at(o, 20);
  await o.climb();
  expect(rowOf(await o.board(placed.id), a!).rounds).toBe(1);
  expect(await (await signIn(o.world, a!)).refusalOf(postAnswer, { params: { id: placed.id }, body: { answer: 'menolak', reason: 'x' } })).toBe(
    'call.inside_already',
  );
  expect((await o.answers(placed.id, a!, { answer: 'gabung' })).state).toBe('bergabung');
  const id = rowOf(await o.board(placed.id), a!).id;
  expect(await o.head.refusalOf(postCalleeAgain, { params: { id: placed.id, callee: id } })).toBe('call.inside_already');
  await leaves();
  expect((await o.board(placed.id)).quorum.present).toBe(0);
  await o.head.call(postCalleeAgain, { params: { id: placed.id, callee: id } });
  expect(rowOf(await o.board(placed.id), a!)).toMatchObject({ progress: 'dikirim', rounds: 2 });
});

test('the caller cancels while it rings: everybody falls silent, an answer is refused, who joined stays', async () => {
  const o = await office();
  const [a, b] = o.kabids;
  const [{ socket }] = (await o.opens(a!)) as [Awaited<ReturnType<Urgent['opens']>>[0]];
  const placed = await o.place();
  await socket.next('call.ringing');
  await o.enters(placed.meetingId, b!);
  at(o, 9);
  const params = { id: placed.id };
  const cancelled = await o.head.call(postCallCancel, { params });
  expect(await o.head.call(postCallCancel, { params })).toMatchObject({ cancelledAt: cancelled.cancelledAt });
  expect((await socket.next('call.quiet')).why).toBe('dibatalkan');
  expect(progress(cancelled)).toEqual(o.kabids.map((k) => `${k.name}: ${k === b ? 'bergabung' : 'dibatalkan'}`));
  const late = await signIn(o.world, a!);
  expect(await refusalIn(late.call(postAnswer, { params, body: { answer: 'gabung' } }))).toMatchObject({
    code: 'call.cancelled',
    values: { time: '09.00 WIB' },
  });
  expect(await o.head.refusalOf(postCalleeAgain, { params: { id: placed.id, callee: rowOf(cancelled, a!).id } })).toBe('call.over');
  expect(await o.head.refusalOf(postSeatNext, { params: { id: placed.id, seat: cancelled.seats[0]!.id } })).toBe('call.over');
  at(o, 300);
  expect(await o.climb()).toBe(0);
  expect((await o.facts(placed.id)).filter((f) => f === 'dibatalkan')).toHaveLength(1);
  const { ringing, recent, unseen } = await o.mine(a!);
  expect({ ringing, missed: recent[0]?.missed, unseen }).toEqual({ ringing: [], missed: true, unseen: 1 });
  await late.call(postMyCallsSeen, {});
  expect((await o.mine(a!)).unseen).toBe(0);
});

test('the end of the meeting ends the ringing, the ladder, and every answer but the one already given', async () => {
  const o = await office();
  const [a, b] = o.kabids;
  const [{ socket }] = (await o.opens(a!)) as [Awaited<ReturnType<Urgent['opens']>>[0]];
  const placed = await o.place();
  await o.answers(placed.id, b!, { answer: 'menolak', reason: 'sakit' });
  at(o, 15);
  await o.head.call(postCalleeAgain, { params: { id: placed.id, callee: rowOf(placed, b!).id } });
  at(o, 30);
  await o.head.call(postMeetingEnd, { params: { id: placed.meetingId } });
  await eventually('it falls silent', () => socket.heard.some((m) => m.type === 'call.quiet' && m.why === 'berakhir'));
  const board = await o.board(placed.id);
  expect(rowOf(board, a!).progress).toBe('berakhir');
  expect(rowOf(board, b!)).toMatchObject({ progress: 'menolak', reason: 'sakit' });
  at(o, 240);
  expect(await o.climb()).toBe(0);
  expect(await (await signIn(o.world, a!)).refusalOf(postAnswer, { params: { id: placed.id }, body: { answer: 'gabung' } })).toBe('call.over');
  expect(await o.head.call(getCalls, {})).toMatchObject([{ id: placed.id, running: false, called: 5, joined: 0 }]);
});

test('a meeting that ends by itself ends its call too', async () => {
  const o = await office();
  const placed = await o.place();
  o.world.clock.advance(25 * 3_600_000);
  expect(await o.world.app.meetings.endAbandoned()).toBe(1);
  o.head = await signIn(o.world, o.cast.kepala);
  expect(new Set(progress(await o.board(placed.id, o.head)).map((p) => p.split(': ')[1]))).toEqual(new Set(['berakhir']));
});

test('two callers ring the same person: both are shown, each is answered for itself', async () => {
  const o = await office();
  const [a] = o.kabids;
  const first = await o.place({ whom: { people: [a!.id] } });
  const second = await o.place({ whom: { people: [a!.id] }, subject: 'Kebakaran pasar' }, await signIn(o.world, o.cast.kepalaDinkes));
  expect((await o.mine(a!)).ringing.map((r) => r.subject).toSorted()).toEqual(['Banjir di tiga kelurahan', 'Kebakaran pasar']);
  await o.answers(second.id, a!, { answer: 'gabung' });
  await o.enters(second.meetingId, a!);
  expect(rowOf(await o.board(first.id), a!)).toMatchObject({ progress: 'tak_terjangkau', elsewhere: true });
  expect((await o.mine(a!)).ringing.map((r) => r.id)).toEqual([first.id]);
});

test('again rings whatever was answered, not more than once in ten seconds, and only for the caller', async () => {
  const o = await office();
  const [a] = o.kabids;
  const placed = await o.place();
  const params = { id: placed.id, callee: rowOf(placed, a!).id };
  expect(await refusalIn(o.head.call(postCalleeAgain, { params }))).toMatchObject({ code: 'limit.reached', values: { seconds: 10 } });
  await o.answers(placed.id, a!, { answer: 'menolak', reason: 'sedang menyetir' });
  at(o, 10);
  const both = await Promise.allSettled([o.head.call(postCalleeAgain, { params }), o.head.call(postCalleeAgain, { params })]);
  expect(both.map((r) => r.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(rowOf(await o.board(placed.id), a!)).toMatchObject({ progress: 'tak_terjangkau', rounds: 2 });
  expect(await o.head.refusalOf(postCalleeAgain, { params: { ...params, callee: randomUUID() } })).toBe('not_found');
  const admin = await signIn(o.world, o.cast.adminDinsos);
  expect(await admin.refusalOf(postCalleeAgain, { params })).toBe('meeting.not_chair');
  expect((await admin.call(getCallBoard, { params: { id: placed.id } })).mayAct).toBe(false);
  const stranger = await signIn(o.world, o.cast.stafDinkes);
  expect(await stranger.refusalOf(getCallBoard, { params: { id: placed.id } })).toBe('not_found');
  expect(await stranger.refusalOf(postCallCancel, { params: { id: placed.id } })).toBe('not_found');
  expect(await stranger.refusalOf(postSeatNext, { params: { id: placed.id, seat: placed.seats[0]!.id } })).toBe('not_found');
});

test('the next one for a post is rung by hand, until nobody is left', async () => {
  const o = await office();
  const third = o.kabids[2]!;
  const placed = await o.place({ whom: { positions: [third.positionId] } });
  const params = { id: placed.id, seat: placed.seats[0]!.id };
  expect(placed.seats[0]?.next).toMatchObject({ name: o.kasi.name, as: 'pengganti', dueAt: '2026-11-23T02:02:00.000Z' });
  await o.answers(placed.id, third, { answer: 'menolak', reason: 'di luar kota' });
  const deputy = await o.head.call(postSeatNext, { params });
  expect(rowOf(deputy, o.kasi)).toMatchObject({ as: 'pengganti', rounds: 1 });
  expect(deputy.seats[0]?.next).toMatchObject({ name: o.piket.name, as: 'piket', dueAt: null });
  await o.head.call(postSeatNext, { params });
  expect(await o.head.refusalOf(postSeatNext, { params })).toBe('call.nobody_left');
  expect((await o.board(placed.id)).seats[0]?.next).toBeNull();
  await o.enters(placed.meetingId, o.piket);
  expect((await o.board(placed.id)).seats[0]?.present).toBe('diwakili');
});

test('the right to call is looked at when a call is placed: who loses it carries the running one to its end and places no other', async () => {
  const o = await office();
  const { id: mandate } = await o.head.call(postMandate, { body: { holderId: o.cast.stafKantor.id, from: o.cast.today, until: null, basis: 'SP 800/7/2026' } });
  const holder = await signIn(o.world, o.cast.stafKantor);
  const placed = await o.place({ whom: { positions: [o.kabids[2]!.positionId] } }, holder);
  expect(placed.callerAs).toBe('a.n. Kepala Dinas Sosial (mandat SP 800/7/2026)');
  await o.head.call(deleteMandate, { params: { id: mandate } });
  expect(await holder.refusalOf(postCall, { body: { key: randomUUID(), subject: 'Lagi', sifat: 'biasa', whom: whom({ positions: o.positions }) } })).toBe(
    'call.not_allowed',
  );
  at(o, 120);
  await o.climb();
  expect(onBoard(await o.board(placed.id, holder)).map((c) => c.name)).toContain(o.kasi.name);
  expect((await holder.call(postCallCancel, { params: { id: placed.id } })).cancelledAt).not.toBeNull();
});

test('a deputy whose account was disabled meanwhile is passed over', async () => {
  const o = await office();
  const placed = await o.place({ whom: { positions: [o.kabids[2]!.positionId] } });
  await o.world.app.people.setDisabled(portalItself, o.kasi.id, true);
  at(o, 120);
  await o.climb();
  expect(onBoard(await o.board(placed.id)).map((c) => c.name)).not.toContain(o.kasi.name);
  expect(await o.facts(placed.id)).toContain('tidak_ada_pengganti');
});

test('the ladder an administrator sets is that of the next call; a running one keeps its own', async () => {
  const o = await office();
  const before = await o.place({ sifat: 'biasa', whom: { positions: [o.kabids[2]!.positionId] } });
  const administrator = await signIn(o.world, o.cast.administrator);
  const steps = [
    { afterSeconds: 0, act: 'dering' as const, channels: [] },
    { afterSeconds: 3, act: 'pengganti' as const, channels: [] },
    { afterSeconds: 6, act: 'piket' as const, channels: [] },
  ];
  await administrator.call(putLadder, { params: { sifat: 'biasa' }, body: { steps, basis: 'Keputusan Sekda 1/2026' } });
  const after = await o.place({ sifat: 'biasa', whom: { positions: [o.kabids[2]!.positionId] } });
  at(o, 6);
  await o.climb();
  expect(onBoard(await o.board(after.id)).map((c) => c.as)).toEqual(['definitif', 'pengganti', 'piket']);
  expect(onBoard(await o.board(before.id))).toHaveLength(1);
});
