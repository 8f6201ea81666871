// Retensi: the schedule with today's dry run, legal holds, and what was destroyed. For BKD and the administrator.
import { useState } from 'react';
import Download from 'lucide-react/icons/download';
import type { getRetention, getRetentionCsv, Retention, RetentionClass } from '../../shared/privacy.ts';
import { useRead } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { holds, useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { commonWords } from '../words/common.ts';
import { privacyWords } from '../words/privacy.ts';
import { ClassForm } from './class-form.tsx';
import { useClassName } from './class-name.ts';
import { Destroyed } from './destroyed.tsx';
import { Holds } from './holds.tsx';
import { OfficerForm } from './officer-form.tsx';
import './privacy.css';

const COMMAND = 'npm run retention\nnpm run retention -- --destroy --by "Nama, jabatan" --basis "Nomor berita acara"';

export default function RetentionScreen() {
  const w = useWords(privacyWords);
  const c = useWords(commonWords);
  const me = useMe();
  const may = holds(me, 'bkd');
  const retention = useRead<typeof getRetention>('/api/retention', {}, { enabled: may });
  const csv = useDownload<typeof getRetentionCsv>('/api/retention.csv');
  if (!may) {
    return (
      <Page title={w.retention}>
        <Empty title={c.noRightTitle}>{c.noRightText}</Empty>
      </Page>
    );
  }
  return (
    <Page
      title={w.retention}
      under={w.retentionUnder}
      actions={
        <Button icon={<Download aria-hidden />} busy={csv.busy} onClick={() => void csv.fetch({}, 'retensi.csv')}>
          {w.csv}
        </Button>
      }
    >
      {csv.failure && (
        <Note tone="alarm" alert>
          {csv.failure.message}
        </Note>
      )}
      <Loaded from={retention} skeleton={<Bones rows={10} />}>
        {(now) => (
          <>
            <Section title={w.classes} note={w.classesNote}>
              <Classes now={now} />
              <p className="section-note">{w.howTo}</p>
              <pre className="command">{COMMAND}</pre>
            </Section>
            <Holds now={now} />
            <Section title={w.destroyed}>
              <Destroyed runs={now.destructions} />
            </Section>
            {holds(me) && (
              <Section title={w.officerTitle}>
                <OfficerForm key={now.officer ?? ''} officer={now.officer} />
              </Section>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Classes({ now }: { now: Retention }) {
  const w = useWords(privacyWords);
  const f = useFormats();
  const zone = useZone();
  const nameOf = useClassName();
  const [changing, setChanging] = useState<RetentionClass>();
  const columns: Column<RetentionClass>[] = [
    {
      key: 'name',
      head: w.classCols.name,
      phone: 'title',
      cell: (row) => (
        <span className="place">
          <span className="place-name">{nameOf(row)}</span>
          <span className="place-more">{row.basis}</span>
        </span>
      ),
    },
    {
      key: 'kept',
      head: w.classCols.kept,
      phone: 'plain',
      cell: (row) =>
        row.active ? (
          <Mark shape={row.action === 'musnah' ? 'full' : 'ring'} tone="quiet">
            {w.keptThen(row.months, w.action[row.action])}
          </Mark>
        ) : (
          <span className="quiet">{w.off}</span>
        ),
    },
    { key: 'past', head: w.classCols.past, align: 'number', cell: (row) => f.number(row.past) },
    { key: 'held', head: w.classCols.held, align: 'number', cell: (row) => f.number(row.held) },
    { key: 'due', head: w.classCols.due, align: 'number', cell: (row) => <strong>{f.number(row.due)}</strong> },
    { key: 'oldest', head: w.classCols.oldest, align: 'number', phone: 'hide', cell: (row) => row.oldest && f.date(row.oldest.slice(0, 10)) },
    {
      key: 'change',
      head: '',
      phone: 'plain',
      cell: (row) => (
        <Button kind="quiet" aria-label={w.changeClass(nameOf(row))} onClick={() => setChanging(row)}>
          {w.change}
        </Button>
      ),
    },
  ];
  return (
    <>
      <div className="schedule">
        <Table caption={`${w.classes}, ${f.dayOf(now.at, zone)}`} columns={columns} rows={now.classes} rowKey={(row) => row.key} />
      </div>
      {changing && <ClassForm now={changing} onClose={() => setChanging(undefined)} />}
    </>
  );
}
