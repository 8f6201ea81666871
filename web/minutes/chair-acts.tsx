// What the chair does with the minutes as a whole: freeze and open corrections, move their last day, approve.
import { useState, type FormEvent } from 'react';
import type { Minutes, postMinutesApproval, postMinutesCorrection } from '../../shared/minutes.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { dayAfter, dayIn, useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { minutesWords } from '../words/minutes.ts';

const CHANGED = ['/api/meetings/:id/minutes'];
/** Our own habit until a region sets another. */
const USUAL_DAYS = 3;
const LONGEST_DAYS = 30;

export function ChairActs({ minutes }: { minutes: Minutes }) {
  const w = useWords(minutesWords);
  const [doing, setDoing] = useState<'correction' | 'approval' | null>(null);
  const { state, you, facts } = minutes;
  if (!you.chair || facts.endedAt === null || (state !== 'konsep' && state !== 'koreksi')) return null;
  return (
    <>
      {state === 'koreksi' && (
        <Button kind="main" onClick={() => setDoing('approval')}>
          {w.approve}
        </Button>
      )}
      <Button kind={state === 'konsep' ? 'main' : 'plain'} onClick={() => setDoing('correction')}>
        {state === 'konsep' ? w.openCorrection : w.moveCorrection}
      </Button>
      {doing === 'correction' && <OpenCorrection minutes={minutes} onClose={() => setDoing(null)} />}
      {doing === 'approval' && <Approve minutes={minutes} onClose={() => setDoing(null)} />}
    </>
  );
}

function OpenCorrection({ minutes, onClose }: { minutes: Minutes; onClose: () => void }) {
  const w = useWords(minutesWords);
  const today = dayIn(minutes.facts.zone, new Date(minutes.serverTime));
  const [until, setUntil] = useState(minutes.correction?.until ?? dayAfter(today, USUAL_DAYS));
  const open = useWrite<typeof postMinutesCorrection>('POST', '/api/meetings/:id/minutes/correction', CHANGED);
  const first = minutes.state === 'konsep';
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await open.run({ params: { id: minutes.meetingId }, body: { until } })) onClose();
  }
  return (
    <Dialog title={first ? w.correctionTitle : w.correctionMoveTitle} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        {first && <p>{w.correctionText}</p>}
        <TextField
          label={w.lastDay}
          type="date"
          value={until}
          onValue={setUntil}
          min={today}
          max={dayAfter(today, LONGEST_DAYS)}
          required
          error={fieldFailure(open.failure, 'until') && open.failure?.message}
        />
        {open.failure && fieldFailure(open.failure, 'until') === undefined && (
          <Note tone="alarm" alert>
            {open.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button type="submit" kind="main" busy={open.busy}>
            {first ? w.correctionYes : w.correctionMoveYes}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Approve({ minutes, onClose }: { minutes: Minutes; onClose: () => void }) {
  const w = useWords(minutesWords);
  const f = useFormats();
  const [reason, setReason] = useState('');
  const approve = useWrite<typeof postMinutesApproval>('POST', '/api/meetings/:id/minutes/approval', CHANGED);
  const early = minutes.correction !== null && !minutes.correction.over;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await approve.run({ params: { id: minutes.meetingId }, body: early ? { early: reason } : {} })) onClose();
  }
  return (
    <Dialog title={w.approveTitle} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{w.approveText}</p>
        {early && minutes.correction && (
          <TextField label={w.earlyReason} hint={w.approveEarly(f.day(minutes.correction.until))} value={reason} onValue={setReason} required maxLength={300} />
        )}
        {approve.failure && (
          <Note tone="alarm" alert>
            {approve.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button type="submit" kind="main" busy={approve.busy}>
            {w.approveYes}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
