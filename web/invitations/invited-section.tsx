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
import { Copy } from '../ui/copy.tsx';
import { Ask, Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Mark, PlaceCard } from '../ui/marks.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { invitationWords } from '../words/invitations.ts';
import { meetingWords } from '../words/meetings.ts';
import LinkAsks from './link-asks.tsx';
import { AnswerMark } from './own-answer.tsx';
import './invitations.css';

const CHANGED = ['/api/meetings/:id/answers', '/api/me/answers', '/api/meetings/:id/invitations'];
type Doing = { what: 'note' | 'revoke' | 'renew'; row: InvitedRow };

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
              {w.counts(value.counts)}
            </p>
            {meeting.state === 'terjadwal' && <Remind meeting={meeting} board={value} />}
            {value.units.length > 1 && <Units board={value} />}
            <Rows meeting={meeting} rows={value.rows} over={over} onDo={setDoing} />
          </div>
        )}
      </Loaded>
      {doing?.what === 'note' && <NoteAnswer meetingId={meeting.id} row={doing.row} onClose={() => setDoing(undefined)} />}
      {doing && doing.what !== 'note' && <LinkAsk meetingId={meeting.id} doing={doing} onClose={() => setDoing(undefined)} />}
    </Section>
  );
}

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

function Rows({ meeting, rows, over, onDo }: { meeting: MeetingCard; rows: readonly InvitedRow[]; over: boolean; onDo: (doing: Doing) => void }) {
  const w = useWords(invitationWords);
  const m = useWords(meetingWords);
  const f = useFormats();
  const columns: Column<InvitedRow>[] = [
    {
      key: 'who',
      head: m.who,
      phone: 'title',
      cell: (row) => <PlaceCard name={row.name} position={row.position ?? row.institution} more={row.opdName} badge={row.badge} />,
    },
    {
      key: 'answer',
      head: w.answerHead,
      phone: 'plain',
      cell: (row) => (
        <div className="answer-cell">
          {!row.delegate && <AnswerMark answer={row.answer} />}
          {notesOf(row).map((note) => (
            <small key={note} className="quiet">
              {note}
            </small>
          ))}
        </div>
      ),
    },
    {
      key: 'link',
      head: m.link,
      phone: 'plain',
      cell: (row) => (
        <div className="answer-cell">
          <LinkMark row={row} />
          {row.mail !== null && <small className="quiet">{w.mail[row.mail]}</small>}
        </div>
      ),
    },
  ];
  if (!over) columns.push({ key: 'do', head: w.more, phone: 'plain', cell: (row) => <Acts meeting={meeting} row={row} onDo={onDo} /> });
  return <Table caption={w.invited} columns={columns} rows={rows} rowKey={(row) => row.id} />;

  function notesOf({ disposisi, reason, answeredBy, answeredAt, delegate, via }: InvitedRow): string[] {
    return [
      ...(delegate ? [`${w.goesFor} (${via})`] : []),
      ...(disposisi?.state === 'berlaku'
        ? [[disposisi.toName, disposisi.toPosition].filter(Boolean).join(', '), w.byNumber(disposisi.number, f.date(disposisi.day))]
        : []),
      ...(disposisi?.state === 'dikembalikan' ? [w.handedBack(disposisi.toName, disposisi.endReason ?? '')] : []),
      ...(reason === null ? [] : [reason]),
      ...(answeredBy === null ? [] : [w.writtenBy(answeredBy)]),
      ...(answeredAt === null ? [] : [`${f.shortDayOf(answeredAt, meeting.zone)} ${f.time(answeredAt, meeting.zone)}`]),
    ];
  }
}

function LinkMark({ row }: { row: InvitedRow }) {
  const w = useWords(invitationWords);
  const m = useWords(meetingWords);
  if (row.banned || row.removed)
    return (
      <Mark shape="dash" tone="alarm">
        {row.banned ? m.banned : m.removed}
      </Mark>
    );
  const looks = { belum_dibuka: ['ring', 'quiet'], dipakai: ['full', 'good'], dicabut: ['dash', 'alarm'] } as const;
  const [shape, tone] = looks[row.linkState];
  return (
    <Mark shape={shape} tone={tone}>
      {w.linkState[row.linkState]}
    </Mark>
  );
}

/** The one thing that is done most stands out; the rest opens. */
function Acts({ meeting, row, onDo }: { meeting: MeetingCard; row: InvitedRow; onDo: (doing: Doing) => void }) {
  const w = useWords(invitationWords);
  const m = useWords(meetingWords);
  const of = m.ofPerson(row.name);
  const link = row.link === '' ? null : new URL(row.link, location.origin).href;
  return (
    <div className="row acts-row">
      {link && <Copy text={link} label={m.copyLink} of={of} />}
      <details className="acts-more">
        <summary>
          {w.more}
          <span className="sr-only"> {of}</span>
        </summary>
        <div className="stack">
          {link && (
            <a
              className="btn btn-quiet"
              href={`https://wa.me/?text=${encodeURIComponent(m.whatsappText(row.name, meeting.title, link))}`}
              target="_blank"
              rel="noopener noreferrer"
            >
              <span>{m.whatsapp}</span>
            </a>
          )}
          {meeting.state === 'terjadwal' && !row.chair && !row.delegate && (
            <Button kind="quiet" onClick={() => onDo({ what: 'note', row })}>
              {w.note}
            </Button>
          )}
          <Button kind="quiet" onClick={() => onDo({ what: 'renew', row })}>
            {m.newLink}
          </Button>
          {row.linkState !== 'dicabut' && (
            <Button kind="quiet" onClick={() => onDo({ what: 'revoke', row })}>
              {w.revoke}
            </Button>
          )}
        </div>
      </details>
    </div>
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
