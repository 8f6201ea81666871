// An urgent call of yesterday evening and what came of it, so that a board, a list, a decision and its task can be looked at before the
// first own call. Put in by the modules' stores, because verbs speak of now only; the ledger's own triggers link every row.
import { createHash, randomUUID } from 'node:crypto';
import type { CallFactKind, RungAs } from '../shared/calls.ts';
import type { z } from 'zod';
import type { App } from './app.ts';
import { DEFAULT_LADDERS } from './calls/desk/ladder.ts';
import { insertTabHops, type NewTabHop } from './calls/hops-store.ts';
import * as calls from './calls/store.ts';
import { addNotices } from './demo-history.ts';
import { addDays, dayIn } from './people/days.ts';
import { ZONE } from './demo-city.ts';
import type { Tx } from './platform/database.ts';
import * as proceedings from './proceedings/store.ts';
import * as tasks from './tasks/store.ts';

export type CallSetting = {
  opdId: string;
  headId: string;
  /** Whom the head lets call in their name. */
  mandateId: string;
  /** Posts in the order they are called; the first of each chain, and who stood in. */
  posts: readonly { positionId: string; holderId: string; standIn?: { personId: string; as: RungAs; label: string; why: string } }[];
  /** Who says no; who never answers. */
  declinedId: string;
  silentId: string;
};
type Person = NonNullable<ReturnType<Awaited<ReturnType<App['people']['persons']>>['get']>>;
type Seat = { id: string; no: number; post: CallSetting['posts'][number]; holder: Person };

const SUBJECT = 'Banjir di tiga kelurahan: posko dan evakuasi malam ini';
const DECISION = 'Posko induk dibuka malam ini di GOR Tirtamaya; dapur umum melayani 600 orang mulai pukul 05.00 WIB.';
const BASIS = 'Surat BPBD Kota Tirtamaya 360/112';
const REASON = 'Di lapangan, 10 menit';

