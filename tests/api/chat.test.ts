import { randomUUID } from 'node:crypto';
import exifr from 'exifr';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { deleteChat, deleteRoomUpload, getChat, getChatFile, getChatText, postChat, postRoomUpload, putRoomPart } from '../../shared/chat.ts';
import { postInvitations, postMeetingEnd, postRemoval } from '../../shared/meetings.ts';
import { putRules } from '../../shared/moderation.ts';
import { putNotulis } from '../../shared/proceedings.ts';
import { photoWithPlace, video } from '../support/press-kit.ts';
import { PAPER, recordedMeeting } from '../support/room-record.ts';
import type { World } from '../support/world.ts';

const MIB = 1024 * 1024;
const worlds: World[] = [];
afterAll(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

let setting: Awaited<ReturnType<typeof recordedMeeting>>;
beforeEach(async () => {
  setting ??= await recordedMeeting();
  if (!worlds.includes(setting.world)) worlds.push(setting.world);
});
/** Nobody is held back for what the test before said. */
afterEach(() => setting.world.clock.advance(60_000));

const sees = async (client = setting.chair) => client.call(getChat, { params: setting.id });

test('an answer names what it answers; a page asks only for what is new', async () => {
  const { chair, guest, say } = setting;
  const question = await say(chair, 'Berapa tenda yang tersedia?');
  const { step } = await sees(guest);
  const answer = await say(guest, 'Dua belas, di gudang.', { reply: question.id });
  expect(answer.reply).toEqual({ id: question.id, name: setting.cast.kepala.name, text: 'Berapa tenda yang tersedia?', deleted: false });
  const fresh = await chair.call(getChat, { params: setting.id, query: { after: step } });
  expect(fresh.messages.map(({ id }) => id)).toEqual([answer.id]);
  expect((await chair.call(getChat, { params: setting.id, query: { after: fresh.step } })).messages).toEqual([]);
  expect(await guest.refusalOf(postChat, { params: setting.id, body: { text: 'Ya', key: randomUUID(), reply: randomUUID() } })).toBe('chat.no_message');
});

test('what is taken back is gone with its file, stays as said, and only its writer can', async () => {
  const { chair, guest, say, uploads, world, kept } = setting;
  const before = await kept('part');
  const upload = await uploads(guest, PAPER);
  const said = await say(guest, 'NIK 3201… keliru tempel', { upload });
  const answer = await say(chair, 'Mohon dihapus.', { reply: said.id });
  const { step } = await sees();
  expect(await chair.refusalOf(deleteChat, { params: { ...setting.id, message: said.id } })).toBe('chat.not_yours');
  await guest.call(deleteChat, { params: { ...setting.id, message: said.id } });
  await guest.call(deleteChat, { params: { ...setting.id, message: said.id } });
  const { messages } = await chair.call(getChat, { params: setting.id, query: { after: step } });
  expect(messages).toMatchObject([{ id: said.id, deleted: true, text: '', file: null, name: 'Ibu Tamu' }]);
  expect((await sees()).messages.find(({ id }) => id === answer.id)?.reply).toMatchObject({ text: '', deleted: true });
  expect(await chair.refusalOf(getChatFile, { params: { ...setting.id, message: said.id } })).toBe('not_found');
  expect(await kept('part')).toBe(before);
  const [row] = await world.sql<{ text: string; name: string }[]>`select text, name from room_record.chat where id = ${said.id}`;
  expect(row).toEqual({ text: '', name: 'Ibu Tamu' });
});

test('whoever comes later reads what was said before; strangers and who was removed read nothing', async () => {
  const { chair, guest, say, as, cast } = setting;
  await say(guest, 'Sebelum Joko diundang');
  const joko = await as(cast.stafKantor);
  expect(await joko.refusalOf(getChat, { params: setting.id })).toBe('not_found');
  await chair.call(postInvitations, { params: setting.id, body: { people: [cast.stafKantor.id], positions: [], units: [], guests: [] } });
  expect((await sees(joko)).messages.at(-1)?.text).toBe('Sebelum Joko diundang');
  await chair.call(postRemoval, { params: { ...setting.id, member: setting.member(cast.stafKantor) }, body: { ban: false } });
  expect(await joko.refusalOf(getChat, { params: setting.id })).toBe('meeting.removed');
});

test('a file comes whole, to be saved and never drawn; a hundred sent at once by one person stop at ten', async () => {
  const { chair, guest, say, uploads } = setting;
  const upload = await uploads(guest, { ...PAPER, name: '../../Rincian\u202Egpj.exe.pdf' });
  const said = await say(guest, '', { upload });
  expect(said.file).toEqual({ name: 'Rincian-gpj-exe.pdf', type: 'application/pdf', size: PAPER.bytes.byteLength, picture: false });
  const got = await chair.send(getChatFile, { params: { ...setting.id, message: said.id } });
  expect(got.payload.equals(Buffer.from(PAPER.bytes))).toBe(true);
  expect(got.headers).toMatchObject({
    'content-disposition': expect.stringMatching(/^attachment; filename="Rincian-gpj-exe\.pdf"/),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  const codes = await Promise.all(
    Array.from({ length: 100 }, (_, n) => guest.refusalOf(postChat, { params: setting.id, body: { text: `pesan ${n}`, key: randomUUID() } })),
  );
  expect(codes.filter((code) => code === null)).toHaveLength(9);
  expect(codes.filter((code) => code === 'limit.reached')).toHaveLength(91);
  // Others are not held back.
  await say(chair, 'Satu per satu, ya.');
});

test('a photo loses its position and gets a small picture', async () => {
  const { guest, chair, say, uploads } = setting;
  const photo = await photoWithPlace();
  expect(await exifr.gps(photo)).toBeDefined();
  const said = await say(guest, 'Gudang', { upload: await uploads(guest, { name: 'IMG 01.JPEG', type: 'image/jpeg', bytes: photo }) });
  expect(said.file).toMatchObject({ name: 'IMG-01.jpg', picture: true });
  const params = { ...setting.id, message: said.id };
  const clean = await chair.send(getChatFile, { params });
  expect(await exifr.gps(clean.payload).catch(() => undefined)).toBeUndefined();
  const thumb = await chair.send(getChatFile, { params, query: { thumb: '1' } });
  expect(thumb.headers['content-type']).toBe('image/webp');
});

test('what is not what it says, may run, is too large or was given up leaves nothing', async () => {
  const { guest, chair, uploads, kept, world, say } = setting;
  const before = { file: await kept('file'), part: await kept('part') };
  const announce = (name: string, size = 1000, type = 'application/pdf') =>
    guest.refusalOf(postRoomUpload, { params: setting.id, body: { purpose: 'obrolan', name, type, size } });
  for (const name of ['halaman.html', 'gambar.svg', 'skrip.js', 'pasang.exe', 'makro.xlsm', 'tanpa-akhiran', 'arsip.pdf.bat'])
    expect(await announce(name)).toBe('kit.file_type');
  expect(await announce('besar.pdf', 25 * MIB + 1)).toBe('kit.file_large');
  const page = Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(200));
  for (const bytes of [page, video(3000)]) {
    const upload = await uploads(guest, { name: 'surat.pdf', type: 'application/pdf', bytes });
    expect(await guest.refusalOf(postChat, { params: setting.id, body: { text: '', key: randomUUID(), upload } })).toBe('kit.not_what_it_says');
  }
  const half = await guest.call(postRoomUpload, { params: setting.id, body: { purpose: 'obrolan', name: 'dua.pdf', type: '', size: MIB + 10 } });
  await guest.call(putRoomPart, { params: { ...setting.id, upload: half.upload, part: '1' }, body: new Uint8Array(10) });
  expect(await guest.refusalOf(putRoomPart, { params: { ...setting.id, upload: half.upload, part: '0' }, body: new Uint8Array(10) })).toBe('kit.part_size');
  expect(await guest.refusalOf(postChat, { params: setting.id, body: { text: '', key: randomUUID(), upload: half.upload } })).toBe('kit.parts_missing');
  // Somebody else's upload is not there.
  expect(await chair.refusalOf(postChat, { params: setting.id, body: { text: '', key: randomUUID(), upload: half.upload } })).toBe('not_found');
  expect(await chair.refusalOf(deleteRoomUpload, { params: { ...setting.id, upload: half.upload } })).toBe('not_found');
  await guest.call(deleteRoomUpload, { params: { ...setting.id, upload: half.upload } });
  const left = await uploads(guest, PAPER);
  expect(await kept('part')).toBe(before.part + 1);
  world.clock.advance(3_600_001);
  expect(await world.app.roomRecord.sweepUploads()).toBe(1);
  expect(await guest.refusalOf(postChat, { params: setting.id, body: { text: '', key: randomUUID(), upload: left } })).toBe('not_found');
  expect({ file: await kept('file'), part: await kept('part') }).toEqual(before);
  expect(await guest.refusalOf(postChat, { params: setting.id, body: { text: '  ', key: randomUUID() } })).toBe('chat.empty');
  await say(guest, 'masih jalan');
});

test('poisoned messages are refused, and the chat goes on for everybody', async () => {
  const { guest, chair, say, world } = setting;
  const poison = [
    'a\uD800b',
    '\uDFFF',
    'nol\u0000',
    `e${'\u0301'.repeat(10_000)}`,
    `Z${'\u0324\u0351'.repeat(20)}algo`,
    'foto\u202Egpj.exe',
    '\u2066\u2066\u2066',
    'x'.repeat(2001),
    'x'.repeat(MIB - 200),
    `👩${'\u200D👩'.repeat(1500)}`,
    'bel\u0007',
  ];
  for (const text of poison) expect(await guest.refusalOf(postChat, { params: setting.id, body: { text, key: randomUUID() } })).toBe('input.invalid');
  const whole = await guest.send(postChat, { params: setting.id, body: { text: 'x'.repeat(2 * MIB), key: randomUUID() } });
  expect(whole.status).toBe(413);
  for (const body of [{ text: 5, key: randomUUID() }, { text: ['a'], key: randomUUID() }, { text: 'a', key: 'kunci' }, '{"text":"\\ud800","key":1}', '{']) {
    const { status } = await guest.send(postChat, { params: setting.id, body });
    expect(status).toBe(400);
  }
  world.clock.advance(11_000);
  for (const fine of ['Halo 👩‍👩‍👧 apa kabar', 'Việt Nam é', 'مرحبا', 'baris 1\nbaris 2\tx', '<img src=x onerror=alert(1)>'])
    expect((await say(guest, fine)).text).toBe(fine.normalize('NFC'));
  expect((await sees(chair)).messages.at(-1)?.text).toBe('<img src=x onerror=alert(1)>');
});

test('the chair slows the chat down or closes it: for the others, not for who leads', async () => {
  const { chair, guest, say, world } = setting;
  const refused = () => guest.refusalOf(postChat, { params: setting.id, body: { text: 'Usul', key: randomUUID() } });
  await chair.call(putRules, { params: setting.id, body: { slowSeconds: 30 } });
  await say(guest, 'Satu');
  expect(await refused()).toBe('limit.reached');
  world.clock.advance(30_001);
  await say(guest, 'Dua');
  await say(chair, 'Tiga');
  await say(chair, 'Empat');
  await chair.call(putRules, { params: setting.id, body: { slowSeconds: 0, chat: 'pemimpin' } });
  expect(await refused()).toBe('chat.shut');
  expect(await guest.refusalOf(postRoomUpload, { params: setting.id, body: { purpose: 'obrolan', name: 'a.pdf', type: '', size: 10 } })).toBe('chat.shut');
  expect((await sees(guest)).you.shut).toBe('pemimpin');
  await say(chair, 'Hanya pimpinan.');
  await chair.call(putRules, { params: setting.id, body: { chat: 'semua' } });
  await say(guest, 'Terima kasih');
});

test('five hundred at once, older ones when asked; and a search finds words, not patterns', async () => {
  const { world, chair, meeting, say } = setting;
  await world.sql`
    insert into room_record.chat (id, meeting_id, member, name, text, at)
    select gen_random_uuid(), ${meeting.id}, ${setting.member(setting.cast.staf)}, 'Sari', 'laporan ' || g, ${world.clock.now()} from generate_series(1, 620) g`;
  await say(chair, 'Capaian 100% & beres_semua');
  const last = await sees();
  expect([last.messages.length, last.more]).toEqual([500, true]);
  const older = await chair.call(getChat, { params: setting.id, query: { before: last.messages[0]!.n } });
  expect(older.messages.some(({ text }) => text === 'laporan 1')).toBe(true);
  expect(older.messages.at(-1)!.n).toBeLessThan(last.messages[0]!.n);
  const found = async (q: string) => (await chair.call(getChat, { params: setting.id, query: { q } })).messages.map(({ text }) => text);
  expect(await found('100%')).toEqual(['Capaian 100% & beres_semua']);
  expect(await found('LAPORAN 62')).toEqual(['laporan 62', 'laporan 620']);
  expect(await found('lap%n')).toEqual([]);
});

test('after the end it is read and not written; chair and notulis take it as text, on record', async () => {
  const { world, chair, guest, cast, as, say } = setting;
  const notulis = await as(cast.staf);
  await chair.call(putNotulis, { params: setting.id, body: { personId: cast.staf.id } });
  const own = await say(guest, 'Terima kasih\ndan sampai jumpa');
  await chair.call(postMeetingEnd, { params: setting.id });
  expect(await guest.refusalOf(postChat, { params: setting.id, body: { text: 'lagi', key: randomUUID() } })).toBe('meeting.ended');
  expect(await guest.refusalOf(deleteChat, { params: { ...setting.id, message: own.id } })).toBe('meeting.ended');
  expect(await guest.refusalOf(postRoomUpload, { params: setting.id, body: { purpose: 'obrolan', name: 'a.pdf', type: '', size: 10 } })).toBe('meeting.ended');
  const kept = await sees(notulis);
  expect(kept.messages.at(-1)?.text).toBe('Terima kasih\ndan sampai jumpa');
  expect(kept.you).toMatchObject({ shut: 'rapat', exports: true });
  const text = await (await notulis.call(getChatText, { params: setting.id })).text();
  expect(text).toContain('Ibu Tamu (Tamu): Terima kasih\n    dan sampai jumpa');
  expect(text).toContain('(dihapus)');
  expect(await (await as(cast.kabid)).refusalOf(getChatText, { params: setting.id })).toBe('proceedings.not_writer');
  expect(await guest.refusalOf(getChatText, { params: setting.id })).toBe('session.required');
  expect(await world.sql`select what from people.access where by_id = ${cast.staf.id} and what = 'obrolan.unduh'`).toHaveLength(1);
});
