// The decisions of a meeting as they stand on record, word for word. They are written and confirmed in the room.
import type { Decision, Proceedings } from '../../shared/proceedings.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Mark, type MarkShape, type Tone } from '../ui/marks.tsx';
import { Empty } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { proceedingsWords } from '../words/proceedings.ts';

const looks: Record<Decision['state'], [MarkShape, Tone]> = {
  rancangan: ['ring', 'quiet'],
  dibacakan: ['half', 'wait'],
  ditetapkan: ['full', 'good'],
  dicabut: ['dash', 'quiet'],
};

export function Decisions({ of }: { of: Proceedings }) {
  const w = useWords(proceedingsWords);
  return (
    <Section title={w.title}>
      {of.decisions.length === 0 ? (
        <Empty title={of.state === 'berakhir' ? w.noneEver : w.none}>{of.state === 'berakhir' ? undefined : of.you.mayWrite ? w.noneDo : w.noneRead}</Empty>
      ) : (
        <ol className="decision-list">
          {of.decisions.map((decision) => (
            <li key={decision.id} data-state={decision.state}>
              <One decision={decision} zone={of.zone} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function One({ decision, zone }: { decision: Decision; zone: Proceedings['zone'] }) {
  const w = useWords(proceedingsWords);
  const f = useFormats();
  const [shape, tone] = looks[decision.state];
  const { responsible } = decision;
  const agreed = decision.voices.filter((voice) => voice.answer === 'setuju');
  const objected = decision.voices.filter((voice) => voice.answer === 'keberatan');
  const named = (voice: { name: string; badge: string | null }): string => (voice.badge === 'Tamu' ? `${voice.name} (${w.guest})` : voice.name);
  const final = decision.decidedAt !== null;
  return (
    <article className="stack">
      <header className="row">
        <h3>{decision.no === null ? w.draft : w.number(decision.no)}</h3>
        <Mark shape={shape} tone={tone}>
          {w.state[decision.state]}
        </Mark>
      </header>
      <p className="decision-words">{decision.text}</p>
      <dl className="facts">
        {decision.basis !== null && <Fact name={w.basis}>{decision.basis}</Fact>}
        {responsible && (
          <Fact name={w.responsible}>
            {responsible.title}{' '}
            <span className="quiet">({responsible.holder ? (final ? responsible.holder.name : w.holder(responsible.holder.name)) : w.noHolder})</span>
          </Fact>
        )}
        {decision.dueOn !== null && <Fact name={w.due}>{f.day(decision.dueOn)}</Fact>}
        {objected.length > 0 && (
          <Fact name={w.objections}>
            <ul>
              {objected.map((voice) => (
                <li key={voice.member}>
                  <strong>{named(voice)}</strong>: “{voice.words}”
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {agreed.length > 0 && <Fact name={w.agreed}>{agreed.map(named).join(', ')}</Fact>}
        {decision.silent.length > 0 && <Fact name={final ? w.silentFinal : w.silent}>{decision.silent.map((one) => one.name).join(', ')}</Fact>}
      </dl>
      {decision.decidedAt !== null && (
        <p className="quiet s">
          {w.decidedBy(decision.decidedByName ?? '', decision.decidedAs ?? '', f.time(decision.decidedAt, zone))}{' '}
          {decision.quorum && w.decidedQuorum(decision.quorum.present, decision.quorum.needed)}
        </p>
      )}
      {decision.underQuorumReason !== null && <p className="note note-wait">{w.underQuorum(decision.underQuorumReason)}</p>}
      {decision.strategicReason !== null && <p className="note note-wait">{w.strategicNote(decision.strategicReason)}</p>}
      {decision.revokedAt !== null && (
        <p className="note note-wait">{w.revokedBy(decision.revokedByName ?? '', f.time(decision.revokedAt, zone), decision.revokedReason ?? '')}</p>
      )}
    </article>
  );
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
