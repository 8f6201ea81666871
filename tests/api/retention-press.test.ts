// What a press conference leaves behind, when its time is over: who somebody was goes, that a question came from an outlet stays.
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { getJournalists } from '../../shared/press-desk.ts';
import { getJournalistData, getRetention, postHold } from '../../shared/privacy.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { destroyDue } from '../../server/privacy/retention.ts';
import { castWorld, refusalIn, signIn } from '../support/cast.ts';
import { plannedConference } from '../support/press.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

const KEYS = ['wartawan', 'tanya_jawab', 'konferensi_pers', 'akses_pers'] as const;
const WORDS = 'Sari Radar di Telagabiru';
const YEARS_MS = 11 * 366 * 86_400_000;

/** A conference that is over, and a row of every table, as the modules write them. */
async function oneOfEach() {
  const { world, cast } = await castWorld();
  worlds.push(world);
  const conference = await plannedConference(world, cast, { state: 'selesai' });
  const [sql, at, id] = [world.sql, world.clock.now(), conference.id];
  const [journalist, outlet, question, turn, operator] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), cast.operator.id];
  const hash = randomUUID();
  await sql`insert into press.outlet (id, name, kind, at) values (${outlet}, 'Radar Uji', 'daring', ${at})`;
  await sql`insert into press.journalist (id, email_key, registered_at) values (${journalist}, 'sari@radar.example', ${at})`;
  await sql`insert into press.journalist_record (journalist_id, name, outlet_id, email, phone, card_kind, card_number, platform, at)
    values (${journalist}, ${WORDS}, ${outlet}, 'sari@radar.example', '0812', 'ukw', 'UKW-1', 'radar.example', ${at})`;
  await sql`insert into press.pass (journalist_id, version, hash, mail_hash, at) values (${journalist}, 1, ${hash}, ${`m${hash}`}, ${at})`;
  await sql`insert into press.pass_browser (token_hash, journalist_id, version, device, via, at) values (${hash}, ${journalist}, 1, 'd', 'isian', ${at})`;
  await sql`insert into press.registration (conference_id, journalist_id, key, question_topic, question_text, at) values (${id}, ${journalist}, ${randomUUID()}, ${WORDS}, ${WORDS}, ${at})`;
  await sql`insert into press.registration_decision (conference_id, journalist_id, act, reason, by_id, by_name, at) values (${id}, ${journalist}, 'diterima', ${WORDS}, ${operator}, 'Op', ${at})`;
  await sql`insert into press.accreditation (journalist_id, valid_until, reason, at) values (${journalist}, ${at}, ${WORDS}, ${at})`;
  await sql`insert into press.notice_ack (journalist_id, version, language, text_sha256, device, at) values (${journalist}, 1, 'id', 'x', 'd', ${at})`;
  await sql`insert into press.question (id, conference_id, journalist_id, topic, text, advance, key, asked_at) values (${question}, ${id}, ${journalist}, ${WORDS}, ${WORDS}, false, ${randomUUID()}, ${at})`;
  await sql`insert into press.question_event (conference_id, question_id, journalist_id, state, due_on, owed_name, reason, by_id, by_name, at) values (${id}, ${question}, ${journalist}, 'ditunda', ${at}, ${WORDS}, ${WORDS}, ${operator}, 'Op', ${at})`;
  await sql`insert into press.turn (id, conference_id, question_id, journalist_id, member, slot, given_at, until, ended_at, ended_how) values (${turn}, ${id}, ${question}, ${journalist}, ${`j_${journalist}`}, 1, ${at}, ${at}, ${at}, 'dilepas')`;
  await sql`insert into press.move (question_id, conference_id, reason, by_name, at) values (${question}, ${id}, ${WORDS}, 'Op', ${at})`;
  await sql`insert into press.floor_event (conference_id, question_id, turn_id, kind, member, reason, by_id, by_name, at) values (${id}, ${question}, ${turn}, 'dilepas', ${`j_${journalist}`}, ${WORDS}, ${operator}, 'Op', ${at})`;
  await sql`insert into press.owed_reminder (question_id, due_on, kind, at) values (${question}, ${at}, 'h1', ${at})`;
  await sql`insert into press.viewer (conference_id, browser, ticket_at) values (${id}, 'b', ${at})`;
  await sql`insert into press.kit_act (conference_id, at, by_id, by_name, act, title) values (${id}, ${at}, ${operator}, 'Op', 'ditambah', ${WORDS})`;
  await sql`insert into press.kit_download (conference_id, sha256, journalist_id, outlet, browser, begun_at, last_at, bytes) values (${id}, 'x', ${journalist}, 'Radar Uji', 'b', ${at}, ${at}, 7)`;
  await sql`insert into mail.letter (kind, ref, once, state, at, due_at, done_at) values ('pers.tautan', ${journalist}, false, 'terkirim', ${at}, ${at}, ${at})`;
  await sql`insert into privacy.retention_class (key, name, basis, months, action, at) select key, name, basis, months, 'musnah', now() from privacy.retention_class where key = any(${[...KEYS]})`;
  const destroy = async () =>
    Object.fromEntries((await destroyDue({ owner: sql, clock: world.clock }, { by: 'Ratna Arsiparis', basis: 'BA 045/1/2037' })).map((d) => [d.key, d.rows]));
  return { world, cast, conference, sql, journalist, destroy };
}