export async function addPastCall(app: App, setting: CallSetting): Promise<void> {
  const { sql, clock, people } = app;
  const today = dayIn(ZONE, clock.now());
  const placed = new Date(`${addDays(today, -1)}T19:40:00+07:00`);
  const after = (seconds: number): Date => new Date(placed.getTime() + seconds * 1000);
  const everybody = setting.posts.flatMap((p) => [p.holderId, ...(p.standIn ? [p.standIn.personId] : [])]);
  const persons = await people.persons(sql, [setting.headId, ...everybody]);
  const head = persons.get(setting.headId)!;
  const seats = setting.posts.map((post, n): Seat => ({ id: randomUUID(), no: n + 1, post, holder: persons.get(post.holderId)! }));
  const [meetingId, roomId, callId, decisionId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const came = [
    head,
    ...seats.flatMap((s) => (s.post.standIn ? [persons.get(s.post.standIn.personId)!] : s.holder.id === setting.declinedId ? [] : [s.holder])),
  ];
  const callees = new Map([...seats.map((s) => s.holder), ...came.slice(1)].map((person) => [person.id, { person, id: randomUUID() }]));

  await sql.begin(async (tx) => {
    await addMeeting(tx, { meetingId, roomId, setting, invited: [head, ...[...callees.values()].map((c) => c.person)], from: placed, to: after(22 * 60) });
    // The offices with a history are told there.
    await addNotices(
      tx,
      came.filter((p) => p.opd?.id !== setting.opdId),
      after(-24 * 3600),
    );
    await addPresence(tx, roomId, came, after, 22 * 60);
    await calls.insertCall(
      tx,
      {
        id: callId,
        meetingId,
        opdId: setting.opdId,
        callerId: head.id,
        callerName: head.name,
        callerAs: head.position ?? '',
        subject: SUBJECT,
        sifat: 'sangat_segera',
        ladder: [...DEFAULT_LADDERS.sangat_segera],
        quorum: 3,
        overLimitReason: null,
        placedAt: placed,
        cancelledAt: null,
      },
      { positions: setting.posts.map((p) => p.positionId), units: [], people: [], groups: [], dutyOf: [] },
    );
    await addSeats(tx, callId, seats, persons);
    await calls.insertCallees(
      tx,
      [...callees.values()].map(({ id, person }) => calleeOf({ id, callId, meetingId, person }, setting, { placed, after })),
    );
    await calls.saveCallees(
      tx,
      [...callees.values()].map(({ id, person }) => calleeOf({ id, callId, meetingId, person }, setting, { placed, after })),
    );
    await addRinging(tx, { callId, seats, callees, setting, placed, after });
    await addRecord(tx, { meetingId, decisionId, head, seats, came, after });
    await addTask(tx, { meetingId, decisionId, head, seat: seats[0]!, setting, at: after(14 * 60), today });
    await addDeskThings(tx, setting, placed, today);
  });
}

async function addMeeting(
  tx: Tx,
  {
    meetingId,
    roomId,
    setting,
    invited,
    from,
    to,
  }: { meetingId: string; roomId: string; setting: CallSetting; invited: readonly Person[]; from: Date; to: Date },
): Promise<void> {
  await tx`insert into rooms.room (id, name, opened_at, closed_at, deleted_at) values (${roomId}, ${`r-peragaan-${roomId}`}, ${from}, ${to}, ${to})`;
  await tx`
    insert into meetings.meeting (id, title, sifat, opd_id, chair_id, instant, place, starts_at, ends_at, started_at, ended_at, ended_by, room_id, created_at)
    values (${meetingId}, ${SUBJECT}, 'sangat_segera', ${setting.opdId}, ${setting.headId}, true, 'Daring', ${from}, null, ${from}, ${to}, ${setting.headId}, ${roomId}, ${from})`;
  const standIns = new Map(setting.posts.flatMap((p) => (p.standIn ? [[p.standIn.personId, p.standIn.label] as const] : [])));
  for (const i of invited)
    await tx`
      insert into meetings.invitation (meeting_id, member, person_id, name, nip, position, position_rank, opd_id, opd_name, via, link_hash, invited_at)
      values (${meetingId}, ${`p_${i.id}`}, ${i.id}, ${i.name}, ${i.nip}, ${standIns.get(i.id) ?? i.position}, ${i.rank}, ${i.opd?.id ?? null}, ${i.opd?.name ?? null},
        'Panggilan mendesak', ${createHash('sha256').update(`${meetingId} ${i.id}`).digest('hex')}, ${from})`;
}

async function addPresence(tx: Tx, roomId: string, came: readonly Person[], after: (seconds: number) => Date, end: number): Promise<void> {
  const sid = (person: Person): string => `PA_${createHash('sha256').update(`${roomId} ${person.id}`).digest('hex').slice(0, 12)}`;
  const add = (source: string, kind: string, person: Person | null, at: Date, reason: string | null) => tx`
    insert into rooms.presence (room_id, source, kind, sid, member, device, at, reason, received_at)
    values (${roomId}, ${source}, ${kind}, ${person && sid(person)}, ${person && `p_${person.id}`}, ${person && 's0000000000000000'}, ${at}, ${reason}, ${at})`;
  for (const [n, person] of came.entries()) await add('webhook', 'joined', person, after(arrival(n, came.length)), null);
  for (const [n, person] of came.entries()) await add('webhook', 'left', person, after(end - 30 + n), 'CLIENT_INITIATED');
  await add('supervisor', 'room_closed', null, after(end), null);
}
/** The head at once, the others within half a minute, who stood in after the ladder reached them. */
const arrival = (n: number, of: number): number => (n === of - 1 ? 145 : n * 9);

async function addSeats(tx: Tx, callId: string, seats: readonly Seat[], persons: ReadonlyMap<string, Person>): Promise<void> {
  const rows = seats.map(({ id, no, post, holder }) => {
    const stand = post.standIn && persons.get(post.standIn.personId);
    return {
      id,
      no,
      positionId: post.positionId,
      title: holder.position ?? '',
      unitId: holder.unit?.id ?? null,
      unitName: holder.unit?.name ?? '',
      opdName: holder.opd?.name ?? null,
      chain: [
        { personId: holder.id, name: holder.name, label: holder.position ?? '', as: 'definitif' as const, why: 'Pejabat definitif' },
        ...(stand && post.standIn ? [{ personId: stand.id, name: stand.name, label: post.standIn.label, as: post.standIn.as, why: post.standIn.why }] : []),
      ],
    };
  });
  await calls.insertSeats(tx, callId, rows);
}

function calleeOf(
  { id, callId, meetingId, person }: { id: string; callId: string; meetingId: string; person: Person },
  setting: CallSetting,
  { placed, after }: { placed: Date; after: (seconds: number) => Date },
): Parameters<typeof calls.insertCallees>[1][number] {
  const standsIn = setting.posts.some((p) => p.standIn?.personId === person.id);
  const began = standsIn ? 120 : 0;
  const silent = person.id === setting.silentId;
  const declined = person.id === setting.declinedId;
  return {
    id,
    callId,
    meetingId,
    personId: person.id,
    name: person.name,
    state: silent ? 'berakhir' : declined ? 'menolak' : 'bergabung',
    rungAt: silent ? after(45) : after(began),
    rounds: silent ? 3 : 1,
    sentAt: standsIn ? after(began) : placed,
    deliveredAt: silent ? null : after(began + 1),
    ringingAt: silent ? null : after(began + 1),
    answeredAt: silent ? null : after(began + (declined ? 40 : 8)),
    reachedBy: silent ? null : 'tab',
    reason: declined ? REASON : null,
    eta: null,
    joinedAt: silent || declined ? null : after(standsIn ? 145 : 9),
    seenAt: null,
  };
}

type Ringing = {
  callId: string;
  seats: readonly Seat[];
  callees: ReadonlyMap<string, { person: Person; id: string }>;
  setting: CallSetting;
  placed: Date;
  after: (seconds: number) => Date;
};
async function addRinging(tx: Tx, { callId, seats, callees, setting, placed, after }: Ringing): Promise<void> {
  const idOf = (personId: string): string => callees.get(personId)!.id;
  await calls.insertRung(
    tx,
    seats.flatMap(({ id: seatId, post, holder }) => [
      { seatId, n: 0, calleeId: idOf(holder.id), as: 'definitif' as const, label: holder.position ?? '', why: 'Pejabat definitif', at: placed },
      ...(post.standIn
        ? [{ seatId, n: 1, calleeId: idOf(post.standIn.personId), as: post.standIn.as, label: post.standIn.label, why: post.standIn.why, at: after(120) }]
        : []),
    ]),
  );
  const rings = [...callees.values()].flatMap(({ id, person }): NewTabHop[] =>
    person.id === setting.silentId
      ? [0, 20, 45].map((second, n) => ({ calleeId: id, round: n + 1, state: 'gagal', detail: 'tidak ada tab terbuka', at: after(second) }))
      : [{ calleeId: id, round: 1, state: 'dikirim', detail: null, at: placed }],
  );
  await insertTabHops(tx, rings);
  await tx`update calls.hop set state = 'berdering', delivered_at = at, ringing_at = at where state = 'dikirim' and callee_id = any(${[...callees.values()].map((c) => c.id)}::uuid[])`;
  type Kind = z.infer<typeof CallFactKind>;
  const fact = (kind: Kind, at: Date, personId: string | null = null, detail: string | null = null) => ({
    callId,
    calleeId: personId && idOf(personId),
    at,
    byId: kind === 'dipanggil' ? setting.headId : personId,
    kind,
    detail,
  });
  const answered = [...callees.values()].filter(({ person }) => person.id !== setting.silentId && person.id !== setting.declinedId);
  const standIns = new Set(setting.posts.flatMap((p) => p.standIn?.personId ?? []));
  await calls.insertFacts(
    tx,
    [
      fact('dipanggil', placed),
      ...seats.map(({ holder }) => fact('dering', placed, holder.id)),
      fact('dering_ulang', after(20), setting.silentId),
      fact('menolak', after(40), setting.declinedId, REASON),
      fact('dering_ulang', after(45), setting.silentId),
      ...[...standIns].map((id) => fact('pengganti', after(120), id)),
      ...answered.flatMap(({ person }) => {
        const began = standIns.has(person.id) ? 128 : 8;
        return [fact('gabung', after(began), person.id), fact('bergabung', after(began + (standIns.has(person.id) ? 17 : 1)), person.id)];
      }),
    ].toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  );
}

type Recorded = { meetingId: string; decisionId: string; head: Person; seats: readonly Seat[]; came: readonly Person[]; after: (seconds: number) => Date };
async function addRecord(tx: Tx, { meetingId, decisionId, head, seats, came, after }: Recorded): Promise<void> {
  const by = { byId: head.id, byName: head.name };
  await proceedings.addAgenda(tx, meetingId, {
    version: 1,
    items: [{ id: randomUUID(), text: SUBJECT, taskId: null, minutes: null }],
    byId: null,
    byName: null,
    at: after(0),
  });
  const units = [...new Set(seats.filter((s) => s.post.standIn || came.includes(s.holder)).map((s) => s.holder.unit?.name ?? ''))];
  await proceedings.addQuorum(tx, meetingId, {
    kind: 'tercapai',
    present: 3,
    needed: 3,
    units: units.slice(0, 3),
    reason: null,
    byId: null,
    byName: null,
    at: after(27),
  });
  const responsible = seats[0]!;
  const draft = {
    decisionId,
    version: 1,
    no: null,
    text: DECISION,
    basis: BASIS,
    positionId: responsible.post.positionId,
    positionTitle: responsible.holder.position,
    dueOn: dayIn(ZONE, after(24 * 3600)),
    holderId: null,
    holderName: null,
    holderLabel: null,
    silent: null,
    present: null,
    needed: null,
    underQuorumReason: null,
    strategic: false,
    strategicReason: null,
    decidedAs: null,
    reason: null,
    ...by,
  };
  await proceedings.addStep(tx, meetingId, { ...draft, state: 'rancangan', at: after(11 * 60) });
  await proceedings.addStep(tx, meetingId, { ...draft, state: 'dibacakan', at: after(13 * 60) });
  for (const [n, person] of came.slice(1).entries())
    await proceedings.addVoice(tx, meetingId, {
      decisionId,
      version: 1,
      member: `p_${person.id}`,
      personId: person.id,
      name: person.name,
      label: person.position,
      badge: null,
      answer: 'setuju',
      words: null,
      at: after(13 * 60 + 6 + n * 3),
    });
  await proceedings.addStep(tx, meetingId, {
    ...draft,
    state: 'ditetapkan',
    no: 1,
    holderId: responsible.holder.id,
    holderName: responsible.holder.name,
    holderLabel: responsible.holder.position,
    silent: [],
    present: units.length,
    needed: 3,
    decidedAs: head.position,
    at: after(14 * 60),
  });
}

type Given = { meetingId: string; decisionId: string; head: Person; seat: Seat; setting: CallSetting; at: Date; today: string };
async function addTask(tx: Tx, { meetingId, decisionId, head, seat, setting, at, today }: Given): Promise<void> {
  const taskId = await tasks.insertTask(tx, {
    decisionId,
    decisionNo: 1,
    meetingId,
    meetingTitle: SUBJECT,
    opdId: setting.opdId,
    zone: ZONE,
    chairId: head.id,
    positionId: seat.post.positionId,
    positionTitle: seat.holder.position ?? '',
    positionOpdId: setting.opdId,
    holderId: seat.holder.id,
    text: DECISION,
    basis: BASIS,
    dueOn: today,
    madeAt: at,
  });
  if (taskId !== null) await tasks.insertStep(tx, { taskId, state: 'terbuka', note: null, byId: null, byName: null, at });
}

/** A mandate and a saved group, as a head would have them. */
async function addDeskThings(tx: Tx, { opdId, headId, mandateId, posts }: CallSetting, at: Date, today: string): Promise<void> {
  await tx`
    insert into calls.mandate (opd_id, giver_id, holder_id, held, basis, given_at)
    values (${opdId}, ${headId}, ${mandateId}, daterange(${addDays(today, -20)}::date, ${addDays(today, 160)}::date), ${`Surat Tugas 094/401/${today.slice(0, 4)}`}, ${at})`;
  const choice = { positions: posts.map((p) => p.positionId), units: [], people: [] };
  await tx`insert into calls.saved_group (owner_id, name, choice, saved_at) values (${headId}, 'Tim tanggap banjir', ${tx.json(choice)}, ${at})`;
}
