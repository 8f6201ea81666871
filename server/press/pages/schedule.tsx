// All announced conferences: on air, to come, past.
import type { PublicView } from '../showing.ts';
import { Layout, to, type Frame } from './layout.tsx';
import { StateMark } from './state-mark.tsx';
import { dayText, hoursText } from './when.ts';
import { words } from './words.ts';

const ON_AIR = new Set(['tayang', 'tanya_jawab']);
/** What was called off stays where people look for it until its hour has passed. */
const isPast = ({ state, startsAt, serverTime }: PublicView): boolean =>
  state === 'selesai' || state === 'arsip' || (state === 'dibatalkan' && startsAt < serverTime);

export function SchedulePage({ frame, conferences }: { frame: Frame; conferences: readonly PublicView[] }) {
  const w = words[frame.language];
  const onAir = conferences.filter(({ state }) => ON_AIR.has(state));
  const past = conferences.filter(isPast);
  const toCome = conferences.filter((one) => !ON_AIR.has(one.state) && !isPast(one));
  const list = (entries: readonly PublicView[]) => (
    <ol className="pers-list">
      {entries.map((one) => (
        <Entry key={one.id} one={one} frame={frame} />
      ))}
    </ol>
  );
  return (
    <Layout {...frame} title={w.title} description={w.lead(frame.regionName)}>
      <h1>{w.title}</h1>
      <p className="pers-lead">{w.lead(frame.regionName)}</p>
      {conferences.length === 0 && (
        <section className="pers-empty">
          <h2>{w.nothing}</h2>
          <p>{w.nothingHow}</p>
        </section>
      )}
      {onAir.length > 0 && (
        <section className="pers-air">
          <h2>{w.onAir}</h2>
          {list(onAir)}
        </section>
      )}
      {conferences.length > 0 && (
        <section>
          <h2>{w.toCome}</h2>
          {toCome.length > 0 ? list(toCome) : <p className="quiet">{w.nothingToCome}</p>}
        </section>
      )}
      {past.length > 0 && (
        <section>
          <h2>{w.past}</h2>
          {list(past)}
        </section>
      )}
    </Layout>
  );
}

function Entry({ one, frame }: { one: PublicView; frame: Frame }) {
  const { language } = frame;
  const speakers = one.crew.filter(({ role }) => role === 'narasumber').map(({ name, label }) => label ?? name);
  const starts = new Date(one.startsAt);
  return (
    <li className="pers-entry">
      <time dateTime={starts.toISOString()}>
        <b>{dayText(starts, one.zone, language)}</b>
        <span>{hoursText(starts, one.endsAt === null ? null : new Date(one.endsAt), one.zone, language)}</span>
      </time>
      <div>
        <h3>
          <a href={to(`/pers/${one.slug}`, language)}>{one.title}</a>
        </h3>
        <p className="quiet">{one.opdName}</p>
        {speakers.length > 0 && <p className="s">{speakers.join(' · ')}</p>}
        <StateMark state={one.state} language={language} />
      </div>
    </li>
  );
}
