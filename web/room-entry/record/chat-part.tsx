// The chat in the panel: what was said, a search, and the line to write.
import { useEffect, useRef, useState } from 'react';
import type { Zone } from '../../../shared/people.ts';
import { Message, Waiting } from './chat-message.tsx';
import type { ChatState, ChatStore } from './chat-store.ts';
import { Writer } from './chat-writer.tsx';
import type { ChatMessage } from './portal.ts';
import { useRecordWords } from './words.ts';

type Props = { chat: ChatState; store: ChatStore; meetingId: string; you: string; zone: Zone; onExport: () => void };

export function ChatPart({ chat, store, meetingId, you, zone, onExport }: Props) {
  const words = useRecordWords();
  const [reply, setReply] = useState<ChatMessage | null>(null);
  const end = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const newest = chat.messages?.at(-1)?.n ?? 0;
  const unsent = chat.outgoing.map(({ state }) => state).join();
  useEffect(() => {
    // Newer browsers answer a promise here, which is no clean-up.
    end.current?.scrollIntoView({ block: 'end' });
  }, [newest, unsent]);
  const goTo = (id: string): void => {
    const found = list.current?.querySelector<HTMLElement>(`[data-message="${id}"]`);
    found?.scrollIntoView({ block: 'center' });
    found?.focus({ preventScroll: true });
  };
  const shown = chat.found?.messages ?? chat.messages;
  return (
    <>
      <Search chat={chat} store={store} onExport={onExport} />
      <div className="messages" tabIndex={0} role="log" aria-label={words.tabs.chat} ref={list}>
        {chat.found === null && <p className="quiet">{words.kept}</p>}
        {chat.found === null && chat.more && (
          <button type="button" className="button" onClick={() => void store.older()}>
            {words.older}
          </button>
        )}
        {shown === null && <p className="messages-empty">{words.loading}</p>}
        {shown?.length === 0 && chat.outgoing.length === 0 && <p className="messages-empty">{chat.found ? words.foundNone : words.empty}</p>}
        <ol>
          {shown?.map((message) => (
            <Message
              key={message.id}
              message={message}
              meetingId={meetingId}
              you={you}
              zone={zone}
              onGoTo={goTo}
              onReply={chat.shut === null && !message.deleted ? () => setReply(message) : undefined}
              onTakeBack={message.member === you && !message.deleted && chat.shut !== 'rapat' ? () => void store.takeBack(message.id) : undefined}
            />
          ))}
          {chat.found === null && chat.outgoing.map((one) => <Waiting key={one.key} message={one} store={store} />)}
        </ol>
        {chat.failure !== null && (
          <p className="strip-line" role="alert">
            {chat.failure}
          </p>
        )}
        <div ref={end} />
      </div>
      {chat.shut === null ? (
        <Writer reply={reply} onNoReply={() => setReply(null)} onSend={(text, file) => store.send(text, reply, file)} />
      ) : (
        <p className="writer-shut">{chat.shut === 'rapat' ? words.over : words.shut}</p>
      )}
    </>
  );
}

function Search({ chat, store, onExport }: Pick<Props, 'chat' | 'store' | 'onExport'>) {
  const words = useRecordWords();
  const [text, setText] = useState('');
  const clear = (): void => {
    setText('');
    void store.search('');
  };
  return (
    <form
      className="chat-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        void store.search(text);
      }}
    >
      <input
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={text}
        maxLength={100}
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value === '') void store.search('');
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') {
            event.stopPropagation();
            clear();
          }
        }}
      />
      {chat.exports && (
        <button type="button" className="button" onClick={onExport}>
          {words.exportChat}
        </button>
      )}
      {chat.found && (
        <p className="chat-found" role="status">
          {words.found(chat.found.messages.length)}{' '}
          <button type="button" className="link" onClick={clear}>
            {words.showAll}
          </button>
        </p>
      )}
    </form>
  );
}
