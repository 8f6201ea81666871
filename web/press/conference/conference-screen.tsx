// One conference: how it stands and the one next step, what must be ready, who takes part, which addresses go out.
import { Suspense, useState, type ReactNode } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import ExternalLink from 'lucide-react/icons/external-link';
import Radio from 'lucide-react/icons/radio';
import type { Conference, postCancellation } from '../../../shared/press.ts';
import { useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useMe } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Copy } from '../../ui/copy.tsx';
import { Bones, Note } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { pressWords } from '../../words/press.ts';
import { PressPart } from '../part.tsx';
import { Checks } from './checks.tsx';
import { CrewSection } from './crew.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { NextStep, Way } from './way.tsx';

const WITH_ROOM = new Set(['ruang_tunggu', 'tayang', 'tanya_jawab']);
const BEFORE_AIR = new Set(['draft', 'diumumkan', 'registrasi', 'ruang_tunggu']);
/** Siap tayang is worth looking at. */
const BEFORE_LIVE = new Set(['registrasi', 'ruang_tunggu']);
const OVER = new Set(['selesai', 'arsip', 'dibatalkan']);

/** What was asked of DKIS for it: another feature's, handed in by app.tsx. */
type Facilities = (of: { conferenceId: string; title: string; mayAsk: boolean }) => ReactNode;

export default function ConferenceScreen({ id, facilities }: { id: string; facilities: Facilities }) {
  return (
    <PressPart id={id} actions={(conference) => <Actions conference={conference} />}>
      {(conference) => <Overview conference={conference} facilities={facilities} />}
    </PressPart>
  );
}

function Actions({ conference }: { conference: Conference }) {
  const w = useWords(pressWords);
  return (
    <>
      {WITH_ROOM.has(conference.state) && (
        <ButtonLink outside to={`/siaran/${conference.slug}`} large icon={<Radio aria-hidden />}>
          {w.enter}
        </ButtonLink>
      )}
      <NextStep conference={conference} />
    </>
  );
}

function Overview({ conference, facilities }: { conference: Conference; facilities: Facilities }) {
  const w = useWords(pressWords);
  const f = useFormats();
  const [search] = useSearchParams();
  const left = search.get('kurang');
  const { state, zone, youOperate, youModerate, cancelReason, liveAt, endedAt } = conference;
  const leads = youOperate || youModerate;
  const me = useMe();
  // BKD reads every OPD, and asks for its own alone.
  const acts = me.managesOpds.includes(conference.opdId) && (!me.roles.includes('bkd') || me.opd?.id === conference.opdId);
  return (
    <>
      {left !== null && (
        <Note tone="wait" alert>
          {w.partly(left)}
        </Note>
      )}
      {cancelReason !== null && <Note tone="alarm">{w.cancelled(cancelReason)}</Note>}
      <Way state={state} />
      {liveAt !== null && (
        <p className="press-line press-air">
          <span>{w.liveSince(f.time(liveAt, zone))}</span>
          {endedAt !== null && <span>{w.endedAt(f.time(endedAt, zone))}</span>}
        </p>
      )}
      {leads && BEFORE_LIVE.has(state) && <Checks conference={conference} />}
      <CrewSection conference={conference} />
      {(youOperate || acts) && (
        <Suspense fallback={<Bones rows={2} />}>{facilities({ conferenceId: conference.id, title: conference.title, mayAsk: !OVER.has(state) })}</Suspense>
      )}
      {youOperate && state !== 'dibatalkan' && <Addresses conference={conference} />}
      <Plan conference={conference} />
    </>
  );
}

const whole = (path: string): string => new URL(path, location.origin).href;

function Addresses({ conference: { slug, state } }: { conference: Conference }) {
  const w = useWords(pressWords);
  const rows = [
    { name: w.publicPage, hint: w.publicPageHint, to: whole(`/pers/${slug}`) },
    { name: w.pressRoom, hint: w.pressRoomHint, to: whole(`/siaran/${slug}`) },
  ];
  return (
    <Section title={w.addresses} note={state === 'draft' ? w.addressesDraft : undefined}>
      <ul className="press-addresses">
        {rows.map(({ name, hint, to }) => (
          <li key={to}>
            <div>
              <h3>{name}</h3>
              <p className="press-address">{to}</p>
              <p className="hint">{hint}</p>
            </div>
            <div className="row">
              <Copy text={to} of={name} />
              {state !== 'draft' && (
                <ButtonLink outside to={to} kind="quiet" target="_blank" rel="noopener" icon={<ExternalLink aria-hidden />}>
                  {name}
                </ButtonLink>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Plan({ conference }: { conference: Conference }) {
  const w = useWords(pressWords);
  const f = useFormats();
  const [, goTo] = useLocation();
  const [cancelling, setCancelling] = useState(false);
  const { zone, state, youOperate, registrationUntil } = conference;
  const facts: [string, string][] = [
    [w.place, conference.place],
    [w.floorLimit, String(conference.floorLimit)],
    [w.turn, w.turnText(w.minutes(conference.turnSeconds), w.minutes(conference.followUpSeconds))],
    [w.camera, conference.floorCamera ? w.cameraOn : w.cameraOff],
    [w.viewerLimit, f.number(conference.viewerLimit)],
    [w.registrationUntil, registrationUntil === null ? w.untilEnd : `${f.dayOf(registrationUntil, zone)}, ${f.time(registrationUntil, zone)}`],
  ];
  return (
    <Section
      title={w.facts}
      actions={youOperate && !OVER.has(state) ? <Button onClick={() => goTo(`/konferensi/${conference.id}/ubah`)}>{w.edit}</Button> : undefined}
    >
      <p className="press-summary">{conference.summary}</p>
      <dl className="press-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {youOperate && BEFORE_AIR.has(state) && (
        <div className="press-cancel">
          <Button kind="quiet" onClick={() => setCancelling(true)}>
            {w.cancel}
          </Button>
        </div>
      )}
      {cancelling && <Cancel conference={conference} onClose={() => setCancelling(false)} />}
    </Section>
  );
}

function Cancel({ conference, onClose }: { conference: Conference; onClose: () => void }) {
  const w = useWords(pressWords);
  const cancel = useWrite<typeof postCancellation>('POST', '/api/conferences/:id/cancellation', ['/api/conferences', '/api/conferences/:id']);
  async function go(reason: string): Promise<void> {
    if (await cancel.run({ params: { id: conference.id }, body: { reason } })) onClose();
  }
  return (
    <ReasonDialog
      title={w.cancelTitle}
      text={conference.state === 'draft' ? w.cancelDraft : w.cancelText}
      label={w.cancelReason}
      yes={w.cancelYes}
      busy={cancel.busy}
      failure={cancel.failure?.message}
      onYes={(reason) => void go(reason)}
      onClose={onClose}
    />
  );
}
