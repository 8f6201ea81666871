// Who may answer, who may send whom, and how that stands in the list.
import { expect, test } from 'vitest';
import { calledOf, unseenStatus, withAnswers } from '../../server/attendance/standing.ts';
import { calendarOf, seriesEntries, type Happening } from '../../server/invitations/event.ts';
import { endingWith, listStandings, mayPassOn, mustBeFree, passingOn, type Said, type Sender, type Sent } from '../../server/invitations/rules.ts';
import { changeLines } from '../../server/invitations/words.ts';
import { refusalOf } from '../support/refusal.ts';

const head: Sender = { member: 'p_kepala', via: 'Jabatan: Kepala Dinas Kesehatan', rank: 1, opdId: 'dinkes' };
const officer: Sender = { member: 'p_tuti', via: 'disposisi 005/001', rank: 5, opdId: 'dinkes' };
const byName: Sender = { member: 'p_budi', via: 'Nama', rank: 3, opdId: 'dinsos' };
const sent = (id: string, from: string, to: string, more: Partial<Sent> = {}): Sent => ({
  id,
  parentId: null,
  number: `005/${id}`,
  fromMember: from,
  fromName: from.slice(2),
  fromPosition: `jabatan ${from.slice(2)}`,
  toMember: to,
  toName: to.slice(2),
  toPosition: null,
  invited: true,
  ended: null,
  ...more,
});
const first = sent('1', 'p_kepala', 'p_tuti');
const second = sent('2', 'p_tuti', 'p_lina', { parentId: '1' });

test('who is invited by post sends somebody; who was sent passes it down once; by name nobody sends', () => {
  expect(passingOn(head, [])).toBeNull();
  expect(passingOn(officer, [first])).toMatchObject({ id: '1' });
  expect(refusalOf(() => passingOn({ ...officer, member: 'p_lina' }, [first, second]))).toBe('disposisi.not_yours');
  expect(refusalOf(() => passingOn(byName, []))).toBe('disposisi.not_yours');
  expect([mayPassOn(head, []), mayPassOn(officer, [first]), mayPassOn({ ...officer, member: 'p_lina' }, [first, second]), mayPassOn(byName, [])]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('one disposisi at a time: the former is withdrawn first', () => {
  expect(refusalOf(() => passingOn(head, [first]))).toBe('answer.delegated');
  expect(passingOn(head, [{ ...first, ended: 'ditarik' }])).toBeNull();
});

test('nobody goes for two, for themselves, for another OPD, or in the chair', () => {
  const to = (member: string, opdId = 'dinkes') => ({ member, name: member, opdId });
  const no = (member: string, opdId?: string) => refusalOf(() => mustBeFree(to(member, opdId), head, 'p_ketua', [sent('9', 'p_lain', 'p_sari')]));
  expect([no('p_tuti'), no('p_tuti', 'dinsos'), no('p_kepala'), no('p_sari'), no('p_lain'), no('p_ketua')]).toEqual([
    null,
    'disposisi.not_own_opd',
    'disposisi.not_own_opd',
    'disposisi.already',
    'disposisi.already',
    'disposisi.already',
  ]);
});

test('with a disposisi ends what was passed down from it, and nothing else', () => {
  expect(endingWith([first, second], '1').map((s) => s.id)).toEqual(['1', '2']);
  expect(endingWith([first, second], '2').map((s) => s.id)).toEqual(['2']);
  expect(endingWith([{ ...first, ended: 'ditarik' }], '1')).toEqual([]);
});

const listed = (came: readonly string[], said: [string, Said][] = []) => {
  const standings = withAnswers([], listStandings(new Map(said), [first, second]).values());
  return (id: string) => calledOf(standings.get(id), came.includes(id), (other) => came.includes(other));
};

test('the last one of a chain who came represents the head who did not, under that number', () => {
  const called = listed(['lina'])('kepala');
  expect(called.representedBy).toEqual([{ name: 'lina', label: 'tanpa jabatan', disposisi: '005/2' }]);
  expect(unseenStatus(called)).toBe('diwakili');
  expect(listed(['lina'])('lina')).toMatchObject({ delegate: true, represents: ['jabatan kepala (disposisi no 005/2)'] });
});

test('who was sent and did not come represents nobody; a head who came needs nobody', () => {
  expect(unseenStatus(listed([])('kepala'))).toBe('belum_ada_bukti');
  expect(listed(['kepala', 'tuti'])('tuti').represents).toEqual([]);
});

test('who said no beforehand is izin with the reason; a guest too', () => {
  const no: Said = { answer: 'tidak', reason: 'Dinas luar' };
  const of = listed(
    [],
    [
      ['p_budi', no],
      ['g_tamu', no],
    ],
  );
  for (const id of ['budi', 'tamu']) {
    expect(unseenStatus(of(id))).toBe('izin');
    expect(of(id).answer).toEqual({ said: 'tidak', reason: 'Dinas luar', eta: null });
  }
});

test('a change is said as what it was and what it is, in the office’s clock; only what is another thing', () => {
  const before = { startsAt: '2026-11-24T02:00:00.000Z', place: 'Daring' };
  const after = { startsAt: '2026-11-25T06:30:00.000Z', place: 'Ruang Utama' };
  expect(changeLines({ before, after }, 'Asia/Jakarta')).toEqual([
    'Hari/tanggal: semula Selasa, 24 November 2026, menjadi Rabu, 25 November 2026',
    'Pukul: semula 09.00 WIB, menjadi 13.30 WIB',
    'Tempat: semula Daring, menjadi Ruang Utama',
  ]);
  expect(changeLines({ before: { endsAt: null }, after: { endsAt: '2026-11-24T04:00:00.000Z' } }, 'Asia/Jayapura')).toEqual([
    'Selesai: semula tidak ditentukan, menjadi 13.00 WIT',
  ]);
});

test('a series begins by the clock of its office whatever the zone of the machine, and leaves out what was called off', () => {
  const at = (day: number, hour = 23): Date => new Date(Date.UTC(2026, 10, day, hour, 30));
  const one = (n: number, more: Partial<Happening> = {}): Happening => ({
    id: `m${n}`,
    seriesId: 's',
    occursAt: at(23 + 7 * n),
    sequence: 3,
    title: 'Rapat mingguan',
    place: 'Daring',
    description: null,
    startsAt: at(23 + 7 * n),
    endsAt: null,
    cancelled: null,
    zone: 'Asia/Makassar',
    opdName: 'Dinas Uji',
    chairName: 'Ketua',
    ...more,
  });
  const meetings = [one(0), one(1, { cancelled: 'Libur' }), one(2, { startsAt: at(38, 2) })];
  const entries = seriesEntries({ rule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=3', startsAt: at(23), except: [] }, meetings, (m) => ({ ...m, url: 'https://x.example/' }));
  const text = calendarOf(entries, { method: 'REQUEST', host: 'x.example', now: at(20) }).replaceAll('\r\n ', '');
  expect(text).toContain('DTSTART;TZID=Asia/Makassar:20261124T073000');
  expect(text).toContain('EXDATE;TZID=Asia/Makassar:20261201T073000');
  expect(text).toContain('RECURRENCE-ID;TZID=Asia/Makassar:20261208T073000');
  expect(text).toContain('DTSTART;TZID=Asia/Makassar:20261208T103000');
  expect(text.match(/UID:s@x\.example/g)).toHaveLength(2);
  expect(text).toContain('TZOFFSETTO:+0800');
});
