// The published kit, beside the stage: release, data, photos, each with its download; before its time only the announced minute.
import type { Zone } from '../../../shared/people.ts';
import { useFormats } from '../../platform/format.ts';
import { useLanguage, useWords } from '../../platform/words.ts';
import { roomKitWords } from '../../words/press-room-kit.ts';
import { Panel } from '../panel.tsx';
import type { PanelProps } from '../visit.ts';
import { ReleaseText } from './release-text.tsx';
import { sizeText } from './size.ts';
import { useKit, type Kit } from './use-kit.ts';
import './kit.css';

type Item = Kit['items'][number];

export function KitPanel({ visit, onClose }: PanelProps) {
  const words = useWords(roomKitWords);
  const language = useLanguage();
  const { kit, failed, due } = useKit(visit);
  const { zone } = visit.join.conference;
  return (
    <Panel title={words.title} onClose={onClose}>
      <div className="kit-panel" role="region" aria-label={words.title} tabIndex={0} aria-busy={kit === null && !failed}>
        {kit === null && <p className="quiet">{failed ? words.failed : words.loading}</p>}
        {kit && (
          <>
            {kit.announcedFor !== null && <Announced at={kit.announcedFor} now={kit.serverTime} zone={zone} due={due} />}
            {kit.announcedFor === null && kit.items.length === 0 && <p className="quiet">{words.none}</p>}
            {failed && (
              <p className="quiet" role="status">
                {words.failed}
              </p>
            )}
            <ul className="kit-items">
              {kit.items.map((item) => (
                <KitRow key={item.id} item={item} zone={zone} />
              ))}
            </ul>
            {kit.zip && (
              <a className="button button-main" href={kit.zip.url} download>
                {words.all(sizeText(kit.zip.size, language))}
              </a>
            )}
          </>
        )}
      </div>
    </Panel>
  );
}

function Announced({ at, now, zone, due }: { at: string; now: string; zone: Zone; due: boolean }) {
  const words = useWords(roomKitWords);
  const { time, dayOf } = useFormats();
  const today = dayOf(at, zone) === dayOf(now, zone);
  return (
    <p className="kit-announced" role="status">
      <strong>{today ? words.announced(time(at, zone)) : words.announcedDay(dayOf(at, zone), time(at, zone))}</strong> {due ? words.fetching : words.byItself}
    </p>
  );
}

function KitRow({ item, zone }: { item: Item; zone: Zone }) {
  const words = useWords(roomKitWords);
  const language = useLanguage();
  const { time } = useFormats();
  return (
    <li className="kit-item">
      {item.thumb !== null && <img className="kit-thumb" src={item.thumb} alt={item.caption ?? words.photoOf(item.title)} loading="lazy" />}
      <p className="kit-title">
        <strong>{item.title}</strong>
        <span className="quiet">
          {words.kinds[item.kind]}, {words.published(time(item.publishedAt, zone))}
        </span>
      </p>
      {item.caption !== null && <p>{item.caption}</p>}
      {item.credit !== null && <p className="quiet">{words.credit(item.credit, item.licence)}</p>}
      {item.release && <ReleaseText release={item.release} />}
      {item.file && (
        <a className="button" href={item.file.url} download={item.file.name}>
          {words.download} {item.kind === 'siaran' ? words.pdf : extensionOf(item.file.name)} ({sizeText(item.file.size, language)})
        </a>
      )}
    </li>
  );
}

const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toUpperCase();
