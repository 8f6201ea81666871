// Hari libur: the holidays of a year. BKD and administrators enter them from the decree, one by one or pasted; everybody may read them.
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useLocation, useSearch } from 'wouter';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Plus from 'lucide-react/icons/plus';
import type { getHolidays, Holiday, HolidayYear, putHolidays } from '../../shared/planning.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { holds, useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Table } from '../ui/table.tsx';
import { useFirstWrong } from '../ui/use-first-wrong.ts';
import { planningWords } from '../words/planning.ts';
import { PasteHolidays } from './paste-holidays.tsx';
import './planning.css';

const KINDS = ['nasional', 'cuti_bersama', 'daerah'] as const;

export default function HolidaysScreen() {
  const w = useWords(planningWords);
  const me = useMe();
  const zone = useZone();
  const [, goTo] = useLocation();
  const asked = Number(new URLSearchParams(useSearch()).get('tahun'));
  const year = asked >= 2020 && asked <= 2100 ? asked : Number(dayIn(zone).slice(0, 4));
  const list = useRead<typeof getHolidays>('/api/holidays', { query: { year } });
  const to = (other: number): void => goTo(`/hari-libur?tahun=${other}`, { replace: true });
  return (
    <Page
      title={w.holidays}
      under={w.holidaysUnder}
      actions={
        <div className="row holiday-year" role="group" aria-label={w.year}>
          <Button kind="quiet" icon={<ChevronLeft aria-hidden />} aria-label={w.yearBefore} disabled={year === 2020} onClick={() => to(year - 1)} />
          <strong className="num">{year}</strong>
          <Button kind="quiet" icon={<ChevronRight aria-hidden />} aria-label={w.yearAfter} disabled={year === 2100} onClick={() => to(year + 1)} />
        </div>
      }
    >
      <Loaded from={list} skeleton={<Bones rows={8} tall />}>
        {(known) => (holds(me, 'bkd') ? <Edit key={`${known.year} ${known.version}`} known={known} /> : <Read known={known} />)}
      </Loaded>
    </Page>
  );
}

function EnteredBy({ known: { byName, at, version } }: { known: HolidayYear }) {
  const w = useWords(planningWords);
  const f = useFormats();
  const zone = useZone();
  if (version === 0 || at === null) return null;
  return <p className="quiet s">{byName === null ? w.enteredByPortal : w.enteredBy(byName, f.dayOf(at, zone))}</p>;
}

function Read({ known }: { known: HolidayYear }) {
  const w = useWords(planningWords);
  const f = useFormats();
  if (known.holidays.length === 0) return <Empty title={w.noHolidays(String(known.year))}>{w.noHolidaysText}</Empty>;
  return (
    <>
      <EnteredBy known={known} />
      <Table<Holiday>
        caption={w.holidays}
        rows={known.holidays}
        rowKey={(one) => `${one.day} ${one.name}`}
        columns={[
          { key: 'day', head: w.holidayDay, cell: (one) => f.day(one.day), phone: 'plain' },
          { key: 'name', head: w.holidayName, cell: (one) => one.name, phone: 'title' },
          { key: 'kind', head: w.holidayKind, cell: (one) => w.holidayKinds[one.kind] },
          { key: 'basis', head: w.holidayBasis, cell: (one) => one.basis },
        ]}
      />
    </>
  );
}

/** `n` keeps a row's fields its own while others come and go. */
type Row = Holiday & { n: number };
let made = 0;
const rowOf = (holiday: Holiday): Row => ({ ...holiday, n: (made += 1) });

