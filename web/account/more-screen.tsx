// Lainnya: on a phone, whatever has no place in the bar.
import { Link } from 'wouter';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Page } from '../ui/page.tsx';
import type { NavItem } from '../ui/shell.tsx';
import { shellWords } from '../words/shell.ts';
import './more.css';

export default function MoreScreen({ items }: { items: readonly NavItem[] }) {
  const w = useWords(shellWords);
  const me = useMe();
  return (
    <Page title={w.moreTitle} under={[me.name, me.positions[0]?.label].filter(Boolean).join(' · ')}>
      <ul>
        {items.map((item) => (
          <li key={item.to}>
            <Link href={item.to} className="more-link">
              {item.icon}
              <span>
                {item.label} {item.badge && <span className="s quiet">· {item.badge.text}</span>}
              </span>
              <ChevronRight aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
      <LanguageSwitch />
    </Page>
  );
}
