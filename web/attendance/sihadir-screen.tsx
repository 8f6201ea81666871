// Ekspor: what of a month can go to SIHadir, the files made so far, and what became of them.
import { useState } from 'react';
import Download from 'lucide-react/icons/download';
import { Link, useSearchParams } from 'wouter';
import type { getOpds } from '../../shared/people.ts';
import type { ExportBatch, ExportMonth, getExportCsv, getExportMonth, getExportXlsx, postExport, postExportSent } from '../../shared/sihadir.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { mayExport, useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Mark } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { commonWords } from '../words/common.ts';
import { sihadirWords } from '../words/sihadir.ts';
import { PresenceTabs } from './presence-tabs.tsx';
import { MonthTools } from './recap-tools.tsx';
import { BatchRows } from './sihadir-batch.tsx';
import { CodesDialog } from './sihadir-codes.tsx';
import './attendance.css';
import './recap.css';
import './sihadir.css';

export default function SihadirScreen() {
  const a = useWords(attendanceWords);
  const c = useWords(commonWords);
  const me = useMe();
  return (
    <Page title={a.presence}>
      <PresenceTabs />
      {mayExport(me) ? <Exports /> : <Empty title={c.noRightTitle}>{c.noRightText}</Empty>}
    </Page>
  );
}

function Exports() {
  const w = useWords(sihadirWords);
  const me = useMe();
  const today = dayIn(useZone());
  const [search, setSearch] = useSearchParams();
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const mine = opds.value?.filter((unit) => unit.kind === 'opd' && me.managesOpds.includes(unit.id)) ?? [];
  const opdId = search.get('opd') ?? (me.opd && me.managesOpds.includes(me.opd.id) ? me.opd.id : mine[0]?.id);
  const month = /^20\d{2}-(0[1-9]|1[0-2])$/.exec(search.get('bulan') ?? '')?.[0] ?? today.slice(0, 7);
  const batchId = search.get('ekspor');
  const [codes, setCodes] = useState(false);
  const set = (more: Record<string, string>): void => setSearch({ ...(opdId !== undefined && { opd: opdId }), bulan: month, ...more }, { replace: true });
  const state = useRead<typeof getExportMonth>(
    '/api/opds/:id/exports',
    { params: { id: opdId ?? '' }, query: { month } },
    { enabled: opdId !== undefined && batchId === null },
  );
  if (batchId !== null)
    return (
      <>
        <div className="tools">
          <Button onClick={() => set({})}>{w.back}</Button>
        </div>
        <BatchRows batchId={batchId} />
      </>
    );
  return (
    <>
      <MonthTools
        opds={mine.map((unit) => ({ value: unit.id, label: unit.name }))}
        opdId={opdId}
        month={month}
        onOpd={(id) => set({ opd: id })}
        onMonth={(next) => set({ bulan: next })}
      >
        <Button onClick={() => setCodes(true)}>{w.codes}</Button>
      </MonthTools>
      <Loaded from={state} skeleton={<Bones rows={6} tall />}>
        {(value) => <MonthOf key={`${value.opdId}${value.month}`} state={value} onOpen={(id) => set({ ekspor: id })} />}
      </Loaded>
      {codes && <CodesDialog onClose={() => setCodes(false)} />}
    </>
  );
}

