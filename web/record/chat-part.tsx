// The chat to be read, older pages on demand.
import { useState } from 'react';
import type { Chat, ChatMessage, getChat, getChatFile, getChatText } from '../../shared/chat.ts';
import { useRead } from '../platform/api.ts';
import { call } from '../platform/call.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Loaded, Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { recordWords } from '../words/record.ts';
import { bones, isNotOurs, useSize, type Of } from './parts.tsx';

export function ChatPart({ meeting }: Of) {
  const w = useWords(recordWords);
  const read = useRead<typeof getChat>('/api/meetings/:id/chat', { params: { id: meeting.id } });
  if (!read.value && isNotOurs(read.failure?.code)) return null;
  return (
    <Loaded from={read} skeleton={bones(w.chatSection)}>
      {(value) => <ChatList of={value} meeting={meeting} />}
    </Loaded>
  );
}

function ChatList({ of, meeting }: Of & { of: Chat }) {
  const w = useWords(recordWords);
  const f = useFormats();
  const [open, setOpen] = useState(false);
  const [older, setOlder] = useState<{ messages: readonly ChatMessage[]; more: boolean }>({ messages: [], more: of.more });
  const text = useDownload<typeof getChatText>('/api/meetings/:id/chat.txt');
  const all = [...older.messages, ...of.messages];
  async function more(): Promise<void> {
    const before = all[0]?.n;
    if (before === undefined) return;
    const reply = await call<typeof getChat>('GET', '/api/meetings/:id/chat', { params: { id: meeting.id }, query: { before } });
    setOlder(({ messages }) => ({ messages: [...reply.messages, ...messages], more: reply.more }));
  }
  return (
    <Section
      title={w.chatSection}
      actions={
        of.you.exports &&
        all.length > 0 && (
          <Button kind="quiet" busy={text.busy} onClick={() => void text.fetch({ params: { id: meeting.id } }, `obrolan-${meeting.id.slice(0, 8)}.txt`)}>
            {w.exportChat}
          </Button>
        )
      }
    >
      {all.length === 0 ? (
        <p className="quiet">{w.chatNone}</p>
      ) : (
        <details className="chat-kept" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{w.chatCount(all.length, older.more)}</summary>
          {open && (
            <>
              {older.more && <Button onClick={() => void more()}>{w.older}</Button>}
              <ol>
                {all.map((message) => (
                  <li key={message.id}>
                    <p className="quiet s">
                      <strong>
                        <bdi>{message.name}</bdi>
                      </strong>{' '}
                      {message.badge && `(${message.badge === 'Tamu' ? w.guest : w.press}) `}
                      <time className="num" dateTime={message.at}>
                        {f.time(message.at, meeting.zone)}
                      </time>
                    </p>
                    {message.reply && (
                      <p className="chat-answered s" dir="auto">
                        {message.reply.name}: {message.reply.deleted ? w.deleted : message.reply.text}
                      </p>
                    )}
                    <p className="chat-said" dir="auto">
                      {message.deleted ? <em className="quiet">{w.deleted}</em> : message.text}
                    </p>
                    {message.file && <ChatFileLine meetingId={meeting.id} message={message} file={message.file} />}
                  </li>
                ))}
              </ol>
            </>
          )}
        </details>
      )}
      {text.failure && (
        <Note tone="alarm" alert>
          {text.failure.message}
        </Note>
      )}
    </Section>
  );
}

function ChatFileLine({ meetingId, message, file }: { meetingId: string; message: ChatMessage; file: NonNullable<ChatMessage['file']> }) {
  const size = useSize();
  const download = useDownload<typeof getChatFile>('/api/meetings/:id/chat/:message/file');
  return (
    <>
      <Button busy={download.busy} onClick={() => void download.fetch({ params: { id: meetingId, message: message.id } }, file.name)}>
        {file.name} · {size(file.size)}
      </Button>
      {download.failure && (
        <Note tone="alarm" alert>
          {download.failure.message}
        </Note>
      )}
    </>
  );
}
