// What is published now: the release as text, recording, data, photographs, video.
import type { KitItem, KitKind, PublicKit, ReleaseBlock } from '../../../shared/press-kit.ts';
import type { Zone } from '../../../shared/people.ts';
import { clockText } from '../../platform/local-time.ts';
import type { Language } from '../../platform/refusal.ts';
import { bytesText } from '../amounts.ts';
import { dayText } from './when.ts';
import { words } from './words.ts';

type Reading = { zone: Zone; language: Language };

export function KitPart({ kit, ...reading }: { kit: PublicKit } & Reading) {
  const w = words[reading.language];
  const at = (instant: string): string => `${dayText(new Date(instant), reading.zone, reading.language)}, ${clockText(new Date(instant), reading.zone)}`;
  const of = (kind: KitKind): KitItem[] => kit.items.filter((item) => item.kind === kind);
  const headings = { rekaman: w.recording, data: w.data, video: w.videos } as const;
  return (
    <>
      {kit.announcedFor !== null && (
        <p className="pers-later" data-published-from={kit.announcedFor}>
          {w.announcedFor(at(kit.announcedFor))}
        </p>
      )}
      {of('siaran').map((item) => (
        <section key={item.id} className="pers-release" id="siaran">
          <p className="pers-role">
            {w.release} · {w.published(at(item.publishedAt))}
          </p>
          <h2>{item.title}</h2>
          {item.release && <ReleaseText blocks={item.release} />}
          {item.file && (
            <p>
              <a className="btn btn-plain" href={item.file.url}>
                {w.pdf} ({bytesText(item.file.size, reading.language)})
              </a>
            </p>
          )}
        </section>
      ))}
      {(['rekaman', 'video', 'data'] as const).map((kind) => {
        const items = of(kind);
        return items.length === 0 ? null : (
          <section key={kind} id={kind}>
            <h2>{headings[kind]}</h2>
            <ul className="pers-files">
              {items.map((item) => (
                <FileLine key={item.id} item={item} language={reading.language} />
              ))}
            </ul>
          </section>
        );
      })}
      <Photos items={of('foto')} language={reading.language} />
      {kit.zip && (
        <p className="pers-zip">
          <a className="btn btn-plain" href={kit.zip.url}>
            {w.zip}, {bytesText(kit.zip.size, reading.language)}
          </a>
        </p>
      )}
    </>
  );
}

function FileLine({ item, language }: { item: KitItem; language: Language }) {
  return (
    <li>
      {item.kind !== 'data' && item.file && (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- the desk uploads none; the words are in the release beside it
        <video controls preload="none" src={item.file.url} />
      )}
      <p className="pers-file">
        {item.file ? <a href={item.file.url}>{item.title}</a> : item.title}
        {item.file && (
          <span className="s quiet">
            {item.file.name} · {bytesText(item.file.size, language)}
          </span>
        )}
      </p>
      {item.caption && <p className="s">{item.caption}</p>}
      {(item.credit ?? item.licence) !== null && <p className="s quiet">{[item.credit, item.licence].filter(Boolean).join(' · ')}</p>}
    </li>
  );
}

function Photos({ items, language }: { items: readonly KitItem[]; language: Language }) {
  const w = words[language];
  if (items.length === 0) return null;
  return (
    <section>
      <h2>{w.photos}</h2>
      <ul className="pers-photos">
        {items.map((item) => (
          <li key={item.id}>
            <figure>
              {item.file && (
                <a href={item.file.url}>{item.thumb === null ? item.file.name : <img src={item.thumb} alt={item.caption ?? item.title} loading="lazy" />}</a>
              )}
              <figcaption>
                {item.caption ?? item.title}
                <small>
                  {[item.credit && `${w.credit}: ${item.credit}`, item.licence, item.file && bytesText(item.file.size, language)].filter(Boolean).join(' · ')}
                </small>
              </figcaption>
            </figure>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Neighbouring points become one list. */
function ReleaseText({ blocks }: { blocks: readonly ReleaseBlock[] }) {
  const groups: ReleaseBlock[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    const isPoint = block.kind === 'bullet' || block.kind === 'ordered';
    if (last && isPoint && last[0]?.kind === block.kind) last.push(block);
    else groups.push([block]);
  }
  return (
    <div className="pers-text">
      {groups.map((group, n) => (
        <Group key={`${n} ${group[0]?.kind}`} blocks={group} />
      ))}
    </div>
  );
}

function Group({ blocks }: { blocks: readonly ReleaseBlock[] }) {
  const [first] = blocks;
  if (!first) return null;
  const points = blocks.map(({ runs }, n) => (
    <li key={`${n} ${runs.length}`}>
      <Runs runs={runs} />
    </li>
  ));
  switch (first.kind) {
    case 'heading':
      return (
        <h3>
          <Runs runs={first.runs} />
        </h3>
      );
    case 'quote':
      return (
        <blockquote>
          <Runs runs={first.runs} />
        </blockquote>
      );
    case 'bullet':
      return <ul>{points}</ul>;
    case 'ordered':
      return <ol>{points}</ol>;
    case 'paragraph':
      return (
        <p>
          <Runs runs={first.runs} />
        </p>
      );
  }
}

function Runs({ runs }: { runs: ReleaseBlock['runs'] }) {
  return runs.map(({ text, bold, italic, link }, n) => {
    const strong = bold ? <strong>{text}</strong> : text;
    const words = italic ? <em>{strong}</em> : strong;
    const key = `${n} ${text.length}`;
    if (link !== null && /^https?:\/\//i.test(link))
      return (
        <a key={key} href={link} rel="noopener nofollow">
          {words}
        </a>
      );
    return <span key={key}>{words}</span>;
  });
}
