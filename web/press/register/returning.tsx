// Whom this browser knows: one press.
import { useState, type FormEvent } from 'react';
import type { OwnRegistration, postRegistration } from '../../../shared/press-desk.ts';
import { useWrite } from '../../platform/api.ts';
import { newKey } from '../../platform/new-key.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { PlaceCard } from '../../ui/marks.tsx';
import { Note } from '../../ui/notice.tsx';
import { useFirstWrong } from '../../ui/use-first-wrong.ts';
import { registerWords } from '../../words/press-register.ts';
import { AskField, noQuestion, questionOf } from './ask-field.tsx';
import { Notice, type NoticeToRead } from './notice.tsx';

type Props = { slug: string; own: OwnRegistration; notice: NoticeToRead; onLeave: () => void };

export function Returning({ slug, own, notice, onLeave }: Props) {
  const w = useWords(registerWords);
  const [key] = useState(newKey);
  const [question, setQuestion] = useState(noQuestion);
  const send = useWrite<typeof postRegistration>('POST', '/api/press/:slug/registration', ['/api/press/:slug/registration']);
  const form = useFirstWrong(send.failure);
  const { name, outlet, email } = own;
  const body = { name, outlet, outletKind: 'lainnya' as const, email, question: questionOf(question), notice: notice.version, key };
  function submit(event: FormEvent): void {
    event.preventDefault();
    void send.run({ params: { slug }, body });
  }
  return (
    <form className="stack" ref={form} onSubmit={submit}>
      <div className="pass-card">
        <PlaceCard name={name} position={outlet} more={email} />
      </div>
      <p className="quiet">{w.known(name, outlet)}</p>
      <AskField value={question} onValue={setQuestion} failure={send.failure} />
      <Notice notice={notice} />
      {send.failure && send.failure.fields.length === 0 && (
        <Note tone="alarm" alert>
          {send.failure.message}
        </Note>
      )}
      <Button type="submit" kind="main" large busy={send.busy}>
        {w.sendKnown}
      </Button>
      <div className="edge">
        <Button kind="quiet" onClick={onLeave}>
          {w.notYou}
        </Button>
      </div>
    </form>
  );
}
