// The list as an official paper, a workbook, or plain rows.
import Download from 'lucide-react/icons/download';
import type { getSheetCsv, getSheetPdf, getSheetXlsx, Sheet } from '../../shared/attendance.ts';
import { useDownload } from '../platform/download.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/notice.tsx';
import { attendanceWords } from '../words/attendance.ts';

export function Downloads({ sheet }: { sheet: Sheet }) {
  const w = useWords(attendanceWords);
  const pdf = useDownload<typeof getSheetPdf>('/api/meetings/:id/attendance.pdf');
  const xlsx = useDownload<typeof getSheetXlsx>('/api/meetings/:id/attendance.xlsx');
  const csv = useDownload<typeof getSheetCsv>('/api/meetings/:id/attendance.csv');
  const name = `daftar-hadir-${(sheet.number ?? sheet.title).replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}`;
  const failure = pdf.failure ?? xlsx.failure ?? csv.failure;
  const files = [
    { format: 'PDF', from: pdf, end: 'pdf' },
    { format: 'XLSX', from: xlsx, end: 'xlsx' },
    { format: 'CSV', from: csv, end: 'csv' },
  ];
  return (
    <div className="stack">
      <div className="row" role="group" aria-label={w.download}>
        {files.map(({ format, from, end }) => (
          <Button
            key={format}
            icon={<Download aria-hidden />}
            aria-label={w.downloadName(format)}
            busy={from.busy}
            onClick={() => void from.fetch({ params: { id: sheet.meetingId } }, `${name}.${end}`)}
          >
            {format}
          </Button>
        ))}
      </div>
      {failure && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
    </div>
  );
}
