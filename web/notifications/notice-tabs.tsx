// The two parts: what was told, and how one wants to be told.
import { useWords } from '../platform/words.ts';
import { Tabs } from '../ui/tabs.tsx';
import { noticeWords } from '../words/notifications.ts';

export function NoticeTabs() {
  const w = useWords(noticeWords);
  return (
    <Tabs
      label={w.parts}
      parts={[
        { to: '/pemberitahuan', label: w.all },
        { to: '/pemberitahuan/atur', label: w.choose },
      ]}
    />
  );
}
