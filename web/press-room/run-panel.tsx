// Running the show from inside the room, for operators and the moderator: the state, the next step, and what must be ready for air.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type FormEvent } from 'react';
import type { z } from 'zod';
import type {
  Check as CheckShape,
  Conference as ConferenceShape,
  ConferenceState,
  getChecks,
  getConference,
  postConferenceState,
  putCheck,
} from '../../shared/press.ts';
import { call } from '../platform/call.ts';
import { useWords } from '../platform/words.ts';
import { pressRoomWords } from '../words/press-room.ts';
import { Panel } from './panel.tsx';
import { consoleWords } from '../words/press-console.ts';
import { Removal } from './removal.tsx';
import type { PanelProps, Room, Visit } from './visit.ts';

type Conference = z.output<typeof ConferenceShape>;
type Check = z.output<typeof CheckShape>;

export function RunPanel({ visit, onClose }: PanelProps) {
  const words = useWords(pressRoomWords);
  const text = words.runPanel;
  const show = useShow(visit);
  const { conference, checks } = show;
  const missing = checks?.filter((check) => check.blocking && !check.ok && !check.waived).length ?? 0;
  return (
    <Panel title={text.title} onClose={onClose}>
      <div className="run" role="region" aria-label={text.title} tabIndex={0}>
        {conference && (
          <p className="run-state">
            {text.state}: <strong>{text.states[conference.state]}</strong>
          </p>
        )}
        {conference && <Steps conference={conference} show={show} missing={missing} />}
        {show.failure !== null && (
          <p className="strip-line" role="alert">
            {show.failure}
          </p>
        )}
        {checks && conference?.liveAt === null && (
          <section>
            <h3>{text.checks}</h3>
            <p role="status" className="run-sum">
              {missing === 0 ? text.ready : text.notReady(missing)}
            </p>
            <ul>
              {checks.map((check) => (
                <CheckRow key={check.name} check={check} show={show} />
              ))}
            </ul>
          </section>
        )}
        <Crew visit={visit} />
      </div>
    </Panel>
  );
}

/** Who of the crew is here. A guest can be taken out; who has an account is taken off the crew on the conference's page. */
function Crew({ visit }: { visit: Visit }) {
  const { runPanel: text } = useWords(pressRoomWords);
  const room = useSyncExternalStore(visit.room.subscribe, visit.room.snapshot);
  if (!room) return null;
  return (
    <section>
      <h3>{text.crew}</h3>
      <ul>
        {room.crew.map((one) => (
          <CrewRow key={one.id} one={one} visit={visit} />
        ))}
      </ul>
    </section>
  );
}

function CrewRow({ one, visit }: { one: Room['crew'][number]; visit: Visit }) {
  const { runPanel: text } = useWords(pressRoomWords);
  const words = useWords(consoleWords);
  const [asks, setAsks] = useState(false);
  const { member, name, label, opdName, role, guest, inside } = one;
  return (
    <li className="crew-row">
      <p>
        <strong>{name}</strong>
        <small>{[text.roles[role], label ?? opdName].filter(Boolean).join(' · ')}</small>
      </p>
      <span className="inside-mark" data-inside={inside}>
        {inside ? words.inside : words.outside}
      </span>
      {guest && member !== null && inside && !asks && (
        <button type="button" className="button" aria-label={words.removeOf(name)} onClick={() => setAsks(true)}>
          {words.remove}
        </button>
      )}
      {asks && member !== null && (
        <Removal conferenceId={visit.join.conference.id} member={member} name={name} onDone={visit.room.refresh} onClose={() => setAsks(false)} />
      )}
    </li>
  );
}

type Show = ReturnType<typeof useShow>;

function useShow({ join, live, room }: Visit) {
  const { id } = join.conference;
  const [conference, setConference] = useState<Conference | null>(null);
  const [checks, setChecks] = useState<Check[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const present = useSyncExternalStore(room.subscribe, room.snapshot);
  const look = useCallback((): void => {
    const params = { id };
    const failed = (): void => {
      // Asked again at the next news.
    };
    void call<typeof getConference>('GET', '/api/conferences/:id', { params }).then(setConference, failed);
    void call<typeof getChecks>('GET', '/api/conferences/:id/checks', { params }).then(setChecks, failed);
  }, [id]);
  useEffect(look, [look, present]);
  useEffect(() => {
    const stops = [live.watch(`pressdesk:${id}`), live.onMessage((message) => message.type === 'pressdesk.changed' && message.conferenceId === id && look())];
    return () => stops.forEach((stop) => stop());
  }, [live, id, look]);

  async function run(act: () => Promise<void>): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      await act();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      look();
    } finally {
      setBusy(false);
    }
  }
  return {
    conference,
    checks,
    failure,
    busy,
    go: (to: z.output<typeof ConferenceState>) =>
      void run(async () => {
        if (to === 'draft' || to === 'dibatalkan') return;
        setConference(await call<typeof postConferenceState>('POST', '/api/conferences/:id/state', { params: { id }, body: { to } }));
        room.refresh();
      }),
    say: (name: Check['name'], body: { done?: boolean; waive?: string | null }) =>
      void run(async () => setChecks(await call<typeof putCheck>('PUT', '/api/conferences/:id/checks/:name', { params: { id, name }, body }))),
  };
}

