// The ladder of each sifat: what happens when, on what basis. Everybody reads; an administrator changes.
import { useState } from 'react';
import type { getLadders, Ladder, LadderStep } from '../../../shared/calls.ts';
import { useRead } from '../../platform/api.ts';
import { dayIn, useFormats } from '../../platform/format.ts';
import { holds, useMe, useZone } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Bones, Loaded } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { callWords } from '../../words/calls.ts';
import { commonWords } from '../../words/common.ts';
import { EditLadder } from './edit-ladder.tsx';
import '../calls.css';

export default function LaddersScreen() {
  const w = useWords(callWords);
  const mayChange = holds(useMe());
  const ladders = useRead<typeof getLadders>('/api/ladders', {});
  return (
    <Page title={w.laddersTitle} under={w.laddersUnder} narrow>
      <Loaded from={ladders} skeleton={<Bones rows={9} />}>
        {(all) => all.map((ladder) => <One key={ladder.sifat} ladder={ladder} mayChange={mayChange} />)}
      </Loaded>
      {!mayChange && <p className="quiet s section-note">{w.readOnlyLadder}</p>}
    </Page>
  );
}

function One({ ladder, mayChange }: { ladder: Ladder; mayChange: boolean }) {
  const w = useWords(callWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const zone = useZone();
  const [editing, setEditing] = useState(false);
  const name = c.sifat[ladder.sifat];
  const set = ladder.setAt === null ? w.ladderDefault : w.ladderBy(ladder.setByName ?? '', f.date(dayIn(zone, new Date(ladder.setAt))));
  return (
    <Section
      title={name}
      actions={
        mayChange && (
          <Button kind="quiet" onClick={() => setEditing(true)}>
            {w.edit}
            <span className="sr-only">: {name}</span>
          </Button>
        )
      }
    >
      <table className="steps" aria-label={name}>
        <thead>
          <tr>
            <th scope="col">{w.after}</th>
            <th scope="col">{w.act}</th>
          </tr>
        </thead>
        <tbody>
          {ladder.steps.map((step, n) => (
            <tr key={`${n}/${step.afterSeconds}`}>
              <td className="num">{step.afterSeconds === 0 ? w.atOnce : `${f.number(step.afterSeconds)} ${w.seconds}`}</td>
              <td>
                {w.acts[step.act]}
                <br />
                <small>{over(w, step)}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet s section-note">{ladder.setAt === null ? set : `${set}. ${w.ladderBasis(ladder.basis)}`}</p>
      {editing && <EditLadder ladder={ladder} onClose={() => setEditing(false)} />}
    </Section>
  );
}

/** No channel named: the usual ones of this act. */
const over = (w: ReturnType<typeof useWords<(typeof callWords)['id']>>, { act, channels }: LadderStep): string =>
  channels.length === 0 ? w.actOver[act] : channels.map((one) => w.channel[one]).join(', ');
