// A policy is entered or changed; rules others have used can be taken as a start.
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { getOpds, Opd } from '../../shared/people.ts';
import type { getPolicies, getPolicy, getPolicyTemplates, PolicyTemplate, PolicyView, postPolicy, putPolicy } from '../../shared/policies.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { dayIn } from '../platform/format.ts';
import { newKey } from '../platform/new-key.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { useFirstWrong } from '../ui/use-first-wrong.ts';
import { policyWords } from '../words/policies.ts';
import { RuleFields, STARTS, type RuleDraft } from './rule-fields.tsx';
import './policies.css';

const CHANGED = ['/api/policies', '/api/policies/:id', '/api/opds/:id/rules'];
let made = 0;
const numbered = (draft: Omit<RuleDraft, 'n'>): RuleDraft => ({ ...draft, n: (made += 1) });

export default function PolicyForm({ id }: { id?: string }) {
  const w = useWords(policyWords);
  const known = useRead<typeof getPolicy>('/api/policies/:id', { params: { id: id ?? '' } }, { enabled: id !== undefined });
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const may = useRead<typeof getPolicies>('/api/policies', {});
  const title = known.value ? w.changeTitle(known.value.number) : w.newTitle;
  return (
    <Page title={title}>
      <Loaded from={may} skeleton={<Bones rows={8} tall />}>
        {({ may: { region, opds: own } }) =>
          opds.value && (id === undefined || known.value) ? (
            <Fields
              {...(known.value && { policy: known.value })}
              units={opds.value}
              owners={[...(region ? [{ value: '', label: w.region }] : []), ...own.map((o) => ({ value: o.id, label: o.name }))]}
            />
          ) : (
            <Bones rows={8} tall />
          )
        }
      </Loaded>
    </Page>
  );
}

