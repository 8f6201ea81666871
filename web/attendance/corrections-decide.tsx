// Accept, perhaps for less time, or reject with a reason the person reads.
import { useState, type FormEvent } from 'react';
import type { Correction, postCorrectionDecision } from '../../shared/corrections.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { clockField, nextClock } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Segmented, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { correctionWords } from '../words/corrections.ts';
import { CORRECTIONS_CHANGED, ReasonField } from './corrections-object.tsx';

export function Decide({ correction: { id, claimed, zone } }: { correction: Correction }) {
  const w = useWords(correctionWords);
  const [outcome, setOutcome] = useState<'accepted' | 'rejected'>('accepted');
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState(claimed.from === null ? '' : clockField(claimed.from, zone));
  const [to, setTo] = useState(claimed.to === null ? '' : clockField(claimed.to, zone));
  const decide = useWrite<typeof postCorrectionDecision>('POST', '/api/corrections/:id/decision', [...CORRECTIONS_CHANGED, '/api/meetings/:id/attendance']);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const start = claimed.from === null ? undefined : nextClock(from, claimed.from, zone);
    const body =
      outcome === 'rejected' ? { outcome, reason } : { outcome, reason, ...(start !== undefined && { from: start, to: nextClock(to, start, zone) }) };
    await decide.run({ params: { id }, body });
  }

  return (
    <form className="stack decide" onSubmit={(event) => void submit(event)}>
      <Segmented
        label={w.decide}
        value={outcome}
        onValue={setOutcome}
        choices={[
          { value: 'accepted', label: w.accept },
          { value: 'rejected', label: w.reject },
        ]}
        tone={(value) => (value === 'rejected' ? 'alarm' : undefined)}
      />
      {outcome === 'accepted' && claimed.from !== null && (
        <fieldset className="stack">
          <legend className="legend">
            {w.narrow} <small>{w.narrowHint}</small>
          </legend>
          <div className="times">
            <TextField label={w.from} type="time" required value={from} onValue={setFrom} error={fieldFailure(decide.failure, 'from')} />
            <TextField label={w.to} type="time" required value={to} onValue={setTo} error={fieldFailure(decide.failure, 'to')} />
          </div>
        </fieldset>
      )}
      {outcome === 'rejected' ? (
        <ReasonField label={w.why} hint={w.whyHint} value={reason} onValue={setReason} error={fieldFailure(decide.failure, 'reason')} />
      ) : (
        <TextField
          label={w.note}
          optional
          value={reason}
          onValue={setReason}
          maxLength={1000}
          autoComplete="off"
          error={fieldFailure(decide.failure, 'reason')}
        />
      )}
      {decide.failure && decide.failure.fields.length === 0 && (
        <Note tone="alarm" alert>
          {decide.failure.message}
        </Note>
      )}
      <div>
        <Button type="submit" kind={outcome === 'rejected' ? 'alarm' : 'main'} busy={decide.busy}>
          {outcome === 'rejected' ? w.rejectDo : w.acceptDo}
        </Button>
      </div>
    </form>
  );
}
