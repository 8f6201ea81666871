// Files taken in so far, and how a wrong one is withdrawn.
import { useState, type FormEvent } from 'react';
import type { MachineView, postMachineWithdrawal } from '../../shared/machine.ts';
import { useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Mark } from '../ui/marks.tsx';
import { Empty, Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { commonWords } from '../words/common.ts';
import { machineWords } from '../words/machine.ts';

type Row = MachineView['imports'][number];
type Props = { view: MachineView; when: (at: string) => string };

export function MachineImports({ view, when }: Props) {
  const w = useWords(machineWords);
  const [opened, setOpened] = useState<Row>();
  const columns: Column<Row>[] = [
    { key: 'file', head: w.importCols.file, phone: 'title', cell: (row) => <FileCell row={row} when={when} /> },
    {
      key: 'when',
      head: w.importCols.when,
      phone: 'plain',
      cell: (row) => (
        <span className="num">
          {when(row.at)} <span className="quiet s">{row.byName ?? '–'}</span>
        </span>
      ),
    },
    { key: 'added', head: w.importCols.added, align: 'number', cell: (row) => row.added },
    { key: 'already', head: w.importCols.already, align: 'number', cell: (row) => row.already },
    { key: 'refused', head: w.importCols.refused, align: 'number', cell: (row) => row.refused },
  ];
  if (view.imports.some((row) => row.mayWithdraw))
    columns.push({
      key: 'do',
      head: w.withdraw,
      phone: 'plain',
      cell: (row) =>
        row.mayWithdraw && (
          <Button kind="quiet" aria-label={w.withdrawOf(row.fileName ?? '–', when(row.at))} onClick={() => setOpened(row)}>
            {w.withdraw}
          </Button>
        ),
    });
  return (
    <Section title={w.imports} note={view.until === null ? undefined : w.until(when(view.until))}>
      {view.imports.length === 0 ? (
        <Empty title={w.noImports}>{view.mayKeep && w.noImportsDo}</Empty>
      ) : (
        <Table caption={w.imports} rows={view.imports} rowKey={(row) => row.id} columns={columns} />
      )}
      {opened && <Withdraw opdId={view.opdId} row={opened} onClose={() => setOpened(undefined)} />}
    </Section>
  );
}

function FileCell({ row, when }: { row: Row; when: Props['when'] }) {
  const w = useWords(machineWords);
  const { fileName, withdrawn, again } = row;
  return (
    <>
      <span className="machine-line">{fileName ?? '–'}</span>
      {withdrawn && (
        <span className="machine-sign">
          <Mark shape="dash" tone="wait">
            {w.withdrawn(withdrawn.byName ?? '–', when(withdrawn.at))}
          </Mark>
          {withdrawn.reason !== null && <span className="case-note quiet">{withdrawn.reason}</span>}
        </span>
      )}
      {again && (
        <span className="machine-sign">
          <Mark shape="half" tone="wait">
            {w.importAgain}
          </Mark>
        </span>
      )}
    </>
  );
}

function Withdraw({ opdId, row, onClose }: { opdId: string; row: Row; onClose: () => void }) {
  const w = useWords(machineWords);
  const c = useWords(commonWords);
  const [reason, setReason] = useState('');
  const save = useWrite<typeof postMachineWithdrawal>('POST', '/api/opds/:id/machine/imports/:importId/withdrawal', [
    '/api/opds/:id/machine',
    '/api/opds/:id/machine/cases',
    '/api/opds/:id/day',
  ]);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await save.run({ params: { id: opdId, importId: row.id }, body: { reason } })) onClose();
  }
  return (
    <Dialog title={w.withdrawTitle(row.fileName ?? '–')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{w.withdrawText(row.added)}</p>
        <TextField label={w.reason} value={reason} onValue={setReason} required maxLength={200} />
        {save.failure && (
          <Note tone="alarm" alert>
            {save.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="alarm" busy={save.busy}>
            {w.withdraw}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
