// Lainnya: on a phone, whatever has no place in the bar.
import { Link } from 'wouter';
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Page } from '../ui/page.tsx';
import { NavBadge, type NavGroup } from '../ui/shell.tsx';
import { shellWords } from '../words/shell.ts';
import './more.css';

export default function MoreScreen({ groups }: { groups: readonly NavGroup[] }) {
  const w = useWords(shellWords);
  const me = useMe();
  return (
    <Page title={w.moreTitle} under={[me.name, me.positions[0]?.label].filter(Boolean).join(' · ')}>
      {groups.map(({ title, items }) => (
        <section key={title} className="more-group">
          <h2>{title}</h2>
          <ul>
            {items.map((item) => (
              <li key={item.to}>
                <Link href={item.to} className="more-link">
                  {item.icon}
                  <span>{item.label}</span>
                  <NavBadge badge={item.badge} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <LanguageSwitch />
    </Page>
  );
}
