// What is read back, on the screen of everybody inside: its words, the own answer, and for the chair the answers of all and the confirmation.
import { useEffect, useId, useRef, useState } from 'react';
import { useLanguage } from '../use-words.ts';
import * as portal from './portal.ts';
import type { Snapshot } from './use-proceedings.ts';
import { dayText, useProceedingsWords } from './words.ts';

type Props = { decision: portal.Decision; now: portal.Proceedings; snapshot: Snapshot; onFold: () => void };

export function ReadBack({ decision, now, snapshot: { act, busy, failure }, onFold }: Props) {
  const words = useProceedingsWords();
  const language = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  const [objecting, setObjecting] = useState(false);
  const own = decision.voices.find((voice) => voice.member === now.you.member);
  const answered = own?.answer;
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => setObjecting(false), [answered]);
  const { responsible } = decision;
  return (
    <section className="read-back" aria-labelledby="read-back-title">
      <header>
        <h2 id="read-back-title" ref={heading} tabIndex={-1}>
          {words.readingOf}
        </h2>
        {decision.readByName !== null && <p className="quiet">{words.readBy(decision.readByName)}</p>}
        <button type="button" className="button read-fold" onClick={onFold}>
          {words.fold}
        </button>
      </header>
      <div className="read-body" tabIndex={0} role="region" aria-label={words.text}>
        <blockquote>{decision.text}</blockquote>
        <dl>
          {decision.basis !== null && <Term name={words.basis}>{decision.basis}</Term>}
          {responsible && (
            <Term name={words.responsible}>
              {responsible.title} ({responsible.holder ? responsible.holder.name : words.noHolder})
            </Term>
          )}
          {decision.dueOn !== null && <Term name={words.due}>{dayText(decision.dueOn, language)}</Term>}
        </dl>
        <Answers decision={decision} />
      </div>
      <footer>
        {now.you.mayVoice && (
          <div className="read-answer">
            <div className="read-buttons">
              <button
                type="button"
                className="button button-agree"
                aria-pressed={answered === 'setuju'}
                disabled={busy}
                onClick={() => void act(portal.agree(now.meetingId, decision.id, decision.version))}
              >
                {words.agree}
              </button>
              <button
                type="button"
                className="button"
                aria-pressed={answered === 'keberatan'}
                aria-expanded={objecting}
                onClick={() => setObjecting((is) => !is)}
              >
                {words.object}
              </button>
            </div>
            {answered && !objecting && (
              <p role="status">
                <strong>{words.yourAnswer(answered === 'setuju' ? words.agree : words.object)}</strong> {words.changeable}
              </p>
            )}
            {objecting && (
              <Words
                label={words.objectionField}
                send={words.sendObjection}
                first={own?.words ?? ''}
                busy={busy}
                onSend={(said) => void act(portal.object(now.meetingId, decision.id, decision.version, said)).then((done) => done && setObjecting(false))}
              />
            )}
          </div>
        )}
        {now.you.chair && (
          <Confirm decision={decision} now={now} busy={busy} onConfirm={(more) => void act(portal.confirm(now.meetingId, decision.id, more))} />
        )}
        {now.you.mayWrite && (
          <button type="button" className="button" disabled={busy} onClick={() => void act(portal.unread(now.meetingId, decision.id))}>
            {words.unread}
          </button>
        )}
        {failure !== null && (
          <p className="strip-line" role="alert">
            {failure}
          </p>
        )}
      </footer>
    </section>
  );
}

export const Term = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** Who objected and why, who agreed, who has said nothing. */
export function Answers({ decision, final = false }: { decision: portal.Decision; final?: boolean }) {
  const words = useProceedingsWords();
  const agreed = decision.voices.filter((voice) => voice.answer === 'setuju');
  const objected = decision.voices.filter((voice) => voice.answer === 'keberatan');
  const count = final ? words.answersFinal : words.answers;
  const named = (badge: string | null): string => (badge === 'Tamu' ? ` (${words.guest})` : '');
  return (
    <div className="answers">
      <p className="answers-count" aria-live={final ? undefined : 'polite'}>
        {count(agreed.length, objected.length, decision.silent.length)}
      </p>
      {objected.length > 0 && (
        <ul aria-label={words.objections}>
          {objected.map((voice) => (
            <li key={voice.member} className="objection">
              <strong>
                {voice.name}
                {named(voice.badge)}
              </strong>
              <q>{voice.words}</q>
            </li>
          ))}
        </ul>
      )}
      {agreed.length > 0 && (
        <p>
          <span className="answers-what">{words.agreed}:</span> {agreed.map((voice) => voice.name + named(voice.badge)).join(', ')}
        </p>
      )}
      {decision.silent.length > 0 && (
        <p>
          <span className="answers-what">{final ? words.silentFinal : words.silent}:</span> {decision.silent.map((one) => one.name).join(', ')}
        </p>
      )}
    </div>
  );
}

