// Copies a text and says so, on the button and to a reader.
import { useState } from 'react';
import Check from 'lucide-react/icons/check';
import CopyIcon from 'lucide-react/icons/copy';
import { useWords } from '../platform/words.ts';
import { commonWords } from '../words/common.ts';
import { Button, type ButtonKind } from './button.tsx';

export function Copy({ text, label, of, kind = 'plain' }: { text: string; label?: string; of?: string; kind?: ButtonKind }) {
  const w = useWords(commonWords);
  const [done, setDone] = useState(false);
  async function copy(): Promise<void> {
    await writeOut(text);
    setDone(true);
    window.setTimeout(() => setDone(false), 2_500);
  }
  return (
    <Button kind={kind} icon={done ? <Check aria-hidden /> : <CopyIcon aria-hidden />} onClick={() => void copy()}>
      <span aria-live="polite">{done ? w.copied : (label ?? w.copy)}</span>
      {of !== undefined && <span className="sr-only"> {of}</span>}
    </Button>
  );
}

/** The clipboard needs a secure page; inside a plain office network the old way still works. */
async function writeOut(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).catch(() => byHand(text));
  byHand(text);
}

function byHand(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'sr-only';
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
