// Invitations by mail, read from a real mail server and taken over by a real calendar parser.
import ICAL from 'ical.js';
import { afterEach, expect, test } from 'vitest';
import { postDisposisi, deleteDisposisi, getAnswerBoard, postReminders } from '../../shared/invitations.ts';
import { postInvitations, postMeetingNow } from '../../shared/meetings.ts';
import { postCancellation, postConflicts, postMeeting, postPlanInvitations, putPlan } from '../../shared/planning.ts';
import { getNotices, getNoticeChoice, putNoticeChoice } from '../../shared/notifications.ts';
import { postLetter } from '../../shared/undangan.ts';
import { castWorld, refusalIn, signIn, type Cast } from '../support/cast.ts';
import { plannedMeeting } from '../support/invited.ts';
import { openMailbox, type Arrived, type Mailbox } from '../support/mailbox.ts';
import { textOfPdf } from '../support/pdf.ts';
import { makeWorld, type World } from '../support/world.ts';

const worlds: World[] = [];
const boxes: Mailbox[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
  await Promise.all(boxes.splice(0).map((box) => box.close()));
});

const ORIGIN = 'https://rapat.uji.example';
const GUEST = { name: 'Ibu Tamu', institution: 'Yayasan Peduli', email: 'tamu@luar.example' };
async function office() {
  const box = await openMailbox();
  boxes.push(box);
  const { world, cast } = await castWorld({ mail: box.settings, origin: ORIGIN });
  worlds.push(world);
  const arrives = async (count: number): Promise<void> => {
    for (let n = 0; n < 5 && box.arrived.length < count; n += 1) await world.app.jobs.runDue();
    expect(box.arrived).toHaveLength(count);
  };
  return { world, cast, box, arrives };
}
const as = (cast: Cast) => ({ id: cast.kepala.id, name: cast.kepala.name, sessionId: '', roles: [], opdId: null, managesOpds: [] });
const change = (world: World, cast: Cast, id: string, what: object, reason: string | null = null) =>
  world.app.sql.begin(async (tx) => world.app.meetings.change(tx, as(cast), id, what, { reason }));

/** As a calendar program reads a letter: what is asked, and each event. */
function eventIn(letter: Arrived) {
  const part = letter.attachments.find((a) => a.contentType === 'text/calendar')!;
  const calendar = new ICAL.Component(ICAL.parse(part.content.toString()) as never);
  const events = calendar.getAllSubcomponents('vevent').map((c) => new ICAL.Event(c));
  return { method: String(calendar.getFirstPropertyValue('method')), calendar, events, one: events[0]! };
}
/** What a calendar program keeps after these letters, in the order of their arrival (RFC 5546, 2.1.5). */
function calendarAfter(letters: readonly Arrived[]) {
  const kept = new Map<string, { sequence: number; start: string; summary: string }>();
  for (const letter of letters) {
    const { method, one } = eventIn(letter);
    const before = kept.get(one.uid);
    if (before && one.sequence <= before.sequence) throw new Error(`${one.uid} came again with SEQUENCE ${one.sequence}`);
    if (method === 'CANCEL') kept.delete(one.uid);
    else kept.set(one.uid, { sequence: one.sequence, start: one.startDate.toJSDate().toISOString(), summary: one.summary });
  }
  return [...kept.values()];
}

