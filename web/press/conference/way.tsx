// The way of a conference from draft to archive, and the one next step with its question.
import { useEffect, useRef, useState } from 'react';
import type { Conference, ConferenceState, postConferenceState } from '../../../shared/press.ts';
import { useWrite } from '../../platform/api.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { pressWords } from '../../words/press.ts';

type Step = Exclude<ConferenceState, 'draft' | 'dibatalkan'>;
const WAY: readonly ConferenceState[] = ['draft', 'diumumkan', 'registrasi', 'ruang_tunggu', 'tayang', 'tanya_jawab', 'selesai', 'arsip'];

/** Where it stands on its way; of a cancelled one there is none. */
export function Way({ state }: { state: ConferenceState }) {
  const w = useWords(pressWords);
  const at = WAY.indexOf(state);
  const list = useRef<HTMLOListElement>(null);
  // On a phone the row is longer than the screen: where one is stands in sight.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [state]);
  if (at < 0) return null;
  return (
    <ol className="press-way" aria-label={w.steps} ref={list} tabIndex={0}>
      {WAY.map((one, index) => (
        <li key={one} data-at={index < at ? 'past' : index === at ? 'here' : 'ahead'} aria-current={index === at ? 'step' : undefined}>
          {w.states[one]}
        </li>
      ))}
    </ol>
  );
}

export function NextStep({ conference }: { conference: Conference }) {
  const [next, ...others] = conference.next as Step[];
  if (next === undefined) return null;
  return (
    <>
      {others.map((to) => (
        <StepButton key={to} conference={conference} to={to} main={false} />
      ))}
      <StepButton conference={conference} to={next} main />
    </>
  );
}

const CHANGED = ['/api/conferences', '/api/conferences/:id', '/api/conferences/:id/checks'];

function StepButton({ conference, to, main }: { conference: Conference; to: Step; main: boolean }) {
  const w = useWords(pressWords);
  const [asking, setAsking] = useState(false);
  const set = useWrite<typeof postConferenceState>('POST', '/api/conferences/:id/state', CHANGED);
  const words = w.next[to === 'tayang' && conference.state === 'tanya_jawab' ? 'backOnAir' : to];
  async function go(): Promise<void> {
    if (await set.run({ params: { id: conference.id }, body: { to } })) setAsking(false);
  }
  return (
    <>
      <Button kind={main ? 'main' : 'plain'} large onClick={() => setAsking(true)}>
        {words.do}
      </Button>
      {asking && (
        <Ask
          title={words.title}
          text={words.text}
          yes={words.do}
          alarm={to === 'selesai'}
          busy={set.busy}
          failure={set.failure?.message}
          onYes={() => void go()}
          onClose={() => {
            set.forget();
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
