// Asking for facilities: for a meeting, whose time it takes, or for an event of its own.
import { useState } from 'react';
import type { FacilityKind, postFacilities } from '../../shared/facilities.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { dayIn, instantAt, zoneName } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { facilityWords } from '../words/facilities.ts';

const KINDS: readonly FacilityKind[] = ['ruang', 'operator', 'jbi', 'siaran'];
const MOST: Record<FacilityKind, number> = { ruang: 5, operator: 5, jbi: 4, siaran: 1 };

export function AskForm({ meetingId, conferenceId, title, onClose }: { meetingId?: string; conferenceId?: string; title?: string; onClose: () => void }) {
  const w = useWords(facilityWords);
  const zone = useZone();
  const own = meetingId === undefined && conferenceId === undefined;
  const [event, setEvent] = useState({ title: '', day: dayIn(zone), from: '09:00', to: '11:00' });
  const [counts, setCounts] = useState<Record<FacilityKind, number>>({ ruang: 0, operator: 0, jbi: 0, siaran: 0 });
  const [note, setNote] = useState('');
  const ask = useWrite<typeof postFacilities>('POST', '/api/facilities', ['/api/facilities', '/api/facilities/week']);
  const items = KINDS.flatMap((kind) => (counts[kind] > 0 ? [{ kind, count: counts[kind] }] : []));
  const about = own
    ? { title: event.title, startsAt: instantAt(event.day, event.from, zone), endsAt: instantAt(event.day, event.to, zone) }
    : { ...(meetingId !== undefined && { meetingId }), ...(conferenceId !== undefined && { conferenceId }) };
  async function submit(): Promise<void> {
    if (await ask.run({ body: { ...about, note, items } })) onClose();
  }
  return (
    <Dialog title={w.ask} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(e) => {
          e.preventDefault();
          void submit();
        }}
      >
        {own ? (
          <>
            <TextField
              label={w.event}
              value={event.title}
              onValue={(value) => setEvent({ ...event, title: value })}
              required
              maxLength={160}
              error={fieldFailure(ask.failure, 'title')}
            />
            <div className="facility-when">
              <TextField
                label={w.day}
                type="date"
                required
                value={event.day}
                onValue={(day) => setEvent({ ...event, day })}
                error={fieldFailure(ask.failure, 'startsAt')}
              />
              <TextField label={`${w.from} (${zoneName(zone)})`} type="time" required value={event.from} onValue={(from) => setEvent({ ...event, from })} />
              <TextField
                label={w.to}
                type="time"
                required
                value={event.to}
                onValue={(to) => setEvent({ ...event, to })}
                error={fieldFailure(ask.failure, 'endsAt')}
              />
            </div>
          </>
        ) : (
          <p>
            {title !== undefined && <strong>{w.forTitle(title)}. </strong>}
            {meetingId === undefined ? w.asConference : w.asMeeting}
          </p>
        )}
        <fieldset>
          <legend className="legend">{w.howMany}</legend>
          <div className="facility-counts">
            {KINDS.map((kind) => (
              <Field key={kind} label={w.kinds[kind]}>
                {(props) => (
                  <select {...props} value={counts[kind]} onChange={(e) => setCounts({ ...counts, [kind]: Number(e.target.value) })}>
                    {Array.from({ length: MOST[kind] + 1 }, (_, n) => (
                      <option key={n} value={n}>
                        {n === 0 ? '–' : n}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            ))}
          </div>
        </fieldset>
        <Field label={w.note} hint={w.noteHint} optional error={fieldFailure(ask.failure, 'note')}>
          {(props) => <textarea {...props} rows={3} maxLength={1000} value={note} onChange={(e) => setNote(e.target.value)} />}
        </Field>
        {ask.failure && (
          <Note tone="alarm" alert>
            {ask.failure.message}
          </Note>
        )}
        <div className="row row-end">
          {items.length === 0 && <span className="quiet">{w.nothing}</span>}
          <Button type="submit" kind="main" busy={ask.busy} disabled={items.length === 0}>
            {w.send}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
