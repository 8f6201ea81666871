// How a person can be reached at this moment: a sign and a word each, or that no channel leads there.
import type { ReactNode } from 'react';
import AppWindow from 'lucide-react/icons/app-window';
import BellRing from 'lucide-react/icons/bell-ring';
import MessageCircle from 'lucide-react/icons/message-circle';
import RadioTower from 'lucide-react/icons/radio-tower';
import Unplug from 'lucide-react/icons/unplug';
import type { Reach } from '../../shared/calls.ts';
import { useWords } from '../platform/words.ts';
import { callWords } from '../words/calls.ts';

export function ReachLine({ reach }: { reach: Reach }) {
  const w = useWords(callWords);
  const ways: { key: string; icon: ReactNode; word: string }[] = [];
  if (reach.tabs > 0) ways.push({ key: 'tab', icon: <AppWindow aria-hidden />, word: w.reach.tab(reach.tabs) });
  if (reach.push > 0) ways.push({ key: 'push', icon: <BellRing aria-hidden />, word: w.reach.push });
  if (reach.gateways.length > 0)
    ways.push({ key: 'gateway', icon: <RadioTower aria-hidden />, word: w.reach.gateway(reach.gateways.map((one) => w.channel[one]).join(', ')) });
  return (
    <span className="reach">
      {ways.map(({ key, icon, word }) => (
        <span key={key}>
          {icon} {word}
        </span>
      ))}
      {ways.length === 0 && (
        <span data-tone="alarm">
          <Unplug aria-hidden /> <strong>{w.reach.none}</strong>
        </span>
      )}
      {ways.length === 0 && reach.phone && (
        <span>
          <MessageCircle aria-hidden /> {w.reach.byHand}
        </span>
      )}
    </span>
  );
}
