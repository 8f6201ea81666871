// Whom the numbers of the machine mean.
import { useState, type FormEvent } from 'react';
import type { MachineView, putMachinePin } from '../../shared/machine.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { Table } from '../ui/table.tsx';
import { commonWords } from '../words/common.ts';
import { machineWords } from '../words/machine.ts';

type Given = { pin: string; personId: string; from: string };
type Props = { view: MachineView; when: (at: string) => string };

export function MachinePins({ view, when }: Props) {
  const w = useWords(machineWords);
  const f = useFormats();
  const [given, setGiven] = useState<Given>();
  return (
    <>
      {view.unknown.length > 0 && (
        <Section title={w.unknown}>
          <p className="quiet s section-note">{w.unknownWhy}</p>
          <Table
            caption={w.unknown}
            rows={view.unknown}
            rowKey={(row) => row.pin}
            columns={[
              { key: 'pin', head: w.cols.pin, phone: 'title', cell: (row) => <span className="num">{row.pin}</span> },
              { key: 'punches', head: w.cols.punches, align: 'number', cell: (row) => row.punches },
              { key: 'last', head: w.cols.last, cell: (row) => <span className="num">{when(row.last)}</span> },
              ...(view.mayKeep
                ? [
                    {
                      key: 'do',
                      head: w.assign,
                      phone: 'plain' as const,
                      cell: (row: MachineView['unknown'][number]) => (
                        <Button aria-label={w.assignTitle(row.pin)} onClick={() => setGiven({ pin: row.pin, personId: '', from: '2000-01-01' })}>
                          {w.assign}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </Section>
      )}
      {view.pins.length > 0 && (
        <Section title={w.assigned}>
          <Table
            caption={w.assigned}
            rows={view.pins}
            rowKey={(row) => row.pin}
            columns={[
              { key: 'person', head: w.cols.person, phone: 'title', cell: (row) => row.personName },
              { key: 'pin', head: w.cols.pin, cell: (row) => <span className="num">{row.pin}</span> },
              { key: 'from', head: w.cols.from, cell: (row) => f.date(row.from) },
              { key: 'by', head: w.cols.by, phone: 'hide', cell: (row) => row.byName ?? '–' },
              ...(view.mayKeep
                ? [
                    {
                      key: 'do',
                      head: w.change,
                      phone: 'plain' as const,
                      cell: (row: MachineView['pins'][number]) => (
                        <Button
                          kind="quiet"
                          aria-label={w.assignTitle(row.pin)}
                          onClick={() => setGiven({ pin: row.pin, personId: row.personId, from: dayIn(view.zone) })}
                        >
                          {w.change}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </Section>
      )}
      {given && <Assign view={view} given={given} onClose={() => setGiven(undefined)} />}
    </>
  );
}

function Assign({ view, given, onClose }: { view: MachineView; given: Given; onClose: () => void }) {
  const w = useWords(machineWords);
  const c = useWords(commonWords);
  const [personId, setPersonId] = useState(given.personId);
  const [from, setFrom] = useState(given.from);
  const put = useWrite<typeof putMachinePin>('PUT', '/api/opds/:id/machine/pins', [
    '/api/opds/:id/machine',
    '/api/opds/:id/day',
    '/api/opds/:id/machine/cases',
  ]);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await put.run({ params: { id: view.opdId }, body: { pin: given.pin, personId: personId || null, from } })) onClose();
  }
  return (
    <Dialog title={w.assignTitle(given.pin)} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <SelectField
          label={w.cols.person}
          value={personId}
          onValue={setPersonId}
          error={fieldFailure(put.failure, 'personId')}
          choices={[{ value: '', label: w.choose }, ...view.staff.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <TextField label={w.assignFrom} hint={w.assignHint} type="date" required value={from} onValue={setFrom} />
        {put.failure && put.failure.fields.length === 0 && (
          <Note tone="alarm" alert>
            {put.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={put.busy} disabled={personId === '' && given.personId === ''}>
            {w.assign}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
