// Calls for this person: what rings now, what was missed, what was answered; and what a browser can and cannot do.
import { useEffect, useEffectEvent, useState } from 'react';
import { Link } from 'wouter';
import Video from 'lucide-react/icons/video';
import type { getMyCalls, IncomingCall, postMyCallsSeen } from '../../../shared/calls.ts';
import { useRead, useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Mark, type MarkShape, type Tone } from '../../ui/marks.tsx';
import { Bones, Empty, Loaded } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { commonWords } from '../../words/common.ts';
import { missedWords } from '../../words/missed.ts';
import './missed.css';

export default function CallsScreen() {
  const w = useWords(missedWords);
  const mine = useRead<typeof getMyCalls>('/api/me/calls', {});
  const fresh = useLookedAt(mine.value);
  return (
    <Page title={w.title} under={w.under}>
      <Loaded from={mine} skeleton={<Bones rows={5} tall />}>
        {({ ringing, recent }) => {
          const missed = recent.filter((call) => call.missed);
          const answered = recent.filter((call) => !call.missed && !ringing.some(({ id }) => id === call.id));
          if (ringing.length + missed.length + answered.length === 0) return <Empty title={w.emptyTitle}>{w.emptyText}</Empty>;
          return (
            <>
              {ringing.length > 0 && <Calls title={w.ringing} calls={ringing} />}
              {missed.length > 0 && <Calls title={w.missed} calls={missed} fresh={fresh} />}
              {answered.length > 0 && <Calls title={w.answered} calls={answered} />}
            </>
          );
        }}
      </Loaded>
      <Section title={w.reachTitle}>
        <ul className="call-reach">
          {w.reach.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p>
          <Link href="/akun" className="tap">
            {w.device}
          </Link>
        </p>
      </Section>
    </Page>
  );
}

/** Says that the list was looked at, and answers which of it was new: it stays marked while the screen is open. */
function useLookedAt(mine: { recent: readonly IncomingCall[]; unseen: number } | undefined): ReadonlySet<string> {
  const seen = useWrite<typeof postMyCallsSeen>('POST', '/api/me/calls/seen', ['/api/me/calls']);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const unseen = mine?.unseen ?? 0;
  const look = useEffectEvent((): void => {
    if (!mine || document.visibilityState === 'hidden') return;
    const ids = mine.recent.filter((call) => call.missed).slice(0, unseen);
    setFresh((before) => new Set([...before, ...ids.map(({ id }) => id)]));
    void seen.run({});
  });
  useEffect(() => {
    if (unseen === 0) return undefined;
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
    // Only another number of unseen calls is another look.
  }, [unseen]);
  return fresh;
}

function Calls({ title, calls, fresh }: { title: string; calls: readonly IncomingCall[]; fresh?: ReadonlySet<string> }) {
  return (
    <Section title={title}>
      <ul className="calls">
        {calls.map((call) => (
          <CallRow key={call.id} call={call} isNew={fresh?.has(call.id) ?? false} />
        ))}
      </ul>
    </Section>
  );
}

function CallRow({ call, isNew }: { call: IncomingCall; isNew: boolean }) {
  const w = useWords(missedWords);
  const common = useWords(commonWords);
  const f = useFormats();
  const runs = call.meetingState === 'berlangsung';
  return (
    <li className="call-row" data-missed={call.missed || undefined}>
      <p className="call-when">
        <span>{f.shortDayOf(call.placedAt, call.zone)}</span>
        <span className="num">{f.time(call.placedAt, call.zone)}</span>
      </p>
      <div>
        <p className="call-subject">
          {call.subject} {isNew && <span className="badge call-new">{w.isNew}</span>}
        </p>
        <p className="call-line">{w.by(call.callerName, call.callerAs)}</p>
        <p className="call-line">
          <CallMark call={call} />
          <span>{common.sifat[call.sifat]}</span>
          {call.youAs !== '' && <span>{w.as(call.youAs)}</span>}
          <span>{runs ? w.stillRuns(call.inside) : w.over}</span>
        </p>
      </div>
      {runs && (
        <ButtonLink outside to={`/r/${call.meetingId}?langsung`} kind="main" icon={<Video aria-hidden />}>
          {w.join}
          <span className="sr-only"> {call.subject}</span>
        </ButtonLink>
      )}
    </li>
  );
}

const LOOKS: Record<IncomingCall['state'], readonly [MarkShape, Tone]> = {
  memanggil: ['half', 'alarm'],
  menjawab: ['half', 'wait'],
  menolak: ['dash', 'quiet'],
  menyusul: ['half', 'wait'],
  bergabung: ['full', 'good'],
  dibatalkan: ['dash', 'quiet'],
  berakhir: ['dash', 'quiet'],
};

function CallMark({ call }: { call: IncomingCall }) {
  const w = useWords(missedWords);
  const f = useFormats();
  const [shape, tone] = call.missed ? (['ring', 'alarm'] as const) : LOOKS[call.state];
  const text =
    call.state === 'menolak' && call.reason !== null
      ? w.declined(call.reason)
      : call.state === 'menyusul' && call.eta !== null
        ? w.coming(f.time(call.eta, call.zone))
        : w.state[call.state];
  return (
    <Mark shape={shape} tone={tone}>
      {call.missed && call.state === 'berakhir' ? w.missedMark : text}
    </Mark>
  );
}
