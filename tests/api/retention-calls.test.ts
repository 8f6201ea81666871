// What an urgent call left behind, when its time is over: everything goes, the ledger stays sound, and a hold keeps a call whole.
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { getRetention, postHold } from '../../shared/privacy.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { destroyDue } from '../../server/privacy/retention.ts';
import { signIn } from '../support/cast.ts';
import { calledMeeting } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

const YEARS_MS = 11 * 366 * 86_400_000;
const KEYS = ['panggilan', 'atur_panggilan', 'risalah', 'notulen', 'tugas', 'perangkat'] as const;

/** A row of every table, as the modules write them. */
async function oneOfEach() {
  const { world, cast, id } = await calledMeeting((cast) => ({ people: [cast.staf.id] }));
  worlds.push(world);
  const [at, meeting, opd, person, words] = [world.clock.now(), id.id, cast.opds.dinsos.id, cast.staf.id, 'Sari di lapangan'];
  const ids = {
    call: randomUUID(),
    seat: randomUUID(),
    callee: randomUUID(),
    gateway: randomUUID(),
    decision: randomUUID(),
    task: randomUUID(),
    proposal: randomUUID(),
  };
  const sql = world.sql;
  await sql`insert into calls.call (id, meeting_id, opd_id, caller_id, caller_name, caller_as, subject, sifat, choice, ladder, quorum, placed_at)
    values (${ids.call}, ${meeting}, ${opd}, ${cast.kepala.id}, 'Hartini', 'Kepala', 'Banjir', 'segera', '{}', '[]', 1, ${at})`;
  await sql`insert into calls.seat (id, call_id, no, title, unit_name, chain) values (${ids.seat}, ${ids.call}, 1, ${words}, 'Rehsos', '[]')`;
  await sql`insert into calls.callee (id, call_id, meeting_id, person_id, name, state, rung_at) values (${ids.callee}, ${ids.call}, ${meeting}, ${person}, ${words}, 'menolak', ${at})`;
  await sql`insert into calls.rung (seat_id, n, callee_id, "as", label, why, at) values (${ids.seat}, 0, ${ids.callee}, 'nama', ${words}, ${words}, ${at})`;
  await sql`insert into calls.step (call_id, act, due_at) values (${ids.call}, 'kanal', ${at})`;
  await sql`insert into calls.hop (callee_id, round, channel, state, at) values (${ids.callee}, 1, 'tab', 'berdering', ${at})`;
  await sql`insert into calls.fact (call_id, callee_id, at, by_id, kind, detail) values (${ids.call}, ${ids.callee}, ${at}, ${person}, 'menolak', ${words})`;
  await sql`insert into calls.mandate (opd_id, giver_id, holder_id, held, basis, given_at) values (${opd}, ${cast.kepala.id}, ${person}, '[2026-11-01,2026-12-01)', ${words}, ${at})`;
  await sql`insert into calls.saved_group (owner_id, name, choice, saved_at, removed_at) values (${person}, ${words}, '{}', ${at}, ${at})`;
  await sql`insert into calls.device (person_id, name, language, registered_at, seen_at, session_id, removed_at, removed_why) values (${person}, ${words}, 'id', ${at}, ${at}, 's', ${at}, 'keluar')`;
  await sql`insert into calls.trial (channel, target, person_id, state, at) values ('sms', ${randomUUID()}, ${person}, 'dikirim', ${at})`;
  await sql`insert into calls.gateway (id, name, channel, url, enabled) values (${ids.gateway}, 'SMS', 'sms', 'https://sms.example', true)`;
  await sql`insert into calls.gateway_change (gateway_id, at, by_id, what) values (${ids.gateway}, ${at}, ${person}, 'dibuat')`;
  await sql`insert into proceedings.agenda (meeting_id, version, items, by_id, by_name, at) values (${meeting}, 1, '[]', ${person}, ${words}, ${at})`;
  await sql`insert into proceedings.notulis (meeting_id, person_id, by_id, at) values (${meeting}, ${person}, ${person}, ${at})`;
  await sql`insert into proceedings.quorum (meeting_id, kind, present, needed, units, reason, at) values (${meeting}, 'diatur', 1, 2, '["Rehsos"]', ${words}, ${at})`;
  await sql`insert into proceedings.decision (meeting_id, decision_id, state, version, text, by_id, by_name, at) values (${meeting}, ${ids.decision}, 'rancangan', 1, ${words}, ${person}, ${words}, ${at})`;
  await sql`insert into proceedings.voice (meeting_id, decision_id, version, member, person_id, name, answer, words, at) values (${meeting}, ${ids.decision}, 1, ${`p_${person}`}, ${person}, ${words}, 'keberatan', ${words}, ${at})`;
  await sql`insert into proceedings.roll_call (meeting_id, round, kind, member, person_id, name, at) values (${meeting}, 1, 'hadir', ${`p_${person}`}, ${person}, ${words}, ${at})`;
  await sql`insert into minutes.draft (meeting_id, opd_id, state, born_at) values (${meeting}, ${opd}, 'konsep', ${at})`;
  await sql`insert into minutes.writer (meeting_id, person_id, added_by, added_at) values (${meeting}, ${person}, ${person}, ${at})`;
  await sql`insert into minutes.act (meeting_id, at, by_id, act, detail) values (${meeting}, ${at}, ${person}, 'penulis', ${words})`;
  await sql`insert into minutes.proposal (id, meeting_id, paragraph, old_text, new_text, reason, by_id, by_name, at) values (${ids.proposal}, ${meeting}, 'p', 'a', ${words}, ${words}, ${person}, ${words}, ${at})`;
  await sql`insert into minutes.ruling (proposal_id, meeting_id, outcome, reason, by_id, by_name, at) values (${ids.proposal}, ${meeting}, 'ditolak', ${words}, ${person}, ${words}, ${at})`;
  await sql`insert into minutes.final (meeting_id, opd_id, year, serial, number, code, content, fingerprint, approved_at, approved_by)
    values (${meeting}, ${opd}, 2026, 1, '001/NOT', '7K3M-QX9T-2WHB-P4RD', ${sql.json({ words })}, ${'0'.repeat(64)}, ${at}, ${person})`;
  await sql`insert into tasks.task (id, decision_id, decision_no, meeting_id, opd_id, zone, chair_id, position_id, holder_id, text, made_at)
    values (${ids.task}, ${ids.decision}, 1, ${meeting}, ${opd}, 'Asia/Jakarta', ${cast.kepala.id}, ${randomUUID()}, ${person}, ${words}, ${at})`;
  await sql`insert into tasks.step (task_id, state, note, by_id, by_name, at) values (${ids.task}, 'selesai', ${words}, ${person}, ${words}, ${at})`;
  await sql`insert into tasks.reminder (task_id, kind, person_id, days_left, at) values (${ids.task}, 'h1', ${person}, 1, ${at})`;
  await sql`insert into privacy.retention_class (key, name, basis, months, action, at) select key, name, basis, months, 'musnah', now() from privacy.retention_class where key = any(${[...KEYS]})`;
  world.clock.advance(YEARS_MS);
  const bkd = await signIn(world, cast.bkd);
  const destroy = async () =>
    Object.fromEntries((await destroyDue({ owner: sql, clock: world.clock }, { by: 'Ratna Arsiparis', basis: 'BA 045/1/2037' })).map((d) => [d.key, d.rows]));
  return { world, cast, bkd, destroy, sql, person };
}

