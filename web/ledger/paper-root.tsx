// A root read from paper, beside the one on record.
import { useState, type FormEvent } from 'react';
import type { postRootComparison, RootVerdict } from '../../shared/ledger.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { ledgerWords } from '../words/ledger.ts';

export function PaperRoot() {
  const w = useWords(ledgerWords);
  const [n, setN] = useState('');
  const [root, setRoot] = useState('');
  const [asked, setAsked] = useState(0);
  const { run, busy, failure, reply } = useWrite<typeof postRootComparison>('POST', '/api/ledger/root-comparison');
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const number = Number(n.replaceAll(/\D/g, ''));
    setAsked(number);
    await run({ body: { n: number, root } });
  }
  const wrong = { n: fieldFailure(failure, 'n'), root: fieldFailure(failure, 'root') };
  return (
    <Section title={w.paper}>
      <p className="section-note">{w.paperText}</p>
      <form className="paper-root" onSubmit={(event) => void submit(event)}>
        <TextField
          label={w.number}
          hint={w.numberHint}
          error={wrong.n}
          value={n}
          onValue={setN}
          inputMode="numeric"
          required
          maxLength={12}
          autoComplete="off"
          className="short"
        />
        <TextField
          label={w.digits}
          hint={w.digitsHint}
          error={wrong.root}
          value={root}
          onValue={setRoot}
          required
          maxLength={120}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        <Button type="submit" busy={busy}>
          {w.compare}
        </Button>
      </form>
      <div aria-live="polite">
        {failure && wrong.n === undefined && wrong.root === undefined && <Note tone="alarm">{failure.message}</Note>}
        {reply && !failure && <Verdict n={asked} answer={reply} />}
      </div>
    </Section>
  );
}

function Verdict({ n, answer }: { n: number; answer: RootVerdict }) {
  const w = useWords(ledgerWords);
  const f = useFormats();
  const zone = useZone();
  const when = answer.at === null ? '' : `${f.dayOf(answer.at, zone)}, ${f.time(answer.at, zone)}`;
  const said = {
    same: [w.same(n), w.sameText(answer.digits, when)],
    different: [w.different(n), w.differentText],
    unknown: [w.unknown(n), w.unknownText(answer.newest)],
  }[answer.verdict];
  return (
    <Note tone={answer.verdict === 'same' ? 'good' : 'alarm'}>
      <strong>{said[0]}.</strong> {said[1]}
    </Note>
  );
}
