// The invited by what they answered, those without an answer first. One line says who, one how their link stands; what can be done opens below.
import { useId, useState } from 'react';
import Ellipsis from 'lucide-react/icons/ellipsis';
import type { InvitedRow } from '../../shared/invitations.ts';
import type { MeetingCard } from '../../shared/meetings.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Copy } from '../ui/copy.tsx';
import { TextField } from '../ui/field.tsx';
import { Mark, PlaceCard } from '../ui/marks.tsx';
import { invitationWords } from '../words/invitations.ts';
import { meetingWords } from '../words/meetings.ts';
import { AnswerMark } from './own-answer.tsx';

export type Doing = { what: 'note' | 'revoke' | 'renew'; row: InvitedRow };
type Props = { meeting: MeetingCard; rows: readonly InvitedRow[]; over: boolean; onDo: (doing: Doing) => void };

/** More are searched. */
const SEEN_AT_ONCE = 20;
const GROUPS = ['belum', 'hadir', 'diwakili', 'tidak', 'mewakili'] as const;
const groupOf = (row: InvitedRow): (typeof GROUPS)[number] => (row.delegate ? 'mewakili' : row.answer);

/** Nobody's letter can go out: said once, above the list. */
export const hasNoMail = (rows: readonly InvitedRow[]): boolean => rows.some((row) => row.mail === 'tidak_disetel');

export function InvitedList({ meeting, rows, over, onDo }: Props) {
  const w = useWords(invitationWords);
  const [find, setFind] = useState('');
  const words = find.toLocaleLowerCase('id').split(/\s+/);
  const fits = (row: InvitedRow): boolean => {
    const text = [row.name, row.position, row.opdName, row.institution].join(' ').toLocaleLowerCase('id');
    return words.every((word) => text.includes(word));
  };
  const found = rows.filter(fits);
  return (
    <>
      {rows.length > SEEN_AT_ONCE && <TextField label={w.find} type="search" value={find} onValue={setFind} autoComplete="off" />}
      {found.length === 0 && (
        <p className="quiet" role="status">
          {w.noneFound}
        </p>
      )}
      {GROUPS.map((group) => {
        const members = found.filter((row) => groupOf(row) === group);
        if (members.length === 0) return null;
        return (
          <div key={group} className="invited-group">
            <h3>
              {group === 'mewakili' ? w.goFor : <AnswerMark answer={group} />} <span className="num">{members.length}</span>
            </h3>
            <ul>
              {members.map((row) => (
                <Invited key={row.id} meeting={meeting} row={row} over={over} onDo={onDo} />
              ))}
            </ul>
          </div>
        );
      })}
    </>
  );
}

function Invited({ meeting, row, over, onDo }: Omit<Props, 'rows'> & { row: InvitedRow }) {
  const w = useWords(invitationWords);
  const m = useWords(meetingWords);
  const [open, setOpen] = useState(false);
  const more = useId();
  const link = row.link === '' ? null : new URL(row.link, location.origin).href;
  const notes = useNotes(meeting, row);
  const office = row.opdName !== null && row.position?.includes(row.opdName) ? null : row.opdName;
  return (
    <li className="invited-row">
      <PlaceCard name={row.name} position={[row.position ?? row.institution, office].filter(Boolean).join(' · ')} badge={row.badge} />
      <div className="invited-state">
        <LinkMark row={row} />
        {row.mail !== null && row.mail !== 'tidak_disetel' && <span>{w.mail[row.mail]}</span>}
        {notes.map((note) => (
          <span key={note}>{note}</span>
        ))}
      </div>
      {!over && (
        <div className="invited-acts">
          {link && <Copy text={link} label={m.copyLink} of={m.ofPerson(row.name)} />}
          <Button kind="quiet" className="btn-icon" icon={<Ellipsis aria-hidden />} aria-expanded={open} aria-controls={more} onClick={() => setOpen(!open)}>
            <span className="sr-only">
              {w.more} {m.ofPerson(row.name)}
            </span>
          </Button>
        </div>
      )}
      <div id={more} className="invited-more" hidden={!open}>
        {link && (
          <a
            className="btn"
            href={`https://wa.me/?text=${encodeURIComponent(m.whatsappText(row.name, meeting.title, link))}`}
            target="_blank"
            rel="noopener noreferrer"
          >
            <span>{m.whatsapp}</span>
          </a>
        )}
        {meeting.state === 'terjadwal' && !row.chair && !row.delegate && <Button onClick={() => onDo({ what: 'note', row })}>{w.note}</Button>}
        <Button onClick={() => onDo({ what: 'renew', row })}>{m.newLink}</Button>
        {row.linkState !== 'dicabut' && <Button onClick={() => onDo({ what: 'revoke', row })}>{w.revoke}</Button>}
      </div>
    </li>
  );
}

function useNotes(meeting: MeetingCard, { disposisi, reason, answeredBy, answeredAt, delegate, via }: InvitedRow): string[] {
  const w = useWords(invitationWords);
  const f = useFormats();
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
