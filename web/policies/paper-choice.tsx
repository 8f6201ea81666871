// The signed circular as it is chosen in the form: one file, its name shown.
import { useRef } from 'react';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { policyWords } from '../words/policies.ts';

export function PaperChoice({ chosen, busy, onChoose }: { chosen: File | undefined; busy: boolean; onChoose: (file: File) => void }) {
  const w = useWords(policyWords);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className="policy-paper">
      <span className="legend">{w.file}</span>
      <div className="row">
        <input ref={picker} type="file" accept="application/pdf" hidden onChange={(event) => event.target.files?.[0] && onChoose(event.target.files[0])} />
        <Button busy={busy} onClick={() => picker.current?.click()}>
          {chosen ? w.otherFile : w.chooseFile}
        </Button>
        <span className="s" aria-live="polite">
          {chosen ? `${w.chosenFile}: ${chosen.name}` : <span className="quiet">{`${w.fileHint} ${w.laterFile}`}</span>}
        </span>
      </div>
    </div>
  );
}
