// Cari waktu: times at which the most of the invited are free. Each is a button; who is away stands below it.
import { useState } from 'react';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { postTimes, Proposal } from '../../shared/planning.ts';
import type { Zone } from '../../shared/people.ts';
import { useAsk } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { planningWords } from '../words/planning.ts';
import { useSettled } from './use-settled.ts';
import { ConflictList } from './who-is-free.tsx';

type Props = { asked: BodyOf<typeof postTimes>; zone: Zone; onTake: (proposal: Proposal) => void; onClose: () => void };

export function FindTime({ asked, zone, onTake, onClose }: Props) {
  const w = useWords(planningWords);
  const [from, setFrom] = useState(() => dayIn(zone));
  const settled = useSettled(from);
  const times = useAsk<typeof postTimes>('/api/planning/times', { body: { ...asked, ...(settled !== '' && { from: settled }) } }, { keepWhileAsking: true });
  return (
    <Dialog title={w.findTitle} side onClose={onClose}>
      <div className="stack">
        <p className="quiet s">{w.findUnder(asked.minutes)}</p>
        <TextField label={w.earliestFrom} type="date" value={from} min={dayIn(zone)} onValue={setFrom} />
        <Loaded from={times} skeleton={<Bones rows={8} tall />}>
          {({ proposals }) =>
            proposals.length === 0 ? (
              <Empty title={w.findNone} />
            ) : (
              <ol className="plan-times">
                {proposals.map((one) => (
                  <Time key={one.startsAt} proposal={one} zone={zone} onTake={onTake} />
                ))}
              </ol>
            )
          }
        </Loaded>
      </div>
    </Dialog>
  );
}

function Time({ proposal, zone, onTake }: { proposal: Proposal; zone: Zone; onTake: (proposal: Proposal) => void }) {
  const w = useWords(planningWords);
  const f = useFormats();
  const { startsAt, endsAt, free, asked, busy, onDuty } = proposal;
  return (
    <li>
      <button type="button" className="plan-time" onClick={() => onTake(proposal)}>
        <span className="plan-time-day">{f.dayOf(startsAt, zone)}</span>
        <span className="num plan-time-hour">{f.span(startsAt, endsAt, zone)}</span>
        <span className="mark" data-shape={busy.length === 0 ? 'full' : 'half'} data-tone={busy.length === 0 ? 'good' : 'wait'}>
          {busy.length === 0 ? w.allFree(asked) : w.someFree(free, asked)}
        </span>
        <span className="sr-only">. {w.take}</span>
      </button>
      {busy.length > 0 && <ConflictList conflicts={busy} zone={zone} />}
      {onDuty.length > 0 && <p className="quiet s">{w.onDuty(onDuty.join(', '))}</p>}
    </li>
  );
}
