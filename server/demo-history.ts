// Last month and this month of two offices, so that recap, confirmation and export have something to show. Put in by SQL, because
// verbs speak of now only; the ledger's own triggers link every row. Exports are made by their verbs.
import { createHash, randomUUID } from 'node:crypto';
import type { DayCode } from '../shared/roster.ts';
import type { App } from './app.ts';
import { ZONE } from './demo-city.ts';
import { addDays, dayIn } from './people/days.ts';
import { fingerprintOf, noticeTexts } from './people/notice-text.ts';
import type { Tx } from './platform/database.ts';
import type { SignedIn } from './platform/serve.ts';

/** `turn`: where in the rota the office begins, so that two offices differ. */
export type Chapter = { turn: number; opdId: string; headId: string; adminId: string | null; objectorId: string | null };
type Person = Awaited<ReturnType<App['people']['staffOf']>>[number];

const MINUTE = 60_000;
const TITLES = [
  'Rapat koordinasi mingguan',
  'Evaluasi penyaluran bantuan',
  'Pemutakhiran data terpadu',
  'Pembahasan rencana kerja',
  'Koordinasi layanan kelurahan',
  'Tindak lanjut pengaduan warga',
];
const at = (day: string, time: string): Date => new Date(`${day}T${time}:00+07:00`);
const isWorkday = (day: string): boolean => ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());

/** Workdays from the first of last month up to yesterday. */
function workdays(today: string): string[] {
  const first = `${addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7)}-01`;
  const days: string[] = [];
  for (let day = first; day < today; day = addDays(day, 1)) if (isWorkday(day)) days.push(day);
  return days;
}

export async function fillHistory(app: App, chapters: readonly Chapter[]): Promise<void> {
  const { sql, clock, people } = app;
  const today = dayIn(ZONE, clock.now());
  const days = workdays(today);
  // An outage on the third Tuesday or so of last month, in working hours.
  const away = { from: at(days[11]!, '09:10'), to: at(days[11]!, '09:36') };
  for (const chapter of chapters) {
    const staff = await people.staffOf(sql, chapter.opdId);
    await sql.begin(async (tx) => {
      await addNotices(tx, staff, at(addDays(days[0]!, -1), '10:00'));
      await addCodes(tx, staff, days, chapter.turn);
      await addMeetings(tx, chapter, { staff, days, away });
      if (chapter.objectorId) await addObjection(tx, chapter, chapter.objectorId, days);
    });
  }
  await sql`insert into platform.outage (what, from_at, to_at, noted_at) values ('portal', ${away.from}, ${away.to}, ${away.to})`;
  const lastMonth = days[0]!.slice(0, 7);
  for (const chapter of chapters) await confirmMonth(app, chapter, lastMonth, today);
  for (const chapter of chapters) if (chapter.adminId) await exportMonth(app, chapter, chapter.adminId, lastMonth);
}

/** A rota of five days; a leave and an official journey in between. */
function codeOf(person: number, day: number, turn: number): DayCode {
  if (person === 6 - turn && day >= 8 && day <= 10) return 'CUTI';
  if (person === 3 + turn && day === 14) return 'DL';
  if (person === 0) return 'WFO';
  return (['WFO', 'WFH', 'WFO', 'WFH', 'PIKET'] as const)[(person + day + turn) % 5]!;
}

/** They were told on paper before the first of these days: version 0, so that the portal's own notice is still to be read. */
export async function addNotices(tx: Tx, staff: readonly Pick<Person, 'id'>[], when: Date): Promise<void> {
  const texts = noticeTexts({ months: 24, officer: 'Surat edaran tentang pencatatan kehadiran rapat daring' });
  await tx`
    insert into people.notice (version, texts, sha256_id, sha256_en, since)
    values (0, ${tx.json(texts)}, ${fingerprintOf(texts.id)}, ${fingerprintOf(texts.en)}, ${when}) on conflict do nothing`;
  await tx`
    insert into people.notice_ack (member, version, language, text_sha256, at)
    select 'p_' || id, 0, 'id', ${fingerprintOf(texts.id)}, ${when} from unnest(${staff.map((p) => p.id)}::uuid[]) id order by 1`;
}

