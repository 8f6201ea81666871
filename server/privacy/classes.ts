// Which rows belong to which class of retention, how old a row is, and what of it goes. Names and months are data (privacy.retention_class).
// The SQL here is constant text over other modules' tables on purpose: destruction is the one act that reaches into all of them.

/**
 * `t` is the row. `person` and `meeting` answer whether a hold on one of `held` (an SQL array of text) covers the row.
 * `clears`: the columns of a book of the ledger that become null; a row of an ordinary table is deleted, or, where others still need that it was,
 * `blanks`: its columns that become null.
 */
export type Target = {
  table: string;
  at: string;
  person?: (held: string) => string;
  meeting?: (held: string) => string;
  clears: readonly string[] | null;
  blanks?: readonly string[];
};

const ofMember =
  (column: string) =>
  (held: string): string =>
    `substr(${column}, 3) = any(${held})`;
const ofColumn =
  (column: string) =>
  (held: string): string =>
    `${column}::text = any(${held})`;
const ofRoom = (held: string): string =>
  `t.room_id in (select m.room_id from meetings.meeting m where m.id::text = any(${held}) union select c.room_id from press.conference c where c.id::text = any(${held}))`;
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
const pollAsked = '(select p.at from room_record.poll p where p.id = t.poll_id)';
const draftBorn = '(select coalesce(d.saved_at, d.born_at) from minutes.draft d where d.meeting_id = t.meeting_id)';
const ofTask = (held: string): string =>
  `t.task_id in (select k.id from tasks.task k where k.holder_id::text = any(${held}) or k.chair_id::text = any(${held}))`;
const taskOfMeeting = (held: string): string => `t.task_id in (select k.id from tasks.task k where k.meeting_id::text = any(${held}))`;
const ended = '(select coalesce(m.ended_at, m.starts_at) from meetings.meeting m where m.id = t.meeting_id)';
/** What belongs to a press conference is held with it, and for everybody of its crew. A hold on a conference is one on a meeting. */
const ofConference = {
  person: (held: string): string => `t.conference_id in (select w.conference_id from press.crew w where w.person_id::text = any(${held}))`,
  meeting: ofColumn('t.conference_id'),
};
/** Of a meeting or a conference, held with it and for everybody of it. */
const ofCaptioned = {
  person: (held: string): string =>
    `t.subject_id in (select i.meeting_id from meetings.invitation i where i.person_id::text = any(${held}) union select w.conference_id from press.crew w where w.person_id::text = any(${held}))`,
  meeting: ofColumn('t.subject_id'),
};
const asked = 't.question_id in (select q.id from press.question q where q.conference_id';
const ofQuestion = {
  person: (held: string): string => `${asked} in (select w.conference_id from press.crew w where w.person_id::text = any(${held})))`,
  meeting: (held: string): string => `${asked}::text = any(${held}))`,
};
const over = '(select coalesce(c.ended_at, c.cancelled_at, c.starts_at) from press.conference c where c.id = t.conference_id)';
/** A journalist is somebody as long as they come: the time runs from the last registration, change or day of accreditation. */
const lastSeen = (journalist: string): string => `(
  select greatest(j.registered_at, (select max(r.at) from press.registration r where r.journalist_id = j.id), (select max(n.at) from press.journalist_record n where n.journalist_id = j.id),
    (select max(a.valid_until) from press.accreditation a where a.journalist_id = j.id)::timestamp at time zone 'UTC')
  from press.journalist j where j.id = ${journalist})`;
const registeredAt = (journalist: string) => ({
  meeting: (held: string): string => `${journalist} in (select r.journalist_id from press.registration r where r.conference_id::text = any(${held}))`,
});

/** Factors stay as long as the account signs in. */
const disabled = '(select p.disabled_at from people.person p where p.id = t.person_id)';

/** When the letter was issued whose printed paper this file is. */
const letterOfFile = `(
  select l.issued_at from undangan.letter l join undangan.file f on f.letter_id = l.id where f.file_id = t.id
  union all select l.issued_at from assignments.letter l join assignments.file f on f.letter_id = l.id where f.file_id = t.id)`;
/** What was asked for a meeting is held with it, and for who asked and who was sent. `request`: the id of the row's request. */
const ofFacilities = (request: string) => ({
  person: (held: string): string =>
    `${request} in (select q.id from facilities.request q where q.asked_by::text = any(${held}) union select i.request_id from facilities.item i where i.operator_id::text = any(${held}))`,
  meeting: (held: string): string => `${request} in (select q.id from facilities.request q where coalesce(q.meeting_id, q.conference_id)::text = any(${held}))`,
});

