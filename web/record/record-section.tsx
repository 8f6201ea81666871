// What is kept with the room, on a meeting's page: materials before and after, polls as they came out, the chat to be read.
import { useRef, useState } from 'react';
import type { Chat, ChatMessage, getChat, getChatFile, getChatText, postRoomUpload, putRoomPart } from '../../shared/chat.ts';
import type { deleteMaterial, getMaterialFile, getMaterials, Material, Materials, postMaterial } from '../../shared/materials.ts';
import type { MeetingCard } from '../../shared/meetings.ts';
import type { Zone } from '../../shared/people.ts';
import type { getPolls, Poll } from '../../shared/polls.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { call } from '../platform/call.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { useWatch } from '../platform/live.tsx';
import { useLanguage, useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { recordWords } from '../words/record.ts';
import './record.css';

type Of = { meeting: Pick<MeetingCard, 'id' | 'zone' | 'state'> };

export default function RecordSection({ meeting }: Of) {
  useWatch(`meeting:${meeting.id}`);
  return (
    <>
      <MaterialsPart meeting={meeting} />
      {meeting.state !== 'terjadwal' && <PollsPart meeting={meeting} />}
      {meeting.state !== 'terjadwal' && <ChatPart meeting={meeting} />}
    </>
  );
}

const bones = (title: string) => (
  <Section title={title}>
    <Bones rows={3} />
  </Section>
);
/** Who reads the attendance of a meeting without belonging to it has nothing to read here. */
const isNotOurs = (code: string | undefined): boolean => code === 'not_found' || code === 'meeting.removed';

const CHANGED = ['/api/meetings/:id/materials'];
const MOST_BYTES = 50 * 1024 * 1024;

function MaterialsPart({ meeting }: Of) {
  const w = useWords(recordWords);
  const read = useRead<typeof getMaterials>('/api/meetings/:id/materials', { params: { id: meeting.id } });
  if (!read.value && isNotOurs(read.failure?.code)) return null;
  return (
    <Loaded from={read} skeleton={bones(w.materialSection)}>
      {(value) => (value.materials.length === 0 && !mayAdd(value, meeting) ? null : <MaterialList of={value} meeting={meeting} />)}
    </Loaded>
  );
}
const mayAdd = ({ you }: Materials, { state }: Of['meeting']): boolean => you.mayPresent && (state === 'terjadwal' || state === 'berlangsung');

function MaterialList({ of, meeting }: Of & { of: Materials }) {
  const w = useWords(recordWords);
  const input = useRef<HTMLInputElement>(null);
  const put = useWrite<typeof postMaterial>('POST', '/api/meetings/:id/materials', CHANGED);
  const [sending, setSending] = useState<{ name: string; done: number } | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  async function send(file: File | undefined): Promise<void> {
    if (!file) return;
    setWrong(file.size > MOST_BYTES ? w.materialTooLarge : null);
    if (file.size > MOST_BYTES) return;
    setSending({ name: file.name, done: 0 });
    try {
      const upload = await sendParts(meeting.id, file, (done) => setSending({ name: file.name, done }));
      await put.run({ params: { id: meeting.id }, body: { upload, title: titleOf(file.name) } });
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error));
    }
    setSending(null);
    if (input.current) input.current.value = '';
  }
  return (
    <Section title={w.materialSection}>
      <div className="stack">
        {of.materials.length === 0 ? (
          <p className="quiet">{w.materialNone}</p>
        ) : (
          <ul className="record-list">
            {of.materials.map((one) => (
              <MaterialLine key={one.id} of={one} meeting={meeting} />
            ))}
          </ul>
        )}
        {mayAdd(of, meeting) && (
          <div className="row">
            <input
              ref={input}
              hidden
              type="file"
              id="record-material"
              accept=".pdf,.jpg,.jpeg,.png,.webp"
              tabIndex={-1}
              aria-label={w.materialAdd}
              onChange={(event) => void send(event.target.files?.[0])}
            />
            <Button busy={sending !== null || put.busy} onClick={() => input.current?.click()}>
              {w.materialAdd}
            </Button>
            {sending ? <progress max={1} value={sending.done} aria-label={sending.name} /> : <span className="quiet s">{w.materialHint}</span>}
          </div>
        )}
        {(wrong ?? put.failure) && (
          <Note tone="alarm" alert>
            {wrong ?? put.failure?.message}
          </Note>
        )}
      </div>
    </Section>
  );
}

