// Rekap: the own month for everybody; the month of an OPD, and of all of them, for those who manage them.
import { useState } from 'react';
import Download from 'lucide-react/icons/download';
import { Link, useSearchParams } from 'wouter';
import type { getOpds } from '../../shared/people.ts';
import type { getRecap, getRecapTotals, Recap, RecapRow, RecapTotals } from '../../shared/recap.ts';
import { useRead } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { holds, useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { PlaceCard } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { recapWords } from '../words/recap.ts';
import { PresenceTabs } from './presence-tabs.tsx';
import { RecapDownload } from './recap-download.tsx';
import { useFigureColumns } from './recap-figures.tsx';
import { PersonMonth } from './recap-person.tsx';
import { MonthTools } from './recap-tools.tsx';
import './attendance.css';
import './recap.css';

const ALL = 'semua';

export default function RecapScreen() {
  const a = useWords(attendanceWords);
  const w = useWords(recapWords);
  const me = useMe();
  const today = dayIn(useZone());
  const [search, setSearch] = useSearchParams();
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const mine = opds.value?.filter((unit) => unit.kind === 'opd' && me.managesOpds.includes(unit.id)) ?? [];
  const overall = holds(me, 'bkd');
  const manages = me.managesOpds.length > 0;
  const opdId = search.get('opd') ?? (overall ? ALL : me.opd && me.managesOpds.includes(me.opd.id) ? me.opd.id : mine[0]?.id);
  const month = /^20\d{2}-(0[1-9]|1[0-2])$/.exec(search.get('bulan') ?? '')?.[0] ?? today.slice(0, 7);
  const person = search.get('orang') ?? (manages ? null : me.id);
  const [taking, setTaking] = useState(false);
  const set = (more: Record<string, string>): void =>
    setSearch({ ...(opdId !== undefined && { opd: opdId }), bulan: month, ...(person !== null && manages && { orang: person }), ...more }, { replace: true });
  const choices = [...(overall ? [{ value: ALL, label: w.allOpds }] : []), ...mine.map((unit) => ({ value: unit.id, label: unit.name }))];
  const opd = mine.find((unit) => unit.id === opdId);
  return (
    <Page title={a.presence}>
      <PresenceTabs />
      <MonthTools opds={person === null ? choices : []} opdId={opdId} month={month} onOpd={(id) => set({ opd: id })} onMonth={(next) => set({ bulan: next })}>
        {person === null && opdId !== undefined && (
          <Button icon={<Download aria-hidden />} onClick={() => setTaking(true)}>
            {w.download}
          </Button>
        )}
        {manages && (
          <Link
            className="btn btn-quiet"
            href={
              person === null ? `/presensi/rekap?bulan=${month}&orang=${me.id}` : `/presensi/rekap?bulan=${month}${opdId === undefined ? '' : `&opd=${opdId}`}`
            }
          >
            {person === null ? w.mine : w.back}
          </Link>
        )}
      </MonthTools>
      {person !== null ? (
        <PersonMonth key={person} personId={person} month={month} />
      ) : opdId === ALL ? (
        <RegionMonth month={month} onOpen={(id) => set({ opd: id })} />
      ) : opdId === undefined ? (
        <Bones rows={6} tall />
      ) : (
        <OpdMonth opdId={opdId} month={month} onOpen={(id) => set({ orang: id })} />
      )}
      {taking && <RecapDownload opd={opdId === ALL ? null : { id: opdId ?? '', name: opd?.name ?? '' }} month={month} onClose={() => setTaking(false)} />}
    </Page>
  );
}

function OpdMonth({ opdId, month, onOpen }: { opdId: string; month: string; onOpen: (personId: string) => void }) {
  const recap = useRead<typeof getRecap>('/api/opds/:id/recap', { params: { id: opdId }, query: { month } });
  return (
    <Loaded from={recap} skeleton={<Bones rows={8} tall />}>
      {(value) => <OpdTable recap={value} onOpen={onOpen} />}
    </Loaded>
  );
}

function OpdTable({ recap, onOpen }: { recap: Recap; onOpen: (personId: string) => void }) {
  const w = useWords(recapWords);
  const f = useFormats();
  const figures = useFigureColumns<RecapRow>();
  const columns: Column<RecapRow>[] = [
    { key: 'name', head: w.cols.name, phone: 'title', cell: (row) => <PlaceCard name={row.name} position={row.position} more={row.nip} /> },
    ...figures,
    {
      key: 'open',
      head: '',
      phone: 'plain',
      cell: (row) => (
        <Button kind="quiet" aria-label={w.openOf(row.name)} onClick={() => onOpen(row.personId)}>
          {w.open}
        </Button>
      ),
    },
  ];
  const begun = recap.from <= recap.to;
  return (
    <Section title={recap.opdName} note={begun ? w.until(f.date(recap.from), f.date(recap.to)) : undefined}>
      {recap.outages.length > 0 && <Note tone="wait">{w.outages(recap.outages.length)}</Note>}
      {recap.rows.length === 0 ? (
        <Empty title={w.empty} />
      ) : begun ? (
        <div className="wide">
          <Table caption={w.list} columns={columns} rows={recap.rows} rowKey={(row) => row.personId} />
        </div>
      ) : (
        <Empty title={w.notYet} />
      )}
      <p className="quiet s section-note">
        {w.read} {w.logged}
      </p>
    </Section>
  );
}

type TotalsRow = RecapTotals['rows'][number];
function RegionMonth({ month, onOpen }: { month: string; onOpen: (opdId: string) => void }) {
  const w = useWords(recapWords);
  const figures = useFigureColumns<TotalsRow>();
  const totals = useRead<typeof getRecapTotals>('/api/recap', { query: { month } });
  const columns: Column<TotalsRow>[] = [
    { key: 'opd', head: w.cols.opd, phone: 'title', cell: (row) => <PlaceCard name={row.opdName} more={w.people(row.people)} /> },
    ...figures,
    {
      key: 'open',
      head: '',
      phone: 'plain',
      cell: (row) => (
        <Button kind="quiet" aria-label={w.openOf(row.opdName)} onClick={() => onOpen(row.opdId)}>
          {w.open}
        </Button>
      ),
    },
  ];
  return (
    <Section title={w.totals}>
      <Loaded from={totals} skeleton={<Bones rows={8} tall />}>
        {(value) => (
          <div className="wide">
            <Table caption={w.totals} columns={columns} rows={value.rows} rowKey={(row) => row.opdId} />
          </div>
        )}
      </Loaded>
      <p className="quiet s section-note">
        {w.read} {w.logged}
      </p>
    </Section>
  );
}
