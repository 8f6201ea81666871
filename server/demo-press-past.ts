// The press conference of last week: who came, what was asked, who had the floor, what was answered, and what is still owed.
import { createHash, randomUUID } from 'node:crypto';
import type { OutletKind } from '../shared/press-desk.ts';
import type { ConferenceState } from '../shared/press.ts';
import type { App } from './app.ts';
import { ZONE } from './demo-city.ts';
import type { PressSetting } from './demo-press.ts';
import { addDays, dayIn } from './people/days.ts';
import type { Tx } from './platform/database.ts';
import { emailKey, outletKey } from './press/desk/names.ts';
import { fingerprintOf, pressNoticeTexts } from './press/desk/notice-text.ts';
import * as desk from './press/desk/store.ts';
import * as floor from './press/floor/store.ts';
import { slugOf } from './press/slug.ts';
import * as press from './press/store.ts';

type Writer = { outlet: string; kind: OutletKind; name: string; email: string };
export const OUTLETS = [
  { outlet: 'Radar Tirta', kind: 'daring', name: 'Sari Weningsih', email: 'sari@radartirta.example' },
  { outlet: 'Radio Suara Tirta', kind: 'radio', name: 'Dewi Embunpagi', email: 'dewi@suaratirta.example' },
  { outlet: 'Kabar Muara', kind: 'cetak', name: 'Gilang Ombaksenja', email: 'gilang@kabarmuara.example' },
] as const satisfies readonly Writer[];

const TITLE = 'Penanganan banjir di tiga kelurahan';
const WORKED_MS = 48 * 60_000;

type Crew = { id: string; personId: string; name: string; label: string | null };
type Scene = { tx: Tx; id: string; liveAt: Date; at: (clock: string) => Date; by: { id: string; name: string }; speakers: Crew[] };

/** Answers the conference, and when its kit came out. */
export async function addPastConference({ sql, clock, people }: App, setting: PressSetting): Promise<{ id: string; at: Date }> {
  const day = addDays(dayIn(ZONE, clock.now()), -7);
  const at = (time: string, on = day): Date => new Date(`${on}T${time}+07:00`);
  const [startsAt, liveAt, roomId] = [at('10:00:00'), at('10:02:05'), randomUUID()];
  const endedAt = new Date(liveAt.getTime() + WORKED_MS);
  const operator = (await people.persons(sql, [setting.operatorId])).get(setting.operatorId)!;
  const by = { id: operator.id, name: operator.name };
  return sql.begin(async (tx) => {
    const plan = {
      title: TITLE,
      summary: 'Keadaan terakhir banjir di Kelurahan Telagabiru, Muarasari, dan Pasirputih: pengungsi, layanan kesehatan, dan pemulihan.',
      opdId: setting.opdId,
      zone: ZONE,
      place: 'Daring dan Ruang Media Balai Kota',
      startsAt,
      endsAt: at('11:00:00'),
      floorLimit: 1,
      turnSeconds: 120,
      followUpSeconds: 60,
      floorCamera: false,
      viewerLimit: 300,
      registrationUntil: null,
    } as const;
    const announced = at('09:00:00', addDays(day, -2));
    const { id } = (await press.insertConference(tx, slugOf(day, TITLE, 1), plan, by.id, at('08:10:00', addDays(day, -2))))!;
    await tx`insert into rooms.room (id, name, opened_at, closed_at, deleted_at) values (${roomId}, ${`r-peragaan-${roomId}`}, ${at('09:31:00')}, ${endedAt}, ${endedAt})`;
    const crew = await addCrew(tx, { people, setting, id, at: at('09:31:00'), by });
    const went: [ConferenceState, ConferenceState, Date][] = [
      ['draft', 'diumumkan', announced],
      ['diumumkan', 'registrasi', new Date(announced.getTime() + 60_000)],
      ['registrasi', 'ruang_tunggu', at('09:31:00')],
      ['ruang_tunggu', 'tayang', at('10:02:00')],
      ['tayang', 'tanya_jawab', at('10:18:00')],
      ['tanya_jawab', 'selesai', endedAt],
    ];
    for (const [from, to, when] of went) await press.noteAct(tx, id, { by, act: 'keadaan', from, to }, when);
    await press.saveState(tx, { id, state: 'selesai', announcedAt: announced, liveAt, qaAt: at('10:18:00'), endedAt, roomId });
    const journalists = await addJournalists(tx, id, by, announced);
    await addPresence(tx, roomId, journalists, { from: liveAt, to: endedAt });
    const speakers = crew.slice(0, setting.speakers.length);
    await addLog({ tx, id, liveAt, at, by, speakers }, journalists, addDays(dayIn(ZONE, clock.now()), 3));
    return { id, at: at('10:30:00') };
  });
}

