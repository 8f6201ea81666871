// The rows of the day board; with `onPicked`, rows can be ticked to be given a code.
import type { DayRow } from '../../shared/attendance.ts';
import type { Zone } from '../../shared/people.ts';
import { useWords } from '../platform/words.ts';
import { Code, PlaceCard } from '../ui/marks.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { commonWords } from '../words/common.ts';
import { machineWords } from '../words/machine.ts';
import { MachineCell } from './board-machine.tsx';
import { DayMarkSign, Evidence } from './day-mark.tsx';

type Props = {
  rows: readonly DayRow[];
  opdId: string;
  date: string;
  zone: Zone;
  picked: readonly string[];
  onPicked: ((ids: readonly string[]) => void) | undefined;
};

export function BoardTable({ rows, opdId, date, zone, picked, onPicked }: Props) {
  const w = useWords(attendanceWords);
  const c = useWords(commonWords);
  const m = useWords(machineWords);
  const columns: Column<DayRow>[] = [
    {
      key: 'name',
      head: w.boardCols.name,
      phone: 'title',
      cell: (row) => {
        const card = <PlaceCard name={row.name} position={row.position} more={row.nip} />;
        if (!onPicked) return card;
        const on = picked.includes(row.personId);
        return (
          <label className="check">
            <input
              type="checkbox"
              aria-label={w.pick(row.name)}
              checked={on}
              onChange={() => onPicked(on ? picked.filter((id) => id !== row.personId) : [...picked, row.personId])}
            />
            {card}
          </label>
        );
      },
    },
    { key: 'unit', head: w.boardCols.unit, phone: 'hide', cell: (row) => <span className="quiet">{row.unitName}</span> },
    { key: 'code', head: w.boardCols.code, phone: 'plain', cell: (row) => <Code code={row.code} title={row.code === null ? undefined : c.codes[row.code]} /> },
    { key: 'mark', head: w.boardCols.mark, phone: 'plain', cell: (row) => <DayMarkSign mark={row.mark} corrected={row.corrected} /> },
    { key: 'machine', head: m.column, phone: 'plain', cell: (row) => <MachineCell row={row} opdId={opdId} date={date} zone={zone} /> },
    {
      key: 'evidence',
      head: w.boardCols.evidence,
      phone: 'plain',
      cell: (row) => (row.evidence.length > 0 ? <Evidence rows={row.evidence} zone={zone} /> : <span className="quiet s">{row.basis}</span>),
    },
  ];
  return (
    <Table
      caption={w.board}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.personId}
      rowState={(row) => (picked.includes(row.personId) ? 'chosen' : undefined)}
    />
  );
}
