// One message of the chat: who said it and when, what it answers, the file with it, and what its writer may still do.
import { useEffect, useState } from 'react';
import type { Zone } from '../../../shared/people.ts';
import { saveAs } from '../../platform/download.ts';
import { clock } from '../../platform/time.ts';
import type { ChatStore, Outgoing } from './chat-store.ts';
import { Linked } from './linked.tsx';
import * as portal from './portal.ts';
import { sizeText } from './size.ts';
import { useRecordWords } from './words.ts';

type One = {
  message: portal.ChatMessage;
  meetingId: string;
  you: string;
  zone: Zone;
  onGoTo: (id: string) => void;
  onReply: (() => void) | undefined;
  onTakeBack: (() => void) | undefined;
};

export function Message({ message, meetingId, you, zone, onGoTo, onReply, onTakeBack }: One) {
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

/** Of this page, not kept yet. */
export function Waiting({ message, store }: { message: Outgoing; store: ChatStore }) {
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
