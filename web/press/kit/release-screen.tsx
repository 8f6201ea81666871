// Writing one release. What is typed stays, in the page and in this browser, until the portal has it.
import { Suspense, useState } from 'react';
import { Link, useLocation } from 'wouter';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import Download from 'lucide-react/icons/download';
import { piece } from '../../platform/piece.ts';
import type { DeskItem, DeskKit, getDeskFile, getDeskKit, postKitItem, putKitItem } from '../../../shared/press-kit.ts';
import type { Conference } from '../../../shared/press.ts';
import { fieldFailure, useKnown, useRead, useWrite } from '../../platform/api.ts';
import { useDownload } from '../../platform/download.ts';
import { clockField, dayIn } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Bones, Empty, Loaded, Note } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { pressKitWords } from '../../words/press-kit.ts';
import { PressPart } from '../part.tsx';
import { OwnTime } from './item-form.tsx';
import { forgetDraft, keepDraft, keptDraft, type Draft } from './kept.ts';
import { instantOf } from './times.ts';
import './kit.css';

const ReleaseEditor = piece(() => import('./writing/release-editor.tsx'));
const KIT = '/api/conferences/:id/kit';
const NEW = 'baru';

export default function ReleaseScreen({ id, item }: { id: string; item: string }) {
  const w = useWords(pressKitWords);
  const read = useRead<typeof getDeskKit>(KIT, { params: { id } });
  return (
    <PressPart id={id}>
      {(conference) => (
        <>
          <p className="kit-back">
            <Link href={`/konferensi/${id}/materi`}>
              <ArrowLeft aria-hidden /> {w.back}
            </Link>
          </p>
          <Loaded from={read} skeleton={<Bones rows={6} tall />}>
            {(kit) => <Which key={item} conference={conference} kit={kit} item={item} />}
          </Loaded>
        </>
      )}
    </PressPart>
  );
}

function Which({ conference, kit, item }: { conference: Conference; kit: DeskKit; item: string }) {
  const w = useWords(pressKitWords);
  const saved = kit.items.find((one) => one.id === item && one.kind === 'siaran') ?? null;
  if (item !== NEW && saved === null) return <Empty title={w.none}>{w.noneText}</Empty>;
  return <Begun conference={conference} saved={saved} />;
}

/** The newest that is saved is drawn anew only when asked for: what is being typed is not taken away. */
function Begun({ conference, saved }: { conference: Conference; saved: DeskItem | null }) {
  const [begun, setBegun] = useState({ from: saved, n: 0 });
  return <Release key={begun.n} conference={conference} from={begun.from} newest={saved} onAnew={() => setBegun({ from: saved, n: begun.n + 1 })} />;
}

const draftOf = (item: DeskItem | null, zone: Conference['zone']): Draft => ({
  title: item?.title ?? '',
  number: item?.number ?? '',
  contact: item?.contact ?? '',
  day: item?.embargoAt ? dayIn(zone, new Date(item.embargoAt)) : '',
  time: item?.embargoAt ? clockField(item.embargoAt, zone) : '',
  blocks: item?.release ?? [],
});
const orNull = (text: string): string | null => (text.trim() === '' ? null : text);

type ReleaseProps = { conference: Conference; from: DeskItem | null; newest: DeskItem | null; onAnew: () => void };

