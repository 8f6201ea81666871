// More people for a meeting that is planned or runs: the same picker, at the side of the page.
import { useState } from 'react';
import type { postInvitations } from '../../shared/meetings.ts';
import { useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { meetingWords } from '../words/meetings.ts';
import { asInvite, isNobody, nobody, type Choice } from '../whom/choice.ts';
import { Chosen } from '../whom/chosen.tsx';
import { Guests } from '../whom/guests.tsx';
import { Picker } from '../whom/picker.tsx';
import { useDirectory } from '../whom/use-directory.ts';

export function AddInvitees({ meetingId, onClose }: { meetingId: string; onClose: () => void }) {
  const w = useWords(meetingWords);
  const known = useDirectory();
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
