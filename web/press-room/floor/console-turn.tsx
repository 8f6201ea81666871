// Whoever has the floor, for the moderator: take it back and say what became of the question, or let them ask once more.
import { useId, useState, type FormEvent } from 'react';
import type { CrewMember } from '../../../shared/press.ts';
import type { Zone } from '../../../shared/people.ts';
import { dayAfter, dayIn } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { consoleWords } from '../../words/press-console.ts';
import { floorWords } from '../../words/press-floor.ts';
import { Removal } from '../removal.tsx';
import * as portal from './portal.ts';
import { Clock, OutOfOrder, TurnNote } from './turns.tsx';
import type { FloorSnapshot } from './use-floor.ts';

type Speakers = readonly Pick<CrewMember, 'id' | 'name' | 'label'>[];
type Props = { turn: portal.Turn; floor: FloorSnapshot; serverTime: string; zone: Zone; speakers: Speakers };
/** An answer in writing is usually owed within the week. */
const DUE_DAYS = 3;

export function ConsoleTurn({ turn, floor, serverTime, zone, speakers }: Props) {
  const words = useWords(consoleWords);
  const floorText = useWords(floorWords);
  const [by, setBy] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState<'later' | 'remove' | null>(null);
  const close = () => setAsking(null);
  const release = (outcome: portal.Outcome) => void floor.act((_, id) => portal.release(id, turn.id, outcome));
  const toggle = (id: string, on: boolean) => setBy((list) => (on ? [...list, id] : list.filter((one) => one !== id)));
  return (
    <section className="console-turn" aria-label={words.now}>
      <p className="turn-who">
        {floorText.hasFloor(turn.outlet, turn.name)} <TurnNote turn={turn} />
      </p>
      <Clock turn={turn} serverTime={serverTime} />
      <p className="console-topic">{turn.topic}</p>
      <OutOfOrder turn={turn} zone={zone} />
      {turn.awaySince !== null && <p className="floor-wait">{floorText.awayNote}</p>}
      {asking === 'remove' && (
        <Removal conferenceId={floor.conferenceId} member={turn.member} name={`${turn.name}, ${turn.outlet}`} onDone={floor.refresh} onClose={close} />
      )}
      {asking === 'later' && <PutOff today={dayIn(zone, new Date(serverTime))} busy={floor.busy} speakers={speakers} onSave={release} onClose={close} />}
      {asking === null && (
        <>
          {speakers.length > 0 && (
            <fieldset className="ticks">
              <legend>{words.answeredBy}</legend>
              {speakers.map(({ id, name, label }) => (
                <label key={id}>
                  <input type="checkbox" checked={by.includes(id)} onChange={(event) => toggle(id, event.target.checked)} />
                  <span>
                    {name}
                    {label !== null && <small> {label}</small>}
                  </span>
                </label>
              ))}
            </fieldset>
          )}
          <div className="console-acts">
            <button
              type="button"
              className="button button-main"
              aria-keyshortcuts="r"
              disabled={floor.busy}
              onClick={() => release({ kind: 'dijawab', by: [...by] })}
            >
              {words.release}
            </button>
            {turn.mayFollowUp && (
              <button type="button" className="button" disabled={floor.busy} onClick={() => void floor.act((_, id) => portal.followUp(id, turn.id))}>
                {words.followUp}
              </button>
            )}
            <button type="button" className="button" onClick={() => setAsking('later')}>
              {words.putOff}
            </button>
          </div>
          <button type="button" className="button" aria-label={words.removeOf(`${turn.name}, ${turn.outlet}`)} onClick={() => setAsking('remove')}>
            {words.remove}
          </button>
        </>
      )}
    </section>
  );
}

type PutOffProps = { today: string; busy: boolean; speakers: Speakers; onSave: (outcome: portal.Outcome) => void; onClose: () => void };

function PutOff({ today, busy, speakers, onSave, onClose }: PutOffProps) {
  const words = useWords(consoleWords);
  const id = useId();
  const [dueOn, setDueOn] = useState(() => dayAfter(today, DUE_DAYS));
  const [by, setBy] = useState('');
  const [note, setNote] = useState('');
  function save(event: FormEvent): void {
    event.preventDefault();
    onSave({ kind: 'ditunda', dueOn, by: by === '' ? null : by, note: note.trim() === '' ? null : note.trim() });
  }
  return (
    <form className="reason-form" onSubmit={save} aria-label={words.putOffTitle}>
      <div className="floor-field">
        <label htmlFor={`${id}-due`}>{words.dueOn}</label>
        <input id={`${id}-due`} type="date" required min={today} value={dueOn} onChange={(event) => setDueOn(event.target.value)} />
      </div>
      <div className="floor-field">
        <label htmlFor={`${id}-by`}>{words.owedBy}</label>
        <select id={`${id}-by`} value={by} onChange={(event) => setBy(event.target.value)}>
          <option value="">{words.nobodyYet}</option>
          {speakers.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      <div className="floor-field">
        <label htmlFor={`${id}-note`}>{words.note}</label>
        <input id={`${id}-note`} value={note} maxLength={300} autoComplete="off" onChange={(event) => setNote(event.target.value)} />
      </div>
      <div className="console-acts">
        <button type="submit" className="button button-main" disabled={busy || dueOn === ''}>
          {words.putOffSave}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
