// Which rule of which circular decides in an OPD on a day, kind by kind; those that do not, and why.
import { useState } from 'react';
import type { DecidedKind, getDecidedRules } from '../../shared/policies.ts';
import { useRead } from '../platform/api.ts';
import { dayIn } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { TextField } from '../ui/field.tsx';
import { Mark } from '../ui/marks.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { policyWords } from '../words/policies.ts';
import { OfOffice, OpdChoice, PolicyLink, PolicyTabs, RuleSentence, usePolicyOpd } from './policy-parts.tsx';

type Row = DecidedKind['won'][number] & { lost?: DecidedKind['lost'][number] };

export default function DecidedScreen() {
  const w = useWords(policyWords);
  const zone = useZone();
  const opd = usePolicyOpd();
  const [day, setDay] = useState(() => dayIn(zone));
  return (
    <Page title={w.decides} under={<p>{w.decidesUnder}</p>}>
      <PolicyTabs />
      <div className="tools">
        <OpdChoice opd={opd} />
        <TextField label={w.day} type="date" className="short" value={day} onValue={(to) => to !== '' && setDay(to)} />
      </div>
      <OfOffice opd={opd}>{(id) => <Decided opd={id} day={day} />}</OfOffice>
    </Page>
  );
}

function Decided({ opd, day }: { opd: string; day: string }) {
  const w = useWords(policyWords);
  const read = useRead<typeof getDecidedRules>('/api/opds/:id/rules', { params: { id: opd }, query: { day } }, { keepWhileAsking: true });
  return (
    <Loaded from={read} skeleton={<Bones rows={6} tall />}>
      {({ kinds }) => (kinds.length === 0 ? <Empty title={w.nothing}>{w.nothingText}</Empty> : kinds.map((kind) => <Kind key={kind.kind} kind={kind} />))}
    </Loaded>
  );
}

function Kind({ kind: { kind, won, lost } }: { kind: DecidedKind }) {
  const w = useWords(policyWords);
  const title = Object.entries(w.kinds).find(([key]) => key === kind)?.[1] ?? kind;
  const rows: Row[] = [...won, ...lost.map((one) => ({ ...one, units: [], lost: one }))];
  const columns: Column<Row>[] = [
    { key: 'rule', head: w.rule, phone: 'title', cell: (row) => <RuleSentence rule={row} /> },
    { key: 'policy', head: w.policy, cell: (row) => <PolicyLink policy={row.policy} /> },
    {
      key: 'who',
      head: w.forWhom,
      cell: (row) => [...row.units.map(({ name }) => name), row.people === null ? w.forAll : w.forSome(row.people)].join(' · '),
    },
    {
      key: 'state',
      head: w.outcome,
      phone: 'plain',
      cell: ({ lost: loser }) =>
        loser ? (
          <>
            <Mark shape="dash" tone="quiet">
              {w.lost}
            </Mark>
            <span className="s policy-why">{w.lostWhy[loser.why](loser.to ?? '–')}</span>
          </>
        ) : (
          <Mark shape="full" tone="good">
            {w.won}
          </Mark>
        ),
    },
  ];
  return (
    <Section title={title}>
      <div className="policy-decides">
        <Table
          caption={title}
          columns={columns}
          rows={rows}
          rowKey={(row) => [row.id, row.units.map(({ id }) => id).join(), row.lost?.why, row.lost?.to].join(' ')}
        />
      </div>
    </Section>
  );
}
