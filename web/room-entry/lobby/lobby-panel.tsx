// The list of those who wait, in the room: admit one, some or all; decline, block, write. Who they are is what the server says.
import { useState } from 'react';
import type { LobbyAct, Waiting } from '../../../shared/lobby.ts';
import type { Zone } from '../../../shared/people.ts';
import { clockZone } from '../../platform/time.ts';
import { Panel } from '../panel.tsx';
import type { LobbySnapshot } from './use-lobby.ts';
import { useLobbyWords } from './use-lobby-words.ts';

type Writing = { of: 'all' } | { of: 'one' | 'tolak' | 'blokir'; who: Waiting };

export function LobbyPanel({ lobby, zone, onClose }: { lobby: LobbySnapshot; zone: Zone; onClose: () => void }) {
  const w = useLobbyWords();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [writing, setWriting] = useState<Writing | null>(null);
  const { desk, busy, failure, already } = lobby;
  const waiting = desk?.waiting ?? [];
  const here = waiting.filter(({ away }) => !away);
  const some = waiting.filter(({ id }) => chosen.has(id));

  const act = (kind: LobbyAct, whom: readonly Waiting[]) => () =>
    void lobby.decide(kind, whom).then((done) => done && setChosen(new Set([...chosen].filter((id) => !whom.some((one) => one.id === id)))));
  const toggle = (id: string): void => setChosen(new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]));

  return (
    <Panel title={w.title} onClose={onClose}>
      <div className="lobby-panel" role="region" aria-label={w.title} tabIndex={0}>
        {waiting.length === 0 && desk && (
          <p className="lobby-none">
            {w.nobody} <span>{w.nobodyMore}</span>
          </p>
        )}
        {waiting.length > 0 && (
          <div className="lobby-together">
            {some.length > 0 ? (
              <>
                <button type="button" className="button button-main" disabled={busy} onClick={act('izinkan', some)}>
                  {w.admitChosen(some.length)}
                </button>
                <button type="button" className="button" disabled={busy} onClick={act('tolak', some)}>
                  {w.denyChosen(some.length)}
                </button>
              </>
            ) : (
              here.length > 1 && (
                <button type="button" className="button button-main" disabled={busy} onClick={act('izinkan', here)}>
                  {w.admitAll(here.length)}
                </button>
              )
            )}
          </div>
        )}
        {failure && (
          <p className="strip-line" role="alert">
            {failure}
          </p>
        )}
        {already.map(({ id, name, state }) => (
          <p key={id} className="strip-line" role="status">
            {w.already[state](name)}
          </p>
        ))}
        <ul className="lobby-list">
          {waiting.map((one) => (
            <li key={one.id} data-away={one.away}>
              <div className="lobby-row">
                <label className="lobby-choose">
                  <input type="checkbox" checked={chosen.has(one.id)} onChange={() => toggle(one.id)} />
                  <span className="for-readers">{w.choose(one.name)}</span>
                </label>
                <div>
                  <p className="lobby-name">
                    {one.name} <span className="badge">{one.badge === 'Pegawai' ? w.staff : w.guest}</span>
                  </p>
                  <p className="lobby-line">
                    {one.badge === 'Tamu' && one.unit !== null ? `${w.claims}: ` : ''}
                    {one.unit}
                  </p>
                  <p className="lobby-line">
                    {[w.since(clockZone(one.since, zone)), one.away && w.away, one.denials > 0 && w.deniedBefore(one.denials)].filter(Boolean).join(' · ')}
                  </p>
                  <Flag flag={one.flag} />
                </div>
              </div>
              {writing && writing.of !== 'all' && writing.who.id === one.id ? (
                <Write writing={writing} lobby={lobby} onDone={() => setWriting(null)} />
              ) : (
                <div className="lobby-acts">
                  <button type="button" className={one.flag ? 'button' : 'button button-main'} disabled={busy} onClick={act('izinkan', [one])}>
                    {w.admit}
                    <span className="for-readers">{w.ofPerson(one.name)}</span>
                  </button>
                  <button type="button" className="button" disabled={busy} onClick={() => setWriting({ of: 'tolak', who: one })}>
                    {w.deny}
                    <span className="for-readers">{w.ofPerson(one.name)}</span>
                  </button>
                  <details className="lobby-more">
                    <summary aria-label={w.more(one.name)}>⋯</summary>
                    <div>
                      <button type="button" className="button" onClick={() => setWriting({ of: 'one', who: one })}>
                        {w.message}
                      </button>
                      <button type="button" className="button" onClick={() => setWriting({ of: 'blokir', who: one })}>
                        {w.block}
                      </button>
                    </div>
                  </details>
                </div>
              )}
            </li>
          ))}
        </ul>
        {desk && (waiting.length > 0 || desk.message) && (
          <section className="lobby-all">
            {desk.message && <p className="lobby-line">{w.messageNow(desk.message.text)}</p>}
            {writing?.of === 'all' ? (
              <Write writing={writing} lobby={lobby} onDone={() => setWriting(null)} />
            ) : (
              <div className="lobby-acts">
                <button type="button" className="button" onClick={() => setWriting({ of: 'all' })}>
                  {desk.message ? w.change : w.messageAll}
                </button>
                {desk.message && (
                  <button type="button" className="button" disabled={busy} onClick={() => void lobby.write(null)}>
                    {w.takeAway}
                  </button>
                )}
              </div>
            )}
          </section>
        )}
        {desk && desk.turnedAway.length > 0 && (
          <section>
            <h3>{w.turnedAway}</h3>
            <ul className="lobby-list">
              {desk.turnedAway.map((one) => (
                <li key={one.id}>
                  <p className="lobby-name">{one.name}</p>
                  <p className="lobby-line">{w.was[one.state](one.byName, clockZone(one.at, zone))}</p>
                  {one.state === 'diblokir' && (
                    <button type="button" className="button" disabled={busy} onClick={() => void lobby.decide('buka_blokir', [one])}>
                      {w.unblock}
                      <span className="for-readers">{w.ofPerson(one.name)}</span>
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Panel>
  );
}

function Flag({ flag }: { flag: Waiting['flag'] }) {
  const w = useLobbyWords();
  if (flag === null) return null;
  const text = flag.kind === 'nama' ? w.flagName(flag.of) : flag.kind === 'jabatan' ? w.flagPost(flag.of) : w.flagScript;
  return (
    <p className="lobby-flag">
      <strong>⚠ {text}.</strong> {w.flagWhy}
    </p>
  );
}

function Write({ writing, lobby, onDone }: { writing: Writing; lobby: LobbySnapshot; onDone: () => void }) {
  const w = useLobbyWords();
  const [text, setText] = useState('');
  const deciding = writing.of === 'tolak' || writing.of === 'blokir';
  const label = writing.of === 'all' ? w.messageAll : deciding ? w.reason : w.messageTo(writing.who.name);
  const send = (): void => {
    const done =
      writing.of === 'all'
        ? lobby.write(text)
        : writing.of === 'one'
          ? lobby.write(text, writing.who.id)
          : lobby.decide(writing.of, [writing.who], text.trim() || undefined);
    void done.then((ok) => ok && onDone());
  };
  return (
    <form
      className="lobby-write"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {writing.of === 'blokir' && <p className="lobby-line">{w.blockText}</p>}
      <label>
        {label}
        <textarea rows={2} maxLength={300} value={text} required={!deciding} onChange={(event) => setText(event.target.value)} />
        {deciding && <small>{w.reasonHint}</small>}
      </label>
      <div className="lobby-acts">
        <button type="submit" className="button button-main" disabled={lobby.busy}>
          {writing.of === 'tolak' ? w.deny : writing.of === 'blokir' ? w.block : w.send}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {w.cancel}
        </button>
      </div>
    </form>
  );
}
