// The words of an item: of a file to be added, or of one that is there.
import { useState } from 'react';
import type { DeskItem, DeskKit, KitKind, postKitItem, putKitItem } from '../../../shared/press-kit.ts';
import type { Zone } from '../../../shared/people.ts';
import { fieldFailure, useWrite } from '../../platform/api.ts';
import { clockField, dayIn, zoneName } from '../../platform/format.ts';
import { useLanguage, useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, SelectField, TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/notice.tsx';
import { useFirstWrong } from '../../ui/use-first-wrong.ts';
import { pressKitWords } from '../../words/press-kit.ts';
import { instantOf, sizeText } from './times.ts';
import { kindOf, sendFile } from './uploads.ts';

const KIT = '/api/conferences/:id/kit';
type Form = { kind: KitKind; title: string; caption: string; credit: string; licence: string; day: string; time: string };
type FormFailure = ReturnType<typeof useWrite<typeof postKitItem>>['failure'];

const orNull = (text: string): string | null => (text.trim() === '' ? null : text);
const wordsOf = (form: Form, zone: Zone) => ({
  title: form.title,
  caption: orNull(form.caption),
  credit: orNull(form.credit),
  licence: orNull(form.licence),
  embargoAt: form.day === '' ? null : instantOf(form.day, form.time || '00:00', zone),
});

/** One file after another; credit and licence are carried on. */
export function AddFiles({ id, zone, files, onDone, changed }: { id: string; zone: Zone; files: readonly File[]; onDone: () => void; changed: () => void }) {
  const w = useWords(pressKitWords);
  const language = useLanguage();
  const [n, setN] = useState(0);
  const file = files[n];
  const fresh = (next: File | undefined, before?: Form): Form => ({
    kind: kindOf(next?.name ?? '') ?? 'data',
    title: (next?.name ?? '').replace(/\.[a-z0-9]{1,5}$/i, '').slice(0, 160),
    caption: '',
    credit: before?.credit ?? '',
    licence: before?.licence ?? '',
    day: '',
    time: '',
  });
  const [form, setForm] = useState<Form>(() => fresh(file));
  const add = useWrite<typeof postKitItem>('POST', '/api/conferences/:id/kit/items', [KIT]);
  const whole = useFirstWrong(add.failure);
  if (!file) return null;
  function next(): void {
    if (n + 1 >= files.length) return onDone();
    add.forget();
    setForm(fresh(files[n + 1], form));
    setN(n + 1);
  }
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    const added = await add.run({ params: { id }, body: { kind: form.kind, ...wordsOf(form, zone) } });
    const item = added && newest(added.reply, form.title);
    if (!item || !file) return;
    void sendFile(id, item.id, file, changed);
    next();
  }
  return (
    <Dialog title={files.length > 1 ? `${w.addTitle} (${n + 1}/${files.length})` : w.addTitle} onClose={onDone} side>
      <form className="stack" ref={whole} onSubmit={(event) => void submit(event)}>
        <p className="kit-file-name">{w.file(file.name, sizeText(file.size, language))}</p>
        <Fields form={form} onForm={setForm} zone={zone} failure={add.failure} choosing />
        <Failed failure={add.failure} />
        <div className="row row-end">
          {files.length > 1 && <Button onClick={next}>{w.skip}</Button>}
          <Button type="submit" kind="main" busy={add.busy}>
            {w.add}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The one that was just added: it has no file, and nothing on its way. */
const newest = (kit: DeskKit, title: string): DeskItem | undefined =>
  kit.items.findLast((item) => item.title === title.trim() && item.file === null && item.arriving === null && item.kind !== 'siaran');

export function EditItem({ id, zone, item, onClose }: { id: string; zone: Zone; item: DeskItem; onClose: () => void }) {
  const w = useWords(pressKitWords);
  const [form, setForm] = useState<Form>(() => ({
    kind: item.kind,
    title: item.title,
    caption: item.caption ?? '',
    credit: item.credit ?? '',
    licence: item.licence ?? '',
    day: item.embargoAt === null ? '' : dayIn(zone, new Date(item.embargoAt)),
    time: item.embargoAt === null ? '' : clockField(item.embargoAt, zone),
  }));
  const save = useWrite<typeof putKitItem>('PUT', '/api/conferences/:id/kit/items/:item', [KIT]);
  const whole = useFirstWrong(save.failure);
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    const { number, contact, release, withdrawn, version } = item;
    const body = { ...wordsOf(form, zone), number, contact, release, withdrawn, version };
    if (await save.run({ params: { id, item: item.id }, body })) onClose();
  }
  return (
    <Dialog title={w.editTitle(item.title)} onClose={onClose} side>
      <form className="stack" ref={whole} onSubmit={(event) => void submit(event)}>
        <Fields form={form} onForm={setForm} zone={zone} failure={save.failure} />
        <Failed failure={save.failure} />
        <div className="row row-end">
          <Button type="submit" kind="main" busy={save.busy}>
            {w.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const Failed = ({ failure }: { failure: FormFailure }) =>
  failure ? (
    <Note tone="alarm" alert>
      {failure.message}
    </Note>
  ) : null;

type FieldsProps = { form: Form; onForm: (form: Form) => void; zone: Zone; failure: FormFailure; choosing?: boolean };

function Fields({ form, onForm, zone, failure, choosing = false }: FieldsProps) {
  const w = useWords(pressKitWords);
  const set = (field: keyof Form) => (value: string) => onForm({ ...form, [field]: value });
  const isPhoto = form.kind === 'foto';
  return (
    <>
      {choosing && (form.kind === 'video' || form.kind === 'rekaman') && (
        <SelectField
          label={w.kind}
          value={form.kind}
          onValue={set('kind')}
          choices={(['video', 'rekaman'] as const).map((value) => ({ value, label: w.kinds[value] }))}
        />
      )}
      <TextField label={w.name} value={form.title} onValue={set('title')} required maxLength={160} autoComplete="off" error={fieldFailure(failure, 'title')} />
      <Field
        label={isPhoto ? w.caption : w.captionOther}
        hint={isPhoto ? w.captionHint : undefined}
        optional={!isPhoto}
        error={fieldFailure(failure, 'caption')}
      >
        {(props) => (
          <textarea {...props} rows={3} maxLength={500} required={isPhoto} value={form.caption} onChange={(event) => set('caption')(event.target.value)} />
        )}
      </Field>
      {form.kind !== 'siaran' && (
        <>
          <TextField
            label={w.credit}
            hint={isPhoto ? w.creditHint : undefined}
            value={form.credit}
            onValue={set('credit')}
            required={isPhoto}
            optional={!isPhoto}
            maxLength={120}
            error={fieldFailure(failure, 'credit')}
          />
          <TextField
            label={w.licence}
            hint={isPhoto ? w.licenceHint : undefined}
            value={form.licence}
            onValue={set('licence')}
            required={isPhoto}
            optional={!isPhoto}
            maxLength={120}
            error={fieldFailure(failure, 'licence')}
          />
        </>
      )}
      <OwnTime form={form} onForm={onForm} zone={zone} />
    </>
  );
}

/** An own time is rare: it stands closed unless there is one. */
export function OwnTime<F extends { day: string; time: string }>({ form, onForm, zone }: { form: F; onForm: (form: F) => void; zone: Zone }) {
  const w = useWords(pressKitWords);
  return (
    <details className="press-more" open={form.day !== ''}>
      <summary>{w.ownTimeLabel}</summary>
      <div className="stack">
        <div className="two">
          <TextField label={w.day} type="date" value={form.day} onValue={(day) => onForm({ ...form, day })} />
          <TextField label={w.clock(zoneName(zone))} type="time" value={form.time} required={form.day !== ''} onValue={(time) => onForm({ ...form, time })} />
        </div>
        <p className="hint">{w.ownTimeHint}</p>
      </div>
    </details>
  );
}
