// Koreksi: what waits for a decision of this person, and the own objections with how they stand.
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import type { Correction, getCorrections } from '../../shared/corrections.ts';
import { useRead } from '../platform/api.ts';
import { useWatch } from '../platform/live.tsx';
import { mayKeepStaff, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { correctionWords } from '../words/corrections.ts';
import { CorrectionDetail } from './corrections-detail.tsx';
import { CorrectionList } from './corrections-list.tsx';
import { ObjectDialog } from './corrections-object.tsx';
import { ObjectForOther } from './corrections-behalf.tsx';
import { PresenceTabs } from './presence-tabs.tsx';
import './corrections.css';

export default function CorrectionsScreen() {
  const w = useWords(correctionWords);
  const a = useWords(attendanceWords);
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const [asking, setAsking] = useState<'own' | 'other'>();
  const opened = search.get('buka');
  const open = (id: string | undefined): void => setSearch(id === undefined ? {} : { buka: id }, { replace: id === undefined });
  useWatch(me.managesOpds.length > 0 && me.opd && me.managesOpds.includes(me.opd.id) ? `opd:${me.opd.id}` : undefined);
  const list = useRead<typeof getCorrections>('/api/corrections', {});
  const decides = me.managesOpds.length > 0;
  const found = opened === null || !list.value ? undefined : [...list.value.queue, ...list.value.mine, ...list.value.decided].find((one) => one.id === opened);
  return (
    <Page
      title={a.presence}
      actions={
        <>
          {mayKeepStaff(me) && <Button onClick={() => setAsking('other')}>{w.objectFor}</Button>}
          <Button kind="main" onClick={() => setAsking('own')}>
            {w.object}
          </Button>
        </>
      }
    >
      <PresenceTabs />
      <Loaded from={list} skeleton={<Bones rows={4} tall />}>
        {({ queue, mine, decided }) => (
          <>
            {decides && <Part title={w.queue} rows={queue} empty={w.queueEmpty} onOpen={open} />}
            {(!decides || mine.length > 0) && <Part title={w.mine} rows={mine} own empty={w.mineEmpty} emptyDo={w.mineEmptyDo} onOpen={open} />}
            {decided.length > 0 && <Part title={w.decided} rows={decided} empty="" onOpen={open} />}
            {decides && <p className="quiet s section-note">{w.read}</p>}
          </>
        )}
      </Loaded>
      {asking === 'own' && <ObjectDialog to={{}} onClose={() => setAsking(undefined)} />}
      {asking === 'other' && <ObjectForOther onClose={() => setAsking(undefined)} />}
      {found && <CorrectionDetail key={found.id} correction={found} onClose={() => open(undefined)} />}
    </Page>
  );
}

type PartProps = { title: string; rows: readonly Correction[]; empty: string; emptyDo?: string; own?: boolean; onOpen: (id: string) => void };

function Part({ title, rows, empty, emptyDo, own = false, onOpen }: PartProps) {
  return (
    <Section title={title} note={rows.length > 0 ? rows.length : undefined}>
      {rows.length > 0 ? <CorrectionList caption={title} rows={rows} own={own} onOpen={onOpen} /> : <Empty title={empty}>{emptyDo}</Empty>}
    </Section>
  );
}
