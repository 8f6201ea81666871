// Work hours, own days, a withdrawal, and who must record: what is filled in about the hours of an office.
import { useState } from 'react';
import type { DayHours, HoursView, postHoursWithdrawal, postOwnDay, postSchedule, putMustRecord } from '../../shared/hours.ts';
import type { DayCode } from '../../shared/roster.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { newKey } from '../platform/new-key.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Code } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { policyWords } from '../words/policies.ts';

const CHANGED = ['/api/opds/:id/hours'];
const CODES: DayCode[] = ['WFO', 'WFH', 'PIKET', 'DL', 'CUTI', 'SAKIT', 'LIBUR'];
export type Units = readonly { value: string; label: string }[];
type FormProps = { params: { id: string }; today: string; onClose: () => void };

export function ScheduleForm({ params, places, today, onClose }: FormProps & { places: Units }) {
  const w = useWords(policyWords);
  const [key] = useState(newKey);
  const [fields, setFields] = useState({
    unitId: places[0]?.value ?? '',
    kind: 'biasa' as 'biasa' | 'ramadan' | 'khusus',
    title: '',
    from: today,
    until: '',
    basis: '',
    why: '',
  });
  const day = (to: string, breakMinutes: number): DayHours => ({ from: '07:30', to, breakMinutes });
  const [week, setWeek] = useState<(DayHours | null)[]>([...Array.from({ length: 4 }, () => day('16:00', 60)), day('16:30', 90), null, null]);
  const save = useWrite<typeof postSchedule>('POST', '/api/opds/:id/hours', CHANGED);
  const set = (part: Partial<typeof fields>): void => setFields({ ...fields, ...part });
  const setDay = (n: number, to: DayHours | null): void => setWeek(week.map((one, index) => (index === n ? to : one)));
  async function submit(): Promise<void> {
    const { unitId, until, why, ...rest } = fields;
    const body = { ...rest, key, week, unitId: unitId === '' ? null : unitId, until: until === '' ? null : until, why: why.trim() === '' ? null : why };
    if (await save.run({ params, body })) onClose();
  }
  return (
    <Dialog title={w.addHours} onClose={onClose} side>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <SelectField label={w.of} value={fields.unitId} onValue={(unitId) => set({ unitId })} choices={places} />
        <SelectField
          label={w.hourKind}
          value={fields.kind}
          onValue={(kind) => set({ kind })}
          choices={(['biasa', 'ramadan', 'khusus'] as const).map((value) => ({ value, label: w.hourKinds[value] }))}
        />
        <TextField label={w.name} required maxLength={80} value={fields.title} onValue={(title) => set({ title })} />
        <div className="two">
          <TextField label={w.from} type="date" required value={fields.from} onValue={(from) => set({ from })} />
          <TextField
            label={w.until}
            type="date"
            optional={fields.kind === 'biasa'}
            value={fields.until}
            onValue={(until) => set({ until })}
            error={fieldFailure(save.failure, 'until')}
          />
        </div>
        {week.map((hours, n) => (
          <fieldset key={w.dayNames[n]} className="policy-edit">
            <legend>{w.dayNames[n]}</legend>
            <label className="check">
              <input type="checkbox" checked={hours !== null} onChange={() => setDay(n, hours ? null : day('16:00', 60))} />
              <span>{w.works}</span>
            </label>
            {hours && (
              <div className="policy-line policy-hours">
                <TextField label={w.clockFrom} type="time" required value={hours.from} onValue={(from) => setDay(n, { ...hours, from })} />
                <TextField
                  label={w.clockTo}
                  type="time"
                  required
                  value={hours.to}
                  onValue={(to) => setDay(n, { ...hours, to })}
                  error={fieldFailure(save.failure, `week.${n}.to`)}
                />
                <TextField
                  label={w.breakMinutes}
                  type="number"
                  min={0}
                  max={240}
                  required
                  value={String(hours.breakMinutes)}
                  onValue={(minutes) => setDay(n, { ...hours, breakMinutes: Number(minutes) })}
                />
              </div>
            )}
          </fieldset>
        ))}
        <TextField label={w.basisShort} required maxLength={200} value={fields.basis} onValue={(basis) => set({ basis })} />
        <TextField
          label={w.retro}
          hint={w.retroHint}
          optional
          maxLength={300}
          value={fields.why}
          onValue={(why) => set({ why })}
          error={fieldFailure(save.failure, 'why')}
        />
        <Foot failure={save.failure?.message} busy={save.busy} />
      </form>
    </Dialog>
  );
}

