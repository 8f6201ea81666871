// Cuti, sakit, dinas luar: entered with their basis, revoked with a reason, never edited.
import { useState } from 'react';
import type { Absence, getAbsences, postAbsence, postAbsenceRevoke, SaidViolation } from '../../shared/rota.ts';
import type { getPeople } from '../../shared/people.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Code } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { commonWords } from '../words/common.ts';
import { rotaWords } from '../words/rota.ts';
import { MonthChoice, RotaOpd, RotaTabs, useMonth, useRotaOpd } from './rota-parts.tsx';

const CHANGED = ['/api/opds/:id/absences', '/api/opds/:id/rota', '/api/me/rota'];
/** The last day of a month. */
function lastOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
/** Today where it is in the span, else where that begins. */
const nearest = ({ from, until }: { from: string; until: string }, today: string): string => (from <= today && today <= until ? today : from);
const CODES = ['CUTI', 'SAKIT', 'DL'] as const;
const capital = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1);

export default function AbsencesScreen() {
  const w = useWords(rotaWords);
  const opd = useRotaOpd();
  const month = useMonth();
  return (
    <Page title={w.absences} under={<p>{w.absence.under}</p>} narrow>
      <RotaTabs />
      <div className="tools rota-top">
        <MonthChoice {...month} />
        <RotaOpd opd={opd} />
      </div>
      {opd.id === undefined ? <Bones rows={5} /> : <OfOpd key={opd.id} opd={opd.id} month={month.month} />}
    </Page>
  );
}

function OfOpd({ opd, month }: { opd: string; month: string }) {
  const w = useWords(rotaWords);
  const zone = useZone();
  const span = { from: `${month}-01`, until: lastOf(month) };
  const read = useRead<typeof getAbsences>('/api/opds/:id/absences', { params: { id: opd }, query: span });
  const [open, setOpen] = useState<'add' | Absence>();
  const [broken, setBroken] = useState<readonly SaidViolation[]>([]);
  const close = (found?: readonly SaidViolation[]): void => {
    setOpen(undefined);
    setBroken(found ?? []);
  };
  return (
    <Loaded from={read} skeleton={<Bones rows={5} tall />}>
      {({ absences, mayEnter, serverTime }) => (
        <div className="stack">
          {mayEnter && (
            <div>
              <Button kind="main" onClick={() => setOpen('add')}>
                {w.absence.add}
              </Button>
            </div>
          )}
          {broken.length > 0 && <Broken broken={broken} onClose={() => setBroken([])} />}
          {absences.length === 0 && <Empty title={w.absence.none} />}
          <ul className="rota-list">
            {absences.map((one) => (
              <Line key={one.id} one={one} mayRevoke={mayEnter} onRevoke={() => setOpen(one)} />
            ))}
          </ul>
          {open === 'add' && <Enter opd={opd} first={nearest(span, dayIn(zone, new Date(serverTime)))} onClose={close} />}
          {typeof open === 'object' && <Revoke absence={open} onClose={close} />}
        </div>
      )}
    </Loaded>
  );
}

function Line({ one, mayRevoke, onRevoke }: { one: Absence; mayRevoke: boolean; onRevoke: () => void }) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const f = useFormats();
  return (
    <li>
      <span className="row">
        <Code code={one.code} title={c.codes[one.code]} />
        <strong>{one.name}</strong>
        <span>{one.from === one.until ? f.date(one.from) : f.days(one.from, one.until)}</span>
        {one.long && <span className="badge">{w.absence.longShort}</span>}
      </span>
      <span className="quiet s">{w.absence.by(one.basis, one.byName)}</span>
      {one.revoked && <span className="s">{w.absence.revoked(one.revoked.reason, one.revoked.byName)}</span>}
      {mayRevoke && !one.revoked && (
        <div>
          <Button kind="quiet" onClick={onRevoke}>
            {w.absence.revoke}
            <span className="sr-only"> {one.name}</span>
          </Button>
        </div>
      )}
    </li>
  );
}

