// Judges the rows of a staff list, in order: who is new, who is changed, which row is refused and why.
import { z } from 'zod';
import { Level, line } from '../../shared/people.ts';
import { isPersonal, RANK } from './holdings.ts';
import { nipProblem } from './nip.ts';
import type { PersonFields } from './person-store.ts';
import { reaches, type Reach } from './rights.ts';
import type { CsvRow } from './staff-csv.ts';
import type { Unit } from './units.ts';

export type KnownPerson = PersonFields & { id: string; topId: string | null; disabled: boolean; hasRoles: boolean };
/** `heldBy`: who holds it definitively today or later; a person's id, or the row of this file that takes it. */
export type KnownPost = { id: string | null; unitId: string; title: string; level: Level; heldBy: { key: string; name: string } | null };
export type Known = { units: readonly Unit[]; persons: readonly KnownPerson[]; posts: readonly KnownPost[]; reach: Reach; today: string };

/** `positionId` null = the position is made first. */
export type Post = { positionId: string | null; unitId: string; title: string; level: Level };
export type Verdict = { row: number; name: string } & (
  | { result: 'ditambahkan' | 'diperbarui'; reason: null; person: KnownPerson | null; fields: PersonFields; post: Post | null }
  | { result: 'ditolak'; reason: string }
);

const LEVELS: Record<string, Level> = {
  ...Object.fromEntries(Object.keys(RANK).map((level) => [level.replace('_', ''), Level.parse(level)])),
  kepaladinas: 'kepala_opd',
  kepalabadan: 'kepala_opd',
  kadis: 'kepala_opd',
  kepalabidang: 'kabid',
  kabag: 'kabid',
  kepalaseksi: 'kasi',
  kasubbag: 'kasi',
  jabatanfungsional: 'fungsional',
  staff: 'staf',
  pelaksana: 'staf',
};
const folded = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();
const letters = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
const Email = z.email().max(200);
const Name = line(120);
const Title = line(160);

class RowProblem extends Error {}
const problem = (reason: string): never => {
  throw new RowProblem(reason);
};

export function judge(rows: readonly CsvRow[], known: Known): Verdict[] {
  const find = unitFinder(known);
  const byNip = new Map(known.persons.flatMap((p) => (p.nip === null ? [] : [[p.nip, p] as const])));
  const byEmail = new Map(known.persons.flatMap((p) => (p.email === null ? [] : [[p.email.toLowerCase(), p] as const])));
  const seen = new Map<string, number>();
  const posts = new Posts(known.posts);

  function once(key: string, what: string, row: number): void {
    const before = seen.get(key);
    if (before !== undefined) problem(`${what} sama dengan baris ${before}`);
    seen.set(key, row);
  }

  function judgeRow({ row, values, tooWide }: CsvRow): Verdict {
    if (tooWide) problem('lebih banyak kolom daripada baris judul');
    const name = Name.safeParse(values.nama).data ?? problem('nama kosong atau terlalu panjang');
    const nip = values.nip ? values.nip.replace(/[\s.]/g, (sign) => (/E\+/i.test(values.nip!) ? sign : '')) : null;
    const wrong = nip === null ? null : nipProblem(nip, known.today);
    if (wrong) problem(`NIP ${wrong}`);
    const email = values.surel || null;
    if (email !== null && !Email.safeParse(email).success) problem('surel tidak sah');
    if (nip === null && email === null) problem('isi NIP atau surel');
    if ((values.telepon ?? '').length > 30) problem('telepon terlalu panjang');
    const unit = find(values.opd ?? '');
    if (!reaches(known.reach, unit.topId)) problem('OPD ini di luar kewenangan Anda');
    const title = values.jabatan ? (Title.safeParse(values.jabatan).data ?? problem('jabatan terlalu panjang')) : null;
    const level = values.tingkat ? (LEVELS[letters(values.tingkat)] ?? problem(`tingkat tidak dikenal (${Object.keys(RANK).join(', ')})`)) : null;
    if ((title === null) !== (level === null)) problem('jabatan dan tingkat diisi bersama');
    const person = existing(name, nip, email);
    if (nip !== null) once(`nip ${nip}`, 'NIP', row);
    if (email !== null) once(`surel ${email.toLowerCase()}`, 'surel', row);
    const post = title === null || level === null ? null : posts.take({ unitId: unit.id, title, level }, { key: person?.id ?? `row ${row}`, name });
    // An empty cell says nothing: what is on record stays.
    const fields = {
      name,
      nip: nip ?? person?.nip ?? null,
      email: email ?? person?.email ?? null,
      phone: values.telepon || (person?.phone ?? null),
      opdId: unit.id,
    };
    return { row, name, result: person ? 'diperbarui' : 'ditambahkan', reason: null, person, fields, post };
  }

  /** The same NIP (or e-mail) under the same name is the same person, sent again; under another name it is somebody else's. */
  function existing(name: string, nip: string | null, email: string | null): KnownPerson | null {
    const withNip = nip === null ? undefined : byNip.get(nip);
    const withEmail = email === null ? undefined : byEmail.get(email.toLowerCase());
    const person = withNip ?? withEmail;
    if (person === undefined) return null;
    const what = withNip ? 'NIP' : 'surel';
    if (letters(person.name) !== letters(name) || (nip !== null && person.nip !== null && person.nip !== nip)) problem(`${what} sudah dipakai orang lain`);
    if (withNip && withEmail && withNip !== withEmail) problem('surel sudah dipakai orang lain');
    if (!reaches(known.reach, person.topId)) problem(`${what} sudah terdaftar di OPD lain`);
    if (person.disabled) problem('akun orang ini dinonaktifkan');
    if (person.hasRoles && !known.reach.all) problem('akun dengan peran khusus hanya diubah administrator');
    return person;
  }

  return rows.map((row) => {
    try {
      return judgeRow(row);
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      return { row: row.row, name: row.values.nama ?? '', result: 'ditolak', reason: error.message };
    }
  });
}

