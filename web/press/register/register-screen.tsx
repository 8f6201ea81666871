// Daftar: one short form for anybody, then how it stands. A browser that holds a pass registers by one press.
import { useState } from 'react';
import type { getPressConference } from '../../../shared/press.ts';
import type { deletePass, getRegistration } from '../../../shared/press-desk.ts';
import { useRead, useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { LiveProvider, useWatch } from '../../platform/live.tsx';
import { useWords } from '../../platform/words.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Bones, Empty, Loaded } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { registerWords } from '../../words/press-register.ts';
import { MailAgain } from './mail-again.tsx';
import { Returning } from './returning.tsx';
import { NewForm } from './new-form.tsx';
import { Standing } from './standing.tsx';
import './register.css';

export default function RegisterScreen({ slug }: { slug: string }) {
  return (
    <LiveProvider on>
      <Register slug={slug} />
    </LiveProvider>
  );
}

function Register({ slug }: { slug: string }) {
  const w = useWords(registerWords);
  const f = useFormats();
  const params = { slug };
  const conference = useRead<typeof getPressConference>('/api/press/:slug', { params });
  const read = useRead<typeof getRegistration>('/api/press/:slug/registration', { params });
  const forget = useWrite<typeof deletePass>('DELETE', '/api/press/pass', ['/api/press/:slug/registration']);
  const [again, setAgain] = useState(0);
  useWatch(conference.value && `press:${conference.value.id}`, read.again);
  const leave = (): void => void forget.run({}).then(() => setAgain(again + 1));
  const c = conference.value;
  return (
    <Page
      title={read.value?.own?.state ? w.own : w.title}
      over={c?.title}
      under={c && `${f.dayOf(c.startsAt, c.zone)} · ${f.span(c.startsAt, c.endsAt, c.zone)}`}
    >
      <Loaded from={conference} skeleton={<Bones rows={5} tall />}>
        {() => (
          <Loaded from={read} skeleton={<Bones rows={5} tall />}>
            {({ open, own, mails, notice }) => {
              if (own && own.state !== null) return <Standing slug={slug} own={own} state={own.state} mails={mails} onLeave={leave} />;
              if (!open)
                return (
                  <>
                    <Empty
                      title={c?.state === 'dibatalkan' ? w.cancelledTitle : w.closedTitle}
                      action={
                        <ButtonLink to={`/pers/${slug}`} outside>
                          {w.page}
                        </ButtonLink>
                      }
                    >
                      {c?.state === 'dibatalkan' ? c.cancelReason : w.closedText}
                    </Empty>
                    <MailAgain slug={slug} mails={mails} />
                  </>
                );
              if (own) return <Returning slug={slug} own={own} notice={notice} onLeave={leave} />;
              return <NewForm key={again} slug={slug} mails={mails} notice={notice} onLeave={leave} />;
            }}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
