// Kode klasifikasi: the codes of the region's letters; add, name anew, take off the list, take in from CSV, and who did what.
import { useState } from 'react';
import type { ClassificationBook, deleteClassification, getClassificationBook, postClassificationImport, putClassification } from '../../shared/letters.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { letterWords } from '../words/letters.ts';
import { LetterTabs } from './register-screen.tsx';
import './undangan.css';

const CHANGED = ['/api/letter-classifications', '/api/letter-classifications/book'];
type Code = ClassificationBook['codes'][number];

export default function CodesScreen() {
  const w = useWords(letterWords);
  const book = useRead<typeof getClassificationBook>('/api/letter-classifications/book', {});
  return (
    <Page title={w.codes} under={<p>{w.codesUnder}</p>}>
      <LetterTabs opd={undefined} />
      <Loaded from={book} skeleton={<Bones rows={8} tall />}>
        {(found) => (
          <>
            <Put />
            <Codes codes={found.codes} />
            <TakeIn />
            <Changes changes={found.changes} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** A code that is on the list already gets this name. */
function Put() {
  const w = useWords(letterWords);
  const [given, setGiven] = useState({ code: '', name: '' });
  const save = useWrite<typeof putClassification>('PUT', '/api/letter-classifications/:code', CHANGED);
  async function submit(): Promise<void> {
    if (await save.run({ params: { code: given.code.trim() }, body: { name: given.name } })) setGiven({ code: '', name: '' });
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="tools">
        <TextField
          label={w.code}
          className="short"
          value={given.code}
          onValue={(code) => setGiven({ ...given, code })}
          required
          maxLength={20}
          pattern="[0-9]{1,3}(\.[0-9]{1,3}){0,4}"
          title={w.codeHint}
          placeholder="000.1.5"
          error={fieldFailure(save.failure, 'code')}
        />
        <TextField
          label={w.codeName}
          value={given.name}
          onValue={(name) => setGiven({ ...given, name })}
          required
          maxLength={120}
          error={fieldFailure(save.failure, 'name')}
        />
        <Button type="submit" kind="main" busy={save.busy}>
          {w.codePut}
        </Button>
      </div>
      <p className="hint">{w.codePutHint}</p>
      {save.failure && (
        <Note tone="alarm" alert>
          {save.failure.message}
        </Note>
      )}
    </form>
  );
}

function Codes({ codes }: { codes: readonly Code[] }) {
  const w = useWords(letterWords);
  const f = useFormats();
  const [sought, setSought] = useState('');
  const [removing, setRemoving] = useState<Code>();
  const remove = useWrite<typeof deleteClassification>('DELETE', '/api/letter-classifications/:code', CHANGED);
  const again = useWrite<typeof putClassification>('PUT', '/api/letter-classifications/:code', CHANGED);
  const words = sought.trim().toLowerCase();
  const shown = codes.filter(({ code, name }) => code.startsWith(words) || name.toLowerCase().includes(words));
  const columns: Column<Code>[] = [
    { key: 'code', head: w.code, phone: 'title', cell: ({ code, name }) => <span className="num">{`${code} · ${name}`}</span> },
    { key: 'used', head: w.codeUsed, cell: ({ used }) => (used === 0 ? '–' : w.codeTimes(f.number(used))) },
    {
      key: 'do',
      head: w.cols.actions,
      phone: 'plain',
      cell: (one) =>
        one.retired ? (
          <>
            <span className="badge">{w.codeRetired}</span>{' '}
            <Button kind="quiet" busy={again.busy} onClick={() => void again.run({ params: { code: one.code }, body: { name: one.name } })}>
              {w.codeAgain}
            </Button>
          </>
        ) : (
          <Button kind="quiet" onClick={() => setRemoving(one)}>
            {w.codeRemove}
          </Button>
        ),
    },
  ];
  async function yes(code: string): Promise<void> {
    if (await remove.run({ params: { code } })) setRemoving(undefined);
  }
  const failure = remove.failure ?? again.failure;
  return (
    <Section title={w.codeList(codes.filter(({ retired }) => !retired).length)}>
      <TextField label={w.codeSearch} type="search" value={sought} onValue={setSought} />
      {failure && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
      {shown.length === 0 ? <Empty title={w.codeNone} /> : <Table caption={w.codes} columns={columns} rows={shown} rowKey={({ code }) => code} />}
      {removing && (
        <Ask
          title={w.codeRemoveTitle(removing.code)}
          text={removing.used > 0 ? w.codeRemoveUsed(f.number(removing.used)) : w.codeRemoveUnused}
          yes={w.codeRemove}
          alarm={removing.used === 0}
          busy={remove.busy}
          onYes={() => void yes(removing.code)}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </Section>
  );
}

function TakeIn() {
  const w = useWords(letterWords);
  const [text, setText] = useState('');
  const take = useWrite<typeof postClassificationImport>('POST', '/api/letter-classifications/import', CHANGED);
  async function submit(): Promise<void> {
    if (await take.run({ body: { text } })) setText('');
  }
  return (
    <details className="more">
      <summary>{w.codeImport}</summary>
      <div className="stack">
        <Field label={w.codeImportText} hint={w.codeImportHint} error={fieldFailure(take.failure, 'text')}>
          {(props) => <textarea {...props} rows={6} wrap="off" spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <Field label={w.codeImportFile} optional>
          {(props) => <input {...props} type="file" accept=".csv,text/csv" onChange={(event) => void event.target.files?.[0]?.text().then(setText)} />}
        </Field>
        {take.failure && (
          <Note tone="alarm" alert>
            {take.failure.message}
          </Note>
        )}
        {take.reply && !take.failure && <Note tone="good">{w.codeImported(take.reply.added, take.reply.changed)}</Note>}
        <div>
          <Button busy={take.busy} disabled={text.trim() === ''} onClick={() => void submit()}>
            {w.codeImportDo}
          </Button>
        </div>
      </div>
    </details>
  );
}

function Changes({ changes }: { changes: ClassificationBook['changes'] }) {
  const w = useWords(letterWords);
  const f = useFormats();
  const zone = useZone();
  if (changes.length === 0) return null;
  return (
    <details className="more">
      <summary>{w.codeHistory}</summary>
      <ul className="letter-history">
        {changes.map(({ code, act, name, before, byName, at }) => (
          <li key={`${code} ${at} ${act} ${name}`}>
            <span className="num">{code}</span> {w.codeActs[act]}: {before === null || before === name ? name : `${before} → ${name}`}{' '}
            <span className="quiet">
              {byName === null ? '' : `${byName}, `}
              {f.dayOf(at, zone)} {f.time(at, zone)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
