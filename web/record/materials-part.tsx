// Materials: put there before and during the meeting, taken down, kept after it.
import { useRef, useState } from 'react';
import type { postRoomUpload, putRoomPart } from '../../shared/chat.ts';
import type { deleteMaterial, getMaterialFile, getMaterials, Material, Materials, postMaterial } from '../../shared/materials.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { call } from '../platform/call.ts';
import { useDownload } from '../platform/download.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Loaded, Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { recordWords } from '../words/record.ts';
import { bones, isNotOurs, useSize, type Of } from './parts.tsx';

const CHANGED = ['/api/meetings/:id/materials'];
const MOST_BYTES = 50 * 1024 * 1024;

export function MaterialsPart({ meeting }: Of) {
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
