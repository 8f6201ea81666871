// The month of one person, day by day: what was read and from what, what somebody corrected, who confirmed.
import type { getPersonRecap, PersonRecap, RecapDay } from '../../shared/recap.ts';
import type { Zone } from '../../shared/people.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Code, Mark } from '../ui/marks.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { commonWords } from '../words/common.ts';
import { recapWords } from '../words/recap.ts';
import { DayMarkSign, EvidenceOf } from './day-mark.tsx';
import { Figures } from './recap-figures.tsx';

export function PersonMonth({ personId, month }: { personId: string; month: string }) {
  const recap = useRead<typeof getPersonRecap>('/api/persons/:id/recap', { params: { id: personId }, query: { month } });
  return (
    <Loaded from={recap} skeleton={<Bones rows={6} tall />}>
      {(value) => <Month recap={value} />}
    </Loaded>
  );
}

function Month({ recap }: { recap: PersonRecap }) {
  const w = useWords(recapWords);
  const f = useFormats();
  const about = [recap.position, recap.opdName, recap.nip].filter(Boolean).join(' · ');
  return (
    <>
      <Section title={recap.name} note={recap.to < recap.from ? w.notYet : w.until(f.date(recap.from), f.date(recap.to))}>
        <p className="quiet s section-note">{about}</p>
        <Figures figures={recap.figures} />
      </Section>
      <Section title={w.days}>
        {recap.days.length === 0 ? <Empty title={w.noDays} /> : <Days days={recap.days} zone={recap.zone} />}
        <p className="quiet s section-note">{w.read}</p>
      </Section>
    </>
  );
}

function Days({ days, zone }: { days: readonly RecapDay[]; zone: Zone }) {
  const w = useWords(recapWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const columns: Column<RecapDay>[] = [
    { key: 'date', head: w.dayCols.date, phone: 'title', cell: (day) => <strong className="num">{f.date(day.date)}</strong> },
    {
      key: 'day',
      head: w.dayCols.day,
      phone: 'plain',
      cell: (day) => (
        <span className="place">
          <span className="row">
            <Code code={day.code} title={day.code === null ? w.noCode : c.codes[day.code]} />
            <DayMarkSign mark={day.mark} corrected={day.corrections.length > 0} />
          </span>
          {day.basis !== null && <span className="place-more">{day.basis}</span>}
          {day.objected && (
            <Mark shape="half" tone="wait">
              {w.objected}
            </Mark>
          )}
          {day.outage && <span className="place-more">{w.outage}</span>}
        </span>
      ),
    },
    { key: 'evidence', head: w.dayCols.evidence, phone: 'plain', cell: (day) => <DayEvidence day={day} zone={zone} /> },
    { key: 'confirmed', head: w.dayCols.confirmed, phone: 'plain', cell: (day) => <DayConfirmed day={day} /> },
  ];
  return <Table caption={w.days} columns={columns} rows={days} rowKey={(day) => day.date} />;
}

function DayEvidence({ day, zone }: { day: RecapDay; zone: Zone }) {
  const w = useWords(recapWords);
  const a = useWords(attendanceWords);
  const f = useFormats();
  if (day.evidence.length === 0 && day.corrections.length === 0) return <span className="quiet s">{w.noEvidence}</span>;
  return (
    <div className="stack-s">
      <ul className="s evidence">
        {day.evidence.map((one) => (
          <li key={`${one.meetingId}${one.from}`}>
            <EvidenceOf one={one} />{' '}
            <span className="quiet num">
              {f.span(one.from, one.to, zone)}, {a.confidence[one.confidence]}
            </span>
          </li>
        ))}
      </ul>
      {day.late > 0 && <span className="s">{w.late(day.late)}</span>}
      {day.corrections.map((one) => (
        <p key={one.id} className="s changed-line">
          <strong>{w.correction(one)}</strong> <span className="quiet">({w.correctionBy(one)})</span>
        </p>
      ))}
    </div>
  );
}

function DayConfirmed({ day: { confirmed, code } }: { day: RecapDay }) {
  const w = useWords(recapWords);
  if (confirmed === null) return code === null ? null : <span className="quiet s">{w.waiting}</span>;
  if (!confirmed.valid)
    return (
      <Mark shape="half" tone="wait">
        {w.invalid}
      </Mark>
    );
  return (
    <span className="place">
      <Mark shape="full" tone={confirmed.outcome === 'tidak_hadir' ? 'alarm' : 'good'}>
        {w.outcome[confirmed.outcome]}
      </Mark>
      <span className="place-more">{w.by(confirmed.by)}</span>
      {confirmed.reason !== null && <span className="place-more">{confirmed.reason}</span>}
    </span>
  );
}
