// Notulen: as they will print. Facts, participants and decisions come from the record; the text between them is written, then corrected.
import { Suspense, type ReactNode } from 'react';
import { Link } from 'wouter';
import { piece } from '../platform/piece.ts';
import type { getMinutes, Minutes } from '../../shared/minutes.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWatch } from '../platform/live.tsx';
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { minutesWords } from '../words/minutes.ts';
import { ChairActs } from './chair-acts.tsx';
import { CorrectionPart } from './correction-part.tsx';
import { Decisions } from './decisions.tsx';
import { Polls } from './polls.tsx';
import { Facts, People } from './facts.tsx';
import { PdfButton } from './pdf-button.tsx';
import { ReadPart, titleOf } from './read-part.tsx';
import { SavingLine } from './saving-line.tsx';
import { StateMark } from './state-mark.tsx';
import { WritersLine } from './writers.tsx';
import { keptFor } from './writing/kept.ts';
import './minutes.css';

const Writing = piece(() => import('./writing/writing.tsx'));
const LeftOver = piece(() => import('./writing/left-over.tsx'));

export default function MinutesScreen({ id }: { id: string }) {
  const w = useWords(minutesWords);
  useWatch(`meeting:${id}`);
  const minutes = useRead<typeof getMinutes>('/api/meetings/:id/minutes', { params: { id } });
  const { value } = minutes;
  const notBegun = !value && minutes.failure?.code === 'minutes.not_begun';
  return (
    <Page
      key={id}
      title={w.title}
      narrow
      over={
        value && (
          <Link href={`/rapat/${id}`} className="tap">
            {value.facts.title}
          </Link>
        )
      }
      under={value && <StateMark state={value.state} />}
      actions={
        value &&
        value.state !== 'belum' && (
          <>
            <ChairActs minutes={value} />
            <PdfButton minutes={value} />
          </>
        )
      }
    >
      {notBegun ? (
        <Empty title={w.notBegun} action={<ButtonLink to={`/rapat/${id}`}>{w.back}</ButtonLink>}>
          {w.notBegunText}
        </Empty>
      ) : (
        <Loaded from={minutes} skeleton={<Bones rows={9} tall />}>
          {(known) => <Whole minutes={known} />}
        </Loaded>
      )}
    </Page>
  );
}

function Whole({ minutes }: { minutes: Minutes }) {
  const w = useWords(minutesWords);
  const me = useMe();
  const id = minutes.meetingId;
  if (minutes.state === 'belum') {
    return (
      <Empty title={w.notYet} action={<ButtonLink to={`/rapat/${id}`}>{w.back}</ButtonLink>}>
        {w.sectionText.belum}
      </Empty>
    );
  }
  if (minutes.you.write) {
    return (
      <Suspense fallback={<Bones rows={9} tall />}>
        <Writing meetingId={id}>
          {({ state, part }) => (
            <>
              <div className="minutes-bar">
                <SavingLine state={state} />
                <WritersLine minutes={minutes} />
              </div>
              <Sheet minutes={minutes} part={({ key }, label) => part(key, label)} />
            </>
          )}
        </Writing>
      </Suspense>
    );
  }
  return (
    <>
      <Stands minutes={minutes} />
      {minutes.state !== 'konsep' && keptFor(id, me.id) !== null && (
        <Suspense>
          <LeftOver meetingId={id} />
        </Suspense>
      )}
      <Sheet
        minutes={minutes}
        part={(one) => (minutes.state === 'konsep' || minutes.final ? <ReadPart part={one} /> : <CorrectionPart part={one} minutes={minutes} />)}
      />
    </>
  );
}

/** Why nobody writes here now, and what may be done instead. */
function Stands({ minutes: { correction, final, you, facts, proposals } }: { minutes: Minutes }) {
  const w = useWords(minutesWords);
  const f = useFormats();
  if (final) {
    return (
      <div className="stamp">
        <dl>
          <div>
            <dt>{w.number}</dt>
            <dd>{final.number}</dd>
          </div>
          <div>
            <dt>{w.code}</dt>
            <dd>
              <Link href={`/v/${final.code}`}>
                <code>{final.code}</code>
              </Link>
            </dd>
          </div>
        </dl>
        <p className="quiet s">{w.approvedBy(final.approvedBy, `${f.dayOf(final.approvedAt, facts.zone)}, ${f.time(final.approvedAt, facts.zone)}`)}</p>
        {final.early !== null && <p className="quiet s">{w.early(final.early)}</p>}
      </div>
    );
  }
  if (!correction) return <Note>{w.sectionText.konsep}</Note>;
  const undecided = proposals.filter((p) => p.ruling === null).length;
  return (
    <Note tone="wait">
      <strong>{(correction.over ? w.correctionOver : w.correctionOpen)(f.day(correction.until))}</strong> {you.propose ? w.proposeHint : w.notPresentHint}{' '}
      {undecided > 0 && w.undecided(undecided)}
    </Note>
  );
}

type Part = Minutes['parts'][number];
/** From when to when the meeting was at this item, where the clock ran. */
function timeOf({ facts }: Minutes, { key }: Part, f: ReturnType<typeof useFormats>): string | null {
  const span = facts.agenda?.find(({ itemId }) => key === `butir:${itemId}`);
  return span?.to ? f.span(span.from, span.to, facts.zone) : null;
}

/** In the order of the paper: facts, participants, opening, discussion, decisions, closing. */
function Sheet({ minutes, part }: { minutes: Minutes; part: (part: Part, label: string) => ReactNode }) {
  const w = useWords(minutesWords);
  const f = useFormats();
  const drawn = minutes.parts.map((one, n) => {
    const label = titleOf(one, n, w);
    return (
      <section key={one.key} className="minutes-part" aria-label={label}>
        <h2>
          {label} <small>{timeOf(minutes, one, f)}</small>
        </h2>
        {part(one, label)}
      </section>
    );
  });
  return (
    <article className="minutes">
      <Facts facts={minutes.facts} />
      <People facts={minutes.facts} />
      {drawn.slice(0, -1)}
      <Decisions minutes={minutes} />
      <Polls minutes={minutes} />
      {drawn.at(-1)}
    </article>
  );
}
