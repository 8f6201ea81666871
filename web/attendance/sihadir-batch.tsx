// One export: its rows with their state, what came back, one by one or as the file that came back.
import { useState } from 'react';
import type { ExportRow, getExportRows, postExportAgain, postExportRejection, postExportRejections, RowState } from '../../shared/sihadir.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Segmented, TextField } from '../ui/field.tsx';
import { Code, Mark, PlaceCard } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { commonWords } from '../words/common.ts';
import { sihadirWords } from '../words/sihadir.ts';

const CHANGED = ['/api/exports/:id', '/api/opds/:id/exports'];
const states = ['semua', 'siap', 'terkirim', 'ditolak', 'diperbaiki'] as const;
type Shown = (typeof states)[number];
/** Rows drawn at once; a press draws as many more. */
const PAGE = 50;

export function BatchRows({ batchId }: { batchId: string }) {
  const w = useWords(sihadirWords);
  const batch = useRead<typeof getExportRows>('/api/exports/:id', { params: { id: batchId } });
  const [shown, setShown] = useState<Shown>('semua');
  const [most, setMost] = useState(PAGE);
  const [saying, setSaying] = useState<{ row: ExportRow; what: 'reject' | 'again' }>();
  return (
    <Loaded from={batch} skeleton={<Bones rows={8} tall />}>
      {(value) => {
        const there = states.filter((state) => state === 'semua' || value.rows.some((row) => row.state === state));
        // What came back waits for somebody: first.
        const rows = value.rows
          .filter((row) => shown === 'semua' || row.state === shown)
          .toSorted((a, b) => Number(b.state === 'ditolak') - Number(a.state === 'ditolak') || a.no - b.no);
        const count = (state: Shown): number => value.rows.filter((row) => state === 'semua' || row.state === state).length;
        return (
          <Section title={w.batch(value.batch.serial)} note={value.opdName}>
            <div className="tools">
              <Segmented
                label={w.show}
                value={shown}
                onValue={setShown}
                choices={there.map((state) => ({ value: state, label: `${w.state[state]} (${count(state)})` }))}
              />
              {value.batch.sent && <UploadRejections batchId={batchId} />}
            </div>
            {rows.length === 0 ? (
              <Empty title={w.noneOfState} />
            ) : (
              <Rows
                rows={rows.slice(0, most)}
                sent={value.batch.sent !== null}
                onReject={(row) => setSaying({ row, what: 'reject' })}
                onAgain={(row) => setSaying({ row, what: 'again' })}
              />
            )}
            {rows.length > most && (
              <div className="row together">
                <Button onClick={() => setMost(most + PAGE)}>{w.showMore(Math.min(PAGE, rows.length - most), rows.length - most)}</Button>
              </div>
            )}
            <p className="quiet s section-note">
              {w.fingerprint}: <code>{value.batch.sha256}</code>
            </p>
            {saying && <SayOfRow batchId={batchId} {...saying} onClose={() => setSaying(undefined)} />}
          </Section>
        );
      }}
    </Loaded>
  );
}

type RowsProps = { rows: readonly ExportRow[]; sent: boolean; onReject: (row: ExportRow) => void; onAgain: (row: ExportRow) => void };
function Rows({ rows, sent, onReject, onAgain }: RowsProps) {
  const w = useWords(sihadirWords);
  const f = useFormats();
  const columns: Column<ExportRow>[] = [
    { key: 'name', head: w.cols.name, phone: 'title', cell: (row) => <PlaceCard name={row.name} more={row.nip} /> },
    { key: 'date', head: w.cols.date, phone: 'plain', cell: (row) => <span className="num">{f.date(row.date)}</span> },
    {
      key: 'code',
      head: w.cols.code,
      phone: 'plain',
      cell: (row) => (
        <span className="place">
          <Code code={row.code} />
          {row.note !== null && <span className="place-more">{row.note}</span>}
        </span>
      ),
    },
    { key: 'basis', head: w.cols.basis, phone: 'hide', cell: (row) => row.basis },
    { key: 'by', head: w.cols.confirmedBy, cell: (row) => row.confirmedBy },
    { key: 'state', head: w.cols.state, phone: 'plain', cell: (row) => <Standing row={row} /> },
    {
      key: 'do',
      head: '',
      phone: 'plain',
      cell: (row) =>
        row.state === 'ditolak' ? (
          <Button aria-label={w.sendAgainOf(row.name, f.date(row.date))} onClick={() => onAgain(row)}>
            {w.sendAgain}
          </Button>
        ) : (
          sent &&
          row.state === 'terkirim' && (
            <Button kind="quiet" aria-label={w.rejectOf(row.name, f.date(row.date))} onClick={() => onReject(row)}>
              {w.reject}
            </Button>
          )
        ),
    },
  ];
  return <Table caption={w.list} columns={columns} rows={rows} rowKey={(row) => row.id} />;
}

