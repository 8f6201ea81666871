import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { postCorrection, postCorrectionDecision } from '../../shared/corrections.ts';
import { getVerification } from '../../shared/letters.ts';
import { postMeetingEnd, postMeetingNow, postTicket } from '../../shared/meetings.ts';
import {
  getMinutes,
  getMinutesPdf,
  postMinutesApproval,
  postMinutesCorrection,
  postProposal,
  postRuling,
  putMinutesWriters,
  writingClosed,
  type Minutes,
} from '../../shared/minutes.ts';
import { deleteSession } from '../../shared/people.ts';
import { postConfirmation, postDecision, postReading, putAgenda, putNotulis, putQuorum } from '../../shared/proceedings.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { refusalIn, signIn } from '../support/cast.ts';
import { asIntruder } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { calledMeeting, mediaServerTells } from '../support/meeting.ts';
import { anotherPortal, knocks, writes, type Writer } from '../support/minutes.ts';
import { textOfPdf } from '../support/pdf.ts';
import type { Client, World } from '../support/world.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

const DECISION = 'Bantuan beras disalurkan mulai hari ini ke tiga kelurahan.';
const LAST_DAY = '2026-11-25';

/** Dinas Sosial meets: the chair and Sari are inside; Budi, and Dian of another OPD, are invited and never come. Two of three units. */
async function meeting() {
  const setting = await calledMeeting((cast) => ({ people: [cast.kabid.id, cast.staf.id, cast.operator.id] }));
  const { world, cast, chair, id, room } = setting;
  endings.push(() => world.close());
  const [staf, kabid, stranger] = [await signIn(world, cast.staf), await signIn(world, cast.kabid), await signIn(world, cast.kepalaDinkes)];
  let sid = 0;
  for (const client of [chair, staf]) {
    const { identity } = await client.call(postTicket, { params: id, body: {} });
    sid += 1;
    await mediaServerTells(world, { event: 'participant_joined', room: room.name, identity, sid: `PA_${sid}`, joinedAtMs: world.clock.now().getTime() - 1000 });
  }
  world.clock.advance(20 * 60_000);
  const sees = (client: Client = chair): Promise<Minutes> => client.call(getMinutes, { params: id });
  const open = async (client: Client, portal: Pick<World, 'app' | 'listen'> = world): Promise<Writer> => {
    const writer = await writes(portal, client, id.id);
    endings.push(() => writer.leaves());
    return writer;
  };
  return { ...setting, staf, kabid, stranger, sees, open };
}
type Setting = Awaited<ReturnType<typeof meeting>>;

async function decides({ chair, id, cast }: Setting): Promise<void> {
  await chair.call(putQuorum, { params: id, body: { needed: 3, reason: 'Menyangkut tiga unit' } });
  const key = randomUUID();
  const params = { ...id, decision: key };
  const body = { key, text: DECISION, basis: 'SE 460/12/2026', positionId: cast.kabid.positionId, dueOn: '2026-11-27' };
  await chair.call(postDecision, { params: id, body });
  await chair.call(postReading, { params, body: { version: 1 } });
  await chair.call(postConfirmation, { params, body: { version: 1, objections: 0, underQuorumReason: 'Air naik, tidak dapat ditunda' } });
}

/** Ended, with one paragraph of opening, open for corrections until Wednesday. */
async function inCorrection(setting: Setting, text = 'Rapat dibuka pukul 09.00 WIB.'): Promise<Minutes> {
  const { chair, id, sees, open, world } = setting;
  await sees();
  const writer = await open(chair);
  writer.adds('pembukaan', text);
  await eventually('the words have reached the portal', () => writer.heard.some((news) => 'saved' in news));
  await chair.call(postMeetingEnd, { params: id });
  world.clock.advance(2 * 60_000);
  return chair.call(postMinutesCorrection, { params: id, body: { until: LAST_DAY } });
}

