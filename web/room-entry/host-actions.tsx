// What the chair can do to one person, folded into one button.
import { useRef } from 'react';
import type { RoomPerson } from '../../shared/meetings.ts';
import type { Question } from './ask.tsx';
import { Icon } from '../ui/icon.tsx';
import type { HostSnapshot } from './use-host.ts';
import { useWords } from './use-words.ts';

export function HostActions({ person, host, onAsk }: { person: RoomPerson; host: HostSnapshot; onAsk: (question: Question) => void }) {
  const words = useWords();
  const text = words.peoplePanel;
  const fold = useRef<HTMLDetailsElement>(null);
  const { remove, copyLink } = host;
  if (!remove) return null;

  const choose = (act: () => void) => () => {
    if (fold.current) fold.current.open = false;
    act();
  };
  const ask = (ban: boolean) =>
    choose(() =>
      onAsk({
        title: ban ? text.banAsk(person.name) : text.removeAsk(person.name),
        body: ban ? text.banWhat : text.removeWhat,
        yes: ban ? text.ban : text.remove,
        no: words.cancel,
        act: () => remove(person.member, ban),
      }),
    );
  return (
    <details className="acts" ref={fold}>
      <summary aria-label={text.act(person.name)}>
        <Icon name="dots" />
      </summary>
      <div className="acts-list">
        {copyLink && (
          <button type="button" onClick={choose(() => copyLink(person.member))}>
            {text.copyLink}
          </button>
        )}
        {!person.chair && person.inside && (
          <button type="button" onClick={ask(false)}>
            {text.remove}
          </button>
        )}
        {!person.chair && (
          <button type="button" className="acts-alarm" onClick={ask(true)}>
            {text.ban}
          </button>
        )}
      </div>
    </details>
  );
}
