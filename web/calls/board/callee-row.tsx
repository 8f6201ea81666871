// One person rung: who and why, where the call stands with its seconds, and the one press that helps.
import type { BoardCallee, CallBoard, getCallBoard, postCalleeAgain, Progress } from '../../../shared/calls.ts';
import { useKnown, useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Mark, PlaceCard, type MarkShape, type Tone } from '../../ui/marks.tsx';
import { callWords } from '../../words/calls.ts';
import { isWaiting, overAt, progressAt } from './standing.ts';

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

export function CalleeRow({ callee, board, now }: RowProps) {
  const w = useWords(callWords);
  const progress = progressAt(callee, now);
  const [shape, tone] = looks[progress];
  return (
    <li className="callee" data-progress={progress}>
      <PlaceCard name={callee.name} position={callee.why} badge={callee.as === 'definitif' || callee.as === 'nama' ? null : w.as[callee.as]} />
      <div className="callee-state">
        <Mark shape={shape} tone={tone}>
          {w.progress[progress]}
          {progress === 'menolak' && callee.reason !== null && `: ${callee.reason}`}
        </Mark>
        <Aside callee={callee} board={board} now={now} progress={progress} />
      </div>
      <Act callee={callee} board={board} progress={progress} />
      <Hops callee={callee} board={board} />
    </li>
  );
}

/** Seconds, channel, and what else the caller should know, in one quiet line. */
function Aside({ callee, board, now, progress }: RowProps & { progress: Progress }) {
  const w = useWords(callWords);
  const f = useFormats();
  const said: { key: string; text: string; alarm?: boolean }[] = [];
  if (isWaiting(progress)) said.push({ key: 'for', text: f.lasting(now - Date.parse(callee.rungAt)), alarm: progress === 'belum_menjawab' });
  if (progress === 'menyusul' && callee.eta !== null) {
    const left = Date.parse(callee.eta) - now;
    said.push({ key: 'eta', text: left >= 0 ? w.comesIn(f.lasting(left)) : w.lateBy(f.lasting(-left)), alarm: left < 0 });
  }
  if (progress === 'menyusul' && callee.reason !== null) said.push({ key: 'why', text: callee.reason });
  if (progress === 'menjawab') said.push({ key: 'way', text: w.onTheWay });
  if (callee.joinedAt !== null) said.push({ key: 'in', text: w.joinedAt(f.time(callee.joinedAt, board.zone)) });
  if (callee.answerSeconds !== null && !isWaiting(progress)) said.push({ key: 'after', text: w.answeredIn(f.lasting(callee.answerSeconds * 1000)) });
  if (callee.reachedBy !== null) said.push({ key: 'by', text: w.by(w.channel[callee.reachedBy]) });
  if (callee.rounds > 1) said.push({ key: 'round', text: w.round(callee.rounds) });
  if (callee.elsewhere) said.push({ key: 'elsewhere', text: w.elsewhere, alarm: true });
  return (
    <p className="callee-aside num">
      {said.map(({ key, text, alarm }) => (
        <span key={key} data-tone={alarm ? 'alarm' : undefined}>
          {text}
        </span>
      ))}
    </p>
  );
}

function Act({ callee, board, progress }: Omit<RowProps, 'now'> & { progress: Progress }) {
  const w = useWords(callWords);
  const know = useKnown<typeof getCallBoard>('/api/calls/:id');
  const ring = useWrite<typeof postCalleeAgain>('POST', '/api/calls/:id/callees/:callee/again', []);
  if (!board.mayAct || overAt(board) !== null || progress === 'bergabung') return null;
  async function press(): Promise<void> {
    const done = await ring.run({ params: { id: board.id, callee: callee.id } });
    if (done) know({ params: { id: board.id } }, done.reply);
  }
  return (
    <div className="callee-act">
      <Button kind={progress === 'belum_menjawab' || progress === 'tak_terjangkau' ? 'plain' : 'quiet'} busy={ring.busy} onClick={() => void press()}>
        {w.again}
        <span className="sr-only">{w.againOf(callee.name)}</span>
      </Button>
      {callee.waLink !== null && (
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
    </div>
  );
}

function Hops({ callee, board }: Pick<RowProps, 'callee' | 'board'>) {
  const w = useWords(callWords);
  const f = useFormats();
  return (
    <details className="hops">
      <summary>
        {w.hops}
        <span className="sr-only">{w.againOf(callee.name)}</span>
      </summary>
      {callee.hops.length === 0 && <p className="s quiet">{w.hopNone}</p>}
      <ul>
        {callee.hops.map((hop, n) => (
          <li key={`${hop.round}/${hop.channel}/${hop.name ?? n}`} data-tone={hop.state === 'gagal' ? 'alarm' : undefined}>
            <span>{[w.channel[hop.channel], hop.name].filter(Boolean).join(' ')}</span>
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
    </details>
  );
}
