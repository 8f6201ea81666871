// Decisions of the meeting: what was confirmed, what is being drafted, and the form of chair and notulis.
import { useId, useState } from 'react';
import { newKey } from '../../platform/new-key.ts';
import { clock } from '../../platform/time.ts';
import { useLanguage } from '../use-words.ts';
import * as portal from './portal.ts';
import { Answers, Term, Words } from './read-back.tsx';
import type { Snapshot } from './use-proceedings.ts';
import { dayText, useProceedingsWords } from './words.ts';

type Props = { now: portal.Proceedings; snapshot: Snapshot };

export function DecisionList({ now, snapshot }: Props) {
  const words = useProceedingsWords();
  /** A key while a new one is written; else the id of the one that is edited. */
  const [writing, setWriting] = useState<{ id: string; of: portal.Decision | null } | null>(null);
  const { decisions, you } = now;
  return (
    <div className="decisions">
      {decisions.length === 0 && writing === null && (
        <div className="messages-empty">
          <p>{words.none}</p>
          <p>{you.mayWrite ? words.noneDo : words.noneRead}</p>
        </div>
      )}
      <ul>
        {decisions.map((decision) => (
          <li key={decision.id} className="decision" data-state={decision.state}>
            {writing?.of?.id === decision.id ? (
              <Form of={writing.of} id={writing.id} now={now} snapshot={snapshot} onDone={() => setWriting(null)} />
            ) : (
              <One decision={decision} now={now} snapshot={snapshot} onEdit={() => setWriting({ id: decision.id, of: decision })} />
            )}
          </li>
        ))}
      </ul>
      {you.mayWrite &&
        (writing && writing.of === null ? (
          <Form of={null} id={writing.id} now={now} snapshot={snapshot} onDone={() => setWriting(null)} />
        ) : (
          <button type="button" className="button button-main" onClick={() => setWriting({ id: newKey(), of: null })}>
            {words.draftNew}
          </button>
        ))}
    </div>
  );
}

function One({ decision, now, snapshot: { act, busy }, onEdit }: Props & { decision: portal.Decision; onEdit: () => void }) {
  const words = useProceedingsWords();
  const language = useLanguage();
  const [revoking, setRevoking] = useState(false);
  const { responsible, state } = decision;
  const open = state === 'rancangan' || state === 'dibacakan';
  const time = (at: string): string => clock(at, now.zone);
  return (
    <>
      <p className="decision-head">
        <strong>{decision.no === null ? words.draft : words.number(decision.no)}</strong> <span className="decision-state">{words.state[state]}</span>
      </p>
      <p className="decision-text">{decision.text}</p>
      <dl>
        {decision.basis !== null && <Term name={words.basis}>{decision.basis}</Term>}
        {responsible && (
          <Term name={words.responsible}>
            {responsible.title} ({responsible.holder ? responsible.holder.name : words.noHolder})
          </Term>
        )}
        {decision.dueOn !== null && <Term name={words.due}>{dayText(decision.dueOn, language)}</Term>}
      </dl>
      {decision.decidedAt !== null && (
        <>
          <p className="quiet">
            {words.decidedBy(decision.decidedByName ?? '', decision.decidedAs ?? '', time(decision.decidedAt))}{' '}
            {decision.quorum && words.decidedQuorum(decision.quorum.present, decision.quorum.needed)}
          </p>
          {decision.underQuorumReason !== null && <p className="decision-why">{words.underQuorum(decision.underQuorumReason)}</p>}
          {decision.strategicReason !== null && <p className="decision-why">{words.strategicNote(decision.strategicReason)}</p>}
          <Answers decision={decision} final />
        </>
      )}
      {decision.revokedAt !== null && (
        <p className="decision-why">{words.revokedBy(decision.revokedByName ?? '', time(decision.revokedAt), decision.revokedReason ?? '')}</p>
      )}
      {now.you.mayWrite && open && !revoking && (
        <div className="read-buttons">
          {state === 'rancangan' && (
            <button
              type="button"
              className="button button-main"
              disabled={busy}
              onClick={() => void act(portal.read(now.meetingId, decision.id, decision.version))}
            >
              {words.read}
            </button>
          )}
          <button type="button" className="button" onClick={onEdit}>
            {words.edit}
          </button>
          {now.you.chair && (
            <button type="button" className="button" onClick={() => setRevoking(true)}>
              {words.revoke}
            </button>
          )}
        </div>
      )}
      {now.you.chair && now.you.mayWrite && state === 'ditetapkan' && !revoking && (
        <button type="button" className="button" onClick={() => setRevoking(true)}>
          {words.revoke}
        </button>
      )}
      {revoking && state !== 'dicabut' && (
        <Words
          label={words.revokeReason}
          send={words.revoke}
          busy={busy}
          onSend={(reason) => void act(portal.revoke(now.meetingId, decision.id, reason)).then((done) => done && setRevoking(false))}
          onCancel={() => setRevoking(false)}
        />
      )}
    </>
  );
}

function Form({ of, id, now, snapshot: { act, busy }, onDone }: Props & { of: portal.Decision | null; id: string; onDone: () => void }) {
  const words = useProceedingsWords();
  const field = useId();
  const [text, setText] = useState(of?.text ?? '');
  const [basis, setBasis] = useState(of?.basis ?? '');
  const [post, setPost] = useState(of?.responsible?.positionId ?? '');
  const [due, setDue] = useState(of?.dueOn ?? '');
  const known = now.posts.some((one) => one.positionId === post);
  async function save(): Promise<void> {
    const input = { text, basis: basis.trim() === '' ? null : basis, positionId: post === '' ? null : post, dueOn: due === '' ? null : due };
    const done = await act(of ? portal.change(now.meetingId, of.id, of.version, input) : portal.draft(now.meetingId, id, input));
    if (done) onDone();
  }
  return (
    <form
      className="few-words decision-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label htmlFor={`${field}-text`}>{words.text}</label>
      <textarea
        id={`${field}-text`}
        rows={4}
        required
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-describedby={`${field}-hint`}
      />
      <p className="quiet" id={`${field}-hint`}>
        {of?.state === 'dibacakan' ? words.editWarn : words.textHint}
      </p>
      <label htmlFor={`${field}-basis`}>{words.basis}</label>
      <input id={`${field}-basis`} maxLength={300} value={basis} placeholder={words.basisHint} onChange={(event) => setBasis(event.target.value)} />
      <label htmlFor={`${field}-post`}>{words.responsible}</label>
      <select id={`${field}-post`} value={post} onChange={(event) => setPost(event.target.value)}>
        <option value="">{words.nobody}</option>
        {!known && of?.responsible && <option value={of.responsible.positionId}>{of.responsible.title}</option>}
        {now.posts.map((one) => (
          <option key={one.positionId} value={one.positionId}>
            {one.title} ({one.holderName})
          </option>
        ))}
      </select>
      <label htmlFor={`${field}-due`}>{words.due}</label>
      <input id={`${field}-due`} type="date" value={due} onChange={(event) => setDue(event.target.value)} />
      <div className="read-buttons">
        <button type="submit" className="button button-main" disabled={busy || text.trim() === ''}>
          {words.save}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
