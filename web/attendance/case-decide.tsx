// One day that does not fit its code: the facts, then what a named human says of it.
import { useState, type FormEvent } from 'react';
import type { CaseAct, MachineCase, postMachineDecision } from '../../shared/machine.ts';
import type { Zone } from '../../shared/people.ts';
import type { DayCode } from '../../shared/roster.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { Code } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { machineWords } from '../words/machine.ts';
import { Known } from './case-known.tsx';
import { Thing } from './corrections-object.tsx';

const ACTS = ['ubah_kode', 'catatan', 'biarkan'] as const satisfies readonly CaseAct[];
const CODES = ['WFO', 'WFH', 'PIKET', 'DL', 'CUTI', 'SAKIT', 'LIBUR'] as const satisfies readonly DayCode[];
type Props = { opdId: string; row: MachineCase; zone: Zone; again: () => void; onClose: () => void };

export function DecideCase({ opdId, row, zone, again, onClose }: Props) {
  const w = useWords(machineWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const codes = CODES.filter((code) => code !== row.facts.code);
  const [act, setAct] = useState<CaseAct>();
  const [code, setCode] = useState<DayCode>(row.facts.code === 'WFH' ? 'WFO' : (codes[0] ?? 'WFO'));
  const [note, setNote] = useState('');
  const save = useWrite<typeof postMachineDecision>('POST', '/api/opds/:id/machine/decisions', ['/api/opds/:id/machine/cases', '/api/opds/:id/day']);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (act === undefined) return;
    const { personId, date, kind, seen } = row;
    const body = { personId, date, kind, seen, act, code: act === 'ubah_kode' ? code : null, note: act === 'biarkan' ? null : note };
    if (await save.run({ params: { id: opdId }, body })) return onClose();
    again();
  }
  return (
    <Dialog title={row.name} onClose={onClose} side>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p className="quiet">{f.day(row.date)}</p>
        <p className="row">
          <Code code={row.facts.code} title={row.facts.code === null ? undefined : c.codes[row.facts.code]} />
          <strong>{w.kind[row.kind]}</strong>
        </p>
        <p>
          <Known row={row} zone={zone} />
        </p>
        <fieldset className="things">
          <legend className="legend">{w.say}</legend>
          {ACTS.map((one) => (
            <Thing key={one} on={one === act} onChoose={() => setAct(one)}>
              <strong>{w.act[one]}</strong>
              <span className="quiet s">{w.actWhy[one]}</span>
            </Thing>
          ))}
        </fieldset>
        {act === 'ubah_kode' && (
          <SelectField
            label={w.newCode}
            value={code}
            onValue={setCode}
            error={fieldFailure(save.failure, 'code')}
            choices={codes.map((value) => ({ value, label: `${value}: ${c.codes[value]}` }))}
          />
        )}
        {act !== undefined && act !== 'biarkan' && (
          <Field label={act === 'ubah_kode' ? w.reason : w.note} error={fieldFailure(save.failure, 'note')}>
            {(props) => <textarea {...props} rows={3} required maxLength={150} value={note} onChange={(event) => setNote(event.target.value)} />}
          </Field>
        )}
        {save.failure && save.failure.fields.length === 0 && (
          <Note tone="alarm" alert>
            {save.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={save.busy} disabled={act === undefined}>
            {w.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
