// /u#token: what somebody is invited to, from the letter; no account needed. The answer in one press; the token stays in the fragment.
import { useState } from 'react';
import type { getInvitationIcs, getMyInvitation, MyInvitation, putAnswer } from '../../shared/invitations.ts';
import type { Zone } from '../../shared/people.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { caller } from '../platform/call.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats, zoneName } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Mark } from '../ui/marks.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { invitationWords } from '../words/invitations.ts';
import './answer.css';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const knownZones: readonly Zone[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];

// Loaded with this page only. Another link opened in this tab is another visit.
const token = window.location.hash.slice(1);
caller.link = token === '' ? null : token;
window.addEventListener('hashchange', () => window.location.reload());

export default function AnswerScreen() {
  const w = useWords(invitationWords);
  const mine = useRead<typeof getMyInvitation>('/api/invitation', {}, { enabled: token !== '' });
  return (
    <Page title={mine.value?.meeting.title ?? w.publicTitle} over={mine.value && w.dear(mine.value.you.name)} narrow>
      {token === '' ? (
        <Note tone="wait">{w.noLink}</Note>
      ) : mine.failure && !mine.value && (mine.failure.code === 'link.revoked' || mine.failure.code === 'link.other_device') ? (
        <div className="stack">
          <Note tone="wait" alert>
            {mine.failure.message}
          </Note>
          {mine.failure.code === 'link.other_device' && (
            <div>
              <ButtonLink to={`/r#${token}`} outside kind="main">
                {w.enter}
              </ButtonLink>
            </div>
          )}
        </div>
      ) : (
        <Loaded from={mine} skeleton={<Bones rows={5} tall />}>
          {(value) => <Invited mine={value} />}
        </Loaded>
      )}
    </Page>
  );
}

function Invited({ mine }: { mine: MyInvitation }) {
  const w = useWords(invitationWords);
  const f = useFormats();
  const { meeting, you } = mine;
  const when = (zone: Zone): string => `${f.dayOf(meeting.startsAt, zone)}, ${f.span(meeting.startsAt, meeting.endsAt, zone)}`;
  const ownZone = knownZones.find((zone) => zone === here && zoneName(zone) !== zoneName(meeting.zone));
  const facts: [string, string | null][] = [
    [w.when, when(meeting.zone)],
    [w.place, meeting.place],
    [w.caller, meeting.opdName],
    [w.chair, meeting.chairName],
    [w.as, you.position ?? you.opdName],
  ];
  return (
    <div className="stack-l">
      <dl className="invitation-facts">
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  {value}
                  {label === w.when && ownZone && <small>{w.yourZone(when(ownZone))}</small>}
                </dd>
              </div>
            ),
        )}
      </dl>
      {meeting.description && <p className="invitation-text">{meeting.description}</p>}
      {mine.received.map((one) => (
        <Note key={one.id}>
          <strong>{w.received(one.fromName, one.fromPosition)}</strong> {one.instruction}
        </Note>
      ))}
      {meeting.state === 'dibatalkan' && <Note tone="alarm">{w.cancelled(meeting.cancelReason ?? '')}</Note>}
      {meeting.state === 'berakhir' && <Note>{w.ended}</Note>}
      {meeting.state === 'berlangsung' && (
        <div className="stack">
          <p>{w.running}</p>
          <div>
            <ButtonLink to={`/r#${token}`} outside kind="main" large>
              {w.enter}
            </ButtonLink>
          </div>
        </div>
      )}
      {meeting.state === 'terjadwal' && <Answering mine={mine} />}
      {!you.signedIn && you.badge === null && meeting.state === 'terjadwal' && (
        <p className="quiet s">
          {w.officer} <a href={`/masuk?ke=${encodeURIComponent(`/rapat/${meeting.id}`)}`}>{w.signIn}</a>
        </p>
      )}
      <p className="quiet s">{w.ownLink}</p>
    </div>
  );
}

function Answering({ mine }: { mine: MyInvitation }) {
  const w = useWords(invitationWords);
  const f = useFormats();
  const params = { id: mine.meeting.id };
  const [declining, setDeclining] = useState(false);
  const [reason, setReason] = useState('');
  const answer = useWrite<typeof putAnswer>('PUT', '/api/meetings/:id/answer', ['/api/invitation']);
  const ics = useDownload<typeof getInvitationIcs>('/api/meetings/:id/invitation.ics');
  async function say(body: { answer: 'hadir' } | { answer: 'tidak'; reason: string }): Promise<void> {
    if (await answer.run({ params, body })) setDeclining(false);
  }
  return (
    <div className="stack">
      {mine.you.chair ? (
        <p>{w.chairComes}</p>
      ) : mine.answer === 'diwakili' && mine.given ? (
        <p>{w.given(mine.given.toName, mine.given.toPosition)}</p>
      ) : (
        <>
          <h2>{w.answerQuestion}</h2>
          <p role="status" className="answer-said">
            {mine.answer === 'hadir' && (
              <Mark shape="full" tone="good">
                {w.thanksYes}
              </Mark>
            )}
            {mine.answer === 'tidak' && (
              <Mark shape="dash" tone="wait">
                {w.thanksNo} {mine.history[0]?.reason}
              </Mark>
            )}
          </p>
          <div className="answer-buttons">
            <Button
              kind={mine.answer === 'hadir' ? 'plain' : 'main'}
              large
              aria-pressed={mine.answer === 'hadir'}
              busy={answer.busy}
              onClick={() => void say({ answer: 'hadir' })}
            >
              {w.come}
            </Button>
            <Button large aria-pressed={mine.answer === 'tidak'} aria-expanded={declining} onClick={() => setDeclining(!declining)}>
              {w.notCome}
            </Button>
          </div>
          {declining && (
            <form
              className="stack"
              onSubmit={(event) => {
                event.preventDefault();
                void say({ answer: 'tidak', reason });
              }}
            >
              <TextField label={w.reason} hint={w.reasonHint} value={reason} onValue={setReason} maxLength={300} required autoComplete="off" />
              <div>
                <Button type="submit" kind="main" busy={answer.busy} disabled={reason.trim() === ''}>
                  {w.sendNo}
                </Button>
              </div>
            </form>
          )}
          <p className="quiet s">{w.openUntil}</p>
        </>
      )}
      {(answer.failure ?? ics.failure) && (
        <Note tone="alarm" alert>
          {(answer.failure ?? ics.failure)?.message}
        </Note>
      )}
      <div>
        <Button kind="quiet" busy={ics.busy} onClick={() => void ics.fetch({ params }, 'undangan.ics')}>
          {w.calendar}
        </Button>
      </div>
      <p className="quiet s">{w.enterWhen(`${f.dayOf(mine.meeting.startsAt, mine.meeting.zone)}, ${f.time(mine.meeting.startsAt, mine.meeting.zone)}`)}</p>
    </div>
  );
}
