// Which rows belong to which class of retention, how old a row is, and what of it goes. Names and months are data (privacy.retention_class).
// The SQL here is constant text over other modules' tables on purpose: destruction is the one act that reaches into all of them.

/**
 * `t` is the row. `person` and `meeting` answer whether a hold on one of `held` (an SQL array of text) covers the row.
 * `clears`: the columns of a book of the ledger that become null; a row of an ordinary table is deleted.
 */
export type Target = {
  table: string;
  at: string;
  person?: (held: string) => string;
  meeting?: (held: string) => string;
  clears: readonly string[] | null;
};

const ofMember =
  (column: string) =>
  (held: string): string =>
    `substr(${column}, 3) = any(${held})`;
const ofColumn =
  (column: string) =>
  (held: string): string =>
    `${column}::text = any(${held})`;
const ofRoom = (held: string): string => `t.room_id in (select m.room_id from meetings.meeting m where m.id::text = any(${held}))`;
const invitedTo =
  (meeting: string) =>
  (held: string): string =>
    `${meeting} in (select i.meeting_id from meetings.invitation i where i.person_id::text = any(${held}))`;
const ended = '(select coalesce(m.ended_at, m.starts_at) from meetings.meeting m where m.id = t.meeting_id)';

export const classes = {
  fakta_hadir: [
    {
      table: 'rooms.presence',
      at: 't.at',
      person: ofMember('t.member'),
      meeting: ofRoom,
      clears: ['member', 'device', 'sid', 'event_id', 'reason', 'device_at'],
    },
    { table: 'rooms.session', at: 't.closed_at', person: ofMember('t.member'), meeting: ofRoom, clears: null },
  ],
  daftar_final: [
    { table: 'attendance.sheet', at: 't.finalised_at', person: invitedTo('t.meeting_id'), meeting: ofColumn('t.meeting_id'), clears: ['content'] },
  ],
  obrolan: [{ table: 'meetings.chat', at: 't.at', person: ofMember('t.member'), meeting: ofColumn('t.meeting_id'), clears: null }],
  undangan: [{ table: 'meetings.invitation', at: ended, person: ofColumn('t.person_id'), meeting: ofColumn('t.meeting_id'), clears: null }],
  tindakan_rapat: [
    { table: 'meetings.act', at: 't.at', person: ofMember('t.member'), meeting: ofColumn('t.meeting_id'), clears: ['by_id', 'member', 'detail'] },
  ],
  log_akses: [
    {
      table: 'people.access',
      at: 't.at',
      person: (held) => `(t.by_id::text = any(${held}) or t.scope_id::text = any(${held}) or t.persons::text[] && ${held})`,
      meeting: ofColumn('t.scope_id'),
      clears: ['by_id', 'what', 'subject', 'people_count', 'scope_kind', 'scope_id', 'persons'],
    },
  ],
  pemberitahuan: [{ table: 'people.notice_ack', at: 't.at', person: ofMember('t.member'), clears: ['member', 'device', 'language'] }],
  perangkat: [
    { table: 'people.session', at: 't.expires_at', person: ofColumn('t.person_id'), clears: null },
    { table: 'people.known_device', at: 't.seen_at', person: ofColumn('t.person_id'), clears: null },
  ],
  kode_hari: [
    { table: 'roster.day_code', at: "t.date::timestamp at time zone 'UTC'", person: ofColumn('t.person_id'), clears: ['person_id', 'code', 'basis', 'set_by'] },
  ],
  koreksi: [
    {
      table: 'attendance.correction',
      at: 't.requested_at',
      person: ofColumn('t.person_id'),
      meeting: ofColumn('t.meeting_id'),
      clears: ['person_id', 'meeting_id', 'claimed_from', 'claimed_to', 'claimed_mark', 'original', 'reason', 'file_id', 'file_name', 'requested_by'],
    },
    {
      table: 'attendance.correction_decision',
      at: 't.decided_at',
      person: ofColumn('t.person_id'),
      clears: ['person_id', 'outcome', 'accepted_from', 'accepted_to', 'reason', 'decided_by'],
    },
    { table: 'attendance.confirmation', at: 't.at', person: ofColumn('t.person_id'), clears: ['person_id', 'outcome', 'reason', 'by_id'] },
  ],
  ekspor: [
    {
      table: 'attendance.export_row',
      at: '(select b.made_at from attendance.export_batch b where b.id = t.batch_id)',
      person: ofColumn('t.person_id'),
      clears: ['person_id', 'date', 'nip', 'name', 'code', 'note', 'basis', 'confirmed_by', 'confirmed_at'],
    },
    { table: 'attendance.export_act', at: 't.at', clears: ['reason', 'by_id', 'by_name'] },
  ],
  berkas_koreksi: [{ table: 'attendance.correction_file', at: 't.uploaded_at', person: ofColumn('t.uploaded_by'), clears: null }],
} as const satisfies Record<string, readonly Target[]>;

export type ClassKey = keyof typeof classes;
export const isClassKey = (key: string): key is ClassKey => key in classes;
export const targetsOf = (key: ClassKey): readonly Target[] => classes[key];
