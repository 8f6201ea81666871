// For who prepares the meeting: who answered what, those without an answer first; each link; asking once more.
import { useState } from 'react';
import UserPlus from 'lucide-react/icons/user-plus';
import type { AnswerBoard, deleteLink, getAnswerBoard, InvitedRow, postReminders, putAnswerFor } from '../../shared/invitations.ts';
import type { MeetingCard, postNewLink } from '../../shared/meetings.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWatch } from '../platform/live.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask, Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { invitationWords } from '../words/invitations.ts';
import { meetingWords } from '../words/meetings.ts';
import { hasNoMail, InvitedList, type Doing } from './invited-list.tsx';
import LinkAsks from './link-asks.tsx';
import './invitations.css';

const CHANGED = ['/api/meetings/:id/answers', '/api/me/answers', '/api/meetings/:id/invitations'];

export default function InvitedSection({ meeting, onAdd }: { meeting: MeetingCard; onAdd: () => void }) {
  const w = useWords(invitationWords);
  const m = useWords(meetingWords);
  useWatch(`host:${meeting.id}`);
  const board = useRead<typeof getAnswerBoard>('/api/meetings/:id/answers', { params: { id: meeting.id } });
  const [doing, setDoing] = useState<Doing>();
  const over = meeting.state === 'berakhir' || meeting.state === 'dibatalkan';
  return (
    <Section
      title={w.invited}
      actions={
        over ? undefined : (
          <Button kind="quiet" icon={<UserPlus aria-hidden />} onClick={onAdd}>
            {m.addInvitees}
          </Button>
        )
      }
    >
      {!over && <p className="section-note">{meeting.state === 'terjadwal' ? `${w.invitedNote} ${w.remindsItself}` : w.invitedNote}</p>}
      <Loaded from={board} skeleton={<Bones rows={5} tall />}>
        {(value) => (
          <div className="stack">
            <LinkAsks meetingId={meeting.id} asks={value.asks} />
            <p className="sum" aria-live="polite">
              {w.counts(value.counts)} {delegatesIn(value.rows) > 0 && w.delegates(delegatesIn(value.rows), value.rows.length)}
            </p>
            {hasNoMail(value.rows) && <p className="section-note">{w.noMail}</p>}
            {meeting.state === 'terjadwal' && <Remind meeting={meeting} board={value} />}
            {value.units.length > 1 && <Units board={value} />}
            <InvitedList meeting={meeting} rows={value.rows} over={over} onDo={setDoing} />
          </div>
        )}
      </Loaded>
      {doing?.what === 'note' && <NoteAnswer meetingId={meeting.id} row={doing.row} onClose={() => setDoing(undefined)} />}
      {doing && doing.what !== 'note' && <LinkAsk meetingId={meeting.id} doing={doing} onClose={() => setDoing(undefined)} />}
    </Section>
  );
}

const delegatesIn = (rows: readonly InvitedRow[]): number => rows.filter((row) => row.delegate).length;

function Remind({ meeting, board }: { meeting: MeetingCard; board: AnswerBoard }) {
  const w = useWords(invitationWords);
  const f = useFormats();
  const remind = useWrite<typeof postReminders>('POST', '/api/meetings/:id/answers/remind', CHANGED);
  const waits = board.remindFrom !== null && board.remindFrom > board.serverTime;
  if (board.counts.belum === 0) return null;
  return (
    <div className="row">
      <Button disabled={waits} busy={remind.busy} onClick={() => void remind.run({ params: { id: meeting.id } })}>
        {w.remind(board.counts.belum)}
      </Button>
      <span role="status" className="quiet s">
        {remind.failure?.message ??
          [remind.reply && w.reminded(remind.reply.reminded), waits && board.remindFrom && w.remindAgain(f.time(board.remindFrom, meeting.zone))]
            .filter(Boolean)
            .join(' ')}
      </span>
    </div>
  );
}

function Units({ board }: { board: AnswerBoard }) {
  const w = useWords(invitationWords);
  const columns: Column<AnswerBoard['units'][number]>[] = [
    { key: 'unit', head: w.unit, phone: 'title', cell: (unit) => unit.name },
    { key: 'belum', head: w.answer.belum, align: 'number', cell: (unit) => unit.belum },
    { key: 'hadir', head: w.answer.hadir, align: 'number', cell: (unit) => unit.hadir },
    { key: 'diwakili', head: w.answer.diwakili, align: 'number', cell: (unit) => unit.diwakili },
    { key: 'tidak', head: w.answer.tidak, align: 'number', cell: (unit) => unit.tidak },
  ];
  return (
    <details className="unit-counts">
      <summary>{w.unitCounts}</summary>
      <Table caption={w.unitCounts} columns={columns} rows={board.units} rowKey={(unit) => unit.name} />
    </details>
  );
}

function LinkAsk({ meetingId, doing: { what, row }, onClose }: { meetingId: string; doing: Doing; onClose: () => void }) {
  const w = useWords(invitationWords);
  const m = useWords(meetingWords);
  const renew = useWrite<typeof postNewLink>('POST', '/api/meetings/:id/invitations/:invitation/link', CHANGED);
  const revoke = useWrite<typeof deleteLink>('DELETE', '/api/meetings/:id/invitations/:invitation/link', CHANGED);
  const write = what === 'renew' ? renew : revoke;
  async function go(): Promise<void> {
    if (await write.run({ params: { id: meetingId, invitation: row.id } })) onClose();
  }
  return (
    <Ask
      title={what === 'renew' ? m.newLinkTitle(row.name) : w.revokeTitle(row.name)}
      text={what === 'renew' ? m.newLinkText : w.revokeText}
      yes={what === 'renew' ? m.newLinkYes : w.revoke}
      alarm={what === 'revoke'}
      busy={write.busy}
      failure={write.failure?.message}
      onYes={() => void go()}
      onClose={onClose}
    />
  );
}

function NoteAnswer({ meetingId, row, onClose }: { meetingId: string; row: InvitedRow; onClose: () => void }) {
  const w = useWords(invitationWords);
  const [reason, setReason] = useState('');
  const note = useWrite<typeof putAnswerFor>('PUT', '/api/meetings/:id/invitations/:invitation/answer', CHANGED);
  const params = { id: meetingId, invitation: row.id };
  async function go(body: { answer: 'hadir' } | { answer: 'tidak'; reason: string }): Promise<void> {
    if (await note.run({ params, body })) onClose();
  }
  return (
    <Dialog title={w.noteTitle(row.name)} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void go({ answer: 'tidak', reason });
        }}
      >
        <p>{w.noteText}</p>
        <div>
          <Button kind="main" busy={note.busy} onClick={() => void go({ answer: 'hadir' })}>
            {w.answer.hadir}
          </Button>
        </div>
        <TextField label={w.reason} value={reason} onValue={setReason} maxLength={300} autoComplete="off" />
        <div>
          <Button type="submit" busy={note.busy} disabled={reason.trim() === ''}>
            {w.answer.tidak}
          </Button>
        </div>
        {note.failure && (
          <Note tone="alarm" alert>
            {note.failure.message}
          </Note>
        )}
      </form>
    </Dialog>
  );
}
