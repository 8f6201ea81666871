// The own invitation on the meeting's page: the answer in one press, who goes in one's place, and what was said before.
import { useState } from 'react';
import type { deleteDisposisi, Disposisi, getInvitationIcs, getMyInvitation, MyInvitation, postDisposisiReturn, putAnswer } from '../../shared/invitations.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask, Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Mark, type MarkShape, type Tone } from '../ui/marks.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { invitationWords } from '../words/invitations.ts';
import { CHANGED } from './changed.ts';
import { Delegate } from './delegate.tsx';
import './invitations.css';

const looks: Record<MyInvitation['answer'], [MarkShape, Tone]> = {
  belum: ['ring', 'wait'],
  hadir: ['full', 'good'],
  tidak: ['dash', 'alarm'],
  diwakili: ['half', 'good'],
};
export function AnswerMark({ answer }: { answer: MyInvitation['answer'] }) {
  const w = useWords(invitationWords);
  return (
    <Mark shape={looks[answer][0]} tone={looks[answer][1]}>
      {w.answer[answer]}
    </Mark>
  );
}

export default function OwnAnswer({ meetingId }: { meetingId: string }) {
  const w = useWords(invitationWords);
  const mine = useRead<typeof getMyInvitation>('/api/invitation', { query: { meeting: meetingId } });
  // Who prepares a meeting without being invited has no answer to give.
  if (!mine.value && mine.failure?.code === 'not_found') return null;
  if (mine.value && isIdle(mine.value)) return null;
  return (
    <Section title={w.own} actions={mine.value && !mine.value.you.chair && <AnswerMark answer={mine.value.answer} />}>
      <Loaded from={mine} skeleton={<Bones rows={2} tall />}>
        {(value) => <Own mine={value} />}
      </Loaded>
    </Section>
  );
}

/** Called off before anything was answered: nobody waits for an answer any more. */
const isIdle = ({ meeting, history, given, received }: MyInvitation): boolean =>
  meeting.state === 'dibatalkan' && history.length === 0 && given === null && received.length === 0;

function Own({ mine }: { mine: MyInvitation }) {
  const w = useWords(invitationWords);
  const { given, received, open } = mine;
  return (
    <div className="stack">
      {received.map((one) => (
        <Received key={one.id} meetingId={mine.meeting.id} one={one} open={open} />
      ))}
      {given ? <Given meetingId={mine.meeting.id} one={given} open={open} /> : <Buttons mine={mine} />}
      <History mine={mine} />
      {open && <p className="quiet s">{w.openUntil}</p>}
      {!open && !mine.you.chair && mine.meeting.state === 'berlangsung' && <p className="quiet s">{w.shut}</p>}
    </div>
  );
}

function Buttons({ mine }: { mine: MyInvitation }) {
  const w = useWords(invitationWords);
  const params = { id: mine.meeting.id };
  const [declining, setDeclining] = useState(false);
  const [delegating, setDelegating] = useState(false);
  const answer = useWrite<typeof putAnswer>('PUT', '/api/meetings/:id/answer', CHANGED);
  const ics = useDownload<typeof getInvitationIcs>('/api/meetings/:id/invitation.ics');
  return (
    <>
      {mine.you.chair && <p>{w.chairComes}</p>}
      <div className="row answer-row">
        {mine.open && (
          <>
            <Button
              kind={mine.answer === 'belum' ? 'main' : 'plain'}
              aria-pressed={mine.answer === 'hadir'}
              busy={answer.busy}
              onClick={() => void answer.run({ params, body: { answer: 'hadir' } })}
            >
              {w.come}
            </Button>
            <Button aria-pressed={mine.answer === 'tidak'} onClick={() => setDeclining(true)}>
              {w.notCome}
            </Button>
            {mine.mayDelegate && <Button onClick={() => setDelegating(true)}>{w.delegate}</Button>}
          </>
        )}
        {mine.meeting.state === 'terjadwal' && (
          <Button kind="quiet" busy={ics.busy} onClick={() => void ics.fetch({ params }, 'undangan.ics')}>
            {w.calendar}
          </Button>
        )}
      </div>
      {(answer.failure ?? ics.failure) && (
        <Note tone="alarm" alert>
          {(answer.failure ?? ics.failure)?.message}
        </Note>
      )}
      {declining && <Decline meetingId={mine.meeting.id} onClose={() => setDeclining(false)} />}
      {delegating && mine.you.opdId !== null && (
        <Delegate meetingId={mine.meeting.id} opdId={mine.you.opdId} ownMember={mine.you.member} onClose={() => setDelegating(false)} />
      )}
    </>
  );
}

