// The panel beside the stage: quorum, decisions, roll-call, agenda.
import { useId, useState } from 'react';
import { useServerNow } from '../../platform/server-clock.ts';
import { Panel } from '../panel.tsx';
import { clock } from '../../platform/time.ts';
import { DecisionList } from './decision-list.tsx';
import { agendaClock } from './agenda-clock.ts';
import * as portal from './portal.ts';
import { RollCall } from './roll-call.tsx';
import type { Proceedings } from './portal.ts';
import type { Snapshot } from './use-proceedings.ts';
import { lasting, useProceedingsWords } from './words.ts';

type Tab = 'decisions' | 'roll' | 'agenda';
const TABS: readonly Tab[] = ['decisions', 'roll', 'agenda'];

export function ProceedingsPanel({ now, snapshot, onClose }: { now: Proceedings; snapshot: Snapshot; onClose: () => void }) {
  const words = useProceedingsWords();
  const name = useId();
  const [tab, setTab] = useState<Tab>('decisions');
  const choose = (next: Tab): void => {
    snapshot.forget();
    setTab(next);
  };
  return (
    <Panel title={words.title} onClose={onClose}>
      <div className="minutes-panel">
        <QuorumPart now={now} />
        <fieldset className="tabs">
          <legend className="for-readers">{words.section}</legend>
          {TABS.map((one) => (
            <label key={one}>
              <input type="radio" name={name} checked={tab === one} onChange={() => choose(one)} />
              <span>{words.tabs[one]}</span>
            </label>
          ))}
        </fieldset>
        {tab === 'decisions' && <DecisionList now={now} snapshot={snapshot} />}
        {tab === 'roll' && <RollCall now={now} snapshot={snapshot} />}
        {tab === 'agenda' && <AgendaPart now={now} snapshot={snapshot} meetingId={now.meetingId} />}
        {snapshot.failure !== null && (
          <p className="strip-line" role="alert">
            {snapshot.failure}
          </p>
        )}
      </div>
    </Panel>
  );
}

function QuorumPart({ now }: { now: Proceedings }) {
  const words = useProceedingsWords();
  const { quorum, zone } = now;
  const waiting = quorum.present < quorum.needed;
  const at = useServerNow(now.serverTime, waiting && quorum.since !== null);
  const since = quorum.since === null ? null : Date.parse(quorum.since);
  return (
    <section className="quorum-part" aria-label={words.quorum}>
      <p>
        <strong>{words.quorumLine(quorum.present, quorum.units.length, quorum.needed)}</strong>{' '}
        <span className="quiet">
          {words.quorumFrom[quorum.from]}
          {quorum.reason !== null && `: ${quorum.reason}`}
        </span>
      </p>
      {quorum.reachedAt !== null && since !== null && (
        <p className="quiet">{words.reachedAt(clock(quorum.reachedAt, zone), lasting(Date.parse(quorum.reachedAt) - since, words))}</p>
      )}
      {waiting && quorum.reachedAt === null && since !== null && <p className="quorum-waits">{words.waitingFor(lasting(at - since, words))}</p>}
      <ul className="quorum-units">
        {quorum.units.map((unit) => (
          <li key={unit.unitName} data-present={unit.by.length > 0}>
            <span className="quorum-shape" aria-hidden="true" />
            <span>
              {unit.unitName} <small>{unit.by.length > 0 ? unit.by.join(', ') : words.nobodyOf}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AgendaPart({ now, snapshot, meetingId }: { now: Proceedings; snapshot: Snapshot; meetingId: string }) {
  const words = useProceedingsWords();
  const { agenda, you, state, zone } = now;
  const at = useServerNow(now.serverTime, agenda.now !== null);
  const clocked = agendaClock(agenda, at);
  const steers = you.mayWrite && state === 'berlangsung';
  const from = agenda.now?.itemId ?? null;
  const go = (item: string | null): void => void snapshot.act(portal.agendaNow(meetingId, item, from));
  if (agenda.items.length === 0) return <p className="messages-empty">{words.agendaEmpty}</p>;
  return (
    <>
      {clocked?.overrunMs != null && agenda.endsAt !== null && (
        <p className="quiet">
          {clocked.overrunMs > 0
            ? words.agendaLate(Math.ceil(clocked.overrunMs / 60_000), clock(agenda.endsAt, zone))
            : words.agendaOnTime(clock(agenda.endsAt, zone))}
        </p>
      )}
      <ol className="agenda-items">
        {agenda.items.map((item) => {
          const spent = agenda.spent.find(({ itemId }) => itemId === item.id);
          const isNow = item.id === from;
          return (
            <li key={item.id} aria-current={isNow ? 'step' : undefined}>
              <span>
                {item.text}{' '}
                <small>
                  {[
                    item.minutes === null ? null : words.agendaMinutes(item.minutes),
                    isNow && clocked?.leftMs != null
                      ? clocked.leftMs >= 0
                        ? words.agendaLeft(Math.ceil(clocked.leftMs / 60_000))
                        : words.agendaOver(Math.ceil(-clocked.leftMs / 60_000))
                      : !isNow && spent && words.agendaTook(Math.max(1, Math.round(spent.ms / 60_000))),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </span>
              {steers && !isNow && (
                <button type="button" className="button agenda-go" disabled={snapshot.busy} aria-label={words.agendaGo(item.text)} onClick={() => go(item.id)}>
                  {words.agendaHere}
                </button>
              )}
            </li>
          );
        })}
      </ol>
      {steers && (
        <p className="read-buttons">
          {from === null ? (
            <button type="button" className="button button-main" disabled={snapshot.busy} onClick={() => go(agenda.items[0]?.id ?? null)}>
              {words.agendaStart}
            </button>
          ) : (
            <button type="button" className="button button-main" disabled={snapshot.busy} onClick={() => go(clocked?.next ?? null)}>
              {clocked?.next ? words.agendaNext : words.agendaDone}
            </button>
          )}
        </p>
      )}
    </>
  );
}
