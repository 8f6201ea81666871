// Berita acara pemusnahan: what was destroyed, when, by whom, on what basis.
import type { Destruction } from '../../shared/privacy.ts';
import { useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Table, type Column } from '../ui/table.tsx';
import { privacyWords } from '../words/privacy.ts';
import { useClassName } from './class-name.ts';

type Line = Destruction['classes'][number];

export function Destroyed({ runs }: { runs: readonly Destruction[] }) {
  const w = useWords(privacyWords);
  const f = useFormats();
  const zone = useZone();
  const nameOf = useClassName();
  if (runs.length === 0) return <p className="section-note">{w.noDestroyed}</p>;
  const columns: Column<Line>[] = [
    { key: 'name', head: w.destroyedCols.name, phone: 'title', cell: nameOf },
    { key: 'table', head: w.destroyedCols.table, phone: 'plain', cell: (row) => <code>{row.table}</code> },
    { key: 'rows', head: w.destroyedCols.rows, align: 'number', cell: (row) => f.number(row.rows) },
    {
      key: 'span',
      head: w.destroyedCols.span,
      align: 'number',
      cell: (row) => row.oldest && row.newest && `${f.date(row.oldest.slice(0, 10))} – ${f.date(row.newest.slice(0, 10))}`,
    },
  ];
  return (
    <div className="stack-l">
      {runs.map((run) => (
        <article key={run.run} className="stack">
          <h3>{w.destroyedHead(f.dayOf(run.at, zone), run.basis)}</h3>
          <p className="quiet s">{w.destroyedBy(run.by)}</p>
          <Table caption={run.basis} columns={columns} rows={run.classes} rowKey={(row) => `${row.key} ${row.table}`} />
        </article>
      ))}
    </div>
  );
}
