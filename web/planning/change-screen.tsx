// Changing a meeting that is planned, or only moving it (`?pindah`): this one, this and the following, or all of its series.
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { getMeeting } from '../../shared/meetings.ts';
import type { getPlan, PlanView, putPlan, Scope } from '../../shared/planning.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { useFirstWrong } from '../ui/use-first-wrong.ts';
import { planningWords } from '../words/planning.ts';
import { useAskAnyway } from './ask-anyway.tsx';
import { formOf, hasTimes, inputOf, timesOf, type Form } from './form.ts';
import { ScopeChoice } from './scope-choice.tsx';
import { PlaceFields, TitleFields } from './what-fields.tsx';
import { WhenSection } from './when-section.tsx';
import { useConflicts, WhoIsFree } from './who-is-free.tsx';
import './planning.css';

export default function ChangeScreen({ id }: { id: string }) {
  const w = useWords(planningWords);
  const onlyMove = new URLSearchParams(useSearch()).has('pindah');
  const plan = useRead<typeof getPlan>('/api/meetings/:id/plan', { params: { id } });
  return (
    <Page title={onlyMove ? w.move : w.edit} over={plan.value?.title} narrow>
      <Loaded from={plan} skeleton={<Bones rows={8} tall />}>
        {(view) =>
          view.state === 'terjadwal' ? (
            <Change view={view} onlyMove={onlyMove} again={plan.again} />
          ) : (
            <Empty title={view.state === 'dibatalkan' ? w.isCancelled : w.alreadyBegun} action={<ButtonLink to={`/rapat/${id}`}>{w.back}</ButtonLink>} />
          )
        }
      </Loaded>
    </Page>
  );
}

const NOBODY = { positions: [], units: [], guests: [] };
/** What was typed here stays; the rest is as it is now. */
const mine = (typed: Form, before: Form, now: Form): Form =>
  Object.fromEntries(
    Object.entries(now).map(([key, value]) => [key, typed[key as keyof Form] === before[key as keyof Form] ? value : typed[key as keyof Form]]),
  ) as Form;

function Change({ view, onlyMove, again }: { view: PlanView; onlyMove: boolean; again: () => void }) {
  const w = useWords(planningWords);
  const [, goTo] = useLocation();
  const { meetingId: id, zone } = view;
  const [base, setBase] = useState(view);
  const [form, setForm] = useState<Form>(() => formOf(view));
  const [changed, setChanged] = useState(false);
  if (view.version !== base.version) {
    setForm(mine(form, formOf(base), formOf(view)));
    setBase(view);
    setChanged(true);
  }
  const [scope, setScope] = useState<Scope>('ini');
  const [movedToo, setMovedToo] = useState(false);
  const [reason, setReason] = useState('');
  const change = useWrite<typeof putPlan>('PUT', '/api/meetings/:id/plan', [
    '/api/meetings',
    '/api/meetings/:id',
    '/api/meetings/:id/plan',
    '/api/meetings/:id/plan/changes',
    '/api/meetings/:id/letters',
    '/api/facilities',
    '/api/calendar',
  ]);
  const whole = useFirstWrong(change.failure);
  const times = hasTimes(form) ? timesOf(form, zone) : null;
  const moves = times !== null && (times.startsAt !== view.startsAt || times.endsAt !== view.endsAt);
  const whom = { invite: { people: view.people, ...NOBODY }, meetingId: id };
  const conflicts = useConflicts(moves ? { ...whom, ...times, repeat: null } : null);
  const found = moves ? (conflicts.value?.conflicts ?? []) : [];

  async function save(): Promise<void> {
    const done = await change.run({
      params: { id },
      body: { ...inputOf(form, zone), version: base.version, scope, movedToo, reason: reason.trim() === '' ? null : reason },
    });
    if (done) goTo(`/rapat/${id}`);
    else again();
  }
  const { submit, question } = useAskAnyway({ conflicts: found, zone, repeats: false, busy: change.busy, save });

  return (
    <form className="stack-l plan-change" ref={whole} onSubmit={submit}>
      {changed && <Note tone="wait">{w.othersChanged}</Note>}
      {!onlyMove && (
        <div className="stack">
          <TitleFields form={form} onForm={setForm} failure={change.failure} />
          <PlaceFields form={form} onForm={setForm} failure={change.failure} />
        </div>
      )}
      <WhenSection form={form} onForm={setForm} zone={zone} opdName={view.opdName} failure={change.failure} whom={whom}>
        {moves && times && <Moved view={view} times={times} />}
        {moves && <WhoIsFree from={conflicts} zone={zone} repeats={false} />}
      </WhenSection>
      {view.series && (
        <ScopeChoice scope={scope} onScope={setScope}>
          {scope !== 'ini' && <MovedToo view={view} checked={movedToo} onChecked={setMovedToo} />}
        </ScopeChoice>
      )}
      <TextField
        label={w.reason}
        hint={w.reasonHint}
        optional
        value={reason}
        onValue={setReason}
        maxLength={300}
        error={fieldFailure(change.failure, 'reason')}
        autoComplete="off"
      />
      {change.failure && (
        <Note tone="alarm" alert>
          {change.failure.message}
        </Note>
      )}
      <div className="row row-end">
        <ButtonLink to={`/rapat/${id}`}>{w.back}</ButtonLink>
        <Button type="submit" kind="main" large busy={change.busy}>
          {w.saveChange}
        </Button>
      </div>
      {question}
    </form>
  );
}

/** The old hour beside the new one, and who will be told. */
function Moved({ view, times }: { view: PlanView; times: { startsAt: string; endsAt: string | null } }) {
  const w = useWords(planningWords);
  const f = useFormats();
  const invited = useRead<typeof getMeeting>('/api/meetings/:id', { params: { id: view.meetingId } }).value?.invited;
  const when = ({ startsAt, endsAt }: Pick<PlanView, 'startsAt' | 'endsAt'>): string =>
    `${f.dayOf(startsAt, view.zone)}, ${f.span(startsAt, endsAt, view.zone)}`;
  return (
    <dl className="plan-facts" aria-live="polite">
      <dt>{w.was}</dt>
      <dd className="plan-was">{when(view)}</dd>
      <dt>{w.becomes}</dt>
      <dd>{when(times)}</dd>
      {invited !== undefined && (
        <>
          <dt>{w.toldWho}</dt>
          <dd>{w.told(invited)}</dd>
        </>
      )}
    </dl>
  );
}

function MovedToo({ view, checked, onChecked }: { view: PlanView; checked: boolean; onChecked: (checked: boolean) => void }) {
  const w = useWords(planningWords);
  const n = view.series?.occurrences.filter((one) => one.movedAlone && one.state === 'terjadwal' && one.meetingId !== view.meetingId).length ?? 0;
  if (n === 0) return null;
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={() => onChecked(!checked)} />
      {w.movedToo(n)}
    </label>
  );
}
