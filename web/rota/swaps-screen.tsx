// Tukar hari: what this person asked or was asked, and for whoever decides, what waits in the OPD.
import { useState } from 'react';
import type { getRotaSwaps, postRotaSwapStep, Swap, SwapState } from '../../shared/rota.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Mark, type MarkShape, type Tone } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { commonWords } from '../words/common.ts';
import { rotaWords } from '../words/rota.ts';
import { cellText } from './cells-text.ts';
import { mayReadRota, RotaTabs } from './rota-parts.tsx';

const SHAPES: Record<SwapState, [MarkShape, Tone]> = {
  diminta: ['ring', 'wait'],
  disepakati: ['half', 'wait'],
  disahkan: ['full', 'good'],
  ditolak: ['dash', 'alarm'],
  dibatalkan: ['dash', 'quiet'],
};
const CHANGED = ['/api/rota/swaps', '/api/me/rota'];

export default function SwapsScreen() {
  const w = useWords(rotaWords);
  const me = useMe();
  const opd = mayReadRota(me) ? me.opd?.id : undefined;
  const read = useRead<typeof getRotaSwaps>('/api/rota/swaps', { query: opd === undefined ? {} : { opd } });
  return (
    <Page title={w.swaps} under={<p>{w.swap.under}</p>} narrow>
      <RotaTabs />
      <Loaded from={read} skeleton={<Bones rows={5} tall />}>
        {({ swaps }) => {
          const waits = swaps.filter(({ may }) => may.agree || may.approve);
          const others = swaps.filter((one) => !waits.includes(one));
          if (swaps.length === 0) return <Empty title={w.swap.none}>{w.swap.noneText}</Empty>;
          return (
            <>
              {waits.length > 0 && (
                <Section title={w.swap.toDecide}>
                  <List swaps={waits} />
                </Section>
              )}
              {waits.length === 0 && <List swaps={others} />}
              {waits.length > 0 && others.length > 0 && (
                <Section title={w.swap.others}>
                  <List swaps={others} />
                </Section>
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function List({ swaps }: { swaps: readonly Swap[] }) {
  return (
    <ul className="rota-list">
      {swaps.map((swap) => (
        <One key={swap.id} swap={swap} />
      ))}
    </ul>
  );
}

function One({ swap }: { swap: Swap }) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const zone = useZone();
  const [refusing, setRefusing] = useState(false);
  const [words, setWords] = useState('');
  const step = useWrite<typeof postRotaSwapStep>('POST', '/api/rota/swaps/:id/steps', CHANGED);
  const act = (what: 'sepakat' | 'sahkan' | 'tolak' | 'batal', said: string | null = null) =>
    step.run({ params: { id: swap.id }, body: { act: what, words: said } });
  const [shape, tone] = SHAPES[swap.state];
  const last = swap.steps.at(-1);
  return (
    <li>
      <Mark shape={shape} tone={tone}>
        {w.swap.states[swap.state]}
      </Mark>
      {[swap.asker, swap.other].map(({ id, name, date, code, shift }) => (
        <strong key={id}>{w.swap.gives(name, f.day(date), cellText({ code, shift }))}</strong>
      ))}
      {swap.note !== null && <span>{swap.note}</span>}
      {last && (
        <span className="quiet s">
          {last.byName}, {f.dayOf(last.at, zone)}
          {last.words !== null && last.words !== swap.note && `: ${last.words}`}
        </span>
      )}
      {step.failure && (
        <Note tone="alarm" alert>
          {step.failure.message}
        </Note>
      )}
      <div className="row">
        {swap.may.agree && (
          <Button kind="main" busy={step.busy} onClick={() => void act('sepakat')}>
            {w.swap.agree}
          </Button>
        )}
        {swap.may.approve && (
          <Button kind="main" busy={step.busy} onClick={() => void act('sahkan')}>
            {w.swap.approve}
          </Button>
        )}
        {swap.may.refuse && <Button onClick={() => setRefusing(true)}>{w.swap.refuse}</Button>}
        {swap.may.withdraw && (
          <Button kind="quiet" busy={step.busy} onClick={() => void act('batal')}>
            {w.swap.withdraw}
          </Button>
        )}
      </div>
      {refusing && (
        <Dialog title={w.swap.refuseTitle} onClose={() => setRefusing(false)}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              void act('tolak', words.trim() === '' ? null : words).then((done) => done && setRefusing(false));
            }}
          >
            <TextField label={w.words} optional maxLength={200} value={words} onValue={setWords} autoComplete="off" />
            <div className="row row-end">
              <Button onClick={() => setRefusing(false)}>{c.cancel}</Button>
              <Button type="submit" kind="alarm" busy={step.busy}>
                {w.swap.refuse}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </li>
  );
}
