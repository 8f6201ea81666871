// The month: people × days. Only the rows in sight are drawn; one cell has the focus, keys and the pointer move it.
import { memo, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type PointerEvent } from 'react';
import { flushSync } from 'react-dom';
import { isOverridden, violationText, type PersonCount, type UnitDay } from '../../shared/rota-rules.ts';
import type { Override, PlanDay, PlanPerson, PlanSheet, Violation } from '../../shared/rota.ts';
import { useFormats } from '../platform/format.ts';
import { useLanguage, useWords } from '../platform/words.ts';
import { commonWords } from '../words/common.ts';
import { rotaWords } from '../words/rota.ts';
import type { Board, Cell } from './board.ts';
import { cellText, LETTERS, readTable, SET_BY_HAND, tableText } from './cells-text.ts';
import { at, boxOf, copyOf, fillDown, fillRight, isOne, moved, pasted, setAll, type Span } from './span.ts';
import './grid.css';

const ROW = 32;
const AROUND = 8;
const OVERVIEW = 1_200;
const PAPER = 1_000_000;

export type Preview = ReadonlyMap<string, Cell>;
type Row = { is: 'unit'; id: string; name: string } | { is: 'person'; place: number; row: number };
type Props = {
  board: Board;
  today: string;
  overrides: readonly Override[];
  preview: Preview | null;
  span: Span;
  onSpan: (span: Span) => void;
  /** Places of people in the order they are shown. */
  order: readonly number[];
  rows: readonly Row[];
  /** Set to bring the focus into the grid. */
  call: number;
};

/** Units as in the tree, in each those who belong to it. */
export function rowsOf({ units, people }: PlanSheet): { rows: Row[]; order: number[] } {
  const order: number[] = [];
  const rows = units.flatMap(({ id, name }): Row[] => {
    const own = people.flatMap((person, place) => (person.unitId === id ? [place] : []));
    if (own.length === 0) return [];
    return [{ is: 'unit', id, name }, ...own.map((place): Row => ({ is: 'person', place, row: order.push(place) - 1 }))];
  });
  return { rows, order };
}