async function addCodes(tx: Tx, staff: readonly Person[], days: readonly string[], turn: number): Promise<void> {
  const rows = staff.flatMap((person, p) => days.map((date, d) => ({ id: person.id, date, code: codeOf(p, d, turn) })));
  const basisOf = (code: DayCode, date: string): string =>
    code === 'CUTI'
      ? `Surat Izin Cuti 851/071/${date.slice(0, 4)}`
      : code === 'DL'
        ? `Surat Tugas 094/312/${date.slice(0, 4)}`
        : `SE 800/417/BKPSDM/${date.slice(0, 4)}`;
  await tx`
    insert into roster.day_code (person_id, date, code, basis, set_at)
    select * from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.date)}::date[], ${rows.map((r) => r.code)}::text[],
      ${rows.map((r) => basisOf(r.code, r.date))}::text[], ${rows.map((r) => at(addDays(r.date, -2), '15:00').toISOString())}::timestamptz[])`;
}

type Setting = { staff: readonly Person[]; days: readonly string[]; away: { from: Date; to: Date } };
type Fact = { room: string; kind: string; sid: string | null; member: string | null; at: Date; reason: string | null };

/** A meeting on most days. Who is at home takes part, except now and then; nobody from the office is late but one. */
async function addMeetings(tx: Tx, { opdId, headId, turn }: Chapter, { staff, days, away }: Setting): Promise<void> {
  const facts: Fact[] = [];
  for (const [d, day] of days.entries()) {
    if ((d + turn) % 7 === 5) continue;
    const [meeting, room] = [randomUUID(), randomUUID()];
    const start = at(day, d % 2 === 0 ? '09:00' : '13:30');
    const end = new Date(start.getTime() + (45 + ((d + turn) % 4) * 15) * MINUTE);
    const invited = staff.filter((_, p) => p === 0 || codeOf(p, d, turn) === 'WFH' || (p + d) % 3 === 0);
    await tx`insert into rooms.room (id, name, opened_at, closed_at, deleted_at) values (${room}, ${`r-peragaan-${room}`}, ${start}, ${end}, ${end})`;
    await tx`
      insert into meetings.meeting (id, title, sifat, opd_id, chair_id, instant, place, starts_at, ends_at, started_at, ended_at, ended_by, room_id, created_at)
      values (${meeting}, ${TITLES[d % TITLES.length]!}, 'biasa', ${opdId}, ${headId}, false, 'Daring', ${start}, ${end}, ${start}, ${end}, ${headId}, ${room}, ${at(addDays(day, -1), '10:00')})`;
    await tx`
      insert into meetings.invitation (meeting_id, member, person_id, name, nip, position, position_rank, opd_id, opd_name, via, link_hash, invited_at)
      select ${meeting}, 'p_' || n.id, n.id, n.name, n.nip, n.position, n.rank, ${opdId}, ${staff[0]?.opd?.name ?? ''}, 'Nama', n.hash, ${at(addDays(day, -1), '10:00')}
      from unnest(${invited.map((i) => i.id)}::uuid[], ${invited.map((i) => i.name)}::text[], ${invited.map((i) => i.nip)}::text[], ${invited.map((i) => i.position)}::text[],
        ${invited.map((i) => i.rank)}::int[], ${invited.map((i) => createHash('sha256').update(`${meeting} ${i.id}`).digest('hex'))}::text[]) as n (id, name, nip, position, rank, hash)`;
    for (const [i, person] of invited.entries()) {
      // Not seen by anybody: now and then, and who would have come during the outage.
      if ((i + d + turn) % 9 === 4 || (start < away.to && end > away.from && i % 3 === 1)) continue;
      const sid = `PA_${createHash('sha256').update(`${room} ${person.id}`).digest('hex').slice(0, 12)}`;
      const late = (i + d) % 11 === 6 ? 22 : 0;
      const lost = (i + d) % 8 === 3;
      facts.push({ room, kind: 'joined', sid, member: `p_${person.id}`, at: new Date(start.getTime() + late * MINUTE + i * 17_000), reason: null });
      facts.push({
        room,
        kind: 'left',
        sid,
        member: `p_${person.id}`,
        at: new Date(end.getTime() - i * 23_000),
        reason: lost ? 'CONNECTION_TIMEOUT' : 'CLIENT_INITIATED',
      });
    }
    facts.push({ room, kind: 'room_closed', sid: null, member: null, at: end, reason: null });
  }
  await tx`
    insert into rooms.presence (room_id, source, kind, sid, member, device, at, reason, received_at)
    select f.room, case f.kind when 'room_closed' then 'supervisor' else 'webhook' end, f.kind, f.sid, f.member, case when f.member is null then null else 's' || repeat('0', 16) end, f.at, f.reason, f.at
    from unnest(${facts.map((f) => f.room)}::uuid[], ${facts.map((f) => f.kind)}::text[], ${facts.map((f) => f.sid)}::text[], ${facts.map((f) => f.member)}::text[],
      ${facts.map((f) => f.at.toISOString())}::timestamptz[], ${facts.map((f) => f.reason)}::text[]) as f (room, kind, sid, member, at, reason) order by f.at`;
}