const first = ({ parts }: Minutes) => {
  const paragraph = parts[0]!.paragraphs[0]!;
  return { paragraph: paragraph.id, oldText: paragraph.runs.map((run) => run.text).join('') };
};
const proposes = (client: Client, { id }: Setting, minutes: Minutes, newText: string, key = randomUUID()) =>
  client.call(postProposal, { params: id, body: { key, ...first(minutes), newText, reason: 'Jamnya keliru' } });

test('the minutes of a running meeting are born when its chair opens them, and only then do the invited see them', async () => {
  const { chair, staf, stranger, sees, id } = await meeting();
  expect(await sees(staf)).toMatchObject({ state: 'belum', parts: [], you: { write: false, lead: false } });
  expect(await sees(chair)).toMatchObject({ state: 'konsep', you: { chair: true, lead: true, write: true } });
  const read = await sees(staf);
  expect(read).toMatchObject({ state: 'konsep', you: { write: false }, candidates: [] });
  expect(read.facts).toMatchObject({ title: 'Penyaluran bantuan', invited: 4, chairName: 'Hartini Kepaladinas', notulisName: 'Hartini Kepaladinas' });
  expect(read.facts.people.map((p) => [p.name, p.status])).toContainEqual(['Budi Kabidrehsos', 'belum_ada_bukti']);
  expect(JSON.stringify(read)).not.toMatch(/\d{18}/);
  expect(await stranger.refusalOf(getMinutes, { params: id })).toBe('not_found');
});

test('minutes that nobody opened are born when the meeting ends, and reading them is on record', async () => {
  const { world, chair, staf, sees, id } = await meeting();
  await chair.call(postMeetingEnd, { params: id });
  expect(await sees(staf)).toMatchObject({ state: 'konsep' });
  const acts = await world.sql<{ act: string; byId: string | null }[]>`select act, by_id as "byId" from minutes.act`;
  expect(acts).toEqual([{ act: 'lahir', byId: null }]);
  const looks = await world.sql`select what, people_count as n from people.access where what = 'notulen.baca'`;
  expect(looks).toEqual([{ what: 'notulen.baca', n: 4 }]);
});

test('a meeting that has not begun has no minutes', async () => {
  const { world, chair, id } = await meeting();
  await world.sql`update meetings.meeting set started_at = null where id = ${id.id}`;
  expect(await chair.refusalOf(getMinutes, { params: id })).toBe('minutes.not_begun');
});

test('the agenda, the decisions and the notulis of the record stand in the minutes until they are approved', async () => {
  const setting = await meeting();
  const { chair, id, sees, cast } = setting;
  const agenda = await chair.call(putNotulis, { params: id, body: { personId: cast.staf.id } });
  await chair.call(putAgenda, { params: id, body: { version: agenda.agenda.version, items: [{ text: 'Logistik' }, { text: 'Pengungsi' }] } });
  await decides(setting);
  const minutes = await sees();
  expect(minutes.parts.map((p) => p.title ?? p.kind)).toEqual(['pembukaan', 'Logistik', 'Pengungsi', 'penutup']);
  expect(minutes.facts.notulisName).toBe('Sari Dirumah');
  expect(minutes.writers.map((w) => [w.name, w.as])).toEqual([
    ['Hartini Kepaladinas', 'pimpinan'],
    ['Sari Dirumah', 'notulis'],
  ]);
  expect(minutes.decisions).toMatchObject([
    { no: 1, text: DECISION, basis: 'SE 460/12/2026', dueOn: '2026-11-27', underQuorumReason: 'Air naik, tidak dapat ditunda', revoked: null },
  ]);
  expect(minutes.decisions[0]?.responsible).toContain('Budi Kabidrehsos');
  expect((await sees(setting.staf)).you).toMatchObject({ lead: true, write: true, chair: false });
});