/** A few words and a button. */
export function Words({
  label,
  send,
  first = '',
  busy,
  onSend,
  onCancel,
}: {
  label: string;
  send: string;
  first?: string;
  busy: boolean;
  onSend: (words: string) => void;
  onCancel?: () => void;
}) {
  const words = useProceedingsWords();
  const id = useId();
  const [text, setText] = useState(first);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className="few-words"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim().length > 2) onSend(text);
      }}
    >
      <label htmlFor={id}>{label}</label>
      <textarea id={id} ref={field} rows={2} required minLength={3} maxLength={1000} value={text} onChange={(event) => setText(event.target.value)} />
      <div className="read-buttons">
        <button type="submit" className="button button-main" disabled={busy || text.trim().length < 3}>
          {send}
        </button>
        {onCancel && (
          <button type="button" className="button" onClick={onCancel}>
            {words.cancel}
          </button>
        )}
      </div>
    </form>
  );
}

function Confirm({
  decision,
  now,
  busy,
  onConfirm,
}: {
  decision: portal.Decision;
  now: portal.Proceedings;
  busy: boolean;
  onConfirm: (more: portal.Confirming) => void;
}) {
  const words = useProceedingsWords();
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState('');
  const [strategic, setStrategic] = useState<boolean | null>(null);
  const [whyStrategic, setWhyStrategic] = useState('');
  const id = useId();
  const { quorum, chairActing } = now;
  const under = quorum.present < quorum.needed;
  const objections = decision.voices.filter((voice) => voice.answer === 'keberatan').length;
  const plain = !under && chairActing === null;
  const ready = (!under || why.trim() !== '') && (chairActing === null || strategic === false || (strategic === true && whyStrategic.trim() !== ''));
  const send = (): void =>
    onConfirm({
      version: decision.version,
      objections,
      ...(under && { underQuorumReason: why }),
      ...(chairActing !== null && strategic !== null && { strategic }),
      ...(strategic === true && { strategicReason: whyStrategic }),
    });
  if (plain || !asking)
    return (
      <button type="button" className="button button-main" disabled={busy} onClick={() => (plain ? send() : setAsking(true))}>
        {words.confirm}
      </button>
    );
  return (
    <form
      className="few-words"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) send();
      }}
    >
      {under && (
        <>
          <label htmlFor={`${id}-under`}>{words.underQuorumAsk(quorum.present, quorum.needed)}</label>
          <textarea id={`${id}-under`} rows={2} required maxLength={500} value={why} onChange={(event) => setWhy(event.target.value)} />
        </>
      )}
      {chairActing !== null && (
        <fieldset>
          <legend>{words.strategicAsk(chairActing)}</legend>
          {([true, false] as const).map((is) => (
            <label key={String(is)}>
              <input type="radio" name={id} required checked={strategic === is} onChange={() => setStrategic(is)} />
              {is ? words.yes : words.no}
            </label>
          ))}
        </fieldset>
      )}
      {chairActing !== null && strategic === true && (
        <>
          <label htmlFor={`${id}-why`} className="warned">
            {words.strategicWarn(chairActing)}
          </label>
          <textarea id={`${id}-why`} rows={2} required maxLength={500} value={whyStrategic} onChange={(event) => setWhyStrategic(event.target.value)} />
        </>
      )}
      <div className="read-buttons">
        <button type="submit" className="button button-main" disabled={busy || !ready}>
          {words.confirm}
        </button>
        <button type="button" className="button" onClick={() => setAsking(false)}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