type Named = { people: App['people']; setting: PressSetting; id: string; at: Date; by: { id: string } };
async function addCrew(tx: Tx, { people, setting, id, at, by }: Named): Promise<Crew[]> {
  const posts = await people.chainsFor(tx, [...setting.speakers], dayIn(ZONE, at));
  const crew: Crew[] = [];
  for (const positionId of setting.speakers) {
    const post = posts.find((one) => one.positionId === positionId);
    const holder = post?.holders[0];
    if (!post || !holder) continue;
    const row = { id: randomUUID(), personId: holder.personId, name: holder.name, label: post.title };
    await press.insertCrew(tx, { ...guestless(id), ...row, role: 'narasumber', positionId, label: null, name: null }, by.id, at);
    await press.freeze(tx, row.id, { ...row, opdName: post.opdName ?? null }, at);
    crew.push(row);
  }
  for (const [role, personId] of [
    ['moderator', setting.moderatorId],
    ['operator', setting.operatorId],
  ] as const) {
    const person = (await people.persons(tx, [personId])).get(personId)!;
    const row = { id: randomUUID(), personId, name: person.name, label: person.position };
    await press.insertCrew(tx, { ...guestless(id), ...row, role, positionId: null, label: null, name: null }, by.id, at);
    await press.freeze(tx, row.id, { ...row, opdName: person.opd?.name ?? null }, at);
    crew.push(row);
  }
  const signer = {
    name: 'Lintang Sekarjati',
    label: 'Perkumpulan Juru Bahasa Isyarat Tirtamaya',
    guest: true,
    linkHash: createHash('sha256').update(randomUUID()).digest('hex'),
  };
  await press.insertCrew(tx, { ...guestless(id), ...signer, id: randomUUID(), role: 'jbi', positionId: null, personId: null }, by.id, at);
  return crew;
}
const guestless = (conferenceId: string) => ({ conferenceId, guest: false, email: null, linkHash: null });

async function addJournalists(tx: Tx, conferenceId: string, by: { id: string; name: string }, at: Date): Promise<string[]> {
  const ids: string[] = [];
  for (const { outlet, kind, name, email } of OUTLETS) {
    const outletId = await desk.insertOutlet(tx, { name: outlet, kind, at });
    await desk.insertOutletKey(tx, outletKey(outlet), outletId);
    const journalistId = await desk.insertJournalist(tx, { emailKey: emailKey(email), claims: null, at });
    await desk.insertRecord(tx, { journalistId, name, outletId, email, phone: null, card: null, platform: null, byId: null, at });
    await desk.confirm(tx, journalistId, at);
    await desk.insertRegistration(tx, { conferenceId, journalistId, key: null, question: null, byId: null, at });
    const accepted = { act: 'diterima' as const, reason: null, validUntil: null, byId: by.id, byName: by.name, at };
    await desk.insertDecision(tx, { conferenceId, journalistId, ...accepted });
    ids.push(journalistId);
  }
  const texts = pressNoticeTexts({ officer: null });
  const [id, en] = [fingerprintOf(texts.id), fingerprintOf(texts.en)];
  await tx`insert into press.notice (version, texts, sha256_id, sha256_en, since) values (1, ${tx.json(texts)}, ${id}, ${en}, ${at}) on conflict do nothing`;
  await tx`
    insert into press.notice_ack (journalist_id, version, language, text_sha256, at)
    select j, 1, 'id', ${id}, ${at} from unnest(${ids}::uuid[]) j order by 1`;
  return ids;
}

/** Of the journalists only: the days of those who spoke are confirmed already. */
async function addPresence(tx: Tx, roomId: string, journalists: readonly string[], { from, to }: { from: Date; to: Date }): Promise<void> {
  const add = (kind: string, journalist: string | null, at: Date) => tx`
    insert into rooms.presence (room_id, source, kind, sid, member, device, at, reason, received_at)
    values (${roomId}, ${journalist ? 'webhook' : 'supervisor'}, ${kind}, ${journalist && `PA_${journalist.slice(0, 8)}`}, ${journalist && `j_${journalist}`},
      ${journalist && 's0000000000000000'}, ${at}, ${kind === 'left' ? 'CLIENT_INITIATED' : null}, ${at})`;
  for (const [n, journalist] of journalists.entries()) await add('joined', journalist, new Date(from.getTime() + (n + 1) * 40_000));
  for (const [n, journalist] of journalists.entries()) await add('left', journalist, new Date(to.getTime() - (n + 1) * 15_000));
  await add('room_closed', null, to);
}