/** A plan names everybody of an OPD: what is held for one of them is held whole. `plan`: the id of the row's plan. */
const inPlan = (plan: string) => ({
  person: (held: string): string => `${plan} in (select c.plan_id from rota.cell c where c.person_id::text = any(${held}))`,
});
const swapOf = (held: string): string => `t.swap_id in (select w.id from rota.swap w where w.asker_id::text = any(${held}) or w.other_id::text = any(${held}))`;
/** A month is old when its last day is. */
const monthOf = (plan: string): string =>
  `(select (p.month || '-01')::timestamp at time zone 'UTC' + interval '1 month' from rota.plan p where p.id = ${plan})`;

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
  // With a message goes its file (a trigger of its table).
  obrolan: [
    { table: 'room_record.upload', at: 't.touched_at', person: ofMember('t.member'), meeting: ofColumn('t.meeting_id'), clears: null },
    { table: 'room_record.chat', at: 't.at', person: ofMember('t.member'), meeting: ofColumn('t.meeting_id'), clears: null },
  ],
  undangan: [
    { table: 'readiness.checked', at: 't.at', person: ofMember('t.member'), meeting: ofColumn('t.meeting_id'), clears: null },
    { table: 'invitations.link_ask', at: 't.at', person: ofMember('t.member'), meeting: ofColumn('t.meeting_id'), clears: null },
    { table: 'invitations.reminder', at: 't.at', ...ofMeeting, clears: null },
    { table: 'invitations.news', at: 't.at', ...ofMeeting, clears: null },
    { table: 'planning.request', at: ended, person: ofColumn('t.by_id'), meeting: ofColumn('t.meeting_id'), clears: null },
    {
      table: 'planning.series',
      at: 't.made_at',
      person: ofColumn('t.made_by'),
      meeting: (held) => `t.id in (select m.series_id from meetings.meeting m where m.id::text = any(${held}))`,
      clears: null,
    },
    { table: 'meetings.invitation', at: ended, person: ofColumn('t.person_id'), meeting: ofColumn('t.meeting_id'), clears: null },
  ],
  ruang_tunggu: [
    { table: 'lobby.knock', at: 't.since', person: ofColumn('t.person_id'), meeting: ofColumn('t.meeting_id'), clears: null },
    { table: 'lobby.act', at: 't.at', person: invitedTo('t.meeting_id'), meeting: ofColumn('t.meeting_id'), clears: ['name', 'unit', 'detail', 'by_id'] },
  ],
  tindakan_rapat: [
    {
      table: 'invitations.answer',
      at: 't.at',
      person: ofMember('t.member'),
      meeting: ofColumn('t.meeting_id'),
      clears: ['member', 'answer', 'reason', 'way', 'by_id', 'by_name'],
    },
    {
      table: 'invitations.disposisi',
      at: 't.at',
      ...ofMeeting,
      clears: ['number', 'instruction', 'from_member', 'from_name', 'from_position', 'to_member', 'to_name', 'to_position', 'by_id'],
    },
    { table: 'invitations.disposisi_end', at: 't.at', ...ofMeeting, clears: ['kind', 'reason', 'by_id', 'by_name'] },
    { table: 'meetings.change', at: 't.at', person: invitedTo('t.meeting_id'), meeting: ofColumn('t.meeting_id'), clears: ['by_id', 'before', 'reason'] },
    { table: 'meetings.act', at: 't.at', person: ofMember('t.member'), meeting: ofColumn('t.meeting_id'), clears: ['by_id', 'member', 'detail'] },
    { table: 'meetings.role', at: ended, person: ofMember('t.member'), meeting: ofColumn('t.meeting_id'), clears: null },
    { table: 'moderation.turn', at: 't.given_at', person: ofMember('t.member'), meeting: ofColumn('t.meeting_id'), clears: null },
    { table: 'moderation.setting', at: ended, person: invitedTo('t.meeting_id'), meeting: ofColumn('t.meeting_id'), clears: null },
  ],
  log_akses: [
    {
      table: 'people.access',
      at: 't.at',
      person: (held) => `(t.by_id::text = any(${held}) or t.scope_id::text = any(${held}) or t.persons::text[] && ${held})`,
      meeting: ofColumn('t.scope_id'),
      clears: ['by_id', 'what', 'subject', 'people_count', 'scope_kind', 'scope_id', 'persons'],
    },
    { table: 'people.sign_in', at: 't.at', person: ofColumn('t.person_id'), clears: null },
  ],
  pemberitahuan: [
    { table: 'people.notice_ack', at: 't.at', person: ofMember('t.member'), clears: ['member', 'device', 'language'] },
    { table: 'press.notice_ack', at: lastSeen('t.journalist_id'), ...registeredAt('t.journalist_id'), clears: ['device', 'language'] },
  ],
  perangkat: [
    { table: 'people.session', at: 't.expires_at', person: ofColumn('t.person_id'), clears: null },
    { table: 'people.known_device', at: 't.seen_at', person: ofColumn('t.person_id'), clears: null },
    { table: 'people.half_session', at: 't.expires_at', person: ofColumn('t.person_id'), clears: null },
    { table: 'people.challenge', at: 't.expires_at', person: ofColumn('t.person_id'), clears: null },
    { table: 'people.recovery_code', at: 't.used_at', person: ofColumn('t.person_id'), clears: null },
    { table: 'people.totp', at: disabled, person: ofColumn('t.person_id'), clears: null },
    { table: 'people.passkey', at: disabled, person: ofColumn('t.person_id'), clears: null },
    { table: 'people.identity', at: disabled, person: ofColumn('t.person_id'), clears: null },
    { table: 'people.oidc_try', at: 't.expires_at', clears: null },
    { table: 'people.factor_told', at: disabled, person: ofColumn('t.person_id'), clears: null },
    { table: 'calls.device', at: 't.seen_at', person: ofColumn('t.person_id'), clears: null },
    { table: 'calls.trial', at: 't.at', person: ofColumn('t.person_id'), clears: null },
    { table: 'calendar.feed', at: 'coalesce(t.read_at, t.made_at)', person: ofColumn('t.person_id'), clears: null },
  ],
  kode_hari: [
    { table: 'roster.day_code', at: "t.date::timestamp at time zone 'UTC'", person: ofColumn('t.person_id'), clears: ['person_id', 'code', 'basis', 'set_by'] },
  ],
  // Whoever is held in a plan keeps it whole, so cells go last of what they hold.
  jadwal: [
    { table: 'rota.publication', at: monthOf('t.plan_id'), ...inPlan('t.plan_id'), clears: ['content', 'why', 'by_id', 'by_name'] },
    { table: 'rota.override', at: monthOf('t.plan_id'), ...inPlan('t.plan_id'), clears: ['words', 'reason', 'by_id', 'by_name'] },
    { table: 'rota.step', at: monthOf('t.plan_id'), ...inPlan('t.plan_id'), clears: ['words', 'by_id', 'by_name'] },
    { table: 'rota.swap_step', at: 't.at', person: swapOf, clears: ['words', 'by_id', 'by_name'] },
    {
      table: 'rota.absence_revoked',
      at: 't.at',
      person: (held) => `t.absence_id in (select a.id from rota.absence a where a.person_id::text = any(${held}))`,
      clears: null,
    },
    {
      table: 'rota.absence',
      at: "upper(t.held)::timestamp at time zone 'UTC'",
      person: ofColumn('t.person_id'),
      clears: null,
    },
    { table: 'rota.swap', at: 't.asked_at', person: (held) => `(t.asker_id::text = any(${held}) or t.other_id::text = any(${held}))`, clears: null },
    { table: 'rota.generation', at: monthOf('t.plan_id'), ...inPlan('t.plan_id'), clears: null },
    { table: 'rota.cell', at: monthOf('t.plan_id'), ...inPlan('t.plan_id'), clears: null },
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
  log_mesin: [
    {
      table: 'attendance.touches',
      at: 't.last_at',
      person: (held) => `t.pins && array(
        select n.pin from attendance.machine_pin n where n.opd_id = t.opd_id and n.person_id::text = any(${held})
        union select p.nip from people.person p where p.id::text = any(${held}))`,
      clears: ['pins'],
    },
    { table: 'attendance.machine_withdrawal', at: 't.at', clears: ['reason', 'by_id', 'by_name'] },
    { table: 'attendance.machine_import', at: 't.at', clears: ['file_name', 'by_id', 'by_name'] },
    { table: 'attendance.machine_format', at: 't.at', clears: ['by_id', 'by_name'] },
    { table: 'attendance.machine_pin', at: 't.at', person: ofColumn('t.person_id'), clears: ['pin', 'person_id', 'by_id', 'by_name'] },
    { table: 'attendance.machine_decision', at: 't.at', person: ofColumn('t.person_id'), clears: ['person_id', 'facts', 'code', 'note', 'by_id', 'by_name'] },
    { table: 'attendance.reckoning', at: 't.at', clears: ['reason', 'by_id', 'by_name'] },
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
    { table: 'captions.line', at: `case when t.kind = 'rapat' then t.at end`, ...ofCaptioned, clears: null },
    { table: 'captions.captioner', at: `case when t.kind = 'rapat' then t.at end`, ...ofCaptioned, clears: null },
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
    { table: 'proceedings.agenda_step', at: 't.at', ...ofMeeting, clears: ['item_id', 'by_id', 'by_name'] },
    { table: 'room_record.sealed', at: pollAsked, ...ofMeeting, clears: null },
    { table: 'room_record.poll_step', at: 't.at', ...ofMeeting, clears: ['result', 'by_id', 'by_name'] },
    { table: 'room_record.vote', at: 't.at', ...ofMeeting, clears: ['seat', 'seat_name', 'unit_name', 'member', 'name'] },
    { table: 'room_record.voter', at: 't.at', ...ofMeeting, clears: ['seat_name', 'unit_name', 'member', 'name'] },
    { table: 'room_record.poll', at: 't.at', ...ofMeeting, clears: ['question', 'choices', 'by_id', 'by_name'] },
    { table: 'room_record.showing', at: 't.at', ...ofMeeting, clears: null },
    { table: 'room_record.presenter', at: 't.at', ...ofMeeting, clears: null },
    { table: 'room_record.material', at: 't.at', ...ofMeeting, clears: null },
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
  // Who somebody was goes; that a question came from an outlet stays.
  wartawan: [
    { table: 'press.pass_browser', at: lastSeen('t.journalist_id'), ...registeredAt('t.journalist_id'), clears: null },
    { table: 'press.pass', at: lastSeen('t.journalist_id'), ...registeredAt('t.journalist_id'), clears: null },
    {
      table: 'press.registration',
      at: lastSeen('t.journalist_id'),
      meeting: ofColumn('t.conference_id'),
      clears: null,
      blanks: ['question_topic', 'question_text'],
    },
    { table: 'press.registration_decision', at: lastSeen('t.journalist_id'), meeting: ofColumn('t.conference_id'), clears: ['reason', 'by_id', 'by_name'] },
    { table: 'press.accreditation', at: lastSeen('t.journalist_id'), ...registeredAt('t.journalist_id'), clears: ['reason', 'by_id', 'by_name'] },
    {
      table: 'press.journalist_record',
      at: lastSeen('t.journalist_id'),
      ...registeredAt('t.journalist_id'),
      clears: null,
      blanks: ['name', 'email', 'phone', 'card_kind', 'card_number', 'platform', 'by_id'],
    },
    { table: 'press.journalist', at: lastSeen('t.id'), ...registeredAt('t.id'), clears: null, blanks: ['email_key'] },
    { table: 'press.crew', at: over, ...ofConference, clears: null, blanks: ['email', 'link_browser'] },
  ],
  tanya_jawab: [
    { table: 'press.owed_reminder', at: 't.at', ...ofQuestion, clears: null },
    { table: 'press.move', at: over, ...ofConference, clears: null },
    { table: 'press.turn', at: over, ...ofConference, clears: null },
    { table: 'press.floor_event', at: over, ...ofConference, clears: ['member', 'reason', 'by_id', 'by_name'] },
    {
      table: 'press.question_event',
      at: over,
      ...ofConference,
      clears: ['reason', 'owed_crew_id', 'owed_person_id', 'owed_name', 'answer', 'answered_by', 'by_id', 'by_name'],
    },
    { table: 'press.question', at: over, ...ofConference, clears: ['topic', 'text'] },
  ],
  konferensi_pers: [
    { table: 'captions.line', at: `case when t.kind = 'pers' then t.at end`, ...ofCaptioned, clears: null },
    { table: 'captions.captioner', at: `case when t.kind = 'pers' then t.at end`, ...ofCaptioned, clears: null },
    { table: 'captions.publication', at: 't.at', ...ofCaptioned, clears: null },
    { table: 'press.act', at: over, ...ofConference, clears: ['by_id', 'by_name', 'subject', 'detail'] },
    { table: 'press.kit_act', at: over, ...ofConference, clears: ['by_id', 'by_name', 'title', 'file_name'] },
    { table: 'press.checked', at: over, ...ofConference, clears: null },
    { table: 'press.waiver', at: over, ...ofConference, clears: null },
    { table: 'press.crew', at: over, ...ofConference, clears: null },
  ],
  // Downloads stay counted by outlet.
  akses_pers: [
    { table: 'press.viewer', at: 't.ticket_at', meeting: ofColumn('t.conference_id'), clears: null },
    { table: 'press.kit_download', at: 't.last_at', meeting: ofColumn('t.conference_id'), clears: null, blanks: ['journalist_id', 'browser'] },
    { table: 'mail.letter', at: 't.done_at', clears: null },
  ],
  // Deliveries go with their notice.
  kabar: [
    { table: 'notifications.notice', at: 't.at', person: ofColumn('t.person_id'), clears: null },
    { table: 'notifications.choice', at: 't.at', person: ofColumn('t.person_id'), clears: null },
    { table: 'notifications.reminder', at: 't.at', person: ofMember('t.member'), meeting: ofColumn('t.event_id'), clears: null },
  ],
  surat_keluar: [
    {
      table: 'files.file',
      at: letterOfFile,
      meeting: (held) => `t.id in (select f.file_id from undangan.file f join undangan.letter l on l.id = f.letter_id where l.meeting_id::text = any(${held}))`,
      person: (held) =>
        `t.id in (select f.file_id from assignments.file f join assignments.letter l on l.id = f.letter_id where ${inPlan('l.plan_id').person(held)})`,
      clears: null,
    },
    {
      table: 'assignments.file',
      at: '(select l.issued_at from assignments.letter l where l.id = t.letter_id)',
      person: (held) => `t.letter_id in (select l.id from assignments.letter l where ${inPlan('l.plan_id').person(held)})`,
      clears: null,
    },
    { table: 'assignments.letter', at: 't.issued_at', ...inPlan('t.plan_id'), clears: ['content', 'issued_by'] },
    { table: 'assignments.draft', at: 't.saved_at', person: ofColumn('t.saved_by'), clears: null },
    { table: 'undangan.file', at: '(select l.issued_at from undangan.letter l where l.id = t.letter_id)', clears: null },
    { table: 'undangan.withdrawal', at: 't.at', ...ofMeeting, clears: ['reason', 'by_id'] },
    { table: 'undangan.letter', at: 't.issued_at', ...ofMeeting, clears: ['content', 'issued_by'] },
    { table: 'undangan.draft', at: 't.saved_at', ...ofMeeting, clears: null },
    { table: 'letters.classification_change', at: 't.at', person: ofColumn('t.by_id'), clears: null, blanks: ['by_id'] },
    { table: 'letters.voided', at: 't.at', clears: ['reason', 'by_id'] },
    { table: 'letters.number', at: 't.at', clears: ['subject', 'by_id'] },
  ],
  fasilitas: [
    { table: 'facilities.act', at: 't.at', ...ofFacilities('t.request_id'), clears: ['detail', 'by_id'] },
    { table: 'facilities.item', at: 'upper(t.during)', ...ofFacilities('t.request_id'), clears: null },
    { table: 'facilities.request', at: 't.ends_at', ...ofFacilities('t.id'), clears: null },
    // Interpreters have names; while one is lent out, and while a request names it, it stays.
    {
      table: 'facilities.thing',
      at: '(select t.retired_at where not exists (select from facilities.item i where i.thing_id = t.id))',
      clears: null,
    },
  ],
  kebijakan: [
    { table: 'policies.ending', at: 't.at', clears: ['by_id', 'by_name'] },
    { table: 'policies.version', at: 't.at', clears: ['by_id', 'by_name'] },
  ],
  jam_kerja: [
    { table: 'hours.withdrawal', at: 't.at', clears: ['by_id', 'by_name'] },
    { table: 'hours.own_day', at: 't.at', clears: ['by_id', 'by_name'] },
    { table: 'hours.schedule', at: 't.at', clears: ['by_id', 'by_name'] },
    { table: 'hours.must_record', at: 't.at', clears: ['by_id', 'by_name'] },
  ],
  kelompok_fungsi: [{ table: 'policies.membership', at: "upper(t.held)::timestamp at time zone 'UTC'", person: ofColumn('t.person_id'), clears: null }],
  tanda_kesehatan: [{ table: 'policies.health_flag', at: 't.at', person: ofColumn('t.person_id'), clears: null }],
  berkas_koreksi: [{ table: 'attendance.correction_file', at: 't.uploaded_at', person: ofColumn('t.uploaded_by'), clears: null }],
} as const satisfies Record<string, readonly Target[]>;

export type ClassKey = keyof typeof classes;
export const isClassKey = (key: string): key is ClassKey => key in classes;
export const targetsOf = (key: ClassKey): readonly Target[] => classes[key];
