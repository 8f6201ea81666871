// Where I am signed in; out here, or out everywhere.
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ReplyOf } from '../../shared/endpoint.ts';
import type { deleteSession, deleteSessions, getSessions } from '../../shared/people.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useEnter, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Mark } from '../ui/marks.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { accountWords } from '../words/account.ts';

type Row = ReplyOf<typeof getSessions>[number];

export function Devices() {
  const w = useWords(accountWords);
  const f = useFormats();
  const zone = useZone();
  const enter = useEnter();
  const [, go] = useLocation();
  const [asking, setAsking] = useState(false);
  const sessions = useRead<typeof getSessions>('/api/sessions', {});
  const out = useWrite<typeof deleteSession>('DELETE', '/api/session');
  const outEverywhere = useWrite<typeof deleteSessions>('DELETE', '/api/sessions');
  async function leave(): Promise<void> {
    const done = await out.run({});
    if (!done) return;
    // Signed in by the office's own account: out there too.
    if (done.reply.next !== null) return location.assign(done.reply.next);
    away();
  }
  async function leaveEverywhere(): Promise<void> {
    if (await outEverywhere.run({})) away();
  }
  function away(): void {
    go('/masuk', { replace: true });
    enter(null);
  }
  const when = (at: string): string => `${f.shortDayOf(at, zone)}, ${f.time(at, zone)}`;
  const columns: Column<Row>[] = [
    {
      key: 'device',
      head: w.cols.device,
      phone: 'title',
      cell: (row) => (
        <div className="row">
          <span className="place-name">{row.device}</span>
          {row.current && (
            <Mark shape="full" tone="good">
              {w.thisDevice}
            </Mark>
          )}
        </div>
      ),
    },
    { key: 'since', head: w.cols.since, cell: (row) => <span className="num">{when(row.since)}</span> },
    { key: 'seen', head: w.cols.seen, cell: (row) => <span className="num">{when(row.lastSeen)}</span> },
  ];
  return (
    <div className="stack">
      <Loaded from={sessions} skeleton={<Bones rows={2} />}>
        {(rows) => <Table caption={w.devices} columns={columns} rows={rows} rowKey={(row) => row.id} />}
      </Loaded>
      <div className="row">
        <Button busy={out.busy} onClick={() => void leave()}>
          {w.signOut}
        </Button>
        <Button kind="quiet" onClick={() => setAsking(true)}>
          {w.everywhere}
        </Button>
      </div>
      {out.failure && (
        <Note tone="alarm" alert>
          {out.failure.message}
        </Note>
      )}
      {asking && (
        <Ask
          title={w.everywhereTitle}
          text={w.everywhereText}
          yes={w.everywhereYes}
          busy={outEverywhere.busy}
          failure={outEverywhere.failure?.message}
          onYes={() => void leaveEverywhere()}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
