import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { postCall } from '../../shared/calls.ts';
import { postMeetingEnd, postRemoval, postTicket } from '../../shared/meetings.ts';
import {
  deleteReading,
  getProceedings,
  postConfirmation,
  postDecision,
  postDecisionRevocation,
  postReading,
  postRollCall,
  putAgenda,
  putAgendaNow,
  putDecision,
  putNotulis,
  putQuorum,
  putRollMark,
  putVoice,
} from '../../shared/proceedings.ts';
import { getSheet, getSheetCsv } from '../../shared/attendance.ts';
import { getMinutes, getMinutesPdf } from '../../shared/minutes.ts';
import { portalItself } from '../../server/people/index.ts';
import { refusalIn, signIn, type Actor } from '../support/cast.ts';
import { calledMeeting, mediaServerTells, opensLink } from '../support/meeting.ts';
import { textOfPdf } from '../support/pdf.ts';
import type { Client, World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

/** Dinas Sosial calls its bidang and Dinas Kesehatan, and a guest: three units. Nobody is inside yet. */
async function coordination() {
  const setting = await calledMeeting((cast) => ({
    people: [cast.kabid.id, cast.staf.id, cast.kepalaDinkes.id],
    guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }],
  }));
  const { world, cast, chair, id, room } = setting;
  worlds.push(world);
  let sid = 0;
  async function enters(client: Client): Promise<{ leaves: () => Promise<unknown> }> {
    const { identity } = await client.call(postTicket, { params: id, body: {} });
    const own = `PA_${(sid += 1)}`;
    const tells = (event: string) => mediaServerTells(world, { event, room: room.name, identity, sid: own, joinedAtMs: world.clock.now().getTime() - 1000 });
    await tells('participant_joined');
    return { leaves: () => tells('participant_left') };
  }
  const sees = (client: Client = chair) => client.call(getProceedings, { params: id });
  const as = (person: Actor) => signIn(world, person);
  const guest = opensLink(world, setting.invitation('Ibu Tamu').link);
  return { ...setting, enters, sees, as, guest, member: (person: Actor) => `p_${person.id}`, cast };
}
type Setting = Awaited<ReturnType<typeof coordination>>;

const TEXT = 'Bantuan beras disalurkan mulai hari ini ke tiga kelurahan.';
async function drafted({ chair, id, cast }: Setting, more: { dueOn?: string; positionId?: string } = {}) {
  const key = randomUUID();
  await chair.call(postDecision, {
    params: id,
    body: { key, text: TEXT, basis: 'SE 460/12/2026', positionId: cast.kabid.positionId, dueOn: '2026-11-25', ...more },
  });
  return { ...id, decision: key };
}
async function readBack(setting: Setting) {
  const params = await drafted(setting);
  await setting.chair.call(postReading, { params, body: { version: 1 } });
  return params;
}
const confirmed = { version: 1, objections: 0 };

test('an agenda is born from the subject and the open tasks, once, and then belongs to the chair', async () => {
  const { world, chair, id, cast, sees, as } = await coordination();
  const taskId = randomUUID();
  world.app.proceedings.setAgendaSource(async (_tx, { chairId }) => (chairId === cast.kepala.id ? [{ text: 'Data penerima bantuan', taskId }] : []));
  const { agenda } = await sees();
  expect(agenda.items.map(({ text, taskId: of }) => [text, of])).toEqual([
    ['Penyaluran bantuan', null],
    ['Data penerima bantuan', taskId],
  ]);
  const [subject, task] = agenda.items;
  const set = await chair.call(putAgenda, {
    params: id,
    body: { version: 1, items: [{ id: task!.id, text: 'Data penerima' }, { id: subject!.id, text: subject!.text }, { text: 'Lain-lain' }] },
  });
  expect(set.agenda.items.map(({ text, taskId: of }) => [text, of])).toEqual([
    ['Data penerima', taskId],
    ['Penyaluran bantuan', null],
    ['Lain-lain', null],
  ]);
  expect(set.agenda).toMatchObject({ version: 2, setByName: cast.kepala.name });
  expect(await chair.refusalOf(putAgenda, { params: id, body: { version: 1, items: [] } })).toBe('proceedings.changed');
  expect(await (await as(cast.kabid)).refusalOf(putAgenda, { params: id, body: { version: 2, items: [] } })).toBe('proceedings.not_writer');
  expect(await (await as(cast.stafDinkes)).refusalOf(getProceedings, { params: id })).toBe('not_found');
});

