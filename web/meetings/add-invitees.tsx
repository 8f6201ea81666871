// More people for a meeting that is planned or runs: the same picker, at the side of the page.
import { useState } from 'react';
import type { postInvitations } from '../../shared/meetings.ts';
import { useWrite } from '../platform/api.ts';
import { asInvite, nobody, type Choice } from '../whom/choice.ts';
import { InviteDialog } from '../whom/invite-dialog.tsx';

export function AddInvitees({ meetingId, onClose }: { meetingId: string; onClose: () => void }) {
  const [choice, setChoice] = useState<Choice>(nobody);
  const invite = useWrite<typeof postInvitations>('POST', '/api/meetings/:id/invitations', [
    '/api/meetings',
    '/api/meetings/:id',
    '/api/meetings/:id/invitations',
    '/api/meetings/:id/answers',
    '/api/meetings/:id/attendance',
  ]);

  async function add(): Promise<void> {
    if (await invite.run({ params: { id: meetingId }, body: asInvite(choice) })) onClose();
  }

  return <InviteDialog choice={choice} onChoice={setChoice} busy={invite.busy} failure={invite.failure} onAdd={() => void add()} onClose={onClose} />;
}
