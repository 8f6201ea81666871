// Rekapitulasi Jadwal: a month as it was published, on the screen and as files that are written while they are read.
import * as wire from '../../shared/rota-recap.ts';
import type { JadwalRecap } from '../../shared/rota-recap.ts';
import type { Opd } from '../../shared/people.ts';
import { DayCode } from '../../shared/roster.ts';
import { policyText } from '../../shared/rota-rules.ts';
import type { Letters } from '../letters/index.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { clockText, monthText, shortDateText } from '../platform/local-time.ts';
import { governmentOf } from '../platform/region.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, type Route, type ServedFile, type SignedIn } from '../platform/serve.ts';
import { csvPieces, csvStream, csvTexts, streamed, xlsxStream, type Table } from '../platform/tables.ts';
import { actsOf, dayText } from './plan.ts';
import type { Plans } from './plans.ts';
import type { Content, Publication } from './publishing.ts';
import { linesOf, policiesOf, recapDifferences, sumsOf, type LettersOf } from './recap-rows.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds' | 'maskNip' | 'regionName' | 'noteAccess'>;
  letters: Pick<Letters, 'signersOf'>;
  plans: Pick<Plans, 'managed' | 'isHead'>;
};
/** The letters of a plan as they stood at a revision. */
export type LettersAt = (tx: Tx, planId: string, revision: number) => Promise<LettersOf>;
type Found = { opd: Opd; plan: store.PlanRow; publication: Publication };
type Asked = { month: string; revision?: number | undefined };
type Row = readonly (string | number | null)[];

const csvColumns = ['nip', 'tanggal', 'kode', 'keterangan', 'dasar'].map((title) => ({ title, width: 20 }));
const cellText = (cell: { code: string; shift: string | null } | null): string => (cell === null ? '' : cell.shift ? `${cell.code} ${cell.shift}` : cell.code);

