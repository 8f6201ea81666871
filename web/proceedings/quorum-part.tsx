// The quorum of units: who is there, how many are needed, when it was reached, and each loss.
import { useState } from 'react';
import type { Proceedings, putQuorum } from '../../shared/proceedings.ts';
import { useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useServerNow } from '../platform/server-clock.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Mark } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { Table } from '../ui/table.tsx';
import { proceedingsWords } from '../words/proceedings.ts';
import { CHANGED } from './agenda-part.tsx';

export function QuorumPart({ of }: { of: Proceedings }) {
  const w = useWords(proceedingsWords);
  const f = useFormats();
  const [setting, setSetting] = useState(false);
  const { quorum, zone, state } = of;
  const running = state === 'berlangsung';
  const reached = running ? quorum.present >= quorum.needed : quorum.reachedAt !== null;
  const waits = running && quorum.reachedAt === null && quorum.since !== null;
  const now = useServerNow(of.serverTime, waits);
  const since = quorum.since === null ? null : Date.parse(quorum.since);
  const lasting = (ms: number): string => (ms < 60_000 ? w.seconds(Math.max(0, Math.round(ms / 1000))) : w.minutes(Math.floor(ms / 60_000)));
  return (
    <Section
      title={w.quorum}
      actions={
        <div className="row">
          <Mark shape={reached ? 'full' : 'ring'} tone={reached ? 'good' : 'wait'}>
            {w.light(quorum.present, quorum.needed)}: {reached ? w.lightState.yes : w.lightState.no}
          </Mark>
          {of.you.chair && of.you.mayWrite && !setting && (
            <Button kind="quiet" onClick={() => setSetting(true)}>
              {w.setQuorum}
            </Button>
          )}
        </div>
      }
    >
      <div className="stack">
        <p className="sum" aria-live="polite">
          {w.quorumLine(quorum.present, quorum.units.length, quorum.needed)}{' '}
          <span className="quiet">
            ({w.quorumFrom[quorum.from]}
            {quorum.reason !== null && `: ${quorum.reason}`})
          </span>
        </p>
        {waits && since !== null && <p className="num">{w.waitingFor(lasting(now - since))}.</p>}
        {quorum.moments.length > 0 && (
          <ul className="moments">
            {quorum.moments.map((moment, i) => (
              <li key={`${moment.kind} ${moment.at}`}>
                {moment.kind === 'diatur'
                  ? w.setAt(f.clock(moment.at, zone), moment.needed, moment.reason ?? '')
                  : moment.kind === 'hilang'
                    ? w.lostAt(f.time(moment.at, zone))
                    : quorum.moments.findIndex((m) => m.kind === 'tercapai') === i && since !== null
                      ? w.reachedAt(f.time(moment.at, zone), lasting(Date.parse(moment.at) - since))
                      : w.againAt(f.time(moment.at, zone))}
              </li>
            ))}
          </ul>
        )}
        {setting && <QuorumForm of={of} onDone={() => setSetting(false)} />}
        {quorum.units.length > 0 && (
          <Table
            caption={w.quorum}
            rows={quorum.units}
            rowKey={(unit) => unit.unitName}
            columns={[
              { key: 'unit', head: w.unit, cell: (unit) => unit.unitName, phone: 'title' },
              {
                key: 'by',
                head: w.by,
                cell: (unit) => (
                  <Mark shape={unit.by.length > 0 ? 'full' : 'ring'} tone={unit.by.length > 0 ? 'good' : 'quiet'}>
                    {unit.by.length > 0 ? unit.by.join(', ') : running ? w.nobodyOf : w.nobodyWas}
                  </Mark>
                ),
                phone: 'plain',
              },
            ]}
          />
        )}
      </div>
    </Section>
  );
}

function QuorumForm({ of, onDone }: { of: Proceedings; onDone: () => void }) {
  const w = useWords(proceedingsWords);
  const write = useWrite<typeof putQuorum>('PUT', '/api/meetings/:id/quorum', CHANGED);
  const [needed, setNeeded] = useState(String(of.quorum.needed));
  const [reason, setReason] = useState('');
  return (
    <form
      className="stack quorum-form"
      onSubmit={(event) => {
        event.preventDefault();
        void write.run({ params: { id: of.meetingId }, body: { needed: Number(needed), reason } }).then((done) => done && onDone());
      }}
    >
      <TextField
        label={w.neededField}
        type="number"
        inputMode="numeric"
        min={1}
        max={Math.max(1, of.quorum.units.length)}
        required
        value={needed}
        onValue={setNeeded}
      />
      <TextField label={w.reasonField} required maxLength={300} value={reason} onValue={setReason} />
      {write.failure && (
        <Note tone="alarm" alert>
          {write.failure.message}
        </Note>
      )}
      <div className="row">
        <Button kind="main" type="submit" busy={write.busy}>
          {w.save}
        </Button>
        <Button onClick={onDone}>{w.cancel}</Button>
      </div>
    </form>
  );
}
