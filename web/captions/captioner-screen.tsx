// /takarir/rapat/<id> and /takarir/pers/<id>: one line to type into, who speaks by a number, and what everybody sees now. By keyboard alone.
import { useEffect, useEffectEvent, useMemo, useRef, useState, useSyncExternalStore, type FormEvent } from 'react';
import type { CaptionDesk, CaptionLine, CaptionsOf, getCaptionDesk, putCaption, putCaptionDraft, putCaptionShorts } from '../../shared/captions.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { call, caller } from '../platform/call.ts';
import { openLive, type LiveSocket } from '../platform/live-socket.ts';
import { newKey } from '../platform/new-key.ts';
import { hearServerTime, serverNow } from '../platform/server-time.ts';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { useCaptionFeed } from '../ui/captions.tsx';
import { Field } from '../ui/field.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { captionWords } from '../words/captions.ts';
import { expand, formsOf, spokenBy, type Expanded } from './forms.ts';
import { lineQueue } from './queue.ts';
import './captions.css';

// A guest comes by a personal link; it stays in the fragment.
const token = window.location.hash.slice(1);
if (token !== '') caller.link = token;

const DRAFT_MS = 400;
const LONGEST = 300;
type Props = { of: CaptionsOf; id: string };

export default function CaptionerScreen({ of, id }: Props) {
  const w = useWords(captionWords);
  const desk = useRead<typeof getCaptionDesk>('/api/captions/:of/:id/desk', { params: { of, id } });
  const [live, setLive] = useState<LiveSocket | null>(null);
  const { again } = desk;
  const look = useRef(again);
  look.current = again;
  useEffect(() => {
    const socket = openLive({ link: caller.link });
    const stop = socket.watch(`${of === 'rapat' ? 'meeting' : 'press'}:${id}`);
    const off = socket.onMessage((message) => {
      if (message.type === 'captions.changed' || message.type === 'room.changed' || message.type === 'meeting.changed' || message.type === 'press.changed')
        look.current();
    });
    setLive(socket);
    return () => {
      off();
      stop();
      socket.close();
    };
  }, [of, id]);
  const code = desk.failure?.code;
  return (
    <Page title={desk.value?.title ?? w.desk} over={w.desk} under={desk.value && <p>{w.keys}</p>}>
      {!desk.value && (code === 'session.required' || code === 'captions.not_captioner') ? (
        <Note tone="wait" alert>
          {code === 'session.required' ? w.signIn : w.notYou}
        </Note>
      ) : (
        <Loaded from={desk} skeleton={<Bones rows={5} tall />}>
          {(value) => (value.captions.you.member === null || !live ? <Note tone="wait">{w.notYou}</Note> : <Desk desk={value} live={live} of={of} id={id} />)}
        </Loaded>
      )}
    </Page>
  );
}

