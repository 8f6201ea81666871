// /transkrip/rapat/<id> and /transkrip/pers/<id>: what was said, by whom and when; searched, corrected by who may, taken along.
import { useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import type {
  CaptionsOf,
  getCaptionsVtt,
  getTranscript,
  getTranscriptText,
  getTranscriptWord,
  postCaptionConfirmation,
  putCaption,
  putTranscriptPublic,
  Transcript,
  TranscriptLine,
} from '../../shared/captions.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { caller } from '../platform/call.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { captionWords } from '../words/captions.ts';
import './captions.css';

const token = window.location.hash.slice(1);
if (token !== '') caller.link = token;
const CHANGED = ['/api/captions/:of/:id/transcript'];
type Props = { of: CaptionsOf; id: string };

export default function TranscriptScreen({ of, id }: Props) {
  const w = useWords(captionWords);
  const [q, setQ] = useState('');
  const wanted = q.trim().length >= 2 ? q.trim() : undefined;
  const read = useRead<typeof getTranscript>(
    '/api/captions/:of/:id/transcript',
    { params: { of, id }, query: wanted === undefined ? {} : { q: wanted } },
    { keepWhileAsking: true },
  );
  const { value } = read;
  return (
    <Page
      title={w.transcript}
      narrow
      over={
        value &&
        (of === 'rapat' && caller.link === null ? (
          <Link href={`/rapat/${id}`} className="tap">
            {value.title}
          </Link>
        ) : (
          value.title
        ))
      }
      actions={value && <Files of={of} id={id} />}
    >
      {!value && read.failure?.code === 'session.required' ? (
        <Note tone="wait">{w.signIn}</Note>
      ) : (
        <Loaded from={read} skeleton={<Bones rows={8} tall />}>
          {(transcript) => (
            <div className="stack">
              <TextField label={w.search} type="search" value={q} onValue={setQ} />
              <p role="status" className="quiet">
                {wanted === undefined ? w.total(transcript.total) : w.found(transcript.lines.length, transcript.total)}
              </p>
              <Acts transcript={transcript} />
              {transcript.lines.length === 0 ? (
                <Empty title={w.empty} />
              ) : (
                <ol className="transcript">
                  {transcript.lines.map((line, n) => (
                    <Line key={line.id} line={line} transcript={transcript} named={line.speaker !== transcript.lines[n - 1]?.speaker} />
                  ))}
                </ol>
              )}
            </div>
          )}
        </Loaded>
      )}
    </Page>
  );
}

function Files({ of, id }: Props) {
  const w = useWords(captionWords);
  const txt = useDownload<typeof getTranscriptText>('/api/captions/:of/:id/transcript.txt');
  const vtt = useDownload<typeof getCaptionsVtt>('/api/captions/:of/:id/captions.vtt');
  const word = useDownload<typeof getTranscriptWord>('/api/captions/:of/:id/transcript.docx');
  const name = (ending: string): string => `transkrip-${id.slice(0, 8)}.${ending}`;
  const given = { params: { of, id } };
  const failure = txt.failure ?? vtt.failure ?? word.failure;
  return (
    <>
      <Button busy={txt.busy} onClick={() => void txt.fetch(given, name('txt'))}>{`${w.download} TXT`}</Button>
      <Button busy={word.busy} onClick={() => void word.fetch(given, name('docx'))}>{`${w.download} DOCX`}</Button>
      <Button busy={vtt.busy} onClick={() => void vtt.fetch(given, name('vtt'))}>{`${w.download} VTT`}</Button>
      {failure && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
    </>
  );
}

function Acts({ transcript }: { transcript: Transcript }) {
  const w = useWords(captionWords);
  const params = paramsOf();
  const confirm = useWrite<typeof postCaptionConfirmation>('POST', '/api/captions/:of/:id/confirmation', CHANGED);
  const publish = useWrite<typeof putTranscriptPublic>('PUT', '/api/captions/:of/:id/publication', CHANGED);
  const open = transcript.lines.flatMap((line) => (line.confirmed || line.text === '' ? [] : [line.id])).slice(0, 500);
  const publishes = transcript.of === 'pers' && transcript.you.leads && transcript.state === 'selesai';
  return (
    <>
      {transcript.unconfirmed > 0 && (
        <Note tone="wait">
          {w.unconfirmed(transcript.unconfirmed)}
          {transcript.you.edits && open.length > 0 && (
            <Button busy={confirm.busy} onClick={() => void confirm.run({ params, body: { lines: open } })}>
              {w.confirmAll}
            </Button>
          )}
        </Note>
      )}
      {transcript.published && <Note>{w.published}</Note>}
      {publishes && (
        <div>
          <Button busy={publish.busy} onClick={() => void publish.run({ params, body: { published: transcript.published === null } })}>
            {transcript.published ? w.unpublish : w.publish}
          </Button>
        </div>
      )}
      {(confirm.failure ?? publish.failure) && (
        <Note tone="alarm" alert>
          {(confirm.failure ?? publish.failure)?.message}
        </Note>
      )}
    </>
  );
}

/** Of the address. */
function paramsOf(): { of: CaptionsOf; id: string } {
  const [, , of, id = ''] = window.location.pathname.split('/');
  return { of: of === 'pers' ? 'pers' : 'rapat', id };
}

function Line({ line, transcript, named }: { line: TranscriptLine; transcript: Transcript; named: boolean }) {
  const w = useWords(captionWords);
  const f = useFormats();
  const params = paramsOf();
  const [text, setText] = useState<string | null>(null);
  const save = useWrite<typeof putCaption>('PUT', '/api/captions/:of/:id/lines/:line', CHANGED);
  const confirm = useWrite<typeof postCaptionConfirmation>('POST', '/api/captions/:of/:id/confirmation', CHANGED);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await save.run({ params: { ...params, line: line.id }, body: { version: line.version, text: (text ?? '').trim() } })) setText(null);
  }
  return (
    <li data-removed={line.text === ''}>
      <p className="transcript-who">
        <time className="num" dateTime={line.from}>
          {f.time(line.from, transcript.zone)}
        </time>
        {named && line.speaker !== null && <strong>{line.speaker}</strong>}
        {!line.confirmed && <em>{w.machine}</em>}
        {line.text === '' && <em>{w.removed}</em>}
      </p>
      {text === null ? (
        <div className="transcript-text">
          <p>{line.text === '' ? <s>{line.before.at(-1)?.text}</s> : line.text}</p>
          {transcript.you.edits && (
            <span className="row">
              {!line.confirmed && (
                <Button kind="quiet" busy={confirm.busy} onClick={() => void confirm.run({ params, body: { lines: [line.id] } })}>
                  {w.confirm}
                </Button>
              )}
              <Button kind="quiet" onClick={() => setText(line.text)}>
                {w.edit}
              </Button>
            </span>
          )}
        </div>
      ) : (
        <form onSubmit={(event) => void submit(event)} className="stack">
          <TextField label={w.text} value={text} onValue={setText} maxLength={300} error={save.failure?.message} />
          <div className="row">
            <Button kind="main" type="submit" busy={save.busy}>
              {w.save}
            </Button>
            <Button onClick={() => setText(null)}>{w.cancel}</Button>
          </div>
        </form>
      )}
      {line.before.length > 0 && (
        <details>
          <summary>{w.before(line.before.length)}</summary>
          <ol>
            {line.before.map((was) => (
              <li key={was.at}>
                <span className="num">{f.time(was.at, transcript.zone)}</span> {was.byName}: {was.text}
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}