test('a call, its record, its minutes, its tasks and its devices are destroyed whole, and the ledger stays sound', async () => {
  const { bkd, destroy, sql } = await oneOfEach();
  const due = Object.fromEntries((await bkd.call(getRetention, {})).classes.map((c) => [c.key, c.due]));
  expect(due).toMatchObject({ panggilan: 7, atur_panggilan: 3, risalah: 6, notulen: 6, tugas: 3 });
  const done = await destroy();
  for (const key of KEYS) expect([key, done[key]]).toEqual([key, due[key]]);
  const left = await sql`
    select to_json(f)::text as row from calls.fact f union all select to_json(d)::text from proceedings.decision d union all select to_json(v)::text from proceedings.voice v
    union all select to_json(r)::text from proceedings.roll_call r union all select to_json(p)::text from minutes.proposal p union all select to_json(m)::text from minutes.final m
    union all select to_json(s)::text from tasks.step s`;
  expect(left).toHaveLength(7);
  expect(JSON.stringify(left)).not.toContain('Sari');
  expect(await sql`select from calls.call, calls.callee, minutes.draft, tasks.task`).toHaveLength(0);
  expect((await verifyLedger(sql)).findings).toEqual([]);
});

test('a hold on somebody who was called keeps the whole call, and what belongs to its meeting', async () => {
  const { bkd, destroy, sql, person } = await oneOfEach();
  await bkd.call(postHold, { body: { kind: 'person', target: person, reason: 'Pemeriksaan', basis: 'ST 700/12/2026' } });
  const done = await destroy();
  expect(KEYS.map((key) => done[key])).toEqual([0, 0, 0, 0, 0, expect.any(Number)]);
  expect(await sql`select from calls.hop, calls.rung, calls.seat, calls.step, calls.device, calls.trial`).toHaveLength(1);
});