test('two people write at once, see each other by the name the portal knows, and what they wrote is saved', async () => {
  const { chair, staf, sees, open, id, cast } = await meeting();
  await sees();
  await chair.call(putMinutesWriters, { params: id, body: { people: [cast.staf.id] } });
  const [hers, theirs] = [await open(chair), await open(staf)];
  hers.adds('pembukaan', 'dari pimpinan');
  theirs.adds('pembukaan', 'dari Sari');
  await eventually('both see both', () =>
    [hers, theirs].every((w) => w.text('pembukaan').includes('dari Sari') && w.text('pembukaan').includes('dari pimpinan')),
  );
  await eventually('who is here', () => hers.heard.some((news) => 'here' in news && news.here.length === 2));
  const here = hers.heard.findLast((news) => 'here' in news);
  expect(here && 'here' in here && here.here.map((p) => p.name).toSorted()).toEqual(['Hartini Kepaladinas', 'Sari Dirumah']);
  await eventually('saved', async () => JSON.stringify((await sees()).parts[0]).includes('dari Sari'));
  expect((await sees()).savedAt).not.toBeNull();
});

test('what was written without a connection is merged when it is back', async () => {
  const { chair, sees, open } = await meeting();
  await sees();
  const [away, other] = [await open(chair), await open(chair)];
  away.loses();
  away.adds('penutup', 'ditulis tanpa sambungan');
  other.adds('penutup', 'ditulis sementara itu');
  await eventually('the other one is saved', () => other.heard.some((news) => 'saved' in news));
  expect(other.text('penutup')).not.toContain('tanpa sambungan');
  await away.returns();
  await eventually('both have both', () => other.text('penutup').includes('tanpa sambungan') && away.text('penutup').includes('sementara itu'));
});

test('the text outlives the portal’s process', async () => {
  const { world, chair, sees } = await meeting();
  const meetingId = (await sees()).meetingId;
  const old = await anotherPortal(world);
  const writer = await writes(old, chair, meetingId);
  writer.adds('pembukaan', 'sebelum portal dimulai ulang');
  await eventually('it has arrived', async () => {
    await old.app.minutes.saveAll();
    return JSON.stringify((await sees()).parts[0]).includes('dimulai ulang');
  });
  writer.adds('pembukaan', 'kata terakhir');
  await eventually('the portal has heard it', () => writer.hasArrived());
  await old.close();
  writer.leaves();
  const fresh = await anotherPortal(world);
  endings.push(() => fresh.close());
  const again = await writes(fresh, chair, meetingId);
  endings.push(() => again.leaves());
  expect(again.text('pembukaan')).toContain('sebelum portal dimulai ulang');
  expect(again.text('pembukaan')).toContain('kata terakhir');
});

test('two portal processes write one text: neither loses a word of the other', async () => {
  const { world, chair, staf, sees, open, id, cast } = await meeting();
  const second = await anotherPortal(world);
  endings.push(() => second.close());
  await sees();
  await chair.call(putMinutesWriters, { params: id, body: { people: [cast.staf.id] } });
  const [here, there] = [await open(chair), await open(staf, second)];
  here.adds('pembukaan', 'dari proses satu');
  there.adds('pembukaan', 'dari proses dua');
  await eventually('each sees the other', () => here.text('pembukaan').includes('proses dua') && there.text('pembukaan').includes('proses satu'));
  const saved = JSON.stringify((await sees()).parts[0]);
  expect(saved).toContain('proses satu');
  expect(saved).toContain('proses dua');
  // Who is shut out at one process is shut out at the other.
  await chair.call(putMinutesWriters, { params: id, body: { people: [] } });
  expect(await there.closed).toBe(writingClosed.right);
});

test('a stranger, a reader, another site and nobody at all do not come into the text', async () => {
  const { world, chair, staf, stranger, sees, id } = await meeting();
  await sees();
  const code = async (client: Client, headers?: Record<string, string>): Promise<number> => (await knocks(world, client, id.id, headers)).closed;
  expect(await code(stranger)).toBe(writingClosed.right);
  expect(await code(staf)).toBe(writingClosed.right);
  expect(await code(world.visitor())).toBe(writingClosed.session);
  expect(await code(chair, { origin: 'https://lain.example' })).toBe(403);
  expect(await (await knocks(world, chair, 'bukan-id')).closed).toBe(writingClosed.right);
});

