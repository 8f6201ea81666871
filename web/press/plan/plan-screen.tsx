// Planning a conference, or changing the plan: what, whose, when, who. All else has a sensible value already.
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import type { BodyOf } from '../../../shared/endpoint.ts';
import type { Conference, getConference, postConference, postCrew, putConference } from '../../../shared/press.ts';
import { useRead, useWrite, type Remote } from '../../platform/api.ts';
import { holds, useMe, useZone } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Bones, Empty, Loaded, Note } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { useFirstWrong } from '../../ui/use-first-wrong.ts';
import { nobody, type Choice, type Directory } from '../../whom/choice.ts';
import { useDirectory } from '../../whom/use-directory.ts';
import { commonWords } from '../../words/common.ts';
import { pressWords } from '../../words/press.ts';
import { ChoosePeople } from '../choose-people.tsx';
import { NO_GUEST, type GuestForm } from '../guest-fields.tsx';
import { emptyForm, formOf, inputOf, type Form } from './form.ts';
import { PlanFields } from './plan-fields.tsx';
import { isGuest, SignerGuest } from './signer-guest.tsx';
import '../press.css';

/** `id`: the plan that is changed. */
export default function PlanScreen({ id }: { id?: string }) {
  const w = useWords(pressWords);
  const me = useMe();
  const known = useDirectory();
  if (!holds(me, 'operator_dkis')) {
    return (
      <Page title={w.plan}>
        <Empty title={w.noRightTitle} action={<ButtonLink to="/konferensi">{w.title}</ButtonLink>}>
          {w.noRightText}
        </Empty>
      </Page>
    );
  }
  return id === undefined ? <NewPlan known={known} /> : <ChangePlan id={id} known={known} />;
}

function NewPlan({ known }: { known: Remote<Directory> }) {
  const w = useWords(pressWords);
  return (
    <Page title={w.plan} under={w.newUnder}>
      <Loaded from={known} skeleton={<Bones rows={8} tall />}>
        {(directory) => <New known={directory} />}
      </Loaded>
    </Page>
  );
}

type Who = BodyOf<typeof postCrew>;
const rowsOf = (role: Who['role'], choice: Choice): Who[] => [
  ...choice.positions.map((id): Who => ({ role, who: { kind: 'position', id } })),
  ...choice.people.map(({ id }): Who => ({ role, who: { kind: 'person', id } })),
];

function New({ known }: { known: Directory }) {
  const w = useWords(pressWords);
  const me = useMe();
  const zone = useZone();
  const [, goTo] = useLocation();
  const opds = known.under.get(null) ?? [];
  const [form, setForm] = useState<Form>(() => emptyForm(opds.length === 1 ? (opds[0]?.id ?? '') : (opds.find((o) => o.id === me.opd?.id)?.id ?? ''), zone));
  const [speakers, setSpeakers] = useState<Choice>(nobody);
  const [moderator, setModerator] = useState<Choice>(nobody);
  const [signer, setSigner] = useState<Choice>(nobody);
  const [guest, setGuest] = useState<GuestForm>(NO_GUEST);
  const plan = useWrite<typeof postConference>('POST', '/api/conferences', ['/api/conferences']);
  const add = useWrite<typeof postCrew>('POST', '/api/conferences/:id/crew', ['/api/conferences']);
  const whole = useFirstWrong(plan.failure);
  const opdZone = known.unit.get(form.opdId)?.zone ?? zone;

  /** The draft first; whoever cannot be added is named on its page. */
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const done = await plan.run({ body: inputOf(form, opdZone) });
    if (!done) return;
    const rows: Who[] = [...rowsOf('narasumber', speakers), ...rowsOf('moderator', moderator), ...rowsOf('jbi', signer)];
    if (isGuest(guest)) rows.push({ role: 'jbi', who: { kind: 'guest', name: guest.name, institution: guest.institution, email: guest.email || null } });
    const left: string[] = [];
    for (const body of rows) if (!(await add.run({ params: { id: done.reply.id }, body }))) left.push(nameOf(known, body, [speakers, moderator, signer]));
    goTo(`/konferensi/${done.reply.id}${left.length > 0 ? `?kurang=${encodeURIComponent(left.join(', '))}` : ''}`);
  }

  return (
    <form className="press-plan" ref={whole} onSubmit={(event) => void submit(event)}>
      <PlanFields form={form} onForm={setForm} opds={opds} zone={opdZone} failure={plan.failure} />
      <Section title={w.people}>
        <ChoosePeople label={w.roles.narasumber} choose={w.chooseSpeakers} choice={speakers} onChoice={setSpeakers} known={known} />
        <ChoosePeople label={w.roles.moderator} choose={w.chooseModerator} choice={moderator} onChoice={setModerator} known={known} />
        <ChoosePeople label={w.roles.jbi} choose={w.chooseSigner} choice={signer} onChoice={setSigner} known={known} />
        <SignerGuest value={guest} onValue={setGuest} />
      </Section>
      <Save busy={plan.busy || add.busy} failure={plan.failure?.message}>
        {w.save}
      </Save>
    </form>
  );
}

