import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import {
  getCaptionDesk,
  getCaptioners,
  getCaptions,
  getCaptionsVtt,
  getTranscript,
  getTranscriptText,
  getTranscriptWord,
  postCaptionConfirmation,
  postCaptions,
  putCaption,
  putCaptionDraft,
  putCaptioner,
  putCaptionShorts,
  putTranscriptPublic,
  type SpeakerInput,
} from '../../shared/captions.ts';
import { postMeetingEnd } from '../../shared/meetings.ts';
import { getMyData } from '../../shared/privacy.ts';
import { liveSocket } from '../support/live-socket.ts';
import { plannedConference } from '../support/press.ts';
import { recordedMeeting } from '../support/room-record.ts';
import { unpacked } from '../support/unpacked.ts';
import type { Client, World } from '../support/world.ts';

const worlds: World[] = [];
afterAll(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

let setting: Awaited<ReturnType<typeof recordedMeeting>>;
let typist: Client;
const at = () => ({ of: 'rapat' as const, id: setting.id.id });
const guestMember = (): string => setting.invitation('Ibu Tamu').member;
beforeEach(async () => {
  if (setting) return setting.world.clock.advance(10_000);
  setting = await recordedMeeting();
  worlds.push(setting.world);
  setting.world.clock.advance(10_000);
  typist = await setting.as(setting.cast.staf);
  await setting.chair.call(putCaptioner, { params: at(), body: { member: setting.member(setting.cast.staf), captions: true } });
});

const line = (text: string, speaker: SpeakerInput = null, { key = randomUUID(), ago = 2_000 } = {}) => {
  const now = setting.world.clock.now().getTime();
  return { key, speaker, text, from: new Date(now - ago).toISOString(), to: new Date(now).toISOString() };
};
const says = async (text: string, speaker: SpeakerInput = null, client = typist) =>
  (await client.call(postCaptions, { params: at(), body: { lines: [line(text, speaker)] } })).lines[0]!;
const heard = async (client = setting.guest) => client.call(getCaptions, { params: at() });

test('only those who lead name a captioner, and only a captioner writes; who is named no longer does not', async () => {
  const { chair, cast, guest, as, member } = setting;
  const body = { lines: [line('Bukan saya')] };
  await chair.call(putCaptioner, { params: at(), body: { member: guestMember(), captions: false } });
  expect(await guest.refusalOf(postCaptions, { params: at(), body })).toBe('captions.not_captioner');
  expect(await guest.refusalOf(putCaptionDraft, { params: at(), body: { key: randomUUID(), n: 1, speaker: null, text: 'a' } })).toBe('captions.not_captioner');
  expect(await guest.refusalOf(getCaptionDesk, { params: at() })).toBe('captions.not_captioner');
  expect(await typist.refusalOf(putCaptioner, { params: at(), body: { member: guestMember(), captions: true } })).toBe('captions.not_leader');
  expect(await typist.refusalOf(getCaptioners, { params: at() })).toBe('captions.not_leader');
  expect(await chair.refusalOf(putCaptioner, { params: at(), body: { member: `p_${randomUUID()}`, captions: true } })).toBe('captions.no_member');
  const stranger = await as(cast.stafKantor);
  expect(await stranger.refusalOf(getCaptions, { params: at() })).toBe('not_found');
  expect(await setting.world.visitor().refusalOf(getCaptions, { params: at() })).toBe('session.required');
  await chair.call(putCaptioner, { params: at(), body: { member: guestMember(), captions: true } });
  const named = await chair.call(putCaptioner, { params: at(), body: { member: guestMember(), captions: true } });
  expect(named.captioners.map((one) => one.member).toSorted()).toEqual([member(cast.staf), guestMember()].toSorted());
  expect((await says('Oleh tamu', null, guest)).text).toBe('Oleh tamu');
  await chair.call(putCaptioner, { params: at(), body: { member: guestMember(), captions: false } });
  expect(await guest.refusalOf(postCaptions, { params: at(), body })).toBe('captions.not_captioner');
});

test('a line sent twice is one line, and lines that were held back keep their times and their order', async () => {
  const key = randomUUID();
  const first = line('Sekali saja', { member: setting.member(setting.cast.kepala) }, { key });
  await typist.call(postCaptions, { params: at(), body: { lines: [first] } });
  const again = await typist.call(postCaptions, { params: at(), body: { lines: [first, { ...first, text: 'Lain' }] } });
  expect(again.lines.map(({ text }) => text)).toEqual(['Sekali saja', 'Sekali saja']);
  const { lines } = await heard();
  expect(lines.filter(({ id }) => id === key)).toMatchObject([{ speaker: setting.cast.kepala.name, source: 'juru_ketik', confirmed: true, version: 1 }]);
  const late = [line('Tertahan satu', null, { ago: 1_500 }), line('Tertahan dua', null, { ago: 500 })];
  await typist.call(postCaptions, { params: at(), body: { lines: late.toReversed() } });
  expect((await heard()).lines.slice(-2).map(({ text, from }) => [text, from])).toEqual(late.map(({ text, from }) => [text, from]));
  expect(await typist.refusalOf(postCaptions, { params: at(), body: { lines: [line('x', { member: `p_${randomUUID()}` })] } })).toBe('captions.no_speaker');
});

test('no line is older than the room or of tomorrow', async () => {
  const { startedAt } = await typist.call(getCaptionDesk, { params: at() });
  const out = { key: randomUUID(), speaker: null, text: 'Jam rusak', from: '2001-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };
  const { lines } = await typist.call(postCaptions, { params: at(), body: { lines: [out] } });
  expect(lines[0]).toMatchObject({ from: startedAt, offset: 0 });
  expect(Date.parse(lines[0]!.to)).toBeLessThanOrEqual(setting.world.clock.now().getTime() + 2_000);
});

test('a correction is a new row: what was typed first stays, and of two who correct the same the second is told', async () => {
  const { chair, cast, as } = setting;
  const other = await as(cast.kabid);
  const typed = await says('Bantuan diseralkan besok', { name: 'Narasumber tamu' });
  const params = { ...at(), line: typed.id };
  const fixed = await chair.call(putCaption, { params, body: { version: 1, text: 'Bantuan diserahkan besok' } });
  expect(fixed).toMatchObject({ version: 2, speaker: 'Narasumber tamu', text: 'Bantuan diserahkan besok' });
  expect(await chair.call(putCaption, { params, body: { version: 1, text: 'Bantuan diserahkan besok' } })).toEqual(fixed);
  expect(await typist.refusalOf(putCaption, { params, body: { version: 1, text: 'Bantuan diserahkan lusa' } })).toBe('captions.changed');
  expect(await other.refusalOf(putCaption, { params, body: { version: 2, text: '' } })).toBe('captions.not_editor');
  const { lines } = await typist.call(getTranscript, { params: at() });
  const found = lines.find(({ id }) => id === typed.id)!;
  expect(found.before).toMatchObject([{ text: 'Bantuan diseralkan besok', byName: cast.staf.name }]);
  expect(found.byName).toBe(cast.kepala.name);
  const rows = await setting.world.sql`select text from captions.line where id = ${typed.id} order by version`;
  expect(rows.map(({ text }) => text as string)).toEqual(['Bantuan diseralkan besok', 'Bantuan diserahkan besok']);
  await typist.call(putCaption, { params, body: { version: 2, text: '' } });
  expect((await other.call(getTranscript, { params: at() })).lines.some(({ id }) => id === typed.id)).toBe(false);
});

test('two captioners write at once and nothing is lost; a page asks only for what is new', async () => {
  const { chair, guest } = setting;
  await chair.call(putCaptioner, { params: at(), body: { member: guestMember(), captions: true } });
  const { step } = await heard();
  await Promise.all(Array.from({ length: 8 }, (_, n) => says(`Serentak ${n}`, null, n % 2 === 0 ? typist : guest)));
  const fresh = await guest.call(getCaptions, { params: at(), query: { after: step } });
  expect(fresh.lines.map(({ text }) => text).toSorted()).toEqual(Array.from({ length: 8 }, (_, n) => `Serentak ${n}`));
  expect((await guest.call(getCaptions, { params: at(), query: { after: fresh.step } })).lines).toEqual([]);
});

test('who is in the room hears a line with its words, and what is being typed is kept nowhere', async () => {
  const socket = await liveSocket(setting.world, setting.chair);
  socket.say({ type: 'watch', topic: `meeting:${setting.id.id}` });
  await socket.next('watching');
  const key = randomUUID();
  await typist.call(putCaptionDraft, { params: at(), body: { key, n: 3, speaker: { name: 'Tamu' }, text: 'Sedang  dik' } });
  expect(await socket.next('caption.draft')).toMatchObject({ key, n: 3, speaker: 'Tamu', text: 'Sedang dik' });
  const said = await says('Sedang diketik');
  expect(await socket.next('caption.said')).toMatchObject({ of: 'rapat', line: { id: said.id, text: 'Sedang diketik' } });
  expect(await setting.world.sql`select from captions.line where text like 'Sedang%dik'`).toHaveLength(0);
  socket.ws.close();
});

test('what a machine heard is marked until a person confirms or corrects it', async () => {
  const { chair, guest, world, as, cast } = setting;
  const other = await as(cast.kabid);
  const id = randomUUID();
  const from = world.clock.now();
  await world.app.captions.heard(world.sql, at(), { id, speakerMember: null, speakerName: null, text: 'posko banjir', from, to: from });
  expect((await heard()).lines.find((one) => one.id === id)).toMatchObject({ source: 'mesin', confirmed: false });
  expect(await (await guest.call(getTranscriptText, { params: at() })).text()).toContain('[mesin] posko banjir');
  expect(await other.refusalOf(postCaptionConfirmation, { params: at(), body: { lines: [id] } })).toBe('captions.not_editor');
  await chair.call(postCaptionConfirmation, { params: at(), body: { lines: [id] } });
  await chair.call(postCaptionConfirmation, { params: at(), body: { lines: [id] } });
  expect((await heard()).lines.find((one) => one.id === id)).toMatchObject({ version: 2, source: 'mesin', confirmed: true });
});

test('short forms are one’s own, or the region’s when an operator keeps them', async () => {
  const forms = [{ short: 'KB', full: 'Kepala Badan' }];
  expect((await typist.call(putCaptionShorts, { params: at(), body: { forms } })).own).toEqual([{ short: 'kb', full: 'Kepala Badan' }]);
  expect((await typist.call(getCaptionDesk, { params: at() })).shorts).toEqual({ own: [{ short: 'kb', full: 'Kepala Badan' }], region: [] });
  expect(await typist.refusalOf(putCaptionShorts, { params: at(), body: { forms, region: true } })).toBe('role.missing');
  expect(await typist.refusalOf(putCaptionShorts, { params: at(), body: { forms: [...forms, { short: 'kb', full: 'Lain' }] } })).toBe('captions.short_twice');
});

test('the transcript is read and taken along by those of the meeting; reading it is on record, and one’s own words are in Data saya', async () => {
  const { chair, cast, world } = setting;
  await says('Tenda dikirim sore ini', { member: setting.member(cast.kepala) });
  await chair.call(postMeetingEnd, { params: setting.id });
  const found = await typist.call(getTranscript, { params: at(), query: { q: 'TENDA' } });
  expect(found.lines.map(({ text }) => text)).toEqual(['Tenda dikirim sore ini']);
  expect(found.state).toBe('selesai');
  const vtt = await (await typist.call(getCaptionsVtt, { params: at() })).text();
  expect(vtt).toMatch(/^WEBVTT\n\n\d\d:\d\d:\d\d\.\d{3} --> /);
  expect(vtt).toContain(`<v ${cast.kepala.name}>Tenda dikirim sore ini`);
  const parts = await unpacked(Buffer.from(await (await typist.call(getTranscriptWord, { params: at() })).arrayBuffer()));
  expect(parts.get('word/document.xml')).toContain('Tenda dikirim sore ini');
  const looks = await world.sql<{ what: string }[]>`select what from people.access where by_id = ${cast.staf.id} and subject = ${at().id}`;
  expect(looks.map(({ what }) => what)).toEqual(expect.arrayContaining(['transkrip.baca', 'transkrip.unduh']));
  expect(await typist.refusalOf(putTranscriptPublic, { params: at(), body: { published: true } })).toBe('captions.not_leader');
  expect(await chair.refusalOf(putTranscriptPublic, { params: at(), body: { published: true } })).toBe('not_found');
  const { said } = await chair.call(getMyData, {});
  expect(said.some(({ kind, words }) => kind === 'takarir' && words.id === 'Tenda dikirim sore ini')).toBe(true);
});

test('of a conference everybody reads what is on air, never the green room, and afterwards only what was published', async () => {
  const { world, cast } = setting;
  const conference = await plannedConference(world, cast, { state: 'ruang_tunggu' });
  const params = { of: 'pers' as const, id: conference.id };
  const lineNow = (text: string) => line(text, { member: `p_${cast.kepala.id}` });
  const visitor = world.visitor();
  await conference.moderator.call(putCaptioner, { params, body: { member: `p_${cast.kabid.id}`, captions: true } });
  expect(await conference.moderator.refusalOf(postCaptions, { params, body: { lines: [lineNow('Uji suara')] } })).toBe('captions.not_started');
  expect(await visitor.call(getCaptions, { params })).toMatchObject({ state: 'belum', lines: [] });
  await conference.goTo('tayang');
  expect((await visitor.call(getCaptions, { params })).state).toBe('belum');
  world.clock.advance(6_000);
  await conference.moderator.call(postCaptions, { params, body: { lines: [lineNow('Selamat pagi')] } });
  expect((await visitor.call(getCaptions, { params })).lines).toMatchObject([{ text: 'Selamat pagi', speaker: cast.kepala.name }]);
  expect(await visitor.refusalOf(getTranscript, { params })).toBe('not_found');
  expect(await conference.operator.refusalOf(putTranscriptPublic, { params, body: { published: true } })).toBe('captions.not_over');
  await conference.goTo('tanya_jawab');
  await conference.goTo('selesai');
  expect((await visitor.call(getCaptions, { params })).lines).toEqual([]);
  expect(await visitor.refusalOf(getCaptionsVtt, { params })).toBe('not_found');
  await conference.operator.call(putTranscriptPublic, { params, body: { published: true } });
  const open = await visitor.call(getTranscript, { params });
  expect(open.lines).toMatchObject([{ text: 'Selamat pagi', byName: null, before: [] }]);
  await conference.operator.call(putTranscriptPublic, { params, body: { published: false } });
  expect(await visitor.refusalOf(getTranscript, { params })).toBe('not_found');
  await conference.goTo('arsip');
  expect(await conference.moderator.refusalOf(postCaptions, { params, body: { lines: [lineNow('Terlambat')] } })).toBe('captions.closed');
});
