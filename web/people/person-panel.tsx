// One person at the side of the directory: positions with dates, the account, roles.
import type { getPositions, PersonCard } from '../../shared/people.ts';
import { useState } from 'react';
import { useRead } from '../platform/api.ts';
import { holds, mayKeepStaff, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Mark } from '../ui/marks.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { peopleWords } from '../words/people.ts';
import { AccountPart } from './account-part.tsx';
import { AppointForm } from './appoint-form.tsx';
import { FactorPart } from './factor-part.tsx';
import { HoldingLine } from './holding-line.tsx';
import { RolesPart } from './roles-part.tsx';

export function PersonPanel({ person, onClose }: { person: PersonCard; onClose: () => void }) {
  const w = useWords(peopleWords);
  const me = useMe();
  const keeper = mayKeepStaff(me) && (person.opd === null || me.managesOpds.includes(person.opd.id) || holds(me));
  return (
    <Dialog title={person.name} side onClose={onClose}>
      <div className="stack-l">
        <div>
          {person.opd && <p>{person.opd.name}</p>}
          {person.nip && <p className="quiet num">NIP {person.nip}</p>}
          {person.disabled && (
            <Mark shape="dash" tone="alarm">
              {w.disabled}
            </Mark>
          )}
        </div>
        <Positions person={person} keeper={keeper} />
        {keeper && <AccountPart person={person} />}
        {me.roles.includes('administrator') && <FactorPart person={person} />}
        {me.roles.includes('administrator') && <RolesPart person={person} />}
      </div>
    </Dialog>
  );
}

function Positions({ person, keeper }: { person: PersonCard; keeper: boolean }) {
  const w = useWords(peopleWords);
  const [appointing, setAppointing] = useState(false);
  const positions = useRead<typeof getPositions>('/api/positions', { query: {} });
  return (
    <section className="stack" aria-label={w.positions}>
      <h3>{w.positions}</h3>
      <Loaded from={positions} skeleton={<Bones rows={2} />}>
        {(all) => {
          const held = all.flatMap((position) =>
            position.holdings.filter((holding) => holding.personId === person.id).map((holding) => ({ position, holding })),
          );
          if (held.length === 0 && person.positions.length === 0) return <p className="quiet">{w.noPosition}</p>;
          if (held.length === 0) {
            return (
              <ul>
                {person.positions.map((one) => (
                  <li key={one.positionId}>{one.label}</li>
                ))}
              </ul>
            );
          }
          return (
            <ul>
              {held.map(({ position, holding }) => (
                <HoldingLine
                  key={holding.id}
                  position={position}
                  holding={holding}
                  unit={person.positions.find((one) => one.positionId === position.id)?.opdName}
                  keeper={keeper}
                />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {keeper && !appointing && (
        <div>
          <Button onClick={() => setAppointing(true)}>{w.appoint}</Button>
        </div>
      )}
      {appointing && positions.value && <AppointForm person={person} positions={positions.value} onClose={() => setAppointing(false)} />}
    </section>
  );
}
