// One conference, as everybody reads it. What stands under embargo never comes here: `kit` holds what is published at this moment.
import type { LogQuestion } from '../../../shared/press-floor.ts';
import type { PublicKit } from '../../../shared/press-kit.ts';
import type { Language } from '../../platform/refusal.ts';
import { clockText } from '../../platform/local-time.ts';
import type { PublicView } from '../showing.ts';
import { KitPart } from './kit-part.tsx';
import { Layout, to, type Frame } from './layout.tsx';
import { LogPart } from './log-part.tsx';
import { StateMark } from './state-mark.tsx';
import { dayText, hoursText } from './when.ts';
import { words } from './words.ts';

/** `log` null: not before the end. */
export type Shown = { conference: PublicView; kit: PublicKit; log: readonly LogQuestion[] | null };

export function ConferencePage({ frame, conference: one, kit, log }: Shown & { frame: Frame }) {
  const { language } = frame;
  const w = words[language];
  const starts = new Date(one.startsAt);
  const ends = one.endsAt === null ? null : new Date(one.endsAt);
  const over = log !== null;
  const cancelled = one.state === 'dibatalkan';
  const description = one.summary.replaceAll(/\s+/g, ' ').slice(0, 200);
  const status = cancelled ? 'https://schema.org/EventCancelled' : 'https://schema.org/EventScheduled';
  return (
    <Layout {...frame} title={one.title} description={description} kind="article" calendar={`/pers/${one.slug}/acara.ics`} watching={one}>
      <article itemScope itemType="https://schema.org/Event">
        <link itemProp="eventStatus" href={status} />
        <link itemProp="url" href={`${frame.origin}${frame.path}`} />
        <StateMark state={one.state} language={language} />
        <h1 itemProp="name">{one.title}</h1>
        {cancelled && (
          <div className="pers-cancelled">
            <p>
              <b>{w.cancelled}</b>
            </p>
            {one.cancelReason && <p>{one.cancelReason}</p>}
          </div>
        )}
        <dl className="pers-facts">
          <div>
            <dt>{w.when}</dt>
            <dd>
              <time dateTime={starts.toISOString()} itemProp="startDate">
                {dayText(starts, one.zone, language)}, <span className="num">{hoursText(starts, ends, one.zone, language)}</span>
              </time>
              {one.endedAt !== null && <p className="s quiet">{w.ended(clockText(new Date(one.endedAt), one.zone))}</p>}
            </dd>
          </div>
          <div>
            <dt>{w.where}</dt>
            <dd itemProp="location">{one.place === words.id.online ? w.online : one.place}</dd>
          </div>
          <div>
            <dt>{w.heldBy}</dt>
            <dd itemProp="organizer">
              {one.opdName}, {one.regionName}
            </dd>
          </div>
          {one.withoutSigner !== null && (
            <div>
              <dt>{w.signer}</dt>
              <dd>{w.withoutSigner(one.withoutSigner)}</dd>
            </div>
          )}
        </dl>
        {!over && !cancelled && <Joining one={one} language={language} />}
        <section>
          <h2>{w.about}</h2>
          <div className="pers-text" itemProp="description">
            <Paragraphs text={one.summary} />
          </div>
        </section>
        {kit.items.length === 0 && <Crew one={one} language={language} />}
        <KitPart kit={kit} zone={one.zone} language={language} />
        {kit.items.length > 0 && <Crew one={one} language={language} />}
        {over ? <LogPart log={log} language={language} /> : !cancelled && <p className="pers-later quiet">{w.logLater}</p>}
      </article>
    </Layout>
  );
}

export const Paragraphs = ({ text }: { text: string }) => text.split(/\n+/).map((part, i) => <p key={`${i} ${part.length}`}>{part}</p>);

function Joining({ one, language }: { one: PublicView; language: Language }) {
  const w = words[language];
  const onAir = one.state === 'tayang' || one.state === 'tanya_jawab';
  const until = one.registrationUntil === null ? null : new Date(one.registrationUntil);
  return (
    <section className="pers-join">
      <h2 className="sr-only">{w.join}</h2>
      <div>
        <h3>{w.watch}</h3>
        <p>{onAir ? w.watchNow : w.watchOpens}</p>
        <p className="row">
          <a className={`btn ${onAir ? 'btn-main' : 'btn-plain'}`} href={to(`/siaran/${one.slug}`, language)}>
            {w.watchHow}
          </a>
          {!onAir && (
            <a className="btn btn-quiet" href={`/pers/${one.slug}/acara.ics`}>
              {w.keep}
            </a>
          )}
        </p>
      </div>
      <div>
        <h3>{w.ask}</h3>
        {one.registrationOpen ? (
          <>
            <p>{w.askHow}</p>
            <p>
              <a className={`btn ${onAir ? 'btn-plain' : 'btn-main'}`} href={to(`/pers/${one.slug}/daftar`, language)}>
                {w.register}
              </a>
            </p>
            {until && <p className="s quiet">{w.registerUntil(`${dayText(until, one.zone, language)}, ${clockText(until, one.zone)}`)}</p>}
          </>
        ) : (
          <p>{w.registerClosed}</p>
        )}
        <p className="s quiet">
          {w.pass} {w.passHow}
        </p>
      </div>
    </section>
  );
}

function Crew({ one, language }: { one: PublicView; language: Language }) {
  const w = words[language];
  const shown = one.crew.flatMap((member) => (member.role === 'operator' ? [] : [{ ...member, role: member.role }]));
  if (shown.length === 0) return null;
  return (
    <section>
      <h2>{w.who}</h2>
      <ul className="pers-cards">
        {shown.map((member) => (
          <li key={member.id} className="pers-card">
            <p className="pers-role">{w.roles[member.role]}</p>
            <p className="pers-name" itemProp={member.role === 'narasumber' ? 'performer' : undefined}>
              {member.name}
            </p>
            {member.label && <p className="pers-label">{member.label}</p>}
            {member.opdName && <p className="pers-label quiet">{member.opdName}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
