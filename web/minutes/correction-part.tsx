// A part while corrections are open: each paragraph with the way to propose, and under it what was proposed and how it was decided.
import { useState } from 'react';
import Pencil from 'lucide-react/icons/pencil';
import type { Minutes, MinutesPart, Paragraph } from '../../shared/minutes.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { minutesWords } from '../words/minutes.ts';
import { ProposalLine } from './proposal-line.tsx';
import { Propose } from './propose.tsx';
import { Line, textOf } from './read-part.tsx';

export function CorrectionPart({ part, minutes }: { part: MinutesPart; minutes: Minutes }) {
  return (
    <div className="prose">
      {part.paragraphs.map((p) => (
        <Correctable key={p.id} paragraph={p} minutes={minutes} />
      ))}
    </div>
  );
}

const SHORT = 60;
function Correctable({ paragraph, minutes }: { paragraph: Paragraph; minutes: Minutes }) {
  const w = useWords(minutesWords);
  const [proposing, setProposing] = useState(false);
  const text = textOf(paragraph);
  const proposals = minutes.proposals.filter((p) => p.paragraph === paragraph.id);
  return (
    <div className="correctable">
      <div className="correctable-line">
        <Line paragraph={paragraph}>{text === '' && <span className="quiet">{w.emptyParagraph}</span>}</Line>
        {minutes.you.propose && (
          <Button
            kind="quiet"
            icon={<Pencil aria-hidden />}
            aria-label={w.proposeFor(text === '' ? w.emptyParagraph : text.slice(0, SHORT))}
            onClick={() => setProposing(true)}
          >
            {w.propose}
          </Button>
        )}
      </div>
      {proposals.length > 0 && (
        <ul className="proposals">
          {proposals.map((p) => (
            <ProposalLine key={p.id} proposal={p} minutes={minutes} />
          ))}
        </ul>
      )}
      {proposing && <Propose paragraph={paragraph} meetingId={minutes.meetingId} onClose={() => setProposing(false)} />}
    </div>
  );
}
