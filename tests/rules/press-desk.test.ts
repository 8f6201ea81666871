import { expect, test } from 'vitest';
import { createHints } from '../../server/press/desk/hints.ts';
import { emailKey, isFreeHost, looksLikeOutlet, outletKey, personKey } from '../../server/press/desk/names.ts';
import { fold } from '../../server/platform/lookalike.ts';
import { isPhone, isValidity, mayDecide, standingOf, type Accreditation, type Decision, type Facts } from '../../server/press/desk/rules.ts';

const ZONE = 'Asia/Jakarta';
const at = (text: string): Date => new Date(text);
const decision = (d: Partial<Decision> = {}): Decision => ({
  act: 'diterima',
  reason: null,
  validUntil: null,
  byName: 'Dian',
  at: at('2026-11-23T02:00:00Z'),
  ...d,
});
const accreditation = (a: Partial<Accreditation> = {}): Accreditation => ({
  validUntil: '2026-11-24',
  reason: null,
  byName: 'Dian',
  at: at('2026-11-01T02:00:00Z'),
  ...a,
});
const facts = (f: Partial<Facts> = {}): Facts => ({ registeredAt: at('2026-11-23T01:00:00Z'), decision: null, accreditation: null, ...f });
const stateAt = (f: Partial<Facts>, now: string) => standingOf(facts(f), { zone: ZONE, at: at(now) }).state;

test('an accreditation counts to the end of its last day in the zone of the region, and not a millisecond longer', () => {
  const f = { accreditation: accreditation() };
  expect(stateAt(f, '2026-11-24T16:59:59.999Z')).toBe('diterima');
  expect(stateAt(f, '2026-11-24T17:00:00.000Z')).toBe('menunggu');
});

test('what the desk said of this conference counts before an accreditation', () => {
  expect(stateAt({ accreditation: accreditation(), decision: decision({ act: 'ditolak', reason: 'Bukan jurnalis' }) }, '2026-11-23T03:00:00Z')).toBe('ditolak');
});

test('who was accepted for one conference stays accepted when an accreditation runs out', () => {
  const accepted = decision({ validUntil: '2026-11-24' });
  expect(stateAt({ decision: accepted, accreditation: accreditation({ at: accepted.at }) }, '2026-11-26T03:00:00Z')).toBe('diterima');
});

test('who was accepted along with an accreditation loses both when that is ended for a reason', () => {
  const accepted = decision({ validUntil: '2026-11-30' });
  const ended = accreditation({ validUntil: null, reason: 'Bukan lagi wartawan', at: at('2026-11-23T04:00:00Z') });
  expect(standingOf(facts({ decision: accepted, accreditation: ended }), { zone: ZONE, at: at('2026-11-23T05:00:00Z') })).toMatchObject({
    state: 'dicabut',
    reason: 'Bukan lagi wartawan',
  });
  // Accepted for this conference alone, or after the end: that stays.
  expect(stateAt({ decision: decision(), accreditation: ended }, '2026-11-23T05:00:00Z')).toBe('diterima');
  expect(stateAt({ decision: decision({ validUntil: '2026-11-30', at: at('2026-11-23T06:00:00Z') }), accreditation: ended }, '2026-11-23T07:00:00Z')).toBe(
    'diterima',
  );
});

test('an end before somebody registered is no withdrawal of that registration', () => {
  expect(stateAt({ accreditation: accreditation({ validUntil: null, reason: 'x', at: at('2026-11-01T00:00:00Z') }) }, '2026-11-23T05:00:00Z')).toBe('menunggu');
});

test('validity: today at the earliest, two years from now at the latest, by the day of the zone', () => {
  const lateEvening = at('2026-11-23T18:00:00Z'); // 24 November in Jakarta
  expect(isValidity('2026-11-23', ZONE, lateEvening)).toBe(false);
  expect(isValidity('2026-11-24', ZONE, lateEvening)).toBe(true);
  expect(isValidity('2028-11-24', ZONE, lateEvening)).toBe(true);
  expect(isValidity('2028-11-25', ZONE, lateEvening)).toBe(false);
});

test('waiting ones are refused, accepted ones withdrawn; both may be accepted after all', () => {
  expect(mayDecide('menunggu', 'ditolak')).toBe(true);
  expect(mayDecide('diterima', 'ditolak')).toBe(false);
  expect(mayDecide('menunggu', 'dicabut')).toBe(false);
  expect(mayDecide('dicabut', 'diterima')).toBe(true);
});

test.each([
  ['PT. Radar Uji', 'radaruji'],
  ['www.RadarUji.com', 'radaruji'],
  ['Radar-Uji.co.id', 'radaruji'],
  ['  radar   uji ', 'radaruji'],
  ['RADAR UJI, PT', 'radaruji'],
  ['https://radaruji.com/', 'radaruji'],
  ['Ｒａｄａｒ Uji', 'radaruji'],
  ['Rаdar Uji', 'radaruji'], // Cyrillic а
  ['Radar\u200bUji', 'radaruji'],
])('%s is one outlet', (written, key) => {
  expect(outletKey(written)).toBe(key);
});

