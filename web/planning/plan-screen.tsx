// Planning a meeting for later: what, when, where, whom; who is not free is said before it is sent.
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import CalendarPlus from 'lucide-react/icons/calendar-plus';
import type { postMeeting } from '../../shared/planning.ts';
import type { Level, Zone } from '../../shared/people.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { newKey } from '../platform/new-key.ts';
import { holds, mayCallMeeting, useMe, useZone, type Me } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { useFirstWrong } from '../ui/use-first-wrong.ts';
import { asInvite, estimate, isNobody, nobody, topOf, type Choice, type Directory } from '../whom/choice.ts';
import { Chosen } from '../whom/chosen.tsx';
import { Guests } from '../whom/guests.tsx';
import { Picker } from '../whom/picker.tsx';
import { QuickChoices } from '../whom/quick.tsx';
import { useDirectory } from '../whom/use-directory.ts';
import { commonWords } from '../words/common.ts';
import { planningWords } from '../words/planning.ts';
import { useAskAnyway } from './ask-anyway.tsx';
import { emptyForm, hasTimes, inputOf, NO_REPEAT, repeatOf, timesOf, type Form, type RepeatForm } from './form.ts';
import { RepeatFields } from './repeat-fields.tsx';
import { PlaceFields, TitleFields } from './what-fields.tsx';
import { WhenSection } from './when-section.tsx';
import { useConflicts, WhoIsFree } from './who-is-free.tsx';
import './planning.css';

export default function PlanScreen() {
  const w = useWords(planningWords);
  const c = useWords(commonWords);
  const me = useMe();
  const known = useDirectory();
  if (!mayCallMeeting(me))
    return (
      <Page title={w.plan}>
        <Empty title={c.noRightTitle} action={<ButtonLink to="/rapat">{w.back}</ButtonLink>}>
          {w.noRight}
        </Empty>
      </Page>
    );
  return (
    <Page title={w.plan} under={w.newUnder}>
      <Loaded from={known} skeleton={<Bones rows={8} tall />}>
        {(directory) => <NewPlan known={directory} />}
      </Loaded>
    </Page>
  );
}

const OFFICIALS: readonly Level[] = ['kepala_opd', 'sekretaris', 'kabid', 'kasi'];

/** Oneself, and for an admin the officials of their OPDs. The portal decides. */
function chairsFor(me: Me, known: Directory): { id: string; name: string; opdId: string }[] {
  if (!holds(me, 'admin_opd')) return [];
  const seen = new Set([me.id]);
  return known.positions.flatMap((post) => {
    const opdId = topOf(known, post.opdId);
    const holder = post.holderNow;
    if (!holder || !OFFICIALS.includes(post.level) || !me.managesOpds.includes(opdId) || seen.has(holder.personId)) return [];
    seen.add(holder.personId);
    return [{ id: holder.personId, name: `${holder.name}, ${post.title}`, opdId }];
  });
}

function NewPlan({ known }: { known: Directory }) {
  const w = useWords(planningWords);
  const me = useMe();
  const ownZone = useZone();
  const asked = new URLSearchParams(useSearch());
  const [, goTo] = useLocation();
  const chairs = chairsFor(me, known);
  const [chairId, setChair] = useState(me.id);
  const chair = chairs.find((one) => one.id === chairId);
  const opd = known.unit.get(chair?.opdId ?? me.opd?.id ?? '');
  const zone: Zone = opd?.zone ?? ownZone;
  const [form, setForm] = useState<Form>(() => emptyForm(zone, { mulai: asked.get('mulai'), selesai: asked.get('selesai') }));
  const [repeat, setRepeat] = useState<RepeatForm>(NO_REPEAT);
  const [choice, setChoice] = useState<Choice>(nobody);
  const [key] = useState(newKey);
  const plan = useWrite<typeof postMeeting>('POST', '/api/meetings', ['/api/meetings', '/api/calendar']);
  const whole = useFirstWrong(plan.failure);
  const whom = { invite: asInvite(choice), ...(chair && { chairId }) };
  const rule = form.day === '' ? null : repeatOf(repeat, form.day);
  const conflicts = useConflicts(hasTimes(form) ? { ...whom, ...timesOf(form, zone), repeat: rule } : null);
  const found = conflicts.value?.conflicts ?? [];

  async function save(): Promise<void> {
    const done = await plan.run({ body: { ...inputOf(form, zone), ...whom, repeat: rule, key } });
    if (done) goTo(`/rapat/${done.reply.id}`);
  }
  const { submit, question } = useAskAnyway({ conflicts: found, zone, repeats: rule !== null, busy: plan.busy, save });

  return (
    <form className="compose plan-form" ref={whole} onSubmit={submit}>
      <div className="stack-l compose-what">
        <div className="stack">
          <TitleFields form={form} onForm={setForm} failure={plan.failure} />
        </div>
        <WhenSection form={form} onForm={setForm} zone={zone} opdName={opd?.name ?? ''} failure={plan.failure} whom={whom}>
          <RepeatFields repeat={repeat} onRepeat={setRepeat} day={form.day} failure={plan.failure} />
        </WhenSection>
        <Section title={w.what}>
          <div className="stack plan-part">
            <PlaceFields form={form} onForm={setForm} failure={plan.failure} />
            {chairs.length > 0 && (
              <SelectField
                label={w.chair}
                hint={chair ? w.chairHint : undefined}
                value={chairId}
                onValue={setChair}
                error={fieldFailure(plan.failure, 'chairId')}
                choices={[{ value: me.id, label: w.chairSelf(me.name) }, ...chairs.map(({ id, name }) => ({ value: id, label: name }))]}
              />
            )}
          </div>
        </Section>
      </div>
      <section className="compose-whom stack" aria-label={w.whom}>
        <h2>{w.whom}</h2>
        <QuickChoices choice={choice} onChoice={setChoice} known={known} />
        <Picker choice={choice} onChoice={setChoice} known={known} />
        <Guests onAdd={(guest) => setChoice({ ...choice, guests: [...choice.guests, guest] })} />
      </section>
      <div className="compose-go">
        <Chosen choice={choice} onChoice={setChoice} known={known} />
        <WhoIsFree from={conflicts} zone={zone} repeats={rule !== null} />
        {plan.failure && (
          <Note tone="alarm" alert>
            {plan.failure.message}
          </Note>
        )}
        <Button type="submit" kind="main" large icon={<CalendarPlus aria-hidden />} busy={plan.busy} disabled={isNobody(choice)}>
          {w.saveWith(estimate(choice, known))}
        </Button>
      </div>
      {question}
    </form>
  );
}
