// What became (or would become) of each row; the refused ones as a file to mend.
import Download from 'lucide-react/icons/download';
import type { ImportReport } from '../../shared/people.ts';
import { saveAs } from '../platform/download.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Mark, type MarkShape, type Tone } from '../ui/marks.tsx';
import { Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { peopleWords } from '../words/people.ts';

type Row = ImportReport['rows'][number];
const looks: Record<Row['result'], [MarkShape, Tone]> = { ditambahkan: ['full', 'good'], diperbarui: ['half', 'accent'], ditolak: ['dash', 'alarm'] };

export function ImportResult({ title, summary, report }: { title: string; summary: string; report: ImportReport }) {
  const w = useWords(peopleWords);
  const refused = report.refusedCsv;
  const columns: Column<Row>[] = [
    { key: 'row', head: w.rowCols.row, align: 'number', cell: (row) => row.row },
    { key: 'name', head: w.rowCols.name, phone: 'title', cell: (row) => <span className="place-name">{row.name}</span> },
    {
      key: 'result',
      head: w.rowCols.result,
      phone: 'plain',
      cell: (row) => (
        <Mark shape={looks[row.result][0]} tone={looks[row.result][1]}>
          {w.results[row.result]}
        </Mark>
      ),
    },
    { key: 'reason', head: w.rowCols.reason, phone: 'plain', cell: (row) => row.reason },
  ];
  return (
    <Section title={title}>
      <div className="stack">
        <p className="sum">{summary}</p>
        {refused !== null && (
          <div className="row">
            <Button icon={<Download aria-hidden />} onClick={() => saveAs(new Blob([refused], { type: 'text/csv' }), 'baris-ditolak.csv')}>
              {w.refusedFile}
            </Button>
            <span className="quiet s">{w.refusedNote}</span>
          </div>
        )}
        {report.rows.length === 0 ? (
          <p className="quiet">{w.nothing}</p>
        ) : (
          <Table
            caption={title}
            columns={columns}
            rows={[...report.rows].sort((a, b) => Number(b.result === 'ditolak') - Number(a.result === 'ditolak') || a.row - b.row)}
            rowKey={(row) => String(row.row)}
          />
        )}
      </div>
    </Section>
  );
}
