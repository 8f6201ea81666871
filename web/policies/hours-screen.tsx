// Jam kerja: the hours of an office, its own days off and working days, the two weeks ahead, and who must record at the machine.
import { useState } from 'react';
import type { DayHours, getHours, HoursView } from '../../shared/hours.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table } from '../ui/table.tsx';
import { policyWords } from '../words/policies.ts';
import { MustRecord, OwnDayForm, ScheduleForm, Withdraw, type Units } from './hours-forms.tsx';
import { OfOffice, OpdTools, PolicyTabs, usePolicyOpd, useSpan } from './policy-parts.tsx';

type Open = 'hours' | 'day' | { withdraw: string; title: string };

function useSpanOf(): (hours: DayHours) => string {
  const { wall } = useFormats();
  return ({ from, to }) => `${wall(from)}–${wall(to)}`;
}
/** Days one after another with the same hours stand together: `Senin–Kamis`. */
function together(week: readonly (DayHours | null)[], spanOf: (hours: DayHours) => string): { days: number[]; hours: string | null }[] {
  const runs: { days: number[]; hours: string | null }[] = [];
  week.forEach((day, n) => {
    const hours = day && spanOf(day);
    const last = runs.at(-1);
    if (last && last.hours === hours) last.days.push(n);
    else runs.push({ days: [n], hours });
  });
  return runs;
}

export default function HoursScreen() {
  const w = useWords(policyWords);
  const opd = usePolicyOpd();
  return (
    <Page title={w.hours} under={<p>{w.hoursUnder}</p>}>
      <PolicyTabs />
      <OpdTools opd={opd} />
      <OfOffice opd={opd}>{(id) => <Office key={id} opd={id} all={opd.units} />}</OfOffice>
    </Page>
  );
}

function Office({ opd, all }: { opd: string; all: ReturnType<typeof usePolicyOpd>['units'] }) {
  const read = useRead<typeof getHours>('/api/opds/:id/hours', { params: { id: opd } });
  const below = (id: string): boolean => id === opd || all.some((unit) => unit.id === id && unit.parentId !== null && below(unit.parentId));
  const units = all.filter((unit) => below(unit.id)).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Loaded from={read} skeleton={<Bones rows={8} tall />}>
      {(hours) => <Known hours={hours} units={units} />}
    </Loaded>
  );
}

function Known({ hours, units }: { hours: HoursView; units: Units }) {
  const w = useWords(policyWords);
  const f = useFormats();
  const span = useSpan();
  const spanOf = useSpanOf();
  const daysText = (days: readonly number[]): string => [...new Set([days[0], days.at(-1)])].map((n) => w.dayNames[n ?? 0]).join('–');
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const params = { id: hours.opdId };
  const places: Units = [...(hours.may.region ? [{ value: '', label: w.region }] : []), ...(hours.may.opd ? units : [])];
  return (
    <>
      <Section title={w.week} actions={places.length > 0 && <Button onClick={() => setOpen('hours')}>{w.addHours}</Button>}>
        <ul className="policy-list">
          {hours.schedules.map((one) => (
            <li key={one.id}>
              <div className="policy-head">
                <strong>{one.title}</strong>
                {one.kind !== 'biasa' && <span className="badge">{w.hourKinds[one.kind]}</span>}
              </div>
              <dl className="policy-week">
                {together(one.week, spanOf).map(({ days, hours: shown }) => (
                  <div key={days[0]}>
                    <dt>{daysText(days)}</dt>
                    <dd className="num">{shown ?? w.off}</dd>
                  </div>
                ))}
                <div>
                  <dt className="sr-only">{w.weekSum}</dt>
                  <dd>
                    <strong>{w.perWeek(Math.floor(one.minutes / 60), one.minutes % 60)}</strong>
                  </dd>
                </div>
              </dl>
              <span className="quiet s">
                {[one.unit?.name ?? w.region, span(one), one.basis, one.why, one.withdrawn && w.withdrawn(f.date(one.withdrawn.from))]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {one.mayChange && (
                <div>
                  <Button kind="quiet" onClick={() => setOpen({ withdraw: one.id, title: one.title })}>
                    {w.withdraw}
                    <span className="sr-only"> {one.title}</span>
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={w.ahead}>
        <Table
          caption={w.ahead}
          rows={hours.ahead}
          rowKey={(row) => row.date}
          columns={[
            { key: 'day', head: w.day, phone: 'title', cell: (row) => f.day(row.date) },
            { key: 'kind', head: w.dayKind, phone: 'plain', cell: (row) => [w.dayKinds[row.kind], row.name].filter(Boolean).join(': ') },
            { key: 'hours', head: w.hours, phone: 'plain', cell: (row) => <span className="num">{row.hours ? spanOf(row.hours) : '–'}</span> },
          ]}
        />
      </Section>
      <Section title={w.ownDays} actions={hours.may.opd && <Button onClick={() => setOpen('day')}>{w.addOwnDay}</Button>}>
        {hours.ownDays.length === 0 && <p className="quiet section-note">{w.noOwnDays}</p>}
        <ul className="policy-list">
          {hours.ownDays.map((one) => (
            <li key={one.id}>
              <div className="policy-head">
                <strong>{one.name}</strong>
                <span>{f.day(one.day)}</span>
              </div>
              <span className="quiet s">
                {[w.ownKinds[one.kind], one.unit?.name, one.hours && spanOf(one.hours), one.basis, one.withdrawn && w.withdrawn(f.date(one.withdrawn.from))]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {one.mayChange && one.day >= hours.today && (
                <div>
                  <Button kind="quiet" onClick={() => setOpen({ withdraw: one.id, title: one.name })}>
                    {w.withdraw}
                    <span className="sr-only"> {one.name}</span>
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <MustRecord hours={hours} />
      {open === 'hours' && <ScheduleForm params={params} places={places} today={hours.today} onClose={close} />}
      {open === 'day' && <OwnDayForm params={params} units={units} today={hours.today} onClose={close} />}
      {typeof open === 'object' && <Withdraw params={params} id={open.withdraw} title={open.title} today={hours.today} onClose={close} />}
    </>
  );
}