test('a writer who is left out is shut off at once, and so is one whose session has ended', async () => {
  const { world, chair, staf, sees, open, id, cast } = await meeting();
  await sees();
  await chair.call(putMinutesWriters, { params: id, body: { people: [cast.staf.id] } });
  const theirs = await open(staf);
  await chair.call(putMinutesWriters, { params: id, body: { people: [] } });
  expect(await theirs.closed).toBe(writingClosed.right);
  const hers = await open(chair);
  await chair.call(deleteSession, {});
  await world.app.minutes.checkRights();
  expect(await hers.closed).toBe(writingClosed.session);
});

test('a page that shouts in the name of the portal, or sends too much, is let go', async () => {
  const { world, chair, sees, open, id } = await meeting();
  await sees();
  const honest = await open(chair);
  const { ws, closed } = await knocks(world, chair, id.id);
  await new Promise((resolve) => ws.once('open', resolve));
  const name = Buffer.concat([Buffer.from([id.id.length]), Buffer.from(id.id)]);
  ws.send(Buffer.concat([name, Buffer.from([2, 0, 0])]));
  // A broadcast of a stateless message.
  const said = Buffer.from('{"saved":"2026-01-01T00:00:00Z"}');
  ws.send(Buffer.concat([name, Buffer.from([6, said.length]), said]));
  ws.send(Buffer.alloc(300 * 1024));
  expect(await closed).toBe(1009);
  expect(honest.heard.filter((news) => 'saved' in news && news.saved.startsWith('2026-01-01'))).toEqual([]);
});

test('only the chair and the notulis choose writers, and only among the invited', async () => {
  const { chair, staf, sees, id, cast } = await meeting();
  await sees();
  expect(await staf.refusalOf(putMinutesWriters, { params: id, body: { people: [cast.staf.id] } })).toBe('minutes.not_lead');
  expect(await chair.refusalOf(putMinutesWriters, { params: id, body: { people: [cast.kepalaDinkes.id] } })).toBe('minutes.not_invited');
});

test('the chair opens corrections once the meeting has ended; the text is frozen and its writers are shut off', async () => {
  const setting = await meeting();
  const { chair, staf, kabid, sees, open, id, world } = setting;
  await sees();
  const writer = await open(chair);
  writer.adds('pembukaan', 'Rapat dibuka pukul 09.00 WIB.');
  await eventually('it is saved', () => writer.heard.some((news) => 'saved' in news));
  const asks = { params: id, body: { until: LAST_DAY } };
  expect(await chair.refusalOf(postMinutesCorrection, asks)).toBe('minutes.running');
  await chair.call(postMeetingEnd, { params: id });
  expect(await staf.refusalOf(postMinutesCorrection, asks)).toBe('meeting.not_chair');
  const past = await refusalIn(chair.call(postMinutesCorrection, { params: id, body: { until: '2026-11-22' } }));
  expect([past.code, past.fields?.[0]?.path]).toEqual(['minutes.past_day', 'until']);
  const opened = await chair.call(postMinutesCorrection, asks);
  expect(opened).toMatchObject({
    state: 'koreksi',
    correction: { until: LAST_DAY, over: false, openedBy: 'Hartini Kepaladinas' },
    you: { write: false, propose: true },
  });
  expect(first(opened).oldText).toBe('Rapat dibuka pukul 09.00 WIB.');
  expect(await writer.closed).toBe(writingClosed.frozen);
  expect(await (await knocks(world, chair, id.id)).closed).toBe(writingClosed.frozen);
  expect(await chair.refusalOf(putMinutesWriters, { params: id, body: { people: [] } })).toBe('minutes.frozen');
  expect((await sees(staf)).you.propose).toBe(true);
  expect((await sees(kabid)).you.propose).toBe(false);
  expect(await chair.call(postMinutesCorrection, { params: id, body: { until: '2026-11-24' } })).toMatchObject({ correction: { until: '2026-11-24' } });
});

