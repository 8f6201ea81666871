// An operator's answer: each thing granted with a name, refused with a reason, or left for later.
import { useState } from 'react';
import type { FacilityItem, FacilityRequest, getFacilityWeek, postFacilityDecision } from '../../shared/facilities.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Segmented, SelectField, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { facilityWords } from '../words/facilities.ts';

type Answer = { state: 'menunggu' | 'disetujui' | 'ditolak'; given: string; note: string };

export function DecideForm({ request, onClose }: { request: FacilityRequest; onClose: () => void }) {
  const w = useWords(facilityWords);
  const f = useFormats();
  const open = request.items.filter((item) => item.state !== 'dibatalkan');
  const [answers, setAnswers] = useState<Record<string, Answer>>(() =>
    Object.fromEntries(
      open.map((item) => [item.id, { state: item.state === 'dibatalkan' ? 'menunggu' : item.state, given: item.given?.id ?? '', note: item.note ?? '' }]),
    ),
  );
  const week = useRead<typeof getFacilityWeek>('/api/facilities/week', { query: { from: dayIn(request.zone, new Date(request.startsAt)) } });
  const decide = useWrite<typeof postFacilityDecision>('POST', '/api/facilities/:id/decisions', ['/api/facilities', '/api/facilities/week']);
  const changed = open.filter((item) => {
    const answer = answers[item.id];
    return (
      answer && answer.state !== 'menunggu' && (answer.state !== item.state || answer.given !== (item.given?.id ?? '') || answer.note !== (item.note ?? ''))
    );
  });
  const bodyOf = (item: FacilityItem) => {
    const answer = answers[item.id];
    return answer?.state === 'ditolak'
      ? { id: item.id, state: 'ditolak' as const, note: answer.note }
      : { id: item.id, state: 'disetujui' as const, given: answer?.given ? answer.given : null, note: answer?.note ? answer.note : null };
  };
  async function submit(): Promise<void> {
    if (await decide.run({ params: { id: request.id }, body: { items: changed.map(bodyOf) } })) onClose();
  }
  function choicesFor(item: FacilityItem): { value: string; label: string }[] {
    const all = item.kind === 'operator' ? (week.value?.operators ?? []) : (week.value?.things ?? []).filter((thing) => thing.kind === item.kind);
    const busy = new Map(
      (week.value?.entries ?? [])
        .filter((e) => e.given && e.requestId !== request.id && e.startsAt < item.endsAt && e.endsAt > item.startsAt)
        .map((e) => [e.given?.id ?? '', `${e.title}, ${f.span(e.startsAt, e.endsAt, request.zone)}`]),
    );
    return [{ value: '', label: w.choose }, ...all.map((one) => ({ value: one.id, label: busy.has(one.id) ? `${one.name} (${busy.get(one.id)})` : one.name }))];
  }
  return (
    <Dialog title={w.decideTitle(request.title)} onClose={onClose} side>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className="quiet">
          {request.opdName} · {f.dayOf(request.startsAt, request.zone)}, {f.span(request.startsAt, request.endsAt, request.zone)}
        </p>
        {request.note && <p className="facility-note">{request.note}</p>}
        {open.map((item) => {
          const answer = answers[item.id] ?? { state: 'menunggu', given: '', note: '' };
          const set = (part: Partial<Answer>): void => setAnswers((now) => ({ ...now, [item.id]: { ...answer, ...part } }));
          const nth = changed.indexOf(item);
          const choices = choicesFor(item);
          return (
            <div key={item.id} className="facility-answer">
              <Segmented
                label={`${w.kinds[item.kind]} · ${f.span(item.startsAt, item.endsAt, request.zone)}`}
                value={answer.state}
                onValue={(state) => set({ state })}
                choices={[
                  { value: 'menunggu', label: w.leave },
                  { value: 'disetujui', label: w.grant },
                  { value: 'ditolak', label: w.refuse },
                ]}
                tone={(value) => (value === 'ditolak' ? 'alarm' : undefined)}
              />
              {answer.state === 'disetujui' && item.kind !== 'siaran' && (
                <SelectField
                  label={w.given(w.kinds[item.kind])}
                  value={answer.given}
                  onValue={(given) => set({ given })}
                  choices={choices}
                  {...(choices.length === 1 && { hint: w.noThing })}
                  error={nth < 0 ? undefined : fieldFailure(decide.failure, `items.${nth}.given`)}
                />
              )}
              {answer.state !== 'menunggu' && (
                <TextField
                  label={answer.state === 'ditolak' ? w.why : w.detail}
                  optional={answer.state !== 'ditolak'}
                  required={answer.state === 'ditolak'}
                  maxLength={200}
                  value={answer.note}
                  onValue={(note) => set({ note })}
                />
              )}
            </div>
          );
        })}
        {decide.failure && (
          <Note tone="alarm" alert>
            {decide.failure.message}
          </Note>
        )}
        <div className="row row-end">
          {changed.length === 0 && <span className="quiet">{w.nothingDecided}</span>}
          <Button type="submit" kind="main" busy={decide.busy} disabled={changed.length === 0}>
            {w.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
