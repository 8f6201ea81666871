// More people for a planned meeting: this one, it and the following of its series, or all; who is not free is said before they are invited.
import { useState } from 'react';
import type { postInvitations } from '../../shared/meetings.ts';
import type { getPlan, postPlanInvitations, Scope } from '../../shared/planning.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { ScopeChoice } from './scope-choice.tsx';
import { useConflicts, WhoIsFree } from './who-is-free.tsx';
import { asInvite, isNobody, nobody, type Choice } from '../whom/choice.ts';
import { InviteDialog } from '../whom/invite-dialog.tsx';

const CHANGED = ['/api/meetings', '/api/meetings/:id', '/api/meetings/:id/invitations', '/api/meetings/:id/answers', '/api/meetings/:id/attendance'];

export default function InviteMore({ meetingId, onClose }: { meetingId: string; onClose: () => void }) {
  const [choice, setChoice] = useState<Choice>(nobody);
  const [scope, setScope] = useState<Scope>('ini');
  const params = { id: meetingId };
  const plan = useRead<typeof getPlan>('/api/meetings/:id/plan', { params }).value;
  const ahead = plan?.state === 'terjadwal' ? plan : undefined;
  const free = useConflicts(
    ahead && !isNobody(choice) ? { invite: asInvite(choice), meetingId, startsAt: ahead.startsAt, endsAt: ahead.endsAt, repeat: null, scope } : null,
  );
  const alone = useWrite<typeof postInvitations>('POST', '/api/meetings/:id/invitations', CHANGED);
  const several = useWrite<typeof postPlanInvitations>('POST', '/api/meetings/:id/plan/invitations', CHANGED);
  const invite = scope === 'ini' ? alone : several;

  async function add(): Promise<void> {
    const all = asInvite(choice);
    if (await (scope === 'ini' ? alone.run({ params, body: all }) : several.run({ params, body: { invite: all, scope } }))) onClose();
  }

  return (
    <InviteDialog choice={choice} onChoice={setChoice} busy={invite.busy} failure={invite.failure} onAdd={() => void add()} onClose={onClose}>
      {ahead?.series && <ScopeChoice scope={scope} onScope={setScope} />}
      {ahead && !isNobody(choice) && <WhoIsFree from={free} zone={ahead.zone} repeats={scope !== 'ini'} />}
    </InviteDialog>
  );
}
