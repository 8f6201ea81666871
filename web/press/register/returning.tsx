// Whom this browser knows: one press.
import { useState } from 'react';
import type { OwnRegistration, postRegistration } from '../../../shared/press-desk.ts';
import { useWrite } from '../../platform/api.ts';
import { newKey } from '../../platform/new-key.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { PlaceCard } from '../../ui/marks.tsx';
import { Note } from '../../ui/notice.tsx';
import { registerWords } from '../../words/press-register.ts';
import { AskField, noQuestion, questionOf } from './ask-field.tsx';
import { Notice, type NoticeToRead } from './notice.tsx';

type Props = { slug: string; own: OwnRegistration; notice: NoticeToRead; onLeave: () => void };

export function Returning({ slug, own, notice, onLeave }: Props) {
  const w = useWords(registerWords);
  const [key] = useState(newKey);
  const [question, setQuestion] = useState(noQuestion);
  const send = useWrite<typeof postRegistration>('POST', '/api/press/:slug/registration', ['/api/press/:slug/registration']);
  const { name, outlet, email } = own;
  const body = { name, outlet, outletKind: 'lainnya' as const, email, question: questionOf(question), notice: notice.version, key };
  return (
    <div className="stack">
      <div className="pass-card">
        <PlaceCard name={name} position={outlet} more={email} />
      </div>
      <p className="quiet">{w.known(name, outlet)}</p>
      <AskField value={question} onValue={setQuestion} />
      <Notice notice={notice} />
      {send.failure && (
        <Note tone="alarm" alert>
          {send.failure.message}
        </Note>
      )}
      <Button kind="main" large busy={send.busy} onClick={() => void send.run({ params: { slug }, body })}>
        {w.sendKnown}
      </Button>
      <div className="edge">
        <Button kind="quiet" onClick={onLeave}>
          {w.notYou}
        </Button>
      </div>
    </div>
  );
}
