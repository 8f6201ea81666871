// Unit & jabatan: how the office is organised; for the administrator (an admin of an OPD adds positions).
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import Plus from 'lucide-react/icons/plus';
import type { getOpds, getPositions, Opd } from '../../shared/people.ts';
import { useRead } from '../platform/api.ts';
import { holds, mayKeepStaff, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { commonWords } from '../words/common.ts';
import { peopleWords } from '../words/people.ts';
import { UnitForm } from './unit-form.tsx';
import { UnitSection } from './unit-section.tsx';
import { unitOptions } from './unit-options.ts';
import './people.css';

export default function UnitsScreen() {
  const w = useWords(peopleWords);
  const c = useWords(commonWords);
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const tops = opds.value?.filter((unit) => unit.parentId === null) ?? [];
  const top = tops.find((unit) => unit.id === search.get('opd')) ?? tops.find((unit) => unit.id === me.opd?.id) ?? tops[0];
  const positions = useRead<typeof getPositions>(
    '/api/positions',
    { query: top ? { opd: top.id } : {} },
    { enabled: top !== undefined, keepWhileAsking: true },
  );
  if (!mayKeepStaff(me)) {
    return (
      <Page title={w.unitsTitle}>
        <Empty title={c.noRightTitle}>{c.noRightText}</Empty>
      </Page>
    );
  }
  const add = holds(me) && (
    <Button kind="main" icon={<Plus aria-hidden />} onClick={() => setAdding(true)}>
      {w.addUnit}
    </Button>
  );
  return (
    <Page title={w.unitsTitle} under={w.unitsUnder} actions={add || undefined}>
      <Loaded from={opds} skeleton={<Bones rows={8} />}>
        {(units) =>
          top === undefined ? (
            <Empty title={w.noUnits}>{w.noUnitsDo}</Empty>
          ) : (
            <>
              <div className="tools">
                <SelectField label="OPD" value={top.id} onValue={(opd) => setSearch({ opd }, { replace: true })} choices={unitOptions(units, true)} />
              </div>
              <Loaded from={positions} skeleton={<Bones rows={8} />}>
                {(held) =>
                  subtree(units, top).map(({ unit, depth }) => (
                    <UnitSection key={unit.id} unit={unit} depth={depth} units={units} positions={held.filter((position) => position.opdId === unit.id)} />
                  ))
                }
              </Loaded>
            </>
          )
        }
      </Loaded>
      {adding && <UnitForm parent={null} onClose={() => setAdding(false)} />}
    </Page>
  );
}

function subtree(units: readonly Opd[], unit: Opd, depth = 0): { unit: Opd; depth: number }[] {
  return [{ unit, depth }, ...units.filter((child) => child.parentId === unit.id).flatMap((child) => subtree(units, child, depth + 1))];
}
