// Objections as a printed list: who, about what, what is stated, how it stands.
import type { Correction } from '../../shared/corrections.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Mark, PlaceCard, type MarkShape, type Tone } from '../ui/marks.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { correctionWords } from '../words/corrections.ts';

const looks: Record<Correction['state'], [MarkShape, Tone]> = {
  open: ['half', 'wait'],
  accepted: ['full', 'good'],
  rejected: ['dash', 'alarm'],
  withdrawn: ['ring', 'quiet'],
};

type Props = { caption: string; rows: readonly Correction[]; own?: boolean; onOpen: (id: string) => void };

/** `own`: whose they are need not be said, except of those filed for somebody else. */
export function CorrectionList({ caption, rows, own = false, onOpen }: Props) {
  const w = useWords(correctionWords);
  const who: Column<Correction> = {
    key: 'who',
    head: w.cols.who,
    phone: 'title',
    cell: (row) => <PlaceCard name={row.person.name} position={row.opdName} more={row.onBehalf ? `${w.onBehalf}: ${row.requestedBy}` : undefined} />,
  };
  const columns: Column<Correction>[] = [
    ...(own && rows.every((row) => !row.onBehalf) ? [] : [who]),
    { key: 'about', head: w.cols.about, phone: 'title', cell: (row) => <Subject of={row} /> },
    { key: 'claim', head: w.cols.claim, phone: 'plain', cell: (row) => <Claim of={row} /> },
    { key: 'state', head: w.cols.state, phone: 'plain', cell: (row) => <StateOf correction={row} /> },
    {
      key: 'open',
      head: '',
      phone: 'plain',
      cell: (row) => (
        <Button kind={row.may.decide ? 'main' : 'plain'} aria-label={w.openOf(row.person.name)} onClick={() => onOpen(row.id)}>
          {row.may.decide ? w.open : w.see}
        </Button>
      ),
    },
  ];
  return <Table caption={caption} columns={columns} rows={rows} rowKey={(row) => row.id} />;
}

export function Subject({ of: { meeting, date, zone } }: { of: Correction }) {
  const w = useWords(correctionWords);
  const f = useFormats();
  if (!meeting) return <>{w.dayOf(f.day(date))}</>;
  return (
    <span className="place">
      <span>{meeting.title}</span>
      <span className="place-position">
        {f.day(date)}
        {meeting.startedAt !== null && <span className="num">, {f.span(meeting.startedAt, meeting.endedAt, zone)}</span>}
      </span>
    </span>
  );
}

export function Claim({ of: { claimed, zone } }: { of: Correction }) {
  const w = useWords(correctionWords);
  const f = useFormats();
  return claimed.from === null ? <>{w.wfh}</> : <span className="num">{f.span(claimed.from, claimed.to, zone)}</span>;
}

export function StateOf({ correction: { state, dueAt, overdue, zone } }: { correction: Correction }) {
  const w = useWords(correctionWords);
  const f = useFormats();
  const [shape, tone] = overdue ? (['half', 'alarm'] as const) : looks[state];
  return (
    <span className="place">
      <Mark shape={shape} tone={tone}>
        {w.state[state]}
        {overdue && `, ${w.overdue}`}
      </Mark>
      {state === 'open' && <span className="place-position">{w.due(`${f.shortDayOf(dueAt, zone)}, ${f.time(dueAt, zone)}`)}</span>}
    </span>
  );
}
