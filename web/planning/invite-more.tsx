// More people for a planned meeting: this one, it and the following of its series, or all; who is not free is said before they are invited.
import { useState } from 'react';
import type { postInvitations } from '../../shared/meetings.ts';
import type { getPlan, postPlanInvitations, Scope } from '../../shared/planning.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { ScopeChoice } from './scope-choice.tsx';
import { useConflicts, WhoIsFree } from './who-is-free.tsx';
import { meetingWords } from '../words/meetings.ts';
import { asInvite, isNobody, nobody, type Choice } from '../whom/choice.ts';
import { Chosen } from '../whom/chosen.tsx';
import { Guests } from '../whom/guests.tsx';
import { Picker } from '../whom/picker.tsx';
import { useDirectory } from '../whom/use-directory.ts';

const CHANGED = ['/api/meetings', '/api/meetings/:id', '/api/meetings/:id/invitations', '/api/meetings/:id/answers', '/api/meetings/:id/attendance'];

export default function InviteMore({ meetingId, onClose }: { meetingId: string; onClose: () => void }) {
  const w = useWords(meetingWords);
  const known = useDirectory();
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
    <Dialog title={w.addInvitees} side onClose={onClose}>
      <div className="stack">
        <Loaded from={known} skeleton={<Bones rows={8} />}>
          {(all) => (
            <>
              <Picker choice={choice} onChoice={setChoice} known={all} />
              <Guests onAdd={(guest) => setChoice({ ...choice, guests: [...choice.guests, guest] })} />
              <div className="dialog-foot stack">
                <Chosen choice={choice} onChoice={setChoice} known={all} />
                {ahead?.series && <ScopeChoice scope={scope} onScope={setScope} />}
                {ahead && !isNobody(choice) && <WhoIsFree from={free} zone={ahead.zone} repeats={scope !== 'ini'} />}
                {invite.failure && (
                  <Note tone="alarm" alert>
                    {invite.failure.message}
                  </Note>
                )}
                <Button kind="main" busy={invite.busy} disabled={isNobody(choice)} onClick={() => void add()}>
                  {w.addYes}
                </Button>
              </div>
            </>
          )}
        </Loaded>
      </div>
    </Dialog>
  );
}