test('after its time nobody who asked or registered can be named, the outlet still counts, and the ledger stays sound', async () => {
  const { world, cast, sql, destroy } = await oneOfEach();
  world.clock.advance(YEARS_MS);
  const bkd = await signIn(world, cast.bkd);
  const due = Object.fromEntries((await bkd.call(getRetention, {})).classes.map((c) => [c.key, c.due]));
  expect(due).toMatchObject({ wartawan: 8, tanya_jawab: 6, akses_pers: 3 });
  const done = await destroy();
  for (const key of KEYS) expect([key, done[key]]).toEqual([key, due[key]]);
  const left = await sql`
    select to_json(j)::text from press.journalist j union all select to_json(r)::text from press.journalist_record r union all select to_json(g)::text from press.registration g
    union all select to_json(d)::text from press.registration_decision d union all select to_json(a)::text from press.accreditation a
    union all select to_json(q)::text from press.question q union all select to_json(e)::text from press.question_event e union all select to_json(f)::text from press.floor_event f
    union all select to_json(k)::text from press.kit_act k union all select to_json(o)::text from press.kit_download o`;
  expect(left).toHaveLength(10);
  for (const gone of ['Sari', '0812', 'UKW-1', 'sari@', 'Op"']) expect(JSON.stringify(left)).not.toContain(gone);
  expect(await sql`select from press.pass, press.pass_browser, press.turn, press.move, press.crew, press.viewer, mail.letter`).toHaveLength(0);
  expect(await sql`select outlet from press.kit_download`).toMatchObject([{ outlet: 'Radar Uji' }]);
  // Nobody is not on the desk's list of journalists.
  expect(await (await signIn(world, cast.operator)).call(getJournalists, { query: {} })).toEqual([]);
  expect((await verifyLedger(sql)).findings).toEqual([]);
});

test('somebody who registers again is kept: the time runs from when a journalist was last there', async () => {
  const { world, sql, journalist, destroy } = await oneOfEach();
  world.clock.advance(YEARS_MS);
  await sql`insert into press.registration (conference_id, journalist_id, at) values (${randomUUID()}, ${journalist}, ${world.clock.now()})`;
  expect((await destroy())['wartawan']).toBe(1); // the address of the interpreter, who was a guest
  expect(await sql`select name, email from press.journalist_record`).toMatchObject([{ name: WORDS, email: 'sari@radar.example' }]);
});

test('a hold on a press conference, named by its page, keeps what belongs to it and who registered for it', async () => {
  const { world, cast, conference, destroy } = await oneOfEach();
  const bkd = await signIn(world, cast.bkd);
  const hold = await bkd.call(postHold, { body: { kind: 'meeting', target: conference.id, reason: 'Sengketa pers', basis: 'Dewan Pers 12/2026' } });
  expect(hold.name).toBe('Penanganan banjir');
  world.clock.advance(YEARS_MS);
  const done = await destroy();
  expect(KEYS.map((key) => done[key])).toEqual([0, 0, 0, 1]);
});

test('the desk hands a journalist everything that is kept of them, and that it did is on record', async () => {
  const { world, cast, journalist, sql } = await oneOfEach();
  const operator = await signIn(world, cast.operator);
  expect(await operator.call(getJournalistData, { params: { id: journalist } })).toMatchObject({
    records: [{ name: WORDS, outlet: 'Radar Uji', cardNumber: 'UKW-1' }],
    registrations: [{ conference: 'Penanganan banjir', questionText: WORDS }],
    decisions: [{ act: 'diterima' }],
    questions: [{ topic: WORDS, state: 'ditunda' }],
    turns: [{ endedHow: 'dilepas' }],
    downloads: [{ bytes: expect.anything() }],
    notices: [{ version: 1 }],
  });
  expect(await sql`select subject from people.access where what = 'wartawan.data'`).toMatchObject([{ subject: journalist }]);
  expect(await refusalIn(operator.call(getJournalistData, { params: { id: randomUUID() } }))).toMatchObject({ code: 'not_found' });
  expect(await refusalIn((await signIn(world, cast.staf)).call(getJournalistData, { params: { id: journalist } }))).toMatchObject({ code: 'role.missing' });
});
