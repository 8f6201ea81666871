// Legal holds: what is held, by whom and why; placing one; lifting one that somebody else placed.
import { useState, type FormEvent } from 'react';
import type { Hold, postHoldLift, Retention } from '../../shared/privacy.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Mark } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { commonWords } from '../words/common.ts';
import { privacyWords } from '../words/privacy.ts';
import { useClassName } from './class-name.ts';
import { HoldForm } from './hold-form.tsx';

export function Holds({ now }: { now: Retention }) {
  const w = useWords(privacyWords);
  const f = useFormats();
  const zone = useZone();
  const className = useClassName();
  const [placing, setPlacing] = useState(false);
  const [lifting, setLifting] = useState<Hold>();
  const nameOf = ({ kind, target, name }: Hold): string => (kind === 'class' ? className({ key: target, name }) : name);
  const columns: Column<Hold>[] = [
    {
      key: 'what',
      head: w.holdKind,
      phone: 'title',
      cell: (row) => (
        <span className="place">
          <span className="place-name">{nameOf(row)}</span>
          <span className="place-more">{w.holdKinds[row.kind]}</span>
        </span>
      ),
    },
    {
      key: 'reason',
      head: w.reason,
      phone: 'plain',
      cell: (row) => (
        <span className="hold-line">
          <span>
            {row.reason} <span className="quiet">({row.basis})</span>
          </span>
          <small className="quiet">{w.holdLine(row.by, f.dayOf(row.at, zone))}</small>
          {row.lifted && <small className="quiet">{w.liftedLine(row.lifted.by, f.dayOf(row.lifted.at, zone), row.lifted.reason)}</small>}
        </span>
      ),
    },
    {
      key: 'lift',
      head: '',
      phone: 'plain',
      cell: (row) =>
        row.mayLift ? (
          <Button kind="quiet" aria-label={w.liftTitle(nameOf(row))} onClick={() => setLifting(row)}>
            {w.lift}
          </Button>
        ) : (
          !row.lifted && (
            <Mark shape="full" tone="wait">
              {w.ownHold}
            </Mark>
          )
        ),
    },
  ];
  return (
    <Section
      title={w.holds}
      note={w.holdsNote}
      actions={
        <Button kind="quiet" onClick={() => setPlacing(true)}>
          {w.addHold}
        </Button>
      }
    >
      {now.holds.length === 0 ? (
        <p className="section-note">{w.noHolds}</p>
      ) : (
        <Table caption={w.holds} columns={columns} rows={now.holds} rowKey={(row) => row.id} />
      )}
      {placing && <HoldForm classes={now.classes} onClose={() => setPlacing(false)} />}
      {lifting && <Lift hold={lifting} name={nameOf(lifting)} onClose={() => setLifting(undefined)} />}
    </Section>
  );
}

function Lift({ hold, name, onClose }: { hold: Hold; name: string; onClose: () => void }) {
  const w = useWords(privacyWords);
  const c = useWords(commonWords);
  const [reason, setReason] = useState('');
  const lift = useWrite<typeof postHoldLift>('POST', '/api/retention/holds/:id/lift', ['/api/retention']);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await lift.run({ params: { id: hold.id }, body: { reason } })) onClose();
  }
  return (
    <Dialog title={w.liftTitle(name)} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{w.liftText}</p>
        <TextField label={w.reason} value={reason} onValue={setReason} error={fieldFailure(lift.failure, 'reason')} required maxLength={500} />
        {lift.failure && (
          <Note tone="alarm" alert>
            {lift.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="alarm" busy={lift.busy}>
            {w.lift}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