function MonthOf({ state, onOpen }: { state: ExportMonth; onOpen: (batchId: string) => void }) {
  const w = useWords(sihadirWords);
  const make = useWrite<typeof postExport>('POST', '/api/opds/:id/exports', ['/api/opds/:id/exports']);
  const { counts, batches } = state;
  const next = counts.fresh + counts.corrected;
  return (
    <>
      <Section title={w.title} note={state.opdName}>
        <p className="quiet s section-note">{w.under}</p>
        {counts.all === 0 ? (
          <Empty title={w.nothing} />
        ) : (
          <div className="stack-s">
            <p className="sum">{w.counts(counts)}</p>
            {counts.done > 0 && <p className="s">{w.done(counts.done, counts.all)}</p>}
            {counts.rejected > 0 && (
              <p className="s">
                <Mark shape="dash" tone="alarm">
                  {w.rejectedWait(counts.rejected)}
                </Mark>
              </p>
            )}
            {counts.missing > 0 && (
              <Note tone="wait">
                {w.missing(counts.missing)} <Link href={`/presensi/konfirmasi?opd=${state.opdId}&bulan=${state.month}`}>{w.toConfirm}</Link>
              </Note>
            )}
          </div>
        )}
        <div className="row together">
          {next > 0 && (
            <Button kind="main" busy={make.busy} onClick={() => void make.run({ params: { id: state.opdId }, body: { month: state.month } })}>
              {w.make(next)}
            </Button>
          )}
          <span role="status" className="s">
            {make.reply && make.reply.added > 0 && w.made(make.reply.serial, make.reply.added)}
          </span>
        </div>
        {make.failure && (
          <Note tone="alarm" alert>
            {make.failure.message}
          </Note>
        )}
      </Section>
      <Section title={w.batches}>
        {batches.length === 0 ? (
          <Empty title={w.noBatches} />
        ) : (
          batches.map((batch) => <Batch key={batch.id} batch={batch} month={state.month} onOpen={onOpen} />)
        )}
        {batches.length > 0 && <p className="quiet s section-note">{w.full}</p>}
      </Section>
    </>
  );
}

function Batch({ batch, month, onOpen }: { batch: ExportBatch; month: string; onOpen: (batchId: string) => void }) {
  const w = useWords(sihadirWords);
  const f = useFormats();
  const zone = useZone();
  const [asking, setAsking] = useState(false);
  const csv = useDownload<typeof getExportCsv>('/api/exports/:id/rows.csv');
  const xlsx = useDownload<typeof getExportXlsx>('/api/exports/:id/rows.xlsx');
  const send = useWrite<typeof postExportSent>('POST', '/api/exports/:id/sent', ['/api/opds/:id/exports', '/api/exports/:id']);
  const when = (at: string): string => `${f.date(dayIn(zone, new Date(at)))} ${f.time(at, zone)}`;
  const given = { params: { id: batch.id } };
  const name = `sihadir-${month}-${String(batch.serial).padStart(2, '0')}`;
  const files = [
    { format: 'CSV', from: csv, end: 'csv' },
    { format: 'XLSX', from: xlsx, end: 'xlsx' },
  ];
  const failure = csv.failure ?? xlsx.failure;
  const parts = [w.rows(batch.rows), batch.corrected > 0 && w.corrected(batch.corrected), batch.rejected > 0 && w.rejected(batch.rejected)];
  return (
    <article className="batch">
      <div>
        <h3>{w.batch(batch.serial)}</h3>
        <p className="s">{parts.filter(Boolean).join(', ')}</p>
        <p className="quiet s">{w.madeBy(batch.madeBy, when(batch.madeAt))}</p>
        <p className="s">
          {batch.sent ? (
            <Mark shape="full" tone="good">
              {w.sentBy(batch.sent.by, when(batch.sent.at))}
            </Mark>
          ) : (
            <Mark shape="ring" tone="wait">
              {w.notSent}
            </Mark>
          )}
        </p>
      </div>
      <div className="row">
        {files.map(({ format, from, end }) => (
          <Button
            key={format}
            icon={<Download aria-hidden />}
            busy={from.busy}
            aria-label={w.downloadAs(format, batch.serial)}
            onClick={() => void from.fetch(given, `${name}.${end}`)}
          >
            {format}
          </Button>
        ))}
        {!batch.sent && <Button onClick={() => setAsking(true)}>{w.send}</Button>}
        <Button kind="quiet" aria-label={w.openBatchOf(batch.serial)} onClick={() => onOpen(batch.id)}>
          {w.openBatch}
        </Button>
      </div>
      {failure && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
      {asking && (
        <Ask
          title={w.sendTitle(batch.serial)}
          text={w.sendText}
          yes={w.sendYes}
          alarm={false}
          busy={send.busy}
          failure={send.failure?.message}
          onYes={() => void send.run(given).then((done) => done && setAsking(false))}
          onClose={() => setAsking(false)}
        />
      )}
    </article>
  );
}