test('who was present proposes by paragraph, who was not is refused; an accepted one changes it, a refused one says why', async () => {
  const setting = await meeting();
  const { chair, staf, kabid, stranger, id, world } = setting;
  const minutes = await inCorrection(setting);
  expect((await refusalIn(proposes(kabid, setting, minutes, 'Rapat dibuka pukul 09.05 WIB.'))).code).toBe('minutes.not_present');
  expect((await refusalIn(proposes(stranger, setting, minutes, 'x'))).code).toBe('not_found');
  expect((await refusalIn(proposes(staf, setting, minutes, first(minutes).oldText))).code).toBe('minutes.nothing_new');

  const key = randomUUID();
  await proposes(staf, setting, minutes, 'Rapat dibuka pukul 09.05 WIB.', key);
  const { proposals } = await proposes(staf, setting, minutes, 'Rapat dibuka pukul 09.05 WIB.', key);
  expect(proposals).toMatchObject([{ oldText: 'Rapat dibuka pukul 09.00 WIB.', reason: 'Jamnya keliru', byName: 'Sari Dirumah', yours: true, ruling: null }]);
  await proposes(chair, setting, minutes, 'Rapat dibuka pukul 09.10 WIB.');

  const ruled = { ...id, proposal: key };
  expect(await staf.refusalOf(postRuling, { params: ruled, body: { outcome: 'diterima' } })).toBe('minutes.not_lead');
  const after = await chair.call(postRuling, { params: ruled, body: { outcome: 'diterima' } });
  expect(first(after).oldText).toBe('Rapat dibuka pukul 09.05 WIB.');
  expect(after.proposals.find((p) => p.id === key)?.ruling).toMatchObject({ outcome: 'diterima', byName: 'Hartini Kepaladinas' });
  expect(await chair.call(postRuling, { params: ruled, body: { outcome: 'diterima' } })).toMatchObject({ state: 'koreksi' });
  expect((await refusalIn(chair.call(postRuling, { params: ruled, body: { outcome: 'ditolak', reason: 'Berubah pikiran' } }))).code).toBe('minutes.decided');

  // The other one was of the text as it was before: it cannot be accepted any more, only refused with a reason.
  const other = after.proposals.find((p) => p.id !== key)!;
  const late = { ...id, proposal: other.id };
  expect(await chair.refusalOf(postRuling, { params: late, body: { outcome: 'diterima' } })).toBe('minutes.paragraph_moved');
  expect(await chair.refusalOf(postMinutesApproval, { params: id, body: { early: 'Segera' } })).toBe('minutes.undecided');
  const refused = await chair.call(postRuling, { params: late, body: { outcome: 'ditolak', reason: 'Sudah diperbaiki' } });
  expect(refused.proposals.find((p) => p.id === other.id)?.ruling).toMatchObject({ outcome: 'ditolak', reason: 'Sudah diperbaiki' });
  expect((await verifyLedger(world.sql)).findings).toEqual([]);
});

test('somebody whose presence was accepted by hand was present too', async () => {
  const setting = await meeting();
  const { chair, kabid, id, sees } = setting;
  const minutes = await inCorrection(setting);
  const { startedAt, endedAt } = minutes.facts;
  const stated = await kabid.call(postCorrection, {
    body: { about: { of: 'meeting', meetingId: id.id, from: startedAt, to: endedAt! }, reason: 'Masuk lewat ponsel rekan sejak awal.' },
  });
  expect((await sees(kabid)).you.propose).toBe(false);
  await chair.call(postCorrectionDecision, { params: { id: stated.id }, body: { outcome: 'accepted' } });
  expect((await sees(kabid)).you.propose).toBe(true);
  expect((await proposes(kabid, setting, minutes, 'Rapat dibuka pukul 09.05 WIB.')).proposals).toHaveLength(1);
});