const looks = { siap: ['ring', 'accent'], terkirim: ['full', 'good'], ditolak: ['dash', 'alarm'], diperbaiki: ['half', 'wait'] } as const;
function Standing({ row }: { row: ExportRow }) {
  const w = useWords(sihadirWords);
  const state: RowState = row.state;
  const [shape, tone] = looks[state];
  return (
    <span className="place">
      <Mark shape={shape} tone={tone}>
        {w.state[state]}
      </Mark>
      {row.revision > 0 && <span className="place-more">{w.revision(row.revision)}</span>}
      {row.reason !== null && <span className="place-more">{row.reason}</span>}
      {row.again && <span className="place-more">{w.again}</span>}
      {row.replacedBy !== null && <span className="place-more">{w.replaced(row.replacedBy)}</span>}
    </span>
  );
}

function SayOfRow({ batchId, row, what, onClose }: { batchId: string; row: ExportRow; what: 'reject' | 'again'; onClose: () => void }) {
  const w = useWords(sihadirWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const [reason, setReason] = useState('');
  const reject = useWrite<typeof postExportRejection>('POST', '/api/exports/:id/rejections', CHANGED);
  const again = useWrite<typeof postExportAgain>('POST', '/api/exports/:id/again', CHANGED);
  const write = what === 'reject' ? reject : again;
  const field = fieldFailure(write.failure, 'reason');
  return (
    <Dialog title={what === 'reject' ? w.rejectTitle(row.name) : w.sendAgainTitle(row.name)} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void write.run({ params: { id: batchId }, body: { rowId: row.id, reason } }).then((done) => done && onClose());
        }}
      >
        <p className="row">
          <Code code={row.code} />
          <span>{f.day(row.date)}</span>
        </p>
        {what === 'again' && <p className="quiet s">{w.sendAgainText}</p>}
        <TextField
          label={what === 'reject' ? w.reason : w.againReason}
          hint={what === 'reject' ? w.reasonHint : undefined}
          error={field}
          value={reason}
          onValue={setReason}
          required
          minLength={3}
          maxLength={300}
          autoComplete="off"
        />
        {write.failure && field === undefined && (
          <Note tone="alarm" alert>
            {write.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="main" type="submit" busy={write.busy}>
            {what === 'reject' ? w.rejectYes : w.sendAgainYes}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function UploadRejections({ batchId }: { batchId: string }) {
  const w = useWords(sihadirWords);
  const send = useWrite<typeof postExportRejections>('POST', '/api/exports/:id/rejections.csv', CHANGED);
  async function take(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file) return;
    await send.run({ params: { id: batchId }, body: await file.text() });
    input.value = '';
  }
  return (
    <div className="stack-s">
      <Field label={w.upload} hint={w.uploadHint}>
        {(props) => <input {...props} type="file" accept=".csv,text/csv" disabled={send.busy} onChange={(event) => void take(event.currentTarget)} />}
      </Field>
      <div role="status">
        {send.reply && <Note tone="good">{w.uploaded(send.reply)}</Note>}
        {send.reply && send.reply.unknown.length > 0 && (
          <Note tone="wait">
            {w.unknown(send.reply.unknown.length)}
            <ul>
              {send.reply.unknown.map(({ line, why }) => (
                <li key={line}>{w.unknownLine(line, why)}</li>
              ))}
            </ul>
          </Note>
        )}
        {send.failure && (
          <Note tone="alarm" alert>
            {send.failure.message}
          </Note>
        )}
      </div>
    </div>
  );
}
