// The private address at which a calendar program reads one's meetings: made, copied, renewed, taken back.
import { useState } from 'react';
import type { deleteCalendarFeed, getCalendarFeed, postCalendarFeed, putCalendarFeed } from '../../shared/calendar.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Copy } from '../ui/copy.tsx';
import { Ask } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { calendarWords } from '../words/calendar.ts';
import './calendar.css';

const FEED = '/api/me/calendar-feed';

export default function FeedPart() {
  const w = useWords(calendarWords);
  const f = useFormats();
  const zone = useZone();
  const feed = useRead<typeof getCalendarFeed>(FEED, {});
  const make = useWrite<typeof postCalendarFeed>('POST', FEED, [FEED]);
  const revoke = useWrite<typeof deleteCalendarFeed>('DELETE', FEED, [FEED]);
  const choose = useWrite<typeof putCalendarFeed>('PUT', FEED, [FEED]);
  const [asking, setAsking] = useState<'renew' | 'revoke'>();
  const when = (at: string): string => `${f.dayOf(at, zone)}, ${f.time(at, zone)}`;
  async function yes(write: typeof make | typeof revoke): Promise<void> {
    if (await write.run({})) setAsking(undefined);
  }
  return (
    <div className="stack cal-feed">
      <p>{w.feedText}</p>
      <Loaded from={feed} skeleton={<Bones rows={2} />}>
        {(one) =>
          one === null ? (
            <div className="row">
              <Button kind="main" busy={make.busy} onClick={() => void make.run({})}>
                {w.feedMake}
              </Button>
            </div>
          ) : (
            <>
              <TextField
                label={w.feedAddress}
                readOnly
                value={`${window.location.origin}${one.path}`}
                onValue={() => undefined}
                onFocus={(event) => event.target.select()}
                hint={`${w.feedMade(when(one.madeAt))} ${one.readAt === null ? w.feedUnread : w.feedRead(when(one.readAt))}`}
              />
              <label className="check">
                <input type="checkbox" checked={one.roster} disabled={choose.busy} onChange={() => void choose.run({ body: { roster: !one.roster } })} />
                <span>{w.feedRoster}</span>
              </label>
              <div className="row">
                <Copy kind="main" text={`${window.location.origin}${one.path}`} />
                <Button onClick={() => setAsking('renew')}>{w.feedRenew}</Button>
                <Button kind="quiet" onClick={() => setAsking('revoke')}>
                  {w.feedRevoke}
                </Button>
              </div>
              <p className="quiet s">{w.feedHow}</p>
            </>
          )
        }
      </Loaded>
      {(make.failure ?? choose.failure) && !asking && (
        <p className="note note-alarm" role="alert">
          {(make.failure ?? choose.failure)?.message}
        </p>
      )}
      {asking === 'renew' && (
        <Ask
          title={w.feedRenewTitle}
          text={w.feedRenewText}
          yes={w.feedRenew}
          onYes={() => void yes(make)}
          onClose={() => setAsking(undefined)}
          busy={make.busy}
          failure={make.failure?.message}
        />
      )}
      {asking === 'revoke' && (
        <Ask
          title={w.feedRevokeTitle}
          text={w.feedRevokeText}
          yes={w.feedRevoke}
          onYes={() => void yes(revoke)}
          onClose={() => setAsking(undefined)}
          busy={revoke.busy}
          failure={revoke.failure?.message}
        />
      )}
    </div>
  );
}