export function Grid({ board, today, overrides, preview, span, onSpan, order, rows, call }: Props) {
  const w = useWords(rotaWords);
  const f = useFormats();
  const state = useSyncExternalStore(board.subscribe, board.state);
  const { sheet, cells, counters, violations } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(640);
  const box = boxOf(span);
  const active = span.to;
  const rowAt = useMemo(() => new Map(rows.flatMap((row, n) => (row.is === 'person' ? [[row.row, n] as const] : []))), [rows]);
  const size = { rows: order.length, days: sheet.days.length };
  const broken = useMemo(() => places(violations, overrides), [violations, overrides]);
  const isHeld = useRef(false);
  const dragging = useRef(false);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setHeight(element.clientHeight));
    watch.observe(element);
    // On paper there is no window to look through.
    const whole = (): void => flushSync(() => setHeight(PAPER));
    const again = (): void => setHeight(element.clientHeight);
    window.addEventListener('beforeprint', whole);
    window.addEventListener('afterprint', again);
    return () => {
      watch.disconnect();
      window.removeEventListener('beforeprint', whole);
      window.removeEventListener('afterprint', again);
    };
  }, []);

  const shown = rowAt.get(active.row) ?? 0;
  const bring = useEffectEvent(() => {
    const element = scroller.current;
    if (!element) return;
    const [above, below] = [shown * ROW, (shown + 1) * ROW];
    const room = element.clientHeight - ROW * 4;
    if (above < element.scrollTop) element.scrollTop = above;
    else if (below > element.scrollTop + room) element.scrollTop = below - room;
    const cell = activeIn(element);
    if (isHeld.current) cell?.focus({ preventScroll: true });
    if (cell && !dragging.current) bringSideways(element, cell);
  });
  useLayoutEffect(() => bring(), [active.row, active.day]);
  const begins = useEffectEvent(() => {
    isHeld.current = true;
    bring();
  });
  useEffect(() => {
    if (call > 0) begins();
  }, [call]);

  const grid = { order, cells };
  const setCode = (to: Cell): void => board.edit(setAll(grid, box, to));

  function onKeyDown(event: React.KeyboardEvent): void {
    const { key, shiftKey, altKey } = event;
    const command = event.ctrlKey || event.metaKey;
    if (altKey) return;
    const to = moved(active, key, command, size);
    const done = ((): boolean => {
      if (to) {
        onSpan(shiftKey ? { ...span, to } : { from: to, to });
        return true;
      }
      if (command) return commanded(key.toLowerCase(), shiftKey);
      if (key === 'Delete' || key === 'Backspace') setCode(null);
      else if (key === 'Escape') onSpan(at(active.row, active.day));
      else if (key === ' ' && shiftKey) onSpan({ from: { row: active.row, day: 0 }, to: { row: active.row, day: size.days - 1 } });
      else if (/^[1-9]$/.test(key) && sheet.shifts[Number(key) - 1]) setCode({ code: 'PIKET', shift: sheet.shifts[Number(key) - 1]?.name ?? null });
      else {
        const code = SET_BY_HAND.find((one) => LETTERS[one] === key.toUpperCase());
        if (code === undefined) return false;
        setCode({ code, shift: null });
      }
      return true;
    })();
    if (done) event.preventDefault();
  }
  function commanded(key: string, shift: boolean): boolean {
    if (key === 'z') {
      if (shift) board.redo();
      else board.undo();
    } else if (key === 'y') board.redo();
    else if (key === 'd') board.edit(fillDown(grid, box));
    else if (key === 'r') board.edit(fillRight(grid, box));
    else if (key === 'a') onSpan({ from: { row: 0, day: 0 }, to: { row: size.rows - 1, day: size.days - 1 } });
    else if (key === ' ') onSpan({ from: { row: 0, day: active.day }, to: { row: size.rows - 1, day: active.day } });
    else return false;
    return true;
  }

  /** Row and day under the pointer; a head stands for its whole row or column. */
  function spotOf(target: Element | null): { row: number | null; day: number | null } | undefined {
    const element = target?.closest<HTMLElement>('[data-row], [data-day]');
    if (!element) return undefined;
    const { row, day } = element.dataset;
    return { row: row === undefined ? null : Number(row), day: day === undefined ? null : Number(day) };
  }
  function onPointerDown(event: PointerEvent): void {
    const spot = event.button === 0 ? spotOf(event.target as Element) : undefined;
    if (!spot) return;
    isHeld.current = true;
    const to = { row: spot.row ?? size.rows - 1, day: spot.day ?? size.days - 1 };
    if (event.shiftKey) onSpan({ ...span, to });
    else onSpan({ from: { row: spot.row ?? 0, day: spot.day ?? 0 }, to });
    // A finger scrolls; a mouse draws a selection.
    dragging.current = event.pointerType === 'mouse' && spot.row !== null && spot.day !== null;
    if (event.pointerType === 'mouse') event.preventDefault();
    // A new cell gets the focus once it is drawn as the active one.
    if (to.row === active.row && to.day === active.day) activeIn(scroller.current)?.focus({ preventScroll: true });
  }
  function onPointerMove(event: PointerEvent): void {
    if (!dragging.current) return;
    const spot = spotOf(document.elementFromPoint(event.clientX, event.clientY));
    if (spot?.row === undefined || spot.row === null || spot.day === null) return;
    if (spot.row !== active.row || spot.day !== active.day) onSpan({ ...span, to: { row: spot.row, day: spot.day } });
  }
  const drop = (): void => {
    dragging.current = false;
  };

  const first = Math.max(0, Math.floor(top / ROW) - AROUND);
  const last = Math.min(rows.length, Math.ceil((top + height) / ROW) + AROUND);
  const drawn = rows.map((_, n) => n).filter((n) => (n >= first && n < last) || n === shown);
  const whole = counters.units.find(({ unitId }) => unitId === sheet.opdId);
  const columns = { '--days': sheet.days.length } as React.CSSProperties;

  return (
    // The focus stands in its cells.
    <div
      ref={scroller}
      className="rota-grid"
      role="grid"
      aria-label={w.gridLabel}
      aria-rowcount={rows.length + 3}
      aria-colcount={size.days + 2}
      aria-multiselectable="true"
      style={columns}
      tabIndex={-1}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => {
        isHeld.current = true;
        const spot = spotOf(target);
        if (!spot || spot.row === null || spot.day === null || dragging.current) return;
        if (spot.row !== active.row || spot.day !== active.day) onSpan(at(spot.row, spot.day));
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) isHeld.current = false;
      }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={drop}
      onPointerCancel={drop}
      onCopy={(event) => {
        event.clipboardData.setData('text/plain', tableText(copyOf(grid, box)));
        event.preventDefault();
      }}
      onCut={(event) => {
        event.clipboardData.setData('text/plain', tableText(copyOf(grid, box)));
        event.preventDefault();
        setCode(null);
      }}
      onPaste={(event) => {
        event.preventDefault();
        board.edit(pasted(grid, box, readTable(event.clipboardData.getData('text/plain'), sheet.shifts)));
      }}
    >
      <div role="rowgroup" className="rota-heads">
        <div role="row" aria-rowindex={1} className="rota-row">
          <div role="columnheader" className="rota-name">
            {w.person}
          </div>
          {sheet.days.map((day, n) => (
            <DayHead
              key={day.date}
              day={day}
              n={n}
              isToday={day.date === today}
              chosen={n >= box.left && n <= box.right}
              broken={broken.days.get(day.date) ?? 0}
            />
          ))}
          <div role="columnheader" className="rota-sum">
            <abbr title={w.sumTitle}>{w.sum}</abbr>
          </div>
        </div>
      </div>
      <div role="rowgroup" className="rota-body" style={{ height: rows.length * ROW }}>
        {drawn.map((n) => {
          const row = rows[n];
          if (row?.is === 'unit')
            return <UnitRow key={row.id} n={n} name={row.name} days={counters.units.find(({ unitId }) => unitId === row.id)?.days ?? []} sheet={sheet} />;
          const person = row && sheet.people[row.place];
          if (!row || !person) return null;
          const isIn = row.row >= box.top && row.row <= box.bottom;
          return (
            <PersonRow
              key={person.id}
              n={n}
              row={row.row}
              person={person}
              days={sheet.days}
              cells={cells[row.place] ?? []}
              count={counters.people[row.place]}
              broken={broken.people.get(person.id) ?? ''}
              preview={preview ? sheet.days.map(({ date }) => previewText(preview.get(`${person.id} ${date}`))).join(',') : ''}
              from={isIn ? box.left : -1}
              to={isIn ? box.right : -1}
              active={row.row === active.row ? active.day : -1}
              today={today}
              fixed={sheet.days.findIndex((_, day) => board.isOpen(row.place, day))}
            />
          );
        })}
      </div>
      <div role="rowgroup" className="rota-foot">
        <div role="row" aria-rowindex={rows.length + 2} className="rota-row">
          <div role="rowheader" className="rota-name">
            {w.onSite}
          </div>
          {sheet.days.map((day, n) => (
            <Count key={day.date} day={day} count={whole?.days[n]} show="percent" label={f.day(day.date)} />
          ))}
          <div aria-hidden className="rota-sum" />
        </div>
        <div role="row" aria-rowindex={rows.length + 3} className="rota-row">
          <div role="rowheader" className="rota-name">
            {w.onDuty}
          </div>
          {sheet.days.map((day, n) => (
            <Count key={day.date} day={day} count={whole?.days[n]} show="piket" label={f.day(day.date)} />
          ))}
          <div aria-hidden className="rota-sum" />
        </div>
      </div>
    </div>
  );
}