test('the chair names a notulis, who writes drafts, and nobody else does', async () => {
  const { chair, id, cast, as, guest } = await coordination();
  const staf = await as(cast.staf);
  const draft = { params: id, body: { key: randomUUID(), text: TEXT } };
  expect(await staf.refusalOf(postDecision, draft)).toBe('proceedings.not_writer');
  expect(await staf.refusalOf(putNotulis, { params: id, body: { personId: cast.staf.id } })).toBe('meeting.not_chair');
  expect(await chair.refusalOf(putNotulis, { params: id, body: { personId: cast.bkd.id } })).toBe('proceedings.not_invited');
  const named = await chair.call(putNotulis, { params: id, body: { personId: cast.staf.id } });
  expect(named.notulis).toMatchObject({ name: cast.staf.name });
  const written = await staf.call(postDecision, draft);
  expect(written.decisions).toMatchObject([{ id: draft.body.key, state: 'rancangan', no: null, text: TEXT }]);
  expect((await staf.call(postDecision, draft)).decisions).toHaveLength(1);
  expect(await guest.refusalOf(postDecision, { params: id, body: { ...draft.body, key: randomUUID() } })).toBe('proceedings.not_writer');
  await chair.call(putNotulis, { params: id, body: { personId: null } });
  expect(await staf.refusalOf(postReading, { params: { ...id, decision: draft.body.key }, body: { version: 1 } })).toBe('proceedings.not_writer');
});

test('the quorum counts units with somebody inside; first reached and each loss stand with their time', async () => {
  const { world, chair, cast, enters, sees, as, guest } = await coordination();
  expect((await sees()).quorum).toMatchObject({ needed: 2, from: 'setengah_lebih', present: 0, reachedAt: null });
  await enters(chair);
  await enters(guest);
  expect((await sees()).quorum).toMatchObject({ present: 1 });
  const kabid = await enters(await as(cast.kabid));
  const staf = await enters(await as(cast.staf));
  const { quorum } = await sees();
  expect(quorum).toMatchObject({ present: 2, reachedAt: '2026-11-23T02:00:00.000Z' });
  expect(quorum.units.map((unit) => [unit.unitName, unit.by.toSorted()])).toEqual([
    ['Dinas Kesehatan', []],
    ['Dinas Sosial', [cast.kepala.name]],
    ['Bidang Rehabilitasi Sosial', [cast.kabid.name, cast.staf.name]],
  ]);
  world.clock.advance(60_000);
  await kabid.leaves();
  expect((await sees()).quorum.present).toBe(2);
  await staf.leaves();
  expect((await sees()).quorum.moments.map(({ kind, at }) => [kind, at])).toEqual([
    ['tercapai', '2026-11-23T02:00:00.000Z'],
    ['hilang', '2026-11-23T02:01:00.000Z'],
  ]);
  expect((await sees()).quorum.reachedAt).toBe('2026-11-23T02:00:00.000Z');
});

test('who comes and goes moves the quorum without anybody looking', async () => {
  const { world, chair, cast, enters, as, meeting } = await coordination();
  await enters(chair);
  await enters(await as(cast.kabid));
  const kinds = () => world.sql<{ kind: string }[]>`select kind from proceedings.quorum where meeting_id = ${meeting.id}`;
  await expect.poll(kinds).toEqual([{ kind: 'tercapai' }]);
});

test('units and quorum of an urgent call are those that were called', async () => {
  const { chair, cast } = await coordination();
  const board = await chair.call(postCall, {
    body: { key: randomUUID(), subject: 'Banjir', sifat: 'segera', whom: { positions: [cast.kabid.positionId!, cast.kepalaDinkes.positionId!] }, quorum: 1 },
  });
  const { quorum, agenda } = await chair.call(getProceedings, { params: { id: board.meetingId } });
  expect(quorum).toMatchObject({ needed: 1, from: 'panggilan', present: 0 });
  expect(quorum.units.map((unit) => unit.unitName).toSorted()).toEqual(['Bidang Rehabilitasi Sosial', 'Dinas Kesehatan']);
  expect(agenda.items[0]?.text).toBe('Banjir');
});