const titleOf = (name: string): string =>
  name
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .slice(0, 160) || name;

async function sendParts(id: string, file: File, done: (part: number) => void): Promise<string> {
  const { upload, parts, partBytes } = await call<typeof postRoomUpload>('POST', '/api/meetings/:id/uploads', {
    params: { id },
    body: { purpose: 'materi', name: file.name, type: file.type, size: file.size },
  });
  for (let n = 0; n < parts; n += 1) {
    const part = file.slice(n * partBytes, (n + 1) * partBytes);
    await call<typeof putRoomPart>('PUT', '/api/meetings/:id/uploads/:upload/parts/:part', { params: { id, upload, part: String(n) }, body: part as never });
    done((n + 1) / parts);
  }
  return upload;
}

function MaterialLine({ of, meeting }: Of & { of: Material }) {
  const w = useWords(recordWords);
  const size = useSize();
  const [asking, setAsking] = useState(false);
  const download = useDownload<typeof getMaterialFile>('/api/meetings/:id/materials/:material/file');
  const remove = useWrite<typeof deleteMaterial>('DELETE', '/api/meetings/:id/materials/:material', CHANGED);
  const params = { id: meeting.id, material: of.id };
  return (
    <li>
      <span>
        <strong>{of.title}</strong>
        <span className="quiet s">
          {w.materialBy(of.byName)} · {size(of.size)}
        </span>
      </span>
      <span className="row">
        <Button kind="quiet" busy={download.busy} onClick={() => void download.fetch({ params, query: { save: '1' } }, of.name)}>
          {w.download}
        </Button>
        {of.removable && meeting.state !== 'berakhir' && (
          <Button kind="quiet" onClick={() => setAsking(true)}>
            {w.takeDown}
          </Button>
        )}
      </span>
      {download.failure && (
        <Note tone="alarm" alert>
          {download.failure.message}
        </Note>
      )}
      {asking && (
        <Ask
          title={w.takeDown}
          text={w.takeDownAsk(of.title)}
          yes={w.takeDown}
          busy={remove.busy}
          failure={remove.failure?.message}
          onYes={() => void remove.run({ params }).then((done) => done && setAsking(false))}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function PollsPart({ meeting }: Of) {
  const w = useWords(recordWords);
  const read = useRead<typeof getPolls>('/api/meetings/:id/polls', { params: { id: meeting.id } });
  if (!read.value && isNotOurs(read.failure?.code)) return null;
  return (
    <Loaded from={read} skeleton={bones(w.pollSection)}>
      {({ polls }) =>
        polls.some(({ result }) => result !== null) ? (
          <Section title={w.pollSection}>
            <ol className="poll-list">
              {polls
                .filter(({ result }) => result !== null)
                .toReversed()
                .map((poll) => (
                  <PollLine key={poll.id} of={poll} zone={meeting.zone} />
                ))}
            </ol>
          </Section>
        ) : null
      }
    </Loaded>
  );
}

function PollLine({ of, zone }: { of: Poll; zone: Zone }) {
  const w = useWords(recordWords);
  const f = useFormats();
  const { kind, no, secret, voters, question, result, closedAt } = of;
  if (!result) return null;
  return (
    <li>
      <p className="quiet s">
        {[w.pollNo(w.kinds[kind], no), secret ? w.secretMark : w.namedMark, w.voters[voters], closedAt && w.closedAt(f.time(closedAt, zone))]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p>
        <strong>{question}</strong>
      </p>
      <table className="poll-table">
        <tbody>
          {result.choices.map(({ id, text, votes, who }) => (
            <tr key={id}>
              <th scope="row">{text}</th>
              <td className="num">{w.votes(votes)}</td>
              <td className="s">{who?.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet s">
        {w.voted(result.turnout.voted, result.turnout.of)}:{' '}
        {result.turnout.units.map(({ unitName, voted, of: all }) => `${unitName} ${w.turnoutOf(voted, all)}`).join('; ')}
      </p>
    </li>
  );
}

function ChatPart({ meeting }: Of) {
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

function useSize(): (bytes: number) => string {
  const language = useLanguage();
  const number = new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'id-ID', { maximumFractionDigits: 1 });
  return (bytes) => (bytes < 1_000_000 ? `${number.format(Math.max(1, Math.round(bytes / 1000)))} kB` : `${number.format(bytes / 1_000_000)} MB`);
}
