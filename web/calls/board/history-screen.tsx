// Calls placed: what about, when, how each came out; the board of each is one press away.
import { Link } from 'wouter';
import type { CallCard, getCalls } from '../../../shared/calls.ts';
import { useRead } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useZone } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { Mark } from '../../ui/marks.tsx';
import { Bones, Empty, Loaded } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { callWords } from '../../words/calls.ts';
import { SifatMark } from '../sifat-mark.tsx';
import '../calls.css';

export default function HistoryScreen() {
  const w = useWords(callWords);
  const f = useFormats();
  const zone = useZone();
  const calls = useRead<typeof getCalls>('/api/calls', {});
  const columns: Column<CallCard>[] = [
    {
      key: 'about',
      head: w.about,
      phone: 'title',
      cell: (call) => (
        <Link href={`/panggil/${call.id}`} className="call-title">
          {call.subject}
        </Link>
      ),
    },
    {
      key: 'when',
      head: w.when,
      phone: 'plain',
      cell: (call) => (
        <span className="num">
          {f.shortDayOf(call.placedAt, zone)}, {f.time(call.placedAt, zone)}
        </span>
      ),
    },
    { key: 'sifat', head: w.sifat, phone: 'plain', cell: (call) => <SifatMark sifat={call.sifat} /> },
    { key: 'state', head: w.state, phone: 'plain', cell: (call) => <State call={call} /> },
    { key: 'result', head: w.result, phone: 'plain', cell: (call) => <span className="num">{w.joinedOf(call.joined, call.called)}</span> },
    { key: 'caller', head: w.caller, phone: 'label', cell: (call) => call.callerName },
  ];
  return (
    <Page title={w.historyTitle} under={w.historyUnder}>
      <Loaded from={calls} skeleton={<Bones rows={6} tall />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={w.historyEmpty}>{w.historyEmptyDo}</Empty>
          ) : (
            <Table caption={w.historyTitle} columns={columns} rows={rows} rowKey={(call) => call.id} />
          )
        }
      </Loaded>
    </Page>
  );
}

function State({ call }: { call: CallCard }) {
  const w = useWords(callWords);
  if (call.cancelledAt !== null)
    return (
      <Mark shape="dash" tone="wait">
        {w.wasCancelled}
      </Mark>
    );
  return (
    <Mark shape={call.running ? 'full' : 'dash'} tone={call.running ? 'good' : 'quiet'}>
      {call.running ? w.running : w.over}
    </Mark>
  );
}