function Broken({ broken, onClose }: { broken: readonly SaidViolation[]; onClose: () => void }) {
  const w = useWords(rotaWords);
  return (
    <Note tone="wait" alert>
      <strong>{w.absence.broken}</strong>
      <ul>
        {broken.map(({ violation, place, text }) => (
          <li key={violation.key}>
            {place}: {text}
          </li>
        ))}
      </ul>
      <Button kind="quiet" onClick={onClose}>
        {w.absence.done}
      </Button>
    </Note>
  );
}

type FormProps = { onClose: (broken?: readonly SaidViolation[]) => void };

function Enter({ opd, first, onClose }: FormProps & { opd: string; first: string }) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const people = useRead<typeof getPeople>('/api/people', { query: { opd } });
  const [fields, setFields] = useState({ personId: '', code: 'CUTI' as (typeof CODES)[number], from: first, until: first, long: false, basis: '' });
  const set = (part: Partial<typeof fields>): void => setFields({ ...fields, ...part });
  const save = useWrite<typeof postAbsence>('POST', '/api/opds/:id/absences', CHANGED);
  async function submit(): Promise<void> {
    const done = await save.run({ params: { id: opd }, body: fields });
    if (done) onClose(done.reply.broken);
  }
  return (
    <Dialog title={w.absence.addTitle} onClose={() => onClose()}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <SelectField
          label={w.absence.who}
          value={fields.personId}
          onValue={(personId) => set({ personId })}
          choices={[{ value: '', label: w.absence.choose }, ...(people.value ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
          error={fieldFailure(save.failure, 'personId')}
        />
        <SelectField
          label={w.absence.kind}
          value={fields.code}
          onValue={(code) => set({ code })}
          choices={CODES.map((value) => ({ value, label: capital(c.codes[value]) }))}
        />
        <div className="two">
          <TextField
            label={w.absence.from}
            type="date"
            required
            value={fields.from}
            onValue={(from) => set({ from, until: from > fields.until ? from : fields.until })}
            error={fieldFailure(save.failure, 'from')}
          />
          <TextField
            label={w.absence.until}
            type="date"
            required
            min={fields.from}
            value={fields.until}
            onValue={(until) => set({ until })}
            error={fieldFailure(save.failure, 'until')}
          />
        </div>
        {fields.code !== 'DL' && (
          <label className="check">
            <input type="checkbox" checked={fields.long} onChange={() => set({ long: !fields.long })} />
            <span>{w.absence.long}</span>
          </label>
        )}
        <TextField
          label={w.absence.basis}
          hint={w.absence.basisHint}
          required
          maxLength={200}
          value={fields.basis}
          onValue={(basis) => set({ basis })}
          error={fieldFailure(save.failure, 'basis')}
          autoComplete="off"
        />
        {save.failure && (
          <Note tone="alarm" alert>
            {save.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={() => onClose()}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={save.busy} disabled={fields.personId === ''}>
            {w.absence.add}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Revoke({ absence, onClose }: FormProps & { absence: Absence }) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const [reason, setReason] = useState('');
  const revoke = useWrite<typeof postAbsenceRevoke>('POST', '/api/absences/:id/revoke', CHANGED);
  async function submit(): Promise<void> {
    const done = await revoke.run({ params: { id: absence.id }, body: { reason } });
    if (done) onClose(done.reply.broken);
  }
  return (
    <Dialog title={w.absence.revokeTitle(absence.name)} onClose={() => onClose()}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label={w.reason}
          required
          maxLength={400}
          value={reason}
          onValue={setReason}
          error={fieldFailure(revoke.failure, 'reason')}
          autoComplete="off"
        />
        {revoke.failure && (
          <Note tone="alarm" alert>
            {revoke.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={() => onClose()}>{c.cancel}</Button>
          <Button type="submit" kind="alarm" busy={revoke.busy}>
            {w.absence.revoke}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
