// The link once more, by mail. What is answered never tells whether the address is known.
import { useState, type FormEvent } from 'react';
import type { postPassMail } from '../../../shared/press-desk.ts';
import { fieldFailure, useWrite, type Write } from '../../platform/api.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/notice.tsx';
import { registerWords } from '../../words/press-register.ts';

const useAgain = () => useWrite<typeof postPassMail>('POST', '/api/press/pass/mail');

/** `mails`: letters go out from this portal. */
export function MailAgain({ slug, mails = true }: { slug: string | null; mails?: boolean }) {
  const w = useWords(registerWords);
  return (
    <details className="fold lost-pass">
      <summary>{w.lostTitle}</summary>
      {mails ? <MailForm slug={slug} /> : <p>{w.lostOff}</p>}
    </details>
  );
}

function MailForm({ slug }: { slug: string | null }) {
  const w = useWords(registerWords);
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const again = useAgain();
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSent(false);
    setSent((await again.run({ body: { email, slug } })) !== undefined);
  }
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <p className="quiet s">{w.lostText}</p>
      <TextField
        label={w.email}
        type="email"
        value={email}
        onValue={setEmail}
        required
        maxLength={200}
        autoComplete="email"
        error={fieldFailure(again.failure, 'email')}
      />
      <Said again={again} sent={sent} />
      <div>
        <Button type="submit" busy={again.busy}>
          {w.mailAgain}
        </Button>
      </div>
    </form>
  );
}

/** To the address that was just given. */
export function SendAgain({ slug, email }: { slug: string; email: string }) {
  const w = useWords(registerWords);
  const [sent, setSent] = useState(false);
  const again = useAgain();
  return (
    <>
      <button
        type="button"
        className="link tap"
        disabled={again.busy || sent}
        onClick={() => void again.run({ body: { email, slug } }).then((done) => setSent(done !== undefined))}
      >
        {w.mailAgain}
      </button>
      <Said again={again} sent={sent} />
    </>
  );
}

function Said({ again, sent }: { again: Write<typeof postPassMail>; sent: boolean }) {
  const w = useWords(registerWords);
  return (
    <div role="status">
      {sent && <Note tone="good">{w.mailSent}</Note>}
      {again.failure && again.failure.fields.length === 0 && <Note tone="alarm">{again.failure.message}</Note>}
    </div>
  );
}
