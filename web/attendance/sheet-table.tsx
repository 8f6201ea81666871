// The rows of the list. Somebody inside now is marked; the intervals and what witnessed them open in the row.
import type { AttendanceStatus, Sheet, SheetRow } from '../../shared/attendance.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Mark, PlaceCard, type MarkShape, type Tone } from '../ui/marks.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { outageWords } from '../words/outages.ts';

const looks: Record<AttendanceStatus, [MarkShape, Tone]> = {
  hadir: ['full', 'good'],
  terlambat: ['half', 'wait'],
  diwakili: ['half', 'good'],
  izin: ['dash', 'wait'],
  menolak: ['dash', 'wait'],
  belum_ada_bukti: ['dots', 'quiet'],
};

export function SheetTable({ sheet }: { sheet: Sheet }) {
  const w = useWords(attendanceWords);
  const o = useWords(outageWords);
  const f = useFormats();
  const clock = (at: string | null): string => (at === null ? '' : f.clock(at, sheet.zone));
  const columns: Column<SheetRow>[] = [
    { key: 'no', head: w.cols.no, align: 'number', phone: 'hide', cell: (row) => row.no },
    {
      key: 'name',
      head: w.cols.name,
      phone: 'title',
      cell: (row) => <PlaceCard name={row.name} position={row.position} more={row.invited ? undefined : w.uninvited} badge={row.badge} />,
    },
    { key: 'nip', head: w.cols.nip, phone: 'plain', cell: (row) => row.nip && <span className="num quiet">{row.nip}</span> },
    { key: 'opd', head: w.cols.opd, phone: 'plain', cell: (row) => row.opdName },
    {
      key: 'status',
      head: w.cols.status,
      phone: 'plain',
      cell: (row) => (
        <>
          <Mark shape={looks[row.status][0]} tone={looks[row.status][1]}>
            {w.status[row.status]}
          </Mark>
          <Called row={row} sheet={sheet} />
        </>
      ),
    },
    { key: 'in', head: w.cols.in, align: 'number', cell: (row) => clock(row.firstIn) },
    {
      key: 'out',
      head: w.cols.out,
      align: 'number',
      cell: (row) =>
        row.insideNow ? (
          <Mark shape="full" tone="good">
            {w.insideNow}
          </Mark>
        ) : (
          clock(row.lastOut)
        ),
    },
    {
      key: 'minutes',
      head: w.cols.minutes,
      align: 'number',
      cell: (row) => (
        <>
          {row.firstIn !== null && f.number(row.minutes)}
          {row.excused > 0 && <small className="quiet excused"> {o.excused(row.excused)}</small>}
        </>
      ),
    },
    { key: 'mode', head: w.cols.mode, phone: 'plain', cell: (row) => row.intervals.length > 0 && <Way row={row} sheet={sheet} /> },
  ];
  return <Table caption={w.sheet} columns={columns} rows={sheet.rows} rowKey={(row) => String(row.no)} />;
}

/** What a call adds: in whose place, and what was answered; and what the roll-call adds. */
function Called({ row: { represents, representedBy, answer, rollCall }, sheet }: { row: SheetRow; sheet: Sheet }) {
  const w = useWords(attendanceWords);
  const f = useFormats();
  const notes = [
    ...representedBy.map(({ name, label, disposisi }) => (disposisi === null ? w.by(name, label) : w.byDisposisi(name, label, disposisi))),
    ...represents.map((title) => w.represents(title)),
    ...(answer === null
      ? []
      : [answer.said === 'menyusul' ? w.follows(answer.eta && f.clock(answer.eta, sheet.zone), answer.reason) : w.declined(answer.reason)]),
    ...(rollCall ? [w.rolled[rollCall.mark](f.clock(rollCall.at, sheet.zone))] : []),
  ];
  return notes.map((note) => (
    <small key={note} className="called">
      {note}
    </small>
  ));
}

function Way({ row, sheet }: { row: SheetRow; sheet: Sheet }) {
  const w = useWords(attendanceWords);
  const f = useFormats();
  if (row.mode === null) return null;
  return (
    <details className="way">
      <summary>
        {row.mode === null ? w.confidence.manual : w.mode[row.mode]}
        {row.intervals.length > 1 && `, ${w.times(row.intervals.length)}`}
      </summary>
      <ul>
        {row.intervals.map((interval) => (
          <li key={interval.from} className="num">
            {f.clock(interval.from, sheet.zone)}–{interval.to === null ? w.insideNow : f.clock(interval.to, sheet.zone)}
            <small>
              {' '}
              {w.confidence[interval.confidence]}: {interval.sources.map((source) => w.source[source]).join(', ')}
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
}
