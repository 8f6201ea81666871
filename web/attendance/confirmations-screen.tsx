// Konfirmasi: what was read of each day, the doubtful first; a named human says what it was before anything goes into an export.
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import type { ConfirmationList, ConfirmationRow, getConfirmations, postConfirmations } from '../../shared/confirmations.ts';
import type { getOpds, Zone } from '../../shared/people.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { dayAfter, dayIn, useFormats } from '../platform/format.ts';
import { useWatch } from '../platform/live.tsx';
import { useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { commonWords } from '../words/common.ts';
import { confirmationWords } from '../words/confirmations.ts';
import { ConfirmOne } from './confirmations-one.tsx';
import { ConfirmationTable } from './confirmations-table.tsx';
import { monthOf, SpanTools, type Span } from './confirmations-tools.tsx';
import { PresenceTabs } from './presence-tabs.tsx';
import './corrections.css';

export default function ConfirmationsScreen() {
  const a = useWords(attendanceWords);
  const c = useWords(commonWords);
  const me = useMe();
  const zone = useZone();
  const [search, setSearch] = useSearchParams();
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const mine = opds.value?.filter((unit) => unit.kind === 'opd' && me.managesOpds.includes(unit.id)) ?? [];
  const opdId = search.get('opd') ?? (me.opd && me.managesOpds.includes(me.opd.id) ? me.opd.id : mine[0]?.id);
  const span = spanIn(search, zone);
  const set = (more: Record<string, string>): void => setSearch({ ...(opdId !== undefined && { opd: opdId }), ...more }, { replace: true });
  useWatch(opdId === undefined ? undefined : `opd:${opdId}`);
  const list = useRead<typeof getConfirmations>('/api/opds/:id/confirmations', { params: { id: opdId ?? '' }, query: span }, { enabled: opdId !== undefined });
  return (
    <Page title={a.presence}>
      <PresenceTabs />
      {me.managesOpds.length === 0 ? (
        <Empty title={c.noRightTitle}>{c.noRightText}</Empty>
      ) : (
        <>
          <SpanTools opds={mine} opdId={opdId} span={span} onOpd={(opd) => set({ ...asked(search), opd })} onSpan={set} />
          <Loaded from={list} skeleton={<Bones rows={6} tall />}>
            {(value) => <Days key={`${value.opdId}${value.from}${value.to}`} list={value} again={list.again} />}
          </Loaded>
        </>
      )}
    </Page>
  );
}

const asked = (search: URLSearchParams): Record<string, string> => Object.fromEntries([...search].filter(([name]) => name === 'tanggal' || name === 'bulan'));

/** `?bulan=2026-11` or `?tanggal=2026-11-22`; yesterday when neither is said, because today is not over. */
function spanIn(search: URLSearchParams, zone: Zone): Span {
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.exec(search.get('bulan') ?? '')?.[0];
  if (month !== undefined) return monthOf(month);
  const day = search.get('tanggal') ?? dayAfter(dayIn(zone), -1);
  return { from: day, to: day };
}

function Days({ list, again }: { list: ConfirmationList; again: () => void }) {
  const w = useWords(confirmationWords);
  const f = useFormats();
  const [opened, setOpened] = useState<ConfirmationRow>();
  const { counts, rows, zone } = list;
  const oneDay = list.from === list.to;
  const when = oneDay ? f.day(list.from) : `${f.date(list.from)} – ${f.date(list.to)}`;
  const aside = w.more(counts);
  if (counts.all === 0) return <Empty title={w.empty}>{w.emptyDo}</Empty>;
  // The row as it is now, not as it was when it was opened: it may have changed behind the dialog.
  const current = opened && (rows.find((row) => row.personId === opened.personId && row.date === opened.date) ?? opened);
  return (
    <Section title={w.title} note={when}>
      <p className="sum" aria-live="polite">
        {w.counts(counts)}
      </p>
      {aside !== '' && <p className="quiet s">{aside}.</p>}
      <Together list={list} when={when} again={again} />
      {rows.length > 0 ? <ConfirmationTable rows={rows} zone={zone} dated={!oneDay} onOpen={setOpened} /> : <Empty title={w.clear} />}
      {list.more > 0 && <Note>{w.hidden(list.more)}</Note>}
      <p className="quiet s section-note">
        {!oneDay && w.doubtsOnly} {w.read}
      </p>
      {current && <ConfirmOne opdId={list.opdId} row={current} zone={zone} again={again} onClose={() => setOpened(undefined)} />}
    </Section>
  );
}

function Together({ list, when, again }: { list: ConfirmationList; when: string; again: () => void }) {
  const w = useWords(confirmationWords);
  const [asking, setAsking] = useState(false);
  const [confirmed, setConfirmed] = useState<number>();
  const confirm = useWrite<typeof postConfirmations>('POST', '/api/opds/:id/confirmations', ['/api/opds/:id/confirmations']);
  const { sure } = list.counts;
  async function yes(): Promise<void> {
    let sum = 0;
    // A large OPD's month takes several calls; what is written stays when one of them fails.
    for (let left = 1; left > 0;) {
      const done = await confirm.run({ params: { id: list.opdId }, body: { from: list.from, to: list.to, seen: list.seen } });
      if (!done) return again();
      sum += done.reply.confirmed;
      left = done.reply.left;
    }
    setConfirmed(sum);
    setAsking(false);
  }
  return (
    <div className="row together">
      {sure > 0 && (
        <Button kind="main" onClick={() => setAsking(true)}>
          {w.together(sure)}
        </Button>
      )}
      <span role="status" className="s">
        {confirmed !== undefined && !asking && w.togetherDone(confirmed)}
      </span>
      {asking && (
        <Ask
          title={w.togetherTitle(sure)}
          text={w.togetherText(list.opdName, when)}
          yes={w.togetherYes}
          alarm={false}
          busy={confirm.busy}
          failure={confirm.failure?.message}
          onYes={() => void yes()}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
