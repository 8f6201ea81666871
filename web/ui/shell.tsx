// The frame around every screen: a narrow rail on a desk, a bar under the thumb on a phone.
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useWords } from '../platform/words.ts';
import { shellWords } from '../words/shell.ts';
import { Brand } from './brand.tsx';
import { LanguageSwitch } from './language-switch.tsx';

/** `badge`: how many wait behind it, and that in words. */
export type NavItem = { to: string; label: string; icon: ReactNode; urgent?: 'accent' | 'alarm'; badge?: { n: number; text: string } | undefined };
export type NavGroup = { title: string; items: readonly NavItem[] };
type Props = { rail: readonly NavGroup[]; bar: readonly NavItem[]; bell: NavItem; who: ReactNode; strips: ReactNode; children: ReactNode };

const isHere = (location: string, to: string): boolean => (to === '/' ? location === '/' : location === to || location.startsWith(`${to}/`));

/** The item whose address is the longest that fits: `/rapat/sekarang` is not also `/rapat`. */
function hereIn(items: readonly NavItem[], location: string): string | undefined {
  return items.filter((item) => isHere(location, item.to)).toSorted((a, b) => b.to.length - a.to.length)[0]?.to;
}

export function Shell({ rail, bar, bell, who, strips, children }: Props) {
  const w = useWords(shellWords);
  const [location] = useLocation();
  const here = hereIn(
    rail.flatMap(({ items }) => items),
    location,
  );
  return (
    <div className="shell">
      <a className="skip" href="#isi">
        {w.skip}
      </a>
      <nav className="rail" aria-label={w.main}>
        <Link href="/" className="wordmark">
          <Brand />
          Portal Rapat
        </Link>
        {rail.map(({ title, items }) => (
          <Items key={title} label={title} items={items} here={here} />
        ))}
        <div className="rail-foot">
          {who}
          <LanguageSwitch />
        </div>
      </nav>
      <div className="content">
        <div className="strips">{strips}</div>
        <nav className="bell" aria-label={bell.label}>
          <Items items={[bell]} here={hereIn([bell], location)} />
        </nav>
        <main id="isi" tabIndex={-1}>
          {children}
        </main>
      </div>
      <nav className="bar" aria-label={w.main}>
        <Items items={bar} here={hereIn(bar, location)} />
      </nav>
    </div>
  );
}

function Items({ items, here, label }: { items: readonly NavItem[]; here: string | undefined; label?: string }) {
  return (
    <ul aria-label={label}>
      {items.map((item) => (
        <li key={item.to}>
          <Link href={item.to} aria-current={item.to === here ? 'page' : undefined} className={item.urgent ? `nav nav-urgent nav-${item.urgent}` : 'nav'}>
            {item.icon}
            <span>{item.label}</span>
            <NavBadge badge={item.badge} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

export const NavBadge = ({ badge }: Pick<NavItem, 'badge'>) =>
  badge && (
    <span className="nav-badge">
      <span aria-hidden>{badge.n}</span>
      <span className="sr-only">, {badge.text}</span>
    </span>
  );

/** Pages outside the sign-in: quiet, one column, nothing to wander off to. */
export function PublicShell({ children, foot }: { children: ReactNode; foot?: ReactNode }) {
  const w = useWords(shellWords);
  return (
    <div className="public">
      <header>
        <span className="wordmark">
          <Brand />
          Portal Rapat
        </span>
        <LanguageSwitch />
      </header>
      <main id="isi">{children}</main>
      <footer>{foot ?? w.about}</footer>
    </div>
  );
}
