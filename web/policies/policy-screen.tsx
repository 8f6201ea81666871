// One circular: its rules as sentences, its paper, its versions, and how it ends.
import { useRef, useState } from 'react';
import type { getPolicies, getPolicy, getPolicyFile, PolicyView, postPolicyEnd, putPolicyFile } from '../../shared/policies.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { policyWords } from '../words/policies.ts';
import { ReachSection } from './policy-reach.tsx';
import { PolicyState, RuleSentence, useSpan, useWarning } from './policy-parts.tsx';

const CHANGED = ['/api/policies', '/api/policies/:id', '/api/policies/:id/reach', '/api/opds/:id/rules'];

export default function PolicyScreen({ id }: { id: string }) {
  const w = useWords(policyWords);
  const read = useRead<typeof getPolicy>('/api/policies/:id', { params: { id } });
  return (
    <Loaded
      from={read}
      skeleton={
        <Page title={w.title}>
          <Bones rows={6} tall />
        </Page>
      }
    >
      {(policy) => <One policy={policy} />}
    </Loaded>
  );
}

function One({ policy }: { policy: PolicyView }) {
  const w = useWords(policyWords);
  const f = useFormats();
  const span = useSpan();
  const warning = useWarning()(policy);
  const [ending, setEnding] = useState(false);
  return (
    <Page
      title={policy.number}
      over={policy.opd?.name ?? w.region}
      under={<p>{policy.title}</p>}
      actions={
        policy.mayChange && (
          <>
            <ButtonLink to={`/kebijakan/${policy.id}/ubah`}>{w.change}</ButtonLink>
            <Button kind="quiet" onClick={() => setEnding(true)}>
              {w.end}
            </Button>
          </>
        )
      }
    >
      {warning !== null && <Note tone="wait">{warning}</Note>}
      {policy.ending && (
        <Note>
          {w.ended(f.date(policy.ending.lastDay), policy.ending.reason)} {policy.ending.successor && w.followed(policy.ending.successor.number)}
        </Note>
      )}
      <dl className="facts">
        <div>
          <dt>{w.inForce}</dt>
          <dd>
            <PolicyState state={policy.state} /> {span(policy)}
          </dd>
        </div>
        <div>
          <dt>{w.date}</dt>
          <dd>{f.date(policy.date)}</dd>
        </div>
        <div>
          <dt>{w.issuer}</dt>
          <dd>{policy.issuer}</dd>
        </div>
        {policy.reviewOn !== null && (
          <div>
            <dt>{w.reviewOn}</dt>
            <dd>{f.date(policy.reviewOn)}</dd>
          </div>
        )}
      </dl>
      <Section title={w.rules}>
        <ol className="policy-list">
          {policy.rules.map((rule, n) => (
            <li key={rule.id}>
              <span className="quiet s">{w.ruleN(n + 1)}</span>
              <RuleSentence rule={rule} />
            </li>
          ))}
        </ol>
      </Section>
      <ReachSection policy={policy} />
      <Paper policy={policy} />
      <Versions policy={policy} />
      {ending && <End policy={policy} onClose={() => setEnding(false)} />}
    </Page>
  );
}

function Paper({ policy }: { policy: PolicyView }) {
  const w = useWords(policyWords);
  const f = useFormats();
  const zone = useZone();
  const put = useWrite<typeof putPolicyFile>('PUT', '/api/policies/:id/file', CHANGED);
  const get = useDownload<typeof getPolicyFile>('/api/policies/:id/file');
  const picker = useRef<HTMLInputElement>(null);
  const params = { id: policy.id };
  const send = (file: File | undefined): void => void (file && put.run({ params, query: { name: file.name.slice(0, 120) }, body: file }));
  return (
    <Section title={w.file}>
      <div className="stack">
        {policy.files.length === 0 && <p className="quiet">{w.noFile}</p>}
        <ul className="policy-list">
          {policy.files.map(({ name, sha256, byName, at }) => (
            <li key={sha256}>
              <div className="policy-head">
                <span>{name}</span>
                <Button kind="quiet" busy={get.busy} onClick={() => void get.fetch({ params, query: { sha256 } }, name)}>
                  {w.download}
                  <span className="sr-only"> {name}</span>
                </Button>
              </div>
              <span className="quiet s">{w.enteredBy(byName ?? '–', f.dayOf(at, zone))}</span>
            </li>
          ))}
        </ul>
        {policy.mayChange && (
          <div className="row">
            <input ref={picker} type="file" accept="application/pdf" hidden onChange={(event) => send(event.target.files?.[0])} />
            <Button busy={put.busy} onClick={() => picker.current?.click()}>
              {w.putFile}
            </Button>
            <span className="quiet s">{policy.files.length > 0 ? `${w.fileHint} ${w.fileStays}` : w.fileHint}</span>
          </div>
        )}
        {(put.failure ?? get.failure) && (
          <Note tone="alarm" alert>
            {(put.failure ?? get.failure)?.message}
          </Note>
        )}
      </div>
    </Section>
  );
}

function Versions({ policy }: { policy: PolicyView }) {
  const w = useWords(policyWords);
  const f = useFormats();
  const zone = useZone();
  return (
    <Section title={w.versions}>
      <div className="policy-versions">
        {policy.versions.map(({ version, since, rules, why, byName, at }) => (
          <details key={version}>
            <summary>
              {w.versionOf(version, f.date(since))} <span className="quiet s">{w.enteredBy(byName ?? '–', f.dayOf(at, zone))}</span>
            </summary>
            {why !== null && <p>{why}</p>}
            <ol className="policy-list">
              {rules.map((rule) => (
                <li key={rule.id}>
                  <RuleSentence rule={rule} />
                </li>
              ))}
            </ol>
          </details>
        ))}
      </div>
    </Section>
  );
}

function End({ policy, onClose }: { policy: PolicyView; onClose: () => void }) {
  const w = useWords(policyWords);
  const [fields, setFields] = useState({ lastDay: policy.today, reason: '', successorId: '' });
  const all = useRead<typeof getPolicies>('/api/policies', {});
  const end = useWrite<typeof postPolicyEnd>('POST', '/api/policies/:id/end', CHANGED);
  const others = (all.value?.policies ?? []).filter(({ id, state }) => id !== policy.id && (state === 'berlaku' || state === 'akan_datang'));
  async function submit(): Promise<void> {
    const body = { lastDay: fields.lastDay, reason: fields.reason, successorId: fields.successorId === '' ? null : fields.successorId };
    if (await end.run({ params: { id: policy.id }, body })) onClose();
  }
  return (
    <Dialog title={w.endTitle(policy.number)} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{w.endText}</p>
        <TextField
          label={w.lastDay}
          type="date"
          required
          value={fields.lastDay}
          onValue={(lastDay) => setFields({ ...fields, lastDay })}
          error={fieldFailure(end.failure, 'lastDay')}
        />
        <TextField label={w.reason} required maxLength={400} value={fields.reason} onValue={(reason) => setFields({ ...fields, reason })} />
        <SelectField
          label={w.successor}
          value={fields.successorId}
          onValue={(successorId) => setFields({ ...fields, successorId })}
          choices={[{ value: '', label: w.noSuccessor }, ...others.map(({ id, number }) => ({ value: id, label: number }))]}
        />
        {end.failure && (
          <Note tone="alarm" alert>
            {end.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button type="submit" kind="alarm" busy={end.busy}>
            {w.end}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