test('after the last day nobody proposes, and the chair approves without a reason', async () => {
  const setting = await meeting();
  const { id, world, sees, cast } = setting;
  const minutes = await inCorrection(setting);
  world.clock.set('2026-11-26T01:00:00Z');
  const [chair, staf] = [await signIn(world, cast.kepala), await signIn(world, cast.staf)];
  expect((await refusalIn(proposes(staf, setting, minutes, 'x'))).code).toBe('minutes.correction_over');
  expect(await staf.refusalOf(postMinutesApproval, { params: id, body: {} })).toBe('meeting.not_chair');
  const { final } = await chair.call(postMinutesApproval, { params: id, body: {} });
  expect(final).toMatchObject({ number: '001/NOT/DINSOS/XI/2026', approvedBy: 'Hartini Kepaladinas', early: null });
  expect(await chair.call(postMinutesApproval, { params: id, body: {} })).toMatchObject({ final });
  expect(await sees(staf)).toMatchObject({ state: 'disahkan', you: { propose: false, write: false } });
  expect(await chair.refusalOf(postMinutesCorrection, { params: id, body: { until: '2026-11-27' } })).toBe('minutes.approved');
  expect((await refusalIn(proposes(staf, setting, minutes, 'x'))).code).toBe('minutes.approved');
});

test('before the last day approval needs a reason; draft minutes are not approved at all', async () => {
  const setting = await meeting();
  const { chair, id, sees } = setting;
  await sees();
  expect(await chair.refusalOf(postMinutesApproval, { params: id, body: {} })).toBe('minutes.not_open');
  await inCorrection(setting);
  expect(await chair.refusalOf(postMinutesApproval, { params: id, body: {} })).toBe('minutes.early');
  expect((await chair.call(postMinutesApproval, { params: id, body: { early: 'Diminta Sekda hari ini' } })).final?.early).toBe('Diminta Sekda hari ini');
});

test('two meetings of one OPD approved at the same moment get numbers without a gap', async () => {
  const setting = await meeting();
  const { chair, cast, id, world } = setting;
  await inCorrection(setting);
  const other = await chair.call(postMeetingNow, {
    body: { title: 'Rapat kedua', sifat: 'biasa', invite: { people: [cast.staf.id], positions: [], units: [], guests: [] } },
  });
  await chair.call(postMeetingEnd, { params: { id: other.id } });
  await chair.call(postMinutesCorrection, { params: { id: other.id }, body: { until: LAST_DAY } });
  const body = { early: 'Keduanya selesai' };
  const approved = await Promise.all([id, id, { id: other.id }].map(async (params) => chair.call(postMinutesApproval, { params, body })));
  const numbers = approved.map(({ final }) => final?.number);
  expect(numbers[0]).toBe(numbers[1]);
  expect(new Set(numbers)).toEqual(new Set(['001/NOT/DINSOS/XI/2026', '002/NOT/DINSOS/XI/2026']));
  expect(await world.sql`select last from minutes.register`).toEqual([{ last: 2 }]);
});

test('what is approved stays: a later correction of attendance does not reach it', async () => {
  const setting = await meeting();
  const { chair, kabid, id, sees } = setting;
  const { facts } = await inCorrection(setting);
  const { final } = await chair.call(postMinutesApproval, { params: id, body: { early: 'Selesai' } });
  const stated = await kabid.call(postCorrection, {
    body: { about: { of: 'meeting', meetingId: id.id, from: facts.startedAt, to: facts.endedAt! }, reason: 'Masuk lewat ponsel rekan.' },
  });
  await chair.call(postCorrectionDecision, { params: { id: stated.id }, body: { outcome: 'accepted' } });
  const later = await sees();
  expect(later.facts.people.find((p) => p.name === 'Budi Kabidrehsos')?.status).toBe('belum_ada_bukti');
  expect(later.final).toEqual(final);
});

