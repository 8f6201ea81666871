// One appointment: what, as what, between which days; a keeper of staff may end it.
import { useState } from 'react';
import type { Position, postHoldingEnd } from '../../shared/people.ts';
import { useWrite } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { PlaceCard } from '../ui/marks.tsx';
import { commonWords } from '../words/common.ts';
import { peopleWords } from '../words/people.ts';

type Holding = Position['holdings'][number];

export const STAFF_CHANGED = ['/api/people', '/api/positions', '/api/me'];

export function HoldingLine({ position, holding, unit, keeper }: { position: Position; holding: Holding; unit: string | undefined; keeper: boolean }) {
  const w = useWords(peopleWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const today = dayIn(useZone());
  const [ending, setEnding] = useState(false);
  const [lastDay, setLastDay] = useState(today);
  const end = useWrite<typeof postHoldingEnd>('POST', '/api/holdings/:id/end', STAFF_CHANGED);
  const label = holding.kind === 'definitif' ? position.title : `${c.holding[holding.kind]} ${position.title}`;
  const over = holding.until !== null && holding.until < today;
  async function endIt(): Promise<void> {
    if (await end.run({ params: { id: holding.id }, body: { until: lastDay } })) setEnding(false);
  }
  return (
    <li className="holding" data-over={over}>
      <PlaceCard
        name={label}
        position={[unit, holding.until === null ? w.from(f.date(holding.from)) : w.until(f.date(holding.from), f.date(holding.until))]
          .filter(Boolean)
          .join(', ')}
        more={holding.basis}
      />
      {keeper && !over && (
        <Button kind="quiet" onClick={() => setEnding(true)}>
          {w.endHolding}
          <span className="sr-only"> {label}</span>
        </Button>
      )}
      {ending && (
        <Ask
          title={w.endTitle(label)}
          text={
            <>
              {w.endText(holding.personName)}
              <TextField label={w.lastDay} type="date" value={lastDay} min={holding.from} onValue={setLastDay} required />
            </>
          }
          yes={w.endYes}
          busy={end.busy}
          failure={end.failure?.message}
          onYes={() => void endIt()}
          onClose={() => setEnding(false)}
        />
      )}
    </li>
  );
}
