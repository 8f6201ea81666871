// What is kept with the room, in the room: chat, polls, materials. Comes after the join, on its own.
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { insist } from '../../platform/insist.ts';
import type { RoomPerson } from '../../../shared/meetings.ts';
import type { Visit } from '../entrance.ts';
import { useWords } from '../use-words.ts';
import { createChatStore } from './chat-store.ts';
import { createMaterialsStore } from './materials-store.ts';
import { createPollsStore } from './polls-store.ts';
import type { Tab } from './record-panel.tsx';

const Viewer = lazy(async () => insist(() => import('./viewer.tsx')));
const RecordPanel = lazy(async () => insist(() => import('./record-panel.tsx')));

type Props = {
  visit: Visit;
  enteredAt: number;
  people: readonly RoomPerson[];
  top: HTMLElement | null;
  open: boolean;
  onOpen: () => void;
  onClose: () => void;
  onUnread: (n: number) => void;
  onNotice: (notice: string) => void;
  /** Asks the stage for a place, and gets it. */
  onShown: (shown: boolean) => void;
  slot: HTMLElement | null;
};

export function RecordRoom({ visit, enteredAt, people, top, open, onOpen, onClose, onUnread, onNotice, onShown, slot }: Props) {
  const { join, live } = visit;
  const { id } = join.meeting;
  const you = join.you.member;
  const { record: words } = useWords();
  const [tab, setTab] = useState<Tab>('chat');
  const [chats] = useState(() => createChatStore(id, you, live, enteredAt));
  const [pollStore] = useState(() => createPollsStore(id, live));
  const [materialStore] = useState(() => createMaterialsStore(id, live));
  const chat = useSyncExternalStore(chats.subscribe, chats.snapshot);
  const polls = useSyncExternalStore(pollStore.subscribe, pollStore.snapshot);
  const materials = useSyncExternalStore(materialStore.subscribe, materialStore.snapshot);
  useEffect(
    () => () => {
      chats.close();
      pollStore.close();
      materialStore.close();
    },
    [chats, pollStore, materialStore],
  );
  const reads = open && tab === 'chat';
  useEffect(() => chats.look(reads), [chats, reads, chat.messages]);
  const waiting = polls.now?.polls.filter((poll) => poll.you.mayVote && !poll.you.voted) ?? [];
  const count = chat.unread + waiting.length;
  useEffect(() => onUnread(count), [onUnread, count]);
  const { news } = chat;
  useEffect(() => {
    if (news) onNotice(words.newsFrom(news.name));
  }, [news, words, onNotice]);
  const asks = waiting[0]?.question;
  useEffect(() => {
    if (asks !== undefined) onNotice(words.pollAsks(asks));
  }, [asks, words, onNotice]);

  const { now, own } = materials;
  const showing = now?.showing ?? null;
  /** Closed by this person, until something else is shown. */
  const [closedOn, setClosedOn] = useState<string | null>(null);
  const shownPage = showing && showing.material !== closedOn ? { material: showing.material, page: showing.page } : null;
  const looking = own ?? shownPage;
  const material = looking && now?.materials.find((one) => one.id === looking.material);
  const shown = material !== undefined && material !== null;
  useEffect(() => onShown(shown), [onShown, shown]);
  const presenting = own === null && showing?.by === you;
  const calls = !open || tab !== 'polls' ? waiting[0] : undefined;
  return (
    <>
      {top &&
        calls &&
        createPortal(
          <button
            type="button"
            className="button button-main poll-call"
            title={words.pollAsks(calls.question)}
            onClick={() => {
              setTab('polls');
              onOpen();
            }}
          >
            {words.pollGo[calls.kind]}
          </button>,
          top,
        )}
      {slot &&
        looking &&
        material &&
        createPortal(
          <Suspense fallback={<div className="viewer" aria-busy="true" />}>
            <Viewer
              key={material.id}
              meetingId={id}
              material={material}
              page={looking.page}
              following={own === null && !presenting ? (showing?.byName ?? null) : null}
              presenting={presenting}
              onPage={(page) => (presenting ? void materialStore.turn(material.id, page) : materialStore.look({ material: material.id, page }))}
              onFollow={
                own !== null && showing
                  ? () => {
                      setClosedOn(null);
                      materialStore.look(null);
                    }
                  : undefined
              }
              onStop={presenting ? () => void materialStore.turn(null, 1) : undefined}
              onClose={
                presenting
                  ? undefined
                  : () => {
                      setClosedOn(showing?.material ?? null);
                      materialStore.look(null);
                    }
              }
            />
          </Suspense>,
          slot,
        )}
      {open && (
        <Suspense fallback={<aside className="panel" aria-busy="true" />}>
          <RecordPanel
            meeting={join.meeting}
            you={you}
            people={people}
            tab={tab}
            onTab={setTab}
            chat={chat}
            chats={chats}
            polls={polls}
            pollStore={pollStore}
            waiting={waiting.length}
            materials={materials}
            materialStore={materialStore}
            onClose={onClose}
          />
        </Suspense>
      )}
    </>
  );
}
