// Who takes a role: chips of those chosen, and the picker at the side of the page.
import { useState } from 'react';
import UserPlus from 'lucide-react/icons/user-plus';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { isNobody, type Choice, type Directory } from '../whom/choice.ts';
import { Chosen } from '../whom/chosen.tsx';
import { Picker } from '../whom/picker.tsx';
import { pressWords } from '../words/press.ts';

/** `vacant` posts may be chosen: whoever acts in them on the day is read then. */
export function ChoosePeople({
  label,
  choose,
  choice,
  onChoice,
  known,
}: {
  label: string;
  choose: string;
  choice: Choice;
  onChoice: (choice: Choice) => void;
  known: Directory;
}) {
  const w = useWords(pressWords);
  const [open, setOpen] = useState(false);
  const picking = { choice, onChoice, known, vacant: true, oneByOne: true };
  return (
    <div className="press-role">
      <h3>{label}</h3>
      <div className="press-role-who">{isNobody(choice) ? <p className="quiet s">{w.chosenNone}</p> : <Chosen {...picking} />}</div>
      <Button icon={<UserPlus aria-hidden />} onClick={() => setOpen(true)}>
        {choose}
      </Button>
      {open && (
        <Dialog title={choose} onClose={() => setOpen(false)} side>
          <div className="stack">
            <Picker {...picking} />
            <div className="press-dialog-foot">
              <Chosen {...picking} />
              <Button kind="main" onClick={() => setOpen(false)}>
                {w.done}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}
