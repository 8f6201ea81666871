// Presensi: the own day for everybody, the OPD's day for those who manage one. Setting codes is handed in by app.tsx.
import type { ReactNode } from 'react';
import type { getMyDay, MyDay } from '../../shared/attendance.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { OutageLine } from '../ui/outage-line.tsx';
import { Code, Mark } from '../ui/marks.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { commonWords } from '../words/common.ts';
import { DayBoardSection } from './day-board.tsx';
import { DayMarkSign, Evidence } from './day-mark.tsx';
import { ObjectButton } from './corrections-object.tsx';
import { PresenceTabs } from './presence-tabs.tsx';
import './attendance.css';

export type SetCodesProps = { opdId: string; date: string; people: readonly { id: string; name: string }[]; onDone: () => void; onClose: () => void };

export default function PresenceScreen({ setCodes }: { setCodes: (props: SetCodesProps) => ReactNode }) {
  const w = useWords(attendanceWords);
  const me = useMe();
  const day = useRead<typeof getMyDay>('/api/me/day', {});
  return (
    <Page title={w.presence}>
      <PresenceTabs />
      <Section title={w.mine}>
        <Loaded from={day} skeleton={<Bones rows={1} tall />}>
          {(mine) => <MyDayView day={mine} />}
        </Loaded>
      </Section>
      {me.managesOpds.length > 0 && <DayBoardSection setCodes={setCodes} />}
    </Page>
  );
}

function MyDayView({ day }: { day: MyDay }) {
  const w = useWords(attendanceWords);
  const c = useWords(commonWords);
  const f = useFormats();
  return (
    <div className="my-day">
      <p className="quiet s">{f.day(day.date)}</p>
      {day.code === null ? (
        <p>
          <Mark shape="dots" tone="quiet">
            {w.noCode}
          </Mark>
        </p>
      ) : (
        <p className="row">
          <Code code={day.code} />
          <span>{c.codes[day.code]}</span>
          <DayMarkSign mark={day.mark} corrected={day.corrected} />
        </p>
      )}
      {day.basis !== null && <p className="quiet s">{day.basis}</p>}
      <Evidence rows={day.evidence} zone={day.zone} />
      <OutageLine windows={day.outages} zone={day.zone} />
      {day.mark === 'gangguan_sistem' && <p className="quiet s">{w.outageMeans}</p>}
      {day.code === 'WFH' && <p className="quiet s">{w.markWhy.WFH}</p>}
      {day.code === 'WFH' && day.mark !== 'hadir_wfh' && (
        <p>
          <ObjectButton to={{ date: day.date }} />
        </p>
      )}
    </div>
  );
}
