// What one person answered, said, voted and was told around meetings, for that person alone. Of a secret vote only that it was given.
import type { z } from 'zod';
import type { OwnSaid } from '../../shared/privacy.ts';
import type { Tx } from '../platform/database.ts';

type Row = { at: Date; kind: OwnSaid['kind']; meeting: string | null; id: string; en: string | null; detail: string | null };

/** English of what the portal itself keeps in a code; everything else was written by people. */
const ENGLISH: Record<string, string> = {
  hadir: 'coming',
  tidak: 'not coming',
  diwakili: 'represented',
  belum: 'answer taken back',
  menunggu: 'waiting',
  masuk: 'admitted',
  ditolak: 'denied',
  diblokir: 'blocked',
  pergi: 'went away',
  '(dihapus)': '(taken back)',
  '(rahasia)': '(secret)',
};

export async function ownSaid(tx: Tx, personId: string, { from, to }: { from: Date; to: Date }): Promise<z.input<typeof OwnSaid>[]> {
  const member = `p_${personId}`;
  const title = tx`(select m.title from meetings.meeting m where m.id = t.meeting_id)`;
  const rows = await tx<Row[]>`
    select * from (
      select t.at, 'jawaban' as kind, ${title} as meeting, t.answer as id, null as en, concat_ws(' · ', t.reason, t.by_name) as detail
      from invitations.answer t where t.member = ${member}
      union all
      select t.at, 'disposisi', ${title}, t.number, null,
        concat_ws(' · ', concat(t.from_name, ' → ', t.to_name), t.instruction, (select concat_ws(': ', e.kind, e.reason) from invitations.disposisi_end e where e.disposisi_id = t.id))
      from invitations.disposisi t where t.from_member = ${member} or t.to_member = ${member}
      union all
      select t.at, 'obrolan', ${title}, case when t.deleted_at is null then t.text else '(dihapus)' end, null, (select f.name from files.file f where f.id = t.file_id)
      from room_record.chat t where t.member = ${member}
      union all
      select t.at, 'takarir', coalesce((select m.title from meetings.meeting m where m.id = t.subject_id), (select c.title from press.conference c where c.id = t.subject_id)),
        case when t.text = '' then '(dihapus)' else t.text end, null, concat_ws(' · ', t.speaker_name, t.source)
      from captions.line t where t.by_member = ${member} or t.speaker_member = ${member}
      union all
      select t.at, 'suara', ${title}, coalesce(p.question, ''), null,
        (select string_agg(c->>'text', ', ' order by (c->>'id')::int) from jsonb_array_elements(coalesce(p.choices, '[]')) c where t.choices @> jsonb_build_array(c->'id'))
      from room_record.vote t join room_record.poll p on p.id = t.poll_id where t.member = ${member}
      union all
      select t.at, 'suara', ${title}, coalesce(p.question, ''), null, '(rahasia)'
      from room_record.voter t join room_record.poll p on p.id = t.poll_id where t.member = ${member}
      union all
      select t.at, 'materi', ${title}, t.title, null, null from room_record.material t where t.member = ${member}
      union all
      select t.since, 'ruang_tunggu', ${title}, t.state, null, t.message from lobby.knock t where t.person_id = ${personId}
      union all
      select t.at, 'tindakan', ${title}, t.act, null, t.detail from meetings.act t where t.member = ${member}
      union all
      select t.asked_at, 'permintaan', null, t.title, null, t.note from facilities.request t where t.asked_by = ${personId}
      union all
      select t.at, 'pemberitahuan', null, concat_ws(': ', t.words->'id'->>'title', t.words->'id'->>'text'), concat_ws(': ', t.words->'en'->>'title', t.words->'en'->>'text'),
        (select string_agg(d.channel || ' ' || d.state, ', ' order by d.channel) from notifications.delivery d where d.notice_id = t.id)
      from notifications.notice t where t.person_id = ${personId}
    ) said where at >= ${from} and at < ${to} order by at desc limit 5000`;
  return rows.map(({ at, kind, meeting, id, en, detail }) => ({
    at: at.toISOString(),
    kind,
    meeting,
    words: { id, en: en ?? ENGLISH[id] ?? id },
    detail: detail === '' ? null : detail,
  }));
}