/** The newest day at home without evidence, as the person sees it. */
async function addObjection(tx: Tx, { opdId }: Chapter, personId: string, days: readonly string[]): Promise<void> {
  const [row] = await tx<{ date: string }[]>`
    select c.date from roster.day_code c where c.person_id = ${personId} and c.code = 'WFH' and c.date = any(${[...days]}::date[])
      and not exists (select from rooms.presence p where p.member = ${`p_${personId}`} and (p.at at time zone ${ZONE})::date = c.date)
    order by c.date desc limit 1`;
  if (!row) return;
  const original = { of: 'day' as const, code: 'WFH', mark: 'belum_ada_bukti', evidence: [] };
  await tx`
    insert into attendance.correction (person_id, opd_id, date, claimed_mark, original, reason, requested_by, requested_at)
    values (${personId}, ${opdId}, ${row.date}, 'hadir_wfh', ${tx.json(original)}, 'Mengikuti koordinasi lewat telepon seharian; listrik di rumah padam, kepala bidang mengetahui.',
      ${personId}, ${at(addDays(row.date, 1), '08:15')})`;
}

/** What needs no second look was confirmed by the head on the first days of this month. */
async function confirmMonth({ sql, attendance, people, clock }: App, { opdId, headId }: Chapter, month: string, today: string): Promise<void> {
  const staff = (await people.staffOf(sql, opdId)).filter((s) => s.id !== headId);
  const read = await attendance.readings.of(sql, staff, ZONE, `${month}-01`, addDays(`${today.slice(0, 7)}-01`, -1));
  const sure = [...read.values()]
    .flat()
    .filter((d) => d.code !== null && !d.objected && d.confidence !== 'perkiraan' && d.mark !== 'belum_ada_bukti' && d.mark !== 'gangguan_sistem');
  const confirmedAt = new Date(Math.min(at(`${today.slice(0, 7)}-01`, '09:20').getTime(), clock.now().getTime()));
  await sql`
    insert into attendance.confirmation (person_id, opd_id, date, outcome, fingerprint, by_id, at)
    select n.id, ${opdId}, n.date, 'sesuai', n.fingerprint, ${headId}, ${confirmedAt}
    from unnest(${sure.map((d) => d.personId)}::uuid[], ${sure.map((d) => d.date)}::date[], ${sure.map((d) => d.fingerprint)}::text[]) as n (id, date, fingerprint) order by n.id, n.date`;
}

async function exportMonth({ attendance, people, sql }: App, { opdId }: Chapter, adminId: string, month: string): Promise<void> {
  const admin = (await people.persons(sql, [adminId])).get(adminId)!;
  const by: SignedIn = { id: adminId, name: admin.name, sessionId: '', roles: ['staf', 'admin_opd'], opdId, managesOpds: [opdId] };
  const { exports } = attendance;
  const { batchId } = await exports.make(by, opdId, month);
  await exports.markSent(by, batchId);
  const row = (await exports.rows(by, batchId)).rows.find((r) => r.code === 'PIKET');
  if (row) await exports.rejectOne(by, batchId, { rowId: row.id, reason: 'Jadwal piket belum diunggah ke SIHadir' });
}