function Fields({ policy, units, owners }: { policy?: PolicyView; units: readonly Opd[]; owners: readonly { value: string; label: string }[] }) {
  const w = useWords(policyWords);
  const zone = useZone();
  const [, goTo] = useLocation();
  const today = policy?.today ?? dayIn(zone);
  const [key] = useState(newKey);
  const [owner, setOwner] = useState(policy ? (policy.opd?.id ?? '') : (owners[0]?.value ?? ''));
  const [fields, setFields] = useState({
    number: policy?.number ?? '',
    date: policy?.date ?? today,
    issuer: policy?.issuer ?? '',
    title: policy?.title ?? '',
    from: policy?.from ?? today,
    until: policy?.until ?? '',
    reviewOn: policy?.reviewOn ?? '',
    since: today,
    why: '',
  });
  const [rules, setRules] = useState<readonly RuleDraft[]>(() =>
    policy
      ? policy.rules.map(({ id, rule, scope, basis }) =>
          numbered({ id, rule, basis, units: scope.units.map((unit) => unit.id), functions: scope.functions.join(', ') }),
        )
      : [],
  );
  const add = useWrite<typeof postPolicy>('POST', '/api/policies', CHANGED);
  const change = useWrite<typeof putPolicy>('PUT', '/api/policies/:id', CHANGED);
  const failure = add.failure ?? change.failure;
  const whole = useFirstWrong(failure);
  const set = (part: Partial<typeof fields>): void => setFields({ ...fields, ...part });
  const within = (unit: Opd): boolean => unit.id === owner || (unit.parentId !== null && units.some((one) => one.id === unit.parentId && within(one)));
  const choices = owner === '' ? units : units.filter(within);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { since, why, until, reviewOn, ...rest } = fields;
    const body: BodyOf<typeof postPolicy>['policy'] = {
      ...rest,
      until: until === '' ? null : until,
      reviewOn: reviewOn === '' ? null : reviewOn,
      rules: rules.map(({ id, rule, units: scoped, functions, basis }) => ({
        id,
        rule,
        basis,
        scope: { units: scoped, functions: functions.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()])) },
      })),
    };
    const done = policy
      ? await change.run({ params: { id: policy.id }, body: { version: policy.versions[0]?.version ?? policy.version, since, why, policy: body } })
      : await add.run({ body: { key, opdId: owner === '' ? null : owner, policy: body } });
    if (done) goTo(`/kebijakan/${done.reply.id}`);
  }
  const take = (template: PolicyTemplate): void =>
    setRules([
      ...rules,
      ...template.rules.map(({ rule, functions, basis }) => numbered({ id: null, rule, basis, units: [], functions: functions.join(', ') })),
    ]);
  const field = (name: 'number' | 'issuer' | 'title', label: string, max: number) => (
    <TextField
      label={label}
      required
      maxLength={max}
      value={fields[name]}
      onValue={(to) => set({ [name]: to })}
      error={fieldFailure(failure, `policy.${name}`)}
    />
  );
  return (
    <form className="stack-l" ref={whole} onSubmit={(event) => void submit(event)}>
      {!policy && <Templates onUse={take} />}
      <div className="two">
        {policy ? null : <SelectField label={w.of} value={owner} onValue={setOwner} choices={owners} />}
        {field('number', w.number, 80)}
        <TextField label={w.date} type="date" required value={fields.date} onValue={(date) => set({ date })} />
        {field('issuer', w.issuer, 120)}
      </div>
      {field('title', w.name, 200)}
      <div className="two">
        <TextField label={w.from} type="date" required value={fields.from} onValue={(from) => set({ from })} />
        <TextField
          label={w.until}
          type="date"
          optional
          value={fields.until}
          onValue={(until) => set({ until })}
          error={fieldFailure(failure, 'policy.until')}
        />
        <TextField
          label={w.reviewOn}
          type="date"
          optional
          value={fields.reviewOn}
          onValue={(reviewOn) => set({ reviewOn })}
          error={fieldFailure(failure, 'policy.reviewOn')}
        />
      </div>
      {policy && (
        <div className="two">
          <TextField
            label={w.since}
            hint={w.sinceHint}
            type="date"
            required
            min={today}
            value={fields.since}
            onValue={(since) => set({ since })}
            error={fieldFailure(failure, 'since')}
          />
          <TextField label={w.why} required maxLength={300} value={fields.why} onValue={(why) => set({ why })} />
        </div>
      )}
      <Section title={w.rules}>
        {rules.map((draft, at) => (
          <RuleFields
            key={draft.n}
            draft={draft}
            at={at}
            units={choices}
            errorOf={(path) => fieldFailure(failure, `policy.rules.${at}.${path}`)}
            set={(to) => setRules(rules.map((one) => (one.n === draft.n ? to : one)))}
            drop={() => setRules(rules.filter((one) => one.n !== draft.n))}
          />
        ))}
        <Button onClick={() => setRules([...rules, numbered({ id: null, rule: STARTS.batas_hadir, units: [], functions: '', basis: '' })])}>{w.addRule}</Button>
      </Section>
      {failure && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
      <div className="row row-end">
        <Button type="submit" kind="main" busy={add.busy || change.busy} disabled={rules.length === 0}>
          {w.save}
        </Button>
      </div>
    </form>
  );
}

function Templates({ onUse }: { onUse: (template: PolicyTemplate) => void }) {
  const w = useWords(policyWords);
  const read = useRead<typeof getPolicyTemplates>('/api/policy-templates', {});
  return (
    <details>
      <summary>{w.templates}</summary>
      <p className="section-note">{w.templatesText}</p>
      <Loaded from={read} skeleton={<Bones rows={4} />}>
        {(templates) => (
          <ul className="policy-list">
            {templates.map((template) => (
              <li key={template.key}>
                <div className="policy-head">
                  <strong>{template.name}</strong>
                  <Button kind="quiet" aria-label={w.takeIt(template.name)} onClick={() => onUse(template)}>
                    {w.take}
                  </Button>
                </div>
                <span>{template.about}</span>
                <span className="quiet s">{w.source(template.source)}</span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </details>
  );
}
