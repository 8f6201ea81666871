// `npm run verify`: the whole ledger, checked from its rows, beside the roots written down outside the database.
import { parseArgs } from 'node:util';
import { misfits, readDigits } from '../shared/ledger-words.ts';
import { ConfigProblem, readConfig } from './config.ts';
import { withOwner } from './owner-database.ts';
import type { Sql } from './platform/database.ts';
import { readAnchors, type Anchor } from './platform/ledger-anchors.ts';
import { verifyLedger, type Finding, type Verified } from './platform/ledger-verify.ts';
import { StartProblem } from './platform/start-problem.ts';

/** Answers the exit code: 0 only when everything fits. */
export async function verify(args: readonly string[]): Promise<number> {
  try {
    const { json, paper } = readArgs(args);
    const config = readConfig(process.env);
    const anchors = [...(await readAnchors(config.dataFolder)), ...paper];
    const found = await withOwner(config, 'verify', async (sql) => {
      await refuseWithoutLedger(sql);
      return verifyLedger(sql, { anchors });
    });
    if (json) console.log(JSON.stringify({ ...found, anchors: anchors.length, ok: found.findings.length === 0 }));
    else tell(found, anchors);
    return found.findings.length === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof ConfigProblem) for (const text of error.lines) console.error(`Konfigurasi: ${text}`);
    else if (error instanceof StartProblem) console.error(error.message);
    else console.error(`Buku bukti tidak dapat diperiksa: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

function readArgs(args: readonly string[]): { json: boolean; paper: Anchor[] } {
  const options = { root: { type: 'string', multiple: true }, json: { type: 'boolean' } } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    return { json: values.json ?? false, paper: (values.root ?? []).map(anchorOf) };
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw new StartProblem('Pilihan yang dikenal: npm run verify -- --root NOMOR=DIGIT (boleh berulang) --json');
  }
}

function anchorOf(given: string): Anchor {
  const [, n, typed] = /^#?(\d{1,9})=(.+)$/s.exec(given) ?? [];
  const root = typed === undefined ? null : readDigits(typed);
  if (n === undefined || root === null)
    throw new StartProblem(`--root ${given} tidak terbaca. Tulis nomor dan sedikitnya 16 digit pertama dari kertas: --root 57=ab12cd34ef567890`);
  return { n: Number(n), root, from: 'paper' };
}

async function refuseWithoutLedger(sql: Sql): Promise<void> {
  const [row] = await sql<{ there: boolean }[]>`select to_regclass('ledger.book') is not null as there`;
  if (!row?.there) throw new StartProblem('Basis data ini belum mempunyai buku bukti. Jalankan npm start sekali, lalu ulangi.');
}

const number = (n: number, digits = 0): string => n.toLocaleString('id-ID', { maximumFractionDigits: digits });

function tell({ rows, streams, roots, seconds, findings, more }: Verified, anchors: readonly Anchor[]): void {
  console.log(`Buku bukti diperiksa: ${number(rows)} baris, ${number(streams)} aliran, ${number(roots)} akar, ${number(seconds, 1)} dtk.`);
  const paper = anchors.filter(({ from }) => from === 'paper').length;
  if (anchors.length === 0) console.log('Tidak ada akar di luar basis data. Bandingkan juga dengan akar di kertas: npm run verify -- --root NOMOR=DIGIT');
  else console.log(`Dibandingkan dengan ${number(anchors.length - paper)} akar di akar.log dan ${number(paper)} akar dari kertas.`);
  if (findings.length === 0) return console.log('✓ Utuh: tidak ada baris yang diubah, dihapus, disisipkan, atau dipindahkan.');
  console.log(`✗ TIDAK UTUH: ${number(findings.length + more)} temuan. Di setiap aliran disebut baris pertama yang tidak cocok.`);
  table([['buku', 'aliran', 'baris', 'yang tidak cocok'], ...findings.map(rowOf)]);
  if (more > 0) console.log(`… dan ${number(more)} temuan lain.`);
}

const rowOf = ({ book, stream, seq, what }: Finding): string[] => [book, stream ?? '–', seq === null ? '–' : String(seq), misfits[what][0]];

function table(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
    );
}