test('an outlet whose name is only an ending keeps it, and one without letters is none', () => {
  expect(outletKey('.com')).toBe('com');
  expect(outletKey('PT')).toBe('pt');
  expect(outletKey('!!!')).toBe('');
});

test('outlets one slip of the pen apart are looked at; short names and other names are not', () => {
  expect(looksLikeOutlet('Radar Uji', 'Radar Uji')).toBe(true);
  expect(looksLikeOutlet('Harian Radar Uji', 'Radar Uji')).toBe(true);
  expect(looksLikeOutlet('Radar Uji TV', 'Radar Uji')).toBe(true);
  expect(looksLikeOutlet('Pena Kota', 'Suara Kota')).toBe(false);
  expect(looksLikeOutlet('TVA', 'TVB')).toBe(false);
});

test.each([
  ['Hartini Kepaladinas, S.Sos., M.Si.', 'Нartini Kepaladinas'], // Cyrillic Н
  ['Hartini Kepaladinas', 'Dr. Hartini  Kepala-dinas'],
  ['Hartini Kepaladinas', 'Ｈａｒｔｉｎｉ Kepaladinas'],
  ['Hartini Kepaladinas', 'Har\u200dtini Kepaladinas'],
  ['Hartini Kepaladinas', 'HARTINI KÉPALADINAS'],
])('%s and %s look the same', (official, typed) => {
  expect(personKey(typed)).toBe(personKey(official));
});

test('a title alone is still a name', () => {
  expect(personKey('Ibu')).toBe('ibu');
  expect(fold('—')).toBe('');
});

test('one mailbox is one address, however it is typed', () => {
  expect(emailKey(' Sari.Pena+rapat@GMail.com ')).toBe('saripena@gmail.com');
  expect(emailKey('Sari.Pena@Radar.example')).toBe('sari.pena@radar.example');
  expect(isFreeHost('a@yahoo.co.id')).toBe(true);
  expect(isFreeHost('a@radar.example')).toBe(false);
});

test('a telephone number has digits', () => {
  expect(isPhone('0812 3456 7890')).toBe(true);
  expect(isPhone('+62 (812) 3456-7890')).toBe(true);
  expect(isPhone('------')).toBe(false);
  expect(isPhone('telepon saya')).toBe(false);
});

type Somebody = Parameters<ReturnType<typeof createHints>>[0];
const sari: Somebody = {
  id: 's',
  name: 'Sari Pena',
  outletId: 'o1',
  outlet: 'Radar Uji',
  email: 'sari@radaruji.example',
  card: null,
  claims: null,
};
const outlets = [
  { id: 'o1', name: 'Radar Uji', journalists: 3 },
  { id: 'o2', name: 'Radar Ujii', journalists: 1 },
  { id: 'o3', name: 'Suara Kota', journalists: 1 },
];
const hintsFor = (one: Partial<Somebody>, others: readonly Somebody[] = []) =>
  createHints(
    { others: [sari, ...others], outlets },
    [{ name: 'Hartini Kepaladinas, S.Sos.', title: 'Kepala Dinas Sosial' }],
    'id',
  )({
    ...sari,
    id: 'x',
    name: 'Bayu Kamera',
    email: 'bayu@suara.example',
    outletId: 'o3',
    outlet: 'Suara Kota',
    ...one,
  });

test('the desk is told what to look at, and nothing of somebody without anything odd', () => {
  expect(hintsFor({})).toEqual([]);
  expect(hintsFor({ name: 'sari  pena' })).toEqual(['Nama yang sama terdaftar di Radar Uji.']);
  expect(hintsFor({ name: 'Sari Pena', outletId: 'o1', outlet: 'Radar Uji' })).toEqual(['Nama dan media yang sama, surel lain: s•••i@radaruji.example.']);
  expect(hintsFor({ name: 'Hаrtini Kepaladinas' })).toEqual(['Nama menyerupai Hartini Kepaladinas, S.Sos., Kepala Dinas Sosial.']);
  expect(hintsFor({ outletId: 'o2', outlet: 'Radar Ujii' })).toEqual(['Nama media mirip Radar Uji.']);
  expect(hintsFor({ email: 'bayu@gmail.com' })).toEqual(['Surel umum, bukan milik media.']);
  expect(hintsFor({ claims: 's' })[0]).toMatch(/^Surel ini milik Sari Pena · Radar Uji/);
});

test('a card number of somebody else is seen however it is punctuated, and never said', () => {
  const other = { ...sari, id: 'y', name: 'Ucup', card: { kind: 'ukw', number: '1234-PWI/2026' } };
  const [hint] = hintsFor({ card: { kind: 'ukw', number: '1234 pwi 2026' } }, [other]);
  expect(hint).toBe('Nomor kartu dipakai Ucup · Radar Uji.');
  expect(hintsFor({ card: { kind: 'kartu_pers', number: '1234 pwi 2026' } }, [other])).toEqual([]);
});