/** By name, abbreviation or alias; `Dinas Sosial / Sekretariat` where several OPDs have a unit of that name. */
function unitFinder({ units, reach }: Known): (text: string) => Unit {
  const named = new Map<string, Unit[]>();
  for (const unit of units) {
    for (const name of new Set([unit.name, unit.abbreviation, ...unit.aliases].map(folded))) named.set(name, [...(named.get(name) ?? []), unit]);
  }
  return (text) => {
    const path = text.split('/').map(folded);
    const whole = named.get(folded(text));
    const tops = new Set(path.length > 1 ? (named.get(path[0]!) ?? []).map((unit) => unit.topId) : []);
    const found = whole ?? (named.get(path.at(-1)!) ?? []).filter((unit) => tops.has(unit.topId));
    const own = found.filter((unit) => reaches(reach, unit.topId));
    const choice = own.length > 0 ? own : found;
    const best = choice.filter((unit) => unit.kind === 'opd').length === 1 ? choice.filter((unit) => unit.kind === 'opd') : choice;
    if (text === '' || best.length === 0) problem(text === '' ? 'OPD kosong' : 'OPD tidak dikenal');
    if (best.length > 1) problem('nama unit ini ada di beberapa OPD; tulis "OPD / unit"');
    return best[0]!;
  };
}

/** The positions as they fill up row by row. */
class Posts {
  private readonly byKey = new Map<string, KnownPost[]>();
  constructor(posts: readonly KnownPost[]) {
    for (const post of posts) this.add({ ...post });
  }
  private key = (post: { unitId: string; title: string; level: Level }): string => `${post.unitId} ${post.level} ${folded(post.title)}`;
  private add(post: KnownPost): void {
    this.byKey.set(this.key(post), [...(this.byKey.get(this.key(post)) ?? []), post]);
  }

  /** A structural post has one holder; of a staff or functional post there are as many as people. */
  take(wanted: { unitId: string; title: string; level: Level }, holder: { key: string; name: string }): Post | null {
    const same = this.byKey.get(this.key(wanted)) ?? [];
    if (same.some((post) => post.heldBy?.key === holder.key)) return null;
    const free = same.find((post) => post.heldBy === null);
    if (free) {
      free.heldBy = holder;
      return { ...wanted, positionId: free.id };
    }
    if (same.length > 0 && !isPersonal(wanted.level)) problem(`jabatan sudah dipegang ${same[0]!.heldBy!.name}`);
    this.add({ ...wanted, id: null, heldBy: holder });
    return { ...wanted, positionId: null };
  }
}