const activeIn = (element: HTMLElement | null): HTMLElement | null | undefined => element?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]');
/** Beyond the sticky names, and within what is left. */
function bringSideways(element: HTMLElement, cell: HTMLElement): void {
  const names = element.querySelector<HTMLElement>('.rota-name')?.offsetWidth ?? 0;
  const [left, right] = [cell.offsetLeft, cell.offsetLeft + cell.offsetWidth];
  if (left - names < element.scrollLeft) element.scrollLeft = left - names;
  else if (right > element.scrollLeft + element.clientWidth) element.scrollLeft = right - element.clientWidth;
}

type Broken = { people: ReadonlyMap<string, string>; days: ReadonlyMap<string, number> };
/** By person the days with something broken, as `|date|date|`; by day how much of a unit is broken. */
function places(violations: readonly Violation[], overrides: readonly Override[]): Broken {
  const people = new Map<string, string>();
  const days = new Map<string, number>();
  for (const violation of violations) {
    if (isOverridden(violation, overrides)) continue;
    if (violation.unitId === null) for (const id of violation.personIds) people.set(id, `${people.get(id) ?? '|'}${violation.dates.join('|')}|`);
    for (const date of violation.dates) days.set(date, (days.get(date) ?? 0) + 1);
  }
  return { people, days };
}
const previewText = (cell: Cell | undefined): string => (cell === undefined ? '' : cell === null ? '-' : cell.code);

