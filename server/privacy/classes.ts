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
/** Calls are held whole: who was in one is what the others were asked beside. `call`: the id of the row's call. */
const placed = (call: string): string => `(select c.placed_at from calls.call c where c.id = ${call})`;
const inCall = (call: string) => ({
  person: (held: string): string =>
    `${call} in (select e.call_id from calls.callee e where e.person_id::text = any(${held}) union select c.id from calls.call c where c.caller_id::text = any(${held}))`,
  meeting: (held: string): string => `${call} in (select c.id from calls.call c where c.meeting_id::text = any(${held}))`,
});
const callOfCallee = '(select e.call_id from calls.callee e where e.id = t.callee_id)';
const callOfSeat = '(select s.call_id from calls.seat s where s.id = t.seat_id)';
/** What belongs to a meeting is held for everybody who was invited to it. */
const ofMeeting = { person: invitedTo('t.meeting_id'), meeting: ofColumn('t.meeting_id') };
const draftBorn = '(select coalesce(d.saved_at, d.born_at) from minutes.draft d where d.meeting_id = t.meeting_id)';
const ofTask = (held: string): string =>
  `t.task_id in (select k.id from tasks.task k where k.holder_id::text = any(${held}) or k.chair_id::text = any(${held}))`;
const taskOfMeeting = (held: string): string => `t.task_id in (select k.id from tasks.task k where k.meeting_id::text = any(${held}))`;
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
    { table: 'calls.device', at: 't.seen_at', person: ofColumn('t.person_id'), clears: null },
    { table: 'calls.trial', at: 't.at', person: ofColumn('t.person_id'), clears: null },
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
  // Who refers to a row goes before it.
  panggilan: [
    { table: 'calls.fact', at: 't.at', ...inCall('t.call_id'), clears: ['callee_id', 'seat_id', 'by_id', 'channel', 'detail'] },
    { table: 'calls.hop', at: placed(callOfCallee), ...inCall(callOfCallee), clears: null },
    { table: 'calls.rung', at: placed(callOfSeat), ...inCall(callOfSeat), clears: null },
    { table: 'calls.step', at: placed('t.call_id'), ...inCall('t.call_id'), clears: null },
    { table: 'calls.callee', at: placed('t.call_id'), ...inCall('t.call_id'), clears: null },
    { table: 'calls.seat', at: placed('t.call_id'), ...inCall('t.call_id'), clears: null },
    { table: 'calls.call', at: 't.placed_at', ...inCall('t.id'), clears: null },
  ],
  atur_panggilan: [
    {
      table: 'calls.mandate',
      at: "coalesce(t.revoked_at, upper(t.held)::timestamp at time zone 'UTC')",
      person: (held) => `(t.giver_id::text = any(${held}) or t.holder_id::text = any(${held}))`,
      clears: null,
    },
    { table: 'calls.saved_group', at: 't.removed_at', person: ofColumn('t.owner_id'), clears: null },
    { table: 'calls.gateway_change', at: 't.at', person: ofColumn('t.by_id'), clears: null },
  ],
  risalah: [
    { table: 'proceedings.agenda', at: 't.at', ...ofMeeting, clears: ['items', 'by_id', 'by_name'] },
    { table: 'proceedings.notulis', at: 't.at', ...ofMeeting, clears: ['person_id', 'by_id'] },
    { table: 'proceedings.quorum', at: 't.at', ...ofMeeting, clears: ['units', 'reason', 'by_id', 'by_name'] },
    {
      table: 'proceedings.decision',
      at: 't.at',
      ...ofMeeting,
      clears: [
        'text',
        'basis',
        'position_id',
        'position_title',
        'due_on',
        'holder_id',
        'holder_name',
        'holder_label',
        'silent',
        'under_quorum_reason',
        'strategic_reason',
        'decided_as',
        'reason',
        'by_id',
        'by_name',
      ],
    },
    { table: 'proceedings.voice', at: 't.at', ...ofMeeting, clears: ['member', 'person_id', 'name', 'label', 'badge', 'words'] },
    { table: 'proceedings.roll_call', at: 't.at', ...ofMeeting, clears: ['member', 'person_id', 'name', 'label', 'unit_name', 'by_id', 'by_name'] },
  ],
  notulen: [
    { table: 'minutes.act', at: 't.at', ...ofMeeting, clears: ['by_id', 'detail'] },
    { table: 'minutes.proposal', at: 't.at', ...ofMeeting, clears: ['old_text', 'new_text', 'reason', 'by_id', 'by_name', 'by_position'] },
    { table: 'minutes.ruling', at: 't.at', ...ofMeeting, clears: ['reason', 'by_id', 'by_name'] },
    { table: 'minutes.final', at: 't.approved_at', ...ofMeeting, clears: ['content', 'approved_by'] },
    { table: 'minutes.writer', at: draftBorn, ...ofMeeting, clears: null },
    { table: 'minutes.draft', at: 'coalesce(t.saved_at, t.born_at)', ...ofMeeting, clears: null },
  ],
  tugas: [
    { table: 'tasks.step', at: 't.at', person: ofTask, meeting: taskOfMeeting, clears: ['note', 'by_id', 'by_name'] },
    {
      table: 'tasks.reminder',
      at: '(select k.made_at from tasks.task k where k.id = t.task_id)',
      person: ofTask,
      meeting: taskOfMeeting,
      clears: null,
    },
    {
      table: 'tasks.task',
      at: 't.made_at',
      person: (held) => `(t.holder_id::text = any(${held}) or t.chair_id::text = any(${held}))`,
      meeting: ofColumn('t.meeting_id'),
      clears: null,
    },
  ],
  berkas_koreksi: [{ table: 'attendance.correction_file', at: 't.uploaded_at', person: ofColumn('t.uploaded_by'), clears: null }],
} as const satisfies Record<string, readonly Target[]>;

export type ClassKey = keyof typeof classes;
export const isClassKey = (key: string): key is ClassKey => key in classes;
export const targetsOf = (key: ClassKey): readonly Target[] => classes[key];
