// Jam kerja: the hours of an office, its own days off and working days, the two weeks ahead, and who must record at the machine.
import { useState } from 'react';
import type { DayHours, getHours, HoursView, postHoursWithdrawal, postOwnDay, postSchedule, putMustRecord } from '../../shared/hours.ts';
import type { DayCode } from '../../shared/roster.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { newKey } from '../platform/new-key.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Code } from '../ui/marks.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table } from '../ui/table.tsx';
import { policyWords } from '../words/policies.ts';
import { OpdTools, PolicyTabs, usePolicyOpd, useSpan } from './policy-parts.tsx';

const CHANGED = ['/api/opds/:id/hours'];
const CODES: DayCode[] = ['WFO', 'WFH', 'PIKET', 'DL', 'CUTI', 'SAKIT', 'LIBUR'];
type Open = 'hours' | 'day' | { withdraw: string; title: string };
type Units = readonly { value: string; label: string }[];

function useSpanOf(): (hours: DayHours) => string {
  const { wall } = useFormats();
  return ({ from, to }) => `${wall(from)}–${wall(to)}`;
}
/** Days one after another with the same hours stand together: `Senin–Kamis`. */
function together(week: readonly (DayHours | null)[], spanOf: (hours: DayHours) => string): { days: number[]; hours: string | null }[] {
  const runs: { days: number[]; hours: string | null }[] = [];
  week.forEach((day, n) => {
    const hours = day && spanOf(day);
    const last = runs.at(-1);
    if (last && last.hours === hours) last.days.push(n);
    else runs.push({ days: [n], hours });
  });
  return runs;
}

export default function HoursScreen() {
  const w = useWords(policyWords);
  const opd = usePolicyOpd();
  return (
    <Page title={w.hours} under={<p>{w.hoursUnder}</p>}>
      <PolicyTabs />
      <OpdTools opd={opd} />
      {opd.id === undefined ? <Bones rows={6} /> : <Office key={opd.id} opd={opd.id} all={opd.units} />}
    </Page>
  );
}

function Office({ opd, all }: { opd: string; all: ReturnType<typeof usePolicyOpd>['units'] }) {
  const read = useRead<typeof getHours>('/api/opds/:id/hours', { params: { id: opd } });
  const below = (id: string): boolean => id === opd || all.some((unit) => unit.id === id && unit.parentId !== null && below(unit.parentId));
  const units = all.filter((unit) => below(unit.id)).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Loaded from={read} skeleton={<Bones rows={8} tall />}>
      {(hours) => <Known hours={hours} units={units} />}
    </Loaded>
  );
}

function Known({ hours, units }: { hours: HoursView; units: Units }) {
  const w = useWords(policyWords);
  const f = useFormats();
  const span = useSpan();
  const spanOf = useSpanOf();
  const daysText = (days: readonly number[]): string => [...new Set([days[0], days.at(-1)])].map((n) => w.dayNames[n ?? 0]).join('–');
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const params = { id: hours.opdId };
  const places: Units = [...(hours.may.region ? [{ value: '', label: w.region }] : []), ...(hours.may.opd ? units : [])];
  return (
    <>
      <Section title={w.week} actions={places.length > 0 && <Button onClick={() => setOpen('hours')}>{w.addHours}</Button>}>
        <ul className="policy-list">
          {hours.schedules.map((one) => (
            <li key={one.id}>
              <div className="policy-head">
                <strong>{one.title}</strong>
                {one.kind !== 'biasa' && <span className="badge">{w.hourKinds[one.kind]}</span>}
              </div>
              <dl className="policy-week">
                {together(one.week, spanOf).map(({ days, hours: shown }) => (
                  <div key={days[0]}>
                    <dt>{daysText(days)}</dt>
                    <dd className="num">{shown ?? w.off}</dd>
                  </div>
                ))}
                <div>
                  <dt className="sr-only">{w.weekSum}</dt>
                  <dd>
                    <strong>{w.perWeek(Math.floor(one.minutes / 60), one.minutes % 60)}</strong>
                  </dd>
                </div>
              </dl>
              <span className="quiet s">
                {[one.unit?.name ?? w.region, span(one), one.basis, one.why, one.withdrawn && w.withdrawn(f.date(one.withdrawn.from))]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {one.mayChange && (
                <div>
                  <Button kind="quiet" onClick={() => setOpen({ withdraw: one.id, title: one.title })}>
                    {w.withdraw}
                    <span className="sr-only"> {one.title}</span>
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={w.ahead}>
        <Table
          caption={w.ahead}
          rows={hours.ahead}
          rowKey={(row) => row.date}
          columns={[
            { key: 'day', head: w.day, phone: 'title', cell: (row) => f.day(row.date) },
            { key: 'kind', head: w.dayKind, phone: 'plain', cell: (row) => [w.dayKinds[row.kind], row.name].filter(Boolean).join(': ') },
            { key: 'hours', head: w.hours, phone: 'plain', cell: (row) => <span className="num">{row.hours ? spanOf(row.hours) : '–'}</span> },
          ]}
        />
      </Section>
      <Section title={w.ownDays} actions={hours.may.opd && <Button onClick={() => setOpen('day')}>{w.addOwnDay}</Button>}>
        {hours.ownDays.length === 0 && <p className="quiet section-note">{w.noOwnDays}</p>}
        <ul className="policy-list">
          {hours.ownDays.map((one) => (
            <li key={one.id}>
              <div className="policy-head">
                <strong>{one.name}</strong>
                <span>{f.day(one.day)}</span>
              </div>
              <span className="quiet s">
                {[w.ownKinds[one.kind], one.unit?.name, one.hours && spanOf(one.hours), one.basis, one.withdrawn && w.withdrawn(f.date(one.withdrawn.from))]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {one.mayChange && one.day >= hours.today && (
                <div>
                  <Button kind="quiet" onClick={() => setOpen({ withdraw: one.id, title: one.name })}>
                    {w.withdraw}
                    <span className="sr-only"> {one.name}</span>
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <MustRecord hours={hours} />
      {open === 'hours' && <ScheduleForm params={params} places={places} today={hours.today} onClose={close} />}
      {open === 'day' && <OwnDayForm params={params} units={units} today={hours.today} onClose={close} />}
      {typeof open === 'object' && <Withdraw params={params} id={open.withdraw} title={open.title} today={hours.today} onClose={close} />}
    </>
  );
}

type FormProps = { params: { id: string }; today: string; onClose: () => void };

function ScheduleForm({ params, places, today, onClose }: FormProps & { places: Units }) {
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

function OwnDayForm({ params, units, today, onClose }: FormProps & { units: Units }) {
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

function Withdraw({ params, id, title, today, onClose }: FormProps & { id: string; title: string }) {
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

function MustRecord({ hours }: { hours: HoursView }) {
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
