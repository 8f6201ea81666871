// Letters of a meeting that were issued, the newest first, each to download.
import Download from 'lucide-react/icons/download';
import type { getLetterPdf, IssuedLetter, MeetingLetters } from '../../shared/undangan.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { letterWords } from '../words/letters.ts';

const looks = { terbit: ['full', 'good'], digantikan: ['ring', 'quiet'], batal: ['dash', 'alarm'] } as const;

export function IssuedTable({ letters, onWithdraw }: { letters: MeetingLetters; onWithdraw?: (letter: IssuedLetter) => void }) {
  const w = useWords(letterWords);
  const f = useFormats();
  const pdf = useDownload<typeof getLetterPdf>('/api/meetings/:id/letters/:letter/pdf');
  const columns: Column<IssuedLetter>[] = [
    {
      key: 'letter',
      head: w.cols.letter,
      phone: 'title',
      cell: (one) => (
        <span className="place">
          <span className="place-name">
            {one.number} <span className="badge">{w.kinds[one.kind]}</span>
          </span>
          <span className="place-position">{w.issuedOn(`${f.dayOf(one.issuedAt, letters.zone)}, ${f.time(one.issuedAt, letters.zone)}`, one.issuedBy)}</span>
          {one.withdrawn && <span className="place-more">{w.withdrawnFor(one.withdrawn.reason)}</span>}
        </span>
      ),
    },
    {
      key: 'state',
      head: w.cols.state,
      phone: 'plain',
      cell: (one) => (
        <Mark shape={looks[one.state][0]} tone={looks[one.state][1]}>
          {w.states[one.state]}
        </Mark>
      ),
    },
    { key: 'signer', head: w.cols.by, cell: (one) => one.signer },
    {
      key: 'do',
      head: w.cols.actions,
      phone: 'plain',
      cell: (one) => (
        <div className="row">
          <Button
            kind="quiet"
            icon={<Download aria-hidden />}
            busy={pdf.busy}
            aria-label={w.downloadOf(one.number)}
            onClick={() => void pdf.fetch({ params: { id: letters.meetingId, letter: one.id } }, `${one.number.replaceAll('/', '-')}.pdf`)}
          >
            {w.download}
          </Button>
          {onWithdraw && one.state === 'terbit' && (
            <Button kind="quiet" onClick={() => onWithdraw(one)}>
              {w.withdraw}
              <span className="sr-only"> {one.number}</span>
            </Button>
          )}
        </div>
      ),
    },
  ];
  return (
    <>
      {pdf.failure && (
        <Note tone="alarm" alert>
          {pdf.failure.message}
        </Note>
      )}
      <Table caption={w.issuedList} columns={columns} rows={letters.issued} rowKey={(one) => one.id} />
    </>
  );
}
