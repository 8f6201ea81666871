// Kebijakan kerja: the circulars in force, coming and over, with what is about to end.
import { Link } from 'wouter';
import Plus from 'lucide-react/icons/plus';
import type { getPolicies, PolicyCard } from '../../shared/policies.ts';
import { useRead } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { policyWords } from '../words/policies.ts';
import { PolicyState, PolicyTabs, useSpan, useWarning } from './policy-parts.tsx';

export default function PoliciesScreen() {
  const w = useWords(policyWords);
  const read = useRead<typeof getPolicies>('/api/policies', {});
  const may = read.value?.may;
  const add =
    may && (may.region || may.opds.length > 0) ? (
      <ButtonLink to="/kebijakan/baru" kind="main" icon={<Plus aria-hidden />}>
        {w.add}
      </ButtonLink>
    ) : undefined;
  return (
    <Page title={w.title} under={<p>{w.under}</p>} actions={read.value && read.value.policies.length > 0 ? add : undefined}>
      <PolicyTabs />
      <Loaded from={read} skeleton={<Bones rows={6} tall />}>
        {({ policies }) =>
          policies.length === 0 ? (
            <Empty title={w.empty} action={add}>
              {w.emptyText}
            </Empty>
          ) : (
            <Lists policies={policies} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Lists({ policies }: { policies: readonly PolicyCard[] }) {
  const w = useWords(policyWords);
  const warningOf = useWarning();
  const warned = policies.filter(({ warning }) => warning !== null);
  const groups = [
    { title: w.states.berlaku, of: policies.filter(({ state }) => state === 'berlaku') },
    { title: w.states.akan_datang, of: policies.filter(({ state }) => state === 'akan_datang') },
    { title: w.over, of: policies.filter(({ state }) => state === 'berakhir' || state === 'dicabut') },
  ];
  return (
    <>
      {warned.length > 0 && (
        <Note tone="wait">
          {warned.map((policy) => (
            <p key={policy.id}>
              <Link href={`/kebijakan/${policy.id}`} className="tap">
                {warningOf(policy)}
              </Link>
            </p>
          ))}
        </Note>
      )}
      {groups.map(
        ({ title, of }) =>
          of.length > 0 && (
            <Section key={title} title={title} note={String(of.length)}>
              <ul className="policy-list">
                {of.map((policy) => (
                  <Row key={policy.id} policy={policy} />
                ))}
              </ul>
            </Section>
          ),
      )}
    </>
  );
}

function Row({ policy }: { policy: PolicyCard }) {
  const w = useWords(policyWords);
  const span = useSpan();
  return (
    <li>
      <div className="policy-head">
        <Link href={`/kebijakan/${policy.id}`} className="tap">
          <strong>{policy.number}</strong>
        </Link>
        <PolicyState state={policy.state} />
      </div>
      <span>{policy.title}</span>
      <span className="quiet s">{[policy.opd?.name ?? w.region, span(policy), w.ruleCount(policy.ruleCount)].join(' · ')}</span>
    </li>
  );
}