const pdfOf = async (client: Client, { id }: Setting): Promise<string> =>
  textOfPdf(Buffer.from(await (await client.call(getMinutesPdf, { params: id })).arrayBuffer()));

test('a draft prints as KONSEP without number or code; the approved paper has the decision word for word and can be verified', async () => {
  const setting = await meeting();
  const { chair, staf, stranger, id, world } = setting;
  await decides(setting);
  const minutes = await inCorrection(setting);
  const draft = await pdfOf(staf, setting);
  for (const words of ['NOTULEN', 'KONSEP', 'Konsep, belum disahkan', DECISION, 'Halaman 1 dari']) expect(draft).toContain(words);
  expect(draft).not.toMatch(/Nomor: |[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/);

  await proposes(staf, setting, minutes, 'Rapat dibuka pukul 09.05 WIB.');
  const [proposal] = (await chair.call(getMinutes, { params: id })).proposals;
  await chair.call(postRuling, { params: { ...id, proposal: proposal!.id }, body: { outcome: 'diterima' } });
  const { final } = await chair.call(postMinutesApproval, { params: id, body: { early: 'Diminta Sekda hari ini' } });
  const text = await pdfOf(staf, setting);
  for (const words of [
    'PEMERINTAH KOTA UJI',
    'Nomor: 001/NOT/DINSOS/XI/2026',
    DECISION,
    'SE 460/12/2026',
    'Budi Kabidrehsos',
    '27 November 2026',
    'Air naik, tidak dapat ditunda',
    'Rapat dibuka pukul 09.05 WIB.',
    'Diminta Sekda hari ini',
    'Koreksi peserta: 1 diterima, 0 ditolak',
    'Notulis, Kepala Dinas Sosial',
    `NIP ${setting.cast.kepala.nip}`,
    final!.code,
    final!.fingerprint.slice(0, 16),
    'Akar buku bukti #',
  ])
    expect(text).toContain(words);
  expect(text).not.toContain('KONSEP');
  expect(text).not.toContain('pukul 09.00 WIB.');

  const told = await world.visitor().call(getVerification, { params: { code: final!.code } });
  expect(told).toMatchObject({ paper: 'notulen', number: final!.number, decisions: 1, present: 2, invited: 4, fingerprint: final!.fingerprint });
  expect(JSON.stringify(told)).not.toContain('Sari');
  expect(await stranger.refusalOf(getMinutesPdf, { params: id })).toBe('not_found');
  expect(await world.sql`select what, count(*)::int as n from people.access where what = 'notulen.pdf' group by what`).toEqual([{ what: 'notulen.pdf', n: 2 }]);
  expect((await verifyLedger(world.sql)).findings).toEqual([]);
});

test('an admin of the OPD reads the minutes without being invited, and writes nothing in them', async () => {
  const { world, cast, chair, id, sees } = await meeting();
  await chair.call(postMeetingEnd, { params: id });
  const admin = await signIn(world, cast.adminDinsos);
  expect(await sees(admin)).toMatchObject({ state: 'konsep', you: { chair: false, lead: false, write: false, propose: false } });
  expect(await admin.refusalOf(postMinutesApproval, { params: id, body: {} })).toBe('meeting.not_chair');
});

test('minutes that the schedule has destroyed do not come back empty; their number stays taken', async () => {
  const setting = await meeting();
  const { world, chair, id } = setting;
  await inCorrection(setting);
  const { final } = await chair.call(postMinutesApproval, { params: id, body: { early: 'Selesai' } });
  await asIntruder(world.sql, async (tx) => {
    await tx`update minutes.final set content = null`;
    await tx`delete from minutes.draft`;
  });
  expect(await chair.refusalOf(getMinutes, { params: id })).toBe('minutes.destroyed');
  expect(await chair.refusalOf(getMinutesPdf, { params: id })).toBe('minutes.destroyed');
  expect(await world.visitor().refusalOf(getVerification, { params: { code: final!.code } })).toBe('minutes.destroyed');
});
