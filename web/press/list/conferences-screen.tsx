// Konferensi pers: what is on air, what comes, what has been.
import { Link } from 'wouter';
import Megaphone from 'lucide-react/icons/megaphone';
import type { ConferenceCard, getConferences } from '../../../shared/press.ts';
import { useRead } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { holds, useMe } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Bones, Empty, Loaded } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { pressWords } from '../../words/press.ts';
import { StateMark } from '../state-mark.tsx';
import '../press.css';

const ON_AIR = new Set(['tayang', 'tanya_jawab']);
const OVER = new Set(['selesai', 'arsip', 'dibatalkan']);

export default function ConferencesScreen() {
  const w = useWords(pressWords);
  const operates = holds(useMe(), 'operator_dkis');
  const conferences = useRead<typeof getConferences>('/api/conferences', {});
  const plan = operates && (
    <ButtonLink to="/konferensi/baru" kind="main" icon={<Megaphone aria-hidden />}>
      {w.plan}
    </ButtonLink>
  );
  const actions = operates && (
    <>
      <ButtonLink to="/jurnalis" kind="quiet">
        {w.journalists}
      </ButtonLink>
      {conferences.value?.length !== 0 && plan}
    </>
  );
  return (
    <Page title={w.title} actions={actions || undefined}>
      <Loaded from={conferences} skeleton={<Bones rows={6} tall />}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={w.noneTitle} action={plan}>
              {operates ? w.noneOperate : w.noneText}
            </Empty>
          ) : (
            <Lists all={all} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Lists({ all }: { all: readonly ConferenceCard[] }) {
  const w = useWords(pressWords);
  const onAir = all.filter((one) => ON_AIR.has(one.state));
  const coming = all.filter((one) => !ON_AIR.has(one.state) && !OVER.has(one.state));
  const past = all.filter((one) => OVER.has(one.state));
  return (
    <>
      {onAir.length > 0 && (
        <Section title={w.onAir}>
          <Rows of={onAir} empty="" />
        </Section>
      )}
      <Section title={w.coming}>
        <Rows of={coming} empty={w.noComing} />
      </Section>
      <Section title={w.past}>
        <Rows of={past} empty={w.noPast} />
      </Section>
    </>
  );
}

function Rows({ of, empty }: { of: readonly ConferenceCard[]; empty: string }) {
  if (of.length === 0) return <p className="press-none">{empty}</p>;
  return (
    <ul className="press-list">
      {of.map((one) => (
        <Row key={one.id} one={one} />
      ))}
    </ul>
  );
}

function Row({ one }: { one: ConferenceCard }) {
  const w = useWords(pressWords);
  const f = useFormats();
  return (
    <li>
      <p className="press-when">
        <span className="press-day">{f.shortDayOf(one.startsAt, one.zone)}</span>
        <span className="num">{f.span(one.startsAt, one.endsAt, one.zone)}</span>
      </p>
      <div>
        <Link href={`/konferensi/${one.id}`} className="press-title">
          {one.title}
        </Link>
        <p className="press-line">
          <StateMark state={one.state} />
          <span>{one.opdName}</span>
          <span>{one.speakers.length > 0 ? w.speakers(one.speakers.join(', ')) : w.noSpeakers}</span>
        </p>
      </div>
      {one.waiting !== null && one.waiting > 0 && (
        <ButtonLink to={`/konferensi/${one.id}/pendaftaran`} kind="quiet">
          {w.waiting(one.waiting)}
          <span className="sr-only"> · {one.title}</span>
        </ButtonLink>
      )}
    </li>
  );
}
