import { expect, test } from 'vitest';
import { DEFAULT_TEMPLATE, letterNumber, templateProblem } from '../../server/letters/numbering.ts';
import { changesOf, dueOf, recipientsOf, statesOf, timeText, townOf, type Facts } from '../../server/undangan/rules.ts';
import { signatureLines } from '../../server/letters/signers.ts';

const parts = { series: 'undangan', classification: '005', serial: 7, abbreviation: 'Dinsos', day: '2026-11-23' };
const facts: Facts = { title: 'Rapat banjir', startsAt: '2026-11-25T02:00:00Z', endsAt: '2026-11-25T04:00:00Z', place: 'Aula' };
const invited = (more: object) => ({
  personId: 'p',
  name: 'Sari',
  position: null,
  rank: 9,
  opdId: 'dinsos',
  opdName: 'Dinas Sosial',
  institution: null,
  via: 'Jabatan: Kepala',
  ...more,
});
const around = { chairId: 'ketua', opdId: 'dinsos', heads: new Map([['dinkes', 'Kepala Dinas Kesehatan']]) };

test('a number is classification, number, office, month in Roman figures and year', () => {
  expect(letterNumber(DEFAULT_TEMPLATE, parts)).toBe('005/007/DINSOS/XI/2026');
  expect(letterNumber(DEFAULT_TEMPLATE, { ...parts, serial: 1234, day: '2027-01-02' })).toBe('005/1234/DINSOS/I/2027');
  expect(letterNumber(DEFAULT_TEMPLATE, { ...parts, abbreviation: 'Bag. Umum' })).toBe('005/007/BAG-UMUM/XI/2026');
});

test('numbers of different series under one classification never read the same', () => {
  const all = ['undangan', 'ralat', 'pembatalan', 'disposisi'].map((series) => letterNumber(DEFAULT_TEMPLATE, { ...parts, series }));
  expect(all).toEqual(['005/007/DINSOS/XI/2026', '005/007-RLT/DINSOS/XI/2026', '005/007-BTL/DINSOS/XI/2026', '005/007-DSP/DINSOS/XI/2026']);
  expect(letterNumber('{seri}/{klasifikasi}/{nomor}/{tahun}', { ...parts, series: 'ralat' })).toBe('RLT/005/007/2026');
});

test('a way of writing numbers is taken only when two letters cannot get the same one by it', () => {
  expect(templateProblem(DEFAULT_TEMPLATE)).toBeNull();
  expect(templateProblem('{klasifikasi}.{nomor}-{OPD}/{bulan}/{tahun}')).toBeNull();
  expect(templateProblem('{nomor}/{OPD}/{tahun}')).toContain('{klasifikasi}');
  expect(templateProblem('{klasifikasi}/{nomor}/{nomor}/{tahun}')).toContain('{nomor}');
  expect(templateProblem('{klasifikasi}{nomor}/{tahun}')).toContain('pemisah');
  expect(templateProblem('{klasifikasi}/1{nomor}/{tahun}')).toContain('pemisah');
  expect(templateProblem('{klasifikasi}/{nomor/{tahun}')).not.toBeNull();
});

test('a post is written to as a post, one below the head of another office through its head, and people without a post by name', () => {
  const lines = recipientsOf(
    [
      invited({ personId: 'ketua', position: 'Kepala Dinas Sosial', rank: 1 }),
      invited({ personId: 'a', position: 'Plh. Kepala Dinas Kesehatan', rank: 1, opdId: 'dinkes' }),
      invited({ personId: 'b', position: 'Kepala Bidang P2P', rank: 3, opdId: 'dinkes' }),
      invited({ personId: 'c', position: 'Kepala Bidang Rehabilitasi Sosial', rank: 3 }),
      invited({ personId: 'd', name: 'Tuti', position: 'Perawat', rank: 5, opdId: 'dinkes', opdName: 'Dinas Kesehatan' }),
      invited({ personId: null, name: 'Andi', institution: 'PMI' }),
      invited({ personId: null, name: 'Andi', institution: 'PMI' }),
      // Not invited by letter.
      invited({ personId: 'e', position: 'Sekretaris Dinas Kesehatan', rank: 2, opdId: 'dinkes', via: 'disposisi 005/001-DSP/DINKES/XI/2026' }),
      invited({ personId: null, name: 'Rahmat', institution: 'Yayasan', via: 'ruang tunggu' }),
    ],
    around,
  );
  expect(lines).toEqual([
    'Plh. Kepala Dinas Kesehatan',
    'Kepala Dinas Kesehatan u.p. Kepala Bidang P2P',
    'Kepala Bidang Rehabilitasi Sosial',
    'Sdr. Tuti, Perawat, Dinas Kesehatan',
    'Andi, PMI',
  ]);
});

