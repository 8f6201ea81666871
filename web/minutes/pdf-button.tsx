// The minutes as a paper; a draft is marked as one.
import Download from 'lucide-react/icons/download';
import type { getMinutesPdf, Minutes } from '../../shared/minutes.ts';
import { useDownload } from '../platform/download.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/notice.tsx';
import { minutesWords } from '../words/minutes.ts';

export function PdfButton({ minutes: { meetingId, final, facts } }: { minutes: Minutes }) {
  const w = useWords(minutesWords);
  const pdf = useDownload<typeof getMinutesPdf>('/api/meetings/:id/minutes.pdf');
  const name = `notulen-${(final?.number ?? `konsep-${facts.title}`).replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.pdf`;
  return (
    <>
      <Button icon={<Download aria-hidden />} busy={pdf.busy} onClick={() => void pdf.fetch({ params: { id: meetingId } }, name)}>
        {final ? w.pdf : w.pdfDraft}
      </Button>
      {pdf.failure && (
        <Note tone="alarm" alert>
          {pdf.failure.message}
        </Note>
      )}
    </>
  );
}
