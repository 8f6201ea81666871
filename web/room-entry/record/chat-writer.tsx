// The line to write: text, one file, and the message that is answered.
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import type { ChatMessage } from './portal.ts';
import { sizeText } from './size.ts';
import { useRecordWords } from './words.ts';

const LONGEST = 2000;
const MOST_BYTES = 25 * 1024 * 1024;
const ENDINGS = '.pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods,.odp,.csv,.txt,.zip';

type WriterProps = { reply: ChatMessage | null; onNoReply: () => void; onSend: (text: string, file: File | null) => void };

export function Writer({ reply, onNoReply, onSend }: WriterProps) {
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
