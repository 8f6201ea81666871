// The revisions of a published month, the newest first, and what one of them changed.
import { useState } from 'react';
import type { getJadwalDifferences, JadwalDifference, JadwalRecap } from '../../shared/rota-recap.ts';
import type { PlanCell } from '../../shared/rota.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Code, PlaceCard } from '../ui/marks.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { rotaRecapWords } from '../words/rota-recap.ts';

export function RecapRevisions({ recap }: { recap: JadwalRecap }) {
  const w = useWords(rotaRecapWords);
  const f = useFormats();
  const [open, setOpen] = useState<number>();
  return (
    <Section title={w.revisions}>
      <ul className="recap-list">
        {recap.revisions.toReversed().map(({ revision, at, byName, why }) => (
          <li key={revision}>
            <div className="recap-revision">
              <span>
                <strong>{w.under(revision, `${f.dayOf(at, recap.zone)}, ${f.time(at, recap.zone)}`, byName)}</strong>
                <span className="quiet s">{why === null ? (revision === 0 ? w.first : w.published) : w.why(why)}</span>
              </span>
              {revision > 0 && (
                <Button kind="quiet" aria-expanded={open === revision} onClick={() => setOpen(open === revision ? undefined : revision)}>
                  {w.show(revision)}
                </Button>
              )}
            </div>
            {open === revision && <Differences recap={recap} to={revision} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Differences({ recap: { plan }, to }: { recap: JadwalRecap; to: number }) {
  const w = useWords(rotaRecapWords);
  const f = useFormats();
  const query = { month: plan.month, from: to - 1, to };
  const read = useRead<typeof getJadwalDifferences>('/api/opds/:id/rota/recap/differences', { params: { id: plan.opdId }, query });
  const columns: Column<JadwalDifference>[] = [
    { key: 'person', head: w.cols.person, phone: 'title', cell: (row) => <PlaceCard name={row.name} more={row.nip} /> },
    { key: 'date', head: w.cols.date, cell: ({ date }) => f.date(date) },
    { key: 'was', head: w.cols.was, cell: ({ was }) => <Cell cell={was} /> },
    { key: 'now', head: w.cols.now, cell: ({ now }) => <Cell cell={now} /> },
    { key: 'basis', head: w.cols.basis, cell: ({ basis }) => basis || '–' },
  ];
  return (
    <Loaded from={read} skeleton={<Bones rows={3} />}>
      {({ rows }) => (
        <>
          <p className="section-note">{rows.length === 0 ? w.same : w.rows(rows.length)}</p>
          {rows.length > 0 && <Table caption={w.difference(to - 1, to)} columns={columns} rows={rows} rowKey={(row) => `${row.personId} ${row.date}`} />}
        </>
      )}
    </Loaded>
  );
}

export function Cell({ cell }: { cell: PlanCell | null }) {
  return (
    <span>
      <Code code={cell?.code ?? null} /> {cell?.shift}
    </span>
  );
}
