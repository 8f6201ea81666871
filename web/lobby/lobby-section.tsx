// The waiting room on the page of a meeting: who waits (also before anybody is inside), and how it is set.
import { useState } from 'react';
import type { getLobbyDesk, LobbyAct, LobbyDesk, postLobbyDecision, putLobbyMessage, Waiting } from '../../shared/lobby.ts';
import type { MeetingCard } from '../../shared/meetings.ts';
import { useKnown, useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { PlaceCard } from '../ui/marks.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { lobbyWords } from '../words/lobby.ts';
import { SettingPart } from './setting-part.tsx';
import './lobby.css';

const PATH = '/api/meetings/:id/lobby';
type Asked = { kind: 'tolak' | 'blokir' | 'one'; who: Waiting } | { kind: 'all' };

export default function LobbySection({ meeting }: { meeting: MeetingCard }) {
  const w = useWords(lobbyWords);
  const params = { id: meeting.id };
  const desk = useRead<typeof getLobbyDesk>(PATH, { params });
  const known = useKnown<typeof getLobbyDesk>(PATH);
  const decide = useWrite<typeof postLobbyDecision>('POST', '/api/meetings/:id/lobby/decisions', ['/api/me/lobbies', '/api/meetings/:id/invitations']);
  const write = useWrite<typeof putLobbyMessage>('PUT', '/api/meetings/:id/lobby/message');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Asked | null>(null);
  const over = meeting.state === 'berakhir' || meeting.state === 'dibatalkan';
  // Others of the meeting are told nothing of it; a co-host is known by the answer.
  const refused = desk.failure?.code === 'lobby.not_host' || desk.failure?.code === 'not_found';
  if (over || refused || (!desk.value && !meeting.youPrepare)) return null;

  async function decides(act: LobbyAct, whom: readonly { id: string; round: number }[], message?: string): Promise<boolean> {
    const body = { act, knocks: whom.map(({ id, round }) => ({ id, round })), ...(message && { message }) };
    const done = await decide.run({ params, body });
    if (done) known({ params }, done.reply.desk);
    setChosen(new Set());
    return done !== undefined;
  }
  async function writes(text: string | null, knock?: string): Promise<boolean> {
    const done = await write.run({ params, body: { text, ...(knock !== undefined && { knock }) } });
    if (done) known({ params }, done.reply);
    return done !== undefined;
  }

  return (
    <Section title={w.title} note={desk.value && desk.value.waiting.length > 0 ? w.waiting(desk.value.waiting.length) : undefined}>
      <Loaded from={desk} skeleton={<Bones rows={2} tall />}>
        {(now) => (
          <>
            <WaitingList
              desk={now}
              meeting={meeting}
              chosen={chosen}
              onChoose={setChosen}
              busy={decide.busy}
              decides={(act, whom) => void decides(act, whom)}
              onAsk={setAsked}
            />
            {decide.failure && (
              <Note tone="alarm" alert>
                {decide.failure.message}
              </Note>
            )}
            {decide.reply?.already.map(({ id, name, state }) => (
              <Note key={id} tone="wait">
                {w.already[state](name)}
              </Note>
            ))}
            {now.waiting.length > 0 && (
              <div className="row">
                {now.message && <p className="quiet">{w.messageNow(now.message.text)}</p>}
                <Button kind="quiet" onClick={() => setAsked({ kind: 'all' })}>
                  {now.message ? w.change : w.messageAll}
                </Button>
                {now.message && (
                  <Button kind="quiet" busy={write.busy} onClick={() => void writes(null)}>
                    {w.takeAway}
                  </Button>
                )}
              </div>
            )}
          </>
        )}
      </Loaded>
      {meeting.youPrepare && <SettingPart meeting={meeting} />}
      {asked && (
        <Asking
          asked={asked}
          busy={decide.busy || write.busy}
          failure={asked.kind === 'all' || asked.kind === 'one' ? write.failure?.message : decide.failure?.message}
          onClose={() => setAsked(null)}
          onSend={async (text) => {
            const done =
              asked.kind === 'all'
                ? await writes(text)
                : asked.kind === 'one'
                  ? await writes(text, asked.who.id)
                  : await decides(asked.kind, [asked.who], text.trim() || undefined);
            if (done) setAsked(null);
          }}
        />
      )}
    </Section>
  );
}

type ListProps = {
  desk: LobbyDesk;
  meeting: MeetingCard;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  busy: boolean;
  decides: (act: LobbyAct, whom: readonly { id: string; round: number }[]) => void;
  onAsk: (asked: Asked) => void;
};

function WaitingList({ desk, meeting, chosen, onChoose, busy, decides, onAsk }: ListProps) {
  const w = useWords(lobbyWords);
  const f = useFormats();
  const here = desk.waiting.filter(({ away }) => !away);
  const some = desk.waiting.filter(({ id }) => chosen.has(id));
  const toggle = (id: string): void => onChoose(new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]));
  if (desk.waiting.length === 0 && desk.turnedAway.length === 0) return <p className="quiet">{`${w.nobody} ${w.nobodyMore}`}</p>;
  return (
    <>
      {some.length > 0 ? (
        <div className="row lobby-together">
          <Button kind="main" busy={busy} onClick={() => decides('izinkan', some)}>
            {w.admitChosen(some.length)}
          </Button>
          <Button busy={busy} onClick={() => decides('tolak', some)}>
            {w.denyChosen(some.length)}
          </Button>
        </div>
      ) : (
        here.length > 1 && (
          <div className="row lobby-together">
            <Button kind="main" busy={busy} onClick={() => decides('izinkan', here)}>
              {w.admitAll(here.length)}
            </Button>
          </div>
        )
      )}
      {desk.waiting.length === 0 && <p className="quiet">{w.nobody}</p>}
      <ul className="lobby-waiting">
        {desk.waiting.map((one) => (
          <li key={one.id} data-away={one.away}>
            <label className="lobby-choose">
              <input type="checkbox" checked={chosen.has(one.id)} onChange={() => toggle(one.id)} />
              <span className="sr-only">{w.choose(one.name)}</span>
            </label>
            <div>
              <PlaceCard
                name={one.name}
                badge={one.badge === 'Pegawai' ? w.staff : w.guest}
                position={one.unit !== null && one.badge === 'Tamu' ? `${w.claims}: ${one.unit}` : one.unit}
                more={[w.since(f.time(one.since, meeting.zone)), one.away && w.away, one.denials > 0 && w.deniedBefore(one.denials)]
                  .filter(Boolean)
                  .join(' · ')}
              />
              {one.flag && (
                <p className="lobby-flag">
                  <strong>
                    ⚠ {one.flag.kind === 'nama' ? w.flagName(one.flag.of) : one.flag.kind === 'jabatan' ? w.flagPost(one.flag.of) : w.flagScript}.
                  </strong>{' '}
                  {w.flagWhy}
                </p>
              )}
            </div>
            <div className="row">
              <Button kind={some.length === 0 && here.length === 1 && !one.flag ? 'main' : 'plain'} busy={busy} onClick={() => decides('izinkan', [one])}>
                {w.admit}
                <span className="sr-only">{w.ofPerson(one.name)}</span>
              </Button>
              <Button kind="quiet" onClick={() => onAsk({ kind: 'tolak', who: one })}>
                {w.deny}
                <span className="sr-only">{w.ofPerson(one.name)}</span>
              </Button>
              <Button kind="quiet" onClick={() => onAsk({ kind: 'one', who: one })}>
                {w.message}
                <span className="sr-only">{w.ofPerson(one.name)}</span>
              </Button>
              <Button kind="quiet" onClick={() => onAsk({ kind: 'blokir', who: one })}>
                {w.block}
                <span className="sr-only">{w.ofPerson(one.name)}</span>
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {desk.turnedAway.length > 0 && (
        <details className="lobby-turned">
          <summary>{`${w.turnedAway} (${desk.turnedAway.length})`}</summary>
          <ul className="lobby-waiting">
            {desk.turnedAway.map((one) => (
              <li key={one.id}>
                <span />
                <PlaceCard name={one.name} position={one.unit} more={w.was[one.state](one.byName, f.time(one.at, meeting.zone))} />
                {one.state === 'diblokir' && (
                  <Button kind="quiet" busy={busy} onClick={() => decides('buka_blokir', [one])}>
                    {w.unblock}
                    <span className="sr-only">{w.ofPerson(one.name)}</span>
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

type AskingProps = { asked: Asked; busy: boolean; failure: string | undefined; onClose: () => void; onSend: (text: string) => Promise<void> };

function Asking({ asked, busy, failure, onClose, onSend }: AskingProps) {
  const w = useWords(lobbyWords);
  const [text, setText] = useState('');
  const deciding = asked.kind === 'tolak' || asked.kind === 'blokir';
  const title =
    asked.kind === 'all'
      ? w.messageAll
      : asked.kind === 'one'
        ? w.messageTo(asked.who.name)
        : asked.kind === 'tolak'
          ? w.denyTitle(asked.who.name)
          : w.blockTitle(asked.who.name);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void onSend(text);
        }}
      >
        {deciding && <p>{asked.kind === 'tolak' ? w.denyText : w.blockText}</p>}
        <Field label={deciding ? w.reason : w.message} hint={deciding ? w.reasonHint : undefined} error={failure}>
          {(props) => <textarea {...props} rows={3} maxLength={300} required={!deciding} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <div className="row row-end">
          <Button onClick={onClose}>{w.cancel}</Button>
          <Button kind={asked.kind === 'blokir' ? 'alarm' : 'main'} type="submit" busy={busy}>
            {asked.kind === 'tolak' ? w.deny : asked.kind === 'blokir' ? w.block : w.send}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