const DayHead = memo(function DayHead({ day, n, isToday, chosen, broken }: { day: PlanDay; n: number; isToday: boolean; chosen: boolean; broken: number }) {
  const w = useWords(rotaWords);
  const f = useFormats();
  return (
    <div
      role="columnheader"
      className="rota-day"
      aria-colindex={n + 2}
      data-day={n}
      data-kind={day.kind}
      data-today={isToday || undefined}
      data-chosen={chosen || undefined}
      title={[f.day(day.date), day.name, broken > 0 && w.brokenOn(broken)].filter(Boolean).join(' · ')}
    >
      <span aria-hidden>{f.weekday(day.date)}</span>
      <b aria-hidden>{Number(day.date.slice(8))}</b>
      <span className="sr-only">{[f.day(day.date), isToday && w.today, day.name, broken > 0 && w.brokenOn(broken)].filter(Boolean).join(', ')}</span>
      {broken > 0 && <i className="rota-flag" aria-hidden />}
    </div>
  );
});

/** `fixed`: the first day that is open; -1: none. */
type PersonRowProps = {
  n: number;
  row: number;
  person: PlanPerson;
  days: readonly PlanDay[];
  cells: readonly Cell[];
  count: PersonCount | undefined;
  broken: string;
  preview: string;
  from: number;
  to: number;
  active: number;
  today: string;
  fixed: number;
};
const PersonRow = memo(function PersonRow({ n, row, person, days, cells, count, broken, preview, from, to, active, today, fixed }: PersonRowProps) {
  const w = useWords(rotaWords);
  const previews = preview === '' ? [] : preview.split(',');
  const over = count?.weeks.some(({ wfh, limit }) => limit !== null && wfh > limit);
  return (
    <div role="row" aria-rowindex={n + 2} className="rota-row rota-person" style={{ top: n * ROW }}>
      <div role="rowheader" className="rota-name" data-row={row} title={[person.name, person.position].filter(Boolean).join(', ')}>
        <span>{person.name}</span>
        {person.homeFirst > 0 && (
          <span className="rota-home" title={w.homeFirst}>
            <span aria-hidden>⌂</span>
            <span className="sr-only"> {w.homeFirst}</span>
          </span>
        )}
      </div>
      {days.map((day, d) => {
        const absence = person.absences.find((one) => one.from <= day.date && day.date <= one.until);
        const cell = cells[d] ?? null;
        const planned = previews[d];
        const code = absence && !cell ? absence.code : planned ? (planned === '-' ? null : planned) : (cell?.code ?? null);
        const isBroken = broken.includes(`|${day.date}|`);
        return (
          <div
            key={day.date}
            role="gridcell"
            className="rota-cell"
            aria-colindex={d + 2}
            aria-selected={d >= from && d <= to}
            aria-label={[cellText(cell) || (absence?.code ?? w.empty), planned && w.becomes(planned), isBroken && w.broken].filter(Boolean).join(', ')}
            tabIndex={d === active ? 0 : -1}
            data-row={row}
            data-day={d}
            data-code={code ?? undefined}
            data-kind={day.kind === 'kerja' ? undefined : day.kind}
            data-away={absence ? true : undefined}
            data-fixed={fixed === -1 || d < fixed || undefined}
            data-today={day.date === today || undefined}
            data-new={planned ? true : undefined}
          >
            {code !== null && LETTERS[code as keyof typeof LETTERS]}
            {cell?.shift && !planned && <sub>{cell.shift.slice(0, 1)}</sub>}
            {isBroken && <i className="rota-flag" aria-hidden />}
          </div>
        );
      })}
      <div role="gridcell" className="rota-sum num" data-over={over || undefined} title={w.sumOf(count?.wfh ?? 0, count?.piket ?? 0)}>
        {count?.wfh ?? 0}·{count?.piket ?? 0}
        {over && <span className="sr-only"> {w.broken}</span>}
      </div>
    </div>
  );
});