/** Four questions: by word, in writing the next day, owed, refused. */
async function addLog(scene: Scene, [sari = '', dewi = '', gilang = '']: string[], dueOn: string): Promise<void> {
  const { at, speakers } = scene;
  const [head, health] = [speakers[0]!, speakers[1] ?? speakers[0]!];
  const compensation = await raise(
    scene,
    sari,
    'Ganti rugi rumah rusak',
    'Kapan warga yang rumahnya rusak menerima ganti rugi, dan siapa yang mendatanya?',
    at('10:14:20'),
  );
  await speaks(scene, compensation, sari, '10:21:10', '10:23:02');
  await becomes(scene, compensation, { state: 'dijawab', oral: true, answeredBy: [head.name], answeredAt: at('10:23:02') });
  const medicine = await raise(scene, dewi, 'Persediaan obat di posko', 'Berapa hari persediaan obat di tiap posko?', at('10:16:05'));
  await speaks(scene, medicine, dewi, '10:27:30', '10:28:44');
  await becomes(scene, medicine, {
    state: 'ditunda',
    dueOn: dayIn(ZONE, at('10:28:44')),
    owedCrewId: health.id,
    owedPersonId: health.personId,
    owedName: health.name,
    at: at('10:28:44'),
  });
  await becomes(scene, medicine, {
    state: 'dijawab',
    oral: false,
    answer: 'Untuk tujuh hari di GOR Tirtamaya, lima hari di dua posko lain; ditambah setiap Selasa dan Jumat.',
    answeredBy: [health.name],
    answeredAt: at('15:40:00'),
  });
  const school = await raise(scene, gilang, 'Sekolah yang menjadi posko', 'Kapan SDN 2 Muarasari kembali dipakai belajar?', at('10:18:40'));
  await speaks(scene, school, gilang, '10:33:15', '10:34:50');
  const later = { dueOn, owedCrewId: head.id, owedPersonId: head.personId, owedName: head.name, reason: 'Menunggu keputusan Dinas Pendidikan.' };
  await becomes(scene, school, { state: 'ditunda', ...later, at: at('10:34:50') });
  const permit = await raise(scene, gilang, 'Izin reklame', 'Mengapa izin reklame di Jalan Muara lama terbit?', at('10:36:00'));
  await becomes(scene, permit, { state: 'ditolak', reason: 'Di luar pokok konferensi; tanyakan kepada dinas yang menerbitkan izin.', at: at('10:37:10') });
  await floor.bump(scene.tx, scene.id);
}

type Asked = { id: string; conferenceId: string; journalistId: string; raisedAt: Date };
async function raise({ tx, id: conferenceId, by }: Scene, journalistId: string, topic: string, text: string, raisedAt: Date): Promise<Asked> {
  const id = (await floor.insertQuestion(tx, { conferenceId, journalistId, topic, text, advance: false, key: randomUUID(), askedAt: raisedAt }))!;
  const question = { id, conferenceId, journalistId, raisedAt };
  await floor.insertStatus(tx, question, { ...BARE, state: 'diajukan', raisedAt, at: raisedAt }, { id: null, name: null });
  await floor.insertStatus(tx, question, { ...BARE, state: 'disaring', raisedAt, at: new Date(raisedAt.getTime() + 30_000) }, by);
  return question;
}

const BARE: Omit<floor.Status, 'state' | 'raisedAt' | 'at'> = {
  reason: null,
  dueOn: null,
  owedCrewId: null,
  owedPersonId: null,
  owedName: null,
  oral: null,
  answer: null,
  answeredBy: [],
  answeredAt: null,
  atSecond: null,
};

async function speaks({ tx, id: conferenceId, at, by }: Scene, question: Asked, journalistId: string, from: string, to: string): Promise<void> {
  const [givenAt, endedAt] = [at(from), at(to)];
  const until = new Date(givenAt.getTime() + 120_000);
  await floor.insertStatus(tx, question, { ...BARE, state: 'giliran', raisedAt: question.raisedAt, at: givenAt }, by);
  const turn = { conferenceId, questionId: question.id, journalistId, member: `j_${journalistId}`, slot: 1, givenAt, until, outOfOrder: null };
  const turnId = await floor.insertTurn(tx, turn);
  const note = (kind: 'diberikan' | 'dilepas', when: Date) =>
    floor.noteFloor(tx, conferenceId, { questionId: question.id, turnId, kind, member: turn.member, slot: 1 }, by, when);
  await note('diberikan', givenAt);
  await floor.setApplied(tx, turnId, new Date(givenAt.getTime() + 200));
  await floor.endTurn(tx, turnId, 'dilepas', endedAt);
  await note('dilepas', endedAt);
}

async function becomes({ tx, liveAt, by }: Scene, question: Asked, now: Partial<floor.Status> & Pick<floor.Status, 'state'>): Promise<void> {
  const atSecond = now.oral && now.answeredAt ? Math.floor((now.answeredAt.getTime() - liveAt.getTime()) / 1000) : null;
  const when = now.at ?? now.answeredAt ?? liveAt;
  await floor.insertStatus(tx, question, { ...BARE, raisedAt: question.raisedAt, atSecond, ...now, at: when }, by);
}
