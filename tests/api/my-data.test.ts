import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { getDayBoard, getSheet, getSheetCsv } from '../../shared/attendance.ts';
import { getInvitations, postMeetingEnd, postTicket } from '../../shared/meetings.ts';
import { getOpds, getPeople } from '../../shared/people.ts';
import { getMyData, getMyDataJson, getMyDataPdf, putDataOfficer } from '../../shared/privacy.ts';
import { signIn } from '../support/cast.ts';
import { calledMeeting, mediaServerTells } from '../support/meeting.ts';
import { textOfPdf } from '../support/pdf.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

async function attended() {
  const setting = await calledMeeting((cast) => ({ people: [cast.staf.id, cast.stafKantor.id] }));
  const { world, cast, id, room, chair } = setting;
  worlds.push(world);
  const staf = await signIn(world, cast.staf);
  const { identity } = await staf.call(postTicket, { params: id, body: {} });
  await mediaServerTells(world, { event: 'participant_joined', room: room.name, identity, sid: 'PA_satu' });
  world.clock.advance(10 * 60_000);
  await mediaServerTells(world, { event: 'participant_left', room: room.name, identity, sid: 'PA_satu', disconnectReason: 'CLIENT_INITIATED' });
  await chair.call(postMeetingEnd, { params: id });
  return { ...setting, staf };
}

test('a person finds the own meetings and days, with witnesses and confidence, and the notice that was read', async () => {
  const { staf, meeting, cast } = await attended();
  const data = await staf.call(getMyData, {});
  expect(data.person).toMatchObject({ name: cast.staf.name, position: 'Pengelola Data' });
  expect(data.person.nip).toMatch(/^•+\d\d$/);
  expect(data.meetings).toMatchObject([
    { meetingId: meeting.id, title: meeting.title, minutes: 10, intervals: [{ confidence: 'pasti', sources: ['webhook'] }] },
  ]);
  expect(data.days[0]).toMatchObject({ date: cast.today, code: 'WFH', mark: 'hadir_wfh', confirmed: null });
  expect(data.notices).toMatchObject([{ version: 1, language: 'id' }]);
  expect(data.sessions).toMatchObject([{ current: true }]);
  expect(data.kept.map((k) => k.key)).toContain('fakta_hadir');
});

test('whoever looked or took a copy is named, with when and what; one’s own looks are not a stranger’s', async () => {
  const { staf, chair, id, cast, world, meeting } = await attended();
  await chair.call(getSheet, { params: id });
  await chair.call(getSheetCsv, { params: id });
  const opds = await chair.call(getOpds, {});
  await chair.call(getDayBoard, { params: { id: cast.opds.dinsos.id } });
  await chair.call(getInvitations, { params: id });
  await chair.call(getPeople, { query: { opd: cast.opds.dinkes.id } });
  await staf.call(getMyData, {});
  const { looks } = await staf.call(getMyData, {});
  const own = looks.filter((l) => l.what !== 'undangan.baca');
  expect(own.map((l) => [l.by, l.what, l.taken, l.through, l.about])).toEqual([
    [cast.kepala.name, 'papan_hari.baca', false, 'person', opds.find((o) => o.id === cast.opds.dinsos.id)?.name],
    [cast.kepala.name, 'daftar_hadir.csv', true, 'meeting', meeting.title],
    [cast.kepala.name, 'daftar_hadir.baca', false, 'meeting', meeting.title],
  ]);
  // Of another agency: not about this person.
  expect(looks.some((l) => l.what === 'direktori')).toBe(false);
  const [self] = await world.sql<{ n: number }[]>`select count(*)::int as n from people.access where by_id = ${cast.staf.id} and what = 'data_saya.baca'`;
  expect(self!.n).toBe(2);
});

test('there is only one’s own: another’s name stands there only as an official’s', async () => {
  const { world, cast, staf } = await attended();
  const other = await signIn(world, cast.stafKantor);
  const data = await other.call(getMyData, { query: { orang: cast.staf.id } as never });
  expect(data.person.name).toBe(cast.stafKantor.name);
  expect(data.meetings).toEqual([]);
  expect(JSON.stringify(data)).not.toContain(cast.staf.name);
  expect(JSON.stringify(await staf.call(getMyData, {}))).not.toContain(cast.stafKantor.name);
  expect(await world.visitor().refusalOf(getMyData, {})).toBe('session.required');
  expect(await world.visitor().refusalOf(getMyDataJson, {})).toBe('session.required');
});

