// A class of retention, changed by a new row; what it was before stands below.
import { useState, type FormEvent } from 'react';
import type { putRetentionClass, RetentionClass } from '../../shared/privacy.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Segmented, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { privacyWords } from '../words/privacy.ts';

export function ClassForm({ now, onClose }: { now: RetentionClass; onClose: () => void }) {
  const w = useWords(privacyWords);
  const c = useWords(commonWords);
  const [form, setForm] = useState({ name: now.name, basis: now.basis, months: String(now.months), action: now.action, active: now.active });
  const put = useWrite<typeof putRetentionClass>('PUT', '/api/retention/classes/:key', ['/api/retention', '/api/me/data']);
  const set = (field: 'name' | 'basis' | 'months') => (value: string) => setForm({ ...form, [field]: value });
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await put.run({ params: { key: now.key }, body: { ...form, months: Number(form.months) } })) onClose();
  }
  return (
    <Dialog title={w.changeClass(now.name)} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextField label={w.className} value={form.name} onValue={set('name')} error={fieldFailure(put.failure, 'name')} required maxLength={120} />
        <TextField
          label={w.basis}
          hint={w.basisHint}
          value={form.basis}
          onValue={set('basis')}
          error={fieldFailure(put.failure, 'basis')}
          required
          maxLength={300}
        />
        <TextField
          label={w.months}
          type="number"
          min={1}
          max={1200}
          value={form.months}
          onValue={set('months')}
          error={fieldFailure(put.failure, 'months')}
          required
        />
        <Segmented
          label={w.actionLabel}
          value={form.action}
          onValue={(action) => setForm({ ...form, action })}
          choices={(['musnah', 'tinjau'] as const).map((value) => ({ value, label: w.action[value] }))}
        />
        <label className="check">
          <input type="checkbox" checked={form.active} onChange={() => setForm({ ...form, active: !form.active })} />
          <span>{w.activeLabel}</span>
        </label>
        {put.failure && (
          <Note tone="alarm" alert>
            {put.failure.message}
          </Note>
        )}
        {now.history.length > 0 && (
          <>
            <h3>{w.formerly}</h3>
            <ul className="former">
              {now.history.map((row) => (
                <li key={row.at}>{w.formerLine(row.months, w.action[row.action], row.by ?? w.byDefault)}</li>
              ))}
            </ul>
          </>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={put.busy}>
            {c.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
