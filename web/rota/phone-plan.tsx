// On a phone: one day with everybody, or one person with every day.
import { useState, useSyncExternalStore } from 'react';
import { isOverridden, violationText } from '../../shared/rota-rules.ts';
import type { Override, PlanDay, PlanPerson } from '../../shared/rota.ts';
import { useFormats } from '../platform/format.ts';
import { useLanguage, useWords } from '../platform/words.ts';
import { Segmented, SelectField } from '../ui/field.tsx';
import { Code } from '../ui/marks.tsx';
import { commonWords } from '../words/common.ts';
import { rotaWords } from '../words/rota.ts';
import { fitsDay, type Board, type Cell } from './board.ts';
import { cellText, readCell } from './cells-text.ts';
import { Unsent } from './plan-tools.tsx';
import type { Span } from './span.ts';
import type { Plan } from './use-plan.ts';

type Props = { board: Board; plan: Plan; today: string; overrides: readonly Override[]; order: readonly number[]; start: Span };

export function PhonePlan({ board, plan, today, overrides, order, start }: Props) {
  const w = useWords(rotaWords);
  const f = useFormats();
  const language = useLanguage();
  const { sheet, cells, violations, counters } = useSyncExternalStore(board.subscribe, board.state);
  const [look, setLook] = useState<'day' | 'person'>('day');
  const [day, setDay] = useState(start.to.day);
  const [row, setRow] = useState(start.to.row);
  const on = sheet.days[day];
  const person = sheet.people[order[row] ?? -1];
  const whole = counters.units.find(({ unitId }) => unitId === sheet.opdId)?.days[day];
  const sums = counters.people[order[row] ?? -1];
  const of = (one: PlanPerson | undefined, date: string | undefined): string[] =>
    violations
      .filter((v) => date !== undefined && v.dates.includes(date) && v.unitId === null && v.personIds.includes(one?.id ?? '') && !isOverridden(v, overrides))
      .map((v) => violationText(v, sheet.rules.find(({ id }) => id === v.ruleId) ?? null, language));
  const dayName = ({ date, name }: PlanDay): string => [f.weekday(date), f.date(date), date === today && w.today, name].filter(Boolean).join(' · ');
  return (
    <section className="stack rota-phone" aria-label={w.gridLabel}>
      <Segmented
        label={w.look}
        value={look}
        onValue={setLook}
        choices={[
          { value: 'day', label: w.byDay },
          { value: 'person', label: w.byPerson },
        ]}
      />
      {look === 'day' ? (
        <SelectField
          label={w.day}
          value={String(day)}
          onValue={(value) => setDay(Number(value))}
          choices={sheet.days.map((one, n) => ({ value: String(n), label: dayName(one) }))}
        />
      ) : (
        <SelectField
          label={w.person}
          value={String(row)}
          onValue={(value) => setRow(Number(value))}
          choices={order.map((place, n) => ({ value: String(n), label: sheet.people[place]?.name ?? '–' }))}
        />
      )}
      <p className={look === 'day' && whole && whole.cap !== null && whole.onSite > whole.cap ? 'rota-alarm s' : 's'}>
        {look === 'day'
          ? whole && on?.kind === 'kerja' && `${whole.percent} %: ${w.onSiteOf(whole.onSite, whole.base, whole.limit)} · ${w.piketOf(whole.piket)}`
          : sums && w.sumOf(sums.wfh, sums.piket)}
      </p>
      <Unsent plan={plan} />
      <ul className="rota-list">
        {look === 'day'
          ? order.map((place) => {
              const one = sheet.people[place];
              return (
                one &&
                on && (
                  <Line
                    key={one.id}
                    head={one.name}
                    under={one.position}
                    broken={of(one, on.date)}
                    board={board}
                    place={place}
                    day={day}
                    cell={cells[place]?.[day] ?? null}
                    person={one}
                    on={on}
                  />
                )
              );
            })
          : sheet.days.map((one, n) => {
              const place = order[row] ?? -1;
              return (
                person && (
                  <Line
                    key={one.date}
                    head={dayName(one)}
                    under={null}
                    broken={of(person, one.date)}
                    board={board}
                    place={place}
                    day={n}
                    cell={cells[place]?.[n] ?? null}
                    person={person}
                    on={one}
                  />
                )
              );
            })}
      </ul>
    </section>
  );
}

type LineProps = {
  head: string;
  under: string | null;
  broken: string[];
  board: Board;
  place: number;
  day: number;
  cell: Cell;
  person: PlanPerson;
  on: PlanDay;
};
function Line({ head, under, broken, board, place, day, cell, person, on }: LineProps) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const { sheet } = board.state();
  const absence = person.absences.find(({ from, until }) => from <= on.date && on.date <= until);
  const choices: Cell[] = [
    null,
    ...(['WFO', 'WFH', 'PIKET', 'LIBUR'] as const).map((code) => ({ code, shift: null })),
    ...sheet.shifts.map(({ name }) => ({ code: 'PIKET' as const, shift: name })),
  ].filter((one) => fitsDay(one, on, sheet.shifts));
  return (
    <li className="rota-line">
      <span>
        <strong>{head}</strong>
        {under !== null && <span className="quiet s">{under}</span>}
        {broken.map((text) => (
          <span key={text} className="rota-alarm s">
            {text}
          </span>
        ))}
      </span>
      {board.isOpen(place, day) ? (
        <select
          aria-label={`${w.code}, ${head}`}
          value={cellText(cell)}
          onChange={({ target }) => board.edit([{ person: place, day, to: readCell(target.value, sheet.shifts) ?? null }])}
        >
          {choices.map((one) => (
            <option key={cellText(one)} value={cellText(one)}>
              {cellText(one) || w.nothing}
            </option>
          ))}
        </select>
      ) : (
        <Code code={absence && !cell ? absence.code : (cell?.code ?? null)} title={absence ? c.codes[absence.code] : cell ? c.codes[cell.code] : w.empty} />
      )}
    </li>
  );
}
