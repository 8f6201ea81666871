// What the screens of policies share: the tabs, the OPD one looks at, a rule as a sentence.
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { getOpds } from '../../shared/people.ts';
import type { PolicyCard, RuleView } from '../../shared/policies.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { holds, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { SelectField } from '../ui/field.tsx';
import { Mark, type MarkShape, type Tone } from '../ui/marks.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { commonWords } from '../words/common.ts';
import { policyWords } from '../words/policies.ts';
import './policies.css';

export function PolicyTabs() {
  const w = useWords(policyWords);
  const me = useMe();
  const parts = [
    { to: '/kebijakan', label: w.list },
    { to: '/kebijakan/berlaku', label: w.decides },
    { to: '/jam-kerja', label: w.hours },
  ];
  if (holds(me, 'admin_opd', 'kepala_opd', 'bkd')) parts.push({ to: '/kebijakan/kelompok', label: w.groups });
  return <Tabs label={w.tabs} parts={parts} />;
}

/** The OPD in the address, else the own one. */
export function usePolicyOpd() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const all = (opds.value ?? []).filter((o) => o.kind === 'opd' && (me.managesOpds.includes(o.id) || me.opd?.id === o.id));
  const id = search.get('opd') ?? me.opd?.id ?? all[0]?.id;
  const choose = (opd: string): void =>
    setSearch(
      (before) => {
        before.set('opd', opd);
        return before;
      },
      { replace: true },
    );
  return { id, choose, choices: all.map((o) => ({ value: o.id, label: o.name })), units: opds.value ?? [], read: opds };
}

export function OpdChoice({ opd: { id, choose, choices } }: { opd: ReturnType<typeof usePolicyOpd> }) {
  const w = useWords(policyWords);
  return choices.length > 1 && id !== undefined ? <SelectField label={w.office} value={id} onValue={choose} choices={choices} /> : null;
}

/** Who belongs to no OPD and keeps none has nothing to read here. */
export function OfOffice({ opd: { id, read }, children }: { opd: ReturnType<typeof usePolicyOpd>; children: (id: string) => ReactNode }) {
  const w = useWords(policyWords);
  if (id !== undefined) return children(id);
  return (
    <Loaded from={read} skeleton={<Bones rows={6} />}>
      {() => <Empty title={w.noOffice}>{w.noOfficeText}</Empty>}
    </Loaded>
  );
}

/** Where there is nothing to choose there is no row either. */
export function OpdTools({ opd }: { opd: ReturnType<typeof usePolicyOpd> }) {
  return opd.choices.length > 1 ? (
    <div className="tools">
      <OpdChoice opd={opd} />
    </div>
  ) : null;
}

export function PolicyLink({ policy }: { policy: { id: string; number: string } }) {
  return (
    <Link href={`/kebijakan/${policy.id}`} className="policy-number">
      {policy.number}
    </Link>
  );
}

const SHAPES: Record<PolicyCard['state'], [MarkShape, Tone]> = {
  berlaku: ['full', 'good'],
  akan_datang: ['ring', 'accent'],
  berakhir: ['dash', 'quiet'],
  dicabut: ['dash', 'alarm'],
};
export function PolicyState({ state }: { state: PolicyCard['state'] }) {
  const w = useWords(policyWords);
  const [shape, tone] = SHAPES[state];
  return (
    <Mark shape={shape} tone={tone}>
      {w.states[state]}
    </Mark>
  );
}

export function useWarning(): (policy: Pick<PolicyCard, 'number' | 'warning'>) => string | null {
  const w = useWords(policyWords);
  const f = useFormats();
  return ({ number, warning }) => warning && w.warn[warning.what](number, f.date(warning.on), warning.days);
}

export function useSpan(): (policy: { from: string; until: string | null }) => string {
  const w = useWords(policyWords);
  const f = useFormats();
  return ({ from, until }) => w.span(f.date(from), until === null ? w.open : f.date(until));
}

export function RuleSentence({ rule }: { rule: Pick<RuleView, 'rule' | 'scope' | 'basis'> }) {
  const w = useWords(policyWords);
  const c = useWords(commonWords);
  const scope = [...(rule.scope.units.length === 0 ? [w.scopeAll] : rule.scope.units.map(({ name }) => name)), ...rule.scope.functions];
  return (
    <div className="policy-rule">
      <strong>{w.sentence(rule.rule, (level) => Object.entries(c.levels).find(([key]) => key === level)?.[1] ?? level)}</strong>
      <span className="quiet s">{scope.join(' · ')}</span>
      <span className="s policy-basis">{rule.basis}</span>
    </div>
  );
}
