// Kendali rapat: what those who lead hold the room with. An operator sees what an operator may press.
import { useEffect, useState } from 'react';
import type { ChatLimit, Lock, ModerationAct } from '../../../shared/moderation.ts';
import type { Zone } from '../../../shared/people.ts';
import { Panel } from '../panel.tsx';
import { useLanguage } from '../use-words.ts';
import * as portal from './portal.ts';
import type { ModerationSnapshot } from './use-moderation.ts';
import { useModerationWords } from './words.ts';
import './moderation.css';

type Props = { moderation: ModerationSnapshot; zone: Zone; hands: readonly string[]; onClose: () => void };
const LOCKS: readonly Lock[] = ['mikrofon', 'kamera', 'layar'];
const TURNS = [30, 60, 120, 180, 300, 600];
const PAUSES = [0, 10, 30, 60];

export function HostPanel({ moderation, zone, hands, onClose }: Props) {
  const words = useModerationWords();
  const { held, lock, muteAll, rules, giveTurn, endTurn, lowerHands, unspot, busy, notice, nameOf } = moderation;
  if (!held)
    return (
      <Panel title={words.title} onClose={onClose}>
        {null}
      </Panel>
    );
  const { turn, next } = held;
  const waiting = hands.length;
  return (
    <Panel title={words.title} onClose={onClose}>
      <div className="host-panel" role="region" aria-label={words.title} tabIndex={0}>
        {notice && (
          <p className="strip-line" role="status">
            {notice}
          </p>
        )}
        {muteAll && (
          <section>
            <button type="button" className="button host-wide" disabled={busy} onClick={muteAll}>
              {words.muteAll}
            </button>
            <p className="host-hint">{words.muteAllHint}</p>
          </section>
        )}
        {lock && (
          <section>
            <h3>{words.locks}</h3>
            <ul className="host-locks">
              {LOCKS.map((what) => (
                <li key={what}>
                  <button
                    type="button"
                    className="host-lock"
                    role="switch"
                    aria-checked={held.locks.includes(what)}
                    disabled={busy}
                    onClick={() => lock(what, !held.locks.includes(what))}
                  >
                    <span>{words.lock[what]}</span>
                    <span className="host-lock-state">{held.locks.includes(what) ? words.locked : words.unlocked}</span>
                    <span className="host-lock-shape" aria-hidden="true" />
                  </button>
                </li>
              ))}
            </ul>
            <p className="host-hint">{words.locksHint}</p>
          </section>
        )}
        <section>
          <h3>{words.queue}</h3>
          {turn && (
            <p className="host-now">
              {words.turnOf(nameOf(turn.member))}
              {endTurn && (
                <button type="button" className="button" disabled={busy} onClick={endTurn}>
                  {words.endTurn}
                </button>
              )}
            </p>
          )}
          {!turn && waiting === 0 && <p className="host-hint">{words.queueEmpty}</p>}
          {!turn && giveTurn && next !== null && (
            <button type="button" className="button button-main host-wide" disabled={busy} onClick={() => giveTurn(next)}>
              {words.giveNext(nameOf(next))}
            </button>
          )}
          {waiting > 0 && (
            <ol className="host-queue">
              {hands.map((member) => (
                <li key={member}>
                  <span>{nameOf(member)}</span>
                  {giveTurn && !turn && member !== next && (
                    <button type="button" className="button" disabled={busy} onClick={() => giveTurn(member)} aria-label={words.giveNext(nameOf(member))}>
                      {words.give}
                    </button>
                  )}
                </li>
              ))}
            </ol>
          )}
          {lowerHands && waiting > 0 && (
            <button type="button" className="button host-wide" disabled={busy} onClick={lowerHands}>
              {words.lowerAll}
            </button>
          )}
          {rules && (
            <Choice label={words.seconds} value={held.turnSeconds} of={TURNS} text={words.secondsOf} onChoose={(turnSeconds) => rules({ turnSeconds })} />
          )}
        </section>
        <section>
          <h3>{words.spotlight}</h3>
          {held.spotlight.length === 0 && <p className="host-hint">{words.spotlightNone}</p>}
          {held.spotlight.length > 0 && (
            <ul className="host-queue">
              {held.spotlight.map(({ member, what }) => (
                <li key={member}>
                  <span>{what === 'layar' ? words.spotScreen(nameOf(member)) : nameOf(member)}</span>
                  {unspot && (
                    <button type="button" className="button" disabled={busy} onClick={() => unspot(member)}>
                      {words.spotEnd}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          )}
        </section>
        {rules && (
          <section>
            <h3>{words.chat}</h3>
            <label className="host-choice">
              <span className="for-readers">{words.chat}</span>
              <select value={held.chat} onChange={(event) => rules({ chat: event.target.value as ChatLimit })}>
                {(['semua', 'pemimpin', 'mati'] as const).map((key) => (
                  <option key={key} value={key}>
                    {words.chatOf[key]}
                  </option>
                ))}
              </select>
            </label>
            <Choice label={words.slow} value={held.slowSeconds} of={PAUSES} text={words.slowOf} onChoose={(slowSeconds) => rules({ slowSeconds })} />
            <h3>{words.entry}</h3>
            <label className="host-choice">
              <span className="for-readers">{words.entry}</span>
              <select value={held.entryMuted ? 'mati' : 'bebas'} onChange={(event) => rules({ entryMuted: event.target.value === 'mati' })}>
                {(['bebas', 'mati'] as const).map((key) => (
                  <option key={key} value={key}>
                    {words.entryOf[key]}
                  </option>
                ))}
              </select>
            </label>
          </section>
        )}
        {lock && <Acts moderation={moderation} zone={zone} />}
      </div>
    </Panel>
  );
}

type ChoiceProps = { label: string; value: number; of: readonly number[]; text: (n: number) => string; onChoose: (n: number) => void };

function Choice({ label, value, of, text, onChoose }: ChoiceProps) {
  const all = of.includes(value) ? of : [...of, value].toSorted((a, b) => a - b);
  return (
    <label className="host-choice">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChoose(Number(event.target.value))}>
        {all.map((n) => (
          <option key={n} value={n}>
            {text(n)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Read again whenever the room changed: the portal says what was done, this page only shows it. */
function Acts({ moderation: { meetingId, serverTime }, zone }: { moderation: ModerationSnapshot; zone: Zone }) {
  const words = useModerationWords();
  const language = useLanguage();
  const [acts, setActs] = useState<ModerationAct[] | 'failed' | null>(null);
  const [again, setAgain] = useState(0);
  useEffect(() => {
    let stale = false;
    void portal.acts(meetingId).then(
      (list) => !stale && setActs(list),
      () => !stale && setActs((now) => (Array.isArray(now) ? now : 'failed')),
    );
    return () => {
      stale = true;
    };
  }, [meetingId, serverTime, again]);
  const time = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'id-ID', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone });
  return (
    <section>
      <h3>{words.acts}</h3>
      <p className="host-hint">{words.actsHint}</p>
      {acts === null && <p className="host-bones" aria-busy="true" />}
      {acts === 'failed' && (
        <p className="host-now">
          {words.actsFailed}
          <button type="button" className="button" onClick={() => setAgain((n) => n + 1)}>
            {words.again}
          </button>
        </p>
      )}
      {Array.isArray(acts) && acts.length === 0 && <p className="host-hint">{words.actsEmpty}</p>}
      {Array.isArray(acts) && (
        <ol className="host-acts">
          {acts.map((one, n) => (
            <li key={acts.length - n}>
              <time dateTime={one.at}>{time.format(new Date(one.at))}</time>
              <p>
                {[one.act, one.name].filter(Boolean).join(': ')}
                {one.detail && ` (${one.detail})`}
                <small>{one.byName ?? words.portal}</small>
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
