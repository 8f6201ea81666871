// What came of a press conference: a sentence, who watched and asked by outlet, what is owed, and the paper for whoever answers for it.
import Download from 'lucide-react/icons/download';
import type { Conference } from '../../../shared/press.ts';
import type { getThanks, postThanks } from '../../../shared/press-pages.ts';
import type { getPressReport, getPressReportPdf, PressReport, ReportOutlet } from '../../../shared/press-report.ts';
import { useRead, useWrite } from '../../platform/api.ts';
import { useDownload } from '../../platform/download.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Bones, Loaded, Note } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import { pressWords } from '../../words/press.ts';
import { pressReportWords } from '../../words/press-report.ts';
import { PressPart } from '../part.tsx';
import './report.css';

const OVER = new Set<Conference['state']>(['selesai', 'arsip']);

export default function ReportScreen({ id }: { id: string }) {
  return (
    <PressPart id={id} actions={(conference) => conference.liveAt !== null && <Pdf conference={conference} />}>
      {(conference) => <Report conference={conference} />}
    </PressPart>
  );
}

function Pdf({ conference: { id, slug } }: { conference: Conference }) {
  const w = useWords(pressReportWords);
  const pdf = useDownload<typeof getPressReportPdf>('/api/conferences/:id/report.pdf');
  return (
    <>
      <Button icon={<Download aria-hidden />} busy={pdf.busy} onClick={() => void pdf.fetch({ params: { id } }, `laporan-${slug}.pdf`)}>
        {w.pdf}
      </Button>
      {pdf.failure && (
        <Note tone="alarm" alert>
          {pdf.failure.message}
        </Note>
      )}
    </>
  );
}

function Report({ conference }: { conference: Conference }) {
  const w = useWords(pressReportWords);
  const begun = conference.liveAt !== null && Date.parse(conference.liveAt) <= Date.parse(conference.serverTime);
  const read = useRead<typeof getPressReport>('/api/conferences/:id/report', { params: { id: conference.id } }, { enabled: begun });
  if (!begun) return <Note tone="plain">{w.early}</Note>;
  return (
    <Loaded from={read} skeleton={<Bones rows={8} tall />}>
      {(report) => (
        <div className="stack">
          <Lead report={report} over={OVER.has(conference.state)} />
          <Outlets outlets={report.outlets} report={report} />
          <Owed report={report} leads={conference.youOperate || conference.youModerate} />
          <Crew report={report} />
          <Notes report={report} />
          {conference.youOperate && OVER.has(conference.state) && <ThankYou conference={conference} />}
        </div>
      )}
    </Loaded>
  );
}

function Lead({ report: { figures: n }, over }: { report: PressReport; over: boolean }) {
  const w = useWords(pressReportWords);
  return (
    <div className="report-lead">
      <p className="report-sentence">
        {w.lead({ watched: n.watched, outlets: n.outletsWatched, asked: n.asked, answered: n.answeredOrally + n.answeredInWriting })}
      </p>
      <p className="quiet">{w.others(n.viewers, n.files)}</p>
      {!over && <p className="quiet">{w.soFar}</p>}
    </div>
  );
}

const Count = ({ n }: { n: number }) => {
  const f = useFormats();
  return n === 0 ? <span className="quiet nothing">–</span> : <>{f.number(n)}</>;
};

function Outlets({ outlets, report }: { outlets: readonly ReportOutlet[]; report: PressReport }) {
  const w = useWords(pressReportWords);
  return (
    <Section title={w.outlets}>
      {outlets.length === 0 ? (
        <p className="quiet">{w.noOutlets}</p>
      ) : (
        <Table
          caption={w.outlets}
          rows={outlets}
          rowKey={(row) => row.outlet}
          columns={[
            { key: 'outlet', head: w.cols.outlet, phone: 'title', cell: (row) => <Outlet row={row} zone={report.conference.zone} /> },
            { key: 'minutes', head: w.cols.minutes, align: 'number', cell: (row) => <Count n={row.minutes} /> },
            { key: 'asked', head: w.cols.asked, align: 'number', cell: (row) => <Count n={row.asked} /> },
            { key: 'turns', head: w.cols.turns, align: 'number', cell: (row) => <Count n={row.turns} /> },
            { key: 'files', head: w.cols.files, align: 'number', cell: (row) => <Count n={row.files} /> },
          ]}
        />
      )}
    </Section>
  );
}

