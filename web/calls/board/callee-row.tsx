// One person rung: who and why, where the call stands with its seconds, and the one press that helps.
import { useId, useState } from 'react';
import ChevronRight from 'lucide-react/icons/chevron-right';
import type { BoardCallee, CallBoard, getCallBoard, postCalleeAgain, Progress } from '../../../shared/calls.ts';
import { useKnown, useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Mark, PlaceCard, type MarkShape, type Tone } from '../../ui/marks.tsx';
import { callWords } from '../../words/calls.ts';
import { againIn, isWaiting, overAt, progressAt } from './standing.ts';

const looks: Record<Progress, readonly [MarkShape, Tone]> = {
  dikirim: ['ring', 'quiet'],
  diterima: ['half', 'quiet'],
  berdering: ['dots', 'accent'],
  belum_menjawab: ['ring', 'alarm'],
  tak_terjangkau: ['dash', 'alarm'],
  menjawab: ['half', 'good'],
  menolak: ['dash', 'wait'],
  menyusul: ['dots', 'wait'],
  bergabung: ['full', 'good'],
  dibatalkan: ['dash', 'quiet'],
  berakhir: ['dash', 'quiet'],
};

type RowProps = { callee: BoardCallee; board: CallBoard; now: number };

/** `settled`: somebody is in for this post already. */
export function CalleeRow({ callee, board, now, settled }: RowProps & { settled: boolean }) {
  const w = useWords(callWords);
  const id = useId();
  const [open, setOpen] = useState(false);
  const progress = progressAt(callee, now);
  const [shape, tone] = looks[progress];
  const urged = !settled && (progress === 'belum_menjawab' || progress === 'tak_terjangkau');
  return (
    <li className="callee" data-progress={progress} data-urged={urged}>
      <PlaceCard name={callee.name} position={callee.why} badge={callee.as === 'definitif' || callee.as === 'nama' ? null : w.as[callee.as]} />
      <div className="callee-state">
        <p>
          <Mark shape={shape} tone={tone}>
            {w.progress[progress]}
            {progress === 'menolak' && callee.reason !== null && `: ${callee.reason}`}
          </Mark>{' '}
          <Count callee={callee} now={now} progress={progress} />
        </p>
        <Aside callee={callee} board={board} progress={progress} />
      </div>
      <div className="callee-act">
        <Again callee={callee} board={board} now={now} progress={progress} urged={urged} />
        <button type="button" className="btn btn-quiet" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          <span>
            {w.hops}
            <span className="sr-only">{w.againOf(callee.name)}</span>
          </span>
          <ChevronRight aria-hidden className="turns" />
        </button>
      </div>
      <div id={id} className="hops" hidden={!open}>
        {open && <Hops callee={callee} board={board} />}
      </div>
    </li>
  );
}

/** The seconds: since the ring, or to the time somebody gave. */
function Count({ callee, now, progress }: Omit<RowProps, 'board'> & { progress: Progress }) {
  const w = useWords(callWords);
  const f = useFormats();
  if (isWaiting(progress)) return <span className="callee-count">{f.lasting(now - Date.parse(callee.rungAt))}</span>;
  if (progress !== 'menyusul' || callee.eta === null) return null;
  const left = Date.parse(callee.eta) - now;
  return (
    <span className="callee-count" data-tone={left < 0 ? 'alarm' : undefined}>
      {left >= 0 ? w.comesIn(f.lasting(left)) : w.lateBy(f.lasting(-left))}
    </span>
  );
}

/** Channel, and what else the caller should know, in one quiet line. */
function Aside({ callee, board, progress }: Omit<RowProps, 'now'> & { progress: Progress }) {
  const w = useWords(callWords);
  const f = useFormats();
  const said: string[] = [];
  if (progress === 'menyusul' && callee.reason !== null) said.push(callee.reason);
  if (progress === 'menjawab') said.push(w.onTheWay);
  if (callee.joinedAt !== null) said.push(w.joinedAt(f.time(callee.joinedAt, board.zone)));
  if (callee.answerSeconds !== null && !isWaiting(progress)) said.push(w.answeredIn(f.lasting(callee.answerSeconds * 1000)));
  if (callee.reachedBy !== null) said.push(w.by(w.channel[callee.reachedBy]));
  if (callee.rounds > 1) said.push(w.round(callee.rounds));
  return (
    <p className="callee-aside">
      {callee.elsewhere && <strong>{w.elsewhere}</strong>}
      {said.map((text) => (
        <span key={text}>{text}</span>
      ))}
    </p>
  );
}

function Again({ callee, board, now, progress, urged }: RowProps & { progress: Progress; urged: boolean }) {
  const w = useWords(callWords);
  const know = useKnown<typeof getCallBoard>('/api/calls/:id');
  const ring = useWrite<typeof postCalleeAgain>('POST', '/api/calls/:id/callees/:callee/again', []);
  if (!board.mayAct || overAt(board) !== null || progress === 'bergabung') return null;
  const wait = againIn(callee, now);
  async function press(): Promise<void> {
    const done = await ring.run({ params: { id: board.id, callee: callee.id } });
    if (done) know({ params: { id: board.id } }, done.reply);
  }
  return (
    <>
      <Button kind={urged ? 'plain' : 'quiet'} busy={ring.busy} disabled={wait > 0} onClick={() => void press()}>
        {wait > 0 ? w.againIn(wait) : w.again}
        <span className="sr-only">{w.againOf(callee.name)}</span>
      </Button>
      {urged && callee.waLink !== null && (
        <a className="btn btn-quiet" href={callee.waLink} target="_blank" rel="noopener noreferrer">
          <span>
            {w.whatsapp}
            <span className="sr-only">{w.againOf(callee.name)}</span>
          </span>
        </a>
      )}
      {ring.failure && (
        <p className="error" role="alert">
          {ring.failure.message}
        </p>
      )}
    </>
  );
}

function Hops({ callee, board }: Pick<RowProps, 'callee' | 'board'>) {
  const w = useWords(callWords);
  const f = useFormats();
  if (callee.hops.length === 0) return <p className="s quiet">{w.hopNone}</p>;
  return (
    <ul>
      {callee.hops.map((hop, n) => (
        <li key={`${hop.round}/${hop.channel}/${hop.name ?? n}`} data-tone={hop.state === 'gagal' ? 'alarm' : undefined}>
          <span>{[w.channel[hop.channel], hop.name].filter(Boolean).join(' · ')}</span>
          <span>
            {w.hop[hop.state]}
            {hop.detail !== null && `: ${hop.detail}`}
          </span>
          <span className="num quiet">
            {f.clock(hop.at, board.zone)} · {w.round(hop.round)}
          </span>
        </li>
      ))}
    </ul>
  );
}
