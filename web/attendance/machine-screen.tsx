// Mesin: the log of the attendance machine is checked, then taken in; numbers nobody knows are given to persons.
import { useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { getMachine, MachineFormat, MachineView, postMachineImport, postMachinePreview } from '../../shared/machine.ts';
import type { getOpds } from '../../shared/people.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { zoneName } from '../platform/clock.ts';
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { commonWords } from '../words/common.ts';
import { machineWords } from '../words/machine.ts';
import { MachineImports } from './machine-imports.tsx';
import { MachinePins } from './machine-pins.tsx';
import { FormatFields, PreviewOf } from './machine-preview.tsx';
import { PresenceTabs } from './presence-tabs.tsx';
import './machine.css';

export default function MachineScreen() {
  const a = useWords(attendanceWords);
  const c = useWords(commonWords);
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const mine = opds.value?.filter((unit) => unit.kind === 'opd' && me.managesOpds.includes(unit.id)) ?? [];
  const opdId = search.get('opd') ?? (me.opd && me.managesOpds.includes(me.opd.id) ? me.opd.id : mine[0]?.id);
  const view = useRead<typeof getMachine>('/api/opds/:id/machine', { params: { id: opdId ?? '' } }, { enabled: opdId !== undefined });
  return (
    <Page title={a.presence}>
      <PresenceTabs />
      {me.managesOpds.length === 0 ? (
        <Empty title={c.noRightTitle}>{c.noRightText}</Empty>
      ) : (
        <>
          {mine.length > 1 && (
            <div className="tools">
              <SelectField
                label={a.unit}
                value={opdId ?? ''}
                onValue={(opd) => setSearch({ opd }, { replace: true })}
                choices={mine.map((unit) => ({ value: unit.id, label: unit.name }))}
              />
            </div>
          )}
          <Loaded from={view} skeleton={<Bones rows={6} tall />}>
            {(value) => <Machine key={value.opdId} view={value} />}
          </Loaded>
        </>
      )}
    </Page>
  );
}

function Machine({ view }: { view: MachineView }) {
  const f = useFormats();
  const when = (at: string): string => `${f.date(dayIn(view.zone, new Date(at)))} ${f.time(at, view.zone)}`;
  return (
    <>
      {view.mayKeep && <ImportForm view={view} when={when} />}
      <MachinePins view={view} when={when} />
      <MachineImports view={view} when={when} />
    </>
  );
}

function ImportForm({ view, when }: { view: MachineView; when: (at: string) => string }) {
  const w = useWords(machineWords);
  const [file, setFile] = useState<File>();
  const [format, setFormat] = useState<MachineFormat | null>(null);
  const result = useRef<HTMLDivElement>(null);
  const preview = useWrite<typeof postMachinePreview>('POST', '/api/opds/:id/machine/preview');
  const take = useWrite<typeof postMachineImport>('POST', '/api/opds/:id/machine/imports', [
    '/api/opds/:id/machine',
    '/api/opds/:id/machine/cases',
    '/api/opds/:id/day',
  ]);
  const failure = preview.failure ?? take.failure;
  const given = (one: File, columns: MachineFormat | null) => ({
    params: { id: view.opdId },
    query: { name: one.name.slice(0, 160), ...(columns && { format: JSON.stringify(columns) }) },
    body: one,
  });
  async function check(one: File, columns: MachineFormat | null): Promise<void> {
    take.forget();
    const done = await preview.run(given(one, columns));
    if (!done) return;
    setFormat(done.reply.format);
    result.current?.focus();
  }
  async function doTake(): Promise<void> {
    if (file && (await take.run(given(file, format)))) preview.forget();
    result.current?.focus();
  }
  return (
    <Section title={w.importTitle} note={view.opdName}>
      <div className="stack">
        <p className="quiet s">{w.importUnder(zoneName(view.zone))}</p>
        <Field label={w.file}>
          {(props) => (
            <input
              {...props}
              type="file"
              accept=".csv,.txt,.dat,.log,.tsv,.xlsx"
              onChange={(event) => {
                const one = event.target.files?.[0];
                setFile(one);
                setFormat(null);
                preview.forget();
                take.forget();
              }}
            />
          )}
        </Field>
        <div className="row">
          <Button kind={preview.reply ? 'plain' : 'main'} busy={preview.busy} disabled={!file} onClick={() => file && void check(file, null)}>
            {w.check}
          </Button>
          <span className="quiet s">{w.checkNote}</span>
        </div>
        {failure && (
          <Note tone="alarm" alert>
            {failure.message}
          </Note>
        )}
        <div ref={result} tabIndex={-1} aria-live="polite" className="stack">
          {file && preview.reply && (
            <>
              <PreviewOf preview={preview.reply} when={when} />
              <FormatFields
                key={JSON.stringify(preview.reply.format)}
                preview={preview.reply}
                busy={preview.busy}
                onApply={(columns) => void check(file, columns)}
              />
              {preview.reply.added > 0 && (
                <div>
                  <Button kind="main" busy={take.busy} onClick={() => void doTake()}>
                    {w.take(preview.reply.added)}
                  </Button>
                </div>
              )}
            </>
          )}
          {take.reply && <Note tone="good">{w.taken(take.reply.added, take.reply.already)}</Note>}
        </div>
      </div>
    </Section>
  );
}
