// The form of an urgent call. What was typed and chosen stays until the call is placed, whatever the portal answers.
import { useState, type FormEvent } from 'react';
import { useLocation, useSearch } from 'wouter';
import Siren from 'lucide-react/icons/siren';
import type { getCallBoard, getCalls, postCall, postCallPreview } from '../../../shared/calls.ts';
import type { Sifat } from '../../../shared/meetings.ts';
import { fieldFailure, useAsk, useKnown, useRead, useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { newKey } from '../../platform/new-key.ts';
import { useMe } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented, SelectField, TextField } from '../../ui/field.tsx';
import { Bones, Note } from '../../ui/notice.tsx';
import { Chosen } from '../../whom/chosen.tsx';
import { isNobody, nobody, type Directory } from '../../whom/choice.ts';
import { Picker } from '../../whom/picker.tsx';
import { callWords } from '../../words/calls.ts';
import { commonWords } from '../../words/common.ts';
import { PreviewList } from './preview.tsx';
import { QuorumStepper } from './quorum-stepper.tsx';
import { ReadyChoices } from './ready.tsx';
import { SaveGroup } from './save-group.tsx';
import { useSettled } from './use-settled.ts';
import { asked, isEmpty, postsAt, type Callable, type Whom } from './whom.ts';

export function CallForm({ desk, known }: { desk: Callable; known: Directory }) {
  const w = useWords(callWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const [, go] = useLocation();
  const search = new URLSearchParams(useSearch());
  const wanted = search.get('rapat');
  const me = useMe();
  /** `?siapa=bidang` or `kepala`: chosen already, for a shortcut on a phone. */
  const named = (siapa: string | null): string[] =>
    siapa === 'bidang' ? postsAt(known, me, 'kabid', desk.as[0].opdId) : siapa === 'kepala' ? postsAt(known, me, 'kepala_opd') : [];
  const [key] = useState(newKey);
  /** `?orang=` and `nama=` of somebody on duty. */
  const [orang, nama] = [search.get('orang'), search.get('nama')];
  const [whom, setWhom] = useState<Whom>(() => ({
    choice: { ...nobody, positions: named(search.get('siapa')), people: orang !== null && nama !== null ? [{ id: orang, name: nama }] : [] },
    groups: [],
    dutyOf: [],
    lastCall: null,
  }));
  const [opdId, setOpdId] = useState(desk.as[0].opdId);
  const [meetingId, setMeetingId] = useState(() => (desk.running.some((one) => one.id === wanted) ? (wanted ?? '') : ''));
  const [subject, setSubject] = useState(
    () =>
      desk.running.find((one) => one.id === wanted)?.title ??
      w.defaultSubject(known.unit.get(desk.as[0].opdId)?.abbreviation ?? '', f.time(new Date().toISOString(), desk.zone)).replace(/\s+/g, ' '),
  );
  const [sifat, setSifat] = useState<Sifat>();
  const [quorum, setQuorum] = useState<number>();
  const [reason, setReason] = useState('');
  const former = useRead<typeof getCalls>('/api/calls', {}, { enabled: desk.lastCall !== null });
  const chosenSifat = sifat ?? former.value?.find((one) => one.id === desk.lastCall?.id)?.sifat ?? 'segera';
  const empty = isEmpty(whom);
  const settled = useSettled(whom);
  const preview = useAsk<typeof postCallPreview>(
    '/api/calls/preview',
    { body: { whom: asked(settled) } },
    { enabled: !isEmpty(settled), keepWhileAsking: true },
  );
  const shown = empty ? undefined : preview.value;
  const place = useWrite<typeof postCall>('POST', '/api/calls', ['/api/calls', '/api/calls/desk', '/api/meetings']);
  const board = useKnown<typeof getCallBoard>('/api/calls/:id');
  const beyond = desk.limit.placed >= desk.limit.most || place.failure?.code === 'call.too_often';

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const done = await place.run({
      body: {
        key,
        subject,
        sifat: chosenSifat,
        whom: asked(whom),
        opdId,
        ...(quorum !== undefined && shown && { quorum: Math.min(quorum, Math.max(1, shown.units)) }),
        ...(meetingId !== '' && { meetingId }),
        ...(beyond && reason.trim() !== '' && { overLimitReason: reason }),
      },
    });
    if (!done) return;
    board({ params: { id: done.reply.id } }, done.reply);
    go(`/panggil/${done.reply.id}`, { replace: true });
  }

  const picked = whom.choice.positions.length + whom.choice.units.length + whom.choice.people.length;
  return (
    <form className="call-form" onSubmit={(event) => void submit(event)}>
      <section className="call-whom stack" aria-label={w.whom}>
        {meetingId !== '' && wanted === meetingId && <Note>{w.intoRunning(desk.running.find((one) => one.id === meetingId)?.title ?? '')}</Note>}
        {wanted !== null && !desk.running.some((one) => one.id === wanted) && <Note tone="wait">{w.notRunning}</Note>}
        <ReadyChoices whom={whom} onWhom={setWhom} desk={desk} known={known} opdId={opdId} />
        <details className="more">
          <summary>{picked > 0 ? w.othersChosen(picked) : w.others}</summary>
          <div className="stack">
            {!isNobody(whom.choice) && <Chosen choice={whom.choice} onChoice={(choice) => setWhom({ ...whom, choice })} known={known} />}
            <Picker choice={whom.choice} onChoice={(choice) => setWhom({ ...whom, choice })} known={known} vacant />
            <SaveGroup whom={whom} desk={desk} />
          </div>
        </details>
      </section>
      <div className="call-what stack">
        <TextField
          label={w.subject}
          value={subject}
          onValue={setSubject}
          onFocus={(event) => event.target.select()}
          error={fieldFailure(place.failure, 'subject')}
          required
          maxLength={160}
          autoComplete="off"
          enterKeyHint="done"
        />
        <Segmented
          label={w.sifat}
          value={chosenSifat}
          onValue={setSifat}
          tone={(value) => ({ biasa: undefined, segera: 'wait', sangat_segera: 'alarm' })[value]}
          choices={(['biasa', 'segera', 'sangat_segera'] as const).map((value) => ({ value, label: c.sifat[value] }))}
        />
        {desk.as.length > 1 && (
          <SelectField
            label={w.asWhom}
            value={opdId}
            onValue={setOpdId}
            choices={desk.as.map((one) => ({ value: one.opdId, label: one.mandate ? w.asMandate(one.label) : one.label }))}
          />
        )}
        {desk.running.length > 0 && (
          <SelectField
            label={w.into}
            value={meetingId}
            onValue={setMeetingId}
            choices={[{ value: '', label: w.intoNew }, ...desk.running.map((one) => ({ value: one.id, label: one.title }))]}
          />
        )}
      </div>
      <section className="call-preview" aria-label={w.preview}>
        <header>
          <h2>{w.preview}</h2>
          <p className="quiet s num" aria-live="polite">
            {shown && w.previewCount(shown.people, shown.units)}
          </p>
        </header>
        {empty && <p className="quiet s section-note">{w.previewNone}</p>}
        {preview.failure && !empty && (
          <Note tone="alarm" alert>
            {preview.failure.message}
          </Note>
        )}
        {!empty && !shown && !preview.failure && <Bones rows={3} tall />}
        {shown && <PreviewList preview={shown} />}
      </section>
      <div className="call-go">
        {shown && shown.units > 0 && <QuorumStepper units={shown.units} value={quorum} onValue={setQuorum} />}
        {beyond && (
          <div className="stack" role={place.failure?.code === 'call.too_often' ? 'alert' : undefined}>
            <Note tone="wait">{place.failure?.code === 'call.too_often' ? place.failure.message : w.limitNear(desk.limit.placed, desk.limit.minutes)}</Note>
            <TextField
              label={w.limitReason}
              hint={w.limitHint}
              value={reason}
              onValue={setReason}
              error={fieldFailure(place.failure, 'overLimitReason')}
              required
              maxLength={200}
              autoComplete="off"
            />
          </div>
        )}
        {place.failure && place.failure.code !== 'call.too_often' && (
          <Note tone="alarm" alert>
            {place.failure.message}
          </Note>
        )}
        <p className="quiet s call-as">
          {w.asWhom}: {desk.as.find((one) => one.opdId === opdId)?.label}
        </p>
        <Button type="submit" kind="alarm" large icon={<Siren aria-hidden />} busy={place.busy} disabled={empty || subject.trim() === ''}>
          {shown && !empty ? w.placeWith(shown.people) : w.place}
        </Button>
      </div>
    </form>
  );
}