test('the head signs as the head, a Plh as Plh, and any other post in the name of the head', () => {
  const head = { title: 'Kepala Dinas Sosial', level: 'kepala_opd', as: 'definitif' } as const;
  expect(signatureLines(head, head.title)).toEqual(['KEPALA DINAS SOSIAL,']);
  expect(signatureLines({ ...head, as: 'plh' }, head.title)).toEqual(['Plh. KEPALA DINAS SOSIAL,']);
  expect(signatureLines({ title: 'Sekretaris', level: 'sekretaris', as: 'definitif' }, head.title)).toEqual(['a.n. KEPALA DINAS SOSIAL', 'Sekretaris,']);
  expect(signatureLines({ title: 'Sekretaris', level: 'sekretaris', as: 'plt' }, head.title)).toEqual(['a.n. KEPALA DINAS SOSIAL', 'Plt. Sekretaris,']);
});

test('the hour carries the name of the zone, over midnight the day too', () => {
  expect(timeText(facts, 'Asia/Jakarta')).toBe('09.00 s.d. 11.00 WIB');
  expect(timeText(facts, 'Asia/Jayapura')).toBe('11.00 s.d. 13.00 WIT');
  expect(timeText({ ...facts, endsAt: null }, 'Asia/Makassar')).toBe('10.00 WITA s.d. selesai');
  expect(timeText({ startsAt: '2026-11-25T15:00:00Z', endsAt: '2026-11-25T18:00:00Z' }, 'Asia/Jakarta')).toBe('22.00 s.d. Kamis, 26 November 2026, 01.00 WIB');
});

test('a ralat is owed only for what a letter tells, and no longer once the meeting is as it was', () => {
  const meeting = { state: 'terjadwal', facts, zone: 'Asia/Jakarta' } as const;
  const last = { kind: 'undangan', facts } as const;
  const moved = { ...facts, startsAt: '2026-11-25T03:00:00Z' };
  expect(dueOf(null, meeting)).toBe('undangan');
  expect(dueOf(last, meeting)).toBeNull();
  expect(dueOf(last, { ...meeting, facts: moved })).toBe('ralat');
  expect(dueOf({ kind: 'ralat', facts: moved }, { ...meeting, facts: moved })).toBeNull();
  expect(dueOf(last, { ...meeting, state: 'dibatalkan' })).toBe('pembatalan');
  expect(dueOf({ ...last, kind: 'pembatalan' }, { ...meeting, state: 'dibatalkan' })).toBeNull();
  expect(dueOf(null, { ...meeting, state: 'dibatalkan' })).toBeNull();
  expect(dueOf(last, { ...meeting, state: 'berlangsung', facts: moved })).toBeNull();
  expect(changesOf(facts, moved, 'Asia/Jakarta')).toEqual([{ label: 'Pukul', from: '09.00 s.d. 11.00 WIB', to: '10.00 s.d. 11.00 WIB' }]);
});

test('the letter before holds again when the last one is withdrawn', () => {
  const withdrawn = { reason: 'x' };
  expect(statesOf([{ withdrawn: null }, { withdrawn: null }]).map((l) => l.state)).toEqual(['digantikan', 'terbit']);
  expect(statesOf([{ withdrawn: null }, { withdrawn }]).map((l) => l.state)).toEqual(['terbit', 'batal']);
});

test('without a town of its own a letter is written in the region', () => {
  expect(['Kota Uji', 'Pemerintah Kabupaten Uji', 'Provinsi Uji'].map(townOf)).toEqual(['Uji', 'Uji', 'Uji']);
});
