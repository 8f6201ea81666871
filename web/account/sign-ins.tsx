// When somebody signed in to this account, or tried to.
import type { ReplyOf } from '../../shared/endpoint.ts';
import type { getSignIns } from '../../shared/people.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Mark } from '../ui/marks.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { accountWords } from '../words/account.ts';

type Row = ReplyOf<typeof getSignIns>[number];

export function SignIns() {
  const w = useWords(accountWords);
  const f = useFormats();
  const zone = useZone();
  const rows = useRead<typeof getSignIns>('/api/sign-ins', {});
  const columns: Column<Row>[] = [
    { key: 'device', head: w.cols.device, phone: 'title', cell: (row) => row.device },
    { key: 'at', head: w.signInCols.at, cell: (row) => <span className="num">{`${f.shortDayOf(row.at, zone)}, ${f.time(row.at, zone)}`}</span> },
    {
      key: 'outcome',
      head: w.signInCols.outcome,
      cell: (row) =>
        row.outcome === 'masuk' ? (
          w.outcomes.masuk
        ) : (
          <Mark shape="ring" tone="alarm">
            {w.outcomes[row.outcome]}
          </Mark>
        ),
    },
  ];
  return (
    <div className="stack">
      <p className="section-note">{w.signInsNote}</p>
      <Loaded from={rows} skeleton={<Bones rows={2} />}>
        {(all) => <Table caption={w.signIns} columns={columns} rows={all} rowKey={(row) => `${row.at} ${row.outcome}`} />}
      </Loaded>
    </div>
  );
}
