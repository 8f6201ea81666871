// Whom an urgent call is placed to most often, one tap each. Several may be on at once.
import type { CallDesk } from '../../../shared/calls.ts';
import { useMe } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { toggled, type Directory } from '../../whom/choice.ts';
import { callWords } from '../../words/calls.ts';
import { postsAt, type Whom } from './whom.ts';

type Ready = { key: string; label: string; note: string; on: boolean; press?: () => void };

export function ReadyChoices({
  whom,
  onWhom,
  desk,
  known,
  opdId,
}: {
  whom: Whom;
  onWhom: (whom: Whom) => void;
  desk: CallDesk;
  known: Directory;
  opdId: string;
}) {
  const w = useWords(callWords);
  const me = useMe();
  const opd = known.unit.get(opdId);
  const all: Ready[] = [];

  function posts(key: string, label: string, ids: readonly string[], note: string): void {
    if (ids.length === 0) return;
    const { positions } = whom.choice;
    const on = ids.every((id) => positions.includes(id));
    const rest = positions.filter((id) => !ids.includes(id));
    all.push({ key, label, note, on, press: () => onWhom({ ...whom, choice: { ...whom.choice, positions: on ? rest : [...rest, ...ids] } }) });
  }

  const bidang = postsAt(known, me, 'kabid', opdId);
  posts('bidang', w.readyBidang(opd?.abbreviation ?? ''), bidang, w.posts(bidang.length));
  const heads = postsAt(known, me, 'kepala_opd');
  const headed = me.positions.some((held) => held.level === 'kepala_opd');
  posts('heads', w.readyHeads, heads, headed ? `${w.posts(heads.length)}, ${w.notYou}` : w.posts(heads.length));
  all.push({
    key: 'duty',
    label: w.readyDuty,
    note: desk.onDuty > 0 ? `${opd?.abbreviation ?? ''} · ${w.people(desk.onDuty)}` : w.readyDutyNone,
    on: whom.dutyOf.includes(opdId),
    ...(desk.onDuty > 0 && { press: () => onWhom({ ...whom, dutyOf: toggled(whom.dutyOf, opdId) }) }),
  });
  for (const group of desk.groups)
    all.push({
      key: group.id,
      label: group.name,
      note: w.readyGroup,
      on: whom.groups.includes(group.id),
      press: () => onWhom({ ...whom, groups: toggled(whom.groups, group.id) }),
    });
  const last = desk.lastCall;
  if (last)
    all.push({
      key: 'last',
      label: w.readyLast,
      note: `${last.subject} · ${w.people(last.people)}`,
      on: whom.lastCall === last.id,
      press: () => onWhom({ ...whom, lastCall: whom.lastCall === last.id ? null : last.id }),
    });

  return (
    <div role="group" aria-label={w.ready} className="ready">
      {all.map(({ key, label, note, on, press }) => (
        <button key={key} type="button" aria-pressed={on} disabled={press === undefined} onClick={press}>
          <strong>{label}</strong>
          <small>{note}</small>
        </button>
      ))}
    </div>
  );
}
