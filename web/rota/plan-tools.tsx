// Over the grid: codes for what is selected, undo, fill, and whether all of it is saved.
import { useState, useSyncExternalStore } from 'react';
import Redo from 'lucide-react/icons/redo-2';
import Undo from 'lucide-react/icons/undo-2';
import type { PlanSheet, postRotaFill } from '../../shared/rota.ts';
import { useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Mark, type MarkShape, type Tone } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { rotaWords } from '../words/rota.ts';
import type { Cell } from './board.ts';
import { LETTERS, SET_BY_HAND } from './cells-text.ts';
import { boxOf, fillDown, fillRight, setAll, type Span } from './span.ts';
import type { Plan } from './use-plan.ts';

export function PlanTools({ plan, planId, span, order, version }: { plan: Plan; planId: string; span: Span; order: readonly number[]; version: number }) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const { board } = plan;
  const { sheet, cells, mayUndo, mayRedo, skipped, unsaved } = useSyncExternalStore(board.subscribe, board.state);
  const [dialog, setDialog] = useState<'fill' | 'keys'>();
  const box = boxOf(span);
  const grid = { order, cells };
  const set = (to: Cell): void => board.edit(setAll(grid, box, to));
  // The cell keeps the focus.
  const keep = { onMouseDown: (event: React.MouseEvent) => event.preventDefault() };
  return (
    <>
      <div className="rota-tools" role="toolbar" aria-label={w.paint}>
        {SET_BY_HAND.map((code) => (
          <button key={code} type="button" className="btn btn-plain rota-paint" title={c.codes[code]} {...keep} onClick={() => set({ code, shift: null })}>
            <span className="rota-swatch" data-code={code} aria-hidden>
              {LETTERS[code]}
            </span>
            {code}
          </button>
        ))}
        {sheet.shifts.map(({ name, from, to }) => (
          <button
            key={name}
            type="button"
            className="btn btn-plain rota-paint"
            title={w.shift(name, from, to)}
            {...keep}
            onClick={() => set({ code: 'PIKET', shift: name })}
          >
            <span className="rota-swatch" data-code="PIKET" aria-hidden>
              {LETTERS.PIKET}
            </span>
            {name}
          </button>
        ))}
        <Button kind="quiet" {...keep} onClick={() => set(null)}>
          {w.clear}
        </Button>
        <Button kind="quiet" {...keep} onClick={() => board.edit(fillDown(grid, box))} disabled={box.top === box.bottom}>
          {w.down}
        </Button>
        <Button kind="quiet" {...keep} onClick={() => board.edit(fillRight(grid, box))} disabled={box.left === box.right}>
          {w.right}
        </Button>
        <Button kind="quiet" onClick={() => setDialog('fill')}>
          {w.fill}
        </Button>
        <button
          type="button"
          className="btn btn-quiet btn-icon"
          aria-label={w.undo}
          title={`${w.undo} (Ctrl+Z)`}
          disabled={!mayUndo}
          {...keep}
          onClick={() => board.undo()}
        >
          <Undo aria-hidden />
        </button>
        <button
          type="button"
          className="btn btn-quiet btn-icon"
          aria-label={w.redo}
          title={`${w.redo} (Ctrl+Y)`}
          disabled={!mayRedo}
          {...keep}
          onClick={() => board.redo()}
        >
          <Redo aria-hidden />
        </button>
        <Button kind="quiet" onClick={() => setDialog('keys')}>
          {w.keys}
        </Button>
      </div>
      {skipped > 0 && (
        <p className="quiet s" role="status">
          {w.skipped(skipped)}
        </p>
      )}
      <Unsent plan={plan} />
      {dialog === 'fill' && <Fill planId={planId} version={version} unsaved={unsaved} onClose={() => setDialog(undefined)} />}
      {dialog === 'keys' && (
        <Dialog title={w.keys} onClose={() => setDialog(undefined)}>
          <p>{w.keysText}</p>
        </Dialog>
      )}
    </>
  );
}

const SHAPES: Record<Plan['saving']['is'], [MarkShape, Tone]> = {
  saved: ['full', 'good'],
  saving: ['dots', 'quiet'],
  offline: ['half', 'wait'],
  refused: ['dash', 'alarm'],
};
export function SaveMark({ plan: { board, saving } }: { plan: Plan }) {
  const w = useWords(rotaWords);
  const { unsaved } = useSyncExternalStore(board.subscribe, board.state);
  const is = saving.is === 'saved' && unsaved > 0 ? 'saving' : saving.is;
  const [shape, tone] = SHAPES[is];
  return (
    <span className="rota-saved" role="status">
      <Mark shape={shape} tone={tone}>
        {w.save[is]}
      </Mark>
    </span>
  );
}

/** Why something is not saved, and the two ways out. */
export function Unsent({ plan: { board, saving, sendNow, drop } }: { plan: Plan }) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const { unsaved } = useSyncExternalStore(board.subscribe, board.state);
  if (saving.is !== 'refused') return null;
  return (
    <Note tone="alarm" alert>
      <p>{saving.message}</p>
      <div className="row">
        <Button onClick={sendNow}>{c.again}</Button>
        <Button kind="quiet" onClick={drop}>
          {w.dropUnsaved(unsaved)}
        </Button>
      </div>
    </Note>
  );
}

const WAYS = ['fillWFO', 'fillWFH', 'fillWeek', 'fillMonth'] as const;
function Fill({ planId, version, unsaved, onClose }: { planId: string; version: number; unsaved: number; onClose: () => void }) {
  const w = useWords(rotaWords);
  const fill = useWrite<typeof postRotaFill>('POST', '/api/rota/plans/:id/fill', ['/api/opds/:id/rota']);
  async function run(way: (typeof WAYS)[number]): Promise<void> {
    const how =
      way === 'fillWFO' || way === 'fillWFH'
        ? ({ kind: 'isi', code: way === 'fillWFO' ? 'WFO' : 'WFH' } as const)
        : ({ kind: 'salin', weeks: way === 'fillWeek' ? 1 : 4 } as const);
    if (await fill.run({ params: { id: planId }, body: { version, how } })) onClose();
  }
  return (
    <Dialog title={w.fill} onClose={onClose}>
      <div className="stack">
        <p>{w.fillText}</p>
        {WAYS.map((way) => (
          <Button key={way} busy={fill.busy} disabled={unsaved > 0} onClick={() => void run(way)}>
            {w[way]}
          </Button>
        ))}
        {fill.failure && (
          <Note tone="alarm" alert>
            {fill.failure.message}
          </Note>
        )}
      </div>
    </Dialog>
  );
}

export function Legend({ sheet }: { sheet: PlanSheet }) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const named = sheet.days.filter(({ name }) => name !== null);
  return (
    <div className="rota-legend s">
      <ul aria-label={w.legend}>
        {(['WFO', 'WFH', 'PIKET', 'LIBUR', 'DL', 'CUTI', 'SAKIT'] as const).map((code) => (
          <li key={code}>
            <span className="rota-swatch" data-code={code} aria-hidden>
              {LETTERS[code]}
            </span>
            {code}: {c.codes[code]}
          </li>
        ))}
        <li>{w.legendAway}</li>
        <li>{w.legendBroken}</li>
        <li>{w.legendOff}</li>
      </ul>
      {named.length > 0 && <p className="quiet">{named.map(({ date, name }) => `${Number(date.slice(8))}: ${name}`).join(' · ')}</p>}
    </div>
  );
}