test('the chair sets the quorum with a reason; more than the units there are is refused', async () => {
  const { chair, id, cast, as } = await coordination();
  const refusal = await refusalIn(chair.call(putQuorum, { params: id, body: { needed: 4, reason: 'Semua harus hadir' } }));
  expect(refusal).toMatchObject({ code: 'call.quorum_too_high', values: { needed: 4, units: 3 } });
  expect(await (await as(cast.kabid)).refusalOf(putQuorum, { params: id, body: { needed: 1, reason: 'Cukup satu' } })).toBe('meeting.not_chair');
  const { quorum } = await chair.call(putQuorum, { params: id, body: { needed: 3, reason: 'Semua unit terdampak' } });
  expect(quorum).toMatchObject({ needed: 3, from: 'pimpinan', reason: 'Semua unit terdampak' });
});

test('a decision goes from draft over the read-back to the record, word for word, with who agreed, who objected and who said nothing', async () => {
  const setting = await coordination();
  const { world, chair, cast, enters, sees, as, guest, meeting } = setting;
  const decided: string[] = [];
  world.app.proceedings.onDecided(async (_tx, { kind, decision }) => void decided.push(`${kind} ${decision.no} ${decision.text}`));
  const [kabid, staf] = [await as(cast.kabid), await as(cast.staf)];
  for (const client of [chair, kabid, staf, guest]) await enters(client);
  const params = await readBack(setting);
  expect((await sees(kabid)).decisions[0]).toMatchObject({ state: 'dibacakan', readByName: cast.kepala.name, text: TEXT });
  await kabid.call(putVoice, { params, body: { version: 1, answer: 'setuju' } });
  await kabid.call(putVoice, { params, body: { version: 1, answer: 'keberatan', words: 'Data kelurahan ketiga belum diverifikasi.' } });
  await guest.call(putVoice, { params, body: { version: 1, answer: 'setuju' } });
  const refusal = await refusalIn(chair.call(postConfirmation, { params, body: confirmed }));
  expect(refusal).toMatchObject({ code: 'decision.objected', values: { names: cast.kabid.name } });
  const { decisions } = await chair.call(postConfirmation, { params, body: { ...confirmed, objections: 1 } });
  expect(decisions[0]).toMatchObject({
    no: 1,
    state: 'ditetapkan',
    text: TEXT,
    basis: 'SE 460/12/2026',
    responsible: { title: 'Kepala Bidang Rehabilitasi Sosial', holder: { name: cast.kabid.name } },
    dueOn: '2026-11-25',
    voices: [
      { name: cast.kabid.name, answer: 'keberatan', words: 'Data kelurahan ketiga belum diverifikasi.', badge: null },
      { name: 'Ibu Tamu', answer: 'setuju', badge: 'Tamu' },
    ],
    decidedByName: cast.kepala.name,
    decidedAs: 'Kepala Dinas Sosial',
    quorum: { present: 2, needed: 2 },
    underQuorumReason: null,
    strategic: null,
  });
  expect(decisions[0]?.silent.map((s) => s.name).toSorted()).toEqual([cast.kepala.name, cast.staf.name].toSorted());
  expect(decided).toEqual([`ditetapkan 1 ${TEXT}`]);
  const record = await world.app.proceedings.record(world.app.sql, meeting.id);
  expect(record.decisions).toEqual(decisions);
  expect(await kabid.refusalOf(putVoice, { params, body: { version: 1, answer: 'setuju' } })).toBe('decision.over');
  expect(await chair.refusalOf(putDecision, { params, body: { version: 1, text: 'Lain' } })).toBe('decision.over');
});

test('two confirmations at once are one decision', async () => {
  const setting = await coordination();
  const { world, chair, cast, enters, as } = setting;
  await enters(chair);
  await enters(await as(cast.kabid));
  const params = await readBack(setting);
  let heard = 0;
  world.app.proceedings.onDecided(async () => void (heard += 1));
  const replies = await Promise.all([1, 2, 3].map(async () => chair.call(postConfirmation, { params, body: confirmed })));
  expect(replies.map(({ decisions }) => [decisions[0]?.state, decisions[0]?.no])).toEqual([
    ['ditetapkan', 1],
    ['ditetapkan', 1],
    ['ditetapkan', 1],
  ]);
  expect(heard).toBe(1);
});

