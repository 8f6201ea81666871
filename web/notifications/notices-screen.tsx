// Pemberitahuan: every notice to this person, by day, with what was sent when.
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import type { getNotices, NoticeKind, postNoticesRead } from '../../shared/notifications.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Segmented, SelectField } from '../ui/field.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { noticeWords } from '../words/notifications.ts';
import { DayList } from './day-list.tsx';
import { noticeKinds } from './kinds.ts';
import { NoticeTabs } from './notice-tabs.tsx';
import './notifications.css';

const READ_CHANGES = ['/api/me/notices', '/api/me/notices/unread'];

export default function NoticesScreen() {
  const w = useWords(noticeWords);
  const [search, setSearch] = useSearchParams();
  const asked = search.get('jenis');
  const kind = noticeKinds.find((one) => one === asked);
  const unread = search.get('belum') === 'ya';
  const show = (next: { kind?: NoticeKind | undefined; unread: boolean }): void =>
    setSearch({ ...(next.kind && { jenis: next.kind }), ...(next.unread && { belum: 'ya' }) }, { replace: true });
  const query = { ...(kind && { kind }), ...(unread && { unread: 'ya' as const }) };
  const first = useRead<typeof getNotices>('/api/me/notices', { query }, { keepWhileAsking: true });
  const read = useWrite<typeof postNoticesRead>('POST', '/api/me/notices/read', READ_CHANGES);
  const n = first.value?.unread ?? 0;
  return (
    <Page
      title={w.title}
      under={first.value && w.unreadOf(n)}
      actions={
        n > 0 && (
          <Button busy={read.busy} onClick={() => void read.run({ body: kind ? { kind } : {} })}>
            {kind ? w.readKind(w.kinds[kind]) : w.readAll}
          </Button>
        )
      }
    >
      <NoticeTabs />
      <div className="notice-tools" hidden={first.value?.notices.length === 0 && !kind && !unread}>
        <SelectField
          label={w.kind}
          value={kind ?? ''}
          onValue={(value) => show({ kind: noticeKinds.find((one) => one === value), unread })}
          choices={[{ value: '', label: w.every }, ...noticeKinds.map((value) => ({ value, label: w.kinds[value] }))]}
        />
        <Segmented
          label={w.show}
          value={unread ? 'belum' : 'semua'}
          onValue={(value) => show({ kind, unread: value === 'belum' })}
          choices={[
            { value: 'semua', label: w.showAll },
            { value: 'belum', label: w.showUnread },
          ]}
        />
      </div>
      <Loaded from={first} skeleton={<Bones rows={6} tall />}>
        {({ notices, more }) =>
          notices.length === 0 ? (
            kind || unread ? (
              <Empty title={w.emptyFilterTitle} action={<Button onClick={() => show({ unread: false })}>{w.showEverything}</Button>}>
                {w.emptyFilterText}
              </Empty>
            ) : (
              <Empty title={w.emptyTitle}>{w.emptyText}</Empty>
            )
          ) : (
            <>
              <DayList notices={notices} onRead={(id, to) => void read.run({ body: { ids: [id], read: to } })} />
              {more && (
                <Older
                  key={JSON.stringify(query)}
                  query={query}
                  before={notices.at(-1)!.id}
                  onRead={(id, to) => void read.run({ body: { ids: [id], read: to } })}
                />
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

type OlderProps = { query: { kind?: NoticeKind; unread?: 'ya' }; before: string; onRead: (id: string, read: boolean) => void };

/** The page after this one, when it is asked for. */
function Older({ query, before, onRead }: OlderProps) {
  const w = useWords(noticeWords);
  const [asked, setAsked] = useState(false);
  const page = useRead<typeof getNotices>('/api/me/notices', { query: { ...query, before } }, { enabled: asked });
  if (!asked)
    return (
      <p className="notice-older">
        <Button onClick={() => setAsked(true)}>{w.older}</Button>
      </p>
    );
  return (
    <Loaded from={page} skeleton={<Bones rows={4} tall />}>
      {({ notices, more }) => (
        <>
          <DayList notices={notices} onRead={onRead} />
          {more && <Older query={query} before={notices.at(-1)!.id} onRead={onRead} />}
        </>
      )}
    </Loaded>
  );
}
