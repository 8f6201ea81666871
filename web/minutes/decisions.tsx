// The decisions, word for word as they were read back and confirmed.
import type { Minutes, MinutesDecision } from '../../shared/minutes.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { minutesWords } from '../words/minutes.ts';

export function Decisions({ minutes: { decisions, facts } }: { minutes: Minutes }) {
  const w = useWords(minutesWords);
  return (
    <section className="minutes-part" aria-label={w.decisions}>
      <h2>
        {w.decisions} <small>{w.fromRecord}</small>
      </h2>
      {decisions.length === 0 && <p className="quiet">{w.noDecisions}</p>}
      <ol className="resolutions">
        {decisions.map((d) => (
          <Resolution key={d.id} decision={d} zone={facts.zone} />
        ))}
      </ol>
    </section>
  );
}

function Resolution({ decision: d, zone }: { decision: MinutesDecision; zone: Minutes['facts']['zone'] }) {
  const w = useWords(minutesWords);
  const f = useFormats();
  const more: [string, string | null][] = [
    [w.dec.basis, d.basis],
    [w.dec.responsible, d.responsible],
    [w.dec.due, d.dueOn && f.day(d.dueOn)],
    [w.dec.objections, d.objections.map(({ name, words }) => `${name}: ${words}`).join('; ')],
    [w.dec.under, d.underQuorumReason],
    [w.dec.strategic, d.strategicReason],
    [w.dec.decided, w.decidedBy(f.time(d.decidedAt, zone), d.decidedBy)],
  ];
  const words = d.text.split(/\n+/);
  return (
    <li value={d.no} data-revoked={d.revoked !== null || undefined}>
      {words.map((line, n) => (
        <p key={n} className="resolution-text">
          {d.revoked ? <s>{line}</s> : line}
        </p>
      ))}
      {d.revoked && <p>{w.revoked(f.time(d.revoked.at, zone), d.revoked.byName, d.revoked.reason)}</p>}
      <dl className="facts">
        {more.map(
          ([name, fact]) =>
            fact && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{fact}</dd>
              </div>
            ),
        )}
      </dl>
    </li>
  );
}