test('an invitation, its change and its cancelling are one event to a calendar', async () => {
  const { world, cast, box, arrives } = await office();
  const id = await plannedMeeting(world, cast, { positions: [cast.kepalaDinkes.positionId!], guests: [GUEST] });
  await arrives(3);
  const [invitation] = box.of(cast.kepalaDinkes.email);
  expect(invitation!.subject).toBe('Undangan rapat: Koordinasi bantuan sosial, Selasa, 24 November 2026, 09.00 WIB');
  expect(invitation!.text).toContain('Pukul: 09.00–11.00 WIB');
  expect(invitation!.text).toContain('Diundang sebagai: Kepala Dinas Kesehatan');
  expect(invitation!.text).toMatch(/https:\/\/rapat\.uji\.example\/u#[\w-]{28}/);
  const { method, one, calendar } = eventIn(invitation!);
  expect([method, one.uid, one.sequence]).toEqual(['REQUEST', `${id}@rapat.uji.example`, 0]);
  const attendee = one.component.getFirstProperty('attendee')!;
  expect([attendee.getFirstValue(), attendee.getParameter('partstat'), one.component.getAllProperties('attendee').length]).toEqual([
    `MAILTO:${cast.kepalaDinkes.email}`,
    'NEEDS-ACTION',
    1,
  ]);
  expect(one.organizer).toMatch(/mailto:pers@uji\.example/i);
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0');

  await change(world, cast, id, { startsAt: new Date('2026-11-24T06:30:00Z'), endsAt: new Date('2026-11-24T08:00:00Z') }, 'Menunggu data kecamatan');
  await arrives(6);
  const moved = box.of(GUEST.email)[1]!;
  expect(moved.text).toContain('Pukul: semula 09.00 WIB, menjadi 13.30 WIB');
  expect(moved.text).toContain('Alasan: Menunggu data kecamatan');
  expect(calendarAfter(box.of(GUEST.email))).toEqual([{ sequence: 1, start: '2026-11-24T06:30:00.000Z', summary: 'Koordinasi bantuan sosial' }]);

  await world.app.sql.begin(async (tx) => world.app.meetings.cancel(tx, as(cast), id, 'Ditunda gubernur'));
  await arrives(9);
  const cancelled = box.of(GUEST.email)[2]!;
  expect(cancelled.subject).toContain('Rapat dibatalkan: Koordinasi bantuan sosial');
  expect(cancelled.text).toContain('Alasan: Ditunda gubernur');
  expect(eventIn(cancelled).one.component.getFirstPropertyValue('status')).toBe('CANCELLED');
  for (const address of [GUEST.email, cast.kepalaDinkes.email, cast.kepala.email]) {
    expect(box.of(address).map((letter) => eventIn(letter).method)).toEqual(['REQUEST', 'REQUEST', 'CANCEL']);
    expect(calendarAfter(box.of(address))).toEqual([]);
  }
});

test('who is invited later gets a letter, and the others none again; a guest without an address gets none', async () => {
  const { world, cast, box, arrives } = await office();
  const id = await plannedMeeting(world, cast, { people: [cast.kabid.id] });
  await arrives(2);
  const chair = await signIn(world, cast.kepala);
  const nobody = { people: [], positions: [], units: [] };
  await chair.call(postInvitations, { params: { id }, body: { ...nobody, guests: [GUEST, { name: 'Pak Lain', institution: 'Umum' }] } });
  await arrives(3);
  expect(box.arrived[2]!.envelope.to).toEqual([GUEST.email]);
  const board = await chair.call(getAnswerBoard, { params: { id } });
  expect(Object.fromEntries(board.rows.map((r) => [r.name, r.mail]))).toMatchObject({ [GUEST.name]: 'terkirim', 'Pak Lain': 'tidak_perlu' });
});

test('a meeting that starts at once mails nobody', async () => {
  const { world, cast } = await office();
  const chair = await signIn(world, cast.kepala);
  await chair.call(postMeetingNow, {
    body: { title: 'Mendadak', sifat: 'segera', invite: { people: [cast.kabid.id], positions: [], units: [], guests: [GUEST] } },
  });
  expect(await world.sql`select kind from mail.letter where kind like 'undangan%'`).toHaveLength(0);
});

test('one letter for each person and change, also when the portal dies between and another one goes on', async () => {
  const { world, cast, box } = await office();
  await plannedMeeting(world, cast, { people: [cast.kabid.id, cast.staf.id], guests: [GUEST] });
  worlds.splice(worlds.indexOf(world), 1);
  const next = await makeWorld({ template: await world.freeze(), mail: box.settings, origin: ORIGIN });
  worlds.push(next);
  await next.app.mail.tend();
  for (let n = 0; n < 5; n += 1) await next.app.jobs.runDue();
  expect(box.arrived.map((a) => a.envelope.to[0]).toSorted()).toEqual([cast.kabid.email, cast.kepala.email, cast.staf.email, GUEST.email].toSorted());
});

test('who is sent by disposisi is invited by a letter that says so; withdrawn, it goes out of the calendar', async () => {
  const { world, cast, box, arrives } = await office();
  const id = await plannedMeeting(world, cast, { positions: [cast.kepalaDinkes.positionId!] });
  const wahyu = await signIn(world, cast.kepalaDinkes);
  const { given } = await wahyu.call(postDisposisi, { params: { id }, body: { to: cast.stafDinkes.id, instruction: 'Bawa data stunting' } });
  await arrives(3);
  const [letter] = box.of(cast.stafDinkes.email);
  expect(letter!.text).toContain(`Anda diminta mewakili Kepala Dinas Kesehatan (disposisi no ${given!.number})`);
  expect(letter!.text).toContain('Instruksi: Bawa data stunting');
  await wahyu.call(deleteDisposisi, { params: { id, disposisi: given!.id } });
  await arrives(4);
  expect(box.of(cast.stafDinkes.email).map((l) => eventIn(l).method)).toEqual(['REQUEST', 'CANCEL']);
  expect(calendarAfter(box.of(cast.stafDinkes.email))).toEqual([]);
});

test('guests who have not answered are reminded by mail', async () => {
  const { world, cast, box, arrives } = await office();
  const id = await plannedMeeting(world, cast, { guests: [GUEST] });
  await arrives(2);
  const chair = await signIn(world, cast.kepala);
  await chair.call(postReminders, { params: { id } });
  await arrives(3);
  expect(box.of(GUEST.email)[1]!.subject).toBe('Mohon jawaban undangan: Koordinasi bantuan sosial, Selasa, 24 November 2026, 09.00 WIB');
});

test('a series is one letter with its rule; one of it that moves or is called off names its own start', async () => {
  const { world, cast, box, arrives } = await office();
  const chair = await signIn(world, cast.kepala);
  const first = await chair.call(postMeeting, {
    body: {
      key: '8a2b0c5e-0d6f-4d4e-9a3e-3f0d6c1b2a11',
      title: 'Rapat mingguan',
      sifat: 'biasa',
      place: 'Daring',
      // 06.30 WIB on a Tuesday: Monday in UTC.
      startsAt: '2026-11-23T23:30:00Z',
      endsAt: '2026-11-24T00:30:00Z',
      invite: { people: [cast.kabid.id], positions: [], units: [], guests: [] },
      repeat: { pattern: { kind: 'mingguan', every: 1, days: ['TU'] }, ends: { kind: 'kali', times: 4 } },
    },
  });
  await arrives(2);
  const { one, events } = eventIn(box.of(cast.kabid.email)[0]!);
  expect(events).toHaveLength(1);
  expect(one.isRecurring()).toBe(true);
  const starts: string[] = [];
  const each = one.iterator();
  for (let at = each.next(); at; at = each.next()) starts.push(at.toString());
  expect(starts).toEqual(['2026-11-24T06:30:00', '2026-12-01T06:30:00', '2026-12-08T06:30:00', '2026-12-15T06:30:00']);

  const [second, third] = await world.sql<
    { id: string }[]
  >`select id from meetings.meeting where series_id is not null and id <> ${first.id} order by occurs_at`;
  await chair.call(putPlan, { params: { id: second!.id }, body: { version: 0, startsAt: '2026-12-01T02:00:00Z', endsAt: '2026-12-01T03:00:00Z' } });
  await arrives(4);
  const moved = eventIn(box.of(cast.kabid.email)[1]!).one;
  expect([moved.uid === one.uid, moved.sequence > one.sequence, moved.recurrenceId.toString(), moved.startDate.toString()]).toEqual([
    true,
    true,
    '2026-12-01T06:30:00',
    '2026-12-01T09:00:00',
  ]);
  await chair.call(postCancellation, { params: { id: third!.id }, body: { reason: 'Libur' } });
  await arrives(6);
  const called = eventIn(box.of(cast.kabid.email)[2]!);
  expect([called.method, called.one.uid === one.uid, called.one.recurrenceId.toString()]).toEqual(['CANCEL', true, '2026-12-08T06:30:00']);

  await chair.call(postCancellation, { params: { id: first.id }, body: { reason: 'Selesai', scope: 'semua' } });
  await arrives(8);
  const all = eventIn(box.of(cast.kabid.email)[3]!);
  expect([all.method, all.events.length, all.one.uid === one.uid]).toEqual(['CANCEL', 1, true]);
  expect(all.one.recurrenceId).toBeNull();
});

test('whoever has an account is told under the bell too, of a series once; whom a disposisi sends reads of the disposisi only', async () => {
  const { world, cast } = await castWorld();
  worlds.push(world);
  const chair = await signIn(world, cast.kepala);
  const head = await signIn(world, cast.kepalaDinkes);
  const told = async (client: typeof head) => (await client.call(getNotices, {})).notices.map(({ words }) => `${words.id.title} | ${words.id.text}`).toSorted();
  const plan = { sifat: 'biasa' as const, place: 'Daring', startsAt: '2026-11-24T02:00:00Z', endsAt: '2026-11-24T03:00:00Z' };
  const invite = { people: [], positions: [cast.kepalaDinkes.positionId!], units: [], guests: [] };
  const repeat = { pattern: { kind: 'mingguan' as const, days: ['TU' as const] }, ends: { kind: 'kali' as const, times: 4 } };
  const { id } = await chair.call(postMeeting, { body: { ...plan, title: 'Rapat pekanan', invite, repeat, key: '00000000-0000-4000-8000-000000000021' } });
  expect(await told(head)).toEqual(['Undangan rapat: Rapat pekanan | Selasa, 24 November 2026, 09.00 WIB. Daring. Mohon jawaban Anda.']);
  await head.call(postDisposisi, { params: { id }, body: { to: cast.stafDinkes.id, instruction: 'Hadiri' } });
  const [only, ...more] = await told(await signIn(world, cast.stafDinkes));
  expect([only?.startsWith('Disposisi '), more]).toEqual([true, []]);
  await chair.call(putPlan, { params: { id }, body: { version: 0, startsAt: '2026-11-24T06:00:00Z', endsAt: '2026-11-24T07:00:00Z', reason: 'Apel.' } });
  await chair.call(postCancellation, { params: { id }, body: { reason: 'Kunjungan lapangan.', scope: 'semua' } });
  expect(await told(head)).toEqual([
    'Rapat dibatalkan: Rapat pekanan | Semula Selasa, 24 November 2026, 13.00 WIB. Kunjungan lapangan.',
    'Rapat diubah: Rapat pekanan | Kini Selasa, 24 November 2026, 13.00 WIB. Daring. Apel.',
    'Undangan rapat: Rapat pekanan | Selasa, 24 November 2026, 09.00 WIB. Daring. Mohon jawaban Anda.',
  ]);
  expect(await told(chair)).toEqual([]);
});

const papersOf = (letter: Arrived) => letter.attachments.filter((a) => a.contentType === 'application/pdf');

test('a meeting called off after its letter went out: first that it is off, then the pembatalan itself; no letter carries the paper of another word', async () => {
  const { world, cast, box, arrives } = await office();
  const id = await plannedMeeting(world, cast, { positions: [cast.kepalaDinkes.positionId!], guests: [GUEST] });
  await arrives(3);
  const chair = await signIn(world, cast.kepala);
  await chair.call(postLetter, { params: { id }, body: { kind: 'undangan' } });
  await arrives(6);
  // Hears of meetings under the bell only: no mail, also not of the paper.
  const head = await signIn(world, cast.kepalaDinkes);
  const { channels, quiet, represented } = await head.call(getNoticeChoice, {});
  await head.call(putNoticeChoice, { body: { channels: { ...channels, rapat: [] }, quiet, represented } });
  await chair.call(postCancellation, { params: { id }, body: { reason: 'Ditunda gubernur' } });
  // With the word to the chair that a pembatalan is due.
  await arrives(9);
  const off = box.of(GUEST.email).at(-1)!;
  expect([off.subject?.split(':')[0], eventIn(off).method, papersOf(off).length]).toEqual(['Rapat dibatalkan', 'CANCEL', 0]);
  await chair.call(postLetter, { params: { id }, body: { kind: 'pembatalan' } });
  await arrives(11);
  const letter = box.of(GUEST.email).at(-1)!;
  expect(letter.subject).toBe('Surat pembatalan: Koordinasi bantuan sosial, Selasa, 24 November 2026, 09.00 WIB');
  expect(letter.text).toContain('Surat pembatalannya terlampir.');
  expect(letter.text).toContain('Alasan: Ditunda gubernur');
  expect(eventIn(letter).method).toBe('CANCEL');
  const [paper, ...more] = papersOf(letter);
  expect(more).toEqual([]);
  expect(await textOfPdf(new Uint8Array(paper!.content))).toMatch(/PEMBATALAN.*Koordinasi bantuan sosial/i);
  expect(box.of(cast.kepalaDinkes.email).map((one) => eventIn(one).method)).toEqual(['REQUEST', 'REQUEST']);
  expect(calendarAfter([box.of(GUEST.email)[0]!, off])).toEqual([]);
});

test('more people for a series from one meeting on: who is not free is told before, each gets one letter, who was invited already none', async () => {
  const { world, cast, box, arrives } = await office();
  const chair = await signIn(world, cast.kepala);
  const nobody = { people: [], positions: [], units: [], guests: [] };
  const plan = { sifat: 'biasa' as const, place: 'Daring', startsAt: '2026-11-24T02:00:00Z', endsAt: '2026-11-24T03:00:00Z' };
  const repeat = { pattern: { kind: 'mingguan' as const, days: ['TU' as const] }, ends: { kind: 'kali' as const, times: 4 } };
  const key = (n: number) => `00000000-0000-4000-8000-00000000003${n}`;
  await chair.call(postMeeting, { body: { ...plan, title: 'Rapat pekanan', invite: { ...nobody, people: [cast.staf.id] }, repeat, key: key(1) } });
  const clash = { title: 'Bentrok', startsAt: '2026-12-08T02:30:00Z', endsAt: '2026-12-08T03:30:00Z' };
  await chair.call(postMeeting, { body: { ...plan, ...clash, invite: { ...nobody, people: [cast.kabid.id] }, key: key(2) } });
  await arrives(4);
  const rows = await world.sql<{ id: string; at: Date }[]>`select id, starts_at as at from meetings.meeting where series_id is not null order by occurs_at`;
  const second = { params: { id: rows[1]!.id } };
  const invite = { ...nobody, people: [cast.kabid.id, cast.staf.id], guests: [GUEST] };

  const { occurrences, conflicts } = await chair.call(postConflicts, {
    body: { invite, meetingId: rows[1]!.id, scope: 'berikutnya', startsAt: rows[1]!.at.toISOString(), endsAt: null },
  });
  expect(occurrences.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual(['2026-12-01', '2026-12-08', '2026-12-15']);
  expect(conflicts.filter(({ personId }) => personId === cast.kabid.id).map(({ title, startsAt }) => [title, startsAt.slice(0, 10)])).toEqual([
    ['Bentrok', '2026-12-08'],
  ]);

  expect(await chair.call(postPlanInvitations, { ...second, body: { invite, scope: 'berikutnya' } })).toEqual({ meetings: 3 });
  await arrives(6);
  const [letter] = box.of(cast.kabid.email).filter(({ subject }) => subject?.includes('Rapat pekanan'));
  const { one } = eventIn(letter!);
  expect(one.isRecurring()).toBe(true);
  const starts: string[] = [];
  const each = one.iterator();
  for (let at = each.next(); at; at = each.next()) starts.push(at.toString().slice(0, 10));
  expect(starts).toEqual(['2026-12-01', '2026-12-08', '2026-12-15']);
  // A guest has a link of their own to each, in one letter.
  const [guests, ...more] = box.of(GUEST.email);
  expect(more).toEqual([]);
  expect(guests!.text).toContain('(3 kali)');
  expect(new Set(guests!.text!.match(/\/u#[\w-]{28}/g)).size).toBe(3);
  expect(eventIn(guests!).one.isRecurring()).toBe(true);
  expect((await refusalIn(chair.call(postPlanInvitations, { ...second, body: { invite: nobody, scope: 'semua' } }))).code).toBe('meeting.nobody_invited');
  // Again: everybody is invited; nobody is written to.
  await chair.call(postPlanInvitations, { ...second, body: { invite: { ...nobody, people: [cast.kabid.id] }, scope: 'berikutnya' } });
  await world.app.jobs.runDue();
  expect(box.arrived).toHaveLength(6);
  const head = await signIn(world, cast.kabid);
  expect((await head.call(getNotices, {})).notices.filter(({ words }) => words.id.title === 'Undangan rapat: Rapat pekanan')).toHaveLength(1);
  // One of them new to the first, all new to the others: each is told, once.
  await chair.call(postPlanInvitations, { params: { id: rows[0]!.id }, body: { invite: { ...nobody, people: [cast.stafDinkes.id] }, scope: 'ini' } });
  await chair.call(postPlanInvitations, {
    params: { id: rows[0]!.id },
    body: { invite: { ...nobody, people: [cast.kabid.id, cast.stafDinkes.id] }, scope: 'semua' },
  });
  const told = (await (await signIn(world, cast.stafDinkes)).call(getNotices, {})).notices.filter(({ words }) => words.id.title.includes('Rapat pekanan'));
  expect(told).toHaveLength(2);
});