test('an edit during the read-back takes it down; what was said to the old words counts no more', async () => {
  const setting = await coordination();
  const { chair, cast, enters, as } = setting;
  const kabid = await as(cast.kabid);
  await enters(chair);
  await enters(kabid);
  const params = await readBack(setting);
  await kabid.call(putVoice, { params, body: { version: 1, answer: 'setuju' } });
  const { decisions } = await chair.call(putDecision, { params, body: { version: 1, text: 'Bantuan ditunda.', dueOn: null } });
  expect(decisions[0]).toMatchObject({ state: 'rancangan', version: 2, voices: [], readAt: null });
  expect(await kabid.refusalOf(putVoice, { params, body: { version: 1, answer: 'setuju' } })).toBe('proceedings.changed');
  expect(await kabid.refusalOf(putVoice, { params, body: { version: 2, answer: 'setuju' } })).toBe('decision.not_read');
  expect(await chair.refusalOf(postConfirmation, { params, body: confirmed })).toBe('proceedings.changed');
  expect(await chair.refusalOf(postConfirmation, { params, body: { ...confirmed, version: 2 } })).toBe('decision.not_read');
  expect(await chair.refusalOf(putDecision, { params, body: { version: 1, text: 'Dua tangan' } })).toBe('proceedings.changed');
});

test('one decision is on the screens at a time, and can be taken down', async () => {
  const setting = await coordination();
  const { chair, id } = setting;
  const first = await readBack(setting);
  const second = await drafted(setting);
  const { decisions } = await chair.call(postReading, { params: second, body: { version: 1 } });
  expect(decisions.map((d) => d.state)).toEqual(['rancangan', 'dibacakan']);
  expect((await chair.call(deleteReading, { params: second })).decisions.map((d) => d.state)).toEqual(['rancangan', 'rancangan']);
  expect(await chair.refusalOf(postReading, { params: { ...id, decision: randomUUID() }, body: { version: 1 } })).toBe('not_found');
  expect(await chair.refusalOf(postReading, { params: first, body: { version: 2 } })).toBe('proceedings.changed');
});

test('under quorum the refusal names the figures, and a reason stays on record', async () => {
  const setting = await coordination();
  await setting.enters(setting.chair);
  const params = await readBack(setting);
  const refusal = await refusalIn(setting.chair.call(postConfirmation, { params, body: confirmed }));
  expect(refusal).toMatchObject({ code: 'decision.under_quorum', values: { present: 1, needed: 2 }, fields: [{ path: 'body.underQuorumReason' }] });
  expect(refusal.message).toContain('1 dari 2 unit');
  const underQuorumReason = 'Truk berangkat pukul 10.00, unit lain tidak menjawab.';
  const { decisions } = await setting.chair.call(postConfirmation, { params, body: { ...confirmed, underQuorumReason } });
  expect(decisions[0]).toMatchObject({ state: 'ditetapkan', underQuorumReason, quorum: { present: 1, needed: 2 } });
});

test('a chair who is Plh is asked whether it is strategic, and warned by the law', async () => {
  const setting = await coordination();
  const { world, chair, cast, enters, as, sees } = setting;
  const [held] = await world.sql<{ id: string }[]>`select id from people.holding where position_id = ${cast.kepala.positionId}`;
  await world.app.people.endAppointment(portalItself, held!.id, '2026-11-20');
  await world.app.people.appoint(portalItself, cast.kepala.positionId!, {
    personId: cast.kepala.id,
    kind: 'plh',
    from: '2026-11-22',
    until: '2026-11-30',
    basis: 'Surat Perintah 821/9/2026',
  });
  await enters(chair);
  await enters(await as(cast.kabid));
  const params = await readBack(setting);
  expect((await sees()).chairActing).toBe('Plh. Kepala Dinas Sosial');
  expect(await chair.refusalOf(postConfirmation, { params, body: confirmed })).toBe('decision.strategic_asked');
  const warned = await refusalIn(chair.call(postConfirmation, { params, body: { ...confirmed, strategic: true } }));
  expect(warned).toMatchObject({ code: 'decision.strategic_reason', values: { label: 'Plh. Kepala Dinas Sosial' } });
  expect(warned.message).toContain('UU 30/2014 pasal 14 ayat (7)');
  const { decisions } = await chair.call(postConfirmation, {
    params,
    body: { ...confirmed, strategic: true, strategicReason: 'Perintah tertulis Sekda 1/2026' },
  });
  expect(decisions[0]).toMatchObject({ decidedAs: 'Plh. Kepala Dinas Sosial', strategic: true, strategicReason: 'Perintah tertulis Sekda 1/2026' });
});

