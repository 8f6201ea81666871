// The quiet clock of the agenda in the top line: which item, and what is left of it.
import { useServerNow } from '../../platform/server-clock.ts';
import { agendaClock } from './agenda-clock.ts';
import type { Proceedings } from './portal.ts';
import { useProceedingsWords } from './words.ts';

export function AgendaLight({ now, onOpen }: { now: Proceedings; onOpen: () => void }) {
  const words = useProceedingsWords();
  const at = useServerNow(now.serverTime, now.agenda.now !== null);
  const clock = agendaClock(now.agenda, at);
  if (!clock) return null;
  const { no, of, leftMs } = clock;
  const text = now.agenda.items[no - 1]?.text ?? '';
  return (
    <button type="button" className="agenda-light" data-over={leftMs !== null && leftMs < 0} title={text} onClick={onOpen}>
      <span className="agenda-no" aria-hidden="true">
        {words.agendaAt(no, of)}
      </span>
      {leftMs !== null && <small>{leftMs >= 0 ? words.agendaLeft(Math.ceil(leftMs / 60_000)) : words.agendaOver(Math.ceil(-leftMs / 60_000))}</small>}
      <span className="for-readers">
        {words.agendaAt(no, of)}: {text}
      </span>
    </button>
  );
}
