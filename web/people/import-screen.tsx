// Impor CSV: a file or pasted rows, checked first, then imported; what is refused comes back as a file.
import { useRef, useState } from 'react';
import Download from 'lucide-react/icons/download';
import type { getImportTemplate, ImportReport, postImport } from '../../shared/people.ts';
import { useWrite } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { mayKeepStaff, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Empty, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { commonWords } from '../words/common.ts';
import { peopleWords } from '../words/people.ts';
import { ImportResult } from './import-result.tsx';
import { STAFF_CHANGED } from './holding-line.tsx';
import './people.css';

export default function ImportScreen() {
  const w = useWords(peopleWords);
  const c = useWords(commonWords);
  const me = useMe();
  return (
    <Page title={w.importTitle} under={w.importUnder} narrow>
      {mayKeepStaff(me) ? <ImportForm /> : <Empty title={c.noRightTitle}>{c.noRightText}</Empty>}
    </Page>
  );
}

function ImportForm() {
  const w = useWords(peopleWords);
  const [csv, setCsv] = useState('');
  const [checked, setChecked] = useState<{ csv: string; report: ImportReport }>();
  const [done, setDone] = useState<ImportReport>();
  const result = useRef<HTMLDivElement>(null);
  const template = useDownload<typeof getImportTemplate>('/api/people/import/template.csv');
  const send = useWrite<typeof postImport>('POST', '/api/people/import', STAFF_CHANGED);
  const good = checked && checked.csv === csv ? checked.report.added + checked.report.changed : 0;

  async function run(dryRun: boolean): Promise<void> {
    const answer = await send.run({ query: { dryRun: dryRun ? 'true' : 'false' }, body: csv });
    if (!answer) return;
    setChecked(dryRun ? { csv, report: answer.reply } : undefined);
    setDone(dryRun ? undefined : answer.reply);
    result.current?.focus();
  }
  function take(text: string): void {
    setCsv(text);
    setDone(undefined);
    send.forget();
  }

  return (
    <div className="stack">
      <div>
        <Button kind="quiet" icon={<Download aria-hidden />} busy={template.busy} onClick={() => void template.fetch({}, 'impor-pegawai.csv')}>
          {w.template}
        </Button>
      </div>
      <Field label={w.file}>
        {(props) => <input {...props} type="file" accept=".csv,text/csv" onChange={(event) => void event.target.files?.[0]?.text().then(take)} />}
      </Field>
      <Field label={w.orPaste} hint={w.pasteHint}>
        {(props) => <textarea {...props} rows={6} value={csv} spellCheck={false} wrap="off" onChange={(event) => take(event.target.value)} />}
      </Field>
      {(send.failure ?? template.failure) && (
        <Note tone="alarm" alert>
          {(send.failure ?? template.failure)?.message}
        </Note>
      )}
      <div className="row">
        <Button kind={good > 0 ? 'plain' : 'main'} busy={send.busy} disabled={csv.trim() === ''} onClick={() => void run(true)}>
          {w.check}
        </Button>
        {good > 0 && (
          <Button kind="main" busy={send.busy} onClick={() => void run(false)}>
            {w.doImport(good)}
          </Button>
        )}
        <span className="quiet s">{w.checkNote}</span>
      </div>
      <div ref={result} tabIndex={-1} aria-live="polite">
        {done && <ImportResult title={w.imported} summary={w.summary(done)} report={done} />}
        {!done && checked && checked.csv === csv && <ImportResult title={w.checked} summary={w.summaryDry(checked.report)} report={checked.report} />}
      </div>
    </div>
  );
}
