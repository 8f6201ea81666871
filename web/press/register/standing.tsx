// How the own registration stands, and what to do next.
import type { OwnRegistration, RegistrationState } from '../../../shared/press-desk.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Mark, PlaceCard } from '../../ui/marks.tsx';
import { registerWords } from '../../words/press-register.ts';
import { LOOK } from '../registration-look.ts';
import { SendAgain } from './mail-again.tsx';

type Props = { slug: string; own: OwnRegistration; state: RegistrationState; mails: boolean; onLeave: () => void };

export function Standing({ slug, own, state, mails, onLeave }: Props) {
  const w = useWords(registerWords);
  const f = useFormats();
  const [shape, tone] = LOOK[state];
  const out = state === 'ditolak' || state === 'dicabut';
  return (
    <div className="stack-l">
      <div className="pass-card" data-state={state}>
        <PlaceCard name={own.name} position={own.outlet} more={own.email} />
        <Mark shape={shape} tone={tone}>
          {w.marks[state]}
        </Mark>
      </div>
      <div className="stack" role="status">
        <h2>{w.state[state]}</h2>
        {state === 'menunggu' && <p>{w.waitingText}</p>}
        {state === 'diterima' && <p>{w.acceptedText}</p>}
        {own.validUntil !== null && state === 'diterima' && <p className="quiet">{w.validUntil(f.day(own.validUntil))}</p>}
        {out && own.reason !== null && (
          <p className="inset">
            <small>{w.reason}</small>
            <br />
            {own.reason}
          </p>
        )}
        {out && <p>{w.refusedText}</p>}
      </div>
      <div className="row">
        <ButtonLink to={`/siaran/${slug}`} outside kind={state === 'diterima' ? 'main' : 'plain'} large={state === 'diterima'}>
          {out ? w.watch : w.room}
        </ButtonLink>
        <ButtonLink to={`/pers/${slug}`} outside kind="quiet">
          {w.page}
        </ButtonLink>
      </div>
      {state === 'menunggu' && (
        <section className="stack" aria-label={w.steps}>
          <h2>{w.steps}</h2>
          <ol className="steps">
            {mails && (
              <>
                <li>
                  {w.stepMail(own.email)}
                  <br />
                  <SendAgain slug={slug} email={own.email} />
                </li>
                <li>{w.stepKnown}</li>
              </>
            )}
            <li>{w.stepRoom}</li>
            {!mails && <li>{w.stepAsk}</li>}
          </ol>
        </section>
      )}
      <div className="edge">
        <Button kind="quiet" onClick={onLeave}>
          {w.leave}
        </Button>
      </div>
    </div>
  );
}
