// The roles granted to a person; for the administrator.
import { useState } from 'react';
import type { ReplyOf } from '../../shared/endpoint.ts';
import type { getOpds, getPersonRoles, PersonCard, putPersonRoles } from '../../shared/people.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { peopleWords } from '../words/people.ts';
import { unitOptions } from './unit-options.ts';

type Granted = ReplyOf<typeof getPersonRoles>;
const roles = ['admin_opd', 'operator_dkis', 'bkd', 'administrator'] as const;

export function RolesPart({ person }: { person: PersonCard }) {
  const w = useWords(peopleWords);
  const granted = useRead<typeof getPersonRoles>('/api/people/:id/roles', { params: { id: person.id } });
  return (
    <section className="stack" aria-label={w.roles}>
      <h3>{w.roles}</h3>
      <p className="quiet s">{w.rolesHint}</p>
      <Loaded from={granted} skeleton={<Bones rows={4} />}>
        {(now) => <RolesForm key={JSON.stringify(now)} person={person} now={now} />}
      </Loaded>
    </section>
  );
}

function RolesForm({ person, now }: { person: PersonCard; now: Granted }) {
  const w = useWords(peopleWords);
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const [next, setNext] = useState(now);
  const put = useWrite<typeof putPersonRoles>('PUT', '/api/people/:id/roles', ['/api/people/:id/roles', '/api/me']);
  const options = unitOptions(opds.value ?? [], true);
  const of = (role: Granted[number]['role']) => next.find((one) => one.role === role);
  const toggle = (role: Granted[number]['role']): void =>
    setNext(
      of(role)
        ? next.filter((one) => one.role !== role)
        : [...next, { role, opdId: role === 'admin_opd' ? (person.opd?.id ?? options[0]?.value ?? null) : null }],
    );
  return (
    <div className="stack">
      <div>
        {roles.map((role) => (
          <label key={role} className="check">
            <input type="checkbox" checked={of(role) !== undefined} onChange={() => toggle(role)} />
            <span>{w.roleNames[role]}</span>
          </label>
        ))}
      </div>
      {of('admin_opd') && (
        <SelectField
          label={`${w.roleNames.admin_opd}: OPD`}
          value={of('admin_opd')?.opdId ?? ''}
          onValue={(opdId) => setNext(next.map((one) => (one.role === 'admin_opd' ? { ...one, opdId } : one)))}
          choices={options}
        />
      )}
      {put.failure && (
        <Note tone="alarm" alert>
          {put.failure.message}
        </Note>
      )}
      <div className="row">
        <Button busy={put.busy} disabled={JSON.stringify(next) === JSON.stringify(now)} onClick={() => void put.run({ params: { id: person.id }, body: next })}>
          {w.saveRoles}
        </Button>
        <span role="status" className="quiet s">
          {put.reply && w.rolesSaved}
        </span>
      </div>
    </div>
  );
}