type Zone = Conference['zone'];
function useSpent(zone: Zone) {
  const w = useWords(pressReportWords);
  const f = useFormats();
  return ({ minutes, from, to }: { minutes: number; from: string | null; to: string | null }): string =>
    from === null || to === null ? w.noEvidence : `${f.span(from, to, zone)}, ${w.minutes(minutes)}`;
}

function Outlet({ row, zone }: { row: ReportOutlet; zone: Zone }) {
  const w = useWords(pressReportWords);
  const spent = useSpent(zone);
  return (
    <>
      <strong>{row.outlet}</strong>
      {row.journalists.length > 0 && (
        <ul className="report-people">
          {row.journalists.map((one) => (
            <li key={one.id}>
              {one.name} <span className="quiet">· {spent(one)}</span>
              {one.state !== 'diterima' && <span className="quiet"> · {w.notAccredited}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Owed({ report: { conference, questions, figures }, leads }: { report: PressReport; leads: boolean }) {
  const w = useWords(pressReportWords);
  const f = useFormats();
  const owed = questions.filter((q) => q.state === 'ditunda');
  if (owed.length === 0 && figures.open === 0) return null;
  return (
    <Section title={w.owed}>
      <ul className="report-list">
        {owed.map((q) => (
          <li key={q.id}>{w.owedLine(q.outlet, q.topic, q.dueOn === null ? '–' : f.date(q.dueOn))}</li>
        ))}
        {figures.open > 0 && <li>{w.open(figures.open)}</li>}
      </ul>
      {leads && (
        <p className="report-to">
          <ButtonLink to={`/konferensi/${conference.id}/pertanyaan`}>{w.toQuestions}</ButtonLink>
        </p>
      )}
    </Section>
  );
}

function Crew({ report: { crew, conference } }: { report: PressReport }) {
  const w = useWords(pressReportWords);
  const spent = useSpent(conference.zone);
  return (
    <Section title={w.crew}>
      <ul className="report-list">
        {crew.map((one) => (
          <li key={`${one.role} ${one.name}`}>
            <strong>{one.name}</strong> <span className="quiet">· {w.roles[one.role]}</span>
            {one.label !== null && <span className="quiet"> · {one.label}</span>}
            <br />
            <span className="quiet num">{spent(one)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Notes({ report: { waived, outages, conference } }: { report: PressReport }) {
  const w = useWords(pressReportWords);
  const checks = useWords(pressWords).checks;
  const f = useFormats();
  if (waived.length + outages.length === 0) return null;
  return (
    <Section title={w.notes}>
      <ul className="report-list">
        {waived.map((one) => (
          <li key={one.name}>{w.waived(checks[one.name], one.reason, one.byName)}</li>
        ))}
        {outages.map(({ from, to }) => (
          <li key={from}>{w.outage(f.time(from, conference.zone), to && f.time(to, conference.zone))}</li>
        ))}
      </ul>
    </Section>
  );
}

function ThankYou({ conference: { id, zone } }: { conference: Conference }) {
  const w = useWords(pressReportWords);
  const f = useFormats();
  const read = useRead<typeof getThanks>('/api/conferences/:id/thanks', { params: { id } });
  const thank = useWrite<typeof postThanks>('POST', '/api/conferences/:id/thanks', ['/api/conferences/:id/thanks']);
  return (
    <Section title={w.thanks}>
      <p className="section-note">{w.thanksText}</p>
      <Loaded from={read} skeleton={<Bones rows={1} />}>
        {({ letters, sentAt, mails }) =>
          !mails ? (
            <p>{w.thanksOff}</p>
          ) : sentAt === null ? (
            <Button busy={thank.busy} onClick={() => void thank.run({ params: { id } })}>
              {w.thank}
            </Button>
          ) : (
            <p>{w.thanked(letters, f.dayOf(sentAt, zone))}</p>
          )
        }
      </Loaded>
      {thank.failure && (
        <Note tone="alarm" alert>
          {thank.failure.message}
        </Note>
      )}
    </Section>
  );
}
