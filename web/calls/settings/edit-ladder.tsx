// Changes a ladder: seconds, acts, channels, and the decision behind it. What is wrong is said beside the step.
import { useState, type FormEvent } from 'react';
import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import type { GatewayChannel, Ladder, LadderStep, putLadder } from '../../../shared/calls.ts';
import { fieldFailure, useWrite } from '../../platform/api.ts';
import { newKey } from '../../platform/new-key.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/notice.tsx';
import { callWords } from '../../words/calls.ts';
import { commonWords } from '../../words/common.ts';
import { asSteps, faultIn, type Typed } from './ladder-rules.ts';

const MOST_STEPS = 12;
const gateways: readonly GatewayChannel[] = ['sms', 'whatsapp', 'sip', 'email'];
const later: readonly LadderStep['act'][] = ['dering_ulang', 'kanal', 'pengganti', 'piket'];

export function EditLadder({ ladder, onClose }: { ladder: Ladder; onClose: () => void }) {
  const w = useWords(callWords);
  const c = useWords(commonWords);
  const [steps, setSteps] = useState<Typed[]>(() =>
    ladder.steps.map(({ afterSeconds, act, channels }) => ({ key: newKey(), seconds: String(afterSeconds), act, channels })),
  );
  const [basis, setBasis] = useState('');
  const save = useWrite<typeof putLadder>('PUT', '/api/ladders/:sifat', ['/api/ladders', '/api/calls/desk']);
  const fault = faultIn(steps);
  const change = (key: string, more: Partial<Typed>): void => setSteps(steps.map((one) => (one.key === key ? { ...one, ...more } : one)));

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (fault) return;
    if (await save.run({ params: { sifat: ladder.sifat }, body: { steps: asSteps(steps), basis } })) onClose();
  }

  return (
    <Dialog title={w.editTitle(c.sifat[ladder.sifat])} side onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p className="quiet s">
          {w.firstStep} {w.editNote}
        </p>
        {steps.map((step, n) => (
          <fieldset key={step.key} className="step-edit">
            <legend className="legend">{w.step(n + 1)}</legend>
            <div>
              <TextField
                label={w.seconds}
                inputMode="numeric"
                value={step.seconds}
                disabled={n === 0}
                onValue={(seconds) => change(step.key, { seconds })}
                maxLength={4}
                autoComplete="off"
              />
              <SelectField
                label={w.act}
                value={step.act}
                disabled={n === 0}
                onValue={(act) => change(step.key, { act, channels: [] })}
                choices={(n === 0 ? (['dering'] as const) : later).map((value) => ({ value, label: w.acts[value] }))}
              />
              {n > 0 && (
                <Button kind="quiet" icon={<X aria-hidden />} aria-label={w.removeStep(n + 1)} onClick={() => setSteps(steps.filter((one) => one !== step))} />
              )}
            </div>
            {fault?.step === n && (
              <p className="error" role="alert">
                {{ down: w.secondsDown(fault.before), range: w.secondsRange, channels: w.channelMissing }[fault.why]}
              </p>
            )}
            {(step.act === 'dering' || step.act === 'kanal') && (
              <div className="checks" role="group" aria-label={w.overWhat}>
                {gateways.map((channel) => (
                  <label key={channel} className="check s">
                    <input
                      type="checkbox"
                      checked={step.channels.includes(channel)}
                      onChange={() =>
                        change(step.key, {
                          channels: step.channels.includes(channel) ? step.channels.filter((one) => one !== channel) : [...step.channels, channel],
                        })
                      }
                    />
                    <span>{w.channel[channel]}</span>
                  </label>
                ))}
              </div>
            )}
            {step.channels.length === 0 && step.act !== 'kanal' && (
              <p className="hint">
                {w.overWhat}: {w.actOver[step.act]}
              </p>
            )}
          </fieldset>
        ))}
        <Button
          kind="quiet"
          icon={<Plus aria-hidden />}
          disabled={steps.length >= MOST_STEPS}
          onClick={() => setSteps([...steps, { key: newKey(), seconds: String(steps.at(-1)?.seconds ?? 0), act: 'dering_ulang', channels: [] }])}
        >
          {w.addStep}
        </Button>
        <TextField
          label={w.basis}
          hint={w.basisHint}
          value={basis}
          onValue={setBasis}
          error={fieldFailure(save.failure, 'basis')}
          required
          maxLength={200}
          autoComplete="off"
        />
        {save.failure && (
          <Note tone="alarm" alert>
            {save.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="main" type="submit" busy={save.busy} disabled={fault !== null}>
            {w.ladderSave}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