test('the period is a year at most, and its beginning is not after its end', async () => {
  const { staf, meeting } = await attended();
  expect(await staf.refusalOf(getMyData, { query: { from: '2026-11-24', to: '2026-11-23' } })).toBe('input.invalid');
  expect(await staf.refusalOf(getMyData, { query: { from: '2024-01-01', to: '2026-11-23' } })).toBe('input.invalid');
  expect(await staf.refusalOf(getMyData, { query: { from: 'kemarin' } })).toBe('input.invalid');
  expect((await staf.call(getMyData, { query: { from: '2026-11-01', to: '2026-11-22' } })).meetings).toEqual([]);
  expect((await staf.call(getMyData, { query: { from: '2026-11-23', to: '2026-11-23' } })).meetings[0]?.meetingId).toBe(meeting.id);
});

test('the same as a JSON file and as a paper, each on record', async () => {
  const { staf, world, cast, meeting } = await attended();
  const admin = await signIn(world, cast.administrator);
  await admin.call(putDataOfficer, { body: { officer: 'Kepala Bagian Hukum, ppdp@uji.example' } });
  const file = JSON.parse((await staf.send(getMyDataJson, {})).text) as { meetings: { title: string }[]; officer: string };
  expect(file.meetings[0]?.title).toBe(meeting.title);
  expect(file.officer).toContain('ppdp@uji.example');
  const reply = await staf.send(getMyDataPdf, {});
  expect(reply.headers['content-disposition']).toContain('data-saya-2026-11-23.pdf');
  const text = await textOfPdf(reply.payload);
  for (const words of [cast.staf.name, meeting.title, 'Siapa yang melihat dan mengunduh', 'pemberitahuan server media', 'ppdp@uji.example'])
    expect(text).toContain(words);
  const rows = await world.sql<{ what: string }[]>`select what from people.access where by_id = ${cast.staf.id} and what like 'data_saya.%' order by id`;
  expect(rows.map((r) => r.what)).toEqual(['data_saya.json', 'data_saya.pdf']);
});

test('a person finds the calls that rang them and the ones they placed, and nobody else’s', async () => {
  const { staf, chair, cast, world, meeting } = await attended();
  const at = world.clock.now();
  const [call, seat, callee] = [randomUUID(), randomUUID(), randomUUID()];
  await world.sql`
    insert into calls.call (id, meeting_id, opd_id, caller_id, caller_name, caller_as, subject, sifat, choice, ladder, quorum, placed_at)
    values (${call}, ${meeting.id}, ${cast.opds.dinsos.id}, ${cast.kepala.id}, ${cast.kepala.name}, 'Kepala Dinas Sosial', 'Banjir di tiga kelurahan', 'segera', '{}', '[]', 1, ${at})`;
  await world.sql`insert into calls.seat (id, call_id, no, title, unit_name, chain) values (${seat}, ${call}, 1, 'Pengelola Data', 'Rehsos', '[]')`;
  await world.sql`
    insert into calls.callee (id, call_id, meeting_id, person_id, name, state, rung_at, rounds, reason)
    values (${callee}, ${call}, ${meeting.id}, ${cast.staf.id}, ${cast.staf.name}, 'menolak', ${at}, 2, 'di lapangan, 10 menit')`;
  await world.sql`insert into calls.rung (seat_id, n, callee_id, "as", label, why, at) values (${seat}, 0, ${callee}, 'definitif', 'Pengelola Data', 'Pejabat definitif', ${at})`;
  await world.sql`insert into calls.hop (callee_id, round, channel, state, at) values (${callee}, 1, 'tab', 'gagal', ${at}), (${callee}, 2, 'sms', 'dikirim', ${at})`;
  const own = { subject: 'Banjir di tiga kelurahan', callerAs: 'Kepala Dinas Sosial' };
  expect((await staf.call(getMyData, {})).calls).toMatchObject([
    { ...own, youAs: ['Pengelola Data'], state: 'menolak', reason: 'di lapangan, 10 menit', rounds: 2, channels: ['sms', 'tab'], joinedAt: null },
  ]);
  expect((await chair.call(getMyData, {})).calls).toMatchObject([{ ...own, youAs: [], state: null, rounds: 0 }]);
  expect((await (await signIn(world, cast.stafKantor)).call(getMyData, {})).calls).toEqual([]);
  const paper = await textOfPdf(Buffer.from(await (await staf.call(getMyDataPdf, {})).arrayBuffer()));
  expect(paper.replaceAll(/\s+/g, ' ')).toContain('menolak: di lapangan, 10 menit; 2 kali dering lewat SMS, tab terbuka');
});
