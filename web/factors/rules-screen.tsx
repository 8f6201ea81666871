// Faktor kedua: which roles must have one, and who lacks it. For the administrator.
import { useState, type FormEvent } from 'react';
import type { ReplyOf } from '../../shared/endpoint.ts';
import type { getFactorRules, putFactorRule } from '../../shared/sign-in.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { factorWords } from '../words/factors.ts';
import './factors.css';

type Rules = ReplyOf<typeof getFactorRules>;
type Rule = Rules['rules'][number];
type Lacking = Rules['lacking'][number];

export default function RulesScreen() {
  const w = useWords(factorWords);
  const rules = useRead<typeof getFactorRules>('/api/factor-rules', {});
  return (
    <Page title={w.rulesTitle} under={w.rulesUnder} narrow>
      <Loaded from={rules} skeleton={<Bones rows={6} tall />}>
        {(now) => (
          <>
            <div className="factor-rules">
              {now.rules.map((rule) => (
                <RuleForm key={`${rule.role} ${rule.at}`} rule={rule} />
              ))}
            </div>
            <Section title={w.lackTitle}>{now.lacking.length === 0 ? <Empty title={w.lackNone} /> : <LackTable rows={now.lacking} />}</Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function RuleForm({ rule }: { rule: Rule }) {
  const w = useWords(factorWords);
  const f = useFormats();
  const zone = useZone();
  const [required, setRequired] = useState(rule.required);
  const [days, setDays] = useState(String(rule.graceDays));
  const put = useWrite<typeof putFactorRule>('PUT', '/api/factor-rules/:role', ['/api/factor-rules', '/api/me']);
  const name = w.roles[rule.role];
  function submit(event: FormEvent): void {
    event.preventDefault();
    void put.run({ params: { role: rule.role }, body: { required, graceDays: Number(days) } });
  }
  return (
    <form className="factor-rule" aria-label={name} onSubmit={submit}>
      <label className="check">
        <input type="checkbox" checked={required} onChange={(event) => setRequired(event.target.checked)} />
        <span>{name}</span>
      </label>
      {required && <TextField label={w.graceDays} hint={w.graceHint} type="number" min={0} max={365} required value={days} onValue={setDays} />}
      <p className="quiet s">
        {w.mustLack(rule.must, rule.lack)}. {w.changedBy(rule.byName, f.shortDayOf(rule.at, zone))}
      </p>
      {put.failure && (
        <Note tone="alarm" alert>
          {put.failure.message}
        </Note>
      )}
      {(required !== rule.required || days !== String(rule.graceDays)) && (
        <div>
          <Button type="submit" kind="main" busy={put.busy}>
            {w.save}
          </Button>
        </div>
      )}
    </form>
  );
}

function LackTable({ rows }: { rows: readonly Lacking[] }) {
  const w = useWords(factorWords);
  const f = useFormats();
  const zone = useZone();
  const columns: Column<Lacking>[] = [
    {
      key: 'name',
      head: w.cols.name,
      phone: 'title',
      cell: (row) => <span className="place-name">{row.opd === null ? row.name : `${row.name}, ${row.opd}`}</span>,
    },
    { key: 'roles', head: w.cols.roles, cell: (row) => row.roles.map((role) => w.roles[role]).join(', ') },
    { key: 'due', head: w.cols.due, cell: (row) => <span className="num">{row.due === null ? w.notYet : f.dayOf(row.due, zone)}</span> },
  ];
  return <Table caption={w.lackTitle} columns={columns} rows={rows} rowKey={(row) => row.id} />;
}
