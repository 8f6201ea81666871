import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { postMeetingEnd } from '../../shared/meetings.ts';
import { getMinutes, getMinutesPdf } from '../../shared/minutes.ts';
import { getPolls, postPoll, postPollClosing, postPollOpening, putVote } from '../../shared/polls.ts';
import { getProceedings, putNotulis } from '../../shared/proceedings.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { textOfPdf } from '../support/pdf.ts';
import { recordedMeeting } from '../support/room-record.ts';
import type { Client, World } from '../support/world.ts';

const worlds: World[] = [];
afterAll(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

type Asked = Partial<z.input<typeof postPoll.body>>;
async function inSession() {
  const meeting = await recordedMeeting();
  worlds.push(meeting.world);
  const { cast, as, chair, guest, id } = meeting;
  const people = {
    chair,
    guest,
    kabid: await as(cast.kabid),
    staf: await as(cast.staf),
    kepalaDinkes: await as(cast.kepalaDinkes),
    perawat: await as(cast.stafDinkes),
  };
  for (const client of Object.values(people)) await meeting.enters(client);
  const sees = async (client: Client, poll?: string) => {
    const { polls } = await client.call(getPolls, { params: id });
    return (poll === undefined ? polls[0] : polls.find((one) => one.id === poll))!;
  };
  async function asks(given: Asked = {}, by: Client = chair) {
    const key = randomUUID();
    await by.call(postPoll, {
      params: id,
      body: { key, kind: 'suara', question: 'Setuju anggaran tambahan?', choices: ['Setuju', 'Tidak setuju', 'Abstain'], open: true, ...given },
    });
    return { ...id, poll: key };
  }
  const votes = (client: Client, params: { id: string; poll: string }, ...choices: number[]) => client.call(putVote, { params, body: { choices } });
  const closes = async (params: { id: string; poll: string }) => {
    await chair.call(postPollClosing, { params });
    return sees(chair, params.poll);
  };
  return { ...meeting, ...people, sees, asks, votes, closes };
}
let s: Awaited<ReturnType<typeof inSession>>;
beforeEach(async () => void (s ??= await inSession()));

test('a hundred posts of one voice at the same time are one vote, changed until it is closed and no longer', async () => {
  const { asks, votes, kabid, staf, sees, closes, world } = s;
  const poll = await asks();
  await Promise.all(Array.from({ length: 100 }, () => votes(kabid, poll, 1)));
  expect(await world.sql`select seat from room_record.vote where poll_id = ${poll.poll}`).toHaveLength(1);
  await votes(kabid, poll, 2);
  await votes(staf, poll, 1);
  expect(await sees(kabid, poll.poll)).toMatchObject({ voted: 2, of: 6, result: null, you: { voted: true, choices: [2] } });
  const closed = await closes(poll);
  expect(closed).toMatchObject({
    state: 'ditutup',
    result: {
      choices: [
        { votes: 1, who: [s.cast.staf.name] },
        { votes: 1, who: [s.cast.kabid.name] },
        { votes: 0, who: null },
      ],
    },
  });
  expect(closed.result?.turnout.units.map(({ unitName, voted, of }) => [unitName, voted, of])).toEqual([
    ['Bidang Rehabilitasi Sosial', 2, 2],
    ['Dinas Kesehatan', 0, 2],
    ['Dinas Sosial', 0, 1],
    ['Yayasan Contoh', 0, 1],
  ]);
  expect(await kabid.refusalOf(putVote, { params: poll, body: { choices: [1] } })).toBe('poll.over');
  // Closing again changes nothing.
  expect((await closes(poll)).closedAt).toBe(closed.closedAt);
});

test('only who leads asks; nobody votes from outside, for what is not there, or twice over', async () => {
  const { votes, kabid, guest, staf, as, cast, chair, id, sees } = s;
  const body = { key: randomUUID(), kind: 'jajak' as const, question: 'Istirahat?', choices: ['Ya', 'Tidak'], open: true };
  expect(await kabid.refusalOf(postPoll, { params: id, body })).toBe('proceedings.not_writer');
  expect(await guest.refusalOf(postPoll, { params: id, body })).toBe('proceedings.not_writer');
  await chair.call(putNotulis, { params: id, body: { personId: cast.staf.id } });
  await staf.call(postPoll, { params: id, body });
  await staf.call(postPoll, { params: id, body });
  const poll = { ...id, poll: body.key };
  expect(await chair.refusalOf(postPoll, { params: id, body: { ...body, key: randomUUID(), choices: ['Ya', 'YA'] } })).toBe('input.invalid');
  expect(await chair.refusalOf(postPoll, { params: id, body: { ...body, key: randomUUID(), choices: ['Ya'] } })).toBe('input.invalid');
  expect(await chair.refusalOf(postPoll, { params: id, body: { ...body, key: randomUUID(), secret: true, live: true } })).toBe('poll.secret_live');
  expect(await guest.refusalOf(putVote, { params: poll, body: { choices: [3] } })).toBe('input.invalid');
  expect(await guest.refusalOf(putVote, { params: poll, body: { choices: [1, 2] } })).toBe('input.invalid');
  expect(await guest.refusalOf(putVote, { params: { ...id, poll: randomUUID() }, body: { choices: [1] } })).toBe('not_found');
  const stranger = await as(cast.bkd);
  expect(await stranger.refusalOf(getPolls, { params: id })).toBe('not_found');
  expect(await stranger.refusalOf(putVote, { params: poll, body: { choices: [1] } })).toBe('not_found');
  expect(await kabid.refusalOf(postPollClosing, { params: poll })).toBe('proceedings.not_writer');
  await votes(guest, poll, 1);
  expect(await sees(guest, poll.poll)).toMatchObject({ kind: 'jajak', you: { voted: true } });
});

test('prepared, it is seen by who leads alone; opened, everybody; thrown away, nobody', async () => {
  const { asks, chair, kabid, id } = s;
  const poll = await asks({ open: false });
  const all = async (client: Client) => (await client.call(getPolls, { params: id })).polls.map((one) => one.id);
  expect(await all(kabid)).not.toContain(poll.poll);
  expect(await all(chair)).toContain(poll.poll);
  expect(await kabid.refusalOf(putVote, { params: poll, body: { choices: [1] } })).toBe('poll.not_open');
  await chair.call(postPollOpening, { params: poll });
  expect(await all(kabid)).toContain(poll.poll);
  const other = await asks({ open: false });
  await chair.call(postPollClosing, { params: other });
  expect(await all(chair)).not.toContain(other.poll);
  expect(await chair.refusalOf(postPollOpening, { params: other })).toBe('poll.over');
});

test('a post has one voice and a unit has one: the higher post speaks for the unit, and nobody after it', async () => {
  const { asks, votes, kepalaDinkes, perawat, guest, closes, sees } = s;
  const posts = await asks({ voters: 'jabatan' });
  expect(await sees(kepalaDinkes, posts.poll)).toMatchObject({ of: 5, you: { seat: 'Kepala Dinas Kesehatan', mayVote: true } });
  expect(await guest.refusalOf(putVote, { params: posts, body: { choices: [1] } })).toBe('poll.no_voice');
  await votes(kepalaDinkes, posts, 1);
  await votes(perawat, posts, 2);
  expect((await closes(posts)).result?.choices.map(({ votes: n, who }) => [n, who])).toEqual([
    [1, ['Kepala Dinas Kesehatan (Wahyu Kepaladinkes)']],
    [1, ['Perawat (Tuti Stafdinkes)']],
    [0, null],
  ]);
  const units = await asks({ voters: 'unit', live: true });
  await votes(perawat, units, 2);
  expect((await sees(kepalaDinkes, units.poll)).result?.choices[1]).toMatchObject({ votes: 1 });
  await votes(kepalaDinkes, units, 1);
  expect(await perawat.refusalOf(putVote, { params: units, body: { choices: [2] } })).toBe('poll.spoken_for');
  expect(await sees(perawat, units.poll)).toMatchObject({ voted: 1, of: 3, you: { mayVote: false } });
  expect((await closes(units)).result).toMatchObject({ choices: [{ votes: 1 }, { votes: 0 }, { votes: 0 }], turnout: { voted: 1, of: 3 } });
});

test('of a secret poll the rows tell who voted and what was voted, and nothing tells them together', async () => {
  const { asks, votes, kabid, staf, kepalaDinkes, perawat, guest, closes, sees, world } = s;
  const poll = await asks({ secret: true, multiple: true });
  const chosen: [Client, number[]][] = [
    [kabid, [1]],
    [staf, [2]],
    [kepalaDinkes, [1, 3]],
    [perawat, [3]],
    [guest, [1]],
  ];
  for (const [client, choices] of chosen) await votes(client, poll, ...choices);
  await votes(kabid, poll, 2);
  expect(await sees(kabid, poll.poll)).toMatchObject({ voted: 5, of: 6, result: null, you: { voted: true, choices: [] } });
  const open = await world.sql<{ sealed: Buffer }[]>`select sealed from room_record.sealed where poll_id = ${poll.poll}`;
  expect(open).toHaveLength(5);
  expect(new Set(open.map(({ sealed }) => sealed.length)).size).toBe(1);
  expect(await world.sql`select from room_record.vote where poll_id = ${poll.poll}`).toHaveLength(0);
  const closed = await closes(poll);
  expect(closed.result?.choices.map(({ votes: n, who }) => [n, who])).toEqual([
    [2, null],
    [2, null],
    [2, null],
  ]);
  expect(await world.sql`select from room_record.sealed`).toHaveLength(0);
  expect(await world.sql`select from room_record.poll_key`).toHaveLength(0);
  const voters = await world.sql<
    { name: string }[]
  >`select name, count(distinct at)::int as times from room_record.voter where poll_id = ${poll.poll} group by name, id order by id`;
  expect(voters.map(({ name }) => name)).toEqual(voters.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b, 'id')));
  const ballots = await world.sql<{ choice: number }[]>`select choice from room_record.ballot where poll_id = ${poll.poll}`;
  expect(ballots.map(({ choice }) => choice).toSorted()).toEqual([1, 1, 2, 2, 3, 3]);
  expect(
    await world.sql`select column_name as c from information_schema.columns where table_schema = 'room_record' and table_name = 'ballot' and column_name in ('seat', 'member', 'name', 'at')`,
  ).toHaveLength(0);
});

