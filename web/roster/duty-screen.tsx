// Piket sekarang: who is on duty in each OPD, who comes next, and one tap to call them.
import { useDeferredValue, useState } from 'react';
import Siren from 'lucide-react/icons/siren';
import type { DutyOffice, DutyOfficer, getDuty } from '../../shared/duty.ts';
import type { Zone } from '../../shared/people.ts';
import { useRead } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Mark, PlaceCard } from '../ui/marks.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { dutyWords } from '../words/duty.ts';
import './roster.css';

type Shown = { offices: readonly DutyOffice[]; mayCall: boolean; serverTime: string };

export default function DutyScreen() {
  const w = useWords(dutyWords);
  const duty = useRead<typeof getDuty>('/api/duty', {});
  const staffed = duty.value?.offices.filter(({ now }) => now.length > 0).length ?? 0;
  return (
    <Page title={w.title} under={duty.value && w.under(staffed, duty.value.offices.length)}>
      <Loaded from={duty} skeleton={<Bones rows={6} tall />}>
        {(value) => <Offices {...value} />}
      </Loaded>
    </Page>
  );
}

/** The own OPD first. */
function Offices({ offices, mayCall, serverTime }: Shown) {
  const w = useWords(dutyWords);
  const me = useMe();
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed.trim().toLowerCase());
  const found = offices
    .filter((office) => words === '' || textOf(office).includes(words))
    .toSorted((a, b) => Number(b.opd.id === me.opd?.id) - Number(a.opd.id === me.opd?.id) || Number(b.now.length > 0) - Number(a.now.length > 0));
  const isStaffed = ({ opd, now, next }: DutyOffice): boolean => now.length + next.length > 0 || opd.id === me.opd?.id;
  const empty = found.filter((office) => !isStaffed(office));
  return (
    <>
      <TextField label={w.find} className="duty-find" type="search" value={typed} onValue={setTyped} autoComplete="off" enterKeyHint="search" />
      <p className="sr-only" aria-live="polite">
        {words !== '' && w.found(found.length)}
      </p>
      {found.length === 0 && <Empty title={w.notFound} />}
      {found.filter(isStaffed).map(({ opd, now, next }) => (
        <Section key={opd.id} title={opd.name}>
          {now.length === 0 && <p className="quiet section-note">{w.nobody}</p>}
          <ul className="duty-list">
            {now.map((officer) => (
              <Officer key={officer.personId + officer.from} officer={officer} zone={opd.zone} serverTime={serverTime} mayCall={mayCall} />
            ))}
          </ul>
          {next.length > 0 && <Next officers={next} zone={opd.zone} serverTime={serverTime} />}
        </Section>
      ))}
      {empty.length > 0 && (
        <Section title={w.nobody}>
          <ul className="duty-empty">
            {empty.map(({ opd }) => (
              <li key={opd.id}>{opd.name}</li>
            ))}
          </ul>
        </Section>
      )}
      {!mayCall && <p className="quiet s section-note">{w.howToCall}</p>}
    </>
  );
}

const textOf = ({ opd, now, next }: DutyOffice): string =>
  [opd.name, opd.abbreviation, ...[...now, ...next].flatMap(({ name, label, unitName }) => [name, label, unitName])].join(' ').toLowerCase();

function Officer({ officer, zone, serverTime, mayCall }: { officer: DutyOfficer; zone: Zone; serverTime: string; mayCall: boolean }) {
  const w = useWords(dutyWords);
  const f = useFormats();
  const me = useMe();
  const { personId, name, label, unitName, shift, until, reachable } = officer;
  const isToday = dayIn(zone, new Date(until)) === dayIn(zone, new Date(serverTime));
  const end = w.until(isToday ? f.time(until, zone) : `${f.shortDayOf(until, zone)} ${f.time(until, zone)}`);
  return (
    <li className="duty-row">
      <PlaceCard
        name={name}
        position={label ?? unitName}
        more={
          <span className="duty-more">
            <span>{shift === null ? w.wholeDay : `${shift.name}, ${end}`}</span>
            <Mark shape={reachable ? 'full' : 'ring'} tone={reachable ? 'good' : 'wait'}>
              {reachable ? w.reachable : w.unreachable}
            </Mark>
          </span>
        }
      />
      {mayCall && personId !== me.id && (
        <ButtonLink to={`/panggil?${new URLSearchParams({ orang: personId, nama: name }).toString()}`} icon={<Siren aria-hidden />}>
          {w.call}
          <span className="sr-only"> {name}</span>
        </ButtonLink>
      )}
    </li>
  );
}

function Next({ officers, zone, serverTime }: { officers: readonly DutyOfficer[]; zone: Zone; serverTime: string }) {
  const w = useWords(dutyWords);
  const f = useFormats();
  const [first] = officers;
  if (!first) return null;
  const isToday = dayIn(zone, new Date(first.from)) === dayIn(zone, new Date(serverTime));
  const when = first.shift === null ? f.shortDayOf(first.from, zone) : `${isToday ? '' : `${f.shortDayOf(first.from, zone)} `}${f.time(first.from, zone)}`;
  return (
    <p className="quiet s section-note">
      {w.next}: {when}
      {first.shift && ` (${first.shift.name})`} · {officers.map(({ name }) => name).join('; ')}
    </p>
  );
}
