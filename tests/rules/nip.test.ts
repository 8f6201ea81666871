import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskNip, nipProblem } from '../../server/people/nip.ts';

const today = '2026-11-23';

describe('the number of a civil servant', () => {
  test('is right when its dates exist, the sex is 1 or 2 and the serial counts from 001', () => {
    expect(nipProblem('198503152010011001', today)).toBeNull();
    expect(nipProblem('200002292023122999', today)).toBeNull();
  });
  test('of contract staff carries the number of their agreement in place of the month', () => {
    expect(nipProblem('199001012021211001', today)).toBeNull();
    expect(nipProblem('199001012010211001', today)).toBe('bulan pengangkatan tidak ada');
  });
  test.each([
    ['19850315201001100', 'bukan 18 angka'],
    ['19850315201001100A', 'bukan 18 angka'],
    ['1,98503E+17', 'rusak oleh aplikasi lembar kerja'],
    ['198502302010011001', 'tanggal lahir tidak ada'],
    ['198513152010011001', 'tanggal lahir tidak ada'],
    ['203001012048011001', 'tanggal lahir tidak ada'],
    ['198503152010131001', 'bulan pengangkatan tidak ada'],
    ['198503152010001001', 'bulan pengangkatan tidak ada'],
    ['198503151990011001', 'tahun pengangkatan tidak masuk akal'],
    ['200503152029011001', 'tahun pengangkatan tidak masuk akal'],
    ['198503152010013001', 'angka jenis kelamin bukan 1 atau 2'],
    ['198503152010010001', 'angka jenis kelamin bukan 1 atau 2'],
    ['198503152010011000', 'nomor urut 000'],
  ])('%s: %s', (nip, problem) => {
    expect(nipProblem(nip, today)).toBe(problem);
  });
  test('any text gets an answer, and only 18 digits can be right', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{18}$/)), (text) => nipProblem(text, today) !== null || /^\d{18}$/.test(text)));
  });
  test('is masked in the middle', () => {
    expect(maskNip('198501012010011001')).toBe('••••••••••••••••01');
  });
});
