// What the last check found, or how far it is.
import ShieldAlert from 'lucide-react/icons/shield-alert';
import ShieldCheck from 'lucide-react/icons/shield-check';
import type { Check, Finding } from '../../shared/ledger.ts';
import { misfits } from '../../shared/ledger-words.ts';
import { useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useLanguage, useWords } from '../platform/words.ts';
import { Empty } from '../ui/notice.tsx';
import { Table } from '../ui/table.tsx';
import { ledgerWords } from '../words/ledger.ts';

export function CheckResult({ check }: { check: Check }) {
  const w = useWords(ledgerWords);
  const f = useFormats();
  const zone = useZone();
  if (check.state === 'none') return <Empty title={w.neverTitle}>{w.neverText}</Empty>;
  const begun = w.begunBy(check.startedBy, `${f.dayOf(check.startedAt, zone)}, ${f.time(check.startedAt, zone)}`);
  if (check.state === 'running') {
    return (
      <div className="check" role="status">
        <progress aria-label={w.running} max={Math.max(check.expected, 1)} value={check.rows} />
        <p>
          {w.running}: {w.runningOf(f.number(check.rows), f.number(check.expected))}
        </p>
        <p className="quiet s">{begun}</p>
      </div>
    );
  }
  if (check.state === 'failed') {
    return (
      <Empty title={w.failedTitle}>
        {w.failedText} {begun}
      </Empty>
    );
  }
  const found = check.findings.length + check.more;
  return (
    <div className="check" role="status">
      <p className="check-verdict" data-tone={found === 0 ? 'good' : 'alarm'}>
        {found === 0 ? <ShieldCheck aria-hidden /> : <ShieldAlert aria-hidden />}
        {found === 0 ? w.whole : w.broken(found)}
      </p>
      <p>{found === 0 ? w.wholeText : w.brokenText}</p>
      {found > 0 && <Findings findings={check.findings} />}
      {check.more > 0 && <p>{w.more(check.more)}</p>}
      <p className="quiet s">
        {w.figures(f.number(check.rows), f.number(check.streams), f.number(check.roots), f.number(Number(check.seconds.toFixed(1))))}.{' '}
        {check.anchors > 0 ? w.anchors(f.number(check.anchors)) : w.noAnchors} {begun}
      </p>
    </div>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  const w = useWords(ledgerWords);
  const words = useLanguage() === 'en' ? 1 : 0;
  return (
    <Table<Finding>
      caption={w.broken(findings.length)}
      rows={findings}
      rowKey={({ book, stream, seq, what }) => `${book} ${stream} ${seq} ${what}`}
      columns={[
        { key: 'what', head: w.cols.what, cell: ({ what }) => <strong>{misfits[what][words]}</strong>, phone: 'title' },
        { key: 'book', head: w.cols.book, cell: ({ book }) => <code>{book}</code> },
        { key: 'stream', head: w.cols.stream, cell: ({ stream }) => <code className="digits">{stream ?? '–'}</code> },
        { key: 'row', head: w.cols.row, align: 'number', cell: ({ seq }) => seq ?? '–' },
      ]}
    />
  );
}
