// Ruang dan JBI: the small list operators give from.
import { useState } from 'react';
import type { deleteThing, getThings, postThing, putThing, Thing } from '../../shared/facilities.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask, Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { facilityWords } from '../words/facilities.ts';
import { FacilityTabs } from './facilities-screen.tsx';
import './facilities.css';

const CHANGED = ['/api/facility-things', '/api/facilities/week'];
type Open = { what: 'add' } | { what: 'edit' | 'drop'; thing: Thing };

export default function ThingsScreen() {
  const w = useWords(facilityWords);
  const things = useRead<typeof getThings>('/api/facility-things', {});
  const [open, setOpen] = useState<Open>();
  const drop = useWrite<typeof deleteThing>('DELETE', '/api/facility-things/:id', CHANGED);
  const close = (): void => setOpen(undefined);
  async function dropNow(thing: Thing): Promise<void> {
    if (await drop.run({ params: { id: thing.id } })) close();
  }
  const add = (
    <Button kind="main" onClick={() => setOpen({ what: 'add' })}>
      {w.addThing}
    </Button>
  );
  const columns: Column<Thing>[] = [
    { key: 'name', head: w.name, phone: 'title', cell: (row) => <strong>{row.name}</strong> },
    { key: 'kind', head: w.kind, cell: (row) => w.kinds[row.kind] },
    { key: 'detail', head: w.detail, cell: (row) => row.detail ?? '–' },
    {
      key: 'do',
      head: w.actions,
      phone: 'plain',
      cell: (row) => (
        <div className="row">
          <Button kind="quiet" aria-label={w.editOf(row.name)} onClick={() => setOpen({ what: 'edit', thing: row })}>
            {w.edit}
          </Button>
          <Button kind="quiet" onClick={() => setOpen({ what: 'drop', thing: row })}>
            {w.drop}
            <span className="sr-only"> {row.name}</span>
          </Button>
        </div>
      ),
    },
  ];
  return (
    <Page title={w.things} actions={things.value && things.value.length > 0 ? add : undefined}>
      <FacilityTabs />
      <Loaded from={things} skeleton={<Bones rows={4} tall />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={w.noThings} action={add}>
              {w.noThingsText}
            </Empty>
          ) : (
            <Table caption={w.things} columns={columns} rows={rows} rowKey={(row) => row.id} />
          )
        }
      </Loaded>
      {open?.what === 'add' && <ThingForm onClose={close} />}
      {open?.what === 'edit' && <ThingForm thing={open.thing} onClose={close} />}
      {open?.what === 'drop' && (
        <Ask
          title={w.dropTitle(open.thing.name)}
          text={w.dropText}
          yes={w.drop}
          busy={drop.busy}
          failure={drop.failure?.message}
          onYes={() => void dropNow(open.thing)}
          onClose={close}
        />
      )}
    </Page>
  );
}

function ThingForm({ thing, onClose }: { thing?: Thing; onClose: () => void }) {
  const w = useWords(facilityWords);
  const [fields, setFields] = useState({ kind: thing?.kind ?? ('ruang' as const), name: thing?.name ?? '', detail: thing?.detail ?? '' });
  const add = useWrite<typeof postThing>('POST', '/api/facility-things', CHANGED);
  const save = useWrite<typeof putThing>('PUT', '/api/facility-things/:id', CHANGED);
  const failure = add.failure ?? save.failure;
  const detail = fields.detail.trim() === '' ? null : fields.detail;
  async function submit(): Promise<void> {
    const done = thing
      ? await save.run({ params: { id: thing.id }, body: { name: fields.name, detail } })
      : await add.run({ body: { kind: fields.kind, name: fields.name, detail } });
    if (done) onClose();
  }
  return (
    <Dialog title={thing ? w.editOf(thing.name) : w.newThing} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {!thing && (
          <SelectField<'ruang' | 'jbi'>
            label={w.kind}
            value={fields.kind}
            onValue={(kind) => setFields({ ...fields, kind })}
            choices={[
              { value: 'ruang', label: w.kinds.ruang },
              { value: 'jbi', label: w.kinds.jbi },
            ]}
          />
        )}
        <TextField
          label={w.name}
          value={fields.name}
          onValue={(name) => setFields({ ...fields, name })}
          required
          maxLength={80}
          error={fieldFailure(failure, 'name') ?? failure?.message}
        />
        <TextField label={w.detail} hint={w.detailHint} optional value={fields.detail} onValue={(to) => setFields({ ...fields, detail: to })} maxLength={120} />
        <div className="row row-end">
          <Button type="submit" kind="main" busy={add.busy || save.busy}>
            {w.keep}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