const nameOf = (known: Directory, { who }: Who, choices: readonly Choice[]): string =>
  who.kind === 'guest'
    ? who.name
    : (known.positions.find((one) => one.id === who.id)?.title ?? choices.flatMap((choice) => choice.people).find((one) => one.id === who.id)?.name ?? '');

function ChangePlan({ id, known }: { id: string; known: Remote<Directory> }) {
  const w = useWords(pressWords);
  const read = useRead<typeof getConference>('/api/conferences/:id', { params: { id } });
  return (
    <Page title={w.edit} over={read.value?.title}>
      <Loaded from={read} skeleton={<Bones rows={8} tall />}>
        {(conference) => (
          <Loaded from={known} skeleton={<Bones rows={8} tall />}>
            {(directory) => <Change conference={conference} known={directory} again={read.again} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Change({ conference, known, again }: { conference: Conference; known: Directory; again: () => void }) {
  const w = useWords(pressWords);
  const c = useWords(commonWords);
  const [, goTo] = useLocation();
  const [base, setBase] = useState(conference);
  const [form, setForm] = useState<Form>(() => formOf(conference));
  if (conference.version !== base.version) {
    // Somebody else saved meanwhile: theirs comes in, and what was typed here stays.
    setForm(mine(form, formOf(base), formOf(conference)));
    setBase(conference);
  }
  const change = useWrite<typeof putConference>('PUT', '/api/conferences/:id', ['/api/conferences', '/api/conferences/:id']);
  const whole = useFirstWrong(change.failure);
  const zone = known.unit.get(form.opdId)?.zone ?? conference.zone;
  const to = `/konferensi/${conference.id}`;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = { ...inputOf(form, zone), version: conference.version };
    if (await change.run({ params: { id: conference.id }, body })) goTo(to);
    else again();
  }

  return (
    <form className="press-plan" ref={whole} onSubmit={(event) => void submit(event)}>
      <PlanFields form={form} onForm={setForm} opds={known.under.get(null) ?? []} zone={zone} failure={change.failure} open />
      <Save busy={change.busy} failure={change.failure?.message} back={<ButtonLink to={to}>{c.cancel}</ButtonLink>}>
        {w.saveChange}
      </Save>
    </form>
  );
}

const mine = (typed: Form, before: Form, now: Form): Form =>
  Object.fromEntries(
    Object.entries(now).map(([key, value]) => [key, typed[key as keyof Form] === before[key as keyof Form] ? value : typed[key as keyof Form]]),
  ) as Form;

function Save({ busy, failure, back, children }: { busy: boolean; failure: string | undefined; back?: React.ReactNode; children: string }) {
  return (
    <div className="press-save">
      {failure !== undefined && (
        <Note tone="alarm" alert>
          {failure}
        </Note>
      )}
      <div className="row row-end">
        {back}
        <Button type="submit" kind="main" large busy={busy}>
          {children}
        </Button>
      </div>
    </div>
  );
}
