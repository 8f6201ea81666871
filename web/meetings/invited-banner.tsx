// Somebody calls this person to a meeting now: two soft tones, and a line on top of whatever is open.
import { Suspense, useState } from 'react';
import { piece } from '../platform/piece.ts';
import { chime } from '../platform/chime.ts';
import { useLiveMessage } from '../platform/live.tsx';

const InvitedLine = piece(() => import('./invited-line.tsx'));

export default function InvitedBanner() {
  const [called, setCalled] = useState<string[]>([]);
  useLiveMessage((message) => {
    if (message.type !== 'meeting.invited') return;
    setCalled((before) => [...before.filter((id) => id !== message.meetingId), message.meetingId]);
    chime();
  });
  const latest = called.at(-1);
  return (
    <div role="status">
      {latest !== undefined && (
        <Suspense>
          <InvitedLine key={latest} id={latest} onLater={() => setCalled(called.filter((id) => id !== latest))} />
        </Suspense>
      )}
    </div>
  );
}
