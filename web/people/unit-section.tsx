// One unit with its positions and what may be done to it.
import { useState } from 'react';
import type { deleteOpd, Opd, Position } from '../../shared/people.ts';
import { useWrite } from '../platform/api.ts';
import { holds, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { commonWords } from '../words/common.ts';
import { peopleWords } from '../words/people.ts';
import { PositionForm } from './position-form.tsx';
import { UnitForm } from './unit-form.tsx';

type Doing = 'position' | 'sub' | 'edit' | 'delete';

export function UnitSection({ unit, depth, units, positions }: { unit: Opd; depth: number; units: readonly Opd[]; positions: readonly Position[] }) {
  const w = useWords(peopleWords);
  const c = useWords(commonWords);
  const me = useMe();
  const [doing, setDoing] = useState<Doing>();
  const remove = useWrite<typeof deleteOpd>('DELETE', '/api/opds/:id', ['/api/opds', '/api/positions']);
  const close = (): void => setDoing(undefined);
  async function removeIt(): Promise<void> {
    if (await remove.run({ params: { id: unit.id } })) close();
  }
  const columns: Column<Position>[] = [
    { key: 'title', head: w.position, phone: 'title', cell: (position) => <span className="place-name">{position.title}</span> },
    { key: 'level', head: w.level, phone: 'plain', cell: (position) => <span className="quiet">{c.levels[position.level]}</span> },
    {
      key: 'holder',
      head: w.holder,
      phone: 'plain',
      cell: ({ holderNow }) =>
        holderNow === null ? (
          <span className="quiet">{w.vacant}</span>
        ) : holderNow.as === 'definitif' ? (
          holderNow.name
        ) : (
          `${c.holding[holderNow.as]} ${holderNow.name}`
        ),
    },
  ];
  const act = (what: Doing, label: string) => (
    <Button kind="quiet" onClick={() => setDoing(what)}>
      {label}
      <span className="sr-only"> {w.ofUnit(unit.name)}</span>
    </Button>
  );
  return (
    <Section
      title={unit.name}
      note={unit.abbreviation === unit.name ? undefined : unit.abbreviation}
      actions={
        <div className="row">
          {act('position', w.addPosition)}
          {holds(me) && unit.kind !== 'seksi' && act('sub', w.addSub)}
          {holds(me) && act('edit', w.editUnit)}
          {holds(me) && positions.length === 0 && !units.some((one) => one.parentId === unit.id) && act('delete', w.deleteUnit)}
        </div>
      }
      depth={depth}
    >
      {positions.length > 0 ? (
        <Table caption={unit.name} columns={columns} rows={positions} rowKey={(position) => position.id} />
      ) : (
        <p className="quiet s section-note">{w.noPositions}</p>
      )}
      {doing === 'position' && <PositionForm unit={unit} onClose={close} />}
      {doing === 'sub' && <UnitForm parent={unit} onClose={close} />}
      {doing === 'edit' && <UnitForm parent={units.find((one) => one.id === unit.parentId) ?? null} unit={unit} onClose={close} />}
      {doing === 'delete' && (
        <Ask
          title={w.deleteTitle(unit.name)}
          text={w.deleteText}
          yes={w.deleteYes}
          busy={remove.busy}
          failure={remove.failure?.message}
          onYes={() => void removeIt()}
          onClose={close}
        />
      )}
    </Section>
  );
}