function Decline({ meetingId, onClose }: { meetingId: string; onClose: () => void }) {
  const w = useWords(invitationWords);
  const [reason, setReason] = useState('');
  const answer = useWrite<typeof putAnswer>('PUT', '/api/meetings/:id/answer', CHANGED);
  async function send(): Promise<void> {
    if (await answer.run({ params: { id: meetingId }, body: { answer: 'tidak', reason } })) onClose();
  }
  return (
    <Dialog title={w.notCome} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextField label={w.reason} hint={w.reasonHint} value={reason} onValue={setReason} maxLength={300} required autoComplete="off" />
        {answer.failure && (
          <Note tone="alarm" alert>
            {answer.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{w.cancel}</Button>
          <Button type="submit" kind="main" busy={answer.busy} disabled={reason.trim() === ''}>
            {w.sendNo}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Sent({ one, line }: { one: Disposisi; line: string }) {
  const w = useWords(invitationWords);
  const f = useFormats();
  return (
    <div>
      <p>
        <strong>{line}</strong>
      </p>
      <p className="quiet s">{w.byNumber(one.number, f.date(one.day))}</p>
      <p className="instruction">{one.instruction}</p>
    </div>
  );
}

function Given({ meetingId, one, open }: { meetingId: string; one: Disposisi; open: boolean }) {
  const w = useWords(invitationWords);
  const [asking, setAsking] = useState(false);
  const withdraw = useWrite<typeof deleteDisposisi>('DELETE', '/api/meetings/:id/disposisi/:disposisi', CHANGED);
  async function go(): Promise<void> {
    if (await withdraw.run({ params: { id: meetingId, disposisi: one.id } })) setAsking(false);
  }
  return (
    <>
      <Sent one={one} line={w.given(one.toName, one.toPosition)} />
      <p className="quiet s">{w.comeInPerson}</p>
      {open && (
        <div>
          <Button onClick={() => setAsking(true)}>{w.withdraw}</Button>
        </div>
      )}
      {asking && (
        <Ask
          title={w.withdrawTitle}
          text={w.withdrawText(one.toName)}
          yes={w.withdraw}
          busy={withdraw.busy}
          failure={withdraw.failure?.message}
          onYes={() => void go()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Received({ meetingId, one, open }: { meetingId: string; one: Disposisi; open: boolean }) {
  const w = useWords(invitationWords);
  const [back, setBack] = useState(false);
  const [reason, setReason] = useState('');
  const hand = useWrite<typeof postDisposisiReturn>('POST', '/api/meetings/:id/disposisi/:disposisi/return', CHANGED);
  async function go(): Promise<void> {
    if (await hand.run({ params: { id: meetingId, disposisi: one.id }, body: { reason } })) setBack(false);
  }
  return (
    <div className="stack">
      <Sent one={one} line={w.received(one.fromName, one.fromPosition)} />
      {open && (
        <div>
          <Button kind="quiet" onClick={() => setBack(true)}>
            {w.handBack}
          </Button>
        </div>
      )}
      {back && (
        <Dialog title={w.handBackTitle} onClose={() => setBack(false)}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              void go();
            }}
          >
            <p>{w.handBackText}</p>
            <TextField label={w.reason} value={reason} onValue={setReason} maxLength={300} required autoComplete="off" />
            {hand.failure && (
              <Note tone="alarm" alert>
                {hand.failure.message}
              </Note>
            )}
            <div className="row row-end">
              <Button onClick={() => setBack(false)}>{w.cancel}</Button>
              <Button type="submit" kind="main" busy={hand.busy} disabled={reason.trim() === ''}>
                {w.handBack}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </div>
  );
}

function History({ mine }: { mine: MyInvitation }) {
  const w = useWords(invitationWords);
  const f = useFormats();
  const { zone } = mine.meeting;
  const [last, ...before] = mine.history;
  const at = (instant: string): string => `${f.shortDayOf(instant, zone)} ${f.time(instant, zone)}`;
  if (!last) return null;
  return (
    <div className="s quiet">
      <p>{[last.reason, w.answeredAt(at(last.at)), last.by && w.writtenBy(last.by)].filter(Boolean).join(' · ')}</p>
      {before.length > 0 && (
        <details>
          <summary>{w.history}</summary>
          <ul>
            {before.map((one) => (
              <li key={one.at}>{[at(one.at), w.answer[one.answer], one.reason, one.by && w.writtenBy(one.by)].filter(Boolean).join(' · ')}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