function UnitRow({ n, name, days, sheet }: { n: number; name: string; days: readonly UnitDay[]; sheet: PlanSheet }) {
  const f = useFormats();
  return (
    <div role="row" aria-rowindex={n + 2} className="rota-row rota-person rota-unit" style={{ top: n * ROW }}>
      <div role="rowheader" className="rota-name" title={name}>
        <span>{name}</span>
      </div>
      {sheet.days.map((day, d) => (
        <Count key={day.date} day={day} count={days[d]} show="percent" label={f.day(day.date)} />
      ))}
      <div aria-hidden className="rota-sum" />
    </div>
  );
}

/** On site in per cent of who could be, or how many are on PIKET. */
function Count({ day, count, show, label }: { day: PlanDay; count: UnitDay | undefined; show: 'percent' | 'piket'; label: string }) {
  const w = useWords(rotaWords);
  const isOver = count?.cap !== null && count?.cap !== undefined && count.onSite > count.cap;
  const value = !count || (show === 'percent' && day.kind !== 'kerja') ? '' : show === 'percent' ? count.percent : count.piket || '';
  const words = count && (show === 'percent' ? w.onSiteOf(count.onSite, count.base, count.limit) : w.piketOf(count.piket));
  return (
    <div
      role="gridcell"
      className="rota-count"
      data-kind={day.kind === 'kerja' ? undefined : day.kind}
      data-over={(show === 'percent' && isOver) || undefined}
      title={`${label}: ${words ?? ''}`}
    >
      {value}
      {show === 'percent' && isOver && <span className="sr-only"> {w.broken}</span>}
    </div>
  );
}

/** What stands in the cell that has the focus, in words, and what is broken there. */
export function Spoken({ board, span, order, overrides }: Pick<Props, 'board' | 'span' | 'order' | 'overrides'>) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const language = useLanguage();
  const { sheet, cells, violations } = useSyncExternalStore(board.subscribe, board.state);
  const { row, day } = span.to;
  const place = order[row] ?? -1;
  const [person, on] = [sheet.people[place], sheet.days[day]];
  if (!person || !on) return null;
  const cell = cells[place]?.[day] ?? null;
  const absence = person.absences.find((one) => one.from <= on.date && on.date <= one.until);
  const here = violations
    .slice(0, OVERVIEW)
    .filter((one) => one.dates.includes(on.date) && (one.personIds.includes(person.id) || one.unitId === person.unitId || one.unitId === sheet.opdId));
  const box = boxOf(span);
  const chosen = (box.bottom - box.top + 1) * (box.right - box.left + 1);
  return (
    <div className="rota-spoken" aria-live="polite">
      <p>
        <strong>{person.name}</strong>
        {person.position && <span className="quiet">, {person.position}</span>} · {f.day(on.date)}
        {on.name && ` (${on.name})`}: <strong>{cell ? `${cellText(cell)}, ${c.codes[cell.code]}` : absence ? c.codes[absence.code] : w.empty}</strong>
        {!isOne(span) && <span className="quiet"> · {w.chosen(chosen)}</span>}
      </p>
      {here.map((one) => (
        <p key={one.key} className={isOverridden(one, overrides) ? 'quiet s' : 'rota-alarm s'}>
          <i className="rota-flag" aria-hidden /> {sheet.units.find(({ id }) => id === one.unitId)?.name}
          {one.unitId !== null && ': '}
          {violationText(one, sheet.rules.find(({ id }) => id === one.ruleId) ?? null, language)}
          {isOverridden(one, overrides) && ` · ${w.overridden}`}
        </p>
      ))}
    </div>
  );
}
