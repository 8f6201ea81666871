// Gangguan: the register of outages by month, what should be looked at now, and the certificate to be signed.
import { useSearchParams } from 'wouter';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Download from 'lucide-react/icons/download';
import type { getOutages, getOutagesPdf, OutageRegister } from '../../shared/outages.ts';
import { useRead } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Mark } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { outageWords } from '../words/outages.ts';
import './outages.css';

type Row = OutageRegister['outages'][number];

/** `2026-12` after `2026-11`. */
function monthAfter(month: string, n: number): string {
  const at = new Date(`${month}-15T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + n);
  return at.toISOString().slice(0, 7);
}

export default function OutagesScreen() {
  const w = useWords(outageWords);
  const zone = useZone();
  const [search, setSearch] = useSearchParams();
  const month = search.get('bulan') ?? dayIn(zone).slice(0, 7);
  const register = useRead<typeof getOutages>('/api/outages', { query: { month } });
  const setMonth = (to: string): void => setSearch((before) => ({ ...Object.fromEntries(before), bulan: to }), { replace: true });
  return (
    <Page title={w.title} under={w.under}>
      {register.value && <Alarms register={register.value} />}
      <Section title={w.list}>
        <div className="tools">
          <Field label={w.month} className="short">
            {(props) => (
              <div className="with-button">
                <button type="button" className="btn btn-plain btn-icon" aria-label={w.before} onClick={() => setMonth(monthAfter(month, -1))}>
                  <ChevronLeft aria-hidden />
                </button>
                <input
                  {...props}
                  type="month"
                  value={month}
                  required
                  onChange={(event) => /^20\d\d-(0[1-9]|1[0-2])$/.test(event.target.value) && setMonth(event.target.value)}
                />
                <button type="button" className="btn btn-plain btn-icon" aria-label={w.after} onClick={() => setMonth(monthAfter(month, 1))}>
                  <ChevronRight aria-hidden />
                </button>
              </div>
            )}
          </Field>
        </div>
        <Loaded from={register} skeleton={<Bones rows={5} />}>
          {(value) => <Register register={value} />}
        </Loaded>
      </Section>
      <Section title={w.paper}>
        <Certificate month={month} />
      </Section>
    </Page>
  );
}

function Alarms({ register: { alarms, zone } }: { register: OutageRegister }) {
  const w = useWords(outageWords);
  const words: Partial<Record<string, (detail: string) => string>> = w.alarm;
  const f = useFormats();
  return (
    <Section title={w.alarms}>
      {alarms.length === 0 ? (
        <p className="outage-part">
          <Mark shape="full" tone="good">
            {w.noAlarms}
          </Mark>
        </p>
      ) : (
        <div className="stack outage-part">
          {alarms.map(({ what, since, detail }) => (
            <Note key={what} tone="alarm">
              {words[what]?.(detail) ?? w.otherAlarm(what, detail)}{' '}
              <span className="quiet">{w.since(`${f.shortDayOf(since, zone)}, ${f.time(since, zone)}`)}</span>
            </Note>
          ))}
        </div>
      )}
    </Section>
  );
}

function Register({ register: { outages, minutes, zone } }: { register: OutageRegister }) {
  const w = useWords(outageWords);
  const f = useFormats();
  if (outages.length === 0) return <Empty title={w.none}>{w.noneText}</Empty>;
  const when = (at: string): string => `${f.shortDayOf(at, zone)}, ${f.time(at, zone)}`;
  const columns: Column<Row>[] = [
    { key: 'what', head: w.cols.what, phone: 'title', cell: (row) => w.what[row.what] },
    { key: 'from', head: w.cols.from, cell: (row) => <span className="num">{when(row.from)}</span> },
    {
      key: 'to',
      head: w.cols.to,
      cell: (row) =>
        row.to === null ? (
          <Mark shape="half" tone="alarm">
            {w.still}
          </Mark>
        ) : (
          <span className="num">{when(row.to)}</span>
        ),
    },
    { key: 'minutes', head: w.cols.minutes, align: 'number', cell: (row) => f.number(row.minutes) },
    { key: 'meetings', head: w.cols.meetings, align: 'number', cell: (row) => f.number(row.meetings) },
  ];
  return (
    <>
      <p className="sum">{w.sum(outages.length, minutes)}</p>
      <Table caption={w.list} columns={columns} rows={outages} rowKey={(row) => `${row.what}${row.from}`} />
    </>
  );
}

function Certificate({ month }: { month: string }) {
  const w = useWords(outageWords);
  const pdf = useDownload<typeof getOutagesPdf>('/api/outages.pdf');
  return (
    <div className="stack outage-part">
      <p className="quiet">{w.paperText}</p>
      <div className="row">
        <Button icon={<Download aria-hidden />} busy={pdf.busy} onClick={() => void pdf.fetch({ query: { month } }, `surat-keterangan-gangguan-${month}.pdf`)}>
          {w.paperDo}
        </Button>
      </div>
      {pdf.failure && (
        <Note tone="alarm" alert>
          {pdf.failure.message}
        </Note>
      )}
    </div>
  );
}
