// Who may place urgent calls in the name of a head of agency. A head gives and revokes; holders and admins of the OPD read.
import { useState } from 'react';
import type { deleteMandate, getCallDesk, getMandates, Mandate } from '../../../shared/calls.ts';
import { useRead, useWrite } from '../../platform/api.ts';
import { dayIn, useFormats } from '../../platform/format.ts';
import { useZone } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { Mark, PlaceCard } from '../../ui/marks.tsx';
import { Bones, Empty, Loaded } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { callWords } from '../../words/calls.ts';
import { GiveMandate } from './give-mandate.tsx';
import '../calls.css';

export default function MandatesScreen() {
  const w = useWords(callWords);
  const [giving, setGiving] = useState(false);
  const desk = useRead<typeof getCallDesk>('/api/calls/desk', {});
  const mandates = useRead<typeof getMandates>('/api/mandates', {});
  // A mandate is not passed on.
  const headed = (desk.value?.as ?? []).filter((one) => !one.mandate);
  return (
    <Page
      title={w.mandatesTitle}
      under={w.mandatesUnder}
      actions={
        headed.length > 0 && !giving ? (
          <Button kind="main" onClick={() => setGiving(true)}>
            {w.give}
          </Button>
        ) : undefined
      }
    >
      {giving && <GiveMandate opds={headed} onClose={() => setGiving(false)} />}
      <Loaded from={mandates} skeleton={<Bones rows={4} tall />}>
        {(rows) =>
          rows.length === 0 ? <Empty title={w.mandatesEmpty}>{w.mandatesEmptyDo}</Empty> : <List rows={rows} headed={new Set(headed.map((one) => one.opdId))} />
        }
      </Loaded>
    </Page>
  );
}

function List({ rows, headed }: { rows: readonly Mandate[]; headed: ReadonlySet<string> }) {
  const w = useWords(callWords);
  const f = useFormats();
  const today = dayIn(useZone());
  const [revoking, setRevoking] = useState<Mandate>();
  const revoke = useWrite<typeof deleteMandate>('DELETE', '/api/mandates/:id', ['/api/mandates', '/api/calls/desk']);
  const stands = (one: Mandate): boolean => one.revokedAt === null && (one.until === null || one.until >= today);
  async function yes(mandate: Mandate): Promise<void> {
    if (await revoke.run({ params: { id: mandate.id } })) setRevoking(undefined);
  }
  const columns: Column<Mandate>[] = [
    { key: 'who', head: w.holder, phone: 'title', cell: (one) => <PlaceCard name={one.holderName} position={one.holderPosition} more={one.opdName} /> },
    {
      key: 'term',
      head: w.term,
      phone: 'plain',
      cell: (one) => (one.until === null ? w.termOpen(f.date(one.from)) : w.termSpan(f.date(one.from), f.date(one.until))),
    },
    { key: 'giver', head: w.giver, cell: (one) => one.giverName },
    { key: 'basis', head: w.basis, cell: (one) => one.basis },
    { key: 'state', head: w.state, phone: 'plain', cell: (one) => <State one={one} today={today} /> },
    {
      key: 'do',
      head: w.revoke,
      phone: 'plain',
      cell: (one) =>
        stands(one) && headed.has(one.opdId) ? (
          <Button kind="quiet" onClick={() => setRevoking(one)}>
            {w.revoke}
            <span className="sr-only">{w.revokeOf(one.holderName)}</span>
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      <Table caption={w.mandatesTitle} columns={columns} rows={rows} rowKey={(one) => one.id} />
      {revoking && (
        <Ask
          title={w.revokeTitle(revoking.holderName)}
          text={w.revokeText}
          yes={w.revokeYes}
          busy={revoke.busy}
          failure={revoke.failure?.message}
          onYes={() => void yes(revoking)}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </>
  );
}

function State({ one, today }: { one: Mandate; today: string }) {
  const w = useWords(callWords);
  const f = useFormats();
  const zone = useZone();
  if (one.revokedAt !== null)
    return (
      <Mark shape="dash" tone="quiet">
        {w.revokedBy(one.revokedByName ?? '', f.date(dayIn(zone, new Date(one.revokedAt))))}
      </Mark>
    );
  if (one.until !== null && one.until < today)
    return (
      <Mark shape="dash" tone="quiet">
        {w.past}
      </Mark>
    );
  const begun = one.from <= today;
  return (
    <Mark shape={begun ? 'full' : 'ring'} tone={begun ? 'good' : 'wait'}>
      {begun ? w.inForce : w.notYet}
    </Mark>
  );
}
