// Recovery codes, shown once.
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Copy } from '../ui/copy.tsx';
import { Note } from '../ui/notice.tsx';
import { factorWords } from '../words/factors.ts';
import './factors.css';

export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const w = useWords(factorWords);
  return (
    <section className="stack" aria-label={w.codesTitle}>
      <Note tone="wait" alert>
        <p className="legend">{w.codesTitle}</p>
        <p>{w.codesText}</p>
      </Note>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="row">
        <Copy text={codes.join('\n')} of={w.codesTitle} />
        <Button kind="main" onClick={onKept}>
          {w.codesKept}
        </Button>
      </div>
    </section>
  );
}
