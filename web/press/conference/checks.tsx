// Siap tayang: what the portal sees and what a person says, each line with its word, shape and colour; and its waiver.
import { useEffect, useEffectEvent, useState } from 'react';
import type { Check, Conference, getChecks, putCheck } from '../../../shared/press.ts';
import { useRead, useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Mark } from '../../ui/marks.tsx';
import { Bones, Loaded, Note } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { pressWords } from '../../words/press.ts';
import { ReasonDialog } from '../reason-dialog.tsx';

/** Nobody tells when a microphone is switched on: it is looked at again. */
const AGAIN_MS = 5_000;
const isOpen = (check: Check): boolean => check.blocking && !check.ok && check.waived === null;

export function Checks({ conference }: { conference: Conference }) {
  const w = useWords(pressWords);
  const checks = useRead<typeof getChecks>('/api/conferences/:id/checks', { params: { id: conference.id } });
  const again = useEffectEvent(() => checks.again());
  const waits = conference.state === 'ruang_tunggu';
  useEffect(() => {
    if (!waits) return;
    const timer = window.setInterval(() => document.visibilityState === 'visible' && again(), AGAIN_MS);
    return () => window.clearInterval(timer);
  }, [waits]);
  return (
    <Section title={w.ready} note={checks.value && w.readyNote(checks.value.filter(isOpen).length)}>
      <Loaded from={checks} skeleton={<Bones rows={9} tall />}>
        {(all) => (
          <ul className="press-checks">
            {all.map((check) => (
              <Line key={check.name} check={check} conference={conference} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

function CheckMark({ check }: { check: Check }) {
  const w = useWords(pressWords);
  if (check.ok) {
    return (
      <Mark shape="full" tone="good">
        {w.checkOk}
      </Mark>
    );
  }
  if (check.waived) {
    return (
      <Mark shape="dash" tone="wait">
        {w.checkWaived}
      </Mark>
    );
  }
  return check.blocking ? (
    <Mark shape="ring" tone="alarm">
      {w.checkNo}
    </Mark>
  ) : (
    <Mark shape="half" tone="wait">
      {w.checkWarn}
    </Mark>
  );
}

function Line({ check, conference }: { check: Check; conference: Conference }) {
  const w = useWords(pressWords);
  const f = useFormats();
  const [waiving, setWaiving] = useState(false);
  const put = useWrite<typeof putCheck>('PUT', '/api/conferences/:id/checks/:name', ['/api/conferences/:id/checks', '/api/conferences/:id']);
  const { name, waived, doneBy, doneAt } = check;
  const { zone, youOperate } = conference;
  const say = (body: { done?: boolean; waive?: string | null }) => put.run({ params: { id: conference.id, name }, body });
  async function waive(reason: string): Promise<void> {
    if (await say({ waive: reason })) setWaiving(false);
  }
  return (
    <li>
      <CheckMark check={check} />
      <div>
        <h3>{w.checks[name]}</h3>
        <p>{check.text}</p>
        {doneBy !== null && doneAt !== null && <p className="hint">{w.saidBy(doneBy, f.time(doneAt, zone))}</p>}
        {waived && <p className="hint">{w.waivedBy(waived.byName, f.time(waived.at, zone), waived.reason)}</p>}
        {put.failure && !waiving && (
          <Note tone="alarm" alert>
            {put.failure.message}
          </Note>
        )}
      </div>
      <div className="row">
        {check.byHand && doneBy === null && !check.ok && (
          <Button busy={put.busy} onClick={() => void say({ done: true })}>
            {name === 'materi' ? w.tickNone : w.tick}
            <span className="sr-only"> {w.checks[name]}</span>
          </Button>
        )}
        {check.byHand && doneBy !== null && (
          <Button kind="quiet" busy={put.busy} onClick={() => void say({ done: false })}>
            {w.untick}
            <span className="sr-only"> {w.checks[name]}</span>
          </Button>
        )}
        {youOperate && check.blocking && !check.ok && waived === null && (
          <Button kind="quiet" onClick={() => setWaiving(true)}>
            {w.waive}
            <span className="sr-only"> {w.checks[name]}</span>
          </Button>
        )}
        {youOperate && waived && (
          <Button kind="quiet" busy={put.busy} onClick={() => void say({ waive: null })}>
            {w.unwaive}
            <span className="sr-only"> {w.checks[name]}</span>
          </Button>
        )}
      </div>
      {waiving && (
        <ReasonDialog
          title={w.waiveTitle(w.checks[name])}
          text={name === 'jbi' ? w.waiveSigner : w.waiveText}
          label={w.reason}
          yes={w.waiveYes}
          busy={put.busy}
          failure={put.failure?.message}
          onYes={(reason) => void waive(reason)}
          onClose={() => setWaiving(false)}
        />
      )}
    </li>
  );
}
