// The chat in the panel: what was said, files with it, answers, a search, and the line to write.
import { useEffect, useRef, useState } from 'react';
import type { Zone } from '../../../shared/people.ts';
import { saveAs } from '../../platform/download.ts';
import { clock } from '../../platform/time.ts';
import { Icon } from '../../ui/icon.tsx';
import type { ChatState, ChatStore, Outgoing } from './chat-store.ts';
import { Linked } from './linked.tsx';
import * as portal from './portal.ts';
import { sizeText } from './size.ts';
import { useRecordWords } from './words.ts';

const LONGEST = 2000;
const MOST_BYTES = 25 * 1024 * 1024;
const ENDINGS = '.pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods,.odp,.csv,.txt,.zip';

type Props = { chat: ChatState; store: ChatStore; meetingId: string; you: string; zone: Zone; onExport: () => void };

export function ChatPart({ chat, store, meetingId, you, zone, onExport }: Props) {
  const words = useRecordWords();
  const [reply, setReply] = useState<portal.ChatMessage | null>(null);
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

type One = {
  message: portal.ChatMessage;
  meetingId: string;
  you: string;
  zone: Zone;
  onGoTo: (id: string) => void;
  onReply: (() => void) | undefined;
  onTakeBack: (() => void) | undefined;
};

function Message({ message, meetingId, you, zone, onGoTo, onReply, onTakeBack }: One) {
  const words = useRecordWords();
  const [asking, setAsking] = useState(false);
  const { id, member, name, badge, at, text, deleted, reply, file } = message;
  return (
    <li data-you={member === you} data-message={id} data-deleted={deleted} tabIndex={-1}>
      <p className="message-by">
        <strong>
          <bdi>{member === you ? words.you : name}</bdi>
        </strong>
        {badge && <span className="badge">{badge === 'Tamu' ? words.guest : words.press}</span>} <time dateTime={at}>{clock(at, zone)}</time>
      </p>
      {reply && (
        <button type="button" className="message-reply" onClick={() => onGoTo(reply.id)}>
          <span className="for-readers">{words.answers} </span>
          <strong>{reply.name}</strong> <span dir="auto">{reply.deleted ? words.deleted : reply.text}</span>
        </button>
      )}
      {deleted ? (
        <p className="message-gone">{words.deleted}</p>
      ) : (
        text !== '' && (
          <p className="message-text" dir="auto">
            <Linked text={text} />
          </p>
        )
      )}
      {file && !deleted && <FileOf meetingId={meetingId} message={id} file={file} />}
      {(onReply ?? onTakeBack) && (
        <p className="message-acts">
          {onReply && !asking && (
            <button type="button" className="link" onClick={onReply}>
              {words.reply}
            </button>
          )}
          {onTakeBack && !asking && (
            <button type="button" className="link" onClick={() => setAsking(true)}>
              {words.takeBack}
            </button>
          )}
          {asking && (
            <>
              <span>{words.takeBackAsk}</span>
              <button
                type="button"
                className="link"
                onClick={() => {
                  setAsking(false);
                  onTakeBack?.();
                }}
              >
                {words.takeBack}
              </button>
              <button type="button" className="link" onClick={() => setAsking(false)}>
                {words.cancel}
              </button>
            </>
          )}
        </p>
      )}
    </li>
  );
}

function FileOf({ meetingId, message, file }: { meetingId: string; message: string; file: NonNullable<portal.ChatMessage['file']> }) {
  const words = useRecordWords();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const thumb = useThumb(meetingId, message, file.picture);
  async function save(): Promise<void> {
    setBusy(true);
    setFailed(null);
    try {
      saveAs(await portal.chatFile(meetingId, message), file.name);
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  }
  return (
    <div className="message-file">
      {thumb !== null && <img src={thumb} alt={words.picture(file.name)} />}
      <button type="button" className="button" aria-busy={busy} onClick={() => void save()}>
        <span className="file-name">{file.name}</span> <small>{sizeText(file.size)}</small>
      </button>
      {failed !== null && (
        <p className="message-failed" role="alert">
          {failed}
        </p>
      )}
    </div>
  );
}

/** The address of the small picture, for as long as it is drawn. */
function useThumb(meetingId: string, message: string, picture: boolean): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!picture) return undefined;
    let made: string | null = null;
    let gone = false;
    portal.chatFile(meetingId, message, true).then(
      (blob) => {
        if (gone) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      },
      () => {},
    );
    return () => {
      gone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [meetingId, message, picture]);
  return url;
}

