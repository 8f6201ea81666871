import { useEffect, useRef, useState } from 'react';
import type { Zone } from '../../shared/people.ts';
import { Icon } from '../ui/icon.tsx';
import { Panel } from './panel.tsx';
import { clock } from '../platform/time.ts';
import type { ChatSnapshot } from './use-chat.ts';
import { useWords } from './use-words.ts';

const LONGEST = 2000;

export function ChatPanel({ chat, you, zone, onClose }: { chat: ChatSnapshot; you: string; zone: Zone; onClose: () => void }) {
  const words = useWords();
  const { chatPanel } = words;
  const end = useRef<HTMLDivElement>(null);
  const count = chat.kept.length + chat.outgoing.length;
  useEffect(() => {
    // Newer browsers answer a promise here, which is no clean-up.
    end.current?.scrollIntoView({ block: 'end' });
  }, [count]);
  return (
    <Panel title={chatPanel.title} onClose={onClose}>
      <div className="messages" tabIndex={0} role="log" aria-label={chatPanel.title}>
        <p className="quiet">{chatPanel.kept}</p>
        {count === 0 && <p className="messages-empty">{chatPanel.empty}</p>}
        <ol>
          {chat.kept.map((message) => (
            <li key={message.id} data-you={message.member === you}>
              <p className="message-by">
                <strong>{message.member === you ? words.you : message.name}</strong>
                {message.badge && <span className="badge">{message.badge === 'Tamu' ? words.guest : words.press}</span>}{' '}
                <time dateTime={message.at}>{clock(message.at, zone)}</time>
              </p>
              <p className="message-text">{message.text}</p>
            </li>
          ))}
          {chat.outgoing.map((message) => (
            <li key={message.key} data-you="true" data-state={message.state}>
              <p className="message-by">
                <strong>{words.you}</strong> {message.state === 'sending' && chatPanel.sending}
              </p>
              <p className="message-text">{message.text}</p>
              {message.state === 'failed' && (
                <p className="message-failed" role="alert">
                  {chatPanel.failed} {message.why}{' '}
                  <button type="button" className="button" onClick={() => chat.resend(message.key)}>
                    {chatPanel.resend}
                  </button>
                </p>
              )}
            </li>
          ))}
        </ol>
        <div ref={end} />
      </div>
      <Writer onSend={chat.send} />
    </Panel>
  );
}

function Writer({ onSend }: { onSend: (text: string) => void }) {
  const { chatPanel } = useWords();
  const [text, setText] = useState('');
  const ready = text.trim() !== '' && text.length <= LONGEST;

  function send(): void {
    if (!ready) return;
    onSend(text.trim());
    setText('');
  }
  return (
    <form
      className="writer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label className="for-readers" htmlFor="chat-text">
        {chatPanel.write}
      </label>
      <textarea
        id="chat-text"
        rows={2}
        placeholder={chatPanel.write}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="submit" className="button button-main" disabled={!ready}>
        <Icon name="send" />
        {chatPanel.send}
      </button>
      {text.length > LONGEST && (
        <p className="strip-line" role="alert">
          {chatPanel.tooLong}
        </p>
      )}
    </form>
  );
}