export function OwnDayForm({ params, units, today, onClose }: FormProps & { units: Units }) {
  const w = useWords(policyWords);
  const [key] = useState(newKey);
  const [fields, setFields] = useState({ unitId: params.id, day: today, kind: 'libur' as 'libur' | 'kerja', name: '', basis: '', why: '' });
  const save = useWrite<typeof postOwnDay>('POST', '/api/opds/:id/own-days', CHANGED);
  const set = (part: Partial<typeof fields>): void => setFields({ ...fields, ...part });
  async function submit(): Promise<void> {
    if (await save.run({ params, body: { ...fields, key, why: fields.why.trim() === '' ? null : fields.why } })) onClose();
  }
  return (
    <Dialog title={w.addOwnDay} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <SelectField label={w.of} value={fields.unitId} onValue={(unitId) => set({ unitId })} choices={units} />
        <TextField label={w.day} type="date" required value={fields.day} onValue={(day) => set({ day })} />
        <SelectField
          label={w.ownKind}
          value={fields.kind}
          onValue={(kind) => set({ kind })}
          choices={(['libur', 'kerja'] as const).map((value) => ({ value, label: w.ownKinds[value] }))}
        />
        <TextField label={w.name} required maxLength={120} value={fields.name} onValue={(name) => set({ name })} />
        <TextField label={w.basisShort} required maxLength={200} value={fields.basis} onValue={(basis) => set({ basis })} />
        <TextField
          label={w.retro}
          hint={w.retroHint}
          optional
          maxLength={300}
          value={fields.why}
          onValue={(why) => set({ why })}
          error={fieldFailure(save.failure, 'why')}
        />
        <Foot failure={save.failure?.message} busy={save.busy} />
      </form>
    </Dialog>
  );
}

export function Withdraw({ params, id, title, today, onClose }: FormProps & { id: string; title: string }) {
  const w = useWords(policyWords);
  const [from, setFrom] = useState(today);
  const [reason, setReason] = useState('');
  const save = useWrite<typeof postHoursWithdrawal>('POST', '/api/opds/:id/hours/withdrawals', CHANGED);
  return (
    <Dialog title={w.endTitle(title)} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run({ params, body: { ofId: id, from, reason } }).then((done) => done && onClose());
        }}
      >
        <TextField label={w.since} type="date" required min={today} value={from} onValue={setFrom} error={fieldFailure(save.failure, 'from')} />
        <TextField label={w.reason} required maxLength={300} value={reason} onValue={setReason} />
        <Foot failure={save.failure?.message} busy={save.busy} />
      </form>
    </Dialog>
  );
}

function Foot({ failure, busy }: { failure: string | undefined; busy: boolean }) {
  const w = useWords(policyWords);
  return (
    <>
      {failure !== undefined && (
        <Note tone="alarm" alert>
          {failure}
        </Note>
      )}
      <div className="row row-end">
        <Button type="submit" kind="main" busy={busy}>
          {w.keep}
        </Button>
      </div>
    </>
  );
}

export function MustRecord({ hours }: { hours: HoursView }) {
  const w = useWords(policyWords);
  const [codes, setCodes] = useState<readonly DayCode[]>(hours.mustRecord.codes);
  const [from, setFrom] = useState(hours.today);
  const [basis, setBasis] = useState('');
  const save = useWrite<typeof putMustRecord>('PUT', '/api/opds/:id/must-record', CHANGED);
  return (
    <Section title={w.record}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run({ params: { id: hours.opdId }, body: { codes: [...codes], from, basis } });
        }}
      >
        <p className="section-note">{w.recordText}</p>
        <fieldset className="policy-checks" disabled={!hours.may.opd}>
          <legend className="sr-only">{w.record}</legend>
          {CODES.map((code) => (
            <label key={code} className="check">
              <input
                type="checkbox"
                checked={codes.includes(code)}
                onChange={() => setCodes(codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code])}
              />
              <Code code={code} />
            </label>
          ))}
        </fieldset>
        {hours.may.opd && (
          <>
            <div className="two">
              <TextField
                label={w.recordFrom}
                type="date"
                required
                min={hours.today}
                value={from}
                onValue={setFrom}
                error={fieldFailure(save.failure, 'from')}
              />
              <TextField label={w.basisShort} required maxLength={200} value={basis} onValue={setBasis} />
            </div>
            <Foot failure={save.failure?.message} busy={save.busy} />
            {save.reply && !save.failure && <span role="status">{w.saved}</span>}
          </>
        )}
      </form>
    </Section>
  );
}
