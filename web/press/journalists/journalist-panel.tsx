// One journalist beside the list: accreditation, outlet, pass.
import { useState, type FormEvent } from 'react';
import type { getOutlets, Journalist, putAccreditation, putJournalistOutlet } from '../../../shared/press-desk.ts';
import { useRead, useWrite } from '../../platform/api.ts';
import { dayAfter, dayIn, useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/notice.tsx';
import { deskWords } from '../../words/press-desk.ts';
import { registerWords } from '../../words/press-register.ts';
import { ReasonDialog } from '../reason-dialog.tsx';
import { NewLink } from '../new-link.tsx';

const CHANGED = ['/api/journalists', '/api/outlets', '/api/conferences/:id/registrations'];
const USUAL_DAYS = 365;

export function JournalistPanel({ journalist: j, onClose }: { journalist: Journalist; onClose: () => void }) {
  const w = useWords(deskWords);
  const k = useWords(registerWords).kinds;
  const [asking, setAsking] = useState<'link' | 'end'>();
  const accredit = useWrite<typeof putAccreditation>('PUT', '/api/journalists/:id/accreditation', CHANGED);
  const facts: [string, string | null][] = [
    [w.cols.outlet, `${j.outlet} · ${k[j.outletKind].toLowerCase()}`],
    [w.cols.email, j.email],
    [w.phone, j.phone],
    [j.card === null ? '' : w.card[j.card.kind], j.card && w.ending(j.card.ending)],
    [w.platform, j.platform],
  ];
  async function end(reason: string): Promise<void> {
    if (await accredit.run({ params: { id: j.id }, body: { validUntil: null, reason } })) setAsking(undefined);
  }
  if (asking === 'link') return <NewLink id={j.id} name={j.name} onClose={() => setAsking(undefined)} />;
  if (asking === 'end')
    return (
      <ReasonDialog
        title={w.endTitle(j.name)}
        text={w.endText}
        label={w.reason}
        yes={w.end}
        busy={accredit.busy}
        failure={accredit.failure?.message}
        onYes={(reason) => void end(reason)}
        onClose={() => setAsking(undefined)}
      />
    );
  return (
    <Dialog title={j.name} side onClose={onClose}>
      <div className="stack-l">
        <dl className="facts">
          {facts.map(([label, value]) =>
            value === null ? null : (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
        <Accreditation journalist={j} accredit={accredit} onEnd={() => setAsking('end')} />
        <Move journalist={j} />
        <div className="stack">
          <h3>{w.pass}</h3>
          <div>
            <Button onClick={() => setAsking('link')}>{w.newLink}</Button>
          </div>
        </div>
        <div className="stack">
          <h3>{w.theirData}</h3>
          <p>{w.theirDataText}</p>
          <div>
            <ButtonLink to={`/api/journalists/${j.id}/data.json`} outside download>
              {w.theirDataDo}
            </ButtonLink>
          </div>
        </div>
      </div>
    </Dialog>
  );
}

type AccreditationProps = { journalist: Journalist; accredit: ReturnType<typeof useWrite<typeof putAccreditation>>; onEnd: () => void };

function Accreditation({ journalist: { id, validUntil }, accredit, onEnd }: AccreditationProps) {
  const w = useWords(deskWords);
  const f = useFormats();
  const today = dayIn('Asia/Jakarta');
  const [day, setDay] = useState(validUntil ?? dayAfter(today, USUAL_DAYS));
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await accredit.run({ params: { id }, body: { validUntil: day } });
  }
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <h3>{w.accreditation}</h3>
      {validUntil !== null && <p>{w.validUntil(f.day(validUntil))}</p>}
      <TextField label={w.until} type="date" value={day} onValue={setDay} min={today} max={dayAfter(today, 2 * 365)} required />
      {accredit.failure && (
        <Note tone="alarm" alert>
          {accredit.failure.message}
        </Note>
      )}
      <div className="row">
        <Button type="submit" kind="main" busy={accredit.busy} disabled={day === validUntil}>
          {validUntil === null ? w.accredit : w.extend}
        </Button>
        {validUntil !== null && (
          <Button kind="quiet" onClick={onEnd}>
            {w.end}
          </Button>
        )}
      </div>
    </form>
  );
}

function Move({ journalist: { id, outletId } }: { journalist: Journalist }) {
  const w = useWords(deskWords);
  const outlets = useRead<typeof getOutlets>('/api/outlets', {});
  const [to, setTo] = useState(outletId);
  const move = useWrite<typeof putJournalistOutlet>('PUT', '/api/journalists/:id/outlet', CHANGED);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await move.run({ params: { id }, body: { outletId: to } });
  }
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <SelectField
        label={w.outletOf}
        hint={w.outletHint}
        value={to}
        onValue={setTo}
        choices={(outlets.value ?? []).map((one) => ({ value: one.id, label: one.name }))}
      />
      {move.failure && (
        <Note tone="alarm" alert>
          {move.failure.message}
        </Note>
      )}
      <div>
        <Button type="submit" busy={move.busy} disabled={to === outletId}>
          {w.move}
        </Button>
      </div>
    </form>
  );
}
