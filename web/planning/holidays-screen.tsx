// Hari libur: the holidays of a year. BKD and administrators enter them from the decree, one by one or pasted; everybody may read them.
import { useState, type FormEvent } from 'react';
import { useLocation, useSearch } from 'wouter';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
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
  const empty = (): Row => rowOf({ day: '', name: '', kind: 'nasional', basis: rows.at(-1)?.basis ?? '' });

  function submit(event: FormEvent): void {
    event.preventDefault();
    void save.run({ body: { year: known.year, version: known.version, holidays: plain } });
  }

  return (
    <form className="stack" ref={whole} onSubmit={submit}>
      <EnteredBy known={known} />
      {rows.length === 0 && <Empty title={w.noHolidays(String(known.year))}>{w.noHolidaysText}</Empty>}
      <ul className="holiday-rows">
        {rows.map((row, index) => (
          <li key={row.n}>
            <TextField
              label={w.holidayDay}
              type="date"
              min={`${known.year}-01-01`}
              max={`${known.year}-12-31`}
              value={row.day}
              onValue={(day) => set(row.n, { day })}
              error={fieldFailure(save.failure, `holidays.${index}.day`)}
              required
            />
            <TextField label={w.holidayName} value={row.name} onValue={(name) => set(row.n, { name })} required maxLength={120} autoComplete="off" />
            <SelectField
              label={w.holidayKind}
              value={row.kind}
              onValue={(kind) => set(row.n, { kind })}
              choices={KINDS.map((value) => ({ value, label: w.holidayKinds[value] }))}
            />
            <TextField label={w.holidayBasis} value={row.basis} onValue={(basis) => set(row.n, { basis })} required maxLength={200} autoComplete="off" />
            <Button
              kind="quiet"
              icon={<X aria-hidden />}
              aria-label={w.removeHoliday(row.name || row.day)}
              onClick={() => setRows(rows.filter((other) => other.n !== row.n))}
            />
          </li>
        ))}
      </ul>
      <div>
        <Button icon={<Plus aria-hidden />} onClick={() => setRows([...rows, empty()])}>
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
