// Which of a series: this one, this and the following, all that have not begun.
import type { ReactNode } from 'react';
import type { Scope } from '../../shared/planning.ts';
import { useWords } from '../platform/words.ts';
import { Segmented } from '../ui/field.tsx';
import { planningWords } from '../words/planning.ts';

export function ScopeChoice({ scope, onScope, children }: { scope: Scope; onScope: (scope: Scope) => void; children?: ReactNode }) {
  const w = useWords(planningWords);
  return (
    <div className="stack plan-scope">
      <Segmented
        label={w.scope}
        value={scope}
        onValue={onScope}
        choices={(['ini', 'berikutnya', 'semua'] as const).map((value) => ({ value, label: w.scopes[value] }))}
      />
      {children}
    </div>
  );
}
