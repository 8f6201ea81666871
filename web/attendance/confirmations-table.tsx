// Days as rows: what was read, why somebody has to look, who confirmed.
import type { ConfirmationRow } from '../../shared/confirmations.ts';
import type { Zone } from '../../shared/people.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Code, Mark, PlaceCard } from '../ui/marks.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { commonWords } from '../words/common.ts';
import { confirmationWords } from '../words/confirmations.ts';
import { DayMarkSign } from './day-mark.tsx';

type Props = { rows: readonly ConfirmationRow[]; zone: Zone; dated: boolean; onOpen: (row: ConfirmationRow) => void };

export function ConfirmationTable({ rows, zone, dated, onOpen }: Props) {
  const w = useWords(confirmationWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const date: Column<ConfirmationRow> = { key: 'date', head: w.cols.date, phone: 'plain', cell: (row) => <span className="num">{f.date(row.date)}</span> };
  const columns: Column<ConfirmationRow>[] = [
    { key: 'name', head: w.cols.name, phone: 'title', cell: (row) => <PlaceCard name={row.name} position={row.position} more={row.nip} /> },
    ...(dated ? [date] : []),
    {
      key: 'day',
      head: w.cols.day,
      phone: 'title',
      cell: (row) => (
        <span className="place">
          <span className="row">
            <Code code={row.code} title={c.codes[row.code]} />
            <DayMarkSign mark={row.mark} corrected={row.corrected} />
          </span>
          <span className="place-position">
            <EvidenceText row={row} />
          </span>
        </span>
      ),
    },
    {
      key: 'doubts',
      head: w.cols.doubts,
      phone: 'plain',
      cell: (row) =>
        row.doubts.length > 0 && (
          <ul className="doubts">
            {row.doubts.map((doubt) => (
              <li key={doubt}>
                <Mark shape="half" tone={doubt === 'changed' ? 'alarm' : 'wait'}>
                  {w.doubt[doubt]}
                </Mark>
              </li>
            ))}
          </ul>
        ),
    },
    { key: 'state', head: w.cols.state, phone: 'plain', cell: (row) => <Standing row={row} zone={zone} /> },
    {
      key: 'open',
      head: '',
      phone: 'plain',
      cell: (row) =>
        row.barred === null && (
          <Button
            kind={row.doubts.length > 0 ? 'plain' : 'quiet'}
            aria-label={row.confirmed && row.doubts.length === 0 ? w.changeOf(row.name) : w.openOf(row.name)}
            onClick={() => onOpen(row)}
          >
            {row.confirmed && row.doubts.length === 0 ? w.change : w.open}
          </Button>
        ),
    },
  ];
  return <Table caption={w.list} columns={columns} rows={rows} rowKey={(row) => `${row.personId}${row.date}`} />;
}

/** Said again by the sign beside it when there is nothing to add. */
export function EvidenceText({ row }: { row: ConfirmationRow }) {
  const w = useWords(confirmationWords);
  const a = useWords(attendanceWords);
  const parts = [
    row.meetings > 0 ? w.meetings(row.meetings, row.minutes) : row.code === 'WFH' && w.noMeetings,
    row.confidence !== null && a.confidence[row.confidence],
  ];
  return <>{parts.filter(Boolean).join(', ')}</>;
}

export function Standing({ row, zone }: { row: ConfirmationRow; zone: Zone }) {
  const w = useWords(confirmationWords);
  const f = useFormats();
  if (row.barred !== null && !row.confirmed) return <span className="quiet">{w.barred[row.barred]}</span>;
  if (!row.confirmed)
    return (
      <Mark shape="ring" tone="quiet">
        {w.waiting}
      </Mark>
    );
  const { outcome, by, at } = row.confirmed;
  const stale = row.doubts.includes('changed');
  return (
    <span className="place">
      <Mark shape={stale ? 'half' : 'full'} tone={stale ? 'wait' : outcome === 'tidak_hadir' ? 'alarm' : 'good'}>
        {w.outcome[outcome]}
      </Mark>
      <span className="place-position">{w.by(by, `${f.shortDayOf(at, zone)}, ${f.time(at, zone)}`)}</span>
    </span>
  );
}
