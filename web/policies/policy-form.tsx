// A policy is entered or changed; rules others have used can be taken as a start.
import { useState, type FormEvent } from 'react';
import { Link, useLocation } from 'wouter';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { getOpds, Opd } from '../../shared/people.ts';
import type { getPolicies, getPolicy, PolicyTemplate, PolicyView, postPolicy, putPolicy, putPolicyFile } from '../../shared/policies.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { dayIn } from '../platform/format.ts';
import { newKey } from '../platform/new-key.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { useFirstWrong } from '../ui/use-first-wrong.ts';
import { commonWords } from '../words/common.ts';
import { policyWords } from '../words/policies.ts';
import { PaperChoice } from './paper-choice.tsx';
import { Templates } from './policy-templates.tsx';
import { RuleFields, STARTS, type RuleDraft } from './rule-fields.tsx';
import './policies.css';

const CHANGED = ['/api/policies', '/api/policies/:id', '/api/policies/:id/reach', '/api/opds/:id/rules'];
let made = 0;
const numbered = (draft: Omit<RuleDraft, 'n'>): RuleDraft => ({ ...draft, n: (made += 1) });

export default function PolicyForm({ id }: { id?: string }) {
  const w = useWords(policyWords);
  const c = useWords(commonWords);
  const known = useRead<typeof getPolicy>('/api/policies/:id', { params: { id: id ?? '' } }, { enabled: id !== undefined });
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const may = useRead<typeof getPolicies>('/api/policies', {});
  const title = known.value ? w.changeTitle(known.value.number) : w.newTitle;
  return (
    <Page title={title}>
      <Loaded from={may} skeleton={<Bones rows={8} tall />}>
        {({ may: { region, opds: own } }) =>
          (!region && own.length === 0) || known.value?.mayChange === false ? (
            <Empty title={c.noRightTitle} action={<ButtonLink to="/kebijakan">{w.list}</ButtonLink>}>
              {w.noRight}
            </Empty>
          ) : opds.value && (id === undefined || known.value) ? (
            <Fields
              {...(known.value && { policy: known.value })}
              units={opds.value}
              owners={[...(region ? [{ value: '', label: w.region }] : []), ...own.map((o) => ({ value: o.id, label: o.name }))]}
            />
          ) : known.failure ? (
            <Loaded from={known} skeleton={<Bones rows={8} tall />}>
              {() => null}
            </Loaded>
          ) : (
            <Loaded from={opds} skeleton={<Bones rows={8} tall />}>
              {() => <Bones rows={8} tall />}
            </Loaded>
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
  const [paper, setPaper] = useState<File>();
  const add = useWrite<typeof postPolicy>('POST', '/api/policies', CHANGED);
  const put = useWrite<typeof putPolicyFile>('PUT', '/api/policies/:id/file', CHANGED);
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
    if (!done) return;
    const { id } = done.reply;
    if (!paper || (await put.run({ params: { id }, query: { name: paper.name.slice(0, 120) }, body: paper }))) goTo(`/kebijakan/${id}`);
  }
  /** It is kept, its paper was refused: only that is sent again. */
  async function sendPaper(id: string, file: File): Promise<void> {
    setPaper(file);
    if (await put.run({ params: { id }, query: { name: file.name.slice(0, 120) }, body: file })) goTo(`/kebijakan/${id}`);
  }
  const take = (template: PolicyTemplate): void =>
    setRules([
      ...rules,
      ...template.rules.map(({ rule, functions, basis }) => numbered({ id: null, rule, basis, units: [], functions: functions.join(', ') })),
    ]);
  const field = (name: 'number' | 'issuer' | 'title', label: string, hint: string, max: number) => (
    <TextField
      label={label}
      hint={hint}
      required
      maxLength={max}
      value={fields[name]}
      onValue={(to) => set({ [name]: to })}
      error={fieldFailure(failure, `policy.${name}`)}
    />
  );
  const kept = put.failure && add.reply;
  if (kept)
    return (
      <div className="stack">
        <Note tone="alarm" alert>
          {put.failure?.message} {w.keptNoFile}
        </Note>
        <PaperChoice chosen={paper} busy={put.busy} onChoose={(file) => void sendPaper(kept.id, file)} />
        <p>
          <Link href={`/kebijakan/${kept.id}`} className="tap">
            {w.openKept}
          </Link>
        </p>
      </div>
    );
  return (
    <form className="policy-form" ref={whole} onSubmit={(event) => void submit(event)}>
      <Section title={w.letter}>
        <div className="policy-fields">
          {!policy && <SelectField label={w.of} hint={w.ofHint} value={owner} onValue={setOwner} choices={owners} />}
          {field('number', w.number, w.numberHint, 80)}
          <TextField label={w.date} type="date" required value={fields.date} onValue={(date) => set({ date })} />
          {field('issuer', w.issuer, w.issuerHint, 120)}
          <div className="policy-wide">{field('title', w.name, w.nameHint, 200)}</div>
          {!policy && (
            <div className="policy-wide">
              <PaperChoice chosen={paper} busy={false} onChoose={setPaper} />
            </div>
          )}
        </div>
      </Section>
      <Section title={w.inForce}>
        <div className="policy-fields">
          <TextField label={w.from} type="date" required value={fields.from} onValue={(from) => set({ from })} />
          <TextField
            label={w.until}
            hint={w.untilHint}
            type="date"
            optional
            value={fields.until}
            onValue={(until) => set({ until })}
            error={fieldFailure(failure, 'policy.until')}
          />
          <TextField
            label={w.reviewOn}
            hint={w.reviewHint}
            type="date"
            optional
            value={fields.reviewOn}
            onValue={(reviewOn) => set({ reviewOn })}
            error={fieldFailure(failure, 'policy.reviewOn')}
          />
        </div>
        {policy && (
          <div className="policy-fields">
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
      </Section>
      <Section title={w.rules}>
        <p className="quiet s section-note">{w.rulesText}</p>
        {rules.length === 0 && <p className="quiet section-note">{w.noRules}</p>}
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
        <div className="row policy-more">
          <Button onClick={() => setRules([...rules, numbered({ id: null, rule: STARTS.batas_hadir, units: [], functions: '', basis: '' })])}>
            {w.addRule}
          </Button>
          <Templates onUse={take} />
        </div>
      </Section>
      {failure && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
      <div className="row row-end">
        <Button type="submit" kind="main" busy={add.busy || change.busy || put.busy} disabled={rules.length === 0}>
          {w.save}
        </Button>
      </div>
    </form>
  );
}
