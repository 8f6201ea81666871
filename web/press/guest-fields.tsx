// A guest of the crew: who has no account and enters by a personal link.
import { useWords } from '../platform/words.ts';
import { TextField } from '../ui/field.tsx';
import { pressWords } from '../words/press.ts';

export type GuestForm = { name: string; institution: string; email: string };
export const NO_GUEST: GuestForm = { name: '', institution: '', email: '' };

export function GuestFields({ value, onValue, required }: { value: GuestForm; onValue: (value: GuestForm) => void; required: boolean }) {
  const w = useWords(pressWords);
  const set = (field: keyof GuestForm) => (text: string) => onValue({ ...value, [field]: text });
  return (
    <div className="stack">
      <div className="two">
        <TextField label={w.guestName} value={value.name} onValue={set('name')} maxLength={80} autoComplete="off" />
        <TextField label={w.guestFrom} value={value.institution} onValue={set('institution')} required={required} maxLength={120} autoComplete="off" />
      </div>
      <TextField label={w.guestEmail} type="email" optional value={value.email} onValue={set('email')} maxLength={200} autoComplete="off" />
    </div>
  );
}
