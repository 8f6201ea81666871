// What the kit holds: written or uploaded here, each with its state in words.
import { useRef, useState } from 'react';
import File from 'lucide-react/icons/file';
import FileText from 'lucide-react/icons/file-text';
import Film from 'lucide-react/icons/film';
import ImageIcon from 'lucide-react/icons/image';
import PenLine from 'lucide-react/icons/pen-line';
import Upload from 'lucide-react/icons/upload';
import type { DeskItem, DeskKit, KitKind, putKitItem } from '../../../shared/press-kit.ts';
import type { Conference } from '../../../shared/press.ts';
import { useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useLanguage, useWords } from '../../platform/words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { Mark, type MarkShape, type Tone } from '../../ui/marks.tsx';
import { Note } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { pressKitWords } from '../../words/press-kit.ts';
import { AddFiles, EditItem } from './item-form.tsx';
import { sizeText, stateOf, type ItemState } from './times.ts';
import { ENDINGS, EVERY_ENDING, kindOf, sendFile, stopSending, useSending, type Sending } from './uploads.ts';

type Props = { conference: Conference; kit: DeskKit; now: number; changed: () => void };
const KIT = '/api/conferences/:id/kit';

export function ItemsPart({ conference, kit, now, changed }: Props) {
  const w = useWords(pressKitWords);
  const language = useLanguage();
  const [files, setFiles] = useState<readonly globalThis.File[]>([]);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { id, zone } = conference;
  function take(list: FileList | null): void {
    const chosen = [...(list ?? [])];
    setRefused(chosen.flatMap((file) => (kindOf(file.name) === null ? [w.unknownType(file.name)] : file.size > kit.mostBytes ? [w.tooLarge(file.name)] : [])));
    setFiles(chosen.filter((file) => kindOf(file.name) !== null && file.size <= kit.mostBytes));
  }
  return (
    <Section title={w.items}>
      <div
        className="kit-drop"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <p>{over ? w.dropNow : w.drop}</p>
        <div className="row">
          <ButtonLink to={`/konferensi/${id}/materi/siaran/baru`} icon={<PenLine aria-hidden />}>
            {w.write}
          </ButtonLink>
          <Button icon={<Upload aria-hidden />} onClick={() => input.current?.click()}>
            {w.choose}
          </Button>
        </div>
        <p className="hint">{w.accepted(sizeText(kit.mostBytes, language))}</p>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={EVERY_ENDING}
          onChange={(event) => {
            take(event.target.files);
            event.target.value = '';
          }}
        />
      </div>
      {refused.length > 0 && (
        <Note tone="wait" alert>
          {refused.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Note>
      )}
      {kit.items.length === 0 ? (
        <p className="press-none">
          <strong>{w.none}.</strong> {w.noneText}
        </p>
      ) : (
        <ul className="kit-items">
          {kit.items.map((item) => (
            <Item key={item.id} item={item} conference={conference} kit={kit} now={now} changed={changed} />
          ))}
        </ul>
      )}
      {files.length > 0 && <AddFiles key={files[0]?.name} id={id} zone={zone} files={files} onDone={() => setFiles([])} changed={changed} />}
    </Section>
  );
}

const icons: Record<KitKind, React.ReactNode> = {
  siaran: <FileText aria-hidden />,
  data: <File aria-hidden />,
  foto: <ImageIcon aria-hidden />,
  video: <Film aria-hidden />,
  rekaman: <Film aria-hidden />,
};
const LOOK: Record<ItemState, readonly [MarkShape, Tone]> = {
  visible: ['full', 'good'],
  waits: ['half', 'accent'],
  noTime: ['ring', 'wait'],
  noFile: ['dots', 'wait'],
  noText: ['dots', 'wait'],
  withdrawn: ['dash', 'quiet'],
};

function Item({ item, conference, kit, now, changed }: Props & { item: DeskItem }) {
  const w = useWords(pressKitWords);
  const f = useFormats();
  const language = useLanguage();
  const sending = useSending().get(item.id);
  const [open, setOpen] = useState<'edit' | 'withdraw' | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const { zone, id } = conference;
  const { state, at } = stateOf(item, kit, now);
  const [shape, tone] = LOOK[state];
  const isRelease = item.kind === 'siaran';
  const when = at === null ? '' : `${f.shortDayOf(at, zone)} ${f.time(at, zone)}`;
  const write = useWrite<typeof putKitItem>('PUT', '/api/conferences/:id/kit/items/:item', [KIT]);
  async function withdraw(withdrawn: boolean): Promise<void> {
    const { title, caption, credit, licence, number, contact, release, embargoAt, version } = item;
    const body = { title, caption, credit, licence, number, contact, release, embargoAt, version, withdrawn };
    if (await write.run({ params: { id, item: item.id }, body })) setOpen(null);
  }
  return (
    <li className="kit-item" data-state={state}>
      {item.thumb === null ? <span className="kit-thumb">{icons[item.kind]}</span> : <img className="kit-thumb" src={item.thumb} alt={item.caption ?? ''} />}
      <div className="kit-body">
        <h3>{item.title}</h3>
        <p className="press-line">
          <Mark shape={shape} tone={tone}>
            {state === 'waits' ? w.state.waits(when) : w.state[state]}
          </Mark>
          <span>{w.kinds[item.kind]}</span>
          {item.file && <span className="kit-name">{w.file(isRelease ? 'PDF' : item.file.name, sizeText(item.file.size, language))}</span>}
          {item.embargoAt !== null && <span>{w.ownTime}</span>}
        </p>
        {item.kind === 'foto' && (
          <p className="kit-caption">
            {item.caption} <span className="quiet">({[item.credit, item.licence].filter(Boolean).join('; ')})</span>
          </p>
        )}
        <Progress item={item} sending={sending} />
        {write.failure && open === null && (
          <Note tone="alarm" alert>
            {write.failure.message}
          </Note>
        )}
      </div>
      <div className="kit-acts">
        {isRelease ? (
          <ButtonLink to={`/konferensi/${id}/materi/siaran/${item.id}`} kind="quiet">
            {w.edit}
            <span className="sr-only"> · {item.title}</span>
          </ButtonLink>
        ) : (
          <Button kind="quiet" onClick={() => setOpen('edit')}>
            {w.edit}
            <span className="sr-only"> · {item.title}</span>
          </Button>
        )}
        {item.file && (
          <ButtonLink to={item.file.url} outside kind="quiet" download>
            {isRelease && state !== 'visible' ? w.preview : w.download}
            <span className="sr-only"> · {item.title}</span>
          </ButtonLink>
        )}
        {!isRelease && (!sending || sending.state === 'failed') && (
          <Button kind="quiet" onClick={() => input.current?.click()}>
            {item.arriving ? w.goOn : item.file ? w.replace : w.send}
            <span className="sr-only"> · {item.title}</span>
          </Button>
        )}
        <Button kind="quiet" busy={write.busy} onClick={() => (item.withdrawn ? void withdraw(false) : setOpen('withdraw'))}>
          {item.withdrawn ? w.bringBack : w.withdraw}
          <span className="sr-only"> · {item.title}</span>
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept={ENDINGS[item.kind]}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) void sendFile(id, item.id, file, changed);
          }}
        />
      </div>
      {open === 'edit' && <EditItem id={id} zone={zone} item={item} onClose={() => setOpen(null)} />}
      {open === 'withdraw' && (
        <Ask
          title={w.withdrawTitle(item.title)}
          text={w.withdrawText}
          yes={w.withdraw}
          busy={write.busy}
          failure={write.failure?.message}
          onYes={() => void withdraw(true)}
          onClose={() => {
            write.forget();
            setOpen(null);
          }}
        />
      )}
    </li>
  );
}

function Progress({ item, sending }: { item: DeskItem; sending: Sending | undefined }) {
  const w = useWords(pressKitWords);
  if (!sending) return item.arriving && <p className="kit-stopped">{w.stopped(item.arriving.parts, item.arriving.of)}</p>;
  if (sending.state === 'failed') {
    return (
      <Note tone="alarm" alert>
        {sending.failure?.message}{' '}
        <button type="button" className="link" onClick={() => stopSending(item.id)}>
          {w.dismiss}
        </button>
      </Note>
    );
  }
  const percent = Math.floor((sending.done / sending.of) * 100);
  return (
    <div className="kit-progress">
      <progress value={sending.done} max={sending.of} aria-label={item.title} />
      <span className="num">{sending.state === 'checking' ? w.checking : sending.state === 'waiting' ? w.waitsConnection : w.sending(percent)}</span>
      <button type="button" className="link" onClick={() => stopSending(item.id)}>
        {w.stop}
      </button>
    </div>
  );
}
