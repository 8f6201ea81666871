// A first password, shown once.
import { useWords } from '../platform/words.ts';
import { Copy } from '../ui/copy.tsx';
import { Note } from '../ui/notice.tsx';
import { peopleWords } from '../words/people.ts';

export function FirstPassword({ name, password }: { name: string; password: string }) {
  const w = useWords(peopleWords);
  return (
    <Note tone="good" alert>
      <p className="legend">{w.firstPassword}</p>
      <p className="row first-password">
        <code>{password}</code>
        <Copy text={password} of={w.firstPassword} />
      </p>
      <p>{w.firstPasswordText(name)}</p>
    </Note>
  );
}