test('only who is inside answers; the press listens; who was removed is out', async () => {
  const setting = await coordination();
  const { world, chair, cast, enters, as, guest, id, member } = setting;
  const params = await readBack(setting);
  const kabid = await as(cast.kabid);
  const agrees = { params, body: { version: 1, answer: 'setuju' as const } };
  expect(await kabid.refusalOf(putVoice, agrees)).toBe('decision.not_inside');
  expect(await (await as(cast.stafDinkes)).refusalOf(putVoice, agrees)).toBe('not_found');
  await enters(kabid);
  await kabid.call(putVoice, agrees);
  expect(await kabid.refusalOf(putVoice, { params, body: { version: 1, answer: 'keberatan', words: '' } })).toBe('input.invalid');
  await chair.call(postRemoval, { params: { ...id, member: member(cast.kabid) }, body: { ban: false } });
  expect(await kabid.refusalOf(putVoice, agrees)).toBe('meeting.removed');
  expect(await kabid.refusalOf(getProceedings, { params: id })).toBe('meeting.removed');
  await enters(guest);
  await world.sql`update meetings.invitation set badge = 'Pers' where badge = 'Tamu'`;
  expect(await guest.refusalOf(putVoice, agrees)).toBe('decision.press_listens');
});

test('a due date in the past and a post that does not exist are refused by field', async () => {
  const { chair, id } = await coordination();
  const draft = (more: object) => chair.call(postDecision, { params: id, body: { key: randomUUID(), text: TEXT, ...more } });
  expect(await refusalIn(draft({ dueOn: '2026-11-22' }))).toMatchObject({ code: 'decision.due_past', fields: [{ path: 'body.dueOn' }] });
  expect(await refusalIn(draft({ positionId: randomUUID() }))).toMatchObject({ code: 'input.invalid', fields: [{ path: 'body.positionId' }] });
  expect(await refusalIn(draft({ text: ' ' }))).toMatchObject({ code: 'input.invalid' });
});

test('a confirmed decision is withdrawn with a reason and keeps its number; the next one has the next', async () => {
  const setting = await coordination();
  const { chair, cast, enters, as } = setting;
  await enters(chair);
  await enters(await as(cast.kabid));
  const first = await readBack(setting);
  await chair.call(postConfirmation, { params: first, body: confirmed });
  expect(await (await as(cast.kabid)).refusalOf(postDecisionRevocation, { params: first, body: { reason: 'Salah' } })).toBe('meeting.not_chair');
  await chair.call(postDecisionRevocation, { params: first, body: { reason: 'Salah angka anggaran' } });
  const second = await readBack(setting);
  const { decisions } = await chair.call(postConfirmation, { params: second, body: confirmed });
  expect(decisions.map((d) => [d.no, d.state, d.revokedReason])).toEqual([
    [1, 'dicabut', 'Salah angka anggaran'],
    [2, 'ditetapkan', null],
  ]);
});

