import { afterEach, expect, test } from 'vitest';
import { getDayBoard, getMyDay, getSheet, getSheetCsv, getSheetPdf, getSheetXlsx, postSheetFinal } from '../../shared/attendance.ts';
import {
  getCorrectable,
  getCorrectionFile,
  getCorrections,
  postCorrection,
  postCorrectionDecision,
  postCorrectionFile,
  postCorrectionWithdrawal,
} from '../../shared/corrections.ts';
import { signIn, refusalIn, type Actor } from '../support/cast.ts';
import { asIntruder } from '../support/database.ts';
import { textOfPdf } from '../support/pdf.ts';
import { asks, dayClaim, handsIn, heldMeeting, meetingClaim, MINUTE, PNG, REASON } from '../support/correction.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));
async function held() {
  const setting = await heldMeeting();
  worlds.push(setting.world);
  const { cast } = setting;
  const sheetRow = async (actor: Actor) => (await setting.chair.call(getSheet, { params: setting.id })).rows.find((r) => r.name === actor.name);
  const boardRow = async (actor: Actor) =>
    (await setting.chair.call(getDayBoard, { params: { id: cast.opds.dinsos.id }, query: { date: cast.today } })).rows.find((r) => r.personId === actor.id);
  return { ...setting, sheetRow, boardRow };
}
const accept = { outcome: 'accepted' as const };
const reject = { outcome: 'rejected' as const, reason: 'Tidak ada saksi yang membenarkan.' };

test('what a staff member states of a meeting waits, with the original beside it, and changes nothing yet', async () => {
  const { sari, meeting, cast, sheetRow } = await held();
  const before = await sheetRow(cast.staf);
  const asked = await asks(sari, meetingClaim(meeting.id));
  expect(asked).toMatchObject({
    state: 'open',
    person: { id: cast.staf.id, name: cast.staf.name },
    meeting: { id: meeting.id, title: 'Penyaluran bantuan' },
    claimed: { from: '2026-11-23T02:00:00.000Z', to: '2026-11-23T02:45:00.000Z', mark: null },
    original: { of: 'meeting', minutes: 20, intervals: [{ from: '2026-11-23T02:10:00.000Z', to: '2026-11-23T02:30:00.000Z', confidence: 'pasti' }] },
    reason: REASON,
    requestedBy: cast.staf.name,
    onBehalf: false,
    dueAt: '2026-11-26T03:05:00.000Z',
    overdue: false,
    decision: null,
    may: { decide: false, withdraw: true, barred: null },
  });
  expect(await sheetRow(cast.staf)).toEqual(before);
});

test('accepted by her head, it stands in the list as manual, with the witnesses’ own times beside it', async () => {
  const { sari, chair, meeting, cast, sheetRow } = await held();
  const { id } = await asks(sari, meetingClaim(meeting.id));
  const decided = await chair.call(postCorrectionDecision, { params: { id }, body: { ...accept, reason: 'Dibenarkan kabid.' } });
  expect(decided).toMatchObject({
    state: 'accepted',
    decision: { outcome: 'accepted', by: cast.kepala.name, reason: 'Dibenarkan kabid.' },
    requestedBy: cast.staf.name,
  });
  expect(await sheetRow(cast.staf)).toMatchObject({ firstIn: '2026-11-23T02:00:00.000Z', minutes: 45, confidence: 'manual' });
});

test('the one who decides may accept less time, never more', async () => {
  const { sari, chair, meeting, cast, sheetRow } = await held();
  const params = { id: (await asks(sari, meetingClaim(meeting.id))).id };
  const wider = await refusalIn(chair.call(postCorrectionDecision, { params, body: { ...accept, to: '2026-11-23T02:50:00Z' } }));
  expect(wider).toMatchObject({ code: 'input.invalid', fields: [{ path: 'to' }] });
  await chair.call(postCorrectionDecision, { params, body: { ...accept, from: '2026-11-23T02:05:00Z', to: '2026-11-23T02:40:00Z' } });
  expect(await sheetRow(cast.staf)).toMatchObject({ firstIn: '2026-11-23T02:05:00.000Z', minutes: 35 });
});

