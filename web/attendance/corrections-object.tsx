// Ajukan koreksi: a button, and the form behind it. What can be objected to on a day comes from the portal; the form only asks which, when and why.
import { useState, type FormEvent } from 'react';
import type { Correctable, getCorrectable, postCorrection, postCorrectionFile } from '../../shared/corrections.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { clockField, dayIn, nextClock, useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button, type ButtonKind } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { correctionWords } from '../words/corrections.ts';
import { Reading } from './corrections-reading.tsx';
import './corrections.css';

export const CORRECTIONS_CHANGED = ['/api/corrections', '/api/corrections/about', '/api/opds/:id/day', '/api/me/day', '/api/opds/:id/confirmations'];
const MAX_FILE = 5 * 1024 * 1024;

/** `person`: somebody of the OPD one is admin of. `meetingId` is chosen beforehand when it is on that day. */
export type ObjectTo = { date?: string | undefined; meetingId?: string | undefined; person?: { id: string; name: string } | undefined };

export function ObjectButton({ label, kind = 'plain', to = {} }: { label?: string; kind?: ButtonKind; to?: ObjectTo }) {
  const w = useWords(correctionWords);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind={kind} onClick={() => setOpen(true)}>
        {label ?? w.object}
      </Button>
      {open && <ObjectDialog to={to} onClose={() => setOpen(false)} />}
    </>
  );
}

export function ObjectDialog({ to: { date: given, meetingId, person }, onClose }: { to: ObjectTo; onClose: () => void }) {
  const w = useWords(correctionWords);
  const today = dayIn(useZone());
  const [date, setDate] = useState(given ?? today);
  const about = useRead<typeof getCorrectable>('/api/corrections/about', { query: { date, personId: person?.id } });
  return (
    <Dialog title={person ? w.objectTo(person.name) : w.object} onClose={onClose}>
      <div className="stack">
        <TextField label={w.date} type="date" value={date} max={today} required onValue={(value) => value !== '' && setDate(value)} />
        <Loaded from={about} skeleton={<Bones rows={2} tall />}>
          {(known) => (
            <ObjectForm key={`${known.date}${known.person.id}`} known={known} meetingId={meetingId} onBehalf={person !== undefined} onClose={onClose} />
          )}
        </Loaded>
      </div>
    </Dialog>
  );
}

type FormProps = { known: Correctable; meetingId: string | undefined; onBehalf: boolean; onClose: () => void };

