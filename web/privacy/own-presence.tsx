// The own meetings, days and corrections.
import { useState } from 'react';
import type { MyData } from '../../shared/privacy.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Code, Mark, type MarkShape, type Tone } from '../ui/marks.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { commonWords } from '../words/common.ts';
import { privacyWords } from '../words/privacy.ts';

type Meeting = MyData['meetings'][number];
type Day = MyData['days'][number];
type Correction = MyData['corrections'][number];

const FIRST_DAYS = 14;
const looks: Record<Day['mark'], [MarkShape, Tone]> = {
  hadir_wfh: ['full', 'good'],
  belum_ada_bukti: ['dots', 'quiet'],
  gangguan_sistem: ['half', 'wait'],
  tidak_dinilai: ['dash', 'quiet'],
};

export function OwnMeetings({ data: { meetings, zone } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const f = useFormats();
  if (meetings.length === 0) return <p className="section-note">{w.noMeetings}</p>;
  const columns: Column<Meeting>[] = [
    { key: 'title', head: w.meetingCols.title, phone: 'title', cell: (row) => <Held of={row} /> },
    {
      key: 'when',
      head: w.meetingCols.when,
      phone: 'plain',
      cell: (row) => (
        <ul className="plain-list">
          {row.intervals.map((i) => (
            <li key={i.from}>
              <span className="num">
                {f.shortDayOf(i.from, zone)}, {f.clock(i.from, zone)}–{i.to === null ? w.insideNow : f.time(i.to, zone)}
              </span>
              <small className="quiet">
                {' '}
                {w.confidence[i.confidence]}: {i.sources.map((source) => w.source[source]).join(', ')}
              </small>
            </li>
          ))}
        </ul>
      ),
    },
    { key: 'minutes', head: w.meetingCols.minutes, align: 'number', cell: (row) => f.number(row.minutes) },
  ];
  return <Table caption={w.meetings} columns={columns} rows={meetings} rowKey={(row) => row.meetingId} />;
}

function Held({ of: { title, conference } }: { of: Meeting }) {
  const w = useWords(privacyWords);
  return (
    <>
      <span className="place-name">{title}</span>
      {conference && <small className="quiet"> {w.conference}</small>}
    </>
  );
}

export function OwnDays({ data: { days, zone } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const [all, setAll] = useState(false);
  if (days.length === 0) return <p className="section-note">{w.noDays}</p>;
  const columns: Column<Day>[] = [
    { key: 'date', head: w.dayCols.date, phone: 'title', cell: (row) => <span className="num">{f.date(row.date)}</span> },
    { key: 'code', head: w.dayCols.code, phone: 'plain', cell: (row) => <Code code={row.code} title={row.code === null ? undefined : c.codes[row.code]} /> },
    {
      key: 'mark',
      head: w.dayCols.mark,
      phone: 'plain',
      cell: (row) => (
        <>
          <Mark shape={looks[row.mark][0]} tone={looks[row.mark][1]}>
            {w.mark[row.mark]}
          </Mark>{' '}
          <small className="quiet">{[row.outage && w.outage, row.corrected && w.corrected, row.objected && w.objected].filter(Boolean).join(', ')}</small>
        </>
      ),
    },
    {
      key: 'confirmed',
      head: w.dayCols.confirmed,
      phone: 'plain',
      cell: (row) =>
        row.confirmed ? (
          <>
            {w.confirmedBy(w.outcome[row.confirmed.outcome], row.confirmed.by)} <small className="quiet num">{f.shortDayOf(row.confirmed.at, zone)}</small>
            {row.confirmed.reason !== null && <small className="quiet"> {row.confirmed.reason}</small>}
          </>
        ) : (
          <span className="quiet">{w.notConfirmed}</span>
        ),
    },
  ];
  const shown = all ? days : days.slice(0, FIRST_DAYS);
  return (
    <div className="stack">
      <Table caption={w.days} columns={columns} rows={shown} rowKey={(row) => row.date} />
      {shown.length < days.length && (
        <div>
          <Button kind="quiet" onClick={() => setAll(true)}>
            {w.moreDays(days.length - shown.length)}
          </Button>
        </div>
      )}
    </div>
  );
}

export function OwnCorrections({ data: { corrections, zone } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const f = useFormats();
  if (corrections.length === 0) return <p className="section-note">{w.noCorrections}</p>;
  const columns: Column<Correction>[] = [
    { key: 'date', head: w.correctionCols.date, phone: 'title', cell: (row) => <span className="num">{f.date(row.date)}</span> },
    {
      key: 'reason',
      head: w.correctionCols.reason,
      phone: 'plain',
      cell: (row) => (
        <>
          {row.meeting?.title}
          {row.meeting && <br />}
          {row.reason}
        </>
      ),
    },
    {
      key: 'decision',
      head: w.correctionCols.decision,
      phone: 'plain',
      cell: (row) =>
        row.decision ? (
          <>
            {w.decidedBy(w.state[row.state], row.decision.by)} <small className="quiet num">{f.shortDayOf(row.decision.at, zone)}</small>
            {row.decision.reason !== null && <small className="quiet"> {row.decision.reason}</small>}
          </>
        ) : (
          <Mark shape="half" tone="wait">
            {w.state[row.state]}
          </Mark>
        ),
    },
  ];
  return <Table caption={w.corrections} columns={columns} rows={corrections} rowKey={(row) => row.id} />;
}
