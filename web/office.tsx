// The frame of the signed-in office. Features' banners are handed in by app.tsx.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import WifiOff from 'lucide-react/icons/wifi-off';
import { useNav } from './nav.tsx';
import { useLiveState } from './platform/live.tsx';
import { useMe } from './platform/session.tsx';
import { useWords } from './platform/words.ts';
import { PlaceCard } from './ui/marks.tsx';
import { Shell } from './ui/shell.tsx';
import { shellWords } from './words/shell.ts';

export function Office({ banner, children }: { banner: ReactNode; children: ReactNode }) {
  const w = useWords(shellWords);
  const me = useMe();
  const { rail, bar, bell } = useNav();
  return (
    <Shell
      rail={rail}
      bar={bar}
      bell={bell}
      who={
        <Link href="/akun">
          <PlaceCard name={me.name} position={me.positions[0]?.label ?? w.account} />
        </Link>
      }
      strips={
        <>
          <Connection />
          {banner}
        </>
      }
    >
      {children}
    </Shell>
  );
}

function Connection() {
  const w = useWords(shellWords);
  const state = useLiveState();
  return (
    <div role="status">
      {state === 'lost' && (
        <p className="strip">
          <WifiOff aria-hidden />
          <span>{w.lost}</span>
        </p>
      )}
    </div>
  );
}