test('panggil nama: one press a person, beside what the portal saw; a mark is taken back by another row, a round can be repeated', async () => {
  const setting = await coordination();
  const { world, chair, cast, enters, id, member, sees, as } = setting;
  expect(await chair.refusalOf(putRollMark, { params: { ...id, member: member(cast.kabid) }, body: { round: 1, mark: 'hadir' } })).toBe('rollcall.no_round');
  await enters(await as(cast.kabid));
  const opened = await Promise.all([1, 2].map(async () => chair.call(postRollCall, { params: id, body: { after: 0 } })));
  expect(opened.map((p) => p.rollCall.length)).toEqual([1, 1]);
  expect((await sees()).rollUnits.map(({ unitName, people }) => [unitName, people.map((p) => p.name)])).toEqual([
    ['Dinas Kesehatan', [cast.kepalaDinkes.name]],
    ['Dinas Sosial', [cast.kepala.name]],
    ['Bidang Rehabilitasi Sosial', [cast.kabid.name, cast.staf.name]],
    ['Yayasan Contoh', ['Ibu Tamu']],
  ]);
  const mark = (person: Actor, word: 'hadir' | 'tidak_menjawab' | null, round = 1) =>
    chair.call(putRollMark, { params: { ...id, member: member(person) }, body: { round, mark: word } });
  await mark(cast.kabid, 'hadir');
  await mark(cast.staf, 'tidak_menjawab');
  await mark(cast.staf, null);
  await mark(cast.kepalaDinkes, 'tidak_menjawab');
  world.clock.advance(60_000);
  await chair.call(postRollCall, { params: id, body: { after: 1 } });
  expect(await chair.refusalOf(putRollMark, { params: { ...id, member: member(cast.staf) }, body: { round: 1, mark: 'hadir' } })).toBe('rollcall.newer_round');
  const { rollCall } = await mark(cast.kepalaDinkes, 'hadir', 2);
  expect(rollCall.map(({ round, openedAt, marks }) => [round, openedAt, marks.map((m) => [m.name, m.mark, m.inside])])).toEqual([
    [
      1,
      '2026-11-23T02:00:00.000Z',
      [
        [cast.kabid.name, 'hadir', true],
        [cast.kepalaDinkes.name, 'tidak_menjawab', false],
      ],
    ],
    [2, '2026-11-23T02:01:00.000Z', [[cast.kepalaDinkes.name, 'hadir', false]]],
  ]);
  const { rows } = await chair.call(getSheet, { params: id });
  expect(Object.fromEntries(rows.filter((row) => row.rollCall).map((row) => [row.name, [row.status, row.rollCall]]))).toEqual({
    [cast.kabid.name]: ['hadir', { mark: 'hadir', at: '2026-11-23T02:00:00.000Z' }],
    [cast.kepalaDinkes.name]: ['belum_ada_bukti', { mark: 'hadir', at: '2026-11-23T02:01:00.000Z' }],
  });
  expect((await chair.send(getSheetCsv, { params: id })).payload.toString('utf8')).toContain('panggil nama: hadir pukul 09.01');
  const kinds = await world.sql<{ kind: string }[]>`select kind from proceedings.roll_call where round = 1 order by id`;
  expect(kinds.map((k) => k.kind)).toEqual(['dibuka', 'hadir', 'tidak_menjawab', 'dibatalkan', 'tidak_menjawab']);
  expect(await chair.refusalOf(putRollMark, { params: { ...id, member: `p_${cast.bkd.id}` }, body: { round: 2, mark: 'hadir' } })).toBe('not_found');
});

test('after the end nothing is written any more, and the record says who was inside', async () => {
  const setting = await coordination();
  const { chair, cast, enters, as, id, sees } = setting;
  await enters(chair);
  await enters(await as(cast.kabid));
  const params = await readBack(setting);
  await chair.call(postMeetingEnd, { params: id });
  expect(await chair.refusalOf(postConfirmation, { params, body: confirmed })).toBe('meeting.ended');
  expect(await chair.refusalOf(putVoice, { params, body: { version: 1, answer: 'setuju' } })).toBe('meeting.ended');
  expect(await chair.refusalOf(putAgenda, { params: id, body: { version: 1, items: [] } })).toBe('meeting.ended');
  expect(await chair.refusalOf(postRollCall, { params: id, body: { after: 0 } })).toBe('meeting.ended');
  const { quorum, you, decisions } = await sees();
  expect(you).toMatchObject({ chair: true, mayWrite: false, mayVoice: false });
  expect(quorum).toMatchObject({ present: 2, moments: [{ kind: 'tercapai' }] });
  expect(decisions[0]?.state).toBe('dibacakan');
});

test('the end that comes while somebody looks takes the quorum from nobody', async () => {
  const { world, chair, cast, enters, as, id, sees } = await coordination();
  await enters(chair);
  await enters(await as(cast.kabid));
  expect((await sees()).quorum.moments).toHaveLength(1);
  let ended: Promise<unknown> | null = null;
  await world.app.sql.begin(async (tx) => {
    // Between the look at the meeting and the look at who is inside.
    const slow = new Proxy(tx, {
      apply(query, self, said: [TemplateStringsArray, ...unknown[]]) {
        const asked = (): unknown => Reflect.apply(query, self, said);
        if (ended !== null || !said[0].raw?.join('').startsWith('select distinct member from rooms.session')) return asked();
        ended = chair.call(postMeetingEnd, { params: id });
        return ended.then(asked);
      },
    });
    await world.app.proceedings.record(slow, id.id);
  });
  expect(ended).not.toBeNull();
  expect((await sees()).quorum.moments.map(({ kind }) => kind)).toEqual(['tercapai']);
});

test('who manages the OPD reads the proceedings, and the look is on record', async () => {
  const { world, id, cast, as } = await coordination();
  const admin = await as(cast.adminDinsos);
  const { you } = await admin.call(getProceedings, { params: id });
  expect(you).toEqual({ member: null, chair: false, mayWrite: false, mayVoice: false });
  const looks = await world.sql<{ by: string }[]>`select by_id as by from people.access where what = 'risalah.baca'`;
  expect(looks).toEqual([{ by: cast.adminDinsos.id }]);
});

