// The form of somebody whom this browser does not know yet. Four fields; the rest is folded away.
import { useId, useState, type FormEvent } from 'react';
import type { getOutletNames, OutletKind, postRegistration } from '../../../shared/press-desk.ts';
import { fieldFailure, useRead, useWrite } from '../../platform/api.ts';
import { newKey } from '../../platform/new-key.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/notice.tsx';
import { useFirstWrong } from '../../ui/use-first-wrong.ts';
import { registerWords } from '../../words/press-register.ts';
import { MailAgain } from './mail-again.tsx';
import { Notice, type NoticeToRead } from './notice.tsx';
import { AskField, noQuestion, questionOf } from './ask-field.tsx';

type CardKind = 'none' | 'kartu_pers' | 'ukw';

type Props = { slug: string; mails: boolean; notice: NoticeToRead; onLeave: () => void };

export function NewForm({ slug, mails, notice, onLeave }: Props) {
  const w = useWords(registerWords);
  const list = useId();
  const names = useRead<typeof getOutletNames>('/api/press/outlets', {});
  const send = useWrite<typeof postRegistration>('POST', '/api/press/:slug/registration', ['/api/press/:slug/registration']);
  const form = useFirstWrong(send.failure);
  const [key] = useState(newKey);
  const [name, setName] = useState('');
  const [outlet, setOutlet] = useState('');
  const [outletKind, setKind] = useState<OutletKind>('daring');
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const [platform, setPlatform] = useState('');
  const [card, setCard] = useState<CardKind>('none');
  const [number, setNumber] = useState('');
  const [question, setQuestion] = useState(noQuestion);
  const wrong = (path: string): string | undefined => fieldFailure(send.failure, path);

  function takeOutlet(value: string): void {
    setOutlet(value);
    const known = names.value?.find((one) => one.name.toLowerCase() === value.trim().toLowerCase());
    if (known) setKind(known.kind);
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await send.run({
      params: { slug },
      body: {
        name,
        outlet,
        outletKind,
        email,
        phone: phone || null,
        platform: platform || null,
        card: card === 'none' || number === '' ? null : { kind: card, number },
        question: questionOf(question),
        notice: notice.version,
        key,
      },
    });
  }

  return (
    <>
      <form className="stack" ref={form} onSubmit={(event) => void submit(event)}>
        <p className="quiet">{w.why}</p>
        <TextField label={w.name} value={name} onValue={setName} required maxLength={80} autoComplete="name" error={wrong('name')} />
        <TextField
          label={w.outlet}
          hint={w.outletHint}
          value={outlet}
          onValue={takeOutlet}
          required
          maxLength={120}
          list={list}
          autoComplete="organization"
          error={wrong('outlet')}
        />
        <datalist id={list}>
          {names.value?.map((one) => (
            <option key={`${one.name} ${one.kind}`} value={one.name} aria-label={one.name} />
          ))}
        </datalist>
        <KindField value={outletKind} onValue={setKind} />
        <TextField
          label={w.email}
          hint={mails ? w.emailHint : w.emailHintOff}
          type="email"
          inputMode="email"
          value={email}
          onValue={setEmail}
          required
          maxLength={200}
          autoComplete="email"
          error={wrong('email')}
        />
        <details className="fold" open={['phone', 'card.number', 'platform'].some((path) => wrong(path) !== undefined) || undefined}>
          <summary>
            {w.more} <small>{w.moreHint}</small>
          </summary>
          <div className="stack">
            <div className="two">
              <SelectField
                label={w.card}
                value={card}
                onValue={setCard}
                choices={(['none', 'kartu_pers', 'ukw'] as const).map((value) => ({ value, label: w.cards[value] }))}
              />
              {card !== 'none' && (
                <TextField
                  label={w.cardNumbers[card]}
                  value={number}
                  onValue={setNumber}
                  required
                  maxLength={60}
                  autoComplete="off"
                  error={wrong('card.number')}
                />
              )}
            </div>
            <TextField label={w.phone} type="tel" value={phone} onValue={setPhone} maxLength={30} autoComplete="tel" error={wrong('phone')} />
            <TextField
              label={w.platform}
              hint={w.platformHint}
              value={platform}
              onValue={setPlatform}
              maxLength={200}
              autoComplete="off"
              error={wrong('platform')}
            />
          </div>
        </details>
        <AskField value={question} onValue={setQuestion} failure={send.failure} />
        <Notice notice={notice} />
        {send.failure && send.failure.fields.length === 0 && (
          <Note tone="alarm" alert>
            {send.failure.message}{' '}
            {send.failure.code === 'registration.other_person' && (
              <button type="button" className="link" onClick={onLeave}>
                {w.leave}
              </button>
            )}
          </Note>
        )}
        <Button type="submit" kind="main" large busy={send.busy}>
          {w.send}
        </Button>
      </form>
      <MailAgain slug={slug} mails={mails} />
    </>
  );
}

function KindField({ value, onValue }: { value: OutletKind; onValue: (kind: OutletKind) => void }) {
  const w = useWords(registerWords);
  const choices = (Object.keys(w.kinds) as OutletKind[]).map((kind) => ({ value: kind, label: w.kinds[kind] }));
  return <SelectField label={w.kind} value={value} onValue={onValue} choices={choices} />;
}
