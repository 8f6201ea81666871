// Somebody who calls or stands at the door: registered and accepted by the desk, with a link to hand over.
import { useId, useState, type FormEvent } from 'react';
import type { getOutlets, OutletKind, postWalkIn } from '../../../shared/press-desk.ts';
import { fieldFailure, useRead, useWrite } from '../../platform/api.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/notice.tsx';
import { useFirstWrong } from '../../ui/use-first-wrong.ts';
import { commonWords } from '../../words/common.ts';
import { deskWords } from '../../words/press-desk.ts';
import { registerWords } from '../../words/press-register.ts';
import { LinkToHandOver } from '../new-link.tsx';

export function WalkIn({ conferenceId, onClose }: { conferenceId: string; onClose: () => void }) {
  const w = useWords(deskWords);
  const r = useWords(registerWords);
  const c = useWords(commonWords);
  const list = useId();
  const outlets = useRead<typeof getOutlets>('/api/outlets', {});
  const send = useWrite<typeof postWalkIn>('POST', '/api/conferences/:id/registrations', [
    '/api/conferences/:id/registrations',
    '/api/journalists',
    '/api/outlets',
  ]);
  const form = useFirstWrong(send.failure);
  const [name, setName] = useState('');
  const [outlet, setOutlet] = useState('');
  const [outletKind, setKind] = useState<OutletKind>('daring');
  const [email, setEmail] = useState('');
  const wrong = (path: string): string | undefined => fieldFailure(send.failure, path);

  function takeOutlet(value: string): void {
    setOutlet(value);
    const known = outlets.value?.find((one) => one.name.toLowerCase() === value.trim().toLowerCase());
    if (known) setKind(known.kind);
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await send.run({ params: { id: conferenceId }, body: { name, outlet, outletKind, email } });
  }

  if (send.reply) return <LinkToHandOver name={send.reply.registration.name} link={send.reply.link} onClose={onClose} />;
  return (
    <Dialog title={w.walkInTitle} onClose={onClose}>
      <form className="stack" ref={form} onSubmit={(event) => void submit(event)}>
        <p>{w.walkInText}</p>
        <TextField label={r.name} value={name} onValue={setName} required maxLength={80} autoComplete="off" error={wrong('name')} />
        <div className="two">
          <TextField label={r.outlet} value={outlet} onValue={takeOutlet} list={list} required maxLength={120} autoComplete="off" error={wrong('outlet')} />
          <SelectField
            label={r.kind}
            value={outletKind}
            onValue={setKind}
            choices={(Object.keys(r.kinds) as OutletKind[]).map((kind) => ({ value: kind, label: r.kinds[kind] }))}
          />
        </div>
        <datalist id={list}>
          {outlets.value?.map((one) => (
            <option key={one.id} value={one.name} aria-label={one.name} />
          ))}
        </datalist>
        <TextField label={r.email} type="email" value={email} onValue={setEmail} required maxLength={200} autoComplete="off" error={wrong('email')} />
        {send.failure && send.failure.fields.length === 0 && (
          <Note tone="alarm" alert>
            {send.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={send.busy}>
            {w.walkInDo}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
