// Sistem: for operators. What is wrong stands first, in words, with what to do; what runs stands below.
import { useEffect, useEffectEvent, type ReactNode } from 'react';
import type { getHealth } from '../../shared/health.ts';
import type { getSystem, System } from '../../shared/system.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Mark } from '../ui/marks.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { systemWords } from '../words/system.ts';
import './system.css';

const ASK_EVERY_MS = 10_000;
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

type Process = System['processes'][number];

export default function SystemScreen() {
  const w = useWords(systemWords);
  const system = useRead<typeof getSystem>('/api/system', {});
  // Answered also while every connection to the database is taken, when the figures are not.
  const health = useRead<typeof getHealth>('/healthz', { query: {} });
  const ask = useEffectEvent(() => {
    system.again();
    health.again();
  });
  useEffect(() => {
    const timer = window.setInterval(() => document.visibilityState === 'visible' && ask(), ASK_EVERY_MS);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <Page title={w.title} under={w.under}>
      {system.failure?.code === 'portal.unavailable' && (
        <Note tone="alarm" alert>
          {w.databaseAway}
        </Note>
      )}
      {health.value?.alarms.includes('pool') === true && (
        <Note tone="alarm" alert>
          <strong>{w.poolExhausted}</strong> {w.todo.pool}
        </Note>
      )}
      <Loaded from={system} skeleton={<Bones rows={8} />}>
        {(now) => (
          <>
            <Findings system={now} />
            <Processes processes={now.processes} />
            <Section title={w.parts}>
              <Parts system={now} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Findings({ system: { at, findings } }: { system: System }) {
  const w = useWords(systemWords);
  const f = useFormats();
  const zone = useZone();
  return (
    <Section title={w.wrong}>
      <div className="stack system-part">
        {findings.length === 0 && (
          <p>
            <Mark shape="full" tone="good">
              {w.well}
            </Mark>
          </p>
        )}
        {findings.map(({ what, weight, detail }) => (
          <Note key={what} tone={weight === 'alarm' ? 'alarm' : 'wait'}>
            <strong>{w.finding[what](detail)}</strong> {w.todo[what]}
          </Note>
        ))}
        <p className="quiet num">{w.asOf(f.time(at, zone))}</p>
      </div>
    </Section>
  );
}

function Processes({ processes }: { processes: readonly Process[] }) {
  const w = useWords(systemWords);
  const when = useWhen();
  const columns: Column<Process>[] = [
    { key: 'version', head: w.cols.version, phone: 'title', cell: (row) => <span className="num">{row.version ?? w.unknown}</span> },
    { key: 'since', head: w.cols.since, cell: (row) => <span className="num">{row.startedAt === null ? w.unknown : when(row.startedAt)}</span> },
    { key: 'here', head: w.cols.here, cell: (row) => (row.here ? w.here : w.other) },
  ];
  return (
    <Section title={w.processes}>
      <Table caption={w.processes} columns={columns} rows={processes} rowKey={(row) => `${row.startedAt}${row.here}`} />
    </Section>
  );
}

function Parts({ system }: { system: System }) {
  const w = useWords(systemWords);
  const f = useFormats();
  const when = useWhen();
  const { media, database, disk, mail, notices, jobs, backupAt, certificateEndsAt, here } = system;
  const size = (bytes: number): string => {
    const unit = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
    return `${f.number(Number((bytes / 1024 ** unit).toPrecision(3)))} ${UNITS[unit]}`;
  };
  /** Never `-0`. */
  const tenths = (seconds: number): string => f.number(Math.round(seconds * 10) / 10 || 0);
  const waiting = jobs.filter((job) => job.waiting + job.failing + job.givenUp > 0);
  return (
    <dl className="facts">
      <Fact name={w.media}>
        {w.mediaState[media.state]}
        {media.aheadSeconds !== null && `, ${w.ahead(tenths(media.aheadSeconds))}`}
      </Fact>
      <Fact name={w.database}>
        {w.databaseSays(database.version, size(database.bytes), f.number(database.connections), f.number(database.mostConnections))},{' '}
        {w.ahead(tenths(database.aheadSeconds))}
      </Fact>
      <Fact name={w.standby}>
        {database.standbys.length === 0 && w.noStandby}
        {database.standbys.map(({ state, sync, lagSeconds }) => w.standbySays(state, sync, lagSeconds === null ? null : tenths(lagSeconds))).join('; ')}
      </Fact>
      {disk && <Fact name={w.disk}>{w.diskSays(size(disk.freeBytes), size(disk.bytes))}</Fact>}
      <Fact name={w.mail}>{mail.on ? w.mailSays(mail.waiting, mail.failedToday) : w.mailOff}</Fact>
      <Fact name={w.scanner}>{w.scannerState[system.scanner]}</Fact>
      <Fact name={w.notices}>{w.noticesSay(notices.waiting)}</Fact>
      <Fact name={w.jobs}>
        {waiting.length === 0 && w.noJobs}
        {waiting.map((job) => w.job(job.kind, job.waiting, job.failing, job.givenUp)).join('; ')}
      </Fact>
      <Fact name={w.backup}>{backupAt === null ? w.noBackup : when(backupAt)}</Fact>
      <Fact name={w.certificate}>{certificateEndsAt === null ? w.noCertificate : when(certificateEndsAt)}</Fact>
      <Fact name={w.process}>
        {w.processSays(here.node, size(here.memoryBytes), here.sockets, here.passages, f.number(Math.round(here.loopSeconds * 1000)))}
      </Fact>
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function useWhen(): (at: string) => string {
  const f = useFormats();
  const zone = useZone();
  return (at) => `${f.shortDayOf(at, zone)}, ${f.time(at, zone)}`;
}
