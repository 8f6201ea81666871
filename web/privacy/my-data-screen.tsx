// Data saya: what the portal keeps of the signed-in person, and who looked at it.
import { useState } from 'react';
import Download from 'lucide-react/icons/download';
import type { getMyData, getMyDataJson, getMyDataPdf, MyData } from '../../shared/privacy.ts';
import { useRead } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { dayAfter, dayIn } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { PlaceCard } from '../ui/marks.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { privacyWords } from '../words/privacy.ts';
import { OwnCorrections, OwnDays, OwnMeetings } from './own-presence.tsx';
import { OwnMachine, OwnRoster } from './own-roster.tsx';
import { Calls, Devices, Exports, Kept, Looks, Notices, Said, WaysIn } from './own-record.tsx';
import './privacy.css';

/** A month is looked at more often than a year. */
const USUAL_DAYS = 30;

export default function MyDataScreen() {
  const w = useWords(privacyWords);
  const zone = useZone();
  const today = dayIn(zone);
  const [period, setPeriod] = useState({ from: dayAfter(today, -USUAL_DAYS), to: today });
  const query = period.from !== '' && period.to !== '' ? period : {};
  const data = useRead<typeof getMyData>('/api/me/data', { query }, { keepWhileAsking: true });
  return (
    <Page title={w.myData} under={w.myDataUnder} actions={<Copies query={query} />}>
      <div className="tools">
        <TextField className="short" type="date" label={w.from} value={period.from} max={period.to} onValue={(from) => setPeriod({ ...period, from })} />
        <TextField className="short" type="date" label={w.to} value={period.to} min={period.from} onValue={(to) => setPeriod({ ...period, to })} />
      </div>
      <Loaded from={data} skeleton={<Bones rows={8} tall />}>
        {(mine) => <Everything data={mine} />}
      </Loaded>
    </Page>
  );
}

function Everything({ data }: { data: MyData }) {
  const w = useWords(privacyWords);
  const { person, officer } = data;
  return (
    <>
      <div className="own-head">
        <PlaceCard name={person.name} position={person.position} more={[person.nip, person.opdName].filter(Boolean).join(' · ')} />
        <p className="quiet s">
          {w.officer}: {officer ?? w.officerDefault}
        </p>
      </div>
      <Section
        title={w.meetings}
        actions={
          <ButtonLink kind="quiet" to="/presensi/koreksi">
            {w.object}
          </ButtonLink>
        }
      >
        <OwnMeetings data={data} />
      </Section>
      <Section title={w.days}>
        <OwnDays data={data} />
      </Section>
      <Section title={w.roster}>
        <OwnRoster data={data} />
      </Section>
      <Section title={w.machine}>
        <OwnMachine data={data} />
      </Section>
      <Section title={w.corrections}>
        <OwnCorrections data={data} />
      </Section>
      <Section title={w.calls}>
        <Calls data={data} />
      </Section>
      <Section title={w.said}>
        <Said data={data} />
      </Section>
      <Section title={w.looks}>
        <Looks data={data} />
      </Section>
      <Section title={w.exports}>
        <Exports data={data} />
      </Section>
      <Section title={w.notices}>
        <Notices data={data} />
      </Section>
      <Section title={w.devices}>
        <Devices data={data} />
      </Section>
      <Section title={w.waysIn}>
        <WaysIn data={data} />
      </Section>
      <Section title={w.kept}>
        <Kept data={data} />
      </Section>
    </>
  );
}

function Copies({ query }: { query: { from?: string; to?: string } }) {
  const w = useWords(privacyWords);
  const pdf = useDownload<typeof getMyDataPdf>('/api/me/data.pdf');
  const json = useDownload<typeof getMyDataJson>('/api/me/data.json');
  const files = [
    { format: 'PDF', from: pdf, end: 'pdf' },
    { format: 'JSON', from: json, end: 'json' },
  ];
  const failure = pdf.failure ?? json.failure;
  return (
    <>
      <div className="row" role="group" aria-label={w.download}>
        {files.map(({ format, from, end }) => (
          <Button
            key={format}
            icon={<Download aria-hidden />}
            aria-label={w.downloadAs(format)}
            busy={from.busy}
            onClick={() => void from.fetch({ query }, `data-saya.${end}`)}
          >
            {format}
          </Button>
        ))}
      </div>
      {failure && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
    </>
  );
}
