// The parts of Presensi: only those this person may open.
import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { mayExport, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { presenceWords } from '../words/presence.ts';
import './presence-tabs.css';

export function PresenceTabs() {
  const w = useWords(presenceWords);
  const me = useMe();
  const [location] = useLocation();
  const list = useRef<HTMLUListElement>(null);
  // On a phone the row is longer than the screen: the part one is in stands in sight. Newer browsers answer a promise, which is no clean-up.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [location]);
  const own = [
    { to: '/presensi', label: w.today },
    { to: '/presensi/koreksi', label: w.corrections },
  ];
  const recap = { to: '/presensi/rekap', label: w.recap };
  const ofManagers = [{ to: '/presensi/konfirmasi', label: w.confirmations }, recap, ...(mayExport(me) ? [{ to: '/presensi/ekspor', label: w.export }] : [])];
  return (
    <nav className="tabs" aria-label={w.parts}>
      <ul ref={list}>
        {[...own, ...(me.managesOpds.length > 0 ? ofManagers : [recap])].map(({ to, label }) => (
          <li key={to}>
            <Link href={to} aria-current={to === location ? 'page' : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
