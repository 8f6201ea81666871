// Guests by name and institution, and the address their invitation goes to. Its own small form inside the larger one: Enter adds the guest, it does not start the meeting.
import { useRef, useState, type KeyboardEvent } from 'react';
import Plus from 'lucide-react/icons/plus';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { meetingWords } from '../words/meetings.ts';
import type { Guest } from './choice.ts';

export function Guests({ onAdd }: { onAdd: (guest: Guest) => void }) {
  const w = useWords(meetingWords);
  const [name, setName] = useState('');
  const [institution, setInstitution] = useState('');
  const [email, setEmail] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const wrong = email.trim() !== '' && !/^[^\s@]+@[^\s@.]+\.[^\s@]+$/.test(email.trim());
  const ready = name.trim() !== '' && institution.trim() !== '' && !wrong;

  function add(): void {
    if (!ready) return;
    onAdd({ name: name.trim(), institution: institution.trim(), ...(email.trim() !== '' && { email: email.trim() }) });
    setName('');
    setInstitution('');
    setEmail('');
    box.current?.querySelector('input')?.focus();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  }

  return (
    <details className="more">
      <summary>{w.guests}</summary>
      <div className="stack" ref={box}>
        <div className="two">
          <TextField label={w.guestName} value={name} onValue={setName} onKeyDown={onKeyDown} maxLength={80} autoComplete="off" />
          <TextField label={w.guestFrom} value={institution} onValue={setInstitution} onKeyDown={onKeyDown} maxLength={120} autoComplete="off" />
        </div>
        <TextField
          label={w.guestEmail}
          optional
          hint={w.guestEmailHint}
          error={wrong ? w.guestEmailWrong : undefined}
          type="email"
          value={email}
          onValue={setEmail}
          onKeyDown={onKeyDown}
          maxLength={254}
          autoComplete="off"
        />
        <div>
          <Button icon={<Plus aria-hidden />} disabled={!ready} onClick={add}>
            {w.addGuest}
          </Button>
        </div>
      </div>
    </details>
  );
}