function Edit({ known }: { known: HolidayYear }) {
  const w = useWords(planningWords);
  const [rows, setRows] = useState<readonly Row[]>(() => known.holidays.map(rowOf));
  const save = useWrite<typeof putHolidays>('PUT', '/api/holidays', ['/api/holidays', '/api/calendar']);
  const whole = useFirstWrong(save.failure);
  const plain = rows.map(({ day, name, kind, basis }): Holiday => ({ day, name, kind, basis }));
  const changed = JSON.stringify(plain) !== JSON.stringify(known.holidays);
  const set = (n: number, change: Partial<Holiday>): void => setRows(rows.map((row) => (row.n === n ? { ...row, ...change } : row)));
  // Rows are read; one that is new or being mended has its fields.
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [left, setLeft] = useState<number>();
  function add(): void {
    const row = rowOf({ day: '', name: '', kind: 'nasional', basis: rows.at(-1)?.basis ?? '' });
    setRows([...rows, row]);
    setOpened(new Set([...opened, row.n]));
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void save.run({ body: { year: known.year, version: known.version, holidays: plain } });
  }

  return (
    <form className="stack" ref={whole} onSubmit={submit}>
      <EnteredBy known={known} />
      {rows.length === 0 && <Empty title={w.noHolidays(String(known.year))}>{w.noHolidaysText}</Empty>}
      <ul className="holiday-rows">
        {rows.map((row, index) => {
          const problem = fieldFailure(save.failure, `holidays.${index}.day`);
          return opened.has(row.n) || problem !== undefined ? (
            <Fields
              key={row.n}
              row={row}
              year={known.year}
              problem={problem}
              onChange={(change) => set(row.n, change)}
              onDone={() => {
                setOpened(new Set([...opened].filter((n) => n !== row.n)));
                setLeft(row.n);
              }}
              onRemove={() => setRows(rows.filter((other) => other.n !== row.n))}
            />
          ) : (
            <Line key={row.n} row={row} left={left === row.n} onOpen={() => setOpened(new Set([...opened, row.n]))} />
          );
        })}
      </ul>
      <div>
        <Button icon={<Plus aria-hidden />} onClick={add}>
          {w.addHoliday}
        </Button>
      </div>
      <PasteHolidays onRead={(read) => setRows([...rows, ...read.map(rowOf)])} />
      {save.failure && (
        <Note tone="alarm" alert>
          {save.failure.message}
        </Note>
      )}
      <div className="row row-end">
        <span className="quiet s" role="status">
          {changed ? w.unsaved : known.version > 0 ? w.saved : ''}
        </span>
        <Button type="submit" kind="main" busy={save.busy} disabled={!changed}>
          {w.saveHolidays}
        </Button>
      </div>
    </form>
  );
}

/** What was pressed has gone: the focus goes on in its place. */
function useFocused<E extends HTMLElement>(selector: string, wanted: boolean) {
  const whole = useRef<E>(null);
  useEffect(() => {
    if (wanted) whole.current?.querySelector<HTMLElement>(selector)?.focus();
  }, [selector, wanted]);
  return whole;
}

function Line({ row, left, onOpen }: { row: Row; left: boolean; onOpen: () => void }) {
  const w = useWords(planningWords);
  const f = useFormats();
  const whole = useFocused<HTMLLIElement>('button', left);
  return (
    <li className="holiday-line" ref={whole}>
      <div>
        <strong>{row.name}</strong>
        <p>{[f.day(row.day), w.holidayKinds[row.kind]].join(' · ')}</p>
        <p className="quiet s">{row.basis}</p>
      </div>
      <Button kind="quiet" onClick={onOpen}>
        {w.editShort}
        <span className="sr-only"> {row.name}</span>
      </Button>
    </li>
  );
}

type FieldsProps = {
  row: Row;
  year: number;
  problem: string | undefined;
  onChange: (change: Partial<Holiday>) => void;
  onDone: () => void;
  onRemove: () => void;
};

function Fields({ row, year, problem, onChange, onDone, onRemove }: FieldsProps) {
  const w = useWords(planningWords);
  const whole = useFocused<HTMLLIElement>('input', true);
  const complete = [row.day, row.name, row.basis].every((text) => text.trim() !== '');
  return (
    <li className="holiday-fields" ref={whole}>
      <TextField
        label={w.holidayDay}
        type="date"
        min={`${year}-01-01`}
        max={`${year}-12-31`}
        value={row.day}
        onValue={(day) => onChange({ day })}
        error={problem}
        required
      />
      <SelectField
        label={w.holidayKind}
        value={row.kind}
        onValue={(kind) => onChange({ kind })}
        choices={KINDS.map((value) => ({ value, label: w.holidayKinds[value] }))}
      />
      <TextField label={w.holidayName} value={row.name} onValue={(name) => onChange({ name })} required maxLength={120} autoComplete="off" />
      <TextField label={w.holidayBasis} value={row.basis} onValue={(basis) => onChange({ basis })} required maxLength={200} autoComplete="off" />
      <div className="row">
        <Button disabled={!complete} onClick={onDone}>
          {w.holidayDone}
        </Button>
        <Button kind="quiet" onClick={onRemove}>
          {w.removeHoliday(row.name || row.day)}
        </Button>
      </div>
    </li>
  );
}
