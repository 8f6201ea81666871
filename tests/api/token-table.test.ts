// What every token of the media server allows, the recorder's too: each kind of person × each state of a meeting and of a press conference, word by word.
// The table is tests/api/token-table.golden.txt; `npx vitest run --project api tests/api/token-table.test.ts -u` writes it anew.
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import type { Endpoint } from '../../shared/endpoint.ts';
import { postMeetingEnd, postMeetingStart, postRemoval, postTicket } from '../../shared/meetings.ts';
import { putLocks, putMeetingRole } from '../../shared/moderation.ts';
import { postCancellation } from '../../shared/planning.ts';
import { postRegistrationDecision } from '../../shared/press-desk.ts';
import { postPressJoin, postPressRemoval, postPressTicket } from '../../shared/press-room.ts';
import { postCheckTicket } from '../../shared/readiness.ts';
import { signIn } from '../support/cast.ts';
import { plannedMeeting } from '../support/invited.ts';
import { calledMeeting, opensLink } from '../support/meeting.ts';
import { pressFloor } from '../support/press-floor.ts';
import type { Client, World } from '../support/world.ts';

const worlds: World[] = [];
afterAll(async () => void (await Promise.all(worlds.map((world) => world.close()))));

/** What a browser might add: none of it may change anything. */
const GREEDY = {
  hidden: true,
  roomAdmin: true,
  roomCreate: true,
  roomList: true,
  recorder: true,
  agent: true,
  canPublish: true,
  canPublishData: true,
  canUpdateOwnMetadata: true,
  right: 'host',
  word: 'host',
  room: 'r-lain',
  member: 'p_00000000-0000-4000-8000-000000000000',
  ttl: 86_400,
  metadata: '{"badge":"Resmi"}',
  name: 'Sekda Kota',
  sources: ['camera', 'screen_share'],
  attributes: { peran: 'host' },
};
const lines: string[] = [];

type Claims = { sub: string; iss: string; nbf: number; exp: number; video: Record<string, unknown> };
const claimsOf = (token: string): Claims => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;

