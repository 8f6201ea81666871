// What those who lead can do to one person, folded into one button.
import { useRef } from 'react';
import type { RoomPerson } from '../../shared/meetings.ts';
import type { Question } from './ask.tsx';
import { Icon } from '../ui/icon.tsx';
import type { ModerationSnapshot } from './moderation/use-moderation.ts';
import { useModerationWords } from './moderation/words.ts';
import type { HostSnapshot } from './use-host.ts';
import { useWords } from './use-words.ts';

type Props = { person: RoomPerson; host: HostSnapshot; moderation: ModerationSnapshot; own: boolean; onAsk: (question: Question) => void };

export function HostActions({ person, host, moderation, own, onAsk }: Props) {
  const words = useWords();
  const text = words.peoplePanel;
  const more = useModerationWords().act;
  const fold = useRef<HTMLDetailsElement>(null);
  const { remove, copyLink } = host;
  const { held, muteOne, spot, unspot, giveTurn, appoint } = moderation;
  const { member } = person;
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
        act: () => remove?.(member, ban),
      }),
    );
  const role = moderation.rolesOf(member).find((one) => one === 'ko_host' || one === 'operator');
  const lit = held?.spotlight.find((one) => one.member === member);
  const acts: { word: string; act: () => void }[] = [
    ...(muteOne && person.inside && !own ? [{ word: more.mute, act: () => muteOne(member) }] : []),
    ...(giveTurn && person.inside && !held?.turn ? [{ word: more.give, act: () => giveTurn(member) }] : []),
    ...(spot && person.inside && lit?.what !== 'orang' ? [{ word: more.spot, act: () => spot({ member, what: 'orang' }) }] : []),
    ...(spot && person.inside && lit?.what !== 'layar' ? [{ word: more.spotScreen, act: () => spot({ member, what: 'layar' }) }] : []),
    ...(unspot && lit ? [{ word: more.unspot, act: () => unspot(member) }] : []),
    ...(appoint && !person.chair && person.badge === null && role !== 'ko_host' ? [{ word: more.coHost, act: () => appoint(member, 'ko_host') }] : []),
    ...(appoint && !person.chair && person.badge === null && role !== 'operator' ? [{ word: more.operator, act: () => appoint(member, 'operator') }] : []),
    ...(appoint && role ? [{ word: more.endRole(words.roles[role]), act: () => appoint(member, null) }] : []),
    ...(copyLink && !own ? [{ word: text.copyLink, act: () => copyLink(member) }] : []),
  ];
  const removable = remove && !person.chair && !own;
  if (acts.length === 0 && !removable) return null;
  return (
    <details
      className="acts"
      ref={fold}
      onToggle={({ currentTarget }) => currentTarget.open && currentTarget.lastElementChild?.scrollIntoView({ block: 'nearest' })}
    >
      <summary aria-label={text.act(person.name)}>
        <Icon name="dots" />
      </summary>
      <div className="acts-list">
        {acts.map(({ word, act }) => (
          <button key={word} type="button" onClick={choose(act)}>
            {word}
          </button>
        ))}
        {removable && person.inside && (
          <button type="button" onClick={ask(false)}>
            {text.remove}
          </button>
        )}
        {removable && (
          <button type="button" className="acts-alarm" onClick={ask(true)}>
            {text.ban}
          </button>
        )}
      </div>
    </details>
  );
}
