// Somebody calls this person to a meeting now: who, to what, and the way in.
import BellRing from 'lucide-react/icons/bell-ring';
import type { getMeeting } from '../../shared/meetings.ts';
import { useRead } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { meetingWords } from '../words/meetings.ts';
import { JoinLink } from './meeting-row.tsx';
import './meetings.css';

export default function InvitedLine({ id, onLater }: { id: string; onLater: () => void }) {
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
