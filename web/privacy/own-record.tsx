// Who looked, what was exported, which notices were read, from which devices one signed in, and how long all of it is kept.
import { useState } from 'react';
import { lookText } from '../../shared/look-words.ts';
import type { getNotice } from '../../shared/notices.ts';
import type { Look, MyData } from '../../shared/privacy.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useLanguage, useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Code, Mark, PlaceCard } from '../ui/marks.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { privacyWords } from '../words/privacy.ts';
import { useClassName } from './class-name.ts';

type Of<K extends 'calls' | 'said' | 'exports' | 'notices' | 'sessions' | 'kept'> = MyData[K][number];

export function Looks({ data: { looks, regionLooks, zone } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const language = useLanguage();
  const f = useFormats();
  const columns: Column<Look>[] = [
    { key: 'by', head: w.lookCols.by, phone: 'title', cell: (row) => <span className="place-name">{row.by ?? w.portalItself}</span> },
    {
      key: 'what',
      head: w.lookCols.what,
      phone: 'plain',
      cell: (row) => (
        <>
          {lookText(row.what, language)}{' '}
          {row.taken && (
            <Mark shape="full" tone="wait">
              {w.taken}
            </Mark>
          )}
        </>
      ),
    },
    { key: 'about', head: w.lookCols.about, phone: 'plain', cell: (row) => <span className="quiet">{row.about}</span> },
    {
      key: 'at',
      head: w.lookCols.at,
      phone: 'plain',
      cell: (row) => (
        <span className="num quiet">
          {f.shortDayOf(row.at, zone)}, {f.time(row.at, zone)}
        </span>
      ),
    },
  ];
  return (
    <div className="stack">
      {looks.length === 0 ? (
        <p className="section-note">{w.noLooks}</p>
      ) : (
        <Table caption={w.looks} columns={columns} rows={looks} rowKey={(row) => `${row.at} ${row.by ?? ''} ${row.what} ${row.about ?? ''}`} />
      )}
      {regionLooks > 0 && <p className="section-note">{w.looksNote(regionLooks)}</p>}
    </div>
  );
}

export function Calls({ data: { calls, zone } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const f = useFormats();
  if (calls.length === 0) return <p className="section-note">{w.noCalls}</p>;
  const columns: Column<Of<'calls'>>[] = [
    {
      key: 'subject',
      head: w.callCols.subject,
      phone: 'title',
      cell: (row) => <PlaceCard name={row.subject} position={row.youAs.length > 0 ? w.calledBy(row.callerName, row.callerAs) : w.calledByYou} />,
    },
    { key: 'as', head: w.callCols.as, phone: 'plain', cell: (row) => <span className="quiet">{row.youAs.join(', ')}</span> },
    {
      key: 'answer',
      head: w.callCols.answer,
      phone: 'plain',
      cell: (row) =>
        row.state && (
          <>
            {w.callState[row.state]}
            {row.reason !== null && `: ${row.reason}`}{' '}
            <small className="quiet">
              {w.rings(
                row.rounds,
                row.channels.map((c) => w.channel[c]),
              )}
            </small>
          </>
        ),
    },
    {
      key: 'at',
      head: w.callCols.at,
      phone: 'plain',
      cell: (row) => (
        <span className="num quiet">
          {f.shortDayOf(row.placedAt, zone)}, {f.time(row.placedAt, zone)}
        </span>
      ),
    },
  ];
  return <Table caption={w.calls} columns={columns} rows={calls} rowKey={(row) => row.callId} />;
}

const SHOWN = 50;
export function Said({ data: { said, zone } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const language = useLanguage();
  const f = useFormats();
  const [all, setAll] = useState(false);
  if (said.length === 0) return <p className="section-note">{w.noSaid}</p>;
  const columns: Column<Of<'said'> & { n: number }>[] = [
    {
      key: 'what',
      head: w.saidCols.what,
      phone: 'title',
      cell: (row) => <PlaceCard name={row.words[language]} position={row.detail ?? undefined} />,
    },
    { key: 'kind', head: w.saidCols.kind, phone: 'plain', cell: (row) => <span className="quiet">{w.saidKind[row.kind]}</span> },
    { key: 'meeting', head: w.saidCols.meeting, phone: 'plain', cell: (row) => row.meeting },
    {
      key: 'at',
      head: w.saidCols.at,
      phone: 'plain',
      cell: (row) => (
        <span className="num quiet">
          {f.shortDayOf(row.at, zone)}, {f.time(row.at, zone)}
        </span>
      ),
    },
  ];
  const rows = (all ? said : said.slice(0, SHOWN)).map((row, n) => ({ ...row, n }));
  return (
    <div className="stack">
      <Table caption={w.said} columns={columns} rows={rows} rowKey={(row) => `${row.at} ${row.kind} ${row.n}`} />
      {rows.length < said.length && (
        <Button kind="quiet" onClick={() => setAll(true)}>
          {w.saidAll(said.length)}
        </Button>
      )}
    </div>
  );
}

export function Exports({ data: { exports } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const f = useFormats();
  if (exports.length === 0) return <p className="section-note">{w.noExports}</p>;
  const columns: Column<Of<'exports'>>[] = [
    { key: 'date', head: w.exportCols.date, phone: 'title', cell: (row) => <span className="num">{f.date(row.date)}</span> },
    { key: 'code', head: w.exportCols.code, phone: 'plain', cell: (row) => <Code code={row.code} /> },
    { key: 'file', head: w.exportCols.file, phone: 'plain', cell: (row) => w.exportFile(row.opdName ?? '–', row.month, row.serial) },
    {
      key: 'state',
      head: w.exportCols.state,
      phone: 'plain',
      cell: (row) => (
        <>
          {w.exportState[row.state]}
          {row.reason !== null && `: ${row.reason}`} <small className="quiet">{row.madeBy}</small>
        </>
      ),
    },
  ];
  return <Table caption={w.exports} columns={columns} rows={exports} rowKey={(row) => `${row.date} ${row.month} ${row.serial} ${row.madeAt}`} />;
}

export function Notices({ data: { notices, zone } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const f = useFormats();
  const [open, setOpen] = useState<number>();
  if (notices.length === 0) return <p className="section-note">{w.noNotices}</p>;
  const columns: Column<Of<'notices'>>[] = [
    { key: 'version', head: w.noticeCols.version, phone: 'title', cell: (row) => `v${row.version} (${row.language})` },
    {
      key: 'at',
      head: w.noticeCols.at,
      cell: (row) => (
        <span className="num">
          {f.shortDayOf(row.at, zone)}, {f.time(row.at, zone)}
        </span>
      ),
    },
    { key: 'text', head: w.noticeCols.text, cell: (row) => <code className="fingerprint">{row.sha256.slice(0, 16)}…</code> },
    {
      key: 'read',
      head: '',
      phone: 'plain',
      cell: (row) => (
        <Button kind="quiet" aria-label={`${w.read} v${row.version}`} onClick={() => setOpen(row.version)}>
          {w.read}
        </Button>
      ),
    },
  ];
  return (
    <>
      <Table caption={w.notices} columns={columns} rows={notices} rowKey={(row) => String(row.version)} />
      {open !== undefined && <NoticeText version={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function NoticeText({ version, onClose }: { version: number; onClose: () => void }) {
  const w = useWords(privacyWords);
  const language = useLanguage();
  const notice = useRead<typeof getNotice>('/api/notices/:version', { params: { version } });
  return (
    <Dialog title={notice.value?.[language].title ?? w.notices} onClose={onClose}>
      <Loaded from={notice} skeleton={<Bones rows={6} />}>
        {(both) => (
          <dl className="facts">
            {both[language].points.map(({ label, text }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        )}
      </Loaded>
    </Dialog>
  );
}

export function Devices({ data: { sessions, zone } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const f = useFormats();
  const when = (at: string) => (
    <span className="num">
      {f.shortDayOf(at, zone)}, {f.time(at, zone)}
    </span>
  );
  const columns: Column<Of<'sessions'>>[] = [
    {
      key: 'device',
      head: w.deviceCols.device,
      phone: 'title',
      cell: (row) => (
        <>
          {row.device}{' '}
          {row.current && (
            <Mark shape="full" tone="good">
              {w.here}
            </Mark>
          )}
        </>
      ),
    },
    { key: 'since', head: w.deviceCols.since, cell: (row) => when(row.since) },
    { key: 'seen', head: w.deviceCols.seen, cell: (row) => when(row.lastSeen) },
  ];
  return <Table caption={w.devices} columns={columns} rows={sessions} rowKey={(row) => row.since} />;
}

/** Names and days only; what they are made of stays with the portal and the devices. */
export function WaysIn({ data: { factors, officeAccounts, zone } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const f = useFormats();
  const when = (at: string | null) => (at === null ? '–' : `${f.shortDayOf(at, zone)}, ${f.time(at, zone)}`);
  const rows = [
    ...(factors.totp ? [{ way: w.wayApp, since: factors.totp.since, used: null }] : []),
    ...factors.passkeys.map((key) => ({ way: w.wayPasskey(key.name), since: key.madeAt, used: key.usedAt })),
    ...(factors.recoveryLeft > 0 ? [{ way: w.wayRecovery(factors.recoveryLeft), since: null, used: null }] : []),
    ...officeAccounts.map(({ issuer, subject, since }) => ({ way: w.wayOffice(subject, issuer), since, used: null })),
  ];
  if (rows.length === 0) return <p className="section-note">{w.waysNone}</p>;
  const columns: Column<(typeof rows)[number]>[] = [
    { key: 'way', head: w.wayCols.way, phone: 'title', cell: (row) => <span className="place-name">{row.way}</span> },
    { key: 'since', head: w.wayCols.since, cell: (row) => <span className="num">{when(row.since)}</span> },
    { key: 'used', head: w.wayCols.used, cell: (row) => <span className="num">{when(row.used)}</span> },
  ];
  return <Table caption={w.waysIn} columns={columns} rows={rows} rowKey={(row) => `${row.way} ${row.since}`} />;
}

export function Kept({ data: { kept } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const nameOf = useClassName();
  const columns: Column<Of<'kept'>>[] = [
    { key: 'name', head: w.keptCols.name, phone: 'title', cell: nameOf },
    { key: 'months', head: w.keptCols.months, align: 'number', cell: (row) => row.months },
    { key: 'basis', head: w.keptCols.basis, phone: 'plain', cell: (row) => <span className="quiet s">{row.basis}</span> },
  ];
  return <Table caption={w.kept} columns={columns} rows={kept} rowKey={(row) => row.key} />;
}
