import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge, type Known, type KnownPerson } from '../../server/people/import.ts';
import { readStaff, template, writeRefused } from '../../server/people/staff-csv.ts';
import type { Unit } from '../../server/people/units.ts';
import { Refusal } from '../../server/platform/refusal.ts';

const unit = (id: string, name: string, abbreviation: string, topId = id, aliases: string[] = []): Unit => ({
  id,
  name,
  abbreviation,
  aliases,
  topId,
  parentId: topId === id ? null : topId,
  kind: topId === id ? 'opd' : 'bidang',
  zone: 'Asia/Jakarta',
  sort: 0,
});
const units = [
  unit('dinsos', 'Dinas Sosial', 'Dinsos', 'dinsos', ['Dinas Sosial Kota']),
  unit('dinkes', 'Dinas Kesehatan', 'Dinkes'),
  unit('s1', 'Sekretariat', 'Set', 'dinsos'),
  unit('s2', 'Sekretariat', 'Set', 'dinkes'),
];
const all: Known = { units, persons: [], posts: [], reach: { all: true, opds: new Set() }, today: '2026-11-23' };
const HEAD = 'nama;nip;surel;telepon;opd;jabatan;tingkat';
const judged = (lines: string[], known: Partial<Known> = {}) => judge(readStaff([HEAD, ...lines].join('\n')).rows, { ...all, ...known });
const reasons = (lines: string[], known: Partial<Known> = {}) => judged(lines, known).map((v) => v.reason);
const known = (p: Partial<KnownPerson>): KnownPerson => ({
  id: 'p1',
  name: 'Sari Dirumah',
  nip: '198503152010011001',
  email: null,
  phone: null,
  opdId: 'dinsos',
  topId: 'dinsos',
  disabled: false,
  hasRoles: false,
  ...p,
});

describe('a row of the staff list', () => {
  test('is taken in by name, abbreviation or alias of the unit, in any case', () => {
    const lines = ['dinas sosial', 'DINSOS', 'Dinas  Sosial Kota'].map((opd, i) => `Orang ${'ABC'[i]};19850315201001100${i + 1};;;${opd};;`);
    expect(judged(lines).map((v) => v.result)).toEqual(['ditambahkan', 'ditambahkan', 'ditambahkan']);
  });
  test.each([
    ['Sari;198513152010011001;;;Dinsos;;', 'NIP tanggal lahir tidak ada'],
    ['Sari;1,98503E+17;;;Dinsos;;', 'NIP rusak oleh aplikasi lembar kerja'],
    ['Sari;198503152010011001;;;Dinas Langit;;', 'OPD tidak dikenal'],
    ['Sari;198503152010011001;;;;;', 'OPD kosong'],
    ['Sari;198503152010011001;;;Sekretariat;;', 'nama unit ini ada di beberapa OPD; tulis "OPD / unit"'],
    ['Sari;198503152010011001;bukan surel;;Dinsos;;', 'surel tidak sah'],
    ['Sari;;;;Dinsos;;', 'isi NIP atau surel'],
    [';198503152010011001;;;Dinsos;;', 'nama kosong atau terlalu panjang'],
    ['Sari;198503152010011001;;;Dinsos;Pengelola Data;', 'jabatan dan tingkat diisi bersama'],
    ['Sari;198503152010011001;;;Dinsos;Pengelola Data;juragan', 'tingkat tidak dikenal (kepala_opd, sekretaris, kabid, kasi, fungsional, staf)'],
    ['Sari;198503152010011001;;;Dinsos;;;lebih', 'lebih banyak kolom daripada baris judul'],
  ])('%s is refused: %s', (row, reason) => {
    expect(reasons([row])).toEqual([reason]);
  });
  test('a unit that several OPDs have is named with its OPD', () => {
    expect(judged(['Sari;198503152010011001;;;Dinkes / Sekretariat;;'])[0]).toMatchObject({ result: 'ditambahkan', fields: { opdId: 's2' } });
  });
  test('a number or e-mail that comes twice is taken once', () => {
    expect(
      reasons(['Sari;198503152010011001;;;Dinsos;;', 'Budi;1985 0315 201001 1 001;;;Dinsos;;', 'A;;a@uji.example;;Dinsos;;', 'B;;A@UJI.example;;Dinsos;;']),
    ).toEqual([null, 'NIP sama dengan baris 2', null, 'surel sama dengan baris 4']);
  });
  test('under the same name it is the same person sent again; an empty cell keeps what is on record', () => {
    const [verdict] = judged(['SARI  Dirumah;198503152010011001;;0800;Dinsos;;'], { persons: [known({ email: 'sari@uji.example' })] });
    expect(verdict).toMatchObject({ result: 'diperbarui', fields: { email: 'sari@uji.example', phone: '0800' } });
  });
  test("under another name the number is somebody else's", () => {
    expect(reasons(['Budi;198503152010011001;;;Dinsos;;'], { persons: [known({})] })).toEqual(['NIP sudah dipakai orang lain']);
    expect(reasons(['Budi;;sari@uji.example;;Dinsos;;'], { persons: [known({ email: 'Sari@uji.example' })] })).toEqual(['surel sudah dipakai orang lain']);
  });
  test("an OPD's admin takes in nobody of another OPD, nor accounts with roles", () => {
    const reach = { all: false, opds: new Set(['dinsos']) };
    const row = 'Sari Dirumah;198503152010011001;;;Dinsos;;';
    expect(reasons(['Tuti;198503152010011002;;;Dinkes;;'], { reach })).toEqual(['OPD ini di luar kewenangan Anda']);
    expect(reasons([row], { reach, persons: [known({ topId: 'dinkes' })] })).toEqual(['NIP sudah terdaftar di OPD lain']);
    expect(reasons([row], { reach, persons: [known({ hasRoles: true })] })).toEqual(['akun dengan peran khusus hanya diubah administrator']);
  });
  test('a structural post has one holder; of a staff post there are as many as people', () => {
    const posts = [{ id: 'k', unitId: 'dinsos', title: 'Kepala Dinas Sosial', level: 'kepala_opd' as const, heldBy: { key: 'h', name: 'Hartini' } }];
    const verdicts = judged(
      [
        'A;198503152010011001;;;Dinsos;Kepala Dinas Sosial;Kepala OPD',
        'B;198503152010011002;;;Dinsos;Pengelola Data;staf',
        'C;198503152010011003;;;Dinsos;pengelola data;Staf',
        'D;198503152010011004;;;Dinsos;Sekretaris;sekretaris',
        'E;198503152010011005;;;Dinsos;Sekretaris;sekretaris',
      ],
      { posts },
    );
    expect(verdicts.map((v) => v.reason)).toEqual(['jabatan sudah dipegang Hartini', null, null, null, 'jabatan sudah dipegang D']);
  });
});

