// On the page of a meeting: where it is and what about, what was changed, and for who prepares it: change, move, call off.
import { useState } from 'react';
import type { MeetingCard } from '../../shared/meetings.ts';
import type { getPlan, getPlanChanges, PlanChange, postCancellation, Scope } from '../../shared/planning.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { commonWords } from '../words/common.ts';
import { planningWords } from '../words/planning.ts';
import { ScopeChoice } from './scope-choice.tsx';
import './planning.css';

export default function PreparePart({ meeting }: { meeting: MeetingCard }) {
  const w = useWords(planningWords);
  const [cancelling, setCancelling] = useState(false);
  const prepares = meeting.youPrepare && meeting.state === 'terjadwal';
  const told = meeting.description !== null || meeting.version > 0 || meeting.place !== 'Daring';
  if (!told && meeting.state !== 'terjadwal') return null;
  return (
    <Section
      title={w.facts}
      actions={
        prepares ? (
          <div className="row">
            <ButtonLink to={`/rapat/${meeting.id}/ubah`} kind="quiet">
              {w.editShort}
            </ButtonLink>
            <ButtonLink to={`/rapat/${meeting.id}/ubah?pindah`} kind="quiet">
              {w.moveShort}
            </ButtonLink>
            <Button kind="quiet" onClick={() => setCancelling(true)}>
              {w.cancelShort}
            </Button>
          </div>
        ) : undefined
      }
    >
      <div className="stack plan-part">
        <dl className="plan-facts">
          <dt>{w.place}</dt>
          <dd>{meeting.place}</dd>
        </dl>
        {meeting.description !== null && <p className="plan-description">{meeting.description}</p>}
        {prepares && meeting.seriesId !== null && <SeriesLine id={meeting.id} />}
        {meeting.version > 0 && <Changes meeting={meeting} />}
      </div>
      {cancelling && <CancelDialog meeting={meeting} onClose={() => setCancelling(false)} />}
    </Section>
  );
}

function SeriesLine({ id }: { id: string }) {
  const w = useWords(planningWords);
  const plan = useRead<typeof getPlan>('/api/meetings/:id/plan', { params: { id } });
  return plan.value?.series ? <p className="quiet s">{w.partOfSeries(plan.value.series.occurrences.length)}</p> : null;
}

function Changes({ meeting }: { meeting: MeetingCard }) {
  const w = useWords(planningWords);
  const f = useFormats();
  const changes = useRead<typeof getPlanChanges>('/api/meetings/:id/plan/changes', { params: { id: meeting.id } });
  const when = (at: string): string => `${f.shortDayOf(at, meeting.zone)}, ${f.time(at, meeting.zone)}`;
  return (
    <details className="more">
      <summary>{w.changes}</summary>
      <ul className="plan-changes">
        {changes.value?.map((one) => (
          <li key={one.version}>
            <strong>
              {one.kind === 'dibatalkan'
                ? w.cancelledBy(one.byName ?? w.somebody, when(one.at))
                : w.changed(String(one.version), one.byName ?? w.somebody, when(one.at))}
            </strong>
            <Before before={one.before} meeting={meeting} />
            {one.reason !== null && <p>“{one.reason}”</p>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Before({ before, meeting: { zone } }: { before: PlanChange['before']; meeting: MeetingCard }) {
  const w = useWords(planningWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const { startsAt, endsAt, sifat, ...texts } = before;
  const lines: [string, string][] = Object.entries(texts).map(([key, value]) => [w.field[key as 'title'], value ?? w.emptyValue]);
  if (sifat !== undefined) lines.push([w.field.sifat, c.sifat[sifat]]);
  if (startsAt !== undefined) lines.push([w.field.startsAt, `${f.dayOf(startsAt, zone)}, ${f.time(startsAt, zone)}`]);
  if (endsAt !== undefined) lines.push([w.field.endsAt, endsAt === null ? w.emptyValue : `${f.shortDayOf(endsAt, zone)}, ${f.time(endsAt, zone)}`]);
  return lines.map(([what, value]) => (
    <p key={what} className="quiet s">
      {w.before(what, value)}
    </p>
  ));
}

function CancelDialog({ meeting, onClose }: { meeting: MeetingCard; onClose: () => void }) {
  const w = useWords(planningWords);
  const c = useWords(commonWords);
  const [reason, setReason] = useState('');
  const [scope, setScope] = useState<Scope>('ini');
  const cancel = useWrite<typeof postCancellation>('POST', '/api/meetings/:id/cancellation', [
    '/api/meetings',
    '/api/meetings/:id',
    '/api/meetings/:id/plan/changes',
    '/api/meetings/:id/letters',
    '/api/facilities',
    '/api/calendar',
  ]);
  async function callOff(): Promise<void> {
    if (await cancel.run({ params: { id: meeting.id }, body: { reason, scope } })) onClose();
  }
  return (
    <Dialog title={w.cancelTitle} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void callOff();
        }}
      >
        <p>{w.cancelText(meeting.title)}</p>
        <TextField
          label={w.cancelReason}
          hint={w.reasonHint}
          value={reason}
          onValue={setReason}
          error={fieldFailure(cancel.failure, 'reason')}
          required
          maxLength={300}
          autoComplete="off"
        />
        {meeting.seriesId !== null && <ScopeChoice scope={scope} onScope={setScope} />}
        {cancel.failure && (
          <Note tone="alarm" alert>
            {cancel.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="alarm" busy={cancel.busy} disabled={reason.trim() === ''}>
            {w.cancelYes}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