export function createRecap({ sql, clock, people, plans, letters: papers }: World) {
  let lettersAt: LettersAt = () => Promise.resolve({ letters: [], lines: [] });

  /** A revision that is not there, or that retention has destroyed, is refused. */
  async function found(tx: Tx, person: SignedIn, opdId: string, { month, revision }: Asked): Promise<Found | null> {
    const opd = await plans.managed(tx, person, opdId);
    const plan = await store.planOf(tx, opdId, month);
    if (!plan || plan.revision === null) return null;
    const publication = (await store.publication<Content>(tx, plan.id, revision ?? plan.revision)) ?? refuse('not_found');
    return { opd, plan, publication };
  }
  const mustBeThere = async (tx: Tx, person: SignedIn, opdId: string, asked: Asked): Promise<Found> =>
    (await found(tx, person, opdId, asked)) ?? refuse('rota.recap_none');
  const note = (tx: Tx, person: SignedIn, { opd, publication }: Found, what: string, subject: string): Promise<void> =>
    people.noteAccess(tx, {
      by: person.id,
      what,
      subject: `${opd.name} ${subject}`,
      count: publication.content.people.length,
      scope: { kind: 'opd', id: opd.id },
      persons: publication.content.people.map(({ id }) => id),
    });

  async function read(person: SignedIn, opdId: string, asked: Asked): Promise<JadwalRecap | null> {
    return sql.begin('isolation level repeatable read', async (tx) => {
      const known = await found(tx, person, opdId, asked);
      if (!known) return null;
      const { opd, plan, publication } = known;
      const { content, revision } = publication;
      const lock = plan.state === 'dikunci' ? (await store.stepsOf(tx, plan.id)).findLast(({ act }) => act === 'kunci') : undefined;
      const { letters } = await lettersAt(tx, plan.id, revision);
      const acts = actsOf(plan, { isHead: await plans.isHead(tx, person, opd), prepares: false });
      const rows = content.people.map(({ id, name, nip, position, unitName }) => {
        const cells = content.days.map((_, day) => {
          const cell = content.cells[id]?.[day];
          return cell ? { code: cell.code, shift: cell.shift } : null;
        });
        return { personId: id, name, nip: people.maskNip(nip), position, unitName, cells, sums: sumsOf(cells) };
      });
      await note(tx, person, known, 'rekap_jadwal.baca', `${asked.month} revisi ${revision}`);
      return {
        plan: { ...plan, opdName: opd.name },
        zone: opd.zone,
        revision,
        revisions: (await store.revisionsOf(tx, plan.id)).map((row) => ({ ...row, at: row.at.toISOString() })),
        locked: lock ? { byName: lock.byName, at: lock.at.toISOString() } : null,
        days: content.days,
        rows,
        sums: DayCode.options.map((_, n) => rows.reduce((sum, row) => sum + (row.sums[n] ?? 0), 0)),
        overrides: content.overrides,
        policies: policiesOf(content),
        letters: letters.map((letter) => ({ ...letter, issuedAt: letter.issuedAt.toISOString() })),
        mayLock: acts.includes('kunci'),
        serverTime: clock.now().toISOString(),
      };
    });
  }

  async function differences(tx: Tx, person: SignedIn, opdId: string, { month, from, to }: { month: string; from: number; to: number }) {
    const later = await mustBeThere(tx, person, opdId, { month, revision: to });
    const former = await mustBeThere(tx, person, opdId, { month, revision: from });
    return { later, rows: recapDifferences(former.publication.content, later.publication.content) };
  }
  const readDifferences = (person: SignedIn, opdId: string, asked: { month: string; from: number; to: number }) =>
    sql.begin(async (tx) => {
      const { later, rows } = await differences(tx, person, opdId, asked);
      await note(tx, person, later, 'rekap_jadwal.baca', `${asked.month} revisi ${asked.from}–${asked.to}`);
      return { from: asked.from, to: asked.to, rows: rows.map((row) => ({ ...row, nip: people.maskNip(row.nip) })) };
    });
  async function differencesCsv(person: SignedIn, opdId: string, asked: { month: string; from: number; to: number; purpose: string }): Promise<ServedFile> {
    const { later, rows } = await differences(sql, person, opdId, asked);
    await note(sql, person, later, 'rekap_jadwal.csv', `${asked.month} revisi ${asked.from}–${asked.to}: ${asked.purpose}`);
    const table: Table = {
      name: 'Selisih',
      over: [],
      columns: ['nip', 'nama', 'tanggal', 'semula', 'menjadi', 'dasar'].map((title) => ({ title, width: 20 })),
      rows: rows.map(({ nip, name, date, was, now, basis }) => [nip, name, date, cellText(was), cellText(now), basis]),
      at: clock.now(),
    };
    return { content: await csvStream(table), name: fileName(later, `selisih-${asked.from}-${asked.to}`, 'csv') };
  }

  const fileName = ({ opd, plan }: Found, more: string, extension: string): string =>
    `rekap-jadwal-${opd.abbreviation.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}-${plan.month}-${more}.${extension}`;

  async function csv(person: SignedIn, opdId: string, asked: Asked & { purpose: string }): Promise<ServedFile> {
    const known = await mustBeThere(sql, person, opdId, asked);
    const { revision, content } = known.publication;
    await note(sql, person, known, 'rekap_jadwal.csv', `${asked.month} revisi ${revision}: ${asked.purpose}`);
    const { lines } = await lettersAt(sql, known.plan.id, revision);
    const table = { name: 'Jadwal', over: [], columns: csvColumns, rows: linesOf(content, lines), at: clock.now() };
    return { content: await csvStream(table), name: fileName(known, `revisi-${revision}`, 'csv') };
  }

  /** OPD by OPD, as it is read: one month of one OPD is in memory at a time. */
  async function regionCsv(person: SignedIn, { month, purpose }: { month: string; purpose: string }): Promise<ServedFile> {
    const ids = (await people.opds(sql)).filter(({ id, kind }) => kind === 'opd' && person.managesOpds.includes(id)).map(({ id }) => id);
    const byOpd = await store.plansIn(sql, ids, month);
    const published = ids.flatMap((opdId) => {
      const plan = byOpd.get(opdId);
      return plan && plan.revision !== null ? [{ id: plan.id, revision: plan.revision }] : [];
    });
    if (published.length === 0) refuse('rota.recap_none');
    await people.noteAccess(sql, {
      by: person.id,
      what: 'rekap_jadwal.csv',
      subject: `${month}: ${purpose}`,
      count: published.length,
      scope: { kind: 'region', id: null },
    });
    async function* texts(): AsyncGenerator<string> {
      yield* csvTexts({ columns: csvColumns, rows: [] });
      for (const { id, revision } of published) {
        const publication = await store.publication<Content>(sql, id, revision);
        if (publication) yield* csvPieces(linesOf(publication.content, (await lettersAt(sql, id, revision)).lines));
      }
    }
    return { content: await streamed(texts()), name: `rekap-jadwal-${month}.csv` };
  }

  async function xlsx(person: SignedIn, opdId: string, asked: Asked & { purpose: string; paper: 'a3' | 'a4' }): Promise<ServedFile> {
    const known = await mustBeThere(sql, person, opdId, asked);
    const { opd, plan, publication } = known;
    const { content, revision } = publication;
    await note(sql, person, known, 'rekap_jadwal.xlsx', `${asked.month} revisi ${revision}: ${asked.purpose}`);
    const { letters } = await lettersAt(sql, plan.id, revision);
    const now = clock.now();
    const total = DayCode.options.map(() => 0);
    const rows = content.people.map(({ id, name, nip, position }, n): Row => {
      const cells = content.days.map((_, day) => content.cells[id]?.[day] ?? null);
      const sums = sumsOf(cells);
      for (const [at, sum] of sums.entries()) total[at]! += sum;
      return [n + 1, name, nip, position, ...cells.map((cell) => (cell === null ? null : CELLS[cell.code])), ...sums];
    });
    const sealed = [null, 'Jumlah', null, null, ...content.days.map(() => null), ...total];
    const table: Table = {
      name: `Jadwal ${plan.month}`,
      over: [
        [governmentOf(await people.regionName(sql)).toUpperCase()],
        [opd.name.toUpperCase()],
        [`REKAPITULASI JADWAL ${monthText(plan.month).toUpperCase()}`],
        [
          '',
          `Revisi ${revision}${revision === plan.revision && plan.state === 'dikunci' ? ' (dikunci)' : ''}, terbit ${moment(publication.at, opd)} oleh ${publication.byName}`,
        ],
        ['', `Surat edaran: ${policiesOf(content).map(policyText).join('; ') || '–'}`],
        ['', `Surat tugas: ${letters.map(({ number, kind }) => (kind === 'tugas' ? number : `${number} (${kind})`)).join('; ') || '–'}`],
        ['', `Diunduh ${person.name}, ${moment(now, opd)}, untuk: ${asked.purpose}. Sidik isi ${publication.sha256.slice(0, 16)}`],
      ],
      columns: [
        { title: 'No.', width: 4.5 },
        { title: 'Nama', width: 26 },
        { title: 'NIP', width: 20 },
        { title: 'Jabatan', width: 22 },
        ...content.days.map(({ date }) => ({ title: String(Number(date.slice(8))), width: 3.4 })),
        ...DayCode.options.map((title) => ({ title, width: 6.5 })),
      ],
      rows: [...rows, sealed],
      under: [...explained(content), ...(await signature(sql, opd, content.days.length))],
      print: { paper: asked.paper },
      at: now,
    };
    return { content: await xlsxStream(table), name: fileName(known, `revisi-${revision}`, 'xlsx') };
  }

  const moment = (at: Date, { zone }: Opd): string => `${shortDateText(at, zone)} pukul ${clockText(at, zone)}`;

  /** Who heads the OPD today, on the right where a head signs. */
  async function signature(tx: Tx, opd: Opd, days: number): Promise<Row[]> {
    const [signer] = await papers.signersOf(tx, opd);
    const at = (text: string): Row => [...Array.from({ length: Math.max(4, days - 8) }, () => null), text];
    const lines = signer?.lines ?? [`Kepala ${opd.name},`];
    return [[], at(shortDateText(clock.now(), opd.zone)), ...lines.map(at), [], [], [], at(signer?.name ?? '……………………'), at(`NIP ${signer?.nip ?? '…'}`)];
  }

  const routes: Route[] = [
    serve(wire.getJadwalRecap, async ({ person, params, query }) => ({
      recap: await read(person, params.id, query),
      serverTime: clock.now().toISOString(),
    })),
    serve(wire.getJadwalDifferences, ({ person, params, query }) => readDifferences(person, params.id, query)),
    serve(wire.getJadwalDifferencesCsv, ({ person, params, query }) => differencesCsv(person, params.id, query)),
    serve(wire.getJadwalCsv, ({ person, params, query }) => csv(person, params.id, query)),
    serve(wire.getJadwalXlsx, ({ person, params, query }) => xlsx(person, params.id, query)),
    serve(wire.getRegionJadwalCsv, ({ person, query }) => regionCsv(person, query)),
  ];
  return { routes, heedLetters: (asked: LettersAt): void => void (lettersAt = asked) };
}

