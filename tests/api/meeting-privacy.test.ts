// What people learn of each other around a meeting, who is seen to have looked, and what each finds of themselves under Data Saya.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getChat, postChat } from '../../shared/chat.ts';
import { getCalendar } from '../../shared/calendar.ts';
import { getAnswerBoard, getInvitationIcs, getLinkAsks, getMyInvitation, postDisposisi, putAnswer } from '../../shared/invitations.ts';
import { getLobbyDesk, postKnock, postLobbyDecision, postLobbyView, putLobbySetting } from '../../shared/lobby.ts';
import { getMaterials } from '../../shared/materials.ts';
import { getInvitations, getMeeting, getMeetings, getRoom, postJoin, postMeetingEnd, postMeetingStart, postTicket } from '../../shared/meetings.ts';
import { getActs } from '../../shared/moderation.ts';
import { getPlanChanges, postConflicts } from '../../shared/planning.ts';
import { getPolls, postPoll, postPollClosing, putVote } from '../../shared/polls.ts';
import { getMyData, getMyDataPdf } from '../../shared/privacy.ts';
import { getMeetingLetters } from '../../shared/undangan.ts';
import { getNumberBookCsv } from '../../shared/letters.ts';
import { castWorld, signIn, type Actor, type Cast } from '../support/cast.ts';
import { plannedMeeting } from '../support/invited.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { mediaServerTells, opensLink } from '../support/meeting.ts';
import { textOfPdf } from '../support/pdf.ts';
import type { Client, World } from '../support/world.ts';

const WHY = 'Mengantar anak berobat ke RSUD';
const OTHER_GUEST = { name: 'Pak Lain', institution: 'Radio Uji', email: 'lain@luar.example' };
let world: World;
let cast: Cast;
let id: string;
let chair: Client;
let guest: Client;
const clients = new Map<string, Client>();
const as = async (person: Actor): Promise<Client> => {
  if (!clients.has(person.id)) clients.set(person.id, await signIn(world, person));
  return clients.get(person.id)!;
};
let sids = 0;
async function enters(client: Client): Promise<void> {
  const { identity, token } = await client.call(postTicket, { params: { id }, body: {} });
  await world.app.fastify.inject({ url: `/rtc/v1/validate?access_token=${token}` });
  const [room] = await world.sql<{ name: string }[]>`select r.name from rooms.room r join meetings.meeting m on m.room_id = r.id where m.id = ${id}`;
  await mediaServerTells(world, { event: 'participant_joined', room: room!.name, identity, sid: `PA_${(sids += 1)}`, joinedAtMs: world.clock.now().getTime() });
}

/** Planned, answered, delegated, begun, talked and voted in, ended. */
beforeAll(async () => {
  ({ world, cast } = await castWorld({ livekit: createLiveKitDouble() }));
  chair = await as(cast.kepala);
  id = await plannedMeeting(world, cast, {
    people: [cast.kabid.id, cast.staf.id, cast.kepalaDinkes.id],
    guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh', email: 'ibu@luar.example' }, OTHER_GUEST],
  });
  const params = { id };
  await (await as(cast.staf)).call(putAnswer, { params, body: { answer: 'tidak', reason: WHY } });
  await (await as(cast.kepalaDinkes)).call(postDisposisi, { params, body: { to: cast.stafDinkes.id, instruction: 'Sampaikan angka gizi' } });
  await chair.call(putLobbySetting, { params, body: { staff: true, guests: true, showTitle: false, opens: 'pimpinan', minutesBefore: 0 } });
  const { knock } = await (await as(cast.stafKantor)).call(postKnock, { body: { meetingId: id } });
  await chair.call(postLobbyDecision, { params, body: { act: 'tolak', knocks: [{ id: knock!.id, round: 1 }], message: 'Rapat terbatas' } });
  await chair.call(postMeetingStart, { params });
  guest = opensLink(world, (await chair.call(getInvitations, { params })).find(({ name }) => name === 'Ibu Tamu')!.link);
  const kabid = await as(cast.kabid);
  for (const client of [chair, kabid, guest]) await enters(client);
  await kabid.call(postChat, { params, body: { text: 'Data desil dua siap', key: randomUUID() } });
  for (const [secret, question] of [
    [false, 'Mulai Desember?'],
    [true, 'Ganti ketua tim?'],
  ] as const) {
    const poll = randomUUID();
    await chair.call(postPoll, { params, body: { key: poll, kind: 'suara', question, choices: ['Setuju benar', 'Menolak keras'], secret, open: true } });
    await kabid.call(putVote, { params: { id, poll }, body: { choices: [2] } });
    await chair.call(putVote, { params: { id, poll }, body: { choices: [1] } });
    await chair.call(postPollClosing, { params: { id, poll } });
  }
});
afterAll(() => world.close());