function Desk({ desk, live, of, id }: Props & { desk: CaptionDesk; live: LiveSocket }) {
  const w = useWords(captionWords);
  const who = desk.captions.you.member ?? '';
  const now = useCaptionFeed(of, id, live);
  const queue = useMemo(() => lineQueue(of, id, who), [of, id, who]);
  useEffect(() => queue.start(), [queue]);
  const state = useSyncExternalStore(queue.subscribe, queue.snapshot);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [correcting, setCorrecting] = useState<CaptionLine | null>(null);
  const expanded = useRef<Expanded>(null);
  const began = useRef<string | null>(null);
  const typing = useRef({ key: newKey(), n: 0 });
  const field = useRef<HTMLInputElement>(null);
  const correct = useWrite<typeof putCaption>('PUT', '/api/captions/:of/:id/lines/:line');
  const { serverTime } = desk.captions;
  useEffect(() => hearServerTime(Date.parse(serverTime)), [serverTime]);
  // What was saved counts with the next letter, not when the desk has been read again.
  const [saved, setSaved] = useState<CaptionDesk['shorts'] | null>(null);
  const shorts = saved ?? desk.shorts;
  const forms = [...shorts.own, ...shorts.region];
  const speakers = desk.speakers.slice(0, 9);
  const speaker = chosen === null ? null : { member: chosen };
  const instant = (): string => new Date(serverNow()).toISOString();
  const may = desk.captions.you.captions && desk.state !== 'belum';

  // What is being typed is shown a moment later, and never an older one after it.
  useEffect(() => {
    if (!may || correcting) return undefined;
    const timer = window.setTimeout(() => {
      if (text === '' && typing.current.n === 0) return;
      typing.current.n += 1;
      void call<typeof putCaptionDraft>('PUT', '/api/captions/:of/:id/draft', {
        params: { of, id },
        body: { ...typing.current, speaker: chosen === null ? null : { member: chosen }, text },
      }).catch(() => {});
    }, DRAFT_MS);
    return () => window.clearTimeout(timer);
  }, [text, chosen, may, correcting, of, id]);

  function choose(n: number): void {
    setChosen(speakers[n]?.member ?? null);
    field.current?.focus();
  }
  function typed(next: string): void {
    began.current ??= instant();
    const by = correcting ? null : spokenBy(next);
    if (by && speakers[by.speaker]) {
      choose(by.speaker);
      return setText(by.rest);
    }
    const full = next.endsWith(' ') && next.length > text.length ? expand(next, forms) : next;
    expanded.current = full === next ? null : { before: next.trimEnd(), after: full };
    setText(full.slice(0, LONGEST));
  }
  function back(): void {
    setCorrecting(null);
    setText('');
    expanded.current = null;
    began.current = null;
    typing.current = { key: newKey(), n: 0 };
  }
  async function send(event?: FormEvent): Promise<void> {
    event?.preventDefault();
    const words = expand(`${text} `, forms).trim();
    if (correcting) {
      const done = await correct.run({ params: { of, id, line: correcting.id }, body: { version: correcting.version, text: words } });
      if (done) back();
      return;
    }
    if (words === '' || !may) return;
    queue.put({ key: typing.current.key, speaker, text: words.slice(0, LONGEST), from: began.current ?? instant(), to: instant() });
    back();
  }
  function pressed(event: KeyboardEvent): void {
    const inLine = event.target === field.current;
    if (event.altKey && /^Digit[0-9]$/.test(event.code)) {
      event.preventDefault();
      choose(Number(event.code.slice(5)) - 1);
    } else if (event.key === 'Escape' && (correcting || text !== '')) back();
    else if (event.key === 'ArrowUp' && inLine && text === '' && !correcting) {
      const last = now?.lines.at(-1);
      if (!last) return;
      event.preventDefault();
      setCorrecting(last);
      setText(last.text);
    } else if (event.key === 'Backspace' && inLine && expanded.current?.after === text) {
      event.preventDefault();
      setText(expanded.current.before);
      expanded.current = null;
    }
  }
  const press = useEffectEvent(pressed);
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => press(event);
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
  useEffect(() => {
    if (may) field.current?.focus();
  }, [may]);
  const onAir = [...(now?.lines.slice(-2) ?? []), ...(now?.drafts ?? [])].slice(-2);

  return (
    <div className="captioner">
      {desk.state === 'belum' && <Note tone="wait">{w.waitStart}</Note>}
      {desk.state === 'selesai' && <Note>{w.over}</Note>}
      <section aria-label={w.onAir} className="captioner-air">
        <h2>{w.onAir}</h2>
        <div className="captioner-screen">
          {onAir.length === 0 ? (
            <p>{w.nothing}</p>
          ) : (
            onAir.map((line) => <p key={'id' in line ? line.id : line.key}>{line.speaker === null ? line.text : `${line.speaker}: ${line.text}`}</p>)
          )}
        </div>
      </section>
      <form onSubmit={(event) => void send(event)} className="captioner-form">
        <Field label={correcting ? w.correcting : w.line}>
          {(props) => (
            <input
              {...props}
              ref={field}
              className="captioner-line"
              value={text}
              maxLength={LONGEST}
              autoComplete="off"
              disabled={!may}
              onChange={(event) => typed(event.target.value)}
            />
          )}
        </Field>
        <Button kind="main" large type="submit" busy={correct.busy}>
          {correcting ? w.save : w.send}
        </Button>
      </form>
      <p role="status" className="quiet">
        {state.lost && state.waiting > 0 ? `${w.lost} ${w.queued(state.waiting)}` : state.latency !== null ? w.latency(state.latency) : ''}
      </p>
      {(state.refused ?? correct.failure?.message) && (
        <Note tone="alarm" alert>
          {state.refused ?? correct.failure?.message}
        </Note>
      )}
      <div className="captioner-columns">
        <section>
          <h2>{w.speakers}</h2>
          <ol className="captioner-speakers">
            {speakers.map(({ member, name, label }, n) => (
              <li key={member}>
                <button type="button" className="button" aria-pressed={chosen === member} onClick={() => choose(n)}>
                  <kbd>{n + 1}</kbd>
                  <span>
                    {name}
                    {label !== null && <small>{label}</small>}
                  </span>
                </button>
              </li>
            ))}
            <li>
              <button type="button" className="button" aria-pressed={chosen === null} onClick={() => choose(-1)}>
                <kbd>0</kbd>
                <span>{w.nobody}</span>
              </button>
            </li>
          </ol>
        </section>
        <section>
          <h2>{w.last}</h2>
          <ol className="captioner-last">
            {(now?.lines.slice(-8) ?? []).map((line) => (
              <li key={line.id}>
                {line.speaker !== null && <b>{line.speaker}: </b>}
                {line.text}
              </li>
            ))}
          </ol>
        </section>
      </div>
      <Shorts desk={desk} of={of} id={id} region={false} onSaved={setSaved} />
      {desk.keepsRegion && <Shorts desk={desk} of={of} id={id} region onSaved={setSaved} />}
      <p>
        <ButtonLink to={`/transkrip/${of}/${id}${token === '' ? '' : `#${token}`}`}>{w.transcript}</ButtonLink>
      </p>
    </div>
  );
}

function Shorts({ desk, of, id, region, onSaved }: Props & { desk: CaptionDesk; region: boolean; onSaved: (shorts: CaptionDesk['shorts']) => void }) {
  const w = useWords(captionWords);
  const [text, setText] = useState(() => (region ? desk.shorts.region : desk.shorts.own).map(({ short, full }) => `${short} = ${full}`).join('\n'));
  const [wrong, setWrong] = useState<string | null>(null);
  const save = useWrite<typeof putCaptionShorts>('PUT', '/api/captions/:of/:id/shorts', ['/api/captions/:of/:id/desk']);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const read = formsOf(text);
    setWrong(read.wrong);
    if (read.wrong !== null) return;
    void save.run({ params: { of, id }, body: { region, forms: read.forms } }).then((done) => done && onSaved(done.reply));
  }
  return (
    <details className="captioner-shorts">
      <summary>{region ? w.shortsRegion : w.shorts}</summary>
      <p className="quiet">{w.shortsNote}</p>
      <form onSubmit={submit} className="stack">
        <Field label={region ? w.shortsRegion : w.shortsOwn} error={wrong === null ? save.failure?.message : w.shortsWrong(wrong)}>
          {(props) => <textarea {...props} rows={6} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <div className="row">
          <Button type="submit" busy={save.busy}>
            {w.shortsSave}
          </Button>
          <span role="status">{save.reply && !save.busy ? w.shortsSaved : ''}</span>
        </div>
      </form>
    </details>
  );
}