test('many people answering at the same moment all get through', async () => {
  const setting = await coordination();
  const { chair, cast, enters, as, guest } = setting;
  const clients = [chair, await as(cast.kabid), await as(cast.staf), await as(cast.kepalaDinkes), guest];
  for (const client of clients) await enters(client);
  const params = await readBack(setting);
  await Promise.all(Array.from({ length: 25 }, async (_, n) => clients[n % 5]!.call(putVoice, { params, body: { version: 1, answer: 'setuju' } })));
  expect((await setting.sees()).decisions[0]?.voices).toHaveLength(5);
});

test('what was recorded cannot be rewritten, and the ledger holds', async () => {
  const setting = await coordination();
  const { world, chair } = setting;
  await setting.enters(chair);
  const params = await readBack(setting);
  await chair.call(postConfirmation, { params, body: { ...confirmed, underQuorumReason: 'Mendesak' } });
  await expect(world.sql`update proceedings.decision set text = 'lain'`).rejects.toThrow('kept as they are');
  await expect(world.sql`delete from proceedings.decision`).rejects.toThrow('kept as they are');
});

test('the agenda goes item by item by the clock of the server; two who press go one on, and the notulen says how long each took', async () => {
  const { world, chair, id, cast, as, guest } = await coordination();
  const set = await chair.call(putAgenda, {
    params: id,
    body: { version: 1, items: [{ text: 'Pembukaan', minutes: 5 }, { text: 'Penyaluran', minutes: 20 }, { text: 'Lain-lain' }] },
  });
  expect(set.agenda.items.map(({ minutes }) => minutes)).toEqual([5, 20, null]);
  const [first, second] = set.agenda.items.map((item) => item.id);
  expect(set.agenda).toMatchObject({ now: null, spent: [] });
  expect(await (await as(cast.kabid)).refusalOf(putAgendaNow, { params: id, body: { item: first!, from: null } })).toBe('proceedings.not_writer');
  expect(await guest.refusalOf(putAgendaNow, { params: id, body: { item: first!, from: null } })).toBe('proceedings.not_writer');
  expect(await chair.refusalOf(putAgendaNow, { params: id, body: { item: randomUUID(), from: null } })).toBe('not_found');
  await chair.call(putNotulis, { params: id, body: { personId: cast.staf.id } });
  const notulis = await as(cast.staf);
  await chair.call(putAgendaNow, { params: id, body: { item: first!, from: null } });
  world.clock.advance(7 * 60_000);
  await Promise.all([chair, notulis].map((client) => client.call(putAgendaNow, { params: id, body: { item: second!, from: first! } })));
  // The page that still shows the first item.
  expect(await notulis.refusalOf(putAgendaNow, { params: id, body: { item: null, from: first! } })).toBe('proceedings.changed');
  world.clock.advance(12 * 60_000);
  const { agenda } = await guest.call(getProceedings, { params: id });
  expect(agenda).toMatchObject({
    now: { itemId: second, since: '2026-11-23T02:07:00.000Z' },
    spent: [
      { itemId: first, ms: 420_000, to: '2026-11-23T02:07:00.000Z' },
      { itemId: second, ms: 0, to: null },
    ],
  });
  // Words change, minutes stay with their item.
  const renamed = await notulis.call(putAgenda, {
    params: id,
    body: { version: agenda.version, items: agenda.items.map((item) => ({ id: item.id, text: `${item.text}.` })) },
  });
  expect(renamed.agenda.items.map(({ minutes }) => minutes)).toEqual([5, 20, null]);
  await chair.call(postMeetingEnd, { params: id });
  const minutes = await chair.call(getMinutes, { params: id });
  expect(minutes.facts.agenda).toMatchObject([
    { itemId: first, ms: 420_000, minutes: 5 },
    { itemId: second, ms: 720_000, minutes: 20 },
  ]);
  const paper = await textOfPdf((await chair.send(getMinutesPdf, { params: id })).payload);
  expect(paper).toContain('09.00–09.07, 7 menit (rencana 5 menit)');
  expect(await chair.refusalOf(putAgendaNow, { params: id, body: { item: null, from: second! } })).toBe('meeting.ended');
});
