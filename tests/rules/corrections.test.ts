import { describe, expect, test } from 'vitest';
import { addendumOf } from '../../server/attendance/addendum.ts';
import * as rules from '../../server/attendance/correction-rules.ts';
import { refusalOf } from '../support/refusal.ts';

const at = (clock: string): Date => new Date(`2026-11-23T${clock}:00Z`);
const span = (from: string, to: string) => ({ from: at(from), to: at(to) });
const meeting = { startedAt: new Date('2026-11-23T02:00:20Z'), endedAt: new Date('2026-11-23T03:00:40Z') };
const ZONE = 'Asia/Jakarta';

describe('who decides', () => {
  const asked = { personId: 'sari', requestedBy: 'rina' };
  test('neither the person concerned nor whoever filed; anybody else of those who manage', () => {
    expect(refusalOf(() => rules.mustDecide(asked, 'sari'))).toBe('correction.own');
    expect(refusalOf(() => rules.mustDecide(asked, 'rina'))).toBe('correction.filed');
    expect(refusalOf(() => rules.mustDecide({ personId: 'sari', requestedBy: 'sari' }, 'sari'))).toBe('correction.own');
    expect(refusalOf(() => rules.mustDecide(asked, 'kepala'))).toBeNull();
    expect([rules.barOf(asked, 'sari'), rules.barOf(asked, 'rina'), rules.barOf(asked, 'kepala')]).toEqual(['own', 'filed', null]);
  });
  test('once only', () => {
    expect(refusalOf(() => rules.mustBeOpen({ at: at('03:00') }, 'Hartini', ZONE))).toBe('correction.decided');
    expect(refusalOf(() => rules.mustBeOpen(null, 'Hartini', ZONE))).toBeNull();
  });
  test('within three times 24 hours', () => expect(rules.dueAt(at('03:05')).toISOString()).toBe('2026-11-26T03:05:00.000Z'));
});

describe('when', () => {
  const now = new Date('2026-11-23T17:30:00Z'); // 24 November, 00.30 WIB
  test('today by the office’s calendar, not by Greenwich’s', () => {
    expect(refusalOf(() => rules.mustBeInTime('2026-11-24', now, ZONE))).toBeNull();
    expect(refusalOf(() => rules.mustBeInTime('2026-11-25', now, ZONE))).toBe('correction.future');
  });
  test('ninety days back and no further', () => {
    expect(refusalOf(() => rules.mustBeInTime('2026-08-26', now, ZONE))).toBeNull();
    expect(refusalOf(() => rules.mustBeInTime('2026-08-25', now, ZONE))).toBe('correction.too_old');
  });
});