test('a WFH day without evidence becomes present, and the own page says so', async () => {
  const { world, cast, chair, boardRow } = await held();
  await world.app.roster.setCodes(world.sql, null, cast.opds.dinsos.id, {
    date: cast.today,
    basis: 'SE 2',
    codes: [{ personId: cast.adminDinsos.id, code: 'WFH' }],
  });
  const rina = await signIn(world, cast.adminDinsos);
  expect(await boardRow(cast.adminDinsos)).toMatchObject({ mark: 'belum_ada_bukti' });
  const { id, original } = await asks(rina, dayClaim());
  expect(original).toEqual({ of: 'day', code: 'WFH', mark: 'belum_ada_bukti', evidence: [] });
  await chair.call(postCorrectionDecision, { params: { id }, body: accept });
  expect(await boardRow(cast.adminDinsos)).toMatchObject({ mark: 'hadir_wfh' });
  expect(await rina.call(getMyDay, {})).toMatchObject({ mark: 'hadir_wfh' });
});

test('rejected with a reason, or taken back, it changes nothing; then it can be asked again', async () => {
  const { sari, chair, meeting, cast, sheetRow } = await held();
  const first = await asks(sari, meetingClaim(meeting.id));
  expect(await chair.call(postCorrectionDecision, { params: { id: first.id }, body: reject })).toMatchObject({
    state: 'rejected',
    decision: { reason: reject.reason },
  });
  const second = await asks(sari, meetingClaim(meeting.id));
  expect(second.id).not.toBe(first.id);
  expect(await sari.call(postCorrectionWithdrawal, { params: { id: second.id } })).toMatchObject({ state: 'withdrawn', decision: { by: cast.staf.name } });
  expect(await sheetRow(cast.staf)).toMatchObject({ minutes: 20, confidence: 'pasti' });
  expect((await sari.call(getCorrections, {})).mine.map((c) => c.state)).toEqual(['withdrawn', 'rejected']);
});

test('a second objection to the same thing is answered with the first, even when both are sent at once', async () => {
  const { world, sari, meeting } = await held();
  const both = await Promise.all([asks(sari, meetingClaim(meeting.id)), asks(sari, meetingClaim(meeting.id), { reason: 'Alasan yang lain sama sekali.' })]);
  expect(both[0].id).toBe(both[1].id);
  expect(await world.sql`select count(*)::int as n from attendance.correction`).toEqual([{ n: 1 }]);
});

test('nobody decides on the own record, nor on what he or she filed', async () => {
  const { world, cast, chair, meeting } = await held();
  const own = await asks(chair, meetingClaim(meeting.id));
  expect(own.may).toEqual({ decide: false, withdraw: true, barred: 'own' });
  expect(await chair.refusalOf(postCorrectionDecision, { params: { id: own.id }, body: accept })).toBe('correction.own');
  const rina = await signIn(world, cast.adminDinsos);
  const filed = await asks(rina, meetingClaim(meeting.id), { personId: cast.staf.id });
  expect(filed).toMatchObject({ person: { name: cast.staf.name }, requestedBy: cast.adminDinsos.name, onBehalf: true, may: { barred: 'filed' } });
  expect(await rina.refusalOf(postCorrectionDecision, { params: { id: filed.id }, body: accept })).toBe('correction.filed');
  const bkd = await signIn(world, cast.bkd);
  expect(await bkd.call(postCorrectionDecision, { params: { id: own.id }, body: accept })).toMatchObject({ decision: { by: cast.bkd.name } });
  expect(await chair.call(postCorrectionDecision, { params: { id: filed.id }, body: accept })).toMatchObject({
    requestedBy: cast.adminDinsos.name,
    decision: { by: cast.kepala.name },
  });
});

