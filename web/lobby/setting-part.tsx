// Who may ask to be let in, the common link, and who opens the room; for who prepares the meeting.
import { useState } from 'react';
import type { getLobbySetting, LobbySetting, postLobbyLink, putLobbySetting } from '../../shared/lobby.ts';
import type { MeetingCard } from '../../shared/meetings.ts';
import { fieldFailure, useKnown, useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Copy } from '../ui/copy.tsx';
import { Ask, Dialog } from '../ui/dialog.tsx';
import { Segmented, TextField } from '../ui/field.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { lobbyWords } from '../words/lobby.ts';

const PATH = '/api/meetings/:id/lobby/setting';
type View = NonNullable<ReturnType<typeof useRead<typeof getLobbySetting>>['value']>;

export function SettingPart({ meeting }: { meeting: MeetingCard }) {
  const w = useWords(lobbyWords);
  const f = useFormats();
  const params = { id: meeting.id };
  const setting = useRead<typeof getLobbySetting>(PATH, { params });
  const known = useKnown<typeof getLobbySetting>(PATH);
  const renew = useWrite<typeof postLobbyLink>('POST', '/api/meetings/:id/lobby/link');
  const [editing, setEditing] = useState(false);
  const [renewing, setRenewing] = useState(false);

  async function replaces(): Promise<void> {
    const done = await renew.run({ params });
    if (!done) return;
    known({ params }, done.reply);
    setRenewing(false);
  }

  return (
    <Loaded from={setting} skeleton={<Bones rows={1} />}>
      {(now) => (
        <div className="lobby-setting">
          <p>
            {w.settingText(now.staff, now.guests)}{' '}
            {meeting.state === 'terjadwal' && w.opensText(now.opensAt && `${f.dayOf(now.opensAt, meeting.zone)}, ${f.time(now.opensAt, meeting.zone)}`)}
          </p>
          <div className="row">
            <Button kind="quiet" onClick={() => setEditing(true)}>
              {w.settingEdit}
            </Button>
            {now.link !== null && (
              <>
                <Copy text={new URL(now.link, location.origin).href} label={w.copy} of={w.link} />
                <Button kind="quiet" onClick={() => setRenewing(true)}>
                  {w.renew}
                </Button>
              </>
            )}
          </div>
          {now.link !== null && (
            <p className="lobby-link">
              <span className="quiet">{w.link}:</span> <code>{new URL(now.link, location.origin).href}</code>
              <br />
              <span className="quiet">{w.linkNote}</span>
            </p>
          )}
          {editing && (
            <Edit meeting={meeting} setting={now} onClose={() => setEditing(false)} onSaved={(saved) => (known({ params }, saved), setEditing(false))} />
          )}
          {renewing && (
            <Ask
              title={w.renewTitle}
              text={w.renewText}
              yes={w.renewYes}
              alarm={false}
              busy={renew.busy}
              failure={renew.failure?.message}
              onYes={() => void replaces()}
              onClose={() => setRenewing(false)}
            />
          )}
        </div>
      )}
    </Loaded>
  );
}

function Edit({ meeting, setting, onClose, onSaved }: { meeting: MeetingCard; setting: View; onClose: () => void; onSaved: (saved: View) => void }) {
  const w = useWords(lobbyWords);
  const save = useWrite<typeof putLobbySetting>('PUT', PATH);
  const [form, setForm] = useState<Omit<LobbySetting, 'minutesBefore'> & { minutes: string }>({ ...setting, minutes: String(setting.minutesBefore) });
  const change = (next: Partial<typeof form>): void => setForm({ ...form, ...next });
  const planned = meeting.state === 'terjadwal';

  async function saves(): Promise<void> {
    const { staff, guests, showTitle, opens, minutes } = form;
    const done = await save.run({ params: { id: meeting.id }, body: { staff, guests, showTitle, opens, minutesBefore: Number(minutes || '0') } });
    if (done) onSaved(done.reply);
  }

  return (
    <Dialog title={w.setting} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void saves();
        }}
      >
        <Check label={w.allowStaff} hint={w.allowStaffHint} on={form.staff} onChange={(staff) => change({ staff })} />
        <Check label={w.allowGuests} hint={w.allowGuestsHint} on={form.guests} onChange={(guests) => change({ guests })} />
        {form.guests && <Check label={w.showTitle} on={form.showTitle} onChange={(showTitle) => change({ showTitle })} />}
        {planned && (
          <Segmented
            label={w.opens}
            value={form.opens}
            onValue={(opens) => change({ opens })}
            choices={[
              { value: 'pimpinan', label: w.byChair },
              { value: 'jadwal', label: w.bySchedule },
            ]}
          />
        )}
        {planned && form.opens === 'jadwal' && (
          <TextField
            label={w.minutes}
            hint={w.minutesHint}
            type="number"
            min={0}
            max={60}
            value={form.minutes}
            onValue={(minutes) => change({ minutes })}
            error={fieldFailure(save.failure, 'minutesBefore')}
          />
        )}
        {save.failure && (
          <Note tone="alarm" alert>
            {save.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{w.cancel}</Button>
          <Button kind="main" type="submit" busy={save.busy}>
            {w.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Check({ label, hint, on, onChange }: { label: string; hint?: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="lobby-check">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </span>
    </label>
  );
}
