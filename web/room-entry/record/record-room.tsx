// What is kept with the room, in the room: chat, polls, materials. Comes after the join, on its own.
import { useEffect, useState, useSyncExternalStore } from 'react';
import { saveAs } from '../../platform/download.ts';
import type { Visit } from '../entrance.ts';
import { Panel } from '../panel.tsx';
import { ChatPart } from './chat-part.tsx';
import { createChatStore } from './chat-store.ts';
import * as portal from './portal.ts';
import { useRecordWords } from './words.ts';
import './record.css';

type Props = { visit: Visit; open: boolean; onClose: () => void; onUnread: (n: number) => void; onNotice: (notice: string) => void };

export function RecordRoom({ visit, open, onClose, onUnread, onNotice }: Props) {
  const { join, live } = visit;
  const { id, zone, title } = join.meeting;
  const words = useRecordWords();
  const [store] = useState(() => createChatStore(id, join.you.member, live));
  const chat = useSyncExternalStore(store.subscribe, store.snapshot);
  useEffect(() => store.close, [store]);
  useEffect(() => store.look(open), [store, open, chat.messages]);
  useEffect(() => onUnread(chat.unread), [onUnread, chat.unread]);
  const news = chat.news;
  useEffect(() => {
    if (news) onNotice(words.newsFrom(news.name));
  }, [news, words, onNotice]);
  if (!open) return null;
  return (
    <Panel title={words.title} onClose={onClose}>
      <ChatPart
        chat={chat}
        store={store}
        meetingId={id}
        you={join.you.member}
        zone={zone}
        onExport={() => void portal.chatText(id).then((text) => saveAs(text, `obrolan ${title}.txt`))}
      />
    </Panel>
  );
}