test('guests, staff who are invited, and whoever waits read no address, no NIP and no reason of absence of others', async () => {
  const kabid = await as(cast.kabid);
  const persons = [cast.kepala, cast.kabid, cast.staf, cast.kepalaDinkes, cast.stafDinkes, cast.stafKantor];
  for (const [client, own] of [
    [guest, 'ibu@luar.example'],
    [kabid, cast.kabid.email],
  ] as const) {
    const params = { id };
    const texts = await Promise.all(
      [
        client.send(getMeeting, { params }),
        client.send(postJoin, { body: { meetingId: id } }),
        client.send(getRoom, { params }),
        client.send(getMyInvitation, { query: { meeting: id } }),
        client.send(getInvitationIcs, { params }),
        client.send(getMeetingLetters, { params }),
        client.send(getChat, { params, query: {} }),
        client.send(getPolls, { params }),
        client.send(getMaterials, { params }),
        client.send(getLinkAsks, { params }),
        ...(client === kabid
          ? [
              client.send(getPlanChanges, { params }),
              client.send(getMeetings, {}),
              client.send(getCalendar, { query: { from: '2026-11-20', to: '2026-11-30' } }),
            ]
          : []),
      ].map(async (reply) => {
        const { status, text } = await reply;
        expect(status).toBe(200);
        return text;
      }),
    );
    const all = texts.join('\n');
    for (const { email, nip } of persons) expect([nip, all.includes(nip), all.includes(email) && email !== own]).toEqual([nip, false, false]);
    expect([all.includes(WHY), all.includes(OTHER_GUEST.email), all.includes('Rapat terbatas')]).toEqual([false, false, false]);
    // The way in of somebody else.
    expect(all).not.toMatch(/\/[ru]#[\w-]{28}/);
  }
  const waits = (await (await as(cast.stafKantor)).send(postLobbyView, { body: { meetingId: id } })).text;
  for (const words of [cast.kabid.name, cast.staf.name, 'Ibu Tamu', WHY, cast.kepala.nip]) expect(waits).not.toContain(words);
});

test('who may read the list of answers reads the reason, no NIP, and is on record; so is whoever looks into lobby, acts, days of others and numbers', async () => {
  const before = (await world.sql`select from people.access where by_id = ${cast.kepala.id}`).length;
  const board = await chair.send(getAnswerBoard, { params: { id } });
  expect(board.text).toContain(WHY);
  for (const { nip } of [cast.staf, cast.kabid]) expect(board.text).not.toContain(nip);
  await chair.call(getLobbyDesk, { params: { id } });
  await chair.call(getInvitations, { params: { id } });
  await chair.call(getActs, { params: { id } });
  const tomorrow = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
  await chair.call(postConflicts, { body: { invite: { people: [cast.staf.id], positions: [], units: [], guests: [] }, startsAt: tomorrow, endsAt: null } });
  await (await as(cast.adminDinsos)).call(getNumberBookCsv, { params: { opd: cast.opds.dinsos.id } });
  const rows = await world.sql<{ what: string }[]>`select what from people.access where by_id = ${cast.kepala.id} order by id offset ${before}`;
  expect(rows.map(({ what }) => what)).toEqual(expect.arrayContaining(['undangan.baca']));
  const whats = new Set((await world.sql<{ what: string }[]>`select distinct what from people.access`).map(({ what }) => what));
  for (const what of ['undangan.baca', 'ruang_tunggu.baca']) expect([...whats]).toContain(what);
});

test('Data Saya holds answers, disposisi, chat, named votes, knocks, notices and what was done about oneself; of a secret vote only that it was given', async () => {
  const said = async (person: Actor) => (await (await as(person)).call(getMyData, {})).said;
  expect(await said(cast.staf)).toEqual(
    expect.arrayContaining([
      { at: expect.any(String) as string, kind: 'jawaban', meeting: 'Koordinasi bantuan sosial', words: { id: 'tidak', en: 'not coming' }, detail: WHY },
    ]),
  );
  const [given, received] = [await said(cast.kepalaDinkes), await said(cast.stafDinkes)];
  for (const list of [given, received]) expect(list.find(({ kind }) => kind === 'disposisi')?.detail).toContain('Sampaikan angka gizi');
  expect(given.find(({ kind }) => kind === 'jawaban')?.words.id).toBe('diwakili');
  expect(received.some(({ kind }) => kind === 'pemberitahuan')).toBe(true);
  expect((await said(cast.stafKantor)).find(({ kind }) => kind === 'ruang_tunggu')).toMatchObject({ words: { id: 'ditolak' }, detail: 'Rapat terbatas' });
  const kabid = await said(cast.kabid);
  expect(kabid.find(({ kind }) => kind === 'obrolan')?.words.id).toBe('Data desil dua siap');
  expect(
    kabid
      .filter(({ kind }) => kind === 'suara')
      .map(({ words, detail }) => [words.id, detail])
      .toSorted(),
  ).toEqual([
    ['Ganti ketua tim?', '(rahasia)'],
    ['Mulai Desember?', 'Menolak keras'],
  ]);
  // Nobody else's.
  const all = JSON.stringify(kabid);
  for (const words of [WHY, 'Sampaikan angka gizi', 'Rapat terbatas', 'Setuju benar']) expect(all).not.toContain(words);
  const paper = await textOfPdf(Buffer.from(await (await (await as(cast.kabid)).call(getMyDataPdf, {})).arrayBuffer()));
  expect(paper.replaceAll(/\s+/g, ' ')).toContain('Mulai Desember? (Menolak keras)');
  expect((await (await as(cast.kabid)).call(getMyData, { query: { from: '2026-01-01', to: '2026-01-31' } })).said).toEqual([]);
});

test('every table that holds something of a person around meetings has a retention class', async () => {
  const { CLASSES } = await import('../../server/privacy/classes.ts').then((m) => ({ CLASSES: JSON.stringify(m) }));
  const tables = await world.sql<{ name: string }[]>`
    select distinct c.table_schema || '.' || c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where t.table_type = 'BASE TABLE' and c.table_schema in ('invitations', 'lobby', 'moderation', 'room_record', 'notifications', 'facilities', 'letters', 'calendar', 'planning', 'undangan', 'readiness')
      and c.column_name in ('member', 'person_id', 'by_id', 'by_name', 'name', 'asked_by', 'email', 'members') order by 1`;
  // Registers of the office, kept as long as they are used: codes of letters, the decreed holidays.
  expect(tables.map(({ name }) => name).filter((name) => !CLASSES.includes(`"${name}"`))).toEqual(['letters.classification', 'planning.holiday_list']);
});

test('once it is over a guest still finds the own invitation, and no way in', async () => {
  await chair.call(postMeetingEnd, { params: { id } });
  expect(await guest.refusalOf(postTicket, { params: { id }, body: {} })).toBe('meeting.ended');
  expect((await guest.call(getMyInvitation, {})).you.name).toBe('Ibu Tamu');
});
