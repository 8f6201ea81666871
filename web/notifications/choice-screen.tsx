// Saluran & jam tenang: over which channels one hears what, and when not.
import { useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import type { Channels, Choosing, getNoticeChoice, NoticeChannel, NoticeKind, putNoticeChoice, Quiet } from '../../shared/notifications.ts';
import type { Zone } from '../../shared/people.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useFormats, zoneName } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { noticeWords } from '../words/notifications.ts';
import { noticeKinds } from './kinds.ts';
import { NoticeTabs } from './notice-tabs.tsx';
import './notifications.css';

const ZONES: readonly Zone[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];
const DAYS = [1, 2, 3, 4, 5, 6, 7];

export default function ChoiceScreen() {
  const w = useWords(noticeWords);
  const choice = useRead<typeof getNoticeChoice>('/api/me/notice-choice', {});
  return (
    <Page title={w.chooseTitle} under={w.chooseUnder}>
      <NoticeTabs />
      <Loaded from={choice} skeleton={<Bones rows={8} />}>
        {(value) => <Form key={value.since} chosen={value} />}
      </Loaded>
    </Page>
  );
}

function Form({ chosen }: { chosen: Choosing }) {
  const w = useWords(noticeWords);
  const f = useFormats();
  const own = useZone();
  const [channels, setChannels] = useState(chosen.channels);
  const [quiet, setQuiet] = useState<Quiet>(chosen.quiet ?? { from: '21:00', to: '05:00', days: DAYS, zone: own });
  const [isQuiet, setIsQuiet] = useState(chosen.quiet !== null);
  const [represented, setRepresented] = useState(chosen.represented);
  const save = useWrite<typeof putNoticeChoice>('PUT', '/api/me/notice-choice', ['/api/me/notice-choice']);
  const since = chosen.since && `${f.shortDayOf(chosen.since, own)}, ${f.time(chosen.since, own)}`;
  function submit(event: FormEvent): void {
    event.preventDefault();
    void save.run({ body: { channels, quiet: isQuiet ? quiet : null, represented } });
  }
  return (
    <form onSubmit={submit} className="choice" noValidate>
      <Note>{w.ringsText}</Note>
      {chosen.available.length === 0 ? (
        <p className="section-note">{w.noChannels}</p>
      ) : (
        <ChannelTable available={chosen.available} channels={channels} onChannels={setChannels} />
      )}
      <Section title={w.quiet}>
        <label className="choice-check">
          <input type="checkbox" checked={isQuiet} onChange={(event) => setIsQuiet(event.target.checked)} />
          <span>{w.quietOn}</span>
        </label>
        <p className="quiet s">{w.quietText}</p>
        {isQuiet && (
          <>
            <div className="choice-hours">
              <TextField label={w.from} type="time" required value={quiet.from} onValue={(from) => setQuiet({ ...quiet, from })} />
              <TextField
                label={w.to}
                type="time"
                required
                value={quiet.to}
                onValue={(to) => setQuiet({ ...quiet, to })}
                error={fieldFailure(save.failure, 'quiet.to')}
                {...(quiet.to < quiet.from && { hint: w.overMidnight })}
              />
              <SelectField
                label={w.zone}
                value={quiet.zone}
                onValue={(zone) => setQuiet({ ...quiet, zone })}
                choices={ZONES.map((value) => ({ value, label: zoneName(value) }))}
              />
            </div>
            <fieldset className="choice-days">
              <legend>{w.days}</legend>
              {DAYS.map((day) => (
                <label key={day} className="choice-check">
                  <input
                    type="checkbox"
                    checked={quiet.days.includes(day)}
                    onChange={({ target }) => setQuiet({ ...quiet, days: DAYS.filter((one) => (one === day ? target.checked : quiet.days.includes(one))) })}
                  />
                  <span>{w.dayNames[day - 1]}</span>
                </label>
              ))}
            </fieldset>
          </>
        )}
      </Section>
      <Section title={w.represented}>
        <label className="choice-check">
          <input type="checkbox" checked={represented} onChange={(event) => setRepresented(event.target.checked)} />
          <span>{w.representedLabel}</span>
        </label>
      </Section>
      {save.failure && (
        <Note tone="alarm" alert>
          {save.failure.message}
        </Note>
      )}
      <div className="choice-foot">
        <Button kind="main" type="submit" busy={save.busy}>
          {w.save}
        </Button>
        <p className="quiet s" role="status">
          {save.reply && `${w.saved} `}
          {since ? w.since(since) : w.usual} {chosen.former.length > 0 && w.former(chosen.former.length)}
        </p>
      </div>
    </form>
  );
}

type TableProps = { available: Choosing['available']; channels: Channels; onChannels: (channels: Channels) => void };

function ChannelTable({ available, channels, onChannels }: TableProps) {
  const w = useWords(noticeWords);
  const toggle = (kind: NoticeKind, channel: NoticeChannel, on: boolean): void =>
    onChannels({ ...channels, [kind]: on ? [...channels[kind], channel] : channels[kind].filter((one) => one !== channel) });
  return (
    <div className="choice-channels">
      <table>
        <caption className="sr-only">{w.table}</caption>
        <thead>
          <tr>
            <th scope="col">{w.kind}</th>
            <th scope="col">{w.portal}</th>
            {available.map(({ channel, reachable }) => (
              <th key={channel} scope="col">
                {w.channels[channel]}
                {!reachable && <small>{w.notReachable[channel]}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {noticeKinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">
                {w.kinds[kind]}
                <small>{w.kindsOf[kind]}</small>
              </th>
              <td className="quiet s">{w.always}</td>
              {available.map(({ channel }) => (
                <td key={channel}>
                  <label className="choice-box">
                    <input
                      type="checkbox"
                      aria-label={w.onChannel(w.kinds[kind], w.channels[channel])}
                      checked={channels[kind].includes(channel)}
                      onChange={(event) => toggle(kind, channel, event.target.checked)}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {available.some(({ channel, reachable }) => channel === 'push' && !reachable) && (
        <p className="s">
          <Link href="/akun" className="tap">
            {w.addDevice}
          </Link>
        </p>
      )}
    </div>
  );
}
