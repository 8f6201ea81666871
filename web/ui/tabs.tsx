// The parts of one subject, each an address of its own.
import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import './tabs.css';

export function Tabs({ label, parts }: { label: string; parts: readonly { to: string; label: string }[] }) {
  const [location] = useLocation();
  const list = useRef<HTMLUListElement>(null);
  // A page below a part belongs to it; of two that fit, the longer address.
  const here = parts
    .map(({ to }) => to)
    .filter((to) => location === to || location.startsWith(`${to}/`))
    .toSorted((a, b) => b.length - a.length)[0];
  // On a phone the row is longer than the screen: the part one is in stands in sight. Newer browsers answer a promise, which is no clean-up.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [location]);
  return (
    <nav className="tabs" aria-label={label}>
      <ul ref={list}>
        {parts.map(({ to, label: name }) => (
          <li key={to}>
            <Link href={to} aria-current={to === here ? (to === location ? 'page' : 'true') : undefined}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
