// Somebody calls this person to a meeting now: a line on top of whatever is open, and two soft tones.
import { useState } from 'react';
import BellRing from 'lucide-react/icons/bell-ring';
import type { getMeeting } from '../../shared/meetings.ts';
import { useRead } from '../platform/api.ts';
import { chime } from '../platform/chime.ts';
import { useLiveMessage } from '../platform/live.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { meetingWords } from '../words/meetings.ts';
import { JoinLink } from './meeting-row.tsx';
import './meetings.css';

export default function InvitedBanner() {
  const [called, setCalled] = useState<string[]>([]);
  useLiveMessage((message) => {
    if (message.type !== 'meeting.invited') return;
    setCalled((before) => [...before.filter((id) => id !== message.meetingId), message.meetingId]);
    chime();
  });
  const latest = called.at(-1);
  return <div role="status">{latest !== undefined && <Called key={latest} id={latest} onLater={() => setCalled(called.filter((id) => id !== latest))} />}</div>;
}

function Called({ id, onLater }: { id: string; onLater: () => void }) {
  const w = useWords(meetingWords);
  const { value: meeting } = useRead<typeof getMeeting>('/api/meetings/:id', { params: { id } });
  if (!meeting || meeting.youChair || meeting.state !== 'berlangsung') return null;
  return (
    <div className="strip strip-call">
      <BellRing aria-hidden />
      <div>
        <strong>{w.incoming(meeting.chairName)}</strong>
        <br />
        {meeting.title}
      </div>
      <JoinLink meeting={meeting} />
      <Button kind="quiet" onClick={onLater}>
        {w.later}
      </Button>
    </div>
  );
}
