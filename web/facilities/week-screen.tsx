// Kalender operator: a week by person and place. On a phone, day by day.
import { Link, useSearchParams } from 'wouter';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import type { getFacilityWeek, WeekEntry } from '../../shared/facilities.ts';
import type { ReplyOf } from '../../shared/endpoint.ts';
import { useRead } from '../platform/api.ts';
import { dayAfter, dayIn, useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { facilityWords } from '../words/facilities.ts';
import { FacilityTabs } from './facilities-screen.tsx';
import './facilities.css';

type Week = ReplyOf<typeof getFacilityWeek>;
type Row = { id: string; name: string; kind: string; entries: WeekEntry[] };

export default function WeekScreen() {
  const w = useWords(facilityWords);
  const f = useFormats();
  const zone = useZone();
  const [search, setSearch] = useSearchParams();
  const from = search.get('dari') ?? dayIn(zone);
  const week = useRead<typeof getFacilityWeek>('/api/facilities/week', { query: { from } }, { keepWhileAsking: true });
  const go = (days: number): void => setSearch({ dari: dayAfter(from, days) });
  return (
    <Page title={w.week} under={<p>{w.weekUnder}</p>}>
      <FacilityTabs />
      <div className="tools">
        <div className="row">
          <button type="button" className="btn btn-plain btn-icon" aria-label={w.before} onClick={() => go(-7)}>
            <ChevronLeft aria-hidden />
          </button>
          <strong aria-live="polite">
            {f.date(from)} – {f.date(dayAfter(from, 6))}
          </strong>
          <button type="button" className="btn btn-plain btn-icon" aria-label={w.after} onClick={() => go(7)}>
            <ChevronRight aria-hidden />
          </button>
        </div>
      </div>
      <Loaded from={week} skeleton={<Bones rows={6} tall />}>
        {(found) => <Grid week={found} />}
      </Loaded>
    </Page>
  );
}

function Grid({ week }: { week: Week }) {
  const w = useWords(facilityWords);
  const f = useFormats();
  const of = (id: string): WeekEntry[] => week.entries.filter((entry) => entry.given?.id === id);
  const waiting = week.entries.filter((entry) => entry.given === null);
  const rows: Row[] = [
    ...(waiting.length > 0 ? [{ id: '-', name: w.unnamed, kind: w.states.menunggu, entries: waiting }] : []),
    ...week.operators.map((one) => ({ ...one, kind: w.kinds.operator, entries: of(one.id) })),
    ...week.things.map(({ id, name, kind }) => ({ id, name, kind: w.kinds[kind], entries: of(id) })),
  ];
  const on = (row: Row, day: string): WeekEntry[] =>
    row.entries.filter((e) => dayIn(week.zone, new Date(e.startsAt)) <= day && dayIn(week.zone, new Date(Date.parse(e.endsAt) - 1)) >= day);
  const columns: Column<Row>[] = [
    {
      key: 'who',
      head: w.who,
      phone: 'title',
      cell: (row) => (
        <span className="place">
          <span className="place-name">{row.name}</span>
          <span className="place-position">{row.kind}</span>
        </span>
      ),
    },
    ...week.days.map((day): Column<Row> => ({
      key: day,
      head: `${f.weekday(day)} ${Number(day.slice(8))}`,
      cell: (row) => {
        const entries = on(row, day);
        return entries.length === 0 ? (
          <span className="facility-free">
            <span aria-hidden>·</span>
            <span className="sr-only">{w.free}</span>
          </span>
        ) : (
          <ul className="facility-day">
            {entries.map((entry) => (
              <li key={entry.itemId} data-state={entry.state}>
                <Link href={`/fasilitas?buka=${entry.requestId}`}>
                  <span className="num">{f.span(entry.startsAt, entry.endsAt, week.zone)}</span> {entry.title}
                </Link>
                {entry.given === null && <span className="quiet"> {w.kinds[entry.kind]}</span>}
              </li>
            ))}
          </ul>
        );
      },
    })),
  ];
  return (
    <div className="facility-week">
      {week.entries.length === 0 && <p className="quiet">{w.noEntries}</p>}
      <Table caption={w.week} columns={columns} rows={rows} rowKey={(row) => row.id} />
    </div>
  );
}
