// Takes in a staff list: all good rows or none, in one transaction; the bad ones go back as a file.
import type { ImportReport } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { NoteAccess } from './access.ts';
import { addDays, dayIn } from './days.ts';
import { judge, type Known, type Post, type Verdict } from './import.ts';
import * as store from './import-store.ts';
import type { createOffice } from './office.ts';
import type { Actor } from './rights.ts';
import type { createStaff } from './staff.ts';
import { readStaff, writeRefused } from './staff-csv.ts';
import * as units from './unit-store.ts';

const BASIS = 'Impor data kepegawaian';

type Parts = { sql: Sql; clock: Clock; noteAccess: NoteAccess; staff: ReturnType<typeof createStaff>; office: ReturnType<typeof createOffice> };

export function createImporting({ sql, clock, noteAccess, staff, office }: Parts) {
  async function importStaff(actor: Actor, csv: string, { dryRun }: { dryRun: boolean }): Promise<ImportReport> {
    const file = readStaff(csv);
    return sql.begin(async (tx) => {
      await store.lockImports(tx);
      const nips = file.rows.flatMap((row) => (row.values.nip ? [row.values.nip.replace(/[\s.]/g, '')] : []));
      const emails = file.rows.flatMap((row) => (row.values.surel ? [row.values.surel.toLowerCase()] : []));
      const today = dayIn('Asia/Jakarta', clock.now());
      const known: Known = {
        units: await units.units(tx),
        persons: await store.personsWith(tx, nips, emails),
        posts: await store.posts(tx, today),
        reach: await staff.reachOf(tx, actor),
        today,
      };
      const verdicts = judge(file.rows, known);
      if (!dryRun) for (const verdict of verdicts) await apply(tx, actor, verdict, today);
      if (!dryRun)
        await noteAccess(tx, { by: actor.id, what: 'impor pegawai', subject: 'people', count: verdicts.length, scope: { kind: 'region', id: null } });
      return report(file, verdicts);
    });
  }

  async function apply(tx: Tx, actor: Actor, verdict: Verdict, today: string): Promise<void> {
    if (verdict.result === 'ditolak') return;
    if (verdict.person) await staff.changeIn(tx, actor, verdict.person, verdict.fields);
    const personId = verdict.person?.id ?? (await staff.addIn(tx, actor, verdict.fields));
    if (verdict.post) await moveTo(tx, actor, personId, verdict.post, today);
  }

  /** The list says the post the person has now: a former definitive one ends the day before. */
  async function moveTo(tx: Tx, actor: Actor, personId: string, post: Post, today: string): Promise<void> {
    for (const former of await units.holdingsBy(tx, [personId])) {
      if (former.kind !== 'definitif' || (former.until !== null && former.until < today)) continue;
      const until = addDays(today, -1);
      await office.endIn(tx, actor.id, former, until < former.from ? former.from : until);
    }
    const positionId = post.positionId ?? (await units.insertPosition(tx, { opdId: post.unitId, title: post.title, level: post.level }));
    const position = (await units.lockPosition(tx, positionId))!;
    await office.appointIn(tx, actor.id, position, { personId, kind: 'definitif', from: today, until: null, basis: BASIS });
  }

  return { importStaff };
}

function report(file: ReturnType<typeof readStaff>, verdicts: readonly Verdict[]): ImportReport {
  const cells = new Map(file.rows.map((row) => [row.row, row.cells]));
  const refused = verdicts.flatMap((v) => (v.result === 'ditolak' ? [{ cells: cells.get(v.row) ?? [], reason: v.reason }] : []));
  const count = (result: Verdict['result']): number => verdicts.filter((v) => v.result === result).length;
  return {
    added: count('ditambahkan'),
    changed: count('diperbarui'),
    refused: refused.length,
    rows: verdicts.map(({ row, name, result, reason }) => ({ row, name, result, reason })),
    refusedCsv: refused.length === 0 ? null : writeRefused(file, refused),
  };
}
