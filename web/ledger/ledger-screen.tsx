// Buku bukti: whether what is on record is what was recorded. For BKD and the administrator.
import { useEffect, useEffectEvent } from 'react';
import type { getLedger, LedgerState, postLedgerCheck, Root } from '../../shared/ledger.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { holds, useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Copy } from '../ui/copy.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table } from '../ui/table.tsx';
import { commonWords } from '../words/common.ts';
import { ledgerWords } from '../words/ledger.ts';
import { CheckResult } from './check-result.tsx';
import { PaperRoot } from './paper-root.tsx';
import './ledger.css';

const ASK_EVERY_MS = 700;

export default function LedgerScreen() {
  const w = useWords(ledgerWords);
  const c = useWords(commonWords);
  if (!holds(useMe(), 'bkd')) {
    return (
      <Page title={w.title}>
        <Empty title={c.noRightTitle}>{c.noRightText}</Empty>
      </Page>
    );
  }
  return (
    <Page title={w.title} under={w.under}>
      <Ledger />
    </Page>
  );
}

function Ledger() {
  const w = useWords(ledgerWords);
  const ledger = useRead<typeof getLedger>('/api/ledger', {});
  const check = useWrite<typeof postLedgerCheck>('POST', '/api/ledger/check', ['/api/ledger']);
  const running = ledger.value?.check.state === 'running';
  const ask = useEffectEvent(ledger.again);
  useEffect(() => {
    if (!running) return;
    const timer = window.setInterval(() => ask(), ASK_EVERY_MS);
    return () => window.clearInterval(timer);
  }, [running]);
  return (
    <Loaded from={ledger} skeleton={<Bones rows={8} />}>
      {(state) => (
        <>
          <Section title={w.check}>
            {check.failure && (
              <Note tone="alarm" alert>
                {check.failure.message}
              </Note>
            )}
            <CheckResult check={state.check} />
            <div className="check-do">
              <Button kind="main" busy={check.busy || running} onClick={() => void check.run({})}>
                {state.check.state === 'none' ? w.checkNow : w.checkAgain}
              </Button>
            </div>
          </Section>
          <PaperRoot />
          <Roots state={state} />
        </>
      )}
    </Loaded>
  );
}

function Roots({ state: { roots, uncovered, writtenDown } }: { state: LedgerState }) {
  const w = useWords(ledgerWords);
  const f = useFormats();
  const zone = useZone();
  return (
    <Section title={w.roots}>
      <p className="section-note">
        {w.rootsText} {writtenDown && w.writtenDown} {uncovered > 0 && w.uncovered(f.number(uncovered))}
      </p>
      {roots.length === 0 ? (
        <Empty title={w.noRootsTitle}>{w.noRootsText}</Empty>
      ) : (
        <Table<Root>
          caption={w.roots}
          rows={roots}
          rowKey={({ n }) => String(n)}
          columns={[
            { key: 'n', head: w.cols.n, cell: ({ n }) => <strong>#{n}</strong>, phone: 'plain' },
            { key: 'at', head: w.cols.at, cell: ({ at }) => `${f.dayOf(at, zone)}, ${f.time(at, zone)}`, phone: 'plain' },
            { key: 'root', head: w.cols.root, cell: ({ root }) => <Digits root={root} />, phone: 'title' },
            { key: 'copy', head: '', cell: ({ n, root }) => <Copy kind="quiet" text={root} label={w.copyRoot} of={`#${n}`} />, phone: 'plain' },
          ]}
        />
      )}
    </Section>
  );
}

/** In fours, as on paper. */
const Digits = ({ root }: { root: string }) => <code className="digits">{(root.match(/.{4}/g) ?? []).join(' ')}</code>;
