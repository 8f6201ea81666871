// T in plain words, and what follows from setting, moving or withdrawing it.
import { useState } from 'react';
import Clock from 'lucide-react/icons/clock';
import type { DeskKit, putKitEmbargo } from '../../../shared/press-kit.ts';
import type { Conference } from '../../../shared/press.ts';
import { useWrite } from '../../platform/api.ts';
import { clockField, dayIn, useFormats, zoneName } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Ask, Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { pressKitWords } from '../../words/press-kit.ts';
import { instantOf } from './times.ts';

const PATH = '/api/conferences/:id/kit';
type Props = { conference: Conference; kit: DeskKit; now: number };

export function EmbargoPart({ conference, kit, now }: Props) {
  const w = useWords(pressKitWords);
  const f = useFormats();
  const [open, setOpen] = useState<'time' | 'withdraw' | null>(null);
  const { zone } = conference;
  const { embargoAt } = kit;
  const said = embargoAt === null ? '' : (Date.parse(embargoAt) <= now ? w.timePast : w.timeComing)(f.dayOf(embargoAt, zone), f.time(embargoAt, zone));
  return (
    <Section title={w.time}>
      <div className="kit-time" data-set={embargoAt !== null || undefined}>
        <Clock aria-hidden />
        <div>
          <p className="kit-time-said">{embargoAt === null ? w.timeNone : said}</p>
          {embargoAt !== null && Date.parse(embargoAt) > now && <p className="quiet">{kit.announced ? w.announcedYes : w.announcedNo}</p>}
        </div>
        <div className="row">
          <Button kind={embargoAt === null ? 'main' : 'plain'} onClick={() => setOpen('time')}>
            {embargoAt === null ? w.setTime : w.moveTime}
          </Button>
          {embargoAt !== null && (
            <Button kind="quiet" onClick={() => setOpen('withdraw')}>
              {w.withdrawAll}
            </Button>
          )}
        </div>
      </div>
      {open === 'time' && <TimeDialog conference={conference} kit={kit} now={now} onClose={() => setOpen(null)} />}
      {open === 'withdraw' && <WithdrawAll conference={conference} kit={kit} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function TimeDialog({ conference, kit, now, onClose }: Props & { onClose: () => void }) {
  const w = useWords(pressKitWords);
  const f = useFormats();
  const { id, zone, startsAt } = conference;
  const from = kit.embargoAt ?? startsAt;
  const [day, setDay] = useState(dayIn(zone, new Date(from)));
  const [time, setTime] = useState(clockField(from, zone));
  const [announced, setAnnounced] = useState(kit.announced);
  const save = useWrite<typeof putKitEmbargo>('PUT', PATH, [PATH]);
  const at = day === '' || time === '' ? null : instantOf(day, time, zone);
  const isPast = at !== null && Date.parse(at) <= now;
  const hides = at !== null && !isPast && kit.items.some((item) => item.visible);
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    if (at !== null && (await save.run({ params: { id }, body: { embargoAt: at, announced } }))) onClose();
  }
  return (
    <Dialog title={kit.embargoAt === null ? w.setTime : w.moveTime} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <div className="two">
          <TextField label={w.day} type="date" required value={day} onValue={setDay} />
          <TextField label={w.clock(zoneName(zone))} type="time" required value={time} onValue={setTime} />
        </div>
        <div>
          <label className="check">
            <input type="checkbox" checked={announced} onChange={() => setAnnounced(!announced)} />
            {w.announce}
          </label>
          <p className="hint">{w.announceHint}</p>
        </div>
        {at !== null && (
          <Note tone={isPast || hides ? 'wait' : 'plain'}>
            {isPast ? w.consequence.now : w.consequence.future(f.dayOf(at, zone), f.time(at, zone))}
            {hides && ` ${w.consequence.hides}`}
          </Note>
        )}
        {save.failure && (
          <Note tone="alarm" alert>
            {save.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button type="submit" kind="main" busy={save.busy}>
            {w.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function WithdrawAll({ conference, kit, onClose }: Omit<Props, 'now'> & { onClose: () => void }) {
  const w = useWords(pressKitWords);
  const save = useWrite<typeof putKitEmbargo>('PUT', PATH, [PATH]);
  async function yes(): Promise<void> {
    if (await save.run({ params: { id: conference.id }, body: { embargoAt: null, announced: kit.announced } })) onClose();
  }
  return (
    <Ask
      title={w.withdrawAllTitle}
      text={w.withdrawAllText}
      yes={w.withdrawAll}
      busy={save.busy}
      failure={save.failure?.message}
      onYes={() => void yes()}
      onClose={onClose}
    />
  );
}
