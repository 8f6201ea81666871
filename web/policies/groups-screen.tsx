// Function groups of an OPD, and for its admin alone the flag of who asked to be at home first.
import { useState } from 'react';
import type { getFunctionGroups, GroupPerson, postFunctionGroup, postFunctionGroupEnd, putHealthFlag } from '../../shared/policies.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import type { ReplyOf } from '../../shared/endpoint.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { PlaceCard } from '../ui/marks.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { policyWords } from '../words/policies.ts';
import { OfOffice, OpdTools, PolicyTabs, usePolicyOpd } from './policy-parts.tsx';

const CHANGED = ['/api/opds/:id/function-groups', '/api/opds/:id/rules'];
type List = ReplyOf<typeof getFunctionGroups>;

export default function GroupsScreen() {
  const w = useWords(policyWords);
  const opd = usePolicyOpd();
  return (
    <Page title={w.groups} under={<p>{w.groupsUnder}</p>}>
      <PolicyTabs />
      <OpdTools opd={opd} />
      <OfOffice opd={opd}>{(id) => <People key={id} opd={id} />}</OfOffice>
    </Page>
  );
}

function People({ opd }: { opd: string }) {
  const read = useRead<typeof getFunctionGroups>('/api/opds/:id/function-groups', { params: { id: opd } });
  return (
    <Loaded from={read} skeleton={<Bones rows={8} tall />}>
      {(list) => <Staff list={list} />}
    </Loaded>
  );
}

function Staff({ list }: { list: List }) {
  const w = useWords(policyWords);
  const f = useFormats();
  const [adding, setAdding] = useState<GroupPerson>();
  const end = useWrite<typeof postFunctionGroupEnd>('POST', '/api/function-groups/:id/end', CHANGED);
  const flag = useWrite<typeof putHealthFlag>('PUT', '/api/opds/:id/health-flags', CHANGED);
  const readsHealth = list.people.some(({ health }) => health !== null);
  const columns: Column<GroupPerson>[] = [
    { key: 'name', head: w.person, phone: 'title', cell: (row) => <PlaceCard name={row.name} position={row.position} more={row.unitName} /> },
    {
      key: 'groups',
      head: w.group,
      cell: (row) => (
        <div className="policy-groups">
          {row.groups.map((group) => (
            <div key={group.id} className="row">
              <span>
                {group.name} <span className="quiet s">{w.groupSpan(f.date(group.from), group.until && f.date(group.until))}</span>
              </span>
              {list.mayChange && (group.until === null || group.until > list.today) && (
                <Button
                  kind="quiet"
                  aria-label={w.endGroupOf(group.name, row.name)}
                  onClick={() => void end.run({ params: { id: group.id }, body: { until: list.today } })}
                >
                  {w.endGroup}
                </Button>
              )}
            </div>
          ))}
          {list.mayChange && (
            <Button kind="quiet" onClick={() => setAdding(row)}>
              {w.addGroup}
              <span className="sr-only"> {row.name}</span>
            </Button>
          )}
        </div>
      ),
    },
  ];
  if (readsHealth)
    columns.push({
      key: 'health',
      head: w.health,
      cell: (row) => (
        <label className="check">
          <input
            type="checkbox"
            checked={row.health === true}
            disabled={flag.busy}
            onChange={() => void flag.run({ params: { id: list.opdId }, body: { personId: row.id, yes: row.health !== true } })}
          />
          <span>
            {w.yes}
            <span className="sr-only"> {row.name}</span>
          </span>
        </label>
      ),
    });
  const failure = end.failure ?? flag.failure;
  return (
    <>
      {readsHealth && <p className="section-note">{w.healthText}</p>}
      {failure && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
      <Table caption={w.groups} columns={columns} rows={list.people} rowKey={({ id }) => id} />
      {adding && <Add list={list} person={adding} onClose={() => setAdding(undefined)} />}
    </>
  );
}

function Add({ list, person, onClose }: { list: List; person: GroupPerson; onClose: () => void }) {
  const w = useWords(policyWords);
  const [fields, setFields] = useState({ name: '', from: list.today, until: '', basis: '' });
  const [also, setAlso] = useState<readonly string[]>([]);
  const add = useWrite<typeof postFunctionGroup>('POST', '/api/opds/:id/function-groups', CHANGED);
  const set = (part: Partial<typeof fields>): void => setFields({ ...fields, ...part });
  async function submit(): Promise<void> {
    const body = { ...fields, personIds: [person.id, ...also], until: fields.until === '' ? null : fields.until };
    if (await add.run({ params: { id: list.opdId }, body })) onClose();
  }
  return (
    <Dialog title={`${w.addGroup}: ${person.name}`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField label={w.group} list="function-groups" required maxLength={60} autoComplete="off" value={fields.name} onValue={(name) => set({ name })} />
        <datalist id="function-groups">
          {list.names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </datalist>
        <div className="two">
          <TextField label={w.from} type="date" required value={fields.from} onValue={(from) => set({ from })} />
          <TextField label={w.until} type="date" optional value={fields.until} onValue={(until) => set({ until })} />
        </div>
        {list.people.length > 1 && (
          <details>
            <summary>{w.alsoFor(also.length)}</summary>
            <ul className="policy-also">
              {list.people
                .filter(({ id }) => id !== person.id)
                .map(({ id, name, position }) => (
                  <li key={id}>
                    <label className="check">
                      <input
                        type="checkbox"
                        checked={also.includes(id)}
                        onChange={() => setAlso(also.includes(id) ? also.filter((one) => one !== id) : [...also, id])}
                      />
                      <span>
                        {name} <span className="quiet s">{position}</span>
                      </span>
                    </label>
                  </li>
                ))}
            </ul>
          </details>
        )}
        <TextField label={w.basisShort} required maxLength={200} value={fields.basis} onValue={(basis) => set({ basis })} />
        {add.failure && (
          <Note tone="alarm" alert>
            {add.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button type="submit" kind="main" busy={add.busy}>
            {w.keep}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
