// One who registered: who they say they are, what to look at, and what may be done.
import { useState } from 'react';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { Conference } from '../../../shared/press.ts';
import type { postRegistrationDecision, Registration, RegistrationState } from '../../../shared/press-desk.ts';
import { useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Mark, PlaceCard } from '../../ui/marks.tsx';
import { Note } from '../../ui/notice.tsx';
import { deskWords } from '../../words/press-desk.ts';
import { registerWords } from '../../words/press-register.ts';
import { ReasonDialog } from '../reason-dialog.tsx';
import { AcceptUntil } from './accept-until.tsx';
import { NewLink } from '../new-link.tsx';
import { LOOK } from '../registration-look.ts';

type Props = { conference: Conference; registration: Registration; onDecided: (now: Registration) => void };
type Act = 'diterima' | 'ditolak' | 'dicabut';
const CHANGED = ['/api/conferences', '/api/conferences/:id/checks', '/api/journalists'];

export function RegistrationLine({ conference: { id, zone }, registration: r, onDecided }: Props) {
  const w = useWords(deskWords);
  const f = useFormats();
  const [asking, setAsking] = useState<'until' | 'ditolak' | 'dicabut' | 'link'>();
  const decide = useWrite<typeof postRegistrationDecision>('POST', '/api/conferences/:id/registrations/:journalist/decision', CHANGED);
  const waits = r.state === 'menunggu';

  async function say(act: Act, more: { reason?: string; validUntil?: string } = {}): Promise<void> {
    const done = await decide.run({ params: { id, journalist: r.id }, body: { act, from: r.state, ...more } });
    if (!done) return;
    setAsking(undefined);
    onDecided(done.reply);
  }
  function ask(what: typeof asking): void {
    decide.forget();
    setAsking(what);
  }

  return (
    <li className="registration" data-state={r.state}>
      <div className="registration-who">
        <PlaceCard name={r.name} position={<Outlet registration={r} />} />
        <p className="registration-facts">
          <span>{r.email}</span>
          {r.phone !== null && <span className="num">{r.phone}</span>}
          {r.card !== null && (
            <span>
              {w.card[r.card.kind]} {w.ending(r.card.ending)}
            </span>
          )}
          {r.platform !== null && <span>{r.platform}</span>}
          <Address registration={r} />
        </p>
        {waits && r.hints.length > 0 && (
          <ul className="registration-hints">
            {r.hints.map((hint) => (
              <li key={hint}>
                <TriangleAlert aria-hidden />
                <span>{hint}</span>
              </li>
            ))}
          </ul>
        )}
        {!waits && (
          <p className="registration-facts">
            <State state={r.state} />
            {r.decidedBy !== null && r.decidedAt !== null && <span>{w.decided(r.decidedBy, f.time(r.decidedAt, zone))}</span>}
            {r.validUntil !== null && <span>{w.validUntil(f.date(r.validUntil))}</span>}
            {r.reason !== null && <span>{r.reason}</span>}
          </p>
        )}
        {r.question !== null && (
          <details className="registration-question">
            <summary>
              {w.question}: {r.question.topic}
            </summary>
            <p>{r.question.text}</p>
          </details>
        )}
        {decide.failure && asking === undefined && (
          <Note tone="alarm" alert>
            {decide.failure.message}
          </Note>
        )}
      </div>
      <div className="registration-acts">
        {r.state !== 'diterima' && (
          <Button kind={waits ? 'main' : 'plain'} busy={decide.busy} aria-label={`${w.accept}: ${r.name}`} onClick={() => void say('diterima')}>
            {w.accept}
          </Button>
        )}
        {waits && (
          <Button aria-label={`${w.refuse}: ${r.name}`} onClick={() => ask('ditolak')}>
            {w.refuse}
          </Button>
        )}
        <Button kind="quiet" aria-label={`${w.acceptUntil} ${r.name}`} onClick={() => ask('until')}>
          {w.acceptUntil}
        </Button>
        {r.state === 'diterima' && (
          <Button kind="quiet" aria-label={`${w.withdraw}: ${r.name}`} onClick={() => ask('dicabut')}>
            {w.withdraw}
          </Button>
        )}
        {r.state === 'diterima' && (
          <Button kind="quiet" aria-label={`${w.newLink}: ${r.name}`} onClick={() => ask('link')}>
            {w.newLink}
          </Button>
        )}
      </div>
      {asking === 'until' && (
        <AcceptUntil
          name={r.name}
          zone={zone}
          busy={decide.busy}
          failure={decide.failure}
          onYes={(validUntil) => void say('diterima', { validUntil })}
          onClose={() => ask(undefined)}
        />
      )}
      {(asking === 'ditolak' || asking === 'dicabut') && (
        <ReasonDialog
          title={asking === 'ditolak' ? w.refuseTitle(r.name) : w.withdrawTitle(r.name)}
          text={asking === 'ditolak' ? w.refuseText : w.withdrawText}
          label={w.reason}
          yes={asking === 'ditolak' ? w.refuse : w.withdraw}
          busy={decide.busy}
          failure={decide.failure?.message}
          onYes={(reason) => void say(asking, { reason })}
          onClose={() => ask(undefined)}
        />
      )}
      {asking === 'link' && <NewLink id={r.id} name={r.name} onClose={() => ask(undefined)} />}
    </li>
  );
}

function Outlet({ registration: { outlet, outletKind } }: { registration: Registration }) {
  const k = useWords(registerWords).kinds;
  return (
    <>
      {outlet} · {k[outletKind].toLowerCase()}
    </>
  );
}

function State({ state }: { state: RegistrationState }) {
  const w = useWords(deskWords);
  const [shape, tone] = LOOK[state];
  return (
    <Mark shape={shape} tone={tone}>
      {w.marks[state]}
    </Mark>
  );
}

/** What is known of the address: proven, or where its letter is. */
function Address({ registration: { confirmed, mail } }: { registration: Registration }) {
  const w = useWords(deskWords);
  if (confirmed) return <span data-tone="good">{w.proven}</span>;
  return <span data-tone="wait">{mail === null || mail === 'terkirim' ? w.unproven : w.mail[mail]}</span>;
}
