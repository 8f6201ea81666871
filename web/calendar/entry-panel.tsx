// One entry opened: what is known of it, and what can be done.
import Video from 'lucide-react/icons/video';
import type { CalendarEntry } from '../../shared/calendar.ts';
import type { Zone } from '../../shared/people.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { calendarWords } from '../words/calendar.ts';
import { isMovable } from './days.ts';
import { useEntryWords } from './entry.tsx';

export default function EntryPanel({ entry, zone, onClose, onMove }: { entry: CalendarEntry; zone: Zone; onClose: () => void; onMove: () => void }) {
  const w = useWords(calendarWords);
  const f = useFormats();
  const say = useEntryWords(zone);
  const office = say.officeSpan(entry);
  const facts: [string, string | null][] = [
    [w.when, `${f.dayOf(entry.startsAt, zone)}, ${say.span(entry)}${office === null ? '' : ` (${office})`}`],
    [w.where, entry.place],
    [w.who, entry.opdName],
    [w.chair, entry.chairName],
    [w.state, entry.title === null ? null : [w.states[entry.state], entry.series ? w.series : null].filter(Boolean).join(', ')],
  ];
  return (
    <Dialog side title={say.title(entry)} onClose={onClose}>
      <div className="stack">
        <dl className="facts cal-facts">
          {facts.map(([name, fact]) =>
            fact ? (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{fact}</dd>
              </div>
            ) : null,
          )}
        </dl>
        {entry.title === null && <p className="quiet">{w.busyText}</p>}
        <div className="row">
          {entry.kind === 'rapat' && entry.path !== null && entry.state === 'berlangsung' && (
            <ButtonLink outside to={`/r/${entry.id}`} kind="main" icon={<Video aria-hidden />}>
              {w.join}
            </ButtonLink>
          )}
          {entry.path !== null && <ButtonLink to={entry.path}>{w.open}</ButtonLink>}
          {isMovable(entry) && <Button onClick={onMove}>{w.move}</Button>}
        </div>
      </div>
    </Dialog>
  );
}