function Steps({ conference, show, missing }: { conference: Conference; show: Show; missing: number }) {
  const { runPanel: text } = useWords(pressRoomWords);
  const [ending, setEnding] = useState(false);
  const words = (to: z.output<typeof ConferenceState>): string | null => {
    if (to === 'draft' || to === 'dibatalkan') return null;
    return to === 'tayang' && conference.state === 'tanya_jawab' ? text.backToStage : text.to[to];
  };
  if (ending)
    return (
      <div className="run-steps">
        <p>{text.sureEnd}</p>
        <button
          type="button"
          className="button button-alarm"
          disabled={show.busy}
          onClick={() => {
            setEnding(false);
            show.go('selesai');
          }}
        >
          {text.yesEnd}
        </button>
        <button type="button" className="button" onClick={() => setEnding(false)}>
          {text.no}
        </button>
      </div>
    );
  return (
    <div className="run-steps">
      {conference.next.map((to, i) => {
        const word = words(to);
        if (word === null) return null;
        const air = to === 'tayang' && conference.liveAt === null;
        return (
          <button
            key={to}
            type="button"
            className={to === 'selesai' ? 'button' : i === 0 ? 'button button-main' : 'button'}
            disabled={show.busy || (air && missing > 0)}
            onClick={() => (to === 'selesai' ? setEnding(true) : show.go(to))}
          >
            {word}
          </button>
        );
      })}
    </div>
  );
}

function CheckRow({ check, show }: { check: Check; show: Show }) {
  const { runPanel: text } = useWords(pressRoomWords);
  const [why, setWhy] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const asks = why !== null;
  useEffect(() => {
    if (asks) field.current?.focus();
  }, [asks]);
  const settled = check.ok || check.waived !== null;

  function waive(event: FormEvent): void {
    event.preventDefault();
    if (!why?.trim()) return;
    show.say(check.name, { waive: why.trim() });
    setWhy(null);
  }
  return (
    <li className="check" data-ok={settled} data-waived={check.waived !== null} data-blocking={check.blocking}>
      <p className="check-name">
        <span className="check-mark">{check.ok ? '✓' : settled ? '–' : '○'}</span> <strong>{text.checkNames[check.name]}</strong>{' '}
        {settled ? (
          <span className="for-readers">{check.ok ? text.ok : text.notOk}</span>
        ) : (
          <span className="check-need">{check.blocking ? text.required : text.advised}</span>
        )}
      </p>
      <p className="check-text">{check.waived ? text.waived(check.waived.byName, check.waived.reason) : check.text}</p>
      <div className="check-acts">
        {check.byHand && (
          <button type="button" className="button" disabled={show.busy} onClick={() => show.say(check.name, { done: !check.ok })}>
            {check.ok ? text.undone : text.done}
          </button>
        )}
        {check.blocking && !check.ok && check.waived === null && show.conference?.youOperate && !asks && (
          <button type="button" className="button" onClick={() => setWhy('')}>
            {text.waive}
          </button>
        )}
        {check.waived !== null && show.conference?.youOperate && (
          <button type="button" className="button" onClick={() => show.say(check.name, { waive: null })}>
            {text.unwaive}
          </button>
        )}
      </div>
      {asks && (
        <form className="check-why" onSubmit={waive}>
          <label>
            {text.waiveWhy}
            <input ref={field} value={why} maxLength={300} onChange={(event) => setWhy(event.target.value)} />
          </label>
          <button type="submit" className="button button-main" disabled={!why.trim()}>
            {text.waive}
          </button>
          <button type="button" className="button" onClick={() => setWhy(null)}>
            {text.no}
          </button>
        </form>
      )}
    </li>
  );
}