describe('the file', () => {
  const codeOf = (text: string): string => {
    try {
      readStaff(text);
      return 'read';
    } catch (error) {
      return error instanceof Refusal ? error.code : String(error);
    }
  };
  test('is read with semicolons or commas, with a byte order mark, quotes and Windows line ends', () => {
    const rows = readStaff('\uFEFFNama,NIP,OPD\r\n"Sari, S.Sos.",198503152010011001,"Dinas ""Sosial"""\r\n\r\n').rows;
    expect(rows.map((r) => [r.row, r.values])).toEqual([[2, { nama: 'Sari, S.Sos.', nip: '198503152010011001', opd: 'Dinas "Sosial"' }]]);
  });
  test('without the columns, or not CSV, it is refused by name', () => {
    expect(codeOf('nama;opd\nSari;Dinsos')).toBe('import.header');
    expect(codeOf('')).toBe('import.header');
    expect(codeOf('nama;nip;opd\n"Sari;1;Dinsos')).toBe('import.unreadable');
    expect(codeOf('nama;nip;opd\nS\uFFFDri;1;Dinsos')).toBe('import.unreadable');
    expect(codeOf('PK\u0003\u0004\0\0')).toBe('import.unreadable');
  });
  test('any text is read or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ';', ',', '\n', '\r', 'a', "'", '=', '\0', ' ') }), (text) =>
        /^(read|import\.)/.test(codeOf(`nama;nip;opd\n${text}`)),
      ),
    );
  });
  test('refused rows go back as they came with the reason, and cannot become formulas; mended they are read again', () => {
    const file = readStaff(`${HEAD};alasan\n"=HYPERLINK(""x"")";1;;+62800;Dinsos;;;lama`);
    const back = writeRefused(file, [{ cells: file.rows[0]!.cells, reason: 'NIP bukan 18 angka' }]);
    expect(back.startsWith('\uFEFFnama;nip;surel;telepon;opd;jabatan;tingkat;alasan\r\n')).toBe(true);
    expect(back).toContain("'=HYPERLINK");
    expect(back).not.toContain('lama');
    expect(readStaff(back).rows[0]!.values.telepon).toBe('+62800');
  });
  test('the template fits its own rules', () => {
    expect(judge(readStaff(template()).rows, all).map((v) => v.reason)).toEqual([null]);
  });
});