test('of two who decide at once, the second is told who decided', async () => {
  const { world, cast, sari, chair, meeting } = await held();
  const params = { id: (await asks(sari, meetingClaim(meeting.id))).id };
  const bkd = await signIn(world, cast.bkd);
  const outcomes = await Promise.allSettled([
    chair.call(postCorrectionDecision, { params, body: accept }),
    bkd.call(postCorrectionDecision, { params, body: reject }),
  ]);
  expect(outcomes.map((o) => o.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const [decision] = await world.sql<{ by: string }[]>`select decided_by as by from attendance.correction_decision`;
  const [winner, loser] = decision?.by === cast.kepala.id ? [cast.kepala, bkd] : [cast.bkd, chair];
  const told = await refusalIn(loser.call(postCorrectionDecision, { params, body: accept }));
  expect(told).toMatchObject({ code: 'correction.decided', values: { name: winner.name } });
  expect(told.message).toContain('23 November 2026');
  expect(await sari.refusalOf(postCorrectionWithdrawal, { params })).toBe('correction.decided');
  expect(await world.sql`select count(*)::int as n from attendance.correction_decision`).toEqual([{ n: 1 }]);
});

test('somebody else’s objection does not exist: neither to read, nor to decide, nor to file', async () => {
  const { world, cast, sari, joko, meeting } = await held();
  const { id } = await asks(sari, meetingClaim(meeting.id), { fileId: (await handsIn(sari)).id });
  for (const other of [joko, await signIn(world, cast.kepalaDinkes), await signIn(world, cast.operator)]) {
    expect(await other.refusalOf(postCorrectionDecision, { params: { id }, body: accept })).toBe('not_found');
    expect(await other.refusalOf(postCorrectionWithdrawal, { params: { id } })).toBe('not_found');
    expect(await other.refusalOf(getCorrectionFile, { params: { id } })).toBe('not_found');
    expect(await other.refusalOf(postCorrection, { body: { personId: cast.staf.id, about: dayClaim(), reason: REASON } })).toBe('not_found');
    expect(await other.refusalOf(getCorrectable, { query: { personId: cast.staf.id } })).toBe('not_found');
    expect(await other.call(getCorrections, {})).toEqual({ mine: [], queue: [], decided: [] });
  }
  expect(await joko.refusalOf(postCorrection, { body: { about: meetingClaim(meeting.id), reason: REASON } })).toBe('not_found');
  const visitor = world.visitor();
  for (const [endpoint, given] of [
    [getCorrections, {}],
    [getCorrectable, {}],
    [postCorrection, { body: { about: dayClaim(), reason: REASON } }],
    [postCorrectionDecision, { params: { id }, body: accept }],
    [postCorrectionWithdrawal, { params: { id } }],
    [postCorrectionFile, { query: { name: 'a.png' }, body: PNG }],
    [getCorrectionFile, { params: { id } }],
  ] as const)
    expect(await visitor.refusalOf(endpoint, given as never)).toBe('session.required');
});

test('the head may see but not take back what another filed', async () => {
  const { sari, chair, meeting } = await held();
  const { id } = await asks(sari, meetingClaim(meeting.id));
  expect(await chair.refusalOf(postCorrectionWithdrawal, { params: { id } })).toBe('role.missing');
});

test('a bad form is told which field, and how', async () => {
  const { sari, meeting } = await held();
  const fieldOf = async (body: Parameters<typeof sari.call<typeof postCorrection>>[1]['body']) => {
    const { code, fields } = await refusalIn(sari.call(postCorrection, { body }));
    return [code, fields?.[0]?.path];
  };
  const about = meetingClaim(meeting.id);
  expect(await fieldOf({ about, reason: 'singkat' })).toEqual(['input.invalid', 'reason']);
  expect(await fieldOf({ about, reason: 'x'.repeat(1001) })).toEqual(['input.invalid', 'reason']);
  expect(await fieldOf({ about: { ...about, from: '2026-11-23T01:00:00Z' } as typeof about, reason: REASON })).toEqual(['input.invalid', 'about.from']);
  expect(await fieldOf({ about: { ...about, to: '2026-11-23T03:01:00Z' } as typeof about, reason: REASON })).toEqual(['input.invalid', 'about.to']);
  expect(await fieldOf({ about: { ...about, to: '2026-11-23T02:00:00Z' } as typeof about, reason: REASON })).toEqual(['input.invalid', 'about.to']);
  expect(await fieldOf({ about, reason: REASON, fileId: '00000000-0000-4000-8000-000000000000' })).toEqual(['input.invalid', 'fileId']);
});

test('neither what is to come, nor what is long past, nor what needs no correcting', async () => {
  const { world, sari, joko, meeting, cast, chair } = await held();
  const refusal = (client: typeof sari, about: ReturnType<typeof dayClaim>) => client.refusalOf(postCorrection, { body: { about, reason: REASON } });
  expect(await refusal(sari, dayClaim('2026-11-24'))).toBe('correction.future');
  expect(await refusal(sari, dayClaim('2026-08-24'))).toBe('correction.too_old');
  expect(await refusal(sari, dayClaim())).toBe('correction.nothing');
  expect(await refusal(joko, dayClaim())).toBe('correction.not_judged');
  expect(await refusal(sari, { of: 'meeting', meetingId: meeting.id, from: '2026-11-23T02:12:00Z', to: '2026-11-23T02:20:00Z' })).toBe('correction.nothing');
  const { id } = await asks(sari, meetingClaim(meeting.id));
  await chair.call(postCorrectionDecision, { params: { id }, body: accept });
  expect(await refusal(sari, meetingClaim(meeting.id))).toBe('correction.nothing');
  world.clock.advance(91 * 24 * 60 * MINUTE);
  expect(await refusal(await signIn(world, cast.kabid), meetingClaim(meeting.id))).toBe('correction.too_old');
});

test('a file is what its first bytes say, is kept as handed in, and comes back as nothing but a download', async () => {
  const { world, cast, sari, chair, meeting } = await held();
  expect(await sari.refusalOf(postCorrectionFile, { query: { name: 'bukti.pdf' }, body: Buffer.from('<html><script>alert(1)</script>') })).toBe(
    'correction.file_type',
  );
  expect(await sari.refusalOf(postCorrectionFile, { query: { name: 'besar.png' }, body: Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]) })).toBe(
    'correction.file_large',
  );
  expect(await sari.refusalOf(postCorrectionFile, { query: { name: 'raksasa.png' }, body: Buffer.alloc(7 * 1024 * 1024) })).toBe('input.too_large');
  expect(await sari.refusalOf(postCorrectionFile, { query: { name: '' }, body: PNG })).toBe('input.invalid');
  const { id: fileId, name, sha256 } = await handsIn(sari, PNG, '../../bukti <b>.html');
  expect(name).toBe('bukti <b>.html.png');
  const { id, file } = await asks(sari, meetingClaim(meeting.id), { fileId });
  expect(file).toEqual({ name, sha256 });
  const served = await chair.send(getCorrectionFile, { params: { id } });
  expect(served.payload.equals(PNG)).toBe(true);
  expect(served.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
  expect(served.headers['content-disposition']).toMatch(/^attachment; /);
  expect(await world.sql`select by_id, people_count from people.access where what = 'koreksi.berkas'`).toEqual([{ by_id: cast.kepala.id, people_count: 1 }]);
  expect(await world.sql`select file_sha256 from attendance.correction`).toEqual([{ file_sha256: sha256 }]);
});

test('a file of somebody else, or one used already, cannot be handed in again', async () => {
  const { world, cast, sari, chair, meeting } = await held();
  const { id: fileId } = await handsIn(sari);
  const kabid = await signIn(world, cast.kabid);
  expect((await refusalIn(asks(kabid, meetingClaim(meeting.id), { fileId }))).fields?.[0]?.path).toBe('fileId');
  const { id } = await asks(sari, meetingClaim(meeting.id), { fileId });
  await chair.call(postCorrectionDecision, { params: { id }, body: reject });
  expect((await refusalIn(asks(sari, meetingClaim(meeting.id), { fileId }))).fields?.[0]?.path).toBe('fileId');
  const { id: without } = await asks(sari, meetingClaim(meeting.id));
  expect(await sari.refusalOf(getCorrectionFile, { params: { id: without } })).toBe('not_found');
});

test('a file that was never used is forgotten a day later; one that was used stays', async () => {
  const { world, cast, sari, meeting } = await held();
  const used = await handsIn(sari);
  await asks(sari, meetingClaim(meeting.id), { fileId: used.id });
  await handsIn(sari);
  world.clock.advance(25 * 60 * MINUTE);
  const { id } = await handsIn(await signIn(world, cast.staf));
  expect((await world.sql<{ id: string }[]>`select id from attendance.correction_file`).map((f) => f.id).toSorted()).toEqual([used.id, id].toSorted());
});

test('overdue ones stand first in the queue, and reading the queue is on record', async () => {
  const { world, cast, sari, meeting } = await held();
  await asks(sari, meetingClaim(meeting.id));
  world.clock.advance(73 * 60 * MINUTE);
  const kabid = await signIn(world, cast.kabid);
  await asks(kabid, meetingClaim(meeting.id));
  const head = await signIn(world, cast.kepala);
  const { queue, mine } = await head.call(getCorrections, {});
  expect(queue.map((c) => [c.person.name, c.overdue])).toEqual([
    [cast.staf.name, true],
    [cast.kabid.name, false],
  ]);
  expect(mine).toEqual([]);
  expect(await world.sql`select people_count from people.access where what = 'koreksi.baca' and by_id = ${cast.kepala.id}`).toEqual([{ people_count: 2 }]);
});

test('the person finds what can be corrected on a day, and what the record says of it', async () => {
  const { world, cast, sari, joko, meeting } = await held();
  expect(await sari.call(getCorrectable, {})).toMatchObject({
    date: cast.today,
    day: { may: 'marked', reading: { of: 'day', code: 'WFH', mark: 'hadir_wfh' } },
    meetings: [{ id: meeting.id, may: 'object', reading: { of: 'meeting', minutes: 20 } }],
  });
  expect(await joko.call(getCorrectable, {})).toMatchObject({ day: { may: 'not_judged' }, meetings: [] });
  await asks(sari, meetingClaim(meeting.id));
  expect((await sari.call(getCorrectable, {})).meetings[0]?.may).toBe('open');
  const rina = await signIn(world, cast.adminDinsos);
  expect(await rina.call(getCorrectable, { query: { personId: cast.staf.id } })).toMatchObject({ person: { name: cast.staf.name } });
  expect(await world.sql`select count(*)::int as n from people.access where what = 'koreksi.hari'`).toEqual([{ n: 1 }]);
});

test('a final list stays as it was made final; what is decided afterwards stands under it', async () => {
  const { sari, chair, meeting, id, cast, sheetRow } = await held();
  await chair.call(postSheetFinal, { params: id });
  const frozen = await sheetRow(cast.staf);
  const asked = await asks(sari, meetingClaim(meeting.id));
  await chair.call(postCorrectionDecision, { params: { id: asked.id }, body: accept });
  expect(await sheetRow(cast.staf)).toEqual(frozen);
  const sheet = await chair.call(getSheet, { params: id });
  expect(sheet.corrections).toMatchObject([
    {
      personName: cast.staf.name,
      original: { minutes: 20 },
      to: '2026-11-23T02:45:00.000Z',
      reason: REASON,
      requestedBy: cast.staf.name,
      decidedBy: cast.kepala.name,
      afterFinal: true,
    },
  ]);
});

test('and it goes with every copy of the list: CSV, workbook and paper', async () => {
  const { world, sari, chair, meeting, id } = await held();
  const before = await chair.call(postSheetFinal, { params: id });
  expect(await (await chair.call(getSheetCsv, { params: id })).text()).not.toContain('Koreksi sesudah final');
  const asked = await asks(sari, meetingClaim(meeting.id), { reason: '=HYPERLINK("http://x") bukan rumus.' });
  await chair.call(postCorrectionDecision, { params: { id: asked.id }, body: accept });
  const csv = await (await chair.call(getSheetCsv, { params: id })).text();
  for (const words of ['Koreksi sesudah final', '09.10–09.30 WIB', '09.00–09.45 WIB', `"'=HYPERLINK(`]) expect(csv).toContain(words);
  expect((await chair.call(getSheetXlsx, { params: id })).size).toBeGreaterThan(1000);
  expect((await chair.call(getSheet, { params: id })).code).toBe(before.code);
  if (!world.app.letters.available) return;
  const text = await textOfPdf(Buffer.from(await (await chair.call(getSheetPdf, { params: id })).arrayBuffer()));
  for (const words of ['Koreksi sesudah final', '09.00–09.45 WIB', 'bukan rumus']) expect(text).toContain(words);
});

test('the portal cannot change what was asked or decided, and the ledger finds whoever could', async () => {
  const { world, sari, chair, meeting } = await held();
  const { id } = await asks(sari, meetingClaim(meeting.id));
  await chair.call(postCorrectionDecision, { params: { id }, body: reject });
  const { sql: portal } = world.app;
  await expect(portal`update attendance.correction set reason = 'lain'`).rejects.toMatchObject({ code: '42501' });
  await expect(portal`delete from attendance.correction`).rejects.toMatchObject({ code: '42501' });
  await expect(portal`update attendance.correction_decision set outcome = 'accepted'`).rejects.toMatchObject({ code: '42501' });
  await expect(world.sql`update attendance.correction_decision set outcome = 'withdrawn'`).rejects.toMatchObject({ code: '42501' });
  const fits = async () =>
    (
      await world.sql<{ fits: boolean }[]>`
      select bool_and(digest = sha256(convert_to(ledger.content(to_jsonb(c)), 'UTF8'))) as fits from attendance.correction_decision c`
    )[0]?.fits;
  expect(await fits()).toBe(true);
  await asIntruder(world.sql, (tx) => tx`update attendance.correction_decision set reason = 'lain'`);
  expect(await fits()).toBe(false);
});

test('whoever watches hears of it: the person, the OPD, and on acceptance the host of the meeting', async () => {
  const { world, cast, sari, chair, meeting } = await held();
  const heard: { topics: string[]; message: { type: string } }[] = [];
  const { unlisten } = await world.sql.listen('portal_live', (payload) => void heard.push(JSON.parse(payload) as (typeof heard)[number]));
  const { id } = await asks(sari, meetingClaim(meeting.id));
  await chair.call(postCorrectionDecision, { params: { id }, body: accept });
  await expect
    .poll(() => heard.map((h) => h.message.type))
    .toEqual(['correction.changed', 'correction.changed', 'day.changed', 'attendance.changed', 'notices.changed']);
  expect(heard[0]?.topics).toEqual([`opd:${cast.opds.dinsos.id}`, `person:${cast.staf.id}`]);
  expect(heard[3]?.topics).toEqual([`host:${meeting.id}`]);
  await unlisten();
});
