// Corrections under a list: original, accepted, reason, both names. After the list was final they change nothing above.
import type { ListedCorrection, Sheet } from '../../shared/attendance.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Table, type Column } from '../ui/table.tsx';
import { correctionWords } from '../words/corrections.ts';
import { Reading } from './corrections-reading.tsx';

export function CorrectionsUnder({ sheet: { corrections, zone } }: { sheet: Sheet }) {
  const w = useWords(correctionWords);
  const later = corrections.filter((c) => c.afterFinal);
  const before = corrections.filter((c) => !c.afterFinal);
  return (
    <>
      {before.length > 0 && <Listed title={w.under} rows={before} zone={zone} />}
      {later.length > 0 && <Listed title={w.afterFinal} note={w.afterFinalWhy} rows={later} zone={zone} />}
    </>
  );
}

function Listed({ title, note, rows, zone }: { title: string; note?: string; rows: readonly ListedCorrection[]; zone: Sheet['zone'] }) {
  const w = useWords(correctionWords);
  const f = useFormats();
  const when = (at: string): string => `${f.shortDayOf(at, zone)}, ${f.time(at, zone)}`;
  const columns: Column<ListedCorrection>[] = [
    { key: 'who', head: w.cols.who, phone: 'title', cell: (row) => <strong>{row.personName}</strong> },
    { key: 'before', head: w.original, cell: (row) => <Reading of={row.original} zone={zone} /> },
    { key: 'after', head: w.accepted, cell: (row) => (row.from === null ? w.wfh : <span className="num">{f.span(row.from, row.to, zone)}</span>) },
    {
      key: 'why',
      head: w.reason,
      phone: 'title',
      cell: (row) => (
        <>
          <p className="said">{row.reason}</p>
          <p className="quiet">{w.askedAndDecided(row.requestedBy, row.decidedBy, when(row.decidedAt))}</p>
        </>
      ),
    },
  ];
  return (
    <section className="stack" aria-label={title}>
      <h3>{title}</h3>
      {note !== undefined && <p className="quiet s">{note}</p>}
      <Table caption={title} columns={columns} rows={rows} rowKey={(row) => row.id} />
    </section>
  );
}