test('a secret poll that cannot be opened is thrown away and holds up nobody', async () => {
  const { asks, votes, kabid, chair, world, id } = s;
  const poll = await asks({ secret: true });
  await votes(kabid, poll, 1);
  await world.sql`update room_record.poll_key set half = ${Buffer.alloc(32)} where poll_id = ${poll.poll}`;
  await chair.call(postPollClosing, { params: poll });
  expect((await chair.call(getPolls, { params: id })).polls.some((one) => one.id === poll.poll)).toBe(false);
  expect(await world.sql`select from room_record.sealed`).toHaveLength(0);
});

test('at its deadline it closes by itself, a vote too late is refused, and the end of the meeting counts what is open', async () => {
  const { asks, votes, kabid, staf, world, sees, chair, id } = s;
  const poll = await asks({ minutes: 3 });
  await votes(kabid, poll, 1);
  world.clock.advance(180_000);
  expect(await staf.refusalOf(putVote, { params: poll, body: { choices: [1] } })).toBe('poll.over');
  expect(await sees(staf, poll.poll)).toMatchObject({ state: 'ditutup', result: { choices: [{ votes: 1 }, { votes: 0 }, { votes: 0 }] } });
  const last = await asks({ question: 'Tutup rapat?' });
  const secret = await asks({ question: 'Rahasia sampai akhir?', secret: true });
  await votes(staf, last, 1);
  await votes(staf, secret, 2);
  await chair.call(postMeetingEnd, { params: id });
  expect(await sees(staf, last.poll)).toMatchObject({ state: 'ditutup', result: { turnout: { voted: 1 } } });
  expect(await sees(staf, secret.poll)).toMatchObject({ state: 'ditutup', result: { choices: [{ votes: 0 }, { votes: 1 }, { votes: 0 }] } });
  expect(await staf.refusalOf(putVote, { params: last, body: { choices: [2] } })).toBe('meeting.ended');
  expect(await world.sql`select from room_record.poll_key`).toHaveLength(0);
});

test('what was closed stands in the record, in the notulen and on its paper; the ledger holds it', async () => {
  const { chair, id, world } = s;
  const { polls } = await chair.call(getProceedings, { params: id });
  expect(polls.every((poll) => poll.result.choices.length > 1)).toBe(true);
  expect(polls.map(({ no }) => no)).toEqual(polls.map(({ no }) => no).toSorted((a, b) => a - b));
  const minutes = await chair.call(getMinutes, { params: id });
  expect(minutes.polls).toEqual(polls);
  const paper = await textOfPdf((await chair.send(getMinutesPdf, { params: id })).payload);
  expect(paper).toContain('Tutup rapat?');
  expect(paper).toMatch(/Pemungutan suara \d+ \(rahasia\)/i);
  expect(await verifyLedger(world.app.sql)).toMatchObject({ findings: [] });
});
