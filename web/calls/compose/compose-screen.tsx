// Panggil mendesak: one tap to come here, one to choose, one to call. All else has a sensible value already.
import Video from 'lucide-react/icons/video';
import type { getCallDesk } from '../../../shared/calls.ts';
import { useRead } from '../../platform/api.ts';
import { useMe, mayCallMeeting } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Bones, Empty, Loaded } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useDirectory } from '../../whom/use-directory.ts';
import { callWords } from '../../words/calls.ts';
import { CallForm } from './call-form.tsx';
import type { Callable } from './whom.ts';
import '../calls.css';

const links = [
  { to: '/panggil/riwayat', word: 'history' },
  { to: '/panggil/grup', word: 'groups' },
  { to: '/panggil/mandat', word: 'mandates' },
  { to: '/tangga', word: 'ladders' },
] as const;

export default function ComposeScreen() {
  const w = useWords(callWords);
  const desk = useRead<typeof getCallDesk>('/api/calls/desk', {});
  const known = useDirectory();
  const may = desk.value === undefined || desk.value.as.length > 0;
  return (
    <Page title={w.urgent} under={may ? w.urgentUnder : undefined}>
      <Loaded from={desk} skeleton={<Bones rows={6} tall />}>
        {(value) =>
          value.as.length === 0 ? (
            <NotYours />
          ) : (
            <Loaded from={known} skeleton={<Bones rows={6} tall />}>
              {(directory) => (
                <>
                  <CallForm desk={value as Callable} known={directory} />
                  <nav className="call-links row" aria-label={w.links}>
                    {links.map(({ to, word }) => (
                      <ButtonLink key={to} to={to} kind="quiet">
                        {w[word]}
                      </ButtonLink>
                    ))}
                  </nav>
                </>
              )}
            </Loaded>
          )
        }
      </Loaded>
    </Page>
  );
}

function NotYours() {
  const w = useWords(callWords);
  const me = useMe();
  return (
    <Empty
      title={w.notYouTitle}
      action={
        mayCallMeeting(me) && (
          <ButtonLink to="/rapat/sekarang" kind="main" icon={<Video aria-hidden />}>
            {w.meetNow}
          </ButtonLink>
        )
      }
    >
      {w.notYouText}
    </Empty>
  );
}
