// One objection at the side: the record beside what is stated, the witnesses, the reason and the file, and whoever decides decides here.
import { useState } from 'react';
import Download from 'lucide-react/icons/download';
import type { Correction, getCorrectionFile, postCorrectionWithdrawal } from '../../shared/corrections.ts';
import { useWrite } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask, Dialog } from '../ui/dialog.tsx';
import { Note } from '../ui/notice.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { correctionWords } from '../words/corrections.ts';
import { Decide } from './corrections-decide.tsx';
import { Claim, StateOf, Subject } from './corrections-list.tsx';
import { CORRECTIONS_CHANGED } from './corrections-object.tsx';
import { Reading } from './corrections-reading.tsx';

export function CorrectionDetail({ correction: c, onClose }: { correction: Correction; onClose: () => void }) {
  const w = useWords(correctionWords);
  const f = useFormats();
  const when = (at: string): string => `${f.shortDayOf(at, c.zone)}, ${f.time(at, c.zone)}`;
  return (
    <Dialog title={c.person.name} onClose={onClose} side>
      <div className="stack">
        <div className="row spread">
          <Subject of={c} />
          <StateOf correction={c} />
        </div>
        <div className="beside">
          <div>
            <h3>{w.original}</h3>
            <p>
              <Reading of={c.original} zone={c.zone} />
            </p>
          </div>
          <div>
            <h3>{w.claimed}</h3>
            <p>
              <Claim of={c} />
            </p>
          </div>
        </div>
        <Witnesses of={c} />
        <section>
          <h3>{w.reason}</h3>
          <p className="said">{c.reason}</p>
          <p className="quiet s">
            {w.filedBy(c.requestedBy, when(c.requestedAt))}
            {c.onBehalf && `, ${w.onBehalf}`}
          </p>
          {c.file && <FileButton id={c.id} name={c.file.name} />}
        </section>
        {c.decision && (
          <section>
            <h3>{w.decide}</h3>
            {c.decision.from !== null && (
              <p>
                {w.accepted} <span className="num">{f.span(c.decision.from, c.decision.to, c.zone)}</span>
              </p>
            )}
            {c.decision.reason !== null && <p className="said">{c.decision.reason}</p>}
            <p className="quiet s">{w.decidedBy(w.state[c.decision.outcome], c.decision.by, when(c.decision.at))}</p>
          </section>
        )}
        {c.may.decide && <Decide correction={c} />}
        {c.state === 'open' && c.may.barred !== null && <Note>{w.barred[c.may.barred]}</Note>}
        {c.may.withdraw && <Withdraw id={c.id} />}
        <p className="quiet s">{w.kept}</p>
      </div>
    </Dialog>
  );
}

function Witnesses({ of: { original, zone } }: { of: Correction }) {
  const w = useWords(correctionWords);
  const a = useWords(attendanceWords);
  const f = useFormats();
  if (original?.of !== 'meeting' || original.intervals.length === 0) return null;
  return (
    <section>
      <h3>{w.intervals}</h3>
      <ul className="s">
        {original.intervals.map((i) => (
          <li key={i.from}>
            <span className="num">{f.span(i.from, i.to, zone)}</span>{' '}
            <span className="quiet">
              {a.confidence[i.confidence]}: {i.sources.map((source) => a.source[source]).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function FileButton({ id, name }: { id: string; name: string }) {
  const w = useWords(correctionWords);
  const file = useDownload<typeof getCorrectionFile>('/api/corrections/:id/file');
  return (
    <>
      <Button icon={<Download aria-hidden />} busy={file.busy} onClick={() => void file.fetch({ params: { id } }, name)}>
        {w.download(name)}
      </Button>
      {file.failure && (
        <Note tone="alarm" alert>
          {file.failure.message}
        </Note>
      )}
    </>
  );
}

function Withdraw({ id }: { id: string }) {
  const w = useWords(correctionWords);
  const [asking, setAsking] = useState(false);
  const withdraw = useWrite<typeof postCorrectionWithdrawal>('POST', '/api/corrections/:id/withdrawal', CORRECTIONS_CHANGED);
  async function yes(): Promise<void> {
    if (await withdraw.run({ params: { id } })) setAsking(false);
  }
  return (
    <div>
      <Button kind="quiet" onClick={() => setAsking(true)}>
        {w.withdraw}
      </Button>
      {asking && (
        <Ask
          title={w.withdrawTitle}
          text={w.withdrawText}
          yes={w.withdrawYes}
          busy={withdraw.busy}
          failure={withdraw.failure?.message}
          onYes={() => void yes()}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