function ObjectForm({ known, meetingId, onBehalf, onClose }: FormProps) {
  const w = useWords(correctionWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const { zone, day, meetings } = known;
  const can = [...(day.may === 'object' ? ['day'] : []), ...meetings.filter((m) => m.may === 'object').map((m) => m.id)];
  const [thing, setThing] = useState(can.find((one) => one === meetingId) ?? can[0]);
  const meeting = meetings.find((m) => m.id === thing);
  const [opened] = useState(() => new Date().toISOString());
  const [reason, setReason] = useState('');
  const [file, setFile] = useState<File>();
  const [times, setTimes] = useState<{ from?: string; to?: string }>({});
  const handIn = useWrite<typeof postCorrectionFile>('POST', '/api/correction-files');
  const ask = useWrite<typeof postCorrection>('POST', '/api/corrections', CORRECTIONS_CHANGED);
  const failure = ask.failure ?? handIn.failure;
  const from = times.from ?? (meeting ? clockField(meeting.startedAt, zone) : '');
  const to = times.to ?? (meeting ? clockField(meeting.endedAt ?? opened, zone) : '');
  const tooLarge = file !== undefined && file.size > MAX_FILE;

  function choose(one: string): void {
    setThing(one);
    setTimes({});
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (thing === undefined || tooLarge) return;
    const handed = file && (await handIn.run({ query: { name: file.name.slice(-200) }, body: file }));
    if (file && !handed) return;
    const start = meeting ? nextClock(from, meeting.startedAt, zone) : '';
    const about = meeting
      ? { of: 'meeting' as const, meetingId: meeting.id, from: start, to: nextClock(to, start, zone) }
      : { of: 'day' as const, date: known.date, mark: 'hadir_wfh' as const };
    const body = { about, reason, ...(onBehalf && { personId: known.person.id }), ...(handed && { fileId: handed.reply.id }) };
    if (await ask.run({ body })) onClose();
  }

  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <fieldset className="things">
        <legend className="legend">{w.thing}</legend>
        {day.may !== 'not_judged' && (
          <Thing on={thing === 'day'} able={day.may === 'object'} onChoose={() => choose('day')}>
            <strong>{w.thingDay}</strong>
            <span className="quiet s">{day.may === 'object' ? <Recorded of={day.reading} zone={zone} /> : w.may[day.may]}</span>
          </Thing>
        )}
        {meetings.map((m) => (
          <Thing key={m.id} on={thing === m.id} able={m.may === 'object'} onChoose={() => choose(m.id)}>
            <strong>{m.title}</strong>
            <span className="quiet s">
              <span className="num">{f.span(m.startedAt, m.endedAt, zone)}.</span> {m.may === 'object' ? <Recorded of={m.reading} zone={zone} /> : w.may.open}
            </span>
          </Thing>
        ))}
        {day.may === 'not_judged' && meetings.length === 0 && <p className="quiet s">{w.none}</p>}
      </fieldset>
      {thing !== undefined && (
        <>
          {meeting ? (
            <div className="times">
              <TextField
                label={w.from}
                type="time"
                required
                value={from}
                onValue={(value) => setTimes({ ...times, from: value })}
                error={fieldFailure(ask.failure, 'about.from')}
              />
              <TextField
                label={w.to}
                type="time"
                required
                value={to}
                onValue={(value) => setTimes({ ...times, to: value })}
                error={fieldFailure(ask.failure, 'about.to')}
              />
            </div>
          ) : (
            <Note>{onBehalf ? w.claimDayOf(known.person.name) : w.claimDay}</Note>
          )}
          <ReasonField label={w.reason} hint={w.reasonHint} value={reason} onValue={setReason} error={fieldFailure(ask.failure, 'reason')} />
          <Field
            label={w.file}
            hint={w.fileHint}
            optional
            error={tooLarge ? w.fileLarge : handIn.failure?.code.startsWith('correction.') ? handIn.failure.message : fieldFailure(ask.failure, 'fileId')}
          >
            {(props) => (
              <input {...props} type="file" accept="application/pdf,image/jpeg,image/png" onChange={(event) => setFile(event.target.files?.[0] ?? undefined)} />
            )}
          </Field>
          <p className="quiet s">{w.kept}</p>
        </>
      )}
      {failure && failure.fields.length === 0 && !failure.code.startsWith('correction.file') && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
      <div className="row row-end">
        <Button onClick={onClose}>{c.cancel}</Button>
        {thing !== undefined && (
          <Button type="submit" kind="main" busy={handIn.busy || ask.busy}>
            {w.send}
          </Button>
        )}
      </div>
    </form>
  );
}

function Recorded(props: Parameters<typeof Reading>[0]) {
  const w = useWords(correctionWords);
  return (
    <>
      {w.original}: <Reading {...props} />
    </>
  );
}

/** One of a few things to choose, with what is known of it below its name. */
export function Thing({ on, able = true, onChoose, children }: { on: boolean; able?: boolean; onChoose: () => void; children: React.ReactNode }) {
  return (
    <label className="check thing" data-able={able}>
      <input type="radio" name="thing" required checked={on} disabled={!able} onChange={onChoose} />
      <span>{children}</span>
    </label>
  );
}

type ReasonProps = { label: string; hint: string; value: string; onValue: (value: string) => void; error: string | undefined; required?: boolean };

export function ReasonField({ label, hint, value, onValue, error, required = true }: ReasonProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={!required}>
      {(props) => <textarea {...props} rows={4} required={required} maxLength={1000} value={value} onChange={(event) => onValue(event.target.value)} />}
    </Field>
  );
}
