// An interpreter from outside the office: enters by a personal link.
import { useWords } from '../../platform/words.ts';
import { pressWords } from '../../words/press.ts';
import { GuestFields, type GuestForm } from '../guest-fields.tsx';

export const isGuest = (guest: GuestForm): boolean => guest.name.trim() !== '';

export function SignerGuest({ value, onValue }: { value: GuestForm; onValue: (value: GuestForm) => void }) {
  const w = useWords(pressWords);
  return (
    <details className="press-more" open={isGuest(value)}>
      <summary>{w.bySignerGuest}</summary>
      <GuestFields value={value} onValue={onValue} required={isGuest(value)} />
      <p className="hint">{w.guestLink}</p>
    </details>
  );
}