function Waiting({ message, store }: { message: Outgoing; store: ChatStore }) {
  const words = useRecordWords();
  const { key, text, file, state, done, why } = message;
  return (
    <li data-you="true" data-state={state}>
      <p className="message-by">
        <strong>{words.you}</strong> {state === 'sending' && (file ? words.uploading(Math.round(done * 100)) : words.sending)}
      </p>
      {text !== '' && (
        <p className="message-text" dir="auto">
          {text}
        </p>
      )}
      {file && <p className="file-name">{file.name}</p>}
      {file && state === 'sending' && (
        <p className="message-acts">
          <progress max={1} value={done} aria-label={file.name} />
          <button type="button" className="link" onClick={() => store.giveUp(key)}>
            {words.cancel}
          </button>
        </p>
      )}
      {state === 'failed' && (
        <p className="message-failed" role="alert">
          {words.failed} {why}{' '}
          <span className="message-acts">
            <button type="button" className="button" onClick={() => store.resend(key)}>
              {words.resend}
            </button>
            <button type="button" className="button" onClick={() => store.giveUp(key)}>
              {words.drop}
            </button>
          </span>
        </p>
      )}
    </li>
  );
}

type WriterProps = { reply: portal.ChatMessage | null; onNoReply: () => void; onSend: (text: string, file: File | null) => void };

function Writer({ reply, onNoReply, onSend }: WriterProps) {
  const words = useRecordWords();
  const field = 'chat-text';
  const input = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const tooLarge = file !== null && file.size > MOST_BYTES;
  const ready = (text.trim() !== '' || file !== null) && text.length <= LONGEST && !tooLarge;
  useEffect(() => {
    if (reply) area.current?.focus();
  }, [reply]);
  const setChosen = (chosen: File | null): void => {
    setFile(chosen);
    if (input.current && chosen === null) input.current.value = '';
  };

  function send(): void {
    if (!ready) return;
    onSend(text.trim(), file);
    setText('');
    setChosen(null);
    onNoReply();
  }
  return (
    <form
      className="writer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {reply && (
        <p className="writer-with">
          <span>
            {words.replyTo(reply.name)} <q dir="auto">{reply.text.slice(0, 80) || reply.file?.name}</q>
          </span>
          <button type="button" className="panel-close" aria-label={words.noReply} onClick={onNoReply}>
            <Icon name="close" />
          </button>
        </p>
      )}
      {file && (
        <p className="writer-with" data-wrong={tooLarge}>
          <span>
            <span className="file-name">{file.name}</span> <small>{sizeText(file.size)}</small>
          </span>
          <button type="button" className="panel-close" aria-label={words.noFile} onClick={() => setChosen(null)}>
            <Icon name="close" />
          </button>
        </p>
      )}
      <label className="for-readers" htmlFor={field}>
        {words.write}
      </label>
      <textarea
        id={field}

        ref={area}
        rows={2}
        placeholder={words.write}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onDrop={(event) => {
          const dropped = event.dataTransfer.files[0];
          if (!dropped) return;
          event.preventDefault();
          setChosen(dropped);
        }}
        onPaste={(event) => {
          const pasted = event.clipboardData.files[0];
          if (!pasted) return;
          event.preventDefault();
          setChosen(pasted);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <span className="writer-acts">
        <input
          ref={input}
          className="for-readers"
          id={`${field}-file`}
          type="file"
          accept={ENDINGS}
          tabIndex={-1}
          aria-label={words.attachFile}
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
        <button type="button" className="button" aria-label={words.attachFile} onClick={() => input.current?.click()}>
          {words.attach}
        </button>
        <button type="submit" className="button button-main" disabled={!ready}>
          <Icon name="send" />
          {words.send}
        </button>
      </span>
      {(tooLarge || text.length > LONGEST) && (
        <p className="strip-line" role="alert">
          {tooLarge ? words.fileTooLarge : words.tooLong}
        </p>
      )}
    </form>
  );
}
