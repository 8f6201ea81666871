// On a phone the meetings and their calendar stand beside each other; on a desk the rail names both.
import { useWords } from '../platform/words.ts';
import { shellWords } from '../words/shell.ts';
import { Tabs } from './tabs.tsx';

export function MeetingTabs() {
  const w = useWords(shellWords);
  return (
    <div className="phone-tabs">
      <Tabs
        label={w.groups.meetings}
        parts={[
          { to: '/rapat', label: w.meetings },
          { to: '/kalender', label: w.calendar },
        ]}
      />
    </div>
  );
}
