// One proposal under its paragraph: what it says, by whom and why; the ruling, or the buttons to rule.
import { useState, type FormEvent } from 'react';
import type { Minutes, postRuling, Proposal } from '../../shared/minutes.ts';
import { useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Mark } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { minutesWords } from '../words/minutes.ts';

export function ProposalLine({ proposal, minutes }: { proposal: Proposal; minutes: Minutes }) {
  const w = useWords(minutesWords);
  const f = useFormats();
  const { zone } = minutes.facts;
  const when = (at: string): string => `${f.shortDayOf(at, zone)} ${f.time(at, zone)}`;
  const { ruling } = proposal;
  const look =
    ruling === null
      ? (['half', 'wait', w.waiting] as const)
      : ruling.outcome === 'diterima'
        ? (['full', 'good', w.accepted] as const)
        : (['dash', 'quiet', w.refused] as const);
  return (
    <li className="proposal">
      <p className="row">
        <Mark shape={look[0]} tone={look[1]}>
          {look[2]}
        </Mark>
        <span className="quiet s">
          {proposal.yours ? w.yours : w.proposalBy([proposal.byName, proposal.byPosition].filter(Boolean).join(', '), when(proposal.at))}
        </span>
      </p>
      <p>
        <del>{proposal.oldText}</del> {proposal.newText === '' ? <em>{w.removesParagraph}</em> : <ins>{proposal.newText}</ins>}
      </p>
      <p className="s">
        {w.reason}: {proposal.reason}
      </p>
      {ruling && (
        <p className="quiet s">
          {look[2]} {w.ruledBy(ruling.byName, when(ruling.at))}
          {ruling.reason !== null && `: ${ruling.reason}`}
        </p>
      )}
      {ruling === null && minutes.you.lead && minutes.state === 'koreksi' && <Rule proposal={proposal} meetingId={minutes.meetingId} />}
    </li>
  );
}

function Rule({ proposal, meetingId }: { proposal: Proposal; meetingId: string }) {
  const w = useWords(minutesWords);
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const rule = useWrite<typeof postRuling>('POST', '/api/meetings/:id/minutes/proposals/:proposal/ruling', ['/api/meetings/:id/minutes']);
  const params = { id: meetingId, proposal: proposal.id };
  async function refuse(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await rule.run({ params, body: { outcome: 'ditolak', reason } })) setRefusing(false);
  }
  const failure = rule.failure && (
    <Note tone="alarm" alert>
      {rule.failure.message}
    </Note>
  );
  return (
    <>
      <div className="row">
        <Button kind="main" busy={rule.busy} onClick={() => void rule.run({ params, body: { outcome: 'diterima' } })}>
          {w.accept}
        </Button>
        <Button onClick={() => setRefusing(true)}>{w.refuse}</Button>
      </div>
      {!refusing && failure}
      {refusing && (
        <Dialog title={w.refuseTitle} onClose={() => setRefusing(false)}>
          <form className="stack" onSubmit={(event) => void refuse(event)}>
            <blockquote className="quoted">{proposal.newText === '' ? w.removesParagraph : proposal.newText}</blockquote>
            <TextField label={w.refuseReason} value={reason} onValue={setReason} required maxLength={300} />
            {failure}
            <div className="row row-end">
              <Button type="submit" kind="main" busy={rule.busy}>
                {w.refuseYes}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