describe('what', () => {
  const now = at('04:00');
  const fit = (from: string, to: string, of: typeof meeting | { startedAt: Date | null; endedAt: null } = meeting) =>
    refusalOf(() => rules.mustFit(span(from, to), of, now, ZONE));
  test('whole minutes of a form fit a meeting that began and ended at odd seconds', () => {
    expect(fit('02:00', '03:00')).toBeNull();
    expect(rules.clipTo(span('02:00', '03:01'), meeting, now)).toEqual({ from: meeting.startedAt, to: meeting.endedAt });
  });
  test('not before it began, not after it ended, not backwards', () => {
    expect(fit('01:59', '02:30')).toBe('input.invalid');
    expect(fit('02:30', '03:01')).toBe('input.invalid');
    expect(fit('02:30', '02:30')).toBe('input.invalid');
    expect(fit('03:30', '03:40')).toBe('input.invalid');
  });
  test('of a running meeting up to this moment, of a planned one nothing', () => {
    const running = { startedAt: meeting.startedAt, endedAt: null };
    expect(fit('02:10', '04:00', running)).toBeNull();
    expect(fit('02:10', '04:01', running)).toBe('input.invalid');
    expect(fit('02:10', '02:20', { startedAt: null, endedAt: null })).toBe('correction.future');
  });
  test('who decides may narrow, at one end or both, never widen', () => {
    const claimed = span('02:10', '02:40');
    expect(rules.narrowed(claimed, {})).toEqual(claimed);
    expect(rules.narrowed(claimed, { to: at('02:30') })).toEqual(span('02:10', '02:30'));
    for (const wanted of [{ from: at('02:09') }, { to: at('02:41') }, { from: at('02:40') }, { from: at('02:30'), to: at('02:20') }])
      expect(refusalOf(() => rules.narrowed(claimed, wanted))).toBe('input.invalid');
  });
  test('what the record surely has already needs no correcting, piece by piece too; an estimate does', () => {
    const seen = (from: string, to: string, confidence = 'pasti') => ({ ...span(from, to), confidence });
    expect(rules.isKnown(span('02:10', '02:40'), [seen('02:20', '02:45'), seen('02:05', '02:20', 'manual')])).toBe(true);
    expect(rules.isKnown(span('02:10', '02:40'), [seen('02:05', '02:20'), seen('02:25', '02:45')])).toBe(false);
    expect(rules.isKnown(span('02:10', '02:40'), [seen('02:00', '03:00', 'perkiraan')])).toBe(false);
    expect(rules.isKnown(span('02:10', '02:40'), [])).toBe(false);
  });
});

describe('files', () => {
  const bytes = (...first: number[]): Uint8Array => Uint8Array.from([...first, 1, 2, 3]);
  test('are what their first bytes say', () => {
    expect(rules.fileTypeOf(bytes(0x25, 0x50, 0x44, 0x46, 0x2d))).toBe('application/pdf');
    expect(rules.fileTypeOf(bytes(0xff, 0xd8, 0xff))).toBe('image/jpeg');
    expect(refusalOf(() => rules.fileTypeOf(bytes(0x3c, 0x73, 0x76, 0x67)))).toBe('correction.file_type');
    expect(refusalOf(() => rules.fileTypeOf(new Uint8Array()))).toBe('correction.file_type');
    expect(refusalOf(() => rules.fileTypeOf(new Uint8Array(rules.MAX_FILE + 1)))).toBe('correction.file_large');
  });
  test.each([
    ['../../etc/passwd', 'image/png', 'passwd.png'],
    ['C:\\bukti.PNG', 'image/png', 'bukti.PNG'],
    ['surat.html', 'application/pdf', 'surat.html.pdf'],
    ['foto.jpeg', 'image/jpeg', 'foto.jpeg'],
    ['/', 'image/jpeg', 'berkas.jpg'],
  ])('%s as %s is called %s', (name, type, called) => expect(rules.fileNameOf(name, type)).toBe(called));
});

test('under a final list stands what came after: before, after, why, both names, when', () => {
  const corrections = [
    {
      id: '1',
      personName: 'Sari',
      original: {
        of: 'meeting' as const,
        minutes: 20,
        intervals: [{ from: '2026-11-23T02:10:00Z', to: '2026-11-23T02:30:00Z', confidence: 'pasti' as const, sources: [] }],
      },
      from: '2026-11-23T02:00:00Z',
      to: '2026-11-23T02:45:00Z',
      reason: 'Lewat ponsel rekan.',
      requestedBy: 'Rina',
      decidedBy: 'Hartini',
      decidedAt: '2026-11-24T01:00:00Z',
      afterFinal: true,
    },
  ];
  expect(addendumOf({ state: 'final', zone: ZONE, corrections })).toEqual([
    ['Sari', '09.10–09.30 WIB', '09.00–09.45 WIB', 'Lewat ponsel rekan.', 'Rina', 'Hartini', '24 November 2026, 08.00 WIB'],
  ]);
  expect(addendumOf({ state: 'final', zone: ZONE, corrections: corrections.map((c) => ({ ...c, afterFinal: false })) })).toEqual([]);
});