/** As a cell of one day holds them on paper. */
const CELLS: Record<(typeof DayCode.options)[number], string> = { WFO: 'O', WFH: 'H', PIKET: 'P', DL: 'D', CUTI: 'C', SAKIT: 'S', LIBUR: '–' };
function explained({ days, overrides, shifts }: Content): Row[] {
  const off = days.filter(({ kind, name }) => name !== null && (kind === 'libur' || kind === 'cuti_bersama'));
  return [
    [],
    [null, 'O = WFO, H = WFH, P = PIKET, D = dinas luar, C = cuti, S = sakit, – = libur'],
    ...(shifts.length > 0 ? [[null, `Giliran piket: ${shifts.map(({ name, from, to }) => `${name} ${from}–${to}`).join(', ')}`] as Row] : []),
    ...(off.length > 0 ? [[null, `Hari libur: ${off.map(({ date, name }) => `${dayText(date)} ${name}`).join('; ')}`] as Row] : []),
    ...overrides.map((one): Row => [null, `Pengecualian oleh kepala (${overrideText(one.byName, one.at)}): ${one.words}. Alasan: ${one.reason}`]),
  ];
}
const overrideText = (byName: string, at: string): string => `${byName}, ${shortDateText(new Date(at), 'Asia/Jakarta')}`;
