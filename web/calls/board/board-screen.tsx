// The caller's board: who was called, what each answered, and what happens next. A list that changes in place, with seconds.
import { useState } from 'react';
import DoorOpen from 'lucide-react/icons/door-open';
import type { CallBoard, getCallBoard, postCallCancel } from '../../../shared/calls.ts';
import { useKnown, useRead, useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useWatch } from '../../platform/live.tsx';
import { useServerNow } from '../../platform/server-clock.ts';
import { useWords } from '../../platform/words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { Bones, Loaded, Note } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { callWords } from '../../words/calls.ts';
import { SifatMark } from '../sifat-mark.tsx';
import { byUnit, overAt } from './standing.ts';
import { Summary } from './summary.tsx';
import { Unit } from './unit.tsx';
import '../calls.css';

export default function BoardScreen({ id }: { id: string }) {
  const w = useWords(callWords);
  const board = useRead<typeof getCallBoard>('/api/calls/:id', { params: { id } });
  // The board of a call just placed is older than the first tab that rang.
  useWatch(`call:${id}`, board.again);
  if (!board.value) {
    return (
      <Page title={w.boardMissing}>
        <Loaded from={board} skeleton={<Bones rows={6} tall />}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  return (
    <Loaded from={board} skeleton={null}>
      {(value) => <Board key={id} board={value} />}
    </Loaded>
  );
}

function Board({ board }: { board: CallBoard }) {
  const w = useWords(callWords);
  const f = useFormats();
  const over = overAt(board);
  const now = useServerNow(board.serverTime, board.endedAt === null);
  return (
    <Page
      title={board.subject}
      over={`${board.callerName} · ${board.callerAs}`}
      under={
        <p className="call-line">
          <SifatMark sifat={board.sifat} />
          <span>{board.opdName}</span>
          <span className="num">{w.placedAt(f.time(board.placedAt, board.zone))}</span>
        </p>
      }
      actions={<Actions board={board} />}
    >
      {board.endedAt !== null && <Note>{w.ended(f.time(board.endedAt, board.zone))}</Note>}
      {board.endedAt === null && board.cancelledAt !== null && <Note tone="wait">{w.cancelled(f.time(board.cancelledAt, board.zone))}</Note>}
      {board.overLimitReason !== null && <Note tone="wait">{w.overLimit(board.overLimitReason)}</Note>}
      {!board.mayAct && over === null && <Note>{w.readOnly}</Note>}
      <Summary board={board} now={now} />
      <div className="board">
        {byUnit(board.seats).map((unit) => (
          <Unit key={unit.key} unit={unit} board={board} now={now} />
        ))}
      </div>
    </Page>
  );
}

function Actions({ board }: { board: CallBoard }) {
  const w = useWords(callWords);
  const [asking, setAsking] = useState(false);
  const cancel = useWrite<typeof postCallCancel>('POST', '/api/calls/:id/cancel', ['/api/calls']);
  const know = useKnown<typeof getCallBoard>('/api/calls/:id');
  const params = { id: board.id };
  async function yes(): Promise<void> {
    const done = await cancel.run({ params });
    if (!done) return;
    know({ params }, done.reply);
    setAsking(false);
  }
  return (
    <>
      {board.endedAt === null ? (
        <ButtonLink outside to={`/r/${board.meetingId}?langsung`} kind="main" large icon={<DoorOpen aria-hidden />}>
          {w.enter}
        </ButtonLink>
      ) : (
        <ButtonLink to={`/rapat/${board.meetingId}`} large>
          {w.toMeeting}
        </ButtonLink>
      )}
      {board.mayAct && board.endedAt === null && <ButtonLink to={`/panggil?rapat=${board.meetingId}`}>{w.callMore}</ButtonLink>}
      {board.mayAct && overAt(board) === null && <Button onClick={() => setAsking(true)}>{w.cancel}</Button>}
      {asking && (
        <Ask
          title={w.cancelTitle(board.subject)}
          text={w.cancelText}
          yes={w.cancelYes}
          busy={cancel.busy}
          failure={cancel.failure?.message}
          onYes={() => void yes()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
