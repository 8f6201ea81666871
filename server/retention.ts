// `npm run retention`: what is past its time today, per class; with `--destroy`, and a name and a basis, it is destroyed. Only here:
// the portal's own role cannot.
import { parseArgs } from 'node:util';
import { ConfigProblem, readConfig } from './config.ts';
import { withOwner } from './owner-database.ts';
import { systemClock } from './platform/clock.ts';
import type { Sql } from './platform/database.ts';
import { StartProblem } from './platform/start-problem.ts';
import { destroyDue, dryRun } from './privacy/index.ts';

type Order = { by: string; basis: string };
/** A signature needs a name and a post, a basis a number: shorter is none. */
const LEAST = 5;

/** Answers the exit code. */
export async function retention(args: readonly string[]): Promise<number> {
  try {
    const order = readArgs(args);
    await withOwner(readConfig(process.env), 'retention', async (sql) => {
      const [row] = await sql<{ there: boolean }[]>`select to_regclass('privacy.retention_class') is not null as there`;
      if (!row?.there) throw new StartProblem('Basis data ini belum mempunyai jadwal retensi. Jalankan npm start sekali, lalu ulangi.');
      await (order ? destroy(sql, order) : tell(sql));
    });
    return 0;
  } catch (error) {
    if (error instanceof ConfigProblem) for (const text of error.lines) console.error(`Konfigurasi: ${text}`);
    else if (error instanceof StartProblem) console.error(error.message);
    else console.error(`Retensi tidak dapat dijalankan: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

function readArgs(args: readonly string[]): Order | null {
  const options = { destroy: { type: 'boolean' }, by: { type: 'string' }, basis: { type: 'string' } } as const;
  let given: { destroy?: boolean | undefined; by?: string | undefined; basis?: string | undefined };
  try {
    given = parseArgs({ args: [...args], options }).values;
  } catch {
    throw new StartProblem('Pilihan yang dikenal: npm run retention -- --destroy --by "Nama, jabatan" --basis "Nomor berita acara"');
  }
  const { destroy = false, by = '', basis = '' } = given;
  if (!destroy && (by !== '' || basis !== '')) throw new StartProblem('--by dan --basis hanya bersama --destroy. Tanpa --destroy tidak ada yang dimusnahkan.');
  if (!destroy) return null;
  if (by.trim().length < LEAST) throw new StartProblem('--by: tulis nama dan jabatan yang memusnahkan, misalnya --by "Ratna, Kepala Bidang Arsip"');
  if (basis.trim().length < LEAST) throw new StartProblem('--basis: tulis nomor berita acara atau keputusannya, misalnya --basis "BA 045/12/2029"');
  return { by: by.trim(), basis: basis.trim() };
}

async function tell(sql: Sql): Promise<void> {
  const readings = (await dryRun(sql, systemClock.now())).filter((r) => r.active);
  table([
    ['kelas', 'bulan', 'tindakan', 'lewat masa', 'ditahan', 'jatuh tempo', 'tertua'],
    ...readings.map((r) => [r.name, String(r.months), r.action, String(r.past), String(r.held), String(r.due), r.oldest?.toISOString().slice(0, 10) ?? '–']),
  ]);
  console.log('Uji coba: tidak ada yang dimusnahkan. Yang bertindakan "musnah" dan jatuh tempo dimusnahkan dengan --destroy.');
}

async function destroy(sql: Sql, order: Order): Promise<void> {
  const done = await destroyDue({ owner: sql, clock: systemClock }, order);
  table([['kelas', 'dimusnahkan'], ...done.map((d) => [d.name, String(d.rows)])]);
  const rows = done.reduce((sum, d) => sum + d.rows, 0);
  console.log(
    rows === 0 ? 'Tidak ada yang jatuh tempo.' : `${rows} baris dimusnahkan oleh ${order.by}, dasar ${order.basis}. Berita acaranya di halaman /retensi.`,
  );
}

function table(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
