// Links that were opened in another browser and ask to move there: one line each, a yes and a no.
import type { getLinkAsks, LinkAsk, putLinkAsk } from '../../shared/invitations.ts';
import { useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/notice.tsx';
import { invitationWords } from '../words/invitations.ts';

const PATHS = ['/api/meetings/:id/answers', '/api/meetings/:id/link-asks' satisfies (typeof getLinkAsks)['path']];

export default function LinkAsks({ meetingId, asks }: { meetingId: string; asks: readonly LinkAsk[] }) {
  const w = useWords(invitationWords);
  const decide = useWrite<typeof putLinkAsk>('PUT', '/api/meetings/:id/link-asks/:ask', PATHS);
  return asks.map((ask) => (
    <Note key={ask.id} tone="wait" alert>
      <p>{w.asks(ask.name, ask.device)}</p>
      <p className="s">{w.askWarning}</p>
      <div className="row">
        <Button kind="main" busy={decide.busy} onClick={() => void decide.run({ params: { id: meetingId, ask: ask.id }, body: { allow: true } })}>
          {w.allow}
          <span className="sr-only"> {ask.name}</span>
        </Button>
        <Button busy={decide.busy} onClick={() => void decide.run({ params: { id: meetingId, ask: ask.id }, body: { allow: false } })}>
          {w.deny}
          <span className="sr-only"> {ask.name}</span>
        </Button>
      </div>
      {decide.failure && <p role="alert">{decide.failure.message}</p>}
    </Note>
  ));
}
