// One question of the queue, for the moderator: what is asked and by whom, and every act; those that others see ask for their reason in place.
import { useEffect, useId, useState, type FormEvent } from 'react';
import type { Zone } from '../../../shared/people.ts';
import { useFormats } from '../../platform/format.ts';
import { useServerNow } from '../../platform/server-clock.ts';
import { useWords } from '../../platform/words.ts';
import { consoleWords } from '../../words/press-console.ts';
import { floorWords } from '../../words/press-floor.ts';
import { Removal } from '../removal.tsx';
import * as portal from './portal.ts';
import { nextUp } from './queue.ts';
import type { FloorSnapshot } from './use-floor.ts';

type What = 'give' | 'refuse' | 'move' | 'remove';
type Asking = { what: What; before: string | null };
type Props = {
  one: portal.QueuePlace;
  queue: readonly portal.QueuePlace[];
  floor: FloorSnapshot;
  serverTime: string;
  zone: Zone;
  /** The portal asked for a reason to give the floor to this one; each time it asks is another value. */
  wanted: object | null;
};

export function ConsoleRow({ one, queue, floor, serverTime, zone, wanted }: Props) {
  const words = useWords(consoleWords);
  const floorText = useWords(floorWords);
  const { clock } = useFormats();
  const now = useServerNow(serverTime);
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  useEffect(() => {
    if (!wanted) return;
    setOpen(true);
    setAsking({ what: 'give', before: null });
  }, [wanted]);
  const at = queue.indexOf(one);
  const isNext = nextUp(queue).next?.id === one.id;
  const free = (floor.view?.open ?? false) && (floor.view?.turns.length ?? 0) < (floor.view?.limit ?? 0);
  const ask = (what: What, before: string | null = null) => setAsking({ what, before });
  return (
    <li className="queue-row" data-inside={one.inside}>
      <span className="queue-place">{one.place}</span>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="queue-topic">
            <strong>{one.outlet}</strong>
            {one.name !== null && ` · ${one.name}`}
          </span>
          <span className="queue-subject">{one.topic}</span>
          <span className="queue-marks">
            <span className="inside-mark" data-inside={one.inside}>
              {one.inside ? words.inside : words.outside}
            </span>
            <span>{floorText.turnsHad(one.turnsHad)}</span>
            <span>{words.age(Math.floor((now - Date.parse(one.raisedAt)) / 60_000))}</span>
            <span className="queue-state" data-ready={one.state === 'disaring'}>
              {one.state === 'disaring' ? floorText.state.disaring : words.unscreened}
            </span>
          </span>
          {one.moved && <span className="moved">{words.moved(one.moved.byName, clock(one.moved.at, zone), one.moved.reason)}</span>}
        </summary>
        {one.text !== null && <p className="question-text">{one.text}</p>}
        {asking?.what === 'remove' && one.member !== null && (
          <Removal
            conferenceId={floor.conferenceId}
            member={one.member}
            name={`${one.name ?? ''}, ${one.outlet}`}
            onDone={floor.refresh}
            onClose={() => setAsking(null)}
          />
        )}
        {asking && asking.what !== 'remove' && (
          <ReasonForm key={asking.what} one={one} queue={queue} floor={floor} what={asking.what} before={asking.before} onClose={() => setAsking(null)} />
        )}
        {!asking && (
          <div className="console-acts">
            {one.state === 'diajukan' && (
              <button type="button" className="button" disabled={floor.busy} onClick={() => void floor.act((_, id) => portal.screen(id, one.id))}>
                {words.screen}
              </button>
            )}
            {free && one.inside && one.state === 'disaring' && !isNext && (
              <button type="button" className="button" onClick={() => ask('give')}>
                {words.giveShort}
              </button>
            )}
            {at > 0 && (
              <button type="button" className="button" aria-label={words.upOf(one.outlet)} onClick={() => ask('move', queue[at - 1]?.id ?? null)}>
                ↑ {words.up}
              </button>
            )}
            {at < queue.length - 1 && (
              <button type="button" className="button" aria-label={words.downOf(one.outlet)} onClick={() => ask('move', queue[at + 2]?.id ?? null)}>
                ↓ {words.down}
              </button>
            )}
            <button type="button" className="button" onClick={() => ask('refuse')}>
              {words.refuse}
            </button>
            {one.member !== null && (
              <button type="button" className="button" aria-label={words.removeOf(`${one.name ?? ''}, ${one.outlet}`)} onClick={() => ask('remove')}>
                {words.remove}
              </button>
            )}
          </div>
        )}
      </details>
    </li>
  );
}

type FormProps = Pick<Props, 'one' | 'queue' | 'floor'> & { what: Exclude<What, 'remove'>; before: string | null; onClose: () => void };

function ReasonForm({ one, queue, floor, what, before: first, onClose }: FormProps) {
  const words = useWords(consoleWords);
  const id = useId();
  const [reason, setReason] = useState('');
  const [before, setBefore] = useState(first ?? '');
  const said = {
    give: { title: words.giveAnyway, note: words.reasonSeen, act: words.giveShort },
    refuse: { title: words.refuseTitle, note: words.refuseNote, act: words.refuse },
    move: { title: words.moveTitle, note: words.reasonSeen, act: words.move },
  }[what];
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const why = reason.trim();
    if (why === '') return;
    const refused = await floor.act(async (_, conference) => {
      if (what === 'give') return portal.give(conference, one.id, why);
      if (what === 'refuse') return portal.refuse(conference, one.id, why);
      return portal.move(conference, one.id, before === '' ? null : before, why);
    });
    if (refused === null) onClose();
  }
  return (
    <form className="reason-form" onSubmit={(event) => void save(event)} aria-label={said.title}>
      {what === 'move' && (
        <div className="floor-field">
          <label htmlFor={`${id}-before`}>{words.before}</label>
          <select id={`${id}-before`} value={before} onChange={(event) => setBefore(event.target.value)}>
            {queue
              .filter((other) => other.id !== one.id)
              .map((other) => (
                <option key={other.id} value={other.id}>
                  {words.beforeOne(other.place, other.outlet)}
                </option>
              ))}
            <option value="">{words.last}</option>
          </select>
        </div>
      )}
      <div className="floor-field">
        <label htmlFor={`${id}-reason`}>{words.reason}</label>
        <input
          id={`${id}-reason`}
          value={reason}
          maxLength={200}
          required
          autoComplete="off"
          ref={focusOnce}
          aria-describedby={`${id}-note`}
          onChange={(event) => setReason(event.target.value)}
        />
        <p className="quiet" id={`${id}-note`}>
          {said.note}
        </p>
      </div>
      <div className="console-acts">
        <button type="submit" className="button button-main" disabled={floor.busy || reason.trim() === ''}>
          {said.act}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

/** With the buttons below it, where the panel is high enough. */
const focusOnce = (field: HTMLInputElement | null): void => {
  field?.focus();
  field?.form?.scrollIntoView({ block: 'nearest' });
};
