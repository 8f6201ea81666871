// The recap as a file: what for, on which paper.
import { useState, type ReactNode } from 'react';
import Download from 'lucide-react/icons/download';
import { PURPOSE } from '../../shared/recap.ts';
import type { getJadwalCsv, getJadwalDifferencesCsv, getJadwalXlsx, getRegionJadwalCsv, JadwalRecap } from '../../shared/rota-recap.ts';
import { fieldFailure } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { holds, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Segmented, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { rotaRecapWords } from '../words/rota-recap.ts';

type FileOf = {
  format: string;
  at: Pick<ReturnType<typeof useDownload>, 'busy' | 'failure'>;
  take: (purpose: string) => Promise<unknown>;
};

export function RecapFiles({ recap: { plan, revision }, onClose }: { recap: JadwalRecap; onClose: () => void }) {
  const w = useWords(rotaRecapWords);
  const f = useFormats();
  const [paper, setPaper] = useState<'a3' | 'a4'>('a4');
  const xlsx = useDownload<typeof getJadwalXlsx>('/api/opds/:id/rota/recap.xlsx');
  const csv = useDownload<typeof getJadwalCsv>('/api/opds/:id/rota/recap.csv');
  const differences = useDownload<typeof getJadwalDifferencesCsv>('/api/opds/:id/rota/recap/differences.csv');
  const params = { id: plan.opdId };
  const query = { month: plan.month, revision };
  const name = `rekap-jadwal-${plan.month}-revisi-${revision}`;
  const files: FileOf[] = [
    { format: 'XLSX', at: xlsx, take: (purpose) => xlsx.fetch({ params, query: { ...query, purpose, paper } }, `${name}.xlsx`) },
    { format: 'CSV', at: csv, take: (purpose) => csv.fetch({ params, query: { ...query, purpose } }, `${name}.csv`) },
    ...(revision === 0
      ? []
      : [
          {
            format: `CSV: ${w.difference(revision - 1, revision)}`,
            at: differences,
            take: (purpose: string) =>
              differences.fetch({ params, query: { month: plan.month, from: revision - 1, to: revision, purpose } }, `${name}-selisih.csv`),
          },
        ]),
  ];
  return (
    <TakeFiles title={w.downloadTitle(f.month(`${plan.month}-01`))} files={files} onClose={onClose}>
      <Segmented
        label={w.paper}
        value={paper}
        onValue={setPaper}
        choices={[
          { value: 'a4', label: 'A4' },
          { value: 'a3', label: 'A3' },
        ]}
      />
    </TakeFiles>
  );
}

/** All agencies in one file, for those who may. */
export function RegionFile({ month }: { month: string }) {
  const w = useWords(rotaRecapWords);
  const f = useFormats();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const csv = useDownload<typeof getRegionJadwalCsv>('/api/rota/recap.csv');
  if (!holds(me, 'bkd', 'administrator')) return null;
  const files: FileOf[] = [{ format: 'CSV', at: csv, take: (purpose) => csv.fetch({ query: { month, purpose } }, `rekap-jadwal-${month}.csv`) }];
  return (
    <>
      <Button icon={<Download aria-hidden />} onClick={() => setOpen(true)}>
        {w.region}
      </Button>
      {open && (
        <TakeFiles title={w.regionTitle(f.month(`${month}-01`))} files={files} onClose={() => setOpen(false)}>
          <p>{w.regionText}</p>
        </TakeFiles>
      )}
    </>
  );
}

type TakeProps = { title: string; files: FileOf[]; onClose: () => void; children: ReactNode };
function TakeFiles({ title, files, onClose, children }: TakeProps) {
  const w = useWords(rotaRecapWords);
  const [purpose, setPurpose] = useState('');
  const [tried, setTried] = useState(false);
  const failure = files.map(({ at }) => at.failure).find((one) => one !== undefined);
  const short = purpose.trim().length < PURPOSE.min;
  return (
    <Dialog title={title} onClose={onClose}>
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
        {children}
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
                if (!short) void take(purpose);
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
