// Kalender: month, week, agenda; of oneself, an OPD, a room, the operators. Everything by mouse can be done by keyboard.
import { Suspense, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import CalendarPlus from 'lucide-react/icons/calendar-plus';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Rss from 'lucide-react/icons/rss';
import { piece } from '../platform/piece.ts';
import type { CalendarEntry, CalendarView, getCalendar, getCalendarChoices } from '../../shared/calendar.ts';
import { useRead } from '../platform/api.ts';
import { dayIn, useFormats, zoneName } from '../platform/format.ts';
import { mayCallMeeting, useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Segmented, SelectField } from '../ui/field.tsx';
import { MeetingTabs } from '../ui/meeting-tabs.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { calendarWords } from '../words/calendar.ts';
import { byDay, dayByKey, daysOf, isMovable, stepped, type Times, type View } from './days.ts';
import { DayList } from './entry.tsx';
import type { Sight } from './sight.ts';
import { useDrag } from './use-drag.ts';
import './calendar.css';
import './month.css';
import './week.css';

const Month = piece(() => import('./month.tsx'));
const Week = piece(() => import('./week.tsx'));
const Agenda = piece(() => import('./agenda.tsx'));
const EntryPanel = piece(() => import('./entry-panel.tsx'));
const FeedPart = piece(() => import('./feed-part.tsx'));
const MoveDialog = piece(() => import('./move-dialog.tsx'));
const VIEWS = ['bulan', 'pekan', 'agenda'] as const;
const PHONE = '(max-width: 44rem)';
/** Where a meeting is planned; `mulai`: the day one stands on. */
const planPath = (day: string): string => `/rapat/baru?mulai=${day}`;

export default function CalendarScreen() {
  const w = useWords(calendarWords);
  const zone = useZone();
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const today = dayIn(zone);
  const asked = search.get('hari') ?? '';
  const day = /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : today;
  const view: View = VIEWS.find((one) => one === search.get('lihat')) ?? (window.matchMedia(PHONE).matches ? 'agenda' : 'bulan');
  const of = search.get('dari') ?? 'saya';
  const days = daysOf(view, day);
  const [first = day, last = day] = [days[0], days.at(-1)];
  const read = useRead<typeof getCalendar>('/api/calendar', { query: { from: first, to: last, of } }, { keepWhileAsking: true });
  const set = (more: { lihat?: View; hari?: string; dari?: string }): void => setSearch({ lihat: view, hari: day, dari: of, ...more }, { replace: true });
  const [feed, setFeed] = useState(false);
  const plans = mayCallMeeting(me);
  return (
    <Page
      title={w.title}
      actions={
        plans && (
          <ButtonLink to={planPath(day)} kind="main" icon={<CalendarPlus aria-hidden />}>
            {w.plan}
          </ButtonLink>
        )
      }
    >
      <MeetingTabs />
      <Tools view={view} day={day} of={of} onSet={set} today={today} days={days} />
      <Loaded from={read} skeleton={<Bones rows={8} tall />}>
        {(value) => (
          <Sheet
            value={value}
            view={view}
            day={day}
            days={days}
            today={dayIn(value.zone, new Date(value.serverTime))}
            choose={(hari) => hari !== day && set({ hari })}
          />
        )}
      </Loaded>
      <div className="cal-end">
        <Button kind="quiet" icon={<Rss aria-hidden />} onClick={() => setFeed(true)}>
          {w.subscribe}
        </Button>
      </div>
      {feed && (
        <Dialog title={w.feed} onClose={() => setFeed(false)}>
          <Suspense fallback={<Bones rows={3} />}>
            <FeedPart />
          </Suspense>
        </Dialog>
      )}
    </Page>
  );
}

type ToolsProps = {
  view: View;
  day: string;
  of: string;
  today: string;
  days: readonly string[];
  onSet: (more: { lihat?: View; hari?: string; dari?: string }) => void;
};

function Tools({ view, day, of, today, days, onSet }: ToolsProps) {
  const w = useWords(calendarWords);
  const f = useFormats();
  const choices = useRead<typeof getCalendarChoices>('/api/calendar/choices', {}).value;
  const whose = [
    { value: 'saya', label: w.mine },
    ...(choices?.opds.map((opd) => ({ value: `opd:${opd.id}`, label: opd.name })) ?? []),
    ...(choices?.operator ? [{ value: 'operator', label: w.operators }] : []),
    ...(choices?.rooms.map((name) => ({ value: `ruang:${name}`, label: w.room(name) })) ?? []),
  ];
  // What an address names stays chosen while the list is on its way.
  if (!whose.some((one) => one.value === of))
    whose.push({ value: of, label: of.startsWith('ruang:') ? w.room(of.slice(6)) : of === 'operator' ? w.operators : 'OPD' });
  const range = view === 'bulan' ? f.month(day) : f.days(days[0] ?? day, days.at(-1) ?? day);
  return (
    <div className="cal-tools">
      <div className="cal-range">
        <Button
          kind="quiet"
          className="btn-icon"
          icon={<ChevronLeft aria-hidden />}
          aria-label={w.before[view]}
          onClick={() => onSet({ hari: stepped(view, day, -1) })}
        />
        <h2 aria-live="polite">{range}</h2>
        <Button
          kind="quiet"
          className="btn-icon"
          icon={<ChevronRight aria-hidden />}
          aria-label={w.after[view]}
          onClick={() => onSet({ hari: stepped(view, day, 1) })}
        />
        {/* Keeps its place where it leads nowhere: what one drags does not jump away when a day is chosen. */}
        <Button kind="quiet" style={{ visibility: day === today ? 'hidden' : undefined }} onClick={() => onSet({ hari: today })}>
          {w.today}
        </Button>
      </div>
      <Segmented label={w.view} value={view} onValue={(lihat) => onSet({ lihat })} choices={VIEWS.map((value) => ({ value, label: w.views[value] }))} />
      <SelectField label={w.whose} value={of} onValue={(dari) => onSet({ dari })} choices={whose} className="cal-whose" />
    </div>
  );
}

type SheetProps = { value: CalendarView; view: View; day: string; days: readonly string[]; today: string; choose: (day: string) => void };

function Sheet({ value, view, day, days, today, choose }: SheetProps) {
  const w = useWords(calendarWords);
  const f = useFormats();
  const [, go] = useLocation();
  const plans = mayCallMeeting(useMe());
  const { zone } = value;
  const [opened, setOpened] = useState<CalendarEntry>();
  const [openDay, setOpenDay] = useState<string>();
  const [moving, setMoving] = useState<{ entry: CalendarEntry; times: Times }>();
  const [said, setSaid] = useState('');
  const grid = useRef<HTMLDivElement>(null);
  const follow = useRef(false);
  const drag = useDrag(zone, (entry, times) => setMoving({ entry, times }));
  const entriesOf = byDay(value.entries, zone);
  const holidays = new Map(value.holidays.map((one) => [one.day, one.name]));
  const codes = new Map(value.codes.map((one) => [one.day, one.code]));
  const of = (one: string): readonly CalendarEntry[] => entriesOf.get(one) ?? [];
  const move = (entry: CalendarEntry): void => {
    if (!isMovable(entry)) return;
    setOpened(undefined);
    setOpenDay(undefined);
    setMoving({ entry, times: entry });
  };

  // By arrows the focus goes with the day, over the edge of a month too.
  useEffect(() => {
    if (!follow.current) return;
    follow.current = false;
    grid.current?.querySelector<HTMLElement>(`[role='gridcell'][data-day='${day}']`)?.focus();
  }, [day]);
  useShortcuts(plans, { n: () => go(planPath(day)) });

  function onKey(event: KeyboardEvent<HTMLElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = (event.target as HTMLElement).getAttribute('role') === 'gridcell';
    if (event.key === 'Enter' && cell) {
      event.preventDefault();
      const [only, ...more] = of(day);
      if (only && more.length === 0) setOpened(only);
      else if (only) setOpenDay(day);
      return;
    }
    const next = dayByKey(event.key, day);
    if (next === undefined) return;
    event.preventDefault();
    follow.current = true;
    choose(next);
  }

  const sight: Sight = {
    zone,
    serverTime: value.serverTime,
    days,
    day,
    today,
    of,
    holiday: (one) => holidays.get(one),
    code: (one) => codes.get(one),
    ghost: drag.ghost,
    choose,
    open: setOpened,
    openDay: setOpenDay,
    move,
    grab: drag.grab,
    onKey,
  };
  return (
    <div className="cal" ref={grid} data-dragging={drag.ghost !== undefined || undefined}>
      <p className="cal-said" role="status">
        {said}
      </p>
      <Suspense fallback={<Bones rows={8} tall />}>
        {view === 'bulan' && <Month sight={sight} />}
        {view === 'pekan' && <Week sight={sight} />}
        {view === 'agenda' && <Agenda sight={sight} />}
      </Suspense>
      {view === 'bulan' && (
        <section className="cal-below" aria-label={f.day(day)}>
          <h3>{f.day(day)}</h3>
          {of(day).length === 0 ? <p className="cal-nothing">{w.nothingOf}</p> : <DayList entries={of(day)} zone={zone} onOpen={setOpened} onMove={move} />}
        </section>
      )}
      <p className="cal-foot">
        {w.zoneNote(zoneName(zone))}. {w.legend} <span className="cal-keys">{w.keys}</span>
      </p>
      {openDay !== undefined && (
        <Dialog title={f.day(openDay)} onClose={() => setOpenDay(undefined)}>
          <DayList entries={of(openDay)} zone={zone} onOpen={setOpened} onMove={move} />
        </Dialog>
      )}
      <Suspense>{opened && <EntryPanel entry={opened} zone={zone} onClose={() => setOpened(undefined)} onMove={() => move(opened)} />}</Suspense>
      {moving && (
        <Suspense>
          <MoveDialog
            entry={moving.entry}
            times={moving.times}
            zone={zone}
            onClose={() => setMoving(undefined)}
            onDone={(words) => {
              setMoving(undefined);
              setSaid(words);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
