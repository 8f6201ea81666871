// The recap as a file: what for, on which paper.
import { useState } from 'react';
import Download from 'lucide-react/icons/download';
import { PURPOSE } from '../../shared/recap.ts';
import type { getJadwalCsv, getJadwalDifferencesCsv, getJadwalXlsx, JadwalRecap } from '../../shared/rota-recap.ts';
import { fieldFailure } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Segmented, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { rotaRecapWords } from '../words/rota-recap.ts';

export function RecapFiles({ recap: { plan, revision }, onClose }: { recap: JadwalRecap; onClose: () => void }) {
  const w = useWords(rotaRecapWords);
  const f = useFormats();
  const [purpose, setPurpose] = useState('');
  const [paper, setPaper] = useState<'a3' | 'a4'>('a4');
  const [tried, setTried] = useState(false);
  const xlsx = useDownload<typeof getJadwalXlsx>('/api/opds/:id/rota/recap.xlsx');
  const csv = useDownload<typeof getJadwalCsv>('/api/opds/:id/rota/recap.csv');
  const differences = useDownload<typeof getJadwalDifferencesCsv>('/api/opds/:id/rota/recap/differences.csv');
  const params = { id: plan.opdId };
  const query = { month: plan.month, revision, purpose };
  const name = `rekap-jadwal-${plan.month}-revisi-${revision}`;
  const files = [
    { format: 'XLSX', at: xlsx, take: () => xlsx.fetch({ params, query: { ...query, paper } }, `${name}.xlsx`) },
    { format: 'CSV', at: csv, take: () => csv.fetch({ params, query }, `${name}.csv`) },
    ...(revision === 0
      ? []
      : [
          {
            format: `CSV: ${w.difference(revision - 1, revision)}`,
            at: differences,
            take: () => differences.fetch({ params, query: { month: plan.month, from: revision - 1, to: revision, purpose } }, `${name}-selisih.csv`),
          },
        ]),
  ];
  const failure = files.map(({ at }) => at.failure).find((one) => one !== undefined);
  const short = purpose.trim().length < PURPOSE.min;
  return (
    <Dialog title={w.downloadTitle(f.month(`${plan.month}-01`))} onClose={onClose}>
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
          label={w.paper}
          value={paper}
          onValue={setPaper}
          choices={[
            { value: 'a4', label: 'A4' },
            { value: 'a3', label: 'A3' },
          ]}
        />
        <p className="quiet s">{w.full}</p>
        {failure && fieldFailure(failure, 'purpose') === undefined && (
          <Note tone="alarm" alert>
            {failure.message}
          </Note>
        )}
        <div className="row row-end">
          {files.map(({ format, at, take }) => (
            <Button
              key={format}
              icon={<Download aria-hidden />}
              busy={at.busy}
              aria-label={w.take(format)}
              onClick={() => {
                setTried(true);
                if (!short) void take();
              }}
            >
              {format}
            </Button>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
