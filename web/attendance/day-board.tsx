// The OPD's day: planned code beside what is known. Rows change in place when a meeting marks somebody.
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import type { DayBoard, DayRow, getDayBoard } from '../../shared/attendance.ts';
import type { getOpds } from '../../shared/people.ts';
import { useRead } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { useWatch } from '../platform/live.tsx';
import { mayKeepStaff, useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { OutageLine } from '../ui/outage-line.tsx';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/field.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { machineWords } from '../words/machine.ts';
import { OfficeLine } from './board-machine.tsx';
import { BoardTable } from './board-table.tsx';
import { BoardTools } from './board-tools.tsx';
import type { SetCodesProps } from './presence-screen.tsx';

const passes = {
  all: () => true,
  wfh: (row) => row.code === 'WFH',
  open: (row) => row.mark === 'belum_ada_bukti',
  asks: (row) => row.asks,
  site: (row) => row.code === 'WFO' || row.code === 'PIKET',
  away: (row) => row.code === 'DL' || row.code === 'CUTI' || row.code === 'SAKIT',
  wfhOpen: (row) => row.code === 'WFH' && row.mark === 'belum_ada_bukti',
  noCode: (row) => row.code === null,
} satisfies Record<string, (row: DayRow) => boolean>;
type Filter = keyof typeof passes;
/** Always offered; of the others the one that the address asks for. */
const USUAL: readonly Filter[] = ['all', 'wfh', 'open', 'asks'];
/** By their names in the address: Beranda's figures lead here. */
const NAMED: Readonly<Record<string, Filter>> = {
  wfh: 'wfh',
  'belum-bukti': 'open',
  perlu: 'asks',
  kantor: 'site',
  pergi: 'away',
  'wfh-belum-bukti': 'wfhOpen',
  'tanpa-kode': 'noCode',
};
const nameOf = (filter: Filter): string => Object.entries(NAMED).find(([, of]) => of === filter)?.[0] ?? '';

export function DayBoardSection({ setCodes }: { setCodes: (props: SetCodesProps) => ReactNode }) {
  const w = useWords(attendanceWords);
  const f = useFormats();
  const me = useMe();
  const zone = useZone();
  const [search, setSearch] = useSearchParams();
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const mine = opds.value?.filter((unit) => unit.kind === 'opd' && me.managesOpds.includes(unit.id)) ?? [];
  const opdId = search.get('opd') ?? (me.opd && me.managesOpds.includes(me.opd.id) ? me.opd.id : mine[0]?.id);
  const date = search.get('tanggal') ?? dayIn(zone);
  const set = (name: string, value: string): void => setSearch((before) => ({ ...Object.fromEntries(before), [name]: value }), { replace: true });
  useWatch(opdId === undefined ? undefined : `opd:${opdId}`);
  const board = useRead<typeof getDayBoard>('/api/opds/:id/day', { params: { id: opdId ?? '' }, query: { date } }, { enabled: opdId !== undefined });
  return (
    <Section title={w.board} note={f.day(date)}>
      <BoardTools opds={mine} opdId={opdId} date={date} onOpd={(id) => set('opd', id)} onDate={(day) => set('tanggal', day)} />
      <Loaded from={board} skeleton={<Bones rows={8} />}>
        {(value) => (
          <Board
            key={`${value.opdId}${value.date}`}
            board={value}
            setCodes={setCodes}
            filter={NAMED[search.get('tampil') ?? ''] ?? 'all'}
            onFilter={(to) => set('tampil', nameOf(to))}
          />
        )}
      </Loaded>
    </Section>
  );
}

type BoardProps = { board: DayBoard; setCodes: (props: SetCodesProps) => ReactNode; filter: Filter; onFilter: (to: Filter) => void };
function Board({ board, setCodes, filter, onFilter }: BoardProps) {
  const w = useWords(attendanceWords);
  const m = useWords(machineWords);
  const me = useMe();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [setting, setSetting] = useState(false);
  const rows = board.rows.filter(passes[filter]);
  const wfh = board.rows.filter(passes.wfh);
  if (board.rows.length === 0) return <Empty title={w.boardEmpty}>{w.boardEmptyDo}</Empty>;
  const people = board.rows.filter((row) => picked.includes(row.personId)).map((row) => ({ id: row.personId, name: row.name }));
  return (
    <>
      <p className="sum" aria-live="polite">
        {w.boardCounts({ all: board.rows.length, wfh: wfh.length, marked: wfh.filter((row) => row.mark === 'hadir_wfh').length })}
      </p>
      <OfficeLine board={board} />
      <OutageLine windows={board.outages} zone={board.zone} />
      <div className="tools">
        <div className="board-show">
          <Segmented
            label={w.show}
            value={filter}
            onValue={onFilter}
            choices={[...USUAL, ...(USUAL.includes(filter) ? [] : [filter])].map((value) => ({
              value,
              label: `${value === 'asks' ? m.asks : w.filters[value]} ${board.rows.filter(passes[value]).length}`,
            }))}
          />
        </div>
        {mayKeepStaff(me) && (
          <Button kind="quiet" onClick={() => setPicked(rows.map((row) => row.personId))}>
            {w.pickAll}
          </Button>
        )}
      </div>
      {rows.length === 0 ? (
        <Empty title={w.noneMatch} />
      ) : (
        <BoardTable rows={rows} opdId={board.opdId} date={board.date} zone={board.zone} picked={picked} onPicked={mayKeepStaff(me) ? setPicked : undefined} />
      )}
      {picked.length > 0 && (
        <div className="chosen-bar">
          <span aria-live="polite">{w.chosen(picked.length)}</span>
          <Button kind="main" onClick={() => setSetting(true)}>
            {w.setCodes}
          </Button>
          <Button kind="quiet" onClick={() => setPicked([])}>
            {w.clear}
          </Button>
        </div>
      )}
      {setting &&
        setCodes({
          opdId: board.opdId,
          date: board.date,
          people,
          onClose: () => setSetting(false),
          onDone: () => {
            setSetting(false);
            setPicked([]);
          },
        })}
      <p className="quiet s section-note">
        {w.markWhy.WFH} {w.read}
      </p>
    </>
  );
}