/** One line of the table: what was refused, or every word of the grant. Asked twice, once with all that nobody should ask for. */
async function says(what: string, who: string, client: Client, endpoint: Endpoint, params: Record<string, string>, room: () => Promise<string | undefined>) {
  const asked = { ...(Object.keys(params).length > 0 && { params }), body: { notice: 1 } };
  const told = await lineOf(await client.send(endpoint, asked), room);
  const greedy = await lineOf(await client.send(endpoint, { ...asked, body: { notice: 1, ...GREEDY } }), room);
  expect([what, who, greedy]).toEqual([what, who, told]);
  lines.push(`${what} · ${who}: ${told}`);
}
async function lineOf({ status, text }: { status: number; text: string }, room: () => Promise<string | undefined>): Promise<string> {
  const answer = JSON.parse(text) as { error?: { code: string }; token?: string; identity?: string };
  return status === 200 ? grantOf(answer.token!, answer.identity, room) : `${status} ${answer.error?.code}`;
}
async function grantOf(token: string, identity: string | undefined, room: () => Promise<string | undefined>): Promise<string> {
  const { video, sub, nbf, exp, ...rest } = claimsOf(token);
  expect([sub, Object.keys(rest), exp - nbf, exp - Date.now() / 1000 <= 120]).toEqual([identity, ['iss'], 300, true]);
  expect(video['room']).toBe(await room());
  return Object.entries(video)
    .filter(([name]) => name !== 'room')
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join('+') : String(value)}`)
    .toSorted()
    .join(' ');
}

test('of a meeting', async () => {
  const setting = await calledMeeting((c) => ({
    people: [c.kabid.id, c.staf.id, c.stafKantor.id, c.kepalaDinkes.id],
    guests: [
      { name: 'Ibu Tamu', institution: 'Yayasan Contoh' },
      { name: 'Bapak Tamu', institution: 'Yayasan Contoh' },
    ],
  }));
  const { world, cast, chair, id, invitation } = setting;
  worlds.push(world);
  const member = (name: string) => ({ ...id, member: invitation(name).member });
  await chair.call(putMeetingRole, { params: member(cast.kabid.name), body: { role: 'ko_host' } });
  await chair.call(putMeetingRole, { params: member(cast.stafKantor.name), body: { role: 'operator' } });
  const people: [string, Client][] = [
    ['pimpinan', chair],
    ['ko-host', await signIn(world, cast.kabid)],
    ['operator', await signIn(world, cast.stafKantor)],
    ['undangan', await signIn(world, cast.staf)],
    ['undangan dikeluarkan', await signIn(world, cast.kepalaDinkes)],
    ['tamu', opensLink(world, invitation('Ibu Tamu').link)],
    ['tamu dikeluarkan', opensLink(world, invitation('Bapak Tamu').link)],
    ['bukan undangan', await signIn(world, cast.stafDinkes)],
    ['admin OPD', await signIn(world, cast.adminDinsos)],
    ['BKD', await signIn(world, cast.bkd)],
    ['pranata DKIS', await signIn(world, cast.operator)],
    ['administrator', await signIn(world, cast.administrator)],
    ['tanpa akun', world.visitor()],
  ];
  for (const name of [cast.kepalaDinkes.name, 'Bapak Tamu']) await chair.call(postRemoval, { params: member(name), body: { ban: false } });
  const roomOf = (meeting: string) => async () =>
    (await world.sql<{ name: string }[]>`select r.name from rooms.room r join meetings.meeting m on m.room_id = r.id where m.id = ${meeting}`)[0]?.name;
  const each = async (state: string, meeting: string): Promise<void> => {
    for (const [who, client] of people) await says(`rapat ${state}`, who, client, postTicket, { id: meeting }, roomOf(meeting));
  };
  await each('berlangsung', id.id);
  await chair.call(putLocks, { params: id, body: { mikrofon: true } });
  await each('mikrofon dikunci', id.id);
  const recording = randomUUID();
  expect(await world.app.rooms.recorderToken(setting.room.id)).toBeNull();
  expect(await world.app.rooms.beginRecording(world.sql, setting.room.id, recording)).toBe(true);
  const records = await grantOf((await world.app.rooms.recorderToken(setting.room.id))!, `r_${recording}`, roomOf(id.id));
  lines.push(`rapat direkam · perekam: ${records}`);
  await chair.call(putLocks, { params: id, body: { mikrofon: true, kamera: true, layar: true } });
  await each('semua dikunci', id.id);
  const checkRoom = async () => (await world.sql<{ name: string }[]>`select r.name from rooms.room r join readiness.room c on c.room_id = r.id`)[0]?.name;
  for (const [who, client] of people) await says('pemeriksaan', who, client, postCheckTicket, {}, checkRoom);
  await chair.call(postMeetingEnd, { params: id });
  await each('berakhir', id.id);
  const later = await plannedMeeting(world, cast, { people: [cast.kabid.id, cast.staf.id, cast.stafKantor.id] });
  await each('terjadwal', later);
  await chair.call(postMeetingStart, { params: { id: later } });
  const off = await plannedMeeting(world, cast, { people: [cast.kabid.id, cast.staf.id, cast.stafKantor.id] }, { title: 'Batal' });
  await chair.call(postCancellation, { params: { id: off }, body: { reason: 'Ditunda' } });
  await each('dibatalkan', off);
});

test('of a press conference', async () => {
  const p = await pressFloor({ state: 'registrasi' });
  const { world, cast, livekit, slug, params, operator } = p;
  worlds.push(world);
  const [sari, tono, rudi, wati] = [
    await p.accredited('Sari Wartawan', 'Radar Uji'),
    await p.accredited('Tono Wartawan', 'Kabar Uji'),
    await p.registers('Rudi Wartawan', 'Suara Uji'),
    await p.registers('Wati Wartawan', 'Media Uji'),
  ];
  const decided = { params: { ...params, journalist: wati.id }, body: { act: 'ditolak' as const, from: 'menunggu' as const, reason: 'Bukan media' } };
  await operator.call(postRegistrationDecision, decided);
  await p.goTo('ruang_tunggu');
  await operator.call(postPressRemoval, { params: { ...params, member: tono.member } });
  const viewer = world.visitor();
  await viewer.call(postPressJoin, { params: slug });
  const people: [string, Client][] = [
    ['narasumber', p.narasumber],
    ['moderator', p.moderator],
    ['JBI', p.jbi],
    ['pranata DKIS', operator],
    ['jurnalis', sari.client],
    ['jurnalis dikeluarkan', tono.client],
    ['jurnalis menunggu', rudi.client],
    ['jurnalis ditolak', wati.client],
    ['penonton', viewer],
    ['pegawai lain', await signIn(world, cast.staf)],
    ['administrator', await signIn(world, cast.administrator)],
  ];
  const room = async () =>
    (await world.sql<{ name: string }[]>`select r.name from rooms.room r join press.conference c on c.room_id = r.id where c.id = ${p.id}`)[0]?.name;
  const each = async (state: string): Promise<void> => {
    for (const [who, client] of people) await says(`konferensi pers ${state}`, who, client, postPressTicket, slug, room);
  };
  await each('ruang_tunggu');
  await p.goTo('tayang');
  await each('tayang, belum lima detik');
  world.clock.advance(5_000);
  await each('tayang');
  await p.goTo('tanya_jawab');
  await p.enters(sari);
  const question = await p.asks(sari, 'Anggaran');
  await each('tanya_jawab');
  await p.gives(question);
  await each('tanya_jawab, giliran jurnalis');
  expect(livekit.calls.some(({ verb }) => verb === 'remove')).toBe(false);
  await p.goTo('selesai');
  await each('selesai');
});

test('the table is the one the office decided, and nobody is given power over a room or a place out of sight', async () => {
  const given = lines.filter((line) => line.includes('roomJoin'));
  expect(given.length).toBeGreaterThan(40);
  expect(
    given.filter((line) => /roomAdmin|roomCreate|roomList|roomRecord|recorder|agent|ingress|destinationRoom|canPublishData=true|Metadata=true/.test(line)),
  ).toEqual([]);
  expect(given.filter((line) => line.includes('hidden') && !/penonton|perekam|jurnalis|pegawai lain|administrator|pemeriksaan/.test(line))).toEqual([]);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('token-table.golden.txt');
});
