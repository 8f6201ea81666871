// Rapat sekarang: what about, how urgent, who. Three presses are enough; every part can be reached by keyboard.
import { useState, type FormEvent } from 'react';
import Video from 'lucide-react/icons/video';
import type { MeetingCard, postMeetingNow, Sifat } from '../../shared/meetings.ts';
import { useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { mayCallMeeting, useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Segmented, TextField } from '../ui/field.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { commonWords } from '../words/common.ts';
import { meetingWords } from '../words/meetings.ts';
import { asInvite, estimate, isNobody, nobody, type Choice } from '../whom/choice.ts';
import { Chosen } from '../whom/chosen.tsx';
import { Guests } from '../whom/guests.tsx';
import { Picker } from '../whom/picker.tsx';
import { QuickChoices } from '../whom/quick.tsx';
import { Started } from './started.tsx';
import { useDirectory } from '../whom/use-directory.ts';
import './meetings.css';

export default function NowScreen() {
  const w = useWords(meetingWords);
  const c = useWords(commonWords);
  const me = useMe();
  const [started, setStarted] = useState<MeetingCard>();
  if (started) return <Started meeting={started} />;
  return (
    <Page title={w.newTitle} under={mayCallMeeting(me) ? w.newUnder : undefined}>
      {mayCallMeeting(me) ? <Compose onStarted={setStarted} /> : <Empty title={c.noRightTitle}>{c.noRightText}</Empty>}
    </Page>
  );
}

function Compose({ onStarted }: { onStarted: (meeting: MeetingCard) => void }) {
  const w = useWords(meetingWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const zone = useZone();
  const me = useMe();
  const known = useDirectory();
  const [title, setTitle] = useState(() => w.defaultTitle(me.opd?.abbreviation ?? '', f.time(new Date().toISOString(), zone)).replace(/\s+/g, ' '));
  const [sifat, setSifat] = useState<Sifat>('segera');
  const [choice, setChoice] = useState<Choice>(nobody);
  const start = useWrite<typeof postMeetingNow>('POST', '/api/meetings/now', ['/api/meetings']);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const done = await start.run({ body: { title, sifat, invite: asInvite(choice) } });
    if (done) onStarted(done.reply);
  }

  return (
    <form className="compose" onSubmit={(event) => void submit(event)}>
      <div className="stack compose-what">
        <TextField label={w.about} value={title} onValue={setTitle} onFocus={(event) => event.target.select()} required maxLength={160} autoComplete="off" />
        <Segmented
          label={w.sifat}
          value={sifat}
          onValue={setSifat}
          tone={(value) => ({ biasa: undefined, segera: 'wait', sangat_segera: 'alarm' })[value]}
          choices={(['biasa', 'segera', 'sangat_segera'] as const).map((value) => ({ value, label: c.sifat[value] }))}
        />
      </div>
      <section className="compose-whom stack" aria-label={w.invite}>
        <h2>{w.invite}</h2>
        <Loaded from={known} skeleton={<Bones rows={8} />}>
          {(all) => (
            <>
              <QuickChoices choice={choice} onChoice={setChoice} known={all} />
              <Picker choice={choice} onChoice={setChoice} known={all} />
            </>
          )}
        </Loaded>
        <Guests onAdd={(guest) => setChoice({ ...choice, guests: [...choice.guests, guest] })} />
      </section>
      <div className="compose-go">
        {known.value && <Chosen choice={choice} onChoice={setChoice} known={known.value} />}
        {start.failure && (
          <Note tone="alarm" alert>
            {start.failure.message}
          </Note>
        )}
        <Button type="submit" kind="main" large icon={<Video aria-hidden />} busy={start.busy} disabled={isNobody(choice) || title.trim() === ''}>
          {known.value ? w.startWith(estimate(choice, known.value)) : w.startNow}
        </Button>
      </div>
    </form>
  );
}
