// The head over people and outlets.
import type { ReactNode } from 'react';
import { useWords } from '../../platform/words.ts';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { deskWords } from '../../words/press-desk.ts';
import { pressWords } from '../../words/press.ts';

export function JournalistsPage({ children }: { children: ReactNode }) {
  const w = useWords(deskWords);
  const p = useWords(pressWords);
  return (
    <Page title={w.journalists} over={p.title}>
      <Tabs
        label={w.journalists}
        parts={[
          { to: '/jurnalis', label: w.people },
          { to: '/jurnalis/media', label: w.outlets },
        ]}
      />
      {children}
    </Page>
  );
}
