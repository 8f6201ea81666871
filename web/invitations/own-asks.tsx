// On every screen of the office: the own link of a meeting was opened somewhere else and asks to move there.
import { Suspense, useState } from 'react';
import { piece } from '../platform/piece.ts';
import type { getLinkAsks } from '../../shared/invitations.ts';
import { useRead } from '../platform/api.ts';
import { useLiveMessage } from '../platform/live.tsx';
import { useMe } from '../platform/session.tsx';

const LinkAsks = piece(() => import('./link-asks.tsx'));

export default function OwnAsks() {
  const own = `p_${useMe().id}`;
  const [meetingId, setMeetingId] = useState<string>();
  useLiveMessage((message) => {
    if (message.type === 'link.asked') setMeetingId(message.meetingId);
  });
  return meetingId === undefined ? null : <Asking meetingId={meetingId} own={own} />;
}

function Asking({ meetingId, own }: { meetingId: string; own: string }) {
  const { value } = useRead<typeof getLinkAsks>('/api/meetings/:id/link-asks', { params: { id: meetingId } });
  const mine = (value ?? []).filter((ask) => ask.member === own);
  return (
    mine.length > 0 && (
      <Suspense>
        <LinkAsks meetingId={meetingId} asks={mine} />
      </Suspense>
    )
  );
}
