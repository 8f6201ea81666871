// One meeting: how it stands and what its chair may do. The parts of its page are handed in by app.tsx.
import { useState, type ReactNode } from 'react';
import type { getMeeting, MeetingCard, postMeetingEnd, postMeetingStart } from '../../shared/meetings.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWatch } from '../platform/live.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { meetingWords } from '../words/meetings.ts';
import { AddInvitees } from './add-invitees.tsx';
import { JoinLink, SifatMark, StateMark } from './meeting-row.tsx';
import './meetings.css';

type Props = {
  id: string;
  /** What stands on the page below its head; `onAdd` opens the way to invite more. */
  parts: (meeting: MeetingCard, onAdd: () => void) => ReactNode;
  /** More people for what has not begun. */
  inviteMore: (onClose: () => void) => ReactNode;
};

export default function MeetingScreen({ id, parts, inviteMore }: Props) {
  const w = useWords(meetingWords);
  const f = useFormats();
  const [adding, setAdding] = useState(false);
  useWatch(`meeting:${id}`);
  const meeting = useRead<typeof getMeeting>('/api/meetings/:id', { params: { id } });
  const card = meeting.value;
  if (!card) {
    return (
      <Page title={w.detailMissing}>
        <Loaded from={meeting} skeleton={<Bones rows={6} tall />}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  const at = card.startedAt ?? card.startsAt;
  return (
    <Page
      key={id}
      title={card.title}
      over={card.opdName}
      under={
        <p className="agenda-line">
          <StateMark state={card.state} />
          <SifatMark sifat={card.sifat} />
          <span>{f.dayOf(at, card.zone)}</span>
          <span className="num">{f.span(at, card.endedAt ?? card.endsAt, card.zone)}</span>
          <span>{card.youChair ? w.youChair : w.chair(card.chairName)}</span>
          <span>{w.invited(card.invited)}</span>
          {card.state === 'berlangsung' && <span>{w.inside(card.inside)}</span>}
        </p>
      }
      actions={<Actions meeting={card} />}
      index
    >
      <Loaded from={meeting} skeleton={null}>
        {() => null}
      </Loaded>
      {card.state === 'terjadwal' && !card.youChair && <Note>{w.planNote(f.time(card.startsAt, card.zone))}</Note>}
      {card.state === 'berakhir' && card.endedAt && !card.youChair && <Note>{w.endedNote(f.time(card.endedAt, card.zone))}</Note>}
      {card.cancelReason !== null && (
        <Note tone="alarm">
          <strong>{w.cancelledNote}</strong> {card.cancelReason}
        </Note>
      )}
      {parts(card, () => setAdding(true))}
      {adding && (card.state === 'terjadwal' ? inviteMore(() => setAdding(false)) : <AddInvitees meetingId={id} onClose={() => setAdding(false)} />)}
    </Page>
  );
}

const CHANGED = ['/api/meetings', '/api/meetings/:id', '/api/meetings/:id/attendance', '/api/meetings/:id/invitations'];

function Actions({ meeting }: { meeting: MeetingCard }) {
  const w = useWords(meetingWords);
  const [ending, setEnding] = useState(false);
  const params = { id: meeting.id };
  const start = useWrite<typeof postMeetingStart>('POST', '/api/meetings/:id/start', CHANGED);
  const end = useWrite<typeof postMeetingEnd>('POST', '/api/meetings/:id/end', CHANGED);
  async function endForAll(): Promise<void> {
    if (await end.run({ params })) setEnding(false);
  }
  return (
    <>
      <JoinLink meeting={meeting} large />
      {meeting.youChair && meeting.state === 'terjadwal' && (
        <Button kind="main" large busy={start.busy} onClick={() => void start.run({ params })}>
          {w.start}
        </Button>
      )}
      {meeting.youChair && meeting.state === 'berlangsung' && (
        <Button large onClick={() => setEnding(true)}>
          {w.end}
        </Button>
      )}
      {start.failure && (
        <Note tone="alarm" alert>
          {start.failure.message}
        </Note>
      )}
      {ending && (
        <Ask
          title={w.endTitle}
          text={w.endText(meeting.title, meeting.inside)}
          yes={w.endYes}
          busy={end.busy}
          failure={end.failure?.message}
          onYes={() => void endForAll()}
          onClose={() => setEnding(false)}
        />
      )}
    </>
  );
}
