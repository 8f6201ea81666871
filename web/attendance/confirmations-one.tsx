// One day of one person, looked at: what was read and why it is doubtful, then what a named human says. "Tidak hadir" is asked twice.
import { useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import type { ConfirmationRow, Outcome, postConfirmation } from '../../shared/confirmations.ts';
import type { Zone } from '../../shared/people.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask, Dialog } from '../ui/dialog.tsx';
import { Code } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { commonWords } from '../words/common.ts';
import { confirmationWords } from '../words/confirmations.ts';
import { correctionWords } from '../words/corrections.ts';
import { DayMarkSign } from './day-mark.tsx';
import { ReasonField, Thing } from './corrections-object.tsx';
import { EvidenceText, Standing } from './confirmations-table.tsx';

const outcomes: readonly Outcome[] = ['sesuai', 'gangguan_sistem', 'tidak_hadir'];
type Props = { opdId: string; row: ConfirmationRow; zone: Zone; again: () => void; onClose: () => void };

export function ConfirmOne({ opdId, row, zone, again, onClose }: Props) {
  const w = useWords(confirmationWords);
  const a = useWords(attendanceWords);
  const c = useWords(commonWords);
  const k = useWords(correctionWords);
  const f = useFormats();
  const [outcome, setOutcome] = useState<Outcome>();
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  const confirm = useWrite<typeof postConfirmation>('POST', '/api/opds/:id/confirmation', ['/api/opds/:id/confirmations']);

  async function send(): Promise<void> {
    if (outcome === undefined) return;
    const body = { personId: row.personId, date: row.date, outcome, fingerprint: row.fingerprint, ...(outcome !== 'sesuai' && { reason }) };
    if (await confirm.run({ params: { id: opdId }, body })) return onClose();
    setAsking(false);
    again();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (outcome === 'tidak_hadir') setAsking(true);
    else void send();
  }

  return (
    <Dialog title={row.name} onClose={onClose} side>
      <form className="stack" onSubmit={submit}>
        <p className="quiet">{f.day(row.date)}</p>
        <dl className="facts">
          <div>
            <dt>{w.reading}</dt>
            <dd className="row">
              <Code code={row.code} title={c.codes[row.code]} />
              <DayMarkSign mark={row.mark} corrected={row.corrected} />
            </dd>
          </div>
          <div>
            <dt>{w.evidence}</dt>
            <dd>
              <EvidenceText row={row} />
            </dd>
          </div>
          {row.basis !== null && (
            <div>
              <dt>{w.basis}</dt>
              <dd>{row.basis}</dd>
            </div>
          )}
          {row.confirmed && (
            <div>
              <dt>{w.before}</dt>
              <dd>
                <Standing row={row} zone={zone} />
                {row.confirmed.reason !== null && <p className="said quiet s">{row.confirmed.reason}</p>}
              </dd>
            </div>
          )}
        </dl>
        {row.doubts.map((doubt) => (
          <Note key={doubt} tone="wait">
            <strong>{w.doubt[doubt]}.</strong> {w.doubtWhy[doubt]} {doubt === 'objected' && <Link href="/presensi/koreksi">{k.title}</Link>}
          </Note>
        ))}
        <fieldset className="things">
          <legend className="legend">{w.say}</legend>
          {outcomes.map((one) => (
            <Thing key={one} on={one === outcome} onChoose={() => setOutcome(one)}>
              <strong>{w.outcome[one]}</strong>
              <span className="quiet s">{one === 'sesuai' ? `${a.mark[row.mark]}. ${w.outcomeWhy[one]}` : w.outcomeWhy[one]}</span>
            </Thing>
          ))}
        </fieldset>
        {outcome !== undefined && outcome !== 'sesuai' && (
          <ReasonField label={w.reason} hint={w.reasonHint} value={reason} onValue={setReason} error={fieldFailure(confirm.failure, 'reason')} />
        )}
        {confirm.failure && confirm.failure.fields.length === 0 && (
          <Note tone="alarm" alert>
            {confirm.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind={outcome === 'tidak_hadir' ? 'alarm' : 'main'} busy={confirm.busy}>
            {w.confirm}
          </Button>
        </div>
      </form>
      {asking && (
        <Ask
          title={w.absentTitle(row.name)}
          text={w.absentText(f.day(row.date))}
          yes={w.absentYes}
          busy={confirm.busy}
          onYes={() => void send()}
          onClose={() => setAsking(false)}
        />
      )}
    </Dialog>
  );
}
