// Media: one line for each outlet; corrected, or merged when it is another spelling of one.
import { useState, type FormEvent } from 'react';
import type { getOutlets, Outlet, OutletKind, postOutletMerge, putOutlet } from '../../../shared/press-desk.ts';
import { fieldFailure, useRead, useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Bones, Empty, Loaded, Note } from '../../ui/notice.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { commonWords } from '../../words/common.ts';
import { deskWords } from '../../words/press-desk.ts';
import { registerWords } from '../../words/press-register.ts';
import { JournalistsPage } from './journalists-page.tsx';

const CHANGED = ['/api/outlets', '/api/journalists', '/api/conferences/:id/registrations'];
type Doing = { what: 'edit' | 'merge'; outlet: Outlet };

export default function OutletsScreen() {
  const w = useWords(deskWords);
  const k = useWords(registerWords).kinds;
  const f = useFormats();
  const [doing, setDoing] = useState<Doing>();
  const read = useRead<typeof getOutlets>('/api/outlets', {});
  const columns: Column<Outlet>[] = [
    { key: 'name', head: w.cols.outlet, phone: 'title', cell: (o) => <strong>{o.name}</strong> },
    { key: 'kind', head: w.cols.kind, phone: 'plain', cell: (o) => k[o.kind] },
    { key: 'count', head: w.cols.count, align: 'number', cell: (o) => f.number(o.journalists) },
    {
      key: 'acts',
      head: '',
      phone: 'plain',
      cell: (outlet) => (
        <div className="row row-end">
          <Button kind="quiet" aria-label={w.editTitle(outlet.name)} onClick={() => setDoing({ what: 'edit', outlet })}>
            {w.edit}
          </Button>
          <Button kind="quiet" aria-label={w.mergeTitle(outlet.name)} onClick={() => setDoing({ what: 'merge', outlet })}>
            {w.merge}
          </Button>
        </div>
      ),
    },
  ];
  const close = (): void => setDoing(undefined);
  return (
    <JournalistsPage>
      <Loaded from={read} skeleton={<Bones rows={6} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={w.noOutlets}>{w.noOutletsText}</Empty>
          ) : (
            <>
              <Table caption={w.outlets} columns={columns} rows={rows} rowKey={(o) => o.id} />
              {doing?.what === 'edit' && <Edit outlet={doing.outlet} onClose={close} />}
              {doing?.what === 'merge' && <Merge outlet={doing.outlet} others={rows.filter((o) => o.id !== doing.outlet.id)} onClose={close} />}
            </>
          )
        }
      </Loaded>
    </JournalistsPage>
  );
}

function Edit({ outlet, onClose }: { outlet: Outlet; onClose: () => void }) {
  const w = useWords(deskWords);
  const r = useWords(registerWords);
  const c = useWords(commonWords);
  const [name, setName] = useState(outlet.name);
  const [kind, setKind] = useState(outlet.kind);
  const save = useWrite<typeof putOutlet>('PUT', '/api/outlets/:id', CHANGED);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await save.run({ params: { id: outlet.id }, body: { name, kind } })) onClose();
  }
  return (
    <Dialog title={w.editTitle(outlet.name)} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextField label={w.outletName} value={name} onValue={setName} required maxLength={120} autoComplete="off" error={fieldFailure(save.failure, 'name')} />
        <SelectField
          label={r.kind}
          value={kind}
          onValue={setKind}
          choices={(Object.keys(r.kinds) as OutletKind[]).map((value) => ({ value, label: r.kinds[value] }))}
        />
        {save.failure && save.failure.fields.length === 0 && (
          <Note tone="alarm" alert>
            {save.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={save.busy}>
            {c.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Merge({ outlet, others, onClose }: { outlet: Outlet; others: readonly Outlet[]; onClose: () => void }) {
  const w = useWords(deskWords);
  const c = useWords(commonWords);
  const [into, setInto] = useState(likest(outlet, others)?.id ?? '');
  const merge = useWrite<typeof postOutletMerge>('POST', '/api/outlets/:id/merge', CHANGED);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await merge.run({ params: { id: outlet.id }, body: { into } })) onClose();
  }
  return (
    <Dialog title={w.mergeTitle(outlet.name)} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{w.mergeText(outlet.journalists)}</p>
        <SelectField label={w.into} value={into} onValue={setInto} choices={others.map((one) => ({ value: one.id, label: one.name }))} />
        {merge.failure && (
          <Note tone="alarm" alert>
            {merge.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="alarm" busy={merge.busy} disabled={into === ''}>
            {w.merge}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The one whose name begins alike: most often meant. */
function likest(outlet: Outlet, others: readonly Outlet[]): Outlet | undefined {
  const alike = ({ name }: Outlet): number => {
    let n = 0;
    while (n < name.length && name[n]?.toLowerCase() === outlet.name[n]?.toLowerCase()) n += 1;
    return n;
  };
  return others.toSorted((a, b) => alike(b) - alike(a))[0];
}
