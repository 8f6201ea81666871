// Choosing more people for a meeting, at the side of its page. `children`: what is said of the chosen before they are invited.
import type { ReactNode } from 'react';
import type { Refused } from '../platform/call.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { meetingWords } from '../words/meetings.ts';
import { isNobody, type Choice } from './choice.ts';
import { Chosen } from './chosen.tsx';
import { Guests } from './guests.tsx';
import { Picker } from './picker.tsx';
import { useDirectory } from './use-directory.ts';

type Props = {
  choice: Choice;
  onChoice: (choice: Choice) => void;
  busy: boolean;
  failure: Refused | undefined;
  onAdd: () => void;
  onClose: () => void;
  children?: ReactNode;
};

export function InviteDialog({ choice, onChoice, busy, failure, onAdd, onClose, children }: Props) {
  const w = useWords(meetingWords);
  const known = useDirectory();
  return (
    <Dialog title={w.addInvitees} side onClose={onClose}>
      <div className="stack">
        <Loaded from={known} skeleton={<Bones rows={8} />}>
          {(all) => (
            <>
              <Picker choice={choice} onChoice={onChoice} known={all} />
              <Guests onAdd={(guest) => onChoice({ ...choice, guests: [...choice.guests, guest] })} />
              <div className="dialog-foot stack">
                <Chosen choice={choice} onChoice={onChoice} known={all} />
                {children}
                {failure && (
                  <Note tone="alarm" alert>
                    {failure.message}
                  </Note>
                )}
                <Button kind="main" busy={busy} disabled={isNobody(choice)} onClick={onAdd}>
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
