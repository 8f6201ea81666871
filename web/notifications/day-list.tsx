// Notices under the day they were told on, in the zone of the person.
import { Link } from 'wouter';
import type { Delivery, Notice } from '../../shared/notifications.ts';
import { dayAfter, dayIn, useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useLanguage, useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Mark, type MarkShape, type Tone } from '../ui/marks.tsx';
import { Section } from '../ui/page.tsx';
import { noticeWords } from '../words/notifications.ts';

type Reading = { onRead: (id: string, read: boolean) => void };

export function DayList({ notices, onRead }: { notices: readonly Notice[] } & Reading) {
  const w = useWords(noticeWords);
  const f = useFormats();
  const zone = useZone();
  const today = dayIn(zone);
  const days = [...new Set(notices.map(({ at }) => dayIn(zone, new Date(at))))];
  const nameOf = (day: string): string => (day === today ? w.today : day === dayAfter(today, -1) ? w.yesterday : f.day(day));
  return days.map((day) => (
    <Section key={day} title={nameOf(day)}>
      <ul className="notices">
        {notices
          .filter(({ at }) => dayIn(zone, new Date(at)) === day)
          .map((notice) => (
            <One key={notice.id} notice={notice} onRead={onRead} />
          ))}
      </ul>
    </Section>
  ));
}

/** The room and the press room are pages of their own. */
const isOtherPage = (path: string): boolean => /^\/(r|u|siaran)([/#?]|$)/.test(path);

function One({ notice, onRead }: { notice: Notice } & Reading) {
  const w = useWords(noticeWords);
  const f = useFormats();
  const zone = useZone();
  const { title, text } = notice.words[useLanguage()];
  const read = notice.readAt !== null;
  const opened = (): void => {
    if (!read) onRead(notice.id, true);
  };
  return (
    <li className="notice-one" data-read={read}>
      <p className="notice-when">
        <time dateTime={notice.at} className="num">
          {f.time(notice.at, zone)}
        </time>
        <span>{w.kinds[notice.kind]}</span>
        {notice.urgent && (
          <Mark shape="full" tone="alarm">
            {w.urgent}
          </Mark>
        )}
        {!read && (
          <Mark shape="full" tone="accent">
            {w.unread}
          </Mark>
        )}
      </p>
      <div className="notice-said">
        {isOtherPage(notice.path) ? (
          <a className="notice-title" href={notice.path} onClick={opened}>
            {title}
          </a>
        ) : (
          <Link className="notice-title" href={notice.path} onClick={opened}>
            {title}
          </Link>
        )}
        <p>{text}</p>
        <Sent notice={notice} />
      </div>
      {read && (
        <Button kind="quiet" onClick={() => onRead(notice.id, false)} aria-label={`${w.markUnread}: ${title}`}>
          {w.markUnread}
        </Button>
      )}
    </li>
  );
}

const MARKS: Record<Delivery['state'], [MarkShape, Tone]> = {
  terkirim: ['full', 'good'],
  menunggu: ['half', 'wait'],
  gagal: ['dash', 'alarm'],
  tidak_dikirim: ['ring', 'quiet'],
};

/** Each channel: when, or why not. */
function Sent({ notice }: { notice: Notice }) {
  const w = useWords(noticeWords);
  const f = useFormats();
  const zone = useZone();
  const when = (at: string): string =>
    dayIn(zone, new Date(at)) === dayIn(zone, new Date(notice.at)) ? f.time(at, zone) : `${f.shortDayOf(at, zone)}, ${f.time(at, zone)}`;
  function came({ channel, state, why, held, at, detail }: Delivery): string {
    if (state === 'terkirim') return w.sentAt(when(at));
    if (state === 'menunggu') return held ? w.heldUntil(when(at)) : w.waits;
    if (why === 'tidak_terjangkau') return w.whyNot.tidak_terjangkau[channel];
    return [w.whyNot[why ?? 'gagal'], detail].filter(Boolean).join(': ');
  }
  return (
    <ul className="notice-sent" aria-label={w.sentTo}>
      <li>
        <Mark shape="full" tone="good">
          {w.portal} {when(notice.at)}
        </Mark>
      </li>
      {notice.deliveries.map((delivery) => {
        const [shape, tone] = MARKS[delivery.state];
        return (
          <li key={delivery.channel}>
            <Mark shape={shape} tone={tone}>
              {w.channels[delivery.channel]} {came(delivery)}
            </Mark>
          </li>
        );
      })}
    </ul>
  );
}
