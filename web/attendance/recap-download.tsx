// A copy that leaves the portal: what it is for is asked once and goes on record with who took it.
import { useState } from 'react';
import Download from 'lucide-react/icons/download';
import type { getRecapCsv, getRecapPdf, getRecapXlsx, getRegionRecapCsv, getRegionRecapXlsx } from '../../shared/recap.ts';
import { fieldFailure } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Segmented, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { recapWords } from '../words/recap.ts';
import { useMonthName } from './recap-tools.tsx';

const PURPOSE = { min: 3, max: 200 };
type Props = { opd: { id: string; name: string } | null; month: string; onClose: () => void };

/** `opd: null` = the whole region. */
export function RecapDownload({ opd, month, onClose }: Props) {
  const w = useWords(recapWords);
  const monthName = useMonthName();
  const [purpose, setPurpose] = useState('');
  const [per, setPer] = useState<'orang' | 'hari'>('orang');
  const [tried, setTried] = useState(false);
  const xlsx = useDownload<typeof getRecapXlsx>('/api/opds/:id/recap.xlsx');
  const csv = useDownload<typeof getRecapCsv>('/api/opds/:id/recap.csv');
  const pdf = useDownload<typeof getRecapPdf>('/api/opds/:id/recap.pdf');
  const allXlsx = useDownload<typeof getRegionRecapXlsx>('/api/recap.xlsx');
  const allCsv = useDownload<typeof getRegionRecapCsv>('/api/recap.csv');
  const of = opd?.name ?? w.allOpds;
  const name = `rekap-${of.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}-${month}${per === 'hari' ? '-per-hari' : ''}`;
  const query = { month, per, purpose };
  const params = { id: opd?.id ?? '' };
  const files = opd
    ? [
        { format: 'XLSX', busy: xlsx.busy, failure: xlsx.failure, take: () => xlsx.fetch({ params, query }, `${name}.xlsx`) },
        { format: 'CSV', busy: csv.busy, failure: csv.failure, take: () => csv.fetch({ params, query }, `${name}.csv`) },
        {
          format: 'PDF',
          busy: pdf.busy,
          failure: pdf.failure,
          take: () => pdf.fetch({ params, query: { month, purpose } }, `${name.replace('-per-hari', '')}.pdf`),
        },
      ]
    : [
        { format: 'XLSX', busy: allXlsx.busy, failure: allXlsx.failure, take: () => allXlsx.fetch({ query }, `${name}.xlsx`) },
        { format: 'CSV', busy: allCsv.busy, failure: allCsv.failure, take: () => allCsv.fetch({ query }, `${name}.csv`) },
      ];
  const failure = files.map((file) => file.failure).find((one) => one !== undefined);
  const short = purpose.trim().length < PURPOSE.min;
  return (
    <Dialog title={w.downloadTitle(of, monthName(month))} onClose={onClose}>
      <div className="stack">
        <TextField
          label={w.purpose}
          hint={w.purposeHint}
          error={fieldFailure(failure, 'purpose') ?? (tried && short ? w.purposeShort : undefined)}
          value={purpose}
          onValue={setPurpose}
          maxLength={PURPOSE.max}
          required
          autoComplete="off"
        />
        <Segmented
          label={w.per}
          value={per}
          onValue={setPer}
          choices={[
            { value: 'orang', label: w.perPerson },
            { value: 'hari', label: w.perDay },
          ]}
        />
        <p className="quiet s">
          {opd !== null && w.perDayNote} {w.full}
        </p>
        {failure && fieldFailure(failure, 'purpose') === undefined && (
          <Note tone="alarm" alert>
            {failure.message}
          </Note>
        )}
        <div className="row row-end">
          {files.map((file) => (
            <Button
              key={file.format}
              icon={<Download aria-hidden />}
              busy={file.busy}
              aria-label={w.take(file.format)}
              onClick={() => {
                setTried(true);
                if (!short) void file.take();
              }}
            >
              {file.format}
            </Button>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
