// Panggil nama: the list in order of units, one press (or key) for each person, beside what the portal sees by itself.
import type { KeyboardEvent } from 'react';
import type { RollMark } from '../../../shared/proceedings.ts';
import { clock } from '../../platform/time.ts';
import * as portal from './portal.ts';
import type { Snapshot } from './use-proceedings.ts';
import { useProceedingsWords } from './words.ts';

const MARKS: readonly RollMark[] = ['hadir', 'tidak_menjawab'];
const keys: Record<string, RollMark | null> = { h: 'hadir', t: 'tidak_menjawab', b: null };

/** Arrows go from person to person; letters mark who has the focus, and go on to the next. */
function step(event: KeyboardEvent<HTMLLIElement>, by: 1 | -1): void {
  const all = [...(event.currentTarget.closest('.roll')?.querySelectorAll<HTMLElement>('.roll-person') ?? [])];
  all[all.indexOf(event.currentTarget) + by]?.focus();
}

export function RollCall({ now, snapshot: { act, busy } }: { now: portal.Proceedings; snapshot: Snapshot }) {
  const words = useProceedingsWords();
  const { rollCall, rollUnits, you, meetingId, zone } = now;
  const last = rollCall.at(-1);
  const marks = new Map(last?.marks.map((mark) => [mark.member, mark]));
  const everybody = rollUnits.reduce((n, unit) => n + unit.people.length, 0);
  const present = last?.marks.filter((mark) => mark.mark === 'hadir').length ?? 0;
  const silent = (last?.marks.length ?? 0) - present;
  const mayMark = you.mayWrite && last !== undefined;
  const put = (member: string, word: RollMark | null): void => {
    if (last) void act(portal.mark(meetingId, member, last.round, word));
  };
  function press(event: KeyboardEvent<HTMLLIElement>, member: string): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const key = event.key.toLowerCase();
    if (key === 'arrowdown' || key === 'arrowup') step(event, key === 'arrowdown' ? 1 : -1);
    else if (mayMark && key in keys) {
      put(member, keys[key] ?? null);
      if (key !== 'b') step(event, 1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  if (!last && !you.mayWrite) return <p className="messages-empty">{words.rollNone}</p>;
  return (
    <div className="roll">
      {last ? (
        <>
          <p>
            <strong>{words.round(last.round, clock(last.openedAt, zone))}</strong>
          </p>
          <p aria-live="polite">{words.rollCount(present, silent, everybody - last.marks.length)}</p>
          {mayMark && <p className="quiet wide-only">{words.rollKeys}</p>}
        </>
      ) : (
        <div className="messages-empty">
          <p>{words.rollNone}</p>
          <p>{words.rollNoneDo}</p>
        </div>
      )}
      {you.mayWrite && (
        <button
          type="button"
          className={last ? 'button' : 'button button-main'}
          disabled={busy}
          onClick={() => void act(portal.callRoll(meetingId, last?.round ?? 0))}
        >
          {last ? words.rollNext : words.rollStart}
        </button>
      )}
      {last &&
        rollUnits.map((unit) => (
          <section key={unit.unitName}>
            <h3>{unit.unitName}</h3>
            <ul>
              {unit.people.map((person) => {
                const mark = marks.get(person.member);
                return (
                  // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are the row's: H, T, B mark its person, arrows go to the next
                  <li
                    key={person.member}
                    className="person roll-person"
                    tabIndex={mayMark ? 0 : undefined}
                    aria-label={`${person.name}, ${mark ? words.mark[mark.mark] : words.notCalled}`}
                    onKeyDown={(event) => press(event, person.member)}
                  >
                    <div className="person-card">
                      <p className="card-name">
                        {person.name}
                        {person.badge === 'Tamu' && <span className="badge">{words.guest}</span>}
                      </p>
                      <p className="card-line">
                        {person.label !== null && `${person.label} · `}
                        {person.inside ? words.insideNow : words.outsideNow}
                      </p>
                    </div>
                    {mayMark ? (
                      <div className="roll-marks" role="group" aria-label={words.markOne(person.name)}>
                        {MARKS.map((word) => (
                          <button
                            key={word}
                            type="button"
                            className="button"
                            aria-pressed={mark?.mark === word}
                            onClick={() => put(person.member, mark?.mark === word ? null : word)}
                          >
                            {words.mark[word]}
                          </button>
                        ))}
                      </div>
                    ) : (
                      <span className="roll-word">{mark ? words.mark[mark.mark] : words.notCalled}</span>
                    )}
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      {last && (
        <p className="quiet">
          {mayMark && words.rollUndo} {words.rollNever}
        </p>
      )}
    </div>
  );
}
