// A month of a whole region, put there by set-based SQL as its owner: people, codes, meetings, and presence with a right chain.
import type { Sql } from '../../server/platform/database.ts';
import { asIntruder } from './database.ts';

/** `meetings` of 39 people each: 80 rows of presence a meeting. The weekdays of November 2026. */
export type Size = { people: number; meetings: number; opds: number };
export const MONTH = '2026-11';
export const ROWS_PER_MEETING = 80;

export async function fillMonth(owner: Sql, { people, meetings, opds }: Size): Promise<void> {
  await asIntruder(owner, async (tx) => {
    await tx`set local statement_timeout = 0`;
    await tx`insert into people.region (one, name) values (true, 'Pemerintah Kota Ukur')`;
    await tx`
      insert into people.opd (id, top_id, name, abbreviation, kind, zone, sort)
      select id, id, 'Dinas Ukur ' || n, 'Ukur' || n, 'opd', 'Asia/Jakarta', n from (select gen_random_uuid() as id, n from generate_series(1, ${opds}::int) n) o`;
    await tx`create temporary table who on commit drop as
      select gen_random_uuid() as id, n, (select id from people.opd where sort = 1 + (n - 1) * ${opds}::int / ${people}::int) as opd_id from generate_series(1, ${people}::int) n`;
    await tx`create unique index on who (n)`;
    await tx`analyze who`;
    await tx`
      insert into people.person (id, name, nip, opd_id)
      select id, 'Pegawai Ukur ' || n, '19800101200501' || '1' || lpad((n % 1000)::text, 3, '0'), opd_id from who where n <= 1000
      union all select id, 'Pegawai Ukur ' || n, null, opd_id from who where n > 1000`;
    await tx`
      insert into roster.day_code (person_id, date, code, basis, set_at, stream, seq, digest, hash)
      select w.id, d::date, (array['WFO', 'WFH', 'WFO', 'WFH', 'PIKET'])[1 + (w.n + extract(day from d)::int) % 5], 'SE 800/417/BKPSDM/2026', d,
        'codes:' || w.id, extract(day from d)::int, sha256(''), sha256('')
      from who w, generate_series('2026-11-01'::date, '2026-11-30', '1 day') d where extract(isodow from d) < 6`;
    await tx`create temporary table held on commit drop as
      select gen_random_uuid() as id, gen_random_uuid() as room_id, m.n, (select opd_id from who where who.n = 1 + (m.n * 39) % ${people}::int) as opd_id,
        '2026-11-02'::timestamptz + make_interval(days => (m.n % 4) * 7 + m.n % 5, mins => 90 + 20 * (m.n % 17)) as at from generate_series(1, ${meetings}::int) m(n)`;
    await tx`insert into rooms.room (id, name, opened_at, closed_at, deleted_at) select room_id, 'r-ukur-' || n, at, at + interval '1 hour', at + interval '1 hour' from held`;
    await tx`
      insert into meetings.meeting (id, title, sifat, opd_id, chair_id, instant, starts_at, started_at, ended_at, room_id, created_at)
      select id, 'Rapat ukur ' || n, 'biasa', opd_id, (select id from who limit 1), false, at, at, at + interval '1 hour', room_id, at - interval '1 day' from held`;
    // Neighbours in an OPD meet; everybody is in as many meetings as anybody else.
    await tx`create temporary table seat on commit drop as
      select h.*, s, w.id as person_id from held h cross join generate_series(0, 38) s join who w on w.n = 1 + (h.n * 39 + s) % ${people}::int`;
    await tx`
      insert into meetings.invitation (meeting_id, member, person_id, name, via, link_hash, invited_at)
      select id, 'p_' || person_id, person_id, '', 'Nama', id || ' ' || s, at - interval '1 day' from seat`;
    await tx`create function pg_temp.link(before bytea, stream text, seq bigint, digest bytea) returns bytea immutable language sql as
      $$ select sha256(before || convert_to(stream || ' ' || seq, 'UTF8') || digest) $$`;
    await tx.unsafe(`create aggregate pg_temp.chain(text, bigint, bytea) (sfunc = pg_temp.link, stype = bytea, initcond = '\\x${'00'.repeat(32)}')`);
    await tx`create temporary table said on commit drop as
      select row_number() over (order by at, room_id, sid) as id, * from (
        select room_id, 'webhook' as source, 'joined' as kind, 'EVj ' || id || s as event_id, 'PA_' || substr(md5(id::text || s), 1, 12) as sid, 'p_' || person_id as member,
          's0123456789abcdef' as device, at + make_interval(secs => (s * 37) % 1200) as at, null as reason from seat
        union all
        select room_id, 'webhook', 'left', 'EVl ' || id || s, 'PA_' || substr(md5(id::text || s), 1, 12), 'p_' || person_id,
          's0123456789abcdef', at + interval '1 hour' - make_interval(secs => (s * 53) % 900), case when s % 9 = 0 then 'CONNECTION_TIMEOUT' else 'CLIENT_INITIATED' end from seat
        union all select room_id, 'supervisor', 'room_closed', null, null, null, null, at + interval '1 hour', null from held
        union all select room_id, 'webhook', 'room_closed', 'EVr ' || id, null, null, null, at + interval '1 hour', null from held
      ) f`;
    await tx`create temporary table linked on commit drop as
      select f.*, sha256(convert_to(ledger.content(jsonb_build_object('id', id, 'room_id', room_id, 'source', source, 'kind', kind, 'event_id', event_id, 'sid', sid, 'member', member,
        'device', device, 'at', at, 'reason', reason, 'received_at', at)), 'UTF8')) as digest, 'presence:' || room_id as stream, row_number() over (partition by room_id order by id) as seq from said f`;
    await tx`
      insert into rooms.presence (id, room_id, source, kind, event_id, sid, member, device, at, reason, received_at, stream, seq, digest, hash) overriding system value
      select id, room_id, source, kind, event_id, sid, member, device, at, reason, at, stream, seq, digest, pg_temp.chain(stream, seq, digest) over (partition by stream order by seq)
      from linked order by id`;
    await tx`insert into ledger.head (stream, seq, hash) select distinct on (stream) stream, seq, hash from rooms.presence order by stream, seq desc`;
  });
  await owner`vacuum analyze`;
}

/** More staff of one OPD, with a code for each weekday of the month. */
export async function fillStaff(owner: Sql, opdId: string, count: number): Promise<void> {
  await asIntruder(owner, async (tx) => {
    await tx`
      with who as (insert into people.person (name, opd_id) select 'Pegawai Ukur ' || n, ${opdId} from generate_series(1, ${count}::int) n returning id)
      insert into roster.day_code (person_id, date, code, basis, set_at, stream, seq, digest, hash)
      select w.id, d::date, 'WFH', 'SE 800/417/BKPSDM/2026', d, 'codes:' || w.id, extract(day from d)::int, sha256(''), sha256('')
      from who w, generate_series('2026-11-01'::date, '2026-11-30', '1 day') d where extract(isodow from d) < 6`;
  });
}