function Release({ conference, from, newest, onAnew }: ReleaseProps) {
  const w = useWords(pressKitWords);
  const [, go] = useLocation();
  const { id, zone } = conference;
  const place = from?.id ?? NEW;
  const [kept] = useState(() => keptDraft(id, place));
  const [draft, setDraft] = useState<Draft>(() => kept ?? draftOf(from, zone));
  const [dirty, setDirty] = useState(kept !== null);
  const [version, setVersion] = useState(from?.version ?? 0);
  const add = useWrite<typeof postKitItem>('POST', '/api/conferences/:id/kit/items', [KIT]);
  const save = useWrite<typeof putKitItem>('PUT', '/api/conferences/:id/kit/items/:item', [KIT]);
  const known = useKnown<typeof getDeskKit>(KIT);
  const preview = useDownload<typeof getDeskFile>('/api/conferences/:id/kit/items/:item/file');
  const { failure, busy } = from === null ? add : save;
  const conflict = failure?.code === 'kit.changed' || (newest !== null && newest.version > version && !busy);

  function become(next: Partial<Draft>): void {
    const whole = { ...draft, ...next };
    setDraft(whole);
    setDirty(true);
    keepDraft(id, place, whole);
  }
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    const words = {
      title: draft.title,
      number: orNull(draft.number),
      contact: orNull(draft.contact),
      release: draft.blocks,
      embargoAt: draft.day === '' ? null : instantOf(draft.day, draft.time || '00:00', zone),
    };
    const done =
      from === null
        ? await add.run({ params: { id }, body: { kind: 'siaran', ...words } })
        : await save.run({ params: { id, item: from.id }, body: { ...words, caption: from.caption, withdrawn: from.withdrawn, version } });
    if (!done) return;
    forgetDraft(id, place);
    setDirty(false);
    // The page of the new release opens with it, not without it.
    known({ params: { id } }, done.reply);
    const now = from === null ? done.reply.items.findLast((one) => one.kind === 'siaran' && one.title === draft.title.trim()) : undefined;
    if (from === null) go(now ? `/konferensi/${id}/materi/siaran/${now.id}` : `/konferensi/${id}/materi`, { replace: true });
    else setVersion(done.reply.items.find((one) => one.id === from.id)?.version ?? version + 1);
  }
  function startAnew(): void {
    forgetDraft(id, place);
    onAnew();
  }
  return (
    <Section title={from === null ? w.releaseNew : w.release}>
      <form className="kit-release" onSubmit={(event) => void submit(event)}>
        {kept && dirty && !conflict && (
          <Note tone="wait">
            {w.kept}{' '}
            <button type="button" className="link" onClick={startAnew}>
              {w.dropKept}
            </button>
          </Note>
        )}
        <TextField
          label={w.headline}
          value={draft.title}
          onValue={(title) => become({ title })}
          required
          maxLength={160}
          autoComplete="off"
          error={fieldFailure(failure, 'title')}
        />
        <div className="two">
          <TextField label={w.number} optional value={draft.number} onValue={(number) => become({ number })} maxLength={80} autoComplete="off" />
          <TextField label={w.contact} hint={w.contactHint} optional value={draft.contact} onValue={(contact) => become({ contact })} maxLength={200} />
        </div>
        <div className="field">
          <span className="kit-label">{w.text}</span>
          <Suspense fallback={<Bones rows={5} />}>
            <ReleaseEditor blocks={draft.blocks} label={w.text} onBlocks={(blocks) => become({ blocks })} />
          </Suspense>
        </div>
        <OwnTime form={draft} onForm={become} zone={zone} />
        {conflict ? (
          <Note tone="wait" alert>
            {w.conflict}{' '}
            <button type="button" className="link" onClick={startAnew}>
              {w.loadNewest}
            </button>
          </Note>
        ) : (
          failure && (
            <Note tone="alarm" alert>
              {failure.message}
            </Note>
          )
        )}
        {preview.failure && (
          <Note tone="alarm" alert>
            {preview.failure.message}
          </Note>
        )}
        <div className="kit-save">
          <p className="quiet" role="status">
            {dirty ? w.unsaved : from === null ? '' : w.saved}
          </p>
          <div className="row">
            {from !== null && (
              <Button
                icon={<Download aria-hidden />}
                busy={preview.busy}
                disabled={dirty}
                title={dirty ? w.previewFirst : undefined}
                onClick={() => void preview.fetch({ params: { id, item: from.id } }, `pratinjau-${conference.slug}.pdf`)}
              >
                {w.preview}
              </Button>
            )}
            <Button type="submit" kind="main" busy={busy} disabled={conflict}>
              {w.save}
            </Button>
          </div>
        </div>
      </form>
    </Section>
  );
}
