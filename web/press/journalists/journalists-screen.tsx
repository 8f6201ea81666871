// Jurnalis: everybody ever registered, found by name or outlet.
import { useDeferredValue, useState } from 'react';
import type { getJournalists, Journalist } from '../../../shared/press-desk.ts';
import { useRead } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { TextField } from '../../ui/field.tsx';
import { PlaceCard } from '../../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../../ui/notice.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { deskWords } from '../../words/press-desk.ts';
import { registerWords } from '../../words/press-register.ts';
import { JournalistPanel } from './journalist-panel.tsx';
import { JournalistsPage } from './journalists-page.tsx';

const MOST = 200;

export default function JournalistsScreen() {
  const w = useWords(deskWords);
  const [wanted, setWanted] = useState('');
  const [opened, setOpened] = useState<string>();
  const q = useDeferredValue(wanted.trim());
  const read = useRead<typeof getJournalists>('/api/journalists', { query: q === '' ? {} : { q } }, { keepWhileAsking: true });
  const found = read.value?.find((one) => one.id === opened);
  return (
    <JournalistsPage>
      <div className="tools">
        <TextField label={w.searchFor} type="search" value={wanted} onValue={setWanted} autoComplete="off" maxLength={100} />
      </div>
      <Loaded from={read} skeleton={<Bones rows={6} />}>
        {(rows) => {
          if (rows.length === 0 && q === '') return <Empty title={w.noJournalists}>{w.noJournalistsText}</Empty>;
          if (rows.length === 0) return <p className="quiet">{w.noFound}</p>;
          return (
            <>
              <List rows={rows} onOpen={setOpened} />
              {rows.length === MOST && <Note>{w.most}</Note>}
              <p className="quiet s section-note">{w.logged}</p>
            </>
          );
        }}
      </Loaded>
      {found && <JournalistPanel key={found.id} journalist={found} onClose={() => setOpened(undefined)} />}
    </JournalistsPage>
  );
}

function List({ rows, onOpen }: { rows: readonly Journalist[]; onOpen: (id: string) => void }) {
  const w = useWords(deskWords);
  const k = useWords(registerWords).kinds;
  const f = useFormats();
  const columns: Column<Journalist>[] = [
    {
      key: 'name',
      head: w.cols.name,
      phone: 'title',
      cell: (j) => (
        <button type="button" className="link tap" onClick={() => onOpen(j.id)}>
          {j.name}
        </button>
      ),
    },
    { key: 'outlet', head: w.cols.outlet, phone: 'plain', cell: (j) => <PlaceCard name={j.outlet} position={k[j.outletKind]} /> },
    { key: 'email', head: w.cols.email, phone: 'plain', cell: (j) => j.email },
    { key: 'valid', head: w.cols.valid, cell: (j) => j.validUntil && f.date(j.validUntil) },
    { key: 'since', head: w.cols.since, phone: 'hide', cell: (j) => <span className="num">{f.shortDayOf(j.registeredAt, 'Asia/Jakarta')}</span> },
  ];
  return <Table caption={w.journalists} columns={columns} rows={rows} rowKey={(j) => j.id} />;
}
